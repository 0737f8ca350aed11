"""Who has spoken so far in an article: what pronouns and descriptions look back to."""

from __future__ import annotations

import bisect

from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.cast import Entity

Named = tuple[str, Entity | None]
"""A source's fullest name in the article, and its entity where a proper name names it."""


class Floor:
    """The turns of an article in text order, each `(token, name, entity)`."""

    def __init__(self) -> None:
        self.turns: list[tuple[int, str, Entity | None]] = []

    def take(self, token: int, name: str, entity: Entity | None) -> None:
        if not any(c.isalpha() for w in name.split() if w.lower() not in lexicon.calendar() for c in w):
            return  # "2017" speaks for nobody
        bisect.insort(self.turns, (token, name, entity), key=lambda t: t[0])

    def before(self, token: int, most: int) -> list[tuple[int, str, Entity | None]]:
        """The last `most` turns that begin before `token`, the latest first."""
        k = bisect.bisect_left(self.turns, token, key=lambda t: t[0])
        return self.turns[max(0, k - most) : k][::-1]

    def last(self, token: int) -> Named | None:
        """Who spoke last before `token`."""
        return next(((name, entity) for _, name, entity in self.before(token, 1)), None)

    def spoke(self, entity: Entity, token: int, most: int = 12) -> int:
        """The token at which the entity last spoke before `token`, or -1."""
        return next((at for at, _, e in self.before(token, most) if e is entity), -1)
