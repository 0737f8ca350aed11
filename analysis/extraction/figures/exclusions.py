"""What looks like a quantity and is none: dates, years, clock times, ages, ordinals, names, scores, telephone numbers.

`excluded(quantity, page)` says why a quantity is no figure, or None. Everything is decided on a few tokens to either
side, so that the whole stays linear in the length of the article.
"""

from __future__ import annotations

import functools

from analysis.extraction.figures.page import Page
from analysis.extraction.figures.quantity import Quantity
from analysis.extraction.figures.tokens import DASHES, HYPHENS, tokenize
from analysis.extraction.lexicons import rows

MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
SEASONS = frozenset(["spring", "summer", "autumn", "fall", "winter", "early", "mid", "late"])
DATED = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "during",
        "before",
        "after",
        "between",
        "circa",
        "early",
        "late",
        "mid",
        "of",
        "through",
        "to",
        "and",
        "the",
        "for",
    ]
)
ZONES = frozenset(
    [
        "am",
        "pm",
        "a.m",
        "p.m",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "cet",
        "bst",
        "hours",
        "hrs",
        "local",
        "ist",
        "jst",
        "o'clock",
        "h",
    ]
)
PRONOUNS = frozenset(["he", "she", "i", "who"])
BE = frozenset(["is", "was", "be", "turned", "turns", "turning", "'s", "being", "are", "were"])
STREETS = frozenset(
    [
        "street",
        "st",
        "avenue",
        "ave",
        "road",
        "rd",
        "lane",
        "boulevard",
        "blvd",
        "drive",
        "quai",
        "square",
        "place",
        "way",
        "terrace",
    ]
)
DETERMINERS = frozenset(["the", "these", "those", "his", "her", "its", "their", "our", "your", "my", "both", "'s"])


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
    if page.in_date(q):
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
    """in 2018 · the 1990s · 2015-2016 · mid-2014."""
    i, j = page.tokens_of(q)
    if not q.plain or q.dimension or q.outer_start < q.start:
        return False
    top = q.high if q.bound == "range" else q.value
    if top is None or not 1000 <= top <= 2100 or (q.bound == "range" and q.low < 1000):
        return False
    before, noun = page.low(i - 1), page.noun_after(j)
    if before in DATED and not (before in ("of", "to", "for", "and") and noun and page.plural(noun)):
        return not (before == "the" and noun and page.plural(noun) and not 1900 <= top <= 2035)
    if (
        before in MONTHS
        or before in SEASONS
        or (before == "," and (page.low(i - 3) in MONTHS or page.low(i - 2) in MONTHS))
    ):
        return True
    if before in HYPHENS and page.glued(i):
        return True
    if 1900 <= top <= 2035:
        return not (noun and page.plural(noun)) or page.capital(j)
    return False


def _clock(q: Quantity, page: Page) -> bool:
    """7:45 · 6 p.m. · 14.00 local time · 0600 GMT."""
    i, j = page.tokens_of(q)
    if q.form == "clock":
        return page.low(i - 1) == "at" or page.low(j) in ZONES
    if q.dimension not in ("", "distance", "duration") or (q.value is None and q.bound != "range"):
        return False
    after = page.low(j)
    if (page.low(i - 1) == ":" and page.glued(i) and page.kind(i - 2) == "num") or (
        after == ":" and page.glued(j) and page.kind(j + 1) == "num" and page.glued(j + 1)
    ):
        return True
    if after in ("am", "pm", "gmt", "utc", "o'clock", "est", "edt", "bst", "ist", "cet") or (
        after == "local" and page.low(j + 1) == "time"
    ):
        return True
    if after in ("a", "p") and page.low(j + 1) == "." and page.low(j + 2) == "m":
        return True
    if (
        after in ("et", "hours")
        and page.kind(i) == "num"
        and len(page.low(i)) == 4
        and page.low(i).isdigit()
        and page.low(i)[0] in "012"
    ):
        return page.low(i - 1) in ("at", "around", "about", "between", "and", "by", "from", "(") and after == "hours"
    return (
        page.low(i - 1) == "at"
        and "." in page.low(i)
        and len(page.low(i).partition(".")[2]) == 2
        and after in ("on", "there", ",", ".", "local")
        and (q.value or 0) < 24
    )


