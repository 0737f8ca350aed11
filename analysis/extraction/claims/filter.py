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
from analysis.extraction.claims.candidate import Candidate, Range
from analysis.extraction.claims.features import features
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


def best(t: Tree, candidates: Iterable[Candidate], table: dict[str, float]) -> list[tuple[float, Candidate]]:
    """The best candidate of each anchor with its probability, likeliest first."""
    by_anchor: dict[int, tuple[float, int, Candidate]] = {}
    for n, c in enumerate(candidates):
        p = score(features(t, c), table)
        known = by_anchor.get(c.anchor)
        if known is None or p > known[0]:
            by_anchor[c.anchor] = (p, n, c)
    return [(p, c) for p, _, c in sorted(by_anchor.values(), key=lambda x: (-x[0], x[1]))]


def words_in(ranges: tuple[Range, ...]) -> int:
    return sum(j - i for i, j in ranges)


def overlap(a: tuple[Range, ...], b: tuple[Range, ...]) -> int:
    """Tokens that both hold."""
    return sum(max(0, min(j, m) - max(i, k)) for i, j in a for k, m in b)


def same(a: tuple[Range, ...], b: tuple[Range, ...]) -> float:
    """Shared tokens over all tokens."""
    both = overlap(a, b)
    return both / (words_in(a) + words_in(b) - both) if both else 0.0


def select(
    t: Tree, candidates: Iterable[Candidate], table: dict[str, float], threshold: float
) -> list[tuple[float, Candidate]]:
    """The candidates to keep, in text order: the best of each cue, at or above the threshold, each content once."""
    kept: list[tuple[float, Candidate]] = []
    near: dict[int, list[Candidate]] = {}
    for p, c in best(t, candidates, table):
        if p < threshold:
            break
        k = t.sentence[c.anchor]
        rivals = [r for s in (k - 1, k, k + 1) for r in near.get(s, ())]
        if any(same(c.content, r.content) >= 0.7 for r in rivals):
            continue
        kept.append((p, c))
        near.setdefault(k, []).append(c)
    return sorted(kept, key=lambda x: (x[1].content[0][0], x[1].anchor))
