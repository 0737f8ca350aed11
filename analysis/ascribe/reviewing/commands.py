"""What the commands `review` and `view` do, from what the user typed to what the user is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ascribe import saying
from ascribe.errors import AscribeError, CorrectionError
from ascribe.ledger import corrections as people

if TYPE_CHECKING:
    from ascribe.ledger import Ledger


def review(ledger: str, to: str | None, back: str | None, corrections: str, **options: object) -> None:
    """Write a ledger to a spreadsheet, or take its decisions over; compare two reviewers; write gold."""
    from ascribe.ledger import Ledger

    asked = [name for name, given in (("--to", to), ("--from", back), ("--gold", options["gold"]),
                                      ("--compare", options["compare"])) if given]  # fmt: skip
    if len(asked) != 1:
        raise AscribeError(
            f"say one of --to, --from, --gold and --compare{f', not {asked[0]} and {asked[1]}' if asked else ''}"
        )
    loaded, kept = Ledger.load(ledger), Path(corrections)
    if to:
        _to_sheet(loaded, to, kept, options)
    elif back:
        _from_sheet(loaded, back, kept, options)
    elif options["gold"]:
        _to_gold(loaded, kept, str(options["gold"]))
    else:
        _compare(loaded, kept, str(options["compare"]), options["settled"])


def _with(ledger: Ledger, kept: Path, decisions: list[people.Decision] | None = None) -> Ledger:
    """A ledger with the decisions of a file, where there is one, and others besides those that it holds itself."""
    before = people.decisions(ledger.decisions) if ledger.decisions is not None else []
    held = people.read(kept) if kept.exists() else []
    listed = [*(d for d in before if d not in held), *held, *(decisions or [])]
    return ledger.corrected(listed) if listed else ledger


def _to_sheet(ledger: Ledger, to: str, kept: Path, options: dict[str, object]) -> None:
    from ascribe.reviewing import order, sheet

    made = _with(ledger, kept)
    kind = "sample" if options["sample"] else str(options["order"])
    try:
        asked = {"size": options["sample"] or 0, "seed": options["seed"]}
        queue, claims = order.ordered(made, kind, **asked), order.claims(made, kind, **asked)
    except ValueError as e:
        raise CorrectionError(str(e)) from None
    for path, held in sheet.write(made, to, queue, claims).items():
        many = " and ".join(f"{n:,} {table[:-1]}{'s' * (n != 1)}" for table, n in held.items())
        saying.give(f"{many} -> {path}")


def _from_sheet(ledger: Ledger, back: str, kept: Path, options: dict[str, object]) -> None:
    from ascribe.reviewing import sheet
    from ascribe.reviewing.session import Writer

    decisions = sheet.read(ledger, back, Writer.of(kept, options["reviewer"]))
    made = _with(ledger, kept, decisions)  # what cannot be carried out is not written
    people.append(kept, decisions)
    n = len(decisions)
    saying.give(f"{n:,} decision{'s' * (n != 1)} -> {kept}")
    if made.decisions is not None:
        for note in people.notes(made.decisions):
            saying.say(f"ascribe: {note}")
        saying.give(f"corrections: {people.summary(made.decisions)}")


def _to_gold(ledger: Ledger, kept: Path, folder: str) -> None:
    from ascribe.reviewing import gold

    paths = gold.write(_with(ledger, kept), folder)
    saying.give(f"{len(paths):,} article{'s' * (len(paths) != 1)} gone through from end to end -> {folder}")


def _compare(ledger: Ledger, kept: Path, other: str, settled: object) -> None:
    from ascribe.findings import agreement

    found = agreement.between(ledger, people.read(kept), people.read(other))
    for line in agreement.said(found).splitlines():
        saying.give(line)
    if settled:
        n = people.append(str(settled), found.settled)
        saying.give(f"{n:,} decisions that nobody contradicts -> {settled}")


def view(ledger: str, to: str | None, port: int, corrections: tuple[str, ...]) -> None:
    """Write a ledger's page to a file, or serve it until interrupted."""
    from ascribe.ledger import Ledger
    from ascribe.reviewing import view as viewing

    loaded, title = Ledger.load(ledger), Path(ledger).resolve().name
    for file in corrections:
        loaded = _with(loaded, Path(file))
    if to:
        viewing.write(loaded, to, title)
        saying.give(to)
        return
    try:
        viewing.serve(viewing.page(loaded, title), port, lambda address: saying.give(f"{address} (stop with Ctrl+C)"))
    except KeyboardInterrupt:
        saying.tell("stopped")
