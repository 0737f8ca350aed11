"""A finished report in the place of the last one, at one stroke."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

from ascribe.publishing.build.keys import STATE, state

AT_FDCWD, RENAME_EXCHANGE = -100, 2
OLD = ".old-"
MANIFEST = "manifest.json"
MADE = re.compile(
    r"(?:tables|parquet)/(?:documents|sources|claims|figures|decisions|rejected|changed)\.(?:csv|parquet)"
    r"|(?:manifest|datapackage)\.json|(?:claims|annotations)\.jsonld|changes\.(?:json|md)"
)
"""What a build makes, besides what bears the report's name: for a fresh checkout, which does not remember.

The tables are those of `ledger.columns.ALL`, not imported here: to see that nothing changed no library is loaded.
"""
REPORTS = (".ipynb", ".html", ".pdf")


def refusal(place: Path) -> str | None:
    """Why no report may be put in the place of what is there, in words; None where it may.

    A folder that no build made is somebody's own, whatever it is called, and so is what a link leads to.
    """
    if place.is_symlink():
        return "is a link, and a report takes the place of a folder: remove the link, or name the report otherwise"
    if not os.path.lexists(place):
        return None
    if not place.is_dir():
        return "is a file, and the report's folder would be called so: name the report otherwise"
    if _is_builds(place) or not any(place.iterdir()):
        return None
    return "was not made by a build, and the report's folder would be called so: name the report otherwise, or move it"


def replace_atomically(made: Path, place: Path) -> None:
    """Make the folder `made` the folder `place`; the one that was there goes.

    What no build made in the old one is somebody's own and is carried over. Whenever the process is killed, either the
    old or the new folder is whole (see `recover`). Raises OSError, also where somebody's own is in the way.
    """
    if reason := refusal(place):
        raise OSError(reason)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        os.rename(made, place)
        return
    _carry_over(place, made)
    if _exchange(made, place):
        shutil.rmtree(made, ignore_errors=True)
        return
    old = place.with_name(f"{OLD}{place.name}")
    shutil.rmtree(old, ignore_errors=True)
    os.rename(place, old)
    os.rename(made, place)
    shutil.rmtree(old, ignore_errors=True)


def _carry_over(place: Path, made: Path) -> None:
    """Copy what no build made, files, links and folders, from the old folder into the new one."""
    for root, folders, names in os.walk(place):
        for name in [*names, *folders]:
            path = Path(root, name)
            there = path.relative_to(place).as_posix()
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    (made / there).mkdir(parents=True, exist_ok=True)
                continue
            if _is_made(there, place):
                continue
            if os.path.lexists(made / there):
                raise OSError(f"{there} was not made by a build and would be overwritten: move it")
            (made / there).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, made / there, follow_symlinks=False)


def _is_builds(place: Path) -> bool:
    """Whether a build made this folder: it remembers so, or, in a fresh checkout, has a report's manifest."""
    if state(place):
        return True
    with contextlib.suppress(OSError, ValueError, RecursionError):
        held = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        return isinstance(held, dict) and {"notebook", "parameters", "versions"} <= held.keys()
    return False


def _is_made(name: str, place: Path) -> bool:
    """Whether a build made a file in a report's folder: it remembers so, or, in a fresh checkout, by its name."""
    if name == STATE:
        return True
    files = state(place).get("files")
    if files is not None:
        return name in files
    return bool(MADE.fullmatch(name)) or name in {place.name + suffix for suffix in REPORTS}


def recover(place: Path) -> None:
    """Bring back the last good report where a process was killed between taking it away and putting the new one."""
    old = place.with_name(f"{OLD}{place.name}")
    if old.is_dir():
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.rename(old, place)


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
