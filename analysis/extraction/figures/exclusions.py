"""What looks like a quantity and is none: dates, years, clock times, ages, ordinals, names, scores, telephone numbers.

`excluded(quantity, page)` says why a quantity is no figure, or None. Everything is decided on a few tokens to either
side, so that the whole stays linear in the length of the article.
"""

from __future__ import annotations

import functools

from analysis.extraction.figures.lists import listed
from analysis.extraction.figures.page import Page
from analysis.extraction.figures.quantity import Quantity
from analysis.extraction.figures.tokens import DASHES, HYPHENS, tokenize
from analysis.extraction.lexicons import rows

MONTHS = listed("exclusions_months")
SEASONS = listed("exclusions_seasons")
DATED = listed("exclusions_dated")
ZONES = listed("exclusions_zones")
PRONOUNS = listed("exclusions_pronouns")
BE = listed("exclusions_be")
STREETS = listed("exclusions_streets")
LINKED = frozenset(("and", "or", "to", ",", *DASHES))
FINITE = listed("exclusions_finite")
LIFETIMES = listed("exclusions_lifetimes")
EVENTS = listed("exclusions_events")
CALLED = listed("exclusions_called")
DETERMINERS = listed("exclusions_determiners")


SUFFIXES = ("ged", "ked", "ded", "ted", "ned", "led", "red", "ced", "sional", "lateral", "fold", "wheeler")


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(next(iter(row.values())) for row in rows(name))


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


def _date(q: Quantity, page: Page) -> bool:
    """January 3 · 3 January · August 22 to 25 · 17.05.2019 · 2019/20."""
    i, j = page.tokens_of(q)
    before, after = page.low(i - 1), page.low(j)
    if q.form in ("fraction", "ratio", "vague") and "/" not in page.text[q.start : q.end]:
        return False
    if page.in_date(q) and not q.dimension and (q.plain or q.form in ("range", "words")):
        return True
    highest = q.high if q.bound == "range" else q.value
    if highest is None or highest != int(highest) or q.dimension:
        return False
    if highest <= 31 and (q.plain or q.form == "range"):
        if (before in MONTHS and page.capital(i - 1)) or (before == "." and page.low(i - 2) in MONTHS):
            return True
        if (after in MONTHS and page.capital(j)) or (after == "of" and page.low(j + 1) in MONTHS):
            return True
        if page.previous_excluded(q) == "date" and (before in ("and", "to", "or", ",", "through") or before in DASHES):
            return page.noun_after(j) is None
        if after in ("and", "to", "or", ",", "through") and page.kind(j + 1) == "num" and page.low(j + 2) in MONTHS:
            return page.capital(j + 2)
    return (after == "/" and page.kind(j + 1) == "num" and page.glued(j)) or (before == "/" and page.glued(i))


def _year(q: Quantity, page: Page) -> bool:
    """in 2018 · the 1990s · 2015-2016 · mid-2014 · the 2008 and 2012 campaigns."""
    i, j = page.tokens_of(q)
    top = q.high if q.bound == "range" else q.value
    if q.plain and page.era(j):
        return True
    if not q.plain or q.dimension or top is None or not 1000 <= top <= 2100 or (q.bound == "range" and q.low < 1000):
        return False
    before, noun = page.low(i - 1), page.noun_after(j)
    many = noun is not None and page.plural(noun)
    recent = 1900 <= top <= 2035
    if page.previous_excluded(q) == "year" and before in LINKED and recent:
        return True
    if q.modified:
        return recent and noun is None and (before == "to" or q.bound == "about") and page.low(j) not in FINITE
    if page.low(j) in FINITE and before in ("and", "while", ",", "but", ".", "gap", ""):
        return False
    if before in DATED:
        if before in ("of", "to", "for", "and") and many:
            return False
        return not (before == "the" and many and not recent)
    if (
        before in MONTHS
        or before in SEASONS
        or (before == "," and (page.low(i - 3) in MONTHS or page.low(i - 2) in MONTHS))
    ):
        return True
    if before in HYPHENS and page.glued(i):
        return True
    return recent and (not many or page.capital(j))


