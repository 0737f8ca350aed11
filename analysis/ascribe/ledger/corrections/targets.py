"""Which row of a ledger a decision is about: its words are found in the article, then the row that stands on them."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Mapping

from ascribe.extraction.records import Span
from ascribe.ledger.corrections.anchors import find
from ascribe.ledger.corrections.decision import Decision

Row = dict[str, object]
LEAST = {"figures": 0.0, "claims": 0.5}
"""How much of their words two readings of one figure or claim share at least."""


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """The words that a decision is about as they stand now, and the row on them, where there is one."""

    table: str
    doc_id: str
    start: int
    end: int
    row_id: str | None

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for decisions on one thing."""
        return (self.row_id,) if self.row_id else (self.table, self.doc_id, self.start, self.end)


class Elsewhere(ValueError):
    """The article that a decision is about is none of these."""


class Places:
    """Where the figures and claims of a ledger stand."""

    def __init__(self, texts: Mapping[str, str], figures: Iterable[Row], claims: Iterable[Row]) -> None:
        self.texts = texts
        self.spans: dict[tuple[str, str], list[tuple[int, int, str]]] = collections.defaultdict(list)
        for row in figures:
            self.spans["figures", row["doc_id"]].append((row["start"], row["end"], row["figure_id"]))
        for row in claims:
            for span in dict.fromkeys((reach(row), whole(row))):
                self.spans["claims", row["doc_id"]].append((*span, row["claim_id"]))

    def of(self, decision: Decision) -> Target:
        """What a decision on a figure or a claim is about.

        Raises Elsewhere, or ValueError that says why its words are not found.
        """
        text = self.texts.get(decision.doc_id)
        if text is None:
            raise Elsewhere(f"no article {decision.doc_id!r} among these")
        start, end = find(text, decision.exact, decision.prefix, decision.suffix, decision.start)
        return Target(decision.table, decision.doc_id, start, end, self._row(decision, start, end))

    def _row(self, decision: Decision, start: int, end: int) -> str | None:
        best, row_id = LEAST[decision.table], None
        for s, e, other in self.spans[decision.table, decision.doc_id]:
            shared = (min(e, end) - max(s, start)) / (max(e, end) - min(s, start))
            if shared > best:
                best, row_id = shared, other
        return row_id


def reach(claim: Row) -> Span:
    """From the first to the last character of a claim's content."""
    return claim["content"][0][0], claim["content"][-1][1]


def whole(claim: Row) -> Span:
    """From the first to the last character of a claim's content, source and cue."""
    spans = [reach(claim), *(claim[c] for c in ("source_span", "cue_span") if claim[c])]
    return min(s for s, _ in spans), max(e for _, e in spans)


def words(row: Row, beside: Iterable[Row] = ()) -> Span:
    """The words by which a decision on a figure or a claim is anchored.

    A claim's are its content; where another of the article's claims (`beside`) has the same, those of source and cue,
    too: "the ministry notes that the monitor counted 40" are two claims on "40".
    """
    if "start" in row:
        return row["start"], row["end"]
    twin = any(reach(c) == reach(row) and c["claim_id"] != row["claim_id"] for c in beside)
    return whole(row) if twin else reach(row)
