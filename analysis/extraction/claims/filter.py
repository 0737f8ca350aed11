"""The learned filter: how likely each candidate is right, and which of them to keep.

A logistic regression over binary features. Its weights are a small table that `training` writes.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import math
from collections.abc import Iterable

from analysis.errors import LexiconError
from analysis.extraction.claims.candidate import Candidate
from analysis.extraction.claims.features import Names, features
from analysis.extraction.claims.settle import Scored, settle, unique
from analysis.extraction.claims.tree import Tree

WEIGHTS = "weights.csv"


@functools.cache
def weights() -> dict[str, float]:
    """Feature to weight, as shipped. Raises LexiconError where the table is missing or broken."""
    file = importlib.resources.files(__package__) / WEIGHTS
    try:
        with file.open(encoding="utf-8", newline="") as f:
            return {row["feature"]: float(row["weight"]) for row in csv.DictReader(f)}
    except (OSError, KeyError, ValueError) as e:
        raise LexiconError(f"{WEIGHTS}: the claim filter's weights cannot be read ({e}); train them anew") from e


def score(names: Iterable[str], table: dict[str, float]) -> float:
    """The probability that a candidate with these features is right."""
    x = sum(table.get(n, 0.0) for n in names)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def best(t: Tree, candidates: Iterable[Candidate], table: dict[str, float]) -> list[Scored]:
    """The best candidate of each anchor with its probability, likeliest first."""
    by_anchor: dict[int, tuple[float, int, Candidate]] = {}
    names = Names(t)
    for n, c in enumerate(candidates):
        p = score(features(t, c, names), table)
        known = by_anchor.get(c.anchor)
        if known is None or p > known[0]:
            by_anchor[c.anchor] = (p, n, c)
    return [(p, c) for p, _, c in sorted(by_anchor.values(), key=lambda x: (-x[0], x[1]))]


def select(t: Tree, candidates: Iterable[Candidate], table: dict[str, float], threshold: float) -> list[Scored]:
    """The candidates to keep, in text order: the best of each cue, at or above the threshold, each content once."""
    ranked = best(t, candidates, table)
    kept = unique(t, [x for x in ranked if x[0] >= threshold])
    phrases = [c for _, c in ranked if c.form.startswith(("according", "per"))]
    return sorted(settle(t, kept, phrases), key=lambda x: (x[1].content[0][0], x[1].anchor))
