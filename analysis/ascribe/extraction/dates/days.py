"""Days: with a month, as digits, by name, by weekday, and relative to the day that was spoken of."""

from __future__ import annotations

import datetime as dt
import re

from ascribe.extraction.dates import calendar as cal
from ascribe.extraction.dates.context import Context, Meaning, at_part, is_a, ordinal, year_of
from ascribe.extraction.dates.lexer import OTHER, Token, words
from ascribe.extraction.lexicons import rows

SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](?:\d{2}|\d{4})")


def nearest_year(c: Context, month: int, day: int | None = None) -> int | None:
    """The year that a month or a day without one belongs to: by tense, else the past, unless it is close ahead."""
    if c.anchor is None:
        return None
    if c.told and (c.anchor - c.told).days > 330:
        # the article tells of another year: of the months near the one it named
        around = [y for y in (c.told.year - 1, c.told.year, c.told.year + 1) if cal.make(y, month, day or 1)]
        return min(around, key=lambda y: abs(12 * (y - c.told.year) + month - c.told.month), default=None)
    years = [y for y in (c.anchor.year - 1, c.anchor.year, c.anchor.year + 1) if cal.make(y, month, day or 1)]
    if day is None:
        if c.before == "by" and c.future is None:
            away = {y: abs(12 * (y - c.anchor.year) + month - c.anchor.month) for y in years}
            return min(years, key=away.get)
        ahead = [y for y in years if (y, month) >= (c.anchor.year, c.anchor.month)]
        behind = [y for y in years if (y, month) <= (c.anchor.year, c.anchor.month)]
        return (ahead[:1] if c.future and ahead else behind[-1:] or ahead[:1] or [None])[0]
    if not years:  # 29 February: the last one
        return next((y for y in range(c.anchor.year, c.anchor.year - 9, -1) if cal.make(y, month, day)), None)
    since = c.before in ("since", "from", "after")
    distance = {y: (cal.make(y, month, day) - c.anchor).days for y in years}
    if c.before == "by" and c.future is None:
        return min(years, key=lambda y: abs(distance[y]))
    if c.future:
        ahead = [y for y in years if distance[y] >= 0]
        return ahead[0] if ahead else years[-1]
    slack = 0 if since else 2 if c.future is False else 60
    behind = [y for y in years if distance[y] <= slack]
    return behind[-1] if behind else years[0]


def day_value(c: Context, year: int | None, month: int, day: int) -> Meaning | None:
    if year is None:
        if cal.make(2000, month, day) is None:
            return None
        return Meaning("date", None)
    found = cal.make(year, month, day)
    return Meaning("date", found.isoformat()) if found else None


def iso(c: Context) -> Meaning | None:
    word = c.get("iso").word
    found = cal.make(int(word[:4]), int(word[5:7]), int(word[8:10]))
    if found is None:
        return None
    if len(word) == 10:
        return Meaning("date", found.isoformat())
    return Meaning("time", f"{found.isoformat()}T{word[11:].upper()}")


def numeric(c: Context) -> Meaning | None:
    """24.02.2022, 2022/02/24, 7/18/07.

    Dots are read day first, unless only the other can be. Slashes and hyphens are read as they can be; where both
    orders can, the weekday before them tells, the text's other such dates, or that only one of the two has been; where
    none does, the day is not known.
    """
    word = c.get("numeric").word
    a, b, last = re.split(r"[/.-]", word)
    if len(a) == 4:
        found = cal.make(int(a), int(b), int(last))
        return Meaning("date", found.isoformat()) if found else None
    if len(last) == 2 and "." in word:
        return None  # 1.2.22 is a version or a section
    year = int(last) if len(last) == 4 else two_digit_year(int(last), c.anchor)
    month_first, day_first = cal.make(year, int(a), int(b)), cal.make(year, int(b), int(a))
    if "." in word or not (month_first and day_first):
        found = day_first or month_first
        return Meaning("date", found.isoformat()) if found else None
    weekday_named = c.number("wd", "WEEKDAY")
    told = [d for d in {month_first, day_first} if d.isoweekday() == weekday_named]
    if c.anchor and not told:
        told = [d for d in {month_first, day_first} if d <= c.anchor]  # an article tells of days that have been
    if len(told) != 1 and c.order:
        told = [month_first if c.order == "month" else day_first]
    known = told[0] if len(told) == 1 else month_first if month_first == day_first else None
    return Meaning("date", known.isoformat() if known else None)


