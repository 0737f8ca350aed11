"""A date expression: words of a text that say when, how long or how often."""

from __future__ import annotations

import dataclasses
import datetime as dt

KINDS = ("date", "time", "duration", "set")


@dataclasses.dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that say when, how long or how often.

    `text` is what stands at `[start, end)`. `kind` is TIMEX3's type in small letters: `date | time | duration | set`.
    `value` is TIMEX3's (ISO 8601 and its extensions): `2022-12-02`, `2022-12`, `2022-W48`, `2022-W48-WE`, `2022-Q3`,
    `2022-H1`, `2022`, `202` (the 2020s), `19` (the 20th century), `2022-SU`, `2022-12-02T16:08Z`, `2022-12-02TMO`,
    `P3D`, `PT24H`, `PXY` (years), `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`; None where the text and the anchor do not
    tell it. `first` and `last` are the days that it covers, both inclusive: for a duration that is tied to the anchor
    ("the past 24 hours") the days it spans, for one that is not ("a three-day strike") None. `part` is `START | MID |
    END` for "early 2022" and the like: `first` and `last` are narrowed to it, `value` is not, as TIMEX3 has it.
    """

    start: int
    end: int
    text: str
    kind: str
    value: str | None
    first: dt.date | None = None
    last: dt.date | None = None
    part: str | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """The days covered, or None where they are not known."""
        return (self.first, self.last) if self.first and self.last else None

    def __str__(self) -> str:
        return f"{self.text!r} {self.kind} {self.value or '?'}"
