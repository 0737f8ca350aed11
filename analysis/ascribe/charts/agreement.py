"""The agreement matrix: which estimates agree, which differ and by what factor, which contradict each other."""

from __future__ import annotations

import string

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ascribe.charts import style, words

RELATIONS = {
    "agree": ("agree", "#dbe7f0", style.INK),
    "differ": ("differ, but both may be true", "#7ea6c8", style.INK),
    "contradict": ("cannot both be true", "#6e1034", "white"),
    "not comparable": ("not comparable", "#f1f1f1", style.QUIET),
}
"""Relation: words for the key, the cell's colour, its ink. Light to dark, so that a copy in grey keeps the order."""
MOST = 20
CELL, LEAST, ROW_LABEL = 0.42, 0.17, 0.3
WIDE, NARROW = 3.5, 3.0
"""Inches for the labels, on one line and on two."""


@style.house
def draw(pairs: pd.DataFrame, labels: dict[str, tuple[str, str]], title: str = "", note: str = "") -> Figure:
    """The matrix of pairs of estimates.

    `pairs` has columns `a, b` (ids), `relation` (a key of RELATIONS) and `factor` (the larger over the smaller, or
    null). `labels` gives for each id who said it and what; its order is the matrix's. Raises ValueError for fewer than
    two.
    """
    ids = chosen(pairs, labels)
    if len(ids) < 2:
        raise ValueError("nothing to compare: there are fewer than two estimates")
    two = (style.WIDTH - NARROW - style.MARGIN) / len(ids) >= ROW_LABEL
    left = NARROW if two else WIDE
    cell = max(LEAST, min(CELL, (style.WIDTH - left - style.MARGIN) / len(ids)))
    met = [r for r in RELATIONS if r in set(pairs["relation"])]
    keys = [
        style.Key(RELATIONS[r][0], marker="s", color=RELATIONS[r][1], markersize=8, markeredgecolor=style.PALE)
        for r in met
    ]
    unshown = len(labels) - len(ids)
    foot = f"{words.count(unshown, 'estimate')} not drawn, which can be compared with fewest others." if unshown else ""
    foot = " ".join(filter(None, [foot, style.boxes(who for who, _ in labels.values()), note]))
    said = "Numbers: the larger divided by the smaller." if pairs["factor"].notna().any() else ""
    page = style.Page(0.06 + cell * len(ids), title or heading(pairs), said, foot, keys)
    top = page.top + 0.04
    known = {frozenset((p.a, p.b)): p for p in pairs.itertuples()}
    for i, a in enumerate(ids):
        y = top + cell * (i + 0.5)
        label(page, letter(i), labels[a], y, left, two)
        page.text(left + cell * (i + 0.5), y, letter(i), size=style.SMALL, ha="center", color=style.QUIET)
        for j, b in enumerate(ids[:i]):
            if pair := known.get(frozenset((a, b))):
                square(page, pair, left + cell * j, y - cell / 2, cell)
    return page.figure


def describe(pairs: pd.DataFrame, labels: dict[str, tuple[str, str]]) -> str:
    """The matrix in words: what contradicts first, then what differs, then what agrees."""
    order = {r: i for i, r in enumerate(("contradict", "differ", "agree", "not comparable"))}
    ranked = pairs.assign(rank=pairs["relation"].map(order)).sort_values(["rank", "factor"], ascending=[True, False])
    said = []
    for p in ranked.head(20).itertuples():
        factor = f" by a factor of {p.factor:.3g}" if pd.notna(p.factor) else ""
        a, b = (" ".join(labels[i]) for i in (p.a, p.b))
        said.append(f"{a} and {b}: {p.relation}{factor}")
    left = f"; and {len(ranked) - 20} more pairs" if len(ranked) > 20 else ""
    return style.alt(f"{heading(pairs)}. {'; '.join(said)}{left}.")


def heading(pairs: pd.DataFrame) -> str:
    """A title that counts the pairs by relation."""
    n = pairs["relation"].value_counts()
    comparable = int(n.drop("not comparable", errors="ignore").sum())
    if not comparable:
        return "No two of these estimates can be compared"
    if comparable == 1:
        said = {"contradict": "cannot both be true", "agree": "agree", "differ": "differ, but both may be true"}
        return f"One pair can be compared: they {next(said[r] for r in said if n.get(r))}"
    said = {"contradict": "cannot both be true", "agree": "agrees" if n.get("agree") == 1 else "agree"}
    parts = [f"{n[r]:,} {meaning}" for r, meaning in said.items() if n.get(r)]
    return f"Of {comparable:,} pairs that can be compared, {words.listed(parts) or 'all differ'}"


def chosen(pairs: pd.DataFrame, labels: dict[str, tuple[str, str]]) -> list[str]:
    """The ids drawn: those that can be compared with another, the most comparable ones first to stay; else all.

    In the order of the labels.
    """
    compared = pairs[pairs["relation"] != "not comparable"]
    n = pd.concat([compared["a"], compared["b"]]).value_counts()
    kept = [i for i in labels if i in n.index] or list(labels)
    kept = set(sorted(kept, key=lambda i: -n.get(i, 0))[:MOST])
    return [i for i in labels if i in kept]


def letter(i: int) -> str:
    """A, B, … Z, AA, AB …"""
    return (letter(i // 26 - 1) if i >= 26 else "") + string.ascii_uppercase[i % 26]


def label(page: style.Page, letter: str, named: tuple[str, str], y: float, left: float, two: bool) -> None:
    """Sets a row's label: its letter, who said it and what, on two lines where there is room."""
    who, what = named
    page.text(style.MARGIN, y, letter, size=style.SMALL, color=style.QUIET)
    x, size = style.MARGIN + 0.26, style.SMALL + 0.4
    room = left - x - 0.12
    if two:
        page.text(x, y - 0.068, style.fit(who, room, size), size=size)
        page.text(x, y + 0.068, style.fit(what, room, style.SMALL), size=style.SMALL, color=style.QUIET)
        return
    what = style.fit(what, room * 0.66, style.SMALL)
    page.text(left - 0.12, y, what, size=style.SMALL, ha="right", color=style.QUIET)
    room -= style.width(what, style.SMALL) + 0.1
    page.text(x, y, style.shortened(who, room, style.SMALL), size=style.SMALL)


def square(page: style.Page, pair, x: float, y: float, cell: float) -> None:
    """Draws one cell (a row of `pairs`, as a tuple), with its factor."""
    _, color, ink = RELATIONS[pair.relation]
    corner = (x + 0.01) / style.WIDTH, 1 - (y + cell - 0.01) / page.height
    box = Rectangle(corner, (cell - 0.02) / style.WIDTH, (cell - 0.02) / page.height, facecolor=color, linewidth=0)
    box.set_transform(page.figure.transFigure)
    page.figure.add_artist(box)
    if pd.notna(pair.factor) and pair.relation != "not comparable":
        size = style.SMALL if cell > 0.34 else 5.6
        page.text(x + cell / 2, y + cell / 2, times(pair.factor), size=size, color=ink, ha="center")


def times(factor: float) -> str:
    """A factor in a cell: 1, 1.4, 15, 1k."""
    if factor < 1.05:
        return "1"
    if factor < 9.95:
        return f"{factor:.1f}"
    return f"{factor:.0f}" if factor < 1000 else f"{factor / 1000:.0f}k"
