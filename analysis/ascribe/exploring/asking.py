"""What a reader of a ledger would ask about first: the gravest figures, and those that nobody stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ascribe.extraction.records import CATEGORIES
from ascribe.findings import origin, selection

if TYPE_CHECKING:
    from ascribe.ledger import Ledger


def gravest(figures: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """Of some figures those on people harmed first, the largest before others: what a reader would ask about."""
    order = {c: i for i, c in enumerate(CATEGORIES)}
    size = figures["value"].fillna(figures["high"]).fillna(figures["low"]).fillna(0)
    rank = figures.assign(order=figures["category"].map(order), size=size)
    return figures.loc[rank.sort_values(["order", "size"], ascending=[True, False], kind="stable").index].head(most)


def unbacked(ledger: Ledger) -> pd.DataFrame:
    """The figures that their article credits to nobody; of what it credits elsewhere nothing."""
    told = origin.behind(ledger.figures)
    found = ledger.figures[told.eq(origin.NOBODY)] if len(ledger.figures) else ledger.figures
    return selection.without(found, selection.restated(found, ledger)) if len(found) else found
