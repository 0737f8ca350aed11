"""From extractions to the four DataFrames; the sources are resolved here, over all articles at once."""

from __future__ import annotations

import collections
import dataclasses
import os
from collections.abc import Iterable

import pandas as pd

from ascribe.articles.article import Article
from ascribe.extraction import Extraction
from ascribe.ledger import columns, storage


def build(extractions: Iterable[Extraction], parties: str | os.PathLike[str] | None = None) -> dict[str, pd.DataFrame]:
    """The tables of these extractions, sorted by document and by place in it, whatever the order they came in.

    `parties` is a CSV of the user's laid over the package's table of parties; LexiconError where it does not hold.
    """
    documents, claims, figures = [], [], []
    for found in extractions:
        documents.append(_document(found.article))
        claims += [_row(c) for c in found.claims]
        figures += [_row(f) for f in found.figures]
    return framed({"documents": documents, "claims": claims, "figures": figures}, parties)


def framed(
    rows: dict[str, list[dict[str, object]]], parties: str | os.PathLike[str] | None = None
) -> dict[str, pd.DataFrame]:
    """DataFrames from rows of documents, claims and figures, with the sources resolved and joined to them."""
    rows["documents"].sort(key=lambda r: r["doc_id"])
    rows["claims"].sort(key=lambda r: (r["doc_id"], r["content"], r["claim_id"]))
    rows["figures"].sort(key=lambda r: (r["doc_id"], r["start"], r["end"]))
    sources = resolved(rows, parties)
    tables = {"documents": rows["documents"], "sources": sources, "claims": rows["claims"], "figures": rows["figures"]}
    return {name: storage.framed(name, found, [c.name for c in columns.TABLES[name]]) for name, found in tables.items()}


def resolved(
    rows: dict[str, list[dict[str, object]]], parties: str | os.PathLike[str] | None = None
) -> list[dict[str, object]]:
    """The rows of the sources table; writes each claim's and figure's `source_id` on the way."""
    from ascribe.extraction.sources import load_parties, resolve

    claims, figures = rows["claims"], rows["figures"]
    said = mentions(rows)
    by_mention = resolve(said, {mention: sorted(words) for mention, words in said.items()}, load_parties(parties))
    counts: dict[str, collections.Counter] = {"n_claims": collections.Counter(), "n_figures": collections.Counter()}
    for count, found in zip(counts.values(), (claims, figures), strict=True):
        for row in found:
            source = by_mention[str(row["source_name"]), str(row["doc_id"])] if row["source_name"] else None
            row["source_id"] = source.source_id if source else None
            if source:
                count[source.source_id] += 1
    unique = {s.source_id: s for s in by_mention.values()}
    return [
        dataclasses.asdict(s) | {n: c[s.source_id] for n, c in counts.items()}
        for s in sorted(unique.values(), key=lambda s: (s.name, s.source_id))
    ]


def mentions(rows: dict[str, list[dict[str, object]]]) -> dict[tuple[str, str], set[str]]:
    """Each source that these rows credit, by its name and its article's doc_id, and the words by which it is named."""
    texts = {row["doc_id"]: str(row["text"]) for row in rows["documents"]}
    said: dict[tuple[str, str], set[str]] = collections.defaultdict(set)
    for row in (*rows["claims"], *rows["figures"]):
        if row["source_name"]:
            words = said[str(row["source_name"]), str(row["doc_id"])]
            if row["source_span"]:
                words.add(texts[row["doc_id"]][slice(*row["source_span"])])
    return said


def plain(found: Extraction) -> dict[str, list[dict[str, object]]]:
    """What was found in one article as plain rows of documents, claims and figures, its sources not yet resolved."""
    rows = {
        "documents": [_document(found.article)],
        "claims": sorted((_row(c) for c in found.claims), key=lambda r: (r["content"], r["claim_id"])),
        "figures": sorted((_row(f) for f in found.figures), key=lambda r: (r["start"], r["end"])),
    }
    names = {name: [c.name for c in columns.TABLES[name]] for name in rows}
    return {name: storage.plain_rows(name, storage.framed(name, found, names[name])) for name, found in rows.items()}


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
