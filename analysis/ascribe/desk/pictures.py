"""A chart as files: SVG, PNG for print and for social networks, each with its source line, and the numbers as CSV.

A picture for a social network has a fixed shape: where all estimates do not fit, the largest are drawn, and the source
line says of how many.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure
from PIL import Image

from ascribe.charts import estimates, style, timeline
from ascribe.errors import RenderError
from ascribe.ledger import Ledger, storage
from ascribe.publishing.present import listings, story

SIZES = {"social": (1600, 900), "square": (1080, 1080)}
"""Pixels, width and height: a link's preview (16:9), a post."""
PRINT = 300
"""Dots an inch, at 7 inches of width: 2,100 pixels."""
KINDS = {"estimates": estimates, "time": timeline}
NUMBERS = ("figure_id", "day", "who", "via", "stated", "category", "whose", "low", "high", "open", "publisher", "title",
           "url", "words")  # fmt: skip
"""The columns of the numbers behind a chart. `low` and `high` are the ends drawn, `open` says which end is open: up (at
least), down (at most)."""


def save(found: pd.DataFrame, ledger: Ledger, folder: str | os.PathLike[str], name: str, kind: str) -> list[Path]:
    """Write the chart of these estimates (as `charts.rows.estimates` gives them) to `folder`. Gives the paths.

    NAME.svg, NAME.png (print), NAME-social.png, NAME-square.png and NAME.csv; `kind` is one of `KINDS`.

    Raises RenderError where a file cannot be written, ValueError where there is nothing to draw.
    """
    draw, folder = KINDS[kind].draw, Path(folder)
    whole = draw(found)
    files = {f"{name}.svg": style.svg(whole), f"{name}.png": style.png(whole, PRINT)}
    for size, (width, height) in SIZES.items():
        files[f"{name}-{size}.png"] = framed(fitted(draw, found, height / width), width, height)
    files[f"{name}.csv"] = numbers(found, ledger).encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
    return [written(folder / path, content) for path, content in files.items()]


def written(path: Path, content: bytes) -> Path:
    """The path, after its content was written. Raises RenderError where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as e:
        raise RenderError(f"{path}: cannot be written: {e.strerror or e}") from e
    return path


def fitted(draw: Callable[..., Figure], found: pd.DataFrame, shape: float) -> Figure:
    """The chart of as many of the estimates, the largest, as fit a picture whose height is `shape` times its width."""
    ordered = found.sort_values(["right", "figure_id"], ascending=[False, True], kind="stable")

    def of(n: int) -> Figure:
        note = f"The {n} largest of {len(found)} estimates." if n < len(found) else ""
        return draw(ordered.head(n), note=note)

    made = of(len(found))
    low, high = 1, len(found)
    if tall(made) <= shape:
        return made
    made = of(1)
    while high - low > 1:
        middle = (low + high) // 2
        tried = of(middle)
        if tall(tried) <= shape:
            low, made = middle, tried
        else:
            high = middle
    return made


def tall(figure: Figure) -> float:
    """A figure's height as a share of its width."""
    width, height = figure.get_size_inches()
    return height / width


def framed(figure: Figure, width: int, height: int) -> bytes:
    """The figure as a PNG of exactly this size, as large as it fits, in the middle of white."""
    margin = 0.03
    wide, high = figure.get_size_inches()
    dpi = min(width * (1 - 2 * margin) / wide, height * (1 - 2 * margin) / high)
    picture = Image.open(io.BytesIO(style.png(figure, dpi))).convert("RGB")
    page = Image.new("RGB", (width, height), "white")
    page.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
    out = io.BytesIO()
    page.save(out, "PNG", optimize=True)
    return out.getvalue()


def numbers(found: pd.DataFrame, ledger: Ledger) -> str:
    """The numbers behind a chart as CSV, a row an estimate, the columns `NUMBERS`."""
    documents = ledger.documents.set_index("doc_id")
    rows = [NUMBERS]
    for _, f in found.iterrows():
        document = documents.loc[f["doc_id"]]
        cells = [
            f["figure_id"], f"{f['when']:%Y-%m-%d}" if pd.notna(f["when"]) else None, f["speaker"],
            "; ".join(f["via"]), story.stated(f), f["category"], f["whose"], f["left"], f["right"], f["open"],
            document["publisher"], document["title"], document["url"],
            listings.words(document["text"], f["start"], f["end"]),
        ]  # fmt: skip
        rows.append(tuple(map(_cell, cells)))
    return "".join(storage.line(row) for row in rows)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None or value is pd.NaT or value != value else storage.guarded(str(value))
