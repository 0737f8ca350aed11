"""From extractions to the four DataFrames; the sources are resolved here, over all articles at once."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.articles.article import Article
from analysis.extraction import Extraction
from analysis.ledger import columns, storage


def build(extractions: Iterable[Extraction]) -> dict[str, pd.DataFrame]:
    """The tables of these extractions, sorted by document and by place in it, whatever the order they came in.

    Raises LedgerError where two articles carry the same doc_id.
    """
    documents, claims, figures = [], [], []
    for found in extractions:
        documents.append(_document(found.article))
        claims += [_row(c) for c in found.claims]
        figures += [_row(f) for f in found.figures]
    documents.sort(key=lambda r: r["doc_id"])
    claims.sort(key=lambda r: (r["doc_id"], r["content"], r["claim_id"]))
    figures.sort(key=lambda r: (r["doc_id"], r["start"], r["end"]))
    return framed({"documents": documents, "claims": claims, "figures": figures})


def framed(rows: dict[str, list[dict[str, object]]]) -> dict[str, pd.DataFrame]:
    """DataFrames from rows of documents, claims and figures, with the sources resolved and joined to them."""
    sources = resolved(rows["claims"], rows["figures"])
    tables = {"documents": rows["documents"], "sources": sources, "claims": rows["claims"], "figures": rows["figures"]}
    return {name: storage.framed(name, found, [c.name for c in columns.TABLES[name]]) for name, found in tables.items()}


def resolved(claims: Sequence[dict[str, object]], figures: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The rows of the sources table; writes each claim's and figure's `source_id` on the way."""
    from analysis.extraction.sources import resolve

    mentions = {(str(r["source_name"]), str(r["doc_id"])) for r in [*claims, *figures] if r["source_name"]}
    by_mention = resolve(sorted(mentions))
    counts: dict[str, collections.Counter] = {"n_claims": collections.Counter(), "n_figures": collections.Counter()}
    for count, rows in zip(counts.values(), (claims, figures), strict=True):
        for row in rows:
            source = by_mention[str(row["source_name"]), str(row["doc_id"])] if row["source_name"] else None
            row["source_id"] = source.source_id if source else None
            if source:
                count[source.source_id] += 1
    unique = {s.source_id: s for s in by_mention.values()}
    return [
        dataclasses.asdict(s) | {n: c[s.source_id] for n, c in counts.items()}
        for s in sorted(unique.values(), key=lambda s: (s.name, s.source_id))
    ]


def _document(article: Article) -> dict[str, object]:
    known = {c.name: getattr(article, c.name, None) for c in columns.DOCUMENTS}
    return known | {
        "published": article.published.isoformat() if article.published else None,
        "n_chars": len(article.text),
    }


def _row(record: object) -> dict[str, object]:
    def plain(value: object) -> object:
        return [plain(v) for v in value] if isinstance(value, tuple) else value

    return {f.name: plain(getattr(record, f.name)) for f in dataclasses.fields(record)}