def _clock(q: Quantity, page: Page) -> bool:
    """7:45 · 6 p.m. · 14.00 local time · 0600 GMT."""
    i, j = page.tokens_of(q)
    if q.form == "clock":
        return page.low(i - 1) == "at" or page.low(j) in ZONES
    if q.dimension not in ("", "distance", "duration") or (q.value is None and q.bound != "range"):
        return False
    before, after, raw = page.low(i - 1), page.low(j), page.low(i)
    if before == ":" and page.glued(i) and page.kind(i - 2) == "num":
        return True
    if after == ":" and page.glued(j) and page.kind(j + 1) == "num" and page.glued(j + 1):
        return True
    if after in ZONES and not (after in ("hours", "hrs", "h") and not (raw.isdigit() and len(raw) == 4)):
        return not page.written(j).isupper() or after not in ("am", "pm") or page.kind(i) == "num"
    if after == "local" and page.low(j + 1) == "time":
        return True
    if after in ("a", "p") and page.low(j + 1) == "." and page.low(j + 2) == "m":
        return True
    if (
        raw.isdigit()
        and len(raw) == 4
        and raw[0] in "012"
        and before == "("
        and any(page.low(k) in ZONES for k in range(j, j + 5))
    ):
        return True
    hours, _, minutes = raw.partition(".")
    timely = before in ("at", "after", "before", "by", "from", "until", "around", "since")
    return (
        timely
        and len(minutes) == 2
        and minutes < "60"
        and int(hours or 99) < 24
        and page.noun_after(j) is None
        and not q.dimension
    )


def _age(q: Quantity, page: Page) -> bool:
    """aged 25 · 43 years old · a 25-year-old man · Amman, 20, · under 5 years of age."""
    i, j = page.tokens_of(q)
    first = page.index(q.outer_start)
    if q.bound == "vague" or q.dimension not in ("", "duration"):
        return False
    ahead = (page.low(first - 1), page.low(first - 2))
    if ahead[0] in ("aged", "age", "ages") or (
        ahead[0] in ("of", "between", "from", "over", "under") and ahead[1] in ("age", "ages", "aged")
    ):
        return True
    if page.previous_excluded(q) == "age" and ahead[0] in LINKED:
        return page.noun_after(j) is None or q.dimension == "duration"
    return _years_old(q, page, j) or (not q.dimension and _apposed_age(q, page, i, j, first))


def _years_old(q: Quantity, page: Page, j: int) -> bool:
    k = j
    while k < j + 4 and (page.low(k) in LIFETIMES or page.low(k) in HYPHENS):
        k += 1
    if (page.low(k), page.low(k + 1)) == ("of", "age") or (page.low(j), page.low(j + 1)) == ("of", "age"):
        return True
    if k == j:
        return False
    if page.low(k) in ("old", "olds"):
        noun = page.noun_after(k + 1) if page.low(k - 1) in HYPHENS else None
        return noun is None or page.noun_class(noun) in ("person", "personnel") or noun.tag_ in ("NNP", "NNPS")
    if page.low(k) in ("and", "to") and any(
        (page.low(k + n), page.low(k + n + 1)) in (("of", "age"), ("years", "old")) for n in (2, 3)
    ):
        return True
    noun = page.noun_after(k) if page.low(k - 1) not in HYPHENS and page.low(j) in HYPHENS else None
    return noun is not None and noun.lower_ in ("daughter", "son", "baby", "boy", "girl", "infant", "child", "toddler")


