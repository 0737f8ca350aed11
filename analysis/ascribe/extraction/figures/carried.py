"""Categories of numbers that stand without a noun, from the words that govern them or from the count they go on with.

"put personnel losses at about 94,760" names what is counted in the verb's object; "the total rose by 16,970", "they
come to 60,000" and "up from 30,500" go on with a count named before; "of the dead, 2,686 were men" names it first.
"""

from __future__ import annotations

from collections.abc import Sequence

from ascribe.extraction.figures.cues import HARMS, nouns
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.records import Figure
from ascribe.extraction.sources import words as world

NAMED = listed("carried_named")  # nouns that name a harm by themselves
GROUPS = listed("carried_groups")  # adjectives and participles that name one after a determiner: "the wounded"
DETERMINERS = listed("carried_determiners")
TOTALS = listed("carried_totals")  # words that stand for a count named before
COUNTS = listed("carried_counts")  # "the number of tanks"
ENDS = (".", "!", "?", ";", "gap")
THINGS = ("equipment", "infrastructure", "events", "personnel", "displaced")
CARRIED = (*HARMS, "equipment", "infrastructure")
CARRIED_PARTS = (*CARRIED, "events")
LEAST = 10  # smaller numbers without a noun are pronouns more often than counts
REACH = 45
FAR = 110
ABOVE = 300  # tokens above "the total of personnel" in which losses are what it is about
LIST = 160  # tokens of a list that its heading holds for
Origin = tuple[str, int | Figure]


def governed(q: Quantity, page: Page, before: Sequence[Figure]) -> str | None:
    """The category that the words before a number without a noun give it, or None."""
    size = q.value if q.value is not None else q.high
    if q.dimension or size is None or size < LEAST or page.phrase_of(q):
        return None
    if page.low(page.end_of(q)) == "per":
        return None  # a rate: "a limit of 100 per boat"
    if page.low(page.end_of(q)) in ("were", "was", "are", "is", "have", "has", "had"):
        return None  # a subject: its own verb tells what befell it
    if (whole := _sum(q, before)) is not None:
        return whole
    found = origin(q, page, before)
    return found[0] if found else None


def origin(q: Quantity, page: Page, before: Sequence[Figure]) -> Origin | None:
    """What the words before a number say it counts: a harm, with the token or the figure that tells it."""
    first = page.index(q.outer_start) - 1
    last = before[-1] if before else None
    if (
        last is not None
        and (last.category, last.counted) == ("other", "people")
        and page.same_sentence(last.end, q.start)
    ):
        return None  # "built for 20,000 people and now holds 63,000"
    if (told := _subject(page, first)) is not None:
        return told
    return _nearest(page, first, before, within=True) or (
        _nearest(page, first, before, within=False) if _resumes(page, first) else None
    )


def _subject(page: Page, k: int) -> Origin | None:
    """It stood at 1,811 on Sunday: the harm that the sentence before has for its subject."""
    near = max(-1, k - FAR)
    while k > near and page.low(k) not in ENDS:
        k -= 1
    if page.low(k + 1) != "it" or page.low(k) != ".":
        return None
    start = k - 1
    while start >= 0 and k - start < FAR and (page.low(start) not in ENDS or page.glued(start)):
        start -= 1
    for m in range(start + 1, k):
        if page.low(m) in NAMED and (found := _harm(page, m)):
            return found, m
        if page.verbal(m):
            return None
    return None


def lost(q: Quantity, page: Page) -> str | None:
    """Losses stand at 105,960 personnel; casualties reached 400 soldiers: the subject tells the harm."""
    k = page.index(q.outer_start) - 1
    if (heading := headed(page, k)) is not None:
        return nouns()[page.low(heading)]
    if page.low(k) not in ("at", "to", "by"):
        return None
    for m in range(k - 1, max(-1, k - 24), -1):
        if page.kind(m) in ("num", "gap") or page.low(m) in ENDS:
            return None
        if page.low(m) in ("losses", "casualties"):
            return nouns()[page.low(m)]
    return None


def headed(page: Page, k: int) -> int | None:
    """The "losses" that head the list in which token `k` stands: "Russia's losses: 90 soldiers; tanks – 12 (+2)"."""
    colon = False
    for m in range(k, max(-1, k - LIST), -1):
        if page.kind(m) == "gap" or page.low(m) in ("!", "?") or (page.low(m) == "." and not page.glued(m)):
            return None
        if page.low(m) == "." and page.kind(m - 1) != "num":
            return None
        colon = colon or page.low(m) == ":"
        if colon and page.low(m) in ("losses", "casualties"):
            return m
    return None


def opened(q: Quantity, page: Page) -> str | None:
    """Of the dead, 2,686 were men, 1,822 women: the harm of the group that the sentence is about."""
    k = page.index(q.outer_start) - 1
    for m in range(k, max(-1, k - REACH), -1):
        if page.low(m) in ("of", "among") and page.opens_sentence(m):
            return _group(page, m + 1)
        if page.low(m) in ENDS or page.kind(m) == "gap":
            return None
    return None


