"""The records of a web archive, as warcio reads them, but without its remarks and within bounds."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader

HEADERS = 2**20
"""Bytes that one record's headers may have, its own and those of the answer in it: a small file can hold gigabytes."""


class HeadersTooLongError(Exception):
    """A record's headers go on and on."""


class Reader(DecompressingBufferedReader):
    """warcio's reader, which reads lines within what is `left` where that is bounded, and prints nothing."""

    left: int | None = None

    def readline(self, length: int | None = None) -> bytes:
        if self.left is None:
            return super().readline(length)
        line = super().readline(self.left + 1 if length is None else min(length, self.left + 1))
        self.left -= len(line)
        if self.left < 0:
            raise HeadersTooLongError
        return line

    def _decompress(self, data: bytes) -> bytes:
        with quiet():
            return super()._decompress(data)


class Records(ArchiveIterator):
    """The records of an open file. `err_count` counts those that do not end where they say."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.reader = Reader(self.fh)

    def _next_record(self, next_line: bytes | None) -> object:
        self.reader.left = HEADERS
        try:
            with quiet():
                return super()._next_record(next_line)
        finally:
            self.reader.left = None

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        self.reader.left = HEADERS
        try:
            with quiet():
                return super()._consume_blanklines()
        finally:
            self.reader.left = None


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what the library would print, raw bytes of the archive, from the user's terminal."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield
