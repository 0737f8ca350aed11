"""Who is speaking where: the quotation that a mention stands in, and its speaker."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from ascribe.extraction.records import Attribution, Span
from ascribe.extraction.sources.cast import Cast, Entity
from ascribe.extraction.sources.floor import Named
from ascribe.extraction.sources.view import View

NEAR = 60
"""How many attributions back a quotation that holds a mention is looked for."""


class Voices:
    """The attributions of one article by where they stand. `resolve` names the source at a span of characters."""

    def __init__(
        self, view: View, cast: Cast, attributions: Sequence[Attribution], resolve: Callable[[Span], Named]
    ) -> None:
        self.view, self.cast, self.resolve = view, cast, resolve
        self.attributions = sorted((a for a in attributions if a.source and a.content), key=lambda a: a.content)
        self.openings = [a.content[0][0] for a in self.attributions]
        self.contents: dict[Span, tuple[Span, ...]] = {}
        for a in self.attributions:
            self.contents.setdefault(a.source, a.content)

    def around(self, span: Span) -> Attribution | None:
        """The innermost attribution in whose content the characters `span` stand."""
        k = bisect.bisect_right(self.openings, span[0])
        near = self.attributions[max(0, k - NEAR) : k]
        inside = [a for a in near if a.source != span and any(s <= span[0] < e for s, e in a.content)]
        return min(inside, key=lambda a: sum(e - s for s, e in a.content), default=None)

    def speaker(self, span: Span) -> Named | None:
        """Who says "I" or "we": the source of the attribution that the pronoun stands in."""
        around = self.around(span)
        return self.resolve(around.source) if around else None

    def relative(self, i: int) -> Named | None:
        """The name that "who" at token `i` follows."""
        for name in reversed(self.cast.inside(max(0, i - 6), i)):
            entity = self.cast.of.get(name.start)
            if entity and all(not w.isalpha() or w in ("of", "the") for w in self.view.lower[name.end : i]):
                return entity.name, entity
        return None

    def mouth(self, span: Span) -> Entity | None:
        """Who speaks the direct quotation that the characters stand in: who would say "I" there, not "he"."""
        around = self.around(span)
        if not around or around.source >= span:
            return None
        begin = next(s for s, e in around.content if s <= span[0] < e)
        return self.resolve(around.source)[1] if self.view.quoted(begin) else None

    def opened(self, span: Span) -> int:
        """The first token of the direct quotation that the characters stand in, or 0."""
        around = self.around(span)
        if not around:
            return 0
        begin = next(s for s, e in around.content if s <= span[0] < e)
        return self.view.reading.tokens(begin, span[1]).start if self.view.quoted(begin) else 0
