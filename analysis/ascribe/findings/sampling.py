"""A seeded random sample of figures: the same on every machine, and nearly the same when articles are added."""

from __future__ import annotations

import hashlib

import pandas as pd

SIZE = 60
"""So many figures are gone through in a quarter of an hour."""


def sample(figures: pd.DataFrame, size: int = SIZE, seed: int = 0) -> list[str]:
    """The figure_ids of `size` figures (all, where there are not so many), drawn at random, in the order of the draw.

    Each figure's lot is a hash of its id and the seed: it hangs neither on the other figures nor on their order.
    """
    lots = sorted((hashlib.sha256(f"{seed}:{i}".encode()).digest(), i) for i in figures["figure_id"])
    return [i for _, i in lots[:size]]
