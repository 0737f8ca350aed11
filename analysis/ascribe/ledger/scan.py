"""Asking a ledger on disk, of any size, without loading it: `Ledger.scan("ledger").where(since="2031-05-01")`.

Only the months and the columns that a question needs are read, a file at a time, and only the rows that it asks for are
kept. What is taken out is a `Ledger` like any other.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import parse_qsl

import pandas as pd

from ascribe.errors import LedgerError
from ascribe.ledger import columns, dataset, rows, schemas, storage, swap

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as arrow_dataset

OF_ARTICLES = ("publisher", "language", "author", "title", "url", "doc_id")
OF_FIGURES = ("category", "whose", "credit", "unit", "place", "bound", "accumulation", "source_name", "basis")
OTHERS = {
    "since": "first day of publication, 2031-05-01",
    "until": "last day of publication",
    "words": "words that the article holds, as they stand there",
    "source": "who is credited with a figure or a claim: a name or an alias of the sources table",
}
"""What can be asked besides whole cells of a column."""
NAMES = (*OTHERS, *OF_ARTICLES, *OF_FIGURES)

Asked = tuple[str, tuple[str, ...]]
Made = TypeVar("Made")


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a column's cells: a function from the column to true and false."""

    column: str
    holds: Callable[[pa.ChunkedArray], pa.ChunkedArray]


@dataclasses.dataclass(frozen=True)
class Scan(Generic[Made]):
    """A ledger on disk, or the part of it that was asked for: the articles for which every condition holds.

    A condition on figures chooses the articles that state such a figure, with all that is in them, so that what is
    taken out is whole. `figures`, `claims`, `documents` and `sources` are read when they are first asked for.
    """

    folder: Path
    held: swap.Held
    form: Callable[..., Made]
    """What is made of the four tables that are taken out: a `Ledger`."""
    asked: tuple[Asked, ...] = ()

    @classmethod
    def of(cls, folder: str | os.PathLike[str], form: Callable[..., Made]) -> Scan[Made]:
        """The ledger in a folder; `ledger?since=2031-05-01&category=killed` is a part of it, as `where` takes it.

        Raises LedgerError where there is none, where it is not in Parquet, or where there is no such condition.
        """
        name, query = parted(folder)
        path = Path(name)
        swap.recover(path)
        try:
            held = storage.described(path)
        except swap.Torn as e:
            raise LedgerError(str(e)) from None
        if held is None or held.format not in (swap.DATASET, "parquet"):
            raise LedgerError(
                f"{name}: no ledger in Parquet; `ascribe extract INPUT... --out {name} --jobs 2` makes a data set, and "
                "Ledger.load loads a ledger of another form"
            )
        scan, given = cls(path, held, form), {}
        for key, value in parse_qsl(query, keep_blank_values=True):
            given.setdefault(key, []).append(value)
        return scan.where(**given)

    def where(self, **asked: str | dt.date | Sequence[str]) -> Scan[Made]:
        """The part for which these hold, too; several values: one of them.

        `since`, `until` (days of publication), `words` (that the text holds), `source` (a name or an alias), and whole
        cells of a column: `publisher`, `language`, …, `category`, `whose`, `credit`, `place`, … Raises LedgerError for
        another name, or for a day that is none.
        """
        new = []
        for name, value in asked.items():
            if name not in NAMES:
                raise LedgerError(f"{name!r}: not a condition; choose of {', '.join(NAMES)}")
            values = (value,) if isinstance(value, (str, dt.date)) else tuple(value)
            if name in ("since", "until"):
                values = tuple(map(_day, values))
            new.append((name, tuple(map(str, values))))
        return dataclasses.replace(self, asked=(*self.asked, *new))

    def ledger(self) -> Made:
        """What was asked for, as a `Ledger` in memory. A source's counts are those of the whole ledger."""
        return self.form(**{name: getattr(self, name) for name in columns.TABLES}).validated()

    @functools.cached_property
    def documents(self) -> pd.DataFrame:
        return self.table("documents")

    @functools.cached_property
    def claims(self) -> pd.DataFrame:
        return self.table("claims")

    @functools.cached_property
    def figures(self) -> pd.DataFrame:
        return self.table("figures")

    @functools.cached_property
    def sources(self) -> pd.DataFrame:
        return self.table("sources")

    def table(self, name: str, only: Iterable[str] | None = None) -> pd.DataFrame:
        """A table of what was asked for, in the order of a small ledger; `only` these of its columns.

        Raises LedgerError where the ledger has changed since.
        """
        names = None if only is None else list(only)
        keys = [key for key in dataset.ORDER[name] if names is not None and key not in names]
        found = self._read(name, self._chosen(name), None if names is None else [*names, *keys])
        frame = dataset.in_order(name, rows.from_arrow(name, found))
        return frame if names is None else frame[names]

    def count(self, name: str = "documents") -> int:
        """How many rows a table has of what was asked for."""
        return self._read(name, self._chosen(name), [columns.KEYS[name]]).num_rows

    def arrow(self, name: str) -> arrow_dataset.Dataset:
        """A whole table as an Arrow data set, for questions of one's own; DuckDB and Polars take it, too."""
        import pyarrow.dataset

        return pyarrow.dataset.dataset(self._paths(name), schema=schemas.arrow(name), format="parquet")

    def __str__(self) -> str:
        n = {name: self.count(name) for name in columns.TABLES}
        asked = " and ".join(f"{name} {' or '.join(values)}" for name, values in self.asked)
        found = ", ".join(f"{n[t]:,} {t}" for t in ("claims", "figures", "sources"))
        return f"{self.folder}{f' where {asked}' if asked else ''}: {n['documents']:,} articles: {found}"

    __repr__ = __str__

    def _chosen(self, name: str) -> list[Condition]:
        """Which rows of a table are asked for."""
        if not self.asked:
            return []
        if name == "sources":
            credited = [self._read(t, self._chosen(t), ["source_id"]).column(0) for t in ("claims", "figures")]
            return [_one_of("source_id", _unique(credited))]
        return [_one_of("doc_id", self._articles)]

    @functools.cached_property
    def _articles(self) -> pa.Array:
        """The doc_ids of the articles for which every condition holds."""
        found = self._read("documents", [c for asked in self.asked for c in _of_articles(*asked)], ["doc_id"])
        articles = _unique([found.column(0)])
        if figures := [_one_of(name, values) for name, values in self.asked if name in OF_FIGURES]:
            articles = self._having(("figures",), articles, figures)
        for name, values in self.asked:
            if name == "source":
                articles = self._having(("claims", "figures"), articles, [self._credited(values)])
        return articles

    def _having(self, tables: Sequence[str], articles: pa.Array, conditions: list[Condition]) -> pa.Array:
        """Those of some articles that have a row of these conditions in one of these tables."""
        asked = [_one_of("doc_id", articles), *conditions]
        return _unique([self._read(table, asked, ["doc_id"]).column(0) for table in tables])

    def _credited(self, names: Sequence[str]) -> Condition:
        """Rows that credit a source of one of these names."""
        wanted = {name.casefold() for name in names}
        listed = self._read("sources", [], ["source_id", "name", "aliases"]).to_pylist()
        ids = [s["source_id"] for s in listed if any(n.casefold() in wanted for n in (s["name"], *s["aliases"]))]
        return _one_of("source_id", ids)

    def _read(self, name: str, conditions: Sequence[Condition], only: Sequence[str] | None = None) -> pa.Table:
        """The rows of a table for which all conditions hold, a file at a time; `only` these of its columns."""
        import pyarrow as pa
        import pyarrow.parquet

        schema = schemas.arrow(name)
        wanted = list(schema.names if only is None else dict.fromkeys(only))
        needed = list(dict.fromkeys([*wanted, *(c.column for c in conditions)]))
        found = [schema.empty_table().select(wanted)]
        try:
            for path in self._paths(name):
                with pyarrow.parquet.ParquetFile(path) as file:
                    rows_ = file.read(columns=needed, use_threads=False)
                for condition in conditions:
                    rows_ = rows_.filter(condition.holds(rows_.column(condition.column)))
                found.append(rows_.select(wanted))
        except (OSError, ValueError, KeyError) as e:
            raise LedgerError(f"{self.folder}: has changed, or cannot be read ({e}); scan it again") from e
        return pa.concat_tables(found, promote_options="permissive")

    def _table_files(self, name: str) -> list[str]:
        """The files in which rows that are asked for may lie: only months that are."""
        if not self.held.is_dataset:
            return [f"{name}.{self.held.format}"]
        found = dataset.files_of(self.held, name)
        if name == "sources":
            return found
        first = max((max(values)[:7] for key, values in self.asked if key == "since"), default="")
        last = min((min(values)[:7] for key, values in self.asked if key == "until"), default="")
        months = {file: file.split("/")[1].removeprefix("month=") for file in found}
        return [
            file for file, month in months.items()
            if not (first or last) or (month != dataset.UNDATED and first <= month <= (last or month))
        ]  # fmt: skip

    def _paths(self, name: str) -> list[str]:
        return [os.fspath(swap.place(self.folder, file)) for file in self._table_files(name)]


