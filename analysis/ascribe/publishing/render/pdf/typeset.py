"""A document as a tagged PDF (PDF/UA-1), set by Typst.

The document goes to Typst as JSON, beside a fixed template that reads it: no text is ever Typst source.
"""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ascribe.errors import RenderError
from ascribe.publishing.render.document import Document
from ascribe.publishing.render.pdf import fonts
from ascribe.publishing.render.pdf.setting import Setter, without_loose_links

SERIF, MONO = "Libertinus Serif", "DejaVu Sans Mono"
"""Both come with the typst wheel; matplotlib's DejaVu Sans stands in where they lack a character."""
NOT_FOR_TEXT = ("DejaVu", "STIX", "cm", "Computer Modern", "Last Resort")
"""What else lies in matplotlib's folder: for formulas, or a box for every character."""


FORBIDDEN = {0xFEFF: 0x2060}
"""What PDF/UA forbids, a byte order mark within a text, and the character that now says what it said: no break here."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pdf:
    """The file's bytes, and what was not as it should be: one sentence for each script that no font has."""

    content: bytes
    warnings: tuple[str, ...] = ()


def render(document: Document, font_folders: Iterable[str | os.PathLike[str]] = (), code: bool = False) -> Pdf:
    """The document's PDF; the same bytes for the same document and fonts. `code` sets the code cells too.

    Raises RenderError where a folder of fonts is missing or Typst refuses the document.
    """
    named = tuple(fonts.folders(font_folders))
    for folder in named[:-1]:
        if not folder.is_dir():
            raise RenderError(f"{folder}: no such folder of fonts")
    setter = Setter(document, code)
    blocks = without_loose_links(setter.blocks(document.blocks))
    whole = json.dumps([document.title, blocks], ensure_ascii=False).translate(FORBIDDEN)
    title, blocks = json.loads(whole)
    lacking = fonts.missing(whole, named)
    warnings = tuple(_warning(script, characters) for script, characters in lacking.items())
    if warnings:
        blocks.append({"k": "note", "c": [{"k": "par", "c": [w]} for w in warnings]})
        lacks = {ord(c): fonts.SUBSTITUTE for characters in lacking.values() for c in characters}
        # In the texts of the JSON, never in its keys, which are ASCII.
        title, blocks = json.loads(json.dumps([title, blocks], ensure_ascii=False).translate(lacks))
    others = [f for f in fonts.families(named) if not f.startswith(NOT_FOR_TEXT)]
    report = {
        "title": title,
        "language": document.language,
        "fonts": [SERIF, "DejaVu Sans", *others],
        "mono": [MONO, "DejaVu Sans", SERIF],
        "contents": len(document.contents) > 3,
        "blocks": blocks,
    }
    return Pdf(_compiled(report, setter.files, named), warnings)


def _warning(script: str, characters: str) -> str:
    shown = ", ".join(f"U+{ord(c):04X}" for c in characters[:3]) + (" …" if len(characters) > 3 else "")
    return (
        f"No font at hand for {script} ({len(characters)}: {shown}): the PDF shows {fonts.SUBSTITUTE} in their place. "
        "Give a folder with a font that has them with --fonts or in ASCRIBE_FONTS."
    )


def _compiled(report: dict, files: dict[str, bytes], named: tuple[Path, ...]) -> bytes:
    import typst

    with tempfile.TemporaryDirectory(prefix="ascribe-") as temporary:
        root = Path(temporary)
        (root / "report.typ").write_bytes((Path(__file__).parent / "report.typ").read_bytes())
        (root / "report.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
        for name, content in files.items():
            (root / name).write_bytes(content)
        try:
            return typst.compile(
                str(root / "report.typ"),
                root=str(root),
                font_paths=[str(p) for p in named],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as e:
            hints = "".join(f" ({hint})" for hint in e.hints or ())
            raise RenderError(f"{report['title']}: the PDF cannot be set: {e.message}{hints}") from e
