"""From what waits in the journal to the files of the data set, at one stroke; files that nothing touched stay."""

from __future__ import annotations

import contextlib
import hashlib
import heapq
import itertools
import operator
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ascribe.archive.journal import Journal
from ascribe.archive.sourcing import Names, joined
from ascribe.errors import LedgerError
from ascribe.extraction.sources.parties import Parties
from ascribe.ledger import dataset, storage, swap
from ascribe.ledger.dataset import GROUP, MENTIONS, PARTED, Found, Part, Writer

SOURCES = 50_000
"""Named sources of a file."""


def make(folder: Path, journal: Journal, parties: Parties, each: Callable[[Part], None] | None = None) -> None:
    """Write what waits in the journal into the data set of `folder`; `each` is told each part that was written.

    The new files take the place of the old ones at one stroke; killed before, it is as if nothing had been done.
    Raises LedgerError where the folder cannot be written.
    """
    held = swap.held(folder)
    old = held if held and held.is_dataset else swap.Held(swap.DATASET, {}, {})
    digest = hashlib.sha256(repr(parties).encode()).hexdigest()
    try:
        making = Making(folder, journal, parties, old, anew=journal.said("parties") != digest)
        swap.put(folder, lambda new: making.write(new, each), lambda: making.replaced(held))
    except OSError as e:
        raise LedgerError(f"{folder}: cannot be written: {e.strerror or e}; make room and give the same command again: "
                          "it goes on from there") from e  # fmt: skip
    journal.say("parties", digest)
    journal.done()


class Making:
    """One writing of a data set: what is kept of its old files, and what is new."""

    def __init__(self, folder: Path, journal: Journal, parties: Parties, old: swap.Held, anew: bool) -> None:
        self.folder, self.journal, self.parties, self.old, self.anew = folder, journal, parties, old, anew
        self.files: dict[str, str] = {}

    def write(self, new: Path, each: Callable[[Part], None] | None) -> swap.Held:
        """Write the files that are new into an empty folder. Returns what the whole data set says of itself."""
        for month, articles in self.journal.months().items():
            for part in dataset.parts_of(month, articles):
                files = {} if self.anew or self.journal.is_touched(part) else self._kept(part)
                if not files:
                    files = self._part(new, part)
                    if each:
                        each(part)
                self.files |= files
        self.files |= self._sources(new)
        described = dataset.described(self.files)
        self.journal.say("coming", described.tables["documents"])
        return described

    def replaced(self, held: swap.Held | None) -> list[str]:
        """The files in the folder that the new ledger does not have."""
        if held and not held.is_dataset:
            return [f"{table}.{held.format}" for table in held.tables]
        if not held:
            return storage.whole(self.folder)
        return [name for name in self.old.files if name not in self.files]

    def _kept(self, part: Part) -> dict[str, str]:
        """The files of a part as they are; nothing where it has none."""
        return {name: digest for name, digest in self.old.files.items() if _belongs(name, part)}

    def _part(self, new: Path, part: Part) -> dict[str, str]:
        """Write the files of a part, a row group after another."""
        paths = {table: f"{table}/month={part.month}/{part.name}" for table in PARTED}
        writer = Writer(new, paths | {"sources": f"sources/{part.month}-{part.name}"})
        names = Names(self.parties)
        for group in _batched(self._articles(part), GROUP):
            found = {table: [row for rows in group for row in rows[table]] for table in PARTED}
            described = names.credit(found)
            for table, rows in (*found.items(), ("sources", described)):
                writer.write(table, rows)
        files = writer.close()
        listed = f"{MENTIONS}/{part.month}-{part.name}"
        names.write(new / f"{listed}.tmp")
        name, digest = dataset.named_by_content(new, f"{listed}.tmp", f"{listed}{{}}.jsonl")
        return files | {name: digest}

    def _articles(self, part: Part) -> Iterator[Found]:
        """The rows of a part's articles: from the journal, or from the old files where they are there already."""
        before = self._before(part)
        at: tuple[str, Found] | None = next(before, None)
        for doc_id, rows in self.journal.articles(part):
            while rows is None and at is not None and at[0] < doc_id:
                at = next(before, None)
            if rows is None and (at is None or at[0] != doc_id):
                raise LedgerError(
                    f"{self.journal.path}: does not fit the tables beside it ({doc_id} is missing there); delete it, "
                    "and extract again"
                )
            yield rows if rows is not None else at[1]

    def _before(self, part: Part) -> Iterator[tuple[str, Found]]:
        """The articles that the old files hold of a part, sorted: its own, or those of the parts it comes from."""
        low, high = part.buckets
        streams = []
        for other in _parts(self.old.files, part.month):
            other_low, other_high = other.buckets
            if other_low < high and low < other_high:
                names = {table: dataset.files_of(self.old, table, other)[0] for table in PARTED}
                streams.append(dataset.articles(self.folder, names))
        return heapq.merge(*streams, key=operator.itemgetter(0))

    def _sources(self, new: Path) -> dict[str, str]:
        """Write the table of the sources that any article may name, from the names of all parts."""
        lists = [
            new / name if (new / name).is_file() else swap.place(self.folder, name)
            for name in sorted(self.files) if name.startswith(MENTIONS)
        ]  # fmt: skip
        room = new / "joining"
        found = (named.row(self.parties) for named in joined(lists, room))
        files = {}
        for number in itertools.count():
            some = list(itertools.islice(found, SOURCES))
            if not some:
                break
            writer = Writer(new, {"sources": f"sources/part-{number}"})
            writer.write("sources", some)
            files |= writer.close()
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(room)
        return files


def _belongs(name: str, part: Part) -> bool:
    return f"/month={part.month}/{part.name}-" in name or f"/{part.month}-{part.name}-" in name


def _parts(files: Mapping[str, str], month: str) -> list[Part]:
    """The parts that a month has in these files."""
    start = f"documents/month={month}/part-"
    found = (name.removeprefix(start).split("-") for name in files if name.startswith(start))
    return sorted(Part(month, int(number), int(of)) for number, _, of, *_ in found)


def _batched(items: Iterator[Found], most: int) -> Iterator[list[Found]]:
    while some := list(itertools.islice(items, most)):
        yield some
