"""Every estimate of a question against who gave it: a row an attribution.

An interval as stated, a point, an arrow at the open end of "at least" and "up to"; the marker says what is counted, its
colour whose interest the source has. Where rows would be too many for a page, a row holds all of a source's estimates.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from ascribe.charts import rows, style, words

MARKERS = {
    "killed": "o", "wounded": "^", "casualties": "s", "losses": "D", "captured": "v", "missing": "p", "displaced": ">",
    "affected": "h", "personnel": "P", "population": "8", "equipment": "X", "infrastructure": "d", "events": "*",
}  # fmt: skip
LABELS, NUMBERS = 2.45, 1.75
"""Inches for who said it, on the left, and for what was said, beyond the largest on the right."""
LINE, GAP, ONE_LINE, SECOND, HEADING, AXIS = 0.148, 0.09, 0.2, 0.13, 0.3, 0.26
ROOM_FOR_NAMES = LABELS - style.MARGIN - 0.12
ROOM = style.TALLEST - 2.0
FACTOR = 25
"""From this ratio of the largest to the smallest on, the scale is logarithmic."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the chart: who said it and by which way, the estimates drawn, and the words beside them.

    `brief` stands for `more` where that has no room, and `date` for `below` on a tight page.
    """

    name: str
    below: str
    drawn: pd.DataFrame
    words: str
    more: str = ""
    brief: str = ""
    date: str = ""

    def __str__(self) -> str:
        by = f"{self.name} ({self.below})" if self.below else self.name
        return f"{by}: {self.words} {f'({self.more})' if self.brief else self.more}".rstrip()

    @property
    def names(self) -> list[str]:
        """The name in one line or two."""
        return style.wrap(self.name, ROOM_FOR_NAMES, lines=2)

    @property
    def height(self) -> float:
        """Inches, where the row may take as many lines as it needs."""
        return GAP + LINE * max(len(self.names) + bool(self.below), 1 + bool(self.more))

    @property
    def shown_date(self) -> str:
        """The date that stands beside the name on a tight page; empty where it has no room."""
        return self.date if style.width(self.date, style.SMALL) < 1 else ""

    @property
    def tight_names(self) -> list[str]:
        """The name on a tight page: in small letters, on a second line rather than cut."""
        date = self.shown_date
        room = ROOM_FOR_NAMES - (style.width(date, style.SMALL) + 0.06 if date else 0)
        return style.wrap(self.name, room, style.SMALL + 0.4, lines=2)

    @property
    def tight_height(self) -> float:
        """Inches on a tight page."""
        return ONE_LINE + SECOND * (len(self.tight_names) - 1)


@style.house
def draw(found: pd.DataFrame, title: str = "", note: str = "") -> Figure:
    """The chart of estimates (a DataFrame that `rows.estimates` gave), with a note added to its source line.

    Raises ValueError where there is nothing to draw.
    """
    if found.empty:
        raise ValueError("no estimate to draw: no figure here is a plain count")
    groups, tight = layout(found)
    axis = AXIS + 0.18 * logarithmic(found)
    height = axis + len(groups) * HEADING + sum(_height(r, tight) for _, lines in groups for r in lines)
    page = style.Page(height, title or heading(found), subtitle(found), source(found, groups, note), key=keys(found))
    axes = scale(page.axes(LABELS, page.top, style.WIDTH - LABELS - NUMBERS, height - axis + 0.02), found)
    y = page.top
    for label, lines in groups:
        page.line((style.MARGIN, style.WIDTH - style.MARGIN), (y + 0.02, y + 0.02))
        page.text(
            style.MARGIN,
            y + 0.17,
            label,
            weight="bold",
            size=style.SMALL + 0.4,
            color=style.QUIET,
            bbox=style.PLATE,
        )
        y += HEADING
        for line in lines:
            height = _height(line, tight)
            page.spot(line.drawn["figure_id"], str(line), (style.MARGIN, style.WIDTH - style.MARGIN), (y, y + height))
            row(page, axes, line, y, tight)
            y += height
    return page.figure


def _height(line: Row, tight: bool) -> float:
    return line.tight_height if tight else line.height


def describe(found: pd.DataFrame) -> str:
    """The chart in words: each estimate with who gave it, or, where they are many, how far each source's reach."""
    if found.empty:
        return "No estimate to draw."
    said = []
    groups, _ = layout(found)
    for label, lines in groups:
        shown = "; ".join(str(line) for line in lines[:15])
        left = f"; and {len(lines) - 15} more rows" if len(lines) > 15 else ""
        said.append(f"{label}: {shown}{left}.")
    return style.alt(
        f"{heading(found)}, on a {'logarithmic' if logarithmic(found) else 'linear'} scale. " + " ".join(said)
    )


