"""A table cell's value as a reader wants it."""

from __future__ import annotations

import datetime as dt
import math
import numbers
from collections.abc import Callable, Iterable, Mapping

NOTHING = "–"
"""What a cell without a value shows."""


def is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT, NA."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NAType", "NaTType")


def written(value: object, show: str | Callable[[object], str] | None = None) -> str:
    """A cell's value as a reader wants it: thousands set off, dates in ISO form, lists joined, nothing as a dash."""
    if is_missing(value):
        return NOTHING
    if callable(show):
        return str(show(value))
    if show:
        return format(value, show)
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):  # numpy's own
        return "yes" if value else "no"
    if isinstance(value, numbers.Integral):
        return f"{int(value):,}"
    if isinstance(value, numbers.Real):
        return number(float(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        items = value.tolist() if hasattr(value, "tolist") else list(value)
        return ", ".join(written(item) for item in items) or NOTHING
    return str(value)


def number(value: float) -> str:
    """A real number with at most three decimals, or three significant digits where it is below one."""
    if not math.isfinite(value):
        return str(value)
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:,.3f}".rstrip("0").rstrip(".")
