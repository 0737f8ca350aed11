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
from ascribe.ledger import columns, dataset, schemas, swap
from ascribe.ledger.rows import LISTS, arrow, framed, kinds_of, plain_rows
from ascribe.ledger.swap import Torn

FORMATS = ("parquet", "jsonl", "csv")
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
        swap.put(folder, lambda place: _made(tables, place, format), lambda: _replaced(folder, format, tables))
    except OSError as e:
        raise LedgerError(f"{folder}: cannot be written: {e.strerror or e}") from e
    return [folder / f"{name}.{format}" for name in tables]


def _made(tables: Mapping[str, pd.DataFrame], folder: Path, format: str) -> swap.Held:
    """Write the tables; what they are is what the ledger's folder will say of itself."""
    paths = write(tables, folder, format)
    return swap.Held(format, {path.stem: swap.digest(path.read_bytes(), format) for path in paths})


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
    held = described(folder)
    if held and held.is_dataset:
        return dataset.load(folder, held)
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


def described(folder: Path) -> swap.Held | None:
    """What the folder says of its tables. Raises Torn where that cannot be read."""
    try:
        return swap.held(folder)
    except (OSError, ValueError) as e:
        raise Torn(f"{folder / swap.OURS / swap.DESCRIPTION}: cannot be read ({e}); extract the articles again") from e


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
            if held.is_dataset:
                return list(held.files)
            return [name for name in (f"{table}.{held.format}" for table in held.tables) if name not in kept]
    return [name for name in whole(folder) if name not in kept]


def whole(folder: Path) -> list[str]:
    """The files of the ledgers, in any format, that lie in a folder that says nothing of its tables."""
    formats = [f for f in FORMATS if all((folder / f"{name}.{f}").is_file() for name in columns.TABLES)]
    reviewed = _reviewed(folder)
    names = [f"{name}.{f}" for f in formats for name in (*columns.TABLES, *reviewed)]
    return [name for name in names if (folder / name).is_file()]


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
    with path.open("wb") as f:  # not the path: its name need not be text
        pyarrow.parquet.write_table(arrow(table, plain_rows(table, frame), schema), f, compression="zstd")


def _read_parquet(table: str, raw: bytes) -> pd.DataFrame:
    import pyarrow.parquet

    found = pyarrow.parquet.read_table(io.BytesIO(raw))
    return framed(table, found.to_pylist(), found.column_names)


def _read_jsonl(table: str, raw: bytes) -> pd.DataFrame:
    lines = io.StringIO(raw.decode("utf-8"), newline="\n")
    return framed(table, [json.loads(line) for line in lines if line.strip()])


def _read_csv(table: str, raw: bytes) -> pd.DataFrame:
    frame = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, na_filter=False, encoding="utf-8")
    kinds, nullable = kinds_of(table), {c.name: c.nullable for c in columns.ALL[table]}

    def cell(name: str, text: str) -> object:
        kind = kinds.get(name, columns.TEXT)
        if text == "" and nullable.get(name, True):
            return None
        if kind in LISTS:
            return json.loads(text)
        return unguarded(text)

    rows = [{n: cell(n, c) for n, c in row.items()} for row in frame.to_dict("records")]
    return framed(table, rows, list(frame.columns))
