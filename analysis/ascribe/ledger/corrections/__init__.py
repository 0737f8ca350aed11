"""What people decided about a ledger's rows: kept in a file of their own, and laid over every extraction anew.

    Decision         one decision: who, when, about which words, what and why
    read, append     the file that keeps them, JSON lines or CSV, to which is only ever added
    anchor, find     words in an article, found again when it or the extractor has changed
    correct          the tables with the decisions carried out, and what became of each
    counts, notes    what became of them, in numbers and in words
    extracted        the tables as the extractor made them, out of corrected ones

They lie within the ledger's room because `Ledger.corrected` is a ledger's own verb; how a person comes to decide is
`ascribe.reviewing`.
"""

from ascribe.ledger.corrections.anchors import anchor, find
from ascribe.ledger.corrections.applying import correct, correct_rows, extracted
from ascribe.ledger.corrections.decision import ACCEPTED, EDITABLE, Decision, decision, value
from ascribe.ledger.corrections.file import append, read
from ascribe.ledger.corrections.history import decisions
from ascribe.ledger.corrections.telling import HERE, MEANINGS, counts, notes, summary

__all__ = [
    "ACCEPTED",
    "EDITABLE",
    "HERE",
    "MEANINGS",
    "Decision",
    "anchor",
    "append",
    "correct",
    "correct_rows",
    "counts",
    "decision",
    "decisions",
    "extracted",
    "find",
    "notes",
    "read",
    "summary",
    "value",
]
