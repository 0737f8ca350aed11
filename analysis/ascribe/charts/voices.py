"""Who is quoted, and on what: a row a source, its claims as a bar, its figures by what they count."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from ascribe.charts import style, words
from ascribe.extraction.records import CATEGORIES

LABELS, BARS, LINE, GAP = 2.5, 1.35, 0.14, 0.06
ROOM = LABELS - style.MARGIN - 0.15
MOST, MOST_TOPICS = 22, 9
NOBODY = "Nobody named"
INK_CLAIMS, INK_FIGURES = "#39546e", "#b8cbdd"


@style.house
def draw(claims: pd.DataFrame, figures: pd.DataFrame, sources: pd.DataFrame, title: str = "", note: str = "") -> Figure:
    """The chart of a ledger's claims and figures, by its sources.

    Raises ValueError where there is neither a claim nor a figure.
    """
    table = counts(claims, figures, sources)
    if table.empty:
        raise ValueError("nothing to draw: there is neither a claim nor a figure")
    shown, topics = table.head(MOST), list(table.columns[3:])
    if NOBODY in table["name"].values and NOBODY not in shown["name"].values:
        shown = pd.concat([shown.head(MOST - 1), table[table["name"] == NOBODY]])
    left = len(table) - len(shown)
    foot = f"Source: {words.count(len(claims), 'claim')} and {words.count(len(figures), 'figure')}"
    foot += f" of {words.count(pd.concat([claims['doc_id'], figures['doc_id']]).nunique(), 'article')}."
    if left:
        foot += f" {words.count(left, 'source')} quoted less often not drawn."
    across = (style.WIDTH - LABELS - BARS - style.MARGIN) / max(len(topics), 4)
    slanted = max((style.width(t, style.SMALL) for t in topics), default=0) > across - 0.06
    top = 0.66 if slanted else 0.2
    heights = [tall(row) for _, row in shown.iterrows()]
    say = "Bars: claims. Discs: figures, by what they count; their area is their number."
    page = style.Page(
        top + sum(heights) + 0.02,
        title or heading(table),
        say,
        " ".join(filter(None, [foot, style.boxes(shown["name"]), note])),
    )
    heads(page, topics, page.top + top, across, slanted)
    largest = {"claims": max(int(table["claims"].max()), 1), "figures": max([*table[topics].max(), 1])}
    y = page.top + top
    for _, row in shown.iterrows():
        line(page, row, topics, y, across, largest)
        y += tall(row)
    return page.figure


def describe(claims: pd.DataFrame, figures: pd.DataFrame, sources: pd.DataFrame) -> str:
    """The chart in words: the claims and figures of each source."""
    table = counts(claims, figures, sources)
    said = []
    for _, row in table.head(15).iterrows():
        on = words.listed([f"{n} {topic}" for topic, n in row.iloc[3:].items() if n])
        said.append(f"{row['name']}: {words.count(row['claims'], 'claim')}" + (f", figures: {on}" if on else ""))
    left = f"; and {len(table) - 15} more" if len(table) > 15 else ""
    return style.alt(f"{heading(table)}. {'; '.join(said)}{left}.")


def counts(claims: pd.DataFrame, figures: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """How many claims, and figures of each category, each source has: `name, about, claims`, and a column a category.

    The most quoted first; what nobody is named for is one row, the last. Categories beyond the most frequent are one.
    """
    by = sources.set_index("source_id")
    named = figures.assign(source_id=figures["source_id"].fillna(""))
    topics = pd.crosstab(named["source_id"], named["category"])
    frequent = topics.sum().sort_values(ascending=False, kind="stable")
    kept = [c for c in CATEGORIES if c in frequent.index[:MOST_TOPICS] and c != "other"]
    rest = topics.drop(columns=kept).sum(axis=1)
    topics = topics[kept].assign(**({"other": rest} if rest.sum() else {}))
    said = claims["source_id"].fillna("").value_counts().rename("claims")
    table = pd.concat([said, topics], axis=1).fillna(0).astype(int)
    table.insert(0, "name", [by.at[i, "name"] if i else NOBODY for i in table.index])
    table.insert(1, "about", [about(by.loc[i]) if i else "" for i in table.index])
    order = table.assign(nobody=table["name"].eq(NOBODY), figures=table.iloc[:, 3:].sum(axis=1))
    order = order.sort_values(["nobody", "claims", "figures", "name"], ascending=[True, False, False, True])
    return table.loc[order.index].reset_index(drop=True)


def about(source: pd.Series) -> str:
    """What sort of source, and for which side."""
    kind = str(source["kind"]).replace("_", " ") if pd.notna(source["kind"]) else ""
    party = source["party"] if pd.notna(source["party"]) else ""
    return ", ".join(filter(None, [kind, party]))


def heading(table: pd.DataFrame) -> str:
    """A title that says how many are quoted, and who most."""
    named = table[table["name"] != NOBODY]
    if named.empty:
        return "Nobody is named"
    first = named.iloc[0]
    if len(named) == 1 or first["claims"] == named.iloc[1]["claims"] or not first["claims"]:
        return f"{words.count(len(named), 'source')} quoted"
    return f"{words.count(len(named), 'source')} quoted, {first['name']} most often"


def tall(row: pd.Series) -> float:
    """The height of a source's row."""
    return GAP + LINE * (len(names(row)) + bool(row["about"]))