def heading(found: pd.DataFrame) -> str:
    """A title that says what is there: how many estimates, by how many sources, how many credited to nobody."""
    unknown, nobody = (int(found["speaker"].eq(who).sum()) for who in (rows.UNKNOWN, rows.NOBODY))
    named = found.loc[~found["speaker"].isin([rows.UNKNOWN, rows.NOBODY]), "speaker"].nunique()
    many = f"{rows.party(found)}{words.count(len(found), 'estimate')}"
    if not named and not unknown:
        return f"{many} credited to nobody"
    left = f", {nobody} credited to nobody" if nobody else ""
    left += f"; of {unknown} it is not known who says so" if unknown else ""
    return f"{many} by {words.count(named, 'source')}{left}" if named else f"{many}{left}"


def subtitle(found: pd.DataFrame) -> str:
    """How the chart is to be read."""
    return "As stated. An arrow marks an end left open: “at least” or “up to”." if found["open"].any() else ""


def keys(found: pd.DataFrame) -> list[style.Key]:
    """The key of the colours met, and of the record's tick."""
    met = [i for i in style.INTERESTS if i in set(found["interest"])]
    out = []
    if met != ["unknown"]:
        out.append(style.Key("Counted by"))
        out += [style.Key(style.INTEREST_WORDS[i], style.INK, **mark_style(i, "o", 6)) for i in met]
    if found["record_value"].notna().any():
        out.append(style.Key("what the source itself had published", **RECORD | {"markersize": 9}))
    return out


RECORD = {"marker": "|", "color": "#4a4a4a", "markersize": 15, "markeredgewidth": 1.2}


def source(found: pd.DataFrame, groups: list, note: str) -> str:
    """The line below: where the figures come from, how vague words are drawn, what is left out."""
    left = len(found) - sum(len(r.drawn) for _, lines in groups for r in lines)
    unshown = f"{words.count(left, 'estimate')} by sources that gave fewer are not drawn." if left else ""
    return " ".join(filter(None, [rows.source_line(found), rows.vague_used(found), unshown, note]))


def layout(found: pd.DataFrame) -> tuple[list[tuple[str, list[Row]]], bool]:
    """The rows by group, and whether they are tight: one line each; if they are still too many, one row a source."""
    single = group(found, by_attribution)
    room = ROOM - HEADING * len(single)
    if sum(r.height for _, lines in single for r in lines) <= room:
        return single, False
    if sum(r.tight_height for _, lines in single for r in lines) <= room:
        return single, True
    merged = group(found, by_source)
    while sum(r.tight_height for _, lines in merged for r in lines) > room:
        longest = max(merged, key=lambda g: len(g[1]))[1]
        longest.remove(min(longest, key=lambda r: len(r.drawn)))
    return merged, True


def group(found: pd.DataFrame, lines: Callable[..., Iterable[Row]]) -> list[tuple[str, list[Row]]]:
    """The rows of each category met, with its heading; it names the party where there is only one."""
    out = []
    for category in rows.in_order(found):
        part = found[found["category"] == category]
        whose = part["whose"].fillna("").unique()
        label = rows.HEADINGS[category] + (f" · {whose[0]}" if len(whose) == 1 and whose[0] else "")
        several, outlets = (found[c].nunique() > 1 for c in ("doc_id", "publisher"))
        out.append((label, list(lines(part, several, outlets, mixed=len(whose) > 1))))
    return out


