"""Years, pairs of years, decades and centuries; and what is a number of four digits but no year."""

from __future__ import annotations

import re

from ascribe.extraction.dates.context import Context, Meaning, is_a, ordinal, plural
from ascribe.extraction.dates.days import two_digit_year
from ascribe.extraction.dates.lexer import OTHER


def year(c: Context) -> Meaning | None:
    value = c.get("year").word
    if not 1700 <= int(value) <= 2100 and "year" not in c.all:
        return None
    if "year" in c.all or c.part:
        return Meaning("date", value, part=c.part)
    if not plausible_year(c, value):
        return None
    return Meaning("date", value)


def plausible_year(c: Context, value: str) -> bool:
    """Whether a bare number of four digits is a year: by what stands next to it."""
    after, before = c.after, c.before
    hyphen = after is not None and after.word in ("-", "–") and c.end + 1 < len(c.tokens)
    if hyphen and after.start == c.tokens[c.end - 1].end:
        follower = c.tokens[c.end + 1]
        if follower.shape == "word" and follower.word not in ("present", "today", "now"):
            return False  # 2000-strong, 1500-page
    elif after is not None and is_a(after.word, "counted") and not is_a(before, "before_a_year"):
        return False
    elif (
        after is not None
        and after.symbol == OTHER
        and after.shape == "word"
        and after.word.isalpha()
        and not after.capital
    ):
        if not is_a(before, "before_a_year") and plural(after.word) and before not in ("the", "a", "this"):
            return False
        if value.endswith("00") and plural(after.word):
            return False
    if is_a(before, "before_a_count"):
        return False
    if before in ("-", "–", "/"):
        glued = [t for t in c.tokens[max(c.start - 4, 0) : c.start - 1] if c.tokens[c.start].start - t.end < 8]
        spaced = c.tokens[c.start - 1].end < c.tokens[c.start].start
        number = [t.shape for t in glued if t.shape in ("count", "day_of_month", "two", "padded", "four")]
        return spaced or not number
    return 1800 <= int(value) <= 2060


def year_span(c: Context) -> Meaning | None:
    """2022-23, 2021/22: two years running."""
    first, two = c.get("year").word, c.get("to_two").word
    if not 1800 <= int(first) <= 2100 or len(two) != 2 or (int(first) + 1) % 100 != int(two):
        return None
    if c.tokens[c.start].end != c.tokens[c.start + 1].start:
        return None
    return Meaning("date", f"{first}/{int(first) + 1:04d}")


def short_year(c: Context) -> Meaning | None:
    year = two_digit_year(int(c.get("year").word[1:]), c.anchor)
    return Meaning("date", f"{year:04d}") if is_a(c.before, "before_a_year") or c.before in ("and", "the") else None


def decade(c: Context) -> Meaning | None:
    if is_a(c.before, "possessive"):
        return None  # an age
    token = c.get("digits")
    if token is not None:
        n = int(re.search(r"\d+", token.word).group())
    else:
        if "the" not in c.all and c.before not in ("the", "early", "late", "mid", "-"):
            return None
        n = c.number("word", "DECADE")
    if n < 100:
        if token is not None and "the" not in c.all and c.before not in ("the", "and", "or"):
            return None
        if n < 20:
            return None
        n += 1900 if not (c.anchor and c.anchor.year >= 2030 and n == 20) else 2000
    if not 1000 <= n <= 2190:
        return None
    return Meaning("date", str(n // 10), part=c.part)


def century(c: Context) -> Meaning | None:
    n = ordinal(c)
    return Meaning("date", f"{n - 1:02d}", part=c.part) if n and 1 < n <= 22 else None
