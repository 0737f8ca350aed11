"""From what a user names (files, folders, globs) to files."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ascribe.errors import ArticleError

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml", ".jsonl", ".warc", ".warc.gz")

TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet")
"""What people keep many articles in, and what is not read: which of its columns holds the text cannot be known."""
ADDRESS = re.compile(r"[a-z]{3,6}://", re.IGNORECASE)


def suffix(path: str | Path) -> str | None:
    """Which of `SUFFIXES` the name ends in, whatever its case; None for another."""
    name = os.path.basename(path).lower()
    return next((s for s in reversed(SUFFIXES) if name.endswith(s) and name != s), None)


def find(inputs: Iterable[str | Path]) -> Iterator[Path | ArticleError]:
    """The files that the inputs name, each once, in the inputs' order; what names none is given as an ArticleError.

    A folder stands for all files below it with one of `SUFFIXES`, sorted, hidden ones left out; a glob (`**` too) for
    what it matches, sorted. A path that exists is never taken for a glob.
    """
    seen: set[str] = set()
    for item in inputs:
        for found in expand(os.fspath(item)):
            if isinstance(found, ArticleError):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield found


def expand(item: str) -> Iterator[Path | ArticleError]:
    if "\0" in item or not item:
        yield ArticleError(repr(item), "not a path")
    elif item == "-":
        yield ArticleError(item, "standard input is not read: save the article as a file that ends in .txt")
    elif os.path.isdir(item):
        yield from nonempty(walk(item), item, f"no article in this folder: none of its files ends in {kinds()}")
    elif os.path.lexists(item):
        yield check(item)
    elif glob.has_magic(item):
        matches = sorted(glob.glob(item, recursive=True))
        if not matches:
            yield ArticleError(item, "the pattern matches no file")
            return
        files = (f for m in matches for f in (walk(m) if os.path.isdir(m) else [Path(m)] if suffix(m) else []))
        yield from nonempty(files, item, f"the pattern matches no article: nothing that ends in {kinds()}")
    else:
        address = ADDRESS.match(item)
        yield ArticleError(item, "an address: save the page as .html first" if address else "no such file or folder")


def check(item: str) -> Path | ArticleError:
    if not os.path.exists(item):
        return ArticleError(item, "a link to a file that is not there")
    if not suffix(item):
        kind = os.path.splitext(item)[1]
        if kind.lower() in TABLES:
            mend = 'write each article as a line of JSON into a file that ends in .jsonl: {"doc_id": …, "text": …}'
            return ArticleError(item, f"tables ({kind}) are not read: {mend}")
        what = f"files of kind {kind}" if kind else "files without a suffix"
        return ArticleError(item, f"{what} are not read: give it as {kinds()}")
    if not os.path.isfile(item):
        return ArticleError(item, "not a regular file")
    return Path(item)


def walk(folder: str) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            path = os.path.join(root, name)
            if not name.startswith(".") and suffix(name) and os.path.isfile(path):
                yield Path(path)


def nonempty(files: Iterable[Path], item: str, trouble: str) -> Iterator[Path | ArticleError]:
    empty = True
    for file in files:
        empty = False
        yield file
    if empty:
        yield ArticleError(item, trouble)


def kinds() -> str:
    return ", ".join(SUFFIXES[:-1]) + " or " + SUFFIXES[-1]
