"""One event as its articles tell it: who counts how many, who revised, who contradicts whom, what is nobody's."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.errors import ParameterError
from ascribe.extraction.records import CATEGORIES
from ascribe.findings import origin, passages, selection
from ascribe.findings.grouping import events
from ascribe.findings.tolls import revisions, tolls

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

COUNTED = ("killed", "wounded", "missing")
"""The categories that an event's report is of, unless it is told otherwise."""


@dataclasses.dataclass(frozen=True, eq=False)
class Incident:
    """An event: its `event_id`, `place` (null where none is told), first and last possible `day` and `day_to`, `what`.

    `tolls` and `steps` are as `ascribe.findings.tolls` gives them, of this event; `categories` those asked for;
    `background` the figures of the same articles that are of other events or of a whole war, as `events` gives them;
    `uncounted` those figures of the event (rows of the table of figures) of which it is uncertain what they count, and
    which are in no toll.
    """

    event_id: str
    place: str | None
    day: pd.Timestamp
    day_to: pd.Timestamp
    what: str | None
    categories: tuple[str, ...]
    tolls: pd.DataFrame
    steps: pd.DataFrame
    background: pd.DataFrame
    uncounted: pd.DataFrame

    def __str__(self) -> str:
        days = [f"{d:%Y-%m-%d}" for d in (self.day, self.day_to) if pd.notna(d)]
        when = " to ".join(dict.fromkeys(days)) or "a day not told"
        return f"{self.place or 'a place not told'}, {when}: {self.tolls['doc_id'].nunique()} articles"


def incident(
    ledger: Ledger,
    place: str | None = None,
    day: dt.date | None = None,
    categories: tuple[str, ...] | list[str] = COUNTED,
    given: Mapping[str, str | None] | None = None,
    known: pd.DataFrame | None = None,
) -> Incident | None:
    """The event of a place and a day, or the one that most articles tell of; None where no figure is of an event.

    `given` overrules the grouping, as for `events`; `known` is the whole grouping, where it is at hand. Raises
    ParameterError, with the events that there are, where none is of that place or day, or a category is none.
    """
    for category in categories:
        if category not in CATEGORIES:
            selection.asked(ledger, None, category)  # says which there are
    known = events(ledger.figures, ledger.documents, given) if known is None else known
    chosen = _chosen(known, ledger, place, day)
    if chosen is None:
        return None
    found = tolls(ledger.figures, ledger.documents, ledger.sources, known)
    denied = selection.denied(ledger.figures, ledger)["figure_id"]
    found = found[found["event_id"].eq(chosen) & ~found["figure_id"].isin(denied)].reset_index(drop=True)
    told = found[found["category"].isin(categories)].reset_index(drop=True)
    steps = revisions(ledger.figures, ledger.documents, ledger.sources, known)
    kept = set(told["figure_id"])
    steps = steps[steps["figure_id_before"].isin(kept) & steps["figure_id_after"].isin(kept)].reset_index(drop=True)
    about = known[known["event_id"].eq(chosen)].iloc[0]
    docs = known["figure_id"].map(ledger.figures.set_index("figure_id")["doc_id"]).isin(set(found["doc_id"]))
    other = known[docs & ~known["event_id"].eq(chosen)].reset_index(drop=True)
    first, last = about["day"], about["day_to"]
    own = ledger.figures["figure_id"].isin(known.loc[known["event_id"].eq(chosen), "figure_id"])
    unsure = selection.uncounted(ledger.figures[own]).reset_index(drop=True)
    where, what = (about[c] if isinstance(about[c], str) else None for c in ("place", "what"))
    return Incident(chosen, where, first, last, what, tuple(categories), told, steps, other, unsure)


