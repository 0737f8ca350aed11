"""Articles that carry the same agency's text: told twice, they are one telling."""

from __future__ import annotations

import collections
import itertools
import re

import pandas as pd

from ascribe.findings import passages, wording

RUN = 8
"""Words in a row that two articles share only where one text was taken for both."""
SAME = 0.3
"""Articles of which the shorter shares at least this part of its runs with the other carry one text."""
COMMON = 50
"""Runs in more articles than this are a page's furniture and tell nothing."""
WORD = re.compile(r"\w+")


def copies(documents: pd.DataFrame) -> pd.Series:
    """For each article (by doc_id) the first of those that carry the same text as it: itself, where it is alone."""
    runs = {doc_id: _runs(text) for doc_id, text in sorted(wording.texts(documents).items())}
    having: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
    for doc_id, found in runs.items():
        for run in found:
            having[run].append(doc_id)
    shared: collections.Counter[tuple[str, str]] = collections.Counter()
    for told in having.values():
        if 1 < len(told) <= COMMON:
            shared.update(itertools.combinations(told, 2))
    first = {d: d for d in sorted(documents["doc_id"])}
    for (a, b), n in sorted(shared.items()):
        if n >= SAME * min(len(runs[a]), len(runs[b])):
            keep, other = sorted((first[a], first[b]))
            first = {d: keep if f == other else f for d, f in first.items()}
    return pd.Series(first, dtype=object)


def _runs(text: str) -> set[tuple[str, ...]]:
    """The runs of `RUN` words within a text's sentences."""
    found = set()
    for sentence in passages.sentences(text):
        words = [w.lower() for w in WORD.findall(sentence.text)]
        found.update(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return found
