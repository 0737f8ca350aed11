"""Whose numbers they are: does the source count its own side's people, its enemy's, or others'?"""

from __future__ import annotations

import pandas as pd

from ascribe.findings import names
from ascribe.findings.tables import prepare

INTERESTS = ("self", "enemy", "third", "unknown")


def interest(figures: pd.DataFrame, sources: pd.DataFrame | None = None) -> pd.Series:
    """One of `INTERESTS` for each figure, indexed as `figures` is.

    `self`: the source speaks for the party whose people are counted; `enemy`: for one at war with it
    (`data/opponents.csv`); `third`: for another; `unknown`: its party or whose people they are is not told.
    """
    found = prepare(figures, sources=sources)
    told = [one(p, w) for p, w in zip(found["party"], found["whose"], strict=True)]
    return pd.Series(told, index=figures.index, name="interest", dtype=object)


def one(party: str | None, whose: str | None) -> str:
    """The interest of a party in a number about another's people."""
    if not isinstance(party, str) or not isinstance(whose, str) or not party or not whose:
        return "unknown"
    if party == whose:
        return "self"
    return "enemy" if frozenset((party, whose)) in names.opposed() else "third"
