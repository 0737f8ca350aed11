"""The shapes in which people have reference series, read into one long table.

`SHAPES` says which columns tell a shape. Each reader gives rows with the columns of `COLUMNS`; what a shape does not
tell is null. `line` is the line of the file that a row came from.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import importlib.resources
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ascribe.errors import SeriesError

Row = dict[str, object]

COLUMNS = (
    "series_id", "publisher", "interest", "whose", "category", "counted", "date", "value", "low", "high", "bound",
    "cumulative", "window_start", "source_url", "licence", "line",
)  # fmt: skip

SHAPES: dict[str, frozenset[str]] = {
    "long": frozenset({"series_id", "publisher", "category", "date", "value"}),
    "ucdp_ged": frozenset({"date_start", "date_end", "best", "side_a", "side_b", "country"}),
    "acled": frozenset({"event_date", "fatalities", "country"}),
    "economist": frozenset({"date", "low", "high", "estimate", "type", "source", "country"}),
    "general_staff": frozenset({"date", "day"}),
}
"""The columns by which a shape is told, the narrowest first."""

NUMBER = re.compile(r"-?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
DATES = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%m/%d/%Y",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M:%S",
)


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the tables in `data/`."""
    file = importlib.resources.files(__package__) / "data" / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as f:
        return tuple(csv.DictReader(f))


def shape_of(header: list[str], path: Path) -> str:
    """The shape that a header tells; raises SeriesError where it is none of `SHAPES`."""
    names = {h.strip() for h in header}
    for shape, needed in SHAPES.items():
        if needed <= names:
            return shape
    wanted = "; ".join(f"{s}: {', '.join(sorted(n))}" for s, n in SHAPES.items())
    raise SeriesError(f"{path}, line 1: not the columns of any known shape ({wanted})")


def rows(path: Path, shape: str | None = None) -> tuple[str, list[Row]]:
    """The shape of a CSV file and its rows; raises SeriesError naming the file, the line and the cell."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as f:
            lines = csv.DictReader(f)
            header = lines.fieldnames or []
            shape = shape or shape_of(header, path)
            if shape not in READERS:
                raise SeriesError(f"{path}: no shape is called {shape!r}; known are {', '.join(READERS)}")
            missing = SHAPES[shape] - set(header)
            if missing:
                raise SeriesError(f"{path}, line 1: missing column {', '.join(sorted(missing))} of shape {shape}")
            found = []
            for cells in lines:
                if None in cells or None in cells.values():
                    raise SeriesError(f"{path}, line {lines.line_num}: expected {len(header)} cells")
                read = _Cells(path, lines.line_num, cells)
                found.extend({**row, "line": lines.line_num} for row in READERS[shape](read))
    except OSError as error:
        raise SeriesError(f"{path}: {error.strerror or error}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise SeriesError(f"{path}: not a CSV file in UTF-8 ({error})") from None
    if not found:
        raise SeriesError(f"{path}: no points")
    return shape, found


class _Cells:
    """One line of a file: its cells, read as numbers and dates."""

    def __init__(self, path: Path, line: int, cells: dict[str, str]) -> None:
        self.path, self.line, self.cells = path, line, {k.strip(): (v or "").strip() for k, v in cells.items()}

    def text(self, name: str) -> str | None:
        return self.cells.get(name) or None

    def number(self, name: str) -> float | None:
        cell = self.cells.get(name, "")
        if not cell or cell.lower() in ("na", "nan", "null", "none"):
            return None
        if not NUMBER.fullmatch(cell):
            raise SeriesError(f"{self.path}, line {self.line}: {name} is {cell!r}, not a number")
        value = float(re.sub(r"[, \u00a0\u202f]", "", cell))
        if not math.isfinite(value):
            raise SeriesError(f"{self.path}, line {self.line}: {name} is {cell!r}, not a number")
        return value

    def date(self, name: str) -> dt.date:
        cell = self.cells.get(name, "")
        for form in DATES:
            try:
                return dt.datetime.strptime(cell, form).date()
            except ValueError:
                continue
        raise SeriesError(f"{self.path}, line {self.line}: {name} is {cell!r}, not a date")


def category(words: str) -> tuple[str, str | None]:
    """The category and what is counted, from a series' own words; `other` where no table knows them."""
    words = " ".join(words.lower().replace("_", " ").split())
    for row in table("series_categories"):
        if row["words"] == words:
            return row["category"], row["counted"] or None
    return "other", words or None


