"""The package's own engine: rules propose, the filter decides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Protocol

from ascribe.extraction.claims import phrases, verbs
from ascribe.extraction.claims.candidate import Candidate, Range
from ascribe.extraction.claims.filter import select, weights
from ascribe.extraction.claims.tree import Tree, build
from ascribe.extraction.records import Attribution
from ascribe.language.reading import Reading


class Engine(Protocol):
    """What finds attributions: a text in, spans of source, cue and content out."""

    def attributions(self, reading: Reading) -> list[Attribution]:
        """The attributions of one article, in text order."""
        ...


def propose(t: Tree) -> Iterator[Candidate]:
    """Every candidate of an article, in the order of their cues' kind."""
    for candidate in itertools.chain(verbs.find(t), phrases.find(t)):
        if (candidate.source is None or _speaks(t, candidate.source)) and _says(t, candidate.content):
            yield candidate


def _says(t: Tree, content: tuple[Range, ...]) -> bool:
    """Whether a content is more than a particle: not the "on" of "pressed on"."""
    return any(t.tags[k] not in {"IN", "RP", "TO", "DT"} for i, j in content for k in range(i, j))


def _speaks(t: Tree, source: Range) -> bool:
    """Whether a source is one that can speak: some word of it is left, and it is no share ("63% blamed the vote")."""
    i, j = source
    return i < j and not (t.tags[i] == "CD" and t.lower[j - 1] in {"%", "percent"})


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
