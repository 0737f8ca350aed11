"""What became of decisions, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ascribe.ledger import columns, storage

HERE = ("superseded", "lost")
OPEN = (*HERE, "elsewhere")
"""Fates that a person should look at; those of decisions on the very articles in hand."""
MEANINGS = {
    "applied": "carried out",
    "confirmed": "the extractor now says what the reviewer said",
    "superseded": "the extractor now says something third; the reviewer’s word stands: look again",
    "lost": "its words, or the row on them, are gone; nothing was done",
    "elsewhere": "on an article or a source that is not among these",
    "withdrawn": "taken back or replaced by a later decision",
}


def counts(decisions: pd.DataFrame) -> dict[str, int]:
    """How many decisions had each fate, in the order of the fates; those that none had left out."""
    found = decisions["fate"].value_counts()
    return {fate: int(found[fate]) for fate in columns.FATES if found.get(fate)}


def summary(decisions: pd.DataFrame) -> str:
    """How many decisions had each fate, in a line: 12 applied, 1 lost."""
    return ", ".join(f"{n:,} {fate}" for fate, n in counts(decisions).items())


def notes(decisions: pd.DataFrame, fates: Sequence[str] = OPEN) -> list[str]:
    """A line for each decision that a person should look at: `corrections.jsonl:12: lost: its words are gone …`."""
    rows = [row for row in storage.plain_rows("decisions", decisions) if row["fate"] in fates]
    return [f"{row['line']}: {row['fate']}: {row['why']} (“{row['exact']}”, {row['action']})" for row in rows]
