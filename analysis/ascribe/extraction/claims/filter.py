"""The learned filter: which reading of each cue is the likeliest, if it is an attribution at all.

A conditional logistic model over binary features (McFadden's choice model): the candidates of one cue compete with one
another and with "none of them". Its weights and its calibration are two small tables that `training` writes.
"""

from __future__ import annotations

import bisect
import csv
import functools
import importlib.resources
import math
from collections.abc import Iterable, Mapping

from ascribe.errors import LexiconError
from ascribe.extraction.claims.candidate import Candidate
from ascribe.extraction.claims.features import Names, features
from ascribe.extraction.claims.floors import floor
from ascribe.extraction.claims.settle import Scored, settle, unique
from ascribe.extraction.claims.tree import Tree

WEIGHTS, CALIBRATION = "weights.csv", "calibration.csv"
STEEPEST = 30.0
"""Beyond this sum of weights a candidate is as good as certain; keeps the exponential in bounds."""


def _table(name: str, key: str, value: str) -> list[tuple[str, float]]:
    file = importlib.resources.files(__package__) / name
    try:
        with file.open(encoding="utf-8", newline="") as f:
            return [(row[key], float(row[value])) for row in csv.DictReader(f)]
    except (OSError, KeyError, ValueError, TypeError) as e:
        raise LexiconError(f"{name}: the claim filter's table cannot be read ({e}); train it anew") from e


@functools.cache
def weights() -> dict[str, float]:
    """Feature to weight, as shipped. Raises LexiconError where the table is missing or broken."""
    return dict(_table(WEIGHTS, "feature", "weight"))


@functools.cache
def _calibration() -> tuple[list[float], list[float]]:
    rows = [(float(s), p) for s, p in _table(CALIBRATION, "score", "probability")]
    return [s for s, _ in rows], [p for _, p in rows]


def calibrated(score: float) -> float:
    """The share of held-out claims of such a score that were right, between the table's points on a straight line."""
    at, to = _calibration()
    k = bisect.bisect_right(at, score)
    if k == 0:
        return to[0]
    if k == len(at):
        return to[-1]
    return to[k - 1] + (to[k] - to[k - 1]) * (score - at[k - 1]) / (at[k] - at[k - 1])


def best(t: Tree, candidates: Iterable[Candidate], table: Mapping[str, float]) -> list[Scored]:
    """The best candidate of each cue with the score of the cue (0 to 1, not calibrated), highest first."""
    names = Names(t)
    cues: dict[int, list] = {}
    weight = table.get
    for n, c in enumerate(candidates):
        x = sum([weight(f, 0.0) for f in features(t, c, names)])
        x = max(-STEEPEST, min(STEEPEST, x))
        cue = cues.get(c.anchor)
        if cue is None:
            cues[c.anchor] = [math.exp(x), x, n, c]
        else:
            cue[0] += math.exp(x)
            if x > cue[1]:
                cue[1:] = [x, n, c]
    ranked = sorted(cues.values(), key=lambda cue: (-cue[0], cue[2]))
    return [(total / (1 + total), c) for total, _, _, c in ranked]


def confidence(t: Tree, score: float, c: Candidate) -> float:
    """The calibrated score, but no less than the floor of a plain construction that training saw too little of."""
    return max(calibrated(score), floor(t, c))


def select(t: Tree, candidates: Iterable[Candidate], table: Mapping[str, float], threshold: float) -> list[Scored]:
    """The candidates to keep, in text order: the best of each cue, each content once, with calibrated confidence."""
    ranked = [(confidence(t, p, c), c) for p, c in best(t, candidates, table)]
    kept = unique(t, [x for x in ranked if x[0] >= threshold])
    phrases = [c for _, c in ranked if c.form.startswith(("according", "per"))]
    return sorted(settle(t, kept, phrases), key=lambda x: (x[1].content[0][0], x[1].anchor))
