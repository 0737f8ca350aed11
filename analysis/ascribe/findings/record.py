"""Against the record: what a credited source itself published, set beside what an article says that it said.

A figure is checked where its source is a publisher whose series is loaded and the series counts the same party's people
or things. The verdicts, in the order in which they are tried at the figure's day:

    exact      the series has that number (or that range) on that day, or the day before
    rounded    the series' number, rounded as the words allow ("more than 90,000" while it stands at 90,090)
    stale      true on an earlier day: `true_first` to `true_last`, `days` before
    ahead      true only on a later day
    mismatch   true on no day: `slip` says how it may have come about
    placed     the figure has no date of its own, or the article has the newest number too; `true_first` and `true_last`
               are the days on which it was true
    between    the series has no point near that day; the number lies between those before and after it
    no record  the series does not reach to that day, or has no such window
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ascribe.extraction.records import CATEGORIES
from ascribe.findings import categories, names, things, wording
from ascribe.findings.series import Series
from ascribe.findings.slips import slip
from ascribe.findings.sums import with_casualties
from ascribe.findings.tables import prepare, said
from ascribe.findings.timeline import Timeline, whole_days
from ascribe.findings.verdicts import increases, no_record, telling, totals, windows

VERDICTS = ("exact", "rounded", "stale", "ahead", "mismatch", "placed", "between", "no record")
PLAUSIBLE = (0.5, 2.0)
"""A number is held against a total only where it lies between these shares of it, or a known slip leads to it."""
INCREASE = "increase for total"
OLDER = "an older number, beside the newest"
RISE = "the increase of that day"
HARM = ("killed", "wounded", "casualties", "losses")
MONTH = 31
"""A number that was true more days ago, and is one slip away from today's, is taken for a slip."""
COLUMNS = (
    "figure_id", "doc_id", "series_id", "publisher", "said", "bound", "date", "dated", "verdict", "record_value",
    "record_low", "record_high", "record_date", "true_first", "true_last", "days", "slip", "category",
    "record_category", "category_shift", "windowed", "note",
)  # fmt: skip


