"""Where two noun phrases touch because the comma between them was lost: "wounding nine guards witnesses said".

Scraped news has often lost its commas. The parser then takes both phrases for one, and the dead become the speakers.
"""

from __future__ import annotations

import functools

from ascribe.extraction.claims.tree import Tree
from ascribe.extraction.claims.words import days, roles, word_class
from ascribe.extraction.lexicons import rows

COMMON = frozenset({"NN", "NNS", "JJ"})


@functools.cache
def _demonyms() -> frozenset[str]:
    """Adjectives of countries in one word, as written: Norwegian, Peruvian."""
    names = {a for r in rows("countries") for a in r["adjectives"].split("|")}
    return frozenset(a for a in names if " " not in a)


def first_phrase(t: Tree, i: int, j: int) -> int:
    """Where the first of the phrases in `[i, j)` ends: `j` itself where it is one."""
    return next((p for p in range(i + 1, j) if _touch(t, i, p, j)), j)


def last_phrase(t: Tree, i: int, j: int) -> int:
    """Where the last of the phrases in `[i, j)` begins: `i` itself where it is one."""
    start = next((p for p in range(j - 1, i, -1) if _touch(t, i, p, j)), i)
    if start + 1 < j and t.lower[start] in days() and informants(t, start + 1, j):
        start += 1  # "In May medics said …"
    return start


def _touch(t: Tree, i: int, p: int, j: int) -> bool:
    """Whether one phrase ends and another begins at `p`, with nothing to part them."""
    before = "NNP" if t.words[p - 1][:1].isupper() and t.tags[p - 1] == "NN" else t.tags[p - 1]
    if before in {"NNS", "VBZ"} and t.lower[p] in word_class("myriad"):
        return True  # "According to medics hundreds of families …"
    if p == j - 1 and before in {"NNP", "NN"} and _initials(t.words[p]) and "IN" in t.tags[max(0, i - 1) : p - 1]:
        return not _initials(t.words[p - 1]) and t.lower[p - 1] not in roles()  # "six sailors off Orvan KNA said"
    if before == "NNP" and p - 1 > i and t.tags[p - 2] == "IN" and t.words[p] in _demonyms():
        return p + 1 < j and t.words[p + 1].islower()  # "… a bridge near Orvan Norwegian public radio"
    counted = any(t.tags[k] == "CD" for k in range(i, p - 1))
    if before == "NNS" and counted and t.tags[p] == "CD" and informants(t, p + 1, j):
        return True  # "wounding nine more guards two witnesses said"
    if not counted or not informants(t, p, j):
        return False
    if before == "NNS":
        people = roles().get(t.lower[p - 1]) == "people" or t.tags[p - 2] == "CD"
        return t.tags[p - 2] != "IN" and people and t.lower[p - 1] not in word_class("plural modifier")
    return before == "NNP" and t.tags[p - 2] == "IN"  # "60 miners in Orvan aid workers"


def _initials(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word.isupper()


def informants(t: Tree, p: int, j: int) -> bool:
    """Whether `[p, j)` is a bare plural of people who tell: "residents", "rights groups"."""
    plain = all(t.tags[k] in COMMON and t.words[k].islower() for k in range(p, j))
    return p < j and plain and t.tags[j - 1] == "NNS" and roles().get(t.lower[j - 1]) == "people"
