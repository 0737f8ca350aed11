"""Names for documents: no two articles of a ledger share a `doc_id`."""

from __future__ import annotations

import collections
import hashlib
import os
from collections.abc import Iterable, MutableMapping
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.articles.inputs import SUFFIXES, is_table, suffix

CONTAINERS = (".jsonl", ".warc", ".warc.gz")


def name_files(paths: Iterable[Path]) -> tuple[dict[Path, str | None], list[str]]:
    """The `doc_id` of each file that is to be read (None for one that holds many articles), and notes for the user.

    A file's `doc_id` is its stem. Of files with one stem, a copy of another is left out; a text file keeps the stem and
    `news.html` beside it becomes "news.html"; of files with one name in many folders each gets its folder: "may/news".
    The names depend on which files there are, not on the order they are given in.
    """
    paths = list(paths)
    stems: dict[str, list[Path]] = collections.defaultdict(list)
    for path in paths:
        if suffix(path) not in CONTAINERS and not is_table(path):
            stems[clean(path.stem)].append(path)
    names: dict[Path, str | None] = {path: None for path in paths}
    notes = []
    for stem, same in stems.items():
        distinct = list({contents(path): path for path in sorted(same, reverse=True)}.values()) if same[1:] else same
        for path in sorted(set(same) - set(distinct)):
            del names[path]
            notes.append(f"{clean(path)}: a copy of another input of that name; read once")
        told_apart = tell_apart(stem, sorted(distinct))
        names.update(told_apart)
        notes += [f"{clean(p)}: shares its name with another input; its doc_id is {name!r}"
                  for p, name in told_apart.items() if name != stem]  # fmt: skip
    return names, notes


def tell_apart(stem: str, paths: list[Path]) -> dict[Path, str]:
    kinds = [suffix(path) for path in paths]
    first = min(kinds, key=SUFFIXES.index)
    names = {
        path: stem if kind == first and kinds.count(first) == 1 else clean(path.name if len(set(kinds)) > 1 else stem)
        for path, kind in zip(paths, kinds, strict=True)
    }
    crowd: dict[str, list[Path]] = collections.defaultdict(list)
    for path, name in names.items():
        crowd[name].append(path)
    for name, same in crowd.items():
        if same[1:]:
            folders = [os.path.realpath(path.parent).split(os.sep) for path in same]
            names.update(zip(same, qualify(name, folders), strict=True))
    return names


def qualify(name: str, folders: list[list[str]]) -> list[str]:
    """The name behind as many of its folders as tell all apart."""
    for depth in range(1, max(map(len, folders)) + 1):
        names = ["/".join([*map(clean, folder[-depth:]), name]) for folder in folders]
        if len(set(names)) == len(names):
            return names
    return [f"{n}-{hashlib.sha256(n.encode() + bytes([i % 256])).hexdigest()[:8]}" for i, n in enumerate(names)]


def contents(path: Path) -> object:
    """What two copies of a file have in common; the path where it cannot be read, which its reader will report."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), suffix(path)
    except OSError:
        return path


def clean(name: object) -> str:
    """A file's name as text: names on disk are bytes, and need not be UTF-8."""
    return os.fsencode(str(name)).decode("utf-8", "replace")


class Names:
    """The names taken so far in one reading, and by which texts: in memory, or where the mappings given keep them."""

    def __init__(
        self, taken: MutableMapping[str, bytes] | None = None, first: MutableMapping[bytes, str] | None = None
    ) -> None:
        self.taken = {} if taken is None else taken
        self.first = {} if first is None else first

    def take(self, article: Article) -> tuple[str | None, str | None]:
        """The article's name in the ledger (None where this very article was read before), and a note if any."""
        name, digest = article.doc_id, bytes.fromhex(article.sha256)[:12]
        if self.taken.get(name, digest) != digest:
            name = f"{name}-{article.sha256[:8]}"
        if name in self.taken:
            return None, f"{article.path}: {article.doc_id!r} again, with the same text; read once"
        self.taken[name] = digest
        first = self.first.setdefault(digest, name)
        if first != name:
            return name, f"{article.path}: the same text as {first!r}; each counts as an article of its own"
        if name == article.doc_id:
            return name, None
        return name, f"{article.path}: another article is named {article.doc_id!r}; this one's doc_id is {name!r}"
