"""Sentences for a report, computed from its tables: what was found, and who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.words import count, listed

if TYPE_CHECKING:
    from analysis.articles.article import Article
    from analysis.ledger import Ledger

HARMED = ("killed", "casualties", "losses", "wounded", "missing", "captured", "displaced", "affected")
"""People harmed, the gravest first."""

PREFIX = {"at_least": "at least ", "at_most": "up to ", "about": "about "}


def stated(figure: pd.Series) -> str:
    """A figure in its own number words, with its bound and what is counted: at least 90,000 soldiers."""
    counted = figure["counted"] if pd.notna(figure["counted"]) else ""
    number = figure["number"]
    if not counted and figure["unit"] and not any(c in number for c in "%$€£¥"):
        counted = f"{figure['unit']}{'s' if figure['unit'].islower() and figure['value'] != 1 else ''}"
    return f"{PREFIX.get(figure['bound'], '')}{number} {counted}".strip()


def behind(row: pd.Series) -> str:
    """Who stands behind a figure or a claim, with those who relay it: Lukashenko, via Pravda; nobody."""
    name = row["source_name"] if pd.notna(row["source_name"]) else "nobody"
    return f"{name}, via {listed(list(row['via']))}" if len(row["via"]) else name


def article_finding(ledger: Ledger) -> str:
    """One article's finding: the gravest figure and who stands behind it, then how many are credited, and to whom."""
    figures, claims = ledger.figures, ledger.claims
    n, m = len(figures), len(claims)
    named = claims["source_id"].dropna().nunique()
    by = f"credited to {count(named, 'source')}" if named else "credited to nobody by name"
    if not n:
        return (
            f"The article states no figure; it makes {count(m, 'claim')}, {by}."
            if m
            else "The article states no figure, and credits no claim to anybody."
        )
    credited = figures[figures["credit"] != "none"]
    speakers = credited["source_name"].dropna().nunique()
    if len(credited) == n:
        share = f"{'It' if n == 1 else 'All'} is" if n == 1 else f"All {n} are"
        share = f"{share} credited, to {count(speakers, 'source')}"
    elif len(credited):
        share = f"Of the {n} figures, {len(credited)} {are(len(credited))} credited to {count(speakers, 'source')}"
        share += f" and {n - len(credited)} to nobody"
    else:
        share = "It is credited to nobody" if n == 1 else f"All {n} figures are credited to nobody"
    return f"{gravest_sentence(figures)} {share}."


def gravest_sentence(figures: pd.DataFrame) -> str:
    """A sentence on the gravest figure: the largest of the first category of people harmed."""
    top = gravest(figures)
    if top is None:
        return f"The article states {count(len(figures), 'figure')}, none of people harmed."
    whose = f", {top['whose']}" if pd.notna(top["whose"]) and str(top["whose"]) not in str(top["counted"]) else ""
    what = f"{capitalised(stated(top))} ({top['category']}{whose})"
    if pd.isna(top["source_name"]):
        return f"{what}: the article credits this to nobody."
    others = figures[(figures["category"] == top["category"]) & (figures["number"] == top["number"])]
    alone = " alone" if others["source_name"].dropna().nunique() == 1 and not len(top["via"]) else ""
    return f"{what}: this rests on {behind(top)}{alone}."


def gravest(figures: pd.DataFrame) -> pd.Series | None:
    """The figure that a reader asks about first; None where no people harmed are counted."""
    size = figures[["value", "high", "low"]].bfill(axis=1).iloc[:, 0]
    for category in HARMED:
        found = size[(figures["category"] == category) & figures["unit"].fillna("").eq("") & (size > 0)]
        if len(found):
            return figures.loc[found.idxmax()]
    return None


def about(article: Article) -> str:
    """Which article this is: its title, publisher, date and length."""
    title = f"“{article.title}”" if article.title else f"Article {article.doc_id}"
    publisher = f", {article.publisher}" if article.publisher else ""
    date = f", published {article.published.isoformat()}" if article.published else ", date of publication not known"
    words = len(article.text[slice(*article.body)].split())
    return f"{title}{publisher}{date}; {words:,} words."


def second_hand(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that reach the article through somebody else's mouth."""
    return claims[claims["via"].map(len) > 0]


def are(n: int) -> str:
    return "is" if n == 1 else "are"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
