"""Train the filter: `python -m analysis.extraction.claims.training SHARED [--out FILE]`.

Learns only from openly licensed articles with hand-made attributions (Wikinews, CC BY 2.5; see `open_articles`), and
from a worn copy of each, such as scraping leaves. Plain numpy: full-batch logistic regression with an L2 penalty, in a
fixed order, so that the same data give the same table.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from analysis.extraction.claims.candidate import Candidate
from analysis.extraction.claims.engine import propose
from analysis.extraction.claims.features import Names, features
from analysis.extraction.claims.open_articles import open_articles, worn
from analysis.extraction.claims.tree import Tree, build
from analysis.language.reading import read

RARE = 4
L2 = 2.5
STEPS = 200


def scorer(shared: Path):
    """The evaluation's own scorer, imported from where it stands."""
    spec = importlib.util.spec_from_file_location("score", shared / "evaluation" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quality(t: Tree, c: Candidate, gold: list[dict], words) -> float:
    """How right a candidate is: the overlap of its content with its best gold match, 0 where source or cue miss."""
    found = {
        "content": words.inside([t.chars(*r) for r in c.content]),
        "source": words.inside([t.chars(*c.source)]) if c.source else frozenset(),
        "cue": words.inside([t.chars(*c.cue)]) if c.cue else frozenset(),
    }
    most = 0.0
    for g in gold:
        both = g["content"] & found["content"]
        if not both:
            continue
        iou = len(both) / len(g["content"] | found["content"])
        if iou >= 0.5 and all(g[r] & found[r] or not (g[r] or found[r]) for r in ("source", "cue")):
            exact = (g["source"] == found["source"]) * 0.08 + (g["cue"] == found["cue"]) * 0.04
            most = max(most, 0.6 + 0.28 * (iou - 0.5) * 2 + exact)
    return most


def examples(readings, golds, score_module):
    """`(names of features, quality, document)` of every candidate."""
    rows = []
    for d, (reading, gold) in enumerate(zip(readings, golds, strict=True)):
        t = build(reading)
        words = score_module.Words(reading.text)
        marked = [{r: words.inside(a[r]) for r in ("source", "cue", "content")} for a in gold]
        names = Names(t)
        rows += [(features(t, c, names), quality(t, c, marked, words), d) for c in propose(t)]
    return rows


def fit(rows, l2: float = L2, steps: int = STEPS, rare: int = RARE) -> dict[str, float]:
    """Weights by feature, of a logistic regression on soft targets (Adam, full batch)."""
    counts = Counter(n for names, _, _ in rows for n in names)
    index = {n: k for k, n in enumerate(sorted(n for n, c in counts.items() if c >= rare))}
    at, of = [], []
    for r, (names, _, _) in enumerate(rows):
        for n in names:
            k = index.get(n)
            if k is not None:
                at.append(r), of.append(k)
    at, of = np.array(at), np.array(of)
    y = np.array([q for _, q, _ in rows])
    w, m, v = np.zeros(len(index)), np.zeros(len(index)), np.zeros(len(index))
    for step in range(1, steps + 1):
        p = 1 / (1 + np.exp(-np.bincount(at, weights=w[of], minlength=len(y))))
        g = np.bincount(of, weights=(p - y)[at], minlength=len(w)) + l2 * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= 0.1 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-9)
    return {n: float(w[k]) for n, k in index.items()}


def save(table: dict[str, float], path: Path) -> None:
    """Write the weights that count, feature by feature."""
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["feature", "weight"])
        out.writerows((n, f"{w:.3f}") for n, w in sorted(table.items()) if abs(w) >= 0.0005)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder that holds evaluation/ and corpora/")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights.csv"))
    given = parser.parse_args(argv)
    pairs = open_articles(given.shared)
    pairs += [worn(article, gold) for article, gold in pairs]
    rows = examples(read(article for article, _ in pairs), (gold for _, gold in pairs), scorer(given.shared))
    table = fit(rows)
    save(table, given.out)
    print(f"{len(pairs)} articles, {len(rows)} candidates, {len(table)} features -> {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
