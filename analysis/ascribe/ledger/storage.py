"""Tables on disk: Parquet, JSON lines or CSV, the same bytes for the same tables."""

from __future__ import annotations

import contextlib
import io
import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from ascribe.errors import LedgerError
from ascribe.ledger import columns, schemas, swap

FORMATS = ("parquet", "jsonl", "csv")
_LISTS = (columns.SPAN, columns.SPANS, columns.NAMES)
# What a spreadsheet takes for the start of a formula. Such a cell gets an apostrophe in front, as spreadsheets
# themselves write it, and loses it again when it is read here.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTE = '"'
PATIENCE = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between looks at a ledger whose tables do not fit together: perhaps it is just being put in its place."""


def save(tables: Mapping[str, pd.DataFrame], folder: str | os.PathLike[str], format: str = "parquet") -> list[Path]:
    """Write each table to `folder/NAME.FORMAT`, in place of those of the ledger that was there. Returns the paths.

    They change places with the old ones at one stroke (see `swap`), whatever format those had; other files in the
    folder are not touched. Raises LedgerError where the format is unknown, the folder cannot be written, or a file in
    it is called like a table and is none.
    """
    _known(format)
    folder = Path(folder)
    if "\0" in str(folder):
        raise LedgerError(f"{str(folder)!r}: not the name of a folder")
    try:
        if folder.exists() and not folder.is_dir():
            raise LedgerError(f"{folder}: is a file; name a folder")
        _refuse_strangers(folder, format, tables)
        swap.put(folder, format, lambda place: write(tables, place, format), lambda: _replaced(folder, format, tables))
    except OSError as e:
        raise LedgerError(f"{folder}: cannot be written: {e.strerror or e}") from e
    return [folder / f"{name}.{format}" for name in tables]


def write(tables: Mapping[str, pd.DataFrame], folder: Path, format: str) -> list[Path]:
    """Write each table to `folder/NAME.FORMAT`: into a folder that nobody else reads yet. Returns the paths."""
    _known(format)
    write = {"parquet": _write_parquet, "jsonl": _write_jsonl, "csv": _write_csv}[format]
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.{format}" for name in tables]
    for path, (name, table) in zip(paths, tables.items(), strict=True):
        write(name, table, path)
    return paths


def load(folder: str | os.PathLike[str]) -> dict[str, pd.DataFrame]:
    """The four tables of a folder, in whichever format it holds them, and those of a review where it has them.

    Raises LedgerError where a table is missing, cannot be read, or is not the one that was saved with the others.
    """
    folder = Path(folder)
    if not os.path.isdir(folder):
        raise LedgerError(f"{folder}: no such ledger; `ascribe extract INPUT... --out {folder}` makes one")
    swap.recover(folder)
    for wait in (*PATIENCE, None):
        try:
            return _load(folder)
        except Torn as e:  # somebody is saving at this very moment, or has mixed two ledgers
            if wait is None:
                raise LedgerError(str(e)) from None
            time.sleep(wait)
    raise AssertionError


def _load(folder: Path) -> dict[str, pd.DataFrame]:
    try:
        held = swap.held(folder)
    except (OSError, ValueError) as e:
        raise Torn(f"{folder / swap.OURS / swap.DESCRIPTION}: cannot be read ({e}); extract the articles again") from e
    tables = {}
    read = {"parquet": _read_parquet, "jsonl": _read_jsonl, "csv": _read_csv}
    for name in held.tables if held else [*columns.TABLES, *_reviewed(folder)]:
        format = held.format if held else _only_format(folder, name)
        path = folder / f"{name}.{format}"
        try:
            raw = swap.content(folder, path.name)
            if held and swap.digest(raw, format) != held.tables[name]:
                raise Torn(
                    f"{path}: not the table that was saved with the others: extract the articles again; or, if "
                    "you changed it yourself and know that they still fit, delete "
                    f"{folder / swap.OURS / swap.DESCRIPTION}"
                )
            tables[name] = read[format](name, raw)
        except FileNotFoundError:
            raise Torn(f"{folder}: has no table {name}") from None
        except (OSError, ValueError, KeyError, RecursionError) as e:
            raise LedgerError(f"{path}: cannot be read: {e}") from e
    return {name: tables[name] for name in columns.ALL if name in tables}


class Torn(Exception):
    """The tables found do not belong together."""


def _known(format: str) -> None:
    if format not in FORMATS:
        raise LedgerError(f"unknown format {format!r}: choose one of {', '.join(FORMATS)}")


def _only_format(folder: Path, name: str) -> str:
    """The format of a table in a folder that says nothing of its tables. Raises LedgerError where it has several."""
    found = [f for f in FORMATS if (folder / f"{name}.{f}").is_file()]
    if len(found) != 1:
        several = f"holds {name} in several formats: {', '.join(f'{name}.{f}' for f in found)}; keep one"
        raise LedgerError(f"{folder}: {several if found else f'has no table {name}'}")
    return found[0]


def _reviewed(folder: Path) -> list[str]:
    """Which tables of a review lie in a folder that says nothing of its tables."""
    paths = [(name, folder / f"{name}.{f}") for name in columns.REVIEW for f in FORMATS]
    return [name for name, path in paths if path.is_file() and _is_table(name, path)]


def _replaced(folder: Path, format: str, coming: Iterable[str]) -> list[str]:
    """The files of the folder's ledger that the tables that come do not overwrite: in another format, of a review."""
    kept = {f"{name}.{format}" for name in coming}
    with contextlib.suppress(OSError, ValueError):
        if held := swap.held(folder):
            return [name for name in (f"{table}.{held.format}" for table in held.tables) if name not in kept]
    whole = [f for f in FORMATS if all((folder / f"{name}.{f}").is_file() for name in columns.TABLES)]
    reviewed = _reviewed(folder)
    names = [f"{name}.{f}" for f in whole for name in (*columns.TABLES, *reviewed)]
    return [name for name in names if name not in kept and (folder / name).is_file()]


