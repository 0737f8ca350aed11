"""A seeded random sample of figures or claims: the same everywhere, and nearly the same when articles are added."""

from __future__ import annotations

import hashlib

import pandas as pd

SIZE = 60
"""So many figures are gone through in a quarter of an hour."""


def sample(rows: pd.DataFrame, size: int = SIZE, seed: int = 0, key: str = "figure_id") -> list[str]:
    """The ids (column `key`) of `size` rows (all, where there are not so many), drawn at random, in the draw's order.

    Each row's lot is a hash of its id and the seed: it hangs neither on the other rows nor on their order.
    """
    lots = sorted((hashlib.sha256(f"{seed}:{i}".encode()).digest(), i) for i in rows[key])
    return [i for _, i in lots[:size]]
