"""How far two people who reviewed the same figures agree, on what they do not, and what can be kept of both."""

from __future__ import annotations

import dataclasses
import math
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.findings.trust import LOOKED_AT

if TYPE_CHECKING:
    from ascribe.ledger import Ledger
    from ascribe.ledger.corrections import Decision

Row = dict[str, object]
NUMBER = ("value", "low", "high", "bound", "unit")


def _number(row: Row) -> str:
    return " ".join(str(row[name]) for name in NUMBER if row[name] is not None and not _is_nan(row[name]))


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


COLUMNS: dict[str, Callable[[Row], str]] = {
    "number": _number,
    "category": lambda row: str(row["category"]),
    "credit": lambda row: str(row["source_name"]) if isinstance(row["source_id"], str) else "nobody",
    "whose": lambda row: str(row["whose"]) if isinstance(row["whose"], str) else "nobody",
}
"""What two reviewers may differ on, besides whether there is such a figure at all."""


@dataclasses.dataclass(frozen=True)
class Agreement:
    """Two reviewers side by side.

    `columns`: of each column `n` figures that both looked at, the `per_cent` alike, Krippendorff's `alpha` (nan where
    all say one thing, so that nothing can be told). `disagreements`: a row for each cell on which they differ.
    `settled`: the decisions of both on everything else.
    """

    columns: pd.DataFrame
    disagreements: pd.DataFrame
    settled: list[Decision]


def between(ledger: Ledger, one: Iterable[Decision], other: Iterable[Decision]) -> Agreement:
    """How far two reviewers agree on the figures of a ledger that both looked at."""
    decisions = list(one), list(other)
    made = [ledger.corrected(d) for d in decisions]
    seen = [_seen(m) for m in made]
    both = [i for i in ledger.extracted().figures["figure_id"] if i in seen[0] and i in seen[1]]
    rows = [{r["figure_id"]: r for r in m.figures.to_dict("records")} for m in made]
    ids = [m.figures.set_index("figure_id")["source_id"].to_dict() for m in made]
    pairs = {"is a figure": [(i, *(("yes" if i in r else "no") for r in rows)) for i in both]}
    kept = [i for i in both if all(i in r for r in rows)]
    for column, said in COLUMNS.items():
        pairs[column] = [(i, *(said(r[i]) for r in rows)) for i in kept]
    one_source = {i for i in kept if ids[0][i] == ids[1][i]}
    pairs["credit"] = [(i, a, a if i in one_source else b) for i, a, b in pairs["credit"]]
    told = {c: _told([(a, b) for _, a, b in found]) for c, found in pairs.items()}
    words = ledger.extracted().figures.set_index("figure_id")[["doc_id", "number", "start"]]
    differ = [
        (i, words.at[i, "doc_id"], words.at[i, "number"], c, a, b)
        for c, found in pairs.items() for i, a, b in found if a != b
    ]  # fmt: skip
    names = ["figure_id", "doc_id", "number", "column", "one", "other"]
    disagreements = pd.DataFrame(differ, columns=names).sort_values(["doc_id", "figure_id"], kind="stable")
    settled = _settled(made, decisions, set(disagreements["figure_id"]))
    return Agreement(pd.DataFrame.from_dict(told, orient="index"), disagreements.reset_index(drop=True), settled)


def _seen(made: Ledger) -> set[str]:
    if made.decisions is None:
        return set()
    looked = made.decisions["table"].eq("figures") & made.decisions["fate"].isin(LOOKED_AT)
    return set(made.decisions.loc[looked, "row_id"].dropna())


def _told(pairs: list[tuple[str, str]]) -> dict[str, float]:
    n = len(pairs)
    alike = sum(a == b for a, b in pairs)
    return {"n": n, "per_cent": 100 * alike / n if n else math.nan, "alpha": alpha(pairs)}


def alpha(pairs: list[tuple[str, str]]) -> float:
    """Krippendorff's alpha for nominal values; nan where there are not two different ones."""
    import krippendorff

    values = sorted({v for pair in pairs for v in pair})
    if len(values) < 2:
        return math.nan
    codes = {value: float(i) for i, value in enumerate(values)}
    data = [[codes[a] for a, _ in pairs], [codes[b] for _, b in pairs]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def _settled(made: list[Ledger], decisions: tuple[list[Decision], ...], open_rows: set[str]) -> list[Decision]:
    """The decisions of both that still hold, but for those on figures on which they differ."""
    kept: list[Decision] = []
    for ledger, listed in zip(made, decisions, strict=True):
        if ledger.decisions is None:
            continue
        fates = zip(listed, ledger.decisions["fate"], ledger.decisions["row_id"], strict=True)
        kept += [d for d, fate, row_id in fates if fate != "withdrawn" and row_id not in open_rows and d not in kept]
    return kept


def said(found: Agreement) -> str:
    """The agreement in lines: a column each, then what is to be settled."""
    lines = [
        f"{r.Index:12} {int(r.n):5} figures   {r.per_cent:5.1f} % alike   alpha {_alpha(r.alpha)}"
        for r in found.columns.itertuples()
        if r.n
    ] or ["no figure was looked at by both"]
    lines += [
        f"to be settled: {r.number} in {r.doc_id}: {r.column}: {r.one} | {r.other}"
        for r in found.disagreements.itertuples()
    ]
    return "\n".join(lines)


def _alpha(value: float) -> str:
    return "not told (all say one thing)" if math.isnan(value) else f"{value:.2f}"
