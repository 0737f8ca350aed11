"""Numbers that an article credits to nobody, traced to the publisher whose own series has that very number."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ascribe.findings import names, origin, things, wording
from ascribe.findings.record import COLUMNS, HARM, against_the_record, compared
from ascribe.findings.series import Series
from ascribe.findings.sums import with_casualties
from ascribe.findings.tables import prepare, said
from ascribe.findings.verdicts import telling

RECENT = 60
"""Days: a number that was a series' longer ago is not traced to it."""
UNTOLD = ("other", "personnel", "losses", "casualties")
"""Categories of a figure of people that may be a running total of losses."""
FITTING = ("exact", "about", "at_least")
UNNAMED = "the article does not credit it"
UNREAD = "whom the article credits is not known"
NAMED = "; its sentence names the publisher"


def traced(
    figures: pd.DataFrame,
    reference: Series,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    record: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Figures credited to nobody whose number a loaded running total has on that day, or had shortly before.

    Columns as `against_the_record`; `verdict` is exact, rounded, stale or placed, `publisher` whose number it is,
    `note` says that the article does not credit it, or that it is not known whom it credits. Only numbers with four
    telling digits are traced, and unrounded counts of things that the series names; what fits two publishers is left
    out. A rounder number of people harmed ("more than 90,000 killed") is traced where its sentence names the publisher
    (`text` of `documents`) and it fits that day; `category_shift` then tells what the sentence makes of it. `record` is
    what `against_the_record` gives for the same arguments, where that is known already.
    """
    found = prepare(figures, documents, sources)
    found["said"] = said(found)
    loose = found["source_name"].isna() & found["unit"].eq("") & found["when"].notna() & found["part_of"].isna()
    loose &= ~found["accumulation"].isin(("increment", "rate")) | found["window_start"].eq(found["window_end"])
    precise = loose & found["bound"].isin(("exact", "about"))
    people = found["category"].isin(UNTOLD) & np.array([telling(v) for v in found["said"].fillna(0)], bool)
    asked = found[precise & (people | (found["category"].eq("equipment") & (found["said"] % 10).ne(0)))]
    harmed = loose & ~found.index.isin(asked.index)
    harmed = found[harmed & found["category"].isin(HARM) & found["said"].notna() & found["bound"].isin(FITTING)]
    texts = wording.texts(documents)
    parts = [pd.DataFrame(columns=list(COLUMNS))]
    known = reference.about[reference.about["publisher"].notna() & reference.about["cumulative"]]
    if asked.empty and harmed.empty:
        known = known.iloc[:0]
    whole = with_casualties(reference) if len(known) else reference
    keys = np.array([names.publisher_key(p) for p in whole.about["publisher"]], object)
    for key, theirs in known.groupby([names.publisher_key(p) for p in known["publisher"]], sort=True):
        publisher = theirs["publisher"].iloc[0]
        own_series = _only(whole, whole.about[keys == key])
        met = asked[asked["said"].isin(own_series.points["value"])]
        named = harmed[[_named(r, texts, publisher) for r in harmed.itertuples()]]
        for credited, own in ((_as_if(met, theirs), False), (named.assign(source_name=publisher), True)):
            if len(credited):
                about = credited.drop(columns=["party", "publisher"]).assign(accumulation="total")
                parts.append(against_the_record(about, own_series, documents).assign(own=own))
    out = pd.concat([p for p in parts if len(p)] or [parts[0].assign(own=False)], ignore_index=True)
    own = out["own"].astype(bool)
    recent = out["verdict"].isin(("stale", "placed")) & out["true_last"].gt(out["date"] - pd.Timedelta(days=RECENT))
    out = out[out["verdict"].eq("exact") | (~own & recent) | (own & out["verdict"].eq("rounded"))]
    out = out[_of_one_list(out)]
    out = out[~out["figure_id"].duplicated(keep=False)].copy()
    # only a category that the article itself gives can be a wrong one
    out["category_shift"] = out["category_shift"].where(out["own"].astype(bool), None)
    by = origin.behind(found.drop_duplicates("figure_id").set_index("figure_id"))
    unread = out["figure_id"].map(by).eq(origin.UNCERTAIN)
    out["note"] = [
        (UNREAD if unknown else UNNAMED) + (NAMED if own else "")
        for unknown, own in zip(unread, out["own"].astype(bool), strict=True)
    ]
    out["category"] = out["figure_id"].map(found.drop_duplicates("figure_id").set_index("figure_id")["category"])
    out = out.drop(columns="own").reset_index(drop=True)
    out["slip"] = None
    if out.empty:
        return out
    if record is None:
        record = against_the_record(figures, reference, documents, sources)
    return compared(out, "publisher", record)


def _only(reference: Series, about: pd.DataFrame) -> Series:
    """The reference without all series but these."""
    points = reference.points[reference.points["series_id"].isin(about["series_id"])]
    return Series(points, about, reference.problems.iloc[:0])


def _of_one_list(out: pd.DataFrame) -> pd.Series:
    """Which rows are kept: a small number that was true only earlier needs a telling one, true then, beside it."""
    sure = out["verdict"].isin(("exact", "rounded")) | np.array([telling(v) for v in out["said"]], bool)
    kept = []
    for r, own in zip(out.itertuples(), sure, strict=True):
        beside = out[sure & out["doc_id"].eq(r.doc_id) & out["publisher"].eq(r.publisher)]
        then = beside["true_first"].le(r.true_last) & beside["true_last"].ge(r.true_first)
        kept.append(bool(own or then.any()))
    return pd.Series(kept, index=out.index, dtype=bool)


def _named(r: tuple, texts: dict[str, str], publisher: str) -> bool:
    """Whether the sentence of a figure names a publisher."""
    text = texts.get(r.doc_id)
    if text is None or pd.isna(r.end):
        return False
    return wording.names_publisher(" … ".join(wording.sentence(text, int(r.start), int(r.end))), publisher)


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
    unowned = credited["category"].eq("equipment") & credited["whose"].isna()
    credited.loc[unowned, "whose"] = theirs["whose"].iloc[0]
    if len(people):
        credited.loc[credited["category"].ne("equipment"), "category"] = people["category"].iloc[0]
    return credited
