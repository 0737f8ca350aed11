"""Findings as a report prints them: each row names its figures in words, with who stands behind them and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.charts.words import count, day, listed, number, stated
from ascribe.publishing.present import listings, story

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

COMPARED = {"first": "One", "second": "Another", "factor": "Apart", "why": "Why"}
REVISED = {"place": "Place", "toll": "Toll", "kind": "Kind", "before": "Before", "after": "After"}
SUMS = {"whole": "Whole", "parts": "Parts", "sum": "Their sum", "verdict": "Verdict"}
RATES = {"rate": "Rate", "days": "Days", "gives": "Would give", "total": "Total stated"}
REPEATED = {"number": "Number", "of": "Of", "summary": "Told by", "origins": "Origin", "relays": "Through"}
ECHOED = {
    "follower": "Follows", "origin": "Origin", "points": "Common points", "lag": "Lag",
    "difference": "Median difference",
}  # fmt: skip
UNBACKED = {"stated": "Figure", "outlet": "Told by", "published": "Day", "words": "Words"}
"""Which columns of the tables below a report shows, and what it calls them."""

GAPS = {
    "uncredited": "credited to nobody",
    "uncertain": "of which it is not known who says so",
    "anonymous": "credited to a source without a name",
    "second-hand": "known only through a relay",
    "single source": "on which one source alone speaks",
}


def named(ledger: Ledger, figure_ids: Iterable[str], where: bool = True) -> list[str]:
    """Each figure in words: about 90,090 personnel (General Staff of Kestria, 6 Feb 2031).

    The day is that for which it is stated, else that of its article.
    """
    by_id = ledger.figures.set_index("figure_id")
    published = ledger.documents.set_index("doc_id")["published"]
    out = []
    for i in figure_ids:
        row = by_id.loc[i]
        date = row["as_of"] if isinstance(row["as_of"], str) else published[row["doc_id"]]
        place = f", {day(date) or row['doc_id']}" if where else ""
        out.append(f"{story.stated(row)} ({story.behind(row)}{place})")
    return out


MOST = 40
"""So many pairs of estimates a table holds."""


def compared(ledger: Ledger, pairs: pd.DataFrame, relation: str = "contradict") -> pd.DataFrame:
    """Pairs of estimates in one relation, the `MOST` widest apart: `first, second, factor, why`, the widest first."""
    kept = pairs[pairs["relation"].eq(relation)].sort_values("factor", ascending=False, kind="stable").head(MOST)
    return pd.DataFrame(
        {
            "first": named(ledger, kept["a"]),
            "second": named(ledger, kept["b"]),
            "factor": [
                f"{'' if exact else 'at least '}{story.times(f)}\u00a0times" if pd.notna(f) else None
                for f, exact in zip(kept["factor"], exactly(ledger, kept), strict=True)
            ],
            "why": [w if isinstance(w, str) else "their bounds do not meet" for w in kept["why"]],
        }
    )


def exactly(ledger: Ledger, pairs: pd.DataFrame) -> list[bool]:
    """Whether both figures of each pair are plain numbers: else they differ by at least so much."""
    bound = ledger.figures.set_index("figure_id")["bound"]
    return [bound[a] == bound[b] == "exact" for a, b in zip(pairs["a"], pairs["b"], strict=True)]


def more_pairs(pairs: pd.DataFrame, relation: str = "contradict") -> str | None:
    """That the table of pairs holds only the widest apart; None where it holds all."""
    n = int(pairs["relation"].eq(relation).sum())
    return f"The {MOST} widest apart, of {n:,} pairs." if n > MOST else None


SHAPE = ("value", "low", "high", "bound", "number")


def labels(ledger: Ledger, figures: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """For the agreement matrix: who says each figure and what it counts, by figure_id; by day, then as in the text."""
    published = figures["doc_id"].map(ledger.documents.set_index("doc_id")["published"])
    order = figures.assign(when=figures["as_of"].where(figures["as_of"].notna(), published))
    order = order.sort_values(["when", "doc_id", "start"], na_position="last", kind="stable")
    return {
        row["figure_id"]: (
            story.behind(row),
            f"{stated(*(row[c] for c in SHAPE))} {row['category']}, {day(row['when'])}".rstrip(", "),
        )
        for _, row in order.iterrows()
    }


def revised(ledger: Ledger, steps: pd.DataFrame) -> pd.DataFrame:
    """How tolls went from article to article: `place, kind, before, after`; plain repeats are left out."""
    kept = steps[steps["kind"].ne("repeat")]
    return pd.DataFrame(
        {
            "place": list(kept["place"]),
            "toll": [f"{r.category}, {r.whose}" if isinstance(r.whose, str) else r.category for r in kept.itertuples()],
            "kind": list(kept["kind"]),
            "before": named(ledger, kept["figure_id_before"]),
            "after": named(ledger, kept["figure_id_after"]),
        }
    )


def sums(ledger: Ledger, parts: pd.DataFrame) -> pd.DataFrame:
    """Wholes whose parts are not the whole: `whole, parts, sum, verdict`, those that are wrong first."""
    kept = parts[parts["verdict"].isin(["exceeds", "slip", "short"])].sort_values("verdict", kind="stable")
    return pd.DataFrame(
        {
            "whole": named(ledger, kept["whole_id"]),
            "parts": [listed(named(ledger, ids, where=False)) for ids in kept["part_ids"]],
            "sum": [number(s) for s in kept["sum"]],
            "verdict": [_sum_verdict(ledger, r) for r in kept.itertuples()],
        }
    )


def _sum_verdict(ledger: Ledger, r: tuple) -> str:
    off = f"{number(abs(r.difference))} too {'many' if r.difference > 0 else 'few'}"
    if isinstance(r.slip, str):
        slipped = ledger.figures.loc[ledger.figures["figure_id"].eq(r.slipped_id), "number"].iloc[0]
        return f"{off}; {slipped} with {r.slip}? {number(r.mended)} would make the sum come out"
    return off if r.verdict == "exceeds" else f"{off}: some are left out, or one is wrong"


def rates(ledger: Ledger, found: pd.DataFrame) -> pd.DataFrame:
    """Rates that do not give their totals: `rate, days, gives, total`."""
    kept = found[found["verdict"].eq("does not give")]
    return pd.DataFrame(
        {
            "rate": named(ledger, kept["rate_id"]),
            "days": list(kept["days"]),
            "gives": [number(round(g)) for g in kept["gives"]],
            "total": named(ledger, kept["total_id"]),
        }
    )


def repeated(found: pd.DataFrame) -> pd.DataFrame:
    """Numbers that more articles or outlets tell than there are origins for: `number, of, origins, relays, summary`."""
    return pd.DataFrame(
        {
            "number": [
                f"{number(r.low)} to {number(r.high)}" if pd.notna(r.low) else number(r.said)
                for r in found.itertuples()
            ],
            "of": [f"{r.category}, {r.whose}" if isinstance(r.whose, str) else r.category for r in found.itertuples()],
            "origins": [listed(list(o)) or None for o in found["origins"]],
            "relays": [listed(list(r)) or None for r in found["relays"]],
            "summary": list(found["summary"]),
        }
    )


def echoed(found: pd.DataFrame) -> pd.DataFrame:
    """Sources whose numbers follow another's: `follower, origin, points, lag, difference`."""
    kept = found[found["echo"].astype(bool)]
    return pd.DataFrame(
        {
            "follower": list(kept["follower_publisher"]),
            "origin": list(kept["origin_publisher"]),
            "points": list(kept["n"]),
            "lag": [count(abs(int(d)), "day") if d else "same day" for d in kept["lag"]],
            "difference": [f"{d:.2%}" for d in kept["median_difference"]],
        }
    )


