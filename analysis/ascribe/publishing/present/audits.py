"""An audit in words: how many figures fit the record, what does not, which mistakes were made on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ascribe.charts.words import count, day, listed
from ascribe.findings import origin
from ascribe.findings.tables import COUNTS
from ascribe.publishing.present import story

if TYPE_CHECKING:
    from ascribe.findings import Audit, Series
    from ascribe.ledger import Ledger

PROBLEMS = {"series": "Series", "date": "Day", "message": "What is odd"}
ON_PURPOSE = {
    "doc_id": "Article",
    "number": "Figure",
    "mistake": "What is wrong, by its own account",
    "how": "Found by the checks",
}
"""Which columns of the tables below a report shows, and what it calls them."""


def audit_finding(ledger: Ledger, audit: Audit, admitted: pd.DataFrame) -> str:
    """The finding of all checks: what fits the record, what does not, what contradicts, what nobody stands behind."""
    figures, n = len(ledger.figures), len(ledger.documents)
    if not figures:
        return f"{count(n, 'article')} {'was' if n == 1 else 'were'} read; no figure is stated."
    said = []
    faults = [
        (int(audit.parts["verdict"].isin(["exceeds", "slip"]).sum()), "sum does not come out", "sums do not come out"),
        (int(audit.rates["verdict"].eq("does not give").sum()), "rate does not give its total",
         "rates do not give their totals"),
        (int(audit.steps["kind"].eq("contradiction").sum()), "toll contradicts another", "tolls contradict others"),
        (int(audit.pairs["relation"].eq("contradict").sum()), "pair of estimates cannot both be true",
         "pairs of estimates cannot both be true"),
    ]  # fmt: skip
    wrong = [f"{k} {one if k == 1 else many}" for k, one, many in faults if k]
    said += [f"{story.capitalised(listed(wrong))}."] if wrong else []
    said.append(checked_sentence(figures, n, audit.record))
    said.append(nobody_sentence(audit) if _counts(ledger).any() else "No figure counts people, things or events.")
    said += [purpose_said(admitted)] if len(admitted) else []
    return " ".join(said)


def checked_sentence(figures: int, n: int, record: pd.DataFrame) -> str:
    """How many of so many figures in so many articles could be checked, and how many of these fit."""
    known = record[record["verdict"].isin(VERDICTS)]
    said = f"Of {count(figures, 'figure')} in {count(n, 'article')}, "
    said += f"{len(known) or 'none'} could be checked against what the source itself published"
    if known.empty:
        return f"{said}."
    wrong = faulty(known)
    fit = len(known) - sum(k for k, _, _ in wrong)
    if not wrong:
        return f"{said}, and {'it fits' if fit == 1 else 'all fit' if fit > 2 else 'both fit'}."
    first = [f"{fit or 'none'} {'fits' if fit == 1 else 'fit'}"]
    return f"{said}: {listed([*first, *(f'{k} {one if k == 1 else many}' for k, one, many in wrong)])}."


def nobody_sentence(audit: Audit) -> str:
    """How many counts nobody is credited with, and how many of these are a publisher's own numbers."""
    gaps, traced = audit.gaps, audit.traced
    n = gaps[gaps["table"].eq("figures")]["kind"].value_counts()
    nobody, unsure = int(n.get("uncredited", 0)), int(n.get("uncertain", 0))
    if not nobody and not unsure:
        return EVERY
    said = f"{story.capitalised(count(nobody, 'count')) if nobody else 'No count'} of people, things or events"
    said += f" {story.are(nobody or 1)} credited to nobody"
    said += f"; of {unsure:,} it is not known who says so" if unsure else ""
    if len(traced):
        own, wrong = len(traced), [f"{k} {one if k == 1 else many}" for k, one, many in faulty(traced)]
        numbers = f"{own} number{'' if own == 1 else 's'} without a known source"
        if wrong:
            said += f"; of {numbers} that {story.are(own)} some publisher’s own, {listed(wrong)}"
        else:
            said += f"; {numbers} {story.are(own)} some publisher’s own"
    return f"{said}."


EVERY = "Every count of people, things or events is credited to somebody."
VERDICTS = ("exact", "rounded", "placed", "stale", "ahead", "mismatch")
"""Verdicts of checks that set a number against one of the record's."""


