"""One reference series as arrays: where a number stands on it, found by bisection."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

DAY = np.timedelta64(1, "D")


@dataclasses.dataclass(frozen=True)
class Timeline:
    """A series' points in order of their days.

    `days` are whole days since 1970 (int64), `values` the numbers (the middle of the range where only that is known),
    `highest` the highest so far: what was once true of a running total.
    """

    series_id: str
    days: np.ndarray
    values: np.ndarray
    highest: np.ndarray

    @classmethod
    def of(cls, series_id: str, points: pd.DataFrame) -> Timeline:
        values = points["value"].fillna((points["low"] + points["high"]) / 2)
        values = values.fillna(points["low"]).fillna(points["high"]).to_numpy(float)
        return cls(series_id, whole_days(points["date"]), values, np.maximum.accumulate(values))

    def at(self, day: np.ndarray) -> np.ndarray:
        """Indices of the last point on or before each day; -1 before the first."""
        return np.searchsorted(self.days, day, side="right") - 1

    def value_at(self, day: np.ndarray) -> np.ndarray:
        """What the series said on each day; nan before it began."""
        i = self.at(day)
        return np.where(i >= 0, self.values[np.maximum(i, 0)], np.nan)

    def between(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each interval the first and last index at which the running total lay in it; first > last: never."""
        return np.searchsorted(self.highest, low, side="left"), np.searchsorted(self.highest, high, side="right") - 1

    def day(self, index: np.ndarray) -> np.ndarray:
        """The days of indices, as datetime64; NaT where an index is out of range."""
        inside = (index >= 0) & (index < len(self.days))
        days = self.days[np.clip(index, 0, len(self.days) - 1)].astype("datetime64[D]")
        return np.where(inside, days, np.datetime64("NaT")).astype("datetime64[D]")


def whole_days(dates: pd.Series) -> np.ndarray:
    """Days since 1970 as int64; the lowest integer for no date."""
    return dates.to_numpy("datetime64[D]").astype(np.int64)


NO_DAY = np.iinfo(np.int64).min
