"""One ledger in the place of another: all tables or none, whenever the process is killed, whoever else saves.

What is not a table lies in a hidden folder of the ledger's own, `.ascribe/`:

    lock           held by whoever saves
    new-*/         a ledger being written; what a killed save left of one is cleared away by the next
    ready/         a ledger that is whole: from the moment that it has this name, it is the one that counts
    ledger.json    the format of the tables and the SHA-256 of each: what ties them together

So the swap is one renaming of one folder. What follows, putting the files of `ready/` where they are looked for, can be
broken off and taken up again by anybody: until it is done, they are read where they are.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ascribe.ledger import columns

OURS = ".ascribe"
LOCK, READY, DESCRIPTION, REPLACED = "lock", "ready", "ledger.json", "replaced.json"
UNFINISHED = "new-"
LEFT = ".writing-*"
"""Folders that a killed save of an earlier version left in the ledger's."""


@dataclasses.dataclass(frozen=True)
class Held:
    """What a ledger's folder says of its tables: their format, and the SHA-256 of each."""

    format: str
    tables: Mapping[str, str]


def put(folder: Path, format: str, write: Callable[[Path], Iterable[Path]], replaced: Callable[[], list[str]]) -> None:
    """Have `write` put the files of a ledger into an empty folder, then make them the ledger that `folder` holds.

    `replaced` gives the names in `folder` that go with the old ledger. Waits for whoever else saves. Raises OSError.
    """
    ours = folder / OURS
    ours.mkdir(parents=True, exist_ok=True)
    with _locked(ours):
        finish(folder)
        new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=ours))
        try:
            tables = {path.stem: digest(path.read_bytes(), format) for path in write(new)}
            _write_json(new / DESCRIPTION, {"format": format, "tables": tables})
            _write_json(new / REPLACED, replaced())
            _to_disk(new)
            os.rename(new, ours / READY)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        finish(folder)


def finish(folder: Path) -> None:
    """Put a ledger that is ready in its place and clear away what killed saves left. The lock must be held."""
    ours, ready = folder / OURS, folder / OURS / READY
    for left in (*ours.glob(f"{UNFINISHED}*"), *folder.glob(LEFT)):
        shutil.rmtree(left, ignore_errors=True)
    if not ready.is_dir():
        return
    for path in sorted(ready.iterdir()):
        if path.name not in (DESCRIPTION, REPLACED):
            os.replace(path, folder / path.name)
    with contextlib.suppress(FileNotFoundError):  # after the tables: while it is here, it is these that it describes
        os.replace(ready / DESCRIPTION, ours / DESCRIPTION)
    with contextlib.suppress(FileNotFoundError):
        for name in json.loads((ready / REPLACED).read_text(encoding="utf-8")):
            (folder / name).unlink(missing_ok=True)
        (ready / REPLACED).unlink()
    ready.rmdir()


def recover(folder: Path) -> None:
    """Finish what a killed save left ready, where this may write and nobody else is at it."""
    if (folder / OURS / READY).is_dir():
        from filelock import Timeout

        with contextlib.suppress(OSError, Timeout), _locked(folder / OURS, timeout=0):
            finish(folder)


def held(folder: Path) -> Held | None:
    """What the ledger that counts says of itself; None for one that was not saved by this package.

    Raises OSError or ValueError where that cannot be read.
    """
    for place in (folder / OURS / READY, folder / OURS):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            try:
                found = json.loads((place / DESCRIPTION).read_text(encoding="utf-8"))
            except RecursionError:
                raise ValueError("nested too deeply") from None
            if not (isinstance(found, dict) and isinstance(found.get("tables"), dict)):
                raise ValueError("not a description of a ledger")
            if not set(columns.TABLES) <= set(found["tables"]) <= set(columns.ALL):
                raise ValueError("not a description of a ledger's tables")
            return Held(str(found.get("format")), found["tables"])
    return None


def content(folder: Path, name: str) -> bytes:
    """A file of the ledger that counts. Raises OSError."""
    try:
        return (folder / OURS / READY / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return (folder / name).read_bytes()


def digest(raw: bytes, format: str) -> str:
    """A table's SHA-256, the same whether a version control system ends its lines in one way or the other."""
    return hashlib.sha256(raw if format == "parquet" else raw.replace(b"\r\n", b"\n")).hexdigest()


@contextlib.contextmanager
def _locked(ours: Path, timeout: float = -1) -> Iterator[None]:
    import filelock

    with filelock.FileLock(ours / LOCK, timeout=timeout):
        yield


def _write_json(path: Path, held: object) -> None:
    path.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def _to_disk(folder: Path) -> None:
    """Have the system write out a folder's files now, so that a power cut after the swap cannot lose them."""
    for path in folder.iterdir():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
