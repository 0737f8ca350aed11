"""A finished report in the place of the last one, at one stroke."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from ascribe.publishing.build.keys import STATE

AT_FDCWD, RENAME_EXCHANGE = -100, 2
OLD = ".old-"


def put(made: Path, place: Path, ours: Collection[str]) -> None:
    """Make the folder `made` the folder `place`; the one that was there goes.

    `ours` names the files in the old one that a build made; any other is somebody's own and is carried over. Whenever
    the process is killed, either the old or the new folder is whole (see `recover`). Raises OSError.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        os.rename(made, place)
        return
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_file() and name != STATE and name not in ours and not (made / name).exists() and _is_own(name):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, made / name)
    if _exchange(made, place):
        shutil.rmtree(made, ignore_errors=True)
        return
    old = place.with_name(f"{OLD}{place.name}")
    shutil.rmtree(old, ignore_errors=True)
    os.rename(place, old)
    os.rename(made, place)
    shutil.rmtree(old, ignore_errors=True)


def recover(place: Path) -> None:
    """Bring back the last good report where a process was killed between taking it away and putting the new one."""
    old = place.with_name(f"{OLD}{place.name}")
    if old.is_dir():
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.rename(old, place)


def _is_own(name: str) -> bool:
    """Whether a file that no build remembers is its reader's, and not left from a build before a fresh checkout."""
    parts = Path(name).parts
    made = parts[0] in ("tables", "parquet") or parts[0] in ("manifest.json", "datapackage.json", "changes.json")
    return not made and not name.endswith((".jsonld", "changes.md"))


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    if not hasattr(os, "uname") or os.uname().sysname != "Linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = [os.fsencode(path) for path in (one, other)]
    return libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0


def digest(path: Path) -> str:
    """A file's SHA-256, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
