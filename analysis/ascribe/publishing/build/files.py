"""Files written all or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from ascribe.errors import RenderError

try:
    import fcntl
except ImportError:  # not to be had here: nothing is cleared away
    fcntl = None

YOUNG = 5.0
"""Seconds in which a folder may have been made and not yet be held."""


@contextlib.contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A new empty folder beside `folder`, on the same disk, gone again when the work is over.

    So are folders above it that were made for it, where nothing came into them. Raises RenderError where it cannot be
    made.
    """
    if "\0" in str(folder):
        raise RenderError(f"{str(folder)!r}: not the name of a folder")
    try:
        new = [p for p in folder.parents if not p.exists()]
        if folder.exists() and not folder.is_dir():
            raise RenderError(f"{folder}: is a file; name a folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(folder)
        made = folder.parent / f".{folder.name}.{secrets.token_hex(4)}"
        made.mkdir()  # with the rights that the user gives to what is new
        held = os.open(made, os.O_RDONLY) if fcntl else None
        if held is not None:
            fcntl.flock(held, fcntl.LOCK_EX)
    except OSError as e:
        raise RenderError(f"{folder}: cannot be written: {e.strerror or e}") from None
    try:
        yield made
    finally:
        if held is not None:
            os.close(held)
        shutil.rmtree(made, ignore_errors=True)
        with contextlib.suppress(OSError):
            for parent in new:
                parent.rmdir()


def _clear_away(folder: Path) -> None:
    """Take away what killed processes left beside a folder: what nobody holds any more."""
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.{'[0-9a-f]' * 8}"):
        with contextlib.suppress(OSError):
            if fcntl is None or time.time() - left.stat().st_mtime < YOUNG:
                continue
            found = os.open(left, os.O_RDONLY)
            try:
                fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(found)


def move_into(made: Path, folder: Path) -> list[Path]:
    """Move the files of `made` into `folder`, each replacing its namesake at once. Gives where they are now.

    A new folder comes into being whole. Raises RenderError where it cannot be written.
    """
    try:
        names = sorted(p.name for p in made.iterdir())
        if not folder.exists():
            os.rename(made, folder)
        else:
            for name in names:
                os.replace(made / name, folder / name)
    except OSError as e:
        raise RenderError(f"{folder}: cannot be written: {e.strerror or e}") from None
    return [folder / name for name in names]
