"""Quotations that stand alone after reported speech: attributions of their own, with no cue.

`He said it was over. "We left."` is two of his; what goes on after a quotation is a further fragment of that:
`"It is over," he said. "We left."`
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Iterator, Sequence

from ascribe.extraction.records import Attribution, Span
from ascribe.language.quotations import Quotation, find_quotations
from ascribe.language.reading import Reading

SENTENCE_OVER = re.compile(r"[.!?…][\"”’»)\]]*\s*$")
SHORTEST = 20
"""Characters of a quotation below which it is a phrase, not a statement."""


def set_apart(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each without the quotations that stand alone after what it reports, and those as their own."""
    if all(len(a.content) == 1 for a in found):
        return list(found)
    quoted = _Quoted(reading)
    return [part for a in found for part in _parts(reading.text, a, quoted)]


class _Quoted:
    """The quotations of an article, for asking whether a span is one."""

    def __init__(self, reading: Reading) -> None:
        paragraphs = [reading.span(p) for p in reading.paragraphs if p[0] < p[1]]
        self.all: list[Quotation] = find_quotations(reading.text, paragraphs)
        self.starts = [q.start for q in self.all]

    def around(self, place: int) -> Quotation | None:
        """The quotation that a character stands in."""
        k = bisect.bisect_right(self.starts, place) - 1
        return self.all[k] if k >= 0 and place < self.all[k].end else None

    def whole(self, span: Span) -> bool:
        """Whether a span begins with a quotation, the mark in it or before it, and does not go on behind it."""
        quotation = self.around(span[0])
        return quotation is not None and span[0] - quotation.start <= 2 and span[1] <= quotation.end


def _parts(text: str, one: Attribution, quoted: _Quoted) -> Iterator[Attribution]:
    """An attribution cut before its first quotation that stands alone; all of it where it has none."""
    first = next((k for k in range(1, len(one.content)) if _alone(text, one, k, quoted)), None)
    if first is None:
        yield one
        return
    yield dataclasses.replace(one, content=one.content[:first])
    yield dataclasses.replace(one, content=one.content[first:], cue=None)


def _alone(text: str, one: Attribution, k: int, quoted: _Quoted) -> bool:
    """Whether fragment `k` is a quotation in a sentence behind the cue's, and nothing before it was quoted whole."""
    start, end = one.content[k]
    if one.cue is None or one.source is None or end - start < SHORTEST or not quoted.whole((start, end)):
        return False
    before = max(one.cue[1], one.source[1] if one.source[1] <= start else 0, one.content[k - 1][1])
    opening = text[before:start].rstrip("\"“‘«'„").rstrip()
    ended = SENTENCE_OVER.search(text[: before + len(opening)]) is not None or "\n" in text[before:start]
    return before <= start and ended and not any(quoted.around(s) for s, _ in one.content[:k])
