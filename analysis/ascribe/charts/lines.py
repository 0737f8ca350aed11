"""The tolls of one event, a row a body: how its number went on, and the outlets that tell it.

Killed, wounded and missing stand side by side, each on its own scale; small marks are a body's earlier numbers, joined
to its latest, which is written out.
"""

from __future__ import annotations

import dataclasses

import pandas as pd
from matplotlib.figure import Figure

from ascribe.charts import estimates, rows, style, words

LABELS, HEAD, LINE, GAP = 2.5, 0.3, 0.145, 0.11
MOST_PANELS, MOST_ROWS = 3, 20
EDGE = 0.1
"""Inches kept free at the end of a panel."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One body's row: its name and who tells its numbers, on as many lines as they need, and its figures."""

    name: list[str]
    told: list[str]
    figures: pd.DataFrame
    quiet: bool

    @property
    def height(self) -> float:
        return GAP + LINE * max(len(self.name) + len(self.told), 2)


@style.house
def draw(found: pd.DataFrame, title: str = "", note: str = "") -> Figure:
    """The chart of an event's whole tolls in the order of time: as `rows.estimates` gives them, with `origin`,
    `outlet`, `older` and `told`.

    Raises ValueError where there is none.
    """
    panels = [c for c in rows.in_order(found) if c in rows.COUNTED][:MOST_PANELS]
    if not panels:
        raise ValueError("no toll to draw: no figure here counts people harmed")
    drawn = found[found["category"].isin(panels)]
    bodies = in_order(drawn)
    shown = bodies[:MOST_ROWS]
    left = f"{words.count(len(bodies) - len(shown), 'more source')} not drawn." if len(bodies) > len(shown) else ""
    say = "Each body’s newest number, as stated; small: its earlier ones." if _moved(drawn) else "As stated."
    say += " Each panel has its own scale." if len(panels) > 1 else ""
    foot = " ".join(filter(None, [rows.source_line(drawn), rows.vague_used(drawn), left, note]))
    page = style.Page(HEAD + sum(r.height for r in shown) + 0.04, title or heading(drawn), say, foot)
    across = (style.WIDTH - LABELS - style.MARGIN) / len(panels)
    y = page.top + HEAD
    for i, category in enumerate(panels):
        x = LABELS + across * i
        page.text(x, page.top + HEAD / 2, category, weight="bold", size=style.SMALL + 0.4, color=style.QUIET)
        page.line((x, x), (y, page.bottom), color=style.RULE, linewidth=0.8)
    for each in shown:
        _row(page, each, y)
        for i, category in enumerate(panels):
            part, panel = (f[f["category"].eq(category)] for f in (each.figures, drawn))
            _cell(page, part, panel, (LABELS + across * i, y + each.height / 2), across)
        y += each.height
    page.line((style.MARGIN, style.WIDTH - style.MARGIN), (y, y), linewidth=0.4)
    return page.figure


def describe(found: pd.DataFrame) -> str:
    """The chart in words: what each body says, in the order of time, and who tells it."""
    said = []
    for body, group in _bodies(found):
        numbers = [f"{c} {_steps(g)}" for c, g in group.groupby("category", sort=False)]
        said.append(f"{body}: {'; '.join(numbers)} (told by {words.listed(list(dict.fromkeys(group['outlet'])))})")
    return style.alt(f"{heading(found)}. {'. '.join(said)}.")


def heading(found: pd.DataFrame) -> str:
    """A title: from how few to how many killed (or wounded …), by how many sources."""
    category = rows.in_order(found)[0]
    part = found[found["category"].eq(category)]
    named = part[~part["origin"].isin(rows.UNNAMED)]
    exact = named[named["bound"].ne("vague")]
    latest = next(g for g in (exact, named, part) if len(g)).groupby("origin", sort=False).tail(1)
    low, high = latest.loc[latest["left"].idxmin()], latest.loc[latest["right"].idxmax()]
    by = words.count(latest["origin"].nunique(), "source") if len(named) else "nobody named"
    if low["stated"] == high["stated"]:
        return f"{high['stated'][:1].upper()}{high['stated'][1:]} {category}, by {by}"
    return f"From {low['stated']} to {high['stated']} {category}, by {by}"


