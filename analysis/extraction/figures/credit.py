"""Who stands behind a figure: the source of the innermost claim whose content holds it."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from analysis.extraction.figures.page import Page
from analysis.extraction.figures.quantity import Quantity
from analysis.extraction.records import Claim


class Credits:
    """The claims of one article, to be asked which one holds a figure."""

    def __init__(self, page: Page, claims: Sequence[Claim]) -> None:
        self.page = page
        self.claims = [c for c in claims if c.content]
        self._sentences = [page.reading.span(s)[0] for s in page.reading.sentences if len(s)]

    def claim_of(self, q: Quantity) -> Claim | None:
        """The innermost claim whose content holds `q`, or None where the article speaks in its own voice."""
        holding = [
            (sum(e - s for s, e in c.content), c.source_name is None, n)
            for n, c in enumerate(self.claims)
            if any(s <= q.start and q.end <= e for s, e in c.content)
        ]
        if not holding:
            return None
        return self.claims[min(holding)[2]]

    def sentence(self, char: int) -> int:
        return bisect.bisect_right(self._sentences, char)

    def credit_of(self, q: Quantity, claim: Claim) -> str:
        """`explicit` where the crediting words stand in the figure's own sentence, else `carried`."""
        if claim.source_name is None:
            return "none"
        here = self.sentence(q.start)
        spans = [s for s in (claim.source_span, claim.cue_span) if s]
        return "explicit" if any(self.sentence(s[0]) == here for s in spans) else "carried"
