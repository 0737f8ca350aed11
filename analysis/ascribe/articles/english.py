"""Is a text English? Told by its commonest words alone: cheap, and sure where it speaks at all.

In English news the, of, and, to make up 9 to 26 of 100 words; in other languages that write Latin letters hardly any of
them are words at all. Texts between the two shares are left undecided, and short ones unless they have no such word
and either another script or several of the commonest words of another language.
"""

from __future__ import annotations

import collections
import csv
import functools
import importlib.resources
import re
from itertools import islice

WORD = re.compile(r"[^\W\d_]+")
COMMON = frozenset({"the", "of", "and", "to"})
ENGLISH = COMMON | {"said", "were", "people", "with", "from", "has", "have", "by", "at", "on", "he", "she", "it", "for"}
FEWEST, LEAST = 40, 5
"""Words below which a text is short, and below which nothing is said of it."""
LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
LOOKED_AT = 2000


def reads_english(text: str, start: int = 0) -> bool | None:
    """True for English, False for another language, None where it cannot be told."""
    words = [m.group().lower() for m in islice(WORD.finditer(text, start), LOOKED_AT)]
    if len(words) < FEWEST:
        return False if len(words) >= LEAST and foreign(words) else None
    share = sum(word in COMMON for word in words) / len(words)
    if share >= 0.08:
        return True
    return False if share < 0.02 and len(words) >= 1.5 * FEWEST else None


def foreign(words: list[str]) -> bool:
    """Whether a short text is none of English: no usual word of it, and another script or another language's words."""
    if ENGLISH & set(words):
        return False
    if sum(not LATIN.match(word) for word in words) > 0.6 * len(words):
        return True
    met = collections.Counter(language for word in set(words) for language in languages_of().get(word, ()))
    return max(met.values(), default=0) >= 3


@functools.cache
def languages_of() -> dict[str, tuple[str, ...]]:
    """The languages of which a word is one of the commonest."""
    found: dict[str, tuple[str, ...]] = {}
    with importlib.resources.files(__package__).joinpath("foreign.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["word"]] = (*found.get(row["word"], ()), row["language"])
    return found
