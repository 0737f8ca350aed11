"""A table as a grid: cells in their places, columns with their widths."""

from __future__ import annotations

import math
from collections.abc import Callable

from ascribe.publishing.render.html import align_numbers
from ascribe.publishing.render.markup import Node

LINE = 104
"""Characters that a line of a table holds on a page in portrait, at the largest size."""
SIZES = ((LINE, 9.0), (LINE * 1.15, 8.0), (LINE * 1.4, 7.0))
MOST_COLUMNS = 60
MOST_BESIDE = 26
"""Columns that a page in landscape holds beside one another; of more, the rest follow in tables below."""
NARROWEST = 3
"""Characters that the narrowest column holds; longer words are broken."""
FEW = 8
"""Rows that a page always holds: a table of no more is not broken, where they are not full of words."""
TOWER = 5
"""Lines that most rows of a table may take; where they would take more, it is set smaller, down to the least size."""
LOW = 300
"""Characters in a cell that a page can hold however narrow the column is: a row without a longer one is not broken."""


def laid_out(node: Node, cell: Callable[[Node, int], str | dict]) -> dict | None:
    """A table element as data: header and rows of cells without a gap, widths (0: as wide as needed), alignments,
    whether its rows are low enough to be kept in one piece, and whether all of it is.

    `cell` makes a cell's data from its element and the longest word that fits its column. None for an empty table.
    """
    align_numbers(node)
    head, body = _rows(node)
    columns = min(max((_width(row) for row in head + body), default=0), MOST_COLUMNS)
    if not columns:
        return None
    numeric = [False] * columns
    longest, whole = [1] * columns, [1] * columns
    lengths: list[list[int]] = [[1] for _ in range(columns)]
    for row in head + body:
        at = 0
        for c in row:
            span = int(c.attributes.get("colspan", 1))
            if at < columns and span == 1:
                text = c.text()
                numeric[at] |= "n" in c.classes and c.tag == "td"
                longest[at] = max(longest[at], max(map(len, text.split()), default=0))
                whole[at] = max(whole[at], min(len(text.strip()), 200))
                lengths[at].append(min(len(text.strip()), 200))
            at += span
    wanted = [w + 2 for w in whole]
    needed = [min(n, 22) + 3 for n in longest]
    wide = columns >= 10 or sum(needed) > LINE * 1.4
    line = LINE * (1.52 if wide else 1.0)
    sizes = [s for most, s in SIZES if sum(needed) <= most * (1.52 if wide else 1)] or [6.0]
    # By what most rows hold: one long remark must not take the room from names in every row (of ten or more).
    usual = [sorted(found)[math.ceil(0.9 * (len(found) - 1))] + 2 for found in lengths]
    for size in sizes:
        widths = _widths(line * 9.0 / size, wanted, needed, usual)
        if not any(widths) or max(u / w for u, w in zip(usual, widths, strict=True)) <= TOWER:
            break  # else smaller: sentences in a narrow column make towers
    line *= 9.0 / size
    squeezed = min(line / sum(widths), 1.0) if any(widths) else 1.0
    fits = [max(int(w * squeezed) - 2, NARROWEST) if w else 60 for w in widths]
    return {
        "k": "table",
        "header": _grid(head, columns, fits, cell),
        "rows": _grid(body, columns, fits, cell),
        "widths": widths,
        "align": ["right" if n else "left" for n in numeric],
        "size": size,
        "wide": wide,
        "whole": max(len(c.text()) for row in head + body for c in row) < LOW,
        "short": len(body) <= FEW and sum(len(c.text()) for row in body for c in row) < FEW * LINE * 2,
    }


def _widths(line: float, wanted: list[int], needed: list[int], usual: list[int]) -> list[float]:
    """The columns' widths on a line of so many characters; 0 for all where each may be as wide as it needs."""
    if sum(wanted) <= line:
        return [0.0] * len(wanted)
    spare = max(line - sum(needed), 0)
    longing = [max(u - n, 0) for u, n in zip(usual, needed, strict=True)]
    total = sum(longing) or 1
    return [round(n + spare * g / total, 2) for n, g in zip(needed, longing, strict=True)]


def parts(node: Node) -> list[Node]:
    """A table as several where it has more columns than a page holds, each with its first column; one whose cells span
    columns or rows stays whole."""
    head, body = _rows(node)
    rows = head + body
    columns = max((len(row) for row in rows), default=0)
    spanned = any(int(c.attributes.get(name, 1)) > 1 for row in rows for c in row for name in ("colspan", "rowspan"))
    if spanned or columns <= MOST_BESIDE:
        return [node]
    count = math.ceil((columns - 1) / (MOST_BESIDE - 1))
    step = math.ceil((columns - 1) / count)
    rest = [c for c in node.children if isinstance(c, Node) and c.tag not in ("thead", "tbody", "tfoot", "tr")]

    def cut(row: list[Node], start: int) -> Node:
        return Node("tr", {}, [*row[:1], *row[start : start + step]])

    return [
        Node("table", dict(node.attributes), [
            *(rest if start == 1 else []),
            Node("thead", {}, [cut(row, start) for row in head]), Node("tbody", {}, [cut(row, start) for row in body]),
        ])
        for start in range(1, columns, step)
    ]  # fmt: skip


def _rows(node: Node) -> tuple[list[list[Node]], list[list[Node]]]:
    """The rows of the head and those of the body; a table without a head has the first row if it is all headings."""
    head: list[list[Node]] = []
    body: list[list[Node]] = []

    def gather(parent: Node, into: list[list[Node]]) -> None:
        for child in parent.children:
            if not isinstance(child, Node):
                continue
            if child.tag == "tr":
                cells = [c for c in child.children if isinstance(c, Node) and c.tag in ("td", "th")]
                if cells:
                    into.append(cells)
            elif child.tag in ("thead", "tbody", "tfoot"):
                gather(child, head if child.tag == "thead" else into)

    gather(node, body)
    if not head and len(body) > 1 and all(c.tag == "th" for c in body[0]):
        head.append(body.pop(0))
    if not body:
        head, body = [], head
    return head, body


def _width(row: list[Node]) -> int:
    return sum(int(c.attributes.get("colspan", 1)) for c in row)


def _grid(rows: list[list[Node]], columns: int, fits: list[int], cell: Callable[[Node, int], str | dict]) -> list[list]:
    """The rows with every place filled once: spans cut at the edges, gaps filled with empty cells."""
    taken: set[tuple[int, int]] = set()
    grid: list[list] = []
    for y, row in enumerate(rows):
        out: list = []
        cells = iter(row)
        x = 0
        while x < columns:
            if (y, x) in taken:
                x += 1
                continue
            node = next(cells, None)
            if node is None:
                out.append("")
                x += 1
                continue
            across = min(int(node.attributes.get("colspan", 1)), columns - x)
            across = next((i for i in range(1, across) if (y, x + i) in taken), across)
            down = min(int(node.attributes.get("rowspan", 1)), len(rows) - y)
            made = cell(node, sum(fits[x : x + across]))
            if isinstance(made, dict):
                made |= {"colspan": across, "rowspan": down}
            taken.update((y + j, x + i) for j in range(down) for i in range(across))
            out.append(made)
            x += across
        grid.append(out)
    return grid
