"""The windows that a long article is read in, and the crops around cues."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

FIRST, LAST, MASKED = 101, 102, 103
"""The vocabulary's marks of a window's beginning, of its end, and of a hidden piece."""
LONGEST = 480
"""Pieces that are read at once."""
BEFORE, AFTER = 64, 96
"""Pieces before and after a cue's first within which its source and content are looked for: 99 in 100 lie there."""
FIGURE_BEFORE, FIGURE_AFTER = 40, 24
"""Pieces before and after a figure's first by which it is judged."""


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """The pieces `[start, end)`, read at once; what begins in `[from_, to)` is decided here."""

    start: int
    end: int
    from_: int
    to: int

    def __len__(self) -> int:
        return self.end - self.start

    def decides(self, piece: int) -> bool:
        """Whether what begins at this piece is decided in this window, not in a neighbour."""
        return self.from_ <= piece < self.to

    def crop(self, cue: int) -> tuple[int, int]:
        """The pieces around a cue that are looked at for its source and content."""
        return max(self.start, cue - BEFORE), min(self.end, cue + AFTER)

    def figure_crop(self, figure: int) -> tuple[int, int]:
        """The pieces around a figure by which it is judged."""
        return max(self.start, figure - FIGURE_BEFORE), min(self.end, figure + FIGURE_AFTER)


def windows(length: int) -> Iterator[Window]:
    """Windows over so many pieces, each piece decided in exactly one of them."""
    start = from_ = 0
    while from_ < length:
        end = min(length, start + LONGEST)
        to = length if end == length else end - AFTER
        yield Window(start, end, from_, to)
        start, from_ = to - BEFORE, to
