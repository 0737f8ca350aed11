"""Examples of mentions with their candidates, and the weights that choose among them."""

from __future__ import annotations

import dataclasses
import importlib.util
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from ascribe.extraction.records import Span
from ascribe.extraction.sources import Namer
from ascribe.extraction.sources.candidates import Mention, Seen
from ascribe.extraction.sources.ranker import ALL, best
from ascribe.language.reading import Reading

from training.names.articles import Named

RARE = 3
"""Candidates that a feature must be seen in to be learned from."""
L2 = {"all": 3.0, "own": 3.0}
"""The penalty on the weights that hold for every mention, and on those of one group."""
STEPS, RATE = 150, 0.1

Table = dict[str, dict[str, float]]


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """One mention: its group, the features of its candidates, and how right each is."""

    group: str
    features: tuple[tuple[str, ...], ...]
    quality: tuple[float, ...]


def scorer(shared: Path):
    """The evaluation's own scorer, imported from where it stands."""
    spec = importlib.util.spec_from_file_location("score", shared / "evaluation" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quality(gold: str, name: str, score) -> float:
    """How right a name is: 1 where it has the same words, less where it has some of them, 0 where it is another's."""
    if not score.same_name(gold, name):
        return 0.0
    x, y = score.name_words(gold), score.name_words(name)
    return 1.0 if x == y else 0.6 + 0.3 * len(x & y) / len(x | y)


class Learner(Namer):
    """A namer that keeps what it chooses from, told the right names of some mentions, which it then answers with."""

    def __init__(self, reading: Reading, named: Named, table: Mapping, score, tell: bool = True) -> None:
        self.gold, self.table, self.score, self.tell = named.names, table, score, tell
        self.kept: dict[Span, Example] = {}
        super().__init__(reading, named.attributions)
        for span in sorted(named.names):
            self.resolve(span)

    def ranked(self, mention: Mention, seen: list[Seen], features: list[list[str]]) -> int:
        gold = self.gold.get(mention.span) if self.covers(mention) else None
        if gold is not None:
            right = [quality(gold, c.name, self.score) for c, _, _ in seen]
            self.kept[mention.span] = Example(mention.group, tuple(map(tuple, features)), tuple(right))
            if self.tell and max(right) > 0:
                return right.index(max(right))
        return best(mention.group, features, self.table)

    def covers(self, mention: Mention) -> bool:
        """Whether the mention is the whole of its span, and no owner ("its report")."""
        return len(self.view.reading.tokens(*mention.span)) == 1


def examples(readings: Sequence[Reading], data: Sequence[Named], table: Table, score) -> list[Example]:
    """The examples of every article; mentions of which no candidate is right teach nothing."""
    found = []
    for reading, named in zip(readings, data, strict=True):
        kept = Learner(reading, named, table, score).kept
        found += [e for e in kept.values() if max(e.quality) > 0]
    return found


def fit(rows: Sequence[Example]) -> list[tuple[str, str, float]]:
    """Weights `(group, feature, weight)`: a choice among each mention's candidates (Adam, full batch, L2 penalty)."""
    counts: Counter[tuple[str, str]] = Counter()
    for e in rows:
        for features in e.features:
            counts.update((g, f) for g in (ALL, e.group) for f in features)
    index = {key: k for k, key in enumerate(sorted(key for key, c in counts.items() if c >= RARE))}
    at, of, owner, target = [], [], [], []
    for n, e in enumerate(rows):
        most = max(e.quality)
        for features, right in zip(e.features, e.quality, strict=True):
            row = len(owner)
            owner.append(n)
            target.append(right == most)
            keys = [index[key] for g in (ALL, e.group) for f in features if (key := (g, f)) in index]
            at += [row] * len(keys)
            of += keys
    at, of, owner, target = np.array(at), np.array(of), np.array(owner), np.array(target)
    penalty = np.array([L2["all"] if g == ALL else L2["own"] for g, _ in sorted(index)])
    w, m, v = np.zeros(len(index)), np.zeros(len(index)), np.zeros(len(index))
    for step in range(1, STEPS + 1):
        x = np.bincount(at, weights=w[of], minlength=len(owner))
        top = np.full(len(rows), -np.inf)
        np.maximum.at(top, owner, x)
        e = np.exp(x - top[owner])
        p = e / np.bincount(owner, weights=e)[owner]
        right = p * target
        aim = right / np.bincount(owner, weights=right)[owner]  # of several that are right, whichever fits best
        g = np.bincount(of, weights=(p - aim)[at], minlength=len(w)) + penalty * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-9)
    return [(g, f, float(w[k])) for (g, f), k in index.items()]
