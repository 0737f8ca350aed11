"""Reference series: what publishers themselves put out, loaded, described and checked.

from ascribe.findings import series
reference = series.load("series.csv")
reference.points, reference.about, reference.problems
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ascribe.errors import SeriesError
from ascribe.findings import reading_series
from ascribe.findings.slips import neighbours

JUMP = 25.0
"""A day's increase is a jump where it is so many times the median increase of the thirty points around it."""


@dataclasses.dataclass(frozen=True)
class Series:
    """Reference series of one or more files.

    `points`: a row a point, sorted by series and date; columns `series_id, publisher, interest, whose, category,
    counted, date` (datetime64), `value, low, high, bound, cumulative` (bool: a running total), `window_start`
    (datetime64: first day counted), `source_url, licence, line`.
    `about`: a row a series; columns `series_id, publisher, interest, whose, category, counted, counts` (what is
    counted, in words), `limits, licence, cumulative, n, first, last, sha256` (of the file), `file` (its name).
    `problems`: a row a problem found on load; columns `series_id, date, value, kind` (falls, jump, transposed digits,
    extra digit, missing digit, two values), `message`. Problems are reported, never repaired.
    """

    points: pd.DataFrame
    about: pd.DataFrame
    problems: pd.DataFrame

    def __str__(self) -> str:
        return f"{len(self.about)} series, {len(self.points):,} points, {len(self.problems)} problems"


def load(paths: str | Path | Sequence[str | Path], shape: str | None = None) -> Series:
    """Load reference series from CSV files.

    `shape` is one of `reading_series.SHAPES`; without it the header tells. Raises SeriesError naming the file and line
    where a file cannot be read, a cell is no number or date, or the columns are of no known shape. A series that two
    files have is taken from the later one.
    """
    paths = [paths] if isinstance(paths, str | Path) else list(paths)
    points, about = [], []
    for path in map(Path, paths):
        found, frame = reading_series.rows(path, shape)
        frame = _frame(frame, found, path)
        points = [p[~p["series_id"].isin(frame["series_id"])] for p in points] + [frame]
        about = [a[~a["series_id"].isin(frame["series_id"])] for a in about]
        about.append(_about(frame, found, path))
    if not points:
        raise SeriesError("no file of reference series was given")
    joined = pd.concat(points, ignore_index=True)
    return Series(joined, pd.concat(about, ignore_index=True), problems(joined))


FACTS = Path(__file__).parent / "data" / "facts.csv"


def shipped() -> Series:
    """The facts that come with the package: single published figures, each with the address it was published at."""
    return load(FACTS)


def reference(paths: Sequence[str | Path] = (), shape: str | None = None) -> Series:
    """The facts that come with the package and the reference series of these files.

    Of a series in both, a day that the file has is the file's, and so is what is known of the series.
    """
    own = load(paths, shape) if len(paths) else None
    facts = shipped()
    if own is None:
        return facts
    days = set(zip(own.points["series_id"], own.points["date"], strict=True))
    new = [key not in days for key in zip(facts.points["series_id"], facts.points["date"], strict=True)]
    points = pd.concat([facts.points[new], own.points], ignore_index=True)
    points = points.sort_values(["series_id", "date"], kind="stable").reset_index(drop=True)
    told = ~facts.about["series_id"].isin(own.about["series_id"])
    about = pd.concat([facts.about[told], own.about], ignore_index=True)
    spans = points.groupby("series_id")["date"].agg(["size", "min", "max"]).loc[about["series_id"]]
    about["n"], about["first"], about["last"] = (spans[c].to_numpy() for c in ("size", "min", "max"))
    return Series(points, about, problems(points))


def _frame(rows: list[reading_series.Row], shape: str, path: Path) -> pd.DataFrame:
    defaults = next(r for r in reading_series.table("shapes") if r["shape"] == shape)
    frame = pd.DataFrame(rows, columns=list(reading_series.COLUMNS))
    for column in ("date", "window_start"):
        frame[column] = pd.to_datetime(frame[column], errors="coerce")
    for column in ("value", "low", "high"):
        frame[column] = pd.to_numeric(frame[column], errors="coerce").astype(float)
    empty = frame[["value", "low", "high"]].isna().all(axis=1)
    frame = frame[~empty].copy()
    if frame.empty:
        raise SeriesError(f"{path}: no point has a number")
    for column, default in (("publisher", defaults["publisher"]), ("interest", defaults["interest"])):
        frame[column] = frame[column].astype(object).where(frame[column].notna(), default or None)
    frame["interest"] = frame["interest"].fillna("unknown")
    frame["cumulative"] = frame["cumulative"].astype(bool)
    shared = frame.groupby("series_id")["publisher"].transform("nunique") > 1
    frame.loc[shared, "series_id"] += ":" + frame.loc[shared, "publisher"].fillna("unknown")
    if shape in ("ucdp_ged", "acled"):
        frame = _by_day(frame)
    return frame.sort_values(["series_id", "date", "line"], kind="stable").reset_index(drop=True)


def _by_day(frame: pd.DataFrame) -> pd.DataFrame:
    """Events as one point a day and series."""
    first = [c for c in reading_series.COLUMNS if c not in ("series_id", "date", "value", "low", "high")]
    sums = {c: "sum" for c in ("value", "low", "high")}
    days = frame.groupby(["series_id", "date"], as_index=False).agg(sums | {c: "first" for c in first})
    return days[list(reading_series.COLUMNS)]


