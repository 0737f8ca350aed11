"""Where words stand in the parse, seen from a cue: how far up their branch leaves, and by which dependency."""

from __future__ import annotations

import numpy as np

from ascribe.extraction.model.labels import DEPENDENCIES, ELSEWHERE, HIGHEST
from ascribe.extraction.model.pieces import Pieces

DEEPEST = 60
"""Steps that are followed in a parse at most; deeper ones are a parser's mistake."""


def paths(pieces: Pieces, cue: tuple[int, int], first: int, end: int) -> np.ndarray:
    """The path from the cue (a range of pieces) to each piece of `[first, end)`, as its number.

    ELSEWHERE for what stands in another sentence; else 1 + steps up * (dependencies + 1) + the label of the first step
    down, 0 for the ancestor itself.
    """
    tokens = pieces.tokens[first:end]
    found = np.full(end - first, ELSEWHERE)
    inside = sorted({int(t) for t in pieces.tokens[cue[0] : cue[1]] if t >= 0})
    if not inside:
        return found
    head = next((t for t in inside if int(pieces.heads[t]) not in inside or pieces.heads[t] == t), inside[0])
    ups = _ancestors(pieces, head)
    known: dict[int, int] = dict(ups)
    sentence = pieces.sentences[head]
    width = len(DEPENDENCIES) + 1
    numbers = {t: 1 + min(up, HIGHEST) * width for t, up in ups.items()}
    for k, token in enumerate(tokens):
        token = int(token)
        if token < 0 or pieces.sentences[token] != sentence:
            continue
        if token not in numbers:
            _descend(pieces, token, known, numbers, width)
        found[k] = numbers.get(token, ELSEWHERE)
    return found


def _ancestors(pieces: Pieces, head: int) -> dict[int, int]:
    """The head and what stands above it, with the number of steps up."""
    ups, token = {head: 0}, head
    for step in range(1, DEEPEST):
        above = int(pieces.heads[token])
        if above in ups:
            break
        ups[above], token = step, above
    return ups


def _descend(pieces: Pieces, token: int, ups: dict[int, int], numbers: dict[int, int], width: int) -> None:
    """Number `token` and what lies between it and the nearest ancestor of the cue."""
    way = [token]
    for _ in range(DEEPEST):
        above = int(pieces.heads[way[-1]])
        if above in numbers:
            break
        if above == way[-1]:
            return
        way.append(above)
    else:
        return
    above = int(pieces.heads[way[-1]])
    if above in ups:
        number = 1 + min(ups[above], HIGHEST) * width + int(pieces.dependencies[way[-1]])
    else:
        number = numbers[above]
    for passed in way:
        numbers[passed] = number