def _age(q: Quantity, page: Page) -> bool:
    """aged 25 · 43 years old · a 25-year-old man · Amman, 20, · under 5 years of age."""
    i, j = page.tokens_of(q)
    before, after = page.low(i - 1), page.low(j)
    if before in ("aged", "age", "ages") or (
        before in ("of", "over", "under", "between", "about", "from") and page.low(i - 2) in ("age", "ages", "aged")
    ):
        return True
    if before in ("and", "to", "or") and page.previous_excluded(q) == "age":
        return page.noun_after(j) is None or q.dimension == "duration"
    k = j
    while k < j + 4 and (
        page.low(k) in ("year", "years", "month", "months", "week", "weeks", "day", "days") or page.low(k) in HYPHENS
    ):
        k += 1
    if k > j and page.low(k) in ("old", "olds"):
        if (page.low(k) == "old" and page.low(k - 1) in HYPHENS) or page.low(k + 1):
            noun = page.noun_after(k + 1)
            thing = (
                noun is not None
                and page.noun_class(noun) in ("infrastructure", "equipment", "events")
                and page.low(k - 1) in HYPHENS
            )
            abstract = noun is not None and page.low_of(noun) in (
                "uprising",
                "insurgency",
                "blockade",
                "conflict",
                "war",
                "law",
                "company",
                "siege",
                "crisis",
                "regime",
                "rule",
                "tradition",
                "agreement",
                "treaty",
            )
            return not (thing or abstract)
        return True
    if (after, page.low(j + 1)) == ("of", "age") or (page.low(k), page.low(k + 1)) == ("of", "age"):
        return True
    value = q.value
    if (
        value is None
        or q.dimension
        or value != int(value)
        or not 1 <= value <= 110
        or not (q.plain or q.form == "words")
    ):
        return False
    if q.plain and before == "," and after in (",", ".", ";", "and", ")", ":") and page.name_before(i - 1):
        return True
    if q.plain and before == "(" and after == ")" and page.name_before(i - 1):
        return True
    if (
        before in BE
        and (page.low(i - 2) in PRONOUNS)
        and after in (".", ",", ";", "and", "when", "years", "at", '"', "”", "gap", "")
    ):
        return True
    if before == "at" and after in (".", ",") and page.low(i - 2) in ("died", "dead", "dies", "retired"):
        return True
    return False


def _ordinal(q: Quantity, page: Page) -> bool:
    """a fifth person · a third from Germany: an order, no share."""
    i, j = page.tokens_of(q)
    if q.form != "fraction" or q.unit:
        return False
    last, after = page.low(j - 1), page.low(j)
    if page.low(i - 1) in (
        "first",
        "second",
        "third",
        "fourth",
        "last",
        "latter",
        "the",
        "this",
        "each",
        "next",
    ) and last in ("half", "quarter", "third", "quarters"):
        return True
    if last == "half" and ((after in HYPHENS and page.glued(j)) or (page.glued(i) and page.low(i - 1) in HYPHENS)):
        return True
    if last in ("half", "quarter") or last.endswith("s") or q.outer_start < q.start or q.value is None:
        return last == "quarter" and after in ("before", "past", "to", "final", "finals")
    if page.text[q.start : q.end][:1].isdigit() or last not in _ordinals():
        return False
    return not (
        after in ("of", "off", ".", ",", ";")
        or (after in ("by", "in", "to", "from") and page.low(i - 1) in ("by", "to", "about"))
    )


@functools.cache
def _ordinals() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("numerals") if r["kind"] in ("denominator", "ordinal"))


