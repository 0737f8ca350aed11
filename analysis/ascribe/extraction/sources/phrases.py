"""The shape of a noun phrase: its head, its complements, whether it stands for one, for many, for a person."""

from __future__ import annotations

import re

from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.cast import Cast
from ascribe.extraction.sources.names import NOMINAL
from ascribe.extraction.sources.view import POSSESSIVES, View

BRACKET = re.compile(r"\s*\([^()]*\)")
HEAD_ENDS = re.compile(r"[,(]|\s(?:of|for|from|in|at|by|on|with|within|to|close|near|who|which|whose|that)\s")
LONGEST = 30
"""How many tokens back from its head a noun phrase reaches at most."""
VERBS = frozenset(("VBD", "VBZ", "VBP", "WP", "WDT", "MD", "RP"))


def head(view: View, cast: Cast, i: int, j: int) -> tuple[int, int]:
    """The last token of the phrase's head noun, and where its complements begin."""
    names = {n.start: n.end for n in cast.inside(i, j)}
    k = i
    while k < j:
        if k in names and names[k] <= j:
            k = names[k]
        elif view.hyphened[k] and k + 1 < j:
            k += 2
        elif (k > i and view.lower[k] in lexicon.PREPOSITIONS) or view.text[k] in ("(", ",") or view.tag[k] in VERBS:
            break
        elif (
            view.tag[k] in ("VBG", "VBN")
            and k > i
            and view.tag[k - 1] in ("NN", "NNS", "NNP", "NNPS")
            and not (k + 1 < j and view.tag[k + 1] in ("NN", "NNS", "NNP", "HYPH"))
        ):
            break  # "data collected by …"
        else:
            k += 1
    stop = max(k, i + 1)
    return stop - 1, stop


def begin(view: View, k: int) -> int:
    """Where the noun phrase whose head ends at token `k` begins."""
    s = view.first_of(k)
    first = max(0, s - LONGEST)
    while (
        s > first
        and view.sentence[s - 1] == view.sentence[k]
        and (view.tag[s - 1] in NOMINAL - {"CD", "VBG"} or view.lower[s - 1] in POSSESSIVES or view.hyphened[s - 1])
    ):
        s -= 1
    return s


def end(view: View, cast: Cast, k: int) -> int:
    """Where the noun phrase whose head ends at token `k` ends: after a name that "of", "from" … bring."""
    e = k + 1
    if e >= len(view) or view.lower[e] not in ("of", "from", "for", "by", "at", "in", "within"):
        return e
    for name in cast.inside(e + 1, e + 4):
        if all(w in lexicon.DETERMINERS for w in view.lower[e + 1 : name.start]):
            e = name.end
            while e + 1 < len(view) and view.lower[e] == "and" and (more := cast.inside(e + 1, e + 3)):
                e = more[0].end
            return e
    return k + 1


JOINING = frozenset(("of", "from", "for", "by", "at", "in", "within"))
WIDEST = 12
"""How many tokens after its head a noun phrase reaches at most."""


def full(view: View, k: int) -> int:
    """Where the noun phrase whose head ends at token `k` ends, with what "of", "by", "studying" … add to it."""
    e = k + 1
    while e + 1 < len(view) and e - k < WIDEST and view.sentence[e + 1] == view.sentence[k]:
        f = e
        if view.tag[f] in ("VBN", "VBG") and (view.tag[f] == "VBG" or view.lower[f + 1] in JOINING):
            f += view.lower[f + 1] in JOINING
        elif view.lower[f] not in JOINING:
            break
        f += 1
        while f < len(view) and (view.lower[f] in lexicon.DETERMINERS or view.lower[f] in lexicon.OWNING):
            f += 1
        first = f
        while f < len(view) and (
            view.tag[f] in NOMINAL or view.hyphened[f] or (f > first and view.lower[f] in POSSESSIVES)
        ):
            f += 1
        if f == first or view.lower[first] in lexicon.calendar() or view.sentence[f - 1] != view.sentence[k]:
            break
        e = f
    return e


def content(view: View, i: int, j: int) -> set[str]:
    return {w for w in view.lower[i:j] if w not in lexicon.DETERMINERS}


def plain(view: View, i: int, j: int) -> str:
    """The phrase as it stands, without "the", brackets and what "who" adds."""
    if view.lower[i] in lexicon.DEFINITE and j - i > 1:
        i += 1
    k = i + 1
    while k < j and view.lower[k] not in ("who", "which", "whose"):
        k += 1
    return BRACKET.sub("", view.words(i, k)).strip(" ,;:") or view.words(i, j)


def headword(name: str) -> str:
    return (HEAD_ENDS.split(name.lower(), maxsplit=1)[0].split() or [""])[-1]


def plural(name: str) -> bool:
    """Whether a description stands for several people ("trusted sources", "A and B")."""
    found = lexicon.role(headword(name))
    return " and " in name or (found is not None and found.cls == "people")


def human(name: str) -> bool:
    """Whether a description stands for one person ("a hospital spokesperson")."""
    found = lexicon.role(headword(name))
    return " and " not in name and found is not None and found.cls == "person"
