"""A text's tokens, and how to look around in them."""

from __future__ import annotations

import functools
import re

from ascribe.extraction.figures.tokens import HYPHENS, tokenize
from ascribe.extraction.lexicons import rows

LINK = re.compile(r"(?:https?://|www\.)\S++|[@#]\w++")


Phrase = tuple[str, ...]


class Table:
    """A lexicon of phrases as tokens in lower case, with the cells beside them; found by their first or last token."""

    def __init__(self, name: str, *places: str) -> None:
        self.phrases: dict[Phrase, Phrase] = {}
        for row in rows(name):
            phrase, *rest = row.values()
            if not places or row["place"] in places:
                self.phrases.setdefault(tuple(t.low for t in tokenize(phrase)), tuple(rest))
        self.firsts: dict[str, int] = {}
        self.lasts: dict[str, int] = {}
        for phrase in self.phrases:
            self.firsts[phrase[0]] = max(len(phrase), self.firsts.get(phrase[0], 0))
            self.lasts[phrase[-1]] = max(len(phrase), self.lasts.get(phrase[-1], 0))


@functools.cache
def table(name: str, *places: str) -> Table:
    """The lexicon `name`, or its rows whose `place` is one of `places`."""
    return Table(name, *places)


class Cursor:
    """A text's tokens by index; beyond the ends there are empty gaps."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self._lows = [t.low for t in self.tokens]
        self.end = len(self.tokens)
        """Tokens from here on are not looked at (all are, unless a part of the text is read by itself)."""
        self.links = [m.span() for m in LINK.finditer(text)]

    def low(self, i: int) -> str:
        """The token in lower case, "" beyond the ends."""
        return self._lows[i] if 0 <= i < self.end else ""

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if 0 <= i < self.end else "gap"

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
        return self.low(i) == lows[0] and all(self.low(i + n) == low for n, low in enumerate(lows))

    def match(self, name: str, i: int, *places: str) -> tuple[int, Phrase] | None:
        """The longest phrase of a lexicon that starts at token `i`: the token after it, and the row's other cells."""
        lexicon = table(name, *places)
        most = lexicon.firsts.get(self.low(i))
        if most is None:
            return None
        for length in range(min(most, len(self.tokens) - i), 0, -1):
            row = lexicon.phrases.get(tuple(self._lows[i : i + length]))
            if row is not None and not (length > 1 and self.kind(i + length - 1) == "num" and not self.glued(i + 1)):
                return i + length, row  # "km2", not the "km 2" of "10 km 2 days later"
        return None

    def match_back(self, name: str, k: int, *places: str) -> tuple[int, Phrase] | None:
        """The longest phrase of a lexicon that ends with token `k`: its length, and the row's other cells."""
        lexicon = table(name, *places)
        most = lexicon.lasts.get(self.low(k))
        if most is None:
            return None
        for length in range(min(most, k + 1), 0, -1):
            row = lexicon.phrases.get(tuple(self._lows[k - length + 1 : k + 1]))
            if row is not None:
                return length, row
        return None
