"""Where the quotations are, whatever marks the text uses, and whichever of them were lost.

Marks are paired one paragraph at a time, so that a single odd mark can cost at most its own paragraph. A quotation of
several paragraphs, each opened and only the last one closed, is found as one run.
"""

from __future__ import annotations

import dataclasses
import re

from ascribe.language.clean import NICKNAME

Span = tuple[int, int]

DOUBLE = frozenset('"“”„‟«»＂〝〞')
OPENING = frozenset("“„‟«〝‘‚")
CLOSING = frozenset("”»〞’")
MARK = re.compile(r"''|``|[\"“”„‟«»＂〝〞‘’‚']")
SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*(?=\s|$)")
ELIDED = re.compile(r"(?:s|t|d|m|ll|re|ve|em|til|tis|twas|cause|bout|n)\b|\d", re.IGNORECASE)
LONGEST_SINGLE = 700
"""Characters within which a single mark must find its fellow: beyond, it is taken for an apostrophe."""


@dataclasses.dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch between quotation marks: `start` and `end` take in the marks, `closed` tells if both are there."""

    start: int
    end: int
    closed: bool = True


def _marks(text: str, start: int, end: int) -> list[tuple[int, int, str, bool, bool]]:
    """Each mark that may open or close a quotation: `(start, end, family, may open, may close)`."""
    found = []
    nicknames = {m.start(k) for m in NICKNAME.finditer(text, start, end) for k in (1, 2)}
    for m in MARK.finditer(text, start, end):
        s, e, mark = m.start(), m.end(), m.group()
        before = text[s - 1] if s > start else " "
        after = text[e] if e < end else " "
        if (before.isalnum() and after.isalnum()) or s in nicknames:
            continue  # an apostrophe, whatever its shape; or the mark of "Dana “Dee” Holt"
        family = '"' if mark in DOUBLE or len(mark) == 2 else "'"
        opens = (not after.isspace()) and (before.isspace() or not (before.isalnum() or before in ".,!?…%"))
        closes = (not before.isspace()) and not after.isalnum()
        if mark in OPENING and mark != "‘":
            closes = closes and not opens
        elif mark in CLOSING and mark != "’":
            opens = opens and not closes
        if mark == "``":
            opens, closes = True, False
        if family == "'":
            opens = opens and mark != "’" and not (mark == "'" and ELIDED.match(text, e))
            closes = closes and mark != "‘"
        if not opens and not closes and family == '"' and (before.isspace() and after.isspace()):
            opens = closes = True  # a mark that stands alone between two blanks
        if opens or closes:
            found.append((s, e, family, opens, closes))
    return found


def _pair(text: str, start: int, end: int, carried: bool) -> tuple[list[Quotation], bool]:
    """The quotations of one paragraph, and whether its last one is still open at the end.

    `carried` says that the paragraph before ended inside a quotation.
    """
    marks = _marks(text, start, end)
    found: list[Quotation] = []
    opened: int | None = None
    k = 0
    while k < len(marks):
        s, e, family, opens, closes = marks[k]
        k += 1
        if opened is None:
            if not opens:
                if closes and family == '"' and not found and carried:
                    found.append(Quotation(start, e))  # the closing paragraph lacks its opening mark
                continue
            if family == "'":
                fellow = _fellow(text, marks, k, s)
                if fellow is not None:
                    found.append(Quotation(s, marks[fellow][1]))
                    k = fellow + 1
                continue
            opened = s
        elif family == '"':
            if closes and not (opens and text[e : e + 1].isalnum()):
                found.append(Quotation(opened, e))
                opened = None
            elif opens and ((text[s] in "“„«" and text[opened] in "“„«") or text[s] == text[opened]):
                found.append(Quotation(opened, _sentence_end(text, opened, s), closed=False))
                opened = s
    if opened is None:
        return found, False
    found.append(Quotation(opened, end, closed=False))
    return found, True


def _fellow(text: str, marks: list, k: int, opened: int) -> int | None:
    """The index of the single mark that closes the one at `opened`: the nearest after a stop, or else the nearest."""
    nearest = None
    for i in range(k, len(marks)):
        s, e, family, opens, closes = marks[i]
        if s - opened > LONGEST_SINGLE or (family == "'" and opens and not closes):
            break
        if family == "'" and closes:
            if text[s - 1] in ".,!?…" or (text[s - 1] != "s" and not text[e : e + 1].isalnum()):
                return i
            nearest = i if nearest is None else nearest
    return nearest


def _sentence_end(text: str, start: int, end: int) -> int:
    """Where the first sentence that begins at `start` ends, or `end`."""
    m = SENTENCE_END.search(text, start + 1, end)
    return m.end() if m else start + len(text[start:end].rstrip())


def find_quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """Every quotation in the paragraphs, in text order; none overlaps another, none crosses a paragraph's end.

    A quotation whose closing mark is missing runs to the end of its paragraph where it opened the paragraph or where
    the next paragraph opens with a mark of its own, as quotations of several paragraphs do; else to the end of its
    first sentence, so that a stray mark costs no more than that.
    """
    found: list[Quotation] = []
    carried = False
    for n, (start, end) in enumerate(paragraphs):
        while end > start and text[end - 1].isspace():
            end -= 1
        here, open_at_end = _pair(text, start, end, carried)
        if open_at_end:
            last = here[-1]
            follows = n + 1 < len(paragraphs) and text[paragraphs[n + 1][0]] in '“"„«‘`'
            whole = last.start == start
            if not follows and not whole:
                here[-1] = Quotation(last.start, _sentence_end(text, last.start, end), closed=False)
                open_at_end = False
            elif follows is False:
                open_at_end = False
        found += here
        carried = open_at_end
    return found
