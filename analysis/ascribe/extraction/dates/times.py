"""Times of day, and words that point to no day: "now", "recently", "the future"."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from ascribe.extraction.dates.context import Context, Meaning, at_part, is_a
from ascribe.extraction.dates.days import deictic, weekday
from ascribe.extraction.dates.lexer import OTHER

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::(\d\d))?\s?([ap])?", re.ASCII)


def clock(c: Context) -> Meaning | None:
    if c.get("military"):
        word = c.get("military").word
        hour, minute, second, half_day = int(word[:2]), word[2:], None, None
        if int(minute) > 59:
            return None
    else:
        m = CLOCK.match(c.get("clock").word)
        hour, minute, second, half_day = int(m[1]), m[2], m[3], m[4]
        if minute is None and half_day is None:
            return None
    if half_day:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half_day == "p" else 0)
    if hour > 24 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    if (
        not half_day
        and not c.get("military")
        and not is_a(c.before, "before_a_time")
        and "at" not in c.all
        and not c.get("zone")
    ):
        return None  # a score
    day = (c.reference if c.near else None) or c.anchor
    if c.get("wd") or c.get("word"):
        inner = dataclasses.replace(c, groups={k: v for k, v in c.groups.items() if k in ("wd", "word")})
        meaning = weekday(inner) if c.get("wd") else deictic(inner)
        day = dt.date.fromisoformat(meaning.value[:10]) if meaning and meaning.value else None
    zone = c.get("zone").value("ZONE") if c.get("zone") else ""
    value = f"T{hour:02d}:{minute or '00'}" + (f":{second}" if second else "") + zone
    return Meaning("time", f"{day.isoformat()}{value}" if day else value)


def part_of_day(c: Context) -> Meaning | None:
    token = c.get("part_of_day")
    if token.word in ("nights", "mornings", "evenings", "afternoons"):
        return None
    if token.word in ("noon", "midnight", "midday", "overnight") or "in" in c.all:
        day = c.reference or c.anchor
        return at_part(day, token) if day else Meaning("time", f"T{token.value('DAYPART')}")
    return None


def vague(c: Context) -> Meaning | None:
    value = c.get("vague").value("VAGUE")
    if (c.after is not None and c.after.word == "-") or "most" in c.all:
        return None  # "the now-cancelled deal", "the most recent model"
    return Meaning("date", value, (c.anchor, c.anchor) if value == "PRESENT_REF" and c.anchor else None)


def present(c: Context) -> Meaning | None:
    return Meaning("date", "PRESENT_REF", (c.anchor, c.anchor) if c.anchor else None)


def past(c: Context) -> Meaning | None:
    after = c.after
    if after is not None and (after.symbol != OTHER or after.shape != "word") and after.word.isalnum():
        return None  # "in the past decade"
    return Meaning("date", "PAST_REF")


def future(c: Context) -> Meaning | None:
    return Meaning("date", "FUTURE_REF")