def by_attribution(part: pd.DataFrame, several: bool, outlets: bool, mixed: bool) -> Iterator[Row]:
    """A row for each attribution; the same words of the same source in several articles are one.

    `several`: the figures are of several articles, so that each row says when it was; `outlets`: and of several
    publishers, so that it says which; `mixed`: of several parties.
    """
    same = ["speaker", "relays", "whose", "stated", "counted", "denied"]
    part = part.assign(
        relays=[", ".join(v) for v in part["via"]],
        denied=part["polarity"].eq("denied"),
        size=part["point"].fillna((part["left"] + part["right"]) / 2),
    )
    found = [g for _, g in part.fillna({"whose": "", "counted": ""}).groupby(same, sort=False)]
    found.sort(key=lambda g: (-g["size"].iloc[0], g["when"].iloc[0], g["speaker"].iloc[0]))
    for g in found:
        first = g.iloc[0]
        n = g["doc_id"].nunique()
        where = f"{n} articles" if n > 1 else first["publisher"] if outlets else ""
        date = words.days(g["published"].dropna()) if several else ""
        told = [f"via {first['relays']}" if first["relays"] else "", date]
        told.append(where if several and pd.notna(where) else "")
        noun = words.noun(first["counted"], first["whose"] if mixed else "")
        if len(g) > 1 and not several:
            noun = f"{noun} ({len(g)} times)".strip()
        denied = "denied: " if first["denied"] else ""
        yield Row(first["speaker"], " · ".join(filter(None, told)), g, denied + first["stated"], noun, date=date)


def by_source(part: pd.DataFrame, several: bool, outlets: bool, mixed: bool) -> Iterator[Row]:
    """A row for each source, with all of its estimates."""
    for name, g in sorted(part.groupby("speaker", sort=False), key=lambda g: (-g[1]["right"].max(), g[0])):
        if g["stated"].nunique() == 1:
            reach = g["stated"].iloc[0]
        else:
            reach = f"{words.number(g['left'].min())} to {words.number(g['right'].max())}"
        yield Row(name, "", g, reach, *((f"{len(g)} estimates", f"({len(g)})") if len(g) > 1 else ()))


def logarithmic(found: pd.DataFrame) -> bool:
    """Whether the scale is logarithmic: where the largest is many times the smallest."""
    ends = pd.concat([found["left"], found["right"], found["record_value"]]).dropna()
    positive = ends[ends > 0]
    return bool(len(positive)) and positive.max() / positive.min() >= FACTOR


def scale(axes: Axes, found: pd.DataFrame) -> Axes:
    """Sets the axes' scale, limits, grid and ticks."""
    ends = pd.concat([found["left"], found["right"], found["record_value"]]).dropna()
    largest = max(float(ends.max()), 1e-9)
    axes.spines["bottom"].set_visible(False)
    if logarithmic(found):
        smallest = float(ends[ends > 0].min())
        if (ends <= 0).any():
            axes.set_xscale("symlog", linthresh=smallest, linscale=0.4)
            axes.set_xlim(0, largest * 1.15)
        else:
            axes.set_xscale("log")
            axes.set_xlim(10 ** math.floor(math.log10(smallest) + 1e-9) * 0.93, largest * 1.15)
        said = "Log scale: each step is ten times the one before"
    else:
        axes.set_xlim(0, largest * 1.04)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        said = ""
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: short(v)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(said, fontsize=style.SMALL)
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.grid(axis="x")
    axes.patch.set_visible(False)
    axes.set_zorder(-1)
    return axes


def short(value: float) -> str:
    """A number on an axis: 100; 5,000; 3m."""
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{value / size:g}{word}"
    return f"{value:,.6g}"


def mark_style(interest: str, marker: str, size: float) -> dict[str, object]:
    """How a mark looks: filled with its interest's colour; hollow where the side is not known."""
    color = style.INTERESTS[interest]
    return {
        "marker": marker, "markersize": size, "color": color, "markeredgecolor": color, "linestyle": "",
        "markerfacecolor": "white" if interest == "unknown" else color, "markeredgewidth": 1.3,
    }  # fmt: skip


