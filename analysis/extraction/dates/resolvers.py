"""What the words mean: one resolver a kind of rule, from a match and its context to a TIMEX3 value.

A resolver returns a `Meaning`, or None where the words are no date after all. Where a value needs an anchor and there is
none, the meaning's value is None: nothing is guessed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable

from analysis.extraction.dates import calendar as cal
from analysis.extraction.dates.lexer import Token, words
from analysis.extraction.lexicons import rows

PERIODS = ("W", "M", "Q", "Y", "E", "C", "WE", "D")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::(\d\d))?\s?([ap])?", re.ASCII)


@dataclasses.dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means; `days` overrides the days that `value` covers."""

    kind: str
    value: str | None
    days: cal.Days | None = None
    part: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """What surrounds an expression.

    `reference` is the day last spoken of (`near`: in this sentence), `spoken` the value of the last day or period spoken of, `future` the tense of
    the clause, `tokens[start:end]` the expression's own words.
    """

    anchor: dt.date | None
    reference: dt.date | None
    spoken: str | None
    near: bool
    future: bool | None
    tokens: list[Token]
    start: int
    end: int
    groups: dict[str, Token]

    def get(self, name: str) -> Token | None:
        return self.groups.get(name)

    def number(self, name: str, cls: str) -> int | None:
        """What the captured word is worth in its class, as an integer."""
        token = self.groups.get(name)
        return None if token is None else int(token.value(cls))

    @property
    def before(self) -> str:
        """The word before the expression."""
        return self.tokens[self.start - 1].word if self.start else ""

    @property
    def after(self) -> Token | None:
        return self.tokens[self.end] if self.end < len(self.tokens) else None

    @property
    def all(self) -> list[str]:
        """The expression's own words."""
        return [t.word for t in self.tokens[self.start : self.end]]

    @property
    def part(self) -> str | None:
        token = self.groups.get("part")
        return token.value("PART") if token else None


Resolver = Callable[[Context], Meaning | None]
RESOLVERS: dict[str, Resolver] = {}


def resolver(function: Resolver) -> Resolver:
    RESOLVERS[function.__name__] = function
    return function


# ---------------------------------------------------------------------------------------------------------- days, months


def nearest_year(c: Context, month: int, day: int | None = None) -> int | None:
    """The year that a month or a day without one belongs to: by tense, else the past, unless it is close ahead."""
    if c.anchor is None:
        return None
    years = [y for y in (c.anchor.year - 1, c.anchor.year, c.anchor.year + 1) if cal.make(y, month, day or 1)]
    if day is None:
        ahead = [y for y in years if (y, month) >= (c.anchor.year, c.anchor.month)]
        behind = [y for y in years if (y, month) <= (c.anchor.year, c.anchor.month)]
        return (ahead[:1] if c.future and ahead else behind[-1:] or ahead[:1] or [None])[0]
    if not years:  # 29 February: the last one
        return next((y for y in range(c.anchor.year, c.anchor.year - 9, -1) if cal.make(y, month, day)), None)
    since = c.before in ("since", "from", "after")
    distance = {y: (cal.make(y, month, day) - c.anchor).days for y in years}
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


def year_of(c: Context, name: str = "year") -> int | None:
    token = c.get(name)
    if token is None:
        return None
    return int(token.word)


def ordinal(c: Context) -> int | None:
    """The number that `word` or `nth` stands for."""
    if c.get("nth"):
        return int(re.match(r"\d+", c.get("nth").word).group())
    return c.number("word", "ORDINAL")


@resolver
def iso(c: Context) -> Meaning | None:
    word = c.get("iso").word
    found = cal.make(int(word[:4]), int(word[5:7]), int(word[8:10]))
    if found is None:
        return None
    if len(word) == 10:
        return Meaning("date", found.isoformat())
    return Meaning("time", f"{found.isoformat()}T{word[11:].upper()}")


@resolver
def numeric(c: Context) -> Meaning | None:
    """7/8/07, 24.02.2022, 2022/02/24. Slashes and hyphens are read month first, dots day first, unless only one can be."""
    word = c.get("numeric").word
    a, b, last = re.split(r"[/.-]", word)
    if len(a) == 4:
        found = cal.make(int(a), int(b), int(last))
        return Meaning("date", found.isoformat()) if found else None
    if len(last) == 2 and "." in word:
        return None  # 1.2.22 is a version or a section
    year = int(last) if len(last) == 4 else two_digit_year(int(last), c.anchor)
    first, second = (int(b), int(a)) if "." in word else (int(a), int(b))
    orders = [cal.make(year, first, second), cal.make(year, second, first)]
    if len(set(orders)) == 2 and all(orders) and c.anchor and orders[0] > c.anchor >= orders[1]:
        orders.reverse()  # an article tells of days that have been
    found = orders[0] or orders[1]
    return Meaning("date", found.isoformat()) if found else None


