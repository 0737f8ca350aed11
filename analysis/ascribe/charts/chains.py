"""Attribution chains: from whom the words come, through whose mouths, to which outlet."""

from __future__ import annotations

import collections
import dataclasses
import itertools

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ascribe.charts import style, words

MOST = 18
"""No more nodes stand in a column: those with fewest chains are drawn as one."""
MOST_RELAYS = 3
"""A chain's further relays are not drawn."""
BAR, GAP, LEAST = 0.1, 0.09, 0.17
"""Inches: a node's width, the room between nodes, the least height of one (a line of text)."""
LABELS = 1.95
DIRECT, RELAYED = "#c3cdd6", "#a2583f"
NOBODY, REST = "Nobody named", "others"


@dataclasses.dataclass
class Node:
    """A name in one of the columns: where it stands, in inches, and how far its links out and in have come."""

    name: str
    column: int
    n: int = 0
    top: float = 0.0
    height: float = 0.0
    out: float = 0.0
    into: float = 0.0


@style.house
def draw(records: pd.DataFrame, documents: pd.DataFrame, title: str = "", note: str = "") -> Figure:
    """The chains of claims or figures (columns `doc_id, source_name, via`), to the publishers of their documents.

    Raises ValueError where there is no record.
    """
    links = chains(records, documents)
    if not links:
        raise ValueError("nothing to draw: there is no claim or figure")
    links = gathered(links)
    columns = placed(links)
    unit, height = sizes(columns, links)
    n = sum(links.values())
    foot = f"Source: {words.count(n, 'attribution')} in {words.count(records['doc_id'].nunique(), 'article')}."
    foot = " ".join(filter(None, [foot, style.boxes(name for chain in links for name in chain), note]))
    key = [style.Key("straight from the source", marker="s", color=DIRECT, markersize=7, markeredgewidth=0)]
    if any(len(chain) > 2 for chain in links):
        key.append(
            style.Key("second-hand, through a relay", marker="s", color=RELAYED, markersize=7, markeredgewidth=0)
        )
    page = style.Page(height + 0.32, title or heading(records, links), "", foot, key)
    xs = np.linspace(LABELS, style.WIDTH - LABELS - BAR, len(columns))
    top = page.top + 0.28
    for column, x in zip(columns, xs, strict=True):
        stand(column, links, unit, top, height)
        head(page, x, column[0].column, len(columns), page.top + 0.08)
    where = {(node.column, node.name): (node, x) for column, x in zip(columns, xs, strict=True) for node in column}
    bands(page, links, where, unit, len(columns))
    for node, x in where.values():
        name(page, node, x, len(columns))
    return page.figure


def describe(records: pd.DataFrame, documents: pd.DataFrame) -> str:
    """The chains in words, the second-hand ones first."""
    links = chains(records, documents)
    order = sorted(links.items(), key=lambda c: (len(c[0]) == 2, -c[1], c[0]))
    said = [f"{' to '.join(chain)} ({n})" for chain, n in order[:20]]
    left = f"; and {len(order) - 20} more" if len(order) > 20 else ""
    return style.alt(f"{heading(records, links)}. {'; '.join(said)}{left}.")


def chains(records: pd.DataFrame, documents: pd.DataFrame) -> collections.Counter[tuple[str, ...]]:
    """How many attributions go each way: source, relays outward, outlet."""
    outlets = documents.set_index("doc_id")["publisher"]
    found: collections.Counter[tuple[str, ...]] = collections.Counter()
    for row in records.itertuples():
        outlet = outlets.get(row.doc_id)
        source = row.source_name if pd.notna(row.source_name) else NOBODY
        via = (name for name in row.via if name != source)  # who repeats himself relays nobody
        found[source, *via, outlet if pd.notna(outlet) else row.doc_id] += 1
    return found


def heading(records: pd.DataFrame, links: collections.Counter) -> str:
    """A title that says how much is second-hand."""
    relayed = sum(n for chain, n in links.items() if len(chain) > 2)
    n = sum(links.values())
    if not relayed:
        return f"{words.count(n, 'attribution')}, none second-hand"
    return f"{relayed:,} of {words.count(n, 'attribution')} {'is' if relayed == 1 else 'are'} second-hand"


def gathered(links: collections.Counter) -> collections.Counter:
    """The chains with the least frequent names of each column as one, and relays of a relay folded into one column."""
    shown: list[set[str]] = []
    for part in (lambda c: c[:1], lambda c: c[1:-1], lambda c: c[-1:]):
        count = collections.Counter(name for chain, n in links.items() for name in part(chain) * n)
        kept = sorted(count, key=lambda k: (-count[k], k))
        shown.append(set(kept if len(kept) <= MOST else kept[: MOST - 1]))
    out: collections.Counter = collections.Counter()
    for chain, n in links.items():
        source, *relays, outlet = chain
        middle = [r if r in shown[1] else REST for r in relays[:MOST_RELAYS]]
        out[source if source in shown[0] else REST, *middle, outlet if outlet in shown[2] else REST] += n
    return out


