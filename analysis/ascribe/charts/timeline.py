"""Estimates over time, with each claimant's own series behind them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, NullLocator

from ascribe.charts import estimates, rows, style, words

LABELS, LEFT, AXIS = 2.45, 0.72, 0.3
"""Inches for the labels on the right, the numbers on the left, and the dates below."""
PLOT = {0: 2.0, 4: 2.8, 8: 3.7}
"""Inches of height, from so many labels on."""
LINE, GAP = 0.13, 0.04
"""Inches that a line of a label takes, and that are left between two labels."""
MOST = 17
"""No more labels than so many are set: those of the sources with most estimates."""
CROWDED = 60
"""From so many estimates on, no lines join them."""
SERIES = ["publisher", "date", "value"]


@dataclasses.dataclass(frozen=True)
class Line:
    """What one label on the right belongs to: its words, mark, and the last point of the line that it names."""

    name: str
    figure: str
    kind: str
    color: str
    mark: dict[str, object]
    x: float
    y: float
    weight: int

    @property
    def names(self) -> list[str]:
        """The name, on a second line rather than cut."""
        return style.wrap(self.name, LABELS - 0.3 - style.MARGIN, style.SMALL, lines=2)


@style.house
def draw(found: pd.DataFrame, series: pd.DataFrame | None = None, title: str = "", note: str = "") -> Figure:
    """The dated estimates (as `rows.estimates` gives them) over time, one source's joined by a line.

    `series` holds what claimants published themselves: columns `publisher, date, value`, and `interest` where it is
    known; each publisher's is a line behind. Raises ValueError where no estimate is dated and no series is given.
    """
    dated = found[found["when"].notna()]
    series = published(series, dated)
    if dated.empty and series.empty:
        raise ValueError("nothing to draw over time: no estimate is dated and there is no series")
    lines = ends(dated, series)
    shown = sorted(lines, key=lambda e: (-e.weight, -e.y, e.name))[:MOST]
    step = GAP + LINE * max((1 + len(line.names) for line in shown), default=1)
    height = max(step * (len(shown) + 0.5), *(v for k, v in PLOT.items() if k <= len(shown)))
    undated, unnamed = len(found) - len(dated), len(lines) - len(shown)
    left = [f"{words.count(undated, 'estimate')} without a date not drawn."] if undated else []
    left += [f"{words.count(unnamed, 'source')} with fewer estimates drawn without a name."] if unnamed else []
    foot = " ".join(filter(None, [rows.source_line(dated) if len(dated) else "", rows.vague_used(dated), *left, note]))
    page = style.Page(height + AXIS + 0.14, title or heading(dated, series), subtitle(dated, series), foot, keys(dated))
    axes = page.axes(LEFT, page.top + 0.14, style.WIDTH - LEFT - LABELS, height)
    if scale(axes, dated, series):
        page.text(LEFT - 0.07, page.top + 0.06, "Log scale", size=style.SMALL, color=style.QUIET, ha="right")
    behind(axes, series)
    points(axes, dated)
    spots(page, axes, dated)
    names(page, axes, shown, step, page.top + 0.14, height)
    return page.figure


def describe(found: pd.DataFrame, series: pd.DataFrame | None = None) -> str:
    """The chart in words: what each source said first and last, and how far its own series went."""
    dated = found[found["when"].notna()]
    series = published(series, dated)
    said = []
    for name, g in sorted(dated.sort_values(["when", "left"]).groupby("speaker", sort=False), key=lambda g: -len(g[1]))[
        :15
    ]:
        first, last = g.iloc[0], g.iloc[-1]
        text = f"{name}: {first['stated']} {first['category']} on {words.day(first['when'])}"
        if len(g) > 1:
            text += f", {last['stated']} {last['category']} on {words.day(last['when'])} ({len(g)} estimates)"
        said.append(text)
    for _, g in series.groupby("line"):
        first, last = g.iloc[0], g.iloc[-1]
        said.append(
            f"own series of {first['publisher']}: {words.number(first['value'])} on {words.day(first['date'])}"
            f" to {words.number(last['value'])} on {words.day(last['date'])}"
        )
    return style.alt(f"{heading(dated, series)}. " + "; ".join(said) + ".")


def published(series: pd.DataFrame | None, dated: pd.DataFrame) -> pd.DataFrame:
    """The series in order, with `line` (which series a point is of), `interest` and parsed dates.

    Where the points tell their category, only those of the categories drawn are kept; none lies a month beyond the
    estimates.
    """
    if series is None or series.empty:
        return pd.DataFrame(columns=[*SERIES, "interest", "line"])
    kept = series.assign(date=pd.to_datetime(series["date"]), value=pd.to_numeric(series["value"]))
    kept = kept.dropna(subset=["date", "value"])
    if "interest" not in kept:
        kept["interest"] = "unknown"
    kept["line"] = kept["series_id"] if "series_id" in kept else kept["publisher"]
    if len(dated):
        if "category" in kept:
            kept = kept[kept["category"].isin(set(dated["category"]) - {"equipment"})]
        month = pd.Timedelta(days=31)
        kept = kept[kept["date"].between(dated["when"].min() - month, dated["when"].max() + month)]
    return kept.sort_values(["line", "date"], kind="stable").reset_index(drop=True)


def heading(dated: pd.DataFrame, series: pd.DataFrame) -> str:
    """A title that says what is there."""
    dates = words.days([*dated["when"], *series["date"]])
    return f"{rows.party(dated)}{words.count(len(dated), 'estimate')} over time, {dates}"


def subtitle(dated: pd.DataFrame, series: pd.DataFrame) -> str:
    """How the chart is to be read."""
    return " ".join(
        filter(
            None,
            [
                "Arrows mark ends left open." if dated["open"].any() else "",
                "Thin lines are what a source itself published." if len(series) else "",
            ],
        )
    )


def keys(dated: pd.DataFrame) -> list[style.Key]:
    """The key: colours by interest, and markers by category where there are several."""
    out = estimates.keys(dated.assign(record_value=None))
    met = rows.in_order(dated)
    if len(met) > 1:
        plain = {"color": style.QUIET, "markersize": 6, "markeredgewidth": 0}
        out += [style.Key(c, marker=estimates.MARKERS[c], **plain) for c in met]
    return out


def scale(axes: Axes, dated: pd.DataFrame, series: pd.DataFrame) -> bool:
    """Sets both scales; says whether the vertical one is logarithmic."""
    values = pd.concat([dated["left"], dated["right"], series["value"]]).astype(float)
    dates = pd.concat([dated["when"], series["date"]])
    positive = values[values > 0]
    logarithmic = bool(len(positive) == len(values)) and positive.max() / positive.min() >= estimates.FACTOR
    if logarithmic:
        axes.set_yscale("log")
        axes.set_ylim(positive.min() / 1.5, positive.max() * 1.5)
        if positive.max() / positive.min() < 1000:
            axes.yaxis.set_major_locator(FixedLocator(steps(positive.min() / 1.5, positive.max() * 1.5)))
    else:
        axes.set_ylim(0, max(values.max(), 1) * 1.1)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: estimates.short(v)))
    span = max((dates.max() - dates.min()).days, 6)
    room = dt.timedelta(days=max(1, math.ceil(span * 0.03)))
    axes.set_xlim(dates.min() - room, dates.max() + room)
    ticks(axes, dates.min() - room, dates.max() + room)
    axes.grid(axis="y")
    axes.tick_params(axis="y", pad=4)
    axes.tick_params(axis="x", pad=6)
    return logarithmic


def steps(low: float, high: float) -> list[float]:
    """Round numbers between two: 1, 2, 5 of each power of ten."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [m * 10.0**p for p in powers for m in (1, 2, 5) if low <= m * 10.0**p <= high]