def parted(folder: str | os.PathLike[str]) -> tuple[str, str]:
    """The folder and the conditions of `folder?name=value&name=value`; a folder of that very name goes first."""
    text = os.fspath(folder)
    name, mark, query = text.partition("?")
    return (name, query) if mark and not os.path.exists(text) and "=" in query else (text, "")


def taken(ledger: Made | Scan[Made]) -> Made:
    """A ledger as it is, a scan as the ledger that it asks for."""
    return ledger.ledger() if isinstance(ledger, Scan) else ledger


def _day(value: str | dt.date) -> str:
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise LedgerError(f"{value!r} is not a day: write year, month and day as 2031-05-01") from None


def _of_articles(name: str, values: tuple[str, ...]) -> list[Condition]:
    """What is asked of articles, if it is asked of them."""
    from pyarrow import compute

    if name == "since":
        return [Condition("published", lambda days: compute.greater_equal(days, max(values)))]
    if name == "until":
        return [Condition("published", lambda days: compute.less_equal(days, min(values)))]
    if name == "words":
        held = functools.partial(compute.match_substring, ignore_case=True)
        return [Condition("text", lambda texts: functools.reduce(compute.or_, (held(texts, v) for v in values)))]
    return [_one_of(name, values)] if name in OF_ARTICLES else []


def _one_of(column: str, values: Iterable[str]) -> Condition:
    """A column's cell is one of these values."""
    import pyarrow as pa
    from pyarrow import compute

    known = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    return Condition(column, lambda cells: compute.is_in(cells, known))


def _unique(found: Sequence[pa.ChunkedArray]) -> pa.Array:
    import pyarrow as pa

    return pa.chunked_array([chunk for column in found for chunk in column.chunks], pa.string()).unique().drop_null()
