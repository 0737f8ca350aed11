"""The arithmetic of the calendar: what days a TIMEX3 value covers, and how far one lies from another.

Seasons are the meteorological ones of the northern hemisphere; a winter is named after the year in which it begins.
Nothing here raises for a day outside the years 1 to 9999: it gives None.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

Days = tuple[dt.date, dt.date]

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
FORMS = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:T.*)?|(?P<week>\d{4}-W\d\d)(?P<weekend>-WE)?|(?P<month>\d{4}-\d\d)"
    r"|(?P<quarter>\d{4}-Q[1-4])|(?P<half>\d{4}-H[12])|(?P<season>\d{4}-(?:SP|SU|FA|WI))"
    r"|(?P<years>\d{4}/\d{4})|(?P<year>\d{4})|(?P<decade>\d{3})|(?P<century>\d\d)",
    re.ASCII,
)


def make(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none (31 April)."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shift_days(day: dt.date, n: int) -> dt.date | None:
    """`n` days on."""
    try:
        return day + dt.timedelta(days=n)
    except OverflowError:
        return None


def shift_months(day: dt.date, n: int) -> dt.date | None:
    """`n` months on, at the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months(year: int, first: int, last: int) -> Days | None:
    """All days from the month `first` to the month `last`, counted from January of `year` as 1."""
    start, end = make(year, first, 1), make(year + (last - 1) // 12, (last - 1) % 12 + 1, 1)
    if start is None or end is None:
        return None
    return start, end.replace(day=calendar.monthrange(end.year, end.month)[1])


def week(day: dt.date) -> str:
    """The ISO week of a day: `2022-W48`."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def days(value: str | None) -> Days | None:
    """The days that a TIMEX3 value covers, both inclusive; None for a duration, a set or a vague reference."""
    m = FORMS.fullmatch(value or "")
    if m is None:
        return None
    form = m.lastgroup if m.lastgroup != "weekend" else "week"
    year = int(m.group(0)[:4]) if form not in ("decade", "century") else 0
    try:
        return _span(form, m, year)
    except (ValueError, OverflowError):
        return None


def _span(form: str, m: re.Match[str], year: int) -> Days | None:
    found = m.group(0)
    match form:
        case "day":
            day = dt.date.fromisoformat(m.group("day"))
            return day, day
        case "week":
            monday = dt.date.fromisocalendar(year, int(m.group("week")[6:]), 1)
            return shift_days(monday, 5 if m.group("weekend") else 0), monday + dt.timedelta(days=6)
        case "month":
            return months(year, int(found[5:]), int(found[5:]))
        case "quarter":
            return months(year, 3 * int(found[6]) - 2, 3 * int(found[6]))
        case "half":
            return months(year, 6 * int(found[6]) - 5, 6 * int(found[6]))
        case "season":
            return months(year, *SEASONS[found[5:]])
        case "years":
            return dt.date(year, 1, 1), dt.date(int(found[5:]), 12, 31)
        case "year":
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        case "decade":
            return dt.date(int(found) * 10 or 1, 1, 1), dt.date(int(found) * 10 + 9, 12, 31)
        case _:
            return dt.date(int(found) * 100 or 1, 1, 1), dt.date(int(found) * 100 + 99, 12, 31)


def narrow(span: Days | None, part: str | None) -> Days | None:
    """A span's first, middle or last third (`START | MID | END`): what "early", "mid" and "late" leave of it.

    A month is cut after its 10th and its 20th.
    """
    if span is None or part is None:
        return span
    first, last = span
    n = (last - first).days + 1
    if n < 3:
        return span
    month = first.day == 1 and n in (28, 29, 30, 31)
    cuts = (10, 20) if month else (n // 3, n - n // 3)
    at = {"START": (0, cuts[0] - 1), "MID": (cuts[0], cuts[1] - 1), "END": (cuts[1], n - 1)}[part]
    return first + dt.timedelta(days=at[0]), first + dt.timedelta(days=at[1])


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    x = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * x) // 451
    month, day = divmod(h + x - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)
