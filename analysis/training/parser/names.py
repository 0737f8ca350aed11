"""Learn the weights that tell names: multinomial logistic regression over the stretches of capitalised runs."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy
from ascribe.articles.article import Article
from ascribe.language.names import BUCKETS, LABELS, PROPER, features, runs, stretches
from ascribe.language.reading import read
from spacy.language import Language

COVERED = 0.7
SPARED = 0.4
"""Share of the stretches that are no names left out: there are five times as many as names."""


def examples(nlp: Language, path: Path) -> list[tuple[list[int], int]]:
    """(features, label) of every stretch of the texts of `path` (records with `text` and `entities`).

    A text whose annotation leaves more than three tenths of the proper nouns bare is left out: some of the open data
    mark only what is of interest to their field, and would teach that `London` is no name.
    """
    found, rng = [], random.Random(0)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for record, reading in zip(records, read(map(_article, records), nlp, batch_size=32), strict=True):
        gold = {(s, e): label for s, e, label in record["entities"]}
        proper = [t.i for t in reading.doc if t.tag_ in PROPER]
        inside = sum(any(s <= reading.starts[i] < e for s, e in gold) for i in proper)
        if inside < COVERED * len(proper):
            continue
        for start, end in runs(reading.doc):
            for i, j in stretches(reading.doc, start, end):
                label = gold.get((reading.starts[i], reading.ends[j - 1]), "")
                if not label and rng.random() < SPARED:
                    continue
                found.append((features(reading.doc, i, j), LABELS.index(label)))
    return found


def _article(record: dict) -> Article:
    return Article.from_text(record["text"])


def learn(data: list[tuple[list[int], int]], epochs: int = 6, rate: float = 0.15, decay: float = 2e-6, seed: int = 1):
    """The weights, `(buckets, labels)` as 16-bit floats: AdaGrad with averaging."""
    rng = random.Random(seed)
    weights = numpy.zeros((BUCKETS, len(LABELS)), "float32")
    squares = numpy.full((BUCKETS, len(LABELS)), 1e-3, "float32")
    rows = [(numpy.array(sorted(set(columns))), label) for columns, label in data]
    total = numpy.zeros_like(weights)
    for _ in range(epochs):
        rng.shuffle(rows)
        for columns, label in rows:
            scores = weights[columns].sum(axis=0)
            odds = numpy.exp(scores - scores.max())
            slope = odds / odds.sum()
            slope[label] -= 1
            squares[columns] += slope * slope
            weights[columns] -= rate * (slope / numpy.sqrt(squares[columns]) + decay * weights[columns])
        total += weights
    return (total / epochs).astype("float16")
