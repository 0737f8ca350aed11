"""Lines on pages into paragraphs: what a reader sees in gaps, indents and line ends."""

from __future__ import annotations

import collections
import csv
import dataclasses
import functools
import importlib.resources
import itertools
import re
from collections.abc import Iterator

MARGIN = 0.12
"""Share of a page's height, above and below, in which running heads and page numbers stand."""
GAP = 1.3
"""A gap this many times the usual distance of two lines parts paragraphs."""
AROUND = 8
"""How many lines above and below show how wide a column is."""
PAGE_NUMBER = re.compile(r"\W{0,3}(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?\W{0,3}", re.I)
PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}\b.*|(?:https?|file)://\S+(?: +\d{1,4}/\d{1,4})?")
"""What browsers print above and below a page: the time of printing and the title, the address and the page number."""
ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
WORD = re.compile(r"\w+(?:-\w+)*")


LONGEST_CELL = 40
"""Characters. Columns with longer cells hold running text."""
APART = 1.0
"""A row of a table has a gap of so many times its type's size: gaps between the words of a line are less."""
LABEL = re.compile(r"\W{0,2}\w{0,3}\W{0,2}")
"""What stands before an item of a list: "1.", "(a)", "•"."""
Cell = tuple[float, float]
"""Where a part of a line between two wide gaps begins and ends."""


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it begins and ends, its baseline, the size of its type, the height of its page.

    All in points, counted from the page's lower left. Where wide gaps part it, `text` has a tab in each, and `cells`
    tells where the parts are.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: float
    cells: tuple[Cell, ...] = ()

    @property
    def in_margin(self) -> bool:
        return not self.page * MARGIN < self.baseline < self.page * (1 - MARGIN)


def paragraphs(pages: list[list[Line]]) -> list[str]:
    """The paragraphs of a document, given the lines of each page in reading order; a row of a table is one, its cells
    parted by tabs."""
    lines = [line for page in without_running_heads(pages) for line in page]
    if not lines:
        return []
    pitch = usual_pitch(lines)
    rows = table_rows(lines)
    words = collections.Counter(w for line in lines for w in WORD.findall(line.text.lower()))
    found = [[lines[0]]]
    for i, (before, line) in enumerate(itertools.pairwise(lines)):
        if i in rows or i + 1 in rows:
            found.append([line])
            continue
        around = lines[max(0, i - AROUND) : i + AROUND]
        column = [x.right for x in around if x.left < before.right and x.right > before.left and x.size == before.size]
        if parted(before, line, pitch, max(column, default=before.right), found[-1][0].left):
            found.append([])
        found[-1].append(line)
    tables = {id(lines[i]) for i in rows}
    return [
        group[0].text if id(group[0]) in tables else joined([line.text for line in group], words) for group in found
    ]


def without_running_heads(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """The pages without page numbers and without lines in the margins that other pages repeat, digits aside."""
    heads = collections.Counter(h for page in pages for h in {shape(line) for line in page if line.in_margin})
    for page in pages:
        yield [
            line
            for line in page
            if not line.in_margin
            or (
                heads[shape(line)] < max(2, len(pages) / 3)
                and not PAGE_NUMBER.fullmatch(line.text)
                and not PRINTED.fullmatch(line.text)
            )
        ]


def table_rows(lines: list[Line]) -> set[int]:
    """Which lines are rows of a table: two or more in a row, of short cells that stand one below the other."""
    rows: set[int] = set()
    for i, (above, line) in enumerate(itertools.pairwise(lines)):
        if tabular(above) and tabular(line) and in_columns(above, line):
            rows |= {i, i + 1}
    return rows


def tabular(line: Line) -> bool:
    """Whether wide gaps part a line into short cells, more than a list's number and its item."""
    parts = line.text.split("\t")
    if len(parts) < 2 or max(map(len, parts)) > LONGEST_CELL:
        return False
    if max(b[0] - a[1] for a, b in itertools.pairwise(line.cells)) < APART * line.size:
        return False
    return len(parts) > 2 or not LABEL.fullmatch(parts[0]) or not any(c.isalpha() for c in parts[1])


def in_columns(above: Line, line: Line) -> bool:
    """Whether all cells but the first of the shorter line stand below or above one of the other, flush or centred."""
    few, many = sorted((above.cells, line.cells), key=len)
    near = max(above.size, line.size)

    def flush(a: Cell, b: Cell) -> bool:
        return min(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(sum(a) - sum(b)) / 2) < near

    return all(any(flush(a, b) for b in many) for a in few[1:])


def shape(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.baseline / 4)


def usual_pitch(lines: list[Line]) -> float:
    """The distance from one line to the next within paragraphs, as a share of the type's size.

    It is the least of the distances that are met often: a news page can have more paragraphs than lines that run on.
    """
    steps = collections.Counter(
        round((before.baseline - line.baseline) / max(line.size, 1), 1)
        for before, line in itertools.pairwise(lines)
        if 0 < before.baseline - line.baseline < 4 * line.size and abs(before.size - line.size) < 1
    )
    often = [step for step, count in steps.items() if count >= max(2, steps.total() / 10)]
    return min(often, default=1.2)


def parted(before: Line, line: Line, pitch: float, right: float, left: float) -> bool:
    """Does a paragraph end here? `right` is where full lines end, `left` where this paragraph began."""
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
        return True
    size = max(line.size, 1)
    short = before.right < right - 0.1 * (right - before.left)
    ended = bool(ENDED.search(before.text))
    step = (before.baseline - line.baseline) / size
    if step <= 0 or step > 20:  # the next column, or the next page
        return ended and (short or (line.text[:1].isupper() and line.left > before.left + 0.5 * size))
    if step > GAP * pitch:
        return True
    indented = line.left > before.left + 0.7 * size and line.left > left - 1
    return ended and (short or indented)


def joined(lines: list[str], words: collections.Counter[str]) -> str:
    """Lines as one, words that were broken at a line's end put together."""
    text = [lines[0]]
    for line in lines[1:]:
        if not text[-1].endswith("-") or text[-1].endswith(" -"):
            text.append(" ")
        elif not keeps_hyphen(last_word(text[-1][:-1]), first_word(line), words):
            text[-1] = text[-1][:-1]
        text.append(line)
    return " ".join("".join(text).split())


def first_word(text: str) -> str:
    word = re.match(r"\w*", text)
    return word[0]


def last_word(text: str) -> str:
    return first_word(text[::-1])[::-1]


def keeps_hyphen(head: str, tail: str, words: collections.Counter[str]) -> bool:
    """Is "head-tail" written with a hyphen? As the document has it elsewhere; else by what is commonly hyphenated."""
    head, tail, named = head.lower(), tail.lower(), head[:1].isupper() and words[head.lower()] > 0
    if words[f"{head}-{tail}"] != words[head + tail]:
        return words[f"{head}-{tail}"] > words[head + tail]
    first, last = parts()
    return not (head and tail) or head in first or tail in last or head.isdigit() or tail.isdigit() or named


@functools.cache
def parts() -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last parts of words that English writes with a hyphen."""
    with importlib.resources.files(__package__).joinpath("hyphenated.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(frozenset(r["part"] for r in rows if r["place"] == place) for place in ("first", "last"))
