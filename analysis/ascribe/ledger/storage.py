"""Tables on disk: Parquet, JSON lines or CSV, the same bytes for the same tables."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from ascribe.errors import LedgerError
from ascribe.ledger import columns, schemas

FORMATS = ("parquet", "jsonl", "csv")
_LISTS = (columns.SPAN, columns.SPANS, columns.NAMES)
# What a spreadsheet takes for the start of a formula. Such a cell gets an apostrophe in front, as spreadsheets
# themselves write it, and loses it again when it is read here.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTE = '"'


def save(tables: Mapping[str, pd.DataFrame], folder: str | os.PathLike[str], format: str = "parquet") -> list[Path]:
    """Write each table to `folder/NAME.FORMAT`, in place of those of the ledger that was there. Returns the paths.

    Nothing there is touched before all are written; a ledger in another format goes then, for a folder holds one.
    Raises LedgerError where the format is unknown or the folder cannot be written.
    """
    if format not in FORMATS:
        raise LedgerError(f"unknown format {format!r}: choose one of {', '.join(FORMATS)}")
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise LedgerError(f"{folder}: is a file; name a folder")
    write = {"parquet": _write_parquet, "jsonl": _write_jsonl, "csv": _write_csv}[format]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as place:
            made = [Path(place) / f"{name}.{format}" for name in tables]
            for path, (name, table) in zip(made, tables.items(), strict=True):
                write(name, table, path)
            paths = [path.replace(folder / path.name) for path in made]
        for other in set(FORMATS) - {format}:
            old = [folder / f"{name}.{other}" for name in columns.TABLES]
            if all(path.is_file() for path in old):  # a whole ledger, not a file of the user's that is called alike
                for path in old:
                    path.unlink()
    except OSError as e:
        raise LedgerError(f"{folder}: cannot be written: {e.strerror or e}") from e
    return paths


def load(folder: str | os.PathLike[str]) -> dict[str, pd.DataFrame]:
    """The four tables of a folder, in whichever format it holds them.

    Raises LedgerError where a table is missing, in two formats at once, or cannot be read.
    """
    folder, tables = Path(folder), {}
    if not folder.is_dir():
        raise LedgerError(f"{folder}: no such ledger; `ascribe extract INPUT... --out {folder}` makes one")
    read = {"parquet": _read_parquet, "jsonl": _read_jsonl, "csv": _read_csv}
    for name in columns.TABLES:
        found = [folder / f"{name}.{f}" for f in FORMATS if (folder / f"{name}.{f}").is_file()]
        if len(found) != 1:
            several = f"holds {name} in several formats: {', '.join(p.name for p in found)}; keep one"
            raise LedgerError(f"{folder}: {several if found else f'has no table {name}'}")
        try:
            tables[name] = read[found[0].suffix[1:]](name, found[0])
        except (OSError, ValueError, KeyError) as e:
            raise LedgerError(f"{found[0]}: cannot be read: {e}") from e
    return tables


def _kinds(table: str) -> dict[str, str]:
    return {c.name: c.holds for c in columns.TABLES[table]}


def plain_rows(table: str, frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows as plain JSON values, NaN as null and surrogates that UTF-8 cannot hold as U+FFFD."""
    kinds = _kinds(table)

    def plain(name: str, cell: object) -> object:
        if kinds.get(name) in _LISTS:
            return None if cell is None else [list(x) if isinstance(x, (list, tuple)) else x for x in cell]
        if pd.isna(cell):
            return None
        if isinstance(cell, str):
            return cell.encode("utf-8", "replace").decode() if not cell.isascii() else cell
        return cell.item() if hasattr(cell, "item") else cell

    return [{n: plain(n, c) for n, c in row.items()} for row in frame.to_dict("records")]


def _write_jsonl(table: str, frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as f:
        for row in plain_rows(table, frame):
            f.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_csv(table: str, frame: pd.DataFrame, path: Path) -> None:
    def cell(value: object) -> object:
        if isinstance(value, list):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return int(value)
        if isinstance(value, str):
            value = value.replace("\x00", "\ufffd")  # no CSV reader takes it
            return "'" + value if value.startswith((*_FORMULA, "'")) else value
        return value

    with path.open("w", encoding="utf-8", newline="") as f:
        f.write(_line(frame.columns))
        f.writelines(_line(map(cell, row.values())) for row in plain_rows(table, frame))


def _line(cells: Iterable[object]) -> str:
    """A line of CSV after RFC 4180. Python's own writer, before 3.13, quotes no carriage return, which ends a line."""
    texts = ("" if cell is None else str(cell) for cell in cells)
    quoted = (f'"{t.replace(_QUOTE, _QUOTE * 2)}"' if any(c in t for c in ',"\r\n') else t for t in texts)
    return ",".join(quoted) + "\n"


def _write_parquet(table: str, frame: pd.DataFrame, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    schema = schemas.arrow(table)
    known = {field.name for field in schema}
    for name in frame.columns:
        if name not in known:
            schema = schema.append(pa.field(name, pa.Array.from_pandas(frame[name]).type))
    rows = plain_rows(table, frame)
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows, schema=schema), path, compression="zstd")


def framed(table: str, rows: list[dict[str, object]], names: list[str] | None = None) -> pd.DataFrame:
    kinds = _kinds(table)
    frame = pd.DataFrame(rows, columns=names or (list(rows[0]) if rows else list(kinds)), dtype=object)
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


def _read_parquet(table: str, path: Path) -> pd.DataFrame:
    import pyarrow.parquet

    found = pyarrow.parquet.read_table(path)
    return framed(table, found.to_pylist(), found.column_names)


def _read_jsonl(table: str, path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8") as f:
        return framed(table, [json.loads(line) for line in f if line.strip()])


def _read_csv(table: str, path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_filter=False, encoding="utf-8")
    kinds, nullable = _kinds(table), {c.name: c.nullable for c in columns.TABLES[table]}

    def cell(name: str, text: str) -> object:
        kind = kinds.get(name, columns.TEXT)
        if text == "" and nullable.get(name, True):
            return None
        if kind in _LISTS:
            return json.loads(text)
        return text[1:] if text.startswith("'") else text

    rows = [{n: cell(n, c) for n, c in row.items()} for row in frame.to_dict("records")]
    return framed(table, rows, list(frame.columns))
