"""How far the extractor can be trusted on these very articles: what is right in a random sample that somebody read."""

from __future__ import annotations

import dataclasses
import itertools
import math
import os
from collections.abc import Iterable
from statistics import NormalDist
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.findings.sampling import sample
from ascribe.ledger.scan import taken

if TYPE_CHECKING:
    from ascribe.ledger import Ledger, Scan
    from ascribe.ledger.corrections import Decision

ASPECTS = {
    "figures": {
        "number": ("value", "low", "high", "bound", "unit"),
        "category": ("category",),
        "credit": ("source_name", "credit"),
    },
    "claims": {
        "content": (),
        "source": ("source_name",),
        "cue": ("cue",),
        "polarity": ("polarity", "likelihood"),
    },
}
"""What of a figure or a claim is right or wrong, and the cells that it is read from; `all` is all of these.

What is said is no cell: a claim of other words is rejected, and another added.
"""
CREDITS = ("credit", "source")
KEYS = {"figures": "figure_id", "claims": "claim_id"}
LOOKED_AT = ("applied", "confirmed", "superseded")


LEAST = 10
"""Of fewer figures nothing is told."""


@dataclasses.dataclass(frozen=True)
class Trust:
    """What a sample told: the first `looked_at` of `figures`, in the order of a seeded draw, were all gone through.

    `shares` has a row for number, category, credit and all: `right` of `looked_at`, the `share`, and the ends `low` and
    `high` of its 95 % interval after Wilson. `claims` are the same of a sample of the claims: content, source, cue,
    polarity and all.
    """

    figures: int
    looked_at: int
    shares: pd.DataFrame
    claims: pd.DataFrame

    def __str__(self) -> str:
        said = _in_words(self.claims)
        of_claims = f" Of claims it had {said}." if said else ""
        if self.looked_at < LEAST:
            unknown = "How often the extractor is right in these articles is not known: nobody went through a random"
            return f"{unknown} sample{' of figures' if said else ''}.{of_claims}"
        return f"In these articles, by a random sample, the extractor had {_in_words(self.shares)}.{of_claims}"


def _in_words(shares: pd.DataFrame) -> str:
    """How often each aspect was right; empty where too few were looked at."""
    if shares.empty or shares["looked_at"].iloc[0] < LEAST:
        return ""
    return "; ".join(
        f"{r.Index} right in {r.right} of {r.looked_at} looked at: {100 * r.low:.0f} to {100 * r.high:.0f} %"
        for r in shares.itertuples()
    )


def trust(
    ledger: Ledger | Scan, corrections: str | os.PathLike[str] | Iterable[Decision] | None = None, seed: int = 0
) -> Trust:
    """What a person's going through a random sample of a ledger's figures tells of the extractor's errors.

    `corrections` are a file of decisions, or decisions; None: those that the ledger has had applied. The sample is as
    much as was gone through of the figures in the order of the draw (`sampling.sample`), from its first to the first
    that nobody looked at: any such beginning is drawn at random, what was looked at besides is not. A figure that was
    rejected is wrong in everything; one that the extractor missed is in no sample, so nothing is said of these. So with
    the claims, which are drawn by themselves.
    """
    made = taken(ledger) if corrections is None else taken(ledger).corrected(corrections)
    figures, claims = (_shares(made, table, seed) for table in ASPECTS)
    return Trust(len(made.extracted().figures), int(figures["looked_at"].iloc[0]), figures, claims)


def _shares(made: Ledger, table: str, seed: int) -> pd.DataFrame:
    """How often each aspect was right in what was gone through of one table's sample."""
    rows = made.extracted().tables[table]
    wrong = _wrong(made, table)
    seen = list(itertools.takewhile(wrong.__contains__, sample(rows, len(rows), seed, KEYS[table])))
    found = {}
    for aspect in (*ASPECTS[table], "all"):
        right = sum(not (wrong[i] if aspect == "all" else wrong[i] & {aspect}) for i in seen)
        low, high = wilson(right, len(seen))
        share = right / len(seen) if seen else math.nan
        found[aspect] = {"right": right, "looked_at": len(seen), "share": share, "low": low, "high": high}
    return pd.DataFrame.from_dict(found, orient="index")


def _wrong(made: Ledger, table: str) -> dict[str, set[str]]:
    """Of each row of a table that somebody looked at, what the extractor had wrong."""
    if made.decisions is None:
        return {}
    aspects = {column: aspect for aspect, columns in ASPECTS[table].items() for column in columns}
    found: dict[str, set[str]] = {}
    looked = made.decisions[made.decisions["table"].eq(table) & made.decisions["fate"].isin(LOOKED_AT)]
    own = set(looked.loc[looked["column"].isin(("source_name", "credit")), "row_id"])
    third = looked[looked["fate"].eq("superseded") & looked["why"].fillna("").str.contains("source_name")]
    own |= set(third["row_id"])  # and not those of which a source was only renamed, in all its mentions
    for row in looked.itertuples():
        if isinstance(row.row_id, str):
            found.setdefault(row.row_id, set())
    for row in made.changed[made.changed["table"].eq(table)].itertuples():
        if row.row_id not in found:
            continue
        if not isinstance(row.column, str):
            found[row.row_id] |= set(ASPECTS[table])  # no figure, or no such claim, at all
        elif aspect := aspects.get(row.column):
            found[row.row_id] |= {aspect} if aspect not in CREDITS or row.row_id in own else set()
    return found


def wilson(right: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of a share after Wilson (1927): `(low, high)`, both nan of nothing."""
    if not n:
        return math.nan, math.nan
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, wide = right / n, z * z / n
    middle = (share + wide / 2) / (1 + wide)
    half = z * math.sqrt(share * (1 - share) / n + wide / (4 * n)) / (1 + wide)
    return max(0.0, middle - half), min(1.0, middle + half)
