"""Short lists of function words and verbs that the rules look for; all of them are rows of one table."""

from __future__ import annotations

import functools

from ascribe.extraction.lexicons import rows


@functools.cache
def listed(name: str) -> frozenset[str]:
    """The words of the list `name` of the table figure_words."""
    return frozenset(r["word"] for r in rows("figure_words") if r["list"] == name)