def two_digit_year(n: int, anchor: dt.date | None) -> int:
    """The century of '82: the last one that does not lie more than ten years ahead of the anchor."""
    horizon = (anchor.year if anchor else 2020) + 10
    return n + 100 * ((horizon - n) // 100)


@resolver
def month_day(c: Context) -> Meaning | None:
    month = c.number("month", "MONTH")
    day = ordinal(c) if c.get("word") else int(re.match(r"\d+", c.get("day").word).group())
    if c.get("word") and day < 1:
        return None
    year = year_of(c)
    after = c.after
    counted = after is not None and after.shape == "word" and after.word.isalpha() and after.symbol == "x"
    if year is None and c.before == "in" and c.get("day") and c.tokens[c.end - 1] is c.get("day") and counted:
        return None  # "In March 12 people died"
    if after is not None and after.word in ("%", "percent", "per") and c.tokens[c.end - 1] is c.get("day"):
        return None
    return day_value(c, year if year is not None else nearest_year(c, month, day), month, day)


@resolver
def day_of_range(c: Context) -> Meaning | None:
    """November 18-19."""
    month, low = c.number("month", "MONTH"), int(c.get("low").word)
    high = int(re.match(r"\d+", c.get("day").word).group())
    year = year_of(c) or nearest_year(c, month, high)
    if year is None:
        return Meaning("date", None) if low < high else None
    first, last = cal.make(year, month, low), cal.make(year, month, high)
    if first is None or last is None or not first < last:
        return None
    return Meaning("date", f"{first.isoformat()}/{last.isoformat()}", (first, last))


@resolver
def month(c: Context) -> Meaning | None:
    number, year = c.number("month", "MONTH"), year_of(c)
    token, shift = c.get("month"), c.number("shift", "SHIFT")
    if year is None and shift is None and c.part is None and not c.get("year_shift"):
        note = words()[token.word]["MONTH"][1]
        governed = c.before in GOVERNORS
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


GOVERNORS = frozenset(
    ["in", "since", "by", "until", "till", "during", "from", "through", "throughout", "before", "after", "of", "for", "between", "late", "early", "mid", "-", "each", "every", "this", "last", "next"]
)


@resolver
def season(c: Context) -> Meaning | None:
    code, year, shift = c.get("season").value("SEASON"), year_of(c), c.number("shift", "SHIFT")
    if year is None and shift is None:
        after = c.after.word if c.after else ""
        if words()[c.get("season").word]["SEASON"][1] and (c.before not in GOVERNORS or after == "of"):
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


# ---------------------------------------------------------------------------------------------------------------- years


@resolver
def year(c: Context) -> Meaning | None:
    value = c.get("year").word
    if not 1700 <= int(value) <= 2100 and "year" not in c.all:
        return None
    if "year" in c.all or c.part:
        return Meaning("date", value, part=c.part)
    if not plausible_year(c, value):
        return None
    return Meaning("date", value)


NOT_BEFORE_A_YEAR = frozenset(
    ["$", "£", "€", "¥", "#", "no", "number", "resolution", "flight", "boeing", "airbus", "about", "around", "some", "nearly", "least", "than", "approximately", "almost", "over", "roughly", "exactly", "up", "only", "another", ".", "_", "+", "×"]
)
NOT_AFTER_A_YEAR = frozenset(
    ["%", "percent", "per", "-", "million", "billion", "thousand", "hundred", "metres", "meters", "km", "kilometres", "kilometers", "miles", "feet", "people", "men", "women", "children", "soldiers", "troops", "dollars", "euros", "pounds"]
)


def plausible_year(c: Context, value: str) -> bool:
    """Whether a bare number of four digits is a year: by what stands next to it."""
    after, before = c.after, c.before
    hyphen = after is not None and after.word in "-–" and c.end + 1 < len(c.tokens)
    if hyphen and after.start == c.tokens[c.end - 1].end:
        follower = c.tokens[c.end + 1]
        if follower.shape == "word" and follower.word not in ("present", "today", "now"):
            return False  # 2000-strong, 1500-page
    elif after is not None and after.word in NOT_AFTER_A_YEAR:
        return False
    elif (
        after is not None
        and after.symbol == "x"
        and after.shape == "word"
        and after.word.isalpha()
        and not after.capital
    ):
        if before not in YEAR_PREPOSITIONS and plural(after.word) and before not in ("the", "a", "this"):
            return False
        if value.endswith("00") and plural(after.word):
            return False
    if before in NOT_BEFORE_A_YEAR:
        return False
    if before in ("-", "–", "/"):
        previous = c.tokens[c.start - 2] if c.start > 1 else None
        glued = previous is not None and previous.end == c.tokens[c.start - 1].start == c.tokens[c.start].start - 1
        return not glued or previous.shape == "year" or previous.symbol != "x"
    return 1800 <= int(value) <= 2060


YEAR_PREPOSITIONS = frozenset(["in", "since", "by", "until", "till", "during", "from", "through", "before", "after", "of", "for"])


def plural(word: str) -> bool:
    """Whether a word looks like a counted noun."""
    return word in ("people", "men", "women", "children") or (
        word.endswith("s") and not word.endswith(("ss", "is", "us"))
    )


@resolver
def year_span(c: Context) -> Meaning | None:
    """2022-23, 2021/22: two years running."""
    first, two = c.get("year").word, c.get("to_two").word
    if not 1800 <= int(first) <= 2100 or len(two) != 2 or (int(first) + 1) % 100 != int(two):
        return None
    if c.tokens[c.start].end != c.tokens[c.start + 1].start:
        return None
    return Meaning("date", f"{first}/{int(first) + 1:04d}")


@resolver
def short_year(c: Context) -> Meaning | None:
    year = two_digit_year(int(c.get("year").word[1:]), c.anchor)
    return Meaning("date", f"{year:04d}") if c.before in YEAR_PREPOSITIONS or c.before in ("and", "the") else None


@resolver
def decade(c: Context) -> Meaning | None:
    if c.before in ("his", "her", "their", "my", "your", "our", "its"):
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


@resolver
def century(c: Context) -> Meaning | None:
    n = ordinal(c)
    return Meaning("date", f"{n - 1:02d}", part=c.part) if n and 1 < n <= 22 else None


def base_year(c: Context) -> int | None:
    """The year named beside a quarter or half: 2022, this year, last year."""
    if c.get("year"):
        return year_of(c)
    if c.anchor is None:
        return None
    if c.get("shift"):
        return c.anchor.year + c.number("shift", "SHIFT")
    return None


@resolver
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


@resolver
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


@resolver
def week_of_month(c: Context) -> Meaning | None:
    month, n = c.number("month", "MONTH"), c.number("word", "ORDINAL")
    year = year_of(c) or nearest_year(c, month)
    if year is None:
        return Meaning("date", None)
    first, last = cal.months(year, month, month) or (None, None)
    if first is None or n > 5:
        return None
    # a week belongs to the month that holds its Thursday
    thursday = cal.shift_days(first, (3 - first.weekday()) % 7 + 7 * (n - 1))
    if n == -1:
        thursday = cal.shift_days(last, -((last.weekday() - 3) % 7))
    return Meaning("date", cal.week(thursday)) if thursday and thursday <= last else None


@resolver
def week_of_day(c: Context) -> Meaning | None:
    month, day = c.number("month", "MONTH"), int(re.match(r"\d+", c.get("day").word).group())
    year = year_of(c) or nearest_year(c, month, day)
    found = cal.make(year, month, day) if year else None
    return Meaning("date", cal.week(found) if found else None)


@resolver
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


# ------------------------------------------------------------------------------------------ relative to the anchor


@resolver
def weekday(c: Context) -> Meaning | None:
    token = c.get("wd")
    number = int(token.value("WEEKDAY"))
    if c.before and words().get(c.before, {}).get("NICKNAME") and c.tokens[c.start - 1].capital:
        return None  # Black Monday
    if words()[token.word]["WEEKDAY"][1] and c.before not in ("on", "since", "until", "by") and not c.get("nth"):
        return None  # "Sun", "Sat", "Wed": words as soon as days
    part = c.get("part_of_day")
    if c.anchor is None:
        return Meaning("time" if part else "date", None)
    shift, week_shift = c.number("shift", "SHIFT"), c.number("week_shift", "SHIFT")
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


def at_part(day: dt.date | None, part: Token | None) -> Meaning:
    if day is None:
        return Meaning("time" if part else "date", None)
    if part is None:
        return Meaning("date", day.isoformat())
    return Meaning("time", f"{day.isoformat()}T{part.value('DAYPART')}")


@resolver
def weekdays(c: Context) -> Meaning | None:
    return Meaning("set", f"XXXX-WXX-{c.tokens[c.end - 1].value('WEEKDAYS')}")


@resolver
def deictic(c: Context) -> Meaning | None:
    token, part = c.get("word"), c.get("part_of_day")
    day = cal.shift_days(c.anchor, int(token.value("DEICTIC"))) if c.anchor else None
    if token.word == "tonight":
        return Meaning("time", f"{day.isoformat()}TNI" if day else None)
    return at_part(day, part)


@resolver
def deictic_night(c: Context) -> Meaning | None:
    part = c.get("part_of_day")
    if part.word in ("mornings", "nights", "evenings", "afternoons"):
        return None
    day = c.anchor if "same" not in c.all else c.reference or c.anchor
    if day and c.get("last"):
        day = cal.shift_days(day, -1)
    return at_part(day, part)


@resolver
def two_days(c: Context) -> Meaning | None:
    n = c.number("word", "DEICTIC")
    step = -1 if c.get("before") else 1
    day = cal.shift_days(c.anchor, n + step) if c.anchor else None
    return Meaning("date", day.isoformat() if day else None)


@resolver
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


@resolver
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
        if c.after is not None and c.after.word in AFTER_THE_DAY:
            return None
        if unit in ("C", "E", "Q") and "this" not in c.all:
            return None
        if "same" in c.all and c.reference:
            base = c.reference
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


AFTER_THE_DAY = frozenset(
    ["of", "when", "that", "before", "after", "the", "a", "an", "he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "to", "in", "which", "-", "for"]
)


def spoken_of(c: Context) -> dt.date | None:
    """The first day of the period last spoken of, else the anchor."""
    days = cal.days(c.spoken)
    return days[0] if days else c.anchor


@resolver
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


@resolver
def year_to_date(c: Context) -> Meaning | None:
    if c.anchor is None:
        return Meaning("date", None)
    return Meaning("date", f"{c.anchor.year:04d}", (dt.date(c.anchor.year, 1, 1), c.anchor))


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


@resolver
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


@resolver
def vague_ago(c: Context) -> Meaning | None:
    return Meaning("date", "FUTURE_REF" if c.get("later") else "PAST_REF")


@resolver
def vague_period(c: Context) -> Meaning | None:
    return Meaning("date", "PAST_REF")


@resolver
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


@resolver
def duration(c: Context) -> Meaning | None:
    after = c.after
    if c.get("bare"):
        unit = c.get("bare").value("UNIT")
        return (
            None
            if unit == "K" or (c.all[0] == "the" and c.before not in ("over", "in"))
            else Meaning("duration", period_value("X", unit))
        )
    unit = c.get("unit").value("UNIT")
    if after is not None and after.word in ("old", "-") and c.end + (after.word == "-") < len(c.tokens):
        if c.tokens[c.end + (after.word == "-")].word in ("old", "olds"):
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
    counted = c.get("n") is None and c.get("n1") is None and "half" not in c.all
    if counted and c.tokens[c.end - 2].word in ("a", "an") and not c.get("half"):
        rate = c.before not in NO_RATE and c.start > 0 and (
            c.tokens[c.start - 1].shape in ("count", "day_of_month", "two", "year") or plural(c.before) or c.before in ("%", "once", "twice", "times")
        )  # fmt: skip
        if rate:
            return Meaning("set", period_value("1", unit))
    return Meaning("duration", period_value(n, unit))


NO_RATE = frozenset("in for within after over than of about as was is almost nearly and")


@resolver
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


# --------------------------------------------------------------------------------------------------------------- times


@resolver
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
        and c.before
        not in (
            "at",
            "by",
            "until",
            "from",
            "around",
            "about",
            "since",
            "of",
            "before",
            "after",
            "between",
            "and",
            "to",
            "the",
        )
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


@resolver
def part_of_day(c: Context) -> Meaning | None:
    token = c.get("part_of_day")
    if token.word in ("nights", "mornings", "evenings", "afternoons"):
        return None
    if token.word in ("noon", "midnight", "midday", "overnight") or "in" in c.all:
        day = c.reference or c.anchor
        return at_part(day, token) if day else Meaning("time", f"T{token.value('DAYPART')}")
    return None


# --------------------------------------------------------------------------------------------------------------- vague


@resolver
def vague(c: Context) -> Meaning | None:
    value = c.get("vague").value("VAGUE")
    if (c.after is not None and c.after.word == "-") or "most" in c.all:
        return None  # "the now-cancelled deal", "the most recent model"
    return Meaning("date", value, (c.anchor, c.anchor) if value == "PRESENT_REF" and c.anchor else None)


@resolver
def present(c: Context) -> Meaning | None:
    return Meaning("date", "PRESENT_REF", (c.anchor, c.anchor) if c.anchor else None)


@resolver
def past(c: Context) -> Meaning | None:
    after = c.after
    if after is not None and (after.symbol != "x" or after.shape != "word") and after.word.isalnum():
        return None  # "in the past decade"
    return Meaning("date", "PAST_REF")


@resolver
def future(c: Context) -> Meaning | None:
    return Meaning("date", "FUTURE_REF")
