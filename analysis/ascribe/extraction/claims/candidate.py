"""What the rules propose: candidates, several to a cue, of which the filter keeps the best or none."""

from __future__ import annotations

import dataclasses

Range = tuple[int, int]
"""A token range `[i, j)`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution, in token ranges.

    `anchor` is the token of the cue that names it (candidates that share one are alternatives), `form` the name of the
    construction that proposed it and `marks` what that construction saw, for the filter to learn from.
    """

    anchor: int
    form: str
    content: tuple[Range, ...]
    source: Range | None = None
    cue: Range | None = None
    via: tuple[Range, ...] = ()
    marks: tuple[str, ...] = ()
