"""What a notebook shows: tables, figures, the finding, the annotated text.

    finding("Ukraine's ministry gives the highest estimate.")
    table(ledger.figures, "Figures", columns={"number": "Figure", "source_name": "Credited to"})
    figure(fig, alt="Bar chart of …", caption="Estimates by source", source="Series of the ministry")
    annotated(article, marks(ledger.claims, ledger.figures))

Each gives a `Fragment`: HTML of a few plain elements, which JupyterLab shows and which the HTML and PDF exporters
carry over with their captions, table heads, alt text and links. Every text is escaped here, always; nothing that an
article says can become markup.
"""

from __future__ import annotations

import base64
import html
import io
import numbers
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from ascribe.publishing.present.annotation import Mark, annotated, marks
from ascribe.publishing.present.cells import is_missing, written
from ascribe.publishing.present.fragment import Fragment

if TYPE_CHECKING:
    import matplotlib.figure
    import pandas as pd

__all__ = ["Fragment", "Mark", "annotated", "figure", "finding", "folded", "marks", "note", "table"]


def finding(text: str) -> Fragment:
    """The report's finding: one sentence, set large."""
    return Fragment(f'<div class="finding"><p>{html.escape(text)}</p></div>', text)


def note(text: str) -> Fragment:
    """A remark beside the finding: what was left out, what is not known."""
    return Fragment(f'<div class="note"><p>{html.escape(text)}</p></div>', text)


def table(  # noqa: PLR0913 - a notebook says by name what it wants
    frame: pd.DataFrame,
    caption: str | None = None,
    columns: Mapping[str, str] | Iterable[str] | None = None,
    links: Mapping[str, str] | None = None,
    formats: Mapping[str, str | Callable[[object], str]] | None = None,
    note: str | None = None,
    empty: str = "Nothing was found.",
) -> Fragment:
    """A DataFrame as a printed table; the index is not shown (`reset_index()` first where it is wanted).

    `columns` picks columns in order, as names or as {name: label}. `links` maps a column shown to the column of `frame`
    that holds where it leads: `#id` of a mark in the annotated text, or a web address. `formats` maps a column to a
    format specification ("d", ".1f") or a function from value to text. `empty` stands for a table without rows.

    Raises KeyError where `frame` has no such column.
    """
    if columns is None:
        columns = list(map(str, frame.columns))
        frame = frame.set_axis(columns, axis=1)
    labels = dict(columns) if isinstance(columns, Mapping) else {name: label(name) for name in columns}
    missing = [name for name in [*labels, *(links or {}).values()] if name not in frame.columns]
    if missing:
        raise KeyError(f"the table has no column {', '.join(map(repr, missing))}; it has {', '.join(frame.columns)}")
    heading = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    if frame.empty:
        lead = f"<p><strong>{html.escape(caption)}</strong></p>" if caption else ""
        return Fragment(f"{lead}<p>{html.escape(empty)}</p>", f"{caption or ''}\n{empty}".strip())

    cells, numeric = [], []
    for name in labels:
        values = frame[name].tolist()
        show = (formats or {}).get(name)
        known = [v for v in values if not is_missing(v)]
        numeric.append(bool(known) and all(isinstance(v, numbers.Real) and not isinstance(v, bool) for v in known))
        column = [html.escape(written(v, show)) for v in values]
        if links and name in links:
            targets = frame[links[name]].tolist()
            column = [linked(text, target) for text, target in zip(column, targets, strict=True)]
        cells.append(column)
    kinds = [' class="n"' if n else "" for n in numeric]
    headings = zip(kinds, labels.values(), strict=True)
    head = "".join(f'<th scope="col"{k}>{html.escape(text)}</th>' for k, text in headings)
    body = "\n".join(
        "<tr>" + "".join(f"<td{k}>{text}</td>" for k, text in zip(kinds, row, strict=True)) + "</tr>"
        for row in zip(*cells, strict=True)
    )
    remark = f'<p class="tablenote">{html.escape(note)}</p>' if note else ""
    markup = f"<table>{heading}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>{remark}"
    shown = frame[list(labels)].set_axis(list(labels.values()), axis=1).to_string(index=False)
    return Fragment(markup, "\n".join(filter(None, [caption, shown, note])))


def folded(summary: str, fragment: Fragment) -> Fragment:
    """A fragment folded away under a line that says what it holds; left out in the PDF."""
    return Fragment(f"<details><summary>{html.escape(summary)}</summary>{fragment.html}</details>", fragment.plain)


def figure(
    fig: matplotlib.figure.Figure,
    alt: str,
    caption: str | None = None,
    source: str | None = None,
    data: Fragment | pd.DataFrame | None = None,
) -> Fragment:
    """A matplotlib figure with alt text, a caption, the line that says where its data come from, the table behind it.

    Drawn as SVG (as PNG where the drawing is very large), the same bytes each time. The figure is closed, so that
    Jupyter does not show it twice. In the PDF the table behind (`data`) is left out.

    Raises ValueError where `alt` says nothing: a reader who cannot see the chart has only that.
    """
    if not alt.strip():
        raise ValueError("a figure needs an alt text: say what the chart shows and what stands out")
    kind, image = drawn(fig)
    uri = f"data:{kind};base64,{base64.b64encode(image).decode('ascii')}"
    lines = [f"<figcaption><p>{html.escape(caption)}</p>" if caption else "<figcaption>"]
    lines.append(f'<p class="credit">Source: {html.escape(source)}</p></figcaption>' if source else "</figcaption>")
    caption_markup = "".join(lines) if caption or source else ""
    behind = ""
    if data is not None:
        behind = data if isinstance(data, Fragment) else table(data)
        behind = f"<details><summary>The numbers behind this chart</summary>{behind.html}</details>"
    markup = f'<figure><img src="{uri}" alt="{html.escape(alt)}">{caption_markup}</figure>{behind}'
    return Fragment(markup, f"[{alt}]" + (f"\n{caption}" if caption else ""))


def label(name: str) -> str:
    """A column's name as a heading: `source_name` gives `Source name`."""
    words = str(name).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def linked(text: str, target: object) -> str:
    """Escaped `text` as a link, where `target` is an anchor (`#…`) or a web address; else the text alone."""
    if isinstance(target, str) and re.match(r"#.|https?://", target):
        return f'<a href="{html.escape(target)}">{text}</a>'
    return text


def drawn(fig: matplotlib.figure.Figure) -> tuple[str, bytes]:
    """A figure's media type and bytes; without dates or random ids, so that the same figure gives the same bytes."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    with mpl.rc_context({"svg.hashsalt": "ascribe", "svg.fonttype": "path"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the chart itself says that its font lacks them
        buffer = io.BytesIO()
        fig.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
        kind, image = "image/svg+xml", buffer.getvalue()
        if len(image) > 1_000_000:
            buffer = io.BytesIO()
            fig.savefig(buffer, format="png", dpi=200, bbox_inches="tight", metadata={"Software": None})
            kind, image = "image/png", buffer.getvalue()
    plt.close(fig)
    return kind, image
