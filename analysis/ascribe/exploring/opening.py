"""`ascribe.open("my-articles/")`: a ledger that shows itself, and from which figures are chosen by a sentence."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Iterable

from ascribe.articles import read
from ascribe.errors import ArticleError
from ascribe.exploring import overview, tables
from ascribe.exploring.choosing import Chosen, Sentence
from ascribe.exploring.kept import Kept
from ascribe.exploring.shown import Shown
from ascribe.extraction import extract_all
from ascribe.findings import grouped
from ascribe.ledger import Ledger
from ascribe.progress import progress
from ascribe.publishing.present.workspace import corrected, is_ledger, locate

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Opened(Sentence, Ledger):
    """A `Ledger` to look into. What a cell shows of it: counts, categories, sources, what nobody stands behind.

    Every word of `Sentence` chooses from its figures: `ledger.killed().by("UN").draw()`.
    """

    notes: tuple[str, ...] = ()
    """What could not be read, and what is odd in the rest."""

    @classmethod
    def of_ledger(cls, ledger: Ledger, notes: Iterable[str] = ()) -> Opened:
        """A ledger, opened."""
        tables = {field.name: getattr(ledger, field.name) for field in dataclasses.fields(Ledger)}
        return cls(**tables, notes=tuple(notes))

    def chosen(self) -> Chosen:
        """All figures."""
        return Chosen(self, self.figures)

    def table(self, name: str = "figures") -> Shown:
        """One of the four tables, to sort, filter and search: `figures`, `claims`, `sources`, `documents`."""
        return tables.of(self, name)

    def corrected(self, decisions: str | os.PathLike[str] | Iterable[object]) -> Opened:
        """This ledger with people's decisions carried out, opened (see `Ledger.corrected`)."""
        return Opened.of_ledger(super().corrected(decisions), self.notes)

    def _repr_html_(self) -> str:
        return overview.shown(self, self.notes)

    def __repr__(self) -> str:
        return overview.said(self, self.notes)


def open(
    paths: Paths | Ledger,
    *,
    published: dt.date | None = None,
    parties: str | os.PathLike[str] | None = None,
    corrections: Iterable[str | os.PathLike[str]] = (),
    cache: bool = True,
) -> Opened:
    """The ledger of articles (files, folders, patterns), of a folder that `ascribe extract` wrote, or of a `Ledger`.

    Reading and extracting show how far they are. An article that was extracted before, by this version, is not
    extracted again, unless `cache` is False. `published` dates articles that give no day, `parties` is a table of one's
    own of who is who, `corrections` are files of people's decisions. What cannot be read is left out and listed in
    `notes`; raises ArticleError where nothing can be read, LedgerError where a ledger does not fit.
    """
    if isinstance(paths, Ledger):
        return Opened.of_ledger(corrected(paths, corrections), getattr(paths, "notes", ()))
    listed = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found = [locate(path) for path in listed]
    ledgers = [Ledger.load(path) for path in found if is_ledger(path)]
    left: list[ArticleError] = []
    notes: list[str] = []
    rest = [path for path in found if not is_ledger(path)]
    made = _extracted(read(rest, published=published, on_error=left.append, on_note=notes.append), parties, left, cache)
    if left and made.documents.empty and not ledgers:
        raise left[0]
    whole = Ledger.joined([*ledgers, made]) if ledgers else made
    ready = grouped(corrected(whole, corrections).resolved())
    return Opened.of_ledger(ready, [*(f"left out: {error}" for error in left), *notes])


def _extracted(
    articles: Iterable, parties: str | os.PathLike[str] | None, left: list[ArticleError], cache: bool
) -> Ledger:
    """The ledger of articles, with a bar for reading and one for extracting."""
    known = list(progress(articles, "articles", say="Reading"))
    made = Kept.here().extract_all if cache else extract_all
    found = made(known, on_error=left.append)
    return Ledger.from_extractions(progress(found, "articles", len(known), say="Extracting"), parties)
