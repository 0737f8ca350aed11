"""Words in an article, kept as W3C Web Annotations keep them: the exact words, those around them, and their place.

The place (TextPositionSelector) finds them in the same text; the words (TextQuoteSelector) find them in one that was
updated since.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

CONTEXT = 32
"""Characters kept on either side."""
ENOUGH = 12
"""So many characters on one side must still be the same: the words alone ("two") may be others."""


def anchor(text: str, start: int, end: int) -> dict[str, str | int]:
    """What `text[start:end]` is found again by: `exact, prefix, suffix, start, end`."""
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return {"exact": text[start:end], "prefix": prefix, "suffix": suffix, "start": int(start), "end": int(end)}


def find(text: str, exact: str, prefix: str = "", suffix: str = "", start: int | None = None) -> tuple[int, int]:
    """Where the anchored words stand in a text now, `(start, end)`.

    Raises ValueError that says why, where they are gone or stand in several places that cannot be told apart.
    """
    if not exact:
        raise ValueError("no words are named")
    if start is not None and _is_at(text, exact, prefix, suffix, start):
        return start, start + len(exact)
    ranked = sorted(((_likeness(text, at, exact, prefix, suffix), at) for at in _all(text, exact)), reverse=True)
    if not ranked:
        raise ValueError("its words are gone from the article")
    bare = not (prefix or suffix)
    least = 0 if bare or (len(ranked) == 1 and len(exact) >= CONTEXT) else min(ENOUGH, len(prefix) + len(suffix))
    best, at = ranked[0]
    if best < least:
        raise ValueError("its words stand in the article only elsewhere, among other words")
    if len(ranked) > 1 and ranked[1][0] == best:
        raise ValueError("its words stand in the article more than once, and nothing tells which are meant")
    return at, at + len(exact)


def _is_at(text: str, exact: str, prefix: str, suffix: str, start: int) -> bool:
    end = start + len(exact)
    before, after = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
    return text[start:end] == exact and before == prefix and after == suffix


def _all(text: str, exact: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(f"(?={re.escape(exact)})", text))


def _likeness(text: str, at: int, exact: str, prefix: str, suffix: str) -> int:
    """How many characters directly before and after are those that were there."""
    before, after = text[max(0, at - len(prefix)) : at], text[at + len(exact) :][: len(suffix)]
    return _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
