"""Numbers, dates and counts as a reader writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Ours, so that no machine's language gets into a report."""


def number(value: float) -> str:
    """A number as a reader writes it, nothing rounded away: 90,000; 1.25 million; 1,234,567; 0.5."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        short = f"{value / size:.4g}"
        if abs(value) >= size and "e" not in short and abs(float(short) * size - value) < 0.5:
            return f"{short} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"


def stated(
    value: float | None, low: float | None, high: float | None, bound: str, words: str, stated_as: str = ""
) -> str:
    """A figure in words that keep its bound: at least 90,000; up to 40; about 70,000; 30 to 40; dozens.

    Where the article's own words are known (`stated_as`: "more than 90,000") what they put before the number is kept.
    """
    own = stated_as.lower().removesuffix(words.lower()).strip() if stated_as.lower().endswith(words.lower()) else ""
    if bound == "at_least" and pd.notna(low):
        return f"{own or 'at least'} {number(low)}"
    if bound == "at_most" and pd.notna(high):
        return f"{own or 'up to'} {number(high)}"
    if bound == "range" and pd.notna(low) and pd.notna(high):
        return f"{number(low)} to {number(high)}"
    if bound == "about" and pd.notna(value):
        return f"{own or 'about'} {number(value)}"
    return number(value) if pd.notna(value) else " ".join(words.split())


def day(date: object) -> str:
    """A date as a reader writes it: 2 Dec 2022; empty where there is none."""
    if date is None or pd.isna(date):
        return ""
    found = pd.Timestamp(date)
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def days(dates: Iterable[object]) -> str:
    """The first and the last of some dates: 1 to 12 Dec 2022; 30 Nov to 2 Dec 2022; or the one date."""
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
    return f"{n:,} {thing if n == 1 else things or thing + 's'}" if n else f"no {things or thing + 's'}"


def listed(words: Sequence[str], most: int = 99) -> str:
    """A list in words: a, b and c; what is more than `most` is counted."""
    words = list(words)
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most:,} more"]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def noun(counted: str | None, whose: str | None) -> str:
    """What is counted and whose they are, in few words: "soldiers, Russia"; nothing is said twice."""
    counted, whose = counted or "", whose or ""
    if whose.lower() in counted.lower() or counted.lower() in whose.lower():
        return max(counted, whose, key=len)
    return f"{counted}, {whose}"
