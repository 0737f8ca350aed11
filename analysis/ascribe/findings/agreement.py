"""How far two people who reviewed the same figures and claims agree, on what not, and what can be kept of both."""

from __future__ import annotations

import dataclasses
import math
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.findings.trust import KEYS, LOOKED_AT

if TYPE_CHECKING:
    from ascribe.ledger import Ledger
    from ascribe.ledger.corrections import Decision

Row = dict[str, object]
NUMBER = ("value", "low", "high", "bound", "unit")


def _number(row: Row) -> str:
    return " ".join(str(row[name]) for name in NUMBER if row[name] is not None and not _is_nan(row[name]))


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _who(row: Row) -> str:
    return str(row["source_name"]) if isinstance(row["source_id"], str) else "nobody"


COLUMNS: dict[str, dict[str, Callable[[Row], str]]] = {
    "figures": {
        "number": _number,
        "category": lambda row: str(row["category"]),
        "credit": _who,
        "whose": lambda row: str(row["whose"]) if isinstance(row["whose"], str) else "nobody",
    },
    "claims": {
        "source": _who,
        "cue": lambda row: str(row["cue"]) if isinstance(row["cue"], str) else "none",
        "polarity": lambda row: str(row["polarity"]),
    },
}
"""What two reviewers may differ on, besides whether there is such a figure, or such a claim, at all."""
IS_ONE = {"figures": "is a figure", "claims": "is a claim"}
CREDITS = ("credit", "source")


@dataclasses.dataclass(frozen=True)
class Agreement:
    """Two reviewers side by side.

    `columns`: of each column of figures, and of claims where both looked at any, its `table`, `n` rows that both looked
    at, the `per_cent` alike, Krippendorff's `alpha` (nan where all say one thing, so that nothing can be told).
    `disagreements`: a row for each cell on which they differ: `table, row_id, doc_id, words, column, one, other`.
    `settled`: the decisions of both on everything else.
    """

    columns: pd.DataFrame
    disagreements: pd.DataFrame
    settled: list[Decision]


def between(ledger: Ledger, one: Iterable[Decision], other: Iterable[Decision]) -> Agreement:
    """How far two reviewers agree on the figures and claims of a ledger that both looked at."""
    decisions = list(one), list(other)
    made = [ledger.corrected(d) for d in decisions]
    told, differ = [], []
    for table, key in KEYS.items():
        pairs = _pairs(ledger, made, table)
        told += [
            {"column": column, "table": table, **_told([(a, b) for _, a, b in found])}
            for column, found in pairs.items()
            if table == "figures" or pairs[IS_ONE[table]]
        ]
        words = ledger.extracted().tables[table].set_index(key)
        own = words["number" if table == "figures" else "text"]
        differ += [
            (table, i, words.at[i, "doc_id"], own[i], column, a, b)
            for column, found in pairs.items() for i, a, b in found if a != b
        ]  # fmt: skip
    names = ["table", "row_id", "doc_id", "words", "column", "one", "other"]
    disagreements = pd.DataFrame(differ, columns=names).sort_values(["doc_id", "row_id"], kind="stable")
    settled = _settled(made, decisions, set(disagreements["row_id"]))
    columns = pd.DataFrame(told).set_index("column")
    return Agreement(columns, disagreements.reset_index(drop=True), settled)


def _pairs(ledger: Ledger, made: list[Ledger], table: str) -> dict[str, list[tuple[str, str, str]]]:
    """What each of the two says in each column of the rows that both looked at: `(id, one, other)`."""
    key = KEYS[table]
    seen = [_seen(m, table) for m in made]
    both = [i for i in ledger.extracted().tables[table][key] if i in seen[0] and i in seen[1]]
    rows = [{r[key]: r for r in m.tables[table].to_dict("records")} for m in made]
    pairs = {IS_ONE[table]: [(i, *(("yes" if i in r else "no") for r in rows)) for i in both]}
    kept = [i for i in both if all(i in r for r in rows)]
    for column, said in COLUMNS[table].items():
        pairs[column] = [(i, *(said(r[i]) for r in rows)) for i in kept]
        if column in CREDITS:  # one source by two names
            same = {i for i in kept if rows[0][i]["source_id"] == rows[1][i]["source_id"]}
            pairs[column] = [(i, a, a if i in same else b) for i, a, b in pairs[column]]
    return pairs


def _seen(made: Ledger, table: str) -> set[str]:
    if made.decisions is None:
        return set()
    looked = made.decisions["table"].eq(table) & made.decisions["fate"].isin(LOOKED_AT)
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
        f"{r.Index:12} {int(r.n):5} {r.table}   {r.per_cent:5.1f} % alike   alpha {_alpha(r.alpha)}"
        for r in found.columns.itertuples()
        if r.n
    ] or ["no figure and no claim was looked at by both"]
    lines += [
        f"to be settled: {_short(r.words)} in {r.doc_id}: {r.column}: {r.one} | {r.other}"
        for r in found.disagreements.itertuples()
    ]
    return "\n".join(lines)


LONGEST = 60
"""Characters of a claim that are said of it."""


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def _alpha(value: float) -> str:
    return "not told (all say one thing)" if math.isnan(value) else f"{value:.2f}"
