"""Months, weeks, quarters, halves and seasons: by name, and relative to the anchor."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from ascribe.extraction.dates import calendar as cal
from ascribe.extraction.dates.context import Context, Meaning, is_a, ordinal, year_of
from ascribe.extraction.dates.days import nearest_year
from ascribe.extraction.dates.durations import tied_duration
from ascribe.extraction.dates.lexer import words

PERIODS = ("D", "W", "WE", "M", "Q", "Y", "E", "C")
"""Units that the calendar cuts time into, by their codes in `date_words.csv`."""


def month(c: Context) -> Meaning | None:
    number, year = c.number("month", "MONTH"), year_of(c)
    token, shift = c.get("month"), c.number("shift", "SHIFT")
    if year is None and shift is None and c.part is None and not c.get("year_shift"):
        note = words()[token.word]["MONTH"][1]
        governed = is_a(c.before, "governor") or _second(c)
        if note and not governed:
            return None  # "May", "March", "Jan": a name or a verb as soon as a month
        if len(token.word) <= 4 and token.word not in ("may", "june", "july") and not governed:
            return None
        if not governed and c.after is not None and c.after.capital and c.after.shape == "word" and "'" not in c.all:
            return None  # "April Jones"
    if year is None and c.get("year_shift") and c.anchor:
        year = c.anchor.year + c.number("year_shift", "SHIFT")
    if year is None and c.anchor and shift is not None:
        now = (c.anchor.year, c.anchor.month)
        if shift < 0:
            year = c.anchor.year if (c.anchor.year, number) < now else c.anchor.year - 1
        elif shift > 0:
            year = c.anchor.year if (c.anchor.year, number) > now else c.anchor.year + 1
        else:
            year = c.anchor.year
    if year is None:
        year = nearest_year(c, number)
    return Meaning("date", None if year is None else f"{year:04d}-{number:02d}", part=c.part)


def _second(c: Context) -> bool:
    """Whether a month ends what another opened: "between January and May"."""
    if c.before not in ("and", "to", "or", "through", "until", "-", "–") or c.start < 2:
        return False
    return "MONTH" in words().get(c.tokens[c.start - 2].word, {})


def season(c: Context) -> Meaning | None:
    code, year, shift = c.get("season").value("SEASON"), year_of(c), c.number("shift", "SHIFT")
    if year is None and shift is None:
        after = c.after.word if c.after else ""
        if words()[c.get("season").word]["SEASON"][1] and (not is_a(c.before, "governor") or after == "of"):
            return None  # "the fall of", "spring to mind"
        if after == "of":
            return None
    if c.get("to_year") or c.get("to_two"):
        return Meaning("date", f"{year:04d}-{code}")
    if year is None:
        if c.anchor is None:
            return Meaning("date", None)
        spans = [(y, cal.days(f"{y:04d}-{code}")) for y in range(c.anchor.year - 2, c.anchor.year + 3) if 0 < y < 9999]
        behind = [y for y, s in spans if s and s[0] <= c.anchor]
        ahead = [y for y, s in spans if s and s[1] >= c.anchor]
        strictly_ahead = [y for y, s in spans if s and s[0] > c.anchor]
        strictly_behind = [y for y, s in spans if s and s[1] < c.anchor]
        if shift is not None and shift < 0:
            years = strictly_behind[-1:]
        elif shift is not None and shift > 0:
            years = strictly_ahead[:1]
        elif c.future:
            years = ahead[:1]
        elif shift == 0:
            years = [y for y, s in spans if s and s[0].year == c.anchor.year]
        else:
            years = behind[-1:]
        if not years:
            return Meaning("date", None)
        year = years[0]
    return Meaning("date", f"{year:04d}-{code}", part=c.part)


def base_year(c: Context) -> int | None:
    """The year named beside a quarter or half: 2022, this year, last year."""
    if c.get("year"):
        return year_of(c)
    if c.anchor is None:
        return None
    if c.get("shift"):
        return c.anchor.year + c.number("shift", "SHIFT")
    return None


def quarter(c: Context) -> Meaning | None:
    code = c.get("code")
    n = int(code.word[1]) if code else ordinal(c)
    if n == -1 and c.get("word") and c.get("word").word == "last" and not c.get("year") and not c.get("shift"):
        if c.anchor is None:
            return Meaning("date", None)
        return relative_period(c, "Q", -1)
    n = 4 if n == -1 else n
    if not 1 <= n <= 4:
        return None
    year = base_year(c)
    if year is None and "the year" in " ".join(c.all):
        year = c.anchor.year if c.anchor else None
    elif year is None:
        if c.anchor is None:
            return Meaning("date", None)
        year = nearest_quarter(c, n)
    return Meaning("date", None if year is None else f"{year:04d}-Q{n}")


def nearest_quarter(c: Context, n: int) -> int:
    """The year of a quarter that is named alone: by tense, else the nearest to the anchor."""
    current = (c.anchor.month - 1) // 3 + 1
    if c.future is None:
        ahead, behind = (n - current) % 4, (current - n) % 4
        forward = ahead < behind
    else:
        forward = c.future
    return c.anchor.year + ((n < current) if forward else -(n > current))


def half(c: Context) -> Meaning | None:
    code = c.get("code")
    n = int(code.word[1]) if code else c.number("word", "ORDINAL")
    n = 2 if n == -1 else n
    if n not in (1, 2):
        return None
    if c.get("month"):
        month, year = c.number("month", "MONTH"), year_of(c)
        year = year or nearest_year(c, month)
        span = cal.months(year, month, month) if year else None
        days = (
            (span[0], span[0].replace(day=15))
            if span and n == 1
            else (span[0].replace(day=16), span[1])
            if span
            else None
        )
        return Meaning("date", f"{year:04d}-{month:02d}" if year else None, days, "START" if n == 1 else "END")
    year = base_year(c)
    if year is None and c.anchor:
        year = c.anchor.year
    return Meaning("date", None if year is None else f"{year:04d}-H{n}")


def week_of_month(c: Context) -> Meaning | None:
    """The first week of March, the last week of this month, the second week of 2021."""
    n, year, month = ordinal(c), year_of(c), c.number("month", "MONTH")
    if not (n == -1 or 1 <= n <= 53):
        return None
    if month is None and year is not None:
        weeks = dt.date(year, 12, 28).isocalendar().week
        return Meaning("date", f"{year:04d}-W{weeks if n == -1 else n:02d}") if n <= weeks else None
    if month is None:
        day = cal.shift_months(c.anchor.replace(day=1), c.number("shift", "SHIFT") or 0) if c.anchor else None
        year, month = (day.year, day.month) if day else (None, None)
    year = year or (nearest_year(c, month) if month else None)
    if year is None:
        return Meaning("date", None)
    span = cal.months(year, month, month)
    if span is None:
        return None
    # a week belongs to the month that holds its Thursday
    thursday = cal.shift_days(span[0], (3 - span[0].weekday()) % 7 + 7 * (n - 1))
    if n == -1:
        thursday = cal.shift_days(span[1], -((span[1].weekday() - 3) % 7))
    return Meaning("date", cal.week(thursday)) if thursday and thursday <= span[1] else None


def relative_period(c: Context, unit: str, shift: int, base: dt.date | None = None) -> Meaning | None:
    """Last week, this year, next quarter: the calendar's period `shift` away from the one that holds the base."""
    base = base or c.anchor
    if base is None:
        return Meaning("date", None)
    match unit:
        case "D":
            day = cal.shift_days(base, shift)
            return Meaning("date", day.isoformat() if day else None)
        case "W" | "WE" | "F":
            day = cal.shift_days(base, 7 * shift * (2 if unit == "F" else 1))
            return Meaning("date", (cal.week(day) + ("-WE" if unit == "WE" else "")) if day else None)
        case "M":
            day = cal.shift_months(base.replace(day=1), shift)
            return Meaning("date", f"{day.year:04d}-{day.month:02d}" if day else None)
        case "Q":
            day = cal.shift_months(base.replace(day=1), 3 * shift)
            return Meaning("date", f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}" if day else None)
        case "Y":
            return Meaning("date", f"{base.year + shift:04d}") if 1 <= base.year + shift <= 9999 else None
        case "E":
            return Meaning("date", f"{base.year // 10 + shift:03d}") if 0 <= base.year // 10 + shift <= 999 else None
        case "C":
            return Meaning("date", f"{base.year // 100 + shift:02d}") if 0 <= base.year // 100 + shift <= 99 else None
    return None


