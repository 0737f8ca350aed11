"""The ledger: four DataFrames that belong together, and the few things people do with them."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.articles.article import Article
from ascribe.articles.front_matter import beginning
from ascribe.errors import ArticleError, LedgerError
from ascribe.extraction import Extraction, extract_all
from ascribe.ledger import columns, corrections, memory, schemas, storage, tables
from ascribe.ledger.scan import Scan, parted

if TYPE_CHECKING:
    from spacy.language import Language


@dataclasses.dataclass(frozen=True, eq=False)
class Ledger:
    """Documents, sources, claims and figures of a set of articles, as DataFrames (columns: `ascribe.ledger.columns`).

    Make one from articles (`Ledger.from_articles(read("articles/"))`), or load one (`Ledger.load("ledger/")`).
    """

    documents: pd.DataFrame
    sources: pd.DataFrame
    claims: pd.DataFrame
    figures: pd.DataFrame
    decisions: pd.DataFrame | None = None
    """Each decision of a person that was applied, with its `fate`; these three only once `corrected`."""
    rejected: pd.DataFrame | None = None
    """The figures and claims that a person rejected."""
    changed: pd.DataFrame | None = None
    """Every cell that corrections changed: what it was and what it is."""

    @classmethod
    def from_extractions(
        cls, extractions: Iterable[Extraction], parties: str | os.PathLike[str] | None = None
    ) -> Ledger:
        """The ledger of these extractions.

        `parties` is a CSV of one's own (name, kind, party, aliases) laid over the package's table of who is who. Raises
        LedgerError where two articles carry one doc_id, LexiconError where `parties` does not hold what it must.
        """
        return cls(**tables.build(extractions, parties)).validated()

    @classmethod
    def from_articles(
        cls,
        articles: Iterable[Article],
        parties: str | os.PathLike[str] | None = None,
        *,
        nlp: Language | None = None,
        on_error: Callable[[ArticleError], None] | None = None,
    ) -> Ledger:
        """The ledger of these articles; `parties` as above, `nlp` and `on_error` as `extract_all` takes them."""

        def make(listed: Iterable[Article], on_error: Callable[[ArticleError], None] | None) -> Ledger:
            return cls.from_extractions(extract_all(listed, nlp=nlp, on_error=on_error), parties)

        if memory.is_on() and parties is None and nlp is None:
            return memory.ledger(articles, on_error, make)
        return make(articles, on_error)

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Ledger:
        """The ledger in a folder, in any of the formats, or a part of one: `ledger?since=2031-05-01` (see `scan`).

        Raises LedgerError where it is missing or does not fit.
        """
        if parted(folder)[1]:
            return cls.scan(folder).ledger()
        return cls(**storage.load(folder)).validated()

    @classmethod
    def scan(cls, folder: str | os.PathLike[str]) -> Scan[Ledger]:
        """The ledger in a folder, to be asked without being loaded; `folder?since=2031-05-01` is a part of it.

        `Ledger.scan("ledger").where(category="killed").ledger()` takes a part out. See `Scan.where` for what can be
        asked. Raises LedgerError where there is no ledger in Parquet, or no such condition.
        """
        return Scan.of(folder, Ledger)

    def save(self, folder: str | os.PathLike[str], format: str = "parquet") -> list[Path]:
        """Write the tables to a folder, as `parquet`, `jsonl` or `csv`. Returns the paths."""
        return storage.save(self.tables, folder, format)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The DataFrames by name: four, and those of a review where there was one."""
        found = {name: getattr(self, name) for name in columns.ALL}
        return {name: frame for name, frame in found.items() if frame is not None}

    def corrected(self, decisions: str | os.PathLike[str] | Iterable[object]) -> Ledger:
        """This ledger with people's decisions carried out: files of them (see `corrections.read`) or `Decision`s.

        Figures and claims say in `reviewed` what was made of them; `decisions` says what became of each decision,
        `rejected` has the rows that are no more. Decisions applied before are undone first. Raises CorrectionError,
        with file and line, where decisions cannot be read, contradict each other or ask for what cannot be.
        """
        if isinstance(decisions, str | os.PathLike):
            decisions = [decisions]
        listed: list[corrections.Decision] = []
        for item in decisions:
            listed += [item] if isinstance(item, corrections.Decision) else corrections.read(item)
        return Ledger(**corrections.correct(self.tables, listed)).validated()

    def extracted(self) -> Ledger:
        """This ledger as the extractor made it, before any correction."""
        return Ledger(**corrections.extracted(self.tables))

    def validated(self) -> Ledger:
        """This ledger, if every table fits its schema and every id that is pointed to is there; else LedgerError."""
        for name, frame in self.tables.items():
            schemas.validate(name, frame)
        for table, column, other in (
            ("claims", "doc_id", "documents"), ("figures", "doc_id", "documents"), ("figures", "claim_id", "claims"),
            ("claims", "parent_claim_id", "claims"), ("claims", "source_id", "sources"),
            ("figures", "source_id", "sources"), ("figures", "part_of", "figures"),
        ):  # fmt: skip
            lost = set(self.tables[table][column].dropna()) - set(self.tables[other][columns.KEYS[other]])
            if lost:
                raise LedgerError(f"table {table}: {column} points at no row of {other}: {', '.join(sorted(lost)[:3])}")
        return self

    @classmethod
    def joined(cls, ledgers: Iterable[Ledger]) -> Ledger:
        """One ledger from several made apart; their sources are resolved anew over all of them.

        The same article in two ledgers counts once; people's decisions are carried out anew. Raises LedgerError where
        one doc_id names two different texts.
        """
        rows: dict[str, dict[object, dict[str, object]]] = {"documents": {}, "claims": {}, "figures": {}}
        decisions: dict[str, corrections.Decision] = {}
        for ledger in ledgers:
            if ledger.decisions is not None:
                decisions |= {repr(d): d for d in corrections.decisions(ledger.decisions)}
                ledger = ledger.extracted()
            for name, found in rows.items():
                for row in storage.plain_rows(name, ledger.tables[name]):
                    other = found.setdefault(row[columns.KEYS[name]], row)
                    if name == "documents" and other["sha256"] != row["sha256"]:
                        raise LedgerError(f"{row['doc_id']}: two different articles carry this doc_id")
        joined = cls(**tables.framed({n: list(r.values()) for n, r in rows.items()})).validated()
        return joined.corrected(decisions.values()) if decisions else joined

    def resolved(self) -> Ledger:
        """This ledger with each claim's and figure's source by its name over all articles, not by that in its own."""
        names = self.sources.set_index("source_id")["name"]
        tables = {
            name: frame.assign(source_name=frame["source_id"].map(names).where(frame["source_id"].notna(), None))
            for name, frame in self.tables.items()
            if name in ("claims", "figures")
        }
        return dataclasses.replace(self, **tables)

    def text(self, doc_id: str) -> str:
        """The text of an article. Raises LedgerError where there is none by that id."""
        found = self.documents.loc[self.documents["doc_id"] == doc_id, "text"]
        if found.empty:
            raise LedgerError(
                f"no document {doc_id!r} in this ledger; it holds {', '.join(self.documents['doc_id'].head(5))}"
            )
        return found.iloc[0]

    def words(self, record_id: str, around: int = 80) -> str:
        """The words that a claim or a figure rests on, with `around` characters of the article on either side.

        What the file says of itself before the article begins is not shown. Raises LedgerError where the id is neither
        a claim's nor a figure's.
        """
        for name in ("figures", "claims"):
            frame = self.tables[name]
            row = frame[frame[columns.KEYS[name]] == record_id]
            if len(row):
                row = row.iloc[0]
                start, end = (
                    (row["start"], row["end"]) if name == "figures" else (row["content"][0][0], row["content"][-1][1])
                )
                text = self.text(row["doc_id"])
                return text[max(beginning(text), start - around) : end + around]
        raise LedgerError(f"no claim or figure {record_id!r} in this ledger")

    def __str__(self) -> str:
        n = {name: len(frame) for name, frame in self.tables.items()}
        nobody = int(self.figures["source_id"].isna().sum())
        articles = f"{n['documents']:,} article{'s' * (n['documents'] != 1)}"
        found = ", ".join(f"{n[t]:,} {t if n[t] != 1 else t[:-1]}" for t in ("claims", "figures", "sources"))
        return f"{articles}: {found}; {nobody:,} figure{'s' * (nobody != 1)} credited to nobody"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>"
