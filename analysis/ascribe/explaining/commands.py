"""What the command `explain` does: from a file, a ledger or a sentence, and a figure, to why the figure reads so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe import saying
from ascribe.articles.article import Article
from ascribe.articles.front_matter import beginning
from ascribe.errors import AscribeError

if TYPE_CHECKING:
    import pandas as pd

    from ascribe.ledger import Ledger

TABLES = ("documents.parquet", "documents.jsonl", "documents.csv", ".ascribe")
"""What a folder holds that is a ledger."""
LISTED = 50
"""Figures that are listed at most."""


def explain(where: str, figure: str | None, number: int = 1, published: dt.date | None = None) -> None:
    """Say why a figure reads as it does; without one, list the figures with their ids."""
    from ascribe.explaining.figure import explain as explained

    ledger = _ledger(where, published)
    if figure is None:
        _list(ledger.figures, where)
        return
    for line in str(explained(_article(ledger, figure), figure, number=number)).splitlines():
        saying.give(line)


def _ledger(where: str, published: dt.date | None) -> Ledger:
    from ascribe.articles import read
    from ascribe.ledger import Ledger

    path = Path(where)
    if any((path / name).exists() for name in TABLES):
        return Ledger.load(path)
    if " " in where.strip() and not path.exists():
        return Ledger.from_articles([Article.from_text(where, published=published)])
    return Ledger.from_articles(read([where], published=published, on_note=lambda note: None))


def _article(ledger: Ledger, figure: str) -> Article:
    """The article in which a figure stands, made anew from the ledger. Raises AscribeError where it is in none or it
    is not told in which."""
    table = ledger.figures
    fits = table[(table["figure_id"] == figure) | (table["number"] == figure) | (table["stated_as"] == figure)]
    if fits.empty and figure.startswith("figure_"):
        fits = table[table["figure_id"].str.startswith(figure)]
    documents = ledger.documents
    if not fits.empty:
        documents = documents[documents["doc_id"].isin(fits["doc_id"])]
    if len(documents) != 1:
        several = "; ".join(f"{row.figure_id} in {row.doc_id}" for row in fits.head(5).itertuples())
        trouble = f"stands in several articles; name one by its id: {several}" if several else "is no figure of these"
        raise AscribeError(f"{figure!r} {trouble}")
    row = documents.iloc[0]
    day = dt.date.fromisoformat(row["published"]) if isinstance(row["published"], str) else None
    text = row["text"]
    return Article(row["doc_id"], text, (beginning(text), len(text)), published=day, path=row["path"])


def _list(table: pd.DataFrame, where: str) -> None:
    """The figures with their ids, to choose from."""
    for row in table.head(LISTED).itertuples():
        source = row.source_name or {"none": "nobody"}.get(row.credit, "not known")
        saying.give(f"{row.figure_id}  {row.doc_id}  {row.stated_as}  {row.category}  {source}")
    if len(table) > LISTED:
        saying.give(f"and {len(table) - LISTED:,} more")
    if table.empty:
        raise AscribeError(f"{where}: there is no figure in it")
