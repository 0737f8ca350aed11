"""What follows in a row from a cell that a person put right: a number's bounds, a source's words and credit."""

from __future__ import annotations

import collections
import re
from collections.abc import Collection, Iterable, Mapping

from ascribe.extraction.records import Span

Row = dict[str, object]
NUMBER = ("value", "low", "high", "bound")
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")


def settle_number(row: Row, given: Mapping[str, object]) -> None:
    """Fit value, low and high of a figure to its bound, after the cells `given` were written.

    Raises ValueError where they cannot be what the bound says.
    """
    bound, stated = row["bound"], {name: given[name] for name in NUMBER[:3] if given.get(name) is not None}
    if bound == "range":
        low, high = row["low"], row["high"]
        if low is None or high is None or low >= high:
            raise ValueError("a range has a low end and a higher high end: give both")
        row["value"] = None
    elif bound == "vague":
        if stated:
            raise ValueError(f"{next(iter(stated))} is given, but a vague number has none: change bound, too")
        row["value"] = row["low"] = row["high"] = None
    else:
        sides = {"exact": ("value", "low", "high"), "about": ("value",), "at_least": ("value", "low")}
        sides = sides.get(bound, ("value", "high"))
        odd = [name for name in stated if name not in sides]
        values = {stated[name] for name in stated if name in sides}
        if odd:
            raise ValueError(f"{odd[0]} is given, but a number of bound {bound} has none: change bound, too")
        if len(values) > 1:
            raise ValueError(f"{' and '.join(stated)} differ, but a number of bound {bound} has one value")
        number = values.pop() if values else next((row[n] for n in sides if row[n] is not None), None)
        if number is None:
            raise ValueError(f"a number of bound {bound} has a value: give it")
        row |= {name: number if name in sides else None for name in NUMBER[:3]}


class Mentions:
    """Where articles name their sources."""

    def __init__(self, texts: Mapping[str, str], rows: Iterable[Row]) -> None:
        self.texts = texts
        self.spans: dict[tuple[str, str], set[Span]] = collections.defaultdict(set)
        for row in rows:
            if row["source_name"] and row["source_span"]:
                self.spans[row["doc_id"], row["source_name"]].add(tuple(row["source_span"]))

    def nearest(self, doc_id: str, name: str, place: int) -> Span | None:
        """The words nearest to a place that name this source: those known to, else the name itself."""
        known = self.spans.get((doc_id, name)) or {
            (m.start(), m.end()) for m in re.finditer(re.escape(name), self.texts[doc_id])
        }
        return min(known, key=lambda span: (abs(span[0] - place), span), default=None)

    def of(self, doc_id: str) -> dict[str, list[Span]]:
        """An article's sources by name, each with its mentions."""
        return {name: sorted(spans) for (doc, name), spans in self.spans.items() if doc == doc_id}


def settle_source(row: Row, mentions: Mentions, place: int, end: int, kept: Collection[str] = ()) -> None:
    """Fit the words that name a source, a figure's credit and its relays to the source that the row now has.

    `kept` are the cells that a person wrote. `place` and `end` are where the row's own words stand.
    """
    name = row["source_name"]
    if "source_span" not in kept:
        span = mentions.nearest(row["doc_id"], name, place) if name else None
        row["source_span"] = list(span) if span else None
    if "credit" in row and "credit" not in kept:
        row["credit"] = (
            "none" if name is None else _credit(mentions.texts[row["doc_id"]], row["source_span"], place, end)
        )
    if name is None and "via" not in kept:
        row["via"] = []


def check_credit(row: Row) -> None:
    """Raise ValueError where a figure of a named source would be credited to nobody."""
    if row["source_name"] is not None and row.get("credit") in ("none", "uncertain"):
        raise ValueError(f"credit is {row['credit']}, but it is credited to {row['source_name']}")


def _credit(text: str, span: list[int] | None, start: int, end: int) -> str:
    """`explicit` where the words that name the source stand in the same sentence, else `carried`."""
    if span is None:
        return "carried"
    between = text[span[1] : start] if span[1] <= start else text[end : span[0]]
    return "carried" if SENTENCE_END.search(between) else "explicit"
