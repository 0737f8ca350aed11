"""What the commands `report` and `build` do, from what the user typed to what the user is told."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.publishing import parameters
from analysis.publishing.report import report as make_report
from analysis.publishing.watching import Watch


def report(
    notebook: str, given: tuple[str, ...], to: str, out: str | None, fonts: tuple[str, ...], limit: float
) -> None:
    """Make one report and say where it is."""
    folder = Path(out) if out else Path("reports") / Path(notebook).stem
    formats = [part.strip() for part in to.split(",") if part.strip()]
    watch = Watch([str(notebook)])
    try:
        files, warnings = make_report(notebook, parameters.pairs(given), folder, formats, fonts, limit, watch)
    except KeyboardInterrupt:
        watch.line("ascribe: stopped; nothing was written")
        raise click.exceptions.Exit(130) from None
    finally:
        watch.clear()
    for warning in warnings:
        click.echo(f"ascribe: {warning}", err=True)
    for path in files:
        click.echo(path)
