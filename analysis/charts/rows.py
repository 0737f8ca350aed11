"""What the charts draw: figures as intervals, with the words they are labelled by.

A chart takes a DataFrame of figures (columns as in `analysis.ledger.columns.FIGURES`). These it reads too where they are
there: `publisher` and `published` (joined from the documents), `interest` (self, enemy, third or unknown), `polarity` of
the claim, and `record_value` and `record_date`: what the source's own series said, and for which day.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.extraction import lexicons
from analysis.extraction.records import CATEGORIES

NOBODY = "Nobody: the article’s own voice"

COUNTED = (
    "killed", "wounded", "casualties", "losses", "captured", "missing", "displaced", "affected", "personnel",
    "population", "equipment", "infrastructure", "events",
)  # fmt: skip
"""The categories that are plain counts, and so can share an axis; shares, money, distances and durations cannot."""

HEADINGS = {
    "killed": "Killed",
    "wounded": "Wounded",
    "casualties": "Casualties: killed and wounded together",
    "losses": "Losses: killed and wounded not told apart",
    "captured": "Captured or detained",
    "missing": "Missing",
    "displaced": "Displaced",
    "affected": "Otherwise affected",
    "personnel": "Personnel",
    "population": "Population",
    "equipment": "Equipment",
    "infrastructure": "Buildings and places",
    "events": "Events",
}


def estimates(
    figures: pd.DataFrame, documents: pd.DataFrame | None = None, claims: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The figures that can be drawn, with `publisher`, `published` and `polarity` joined, and these columns added.

    `left`, `right`: the ends of the interval; `point`: the number stated, or null; `open`: "up" for at least, "down"
    for at most, else ""; `stated`: the number as stated; `speaker`: the source's name, or `NOBODY`; `when`: the as-of
    date, else the day of publication. Left out: units other than plain counts, and rates.
    """
    found = figures.copy()
    if documents is not None:
        about = documents.set_index("doc_id")[["publisher", "published"]]
        found = found.drop(columns=["publisher", "published"], errors="ignore").join(about, on="doc_id")
    if claims is not None:
        said = claims.set_index("claim_id")["polarity"]
        found["polarity"] = found["claim_id"].map(said)
    for column in ("publisher", "published", "polarity", "record_value", "record_date", "interest", "place"):
        if column not in found:
            found[column] = None
    plain = found["unit"].fillna("").eq("") & found["category"].isin(COUNTED) & found["accumulation"].ne("rate")
    found = found[plain].copy()
    intervals = [interval(*row) for row in found[["value", "low", "high", "bound", "number"]].itertuples(index=False)]
    found["left"], found["point"], found["right"], found["open"] = (
        zip(*intervals, strict=True) if intervals else ([], [], [], [])
    )
    found = found[found["left"].notna()].copy()
    found["stated"] = [stated(*r) for r in found[["value", "low", "high", "bound", "number"]].itertuples(index=False)]
    found["speaker"] = found["source_name"].where(found["source_name"].notna(), NOBODY)
    found["when"] = pd.to_datetime(found["as_of"].where(found["as_of"].notna(), found["published"]), errors="coerce")
    found["interest"] = found["interest"].where(found["interest"].notna(), "unknown")
    for column in ("left", "point", "right", "record_value"):
        found[column] = pd.to_numeric(found[column])
    return found.reset_index(drop=True)


def interval(value: float | None, low: float | None, high: float | None, bound: str, number: str) -> tuple:
    """How a figure is drawn: `(left, point, right, open)`, all None where a vague word is in no table."""
    value, low, high = (None if x is None or math.isnan(x) else float(x) for x in (value, low, high))
    if bound == "at_least" and low is not None:
        return low, low, low, "up"
    if bound == "at_most" and high is not None:
        return high, high, high, "down"
    if bound == "range" and low is not None and high is not None:
        return low, None, high, ""
    if value is not None:
        return value, value, value, ""
    return *vague(number), ""


def vague(number: str) -> tuple[float | None, None, float | None]:
    """The interval that stands for a vague number word in a chart, and only there: `(left, None, right)`."""
    words = " ".join(number.lower().split()).removesuffix(" of")
    for row in lexicons.rows("vague"):
        if row["word"] == words:
            return float(row["low"]), None, float(row["high"])
    return None, None, None


def vague_used(found: pd.DataFrame) -> str:
    """A sentence on how the vague words among these figures are drawn; empty where there are none."""
    used = found[found["bound"].eq("vague")].drop_duplicates(["stated"]).sort_values("left")
    if used.empty:
        return ""
    said = [f"“{r.stated}” as {number(r.left)} to {number(r.right)}" for r in used.itertuples()]
    return f"Vague words are drawn as intervals: {', '.join(said)}."


def number(value: float) -> str:
    """A number as a reader writes it: 90,000; 1.25 million; 0.5."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.4g} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def stated(value: float | None, low: float | None, high: float | None, bound: str, words: str) -> str:
    """A figure in words that keep its bound: at least 90,000; up to 40; about 70,000; 30 to 40; dozens."""
    if bound == "at_least" and pd.notna(low):
        return f"at least {number(low)}"
    if bound == "at_most" and pd.notna(high):
        return f"up to {number(high)}"
    if bound == "range" and pd.notna(low) and pd.notna(high):
        return f"{number(low)} to {number(high)}"
    if bound == "about" and pd.notna(value):
        return f"about {number(value)}"
    return number(value) if pd.notna(value) else " ".join(words.split())


def day(date: object) -> str:
    """A date as a reader writes it: 2 Dec 2022; empty where there is none."""
    if date is None or pd.isna(date):
        return ""
    found = pd.Timestamp(date)
    return f"{found.day} {dt.date(2000, found.month, 1):%b} {found.year}" if not pd.isna(found) else ""


def days(dates: Iterable[object]) -> str:
    """The first and the last of some dates: 1 to 12 Dec 2022; 30 Nov to 2 Dec 2022; where all are the same, that one."""
    known = [pd.Timestamp(d) for d in dates if d is not None and not pd.isna(d)]
    if not known:
        return ""
    first, last = min(known), max(known)
    if first == last:
        return day(first)
    parts = day(first).split()
    if first.year == last.year:
        parts = parts[:1] if first.month == last.month else parts[:2]
    return f"{' '.join(parts)} to {day(last)}"


def count(n: int, thing: str, things: str = "") -> str:
    """A count with its noun: 1 article, 3 articles."""
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"


def listed(words: Sequence[str], most: int = 99) -> str:
    """A list in words: a, b and c; what is more than `most` is counted."""
    words = list(words)
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most:,} more"]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def source_line(found: pd.DataFrame) -> str:
    """Where the figures of a chart come from: how many articles, of which publishers, over which days."""
    publishers = sorted(found["publisher"].dropna().unique()) if "publisher" in found else []
    dates = days(found["published"].dropna()) if "published" in found else ""
    n = found["doc_id"].nunique()
    by = f" ({listed(publishers, 4)})" if publishers else ""
    return f"Source: figures as stated in {count(n, 'article')}{by}{', ' + dates if dates else ''}."


def in_order(found: pd.DataFrame) -> list[str]:
    """The categories met, in the order of the record."""
    met = set(found["category"])
    return [c for c in CATEGORIES if c in met]


def noun(counted: str | None, whose: str | None) -> str:
    """What is counted and whose they are, in few words: "soldiers, Russia"; nothing is said twice."""
    counted, whose = counted or "", whose or ""
    if whose.lower() in counted.lower() or counted.lower() in whose.lower():
        return max(counted, whose, key=len)
    return f"{counted}, {whose}"
