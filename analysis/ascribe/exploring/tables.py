"""Tables to sort, filter and search, offline (itables); a figure's row opens its words in place.

A table holds at most `MOST` rows and says so where there are more: search then looks only in those shown. Where
itables is not installed, the table is a plain one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.exploring.asking import gravest
from ascribe.exploring.shown import Shown, part
from ascribe.publishing.present import display, listings
from ascribe.publishing.present.cells import written
from ascribe.publishing.present.quoted import cards

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

MOST = 2_000
"""Rows of one table: what a browser still sorts at once, and a notebook still holds."""
LONG = 15
"""Rows on one page of a table."""
FIGURES = {"stated": "Figure", "kind": "Kind", "whose": "Whose", "behind": "Who stands behind it", "day": "Day",
           "outlet": "Told by"}  # fmt: skip


def figures(ledger: Ledger, found: pd.DataFrame, caption: str = "") -> Shown:
    """Figures (columns of the figures table), each row opening its words where it is clicked."""
    kept, remark = sampled(found, "figures")
    shown = listings.figures(ledger, kept)
    day = kept["as_of"].where(
        kept["as_of"].notna(), kept["doc_id"].map(ledger.documents.set_index("doc_id")["published"])
    )
    frame = shown.assign(day=day.to_numpy())[list(FIGURES)].rename(columns=FIGURES).map(written)
    words = cards(ledger, kept["figure_id"])
    hint = "Click a row for its words." if len(kept) else ""
    size = kept["value"].fillna(kept["high"]).fillna(kept["low"]).fillna(-1)
    behind = {SIZE: list(size), WORDS: [json.dumps(words[i]) for i in kept["figure_id"]]}
    return _interactive(frame, caption, " ".join(filter(None, [hint, remark])), behind)


def sampled(found: pd.DataFrame, things: str) -> tuple[pd.DataFrame, str]:
    """The rows that one table shows, and what is to be said where there are more."""
    if len(found) <= MOST:
        return found, ""
    kept = gravest(found, MOST) if "figure_id" in found else found.head(MOST)
    which = "the gravest" if "figure_id" in found else "the first"
    return kept, (
        f"{which.capitalize()} {MOST:,} of {len(found):,} {things}: sorting and searching see only these. Choose fewer "
        "(.killed(), .by(…), .in_(…)), or query all of them as a DataFrame."
    )


def frame(found: pd.DataFrame, caption: str = "") -> Shown:
    """Any DataFrame; lists as words, nothing as a dash."""
    kept, remark = sampled(found, "rows")
    plain = kept.reset_index() if kept.index.name else kept
    plain = pd.DataFrame({str(c): [_cell(v) for v in plain[c]] for c in plain.columns})
    return _interactive(plain, caption, remark)


def of(ledger: Ledger, name: str) -> Shown:
    """One of a ledger's tables by its name, in a reader's words."""
    if name == "figures":
        return figures(ledger, ledger.figures, "Every figure")
    if name == "claims":
        shown = listings.claims(ledger, sampled(ledger.claims, "claims")[0])
        return _named(shown, {"behind": "Who", "said": "What", "cue": "Cue", "kind": "Speech", "doc_id": "Article"},
                      "Every claim", sampled(ledger.claims, "claims")[1])  # fmt: skip
    if name == "sources":
        return _named(listings.sources(ledger), listings.SOURCES, "Everybody credited", "")
    if name == "documents":
        told = ledger.figures["doc_id"].value_counts()
        documents = ledger.documents.assign(figures=ledger.documents["doc_id"].map(told).fillna(0).astype(int))
        heads = {"title": "Title", "publisher": "Publisher", "published": "Published", "language": "Language",
                 "n_chars": "Characters", "figures": "Figures"}  # fmt: skip
        return _named(documents, heads, "The articles", "")
    raise KeyError(f"no table {name!r}: choose one of figures, claims, sources, documents")


def _named(found: pd.DataFrame, heads: dict[str, str], caption: str, remark: str) -> Shown:
    kept, more = sampled(found[list(heads)], caption.lower())
    plain = pd.DataFrame({heads[c]: [_cell(v) for v in kept[c]] for c in heads})
    return _interactive(plain, caption, remark or more)


def _cell(value: object) -> object:
    """A cell as a reader wants it; numbers stay numbers, so that they sort as such."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        return int(value) if float(value).is_integer() else value
    return written(value)


def available() -> bool:
    """Whether itables is installed."""
    import importlib.util

    return importlib.util.find_spec("itables") is not None


def _interactive(frame: pd.DataFrame, caption: str, remark: str, behind: dict[str, list] | None = None) -> Shown:
    """A table; `behind` are columns that are not shown: what the first is sorted by, and the words of each row."""
    plain = display.table(frame, caption or None, note=remark or None)
    if not available() or frame.empty:
        return Shown(plain._repr_mimebundle_()["text/html"], plain.plain)
    from itables import JavascriptFunction, to_html_datatable

    hidden: dict[str, object] = {}
    if behind:
        n = len(frame.columns)
        frame = frame.assign(**behind)
        unseen = [{"targets": [n, n + 1], "visible": False}, {"targets": n, "searchable": False}]
        hidden["columnDefs"] = [*unseen, {"targets": 0, "orderData": n}]
        # Not initComplete: with filters in the heads itables takes that for itself.
        hidden["drawCallback"] = JavascriptFunction(f"function () {{ {part('words.js')} {part('rows.js')} }}")
    made = to_html_datatable(
        frame, caption=caption or None, connected=False, showIndex=False, maxBytes=0, maxRows=0, maxColumns=0,
        column_filters="header", pageLength=LONG, lengthMenu=[LONG, 50, 200, {"value": -1, "label": "all"}],
        classes="display compact ascribe-rows", style="width:100%;caption-side:top", layout=LAYOUT,
        display_logo_when_loading=False, autoWidth=False, **hidden,
    )  # fmt: skip
    below = display.note(remark).html if remark else ""
    return Shown(f"<style>{part('words.css')}{part('rows.css')}</style>{made}{below}", plain.plain)


SIZE, WORDS = "size", "words"
LAYOUT = {"topStart": "pageLength", "topEnd": "search", "bottomStart": "info", "bottomEnd": "paging"}


def ready() -> None:
    """Give the notebook what the tables need, once, as an output of the present cell: 1 MB, and no request later."""
    if available():
        from IPython.display import HTML, display
        from itables import options
        from itables.javascript import generate_init_offline_itables_html

        display(HTML(generate_init_offline_itables_html(options.dt_bundle)))
