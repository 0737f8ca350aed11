"""Quotations that are signed, with no verb: "“Forty are missing.” — Dana Holt, mayor", "From Dana Holt: “…”"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ascribe.extraction.records import Attribution, Span
from ascribe.language.quotations import Quotation, find_quotations
from ascribe.language.reading import Reading

SIGNED = re.compile(r"\s{0,8}(?:[—–―]|-{1,3})[ \t]{0,4}(?P<source>[^\n“”\"]{2,100})(?=\n|\Z)")
"""What follows a quotation on its line or on the next ones: a dash, then who said it, to the line's end."""
SENT = re.compile(r"(?:From|By)[ \t]+(?P<source>[^\n“”\":]{2,100}):\s{0,4}\Z")
"""What stands before a quotation on its line or on the one before."""
BEFORE = 120
"""Characters before a quotation within which the line stands that says who sent it."""
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ENDS = frozenset(".!?…,")
STARTS_AFTER = frozenset(("", *'.!?…:”"'))
CONFIDENCE = 0.7


def signed(reading: Reading) -> Iterator[Attribution]:
    """The attributions of quotations with a name set after them by a dash, or before them by "From"; without a cue."""
    spans = [reading.span(p) for p in reading.paragraphs if p[0] < p[1]]
    for quotation in find_quotations(reading.text, spans):
        if not quotation.closed or not _whole(reading.text, quotation):
            continue
        source = _after(reading.text, quotation) or _before(reading.text, quotation)
        if source and _names(reading, source):
            yield Attribution(((quotation.start, quotation.end),), source=source, confidence=CONFIDENCE)


def _whole(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence of its own, not a word or two within one."""
    inner = text[quotation.start + 1 : quotation.end - 1].rstrip()
    line = text.rfind("\n", 0, quotation.start) + 1
    ahead = text[max(line, quotation.start - BEFORE) : quotation.start].rstrip()
    return inner[-1:] in ENDS and " " in inner and ahead[-1:] in STARTS_AFTER


def _after(text: str, quotation: Quotation) -> Span | None:
    found = SIGNED.match(text, quotation.end)
    return found.span("source") if found else None


def _before(text: str, quotation: Quotation) -> Span | None:
    start = max(0, quotation.start - BEFORE)
    lines = text[start : quotation.start].rstrip()
    opens = lines.rfind("\n") + 1
    found = SENT.match(text, start + opens, quotation.start) if opens or not start else None
    return found.span("source") if found else None


def _names(reading: Reading, source: Span) -> bool:
    """Whether what stands beside the dash can be a name with a role, and is no sentence: no verb goes with it."""
    tokens = list(reading.tokens(*source))
    named = reading.text[source[0] : source[1]].partition(",")[0]
    if not tokens or any(t.tag_ in FINITE for t in tokens) or any(c.isdigit() for c in named):
        return False  # "— Page 4"
    return tokens[0].text[:1].isupper() or tokens[0].text in ("the", "a", "an")