def in_order(found: pd.DataFrame) -> list[Row]:
    """The bodies as rows, in the order of the figures: those told by most first, nobody last."""
    out = []
    room = LABELS - style.MARGIN - 0.15
    for body, group in _bodies(found):
        quiet = body in rows.UNNAMED
        name = f"{body[:1].upper()}{body[1:]}" if not quiet else rows.UNNAMED[body]
        days = words.days(group["told"]) if "told" in group else ""
        told = ", ".join(filter(None, [*dict.fromkeys(group["outlet"]), days]))
        out.append(Row(style.wrap(name, room, lines=3), style.wrap(told, room, style.SMALL, lines=4), group, quiet))
    return out


def _bodies(found: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The figures by who gives them: most outlets first, then by size; those without a name last."""
    groups = [(str(body), g) for body, g in found.groupby("origin", sort=True)]
    return sorted(
        groups,
        key=lambda b: (
            list(rows.UNNAMED)[::-1].index(b[0]) + 1 if b[0] in rows.UNNAMED else 0,
            -b[1]["outlet"].nunique(),
            -b[1]["right"].max(),
            b[0],
        ),
    )


def _moved(found: pd.DataFrame) -> bool:
    return bool(found.groupby(["origin", "category"])["stated"].nunique().gt(1).any())


def _steps(group: pd.DataFrame) -> str:
    """A body's numbers in the order of time: 14, then 20, then 31."""
    return ", then ".join(dict.fromkeys(group["stated"]))


def _row(page: style.Page, each: Row, y: float) -> None:
    """Sets a body's name and who tells its numbers."""
    page.line((style.MARGIN, style.WIDTH - style.MARGIN), (y, y), linewidth=0.4)
    how = {"color": style.QUIET, "style": "italic"} if each.quiet else {}
    at = y + GAP / 2 + LINE / 2
    for line in each.name:
        page.text(style.MARGIN, at, line, **how)
        at += LINE
    for line in each.told:
        page.text(style.MARGIN, at, line, size=style.SMALL, color=style.QUIET)
        at += LINE


def _cell(page: style.Page, part: pd.DataFrame, panel: pd.DataFrame, at: tuple[float, float], across: float) -> None:
    """Draws one body's numbers in one category: earlier ones small, joined to the latest, which is written out."""
    if part.empty:
        return
    (x, y), category = at, part["category"].iloc[0]
    label = style.SMALL + 0.4
    widest = max(style.width(v, label, bold=True) for v in panel["stated"].unique())
    room = max(across - widest - 0.4 - EDGE, 0.25)
    largest = max(float(panel["right"].max()), 1e-9)

    def place(value: float) -> float:
        return x + 0.08 + room * value / largest

    now = part[~part["older"].astype(bool)] if "older" in part and (~part["older"].astype(bool)).any() else part
    latest = now.iloc[-1]
    earlier = part[part["stated"].ne(latest["stated"])]
    lined = latest["origin"] not in rows.UNNAMED  # what several articles say is no line of one body
    ends = [place(v) for v in (*earlier["right"], latest["right"])]
    if len(earlier) and lined:
        page.line((min(ends), max(ends)), (y, y), color=style.PALE, linewidth=1.6, zorder=0)
    for _, one in earlier.iterrows():
        how = estimates.mark_style(one["interest"], estimates.MARKERS[category], 3.2)
        page.mark(place(one["right"]), y, **how)
    end = place(latest["right"])
    if pd.isna(latest["point"]):
        color = style.INTERESTS[latest["interest"]]
        page.line((place(latest["left"]), end), (y, y), color=color, linewidth=5, alpha=0.5)
    else:
        page.mark(end, y, **estimates.mark_style(latest["interest"], estimates.MARKERS[category], 6))
    end = max([*ends, end])
    if latest["open"]:
        far = end + 0.16
        color = style.INTERESTS[latest["interest"]]
        page.line((end, far), (y, y), color=color, linewidth=1.4)
        page.mark(far, y, marker=5 if latest["open"] == "up" else 4, markersize=4, color=color, markeredgewidth=0)
        end = far
    page.text(end + 0.09, y, latest["stated"], size=label, weight="bold", bbox=style.PLATE)
