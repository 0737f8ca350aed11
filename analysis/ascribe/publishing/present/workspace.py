"""Where a notebook finds its files, and the ledger that it makes of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import glob
import itertools
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ascribe.articles import Article
    from ascribe.ledger import Ledger


def locate(path: str | os.PathLike[str]) -> Path:
    """The path (or pattern) as it is, or, where nothing is there, under the nearest folder above where something is.

    So a notebook's `reports/articles` is found from the project's folder, where reports are rendered, and from
    `notebooks/`, where JupyterLab runs it; so is the ledger of `ledger?since=2031-05-01`, a part of it. What is found
    nowhere comes back unchanged.
    """
    name, mark, asked = os.fspath(path).partition("?")
    if mark and "=" in asked and is_ledger(found := locate(name)):
        return Path(f"{found}?{asked}")
    path = Path(path)
    if not path.is_absolute():
        for up in [Path(), *(Path(*[".."] * n) for n in range(1, 4))]:
            if (up / path).exists() or (glob.has_magic(str(path)) and glob.glob(str(up / path), recursive=True)):
                return up / path
    return path


def locate_all(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """Each of several paths, located."""
    return [locate(path) for path in paths]


def one(path: str | os.PathLike[str], published: dt.date | None = None) -> Article:
    """The article of a file. Raises ArticleError where it cannot be read, or holds several."""
    from ascribe.articles import read
    from ascribe.errors import ArticleError

    found = list(itertools.islice(read(locate(path), published=published, on_note=lambda note: None), 2))
    if len(found) != 1:
        several = "holds more than one article; this report is on one" if found else "holds no article"
        raise ArticleError(path, several)
    return found[0]


@dataclasses.dataclass(frozen=True)
class Reading:
    """What is to be said of a reading of many files: what could not be read, and what was read but is odd."""

    unread: list[str]
    notes: list[str]


def gather(
    paths: Iterable[str | os.PathLike[str]], corrections: Iterable[str | os.PathLike[str]] = ()
) -> tuple[Ledger, Reading]:
    """The ledger of all articles of these files, folders and patterns, and what is to be said of their reading.

    A source has one name in all articles, that of the table of sources; each figure's event is told. A folder that
    `ascribe extract` wrote is taken as it is, not read anew; of a large one, `ledger?since=2031-05-01&category=killed`
    takes a part (see `Scan.where`). `corrections` are files of people's decisions, carried out
    besides those that such a folder holds already. An article that cannot be read is skipped; raises ArticleError where
    none can, LedgerError where a ledger does not fit.
    """
    from ascribe.articles import read
    from ascribe.errors import ArticleError
    from ascribe.findings import grouped
    from ascribe.ledger import Ledger

    found = locate_all(paths)
    ready = [path for path in found if is_ledger(path)]
    left: list[ArticleError] = []
    notes: list[str] = []
    articles = read([path for path in found if path not in ready], on_error=left.append, on_note=notes.append)
    ledgers = [Ledger.load(path) for path in ready]
    made = Ledger.from_articles(articles, on_error=left.append)
    if left and made.documents.empty and not ledgers:
        raise left[0]
    whole = Ledger.joined([*ledgers, made]) if ledgers else made
    return grouped(corrected(whole, corrections).resolved()), Reading([str(error) for error in left], notes)


def corrected(ledger: Ledger, files: Iterable[str | os.PathLike[str]]) -> Ledger:
    """A ledger with the decisions of some files carried out, besides those that were already."""
    from ascribe.ledger import corrections

    decisions = corrections.read(locate_all(files))
    if not decisions:
        return ledger
    before = corrections.decisions(ledger.decisions) if ledger.decisions is not None else []
    return ledger.corrected([*(d for d in before if d not in decisions), *decisions])


def is_ledger(path: Path) -> bool:
    """Whether a folder holds the four tables; so does a part of one (`ledger?since=2031-05-01`)."""
    path = Path(os.fspath(path).partition("?")[0]) if "=" in os.fspath(path) and not path.exists() else path
    tables = any((path / f"documents.{kind}").is_file() for kind in ("parquet", "jsonl", "csv"))
    return path.is_dir() and (tables or any((path / "documents").glob("month=*")))
