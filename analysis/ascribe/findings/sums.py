"""Series that a publisher's own make together: its killed and its wounded are its casualties."""

from __future__ import annotations

import pandas as pd

from ascribe.findings import names
from ascribe.findings.series import Series


def with_casualties(reference: Series) -> Series:
    """The series, and for each publisher that counts a party's killed and wounded apart their sum on common days.

    The sum's `series_id` names both ("killed_id + wounded_id"), its `counts` says that it is a sum. A publisher that
    has casualties of its own gets none.
    """
    totals = reference.about[reference.about["cumulative"] & reference.about["publisher"].notna()]
    keyed = totals.assign(key=[names.publisher_key(p) for p in totals["publisher"]])
    points, about = [reference.points], [reference.about]
    for _, theirs in keyed.groupby(["key", "whose"], sort=True):
        if theirs["category"].eq("casualties").any():
            continue
        killed, wounded = (theirs[theirs["category"].eq(c)] for c in ("killed", "wounded"))
        if len(killed) != 1 or len(wounded) != 1:
            continue
        both = _sum(reference.points, killed["series_id"].iloc[0], wounded["series_id"].iloc[0])
        if len(both):
            points.append(both)
            row = killed.drop(columns="key").assign(
                series_id=both["series_id"].iloc[0], category="casualties", counts="killed and wounded, added up",
                n=len(both), first=both["date"].min(), last=both["date"].max(),
            )  # fmt: skip
            about.append(row)
    return Series(pd.concat(points, ignore_index=True), pd.concat(about, ignore_index=True), reference.problems)


def _sum(points: pd.DataFrame, killed: str, wounded: str) -> pd.DataFrame:
    """The sum of two series on the days that both have a number for."""
    a, b = (points[points["series_id"].eq(s)].drop_duplicates("date") for s in (killed, wounded))
    both = a.merge(b[["date", "value"]], on="date", suffixes=("", "_other"))
    both["value"] = both["value"] + both["value_other"]
    both = both[both["value"].notna()].drop(columns="value_other")
    return both.assign(series_id=f"{killed} + {wounded}", category="casualties", low=float("nan"), high=float("nan"))
