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
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ascribe.ledger import columns

OURS = ".ascribe"
LOCK, READY, DESCRIPTION, REPLACED = "lock", "ready", "ledger.json", "replaced.json"
UNFINISHED = "new-"
DATASET = "dataset"
LEFT = ".writing-*"
"""Folders that a killed save of an earlier version left in the ledger's."""


class Torn(Exception):
    """The tables found do not belong together."""


@dataclasses.dataclass(frozen=True)
class Held:
    """What a ledger's folder says of its tables: their format, and the SHA-256 of each.

    Of a data set also the SHA-256 of each of its files, by the path in the folder.
    """

    format: str
    tables: Mapping[str, str]
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def is_dataset(self) -> bool:
        """Whether the tables are a data set: many files each."""
        return self.format == DATASET


def put(folder: Path, make: Callable[[Path], Held], replaced: Callable[[], list[str]]) -> None:
    """Have `make` put the files of a ledger into an empty folder, then make them the ledger that `folder` holds.

    `replaced` gives the paths in `folder` that go with the old ledger. Waits for whoever else saves. Raises OSError.
    """
    ours = folder / OURS
    ours.mkdir(parents=True, exist_ok=True)
    with _locked(ours):
        finish(folder)
        new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=ours))
        try:
            found = make(new)
            described = {"format": found.format, "tables": dict(found.tables)}
            _write_json(new / DESCRIPTION, described | ({"files": dict(found.files)} if found.is_dataset else {}))
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
    for path in sorted(ready.rglob("*")):
        name = path.relative_to(ready)
        if path.is_file() and str(name) not in (DESCRIPTION, REPLACED):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, folder / name)
    with contextlib.suppress(FileNotFoundError):  # after the tables: while it is here, it is these that it describes
        os.replace(ready / DESCRIPTION, ours / DESCRIPTION)
    with contextlib.suppress(FileNotFoundError):
        for name in json.loads((ready / REPLACED).read_text(encoding="utf-8")):
            (folder / name).unlink(missing_ok=True)
            _clear(folder, Path(name).parent)
        (ready / REPLACED).unlink()
    for left in sorted((path for path in ready.rglob("*") if path.is_dir()), reverse=True):
        left.rmdir()
    ready.rmdir()


def _clear(folder: Path, inside: Path) -> None:
    """Take away a folder of a data set, and those above it, where nothing is left in them."""
    with contextlib.suppress(OSError):
        for level in (inside, *inside.parents):
            if level != Path() and (folder / level).is_dir():
                (folder / level).rmdir()


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
            return Held(str(found.get("format")), found["tables"], _inside(found.get("files", {})))
    return None


def _inside(files: object) -> dict[str, str]:
    """The files that a description lists. Raises ValueError where one would lie outside the ledger's folder."""
    if not isinstance(files, dict):
        raise ValueError("not a description of a ledger's files")
    for name in files:
        parts = name.split("/")
        if parts[0] not in (*columns.TABLES, OURS) or len(parts) < 2 or ".." in parts or "\0" in name or "\\" in name:
            raise ValueError(f"{name!r} is no file of a ledger")
    return files


def place(folder: Path, name: str) -> Path:
    """Where a file of the ledger that counts lies."""
    waiting = folder / OURS / READY / name
    return waiting if waiting.is_file() else folder / name


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
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())