def unbacked(ledger: Ledger, found: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The gaps of one kind: `stated, source, words, doc_id`; for a figure the article's words around it."""
    kept = found[found["kind"].eq(kind)]
    counted = listings.figures(ledger).assign(id=ledger.figures["figure_id"].to_numpy()).set_index("id")
    documents = ledger.documents.set_index("doc_id")
    outlets = documents["publisher"].where(documents["publisher"].notna(), documents.index.to_series())
    said = [
        (counted.at[r.id, "stated"], counted.at[r.id, "words"])
        if r.table == "figures"
        else ("a claim", listings.cut(r.words, 200))
        for r in kept.itertuples()
    ]
    return pd.DataFrame(
        {
            "stated": [stated for stated, _ in said],
            "source": list(kept["source_name"]),
            "words": [words for _, words in said],
            "doc_id": list(kept["doc_id"]),
            "outlet": list(kept["doc_id"].map(outlets)),
            "published": list(kept["doc_id"].map(documents["published"])),
            "url": list(kept["doc_id"].map(documents["url"])),
        }
    )


def gap_counts(found: pd.DataFrame) -> pd.DataFrame:
    """How many figures and claims have each kind of gap: `gap, figures, claims`."""
    n = found.groupby(["kind", "table"]).size()
    return pd.DataFrame(
        [
            {"gap": said, "figures": int(n.get((kind, "figures"), 0)), "claims": int(n.get((kind, "claims"), 0))}
            for kind, said in GAPS.items()
        ]
    )
