"""Train the choice of whom a pronoun stands for: `python -m training.names SHARED [--out FOLDER] [--measure]`.

Learns only from openly licensed articles: the names in `corpus/names.jsonl`, those of the evaluation's open figures,
and a few sentences of our own. Plain numpy, full batch, in a fixed order, so that the same data give the same table.
With --measure it prints how often a mention is named right, by weights that have not seen the article, and writes
nothing.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from ascribe.extraction.sources import ranker
from ascribe.extraction.sources import words as lexicon
from ascribe.language.reading import Reading, read

from training.names.articles import Named, articles, corpus
from training.names.learn import Learner, Table, examples, fit, scorer
from training.names.sentences import sentences

FOLDS = 4
PASSES = 2
"""Who spoke before depends on the names of earlier pronouns, and so on the weights: the examples are made twice."""


def teaches(named: Named) -> bool:
    """Whether the article names what a pronoun stands for."""
    return any(named.article.text[slice(*span)].lower() in lexicon.PRONOUNS for span in named.names)


def learned(shared: Path, readings: Mapping[str, Reading], data: Iterable[Named]) -> list[tuple[str, str, float]]:
    """The weights that these articles teach."""
    score, rows = scorer(shared), []
    those = [d for d in data if teaches(d)]
    for _ in range(PASSES):
        rows = fit(examples([readings[d.doc_id] for d in those], those, ranker.grouped(rows), score))
    return rows


def tally(named: Named, reading: Reading, table: Table, score) -> Counter:
    """How many names are right in one article: of the figures' sources (counted by figure), and of all annotated."""
    namer, text, n = Learner(reading, named, table, score, tell=False), named.article.text, Counter()
    for span, gold in named.names.items():
        figures = named.figures.get(span, ("", 0))[1]
        right = score.same_name(gold, namer.name(span))
        hard = not score.same_name(gold, text[slice(*span)])
        counts = ("figures", figures), ("mentions", 1), ("hard", int(hard))
        for sort, count in counts:
            n[sort, "all"] += count
            n[sort, "right"] += count * right
        n["words", "all"] += 1
        n["words", "right"] += score.name_words(gold) == score.name_words(namer.name(span))
        n["nobody", "all"] += 1
        n["nobody", "right"] += not namer.is_somebody(span)
    return n


def measure(shared: Path, readings: Mapping[str, Reading], groups: Mapping[str, list[Named]], own: list) -> None:
    """Print the shares of right names, by group of articles, with weights that have not seen the article."""
    score = scorer(shared)
    learnable = [d for name in ("half 0", "half 1") for d in groups[name]]
    tables = {}
    for fold in range(FOLDS):
        seen = [d for k, d in enumerate(learnable) if k % FOLDS != fold]
        table = ranker.grouped(learned(shared, readings, [*seen, *own]))
        tables |= {d.doc_id: table for k, d in enumerate(learnable) if k % FOLDS == fold}
    whole = ranker.grouped(learned(shared, readings, [*learnable, *own]))
    for name, data in groups.items():
        n = Counter()
        for d in data:
            n.update(tally(d, readings[d.doc_id], tables.get(d.doc_id, whole), score))
        for sort in sorted({sort for sort, _ in n}):
            right, total = n[sort, "right"], n[sort, "all"]
            print(f"{name}: {sort} {right}/{total} {100 * right / max(1, total):.1f} %", flush=True)


def write(folder: Path, rows: Iterable[tuple[str, str, float]]) -> int:
    """Write the table; weights that would change nothing are left out."""
    kept = sorted((g, f, f"{w:.3f}") for g, f, w in rows if abs(w) >= 0.005)
    with (folder / ranker.WEIGHTS).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("group", "feature", "weight"))
        out.writerows(kept)
    return len(kept)


def main(argv: list[str] | None = None) -> int:
    """Train and write the table, or measure; see the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds evaluation/")
    parser.add_argument("--out", type=Path, default=Path(ranker.__file__).parent)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args(argv)
    gold = given.shared / "evaluation" / "gold"
    data, own = list(articles(gold / "train", corpus())), list(sentences())
    groups = {f"half {half}": [d for d in data if d.half == half] for half in (0, 1)}
    if given.measure:
        groups["publishers"] = list(articles(gold / "train", {}, publishers=True))
        groups["dev"] = list(articles(gold / "dev", {}, publishers=True))
    everything = [d for those in (*groups.values(), own) for d in those if given.measure or teaches(d)]
    readings = {r.article.doc_id: r for r in read(d.article for d in everything)}
    if given.measure:
        measure(given.shared, readings, groups, own)
        return 0
    rows = learned(given.shared, readings, [*data, *own])
    print(f"{len(data)} articles, {write(given.out, rows)} weights -> {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