def _apposed_age(q: Quantity, page: Page, i: int, j: int, first: int) -> bool:
    value, before, after = q.value, page.low(i - 1), page.low(j)
    if value is None or value != int(value) or not 1 <= value <= 110 or not (q.plain or q.form == "words"):
        return False
    if (
        q.plain
        and before == ","
        and after in (",", ".", ";", "and", ")", ":", "who", "was")
        and page.person_before(i - 1)
    ):
        return True
    if q.plain and before == "(" and after == ")" and page.person_before(i - 1):
        return True
    if q.plain and before == "now" and page.low(i - 2) == "," and after in (",", ".", ")"):
        return True
    if q.plain and before == after == "," and value >= 15 and page.one_before(i - 1):
        return True
    closed = (
        after in (".", ",", ";", "and", "when", "at", '"', "”", "gap", "", "on", ")") and page.noun_after(j) is None
    )
    if (
        page.low(first - 1) in ("under", "over")
        and page.low(first - 2) in ("those", "anyone", "people", "children", "everyone", "adults")
        and closed
    ):
        return True
    if (
        page.low(i - 1) in ("under", "over")
        and page.low(i - 2) in ("those", "anyone", "everyone", "children")
        and closed
    ):
        return True
    if page.low(first - 1) in BE and closed and value >= 14 and q.plain:
        return page.low(first - 2) in PRONOUNS or not page.counts_before(first)
    return before == "at" and after in (".", ",") and page.low(i - 2) in ("died", "dead", "dies", "retired")


def _ordinal(q: Quantity, page: Page) -> bool:
    """a fifth person · a third from Germany · the first half · twenty-sixth: an order or a part of a game, no share."""
    i, j = page.tokens_of(q)
    if (
        page.low(j) in HYPHENS
        and page.glued(j)
        and page.glued(j + 1)
        and page.low(j + 1) in _ordinals()
        and q.form == "words"
    ):
        return True
    if q.form != "fraction" or q.unit == "%":
        return False
    last, before, after = page.low(j - 1), page.low(i - 1), page.low(j)
    if last in ("half", "quarter") and j == i + 1:
        if (after in HYPHENS and page.glued(j)) or (page.glued(i) and before in HYPHENS):
            return True
        return (
            after not in ("of", "the", "a", "its", "their", "his", "her")
            and not q.modified
            and page.described_before(i)
        )
    if before in ("first", "second", "third", "fourth", "last", "latter", "this", "each", "next"):
        return True
    if last == "quarter":
        return after in ("before", "past", "to", "final", "finals")
    if last == "half" or last.endswith("s") or q.modified or page.kind(i) == "num" or last not in _ordinals():
        return False
    return after != "of" and not (
        after in (".", ";", "by", "in", "to", "from", "off") and before in ("by", "to", "almost", "about")
    )


@functools.cache
def _ordinals() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("numerals") if r["kind"] in ("denominator", "ordinal"))


def _name(q: Quantity, page: Page) -> bool:
    """Resolution 2254 · Boeing 737 · base 17 · COVID-19 · Su-25 · Falcon 9 · 36 Quai X · @user1 · Group of Seven."""
    i, j = page.tokens_of(q)
    before = page.low(i - 1)
    if page.in_link(q):
        return True
    if (
        before in HYPHENS
        and page.glued(i)
        and page.glued(i - 1)
        and page.low(i - 2) not in ("mid", "under", "to", "and", "or")
    ):
        return (page.kind(i - 2) == "word" and not page.numeric(i - 2)) or (
            page.kind(i - 2) == "num" and page.glued(i - 2) and page.kind(i - 3) == "word"
        )
    if before == "#" or (before == "." and page.low(i - 2) in ("no", "nos", "nr") and q.plain):
        return True
    if q.modified or q.unit or q.dimension or q.bound == "vague":
        return False
    if page.glued(j) and page.kind(j) == "word" and q.form == "digits":
        return True
    if (
        page.low(j) in HYPHENS
        and page.glued(j)
        and page.low(j + 1).endswith(SUFFIXES)
        and q.form in ("words", "digits")
    ):
        return True  # two-legged, three-dimensional
    if (
        q.plain
        and page.was_name(page.written(i))
        and (noun := page.noun_after(j), noun is None or not page.plural(noun))[1]
    ):
        return True
    return _numbered(q, page, i, j, before) or _capitalised(q, page, i, j, before)


