"""Which estimates can be set side by side, and whether they agree.

Two estimates are compared where they count the same party's people, in the same category or in one that holds the
other, for the same time; of one event whoever they are said to be. Totals are compared at their own dates: a week apart
they are one picture; further apart only a fall can be said to contradict. What the words allow is an interval: "more
than 40" is 40 to infinity.
"""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from ascribe.findings import categories, names, origin, things, wording
from ascribe.findings.grouping import events
from ascribe.findings.tables import prepare, said
from ascribe.findings.tolls import in_turn, tolls

RELATIONS = ("agree", "differ", "contradict", "not comparable")
WEEK = 7
"""Totals so many days apart are compared as they stand."""
SAME = 0.05
"""Estimates whose intervals meet agree where their numbers differ by no more than this share; else they differ."""
OVERLAP = 0.8
"""Windows are the same time where they share this part of the days that either covers."""
PART = 10
"""A number that is not called a total and is so many times less than another may count a part of it."""
EVENT = 1000
"""A number below this, which is not called a total, may be the toll of one event among several."""
MANY = 1000
"""In groups larger than this only estimates within `FAR` days of each other are paired."""
FAR = 31
COLUMNS = ["a", "b", "relation", "factor", "why", "days_apart", "category_a", "category_b", "source_a", "source_b"]


REVISED, IN_TURN = "a toll that its source revised", "tolls of different times"


