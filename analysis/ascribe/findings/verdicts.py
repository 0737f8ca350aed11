"""Where a number stands on one series: the verdicts on running totals and on windows of time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ascribe.findings.timeline import NO_DAY, Timeline, whole_days

LATEST = 1
"""Days by which a number may trail its series and still be today's: counts appear in the morning."""
FRESH = 0.1
"""How far a series may have risen above a bound before "more than" that bound is stale, as a share."""
AHEAD = 60
"""How many days later a number may have come true and still be called ahead of its date."""
NEAR = 3
"""How many days a point speaks for: beyond, a running total is only known to lie between its points."""
ROUNDING = {"exact": 0.01, "about": 0.05}
"""How far rounding reaches at most, as a share of the number."""


def no_record(rows: pd.DataFrame) -> pd.DataFrame:
    """Nothing to set the figures against."""
    out = pd.DataFrame(index=rows.index)
    out["verdict"] = "no record"
    out["record_value"] = out["days"] = np.nan
    out["record_date"] = out["true_first"] = out["true_last"] = pd.NaT
    return out


def reach(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The interval of record values for which each figure is rightly said: how far its rounding and bounds reach."""
    q, bound = rows["said"].to_numpy(float), rows["bound"].to_numpy(object)
    half = np.array([step(v) / 2 for v in q])
    # "about 105,960" is no rounding: all its digits tell
    digits = np.array([telling(v) for v in q], bool) | (bound == "exact")
    loosely = np.clip(half, ROUNDING["exact"] * q, ROUNDING["about"] * q)
    tolerance = np.where(digits, np.minimum(half, ROUNDING["exact"] * q), loosely)
    tolerance = np.where(np.isin(bound, ("exact", "about")), tolerance, 0)
    low, high = q - tolerance, q + tolerance
    stated_low, stated_high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    low = np.where(bound == "at_least", np.where(np.isnan(stated_low), q, stated_low), low)
    high = np.where(bound == "at_least", low * (1 + FRESH), high)
    high = np.where(bound == "at_most", np.where(np.isnan(stated_high), q, stated_high), high)
    low = np.where(bound == "at_most", high * (1 - FRESH), low)
    low, high = np.where(bound == "range", stated_low, low), np.where(bound == "range", stated_high, high)
    return low, high


def step(value: float) -> float:
    """What a number is rounded to, by its trailing zeros: 88,900 to hundreds."""
    if value % 1 or value < 10:
        return 0.0
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0**zeros if zeros else 0.0


def telling(value: float) -> bool:
    """Whether a number is unlikely to be anything else's: four digits and more, not counting the zeros at its end."""
    return value % 1 == 0 and len(str(int(value)).rstrip("0")) >= 4


def totals(rows: pd.DataFrame, line: Timeline) -> pd.DataFrame:
    """Running totals at their own days."""
    day, q = whole_days(rows["when"]), rows["said"].to_numpy(float)
    undated = day == NO_DAY
    now = line.at(np.where(undated, line.days[-1], day))
    value = np.where(now >= 0, line.values[np.maximum(now, 0)], np.nan)
    before = np.maximum(now - 1, 0)
    recent = (now > 0) & (day - line.days[before] <= LATEST)
    precise = np.isin(rows["bound"].to_numpy(object), ("exact", "about"))
    exact_now = precise & (value == q)
    exact_before = precise & ~exact_now & recent & (line.values[before] == q)
    low, high = reach(rows)
    rounded = (low <= value) & (value <= high)
    # where else: the very number first, then what it may be rounded from
    first, last = line.between(q, q)
    nowhere = ~precise | (first > last)
    around = line.between(low, high)
    first, last = np.where(nowhere, around[0], first), np.where(nowhere, around[1], last)
    ever = first <= last
    true_first, true_last = line.day(np.where(ever, first, -1)), line.day(np.where(ever, last, -1))
    gap = np.where(last < now, day - whole_days(pd.Series(true_last)), whole_days(pd.Series(true_first)) - day)
    sparse = ~undated & (now >= 0) & (day - line.days[np.maximum(now, 0)] > NEAR)
    after = np.where(now + 1 < len(line.days), line.values[np.minimum(now + 1, len(line.days) - 1)], np.inf)
    between = sparse & (high >= value) & (low <= after) & np.isfinite(after)
    earlier = ever & ~nowhere & (last < now)
    verdict = np.select(
        [
            undated & ever, (exact_now | exact_before) & ~sparse, between, sparse & earlier,
            sparse | undated | (now < 0), rounded,
            ever & (last < now), ever & (first > now) & (gap <= AHEAD), ever & (first <= now) & (last >= now),
        ],
        ["placed", "exact", "between", "stale", "no record", "rounded", "stale", "ahead", "rounded"],
        default="mismatch",
    )  # fmt: skip
    out = pd.DataFrame(index=rows.index)
    out["verdict"] = verdict
    shown = np.where(exact_before, before, now)
    # where the article has no day, what the series said when the number first came true
    shown = np.where(undated, np.where(ever, first, -1), shown)
    out["record_value"] = np.where(shown < 0, np.nan, line.values[np.maximum(shown, 0)])
    out["record_date"] = line.day(shown)
    out["true_first"], out["true_last"] = true_first, true_last
    out["days"] = np.where(np.isin(verdict, ("stale", "ahead")), gap, np.nan)
    return out


def increases(rows: pd.DataFrame, line: Timeline) -> pd.DataFrame:
    """Increases for which no window is told, against the rise of their day, or of the day before.

    They fit it or there is no record: over which days else they count is not told, so that none is wrong.
    """
    day, q = whole_days(rows["when"]), rows["said"].to_numpy(float)
    low, high = reach(rows)
    out = no_record(rows)
    for back in (LATEST, 0):
        at = line.at(day - back)
        before = np.maximum(at - 1, 0)
        daily = (at > 0) & (line.days[np.maximum(at, 0)] == day - back) & (line.days[before] == day - back - 1)
        rise = np.where(daily, line.values[np.maximum(at, 0)] - line.values[before], np.nan)
        for verdict, hit in (("rounded", (low <= rise) & (rise <= high)), ("exact", rise == q)):
            out.loc[hit, "verdict"] = verdict
            out.loc[hit, "record_value"] = rise[hit]
            out.loc[hit, "record_date"] = line.day(at)[hit]
    return out


def _near(line: Timeline, day: np.ndarray) -> np.ndarray:
    """Whether the series has a point on each day or shortly before."""
    at = line.at(day)
    return (at >= 0) & (day - line.days[np.maximum(at, 0)] <= NEAR)


ALIGNMENTS = ((-1, 0), (0, 1), (0, 0))
"""Days added to a window's first and last day before its series is read there: counts of one day appear on the next."""


def windows(rows: pd.DataFrame, cumulative: bool, points: pd.DataFrame, line: Timeline) -> pd.DataFrame:
    """Figures for a window: against the difference of the running total, or the point that has the same window."""
    first, last = whole_days(rows["window_start"]), whole_days(rows["window_end"])
    last = np.where(last == NO_DAY, whole_days(rows["when"]), last)
    q = rows["said"].to_numpy(float)
    low, high = reach(rows)
    if cumulative:
        options = [
            np.where(
                (last != NO_DAY) & _near(line, last + b) & _near(line, first + a),
                line.value_at(last + b) - line.value_at(first + a),
                np.nan,
            )
            for a, b in ALIGNMENTS
        ]
    else:
        starts, ends = whole_days(points["window_start"]), line.days
        near = [
            np.flatnonzero((np.abs(starts - a) <= 2) & (np.abs(ends - b) <= 2))
            for a, b in zip(first, last, strict=True)
        ]
        options = [np.array([line.values[n[0]] if len(n) else np.nan for n in near])]
    exact = [(o == q) for o in options]
    rounded = [(low <= o) & (o <= high) for o in options]
    best = np.full(len(rows), np.nan)
    for o, hit in [*zip(options, rounded, strict=True), *zip(options, exact, strict=True)]:
        best = np.where(hit, o, best)
    best = np.where(np.isnan(best), options[0], best)
    is_exact = np.any(exact, axis=0) & np.isin(rows["bound"].to_numpy(object), ("exact", "about"))
    out = pd.DataFrame(index=rows.index)
    out["verdict"] = np.select(
        [np.isnan(best), is_exact, np.any(rounded, axis=0)], ["no record", "exact", "rounded"], default="mismatch"
    )
    out["record_value"] = best
    out["record_date"] = np.where(np.isnan(best), np.datetime64("NaT", "D"), line.day(line.at(last)))
    out["true_first"] = out["true_last"] = pd.NaT
    out["days"] = np.nan
    return out
