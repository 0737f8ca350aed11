"""Which category of harm holds which: killed and wounded are casualties; these, missing and captured are losses."""

from __future__ import annotations

import pandas as pd

FLOOR = 0.6
"""A figure whose `category_confidence`, from 0 to 1, is less is not known to count what its category says.

On articles that the extractor had not learned from, categories stated with less were right in 48 of 100 (78 of 161
figures, at no tenth below it in more than 54 of 100), those from here to 0.7 in 63, all above in 96: the network's card
has the table.
"""
WHOLE = ("accepted", "added")
"""What a person made of a figure all of whose cells they vouch for."""
PARENTS: dict[str, str] = {
    "killed": "casualties",
    "wounded": "casualties",
    "casualties": "losses",
    "missing": "losses",
    "captured": "losses",
}
"""Each category's next wider one. What a side calls its enemy's losses holds all of these, not told apart."""


def sure(figures: pd.DataFrame) -> pd.Series:
    """Which figures are known to count what their category says: those from `FLOOR` on, those that a person took as
    they are.

    A person who put another cell right said nothing of the category; one who put it right made it certain
    (`category_confidence` is 1 then). A boolean Series with the index of the figures; a row without a confidence counts
    as known.
    """
    if "category_confidence" not in figures:
        return pd.Series(True, index=figures.index, dtype=bool)
    known = ~pd.to_numeric(figures["category_confidence"], errors="coerce").lt(FLOOR)
    return known | figures["reviewed"].isin(WHOLE) if "reviewed" in figures else known


def wider(category: str) -> list[str]:
    """The category and those that hold it, the narrowest first."""
    chain = [category]
    while chain[-1] in PARENTS:
        chain.append(PARENTS[chain[-1]])
    return chain


def relation(a: str, b: str) -> str | None:
    """`same`, `part` (a is within b), `whole` (a holds b), or None where neither holds the other."""
    if a == b:
        return "same"
    if b in wider(a):
        return "part"
    return "whole" if a in wider(b) else None
