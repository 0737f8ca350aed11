"""Rows of the tables in the three forms that they take: plain JSON values, DataFrames, Arrow tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.ledger import columns, schemas

if TYPE_CHECKING:
    import pyarrow as pa

LISTS = (columns.SPAN, columns.SPANS, columns.NAMES)


def kinds_of(table: str) -> dict[str, str]:
    """What the cells of each column hold."""
    return {c.name: c.holds for c in columns.ALL[table]}


def plain_rows(table: str, frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows as plain JSON values, NaN as null and surrogates that UTF-8 cannot hold as U+FFFD."""
    kinds = kinds_of(table)

    def plain(name: str, cell: object) -> object:
        if kinds.get(name) in LISTS:
            return None if cell is None else [list(x) if isinstance(x, (list, tuple)) else x for x in cell]
        if pd.isna(cell):
            return None
        if isinstance(cell, str):
            return cell.encode("utf-8", "replace").decode() if not cell.isascii() else cell
        return cell.item() if hasattr(cell, "item") else cell

    return [{n: plain(n, c) for n, c in row.items()} for row in frame.to_dict("records")]


def framed(table: str, rows: list[dict[str, object]], names: list[str] | None = None) -> pd.DataFrame:
    """A DataFrame of plain rows, its columns of the types that the table's have."""
    kinds = kinds_of(table)
    names = list(names or (rows[0] if rows else kinds))
    names += [name for name in columns.LATER if name in kinds and name not in names]
    return _typed(pd.DataFrame(rows, columns=names, dtype=object), kinds)


def _typed(frame: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    for name, kind in kinds.items():
        if name not in frame:
            continue
        if kind == columns.NUMBER:
            frame[name] = frame[name].astype(float)
        elif kind == columns.COUNT:
            frame[name] = frame[name].astype("int64")
        elif kind == columns.TEXT:
            frame[name] = frame[name].astype("str")
    return frame


def arrow(table: str, rows: Sequence[dict[str, object]], schema: pa.Schema | None = None) -> pa.Table:
    """Plain rows as an Arrow table, by the table's schema or that one."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=schema or schemas.arrow(table))


def from_arrow(table: str, found: pa.Table) -> pd.DataFrame:
    """An Arrow table as the DataFrame that `framed` makes of its rows, in a fraction of the time."""
    kinds = kinds_of(table)
    made = {}
    for name in found.column_names:
        column, kind = found.column(name), kinds.get(name)
        if kind in LISTS or kind is None:
            made[name] = pd.Series(column.to_pylist(), dtype=object)
        else:
            made[name] = column.to_pandas()
    frame = pd.DataFrame(made, columns=found.column_names)
    for name in columns.LATER:
        if name in kinds and name not in frame:
            frame[name] = None
    return _typed(frame, kinds)
