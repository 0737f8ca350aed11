"""The journal of a data set: which articles were extracted, and the rows of those that are not in its files yet.

An SQLite file in the ledger's hidden folder (`.ascribe/journal.sqlite`). An article's rows and the word that it is
extracted go in together or not at all, so a process may be killed at any moment: nothing is extracted twice, and
nothing is lost but what was being extracted. Without the journal nothing is lost, either: all is extracted anew.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path

from ascribe.errors import LedgerError
from ascribe.ledger import swap
from ascribe.ledger.dataset import Found, Part, bucket, month_of

NAME = "journal.sqlite"
FORM = 1
"""Another form of the journal is another number; one of another form is begun anew."""
WAITING, KEPT, FAILED = 1, 2, 3
"""An article's rows wait in the journal; they are in the data set's files; it could not be extracted."""
TABLES = """
CREATE TABLE IF NOT EXISTS said (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    doc_id TEXT PRIMARY KEY, key BLOB, month TEXT, bucket INTEGER, run INTEGER, state INTEGER, reason TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS placed ON articles (month, bucket);
CREATE TABLE IF NOT EXISTS waiting (doc_id TEXT PRIMARY KEY, rows BLOB);
CREATE TABLE IF NOT EXISTS touched (month TEXT, bucket INTEGER, PRIMARY KEY (month, bucket)) WITHOUT ROWID;
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """What the journal knows of an article: under which key it was extracted, its state, and why it failed."""

    key: bytes
    state: int
    reason: str | None


class Journal:
    """The journal of one ledger's folder; open for one process at a time. All that it raises is LedgerError."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / swap.OURS / NAME
        with self._said_well():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(self.path, isolation_level=None)
            self.db.execute("PRAGMA synchronous = NORMAL")
            if self.db.execute("PRAGMA user_version").fetchone()[0] not in (0, FORM):
                self.db.close()
                self.path.unlink()
                self.db = sqlite3.connect(self.path, isolation_level=None)
            self.db.executescript(TABLES)
            self.db.execute(f"PRAGMA user_version = {FORM}")
        self.run = int(self.said("run") or 0) + 1

    def begin(self, held: swap.Held | None, listed: Callable[[], Iterable[tuple[str, str | None]]]) -> None:
        """Begin a run on a folder that says this of its tables.

        Where the journal is not that of the data set there (the journal was deleted, files were copied about), the
        articles that the files hold (`listed`: doc_id and day of publication) are taken over without their keys: those
        that the inputs name are extracted anew. What waits in the journal is good in any case.
        """
        with self.saving():
            self.say("run", str(self.run))
            here = held.tables["documents"] if held and held.is_dataset else ""
            if here in (self.said("dataset") or "", self.said("coming")):
                return
            self._ask("DELETE FROM articles WHERE state = ?", KEPT)
            self._ask("DELETE FROM said WHERE name IN ('dataset', 'coming', 'parties')")
            if here:
                rows = ((doc_id, b"", month_of(day), bucket(doc_id), 0, KEPT, None) for doc_id, day in listed())
                self.db.executemany("INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def said(self, name: str) -> str | None:
        """A word kept by this name."""
        found = self._ask("SELECT value FROM said WHERE name = ?", name).fetchone()
        return found[0] if found else None

    def say(self, name: str, value: str) -> None:
        """Keep a word."""
        self._ask("INSERT OR REPLACE INTO said VALUES (?, ?)", name, value)

    def known(self, doc_id: str) -> Known | None:
        """What is known of an article."""
        found = self._ask("SELECT key, state, reason FROM articles WHERE doc_id = ?", doc_id).fetchone()
        return Known(*found) if found else None

    def seen(self, doc_id: str) -> None:
        """Note that this run's inputs still name the article."""
        self._ask("UPDATE articles SET run = ? WHERE doc_id = ?", self.run, doc_id)

    def extracted(self, doc_id: str, key: bytes, published: str | None, packed: bytes) -> None:
        """Take over an article's rows, as `pack` made them."""
        self._place(doc_id, key, month_of(published), WAITING, None)
        self._ask("INSERT OR REPLACE INTO waiting VALUES (?, ?)", doc_id, packed)

    def failed(self, doc_id: str, key: bytes, reason: str) -> None:
        """Note that an article could not be extracted, so that it is not tried for ever."""
        self._place(doc_id, key, "", FAILED, reason)
        self._ask("DELETE FROM waiting WHERE doc_id = ?", doc_id)

    def _place(self, doc_id: str, key: bytes, month: str, state: int, reason: str | None) -> None:
        """Give an article its place; the part that it was in before is to be written anew."""
        self._touch("doc_id = ?", doc_id)
        self._ask("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
                  doc_id, key, month, bucket(doc_id), self.run, state, reason)  # fmt: skip

    def _touch(self, which: str, *values: object) -> None:
        select = f"SELECT month, bucket FROM articles WHERE state = {KEPT} AND {which}"
        self._ask(f"INSERT OR IGNORE INTO touched {select}", *values)

    def drop_unseen(self) -> int:
        """Take out the articles that this run's inputs did not name. Returns how many of them the ledger held."""
        with self.saving():
            self._touch("run < ?", self.run)
            gone = self._ask("SELECT count(*) FROM articles WHERE run < ? AND state != ?", self.run, FAILED).fetchone()
            self._ask("DELETE FROM waiting WHERE doc_id IN (SELECT doc_id FROM articles WHERE run < ?)", self.run)
            self._ask("DELETE FROM articles WHERE run < ?", self.run)
            return gone[0]

    def months(self) -> dict[str, int]:
        """How many articles each month has."""
        select = "SELECT month, count(*) FROM articles WHERE state != ? GROUP BY month ORDER BY month"
        return dict(self._ask(select, FAILED).fetchall())

    def is_touched(self, part: Part) -> bool:
        """Whether articles of a part came, went or changed since its files were written."""
        low, high = part.buckets
        where = "month = ? AND bucket >= ? AND bucket < ?"
        for select in (f"SELECT 1 FROM articles WHERE state = {WAITING} AND {where} LIMIT 1",
                       f"SELECT 1 FROM touched WHERE {where} LIMIT 1"):  # fmt: skip
            if self._ask(select, part.month, low, high).fetchone():
                return True
        return False

    def articles(self, part: Part) -> Iterator[tuple[str, Found | None]]:
        """The articles of a part by doc_id, sorted, with their rows; None for those that are in the files already."""
        low, high = part.buckets
        select = """SELECT articles.doc_id, waiting.rows FROM articles LEFT JOIN waiting USING (doc_id)
            WHERE month = ? AND bucket >= ? AND bucket < ? AND state != ? ORDER BY articles.doc_id"""
        for doc_id, packed in self._ask(select, part.month, low, high, FAILED):
            yield doc_id, unpack(packed) if packed is not None else None

    def done(self) -> None:
        """The data set holds all that waited: forget the rows."""
        with self.saving():
            self._ask("UPDATE articles SET state = ? WHERE state = ?", KEPT, WAITING)
            self._ask("DELETE FROM waiting")
            self._ask("DELETE FROM touched")
            self.say("dataset", self.said("coming") or "")
        with contextlib.suppress(LedgerError):  # a full disk: the file stays as large as it is
            self._ask("VACUUM")

    def count(self, state: int) -> int:
        """How many articles are in a state."""
        return self._ask("SELECT count(*) FROM articles WHERE state = ?", state).fetchone()[0]

    @contextlib.contextmanager
    def saving(self) -> Iterator[None]:
        """What is said meanwhile is kept together, or not at all."""
        self._ask("BEGIN IMMEDIATE")
        try:
            yield
            self._ask("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self.db.close()

    def _ask(self, command: str, *values: object) -> sqlite3.Cursor:
        with self._said_well():
            return self.db.execute(command, values)

    @contextlib.contextmanager
    def _said_well(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as e:
            mend = "make room and give the same command again: it goes on from there"
            if "not a database" in str(e) or "malformed" in str(e):
                mend = "delete it: the articles are then extracted anew"
            raise LedgerError(f"{self.path}: {e}; {mend}") from e
        except OSError as e:
            raise LedgerError(f"{self.path}: cannot be written: {e.strerror or e}") from e


class Taken(MutableMapping):
    """A table of names that grows on disk instead of in memory, gone when it is closed."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.execute("CREATE TABLE names (name PRIMARY KEY, value) WITHOUT ROWID")
        self.db.execute("BEGIN")

    def __getitem__(self, name: object) -> object:
        found = self.db.execute("SELECT value FROM names WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        return found[0]

    def __setitem__(self, name: object, value: object) -> None:
        self.db.execute("INSERT OR REPLACE INTO names VALUES (?, ?)", (name, value))

    def __delitem__(self, name: object) -> None:
        self.db.execute("DELETE FROM names WHERE name = ?", (name,))

    def __iter__(self) -> Iterator[object]:
        return (name for (name,) in self.db.execute("SELECT name FROM names"))

    def __len__(self) -> int:
        return self.db.execute("SELECT count(*) FROM names").fetchone()[0]


def pack(found: Found) -> bytes:
    """An article's rows as the journal holds them."""
    return zlib.compress(json.dumps(found).encode(), 3)


def unpack(packed: bytes) -> Found:
    """The rows that `pack` packed."""
    return json.loads(zlib.decompress(packed))
