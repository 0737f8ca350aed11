"""What the commands `report` and `build` do, from what the user typed to what the user is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from ascribe import saying
from ascribe.publishing.build import told
from ascribe.publishing.build.building import Built
from ascribe.publishing.build.building import build as build_reports
from ascribe.publishing.build.changes import is_empty
from ascribe.publishing.build.options import BuildOptions, ReportOptions
from ascribe.publishing.build.projects import lay_out
from ascribe.publishing.build.report import report as make_report
from ascribe.publishing.build.watching import Watch
from ascribe.publishing.run import parameters


def new(folder: str) -> None:
    """Lay out a project and say what lies in it."""
    for path in lay_out(folder):
        saying.give(f"{path}{'/' if path.is_dir() else ''}")


def report(notebook: str, given: Iterable[str], out: str | None, options: ReportOptions) -> None:
    """Make one report with the parameters given (`name=value`) and say where it is."""
    folder = Path(out) if out else Path("reports") / Path(notebook).stem
    watch = Watch([str(notebook)], lines=False)
    try:
        files, warnings = make_report(notebook, parameters.pairs(given), folder, options, watch)
    except KeyboardInterrupt:
        watch.line("ascribe: stopped; nothing was written")
        raise click.exceptions.Exit(130) from None
    finally:
        watch.clear()
    for warning in warnings:
        saying.say(f"ascribe: {warning}")
    for path in files:
        saying.give(path)


def build(reports: Iterable[str], options: BuildOptions, changes: str | None = None) -> None:
    """Make what is out of date and say what was made, what failed and what changed."""
    watches: list[Watch] = []

    def watch(names: list[str]) -> Watch:
        watches.append(Watch(names, quiet=options.check))
        return watches[-1]

    def waiting() -> None:
        saying.say(f"ascribe: another build is at work in {options.folder}/; waiting for it to finish")

    built = Built()
    try:
        build_reports(reports, options, watch, built, waiting)
    except KeyboardInterrupt:
        for w in watches:
            w.clear()
        made = f"made before that: {', '.join(built.made)}" if built.made else "nothing was made"
        saying.say(f"ascribe: stopped; {made}; every other report is as it was")
        raise click.exceptions.Exit(130) from None
    finally:
        for w in watches:
            w.clear()
    for warning in built.warnings:
        saying.say(f"ascribe: {warning}")
    for name, message in built.failed.items():
        saying.say_all(f"ascribe: {name} failed; its last good files, if any, stay as they were\n{message}")
    for message in built.stale.values():
        saying.say_all(message)
    if changes:
        told.write(built, changes)
    saying.give(summary(built, options))
    if built.exit_code:
        raise click.exceptions.Exit(built.exit_code)


def summary(built: Built, options: BuildOptions) -> str:
    """What a build came to, in a sentence."""
    folder = options.folder
    many = len(built.current) + len(built.made) + len(built.failed) + len(built.stale)
    if not many:
        return f"{folder}/ describes no report; write {folder}/NAME.yml with `notebook: PATH`"
    if options.check:
        return f"{len(built.current)} of {many} reports are what their articles give"
    said = [f"{len(built.made)} made" if built.made else "", f"{len(built.failed)} failed" if built.failed else ""]
    if built.current:
        said.append(f"{len(built.current)} up to date")
    changed = [name for name, found in built.made.items() if not is_empty(found)]
    if changed:
        said.append(f"claims or figures changed in {', '.join(changed)}: see changes.md there")
    return f"{folder}/: {'; '.join(filter(None, said))}"
