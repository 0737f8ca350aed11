"""The file that keeps decisions: JSON lines, or CSV for a name that ends in `.csv`. It is only ever added to."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ascribe.errors import CorrectionError
from ascribe.ledger import storage
from ascribe.ledger.corrections.decision import FIELDS, Decision, decision

PATIENCE = 10.0
"""Seconds to wait for another process that writes the same file."""
MANY = 5
"""So many faults are named; the others are counted."""


def read(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Decision]:
    """The decisions of a file, or of several one after another, in their order.

    Raises CorrectionError that names every line that is malformed (the first few), and changes nothing.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    return [found for path in paths for found in _read(Path(path))]


def _read(path: Path) -> list[Decision]:
    found, faults = [], []
    for number, row in _rows(path, _content(path)):
        line = f"{path.name}:{number}"
        try:
            if isinstance(row, str):
                raise CorrectionError(f"{line}: {row}")
            found.append(decision(row, line))
        except CorrectionError as e:
            faults.append(str(e))
    if faults:
        more = f"\n… and {len(faults) - MANY} more" if len(faults) > MANY else ""
        raise CorrectionError(f"{path}: nothing was carried out\n" + "\n".join(faults[:MANY]) + more)
    return found


def _content(path: Path) -> bytes:
    try:
        with _locked(path):
            return path.read_bytes()
    except OSError as e:
        raise CorrectionError(f"{path}: cannot be read: {e.strerror or e}") from e


def _rows(path: Path, content: bytes) -> Iterator[tuple[int, dict[str, object] | str]]:
    """Each line's number, and its row or what is wrong with it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = content[: e.start].count(b"\n") + 1
        raise CorrectionError(f"{path.name}:{line}: not UTF-8") from None
    yield from _csv_rows(path, text) if path.suffix.lower() == ".csv" else _json_rows(text)


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, object] | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as e:
                yield number, f"not a line of JSON ({e})"
                continue
            yield number, row if isinstance(row, dict) else "not a JSON object"


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, object] | str]]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    heads: list[str] = []
    before = 0
    try:
        for cells in lines:
            number, before = before + 1, lines.line_num
            if not heads:
                heads = cells
                missing = [n for n in FIELDS[:5] if n not in heads]
                if missing:
                    raise CorrectionError(f"{path.name}:1: the heading lacks {', '.join(missing)}")
            elif any(cells):
                many = f"{len(cells)} cells under {len(heads)} headings"
                yield number, many if len(cells) != len(heads) else _cells(dict(zip(heads, cells, strict=True)))
    except csv.Error as e:
        yield lines.line_num, f"not a line of CSV ({e})"


def _cells(row: dict[str, str]) -> dict[str, object] | str:
    """A CSV's cells as values: an empty one is null, `old` and `new` may hold JSON."""
    plain = {name: storage.unguarded(cell) or None for name, cell in row.items()}
    for name in ("old", "new"):
        cell = plain.get(name)
        if cell and cell[:1] in '[{"':
            with contextlib.suppress(ValueError, RecursionError):  # else a text that begins so
                plain[name] = json.loads(cell)
    return plain


def append(path: str | os.PathLike[str], decisions: Iterable[Decision]) -> int:
    """Add decisions at the end of a file, all at once, and see them safely on the disk. Gives how many.

    Waits for another process that writes it. Raises CorrectionError where it cannot be written, or where its last line
    is cut off: then nothing is written, so that no line is spoilt.
    """
    path, listed = Path(path), list(decisions)
    if not listed:
        return 0
    is_csv = path.suffix.lower() == ".csv"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path), open(path, "a+b") as f:
            heading = _sound_end(path, f, is_csv)
            lines = _csv_lines(listed, heading) if is_csv else [json.dumps(d.row(), ensure_ascii=False) for d in listed]
            f.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
            f.flush()
            os.fsync(f.fileno())
    except OSError as e:
        raise CorrectionError(f"{path}: cannot be written: {e.strerror or e}") from e
    return len(listed)


def _sound_end(path: Path, f: io.BufferedRandom, is_csv: bool) -> list[str] | None:
    """See to it that the file ends with a whole line; gives a CSV's headings, None for an empty file."""
    f.seek(0)
    content = f.read()
    if content and not content.endswith(b"\n"):
        rows = list(_rows(path, content))
        if rows and isinstance(rows[-1][1], str):
            raise CorrectionError(f"{path.name}:{rows[-1][0]}: the line is cut off; mend or delete it, then go on")
        f.write(b"\n")
    if not (is_csv and content.strip()):
        return None
    return next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _csv_lines(decisions: list[Decision], heading: list[str] | None) -> list[str]:
    def cell(value: object) -> str:
        if isinstance(value, dict | list) or (isinstance(value, str) and value[:1] in ("[", "{", '"')):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else storage.guarded(str(value))

    names = heading or list(FIELDS)
    rows = [[cell(d.row().get(name)) for name in names] for d in decisions]
    return [storage.line(cells).rstrip("\n") for cells in ([] if heading else [names]) + rows]


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file's lock, hidden beside it; where nothing can be written there, nobody else writes either."""
    import filelock

    lock = filelock.FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise CorrectionError(f"{path}: another process has been writing it for {PATIENCE:g} s; try again") from None
    except OSError:
        if path.exists() and not os.access(path.parent, os.W_OK):
            yield
            return
        raise
    try:
        yield
    finally:
        lock.release()