def _long(c: _Cells) -> Iterator[Row]:
    kind, counted = category(c.text("category") or "")
    date, window = c.date("date"), c.text("window_start")
    cumulative = c.text("cumulative") in (None, "1", "true", "True")
    start = None
    if window:
        start = _month_before(date) if window == "month before date" else c.date("window_start")
    yield {
        "series_id": c.text("series_id"), "publisher": c.text("publisher"),
        "interest": (c.text("publisher_interest") or c.text("interest") or "unknown").split(" ")[0],
        "whose": c.text("subject_party") or c.text("whose"), "category": kind, "counted": counted, "date": date,
        "value": c.number("value"), "low": c.number("low"), "high": c.number("high"),
        "bound": _bound(c.text("qualifier"), c.number("low"), c.number("high"), c.number("value")),
        "cumulative": cumulative, "window_start": start, "source_url": c.text("source_url"),
        "licence": c.text("licence"),
    }  # fmt: skip


def _month_before(date: dt.date) -> dt.date:
    year, month = (date.year, date.month - 1) if date.month > 1 else (date.year - 1, 12)
    return dt.date(year, month, min(date.day, 28) if date.day > 28 else date.day)


def _bound(qualifier: str | None, low: float | None, high: float | None, value: float | None) -> str:
    words = {"about": "about", "more": "at_least", "floor": "at_least", "at least": "at_least", "at most": "at_most"}
    if qualifier in words:
        return words[qualifier]
    if value is None:
        return "range" if low is not None and high is not None else "at_least" if low is not None else "at_most"
    return "exact"


def _general_staff(c: _Cells) -> Iterator[Row]:
    date = c.date("date")
    for name in c.cells:
        words = name.lower()
        known = category(words)
        if words in ("date", "day") or words.endswith("*") or known[0] == "other":
            continue
        value = c.number(name)
        if value is None:
            continue
        bound = {"about": "about", "more": "at_least"}.get(c.text("personnel*") or "", "exact")
        yield {
            "series_id": f"general_staff_{words.replace(' ', '_')}", "whose": "Russia", "category": known[0],
            "counted": known[1], "date": date, "value": value, "bound": bound if known[0] == "losses" else "exact",
            "cumulative": True, "window_start": dt.date(2022, 2, 24),
        }  # fmt: skip


def _economist(c: _Cells) -> Iterator[Row]:
    kind, counted = category(c.text("type") or "")
    source, whose = c.text("source") or "unknown source", c.text("country")
    value, low, high = c.number("estimate"), c.number("low"), c.number("high")
    slug = re.sub(r"\W+", "_", f"{source} {whose} {kind}").strip("_").lower()
    yield {
        "series_id": slug, "publisher": source, "whose": whose, "category": kind, "counted": counted or "soldiers",
        "date": c.date("date"), "value": value, "low": low, "high": high, "bound": _bound(None, low, high, value),
        "cumulative": True, "source_url": c.text("source_url"),
    }  # fmt: skip


def _ucdp_ged(c: _Cells) -> Iterator[Row]:
    date, start, country = c.date("date_end"), c.date("date_start"), c.text("country")
    shared = {"category": "killed", "date": date, "window_start": start, "cumulative": False, "bound": "exact"}
    slug = re.sub(r"\W+", "_", country or "all").strip("_").lower()
    yield shared | {
        "series_id": f"ucdp_ged_{slug}", "whose": None, "counted": "deaths", "value": c.number("best"),
        "low": c.number("low"), "high": c.number("high"),
    }  # fmt: skip
    for column, whose in (
        ("deaths_a", c.text("side_a")),
        ("deaths_b", c.text("side_b")),
        ("deaths_civilians", "civilians"),
    ):
        value = c.number(column)
        if value is not None:
            party = re.sub(r"^Government of ", "", whose or "unknown")
            side = re.sub(r"\W+", "_", party).strip("_").lower()
            yield shared | {"series_id": f"ucdp_ged_{slug}_{side}", "whose": party, "counted": "deaths", "value": value}


def _acled(c: _Cells) -> Iterator[Row]:
    country = c.text("country")
    slug = re.sub(r"\W+", "_", country or "all").strip("_").lower()
    date = c.date("event_date")
    yield {
        "series_id": f"acled_{slug}", "category": "killed", "counted": "fatalities", "date": date, "window_start": date,
        "value": c.number("fatalities"), "cumulative": False, "bound": "exact",
    }  # fmt: skip


READERS: dict[str, Callable[[_Cells], Iterator[Row]]] = {
    "long": _long,
    "ucdp_ged": _ucdp_ged,
    "acled": _acled,
    "economist": _economist,
    "general_staff": _general_staff,
}