def _name(q: Quantity, page: Page) -> bool:
    """Resolution 2254 · Boeing 737 · base 17 · COVID-19 · Su-25 · Falcon 9 · 36 Quai X · @user1 · Lost 52 Project."""
    i, j = page.tokens_of(q)
    before = page.low(i - 1)
    if page.in_link(q):
        return True
    if (
        before in HYPHENS
        and page.glued(i)
        and page.glued(i - 1)
        and page.kind(i - 2) == "word"
        and page.low(i - 2) not in ("mid", "under", "pre")
    ):
        return not page.numeric(i - 2)
    if before == "#" or (before == "." and page.low(i - 2) in ("no", "nos", "nr") and q.plain):
        return True
    if q.outer_start < q.start or q.unit or q.dimension or q.bound == "vague":
        return False
    if (page.glued(j) and page.kind(j) == "word") and q.form == "digits":
        return True
    if before in _words("numbered") and (q.plain or page.kind(i) == "word") and not page.gap_between(i - 1, i):
        noun = page.noun_after(j)
        return not (noun is not None and page.plural(noun) and not page.capital(i - 1))
    if before in ("top", "hurricane") and page.noun_after(j) is None:
        return True
    if page.kind(i) == "word" and page.capital(i) and not page.opens_sentence(i):
        return page.capital(j) and page.kind(j) == "word" and not page.shouting(i)
    if (
        q.plain
        and page.kind(i - 1) == "word"
        and page.capital(i - 1)
        and not page.gap_between(i - 1, i)
        and not page.opens_sentence(i - 1)
    ):
        noun = page.noun_after(j)
        if noun is None or not page.plural(noun):
            return page.proper(i - 1) and not page.verbal_after(j) and not page.shouting(i - 1)
    if q.plain and page.kind(j) == "word" and page.capital(j) and page.low(j) in STREETS | {"quai", "rue"}:
        return True
    if q.plain and page.capital(j) and page.capital(j + 1) and page.low(j + 1) in STREETS:
        return True
    return False


def _code(q: Quantity, page: Page) -> bool:
    """Telephone and serial numbers, list numbers, counters, scores of games."""
    i, j = page.tokens_of(q)
    if q.dimension or q.form not in ("digits", "range"):
        return False
    raw = page.low(i)
    if raw.isdigit() and (len(raw) > 9 or (len(raw) > 1 and raw[0] == "0")):
        return True
    if (page.low(i - 1) == "+" and page.glued(i)) or raw == "0":
        return page.low(i - 1) == "+"
    if page.phone(i, j):
        return True
    if page.starts_line(i) and page.low(j) in (".", ")", ":") and q.plain and (q.value or 0) < 200:
        return page.kind(j + 1) == "word"
    if page.low(i - 1) == "(" and page.low(j) == ")" and q.plain and (q.value or 0) <= 20 and page.starts_line(i - 1):
        return True
    return False


def _score(q: Quantity, page: Page) -> bool:
    """3-1, 2–0, 45:24: the result of a game or a vote, never a range."""
    i, j = page.tokens_of(q)
    if not q.plain or q.dimension or q.outer_start < q.start:
        return False
    link_after = page.low(j) in DASHES and page.glued(j) and page.kind(j + 1) == "num" and page.glued(j + 1)
    link_before = page.low(i - 1) in DASHES and page.glued(i) and page.kind(i - 2) == "num" and page.glued(i - 1)
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
    """the two men · the three · those four: sets spoken of before."""
    i, j = page.tokens_of(q)
    if q.dimension or q.bound != "exact" or q.value is None or q.outer_start < q.start:
        return False
    k = i - 1
    while page.low(k) in ("other", "first", "last", "next", "final", "remaining"):
        k -= 1
    before = page.low(k)
    if before in ("these", "those") or (
        (before == "the" and k == i - 1) or (before == "the" and page.low(k + 1) in ("other", "remaining"))
    ):
        noun = page.noun_after(j)
        if noun is None:
            return page.low(j) != "%"
        if q.value > 20:
            return False
        return not page.described_after(noun)
    return False


def _one(q: Quantity, page: Page) -> bool:
    """ "one" counts only a victim or a thing lost."""
    if q.value != 1 or q.form != "words" or q.bound == "range":
        return False
    if q.dimension == "money":
        return False
    if q.dimension:
        return q.outer_start == q.start or (
            q.dimension == "duration" and page.text[q.start : q.end].lower() == "one" and q.bound == "exact"
        )
    return (page.low(page.tokens_of(q)[1]) in ("of",) and not page.harmed(q)) or not page.harmed(q)


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
    ("one", _one),
)
