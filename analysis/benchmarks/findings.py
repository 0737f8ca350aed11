"""How well the findings find, measured on the reference series.

Slips are seeded, with a fixed seed, into a copy of the daily running totals quoted as figures of their day, one kind at
a time, and each figure is checked against the untouched series; recall is the share whose slip is named as what it is.
The false alarms are the figures of the untouched copy that are not found exact. Numbers below 1,000 and slips that
leave the number as it was are not seeded, nor round numbers moved by some days. Slips are also seeded into the series
themselves, one point in fifty, where they move a total by more than a week's increase, and looked for on load.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
from ascribe.findings import series
from ascribe.findings.echoes import echo
from ascribe.findings.record import INCREASE, against_the_record
from ascribe.findings.series import Series, problems

COPIES = 600
"""Figures of each kind of slip."""


def measure(shared: Path) -> dict[str, float]:
    """Scores on `shared/reference/series.csv` and the seed article, in percent unless said; empty where missing."""
    path = Path(shared) / "reference" / "series.csv"
    if not path.exists():
        return {}
    reference = series.load(path)
    found = slips(reference) | on_load(reference) | echoes(reference) | timing(reference)
    gold = Path(shared) / "evaluation" / "gold" / "dev" / "seed.gold.json"
    return found | (placed(gold, reference) if gold.exists() else {})


def figure(i: int, value: float, date: object, line: pd.Series, category: str | None = None) -> dict[str, object]:
    """A figure that quotes a series."""
    return {
        "figure_id": f"f{i}", "doc_id": "d", "number": f"{value:,.0f}", "value": value, "low": value, "high": value,
        "bound": "exact", "unit": "", "category": category or line["category"], "counted": line["counted"],
        "whose": line["whose"], "source_name": line["publisher"], "as_of": pd.Timestamp(date).date().isoformat(),
    }  # fmt: skip


def slips(reference: Series) -> dict[str, float]:
    """Recall by kind of slip, over all, and the share of false alarms."""
    rng = np.random.default_rng(0)
    daily = reference.about[reference.about["cumulative"] & reference.about["n"].gt(1000)]
    points = reference.points[reference.points["series_id"].isin(daily["series_id"])]
    lines = {sid: p.reset_index(drop=True) for sid, p in points.groupby("series_id")}
    big = points[points["value"].ge(1000)]
    at = {}
    for kind, make in MADE.items():
        drawn = big.sample(COPIES * 2, random_state=int(rng.integers(1 << 31)))
        made = [m for m in (make(r, lines[r["series_id"]], lines, rng) for _, r in drawn.iterrows()) if m][:COPIES]
        figures = pd.DataFrame([figure(i, value, date, r, cat) for i, (r, value, date, cat, _) in enumerate(made)])
        if kind == INCREASE:
            figures["accumulation"] = "total"  # else it is no slip: the rise of the day, rightly told
        out = against_the_record(figures, reference).set_index("figure_id")
        right = [_names(out.loc[f"f{i}"], kind, told) for i, (*_, told) in enumerate(made)]
        at[f"slip_recall_{kind.replace(' ', '_')}"] = round(100 * float(np.mean(right)), 1)
    untouched = pd.DataFrame([figure(i, r["value"], r["date"], r) for i, (_, r) in enumerate(points.iterrows())])
    alarms = against_the_record(untouched, reference)["verdict"].ne("exact").mean()
    overall = round(float(np.mean(list(at.values()))), 1)
    return at | {"slip_recall": overall, "slip_false_alarms": round(100 * float(alarms), 2)}


def _names(row: pd.Series, kind: str, told: object) -> bool:
    if kind == "day shift":
        return row["verdict"] in ("stale", "ahead")
    if kind == "category shift":
        return row["verdict"] == "exact" and row["category_shift"] == told
    if kind == "other column":
        return row["slip"] == told
    return row["slip"] == kind


def _digits(change):
    def make(r, line, lines, rng):
        digits = str(int(r["value"]))
        changed = change(digits, rng)
        if changed is None or changed == digits or changed.startswith("0"):
            return None
        return r, float(changed), r["date"], None, None

    return make


def _transpose(digits: str, rng: np.random.Generator) -> str:
    i = int(rng.integers(len(digits) - 1))
    return digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


def _add(digits: str, rng: np.random.Generator) -> str:
    i = int(rng.integers(1, len(digits) + 1))
    return digits[:i] + str(rng.integers(10)) + digits[i:]


def _drop(digits: str, rng: np.random.Generator) -> str:
    i = int(rng.integers(len(digits)))
    return digits[:i] + digits[i + 1 :]


def _shift(r, line, lines, rng):
    if r["value"] % 10 == 0:
        return None  # rightly rounded, perhaps
    days = int(rng.integers(3, 30)) * (1 if rng.random() < 0.5 else -1)
    date = r["date"] + pd.Timedelta(days=days)
    there = line[line["date"].between(date - pd.Timedelta(days=1), date)]
    return (r, r["value"], date, None, None) if len(there) == 2 and not there["value"].eq(r["value"]).any() else None


def _column(r, line, lines, rng):
    other = list(lines)[int(rng.integers(len(lines)))]
    there = lines[other].loc[lines[other]["date"].eq(r["date"]), "value"]
    if other == r["series_id"] or there.empty or there.iloc[0] < 100:
        return None
    return r, float(there.iloc[0]), r["date"], None, f"other column: {other}"


def _category(r, line, lines, rng):
    return (r, r["value"], r["date"], "killed", "losses as killed") if r["category"] == "losses" else None


def _increase(r, line, lines, rng):
    before = line.loc[line["date"].eq(r["date"] - pd.Timedelta(days=1)), "value"]
    gain = r["value"] - before.iloc[0] if len(before) else 0
    return (r, float(gain), r["date"], None, None) if gain >= 100 else None


MADE = {
    "transposed digits": _digits(_transpose),
    "extra digit": _digits(_add),
    "missing digit": _digits(_drop),
    "day shift": _shift,
    "other column": _column,
    "category shift": _category,
    "increase for total": _increase,
}


def on_load(reference: Series) -> dict[str, float]:
    """Slips seeded into the running totals themselves: the share found at their point, and false alarms a point."""
    rng = np.random.default_rng(1)
    points = reference.points.copy()
    before = {(p.series_id, p.date) for p in problems(points).itertuples()}
    seeded = {}
    for series_id, p in points[points["cumulative"]].groupby("series_id"):
        if len(p) < 100:
            continue
        for k in range(25 + int(rng.integers(25)), len(p) - 10, 50):
            value, row = p["value"].iloc[k], p.index[k]
            week = p["value"].iloc[k + 7] - p["value"].iloc[k - 7]
            kind = list(MADE)[int(rng.integers(3))]
            made = MADE[kind](p.loc[row], p, {}, rng) if value >= 1000 else None
            if made and abs(made[1] - value) > max(week, 1):
                points.loc[row, "value"] = made[1]
                seeded[series_id, p["date"].iloc[k]] = kind
    found = {
        (p.series_id, p.date): p.kind for p in problems(points).itertuples() if (p.series_id, p.date) not in before
    }
    hit = [key for key in seeded if key in found]
    named = [key for key in hit if found[key] == seeded[key]]
    return {
        "load_slips_seeded": len(seeded),
        "load_slips_found": round(100 * len(hit) / len(seeded), 1),
        "load_slips_named": round(100 * len(named) / len(seeded), 1),
        "load_false_alarms": round(100 * (len(before) + len(found) - len(hit)) / len(points), 2),
    }


def echoes(reference: Series) -> dict[str, float]:
    """How close the British monthly totals are to the General Staff's, in percent, and the lag in days."""
    pairs = echo(reference)
    row = pairs[pairs["follower"].eq("uk_mod_monthly") & pairs["origin"].eq("ua_gs_personnel")].iloc[0]
    return {"echo_median_difference": round(100 * float(row["median_difference"]), 2), "echo_lag_days": int(row["lag"])}


