"""A text's tokens, and how to look around in them."""

from __future__ import annotations

import functools
import re

from analysis.extraction.figures.tokens import HYPHENS, Token, tokenize
from analysis.extraction.lexicons import rows

LINK = re.compile(r"(?:https?://|www\.)\S++|[@#]\w++")


@functools.cache
def table(name: str, *places: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """A lexicon of phrases: their tokens in lower case, with the cells beside them (of rows in one of `places`)."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows(name):
        phrase, *rest = row.values()
        if not places or row["place"] in places:
            found.setdefault(tuple(t.low for t in tokenize(phrase)), tuple(rest))
    return found


@functools.cache
def longest(name: str, *places: str) -> int:
    """How many tokens the longest phrase of a lexicon has."""
    return max(map(len, table(name, *places)))


class Cursor:
    """A text's tokens by index; beyond the ends there are empty gaps."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.links = [m.span() for m in LINK.finditer(text)]

    def low(self, i: int) -> str:
        """The token in lower case, "" beyond the ends."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else "gap"

    def written(self, i: int, j: int | None = None) -> str:
        """The characters of token `i`, or of the tokens [i, j)."""
        j = i + 1 if j is None else j
        return self.text[self.tokens[i].start : self.tokens[j - 1].end] if 0 <= i < j <= len(self.tokens) else ""

    def glued(self, i: int) -> bool:
        """Whether nothing stands between token `i` and the one before it."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def past_hyphen(self, i: int) -> int:
        """The token after `i`, where `i` is a hyphen within a word ("twenty-one"), else `i`."""
        if self.low(i) in HYPHENS and self.kind(i + 1) in ("word", "num") and self.glued(i + 1) == self.glued(i):
            return i + 1
        return i

    def follows(self, i: int, *lows: str) -> bool:
        """Whether the tokens from `i` on are these."""
        return all(self.low(i + n) == low for n, low in enumerate(lows))

    def match(self, name: str, i: int, *places: str) -> tuple[int, tuple[str, ...]] | None:
        """The longest phrase of a lexicon that starts at token `i`: the token after it, and the row's other cells."""
        phrases = table(name, *places)
        for length in range(min(longest(name, *places), len(self.tokens) - i), 0, -1):
            row = phrases.get(tuple(t.low for t in self.tokens[i : i + length]))
            if row:
                return i + length, row
        return None

    def match_back(self, name: str, k: int, *places: str) -> tuple[int, tuple[str, ...]] | None:
        """The longest phrase of a lexicon that ends with token `k`: its length, and the row's other cells."""
        phrases = table(name, *places)
        for length in range(min(longest(name, *places), k + 1), 0, -1):
            row = phrases.get(tuple(t.low for t in self.tokens[k - length + 1 : k + 1]))
            if row:
                return length, row
        return None
