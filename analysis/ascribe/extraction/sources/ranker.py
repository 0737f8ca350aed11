"""The learned choice: which candidate a mention stands for.

A conditional logistic model over binary features (McFadden's choice model): the candidates of one mention compete. Its
weights are one small table, which `training.names` writes; a feature counts alike for all mentions, and with its own
weight for each group of mentions (he, it, person, body …).
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
from collections.abc import Mapping, Sequence

from ascribe.errors import LexiconError

WEIGHTS = "weights.csv"
ALL = "all"
"""The group whose weights hold for every mention."""


@functools.cache
def weights() -> dict[str, dict[str, float]]:
    """Group to feature to weight, as shipped; each group's own weights lie on those that hold for all.

    Raises LexiconError where the table is missing or broken.
    """
    file = importlib.resources.files(__package__) / WEIGHTS
    try:
        with file.open(encoding="utf-8", newline="") as f:
            return grouped([(row["group"], row["feature"], float(row["weight"])) for row in csv.DictReader(f)])
    except (OSError, KeyError, ValueError, TypeError) as e:
        raise LexiconError(f"{WEIGHTS}: the table that names sources cannot be read ({e}); train it anew") from e


def grouped(rows: Sequence[tuple[str, str, float]]) -> dict[str, dict[str, float]]:
    """The rows `(group, feature, weight)` as a table by group."""
    shared = {feature: weight for group, feature, weight in rows if group == ALL}
    table: dict[str, dict[str, float]] = {}
    for group, feature, weight in rows:
        own = table.setdefault(group, dict(shared))
        if group != ALL:
            own[feature] = own.get(feature, 0.0) + weight
    return table


def best(group: str, features: Sequence[Sequence[str]], table: Mapping[str, Mapping[str, float]]) -> int:
    """The candidate with the highest sum of weights, the first of those that share it."""
    own = table.get(group) or table.get(ALL, {})
    sums = [sum(own.get(f, 0.0) for f in each) for each in features]
    return max(range(len(sums)), key=lambda k: (sums[k], -k))
