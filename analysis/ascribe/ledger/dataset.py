"""The ledger as a data set: folders of Parquet files that pandas, Polars, DuckDB and Spark read as they are.

    documents/month=2031-05/part-0-of-2-1a2b3c4d.parquet     so claims/ and figures/: of one month of publication
    sources/part-0-5e6f7a8b.parquet                          named sources, over all articles
    sources/2031-05-part-0-of-2-9c0d1e2f.parquet             what is only described ("officials"), with its article

Which part an article lies in hangs on its day of publication, its doc_id and the number of articles of that month:
never on who extracted it, or when. A file carries the beginning of its SHA-256 in its name, so that one that changes is
another file, and nobody reads half of the old and half of the new. Within a part, articles are sorted by doc_id.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from ascribe.errors import LedgerError
from ascribe.ledger import columns, rows, schemas, swap

UNDATED = "undated"
"""The month of an article that does not say when it was published."""
MOST = 4096
"""Articles of a part, about: a month of more is split into 2, 4, 8 … parts."""
GROUP = 256
"""Articles of a row group: what is held at once, by who writes and by who reads."""
MENTIONS = f"{swap.OURS}/mentions"
"""Where the names of each part's sources lie, from which the table of sources is made."""
PARTED = ("documents", "claims", "figures")
ORDER = {
    "documents": ["doc_id"], "sources": ["name", "source_id"], "claims": ["doc_id", "content", "claim_id"],
    "figures": ["doc_id", "start", "end"],
}  # fmt: skip
BITS = 16

Record = dict[str, object]
Found = dict[str, list[Record]]
"""The rows of one article: its one row of documents, those of claims and of figures."""


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Part:
    """A part of the data set: part `number` of `of` parts of a month."""

    month: str
    number: int
    of: int

    @property
    def name(self) -> str:
        return f"part-{self.number}-of-{self.of}"

    @property
    def buckets(self) -> tuple[int, int]:
        """The buckets of articles that are its: from, and up to but not with."""
        width = 2**BITS // self.of
        return self.number * width, (self.number + 1) * width


def month_of(published: str | None) -> str:
    """The month of an ISO date."""
    return published[:7] if published else UNDATED


def bucket(doc_id: str) -> int:
    """A number from 0 to 65535 that spreads articles evenly."""
    return int.from_bytes(hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).digest()[:2])


def parts_of(month: str, articles: int) -> list[Part]:
    """The parts of a month of so many articles."""
    of = 1
    while of * MOST < articles and of < 2**BITS:
        of *= 2
    return [Part(month, number, of) for number in range(of)]


class Writer:
    """One part's files, written a row group at a time into a folder that nobody else reads yet."""

    def __init__(self, folder: Path, paths: Mapping[str, str]) -> None:
        import pyarrow.parquet

        self.folder, self.names = folder, dict(paths)
        for name in paths.values():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        self.open = {
            table: pyarrow.parquet.ParquetWriter(folder / f"{name}.tmp", schemas.arrow(table), compression="zstd")
            for table, name in paths.items()
        }

    def write(self, table: str, found: Sequence[Record]) -> None:
        """Add rows to a table, as a row group."""
        if found:
            self.open[table].write_table(rows.arrow(table, found))

    def close(self) -> dict[str, str]:
        """Finish the files. Returns each one's SHA-256 by its path, which bears the beginning of it."""
        return {name: digest for table in self.open for name, digest in [self._finished(table)]}

    def _finished(self, table: str) -> tuple[str, str]:
        self.open[table].close()
        return named_by_content(self.folder, f"{self.names[table]}.tmp", f"{self.names[table]}{{}}.parquet")


def named_by_content(folder: Path, name: str, wanted: str) -> tuple[str, str]:
    """Give a finished file its name, with the beginning of its SHA-256 in it. Returns path and SHA-256."""
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    final = wanted.format(f"-{digest[:8]}")
    os.replace(folder / name, folder / final)
    return final, digest


def described(files: Mapping[str, str]) -> swap.Held:
    """What a data set of these files says of itself."""
    tables = {}
    for table in columns.TABLES:
        listed = [f"{name} {digest}" for name, digest in sorted(files.items()) if name.startswith(f"{table}/")]
        tables[table] = hashlib.sha256("\n".join(listed).encode()).hexdigest()
    return swap.Held(swap.DATASET, tables, dict(sorted(files.items())))