def timing(reference: Series) -> dict[str, float]:
    """Seconds of one processor for 10,000 figures, a third of them wrong, against all points of the reference."""
    rng = np.random.default_rng(2)
    points = reference.points[reference.points["series_id"].eq("ua_gs_personnel")].reset_index(drop=True)
    drawn = rng.integers(0, len(points), 10_000)
    rows = [(points.loc[k], 37 * (i % 3 == 0)) for i, k in enumerate(drawn)]
    figures = pd.DataFrame([figure(i, r["value"] + off, r["date"], r) for i, (r, off) in enumerate(rows)])
    start = time.process_time()
    against_the_record(figures, reference)
    return {"seconds_10000_figures": round(time.process_time() - start, 2)}


def placed(gold: Path, reference: Series) -> dict[str, float]:
    """Whether the article's loss figure is placed on the General Staff's series, on the day it first came true."""
    figures = pd.DataFrame(json.loads(gold.read_text(encoding="utf-8"))["figures"])
    figures["figure_id"], figures["doc_id"] = [f"f{i}" for i in range(len(figures))], "seed"
    out = against_the_record(figures, reference)
    right = out["series_id"].eq("ua_gs_personnel") & out["true_first"].eq(pd.Timestamp("2022-12-02"))
    return {"seed_placed": 100.0 * bool((right & out["category_shift"].isna() & out["said"].eq(90_000)).any())}
