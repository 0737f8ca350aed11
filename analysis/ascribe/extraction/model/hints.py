"""What rules say of an article's attributions, as numbers beside its pieces: the network weighs them, and decides."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np

from ascribe.extraction.model.labels import HINTS
from ascribe.extraction.model.pieces import Pieces
from ascribe.extraction.records import Attribution

Range = tuple[int, int]
NO, CUE, SOURCE, CONTENT = (HINTS.index(h) for h in ("no", "cue", "source", "content"))


@dataclasses.dataclass(frozen=True, slots=True)
class Hint:
    """An attribution that rules propose, in ranges of pieces."""

    cue: Range
    source: Range | None
    content: tuple[Range, ...]


def hints(pieces: Pieces, proposed: Iterable[Attribution]) -> list[Hint]:
    """Attributions in ranges of pieces; those without a cue are left out."""
    found = []
    for a in proposed:
        cue = pieces.range(a.cue) if a.cue else None
        if cue:
            content = tuple(r for s in a.content if (r := pieces.range(s)))
            found.append(Hint(cue, pieces.range(a.source) if a.source else None, content))
    return found


def cue_hints(given: Sequence[Hint] | None, first: int, end: int) -> np.ndarray:
    """For the pieces `[first, end)`, whether rules take each for a cue; zeros where no rules were asked."""
    if given is None:
        return np.zeros(end - first, np.int64)
    numbers = np.full(end - first, NO)
    for hint in given:
        _write(numbers, hint.cue, first, CUE)
    return numbers


def role_hints(given: Sequence[Hint] | None, cue: Range, first: int, end: int) -> np.ndarray:
    """For the pieces `[first, end)`, what rules take each for, of those that see a cue where this one is."""
    if given is None:
        return np.zeros(end - first, np.int64)
    numbers = np.full(end - first, NO)
    for hint in given:
        if hint.cue[0] < cue[1] and cue[0] < hint.cue[1]:
            for content in hint.content:
                _write(numbers, content, first, CONTENT)
            if hint.source:
                _write(numbers, hint.source, first, SOURCE)
    return numbers


def _write(numbers: np.ndarray, pieces: Range, first: int, number: int) -> None:
    numbers[max(0, pieces[0] - first) : max(0, pieces[1] - first)] = number
