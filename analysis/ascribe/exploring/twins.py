"""A chart's interactive twin: the very picture of the report, with places to point at, each of which opens its words.

Everything is in one piece: the picture (SVG), the words (JSON), a script of some forty lines. No request leaves it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import html
import os
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.charts import style
from ascribe.errors import RenderError
from ascribe.exploring.shown import Shown, data, part
from ascribe.publishing.present.quoted import cards

if TYPE_CHECKING:
    import matplotlib.figure

    from ascribe.ledger import Ledger

HINT = "Point at a row or a mark to read it; click it for its words."


@dataclasses.dataclass(frozen=True)
class Twin:
    """A chart (`figure`, of `ascribe.charts`) with the words of `ledger` behind it; `alt` says what it shows."""

    ledger: Ledger
    figure: matplotlib.figure.Figure
    alt: str

    @property
    def html(self) -> str:
        """The chart for a notebook, with its style and script."""
        css = f"<style>{part('words.css')}{part('twin.css')}</style>"
        return f"{css}\n{self.body()}\n<script>{{{_script()}}}</script>"

    def body(self) -> str:
        """The chart's markup alone: picture, places, words as data."""
        spots = style.spots(self.figure)
        words = cards(self.ledger, (i for spot in spots for i in spot.ids))
        picture = b64encode(style.svg(self.figure)).decode("ascii")
        return (
            f'<div class="ascribe-twin"><div class="picture">'
            f'<img src="data:image/svg+xml;base64,{picture}" alt="{html.escape(self.alt)}">'
            f'{"".join(map(_button, spots))}<div class="tip" role="tooltip" hidden></div></div>'
            f'{f"""<p class="hint">{HINT}</p>""" if spots else ""}<div class="below" aria-live="polite"></div>'
            f'<script type="application/json">{data(words)}</script></div>'
        )

    def page(self, title: str = "Chart") -> str:
        """The chart as a page of its own, which forbids itself every request."""
        css, script = part("words.css") + part("twin.css") + PAGE, _script()
        allowed = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '{_hash(script)}'"
        allowed += "; base-uri 'none'; form-action 'none'"
        name = html.escape(title)
        return (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
            f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{css}</style>\n</head>\n'
            f"<body>\n<main>\n{self.body()}\n</main>\n<script>{script}</script>\n</body>\n</html>\n"
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the chart as one HTML file. Raises RenderError where it cannot be written."""
        try:
            Path(path).write_text(self.page(Path(path).stem), encoding="utf-8", newline="\n")
        except OSError as e:
            raise RenderError(f"{path}: cannot be written: {e.strerror or e}") from e
        return Path(path)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return Shown(self.html, f"[{self.alt}]")._repr_mimebundle_()

    def __repr__(self) -> str:
        return f"[{self.alt}]"


PAGE = """body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 780px; margin: 0 auto; padding: 1rem; }"""


def _script() -> str:
    return part("words.js") + part("twin.js")


def _hash(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _button(spot: style.Spot) -> str:
    place = f"left:{spot.left:.3%};top:{spot.top:.3%};width:{spot.width:.3%};height:{spot.height:.3%}"
    ids, says = html.escape(" ".join(spot.ids)), html.escape(spot.says)
    return f'<button type="button" class="spot" style="{place}" data-ids="{ids}" aria-label="{says}"></button>'
