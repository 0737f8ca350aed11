"""Events and their tolls: a toll that rises in time is revised, two that cannot both be true at once contradict.

Figures are of one event where they name the same place and days that are near: simple on purpose, and shown, so that a
reader can tell where it goes wrong.
"""

from __future__ import annotations

import itertools

import pandas as pd

from ascribe.extraction.records import record_id
from ascribe.findings import names
from ascribe.findings.tables import prepare, said

HARM = ("killed", "wounded", "casualties", "missing", "displaced", "captured", "affected")
APART = 10
"""Days: figures of one place whose days lie further apart are of different events."""
SHORT = 3
"""A window of no more days tells the day of an event."""
GENERIC = frozenset(
    [
        "city",
        "town",
        "village",
        "region",
        "district",
        "province",
        "oblast",
        "area",
        "near",
        "outside",
        "central",
        "capital",
    ]
)
"""Words of a place's name that do not tell which."""
PARTS = frozenset(["children", "women", "men", "girls", "boys"])
"""Parts of a toll, which are not set beside it."""
KINDS = ("repeat", "revision", "correction", "update", "contradiction")
COLUMNS = [
    "event_id", "place", "category", "whose", "kind", "before", "after", "days", "source_before", "source_after",
    "figure_id_before", "figure_id_after",
]  # fmt: skip


def events(figures: pd.DataFrame, documents: pd.DataFrame | None = None) -> pd.DataFrame:
    """The figures of harm that belong to an event: columns `figure_id, event_id, place, day` (datetime64).

    A figure's place is the one named with it, else the place most named with figures of its article (where none of them
    is for a whole country), else one of the places of other articles' figures that its title names; a country is no
    place of an event. Its day is the one it is
    for, else the article's. Figures without both belong to none.
    """
    found = prepare(figures, documents)
    found = found[found["category"].isin(HARM) & found["unit"].eq("")].copy()
    wide = [isinstance(p, str) and names.is_country(p) for p in found["place"]]
    wide = set(found.loc[wide, "doc_id"])
    found["place"] = [p if isinstance(p, str) and not names.is_country(p) else None for p in found["place"]]
    usual = found.groupby("doc_id")["place"].agg(lambda p: p.dropna().mode().iloc[0] if p.notna().any() else None)
    found["place"] = found["place"].where(
        found["place"].notna(), found["doc_id"].map(usual.drop(wide, errors="ignore"))
    )
    known = [p for p in found["place"].dropna().unique() if _where(p)]
    titled = {t: _named(t, known) for t in found["title"].dropna().unique()}
    found["place"] = found["place"].where(found["place"].notna(), found["title"].map(titled))
    long = (found["window_end"] - found["window_start"]).dt.days > SHORT
    found["day"] = found["window_start"].mask(long).fillna(found["as_of"]).fillna(found["published"])
    found = found[found["place"].notna() & found["day"].notna() & ~long]
    found["where"] = [_where(p) for p in found["place"]]
    found = found.sort_values(["where", "day"], kind="stable")
    new = found["where"].ne(found["where"].shift()) | (found["day"].diff().dt.days > APART)
    found["run"] = new.cumsum()
    first = found.groupby("run")["day"].transform("min").dt.strftime("%Y-%m-%d")
    found["event_id"] = [record_id("event", w, d) for w, d in zip(found["where"], first, strict=True)]
    return found.sort_index()[["figure_id", "event_id", "place", "day"]].reset_index(drop=True)


def _where(place: str) -> str:
    """The words of a place that tell it from others: "the city of Sarn" is "Sarn"."""
    return " ".join(sorted(names.key(place) - GENERIC))


def _named(title: str, places: list[str]) -> str | None:
    """The place, of those known, that a title names."""
    words = names.key(title)
    return next((p for p in places if set(_where(p).split()) <= words), None)


def revisions(
    figures: pd.DataFrame, documents: pd.DataFrame | None = None, sources: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How each event's toll went from one article to the next.

    A row a step, in one event and category, from the first toll of one article to that of the next; columns COLUMNS.
    `kind`: `repeat` (the same toll again), `revision` (the same source has more), `correction` (it has fewer), `update`
    (another source has more, later), `contradiction` (on one day, or later and fewer, by another source: the intervals
    that the words allow do not meet).
    """
    found = prepare(figures, documents, sources)
    found["said"] = said(found)
    known = events(figures, documents)
    found = found.merge(known[["figure_id", "event_id"]], on="figure_id")
    usual = known.groupby("event_id")["place"].first()
    part = found["part_of"].notna() | found["whose"].isin(PARTS) | found["counted"].isin(PARTS)
    found = found[found["said"].notna() & ~part]
    found["told"] = found["published"].fillna(found["when"])
    # an article's newest toll comes first; what it was before, after
    first = found.sort_values(["told", "doc_id", "start"], kind="stable")
    first = first.drop_duplicates(["event_id", "category", "doc_id"])
    rows = []
    for (event, category), steps in first.groupby(["event_id", "category"], sort=True):
        for before, now in itertools.pairwise(steps.itertuples()):
            whose = next((w for w in (now.whose, before.whose) if isinstance(w, str)), None)
            rows.append((
                event, usual[event], category, whose, _kind(before, now), before.said, now.said,
                (now.told - before.told).days, before.source_name, now.source_name, before.figure_id, now.figure_id,
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _kind(before: tuple, now: tuple) -> str:
    same = names.publisher_key(_text(before.source_name)) == names.publisher_key(_text(now.source_name))
    days = (now.told - before.told).days
    if before.said == now.said and before.bound == now.bound:
        return "repeat"
    meet = not (before.lower > now.upper or now.lower > before.upper)
    if same:
        return "revision" if now.said >= before.said else "correction"
    if meet:
        return "update" if now.said > before.said else "repeat"
    return "update" if now.said > before.said and days > 0 else "contradiction"


def _text(name: object) -> str | None:
    return name if isinstance(name, str) else None
