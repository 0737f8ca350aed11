"""What a resolver is given and what it gives: the context of a match, and its meaning."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re

from ascribe.extraction.dates import calendar as cal
from ascribe.extraction.dates.lexer import Token
from ascribe.extraction.lexicons import rows


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

    `reference` is the day last spoken of (`near`: in this sentence), `spoken` the value of the last day or period that
    was, `told` the first day of a month or day that was lately named with its year, `future` the tense of the clause;
    `tokens[start:end]` are the expression's own words.
    """

    anchor: dt.date | None
    reference: dt.date | None
    spoken: str | None
    near: bool
    told: dt.date | None
    future: bool | None
    tokens: list[Token]
    start: int
    end: int
    groups: dict[str, Token]
    order: str | None = None
    """Whether the text's numeric dates with slashes put the "month" or the "day" first, where one of them tells."""

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
        """Whether the expression means the start, the middle or the end of its period."""
        if "point" in self.groups:
            return self.groups["point"].value("POINT")
        return self.groups["part"].value("PART") if "part" in self.groups else None


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in rows("date_context"):
        table.setdefault(row["word"], set()).add(row["class"])
    return {word: frozenset(classes) for word, classes in table.items()}


def is_a(word: str, cls: str) -> bool:
    """Whether a word that stands beside dates is of a class of `date_context.csv`."""
    return cls in _classes().get(word, ())


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


def plural(word: str) -> bool:
    """Whether a word looks like a counted noun."""
    return word in ("people", "men", "women", "children") or (
        word.endswith("s") and not word.endswith(("ss", "is", "us"))
    )


def at_part(day: dt.date | None, part: Token | None) -> Meaning:
    if day is None:
        return Meaning("time" if part else "date", None)
    if part is None:
        return Meaning("date", day.isoformat())
    return Meaning("time", f"{day.isoformat()}T{part.value('DAYPART')}")
