"""Numbers in names and ordinals: Resolution 2254, the 72nd Brigade, a fifth person."""

from __future__ import annotations

import functools
import re

from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import HYPHENS
from ascribe.extraction.lexicons import rows

MONTHS = listed("exclusions_months")
STREETS = listed("exclusions_streets")
FOREIGN = frozenset(("quai", "rue", "via", "calle", "avenue", "boulevard"))  # words that stand before a street's name
SHORTENED = frozenset(("no", "nos", "nr", "apt", "ste", "rm", "fl", "vol", "pp", "fig"))
JOINED = ("weg", "straße", "strasse", "gasse", "platz", "allee", "straat")
NETWORK = re.compile(r"\d{1,2}G|[248]K")  # 5G, 4K: techniques, no thousands or billions
COUNTED = listed("numerals_counted")
SUFFIXES = ("ged", "ked", "ded", "ted", "ned", "led", "red", "ced", "sional", "lateral", "fold", "wheeler")


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(next(iter(row.values())) for row in rows(name))


def ordinal(q: Quantity, page: Page) -> bool:
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
        after in (".", ",", ";", "by", "in", "to", "from", "off", "among", "since", "over", "on")
        and before in ("by", "to", "almost", "about")
    )


@functools.cache
def _ordinals() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("numerals") if r["kind"] in ("denominator", "ordinal"))


def name(q: Quantity, page: Page) -> bool:
    """Resolution 2254 · Boeing 737 · base 17 · COVID-19 · Su-25 · Falcon 9 · 36 Quai X · @user1 · Group of Seven."""
    i, j = page.tokens_of(q)
    before = page.low(i - 1)
    if page.in_link(q) or (NETWORK.fullmatch(page.text[q.start : q.end]) and page.low(j) not in COUNTED):
        return True
    if before in HYPHENS and page.low(i - 2) == "magnitude":
        return False
    if (
        before in HYPHENS
        and page.glued(i)
        and page.glued(i - 1)
        and page.low(i - 2) not in ("mid", "under", "to", "and", "or")
    ):
        return (page.kind(i - 2) == "word" and not page.numeric(i - 2)) or (
            page.kind(i - 2) == "num" and page.glued(i - 2) and page.kind(i - 3) == "word"
        )
    if before == "#" or (before == "." and q.plain and page.low(i - 2) in SHORTENED):
        return True
    if q.unit in ("mm", "cm") and (noun := page.noun_after(page.end_of(q))) is not None:
        return page.noun_class(noun) == "equipment"  # a calibre: 155mm shells
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
    return (q.plain and _address(page, i, j)) or _numbered(q, page, i, j, before) or _capitalised(q, page, i, j, before)


def _numbered(q: Quantity, page: Page, i: int, j: int, before: str) -> bool:
    """page 3 · base 17 · category 1 hurricanes · the 400 metres hurdles."""
    noun = page.noun_after(j)
    if before in ("category", "categories", "type", "grade", "phase", "class") and q.plain:
        return True
    written = q.plain or page.kind(i) == "word" or "." in page.low(i)
    if before == "number" and (page.low(i - 2) in ("who", "they", "which") or page.verbal(i - 1)):
        return False  # "the missing, who number 116"
    if (
        before == "week"
        and page.low(i - 2) in ("last", "this", "next", "past", "the", "that", "a")
        and page.told_after(j)
    ):
        return False  # last week 12 were killed
    if before in _words("numbered") and written and not page.gap_between(i - 1, i):
        return noun is None or not page.plural(noun) or page.capital(i - 1)
    if before == "day" and page.capital(i - 1) and q.plain and page.low(j) in ("of", ":", "gap", ""):
        return True  # Day 412 of the war
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
    if before == "of" and page.capital(i - 2) and page.low(i - 2) in ("group", "gang"):
        return True  # the Group of 77
    if page.low(i - 2) == "&" and page.glued(i - 1) and page.glued(i - 2) and page.capital(i - 1):
        return True  # the S&P 500
    if (
        page.kind(i - 1) == "word"
        and page.capital(i - 1)
        and not page.gap_between(i - 1, i)
        and not page.opens_sentence(i - 1)
    ):
        noun = page.noun_after(j)
        possessive = before.endswith("'s") or before == "s"
        if (noun is None or not page.plural(noun)) and not possessive and before not in MONTHS:
            told = page.told_after(j) or page.shouting(i - 1) or _gapped(page, i, j)
            return page.proper(i - 1) and not told
    return False


def _address(page: Page, i: int, j: int) -> bool:
    """12 Mill Street · 13190 SW 68th Parkway · 36 Quai X · 97223 Orvan, after a street: a house, or a district."""
    if page.shouting(i):
        return False  # where all is in capitals, they tell no name
    if page.kind(j) == "word" and page.capital(j) and (page.low(j) in FOREIGN or page.low(j).endswith(JOINED)):
        return True
    if page.low(i - 2) == "," and page.kind(i - 1) == "word" and len(page.low(i - 1)) == 2 and len(page.low(i)) == 5:
        return page.written(i - 1).isupper() and page.noun_after(j) is None  # "Orvan, OR 97223"
    k = j
    while k < j + 7 and (page.capital(k) or page.low(k) == "." or _ordinal_at(page, k) or page.low(k) in ("of", "the")):
        if k > j and page.low(k) in STREETS and page.capital(k):
            after = page.noun_after(k + 1 + (page.low(k + 1) == "."))
            return after is None or not page.plural(after) or after.tag_ == "NNPS"
        k += 1 + _ordinal_at(page, k)
    street = page.low(i - 2) in STREETS or page.low(i - 2).endswith(JOINED)
    located = page.low(i - 1) == "," and (page.kind(i - 2) == "num" or street)
    return located and 4 <= len(page.low(i)) <= 5 and page.capital(j)


def _ordinal_at(page: Page, k: int) -> bool:
    """Whether "68th" stands at token `k`."""
    return page.kind(k) == "num" and page.glued(k + 1) and page.low(k + 1) in ("st", "nd", "rd", "th")


def _gapped(page: Page, i: int, j: int) -> bool:
    """Whether a name and its number go on with a list whose verb was said before: "took 98, the Greens 17 and …"."""
    k = i - 1
    while k > i - 6 and page.kind(k) == "word" and page.capital(k):
        k -= 1
    k -= page.low(k) == "the"
    if page.low(k) not in (",", ";", "and") or page.low(j) not in (",", ";", ".", "and"):
        return False
    for m in range(k - 1, max(-1, k - 26), -1):
        if page.low(m) in (".", "!", "?") or page.kind(m) == "gap":
            return False
        if page.kind(m) == "num" and page.low(m - 1) not in HYPHENS:
            return page.low(m + 1) in (",", ";", "and")
    return False