def listed(ledger: Ledger, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """The events of a ledger, that of most articles first: `event_id, place, day, day_to, what, articles, figures`.

    `known` is the grouping as `events` gives it, where it is at hand.
    """
    known = events(ledger.figures, ledger.documents) if known is None else known
    known = known[known["event_id"].notna()]
    known = known.assign(doc_id=known["figure_id"].map(ledger.figures.set_index("figure_id")["doc_id"]))
    rows = [
        (e, g["place"].iloc[0], g["day"].iloc[0], g["day_to"].iloc[0], g["what"].iloc[0], g["doc_id"].nunique(), len(g))
        for e, g in known.groupby("event_id", sort=True)
    ]
    out = pd.DataFrame(rows, columns=["event_id", "place", "day", "day_to", "what", "articles", "figures"])
    order = out.sort_values(["articles", "figures", "event_id"], ascending=[False, False, True], kind="stable").index
    return out.loc[order].reset_index(drop=True)


def _chosen(known: pd.DataFrame, ledger: Ledger, place: str | None, day: dt.date | None) -> str | None:
    found = known[known["event_id"].notna()]
    found = found.assign(doc_id=found["figure_id"].map(ledger.figures.set_index("figure_id")["doc_id"]))
    if found.empty:
        if place or day:
            raise ParameterError("no figure of these articles is told of an event")
        return None
    kept = found
    if place:
        wanted = {passages.sound(w) for w in passages.WORD.findall(place)}
        sounds = {p: {passages.sound(w) for w in passages.WORD.findall(p)} for p in kept["place"].dropna().unique()}
        kept = kept[[isinstance(p, str) and bool(wanted & sounds[p]) for p in kept["place"]]]
    if day:
        at = pd.Timestamp(day)
        kept = kept[~(kept["day"] > at) & ~(kept["day_to"] < at)]
    if kept.empty:
        asked = " ".join(filter(None, [f"in {place!r}" if place else "", f"on {day}" if day else ""]))
        there = [f"{p or 'a place not told'} ({d:%Y-%m-%d})" if pd.notna(d) else str(p)
                 for p, d in found.drop_duplicates("event_id")[["place", "day"]].itertuples(index=False)]  # fmt: skip
        raise ParameterError(f"no event {asked}; these articles tell of {selection.listed(sorted(there))}")
    size = kept.groupby("event_id").agg(articles=("doc_id", "nunique"), figures=("figure_id", "size"))
    return str(size.sort_values(["articles", "figures"], ascending=False, kind="stable").index[0])


LINES = ["origin", "category", "figure_ids", "latest_id", "first", "last", "steps", "outlets", "tellings", "articles"]


def lines(found: pd.DataFrame) -> pd.DataFrame:
    """An event's whole tolls by who gives them: a row an origin and category.

    Columns LINES: `figure_ids` in the order of time, `latest_id` (the newest), `first`, `last` (days told), `steps`
    (the numbers in their order, repeats left out), `outlets` (who tells it), `tellings` (two articles with one text
    are one), `articles`. Those told by most come first; what is not known by whom, and nobody's, last.
    """
    rows = []
    whole = found[found["part"].isna()]
    for (by, category), group in whole.groupby(["origin", "category"], sort=True):
        now = group[~group["older"].astype(bool)]
        latest = (now if len(now) else group).iloc[-1]
        if pd.isna(latest["said"]) and group["said"].notna().any():
            latest = group[group["said"].notna()].iloc[-1]
        numbers = [n for n in group["said"] if pd.notna(n)]
        steps = [n for i, n in enumerate(numbers) if i == 0 or n != numbers[i - 1]]
        rows.append((
            by, category, list(group["figure_id"]), latest["figure_id"], group["told"].min(), group["told"].max(),
            steps, sorted(group["outlet"].unique()), group["copy"].nunique(), group["doc_id"].nunique(),
        ))  # fmt: skip
    out = pd.DataFrame(rows, columns=LINES)
    last = out["origin"].map({origin.UNCERTAIN: 1, origin.NOBODY: 2}).fillna(0)
    most = out.groupby("origin")["tellings"].transform("max")
    order = out.assign(rank=last, most=most)
    order = order.sort_values(
        ["rank", "most", "origin", "category"], ascending=[True, False, True, True], kind="stable"
    )
    return out.loc[order.index].reset_index(drop=True)


def read_groups(path: str | os.PathLike[str]) -> dict[str, str | None]:
    """A user's own grouping from a CSV with columns `record` (figure_id or doc_id) and `event` (empty: none).

    Raises ParameterError where it cannot be read or lacks a column.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as f:
            rows = list(csv.DictReader(f))
        return {row["record"].strip(): row["event"].strip() or None for row in rows}
    except KeyError as e:
        raise ParameterError(f"{path}: has no column {e.args[0]!r}; it needs record and event") from e
    except (OSError, UnicodeDecodeError, AttributeError) as e:
        raise ParameterError(f"{path}: cannot be read as a table of events: {e}") from e