def numeric_order(tokens: list[Token]) -> str | None:
    """What those numeric dates of a text put first that can be read in one order only; None where they do not agree."""
    told = set()
    for token in tokens:
        if m := SLASHED.fullmatch(token.word):
            first, second = int(m[1]), int(m[2])
            told |= {"day"} if 12 < first <= 31 and second <= 12 else {"month"} if 12 < second <= 31 else set()
    return told.pop() if len(told) == 1 else None


def two_digit_year(n: int, anchor: dt.date | None) -> int:
    """The century of '82: the last one that does not lie more than ten years ahead of the anchor."""
    horizon = (anchor.year if anchor else 2020) + 10
    return n + 100 * ((horizon - n) // 100)


def month_day(c: Context) -> Meaning | None:
    month = c.number("month", "MONTH")
    day = ordinal(c) if c.get("word") else int(re.match(r"\d+", c.get("day").word).group())
    if c.get("word") and day < 1:
        return None
    if c.get("tens"):
        tens = c.number("tens", "NUMBER")
        if tens not in (20, 30) or day > 9:
            return None
        day += tens
    year = year_of(c)
    if year is None and c.get("year_shift"):
        if c.anchor is None:
            return Meaning("date", None)
        year = c.anchor.year + c.number("year_shift", "SHIFT")
    after = c.after
    counted = after is not None and after.shape == "word" and after.word.isalpha() and after.symbol == OTHER
    if year is None and c.before == "in" and c.get("day") and c.tokens[c.end - 1] is c.get("day") and counted:
        return None  # "In March 12 people died"
    if after is not None and after.word in ("%", "percent", "per") and c.tokens[c.end - 1] is c.get("day"):
        return None
    return day_value(c, year if year is not None else nearest_year(c, month, day), month, day)


def day_of_range(c: Context) -> Meaning | None:
    """November 18-19, Monday 18 to Tuesday 19 November."""
    month, low = c.number("month", "MONTH"), int(re.match(r"\d+", c.get("low").word).group())
    high = int(re.match(r"\d+", c.get("day").word).group())
    year = year_of(c) or nearest_year(c, month, high)
    if year is None:
        return None  # undated text
    first, last = cal.make(year, month, low), cal.make(year, month, high)
    if first is None or last is None or not first < last:
        return None
    if "and" in c.all and c.before != "between":
        return None  # two days
    return Meaning("date", f"{first.isoformat()}/{last.isoformat()}", (first, last))


def weekday_range(c: Context) -> Meaning | None:
    """Monday 20 to Sunday 26, without a month: the last days of these names and numbers."""
    if c.anchor is None:
        return Meaning("date", None)
    ends = ((c.number("to_wd", "WEEKDAY"), int(c.get("day").word)), (c.number("wd", "WEEKDAY"), int(c.get("low").word)))
    day, found = c.anchor, []
    for weekday_number, number in ends:
        back = (cal.shift_days(day, -k) for k in range(400))
        day = next((d for d in back if d and d.day == number and d.isoweekday() == weekday_number), None)
        if day is None:
            return None
        found.append(day)
    last, first = found
    return (
        Meaning("date", f"{first.isoformat()}/{last.isoformat()}", (first, last)) if (last - first).days < 31 else None
    )


def week_of_day(c: Context) -> Meaning | None:
    month, day = c.number("month", "MONTH"), int(re.match(r"\d+", c.get("day").word).group())
    year = year_of(c) or nearest_year(c, month, day)
    found = cal.make(year, month, day) if year else None
    return Meaning("date", cal.week(found) if found else None)


def holiday(c: Context) -> Meaning | None:
    """Named days; the name is looked up in `date_holidays.csv`."""
    name = " ".join(c.all).replace("’", "'").replace(" ' ", "'")
    year = year_of(c)
    rule = next(r["day"] for r in rows("date_holidays") if r["name"] == re.sub(r" (of )?\d{4}$", "", name))
    if year is None:
        if c.anchor is None:
            return Meaning("date", None)
        days = [
            (y, holiday_day(rule, y)) for y in (c.anchor.year - 1, c.anchor.year, c.anchor.year + 1) if 0 < y < 9999
        ]
        past = [d for _, d in days if (d - c.anchor).days <= (14 if c.future is None else 0)]
        ahead = [d for _, d in days if d >= c.anchor]
        chosen = ahead[0] if c.future and ahead else past[-1] if past else None
    else:
        chosen = holiday_day(rule, year)
    return Meaning("date", chosen.isoformat() if chosen else None)


def holiday_day(rule: str, year: int) -> dt.date:
    """The day of a rule of `date_holidays.csv` (`12-25`, `easter-2`, `11-TH4`) in a year."""
    if rule.startswith("easter"):
        return cal.easter(year) + dt.timedelta(days=int(rule[6:]))
    month, day = rule.split("-")
    if day.isdigit():
        return dt.date(year, int(month), int(day))
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(day[:2])
    first = dt.date(year, int(month), 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(day[2:]) - 1))


