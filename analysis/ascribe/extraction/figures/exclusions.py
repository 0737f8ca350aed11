"""What looks like a quantity and is none: dates, years, clock times, ages, ordinals, names, scores, telephone numbers.

`excluded(quantity, page)` says why a quantity is no figure, or None. Everything is decided on a few tokens to either
side, so that the whole stays linear in the length of the article.
"""

from __future__ import annotations

import functools

from ascribe.extraction.figures import ages, names, times
from ascribe.extraction.figures.categories import victims
from ascribe.extraction.figures.cues import HARMS, states
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import DASHES, HYPHENS, tokenize
from ascribe.extraction.lexicons import rows

EVENTS = listed("exclusions_events")
CALLED = listed("exclusions_called")


@functools.cache
def _idioms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Idioms by each of their words that can be numeric: the phrases as tokens."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("number_idioms"):
        phrase = tuple(t.low for t in tokenize(row["phrase"]))
        for word in phrase:
            found.setdefault(word, []).append(phrase)
    return {k: tuple(v) for k, v in found.items()}


def excluded(q: Quantity, page: Page) -> str | None:
    """Why `q` is no figure: "date", "year", "time", "age", "name", "idiom", "reference", … or None where it is one."""
    for reason, test in TESTS:
        if test(q, page):
            return reason
    return None


def _code(q: Quantity, page: Page) -> bool:
    """Telephone and serial numbers, list numbers, counters, the 100,000 of "per 100,000"."""
    i, j = page.tokens_of(q)
    before, after = page.low(i - 1), page.low(j)
    if before == "per" or (before == "every" and page.low(i - 2) == "for"):
        return True
    if q.dimension == "distance" and page.low(page.end_of(q)) in EVENTS:
        return True
    if q.dimension or q.form not in ("digits", "range"):
        return False
    raw = page.low(i)
    if raw.isdigit() and (len(raw) > 9 or (len(raw) > 1 and raw[0] == "0")):
        return True
    if page.phone(i, j) or before in CALLED or (before == "[" and after == "]"):
        return True
    if (
        before == "+"
        and page.glued(i)
        and not (page.low(i - 2) != "(" and page.phrase_of(q) and page.kind(j) == "word")
    ):
        return True  # "+44 20 …", "(+12)", but "+12 people"
    if not q.plain:
        return False
    if page.starts_line(i) and after in (".", ")", ":") and (q.value or 0) < 200:
        return page.kind(j + 1) == "word"
    if after == ")" and page.glued(j) and (q.value or 0) <= 20 and not page.bracketed(i):
        return True  # 1) first, 2) second
    if before == "(" and after == ")" and (q.value or 0) <= 20 and page.starts_line(i - 1):
        return True
    if before in (".", "gap", "") and after == "." and page.glued(j) and page.capital(j + 1) and (q.value or 0) < 50:
        return True
    return before in (".", "gap", "") and after in ("gap", "") and not q.modified and page.kind(j) == "gap"


def _score(q: Quantity, page: Page) -> bool:
    """3-1, 2–0, 45:24: the result of a game or a vote, never a range."""
    i, j = page.tokens_of(q)
    if not q.plain or q.dimension or q.outer_start < q.start:
        return False
    if (
        page.low(i - 1) == "by"
        and q.form in ("digits", "words")
        and page.low(j) == "to"
        and page.low(j + 1) in ("1", "one")
    ):
        return True
    if page.low(i - 1) == "to" and page.previous_excluded(q) == "score" and q.value == 1:
        return True
    link_after = page.low(j) in DASHES and page.glued(j) and page.kind(j + 1) == "num" and page.glued(j + 1)
    link_before = page.low(i - 1) in DASHES and page.glued(i) and page.kind(i - 2) == "num" and page.glued(i - 1)
    if q.form == "range" and page.low(i - 1) == "," and page.previous_excluded(q) == "score" and q.high < 40:
        return True  # 6-4, 3-6
    if "range" in (page.low(i - 1), page.low(i - 2), page.low(i - 3)):
        return False
    return (link_after or link_before) and page.noun_after(j + 2 if link_after else j) is None


