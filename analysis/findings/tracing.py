"""Numbers that an article credits to nobody, traced to the publisher whose own series has that very number."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.findings import names, things
from analysis.findings.record import COLUMNS, against_the_record
from analysis.findings.series import Series
from analysis.findings.tables import prepare, said
from analysis.findings.verdicts import telling

RECENT = 60
"""Days: a number that was a series' longer ago is not traced to it."""
UNTOLD = ("other", "personnel", "losses", "casualties")
"""Categories of a figure of people that may be a running total of losses."""


def traced(
    figures: pd.DataFrame,
    reference: Series,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Figures credited to nobody whose exact number a loaded running total has on that day, or had shortly before.

    Columns as `against_the_record`; `verdict` is exact or stale, `publisher` whose number it is, `note` says that the
    article does not credit it. Only numbers with four telling digits are traced, and unrounded counts of things that
    the series names; what fits two publishers is left out.
    """
    found = prepare(figures, documents, sources)
    found["said"] = said(found)
    loose = found["source_name"].isna() & found["unit"].eq("") & found["when"].notna() & found["part_of"].isna()
    loose &= found["bound"].isin(("exact", "about"))
    people = found["category"].isin(UNTOLD) & np.array([telling(v) for v in found["said"].fillna(0)], bool)
    asked = found[loose & (people | (found["category"].eq("equipment") & (found["said"] % 10).ne(0)))]
    parts = [pd.DataFrame(columns=list(COLUMNS))]
    totals = reference.about[reference.about["cumulative"] & reference.about["publisher"].notna()]
    for _, theirs in totals.groupby([names.publisher_key(p) for p in totals["publisher"]], sort=True):
        credited = _as_if(asked, theirs)
        if len(credited):
            parts.append(against_the_record(credited.drop(columns=["party", "publisher"]), reference))
    out = pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True)
    recent = out["verdict"].eq("exact") | (out["verdict"].eq("stale") & out["days"].le(RECENT) & out["slip"].isna())
    out = out[recent]
    out = out[~out["figure_id"].duplicated(keep=False)].copy()
    out["note"] = "the article does not credit it"
    out["category"] = out["figure_id"].map(found.drop_duplicates("figure_id").set_index("figure_id")["category"])
    return out.reset_index(drop=True)


def _as_if(asked: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """The figures as if the publisher of these series were credited with them; those it does not count left out."""
    people = theirs[~theirs["category"].isin(("equipment", "other"))].sort_values("n", ascending=False)
    counted = theirs.loc[theirs["category"].eq("equipment"), "counted"]
    fits = [
        any(things.likeness(c, t) for t in counted) if kind == "equipment" else len(people) > 0
        for c, kind in zip(asked["counted"], asked["category"], strict=True)
    ]
    credited = asked[np.array(fits, bool)].copy()
    credited["source_name"] = theirs["publisher"].iloc[0]
    credited["accumulation"] = "total"
    if len(people):
        credited.loc[credited["category"].ne("equipment"), "category"] = people["category"].iloc[0]
    return credited
