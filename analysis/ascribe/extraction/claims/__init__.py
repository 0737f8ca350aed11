"""Attributions: who says what, by which words.

`find_claims(reading)` is the whole of it. An `Engine` finds the attributions (the package's own: rules over the parse
with a learned filter); everything else, names, kinds, parents, polarity, likelihood and dates, is derived from them, so
that another engine can take its place.
"""

from __future__ import annotations

from ascribe.extraction.claims.describe import describe
from ascribe.extraction.claims.engine import Engine, RuleEngine
from ascribe.extraction.records import Claim
from ascribe.language.reading import Reading

__all__ = ["DEFAULT", "Engine", "RuleEngine", "find_claims"]

DEFAULT = 0.38
"""The confidence below which a proposed claim is dropped: where precision and recall balance on held-out articles.

Raise it for fewer and surer claims; `Claim.confidence` lets a user cut later as well.
"""


def find_claims(reading: Reading, *, engine: Engine | None = None, threshold: float = DEFAULT) -> list[Claim]:
    """Every claim of one article, in text order.

    `engine` finds the attributions in place of the package's own; those whose confidence is below `threshold` (0 to 1)
    are left out.
    """
    found = (engine or RuleEngine(threshold)).attributions(reading)
    return describe(reading, [a for a in found if a.confidence >= threshold])
