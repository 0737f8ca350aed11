"""What happens while notebooks run, as it is told."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """What happens to a job: `started`, `cell` (number `index` of `of`), `done` (warnings), `failed` (a message)."""

    job: int
    event: str
    index: int = 0
    of: int = 0
    message: str = ""
    code: int = 1
    warnings: tuple[str, ...] = ()
