"""One decision of a reviewer, checked against what the tables can hold."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import json
import math
from collections.abc import Mapping

from ascribe.errors import CorrectionError
from ascribe.extraction.records import Span
from ascribe.ledger import columns

ACTIONS = ("accept", "edit", "reject", "add", "withdraw")
EDITABLE = {
    "figures": (
        *("value", "low", "high", "bound", "unit", "category", "counted", "whose", "source_name", "source_span"),
        *("credit", "via", "basis", "accumulation", "window_start", "window_end", "as_of", "place", "event_id"),
    ),
    "claims": ("source_name", "source_span", "via", "cue", "kind", "polarity", "likelihood", "stated_on"),
    "sources": ("name", "kind", "party"),
}
"""The cells that a person may correct; what a row is (its words) is put right by rejecting it and adding another."""
ACCEPTED = {
    "figures": ("value", "low", "high", "bound", "unit", "category", "source_name"),
    "claims": ("source_name", "cue", "polarity"),
}
"""The cells that accepting a row vouches for."""
DATES = ("window_start", "window_end", "as_of", "stated_on")


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided, and about which words.

    `accept`: the row is right, `old` has the cells that it vouches for as {column: value}. `edit`: `column` is not
    `old` but `new`. `reject`: there is no such figure or claim. `add`: there is one, `new` has its cells. `withdraw`
    takes back the reviewer's last decision on the same words and column. For `sources`, `exact` is a source's name; an
    edit of `name` renames it, or merges it into another, in all its mentions (those of one article where `doc_id` is
    given). `line` is where it stands ("corrections.jsonl:12"); it is not written.
    """

    reviewer: str
    day: str
    table: str
    action: str
    exact: str
    doc_id: str | None = None
    column: str | None = None
    old: object = None
    new: object = None
    reason: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    line: str = dataclasses.field(default="", compare=False)

    def row(self) -> dict[str, object]:
        """The decision as the file has it."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = (
    *("reviewer", "day", "doc_id", "table", "action", "column", "old", "new", "reason"),
    *("exact", "prefix", "suffix", "start", "end"),
)
"""The columns of a file of corrections, in its order."""


def decision(row: Mapping[str, object], line: str = "") -> Decision:
    """The decision that a row of a file holds. Raises CorrectionError: `line`, and what is wrong."""
    try:
        return _decision(row, line)
    except ValueError as e:
        raise CorrectionError(f"{line}: {e}" if line else str(e)) from None


def _decision(row: Mapping[str, object], line: str) -> Decision:
    held = {k: v for k, v in row.items() if v is not None}
    unknown = [k for k in held if k not in FIELDS]
    if unknown:
        near = difflib.get_close_matches(unknown[0], FIELDS, n=1)
        raise ValueError(f"unexpected {unknown[0]!r}" + (f" (did you mean {near[0]}?)" if near else ""))
    texts = ("reviewer", "day", "table", "action", "exact", "doc_id", "column", "reason", "prefix", "suffix")
    for name in texts:
        if not isinstance(held.get(name, ""), str):
            raise ValueError(f"{name} is no text")
    missing = [n for n in ("reviewer", "day", "table", "action", "exact") if not str(held.get(n, "")).strip()]
    if missing:
        raise ValueError(f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing")
    table, action, column = held["table"], held["action"], held.get("column")
    _one_of("table", table, tuple(EDITABLE))
    _one_of("action", action, ACTIONS if table != "sources" else ("edit", "withdraw"))
    try:
        dt.date.fromisoformat(held["day"])
    except ValueError:
        raise ValueError(f"day {held['day']!r} is no day: write it as 2031-05-14") from None
    if table != "sources" and not held.get("doc_id"):
        raise ValueError("doc_id is missing: a figure or a claim stands in an article")
    if column is not None:
        _one_of("column", column, EDITABLE[table])
    held["start"], held["end"] = (_offset(n, held.get(n)) for n in ("start", "end"))
    held["old"], held["new"] = _values(table, action, column, held)
    return Decision(**held, line=line)


def _values(table: str, action: str, column: str | None, held: Mapping[str, object]) -> tuple[object, object]:
    """What was seen and what should be, each cell as its column has it."""
    old, new = held.get("old"), held.get("new")
    if action == "edit":
        if column is None:
            raise ValueError("column is missing: say which cell is edited")
        return value(table, column, old, strict=False), value(table, column, new)
    if action == "accept":
        if column is not None:
            old = {column: old}
        if not isinstance(old, Mapping) or not old:
            raise ValueError("old is missing: what was accepted, as {column: value}")
        return _cells(table, old), None
    if action == "add":
        if not isinstance(new, Mapping):
            raise ValueError("new is missing: the cells of the row that is added, as {column: value}")
        return None, _cells(table, new)
    return old, None


def _cells(table: str, cells: Mapping[str, object]) -> dict[str, object]:
    for name in cells:
        _one_of("column", name, EDITABLE[table])
    return {name: value(table, name, cells[name]) for name in EDITABLE[table] if name in cells}


def value(table: str, name: str, given: object, strict: bool = True) -> object:
    """A cell's value as its column holds it; numbers also from text, as CSV has them. Raises ValueError.

    With `strict` off, only the type is checked: what somebody once saw may be a word that there is no more.
    """
    column = next((c for c in columns.TABLES[table] if c.name == name), columns.Column(name, columns.TEXT, True, ""))
    if given is None or given == "":
        if name == "unit":
            return ""
        if not column.nullable and column.holds != columns.NAMES and strict:
            raise ValueError(f"{name} cannot be empty")
        return [] if column.holds == columns.NAMES else None
    if column.holds == columns.NUMBER:
        try:
            number = float(given)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            raise ValueError(f"{name} {given!r} is no number") from None
        if not math.isfinite(number):
            raise ValueError(f"{name} {given!r} is no number")
        return number
    if column.holds == columns.NAMES:
        if isinstance(given, str):
            given = [part.strip() for part in given.split(";")]
        if not (isinstance(given, list) and all(isinstance(x, str) for x in given)):
            raise ValueError(f"{name} is no list of names")
        return [x for x in given if x]
    if column.holds == columns.SPAN:
        return list(_span(name, json.loads(given) if isinstance(given, str) else given))
    if not isinstance(given, str):
        raise ValueError(f"{name} {given!r} is no text")
    if column.one_of and strict:
        _one_of(name, given, column.one_of)
    if name in DATES:
        try:
            dt.date.fromisoformat(given)
        except ValueError:
            raise ValueError(f"{name} {given!r} is no day: write it as 2031-05-14") from None
    return given


def _span(name: str, given: object) -> Span:
    if not (isinstance(given, list) and len(given) == 2 and all(type(x) is int for x in given) and given[0] < given[1]):
        raise ValueError(f"{name} {given!r} is no [start, end]")
    return given[0], given[1]


def _offset(name: str, given: object) -> int | None:
    if given is None or given == "":
        return None
    try:
        number = int(given)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} {given!r} is no whole number") from None
    if number < 0 or number != float(given):  # type: ignore[arg-type]
        raise ValueError(f"{name} {given!r} is no place in a text")
    return number


def _one_of(name: str, given: object, known: tuple[str, ...]) -> None:
    if given not in known:
        near = difflib.get_close_matches(str(given), known, n=1)
        raise ValueError(f"no {name} {given!r}" + (f": did you mean {near[0]}?" if near else f": {', '.join(known)}"))
