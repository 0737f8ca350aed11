"""The package's own engine: rules propose, the filter decides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Protocol

from analysis.extraction.claims import phrases, verbs
from analysis.extraction.claims.candidate import Candidate
from analysis.extraction.claims.filter import select, weights
from analysis.extraction.claims.tree import Tree, build
from analysis.extraction.records import Attribution
from analysis.language.reading import Reading


class Engine(Protocol):
    """What finds attributions: a text in, spans of source, cue and content out."""

    def attributions(self, reading: Reading) -> list[Attribution]:
        """The attributions of one article, in text order."""
        ...


def propose(t: Tree) -> Iterator[Candidate]:
    """Every candidate of an article, in the order of their cues' kind."""
    for candidate in itertools.chain(verbs.find(t), phrases.find(t)):
        if candidate.source is None or candidate.source[0] < candidate.source[1]:  # a mistaken parse may leave no word
            yield candidate


class RuleEngine:
    """Rules over the parse, patterns where it fails, a learned filter over what they propose."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold

    def attributions(self, reading: Reading) -> list[Attribution]:
        t = build(reading)
        return [
            Attribution(
                content=tuple(t.chars(*r) for r in c.content),
                source=t.chars(*c.source) if c.source else None,
                cue=t.chars(*c.cue) if c.cue else None,
                via=tuple(t.chars(*r) for r in c.via),
                confidence=round(p, 3),
            )
            for p, c in select(t, propose(t), weights(), self.threshold)
        ]
