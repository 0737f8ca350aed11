"""Mistakes that an article says it makes on purpose, and whether the checks found them.

Samples and training sets err on purpose, and say so in their front matter:

    deliberate_mistake: the desk prints the total of the day before
    record:
      - figure: "9,020"
        mistake: "stale: the total of the day before"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ascribe.articles import front_matter
from ascribe.errors import ArticleError
from ascribe.findings.audit import Audit

if TYPE_CHECKING:
    from ascribe.ledger import Ledger, Scan

COLUMNS = ["doc_id", "title", "said", "number", "mistake", "figure_id", "found", "how"]


def admitted(ledger: Ledger | Scan, audit: Audit) -> pd.DataFrame:
    """The mistakes that articles admit: a row a figure named with a `mistake`, else a row an article.

    Columns: `doc_id, title, said` (the article's `deliberate_mistake`), `number` and `mistake` (of the figure, as the
    front matter has them; null for an article that names none), `figure_id` (null where no such figure was read),
    `found` (bool: a check found that figure at fault; for an article without named figures, any of its figures), `how`
    (which check, in words; null).
    """
    faults = audit.faults().groupby("figure_id")["how"].agg("; ".join)
    rows = []
    for document in ledger.documents.itertuples():
        said, errors = _admissions(document.text)
        if said is None:
            continue
        figures = ledger.figures[ledger.figures["doc_id"].eq(document.doc_id)].sort_values("start")
        shared = (document.doc_id, document.title, said)
        for number, nth, mistake in errors:
            same = figures.loc[figures["number"].eq(number), "figure_id"]
            figure_id = same.iloc[min(nth, len(same) - 1)] if len(same) else None
            how = faults.get(figure_id)
            rows.append((*shared, number, mistake, figure_id, how is not None, how))
        if not errors:
            how = "; ".join(faults[faults.index.isin(figures["figure_id"])].unique())
            rows.append((*shared, None, None, None, bool(how), how or None))
    return pd.DataFrame(rows, columns=COLUMNS)


def _admissions(text: object) -> tuple[str | None, list[tuple[str, int, str]]]:
    """What a text's front matter says that it does wrong, and the figures: their words, which one of these words, why.

    (None, []) where it admits nothing, or has no front matter that can be read.
    """
    try:
        meta, _ = front_matter.split(text, "the article") if isinstance(text, str) else ({}, 0)
    except ArticleError:
        return None, []
    said = meta.get("deliberate_mistake")
    if not isinstance(said, str) or not said.strip():
        return None, []
    record = meta.get("record")
    entries = [e for e in record if isinstance(e, dict)] if isinstance(record, list) else []
    numbers = [" ".join(str(e.get("figure", "")).split()) for e in entries]
    errors = [
        (number, numbers[:i].count(number), " ".join(str(e["mistake"]).split()))
        for i, (number, e) in enumerate(zip(numbers, entries, strict=True))
        if e.get("mistake")
    ]
    return " ".join(said.split()), errors
