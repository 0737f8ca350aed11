"""Sums that do not come out: parts against their whole, a daily rate against its total."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ascribe.findings import breakdowns, categories, wording
from ascribe.findings.slips import slip
from ascribe.findings.tables import prepare, said

PARTS = ["whole_id", "part_ids", "doc_id", "whole", "sum", "difference", "verdict", "slip", "slipped_id", "mended"]
RATES = ["rate_id", "total_id", "doc_id", "rate", "days", "gives", "total", "factor", "verdict"]
PER_DAY = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
OFF = 1.25
"""A rate that gives a total wrong by more than this factor does not give it."""
ENOUGH = 3
"""So many parts must there be before a slip in one is looked for: with two, nearly any sum is a slip away."""


def parts(figures: pd.DataFrame, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """Wholes and the parts that the text says they have, summed: by `part_of`, and by a list in one sentence (`text`).

    A row a whole; columns PARTS: `whole_id`, `part_ids` (figure_ids), `doc_id`, `whole`, `sum` (of the numbers stated),
    `difference` (sum less whole), `verdict`: `sums`, `exceeds` (the parts are more than the whole can be), `slip` (they
    are not the whole, but would be were one of them rid of a single slip), `short` (two parts or more are fewer: the
    text leaves some out, or one is wrong), `part` (one part alone, within its whole). Where one slip in one part
    explains a wrong sum, `slip` names it (transposed, extra or missing digit), `slipped_id` the part and `mended` the
    number that would make the sum come out; else null. A part of another category than the whole's, or greater than
    it, is none and left out. Bounds count: parts of "more than 40" exceed nothing. Where it is uncertain what one of
    them counts (`categories`), a sum is said to be wrong only where a single slip explains it.
    """
    found = prepare(figures)
    found["said"] = said(found)
    found = breakdowns.completed(found, documents)
    by_id = found.drop_duplicates("figure_id").set_index("figure_id")
    sure = categories.sure(found)
    sure_whole = dict(zip(found["figure_id"], sure, strict=True))
    rows = []
    for whole_id, group in found[found["part_of"].notna()].groupby("part_of", sort=False):
        if whole_id not in by_id.index:
            continue
        whole = by_id.loc[whole_id]
        within = [categories.relation(c, whole["category"]) in ("same", "part") for c in group["category"]]
        group = group[np.array(within) & ~group["lower"].gt(whole["upper"])]
        if group["window_start"].nunique(dropna=False) > 1:  # "of these 40 in May": a part of the time, of another kind
            group = group[group["window_start"].isna()]
        if group.empty:
            continue
        low, high, total = group["lower"].sum(), group["upper"].sum(skipna=False), group["said"].sum()
        if group["said"].isna().any() or pd.isna(whole["said"]):
            continue
        stated = whole["said"] if whole["bound"] in ("exact", "at_least") else None
        mend = _mend(group, total - stated) if stated is not None and total != stated else None
        if low > whole["upper"]:
            verdict = "exceeds"
        elif mend is not None:
            verdict = "slip"
        elif high >= whole["lower"]:
            verdict = "sums" if len(group) > 1 else "part"
        else:
            verdict = "short" if len(group) > 1 else "part"
        if verdict in ("exceeds", "short") and not (sure[group.index].all() and sure_whole[whole_id]):
            continue
        ids = list(group["figure_id"])
        counted = (whole_id, ids, whole["doc_id"], whole["said"], total, total - whole["said"], verdict)
        rows.append((*counted, *(mend or (None, None, None))))
    return pd.DataFrame(rows, columns=PARTS)


def _mend(group: pd.DataFrame, excess: float) -> tuple[str, str, float] | None:
    """The one slip in one part that explains by how much a sum is off: its kind, the part, the number it was."""
    if len(group) < ENOUGH or not group["bound"].eq("exact").all():
        return None
    meant = [(slip(v, v - excess), i, v - excess) for v, i in zip(group["said"], group["figure_id"], strict=True)]
    found = [m for m in meant if m[0] not in (None, "wrong digit")]
    return found[0] if len(found) == 1 else None


def rates(figures: pd.DataFrame, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rates beside totals over a known window, by the same source, of the same people, in one article.

    A row a pair; columns RATES: `rate_id, total_id` (figure_ids), `doc_id`, `rate` (a day), `days` (of the total's
    window), `gives` (their product), `total`, `factor` (the larger over the smaller), `verdict`: `gives` or `does not
    give`. By which time a rate is, its unit tells, or the article's words beside it (`text` of `documents`); one of
    which neither tells is not judged, nor one for another window than the total's.
    """
    found = prepare(figures, documents)
    found["said"] = said(found)
    found["days"] = (found["window_end"] - found["window_start"]).dt.days + 1
    kept = found[found["said"].notna() & found["whose"].notna()]
    rate = kept[kept["accumulation"].eq("rate")]
    rate = rate.assign(per_day=_per_day(rate, documents))
    rate = rate[rate["per_day"].notna()]
    total = kept[kept["accumulation"].ne("rate") & kept["days"].gt(1) & kept["window_start"].notna()]
    pairs = rate.merge(total, on=["doc_id", "whose", "category", "source_name"], suffixes=("_rate", "_total"))
    apart = pairs["window_start_rate"].gt(pairs["window_end_total"])
    apart |= pairs["window_end_rate"].lt(pairs["window_start_total"])
    pairs = pairs[~apart].copy()
    pairs["gives"] = pairs["said_rate"] * pairs["per_day"].astype(float) * pairs["days_total"]
    with np.errstate(divide="ignore"):
        ratio = pairs["gives"] / pairs["said_total"]
    pairs["factor"] = np.maximum(ratio, 1 / ratio)
    pairs["verdict"] = np.where(pairs["factor"] <= OFF, "gives", "does not give")
    pairs["said_rate"] *= pairs["per_day"].astype(float)
    out = pairs.rename(columns={
        "figure_id_rate": "rate_id", "figure_id_total": "total_id", "said_rate": "rate", "days_total": "days",
        "said_total": "total",
    })  # fmt: skip
    return out[RATES].reset_index(drop=True)


def _per_day(rate: pd.DataFrame, documents: pd.DataFrame | None) -> list[float | None]:
    """For each rate what one of it is in a day: 1 for "a day", a seventh for "a week"; None where not told."""
    texts, found = wording.texts(documents), []
    for r in rate.itertuples():
        period = r.unit if r.unit in PER_DAY else None
        if period is None and r.doc_id in texts and pd.notna(r.end):
            period = wording.period(texts[r.doc_id], int(r.start), int(r.end))
        found.append(1 / PER_DAY[period] if period else None)
    return found
