"""Find date expressions in a text or a reading, and resolve them against the day of publication."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Callable

from ascribe.extraction.dates import calendar as cal
from ascribe.extraction.dates import days, durations, patterns, periods, times, years
from ascribe.extraction.dates.context import Context, Meaning, is_a
from ascribe.extraction.dates.expression import DateExpression
from ascribe.extraction.dates.lexer import OTHER, Alphabet, Token
from ascribe.extraction.lexicons import rows
from ascribe.language.reading import Reading

MODULES = {m.__name__.rpartition(".")[2]: m for m in (days, durations, periods, times, years)}

Resolver = Callable[[Context], Meaning | None]

LONGEST = 24
"""Tokens that one expression can have at most."""

REACH = 12
"""Tokens before an expression that are searched for the tense of its clause."""

COUNT = "n:COUNT|n1:NUMBER ((-|and)? n2:NUMBER (-? n3:NUMBER)?)?"
"""A number in digits or words, as rules write `<COUNT_OF>`."""

LINGERS = 2
"""Sentences for which a month named with its year says which year the months after it are of."""

SENTENCE_END = frozenset('.!?;"”')


@functools.cache
def grammar() -> tuple[Alphabet, tuple[tuple[patterns.Pattern, Resolver], ...], dict[str, tuple[int, ...]]]:
    """The alphabet, the compiled rules, and which of them can begin with a symbol."""
    holidays = "|".join(sorted((_spell(r["name"]) for r in rows("date_holidays")), key=len, reverse=True))
    shorthands = {"COUNT_OF": COUNT, "HOLIDAY": holidays}
    sources = [(r["meaning"], _expand(r["pattern"], shorthands)) for r in rows("date_rules")]
    alphabet = Alphabet(frozenset().union(*(patterns.literals(p) for _, p in sources)))
    rules = tuple((patterns.compile_pattern(p, alphabet), _resolver(name)) for name, p in sources)
    starts: dict[str, list[int]] = {}
    for i, (pattern, _) in enumerate(rules):
        for symbol in pattern.first:
            starts.setdefault(symbol, []).append(i)
    return alphabet, rules, {s: tuple(v) for s, v in starts.items()}


def _expand(pattern: str, shorthands: dict[str, str]) -> str:
    for name, meant in shorthands.items():
        pattern = pattern.replace(f"<{name}>", f"({meant})")
    return pattern


def _resolver(name: str) -> Resolver:
    """`days.weekday` is the function `weekday` of the module `days`."""
    module, _, function = name.partition(".")
    return getattr(MODULES[module], function)


def _spell(name: str) -> str:
    """A holiday's name as a pattern: its apostrophe is a token of its own."""
    return name.replace("'", " (’|') ").replace(" s ", " s ")


def parse_dates(text: str, anchor: dt.date | None) -> list[DateExpression]:
    """The date expressions of a text, in order, none overlapping.

    `anchor` is the day on which the text was written; without one, "Friday" and "last year" have no value.
    """
    alphabet, rules, starts = grammar()
    tokens = alphabet.lex(text)
    symbols = "".join(t.symbol for t in tokens)
    order = days.numeric_order(tokens)
    found: list[DateExpression] = []
    reference, spoken, spoken_at, year, year_at, sentence, i = None, None, -1, None, 0, 0, 0
    while i < len(tokens):
        if tokens[i].word in SENTENCE_END or tokens[i].shape == "break":
            spoken_at, sentence = -1, sentence + 1
        best = None
        candidates = _matches(symbols, i, rules, starts)
        if candidates:
            tense = future(tokens, i, -candidates[0][0])
            for end, k, m in candidates:
                groups = {name: tokens[m.start(g)] for g, name in rules[k][0].names if m.end(g) > m.start(g)}
                told = year if sentence - year_at <= LINGERS else None
                context = Context(
                    anchor, reference, spoken, spoken_at >= 0, told, tense, tokens, i, -end, groups, order
                )
                best = rules[k][1](context)
                if best is not None:
                    break
        if best is None:
            i += 1
            continue
        end = -end
        while end - 1 > i and tokens[end - 1].word in (",", "."):
            end -= 1
        first, last = best.days or cal.narrow(cal.days(best.value), best.part) or (None, None)
        s, e = tokens[i].start, tokens[end - 1].end
        found.append(DateExpression(s, e, text[s:e], best.kind, best.value, first, last, best.part))
        if first is not None and best.kind == "date":
            spoken, spoken_at = best.value, i
            reference = first if first == last else reference
            if len(best.value) in (7, 10) and best.value[:4] in text[s:e]:
                year, year_at = first, sentence
        i = end
    return _join_times(text, found)


def _matches(symbols, i, rules, starts):
    """The rules' matches at a token, longest first, as (-end, rule, match)."""
    matches = []
    for k in starts.get(symbols[i], ()):
        m = rules[k][0].regex.match(symbols, i, i + LONGEST)
        if m and m.end() > i:
            matches.append((-m.end(), k, m))
    return sorted(matches, key=lambda x: x[:2])


def _join_times(text: str, found: list[DateExpression]) -> list[DateExpression]:
    """A clock time takes the day that is named right behind it: "at 16:15 UTC, June 1st"."""
    joined = list(found)
    for i, (time, day) in enumerate(itertools.pairwise(found)):
        between = text[time.end : day.start].strip(" ,").lower()
        if (
            time.kind == "time"
            and day.kind == "date"
            and between in ("", "on")
            and "T" in (time.value or "")
            and (day.first is not None and day.first == day.last)
        ):
            value = day.first.isoformat() + time.value[time.value.index("T") :]
            joined[i] = dataclasses.replace(time, value=value, first=day.first, last=day.first)
    return joined


def future(tokens: list[Token], start: int, end: int) -> bool | None:
    """Whether the clause around an expression speaks of what is to come (True), has been (False), or does not say.

    The nearest cue decides: modals, "to" with a verb, "due" and the like against past tenses.
    """
    if start and tokens[start - 1].word in ("until", "till"):
        return True
    back = _cue(tokens, range(start - 1, max(start - REACH, 0) - 1, -1))
    ahead = _cue(tokens, range(end, min(end + REACH, len(tokens))))
    nearest = min((c for c in (back, ahead) if c), key=lambda c: c[0], default=None)
    return nearest[1] if nearest else None


def _cue(tokens: list[Token], reach: range) -> tuple[int, bool] | None:
    """The nearest cue of tense within reach and its sentence, as (distance, future)."""
    for distance, i in enumerate(reach):
        token = tokens[i]
        if token.word in SENTENCE_END or token.shape == "break":
            return None
        if is_a(token.word, "future") and not token.capital:
            return distance, True
        if token.word == "to" and i + 1 < len(tokens) and _verb_like(tokens[i + 1]):
            return distance, True
        past = token.symbol == OTHER and token.word.endswith("ed") and not token.capital
        if is_a(token.word, "past") or (past and not (i and is_a(tokens[i - 1].word, "passive"))):
            return distance, False
    return None


def _verb_like(token: Token) -> bool:
    return token.symbol == OTHER and token.word.isalpha() and not token.capital and not is_a(token.word, "no_verb")


def find_dates(reading: Reading) -> list[DateExpression]:
    """The date expressions of an article's body, resolved against its day of publication; offsets are the article's."""
    start, end = reading.article.body
    found = parse_dates(reading.text[start:end], reading.article.published)
    if not start:
        return found
    return [
        DateExpression(d.start + start, d.end + start, d.text, d.kind, d.value, d.first, d.last, d.part) for d in found
    ]
