"""Is a text English, and if not, what is it?

Of a long text its commonest words tell: in English news the, of, and, to make up 9 to 26 of 100 words. What that
leaves open, and every short text, goes to py3langid, which knows 139 languages; its model is loaded only then.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

WORD = re.compile(r"[^\W\d_]+")
COMMON = frozenset({"the", "of", "and", "to"})
ENGLISH = COMMON | {"said", "were", "people", "with", "from", "has", "have", "by", "at", "on", "he", "she", "it", "for"}
FEWEST = 40
"""Words below which a text is short."""
LEAST = 12
"""Letters below which nothing is said of a text."""
SURE, VERY_SURE = 0.6, 0.95
"""From which probability a text is of another language: one with no usual word of English, and one that has some."""
LIKE_ENGLISH = frozenset({"en", "pcm", "sco", "jam"})
"""Codes that English headlines are easily given: creoles of English, Scots."""
ALIKE = (frozenset({"bs", "hr", "sr"}), frozenset({"da", "nb", "nn", "no"}), frozenset({"id", "ms"}))
"""Languages so near each other that a short text may be any of them: what counts is how probable they are together."""
LOOKED_AT, LONGEST = 2000, 10_000
"""How many words are counted, and how many characters the identifier looks at."""


def reads_english(text: str, start: int = 0) -> bool | None:
    """True for English, False for another language, None where it cannot be told."""
    words = _words(text, start)
    share = sum(word in COMMON for word in words) / max(len(words), 1)
    if len(words) >= FEWEST and share >= 0.08:
        return True
    return False if _other(text, start, words) else None


def language(text: str, start: int = 0) -> str | None:
    """The ISO 639-1 code of the language that a text is in; None where it cannot be told."""
    if reads_english(text, start):
        return "en"
    return _other(text, start, _words(text, start))


def foreign(code: str) -> str:
    """What is to be said of an article in another language than English."""
    return f"reads like {_names().get(code, code)}, not English, which is what this package reads: little will be found"


def _words(text: str, start: int) -> list[str]:
    return [m.group().lower() for m in islice(WORD.finditer(text, start), LOOKED_AT)]


def _other(text: str, start: int, words: list[str]) -> str | None:
    """The code of the language other than English that a text is surely in, else None."""
    if sum(map(len, words)) < LEAST and text[start:].isascii():
        return None
    ranked = [(str(code), float(share)) for code, share in _identifier().rank(text[start : start + LONGEST])]
    code = ranked[0][0]
    near = next((group for group in ALIKE if code in group), {code})
    needed = VERY_SURE if ENGLISH & set(words) else SURE
    return code if code not in LIKE_ENGLISH and sum(share for c, share in ranked if c in near) >= needed else None


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@functools.cache
def _names() -> dict[str, str]:
    with importlib.resources.files(__package__).joinpath("languages.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["language"] for row in csv.DictReader(file)}