def names(row: pd.Series) -> list[str]:
    """A source's name in one line or two."""
    return style.wrap(row["name"], ROOM, lines=2)


def heads(page: style.Page, topics: list[str], y: float, across: float, slanted: bool) -> None:
    """Sets the heads of the columns, slanted where they are too long."""
    quiet = {"size": style.SMALL, "color": style.QUIET}
    page.text(LABELS, y - 0.06, "claims", va="baseline", **quiet)
    for i, topic in enumerate(topics):
        x = LABELS + BARS + across * (i + 0.5)
        if slanted:
            page.text(x - 0.05, y - 0.06, topic, rotation=40, va="bottom", rotation_mode="anchor", **quiet)
        else:
            page.text(x, y - 0.06, topic, va="baseline", ha="center", **quiet)
    page.line((style.MARGIN, style.WIDTH - style.MARGIN), (y, y))


def line(page: style.Page, row: pd.Series, topics: list[str], y: float, across: float, largest: dict[str, int]) -> None:
    """Draws one source's row, from `y` down."""
    height = tall(row)
    how = {"style": "italic", "color": style.QUIET} if row["name"] == NOBODY else {}
    at = y + GAP / 2 + LINE / 2
    for name in names(row):
        page.text(style.MARGIN, at, name, **how)
        at += LINE
    if row["about"]:
        page.text(style.MARGIN, at, style.fit(row["about"], ROOM, 6.6), size=6.6, color=style.QUIET)
    middle = y + height / 2
    if row["claims"]:
        length = (BARS - 0.5) * row["claims"] / largest["claims"]
        page.line((LABELS, LABELS + max(length, 0.01)), (middle, middle), color=INK_CLAIMS, linewidth=8)
        page.text(LABELS + length + 0.06, middle + 0.003, f"{row['claims']:,}", size=style.SMALL)
    for i, topic in enumerate(topics):
        if n := int(row[topic]):
            x = LABELS + BARS + across * (i + 0.5)
            size = max(8.0, 19 * math.sqrt(n / largest["figures"]))
            page.mark(x, middle, marker="o", markersize=size, color=INK_FIGURES, markeredgewidth=0)
            page.text(x, middle + 0.003, f"{n:,}", size=style.SMALL, ha="center")
    page.line((style.MARGIN, style.WIDTH - style.MARGIN), (y + height, y + height), linewidth=0.4)