def period(c: Context) -> Meaning | None:
    unit = c.get("unit").value("UNIT")
    token = c.get("shift")
    shift = c.number("shift", "SHIFT") or 0
    if unit not in PERIODS or words()[c.get("unit").word]["UNIT"][1]:
        return None
    if token is not None and token.word == "past":
        return tied_duration(c, "1", unit, -1)
    if c.get("previous"):
        return relative_period(c, unit, -1, spoken_of(c))
    base = c.anchor
    if token is not None and token.word in ("previous", "preceding", "following"):
        base = spoken_of(c)
    if token is None and not c.get("earlier") and not c.get("later"):
        if c.after is not None and is_a(c.after.word, "after_a_moment"):
            return None
        if c.before == "over" and unit in ("W", "M", "Y") and "the" in c.all:
            return tied_duration(c, "1", unit, -1)
        if unit in ("C", "E", "Q") and "this" not in c.all:
            return None
        if "same" in c.all:
            base = c.reference if unit in ("D", "W", "WE") else spoken_of(c)
            base = base or c.reference or c.anchor
        if c.near and c.spoken and len(c.spoken) == {"M": 7, "Y": 4}.get(unit) and "the" in c.all:
            base = spoken_of(c)
        if unit == "D" and "this" not in c.all:
            base = c.reference or c.anchor
        if unit == "D":
            return Meaning("date", base.isoformat() if base else None)
    meaning = relative_period(c, unit, shift, base)
    if meaning is None or meaning.value is None:
        return meaning
    span = cal.days(meaning.value)
    if span and c.anchor and span[0] <= c.anchor <= span[1]:
        if c.get("earlier"):
            return dataclasses.replace(meaning, days=(span[0], c.anchor), part="START")
        if c.get("later"):
            return dataclasses.replace(meaning, days=(c.anchor, span[1]), part="END")
    return dataclasses.replace(meaning, part=c.part)


def spoken_of(c: Context) -> dt.date | None:
    """The first day of the period last spoken of, else the anchor."""
    days = cal.days(c.spoken)
    return days[0] if days else c.anchor


def same_period(c: Context) -> Meaning | None:
    """The same period last year: the period last spoken of, moved to the year named."""
    if not c.spoken or not re.match(r"\d{4}", c.spoken) or c.spoken[4:6] == "-W":
        return Meaning("date", None)
    year = int(c.spoken[:4]) - 1
    if c.get("year"):
        year = year_of(c)
    elif c.get("shift"):
        if c.anchor is None:
            return Meaning("date", None)
        year = c.anchor.year + c.number("shift", "SHIFT")
    value = f"{year:04d}{c.spoken[4:]}"
    if c.get("unit"):
        value = value[: {"Y": 4, "M": 7, "D": 10, "Q": 7}.get(c.get("unit").value("UNIT"), 0)]
    return Meaning("date", value if cal.days(value) else None)


def year_to_date(c: Context) -> Meaning | None:
    if c.anchor is None:
        return Meaning("date", None)
    return Meaning("date", f"{c.anchor.year:04d}", (dt.date(c.anchor.year, 1, 1), c.anchor))