def placed(links: collections.Counter) -> list[list[Node]]:
    """The nodes by column: sources first, outlets last, relays between; the most frequent first."""
    depth = max(len(chain) for chain in links)
    nodes: dict[tuple[int, str], Node] = {}
    for chain, n in links.items():
        for column, who in steps(chain, depth):
            node = nodes.setdefault((column, who), Node(who, column))
            node.n += n
    columns = [[node for node in nodes.values() if node.column == c] for c in range(depth)]
    for column in columns:
        column.sort(key=lambda node: (node.name in (NOBODY, REST), -node.n, node.name))
    for left, right in itertools.pairwise(columns):  # set each by the mean of what leads to it
        rank = {node.name: i for i, node in enumerate(left)}
        weight: dict[str, list[float]] = collections.defaultdict(lambda: [0.0, 0.0])
        for chain, n in links.items():
            path = dict(steps(chain, depth))
            a, b = path.get(left[0].column), path.get(right[0].column)
            if a in rank and b is not None:
                weight[b][0] += rank[a] * n
                weight[b][1] += n
        right.sort(key=lambda node: weight[node.name][0] / weight[node.name][1] if weight[node.name][1] else 99)
    return columns


def steps(chain: tuple[str, ...], depth: int) -> list[tuple[int, str]]:
    """In which column each name of a chain stands; the outlet is always in the last."""
    return [*enumerate(chain[:-1]), (depth - 1, chain[-1])]


def sizes(columns: list[list[Node]], links: collections.Counter) -> tuple[float, float]:
    """Inches for one attribution, and the height of the highest column."""
    n = sum(links.values())
    unit = min(0.16, 4.2 / n)
    return unit, max(sum(max(node.n * unit, LEAST) + GAP for node in column) for column in columns)


def stand(column: list[Node], links: collections.Counter, unit: float, top: float, height: float) -> None:
    """Sets the nodes of a column below each other, in the middle of the height."""
    total = sum(max(node.n * unit, LEAST) + GAP for node in column) - GAP
    y = top + (height - total) / 2
    for node in column:
        node.height = max(node.n * unit, LEAST)
        node.top = y
        node.out = node.into = (node.height - node.n * unit) / 2
        y += node.height + GAP


def head(page: style.Page, x: float, column: int, columns: int, y: float) -> None:
    """Says what a column holds."""
    if column == 0:
        page.text(x, y, "who said it", size=style.SMALL, color=style.QUIET, ha="right")
    elif column == columns - 1:
        page.text(x + BAR, y, "who published it", size=style.SMALL, color=style.QUIET)
    else:
        page.text(
            x + BAR / 2,
            y,
            "who relayed it" if column == 1 else "and again",
            size=style.SMALL,
            color=style.QUIET,
            ha="center",
        )


def bands(page: style.Page, links: collections.Counter, where: dict, unit: float, depth: int) -> None:
    """Draws the links from node to node, those that are second-hand above the others."""
    flows: collections.Counter = collections.Counter()
    for chain, n in links.items():
        for a, b in itertools.pairwise(steps(chain, depth)):
            flows[a, b, len(chain) > 2] += n
    into: dict[tuple, float] = {}
    for (a, b, relayed), n in sorted(flows.items(), key=lambda f: (where[f[0][0]][0].top, f[0][2])):
        node = where[b][0]  # each link's place at its end is by where it comes from
        into[a, b, relayed] = node.top + node.into
        node.into += n * unit
    for (a, b, relayed), n in sorted(flows.items(), key=lambda f: (where[f[0][1]][0].top, f[0][2])):
        (node, x), (_, end) = where[a], where[b]
        band(page, (x + BAR, node.top + node.out), (end, into[a, b, relayed]), n * unit, relayed)
        node.out += n * unit


def band(page: style.Page, start: tuple[float, float], end: tuple[float, float], thick: float, relayed: bool) -> None:
    """Draws one link, from a top left corner to a top right one."""
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    points = [(x0, y0), (middle, y0), (middle, y1), (x1, y1), (x1, y1 + thick)]
    points += [(middle, y1 + thick), (middle, y0 + thick), (x0, y0 + thick), (x0, y0)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    path = Path([(x / style.WIDTH, 1 - y / page.height) for x, y in points], codes)
    page.figure.add_artist(
        PathPatch(
            path,
            facecolor=RELAYED if relayed else DIRECT,
            alpha=0.75 if relayed else 0.55,
            linewidth=0,
            zorder=2 if relayed else 1,
            transform=page.figure.transFigure,
        )
    )


def name(page: style.Page, node: Node, x: float, columns: int) -> None:
    """Draws a node and its label: a source's on its left, a relay's and an outlet's on their right."""
    corner = x / style.WIDTH, 1 - (node.top + node.height) / page.height
    box = Rectangle(corner, BAR / style.WIDTH, node.height / page.height, color=style.INK, linewidth=0, zorder=3)
    box.set_transform(page.figure.transFigure)
    page.figure.add_artist(box)
    how = {"size": style.SMALL, "path_effects": style.HALO, "zorder": 5}
    if node.name in (NOBODY, REST):
        how["style"] = "italic"
    times = f"  {node.n:,}" if node.n > 1 else ""
    first, last = node.column == 0, node.column == columns - 1
    room = LABELS - style.MARGIN - 0.12 if first or last else (style.WIDTH - 2 * LABELS) / (columns - 1) - 0.12
    lines = style.wrap(node.name, room - style.width(times, style.SMALL), style.SMALL, 2 if node.height > 0.27 else 1)
    y = node.top + node.height / 2 - 0.065 * (len(lines) - 1)
    for i, line in enumerate(lines):
        line += times if i == len(lines) - 1 else ""
        page.text(x - 0.06 if first else x + BAR + 0.06, y, line, ha="right" if first else "left", **how)
        y += 0.13
