"""What a heading of a table's column, or a label before a number, says that the number counts.

A cell has no sentence around it: "Orvan ⇥ 1,204 ⇥ 3,011" under "Town ⇥ Killed ⇥ Wounded", "Killed: 12". What the words
on the lines above and below say is another number's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ascribe.extraction.figures.cues import nouns, states, verbs

if TYPE_CHECKING:
    from ascribe.extraction.figures.page import Page
    from ascribe.extraction.figures.quantity import Quantity

LABEL = re.compile(r"(?:^|[;,|•*(])\s*([^\W\d][^\d:;,|=()]{2,50}?)\s*(?:[:=|–—]|\s-)\s*$")
"""A label that ends before its number; it begins with its line, or after the last item of a list."""
ENDS = re.compile(r"\s*(?:[;,.|)\]]|\(|$)")
WORD = re.compile(r"[^\W\d_]+")
LONGEST = 400
"""Characters of a line that are looked at on either side of a number."""


def labelled(q: Quantity, page: Page) -> str | None:
    """The harm that a number's label or its column's heading tells, "other" for one alone in its cell under a heading
    that tells none; None where there is neither."""
    if q.dimension:
        return None
    before, after = around(page.text, q.outer_start, max(q.outer_end, q.end))
    if "\t" in before or "\t" in after:
        if WORD.search(before.rpartition("\t")[2] + after.partition("\t")[0]):
            return None
        heading = page.headings.get(q.outer_start - len(before), [])
        return harm(cell_over(heading, before, after)) or "other"
    label = LABEL.search(before)
    return harm(label[1]) if label and ENDS.match(after) else None


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after characters on their line."""
    first, last = text.rfind("\n", max(0, start - LONGEST), start) + 1, text.find("\n", end, end + LONGEST)
    return text[max(first, start - LONGEST) : start], text[end : last if last >= 0 else end + LONGEST]


def cell_over(heading: list[str], before: str, after: str) -> str:
    """The heading of a cell: by its place from the left, or from the right where the first column has none."""
    at, width = before.count("\t"), before.count("\t") + after.count("\t") + 1
    at += len(heading) - width
    return heading[at] if 0 <= at < len(heading) and abs(len(heading) - width) <= 1 else ""


def harm(words: str) -> str | None:
    """The one harm that some words name; None where they name none or several."""
    lows = [m.group().lower() for m in WORD.finditer(words)]
    found = {nouns().get(low) or states().get(low) or verbs().get(low, {}).get("object") for low in lows} - {None}
    return found.pop() if len(found) == 1 else None


def headings(text: str, start: int, end: int) -> dict[int, list[str]]:
    """For each row of a table, by where its line starts: the cells of the table's first row, if no number is in it."""
    found: dict[int, list[str]] = {}
    first: list[str] | None = None
    at = start
    for line in text[start:end].split("\n"):
        if "\t" in line.strip():
            if first is None:
                first = [] if any(c.isdigit() for c in line) else line.split("\t")
            elif first:
                found[at] = first
        elif line.strip():
            first = None
        at += len(line) + 1
    return found