def against_the_record(
    figures: pd.DataFrame,
    reference: Series,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Each figure whose source's own series is loaded, checked at its day.

    Columns: `figure_id, doc_id, series_id, publisher`; `said` (the number), `bound`, `date` (datetime64, null for an
    undated one), `dated` (by what: as_of, window, published); `verdict` (one of VERDICTS); `record_value`,
    `record_date` (what the series said then: the middle of a range, the end of an open one, with `record_low` and
    `record_high`, null where it is one number); `true_first`, `true_last` (the days on which the number was true);
    `days` (how stale, or how far ahead); `slip` (transposed, extra, missing or wrong digit, other column, increase for
    total: what a mismatch may be, and a stale number too); `category`, `record_category`, `category_shift` ("losses as
    killed", else null); `windowed` (checked against the series' difference over the window); `note`. Of several series
    that a publisher has, the one of the figure's own category speaks, unless only a wider or narrower one has the
    number or the day.
    """
    reference = with_casualties(reference)
    found = prepare(figures, documents, sources)
    found["said"] = said(found)
    found = found[found["unit"].eq("") & found["said"].notna() & found["source_name"].notna()]
    found = found[~found["accumulation"].eq("rate")].copy()
    found["publisher_key"] = [names.publisher_key(n) for n in found["source_name"]]
    lines = {sid: Timeline.of(sid, p) for sid, p in reference.points.groupby("series_id", sort=True)}
    parts = [pd.DataFrame(columns=list(COLUMNS))]
    about = _chosen(found, reference)
    for series_id, index in about.groupby("series_id", sort=True).groups.items():
        rows = found.loc[about.loc[index, "row"].unique()]
        series = reference.about.set_index("series_id").loc[series_id]
        points = reference.points[reference.points["series_id"].eq(series_id)]
        parts.append(_check(rows, series, points, lines, reference))
    joined = pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True)
    order = {f: i for i, f in enumerate(found["figure_id"])}
    ranks = pd.DataFrame({"order": joined["figure_id"].map(order), "rank": _rank(joined)})
    best = ranks.sort_values(["order", "rank"], kind="stable").drop_duplicates("order").index
    joined = compared(joined.loc[best].reset_index(drop=True))
    joined["category_shift"] = _plain_shifts(joined, found, wording.texts(documents))
    for column in ("dated", "slip", "category_shift", "note"):
        joined[column] = joined[column].astype(object).where(joined[column].notna(), None)
    return joined


def _plain_shifts(out: pd.DataFrame, found: pd.DataFrame, texts: dict[str, str]) -> list[str | None]:
    """The category shifts, but for figures whose sentence has the record's own word: "losses"."""
    ends = found.drop_duplicates("figure_id").set_index("figure_id")[["start", "end"]]
    kept = []
    for r in out.itertuples():
        start, end = ends.loc[r.figure_id]
        known = r.doc_id in texts and pd.notna(end)
        own = known and wording.says(texts[r.doc_id], int(start), int(end), r.record_category)
        kept.append(None if own else r.category_shift)
    return kept


def compared(out: pd.DataFrame, by: str = "series_id", beside: pd.DataFrame | None = None) -> pd.DataFrame:
    """The checks, an article's older number no longer called stale where it states the newest one too.

    It is then the number that the newer is compared with: `placed` on its day. `by` says whose newest: that of the same
    series, or of the same publisher; `beside` holds further checks of the same articles.
    """
    known = out if beside is None or beside.empty else pd.concat([out, beside[list(COLUMNS)]], ignore_index=True)
    fresh = known[known["verdict"].isin(("exact", "rounded")) & ~known["windowed"].astype(bool)]
    told = set(zip(fresh["doc_id"], fresh[by], strict=True))
    older = out["verdict"].eq("stale") & pd.Series(
        [key in told for key in zip(out["doc_id"], out[by], strict=True)], index=out.index, dtype=bool
    )
    return out.assign(
        verdict=out["verdict"].mask(older, "placed"), days=out["days"].mask(older), slip=out["slip"].mask(older, None),
        note=out["note"].mask(older, OLDER),
    )  # fmt: skip


def _rank(out: pd.DataFrame) -> np.ndarray:
    """Which series speaks for a figure, least first: one that has the very number; else one of its own category."""
    relations = {c: {d: categories.relation(c, d) for d in CATEGORIES} for c in CATEGORIES}
    near = [
        ("same", "part", "whole", None).index(relations[c][d])
        for c, d in zip(out["category"], out["record_category"], strict=True)
    ]
    kinds = [out["verdict"].eq(v) for v in ("exact", "between", "no record")]
    return np.array(near) + np.select(kinds, [-10.0, 0.5, 10.0], 0.0)


def _chosen(found: pd.DataFrame, reference: Series) -> pd.DataFrame:
    """For each figure the series to check it against: columns `row` (its index) and `series_id`."""
    about = reference.about.assign(
        publisher_key=[names.publisher_key(p) for p in reference.about["publisher"]],
        party=[names.party(w) if isinstance(w, str) else None for w in reference.about["whose"]],
    )
    kinds = found[["publisher_key", "whose", "category", "counted"]].astype(object)
    kinds = kinds.where(kinds.notna(), None)
    kinds = pd.Series(list(kinds.itertuples(index=False, name=None)), index=found.index, dtype=object)
    fitting = {kind: _series_for(kind, about) for kind in kinds.unique()}
    chosen = pd.DataFrame({"row": found.index, "series_id": [fitting[k] for k in kinds]}).explode("series_id")
    return chosen[chosen["series_id"].notna()].reset_index(drop=True)


def _series_for(kind: tuple, about: pd.DataFrame) -> list[str]:
    """The series of a publisher that can speak for figures of one kind, its own category first; five at most."""
    key, whose, category, counted = kind
    ranked = []
    for s in about[about["publisher_key"].eq(key)].itertuples():
        if whose and s.party and whose != s.party and not _within(whose, s.party):
            continue
        relation = categories.relation(category, s.category)
        if category == "other" and counted is None and s.category in HARM:
            relation = "whole"  # a bare number: only one that is unmistakably the series' own is kept
        likeness = things.likeness(counted, s.counted) if category == "equipment" else 1.0
        if relation is not None and likeness:
            ranked.append((("same", "part", "whole").index(relation), -likeness, -s.n, s.series_id))
    best = min((r[1] for r in ranked), default=0)
    return [r[-1] for r in sorted(ranked) if r[1] == best][:5]


def _within(whose: str, party: str) -> bool:
    """Whether one party's words hold all of the other's: "civilians" and "civilians in Ukraine"."""
    a, b = names.key(whose), names.key(party)
    return bool(a) and (a <= b or b <= a)


def _check(
    rows: pd.DataFrame, series: pd.Series, points: pd.DataFrame, lines: dict[str, Timeline], reference: Series
) -> pd.DataFrame:
    line = lines[series.name]
    out, windowed, grown = _verdicts(rows, bool(series["cumulative"]), points, line)
    ends = points[points["value"].isna()].drop_duplicates("date").set_index("date")
    on = pd.to_datetime(out["record_date"]).mask(windowed)
    out["record_low"], out["record_high"] = on.map(ends["low"]).astype(float), on.map(ends["high"]).astype(float)
    same = rows["low"].eq(out["record_low"]) & rows["high"].eq(out["record_high"])
    out.loc[same & rows["bound"].eq("range") & out["verdict"].eq("rounded"), "verdict"] = "exact"
    out["series_id"], out["publisher"] = series.name, series["publisher"]
    out["record_category"] = series["category"]
    shifted = rows["category"].ne(series["category"]) & categories.sure(rows)
    out["category_shift"] = (series["category"] + " as " + rows["category"]).where(shifted, None)
    for column in ("figure_id", "doc_id", "said", "bound", "category", "dated"):
        out[column] = rows[column]
    out["date"] = rows["when"]
    out["windowed"] = windowed
    out["note"] = [(names.publisher(n) or ("", ""))[1] or None for n in rows["source_name"]]
    out.loc[grown & out["verdict"].ne("no record"), "note"] = RISE
    _name_slips(out, rows, series, line, lines, reference)
    _withdraw(out, rows, series)
    return out[list(COLUMNS)]


def _verdicts(
    rows: pd.DataFrame, cumulative: bool, points: pd.DataFrame, line: Timeline
) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """The verdicts on one series; which rows were held against a difference, which of these have no window."""
    start = points["window_start"].min()
    begun = rows["window_start"].notna()
    inside = begun & ((rows["window_start"] > start + pd.Timedelta(days=3)) if pd.notna(start) else True)
    risen = rows["accumulation"].eq("increment")
    # a total "put on Thursday at …" is dated, not counted over that day
    one_day = begun & rows["window_end"].eq(rows["window_start"])
    windowed = (inside | (risen & begun)) & ~(one_day & ~risen)
    grown = risen & ~windowed
    total = ~windowed & ~grown
    checked = [totals(rows[total], line), increases(rows[grown], line)] if cumulative else [no_record(rows[~windowed])]
    if windowed.any():
        held = windows(rows[windowed], cumulative, points, line)
        unfit = ~held["verdict"].isin(("exact", "rounded")) & rows["accumulation"][windowed].eq("increment")
        daily = increases(rows.loc[held.index[unfit]], line)
        daily = daily[daily["verdict"].eq("exact")]
        held.loc[daily.index, daily.columns] = daily
        grown |= grown.index.isin(daily.index)
        checked.append(held)
    out = pd.concat([c for c in checked if len(c)]).loc[rows.index]
    return out, windowed | grown, grown


def _withdraw(out: pd.DataFrame, rows: pd.DataFrame, series: pd.Series) -> None:
    """Take back what the series does not bear out: an accusation needs more than a number that is not there.

    A number far from the total, with no slip that leads to it, may count a part of what the series counts. One in a
    narrower or wider category than the series' is known to be its number only where it is that very number, or rounds
    it today. Where it is not told whose people they are, only the very number is taken for the series'; where it is
    uncertain what they count (`categories`), nothing is held against them.
    """
    ratio = rows["said"] / out["record_value"]
    slipped = pd.Series([isinstance(k, str) for k in out["slip"]], index=out.index)
    partial = rows["part_of"].notna() | (~ratio.between(*PLAUSIBLE) & ~rows["accumulation"].eq("total"))
    wrong = out["verdict"].eq("mismatch") & ~slipped & partial
    unmistakable = np.array([telling(v) for v in rows["said"]], bool)
    precise = out["verdict"].isin(("stale", "ahead")) & unmistakable & rows["bound"].isin(("exact", "about"))
    fits = out["verdict"].isin(("exact", "rounded", "placed"))
    bare = rows["category"].eq("other") & (series["category"] in HARM)
    shifted = rows["category"].ne(series["category"]) & ~((fits & ~bare) | precise | (bare & fits & unmistakable))
    unowned = rows["whose"].isna() & ~(out["verdict"].eq("exact") | precise)
    accused = out["verdict"].isin(("stale", "ahead", "mismatch"))
    taken = wrong | shifted | unowned | (accused & ~categories.sure(rows))
    out.loc[taken, "verdict"] = "no record"
    out.loc[taken, "slip"] = None
    out.loc[taken, "days"] = np.nan
    out.loc[out["verdict"].eq("no record") | bare, "category_shift"] = None
    out.loc[taken, ["true_first", "true_last"]] = pd.NaT


def _name_slips(
    out: pd.DataFrame, rows: pd.DataFrame, series: pd.Series, line: Timeline, lines: dict, reference: Series
) -> None:
    """Name the likely slip of each mismatch.

    A stale number may be a slip as well: within a month it stays stale, and the slip is named beside it; where it was
    true only longer ago or later, the slip is likelier.
    """
    verdict, days = out["verdict"].to_numpy(object), out["days"].to_numpy(float)
    asked = np.flatnonzero(np.isin(verdict, ("mismatch", "stale", "ahead")))
    if not len(asked):
        out["slip"] = None
        return
    pairs = zip(rows["said"].iloc[asked], out["record_value"].iloc[asked], strict=True)
    kinds = np.array([slip(q, true) for q, true in pairs], object)
    dated = rows["when"].notna().to_numpy()[asked] & ~out["windowed"].to_numpy(bool)[asked]
    if dated.any():
        other = _elsewhere(rows.iloc[asked[dated]], series, line, lines, reference)
        kinds[dated] = np.where(other != None, other, kinds[dated])  # noqa: E711
    named = np.full(len(out), None, object)
    named[asked] = kinds
    # the very rise of the day, not called a total: the article is right, only its words are not plain
    rise = (named == INCREASE) & rows["accumulation"].ne("total").to_numpy()
    named[rise] = None
    out["slip"] = named
    out.loc[(named != None) & (days > MONTH), "verdict"] = "mismatch"  # noqa: E711
    out.loc[rise, "verdict"], out.loc[rise, "note"] = "exact", RISE
    out.loc[rise, "record_value"], out.loc[rise, "days"] = rows["said"][rise], np.nan
    out.loc[rise, "windowed"] = True
    out.loc[rise, ["true_first", "true_last"]] = pd.NaT


def _elsewhere(
    rows: pd.DataFrame, series: pd.Series, line: Timeline, lines: dict[str, Timeline], reference: Series
) -> np.ndarray:
    """The number of another series of the same publisher on that day, or the day's increase given for the total."""
    q, day = rows["said"].to_numpy(float), whole_days(rows["when"])
    found = np.full(len(rows), None, object)
    for a in (0, 1):
        found[line.value_at(day - a) - line.value_at(day - a - 1) == q] = INCREASE
    theirs = reference.about["publisher"].eq(series["publisher"])
    for other in reference.about.loc[theirs, "series_id"]:
        if other != series.name:
            hit = (lines[other].value_at(day) == q) | (lines[other].value_at(day - 1) == q)
            found[hit & (found == None)] = f"other column: {other}"  # noqa: E711
    return found
