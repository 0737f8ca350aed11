"""The trained encoder: what credits, who speaks, what is said, and what each figure counts, as probabilities.

`predict(reading, spans)` is the whole of it; training lives beside the package (`analysis/training/extractor/`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ascribe.extraction.model.confidence import claim_features, confidence, logit
from ascribe.extraction.model.encoder import FigureScores, Prediction, Proposal, load
from ascribe.extraction.records import Attribution, Span
from ascribe.language.reading import Reading

__all__ = ["FigureScores", "Prediction", "Proposal", "claim_features", "confidence", "logit", "predict"]


def predict(
    reading: Reading, figures: Iterable[Span] = (), proposed: Iterable[Attribution] | None = None
) -> Prediction:
    """What the shipped network says of an article's body and of the numbers at `figures` (characters of its text).

    `proposed` are the attributions that rules find. Raises PipelineError where the network cannot be loaded.
    """
    return load().predict(reading, figures, proposed)
