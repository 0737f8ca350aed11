"""`ascribe extract` over many articles, as far as it is talk."""

from __future__ import annotations

import click

from ascribe import saying
from ascribe.archive.options import Options
from ascribe.archive.running import extract_archive
from ascribe.errors import ArticleError, AscribeError

INTERRUPTED = 130


def refuse(format: str | None, corrections: tuple[str, ...]) -> None:
    """Raise AscribeError where a data set is asked for together with what it cannot have."""
    if format not in (None, "dataset"):
        raise AscribeError(f"--format {format}: many articles are written as a data set; leave --format away")
    if corrections:
        raise AscribeError(
            "--corrections: of a data set they are laid over what is taken out of it: in a recipe (corrections:), or "
            "in Python, Ledger.scan(folder).where(...).ledger().corrected(file)"
        )


def extract(inputs: tuple[str, ...], out: str, options: Options) -> None:
    """Extract the inputs into the data set `out`, telling how it goes. Exits with 1 where some could not be read."""

    def on_error(error: ArticleError) -> None:
        saying.say(f"ascribe: {error}")

    def on_note(note: str) -> None:
        saying.say(f"ascribe: note: {note}")

    try:
        summary = extract_archive(inputs, out, options, on_error=on_error, on_note=on_note)
    except KeyboardInterrupt:
        saying.say(f"ascribe: stopped; what was extracted is kept in {out}: the same command goes on from there")
        raise click.exceptions.Exit(INTERRUPTED) from None
    unread = f"; {summary.failed} input{'s' * (summary.failed != 1)} could not be read" if summary.failed else ""
    saying.give(f"{summary}{unread} -> {out}")
    if summary.failed:
        raise click.exceptions.Exit(1)