def _numbered(q: Quantity, page: Page, i: int, j: int, before: str) -> bool:
    """page 3 · base 17 · category 1 hurricanes · the 400 metres hurdles."""
    noun = page.noun_after(j)
    if before in ("category", "categories", "type", "grade", "phase", "class") and q.plain:
        return True
    if before in _words("numbered") and (q.plain or page.kind(i) == "word") and not page.gap_between(i - 1, i):
        return noun is None or not page.plural(noun) or page.capital(i - 1)
    if before == "top" and noun is None:
        return True
    if (
        q.plain
        and (q.value or 0) < 1000
        and not page.gap_between(i - 1, i)
        and noun is None
        and page.kind(i - 1) == "word"
    ):
        common = page.parsed(i - 1)  # "the coronavirus 2", "film 42"
        follows = page.low(j) in ('"', "”", ".", ",", ")", "was", "is", "and", "by")
        return (
            common is not None
            and common.tag_ == "NN"
            and follows
            and before not in ("number", "total", "toll", "magnitude", "age")
            and (page.low(j) not in ("was", "and") or not page.counts_before(i))
        )
    return False


def _capitalised(q: Quantity, page: Page, i: int, j: int, before: str) -> bool:
    """Boeing 737 · News 12 · the Group of Seven · Lost 52 Project · 36 Quai X."""
    if (
        page.kind(i) == "word"
        and page.capital(i)
        and not page.opens_sentence(i)
        and not page.shouting(i)
        and not page.titled(i)
    ):
        k = j + 1 if page.low(j) in HYPHENS and page.glued(j) else j
        named = page.capital(i - 1) or (before == "of" and page.capital(i - 2))
        return (page.capital(k) and page.kind(k) == "word") or (named and page.noun_after(j) is None)
    if not q.plain:
        return False
    if (
        page.kind(i - 1) == "word"
        and page.capital(i - 1)
        and not page.gap_between(i - 1, i)
        and not page.opens_sentence(i - 1)
    ):
        noun = page.noun_after(j)
        possessive = before.endswith("'s") or before == "s"
        if (noun is None or not page.plural(noun)) and not possessive and before not in MONTHS:
            return page.proper(i - 1) and not page.told_after(j) and not page.shouting(i - 1)
    if page.kind(j) == "word" and page.capital(j) and page.low(j) in STREETS | {"quai", "rue"}:
        return True
    return page.capital(j) and page.capital(j + 1) and page.low(j + 1) in STREETS


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
    if before == "+" and page.glued(i):
        return True
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
    link_after = page.low(j) in DASHES and page.glued(j) and page.kind(j + 1) == "num" and page.glued(j + 1)
    link_before = page.low(i - 1) in DASHES and page.glued(i) and page.kind(i - 2) == "num" and page.glued(i - 1)
    if "range" in (page.low(i - 1), page.low(i - 2), page.low(i - 3)):
        return False
    return (link_after or link_before) and page.noun_after(j + 2 if link_after else j) is None


def _idiom(q: Quantity, page: Page) -> bool:
    i, j = page.tokens_of(q)
    for k in range(i, j):
        for phrase in _idioms().get(page.low(k), ()):
            at = phrase.index(page.low(k))
            if all(page.low(k - at + n) == word for n, word in enumerate(phrase)):
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
    before = page.low(k)
    if k < i - 1 and before in ("the", "their", "his", "her", "its", "our", "my"):
        if noun is None or page.low(i - 1) in ("other", "last", "latter", "final", "remaining"):
            return page.low(j) != "of"
        return False
    if before != "the":
        return False
    if noun is None:
        return page.low(j) != "%"
    if page.seen(q.value):
        return True
    return q.value <= 20 and not page.described_after(noun)


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
        return not q.modified
    return q.bound != "at_least" and not page.lost(q)


TESTS = (
    ("date", _date),
    ("year", _year),
    ("time", _clock),
    ("age", _age),
    ("ordinal", _ordinal),
    ("name", _name),
    ("score", _score),
    ("code", _code),
    ("idiom", _idiom),
    ("reference", _reference),
    ("couple", _couple),
    ("one", _one),
)
