"""From what a user names (files, folders, globs) to files."""

from __future__ import annotations

import glob
import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ascribe.errors import ArticleError

READERS = {
    ".txt": "plain", ".md": "plain", ".html": "web", ".htm": "web", ".pdf": "pdf", ".docx": "word", ".eml": "mail",
    ".jsonl": "jsonl", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
"""The module of this folder that reads each kind of file: `read(path)` gives each Article, or the ArticleError in its
place, and raises ArticleError where the file as a whole cannot be read. Imported when first needed."""
SUFFIXES = tuple(READERS)

TABLES = (".csv", ".tsv", ".xlsx", ".parquet")
"""Tables of articles, a row each: read where they are named; passed by elsewhere, for a table may be anything."""
MENDS = {
    ".doc": "save it as .docx", ".docm": "save it as .docx", ".dot": "save it as .docx", ".wps": "save it as .docx",
    ".rtf": "save it as .docx or .txt", ".odt": "save it as .docx", ".fodt": "save it as .docx",
    ".pages": "export it as .docx", ".epub": "save its pages as .html", ".mht": "save the page as .html",
    ".mhtml": "save the page as .html", ".xhtml": "rename it to .html", ".markdown": "rename it to .md",
    ".text": "rename it to .txt", ".msg": "save the mail as .eml", ".mbox": "save its mails as .eml",
}  # fmt: skip
"""Kinds that hold articles and are not read, with what to do: in a folder, too, none is passed by in silence."""
ADDRESS = re.compile(r"[a-z]{3,6}://", re.IGNORECASE)


def suffix(path: str | Path) -> str | None:
    """Which of `SUFFIXES` the name ends in, whatever its case; None for another."""
    name = os.path.basename(path).lower()
    return next((s for s in reversed(SUFFIXES) if name.endswith(s) and name != s), None)


def is_table(path: str | Path) -> bool:
    """Whether the name is that of a table of articles."""
    return os.path.splitext(path)[1].lower() in TABLES


def reader(path: Path) -> str:
    """The module of this folder that reads a file."""
    return "tables" if is_table(path) else READERS[suffix(path)]


def find(inputs: Iterable[str | Path]) -> Iterator[Path | ArticleError]:
    """The files that the inputs name, each once, in the inputs' order; what names none is given as an ArticleError.

    A folder stands for all files below it with one of `SUFFIXES`, sorted, hidden ones left out (see `walk`); a glob
    (`**` too) for what it matches, sorted. A path that exists is never taken for a glob.
    """
    seen: set[str] = set()
    for item in inputs:
        for found in expand(os.fspath(item)):
            if isinstance(found, ArticleError):
                if str(found) not in seen:
                    yield found
                seen.add(str(found))
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
        unread = sorted(unlisted_below(item), key=str)
        if not matches and not unread:
            yield ArticleError(item, "the pattern matches no file")
            return
        files = (f for m in matches for f in (walk(m) if os.path.isdir(m) else matched(m, item)))
        trouble = f"the pattern matches no article: nothing that ends in {kinds()}"
        yield from nonempty(itertools.chain(unread, files), item, trouble)
    else:
        fetch = "an address: save the page as .html first, or let `ascribe extract` fetch it"
        yield ArticleError(item, fetch if ADDRESS.match(item) else "no such file or folder")


def regular(path: str) -> Path | ArticleError:
    try:
        mode = os.stat(path).st_mode
    except OSError as e:
        why = "a link to a file that is not there" if os.path.islink(path) else f"cannot be read: {e.strerror or e}"
        return ArticleError(path, why)
    return Path(path) if stat.S_ISREG(mode) else ArticleError(path, "not a regular file")


def check(item: str) -> Path | ArticleError:
    if os.path.exists(item) and not suffix(item):
        kind = os.path.splitext(item)[1]
        if is_table(item):
            return regular(item)
        if kind.lower() in (".xls", ".ods"):
            return ArticleError(item, f"{kind} is not read: save it as .xlsx or .csv")
        if trouble := other(item):
            return trouble
        what = f"files of kind {kind}" if kind else "files without a suffix"
        return ArticleError(item, f"{what} are not read: give it as {kinds()}")
    return regular(item)


def matched(path: str, pattern: str) -> list[Path | ArticleError]:
    """What a file stands for that a pattern matched: itself where it is read, else what is to be said of it, if any.

    Tables are read where the pattern asks for tables, `*.csv`.
    """
    trouble = other(path)
    return [Path(path)] if suffix(path) or (is_table(path) and is_table(pattern)) else [trouble] if trouble else []


def other(path: str) -> ArticleError | None:
    """What is to be said of a file that holds an article of a kind that is not read; None for all others."""
    kind = os.path.splitext(path)[1].lower()
    return ArticleError(path, f"{kind} is not read: {MENDS[kind]}") if kind in MENDS else None


def walk(folder: str) -> Iterator[Path | ArticleError]:
    """The articles below a folder, sorted; what may hold some and is not read is given as an ArticleError.

    A folder that may not be listed, a link to a folder (not followed: it may lead anywhere, and round in a circle), a
    link that leads nowhere, what has an article's suffix and is no file, and a document of a kind in `MENDS`.
    """
    unread: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=unread.append):
        yield from map(unlisted, unread)
        unread.clear()
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in folders:
            if os.path.islink(path := os.path.join(root, name)):
                yield ArticleError(path, "a link to a folder is not followed: name the folder that it leads to")
        for name in sorted(n for n in names if not n.startswith(".")):
            path = os.path.join(root, name)
            if suffix(name) or (os.path.islink(path) and not os.path.exists(path)):
                yield regular(path)
            elif trouble := other(path):
                yield trouble
    yield from map(unlisted, unread)


def unlisted(error: OSError) -> ArticleError:
    return ArticleError(error.filename, f"the folder cannot be read: {error.strerror or error}")


def unlisted_below(pattern: str) -> Iterator[ArticleError]:
    """The folders in which a pattern may match, and which may not be listed: `glob` passes them by."""
    for level in {*accumulated(os.path.dirname(pattern))}:
        for folder in glob.glob(level, recursive=True) if glob.has_magic(level) else [level]:
            try:
                os.scandir(folder or os.curdir).close()
            except PermissionError as e:
                yield unlisted(e)
            except OSError:
                continue  # no folder: nothing matches in it


def accumulated(path: str) -> Iterator[str]:
    """A path and those above it: a/b, a."""
    while path and path != os.path.dirname(path):
        yield path
        path = os.path.dirname(path)


def nonempty(files: Iterable[Path | ArticleError], item: str, trouble: str) -> Iterator[Path | ArticleError]:
    empty = True
    for file in files:
        empty = False
        yield file
    if empty:
        yield ArticleError(item, trouble)


def kinds() -> str:
    return ", ".join(SUFFIXES[:-1]) + " or " + SUFFIXES[-1]
