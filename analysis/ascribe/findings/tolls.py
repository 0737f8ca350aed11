"""An event's tolls by who gives them: revised by one body, repeated by others, contradicted by a third.

What one body says of one event is a line in time: more is a revision, less a correction. Two bodies contradict each
other where their words cannot both be true at one time; later and more by another is an update.
"""

from __future__ import annotations

import itertools
import re

import pandas as pd

from ascribe.findings import categories, copies, origin, passages, things, wording
from ascribe.findings.grouping import HARM, events
from ascribe.findings.tables import prepare, said

KINDS = ("repeat", "revision", "correction", "update", "contradiction")
COLUMNS = [
    "event_id", "place", "category", "whose", "kind", "before", "after", "days", "source_before", "source_after",
    "figure_id_before", "figure_id_after",
]  # fmt: skip
TOLLS = [
    "figure_id", "event_id", "doc_id", "place", "day", "day_to", "what", "category", "whose", "origin", "part",
    "sort", "told", "older", "hour", "said", "lower", "upper", "bound", "outlet", "copy",
]  # fmt: skip
PARTS = frozenset(["children", "women", "girls", "boys"])
"""Sorts of people that are always a part of a toll."""
OLDER = re.compile(
    r"\b(?:earlier|initial|initially|previous|previously|at first|before that|first"
    r" (?:gave|given|put|said|spoke|spoken|reported|announced|counted|confirmed))\b",
    re.IGNORECASE,
)
HOUR = re.compile(
    r"\bfinal (?:(?:death|official) )?(?:toll|count|tally|number)\b|\b\d{1,2}:\d{2}\b"
    r"|\b(?:at|by|around|about|until|as of|since) (?:\d{1,2}(?:\.\d\d)? ?[ap]\.?m\b|noon|midnight|dawn|dusk|nightfall)"
    r"|\bby (?:\w+ ){0,2}(?:morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)
"""Words that make a toll that of its hour: the numbers of one day may follow each other then."""
PART_OF_SENTENCE = re.compile(r";")
FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
TO = re.compile(r"^\s+to\s+(?:at least |about |more than )?\d", re.IGNORECASE)
ADDED = re.compile(r"\b(?:another|a further|further|additional)\s+$", re.IGNORECASE)
OF_THEM = re.compile(
    r"^\s+of\s+(?:the (?:dead|victims|killed|wounded|injured|missing)|them|those|these)\b", re.IGNORECASE
)
WHO_OF_THEM = re.compile(r"^,?\s+of\s+(?:them|whom|these|those)\s+(?:were\s+|was\s+)?([a-z]+)", re.IGNORECASE)
MORE = re.compile(r"^\s+more\b(?!\s+than)", re.IGNORECASE)


def tolls(
    figures: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The tolls of events, a row a figure that belongs to one; in each event in the order of time.

    Columns TOLLS: `origin` (who stands behind it, one name a body: `ascribe.findings.origin`), `part` (of whom it is a
    part: "children", "a part"; null for a whole toll), `sort` (soldiers, civilians …, where that is told), `told` (the
    day on which its article told it), `older` (its own article puts it before another: "had earlier spoken of 17"),
    `hour` (its words give it as that of an hour, or as the final one: "at 10:54", "the final toll"),
    `said`, `lower`, `upper`, `bound`, `outlet`, `copy` (the first article with the same text). Numbers that nobody
    asserts (fears, plans, what would be) are left out, and those of which it is uncertain what they count
    (`ascribe.findings.categories`). `known` is the grouping as `events` gives it, where it is at
    hand.
    """
    known = events(figures, documents) if known is None else known
    found = prepare(figures[categories.sure(figures)], documents, sources)
    found["said"] = said(found)
    found = found.merge(known[known["event_id"].notna()], on="figure_id", suffixes=("_figure", ""))
    texts = wording.texts(documents)
    rows = origin.rows(figures, documents, sources, known.set_index("figure_id")["event_id"])
    found["origin"] = found["figure_id"].map(rows)
    around = [_around(texts.get(f.doc_id), f.start, f.end) for f in found.itertuples()]
    real = [not wording.unreal(b, a) for b, a in around]
    kinds = dict(zip(figures["figure_id"], figures["category"], strict=True))
    within = [categories.relation(f.category, kinds.get(f.part_of, "")) in ("same", "part") for f in found.itertuples()]
    found["part_of"] = found["part_of"].where(pd.Series(within, index=found.index, dtype=bool), None)
    again = found["figure_id"].isin(_again(figures))
    found["part"] = [_part(f, b, a, g) for f, (b, a), g in zip(found.itertuples(), around, again, strict=True)]
    found["sort"] = [things.people(c, w) for c, w in zip(found["counted"], found["whose"], strict=True)]
    found["older"] = [_older(b, a) for b, a in around]
    found["hour"] = [_of_its_hour(b, a) for b, a in around]
    found["told"] = _told(found, texts)
    found["older"] = found["older"].astype(bool) | _superseded(found)
    found["outlet"] = found["publisher"].where(found["publisher"].notna(), found["doc_id"])
    same = copies.copies(documents) if documents is not None else pd.Series(dtype=object)
    found["copy"] = [same.get(d, d) for d in found["doc_id"]]
    found = found[pd.Series(real, index=found.index, dtype=bool)]
    most = found["said"].where(~found["older"].astype(bool)).groupby(found["doc_id"]).transform("max")
    now = ~found["older"].astype(bool)
    order = found.assign(most=most, now=now, at=found["start"].where(now, found["said"]))
    order = order.sort_values(
        ["event_id", "told", "most", "doc_id", "now", "at"], kind="stable", na_position="first"
    ).index
    return found.loc[order, TOLLS].reset_index(drop=True)


def _around(text: str | None, start: object, end: object) -> tuple[str, str]:
    """What stands before a number in its sentence, and what after."""
    if text is None or pd.isna(end):
        return "", ""
    return wording.sentence(text, int(start), int(end))


def _again(figures: pd.DataFrame) -> set[str]:
    """The figures before which their article told of people harmed in the same way, or of none at all.

    To these a word like "another" adds: "21 were killed and another 73 hurt" adds none to the hurt.
    """
    order = [c for c in ("doc_id", "start") if c in figures]
    harmed = figures[figures["category"].isin(HARM)].sort_values(order, kind="stable")
    last = harmed.groupby("doc_id")["category"].shift()
    pairs = zip(last, harmed["category"], strict=True)
    again = [not isinstance(a, str) or categories.relation(a, b) is not None for a, b in pairs]
    return set(harmed.loc[again, "figure_id"])


def _part(f: tuple, before: str, after: str, again: bool) -> str | None:
    """Of whom a figure is a part, in a word; None for a whole toll. `again`: the number before counts the same."""
    sort = things.people(f.counted, f.whose) or things.people(_who_of_them(after))
    if sort in PARTS:
        return sort
    if isinstance(f.part_of, str):
        return sort or "a part"
    added = again and (ADDED.search(before) or MORE.match(after))
    return "a part" if added or OF_THEM.match(after) else None


def _who_of_them(after: str) -> str | None:
    """Who a number without a noun is by the words behind it: "five of them children"."""
    told = WHO_OF_THEM.match(after)
    return told[1] if told else None


def _older(before: str, after: str) -> bool:
    """Whether a sentence puts a number before another: "it had earlier said 17", "raised from 49 to 58"."""
    return bool(OLDER.search(before) or (FROM.search(before) and TO.match(after)))


def _superseded(found: pd.DataFrame) -> pd.Series:
    """Which tolls are of an earlier day than another that the same article has of the same body: "It gave 63 on Monday"
    beside the 89 of Wednesday.
    """
    day = found["as_of"].fillna(found["told"]).astype("datetime64[s]")
    same = [found[c].fillna("") for c in ("event_id", "doc_id", "origin", "category")]
    return day.lt(day.groupby(same).transform("max"))


def _of_its_hour(before: str, after: str) -> bool:
    """Whether the words around a number, as far as a semicolon, tell its hour, or that it is the last."""
    return bool(HOUR.search(PART_OF_SENTENCE.split(before)[-1]) or HOUR.search(PART_OF_SENTENCE.split(after)[0]))


def in_turn(one: tuple, other: tuple) -> bool:
    """Whether two tolls that differ may follow each other, rather than contradict: rows of `tolls`, the earlier first.

    A toll may rise from day to day, and from hour to hour where one of the two is that of its hour; the missing may be
    fewer, too. What is told later and is less contradicts.
    """
    days = (other.told - one.told).days if pd.notna(one.told) and pd.notna(other.told) else 0
    if days:
        return one.category == "missing" or (other.said > one.said) == (days > 0)
    return bool(one.hour or other.hour)


def _told(found: pd.DataFrame, texts: dict[str, str]) -> pd.Series:
    """The day on which each figure's article told it: that which its first words give, else its publication's."""
    lines = {d: passages.dateline(text) for d, text in texts.items()}
    given = pd.Series([pd.Timestamp(lines.get(d)) for d in found["doc_id"]], index=found.index, dtype="datetime64[s]")
    known = found["published"].fillna(found["when"]).astype("datetime64[s]")
    return given.where(given.notna() & ~(given > known), known)


def revisions(
    figures: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How each event's tolls went on in time, and where they contradict each other.

    A row a step between two whole tolls of one event and category; columns COLUMNS. `kind`, for one body: `repeat` (the
    same toll again), `revision` (it has more), `correction` (fewer); for two bodies, a row a pair at most: `update`
    (the later has more, or of the missing another number; or one is the toll of its hour), `contradiction` (told at one
    time, or later and fewer: the intervals that the words allow do not meet). What is credited to nobody, or not known
    to whom, is set against nobody's.
    """
    found = tolls(figures, documents, sources, known)
    whole = found[found["part"].isna() & found["said"].notna()]
    whole = whole[~whole["origin"].isin([origin.NOBODY, origin.UNCERTAIN])]
    rows = []
    for _, group in whole.groupby(["event_id", "category"], sort=True):
        for _, line in group.groupby("origin", sort=True):
            dated = line[line["told"].notna()] if line["doc_id"].nunique() > 1 else line
            for before, now in itertools.pairwise(dated.itertuples()):
                rows.append(_row(before, now, _step(before, now)))
        rows += _between(group)
    return pd.DataFrame(rows, columns=COLUMNS)


def _step(before: tuple, now: tuple) -> str:
    """How one body's toll went on to its next."""
    if before.said == now.said:
        return "repeat"
    return "revision" if now.said > before.said else "correction"


def _between(group: pd.DataFrame) -> list[tuple]:
    """Where the tolls of two bodies contradict, or the later goes beyond the earlier: a row a pair of bodies."""
    lines = [line[~line["older"].astype(bool)] for _, line in group.groupby("origin", sort=True)]
    rows = []
    for one, other in itertools.combinations([line for line in lines if len(line)], 2):
        pairs = [(a, b) for a in one.itertuples() for b in other.itertuples() if _one_people(a, b)]
        pairs = [tuple(sorted(p, key=lambda t: (str(t.told), t.doc_id, t.figure_id))) for p in pairs]
        at_once = [(a, b) for a, b in pairs if _days(a, b) == 0 and _latest(a, one, other) and _latest(b, one, other)]
        for a, b in reversed(at_once or pairs):
            if a.lower > b.upper or b.lower > a.upper:
                rows.append(_row(*_by_time(a, b), "update") if in_turn(a, b) else _row(a, b, "contradiction"))
                break
    return rows


def _by_time(one: tuple, other: tuple) -> tuple[tuple, tuple]:
    """Two tolls of which one follows the other: by day, within a day the lower first."""
    return (other, one) if not _days(one, other) and one.said > other.said else (one, other)


def _latest(toll: tuple, *lines: pd.DataFrame) -> bool:
    """Whether a toll is the last that its body gave on its day."""
    line = next(line for line in lines if toll.figure_id in set(line["figure_id"]))
    then = line["doc_id"].eq(toll.doc_id) if pd.isna(toll.told) else line["told"].eq(toll.told)
    return line.loc[then, "figure_id"].iloc[-1] == toll.figure_id


def _one_people(a: tuple, b: tuple) -> bool:
    """Whether two tolls may count the same people: not soldiers here and civilians there."""
    sorts = {t.sort for t in (a, b) if isinstance(t.sort, str)}
    return len(sorts) < 2


def _days(a: tuple, b: tuple) -> int:
    """Days between the telling of two tolls; 0 where one is not known."""
    days = (b.told - a.told).days if pd.notna(a.told) and pd.notna(b.told) else 0
    return abs(days)


def _row(before: tuple, now: tuple, kind: str) -> tuple:
    whose = next((w for w in (now.whose, before.whose) if isinstance(w, str)), None)
    return (
        now.event_id, now.place, now.category, whose, kind, before.said, now.said, _days(before, now), before.origin,
        now.origin, before.figure_id, now.figure_id,
    )  # fmt: skip