def ticks(axes: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    """Dates below: days, months or years, whichever gives some five."""
    short = (last - first).days < 14
    locator = mdates.DayLocator(interval=max(1, round((last - first).days / 4))) if short else None
    axes.xaxis.set_major_locator(locator or mdates.AutoDateLocator(minticks=3, maxticks=6))
    months = (last - first).days > 75

    def said(value: float, _: object) -> str:
        date = mdates.num2date(value)
        month = words.MONTHS[date.month - 1]
        if (last - first).days > 365 * 5:
            return str(date.year)
        return f"{month} {date.year}" if months else f"{date.day} {month} {date.year}"

    axes.xaxis.set_major_formatter(FuncFormatter(said))
    axes.spines["bottom"].set_color(style.QUIET)


def behind(axes: Axes, series: pd.DataFrame) -> None:
    """Draws each publisher's own series, as a thin line; a lone point as a dash."""
    for _, g in series.groupby("line"):
        color = style.INTERESTS.get(g["interest"].iloc[0], style.INTERESTS["unknown"])
        axes.plot(
            g["date"], g["value"], color=color, linewidth=1, alpha=0.6, marker="_" if len(g) == 1 else "", zorder=2
        )


def points(axes: Axes, dated: pd.DataFrame) -> None:
    """Draws the estimates: a line through each source's, intervals, arrows at open ends, and the marks."""
    few = len(dated) <= CROWDED
    for (_, _), g in dated.groupby(["speaker", "category"]):
        g = g.sort_values(["when", "left"])
        color = style.INTERESTS[g["interest"].iloc[0]]
        if few and len(g) > 1 and g["source_name"].notna().all():
            axes.plot(
                g["when"], g["point"].fillna((g["left"] + g["right"]) / 2), color=color, linewidth=0.7, alpha=0.45
            )
    for each in dated.itertuples():
        color = style.INTERESTS[each.interest]
        if each.right > each.left:
            axes.plot([each.when, each.when], [each.left, each.right], color=color, linewidth=4, alpha=0.6, zorder=3)
            continue
        if each.open:
            away = 16 if each.open == "up" else -16
            head = {"arrowstyle": "<|-,head_width=0.18,head_length=0.3", "color": color, "linewidth": 1.1, "shrinkA": 0}
            at = each.when, each.right
            axes.annotate("", at, (0, away), textcoords="offset points", arrowprops=head, zorder=3)
        marker = estimates.mark_style(each.interest, estimates.MARKERS[each.category], 6 if few else 4)
        axes.plot([each.when], [each.right], zorder=4, **marker)


def spots(page: style.Page, axes: Axes, dated: pd.DataFrame) -> None:
    """Notes where each estimate stands, an interval over its whole length."""
    reach = 0.07
    for each in dated.itertuples():
        at = [axes.transData.transform((mdates.date2num(each.when), v)) for v in (each.left, each.right)]
        x, low, high = (float(v) / page.figure.dpi for v in (at[0][0], at[0][1], at[1][1]))
        says = f"{each.speaker}: {each.stated} {each.category}, {words.day(each.when)}"
        page.spot(
            [each.figure_id], says, (x - reach, x + reach), (page.height - high - reach, page.height - low + reach)
        )


def ends(dated: pd.DataFrame, series: pd.DataFrame) -> list[Line]:
    """The last point of each source's estimates and of each series, with what its label says."""
    out = []
    for (name, _), g in dated.groupby(["speaker", "category"]):
        last = g.sort_values(["when", "left"]).iloc[-1]
        middle = last["point"] if pd.notna(last["point"]) else (last["left"] + last["right"]) / 2
        color = style.INTERESTS[last["interest"]]
        kind = last["category"] if dated["category"].nunique() > 1 else ""
        mark = estimates.mark_style(last["interest"], estimates.MARKERS[last["category"]], 4.5)
        out.append(Line(name, last["stated"], kind, color, mark, mdates.date2num(last["when"]), float(middle), len(g)))
    for _, g in series.groupby("line"):
        last = g.iloc[-1]
        color = style.INTERESTS.get(last["interest"], style.INTERESTS["unknown"])
        at = mdates.date2num(last["date"]), float(last["value"])
        mark = {"marker": "_", "markersize": 8, "color": color, "markeredgewidth": 1.2}
        said = words.number(last["value"])
        out.append(Line(last["publisher"], said, "its own series", color, mark, *at, len(dated) + 1))
    return out


def names(page: style.Page, axes: Axes, lines: list[Line], step: float, top: float, height: float) -> None:
    """Sets the labels on the right, none upon another, each with a thin line to its point."""
    right = style.WIDTH - LABELS

    def place(line: Line) -> tuple[float, float]:
        x, y = axes.transData.transform((line.x, line.y)) / page.figure.dpi
        return float(x), page.height - float(y)

    placed = sorted(((*place(line), line) for line in lines), key=lambda p: (p[1], p[2].name))
    spread = apart([p[1] for p in placed], step, top + step / 2, top + height - step / 2)
    for (x, y, line), at in zip(placed, spread, strict=True):
        page.line((x + 0.06, right - 0.02), (y, y), color=line.color, linewidth=0.5, alpha=0.5, linestyle=(0, (1, 2)))
        page.line((right - 0.02, right + 0.12), (y, at), color=line.color, linewidth=0.7, alpha=0.8)
        label(page, line, right + 0.15, at)


def label(page: style.Page, line: Line, x: float, y: float) -> None:
    """Sets a label: its mark, the figure and its kind, the name below."""
    size, quiet = style.SMALL + 0.4, {"size": style.SMALL, "color": style.QUIET}
    y -= LINE * len(line.names) / 2
    page.mark(x + 0.04, y, **line.mark)
    x += 0.15
    page.text(x, y, line.figure, weight="bold", size=size)
    after = x + style.width(line.figure, size, bold=True) + 0.05
    page.text(after, y, style.fit(line.kind, style.WIDTH - style.MARGIN - after, style.SMALL), **quiet)
    for i, name in enumerate(line.names, 1):
        page.text(x, y + LINE * i, name, **quiet)


def apart(wanted: list[float], step: float, first: float, last: float) -> list[float]:
    """Positions near those wanted (sorted), at least `step` apart, between first and last where they all fit there.

    Those that would overlap are merged into blocks, each set around the mean of what its members want.
    """
    blocks: list[tuple[float, int]] = []  # where a block starts, times its members; how many they are
    for value in wanted:
        blocks.append((value, 1))
        while len(blocks) > 1:
            (s1, n1), (s2, n2) = blocks[-2], blocks[-1]
            if s1 / n1 + n1 * step <= s2 / n2:
                break
            blocks[-2:] = [(s1 + s2 - n2 * n1 * step, n1 + n2)]
    at = [total / n + i * step for total, n in blocks for i in range(n)]
    for i in range(len(at) - 1, -1, -1):  # from below: nothing under the last
        at[i] = min(at[i], last - (len(at) - 1 - i) * step)
    for i in range(len(at)):  # from above: nothing over the first
        at[i] = max(at[i], first + i * step)
    return at
