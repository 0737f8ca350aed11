"""From the network's scores to probabilities that mean what they say, by curves learned on articles it had not seen."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Sequence

from ascribe.extraction.model.encoder import FOLDER, Proposal

LIMIT = 1e-4


def logit(probability: float) -> float:
    """The log odds, kept finite."""
    p = min(max(float(probability), LIMIT), 1 - LIMIT)
    return math.log(p / (1 - p))


def claim_features(proposal: Proposal) -> list[float]:
    """What a claim's confidence is judged by: its cue, its source, its content, and whether a source is named."""
    return [
        logit(proposal.cue_probability),
        logit(proposal.source_probability),
        logit(proposal.content_probability),
        float(proposal.source is None),
    ]


@functools.cache
def _weights() -> dict[str, list[float]]:
    return json.loads((FOLDER / "settings.json").read_text(encoding="utf-8"))["weights"]


def confidence(kind: str, features: Sequence[float]) -> float:
    """The probability that a `claim`, a `category` or a credit (`held` by a claim, or to `nobody`) is right."""
    *weights, intercept = _weights()[kind]
    score = sum(w * x for w, x in zip(weights, features, strict=True)) + intercept
    return 1 / (1 + math.exp(-min(max(score, -30), 30)))
