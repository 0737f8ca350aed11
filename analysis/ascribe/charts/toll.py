"""The toll of one event, article by article: a row an article, a panel for the killed, the wounded, the missing …"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas as pd
from matplotlib.figure import Figure

from ascribe.charts import estimates, rows, style, words

PANELS = ("killed", "wounded", "casualties", "missing", "displaced", "captured", "affected", "losses")
MOST_PANELS, MOST_ROWS = 4, 34
LABELS, HEAD, LINE, GAP, ONE_LINE = 2.35, 0.3, 0.145, 0.09, 0.2
TINY = 6.0
"""Points: an article's other numbers, above their marks."""


@dataclasses.dataclass(frozen=True)
class Report:
    """One article's row: its date, who published it, whom it credits, and its figures."""

    when: str
    publisher: str
    speakers: str
    figures: pd.DataFrame

    @property
    def height(self) -> float:
        return GAP + LINE * (2 + bool(self.speakers))


@style.house
def draw(found: pd.DataFrame, title: str = "", note: str = "") -> Figure:
    """The tolls (as `rows.estimates` gives them) of articles on one event, in the order of their dates.

    Raises ValueError where no article counts anybody harmed.
    """
    panels = categories(found)
    if not panels:
        raise ValueError("no toll to draw: no figure here counts people harmed")
    reports = in_order(found[found["category"].isin(panels)])
    tight = sum(r.height for r in reports) > style.TALLEST - 1.8
    shown = thinned(reports) if tight else reports
    panels = [c for c in panels if any((r.figures["category"] == c).any() for r in shown)]
    heights = [ONE_LINE if tight else r.height for r in shown]
    left = (
        f"{words.count(len(reports) - len(shown), 'article')} between not drawn." if len(shown) < len(reports) else ""
    )
    drawn = pd.concat([r.figures for r in shown])
    foot = " ".join(filter(None, [rows.source_line(found), rows.vague_used(drawn), left, note]))
    say = ["As stated, the earliest article first."] if len(shown) > 1 else []
    say += ["Each panel has its own scale."] if len(panels) > 1 else []
    if not tight and any((r.figures["category"].value_counts() > 1).any() for r in shown):
        say.append("Small: an article’s other numbers.")
    page = style.Page(HEAD + sum(heights), title or heading(found), " ".join(say), foot, estimates.keys(found))
    across = (style.WIDTH - LABELS - style.MARGIN) / len(panels)
    tops = [page.top + HEAD + sum(heights[:i]) for i in range(len(shown))]
    for report, y, height in zip(shown, tops, heights, strict=True):
        row(page, report, y, height, tight)
    page.line((style.MARGIN, style.WIDTH - style.MARGIN), (page.bottom, page.bottom), linewidth=0.4)
    placed = [(report, y + height / 2) for report, y, height in zip(shown, tops, heights, strict=True)]
    for i, category in enumerate(panels):
        panel(page, category, placed, LABELS + across * i, across, tight)
    return page.figure


def describe(found: pd.DataFrame) -> str:
    """The chart in words: each article's figures, in order."""
    panels = categories(found)
    if not panels:
        return "No toll to draw."
    said = []
    for report in in_order(found[found["category"].isin(panels)]):
        tolls = [f"{r.stated} {r.category}" for r in report.figures.itertuples()]
        by = f" ({report.speakers})" if report.speakers else ""
        said.append(f"{', '.join(filter(None, [report.when, report.publisher]))}: {words.listed(tolls)}{by}")
    left = f"; and {len(said) - 20} more articles" if len(said) > 20 else ""
    return style.alt(f"{heading(found)}. {'; '.join(said[:20])}{left}.")


def categories(found: pd.DataFrame) -> list[str]:
    """The panels: the categories of people harmed that most articles count, in the order of PANELS."""
    harmed = found[found["category"].isin(PANELS)].groupby("category")["doc_id"].nunique()
    kept = sorted(harmed.index, key=lambda c: (-harmed[c], PANELS.index(c)))[:MOST_PANELS]
    return [c for c in PANELS if c in kept]


def heading(found: pd.DataFrame) -> str:
    """A title: how the toll first named went from the first article to the last."""
    for category in categories(found):
        part = found[found["category"] == category].sort_values(["when", "doc_id", "start"])
        articles = [g for _, g in part.groupby("doc_id", sort=False)]
        first, last = _tolls(articles[0], articles[-1])
        if len(articles) > 1 and first != last:
            return f"From {first} {category} to {last}, in {words.count(len(articles), 'article')}"
    n = found["doc_id"].nunique()
    return f"The toll in {words.count(n, 'article')}"


def _tolls(first: pd.DataFrame, last: pd.DataFrame) -> tuple[str, str]:
    """The largest toll of the first article and of the last, by a source that both have, where there is one."""
    both = set(first["speaker"]) & set(last["speaker"]) - {rows.NOBODY}
    kept = [g[g["speaker"].isin(both)] if both else g for g in (first, last)]
    return tuple(g.loc[g["right"].idxmax(), "stated"] for g in kept)


