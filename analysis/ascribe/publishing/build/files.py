"""Files written all or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from ascribe.errors import RenderError


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
        made = folder.parent / f".{folder.name}.{secrets.token_hex(4)}"
        made.mkdir()  # with the rights that the user gives to what is new
    except OSError as e:
        raise RenderError(f"{folder}: cannot be written: {e.strerror or e}") from None
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        with contextlib.suppress(OSError):
            for parent in new:
                parent.rmdir()


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
