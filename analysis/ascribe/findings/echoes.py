"""Echoes: sources whose numbers follow another's, and numbers that many outlets have from one origin."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ascribe.findings import categories, copies, names
from ascribe.findings import origin as bodies
from ascribe.findings.grouping import events
from ascribe.findings.series import Series
from ascribe.findings.tables import COUNTS, prepare, said
from ascribe.findings.timeline import Timeline, whole_days

LAGS = range(-10, 11)
"""Days by which a follower's numbers are tried against its origin's: -1 is the origin's of the day before."""
LEAST = 5
"""Fewer common points make no echo."""
CLOSE = 0.01
"""Sources echo each other where their numbers differ by less than this share, in the median."""
ECHO = (
    "follower", "origin", "follower_publisher", "origin_publisher", "whose", "n", "lag", "median_ratio",
    "median_difference", "within_1_percent", "echo", "figure_ids",
)  # fmt: skip
ORIGINS = (
    "said", "low", "high", "category", "whose", "n_articles", "n_outlets", "n_origins", "outlets", "origins", "relays",
    "n_uncredited", "summary", "figure_ids",
)  # fmt: skip


def echo(reference: Series, figures: pd.DataFrame | None = None, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """Pairs of publishers that count the same party's harm, and how closely one's numbers follow the other's.

    A row a pair: `follower`, `origin` (series, or "articles: NAME" for what articles credit to a source),
    `follower_publisher`, `origin_publisher`, `whose`; `n` (common points); `lag` (the one fixed number of days by which
    the origin is read at the follower's dates for the closest match); `median_ratio` (follower over origin),
    `median_difference` (of |ratio - 1|), `within_1_percent` (points); `echo` (bool: median difference under 1 %);
    `figure_ids` (of the follower's figures, where it is from articles). A follower's figures for a window are set
    against the origin's increase over that window. Closest first.
    """
    points = reference.points
    points = points.assign(figure_id=None) if figures is None else pd.concat([points, _from(figures, documents)])
    groups = {sid: p.sort_values("date") for sid, p in points.groupby("series_id", sort=True)}
    about = {sid: p.iloc[0] for sid, p in groups.items()}
    keys = {sid: names.publisher_key(a["publisher"]) for sid, a in about.items()}
    found = []
    for follower, theirs in groups.items():
        if len(theirs) < LEAST:
            continue
        for origin, source in groups.items():
            a, b = about[follower], about[origin]
            if keys[follower] == keys[origin] or not b["cumulative"] or len(source) < len(theirs):
                continue
            if len(source) == len(theirs) and follower < origin:
                continue  # each pair once
            related = categories.relation(a["category"], b["category"]) is not None
            alike = a["category"] not in ("equipment", "other") or a["counted"] == b["counted"]
            if not related or not alike or names.party(a["whose"]) != names.party(b["whose"]):
                continue
            row = _best(theirs, Timeline.of(origin, source))
            if row is not None:
                ids = [i for i in theirs["figure_id"] if isinstance(i, str)]
                found.append((follower, origin, a["publisher"], b["publisher"], a["whose"], *row, ids))
    out = pd.DataFrame(found, columns=list(ECHO))
    return out.sort_values(["median_difference", "follower", "origin"], kind="stable").reset_index(drop=True)


def _best(theirs: pd.DataFrame, origin: Timeline) -> tuple | None:
    """n, lag, median ratio, median difference, points within 1 %, echo: at the lag that matches best."""
    day, start = whole_days(theirs["date"]), whole_days(theirs["window_start"])
    value = theirs["value"].fillna(theirs["low"]).fillna(theirs["high"]).to_numpy(float)
    windowed = ~theirs["cumulative"].to_numpy(bool)
    best = None
    for lag in LAGS:
        end = origin.value_at(day + lag)
        at = origin.at(day + lag)
        near = (at >= 0) & (day + lag == origin.days[np.maximum(at, 0)])
        # before its first point a running total that begins with its series is nothing
        begin = np.where(windowed, np.nan_to_num(origin.value_at(start + lag)), 0.0)
        true = end - begin
        good = near & (true > 0) & (value > 0)
        if good.sum() < LEAST:
            continue
        ratio = value[good] / true[good]
        off = np.abs(ratio - 1)
        row = (int(good.sum()), lag, float(np.median(ratio)), float(np.median(off)), int((off < CLOSE).sum()))
        rank = (-row[4] / row[0] if row[3] < CLOSE else 0, row[3], abs(lag))
        if best is None or rank < best[0]:
            best = rank, (*row, bool(row[3] < CLOSE))
    return best[1] if best else None


def _from(figures: pd.DataFrame, documents: pd.DataFrame | None) -> pd.DataFrame:
    """What articles credit to each source, as points of a series of its own."""
    found = prepare(figures, documents)
    found["value"] = said(found)
    kept = found["when"].notna() & found["source_name"].notna() & found["value"].notna() & found["unit"].eq("")
    found = found[kept & found["accumulation"].ne("rate") & found["whose"].notna()]
    return pd.DataFrame({
        "series_id": "articles: " + found["source_name"] + ", " + found["whose"] + " " + found["category"],
        "publisher": found["source_name"], "whose": found["whose"], "category": found["category"],
        "counted": found["counted"], "date": found["when"], "value": found["value"], "low": found["low"],
        "high": found["high"], "cumulative": found["window_start"].isna(), "window_start": found["window_start"],
        "figure_id": found["figure_id"],
    })  # fmt: skip


def origins(
    figures: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The same number told by several outlets, and from how many mouths it comes.

    A row a number (of one event, or of one party's people beyond single events, in one category; "up to" it apart from
    the others, a range by both its ends) that at least two articles state; two that carry the same text are one outlet.
    Columns: `said, low, high` (the ends of a range, else null), `category, whose, n_articles, n_outlets, n_origins,
    outlets, origins, relays` (lists of names), `n_uncredited` (figures that credit nobody), `summary` ("5 outlets, 1
    origin"; articles, where there is one outlet), `figure_ids`. The origin of a chain is its innermost source; those
    that pass it on are relays. A body and a part of it (`data/bodies.csv`) that give one number are one origin, the
    part. Numbers that nobody is credited with, and durations, shares and the like, are left out.
    Most outlets for fewest origins first. `known` is the grouping as `events` gives it, where it is at hand.
    """
    found = prepare(figures, documents, sources)
    found["said"] = said(found)
    same = copies.copies(documents) if documents is not None and "text" in documents else pd.Series(dtype=object)
    found["text_of"] = [same.get(d, d) for d in found["doc_id"]]
    found["outlet"] = found["publisher"].where(found["publisher"].notna(), found["doc_id"])
    known = events(figures, documents) if known is None else known
    found["event"] = found["figure_id"].map(known.set_index("figure_id")["event_id"])
    found["origin"] = _bodies(found, figures, documents, sources)
    found["most"] = found["bound"].eq("at_most")
    ranged = found["bound"].eq("range")
    found["from"], found["to"] = found["low"].where(ranged), found["high"].where(ranged)
    rows = []
    kept = found[found["said"].notna() & found["unit"].eq("") & found["category"].isin(COUNTS)]
    kept = kept.assign(whose=kept["whose"].where(kept["event"].isna(), None), question=_question(kept))
    kept = kept[kept["question"].notna()]
    for key, group in kept.groupby(["said", "from", "to", "most", "category", "question"], dropna=False, sort=True):
        number, low, high, _, kind, _ = key
        whose = group["whose"].iloc[0]
        outlets = sorted(group.drop_duplicates("text_of")["outlet"].unique())
        by = dict(list(group.dropna(subset="origin").groupby("origin")))
        alone = [one for one in by if not any(names.is_within(other, one) for other in by)]
        credited = sorted(_called(by[one]["source_name"]) for one in alone)
        articles = group["text_of"].nunique()
        if articles < 2 or not credited:
            continue
        relays = {r for via in group["via"] for r in via if names.publisher_key(r) not in set(group["origin"])}
        relays = sorted(relays)
        many = _count(len(outlets), "outlet") if len(outlets) > 1 else _count(articles, "article")
        summary = f"{many}, {_count(len(credited), 'origin')}"
        rows.append((
            number, low, high, kind, whose if isinstance(whose, str) else None, articles, len(outlets), len(credited),
            outlets, credited, relays, int(group["origin"].isna().sum()), summary, list(group["figure_id"]),
        ))  # fmt: skip
    out = pd.DataFrame(rows, columns=list(ORIGINS))
    ranked = out.assign(ratio=out["n_outlets"] / out["n_origins"])
    order = ranked.sort_values(["ratio", "n_articles", "said"], ascending=[False, False, True], kind="stable").index
    return out.loc[order].reset_index(drop=True)


def _question(found: pd.DataFrame) -> pd.Series:
    """What a number is of, in one string: its event, else whose people; null where neither is known."""
    whose = "of " + found["whose"].astype(object)
    return found["event"].where(found["event"].notna(), whose.where(found["whose"].notna(), None))


def _bodies(
    found: pd.DataFrame, figures: pd.DataFrame, documents: pd.DataFrame | None, sources: pd.DataFrame | None
) -> pd.Series:
    """The body behind each figure, as one string; null where nobody is credited, or it is not known who."""
    known = found.set_index("figure_id")["event"]
    rows = found["figure_id"].map(bodies.rows(figures, documents, sources, known))
    return rows.map(lambda r: None if r in (bodies.NOBODY, bodies.UNCERTAIN) else names.publisher_key(r)).astype(object)


def _called(found: pd.Series) -> str:
    """What an origin is called: by its one name where that speaks for another body, else as the publisher it is."""
    told = found.unique()
    publisher, note = names.publisher(told[0])
    return told[0] if len(told) == 1 and note else publisher


def _count(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
