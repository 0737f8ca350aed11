"""What the command `export` does, from what the user typed to what the user is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ascribe import saying
from ascribe.desk import workbook
from ascribe.errors import ParameterError
from ascribe.exploring.choosing import MOST_CARDS, Chosen
from ascribe.exploring.opening import open

FORMATS = ("xlsx", "charts", "cards")


def export(inputs: Sequence[str], to: str, out: str, words: dict[str, str | None]) -> None:
    """Write what a desk takes along of articles or ledgers, and say where it is.

    `words` choose figures: `category`, `of`, `by`, `at`, `in` (see `exploring.choosing.Sentence`). The workbook always
    holds the whole ledger. Raises ParameterError for an unknown format, and where nothing is left to draw.
    """
    formats = [part.strip() for part in to.split(",") if part.strip()]
    unknown = [f for f in formats if f not in FORMATS]
    if unknown or not formats:
        raise ParameterError(f"unknown format {', '.join(unknown) or repr(to)}: choose from {', '.join(FORMATS)}")
    ledger = open(inputs)
    for note in ledger.notes:
        saying.say(f"ascribe: note: {note}")
    chosen = said(ledger.chosen(), words)
    paths: list[Path] = []
    if "xlsx" in formats:
        paths.append(workbook.save(ledger, Path(out) / "ledger.xlsx"))
    if "charts" in formats:
        paths += chosen.save(out)
    if "cards" in formats:
        paths += chosen.cards(Path(out) / "cards")
        if len(chosen) > MOST_CARDS:
            saying.say(f"ascribe: note: cards of the gravest {MOST_CARDS} of {len(chosen):,} figures")
    saying.say(f"ascribe: {chosen}")
    for path in paths:
        saying.give(path)


def said(chosen: Chosen, words: dict[str, str | None]) -> Chosen:
    """The figures that these words choose."""
    steps = {"category": "category", "of": "of", "by": "by", "at": "at", "in": "in_"}
    for word, step in steps.items():
        if words.get(word):
            chosen = getattr(chosen, step)(words[word])
    return chosen
