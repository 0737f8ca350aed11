"""Train the filter: `python -m training.claims SHARED [--out FOLDER]`.

Learns only from openly licensed articles with hand-made attributions (Wikinews, CC BY 2.5; see `open_articles`), and
from a worn copy of each, such as scraping leaves. Plain numpy, full batch, in a fixed order, so that the same data give
the same tables. The confidence is calibrated on articles that the weights behind it have not seen.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import importlib.util
import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from ascribe.extraction.claims.candidate import Candidate
from ascribe.extraction.claims.engine import propose
from ascribe.extraction.claims.features import Names, features
from ascribe.extraction.claims.tree import Tree, build
from ascribe.language.reading import Reading, read

from training.claims.open_articles import Gold, open_articles, worn

RARE = 3
"""Candidates that a feature must be seen in to be learned from."""
L2 = 5.0
L2_PLAIN = 0.3
"""The penalty on the features that name a plain construction: few, and sure enough to be trusted with more weight."""
STEPS = 200
RATE = 0.1
SHARPNESS = 60
"""The power that a candidate's quality is raised to in its share of the target: the higher, the more the best takes."""
FOLDS = 3
BINS = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """One candidate: its features, how right it is, the cue that it competes at, and the article."""

    names: tuple[str, ...]
    quality: float
    cue: tuple[str, int]
    article: str


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


def examples(readings: Iterable[Reading], golds: Iterable[Gold], score) -> list[Example]:
    """Every candidate of every article; a worn copy counts as the article that it was made of."""
    found = []
    for reading, gold in zip(readings, golds, strict=True):
        doc_id = reading.article.doc_id
        t, words = build(reading), score.Words(reading.text)
        marked = [{r: words.inside(a[r]) for r in ("source", "cue", "content")} for a in gold]
        names = Names(t)
        for c in propose(t):
            seen = tuple(features(t, c, names))
            found.append(Example(seen, quality(t, c, marked, words), (doc_id, c.anchor), doc_id.removesuffix("_worn")))
    return found


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """Weights by feature: a choice among each cue's candidates and none of them (Adam, full batch, L2 penalty)."""
    counts = Counter(n for e in rows for n in e.names)
    index = {n: k for k, n in enumerate(sorted(n for n, c in counts.items() if c >= RARE))}
    pairs = [(r, index[n]) for r, e in enumerate(rows) for n in e.names if n in index]
    at, of = np.array([r for r, _ in pairs]), np.array([k for _, k in pairs])
    cues: dict[tuple[str, int], int] = {}
    cue = np.array([cues.setdefault(e.cue, len(cues)) for e in rows])
    q = np.array([e.quality for e in rows])
    most = np.zeros(len(cues))
    np.maximum.at(most, cue, q)
    share = np.where(q > 0, (q / np.where(most > 0, most, 1)[cue]) ** SHARPNESS, 0)
    total = np.bincount(cue, weights=share, minlength=len(cues))
    target = share / np.where(total > 0, total, 1)[cue]
    penalty = np.array([L2_PLAIN if n.startswith("!") else L2 for n in sorted(index)])
    w, m, v = np.zeros(len(index)), np.zeros(len(index)), np.zeros(len(index))
    for step in range(1, STEPS + 1):
        e = np.exp(np.clip(np.bincount(at, weights=w[of], minlength=len(rows)), -30, 30))
        p = e / (1 + np.bincount(cue, weights=e, minlength=len(cues)))[cue]
        g = np.bincount(of, weights=(p - target)[at], minlength=len(w)) + penalty * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-9)
    return {n: float(w[k]) for n, k in index.items()}


def chosen(rows: Sequence[Example], table: dict[str, float]) -> list[tuple[float, bool]]:
    """The score of each cue's best candidate, and whether it is right."""
    cues: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for e in rows:
        x = sum(table.get(n, 0.0) for n in e.names)
        cues.setdefault(e.cue, []).append((max(-30.0, min(30.0, x)), e.quality))
    found = []
    for candidates in cues.values():
        total = float(sum(np.exp(x) for x, _ in candidates))
        found.append((total / (1 + total), max(candidates)[1] > 0))
    return found


def cross_fitted(rows: Sequence[Example]) -> list[tuple[float, bool]]:
    """As `chosen`, of every unworn article, by weights that have not seen it."""
    order = {a: k % FOLDS for k, a in enumerate(sorted({e.article for e in rows}))}
    found = []
    for fold in range(FOLDS):
        table = fit([e for e in rows if order[e.article] != fold])
        found += chosen([e for e in rows if order[e.article] == fold and e.cue[0] == e.article], table)
    return found


def calibrate(found: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Points `(score, share right)`, both rising: bins of equally many likely cues, pooled where they would fall."""
    likely = sorted(x for x in found if x[0] >= 0.05)
    edges = np.linspace(0, len(likely), BINS + 1).astype(int)
    pools = [[sum(s for s, _ in b), sum(r for _, r in b), len(b)] for i, j in itertools.pairwise(edges)
             if (b := likely[i:j])]  # fmt: skip
    k = 0
    while k + 1 < len(pools):
        if pools[k][1] * pools[k + 1][2] > pools[k + 1][1] * pools[k][2]:
            pools[k] = [x + y for x, y in zip(pools[k], pools.pop(k + 1), strict=True)]
            k = max(0, k - 1)
        else:
            k += 1
    return [(0.0, 0.0), *((s / n, r / n) for s, r, n in pools), (1.0, max(0.99, pools[-1][1] / pools[-1][2]))]


def save(path: Path, header: tuple[str, str], rows: Iterable[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def write(folder: Path, table: dict[str, float], points: Iterable[tuple[float, float]]) -> None:
    """Write both tables; weights that would change nothing are left out."""
    kept = ((n, f"{w:.3f}") for n, w in sorted(table.items()) if abs(w) >= 0.005)
    save(folder / "weights.csv", ("feature", "weight"), kept)
    save(folder / "calibration.csv", ("score", "probability"), ((f"{s:.3f}", f"{p:.3f}") for s, p in points))


def main(argv: list[str] | None = None) -> int:
    """Train and write the tables; see the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds evaluation/ and corpora/")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    given = parser.parse_args(argv)
    pairs = open_articles(given.shared)
    pairs += [worn(article, gold) for article, gold in pairs]
    rows = examples(read(article for article, _ in pairs), (gold for _, gold in pairs), scorer(given.shared))
    table = fit(rows)
    write(given.out, table, calibrate(cross_fitted(rows)))
    print(f"{len(pairs)} articles, {len(rows)} candidates, {len(table)} features -> {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