def _refuse_strangers(folder: Path, format: str, coming: Iterable[str]) -> None:
    """Raise LedgerError where a file of the user's own is called as a table would be."""
    for name in coming:
        path = folder / f"{name}.{format}"
        if os.path.lexists(path) and not _is_table(name, path):
            raise LedgerError(f"{path}: is not a table of a ledger, and would be overwritten; name another folder")


def _is_table(name: str, path: Path) -> bool:
    """Whether a file is a ledger's table of this name, as far as its columns tell."""
    try:
        if path.suffix == ".parquet":
            import pyarrow.parquet

            with path.open("rb") as f:
                found = pyarrow.parquet.read_schema(f).names
        else:
            with path.open(encoding="utf-8") as f:
                first = f.readline(1_000_000)
            # A table in JSON lines without rows is an empty file.
            found = first.rstrip("\n").split(",") if path.suffix == ".csv" else list(json.loads(first or "null") or ())
            if path.suffix == ".jsonl" and not first:
                return True
    except (OSError, ValueError, TypeError, RecursionError):
        return False
    wanted = [columns.KEYS[name]] if name in columns.KEYS else [c.name for c in columns.REVIEW[name]]
    return set(wanted) <= set(found)


def _kinds(table: str) -> dict[str, str]:
    return {c.name: c.holds for c in columns.ALL[table]}


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
            return guarded(value)
        return value

    with path.open("w", encoding="utf-8", newline="") as f:
        f.write(line(frame.columns))
        f.writelines(line(map(cell, row.values())) for row in plain_rows(table, frame))


def guarded(text: str) -> str:
    """A text for a CSV: one that a spreadsheet would take for a formula gets an apostrophe in front."""
    text = text.replace("\x00", "\ufffd")  # no CSV reader takes it
    return "'" + text if text.startswith((*_FORMULA, "'")) else text


def unguarded(text: str) -> str:
    """The text of a CSV's cell, without that apostrophe."""
    return text[1:] if text.startswith("'") else text


def line(cells: Iterable[object]) -> str:
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
    with path.open("wb") as f:  # not the path: its name need not be text
        pyarrow.parquet.write_table(pa.Table.from_pylist(rows, schema=schema), f, compression="zstd")


def framed(table: str, rows: list[dict[str, object]], names: list[str] | None = None) -> pd.DataFrame:
    kinds = _kinds(table)
    names = list(names or (rows[0] if rows else kinds))
    names += [name for name in columns.LATER if name in kinds and name not in names]
    frame = pd.DataFrame(rows, columns=names, dtype=object)
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


def _read_parquet(table: str, raw: bytes) -> pd.DataFrame:
    import pyarrow.parquet

    found = pyarrow.parquet.read_table(io.BytesIO(raw))
    return framed(table, found.to_pylist(), found.column_names)


def _read_jsonl(table: str, raw: bytes) -> pd.DataFrame:
    lines = io.StringIO(raw.decode("utf-8"), newline="\n")
    return framed(table, [json.loads(line) for line in lines if line.strip()])


def _read_csv(table: str, raw: bytes) -> pd.DataFrame:
    frame = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, na_filter=False, encoding="utf-8")
    kinds, nullable = _kinds(table), {c.name: c.nullable for c in columns.ALL[table]}

    def cell(name: str, text: str) -> object:
        kind = kinds.get(name, columns.TEXT)
        if text == "" and nullable.get(name, True):
            return None
        if kind in _LISTS:
            return json.loads(text)
        return unguarded(text)

    rows = [{n: cell(n, c) for n, c in row.items()} for row in frame.to_dict("records")]
    return framed(table, rows, list(frame.columns))