def comparable(
    figures: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Pairs of figures that ask the same question, and how their answers stand to each other.

    Columns: `a`, `b` (figure_ids, in the order of the input); `relation` (one of RELATIONS: the intervals meet and the
    numbers are within 5 %; they meet; they are disjoint; or not comparable); `factor` (by how much they differ at the
    least: from the lower end of the larger to the upper end of the smaller; null where not comparable); `why` (null for
    plain agreement and difference); `days_apart`; `category_a`, `category_b`, `source_a`, `source_b`. Figures of
    different parties, of categories of which neither holds the other, or of unlike things are not paired at all; nor
    are shares, money and the like with counts, nor figures of which it is uncertain what they count (`categories`).
    `known` is the grouping as `events` gives it, where it is at hand.
    """
    figures = figures[categories.sure(figures)]
    known = events(figures, documents) if known is None else known
    tolled = tolls(figures, documents, sources, known)
    parts = [_of_one_event(tolled, figures)]
    found = prepare(figures, documents, sources)
    found["said"] = said(found)
    texts = wording.texts(documents)
    whose = [_own(f, texts.get(f.doc_id)) for f in found.itertuples()]
    found["whose"] = pd.Series(whose, index=found.index, dtype=object)
    found = found[~found["figure_id"].isin(known.loc[known["event_id"].notna(), "figure_id"])]
    real = [not _speculates(f, texts.get(f.doc_id)) for f in found.itertuples()]
    found = found[pd.Series(real, index=found.index, dtype=bool)].copy()
    _undate(found, texts)
    found["sort"] = [things.people(c, w) for c, w in zip(found["counted"], found["whose"], strict=True)]
    found["sort"] = found["sort"].astype(object).where(found["sort"].notna(), None)
    found["family"] = [categories.wider(c)[-1] for c in found["category"]]
    found = found[found["whose"].notna()]
    for _, group in found.groupby(["whose", "unit", "family"], sort=True):
        if len(group) > 1:
            parts.append(_pairs(group))
    parts = [p for p in parts if len(p)]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    out = pd.concat(parts, ignore_index=True)
    order = {f: i for i, f in enumerate(figures["figure_id"])}
    out = out.sort_values(["a", "b"], key=lambda s: s.map(order), kind="stable")
    return out.reset_index(drop=True)[COLUMNS]


def _own(f: tuple, text: str | None) -> str | None:
    """Whose people a figure counts; "it has lost 40 soldiers" are those of the party that says so."""
    span = getattr(f, "source_span", None)
    plain = isinstance(f.whose, str) and things.people(f.whose) == "soldiers"
    if not plain or text is None or not isinstance(f.source_name, str) or not isinstance(span, list | tuple):
        return f.whose
    own = wording.OWN_SIDE.search(text[int(span[1]) : int(f.start)]) if span[1] <= f.start else None
    return (f.party if isinstance(f.party, str) else names.party(f.source_name)) if own else f.whose


def _speculates(f: tuple, text: str | None) -> bool:
    """Whether a figure is a fear, a plan or a supposition."""
    return text is not None and pd.notna(f.end) and wording.unreal(*wording.sentence(text, int(f.start), int(f.end)))


def _of_one_event(found: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The pairs of whole tolls of one event and category, by whoever."""
    rows = []
    stated = figures.drop_duplicates("figure_id").set_index("figure_id")
    whole = found[found["part"].isna()]
    for _, group in whole.groupby(["event_id", "category"], sort=True):
        for a, b in itertools.combinations(group.itertuples(), 2):
            relation, why = _beside(a, b)
            factor = None if relation == "not comparable" else least(stated.loc[a.figure_id], stated.loc[b.figure_id])
            if relation == "agree":
                factor = max(a.said, b.said) / min(a.said, b.said) if min(a.said, b.said) else 1.0
            days = abs((b.told - a.told).days) if pd.notna(a.told) and pd.notna(b.told) else np.nan
            by = (None if t.origin in (origin.NOBODY, origin.UNCERTAIN) else t.origin for t in (a, b))
            rows.append((a.figure_id, b.figure_id, relation, factor, why, days, a.category, b.category, *by))
    return pd.DataFrame(rows, columns=COLUMNS)


def _beside(a: tuple, b: tuple) -> tuple[str, str | None]:
    """How two tolls of one event, the earlier told first, stand to each other, and why, where that is not plain."""
    if pd.isna(a.lower) or pd.isna(b.lower):
        return "not comparable", "a vague number"
    if isinstance(a.sort, str) and isinstance(b.sort, str) and a.sort != b.sort:
        return "not comparable", "different people"
    if a.older or b.older:
        return "not comparable", "an earlier toll, by the article’s own words"
    disjoint = a.lower > b.upper or b.lower > a.upper
    if disjoint and (a.origin == b.origin or in_turn(a, b)):
        return "not comparable", REVISED if a.origin == b.origin else IN_TURN
    if disjoint:
        return "contradict", None
    return ("agree" if max(a.said, b.said) <= (1 + SAME) * min(a.said, b.said) else "differ"), None


def least(a: pd.Series, b: pd.Series) -> float | None:
    """By how much two estimates differ at the least: the lower end of the larger over the upper end of the smaller.

    The ends are those stated, no tolerance added; an open one ends at the number stated. 1 where they meet; null where
    one is zero, or none is told.
    """
    ends = []
    for f in (a, b):
        numbers = [x for x in (f["low"], f["high"], f["value"]) if pd.notna(x)]
        if not numbers:
            return None
        ends.append((min(numbers), max(numbers)))
    (low_a, high_a), (low_b, high_b) = ends
    if min(high_a, high_b) <= 0:
        return None
    return float(max(low_a / high_b, low_b / high_a, 1.0))


def _undate(found: pd.DataFrame, texts: dict[str, str]) -> None:
    """Takes the article's day from figures whose sentence speaks of another time: theirs is not known."""
    for i in found.index[found["dated"].eq("published") & found["end"].notna()]:
        r = found.loc[i]
        span = int(r["start"]), int(r["end"])
        if r["doc_id"] in texts and wording.another_time(texts[r["doc_id"]], *span, r["published"]):
            found.loc[i, ["when", "dated"]] = pd.NaT, None


def _pairs(group: pd.DataFrame) -> pd.DataFrame:
    g = group.reset_index(drop=True)
    i, j = np.triu_indices(len(g), 1) if len(g) <= MANY else _near_pairs(g)
    a, b = g.loc[i].reset_index(drop=True), g.loc[j].reset_index(drop=True)
    held = {(x, y): categories.relation(x, y) for x in g["category"].unique() for y in g["category"].unique()}
    relation = np.array([held[x, y] for x, y in zip(a["category"], b["category"], strict=True)], object)
    kept = relation != None  # noqa: E711
    unlike = a["category"].isin(("equipment", "infrastructure", "events", "other", "personnel")).to_numpy()
    if unlike.any():
        phrases = [(x, y) for x in g["counted"].unique() for y in g["counted"].unique()]
        alike = {(x, y): max(things.likeness(x, y), things.likeness(y, x)) > 0 for x, y in phrases}
        kept &= ~unlike | np.array([alike[p] for p in zip(a["counted"], b["counted"], strict=True)], bool)
    a, b, relation = a[kept].reset_index(drop=True), b[kept].reset_index(drop=True), relation[kept]
    return _judge(a, b, relation)


def _near_pairs(g: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of rows within `FAR` days of each other; undated ones make none."""
    day = g["when"].to_numpy("datetime64[D]").astype(np.int64)
    order = np.argsort(day, kind="stable")
    order = order[g["when"].notna().to_numpy()[order]]
    ends = np.searchsorted(day[order], day[order] + FAR, side="right")
    i = np.repeat(np.arange(len(order)), ends - np.arange(len(order)) - 1)
    j = np.concatenate([np.arange(k + 1, e) for k, e in enumerate(ends)]) if len(order) else i
    first, second = order[i], order[j]
    return np.minimum(first, second), np.maximum(first, second)


def _judge(a: pd.DataFrame, b: pd.DataFrame, held: np.ndarray) -> pd.DataFrame:
    days = (b["when"] - a["when"]).dt.days.to_numpy(float)
    together = a["doc_id"].eq(b["doc_id"]).to_numpy()
    windowed_a, windowed_b = (x["window_start"].notna().to_numpy() for x in (a, b))
    both, one = windowed_a & windowed_b, windowed_a ^ windowed_b
    shared, inside = _overlap(a, b)
    rate = (a["accumulation"].eq("rate") | b["accumulation"].eq("rate")).to_numpy()
    vague = (a["lower"].isna() | b["lower"].isna()).to_numpy()
    undated = np.isnan(days) & ~(together & a["when"].isna().to_numpy() & b["when"].isna().to_numpy())
    near = np.isnan(days) | (np.abs(days) <= WEEK)
    timely = np.where(both, shared >= OVERLAP, near & ~one)
    low_a, up_a, low_b, up_b = (x.to_numpy(float) for x in (a["lower"], a["upper"], b["lower"], b["upper"]))
    disjoint = (low_a > up_b) | (low_b > up_a)
    # what a running total, a part or a window within another cannot be
    totals = (a["accumulation"].eq("total") & b["accumulation"].eq("total")).to_numpy()
    fell = totals & ~both & ~one & ~near & np.where(days > 0, low_a > up_b, low_b > up_a) & (held == "same")
    elsewhere = np.array([_elsewhere(x, y) for x, y in zip(a["place"], b["place"], strict=True)], bool) & ~totals
    one_place = np.array([_placed(x) and _placed(y) for x, y in zip(a["place"], b["place"], strict=True)], bool)
    small = (_of_event(a) | _of_event(b)) & ~together & ~one_place
    too_many = timely & np.where(held == "part", low_a > up_b, np.where(held == "whole", low_b > up_a, False))
    too_long = (
        both
        & ~timely
        & (held == "same")
        & np.where(inside == 1, low_a > up_b, np.where(inside == -1, low_b > up_a, False))
    )
    sorts = list(zip(a["sort"], b["sort"], strict=True))
    others = np.array([x is not None and y is not None and x != y for x, y in sorts], bool)
    # an army's losses are its soldiers', but a count of civilians, or of children, may be a part of another
    only = np.array([_only(x, y) for x, y in sorts], object)
    narrower = only != None  # noqa: E711
    told_a, told_b = a["accumulation"], b["accumulation"]
    steps = (told_a.isin(("increment", "total")) & told_b.isin(("increment", "total")) & told_a.ne(told_b)).to_numpy()
    numbers = np.maximum(a["said"], b["said"]) / np.minimum(a["said"], b["said"]).replace(0, np.nan)
    less = np.where(a["said"] < b["said"], told_a, told_b)
    some = (numbers > PART).to_numpy() & (less != "total")
    alone = together & (a["source_name"].fillna("").eq(b["source_name"].fillna(""))).to_numpy()
    unsure = rate | vague | undated | elsewhere | small | others | narrower | steps | some | (alone & disjoint)
    same = timely & (held == "same") & ~unsure
    equal = numbers.mask(a["said"].eq(b["said"]), 1.0).to_numpy(float)
    apart_by = [least(x, y) for (_, x), (_, y) in zip(a.iterrows(), b.iterrows(), strict=True)]
    apart_by = np.where(equal <= 1 + SAME, equal, np.array(apart_by, float))
    wrong = (fell | too_many | too_long) & ~unsure
    relation = np.select(
        [wrong | (same & disjoint), same & (equal <= 1 + SAME), same],
        ["contradict", "agree", "differ"],
        "not comparable",
    )
    within = " are part of "
    part = np.where(held == "part", a["category"] + within + b["category"], b["category"] + within + a["category"])
    apart = pd.Series(np.abs(days)).map(lambda d: "" if np.isnan(d) else f"{d:.0f} days apart")
    held_within = too_many | (timely & (held != "same"))
    reasons = (
        (vague, "a vague number"),
        (rate, "a rate"),
        (undated, "a date is not known"),
        (elsewhere, "for different places"),
        (small, "may be tolls of different events"),
        (others, "different people"),
        (narrower, only),
        (steps, "an increase and a total"),
        (some, "one may count a part"),
        (alone & disjoint, "one source in one article: parts or steps"),
        (fell, "a later total that is lower"),
        (held_within, part),
        (too_long, "less in the longer time"),
        (one, "one for a window, one in all"),
        (both & ~timely, "for different windows"),
        (~near & ~both, apart),
    )
    why = np.select([r[0] for r in reasons], [np.asarray(r[1], object) for r in reasons], default=None)
    return pd.DataFrame({
        "a": a["figure_id"], "b": b["figure_id"], "relation": relation,
        "factor": np.where(relation == "not comparable", np.nan, apart_by), "why": why, "days_apart": np.abs(days),
        "category_a": a["category"], "category_b": b["category"], "source_a": a["source_name"],
        "source_b": b["source_name"],
    })  # fmt: skip


def _only(x: str | None, y: str | None) -> str | None:
    """In words that one estimate counts civilians (children, women …) only, where the other does not tell whom."""
    told = [s for s in (x, y) if s is not None]
    return f"one counts {told[0]} only" if len(told) == 1 and told[0] != "soldiers" else None


def _elsewhere(a: object, b: object) -> bool:
    """Whether two places as named are not one: they share no word, or only one is told. A country is no place here."""
    a, b = (names.key(p) if isinstance(p, str) and not names.is_country(p) else frozenset() for p in (a, b))
    return not a & b if a or b else False


def _placed(place: object) -> bool:
    """Whether a place within a country is told."""
    return isinstance(place, str) and not names.is_country(place) and bool(names.key(place))


def _of_event(x: pd.DataFrame) -> np.ndarray:
    """Which figures may be the toll of one event: small, and not called a total."""
    return (x["accumulation"].eq("unknown") & x["window_start"].isna() & x["said"].lt(EVENT)).to_numpy()


def _overlap(a: pd.DataFrame, b: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The share of the days of two windows that both cover, and which lies in the other: 1 (a in b), -1 (b in a), 0."""
    ends_a, ends_b = (x["window_end"].fillna(x["when"]) for x in (a, b))
    starts = pd.concat([a["window_start"], b["window_start"]], axis=1)
    ends = pd.concat([ends_a, ends_b], axis=1)
    inner = (ends.min(axis=1) - starts.max(axis=1)).dt.days.to_numpy(float) + 1
    outer = (ends.max(axis=1) - starts.min(axis=1)).dt.days.to_numpy(float) + 1
    in_b = (a["window_start"] >= b["window_start"]) & (ends_a <= ends_b)
    in_a = (b["window_start"] >= a["window_start"]) & (ends_b <= ends_a)
    with np.errstate(invalid="ignore", divide="ignore"):
        shared = np.nan_to_num(np.maximum(inner, 0) / outer)
    return shared, np.where(in_b, 1, np.where(in_a, -1, 0))
