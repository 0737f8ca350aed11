"""How far a reading has come, in bytes of its files: what progress and the time left are reckoned from."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO


class Position:
    """The bytes of all files to be read, of those that were read, and the file that is being read."""

    def __init__(self) -> None:
        self.total, self.before = 0, 0
        self.sizes: dict[Path, int] = {}
        self.file: BinaryIO | None = None

    def expect(self, paths: list[Path]) -> None:
        """Note which files will be read."""
        self.sizes = {path: size(path) for path in paths}
        self.total = sum(self.sizes.values())

    def finished(self, path: Path) -> None:
        """Note that a file was read to its end."""
        self.before += self.sizes.get(path, 0)
        self.file = None

    def share(self) -> float:
        """The part of all bytes that was read, from 0 to 1."""
        done = self.before
        with contextlib.suppress(OSError, ValueError, AttributeError):
            done += self.file.tell()
        return min(done / self.total, 1.0) if self.total else 0.0


_position: ContextVar[Position | None] = ContextVar("position", default=None)


@contextlib.contextmanager
def followed() -> Iterator[Position]:
    """The position of what is read as long as this lasts."""
    position = Position()
    token = _position.set(position)
    try:
        yield position
    finally:
        _position.reset(token)


def now() -> Position:
    """The position that is followed, or one that nobody looks at."""
    return _position.get() or Position()


@contextlib.contextmanager
def reading(file: BinaryIO) -> Iterator[BinaryIO]:
    """Say that this file is being read, a record at a time."""
    position = now()
    position.file = file
    try:
        yield file
    finally:
        position.file = None


def size(path: Path) -> int:
    """A file's bytes; none where it cannot be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
