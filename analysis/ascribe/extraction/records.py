"""What is found in one article: attributions, claims and figures, as records that carry spans of its text.

A span is `(start, end)`, 0-based, end exclusive, in characters of `Article.text`.
"""

from __future__ import annotations

import dataclasses
import hashlib

Span = tuple[int, int]

KINDS = ("direct", "indirect", "mixed")
POLARITIES = ("asserted", "denied")
LIKELIHOODS = ("almost_no_chance", "very_unlikely", "unlikely", "even", "likely", "very_likely", "almost_certain")
CREDITS = ("explicit", "carried", "none", "uncertain")
"""`none` says that the article speaks in its own voice, `uncertain` that the extractor does not know."""
BOUNDS = ("exact", "about", "at_least", "at_most", "range", "vague")
ACCUMULATIONS = ("total", "increment", "rate", "unknown")
CATEGORIES = (
    "killed",
    "wounded",
    "casualties",
    "losses",
    "captured",
    "missing",
    "displaced",
    "affected",
    "personnel",
    "population",
    "equipment",
    "infrastructure",
    "events",
    "money",
    "share",
    "distance",
    "duration",
    "other",
)
SOURCE_KINDS = (
    "person",
    "government",
    "military",
    "intergovernmental",
    "ngo",
    "think_tank",
    "media",
    "company",
    "group",
    "document",
    "anonymous",
    "collective",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Attribution:
    """What an engine finds: who said, by which words, what. The narrow seam: everything else is derived from these.

    `content` is one or more spans in text order. `via` holds the spans of the relays outward ("Lukashenko said,
    according to Pravda": source Lukashenko, via Pravda). `confidence` is a probability, calibrated.
    """

    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    via: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """One attribution, resolved and described: a row of the claims table (see `docs/columns.md`)."""

    claim_id: str
    doc_id: str
    content: tuple[Span, ...]
    text: str
    source_span: Span | None
    cue_span: Span | None
    source_name: str | None
    cue: str | None
    kind: str
    via: tuple[str, ...] = ()
    parent_claim_id: str | None = None
    polarity: str = "asserted"
    likelihood: str | None = None
    confidence: float = 1.0
    stated_on: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """One quantity stated: a row of the figures table."""

    figure_id: str
    doc_id: str
    claim_id: str | None
    start: int
    end: int
    number: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str = ""
    category: str = "other"
    counted: str | None = None
    whose: str | None = None
    source_name: str | None = None
    source_span: Span | None = None
    credit: str = "none"
    via: tuple[str, ...] = ()
    basis: str | None = None
    accumulation: str = "unknown"
    window_start: str | None = None
    window_end: str | None = None
    as_of: str | None = None
    place: str | None = None
    part_of: str | None = None
    """The figure_id of the whole that this one is a part of, where the text says so."""
    credit_confidence: float = 1.0
    category_confidence: float = 1.0
    stated_as: str = ""
    """`number` with the words that bound it: "more than 90,000"."""
    event_id: str | None = None
    """Never known to one article alone: the findings fill it."""


def record_id(prefix: str, doc_id: str, *parts: object) -> str:
    """An id that depends on nothing but the document and the offsets: the same on every machine, in any order."""
    digest = hashlib.sha256("\x1f".join([doc_id, *map(str, parts)]).encode("utf-8", "surrogatepass"))
    return f"{prefix}_{digest.hexdigest()[:16]}"
