"""The figures as findings read them: checked, joined with what is known of article and source, and made comparable."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ascribe.errors import LedgerError
from ascribe.findings import names

NEEDED = ("figure_id", "doc_id", "number", "value", "low", "high", "bound", "unit", "category", "whose", "source_name")
"""Columns without which there is nothing to find; `LedgerError` names those that are missing."""

OPTIONAL = {
    "counted": None, "credit": "none", "via": None, "basis": None, "accumulation": "unknown", "window_start": None,
    "window_end": None, "as_of": None, "place": None, "part_of": None, "source_id": None, "claim_id": None, "start": 0,
    "end": None,
}  # fmt: skip

COUNTS = (
    "killed", "wounded", "casualties", "losses", "captured", "missing", "displaced", "affected", "personnel",
    "equipment", "infrastructure", "events",
)  # fmt: skip
"""Categories that count people harmed, forces, things and events: what estimates are of."""

FLOOR = re.compile(r"\b(?:confirmed|verified|documented|recorded|identified|by name)\b", re.IGNORECASE)
"""What a count rests on that can only be too low."""
ABOUT = 0.1
"""How far "about 1,000" reaches to either side, as a share, where two estimates are compared."""


def prepare(
    figures: pd.DataFrame, documents: pd.DataFrame | None = None, sources: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The figures, one row each in their order, with a fresh index and these columns added or made uniform.

    `published` (datetime64) and `publisher` from `documents`, `source_kind` and `party` from `sources`; `whose` in one
    spelling; `when`: the as-of day, else the window's last day, else the day of publication; `dated`: which of these
    (`as_of | window | published`, null for none); `lower`, `upper`: the interval that the words allow (0 and infinity
    where open, null for vague words). Raises LedgerError where a needed column is missing.
    """
    missing = [c for c in NEEDED if c not in figures.columns]
    if missing:
        raise LedgerError(f"figures: missing column{'s' * (len(missing) > 1)} {', '.join(missing)}")
    found = figures.reset_index(drop=True).copy()
    for column, default in OPTIONAL.items():
        if column not in found:
            found[column] = default
    for column in ("value", "low", "high"):
        found[column] = pd.to_numeric(found[column], errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
    found["unit"] = found["unit"].fillna("")
    found["whose"] = whose(found)
    found["via"] = [list(v) if isinstance(v, list | tuple | np.ndarray) else [] for v in found["via"]]
    _join_documents(found, documents)
    _join_sources(found, sources)
    _date(found)
    found["lower"], found["upper"] = bounds(found)
    return found


def whose(found: pd.DataFrame) -> pd.Series:
    """Whose people each figure counts, in one spelling; those of two parties together are both's: "A; B"."""
    counted = found["counted"] if "counted" in found else pd.Series(None, index=found.index, dtype=object)

    def one(told: object, phrase: object) -> str | None:
        if not isinstance(told, str):
            return None
        both = names.together(phrase) if isinstance(phrase, str) else ()
        listed = both or tuple(names.party(w.strip()) or w for w in told.split(";"))
        return "; ".join(sorted(listed)) if len(listed) > 1 else listed[0]

    cells = [one(w, c) for w, c in zip(found["whose"], counted, strict=True)]
    return pd.Series(cells, index=found.index, dtype=object)


def _join_documents(found: pd.DataFrame, documents: pd.DataFrame | None) -> None:
    for column in ("published", "publisher", "title"):
        if documents is not None and column in documents:
            found[column] = found["doc_id"].map(documents.drop_duplicates("doc_id").set_index("doc_id")[column])
        elif column not in found:
            found[column] = None
    found["published"] = days(found["published"])


def _join_sources(found: pd.DataFrame, sources: pd.DataFrame | None) -> None:
    if sources is not None and len(sources):
        by_id = sources.drop_duplicates("source_id").set_index("source_id")
        by_name = sources.drop_duplicates("name").set_index("name")
        for column, theirs in (("source_kind", "kind"), ("party", "party")):
            if theirs in by_id:
                told = found["source_id"].map(by_id[theirs])
                found[column] = told.where(told.notna(), found["source_name"].map(by_name[theirs]))
    for column in ("source_kind", "party"):
        if column not in found:
            found[column] = None
    found["party"] = found["party"].map(lambda p: names.party(p) if isinstance(p, str) else None).astype(object)


def days(column: pd.Series) -> pd.Series:
    """ISO dates as datetime64; what is no date is null."""
    return pd.to_datetime(column, format="ISO8601", errors="coerce")


def _date(found: pd.DataFrame) -> None:
    as_of, first, last = (days(found[c]) for c in ("as_of", "window_start", "window_end"))
    found["as_of"], found["window_start"], found["window_end"] = as_of, first, last
    found["when"] = as_of.fillna(last).fillna(found["published"])
    found["dated"] = np.select(
        [as_of.notna(), last.notna(), found["published"].notna()], ["as_of", "window", "published"], default=""
    )
    found["dated"] = found["dated"].astype(object).where(found["dated"] != "", None)


def bounds(found: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The interval that a figure's words allow: "more than 40" is 40 to infinity, "about 1,000" is 900 to 1,100.

    A count of what is confirmed or verified is a floor: its upper end is open.
    """
    value, low, high, bound = found["value"], found["low"], found["high"], found["bound"]
    lower = low.where(low.notna(), value)
    upper = high.where(high.notna(), value)
    about = bound.eq("about")
    lower = lower.mask(about, value * (1 - ABOUT)).mask(bound.eq("at_most"), 0.0)
    upper = upper.mask(about, value * (1 + ABOUT)).mask(bound.eq("at_least"), np.inf)
    if "basis" in found:
        # who counts only what is confirmed says that there are no fewer
        floor = found["basis"].map(lambda b: isinstance(b, str) and bool(FLOOR.search(b))).astype(bool)
        floor &= bound.eq("exact")
        upper = upper.mask(floor, np.inf)
    vague = bound.eq("vague")
    return lower.mask(vague), upper.mask(vague)


def said(found: pd.DataFrame) -> pd.Series:
    """The number that a figure is known by: its value, else the bound it names, else the middle of its range."""
    middle = (found["low"] + found["high"]) / 2
    return found["value"].fillna(middle).fillna(found["low"]).fillna(found["high"])