def faulty(known: pd.DataFrame) -> list[tuple[int, str, str]]:
    """How many of the checked figures are wrong, and how, in words for one and for many; a figure counts once.

    A category shift counts where the number itself fits.
    """
    n = known["verdict"].value_counts()
    shifted = known["category_shift"].notna() & known["verdict"].isin(["exact", "rounded", "placed"])
    told = [
        (int(n.get("stale", 0)), "is stale", "are stale"),
        (int(n.get("ahead", 0)), "is ahead of its date", "are ahead of their dates"),
        (int(n.get("mismatch", 0)), "matches no day", "match no day"),
        (int(shifted.sum()), "is given as another category than the record’s",
         "are given as another category than the record’s"),
    ]  # fmt: skip
    return [t for t in told if t[0]]


def purpose_said(admitted: pd.DataFrame) -> str:
    """How many articles err on purpose, by their own account, and how many of their mistakes the checks found.

    `admitted` is as `ascribe.findings.admitted` gives it; empty for none.
    """
    if admitted.empty:
        return ""
    n, k, found = admitted["doc_id"].nunique(), len(admitted), int(admitted["found"].sum())
    said = f"{count(n, 'article')} {'errs' if n == 1 else 'err'} on purpose, and {'says' if n == 1 else 'say'} so"
    if k == 1:
        return f"{said}: the checks {'found' if found else 'did not find'} the mistake."
    many = f"all {k}" if found == k else f"{found or 'none'} of the {k}"
    return f"{said}: the checks found {many} mistakes."


def on_purpose(admitted: pd.DataFrame) -> pd.DataFrame:
    """Mistakes made on purpose as a report prints them: `doc_id, number, mistake, how`."""
    return pd.DataFrame(
        {
            "doc_id": list(admitted["doc_id"]),
            "number": list(admitted["number"]),
            "mistake": [
                m if isinstance(m, str) else s for m, s in zip(admitted["mistake"], admitted["said"], strict=True)
            ],
            "how": [h if isinstance(h, str) else "not found" for h in admitted["how"]],
        }
    )


def article_purpose(admitted: pd.DataFrame) -> str:
    """That one article errs on purpose, in its own words, and whether the checks found it; empty where it does not."""
    if admitted.empty:
        return ""
    said = admitted["said"].iloc[0]
    return f"This article errs on purpose: {said.rstrip('.')}. {purpose_said(admitted).partition(': ')[2].capitalize()}"


def nothing_wrong(audit: Audit, check: str) -> str:
    """What stands for an empty table of a check: that all is well, or that there was nothing to check."""
    n = {"sums": len(audit.parts), "rates": len(audit.rates), "steps": len(audit.steps), "pairs": len(audit.pairs)}
    well, none = NOTHING[check]
    return well if n[check] else none


NOTHING = {
    "sums": ("Every sum that the articles state comes out.", "No figure is told as a part of another."),
    "rates": ("Every rate stated beside its total gives it.", "No rate stands beside a total that it should give."),
    "steps": ("No toll changes from one article to the next.", "No two articles tell the toll of one event."),
    "pairs": ("None contradict each other.", "No two estimates ask the same question."),
}


def all_credited(ledger: Ledger) -> str:
    """What stands for an empty table of counts that nobody is credited with."""
    counts = _counts(ledger)
    if not counts.any():
        return "No figure counts people, things or events."
    unsure = origin.behind(ledger.figures[counts]).eq(origin.UNCERTAIN).any()
    return "No count of people, things or events is plainly nobody’s." if unsure else EVERY


def none_of_nobody(figures: pd.DataFrame) -> str:
    """What stands for an empty table of an article's figures that nobody is credited with."""
    if figures.empty:
        return "It states no figure."
    unsure = origin.behind(figures).eq(origin.UNCERTAIN).any()
    return "No figure is plainly nobody’s." if unsure else "Every figure is credited to somebody."


def _counts(ledger: Ledger) -> pd.Series:
    return ledger.figures["category"].isin(COUNTS) & ledger.figures["unit"].eq("")


def series_said(reference: Series) -> str:
    """Which series were checked against, what is known of their limits, and what is odd in them."""
    about = reference.about
    said = f"Checked against {len(about)} series of {count(about['publisher'].nunique(), 'publisher')}"
    said += f" ({count(len(reference.points), 'point')})."
    if len(reference.problems):
        said += f" They contradict themselves in {count(len(reference.problems), 'place')}; nothing was mended."
    return said


def problems(reference: Series, most: int = 20) -> pd.DataFrame:
    """What is odd in the reference series, the first `most`: `series, date, message`."""
    kept = reference.problems.head(most)
    names = reference.about.set_index("series_id")
    return pd.DataFrame(
        {
            "series": [f"{names.at[s, 'publisher']}: {s}" if s in names.index else s for s in kept["series_id"]],
            "date": [day(d) for d in kept["date"]],
            "message": list(kept["message"]),
        }
    )