def again(q: Quantity, page: Page, before: Sequence[Figure]) -> str | None:
    """The category of a count named before that a number is a part of: "18 of the 27", "Three were firemen"."""
    i, j, last = page.index(q.outer_start), page.end_of(q), before[-1] if before else None
    if page.low(j) == "of" and page.low(j + 1) in ("the", "these", "those") and page.kind(j + 2) == "num":
        named = page.written(j + 2)
        return next((f.category for f in reversed(before) if f.number == named and f.category in CARRIED_PARTS), None)
    if last is None or last.category not in HARMS or q.start - last.end > FAR:
        return None
    if page.follows(i - 2, "if", "not"):
        return last.category  # killed hundreds, if not thousands
    phrase = page.phrase_of(q)
    if not phrase and page.opens_sentence(i) and page.low(j) in ("were", "are"):
        told = page.phrase_after(j + 1)
        return last.category if told and page.noun_class(told[-1]) in ("person", "personnel") else None
    if phrase and page.low(i - 1) in ("include", "includes", "included") and page.noun_class(phrase[-1]) == "person":
        for m in range(i - 2, max(-1, i - 8), -1):
            if page.low(m) in ENDS or page.kind(m) in ("gap", "num"):
                return None
            if page.low(m) in TOTALS:
                return last.category
    return None


def _group(page: Page, k: int) -> str | None:
    """The harm of "the dead," "those killed," "the 20 wounded," from token `k` on."""
    if page.low(k) not in ("the", "those", "these", "its", "their"):
        return None
    for n in range(k + 1, k + 5):
        if page.low(n) == ",":
            return _harm(page, n - 1)
    return None


def _harm(page: Page, m: int) -> str | None:
    """The harm that token `m` names as a noun."""
    low = page.low(m)
    if low in NAMED:
        return "killed" if low in ("toll", "tolls") else nouns().get(low)
    if low not in GROUPS:
        return None
    if page.low(m - 1) == "and" and page.low(m - 2) in GROUPS:
        owner = page.low(m - 3)
        return "casualties" if owner in DETERMINERS or owner.endswith(("'s", "s'")) else None
    own = page.low(m - 1)
    demonyms = world.demonyms()  # the number of dead Russians · Russian dead
    named = (page.capital(m + 1) and page.low(m + 1) in demonyms) or (
        page.capital(m - 1) and page.low(m - 1) in demonyms
    )
    named = (
        named or own in DETERMINERS or own.endswith(("'s", "s'")) or page.low(m - 2) in DETERMINERS or own == "those"
    )
    return ("killed" if low == "killed" else nouns().get(low)) if named else None


def _nearest(page: Page, k: int, before: Sequence[Figure], within: bool) -> Origin | None:
    """The harm named or counted nearest before token `k`, in the sentence or (not `within`) before it."""
    last, gaps = len(before) - 1, 0
    for m in range(k, max(-1, k - (REACH if within else FAR)), -1):
        if page.kind(m) == "gap" or (within and page.low(m) in ENDS):
            gaps += 1
            if within or gaps > 1:
                return None
            continue
        at = page.tokens[m].start
        while last >= 0 and before[last].end > at:
            if before[last].category in CARRIED:
                return before[last].category, before[last]
            if not within and before[last].category == "other" and not before[last].counted:
                return None  # a count of something else has come between
            last -= 1
        if (within or page.low(m) in NAMED) and (found := _harm(page, m)):
            return found, m
        if page.low(m) in COUNTS and page.low(m + 1) == "of":
            for n in range(m + 2, min(m + 6, k + 1)):
                token = page.parsed(n)
                kind = page.noun_class(token) if token is not None else None
                if page.low(n) == "personnel" and any(page.low(x) == "losses" for x in range(max(0, m - ABOVE), m)):
                    return "losses", n  # "the total of personnel" of an article on losses
                if kind in THINGS:
                    return kind, n
    return None


def _resumes(page: Page, k: int) -> bool:
    """Whether the words before a number speak of a count named before: "the total rose by", "they come to"."""
    for m in range(k, max(-1, k - 24), -1):
        if page.low(m) in ENDS or page.kind(m) == "gap":
            return False
        if page.low(m) in TOTALS:
            return True
    return False


def _sum(q: Quantity, before: Sequence[Figure]) -> str | None:
    """61,207 dead and 49,368 wounded, 110,575 in all: the killed and the wounded together are casualties."""
    if len(before) < 2 or q.value is None or before[-2].value is None or before[-1].value is None:
        return None
    pair = {before[-2].category, before[-1].category}
    return "casualties" if pair == {"killed", "wounded"} and before[-2].value + before[-1].value == q.value else None
