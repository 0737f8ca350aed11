"""The words around a figure, as what a page shows when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.articles.front_matter import beginning
from ascribe.charts.words import day
from ascribe.publishing.present import story

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

AROUND = 320
"""Characters of the article on either side of a figure's words."""


def cards(ledger: Ledger, figure_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """What is to be shown of each figure, by its id: all texts, none of them markup.

    `stated`, `who` (stands behind it, and through whom), `before`, `number`, `after` (the article's own words), `about`
    (title, publisher, day), `url` (empty where none is known).
    """
    wanted = list(dict.fromkeys(figure_ids))
    figures = ledger.figures.set_index("figure_id", drop=False)
    documents = ledger.documents.set_index("doc_id")
    known = [i for i in wanted if i in figures.index]
    begins = {doc_id: beginning(documents["text"][doc_id]) for doc_id in set(figures["doc_id"][known])}
    return {i: _card(figures.loc[i], documents, begins) for i in known}


def _card(figure: pd.Series, documents: pd.DataFrame, begins: dict[str, int]) -> dict[str, str]:
    document = documents.loc[figure["doc_id"]]
    text, start, end = document["text"], int(figure["start"]), int(figure["end"])
    left, right = max(begins[figure["doc_id"]], start - AROUND), min(len(text), end + AROUND)
    before, after = text[left:start], text[end:right]
    if left > begins[figure["doc_id"]] and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if right < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    title = document["title"] if pd.notna(document["title"]) else figure["doc_id"]
    publisher = document["publisher"] if pd.notna(document["publisher"]) else ""
    return {
        "stated": story.stated(figure),
        "who": story.behind(figure),
        "before": before.lstrip(),
        "number": text[start:end],
        "after": after.rstrip(),
        "about": " · ".join(filter(None, [str(title), str(publisher), day(document["published"])])),
        "url": str(document["url"]) if pd.notna(document["url"]) else "",
    }