def _about(frame: pd.DataFrame, shape: str, path: Path) -> pd.DataFrame:
    defaults = next(r for r in reading_series.table("shapes") if r["shape"] == shape)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    first = ["publisher", "interest", "whose", "category", "counted", "licence", "cumulative"]
    about = frame.groupby("series_id", as_index=False).agg(
        {c: "first" for c in first} | {"date": ["size", "min", "max"]}
    )
    about.columns = ["series_id", *first, "n", "first", "last"]
    about["licence"] = about["licence"].astype(object).fillna(defaults["licence"])
    about["counts"] = defaults["counts"]
    if shape == "long":
        counted = about["counted"].where(about["counted"].notna(), "")
        about["counts"] = (counted + " " + about["category"] + " of " + about["whose"].fillna("all")).str.strip()
    about["limits"], about["sha256"], about["file"] = defaults["limits"], digest, path.name
    order = ["series_id", "publisher", "interest", "whose", "category", "counted", "counts", "limits", "licence"]
    return about[[*order, "cumulative", "n", "first", "last", "sha256", "file"]]


# ------------------------------------------------------------------------------------------------------------- problems


def problems(points: pd.DataFrame) -> pd.DataFrame:
    """What contradicts itself in running totals: one row a problem, columns as `Series.problems`.

    A single point out of line with its neighbours is named after the slip that would bring it back: transposed digits,
    an extra or a missing digit; else it falls, or jumps.
    """
    found: list[tuple] = []
    for series_id, s in points[points["cumulative"] & points["value"].notna()].groupby("series_id", sort=True):
        dates, values = s["date"].to_numpy(), s["value"].to_numpy()
        twice = s["date"].duplicated(keep=False).to_numpy()
        changed = [i for i in np.flatnonzero(twice[1:] & (dates[1:] == dates[:-1])) if values[i + 1] != values[i]]
        found += [(series_id, dates[i + 1], values[i + 1], "two values", _two(values, i)) for i in changed]
        found += [(series_id, dates[i], values[i], kind, say) for i, kind, say in _breaks(values)]
    return pd.DataFrame(found, columns=["series_id", "date", "value", "kind", "message"])


def _two(values: np.ndarray, i: int) -> str:
    return f"one day has two values: {values[i]:,.0f} and {values[i + 1]:,.0f}"


def _breaks(values: np.ndarray) -> list[tuple[int, str, str]]:
    """Where a running total breaks: (index, kind, words)."""
    found, steps, i = [], np.diff(values), 0
    for i in np.flatnonzero((steps < 0) | _leaps(steps)):
        if any(abs(i + 1 - at) <= 1 for at, _, _ in found):
            continue  # the way back from the point before
        at = _culprit(values, i)
        before = values[at - 1] if at else None
        after = values[at + 1] if at + 1 < len(values) else None
        kind = _named(values[at], before, after)
        if kind is None:
            at, kind = i + 1, "falls" if steps[i] < 0 else "jump"
        found.append((at, kind, _words(kind, values, at)))
    return found


def _leaps(steps: np.ndarray) -> np.ndarray:
    """Which steps up are far beyond those around them."""
    typical = pd.Series(steps).clip(lower=0).rolling(31, center=True, min_periods=5).median().to_numpy()
    return steps > JUMP * np.maximum(np.nan_to_num(typical, nan=np.inf), 4)


def _culprit(values: np.ndarray, i: int) -> int:
    """Of the two points of a broken step, the one that is out of line with the points around both."""
    if i >= 1 and i + 2 < len(values):
        without_first = values[i - 1] <= values[i + 1]
        without_second = values[i] <= values[i + 2]
        if without_first and not without_second:
            return i
        if without_second and not without_first:
            return i + 1
        if without_first and without_second:
            # both would do: the one that leaves the evener steps
            first = abs((values[i + 1] - values[i - 1]) / 2 - (values[i + 2] - values[i + 1]))
            second = abs((values[i + 2] - values[i]) / 2 - (values[i] - values[i - 1]))
            return i if first < second else i + 1
    return i if i == 0 else i + 1


def _named(value: float, before: float | None, after: float | None) -> str | None:
    """The slip that a point out of line is, going by which number it should lie between."""
    if value % 1 or value < 100 or before is None or after is None or not before <= after:
        return None
    if before <= value <= after:
        return None
    middle = (before + after) / 2
    room = max(after - before, 0.002 * middle)
    near = [
        (abs(n - middle), kind) for kind, n in neighbours(int(value)) if before - 0.2 * room <= n <= after + 0.2 * room
    ]
    order = {"transposed digits": 0, "extra digit": 1, "missing digit": 2}
    return min(near, key=lambda x: (order[x[1]], x[0]))[1] if near else None


def _words(kind: str, values: np.ndarray, at: int) -> str:
    around = " and ".join(f"{v:,.0f}" for v in [*values[max(at - 1, 0) : at], *values[at + 1 : at + 2]])
    said = {"falls": "the running total falls", "jump": "the running total jumps"}.get(kind, f"looks like {kind}")
    return f"{said}: {values[at]:,.0f} between {around}"
