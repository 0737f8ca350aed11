"""In which order figures and claims are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.findings.sampling import sample

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

ORDERS = ("important", "confidence", "text", "sample")


def ordered(
    ledger: Ledger, order: str = "important", first: Iterable[str] = (), size: int = 60, seed: int = 0
) -> list[str]:
    """The figure_ids of a ledger as they are to be looked at.

    `important`: those `first` (what a check found, say), then those that a chart can show, each the least confident
    first; `confidence`: the least confident first; `text`: article by article; `sample`: `size` of them at random, by
    `seed`. Raises ValueError for another order.
    """
    figures = ledger.figures
    if order == "sample":
        return sample(figures, size, seed)
    if order not in ORDERS:
        raise ValueError(f"no order {order!r}: choose one of {', '.join(ORDERS)}")
    if order == "text":
        return list(figures["figure_id"])
    from ascribe.charts import rows

    wanted = set(first)
    drawn = set(rows.estimates(figures, ledger.documents, ledger.claims, ledger.sources)["figure_id"])
    rank = figures["figure_id"].map(lambda i: 0 if i in wanted else 1 if i in drawn or order == "confidence" else 2)
    keys = pd.DataFrame({"rank": rank, "confidence": confidence(ledger)})
    return list(figures["figure_id"].loc[keys.sort_values(["rank", "confidence"], kind="stable").index])


def claims(ledger: Ledger, order: str = "important", size: int = 60, seed: int = 0) -> list[str]:
    """The claim_ids of a ledger as they are to be looked at, by the orders of `ordered`.

    `important`: those first in which figures stand that a chart can show. Raises ValueError for another order.
    """
    found = ledger.claims
    if order == "sample":
        return sample(found, size, seed, "claim_id")
    if order not in ORDERS:
        raise ValueError(f"no order {order!r}: choose one of {', '.join(ORDERS)}")
    if order == "text":
        return list(found["claim_id"])
    from ascribe.charts import rows

    drawn = rows.estimates(ledger.figures, ledger.documents, ledger.claims, ledger.sources)
    wanted = set() if order == "confidence" else set(drawn["claim_id"].dropna())
    keys = pd.DataFrame({"rank": ~found["claim_id"].isin(wanted), "confidence": found["confidence"]})
    return list(found["claim_id"].loc[keys.sort_values(["rank", "confidence"], kind="stable").index])


def confidence(ledger: Ledger) -> pd.Series:
    """How sure the extractor is of each figure, 0 to 1: of its credit and its category where it says so, else of its
    claim; 0 where it calls the credit uncertain, 1 where it says nothing."""
    figures = ledger.figures
    own = [figures[c] for c in ("credit_confidence", "category_confidence") if c in figures]
    claims = ledger.claims.set_index("claim_id")["confidence"]
    known = pd.concat(own, axis=1).min(axis=1) if own else pd.Series(float("nan"), index=figures.index)
    known = known.fillna(figures["claim_id"].map(claims)).fillna(1.0)
    return known.mask(figures["credit"].eq("uncertain"), 0.0)
