"""Whether two noun phrases count the same things: "Russian tanks" are tanks, "armoured vehicles" no "fuel tanks"."""

from __future__ import annotations

import functools
import re

from ascribe.findings.reading_series import table

JOINED = re.compile(r"\b(?:and|or)\b|,|/")
MOSTLY = re.compile(r"\b(?:mostly|mainly|largely|including|among)\b", re.IGNORECASE)
"""What follows tells only of some: "civilians, mostly women"."""
WORD = re.compile(r"[^\W\d_]+")


@functools.lru_cache(maxsize=65536)
def kinds(phrase: str) -> tuple[frozenset[str], ...]:
    """The kinds of thing that a phrase names, each as a set of words without plural endings."""
    found = (frozenset(_singular(w) for w in WORD.findall(part.lower())) for part in JOINED.split(phrase))
    return tuple(k for k in found if k)


@functools.lru_cache(maxsize=65536)
def people(phrase: object, whose: object = None) -> str | None:
    """What sort of people a phrase counts (soldiers, civilians, children …; `data/people.csv`), None where not told."""
    known = {row["word"]: row["kind"] for row in table("people")}
    told = [MOSTLY.split(t)[0] for t in (phrase, whose) if isinstance(t, str)]
    return next((known[w] for text in told for w in reversed(WORD.findall(text.lower())) if w in known), None)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def likeness(phrase: object, theirs: object) -> float:
    """How alike the things of two phrases are: 1 for the same words, 0 for other things or where one is not told.

    Things are alike where the words of one kind named by `theirs` all stand in a kind of `phrase`.
    """
    if not isinstance(phrase, str) or not isinstance(theirs, str):
        return 0.0
    if not any(b <= a for a in kinds(phrase) for b in kinds(theirs)):
        return 0.0
    a, b = (frozenset().union(*kinds(p)) for p in (phrase, theirs))
    return round(len(a & b) / len(a | b), 3)
