"""Ledgers made once in the course of a build, however many notebooks and tables ask for the same articles.

Off unless `cache_in` says where to keep them: what is read must be trusted as a program is (pickles), so the folder is
one that the build itself made and nobody else can write. A whole list of articles is remembered, never a part of one:
so a ledger does not hang on which others were made before.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import TypeVar

from ascribe.articles.article import Article
from ascribe.errors import ArticleError

OnError = Callable[[ArticleError], None]
Made = TypeVar("Made")
_place: ContextVar[Path | None] = ContextVar("place", default=None)


@contextlib.contextmanager
def cache_in(folder: Path) -> Iterator[None]:
    """Remember, in this folder, the ledgers made as long as this lasts, and take those that are there already."""
    token = _place.set(folder)
    try:
        yield
    finally:
        _place.reset(token)


def is_on() -> bool:
    """Whether ledgers are remembered."""
    return _place.get() is not None


def ledger(articles: Iterable[Article], on_error: OnError | None, make: Callable[..., Made]) -> Made:
    """The ledger that `make(articles, on_error=…)` gives, from memory where these very articles were asked for before.

    What went wrong with single articles is told again. A disk that is full costs only the remembering.
    """
    place = _place.get()
    assert place is not None
    listed = list(articles)
    path = place / hashlib.sha256(repr(listed).encode("utf-8", "surrogatepass")).hexdigest()
    try:
        made, failed = pickle.loads(path.read_bytes())
    except OSError:
        failed = []
        made = make(listed, on_error=failed.append)
        with contextlib.suppress(OSError):
            _write(path, pickle.dumps((made, failed), protocol=pickle.HIGHEST_PROTOCOL))
    for error in failed:
        if on_error is None:
            raise error
        on_error(error)
    return made


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, whoever else writes it at the same moment."""
    path.parent.mkdir(exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent)
    try:
        with open(number, "wb") as f:
            f.write(content)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