def weekday(c: Context) -> Meaning | None:
    token = c.get("wd")
    number = int(token.value("WEEKDAY"))
    if c.before and is_a(c.before, "nickname") and c.tokens[c.start - 1].capital:
        return None  # Black Monday
    if words()[token.word]["WEEKDAY"][1] and c.before not in ("on", "since", "until", "by") and not c.get("nth"):
        return None  # "Sun", "Sat", "Wed": words as soon as days
    part = c.get("part_of_day")
    if c.anchor is None:
        return Meaning("time" if part else "date", None)
    shift, week_shift = c.number("shift", "SHIFT"), c.number("week_shift", "SHIFT")
    if c.get("shift") and c.get("shift").word == "following" and c.before != "the":
        shift = None  # "following Wednesday's quake"
    back = (c.anchor.isoweekday() - number) % 7
    if c.get("nth"):
        n = int(re.match(r"\d+", c.get("nth").word).group())
        day = next(
            (
                d
                for k in range(0, 400)
                if (d := cal.shift_days(c.anchor, -k)) and d.day == n and d.isoweekday() == number
            ),
            None,
        )
        return Meaning("date", day.isoformat()) if day else None
    if week_shift is not None:
        day = cal.shift_days(c.anchor, 7 * week_shift + number - c.anchor.isoweekday())
    elif shift is not None and shift < 0:
        day = cal.shift_days(c.anchor, -(back or 7))
    elif shift is not None and shift > 0:
        day = cal.shift_days(c.anchor, (-back) % 7 or 7)
    elif shift == 0:
        day = cal.shift_days(c.anchor, number - c.anchor.isoweekday())
    elif c.future:
        day = cal.shift_days(c.anchor, (-back) % 7)
    else:
        day = cal.shift_days(c.anchor, -back)
    return at_part(day, part)


def weekdays(c: Context) -> Meaning | None:
    return Meaning("set", f"XXXX-WXX-{c.tokens[c.end - 1].value('WEEKDAYS')}")


def deictic(c: Context) -> Meaning | None:
    token, part = c.get("word"), c.get("part_of_day")
    day = cal.shift_days(c.anchor, int(token.value("DEICTIC"))) if c.anchor else None
    if token.word == "tonight":
        return Meaning("time", f"{day.isoformat()}TNI" if day else None)
    return at_part(day, part)


def deictic_night(c: Context) -> Meaning | None:
    part = c.get("part_of_day")
    if part.word in ("mornings", "nights", "evenings", "afternoons"):
        return None
    day = c.anchor if "same" not in c.all else c.reference or c.anchor
    if day and c.get("last"):
        day = cal.shift_days(day, -1)
    return at_part(day, part)


def two_days(c: Context) -> Meaning | None:
    n = c.number("word", "DEICTIC")
    step = -1 if c.get("before") else 1
    day = cal.shift_days(c.anchor, n + step) if c.anchor else None
    return Meaning("date", day.isoformat() if day else None)


def next_day(c: Context) -> Meaning | None:
    """The next day, the same day, that day, a day later: from the day last spoken of."""
    day, sign = c.reference or c.anchor, c.number("sign", "SHIFT")
    step = sign or 0
    if c.get("direction"):
        if c.get("direction").word in ("before", "after"):
            return Meaning("duration", "P1D")
        step = c.number("direction", "DIRECTION")
        if c.get("direction").word in ("ago",):
            day = c.anchor
    if sign == 0 and c.anchor:
        day = c.anchor
    day = cal.shift_days(day, step) if day else None
    return at_part(day, c.get("part_of_day"))
