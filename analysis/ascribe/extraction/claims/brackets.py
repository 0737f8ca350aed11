"""Credits in brackets at a sentence's or a line's end: "4,118 soldiers killed (Ministry of Defence)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ascribe.extraction.records import Attribution
from ascribe.extraction.sources import kind_of
from ascribe.language.reading import Reading

BRACKET = re.compile(r"\s*\(([^\W\d_][^()\d]{1,58}[^\W\d_])\)\s*[.;]?\s*$")
BODIES = frozenset({"government", "military", "intergovernmental", "ngo", "think_tank"})
"""Who is credited so. A paper or an agency in brackets is a reference, and a person's name an aside."""
CONFIDENCE = 0.7


def bracketed(reading: Reading) -> Iterator[Attribution]:
    """The attributions whose source stands in brackets after what holds a number; they have no cue."""
    for first, end in _stretches(reading):
        found = BRACKET.search(reading.text, first, end)
        if found is None or not any(c.isdigit() for c in reading.text[first : found.start()]):
            continue
        if kind_of(found.group(1)) in BODIES and not _abbreviates(reading.text[first : found.start()], found.group(1)):
            content = (first, found.start())
            yield Attribution((content,), source=found.span(1), confidence=CONFIDENCE)


def _abbreviates(before: str, name: str) -> bool:
    """Whether a bracket only shortens the name before it: "the Ministry of Health (MoH)"."""
    last = before.split()[-1:]
    return " " not in name and sum(c.isupper() for c in name) > 1 and bool(last) and last[0][:1].isupper()


def _stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    """Each sentence as characters, cut at its line ends."""
    for sentence in reading.sentences:
        if not len(sentence):
            continue
        start, end = reading.span(sentence)
        at = start
        for line in reading.text[start:end].split("\n"):
            if line.strip():
                yield at, at + len(line)
            at += len(line) + 1
