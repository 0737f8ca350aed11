"""`ascribe extract` over many articles, as far as it is talk."""

from __future__ import annotations

import click

from ascribe import saying
from ascribe.archive.options import Options
from ascribe.archive.running import extract_archive
from ascribe.articles import fetching
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


def extract(named: tuple[str, ...], out: str, options: Options) -> None:
    """Extract what was named into the data set `out`, telling how it goes. Exits with 1 where some was not read."""
    unfetched: list[ArticleError] = []

    def on_error(error: ArticleError) -> None:
        saying.say(f"ascribe: {error}")

    def on_note(note: str) -> None:
        saying.say(f"ascribe: note: {note}")

    def not_fetched(error: ArticleError) -> None:
        unfetched.append(error)
        on_error(error)

    inputs = fetching.fetched(named, out, on_error=not_fetched, on_note=on_note, limits=options.limits)
    if unfetched and not inputs:  # with no input the data set would be emptied
        raise AscribeError("no page could be fetched; nothing was written")
    try:
        summary = extract_archive(inputs, out, options, on_error=on_error, on_note=on_note)
    except KeyboardInterrupt:
        saying.say(f"ascribe: stopped; what was extracted is kept in {out}: the same command goes on from there")
        raise click.exceptions.Exit(INTERRUPTED) from None
    failed = summary.failed + len(unfetched)
    unread = f"; {failed} input{'s' * (failed != 1)} could not be read" if failed else ""
    saying.give(f"{summary}{unread} -> {out}")
    if failed:
        raise click.exceptions.Exit(1)