def in_order(found: pd.DataFrame) -> list[Report]:
    """The articles as rows, by date; those without a date last."""
    found = found.sort_values(["when", "doc_id", "start"], na_position="last")
    out = []
    for doc_id, g in found.groupby("doc_id", sort=False):
        first = g.iloc[0]
        names = list(g["source_name"].dropna().unique())
        nobody = ["nobody"] if g["source_name"].isna().any() else []
        publisher = first["publisher"] if pd.notna(first["publisher"]) else str(doc_id)
        date = first["published"] if pd.notna(first["published"]) else first["when"]
        out.append(Report(words.day(date) or "undated", publisher, f"by {words.listed([*names, *nobody], 3)}", g))
    return out


def thinned(reports: list[Report]) -> list[Report]:
    """The reports that fit on a page: the first, the last, and some evenly between."""
    if len(reports) <= MOST_ROWS:
        return reports
    return [reports[round(i * (len(reports) - 1) / (MOST_ROWS - 1))] for i in range(MOST_ROWS)]


def row(page: style.Page, report: Report, y: float, height: float, tight: bool) -> None:
    """Sets an article's date, publisher and sources on the left."""
    page.line((style.MARGIN, style.WIDTH - style.MARGIN), (y, y), linewidth=0.4)
    room = LABELS - style.MARGIN - 0.2
    quiet = {"size": style.SMALL, "color": style.QUIET}
    if tight:
        page.text(style.MARGIN, y + height / 2, report.when, size=style.SMALL + 0.4)
        x = style.MARGIN + style.width(report.when, style.SMALL + 0.4) + 0.08
        page.text(x, y + height / 2, style.fit(report.publisher, LABELS - 0.1 - x, style.SMALL), **quiet)
        return
    at = y + GAP / 2 + LINE / 2
    page.text(style.MARGIN, at, report.when, weight="bold", size=style.SMALL + 0.4)
    page.text(style.MARGIN, at + LINE, style.fit(report.publisher, room, style.SMALL + 0.4), size=style.SMALL + 0.4)
    page.text(style.MARGIN, at + 2 * LINE, style.fit(report.speakers, room, style.SMALL), **quiet)


def panel(
    page: style.Page, category: str, reports: list[tuple[Report, float]], x: float, across: float, tight: bool
) -> None:
    """Draws one category's panel: a mark for each figure, the largest of each article joined and labelled.

    `reports` come with the height that each is drawn at.
    """
    page.text(x, page.top + HEAD / 2, category, weight="bold", size=style.SMALL + 0.4, color=style.QUIET)
    every = pd.concat([report.figures for report, _ in reports])
    every = every[every["category"] == category]
    largest = max(every["right"].max(), 1e-9)
    label = style.SMALL + 0.4
    labels = max(style.width(v, label, bold=True) for v in every["stated"].unique())
    room = max(across - labels - (0.45 if every["open"].eq("up").any() else 0.25), 0.2)

    def place(value: float) -> float:
        return x + 0.06 + room * value / largest

    page.line((x, x), (page.top + HEAD, page.bottom), color=style.RULE, linewidth=0.8)
    last: tuple[float, float] | None = None
    for report, y in reports:
        part = report.figures[report.figures["category"] == category]
        if part.empty:
            continue
        top = part.loc[part["right"].idxmax()]
        if last:
            page.line((last[0], place(top["right"])), (last[1], y), color=style.PALE, linewidth=1.1, zorder=0)
        last = place(top["right"]), y
        others = part[(part.index != top.name) & part["stated"].ne(top["stated"])]
        others = others.sort_values("right", ascending=False)
        ends = [*(mark(page, each, place, y, small=True) for _, each in others.iterrows()), mark(page, top, place, y)]
        if not tight:
            beside(page, others, place, y - 0.105, x)
        stated = style.fit(top["stated"], x + across - max(ends) - 0.06, label, bold=True)
        page.text(max(ends) + 0.06, y, stated, size=label, weight="bold", bbox=style.PLATE)


def beside(page: style.Page, others: pd.DataFrame, place: Callable[[float], float], y: float, left: float) -> None:
    """Sets the article's other numbers small above their marks, the largest first, as far as they have room."""
    taken: list[tuple[float, float]] = []
    for each in others.drop_duplicates(["stated", "right"]).itertuples():
        half = style.width(each.stated, TINY) / 2
        middle = max(place(each.right), left + half)
        if all(middle + half < a - 0.03 or middle - half > b + 0.03 for a, b in taken):
            page.text(middle, y, each.stated, size=TINY, color=style.QUIET, ha="center")
            taken.append((middle - half, middle + half))


def mark(page: style.Page, each: pd.Series, place: Callable[[float], float], y: float, small: bool = False) -> float:
    """Draws one figure, smaller where it is not the toll itself; gives where it ends on the right."""
    color = style.INTERESTS[each["interest"]]
    left, right = place(each["left"]), place(each["right"])
    if pd.isna(each["point"]):
        page.line((left, right), (y, y), color=color, linewidth=3 if small else 5, alpha=0.5)
        return right
    end = right
    if each["open"]:
        far = right + 0.17 if each["open"] == "up" else max(right - 0.17, place(0) - 0.02)
        page.line((right, far), (y, y), color=color, linewidth=1.4)
        page.mark(far, y, marker=5 if each["open"] == "up" else 4, markersize=4, color=color, markeredgewidth=0)
        end = max(far, right)
    page.mark(
        right, y, **estimates.mark_style(each["interest"], estimates.MARKERS[each["category"]], 3.5 if small else 6)
    )
    return end + 0.05
