"""The columns of the four tables: the one definition that validation, storage and documentation are made from.

A span is a list `[start, end]` of characters of the article's text, end exclusive. Dates are ISO strings. Where nothing
in the text tells a value, the cell is null.
"""

from __future__ import annotations

import dataclasses

from ascribe.extraction import records

REVIEWS = ("accepted", "corrected", "added")
FATES = ("applied", "confirmed", "superseded", "lost", "elsewhere", "withdrawn")
TEXT, NUMBER, COUNT, SPAN, SPANS, NAMES, FLAG = "text", "number", "count", "span", "spans", "names", "flag"


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells hold (one of the kinds above), whether a cell may be null, which words it is
    limited to (`None`: any), and what it means to a reader."""

    name: str
    holds: str
    nullable: bool
    meaning: str
    one_of: tuple[str, ...] | None = None


def _text(name: str, meaning: str, nullable: bool = True, one_of: tuple[str, ...] | None = None) -> Column:
    return Column(name, TEXT, nullable, meaning, one_of)


REVIEWED = _text("reviewed", "what a person made of it; null: nobody has looked", one_of=REVIEWS)

DOCUMENTS = (
    _text("doc_id", "the article: a text file's stem, a record's own id, or made from the address", False),
    _text("title", "headline"),
    _text("publisher", "who published it"),
    _text("author", "by-line"),
    _text("url", "address"),
    _text("published", "date of publication"),
    _text("language", "ISO 639-1 code"),
    Column("n_chars", COUNT, False, "length of the text in characters"),
    _text("sha256", "hash of the text", False),
    _text("path", "the file as it was given"),
    _text("text", "the text that every offset counts in", False),
)

SOURCES = (
    _text("source_id", "made from the resolved name", False),
    _text("name", "fullest form", False),
    _text("kind", "what sort of source", one_of=records.SOURCE_KINDS),
    _text("party", "the side it speaks for"),
    Column("aliases", NAMES, False, "the other names it goes by in these articles"),
    Column("ambiguous", NAMES, False, "where the name may mean several bodies: which; left to the reader"),
    Column("n_claims", COUNT, False, "claims credited to it"),
    Column("n_figures", COUNT, False, "figures credited to it"),
)

CLAIMS = (
    _text("claim_id", "made from the document and the offsets", False),
    _text("doc_id", "the article", False),
    Column("content", SPANS, False, "what is said: several spans where the words are interrupted"),
    _text("text", "the content's words", False),
    Column("source_span", SPAN, True, "the words that name the source; null: nobody is named"),
    Column("cue_span", SPAN, True, "the words that credit; null: a bare quotation"),
    _text("source_id", "the source, resolved over all articles"),
    _text("source_name", "the source in its fullest form in this article"),
    _text("cue", "the cue's dictionary form: say, claim, according to …"),
    _text("kind", "direct, indirect or mixed", False, records.KINDS),
    Column("via", NAMES, False, "who relays it, outward"),
    _text("parent_claim_id", "the claim within whose content this one stands"),
    _text("polarity", "asserted, or denied by the source", False, records.POLARITIES),
    _text("likelihood", "how likely the source calls it, on the scale of ICD 203", one_of=records.LIKELIHOODS),
    Column("confidence", NUMBER, False, "0 to 1: how sure the extractor is"),
    _text("stated_on", "the day it was said, or first/last where a span of days is told (EDTF)"),
    REVIEWED,
)

FIGURES = (
    _text("figure_id", "made from the document and the offsets", False),
    _text("doc_id", "the article", False),
    _text("claim_id", "the claim that it stands in; null in the article's own voice"),
    Column("start", COUNT, False, "where its words begin"),
    Column("end", COUNT, False, "where they end, exclusive"),
    _text("number", "its words", False),
    _text("stated_as", "its words with those that bound it: more than 90,000", False),
    Column("value", NUMBER, True, "the number stated; null for ranges and vague words"),
    Column("low", NUMBER, True, "lower bound as stated"),
    Column("high", NUMBER, True, "upper bound as stated"),
    _text("bound", "how the words bound it", False, records.BOUNDS),
    _text("unit", "empty for plain counts", False),
    _text("category", "what is counted, by kind", False, records.CATEGORIES),
    _text("counted", "the words for what is counted"),
    _text("whose", "the party whose people or things they are; several are parted by a semicolon"),
    _text("source_id", "the source, resolved over all articles"),
    _text("source_name", "who stands behind it, in the fullest form in this article"),
    Column("source_span", SPAN, True, "the words that name the source"),
    _text("credit", "credited in the same sentence, by those around, to nobody, or not known", False, records.CREDITS),
    Column(
        "credit_confidence",
        NUMBER,
        True,
        "0 to 1: how sure the extractor is of who stands behind it; 1 where a person said",
    ),
    Column("category_confidence", NUMBER, True, "0 to 1: how sure it is of the category; 1 where a person said"),
    Column("via", NAMES, False, "who relays it, outward"),
    _text("basis", "words on how it is known"),
    _text("accumulation", "a total, an increment, a rate, or not told", False, records.ACCUMULATIONS),
    _text("window_start", "first day that it covers"),
    _text("window_end", "last day that it covers"),
    _text("as_of", "the day for which it is stated"),
    _text("place", "where, as named"),
    _text("part_of", "the figure_id of the whole that it is part of"),
    REVIEWED,
    _text("event_id", "the event whose toll it tells of, as the findings group them; null: no single event's"),
)

DECISIONS = (
    _text("line", "the file and line that it stands in", False),
    _text("fate", "what became of it in these tables", False, FATES),
    _text("why", "what is to be known of its fate"),
    _text("row_id", "the row that it is about, where there is one"),
    _text("reviewer", "who decided", False),
    _text("day", "when", False),
    _text("doc_id", "the article; null: all of them"),
    _text("table", "figures, claims or sources", False, ("figures", "claims", "sources")),
    _text("action", "what was decided", False, ("accept", "edit", "reject", "add", "withdraw")),
    _text("column", "which cell; null: the row"),
    _text("old", "what the reviewer saw, as JSON"),
    _text("new", "what it should be, as JSON"),
    _text("reason", "why"),
    _text("exact", "the words that it is about; of a source, its name", False),
    _text("prefix", "the characters before them"),
    _text("suffix", "the characters after them"),
    Column("start", NUMBER, True, "where they began"),
    Column("end", NUMBER, True, "where they ended, exclusive"),
)

REJECTED = (
    _text("row_id", "the figure_id or claim_id", False),
    _text("table", "figures or claims", False, ("figures", "claims")),
    _text("doc_id", "the article", False),
    Column("start", COUNT, False, "where its words begin"),
    Column("end", COUNT, False, "where they end, exclusive"),
    _text("words", "its words", False),
    _text("category", "of a figure: what was counted, by kind"),
    _text("source_name", "to whom it was credited"),
    _text("reviewer", "who rejected it", False),
    _text("day", "when", False),
    _text("reason", "why"),
)

CHANGED = (
    _text("table", "sources, claims or figures", False, ("sources", "claims", "figures")),
    _text("row_id", "which row", False),
    _text("column", "which cell; null: the row as a whole"),
    _text("was", "what the extractor said, as JSON; null: it had no such row"),
    _text("now", "what stands there now, as JSON; null: the row is gone"),
)

TABLES = {"documents": DOCUMENTS, "sources": SOURCES, "claims": CLAIMS, "figures": FIGURES}
REVIEW = {"decisions": DECISIONS, "rejected": REJECTED, "changed": CHANGED}
"""The tables that a ledger has besides once a person's corrections were applied."""
ALL = TABLES | REVIEW
LATER = ("reviewed", "event_id", "credit_confidence", "category_confidence")
"""Columns that ledgers on disk may lack: null there."""
KEYS = {"documents": "doc_id", "sources": "source_id", "claims": "claim_id", "figures": "figure_id"}


def markdown(table: str) -> str:
    """The table's columns as a Markdown table, for `docs/columns.md`."""
    shapes = {SPAN: "`[start, end]`", SPANS: "list of `[start, end]`", NAMES: "list of names", COUNT: "integer"}
    shapes |= {TEXT: "text", NUMBER: "number", FLAG: "true or false"}
    rows = ["| column | holds | meaning |", "|---|---|---|"]
    for c in ALL[table]:
        words = f": {', '.join(f'`{w}`' for w in c.one_of)}" if c.one_of and len(c.one_of) < 20 else ""
        rows.append(f"| `{c.name}` | {shapes[c.holds]}{', or null' if c.nullable else ''} | {c.meaning}{words} |")
    return "\n".join(rows)