def files_of(held: swap.Held, table: str, part: Part | None = None) -> list[str]:
    """The paths of a table's files, sorted; of one part of it, where that is asked for."""
    start = f"{table}/" if part is None else f"{table}/month={part.month}/{part.name}-"
    return sorted(name for name in held.files if name.startswith(start))


def articles(folder: Path, names: Mapping[str, str]) -> Iterator[tuple[str, Found]]:
    """The rows of each article of a part, by its doc_id, sorted; `names` has the part's file of each table.

    Only a few articles are held at once.
    """
    streams = {table: itertools.groupby(_rows(folder, name), _doc_id) for table, name in names.items()}
    waiting = {table: next(streams[table], None) for table in ("claims", "figures")}
    for doc_id, group in streams["documents"]:
        found = {"documents": list(group)}
        for table, group in waiting.items():
            mine = group is not None and group[0] == doc_id
            found[table] = list(group[1]) if mine else []
            if mine:
                waiting[table] = next(streams[table], None)
        yield doc_id, found


def listed(folder: Path, held: swap.Held) -> Iterator[tuple[str, str | None]]:
    """The doc_id and the day of publication of each article of a data set."""
    import pyarrow.parquet

    for name in files_of(held, "documents"):
        found = pyarrow.parquet.read_table(swap.place(folder, name), columns=["doc_id", "published"], partitioning=None)
        yield from zip(*(found.column(column).to_pylist() for column in ("doc_id", "published")), strict=True)


def strangers(folder: Path, held: swap.Held | None) -> list[str]:
    """Files that lie where a data set's do, and are none of its."""
    known = set(held.files) if held else set()
    found = (path for table in columns.TABLES for path in sorted((folder / table).rglob("*")) if path.is_file())
    return [name for path in found if (name := path.relative_to(folder).as_posix()) not in known]


def _rows(folder: Path, name: str) -> Iterator[Record]:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(swap.place(folder, name)) as file:
        for batch in file.iter_batches(batch_size=GROUP):
            yield from batch.to_pylist()


def _doc_id(row: Record) -> object:
    return row["doc_id"]


def load(folder: Path, held: swap.Held) -> dict[str, pd.DataFrame]:
    """The four tables of a data set, all of them, sorted as those of a small ledger are.

    Raises Torn where a file is missing or is not the one that was written, LedgerError where one cannot be read.
    """
    import pyarrow as pa
    import pyarrow.parquet

    tables = {}
    for table in columns.TABLES:
        found = []
        for name in files_of(held, table):
            path = swap.place(folder, name)
            try:
                raw = path.read_bytes()
                if hashlib.sha256(raw).hexdigest() != held.files[name]:
                    raise swap.Torn(f"{path}: not the file that was written with the others; extract again")
                found.append(pyarrow.parquet.read_table(pa.BufferReader(raw)))
            except FileNotFoundError:
                raise swap.Torn(f"{path}: is missing; extract the articles again") from None
            except (OSError, ValueError) as e:
                raise LedgerError(f"{path}: cannot be read: {e}") from e
        whole = pa.concat_tables(found) if found else schemas.arrow(table).empty_table()
        tables[table] = in_order(table, rows.from_arrow(table, whole))
    return tables


def in_order(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order that a small ledger has them in."""
    if table == "documents" or frame.empty:
        return frame.sort_values(ORDER[table], kind="stable", ignore_index=True) if len(frame) else frame
    keys = sorted(range(len(frame)), key=list(zip(*(frame[name] for name in ORDER[table]), strict=True)).__getitem__)
    return frame.iloc[keys].reset_index(drop=True)


def counts(folder: Path, held: swap.Held) -> dict[str, int]:
    """How many rows each table has."""
    import pyarrow.parquet

    def rows_of(name: str) -> int:
        return pyarrow.parquet.read_metadata(swap.place(folder, name)).num_rows

    return {table: sum(map(rows_of, files_of(held, table))) for table in columns.TABLES}
