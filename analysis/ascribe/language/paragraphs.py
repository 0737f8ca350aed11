"""Where the paragraphs are: blank lines, one line each, hard-wrapped lines, or nothing at all to tell by.

Everything here is linear in the text.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import importlib.resources
import itertools
import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
FINISHED = frozenset(".!?:;…\"”’'»)]*|")
QUOTES = frozenset('"“„«')
SAYING = re.compile(r"[a-z]+:$")
LAST_WORD = re.compile(r"(?<![\w’'-])[a-z]+$")
OPENS = re.compile(r"[\"“‘'«(\[]*\w")
SENTENCE_END = re.compile(r"(?<=[\w%)\]][.!?…])[\"”’')\]»]{0,3}\s+(?=[\"“‘'«(\[]{0,2}[^\Wa-z])")
DATELINE = re.compile(
    r"(?:[A-Z][A-Z’'.-]{2,}(?:[ /][A-Z][A-Z’'.-]+){0,3}(?:, [\w .]{2,30}| \d\d? [A-Z]\w+(?: \d{4})?){0,2}"
    r"(?: \([A-Z][\w .]{1,30}\))?|(?:[A-Z][\w’'-]+ ){0,3}\([A-Z][\w .]{1,30}\))"
    r"(?: (?:--|[-–—]) |—)(?=[\"“‘'A-Z0-9])"
)
"""Where, when and by whom a report was filed, up to its dash: "OSK, Marland, June 14 (KNA) - ", "Osk (KNA) – "."""
WIDEST_WRAP = 130
"""No hard-wrapped line is longer: 72 to 100 is usual."""
LONGEST_UNIT = 3000
"""Characters that are parsed at once: a longer paragraph is parsed in pieces that end where a sentence seems to."""


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its span without blanks, its indent, and whether a blank line precedes."""

    start: int
    end: int
    indent: int
    apart: bool


def lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]` that hold more than blanks."""
    found: list[Line] = []
    before = start
    for m in LINE.finditer(text, start, end):
        line = m.group()
        content = line.strip()
        if not content:
            continue
        indent = len(line) - len(line.lstrip())
        s = m.start() + indent
        # two line ends between this line and the last make a blank line; a carriage return with its newline is one
        gap = text[before : m.start()].replace("\r\n", "\n")
        breaks = sum(gap.count(c) for c in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") if found else 2
        found.append(Line(s, s + len(content), indent, breaks > 1 or "\u2029" in gap))
        before = s + len(content)
    return found


def paragraphs(text: str, start: int, end: int) -> list[Span]:
    """The paragraphs of `text[start:end]` as character spans, without blanks at their ends.

    Blank lines part paragraphs. Within a block, lines are one paragraph each, unless the text is hard-wrapped: then a
    line is a paragraph's last where the next word would still have fitted on it, or where the next line is indented. A
    line that breaks off and goes on with a small letter is never a paragraph's end.
    """
    every = lines(text, start, end)
    width = _wrap_width(text, every)
    torn = _torn(text, every)
    spans: list[list[int]] = []
    for i, line in enumerate(every):
        if i and not _parted(text, every[i - 1], line, width, torn):
            spans[-1][1] = line.end
        else:
            spans.append([line.start, line.end])
    return [(s, e) for s, e in spans]


def _parted(text: str, last: Line, line: Line, width: int, torn: bool) -> bool:
    if text[line.start] in QUOTES and SAYING.search(text, max(last.start, last.end - 60), last.end):
        return False  # "The mayor said:", and below it what she said
    goes_on = _goes_on(text, last, line)
    if line.apart:
        return not (torn and goes_on)
    if width and line.indent > last.indent + 1:
        return True
    return not goes_on and (not width or _fits(text, last, line, width))


def _goes_on(text: str, last: Line, line: Line) -> bool:
    """Whether a line breaks off in the middle of a sentence: the next takes it up with a small letter, or its last word
    is one that no sentence ends with ("more than")."""
    if text[last.end - 1] in FINISHED:
        return False
    if text[line.start].islower() or (text[last.end - 1] == "," and text[line.start].isdigit()):
        return True
    word = LAST_WORD.search(text, max(last.start, last.end - 20), last.end)
    return word is not None and word[0] in unfinished()


@functools.cache
def unfinished() -> frozenset[str]:
    """The words that no sentence and no headline ends with."""
    with importlib.resources.files(__package__).joinpath("unfinished.csv").open(encoding="utf-8") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))


def _fits(text: str, last: Line, line: Line, width: int) -> bool:
    """Whether the first word of a line would have fitted on the line before."""
    stop = min(line.end, line.start + width + 1)
    word = next((k for k in range(line.start, stop) if text[k].isspace()), stop) - line.start
    return last.indent + (last.end - last.start) + 1 + word <= width


def _wrap_width(text: str, every: Sequence[Line]) -> int:
    """The width that the text is hard-wrapped to, 0 where it is not."""
    width = max((line.indent + line.end - line.start for line in every), default=0)
    inner = [(a, b) for a, b in itertools.pairwise(every) if not b.apart]
    if width > WIDEST_WRAP or width < 30 or len(inner) < 3:
        return 0
    full = sum(not _fits(text, a, b, width + 1) or _goes_on(text, a, b) for a, b in inner)
    return width if full > 0.5 * len(inner) else 0


def _torn(text: str, every: Sequence[Line]) -> bool:
    """Whether blank lines tear sentences apart all through the text, as some conversions from PDF leave them."""
    pairs = [(a, b) for a, b in itertools.pairwise(every) if b.apart]
    return len(pairs) >= 3 and sum(_goes_on(text, a, b) for a, b in pairs) > 0.3 * len(pairs)


def parsed_apart(text: str, start: int, end: int) -> Iterator[Span]:
    """What of a paragraph is parsed apart: a dateline, which else passes for the subject of its sentence; the units."""
    if line := DATELINE.match(text, start, end):
        yield start, line.end()
        start = line.end()
    yield from units(text, start, end)


def units(text: str, start: int, end: int, longest: int = LONGEST_UNIT) -> Iterator[Span]:
    """A paragraph in pieces short enough to parse: they end where a sentence seems to, at a blank, or anywhere."""
    while end - start > longest:
        cut = 0
        for m in SENTENCE_END.finditer(text, start + longest // 3, start + longest):
            cut = m.end()
        if not cut:
            blanks = (k for k in range(start + longest, start + longest // 3, -1) if text[k - 1].isspace())
            cut = next(blanks, start + longest)
        yield start, cut
        start = cut
    if start < end:
        yield start, end
