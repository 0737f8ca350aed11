"""An article's text with its claims, sources and figures marked."""

from __future__ import annotations

import dataclasses
import html
import itertools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ascribe.publishing.present.cells import is_missing
from ascribe.publishing.present.fragment import Fragment

if TYPE_CHECKING:
    import pandas as pd

    from ascribe.articles.article import Article


LEGEND = {
    "claim": "a claim",
    "source": "who stands behind it",
    "figure": "a figure",
    "uncredited": "a figure credited to nobody",
}
DEPTH = {"claim": 0, "cue": 1, "source": 2, "figure": 3, "uncredited": 3}
MOST_NESTED = 8
"""Marks inside one another beyond this many are not drawn: no article has them, hostile tables might."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A stretch `[start, end)` of an article's text to be marked.

    `kind` is `claim`, `figure`, `uncredited` (a figure credited to nobody), `source` or `cue`; `title` is what a reader
    sees on hovering; `id` is what a link `#id` in the same report leads to.
    """

    start: int
    end: int
    kind: str
    title: str | None = None
    id: str | None = None


def annotated(text: str | Article, marks: Iterable[Mark], legend: bool = True) -> Fragment:
    """An article's text with `marks` in it. Marks may nest and overlap; offsets count characters of the whole text.

    For an Article only its body is shown.
    """
    start, end = (0, len(text)) if isinstance(text, str) else text.body
    whole = text if isinstance(text, str) else text.text
    kept = [m for m in marks if max(m.start, start) < min(m.end, end)]
    parts = [f"<p>{marked(whole, s, e, kept_here)}</p>" for s, e, kept_here in by_paragraph(whole, start, end, kept)]
    key = ""
    kinds = [kind for kind in LEGEND if any(m.kind == kind for m in kept)]
    if legend and kinds:
        words = " · ".join(f'<mark class="{kind}">{LEGEND[kind]}</mark>' for kind in kinds)
        key = f'<p class="legend">Marked: {words}</p>'
    return Fragment(f'<div class="annotated">{key}{"".join(parts)}</div>', whole[start:end])


def marks(claims: pd.DataFrame, figures: pd.DataFrame) -> list[Mark]:
    """The marks of a ledger's claims and figures (of one article): claims, their sources, figures.

    Claims and figures carry their own ids, so that `#figure_id` leads to the words.
    """
    found: list[Mark] = []
    for row in claims.to_dict("records"):
        who = row["source_name"] if not is_missing(row["source_name"]) else "nobody named"
        title = f"Denied by {who}" if row.get("polarity") == "denied" else f"Claim of {who}"
        for i, (start, end) in enumerate(row["content"]):
            found.append(Mark(int(start), int(end), "claim", title, row["claim_id"] if i == 0 else None))
        if not is_missing(row["source_span"]):
            start, end = row["source_span"]
            found.append(Mark(int(start), int(end), "source", f"Source: {who}"))
    denied = {row["claim_id"] for row in claims.to_dict("records") if row.get("polarity") == "denied"}
    for row in figures.to_dict("records"):
        uncredited = row["credit"] == "none"
        behind = "Denied by" if row.get("claim_id") in denied else "Credited to"
        title = "Credited to nobody" if uncredited else f"{behind} {row['source_name']}"
        title = "Not known by whom" if row["credit"] == "uncertain" else title
        counted = "" if is_missing(row["counted"]) else f" {row['counted']}"
        title = f"{row['number']}{counted}. {title}"
        kind = "uncredited" if uncredited else "figure"
        found.append(Mark(int(row["start"]), int(row["end"]), kind, title, row["figure_id"]))
    return found


def by_paragraph(text: str, start: int, end: int, marks: list[Mark]) -> Iterable[tuple[int, int, list[Mark]]]:
    """The paragraphs of `text[start:end]` with the marks that touch each; one pass over marks sorted by start."""
    waiting = sorted(marks, key=lambda m: (m.start, -m.end))
    at, still = 0, []
    for found in re.finditer(r"\S[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*", text[start:end]):
        s, e = start + found.start(), start + found.end()
        while at < len(waiting) and waiting[at].start < e:
            still.append(waiting[at])
            at += 1
        still = [m for m in still if m.end > s]
        yield s, e, still


def marked(text: str, start: int, end: int, marks: list[Mark]) -> str:
    """`text[start:end]` escaped, cut where any mark begins or ends; each piece stands inside its marks."""
    edges = sorted({start, end, *(p for m in marks for p in (m.start, m.end) if start < p < end)})
    order = {m: i for i, m in enumerate(sorted(marks, key=lambda m: (DEPTH.get(m.kind, 0), m.start, -m.end)))}
    opening: dict[int, list[Mark]] = {}
    for m in marks:
        opening.setdefault(max(m.start, start), []).append(m)
    pieces, active = [], []
    for s, e in itertools.pairwise(edges):
        active = [m for m in active if m.end > s] + opening.get(s, [])
        active.sort(key=order.__getitem__)
        tags = [tag(m, first=max(m.start, start) == s and m.start >= start) for m in active[:MOST_NESTED]]
        pieces.append("".join(tags) + html.escape(text[s:e]) + "</mark>" * len(tags))
    return "".join(pieces)


def tag(mark: Mark, first: bool) -> str:
    """The opening tag of a mark's piece; only its first piece carries the id."""
    name = f' id="{html.escape(mark.id)}"' if mark.id and first else ""
    title = f' title="{html.escape(mark.title)}"' if mark.title else ""
    return f'<mark class="{html.escape(mark.kind)}"{name}{title}>'
