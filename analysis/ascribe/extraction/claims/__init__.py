"""Attributions: who says what, by which words.

`find_claims(reading, prediction)` is the whole of it. What the network proposes becomes attributions (`proposals`);
everything else, names, kinds, parents, polarity, likelihood and dates, is derived from them (`describe`), so that
another engine can take its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ascribe.extraction.claims.brackets import bracketed
from ascribe.extraction.claims.describe import describe
from ascribe.extraction.claims.engine import RuleEngine
from ascribe.extraction.claims.proposals import attributions
from ascribe.extraction.claims.signed import signed
from ascribe.extraction.model import Prediction, predict
from ascribe.extraction.records import Attribution, Claim
from ascribe.language.reading import Reading

__all__ = ["DEFAULT", "Engine", "find_claims", "propose"]

PROPOSED = 0.38
"""The confidence from which the rules' claims are shown to the network."""

DEFAULT = 0.4
"""The confidence below which a proposed claim is dropped: where precision and recall balance on held-out articles.

Raise it for fewer and surer claims; `Claim.confidence` lets a user cut later as well.
"""


def propose(reading: Reading) -> list[Attribution]:
    """The attributions that rules find: what the network is shown as a hint."""
    named = list(signed(reading))
    taken = {a.content[0][0] for a in named}
    ruled = [a for a in RuleEngine(PROPOSED).attributions(reading) if a.cue or a.content[0][0] not in taken]
    return [*ruled, *bracketed(reading), *named]


class Engine(Protocol):
    """What finds attributions: an article in, spans of source, cue and content out."""

    def attributions(self, reading: Reading) -> list[Attribution]:
        """The attributions of one article, in text order."""
        ...


def find_claims(
    reading: Reading,
    prediction: Prediction | None = None,
    proposed: Sequence[Attribution] | None = None,
    *,
    engine: Engine | None = None,
    threshold: float = DEFAULT,
) -> list[Claim]:
    """Every claim of one article, in text order.

    `prediction` is what the network says of the article and `proposed` what the rules do (both made here where they are
    not given); `engine` finds the attributions in their place. Those whose confidence is below `threshold` (0 to 1) are
    left out.
    """
    if engine is not None:
        found = engine.attributions(reading)
    else:
        proposed = propose(reading) if proposed is None else proposed
        found = attributions(reading, prediction or predict(reading, (), proposed), proposed, threshold)
    return describe(reading, [a for a in found if a.confidence >= threshold])
