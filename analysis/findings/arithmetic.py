"""Sums that do not come out: parts against their whole, a daily rate against its total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.findings import categories
from analysis.findings.tables import prepare, said

PARTS = ["whole_id", "part_ids", "doc_id", "whole", "sum", "difference", "verdict"]
RATES = ["rate_id", "total_id", "doc_id", "rate", "days", "gives", "total", "factor", "verdict"]
PER_DAY = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
OFF = 1.25
"""A rate that gives a total wrong by more than this factor does not give it."""


def parts(figures: pd.DataFrame) -> pd.DataFrame:
    """Wholes and the parts that the text says they have (`part_of`), summed.

    A row a whole; columns PARTS: `whole_id`, `part_ids` (figure_ids), `doc_id`, `whole`, `sum` (of the numbers stated),
    `difference` (sum less whole), `verdict`: `sums`, `exceeds` (the parts are more than the whole can be), `short`
    (two parts or more are fewer: the text leaves some out, or one is wrong), `part` (one part alone, within its whole).
    A part of another category than the whole's, or greater than it, is none and left out. Bounds count: parts of "more
    than 40" exceed nothing.
    """
    found = prepare(figures)
    found["said"] = said(found)
    by_id = found.drop_duplicates("figure_id").set_index("figure_id")
    rows = []
    for whole_id, group in found[found["part_of"].notna()].groupby("part_of", sort=False):
        if whole_id not in by_id.index:
            continue
        whole = by_id.loc[whole_id]
        within = [categories.relation(c, whole["category"]) in ("same", "part") for c in group["category"]]
        group = group[np.array(within) & ~group["lower"].gt(whole["upper"])]
        if group.empty:
            continue
        low, high, total = group["lower"].sum(), group["upper"].sum(skipna=False), group["said"].sum()
        if group["said"].isna().any() or pd.isna(whole["said"]):
            continue
        if low > whole["upper"]:
            verdict = "exceeds"
        elif high >= whole["lower"]:
            verdict = "sums" if len(group) > 1 else "part"
        else:
            verdict = "short" if len(group) > 1 else "part"
        ids = list(group["figure_id"])
        rows.append((whole_id, ids, whole["doc_id"], whole["said"], total, total - whole["said"], verdict))
    return pd.DataFrame(rows, columns=PARTS)


def rates(figures: pd.DataFrame, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rates a day beside totals over a known window, by the same source, of the same people, in one article.

    A row a pair; columns RATES: `rate_id, total_id` (figure_ids), `doc_id`, `rate` (a day), `days` (of the total's
    window), `gives` (their product), `total`, `factor` (the larger over the smaller), `verdict`: `gives` or `does not
    give`. A rate is taken to be by the day unless its unit says otherwise.
    """
    found = prepare(figures, documents)
    found["said"] = said(found)
    found["days"] = (found["window_end"] - found["window_start"]).dt.days + 1
    kept = found[found["said"].notna() & found["whose"].notna()]
    rate = kept[kept["accumulation"].eq("rate")]
    total = kept[kept["accumulation"].ne("rate") & kept["days"].gt(1) & kept["window_start"].notna()]
    pairs = rate.merge(total, on=["doc_id", "whose", "category", "source_name"], suffixes=("_rate", "_total"))
    pairs["gives"] = (
        pairs["said_rate"] / pairs["unit_rate"].map(PER_DAY).astype(float).fillna(1.0) * pairs["days_total"]
    )
    with np.errstate(divide="ignore"):
        ratio = pairs["gives"] / pairs["said_total"]
    pairs["factor"] = np.maximum(ratio, 1 / ratio)
    pairs["verdict"] = np.where(pairs["factor"] <= OFF, "gives", "does not give")
    out = pairs.rename(columns={
        "figure_id_rate": "rate_id", "figure_id_total": "total_id", "said_rate": "rate", "days_total": "days",
        "said_total": "total",
    })  # fmt: skip
    return out[RATES].reset_index(drop=True)
