"""Small ledgers made without the parser, for the tests of this room."""

from __future__ import annotations

import dataclasses

from ascribe.articles.article import Article
from ascribe.extraction import Extraction
from ascribe.extraction.records import Claim, Figure, record_id
from ascribe.ledger import Ledger

ORVAN = (
    "At least 40 miners were killed at Orvan, Marisol Tane said. The company put the toll at 12 to 15 on Tuesday. "
    "Some 9,000 people live in the town. Two helicopters were sent, the Kestria Ministry of Health said."
)


def figure(text: str, number: str, doc_id: str = "orvan", source: str | None = None, **cells: object) -> Figure:
    start = text.index(number)
    end = start + len(number)
    said = (text.index(source), text.index(source) + len(source)) if source else None
    known = {"value": 40.0, "low": 40.0, "high": 40.0, "bound": "exact", "category": "killed", "stated_as": number}
    known |= {"credit": "explicit" if source else "none"}
    return Figure(
        figure_id=record_id("figure", doc_id, start, end), doc_id=doc_id, claim_id=None, start=start, end=end,
        number=number, source_name=source, source_span=said, **(known | cells),
    )  # fmt: skip


def extraction(doc_id: str = "orvan", text: str = ORVAN) -> Extraction:
    content = (text.index("At least"), text.index(", Marisol"))
    claim = Claim(
        claim_id=record_id("c", doc_id, *content), doc_id=doc_id, content=(content,), text=text[slice(*content)],
        source_span=(text.index("Marisol"), text.index(" said")), cue_span=(text.index("said"), text.index("said") + 4),
        source_name="Marisol Tane", cue="say", kind="indirect", confidence=0.9,
    )  # fmt: skip
    figures = (
        figure(text, "40", doc_id, "Marisol Tane", bound="at_least", high=None, counted="miners"),
        figure(text, "12 to 15", doc_id, "The company", bound="range", value=None, low=12.0, high=15.0),
        figure(text, "9,000", doc_id, value=9000.0, low=None, high=None, bound="about", category="population"),
        figure(text, "Two", doc_id, "the Kestria Ministry of Health", value=2.0, low=2.0, high=2.0, category="events"),
    )
    return Extraction(
        Article.from_text(text, doc_id), (claim,),
        (dataclasses.replace(figures[0], claim_id=claim.claim_id), *figures[1:]),
    )  # fmt: skip


def ledger(*doc_ids: str, text: str = ORVAN) -> Ledger:
    return Ledger.from_extractions([extraction(d, text) for d in doc_ids or ("orvan",)])