def row(page: style.Page, axes: Axes, line: Row, y: float, tight: bool) -> None:
    """Draws one row: who on the left, the marks, what was said beside them."""
    middle = y + _height(line, tight) / 2
    nobody = line.name in rows.UNNAMED.values()
    how = {"color": style.QUIET, "style": "italic"} if nobody else {}
    if tight:
        page.text(LABELS - 0.08, middle, line.shown_date, size=style.SMALL, color=style.QUIET, ha="right")
        names = line.tight_names
        for i, name in enumerate(names):
            at = middle + SECOND * (i - (len(names) - 1) / 2)
            page.text(style.MARGIN, at, name, size=style.SMALL + 0.4, **how)
    else:
        lines = [(n, how) for n in line.names]
        if line.below:
            below = style.fit(line.below, ROOM_FOR_NAMES, style.SMALL)
            lines.append((below, {"size": style.SMALL, "color": style.QUIET}))
        column(page, style.MARGIN, middle, lines)
    drawn = line.drawn.drop_duplicates(["left", "right", "open", "interest", "record_value"])
    x = max(mark(page, axes, each, middle, tight) for _, each in drawn.iterrows()) + 0.1
    if len(drawn) > 1:
        spots(page, axes, line, middle)
    room = style.WIDTH - style.MARGIN - x
    said = style.fit(line.words, room, bold=True)
    quiet = {"size": style.SMALL, "color": style.QUIET}
    if line.more and not tight:
        column(page, x, middle, [(said, {"weight": "bold"}), (style.fit(line.more, room, style.SMALL), quiet)])
        return
    column(page, x, middle, [(said, {"weight": "bold"})])
    x += style.width(said, bold=True) + 0.08
    beside(page, x, middle, style.WIDTH - style.MARGIN - x, line.more, line.brief)


def spots(page: style.Page, axes: Axes, line: Row, y: float) -> None:
    """Notes where each of a row's estimates stands, for those who point at one of several."""
    reach = 0.06
    for (left, right), group in line.drawn.groupby(["left", "right"], sort=False):
        ends = [float(axes.transData.transform((v, 0))[0]) / page.figure.dpi for v in (left, right)]
        says = f"{line.name}: {words.listed(list(dict.fromkeys(group['stated'])))}"
        page.spot(group["figure_id"], says, (ends[0] - reach, ends[1] + reach), (y - reach, y + reach))


def column(page: style.Page, x: float, middle: float, lines: list[tuple[str, dict[str, object]]]) -> None:
    """Sets lines of text one below the other, their middle at `middle`."""
    y = middle - LINE * (len(lines) - 1) / 2
    for text, how in lines:
        page.text(x, y, text, bbox=style.PLATE, **how)
        y += LINE


def beside(page: style.Page, x: float, y: float, room: float, *texts: str) -> None:
    """Sets the first of these texts that has room, small; none where none has."""
    for text in filter(None, map(style.clean, texts)):
        if style.width(text, style.SMALL) <= room:
            page.text(x, y + 0.005, text, size=style.SMALL, color=style.QUIET, bbox=style.PLATE)
            return


def mark(page: style.Page, axes: Axes, each: pd.Series, y: float, small: bool) -> float:
    """Draws one estimate, and gives where it ends on the right, in inches."""

    def inches(value: float) -> float:
        return float(axes.transData.transform((value, 0))[0]) / page.figure.dpi

    color = style.INTERESTS[each["interest"]]
    left, right = inches(each["left"]), inches(each["right"])
    if pd.notna(each["record_value"]):
        page.mark(inches(each["record_value"]), y, **RECORD | {"markersize": 11 if small else 16})
    end = right
    if each["open"]:
        far = right + 0.3 if each["open"] == "up" else max(right - 0.3, LABELS)
        page.line((right, far), (y, y), color=color, linewidth=1.6)
        page.mark(far, y, marker=5 if each["open"] == "up" else 4, markersize=5, color=color, markeredgewidth=0)
        end = max(far, right)
    if pd.isna(each["point"]):
        pale = 0.5 if each["bound"] == "vague" else 1
        page.line((left, right), (y, y), color=color, linewidth=5 if small else 6, alpha=pale)
        return end
    page.mark(right, y, **mark_style(each["interest"], MARKERS[each["category"]], 5.5 if small else 6.5))
    return end + 0.05
