"""How long and how often; and "three days ago", which is a day reached by a duration."""

from __future__ import annotations

import datetime as dt

from ascribe.extraction.dates import calendar as cal
from ascribe.extraction.dates.context import Context, Meaning, is_a, plural
from ascribe.extraction.dates.lexer import words


def count(c: Context) -> str | None:
    """The number of a duration as TIMEX3 writes it: `3`, `2.5`."""
    if c.get("n"):
        word = c.get("n").word.replace(",", "")
        try:
            n = float(word)
        except ValueError:
            return None
    elif c.get("n1"):
        n = 0.0
        for name in ("n1", "n2", "n3"):
            if c.get(name):
                value = c.number(name, "NUMBER")
                n = n * value if value in (100, 1000) and n else n + value
    else:
        n = 1.0
    if c.get("half") or c.get("half_after"):
        n = n + 0.5 if n or not c.get("n1") else 0.5
    if not 0 <= n < 100_000:
        return None
    return f"{n:g}"


def period_value(n: str, unit: str) -> str:
    """`P3D`, `PT24H`, `P20Y` (two decades)."""
    factors = {"E": ("Y", 10), "C": ("Y", 100), "K": ("Y", 1000), "F": ("W", 2), "N": ("D", 1), "WE": ("WE", 1)}
    if unit in factors:
        base, factor = factors[unit]
        if n == "X":
            return f"PX{'E' if unit == 'E' else 'C' if unit == 'C' else base}"
        return f"P{float(n) * factor:g}{base}"
    return f"PT{n}{unit[1]}" if unit.startswith("T") else f"P{n}{unit}"


def back(day: dt.date, n: float, unit: str) -> dt.date | None:
    """`n` units before a day (after it, where n is negative)."""
    match unit:
        case "TS" | "TM" | "TH":
            seconds = {"TS": 1, "TM": 60, "TH": 3600}[unit]
            return cal.shift_days(day, -round(n * seconds / 86400 + (0.49 if n > 0 else -0.49)))
        case "D" | "N" | "W" | "F" | "WE":
            return cal.shift_days(day, -round(n * {"D": 1, "N": 1, "W": 7, "F": 14, "WE": 7}[unit]))
        case "M" | "Q" | "Y" | "E" | "C" | "K":
            per = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "K": 12000}[unit]
            return cal.shift_months(day, -round(n * per))
    return None


def tied_duration(c: Context, n: str, unit: str, sign: int) -> Meaning:
    """The past 24 hours, the next three days: a duration that ends or begins at the anchor."""
    value = period_value(n, unit)
    if c.anchor is None or n == "X":
        return Meaning("duration", value)
    far = back(c.anchor, -sign * float(n), unit)
    if far is None:
        return Meaning("duration", value)
    return Meaning("duration", value, (far, c.anchor) if sign < 0 else (c.anchor, far))


def ago(c: Context) -> Meaning | None:
    n, unit = count(c), c.get("unit").value("UNIT")
    if "half" in c.all:
        n = f"{float(n or 0) + 0.5:g}" if "and" in c.all else "0.5"
    if n is None:
        return None
    is_ago = c.get("ago") is not None
    base = c.anchor if is_ago or "from" in c.all else c.reference or c.anchor
    sign = 1 if is_ago or (c.get("direction") and c.number("direction", "DIRECTION") < 0) else -1
    if base is None:
        return Meaning("date", None)
    day = back(base, sign * float(n), unit)
    if day is None:
        return Meaning("date", None)
    if unit in ("TS", "TM", "TH"):
        return Meaning("time", None, (min(day, base), max(day, base)))
    if unit in ("D", "N", "WE") or "." in n:
        return Meaning(
            "date", day.isoformat() if unit in ("D", "N") else cal.week(day) if unit == "WE" else f"{day:%Y-%m}"
        )
    if unit in ("W", "F"):
        return Meaning("date", cal.week(day))
    if unit in ("M", "Q"):
        return Meaning("date", f"{day.year:04d}-{day.month:02d}")
    return Meaning(
        "date",
        f"{day.year:04d}" if unit == "Y" else f"{day.year // 10:03d}" if unit == "E" else f"{day.year // 100:02d}",
    )


def vague_ago(c: Context) -> Meaning | None:
    return Meaning("date", "FUTURE_REF" if c.get("later") else "PAST_REF")


def vague_period(c: Context) -> Meaning | None:
    return Meaning("date", "PAST_REF")


def span(c: Context) -> Meaning | None:
    n, unit = count(c), c.get("unit").value("UNIT")
    if c.get("vague"):
        n = c.get("vague").value("QUANTIFIER")
    if c.get("couple"):
        n = "2"
    if n is None:
        return None
    if not c.get("sign"):
        return Meaning("duration", period_value(n, unit))
    sign = c.number("sign", "SHIFT")
    if sign == 0:
        return Meaning("duration", period_value(n, unit))
    return tied_duration(c, n, unit, sign)


COUNTS = ("count", "day_of_month", "two", "year")
"""Shapes of tokens that can be a number of things."""


def duration(c: Context) -> Meaning | None:
    if c.get("bare"):
        unit = c.get("bare").value("UNIT")
        idle = unit == "K" or (c.all[0] == "the" and c.before not in ("over", "in"))
        return None if idle else Meaning("duration", period_value("X", unit))
    unit = c.get("unit").value("UNIT")
    following = [t.word for t in c.tokens[c.end : c.end + 2]]
    if "old" in following[:1] or following in (["-", "old"], ["-", "olds"], ["of", "age"]):
        return None  # an age
    if c.get("vague"):
        return Meaning("duration", period_value(c.get("vague").value("QUANTIFIER"), unit))
    if c.get("couple"):
        return Meaning("duration", period_value("2", unit))
    n = count(c)
    if c.get("half") and not c.get("n") and not c.get("n1"):
        n = "0.5" if c.get("half") is c.tokens[c.start] else "1.5"
    if n is None:
        return None
    if unit == "Q" and not c.get("n") and not c.get("n1"):
        return None  # "a quarter": a fourth
    if unit == "TS" and c.get("unit").word == "second" and not c.get("n"):
        return None  # "a second", "one second"
    if c.all[0] in ("a", "an") and len(c.all) == 2 and c.start and not is_a(c.before, "no_rate"):
        before = c.tokens[c.start - 1]
        if before.shape in COUNTS or plural(c.before) or c.before in ("%", "once", "twice"):
            return Meaning("set", period_value("1", unit))  # "70 a day"
    return Meaning("duration", period_value(n, unit))


def recurrence(c: Context) -> Meaning | None:
    if c.get("frequency"):
        return Meaning("set", c.get("frequency").value("FREQUENCY"))
    last = c.tokens[c.end - 1]
    known = words().get(last.word, {})
    if c.get("unit"):
        if c.all[0] == "per" and known["UNIT"][1]:
            return None
        n = next((t.word for t in c.tokens[c.start : c.end] if t.word.isdigit()), None)
        n = n or next(
            (words()[t.word]["NUMBER"][0] for t in c.tokens[c.start : c.end] if "NUMBER" in words().get(t.word, {})),
            "1",
        )
        return Meaning("set", period_value("2" if c.get("other") else n, known["UNIT"][0]))
    if "WEEKDAY" in known:
        return Meaning("set", f"XXXX-WXX-{known['WEEKDAY'][0]}")
    return Meaning("set", f"T{known['DAYPART'][0]}")
