"""What the charts draw: figures as intervals, with the words they are labelled by.

A chart takes a DataFrame of figures (columns as in `ascribe.ledger.columns.FIGURES`). These it reads too where they
are there: `publisher` and `published` (joined from the documents), `interest` (self, enemy, third or unknown),
`polarity` of the claim, and `record_value` and `record_date`: what the source's own series said, and for which day.
"""

from __future__ import annotations

import math

import pandas as pd

from ascribe.charts import style
from ascribe.charts.words import count, days, listed, number, stated
from ascribe.extraction import lexicons
from ascribe.extraction.records import CATEGORIES
from ascribe.findings import categories, wording
from ascribe.findings import origin as bodies

NOBODY = "Credited to nobody"
UNKNOWN = "Not known who says so"
UNNAMED = {bodies.NOBODY: NOBODY, bodies.UNCERTAIN: UNKNOWN}
"""What stands in a chart for the rows of nobody, and of what could not be told."""

COUNTED = (
    "killed", "wounded", "casualties", "losses", "captured", "missing", "displaced", "affected", "personnel",
    "population", "equipment", "infrastructure", "events",
)  # fmt: skip
"""The categories that are plain counts, and so can share an axis; shares, money, distances and durations cannot."""

HEADINGS = {
    "killed": "Killed",
    "wounded": "Wounded",
    "casualties": "Casualties: killed and wounded together",
    "losses": "Losses: killed and wounded not told apart",
    "captured": "Captured or detained",
    "missing": "Missing",
    "displaced": "Displaced",
    "affected": "Otherwise affected",
    "personnel": "Personnel",
    "population": "Population",
    "equipment": "Equipment",
    "infrastructure": "Buildings and places",
    "events": "Events",
}


def estimates(
    figures: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    claims: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    record: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The figures that can be drawn, with the columns below; the other tables of their ledger tell what they add.

    `publisher`, `published` (by `documents`), `polarity` (by `claims`), `interest` (by `sources`, else unknown), and
    `record_value`, `record_date` (by `record`, the checks of `ascribe.findings.record.against_the_record`).

    `left`, `right`: the ends of the interval; `point`: the number stated, or null; `open`: "up" for at least, "down"
    for at most, else ""; `stated`: the number as stated; `speaker`: the source's name, or `NOBODY`; `when`: the as-of
    date, else the last day that it covers, else the day of publication. Left out: units other than plain counts, rates,
    what is only feared, planned or supposed (where `documents` have the text), and figures of which it is uncertain
    what they count (`ascribe.findings.categories`).
    """
    found = figures[categories.sure(figures) & ~wording.supposed(figures, documents)].copy()
    if documents is not None:
        about = documents.set_index("doc_id")[["publisher", "published"]]
        found = found.drop(columns=["publisher", "published"], errors="ignore").join(about, on="doc_id")
    if claims is not None:
        said = claims.set_index("claim_id")["polarity"]
        found["polarity"] = found["claim_id"].map(said)
    if sources is not None:
        from ascribe.findings.interest import interest

        found["interest"] = interest(found, sources)
    if record is not None:
        checked = record[record["verdict"].ne("no record")] if "verdict" in record else record
        if "record_low" in checked:  # a range is no point on the axis
            checked = checked[checked["record_low"].isna() & checked["record_high"].isna()]
        checked = checked.drop_duplicates("figure_id").set_index("figure_id")
        for column in ("record_value", "record_date"):
            found[column] = found["figure_id"].map(checked[column])
    for column in ("publisher", "published", "polarity", "record_value", "record_date", "interest", "place"):
        if column not in found:
            found[column] = None
    plain = found["unit"].fillna("").eq("") & found["category"].isin(COUNTED) & found["accumulation"].ne("rate")
    found = found[plain].copy()
    intervals = [interval(*row) for row in found[["value", "low", "high", "bound", "number"]].itertuples(index=False)]
    found["left"], found["point"], found["right"], found["open"] = (
        zip(*intervals, strict=True) if intervals else ([], [], [], [])
    )
    found = found[found["left"].notna()].copy()
    if "stated_as" not in found:
        found["stated_as"] = ""
    shape = found[["value", "low", "high", "bound", "number", "stated_as"]]
    found["stated"] = [stated(*r) for r in shape.itertuples(index=False)]
    found["speaker"] = [UNNAMED.get(name, name) for name in bodies.behind(found)]
    told = found["as_of"]
    for column in ("window_end", "published"):
        told = told.where(told.notna(), found.get(column))
    found["when"] = pd.to_datetime(told, errors="coerce")
    found["interest"] = found["interest"].where(found["interest"].notna(), "unknown")
    for column in ("left", "point", "right", "record_value"):
        found[column] = pd.to_numeric(found[column])
    return found.reset_index(drop=True)


def interval(value: float | None, low: float | None, high: float | None, bound: str, number: str) -> tuple:
    """How a figure is drawn: `(left, point, right, open)`, all None where a vague word is in no table."""
    value, low, high = (None if x is None or math.isnan(x) else float(x) for x in (value, low, high))
    if bound == "at_least" and low is not None:
        return low, low, low, "up"
    if bound == "at_most" and high is not None:
        return high, high, high, "down"
    if bound == "range" and low is not None and high is not None:
        return low, None, high, ""
    if value is not None:
        return value, value, value, ""
    return *vague(number), ""


def vague(number: str) -> tuple[float | None, None, float | None]:
    """The interval that stands for a vague number word in a chart, and only there: `(left, None, right)`."""
    words = " ".join(number.lower().split()).removesuffix(" of")
    for row in lexicons.rows("vague"):
        if row["word"] == words:
            return float(row["low"]), None, float(row["high"])
    return None, None, None


def vague_used(found: pd.DataFrame) -> str:
    """A sentence on how the vague words among these figures are drawn; empty where there are none."""
    used = found[found["bound"].eq("vague")].drop_duplicates(["stated"]).sort_values("left")
    if used.empty:
        return ""
    said = [f"“{r.stated}” as {number(r.left)} to {number(r.right)}" for r in used.itertuples()]
    return f"Vague words are drawn as intervals: {', '.join(said)}."


def source_line(found: pd.DataFrame) -> str:
    """Where the figures of a chart come from: how many articles, of which publishers, over which days."""
    publishers = sorted(found["publisher"].dropna().unique()) if "publisher" in found else []
    dates = days(found["published"].dropna()) if "published" in found else ""
    n = found["doc_id"].nunique()
    by = f" ({listed(publishers, 4)})" if publishers else ""
    boxes = style.boxes([*found["speaker"].unique(), *publishers, *found["counted"].dropna().unique()])
    return f"Source: figures as stated in {count(n, 'article')}{by}{', ' + dates if dates else ''}. {boxes}".rstrip()


def party(found: pd.DataFrame) -> str:
    """The one party whose people all these figures count, for the beginning of a title ("Kestria: "); else empty."""
    whose = found["whose"].dropna().unique()
    return (
        f"{whose[0][:1].upper()}{whose[0][1:]}: "
        if len(whose) == 1 and found["whose"].notna().all() and len(found) > 1
        else ""
    )


def in_order(found: pd.DataFrame) -> list[str]:
    """The categories met, in the order of the record."""
    met = set(found["category"])
    return [c for c in CATEGORIES if c in met]
