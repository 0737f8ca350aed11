"""What the tables must hold: Arrow schemas for storage, pandera schemas for validation, both from `columns`."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.errors import LedgerError
from ascribe.ledger import columns

if TYPE_CHECKING:
    import pyarrow as pa


@functools.cache
def arrow(table: str) -> pa.Schema:
    """The Arrow schema of a table."""
    import pyarrow as pa

    span = pa.list_(pa.int64())
    types = {
        columns.TEXT: pa.string(),
        columns.NUMBER: pa.float64(),
        columns.COUNT: pa.int64(),
        columns.SPAN: span,
        columns.SPANS: pa.list_(span),
        columns.NAMES: pa.list_(pa.string()),
        columns.FLAG: pa.bool_(),
    }
    return pa.schema([pa.field(c.name, types[c.holds], c.nullable) for c in columns.ALL[table]])


@functools.cache
def _pandera(table: str):
    import pandera.pandas as pandera

    def is_span(cell: object) -> bool:
        return len(cell) == 2 and 0 <= cell[0] < cell[1]

    checks = {
        columns.SPAN: pandera.Check(lambda s: s.dropna().map(is_span).all(), error="[start, end] with start < end"),
        columns.SPANS: pandera.Check(
            lambda s: s.map(lambda spans: len(spans) > 0 and all(map(is_span, spans))).all(), error="spans, one or more"
        ),
    }
    dtypes = {columns.NUMBER: float, columns.COUNT: int, columns.FLAG: bool}

    def column(c: columns.Column):
        found = [checks[c.holds]] if c.holds in checks else []
        if c.one_of:
            found.append(pandera.Check.isin(c.one_of))
        unique = c.name == columns.KEYS.get(table)
        return pandera.Column(dtypes.get(c.holds), found, nullable=c.nullable, unique=unique)

    return pandera.DataFrameSchema({c.name: column(c) for c in columns.ALL[table]}, strict=False)


def validate(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, if it fits the table's schema.

    Raises LedgerError naming the columns that are missing, or each column, cell and check that fails.
    """
    import pandera.errors

    missing = [c.name for c in columns.ALL[table] if c.name not in frame.columns]
    if missing:
        lost = f"table {table}: missing column{'s' * (len(missing) > 1)} {', '.join(missing)}"
        raise LedgerError(f"{lost}; if another version wrote it, `ascribe extract INPUT... --out LEDGER` makes it anew")
    try:
        return _pandera(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as e:
        cases = e.failure_cases
        said = [f"{r.column}: {r.failure_case!r} fails {r.check}" for r in cases.head(5).itertuples()]
        raise LedgerError(f"table {table}: " + "; ".join(said) + (" …" if len(cases) > 5 else "")) from None
