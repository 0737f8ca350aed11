"""The quantity: a number as a text states it, with its bounds and its unit."""

from __future__ import annotations

import dataclasses
import functools


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity, as stated.

    `[start, end)` are the characters of the numeric expression without its modifier (with its sign, its "%" or its
    currency); `value`, `low`, `high` and `bound` are as the records define them, shares as fractions of one; `unit` is
    "", "%", an ISO 4217 code or a unit of the units table, `dimension` what that measures ("", share, money, distance,
    area, duration, …). `[outer_start, outer_end)` is the expression with its modifiers and its unit. `form` says how it
    is written: digits, words, fraction, ratio, range, clock or vague; `plain` that it is nothing but digits.
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str = ""
    dimension: str = ""
    form: str = "digits"
    plain: bool = False
    outer_start: int = 0
    outer_end: int = 0

    @property
    def modified(self) -> bool:
        """Whether words before it bound it: "more than", "about"."""
        return self.outer_start < self.start


def render(quantity: Quantity) -> str:
    """A quantity as text that parses back to itself: "at least 90,000", "between 30 and 40 km", "about 20%"."""
    if quantity.bound == "vague":
        return "dozens"
    number = functools.partial(_number, scale=100 if quantity.unit == "%" else 1)
    if quantity.bound == "range":
        stated = f"between {number(quantity.low)} and {number(quantity.high)}"
    else:
        ahead = {"about": "about ", "at_least": "at least ", "at_most": "up to "}.get(quantity.bound, "")
        stated = ahead + number(quantity.value)
    return f"{stated}%" if quantity.unit == "%" else f"{stated} {quantity.unit}".rstrip()


def _number(value: float, scale: int = 1) -> str:
    value = round(value * scale, 9)
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
