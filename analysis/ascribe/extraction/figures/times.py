"""Dates, years and clock times: numbers that say when and count nothing."""

from __future__ import annotations

import calendar

from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import DASHES, HYPHENS

MONTHS = listed("exclusions_months")
DAYS = frozenset(day.lower() for day in calendar.day_name)
SEASONS = listed("exclusions_seasons")
DATED = listed("exclusions_dated")
ZONES = listed("exclusions_zones")
LINKED = frozenset(("and", "or", "to", ",", *DASHES))
FINITE = listed("exclusions_finite")
PRICED = listed("exclusions_priced")
MEASURED = listed("exclusions_measured")


def date(q: Quantity, page: Page) -> bool:
    """January 3 · 3 January · August 22 to 25 · 17.05.2019 · 2019/20."""
    i, j = page.tokens_of(q)
    before, after = page.low(i - 1), page.low(j)
    if q.form in ("fraction", "ratio", "vague") and "/" not in page.text[q.start : q.end]:
        return False
    if page.in_date(q) and not q.dimension and (q.plain or q.form in ("range", "words")):
        return True
    highest = q.high if q.bound == "range" else q.value
    if highest is None or highest != int(highest) or q.dimension:
        return False
    if highest <= 31 and (q.plain or q.form == "range"):
        named = before in DAYS and page.capital(i - 1) and not page.breaks_before(i)
        if named and page.noun_after(j) is None and not page.told_after(j):
            return True  # "from Monday 20 to Sunday 26"
        if (before in MONTHS and page.capital(i - 1)) or (before == "." and page.low(i - 2) in MONTHS):
            return True
        if (after in MONTHS and page.capital(j)) or (after == "of" and page.low(j + 1) in MONTHS):
            return True
        if page.previous_excluded(q) == "date" and (before in ("and", "to", "or", ",", "through") or before in DASHES):
            return page.noun_after(j) is None
        if after in ("and", "to", "or", ",", "through") and page.kind(j + 1) == "num" and page.low(j + 2) in MONTHS:
            return page.capital(j + 2)
    return (after == "/" and page.kind(j + 1) == "num" and page.glued(j)) or (before == "/" and page.glued(i))


def year(q: Quantity, page: Page) -> bool:
    """in 2018 · the 1990s · 2015-2016 · mid-2014 · the 2008 and 2012 campaigns."""
    i, j = page.tokens_of(q)
    top = q.high if q.bound == "range" else q.value
    if q.plain and (page.era(j) or page.written(i - 1) in ("AD", "BC", "CE")):
        return True
    if not q.plain or q.dimension or top is None or not 1000 <= top <= 2100 or (q.bound == "range" and q.low < 1000):
        return False
    before, noun = page.low(i - 1), page.noun_after(j)
    many = noun is not None and page.plural(noun)
    recent = 1900 <= top <= 2035
    if page.previous_excluded(q) == "year" and before in LINKED and recent:
        return True
    if q.modified:
        return recent and noun is None and (before == "to" or q.bound == "about") and page.low(j) not in FINITE
    if page.low(j) in FINITE and before in ("and", "while", ",", "but", ".", "gap", ""):
        return False
    if before in DATED:
        if before in ("of", "to", "for", "and") and many:
            return False
        return not (before == "the" and many and not recent)
    if (
        before in MONTHS
        or before in SEASONS
        or (before == "," and (page.low(i - 3) in MONTHS or page.low(i - 2) in MONTHS))
    ):
        return True
    if before in HYPHENS and page.glued(i):
        return True
    return recent and (not many or page.capital(j))


def clock(q: Quantity, page: Page) -> bool:
    """7:45 · 6 p.m. · 14.00 local time · 0600 GMT."""
    i, j = page.tokens_of(q)
    if q.form == "clock":
        return page.low(i - 1) == "at" or page.low(j) in ZONES
    if q.dimension not in ("", "distance", "duration") or (q.value is None and q.bound != "range"):
        return False
    before, after, raw = page.low(i - 1), page.low(j), page.low(i)
    if before == ":" and page.glued(i) and page.kind(i - 2) == "num":
        return True
    if after == ":" and page.glued(j) and page.kind(j + 1) == "num" and page.glued(j + 1):
        return True
    if after in ZONES and not (after in ("hours", "hrs", "h") and not (raw.isdigit() and len(raw) == 4)):
        return not page.written(j).isupper() or after not in ("am", "pm") or page.kind(i) == "num"
    if after == "local" and page.low(j + 1) == "time":
        return True
    if after in ("a", "p") and page.low(j + 1) == "." and page.low(j + 2) == "m":
        return True
    if (
        raw.isdigit()
        and len(raw) == 4
        and raw[0] in "012"
        and before == "("
        and any(page.low(k) in ZONES for k in range(j, j + 5))
    ):
        return True
    if _stamp(page, i) and page.starts_line(i) and page.stamped:
        return True  # the entries of a live report
    if _stamp(page, i) and after in (":", "-", "–", "—"):
        return True  # 10.15: Two more found
    if before == "from" and after == "to" and not _stamp(page, j + 1):
        return False  # from 1.20 to 1.85 euros
    if before in ("to", "and", "until") and page.previous_excluded(q) == "time" and _stamp(page, i):
        return True
    if page.low(i - 2) in PRICED:
        return False
    timely = before in ("at", "after", "before", "by", "from", "until", "around", "since")
    return timely and _stamp(page, i) and page.noun_after(j) is None and not q.dimension


def _stamp(page: Page, i: int) -> bool:
    """Whether token `i` can be a time of day with a point in it, and measures nothing: "10.15", not "1.85 euros"."""
    hours, _, minutes = page.low(i).partition(".")
    if not (len(minutes) == 2 and minutes.isdigit() and minutes < "60" and hours.isdigit() and int(hours) < 24):
        return False
    return page.low(i + 1) not in MEASURED
