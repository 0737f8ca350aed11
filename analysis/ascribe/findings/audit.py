"""All checks of a ledger at once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.findings import selection
from ascribe.findings.arithmetic import parts, rates
from ascribe.findings.comparison import comparable
from ascribe.findings.grouping import events
from ascribe.findings.omissions import gaps
from ascribe.findings.record import against_the_record
from ascribe.findings.series import Series
from ascribe.findings.tolls import revisions
from ascribe.findings.tracing import traced

if TYPE_CHECKING:
    from ascribe.ledger import Ledger, Scan

WRONG_SUMS = ("exceeds", "slip")
"""Verdicts on parts that say that something is wrong; `short` may only leave some out."""


@dataclasses.dataclass(frozen=True)
class Audit:
    """What each check found, as the function of its name gives it; `pairs` are those of figures that name a source.

    `events` is the grouping of all figures, which the checks share.
    """

    record: pd.DataFrame
    traced: pd.DataFrame
    parts: pd.DataFrame
    rates: pd.DataFrame
    steps: pd.DataFrame
    gaps: pd.DataFrame
    pairs: pd.DataFrame
    events: pd.DataFrame

    def faults(self) -> pd.DataFrame:
        """The figures that a check found at fault: columns `figure_id, how`, a row a figure and reason."""
        found: list[tuple[str, str]] = []
        for r in [*self.record.itertuples(), *self.traced.itertuples()]:
            if r.verdict in ("stale", "ahead"):
                found.append((r.figure_id, f"{r.verdict}, by {int(r.days)} day{'s' * (r.days != 1)}"))
            if r.verdict == "mismatch":
                found.append((r.figure_id, f"not what the source published{f': {r.slip}' if r.slip else ''}"))
            if isinstance(r.category_shift, str):
                found.append((r.figure_id, f"category shift: {r.category_shift}"))
        for r in self.parts[self.parts["verdict"].isin(WRONG_SUMS)].itertuples():
            if isinstance(r.slipped_id, str):
                found.append((r.slipped_id, f"{r.slip}: {r.mended:,.0f} would make the sum come out"))
            else:
                found += [(i, "a sum that does not come out") for i in [r.whole_id, *r.part_ids]]
        for r in self.rates[self.rates["verdict"].eq("does not give")].itertuples():
            found += [(i, "a rate that does not give its total") for i in (r.rate_id, r.total_id)]
        for r in self.steps[self.steps["kind"].eq("contradiction")].itertuples():
            found += [(i, "tolls that contradict each other") for i in (r.figure_id_before, r.figure_id_after)]
        for r in self.pairs[self.pairs["relation"].eq("contradict")].itertuples():
            found += [(i, "estimates that cannot both be true") for i in (r.a, r.b)]
        return pd.DataFrame(found, columns=["figure_id", "how"]).drop_duplicates(ignore_index=True)


def audit(ledger: Ledger | Scan, reference: Series) -> Audit:
    """Runs every check on a ledger, the figures against these reference series.

    A figure that its source denies, or that is only feared or supposed, is nobody's number, and only counted among the
    gaps; one of which it is uncertain what it counts (`categories`) is accused of nothing and compared with nothing. A
    number that its article credits elsewhere is no gap, and an estimate told twice is compared once.
    """
    about = ledger.documents, ledger.sources
    known = events(ledger.figures, ledger.documents)
    denied, supposed = (of(ledger.figures, ledger) for of in (selection.denied, selection.supposed))
    figures = selection.without(ledger.figures, denied, supposed)
    totals = selection.totals(figures)
    named = selection.once(totals[totals["source_name"].notna()], ledger, known)
    again = selection.restated(ledger.figures, ledger)
    record = against_the_record(figures, reference, *about)
    return Audit(
        record=record,
        traced=traced(figures, reference, *about, record),
        parts=parts(figures, ledger.documents),
        rates=rates(figures, ledger.documents),
        steps=revisions(selection.estimates(figures, ledger), *about, known),
        gaps=gaps(selection.without(ledger.figures, again), ledger.claims, *about),
        pairs=selection.between_sources(comparable(named, *about, known)),
        events=known,
    )