def _idiom(q: Quantity, page: Page) -> bool:
    i, j = page.tokens_of(q)
    for k in range(i, j):
        for phrase in _idioms().get(page.low(k), ()):
            for at in (n for n, word in enumerate(phrase) if word == page.low(k)):
                if page.follows(k - at, *phrase):
                    return True
    return False


def _reference(q: Quantity, page: Page) -> bool:
    """the two men · the last three · those four · the 36 of before: sets spoken of before."""
    i, j = page.tokens_of(q)
    if page.low(i - 1) in ("these", "those", "no", "latter", "former"):
        return True
    if (
        q.dimension
        or q.bound != "exact"
        or q.value is None
        or q.modified
        or q.value != int(q.value)
        or page.low(j) in HYPHENS
    ):
        return page.low(i) == "couple" and _pair(page, j)
    k = i - 1
    while page.low(k) in ("other", "first", "last", "next", "final", "remaining", "latter", "same"):
        k -= 1
    noun = page.noun_after(j)
    if noun is None and states().get(page.low(j)) in HARMS:
        return page.low(k) == "the" and page.seen(q.value)  # "among the 17 wounded"
    before = page.low(k)
    if k < i - 1 and before in ("the", "their", "his", "her", "its", "our", "my"):
        if noun is None or page.low(i - 1) in ("other", "last", "latter", "final", "remaining"):
            counted = q.form == "digits" and page.low(i - 1) == "remaining"
            return page.low(j) != "of" and not counted
        return False
    if before != "the":
        return False
    if noun is None:
        large = q.form == "digits" and not q.plain and q.value >= 1e6 and not page.seen(q.value)
        return page.low(j) != "%" and not large  # "on top of the 1.1 billion already set aside"
    if page.seen(q.value):
        return True
    if page.low(k - 1) == "of" and page.low(k - 2) != "one" and (page.kind(k - 2) == "num" or page.numeric(k - 2)):
        return not page.plural(noun)  # 14 of the 17 drones
    return q.value <= 20 and not page.described_after(noun) and not victims(q, page)


def _pair(page: Page, j: int) -> bool:
    """Whether "a couple" is two people who live together."""
    return page.low(j) in (
        "from",
        "who",
        "was",
        "were",
        "had",
        "has",
        "have",
        "said",
        ",",
        "are",
        "is",
        "in",
        "and",
        "'s",
        "whose",
        "living",
    )


def _couple(q: Quantity, page: Page) -> bool:
    _, j = page.tokens_of(q)
    return page.low(j - 1) == "couple" and _pair(page, j)


def _one(q: Quantity, page: Page) -> bool:
    """ "one" counts only a victim or a thing lost."""
    _, j = page.tokens_of(q)
    if q.value != 1 or q.form != "words" or q.bound == "range" or page.low(j - 1) in ("million", "billion"):
        return False
    if q.dimension:
        return not q.modified and not _attributive(q, page)
    return not page.lost(q)


def _attributive(q: Quantity, page: Page) -> bool:
    """Whether a measure of one stands before a noun: "a one-year sentence", "one year prison terms"."""
    noun = page.noun_after(page.end_of(q)) if page.low(page.end_of(q)) != "of" else None
    return noun is not None and page.low(page.index(q.start) - 1) not in ("", "gap", ".", "for", "in", "after")


TESTS = (
    ("date", times.date),
    ("year", times.year),
    ("time", times.clock),
    ("age", ages.age),
    ("ordinal", names.ordinal),
    ("name", names.name),
    ("score", _score),
    ("code", _code),
    ("idiom", _idiom),
    ("reference", _reference),
    ("couple", _couple),
    ("one", _one),
)
