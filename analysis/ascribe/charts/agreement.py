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
CELL, LINE, GAP = 0.42, 0.136, 0.05
"""Inches: the most that a cell is wide, what a line of a label takes, and what is left between two labels."""
LABELS = 3.0
"""Inches for the labels."""


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
    wide = min(CELL, (style.WIDTH - LABELS - style.MARGIN) / len(ids))
    named = [lines(labels[i]) for i in ids]
    heights = [max(wide, GAP + LINE * len(told)) for told in named]
    met = [r for r in RELATIONS if r in set(pairs["relation"])]
    keys = [
        style.Key(RELATIONS[r][0], marker="s", color=RELATIONS[r][1], markersize=8, markeredgecolor=style.PALE)
        for r in met
    ]
    unshown = len(labels) - len(ids)
    foot = f"{words.count(unshown, 'estimate')} not drawn, which can be compared with fewest others." if unshown else ""
    foot = " ".join(filter(None, [foot, style.boxes(who for who, _ in labels.values()), note]))
    said = "Numbers: the larger divided by the smaller." if pairs["factor"].notna().any() else ""
    page = style.Page(0.06 + sum(heights), title or heading(pairs), said, foot, keys)
    top = page.top + 0.04
    known = {frozenset((p.a, p.b)): p for p in pairs.itertuples()}
    for i, (a, told, high) in enumerate(zip(ids, named, heights, strict=True)):
        y = top + sum(heights[:i])
        label(page, letter(i), told, y + high / 2)
        page.text(LABELS + wide * (i + 0.5), y + high / 2, letter(i), size=style.SMALL, ha="center", color=style.QUIET)
        for j, b in enumerate(ids[:i]):
            if pair := known.get(frozenset((a, b))):
                square(page, pair, (LABELS + wide * j, y), (wide, high))
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


ROOM = LABELS - style.MARGIN - 0.26 - 0.2
"""Inches for who said it, and what."""


def lines(named: tuple[str, str]) -> list[str]:
    """A row's label: who said it, on a second line rather than cut, and below it what."""
    who, what = named
    return [*style.wrap(who, ROOM, style.SMALL + 0.4, lines=2), style.fit(what, ROOM, style.SMALL)]


def label(page: style.Page, letter: str, told: list[str], middle: float) -> None:
    """Sets a row's label: its letter, who said it, and below it what."""
    page.text(style.MARGIN, middle, letter, size=style.SMALL, color=style.QUIET)
    for i, line in enumerate(told):
        quiet = {"size": style.SMALL, "color": style.QUIET} if i == len(told) - 1 else {"size": style.SMALL + 0.4}
        page.text(style.MARGIN + 0.26, middle + LINE * (i - (len(told) - 1) / 2), line, **quiet)


def square(page: style.Page, pair, at: tuple[float, float], size: tuple[float, float]) -> None:
    """Draws one cell (a row of `pairs`, as a tuple), with its factor."""
    _, color, ink = RELATIONS[pair.relation]
    (x, y), (wide, high) = at, size
    corner = (x + 0.01) / style.WIDTH, 1 - (y + high - 0.01) / page.height
    box = Rectangle(corner, (wide - 0.02) / style.WIDTH, (high - 0.02) / page.height, facecolor=color, linewidth=0)
    box.set_transform(page.figure.transFigure)
    page.figure.add_artist(box)
    if pd.notna(pair.factor) and pair.relation != "not comparable":
        small = style.SMALL if wide > 0.34 else 5.6
        page.text(x + wide / 2, y + high / 2, times(pair.factor), size=small, color=ink, ha="center")


def times(factor: float) -> str:
    """A factor in a cell: 1, 1.4, 15, 1k."""
    if factor < 1.05:
        return "1"
    if factor < 9.95:
        return f"{factor:.1f}"
    return f"{factor:.0f}" if factor < 1000 else f"{factor / 1000:.0f}k"
