"""Whether a report must be rebuilt: one hash over everything that it is made from."""

from __future__ import annotations

import ast
import contextlib
import functools
import glob
import hashlib
import itertools
import json
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ascribe.publishing.build.recipes import Recipe

PACKAGE = Path(__file__).parents[2]
LARGE = 1_000_000
"""Files larger than this go by size and time of change: reading the pipeline would take longer than all the rest."""
MOST = 20_000
"""Files that one parameter may name; a report of more is rebuilt each time."""
STATE = ".build.json"
"""What a finished report remembers of its making. Not an output: it differs from machine to machine."""


def key(recipe: Recipe, project: Path, fonts: tuple[str, ...] = (), defaults: Iterable[str] = ()) -> str:
    """The hash of a report's recipe, notebook, articles, and of the package and the versions that make it.

    A parameter, given or left at its default (`defaults`, see `texts_of`), may name a file, a folder or a pattern.
    """
    digest = hashlib.sha256(shared(fonts).encode())
    parts = [recipe.name, recipe.title, recipe.notebook, list(recipe.parameters.items()), recipe.formats]
    digest.update(json.dumps(parts, ensure_ascii=True).encode())
    digest.update(_file(str(recipe.source(project))))
    for path in (*recipe.articles, *recipe.corrections):
        digest.update(_entry(str(project / path), project))
    for text in sorted({*texts(recipe.parameters), *defaults}):
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0" + named(text, project))
    return digest.hexdigest()


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep: any may name a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts(item)


def texts_of(source: str) -> list[str]:
    """Every text in a default, as Python source."""
    return [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def named(text: str, project: Path) -> bytes:
    """The hash of what a text names: a file, a folder with all below it, what a pattern matches; nothing for no path.

    It is looked for where a notebook looks (`present.workspace.locate`): in the project's folder, then in those above.
    """
    text = text.partition("?")[0] if "=" in text.partition("?")[2] else text  # a part of a ledger hangs on the ledger
    if not 0 < len(text) < 500 or "\0" in text:
        return b""
    folders = [project, *list(project.parents)[:3]] if os.sep in text or "." in text else [project]
    for folder in folders:
        path = os.path.join(folder, text)
        if os.path.exists(path):
            return _named(path)
        if glob.has_magic(text):
            pattern = os.path.join(glob.escape(str(folder)), text)
            found = sorted(itertools.islice(glob.iglob(pattern, recursive=True), MOST + 1))
            if found:
                return _all(found, folder)
    return b""


def _named(path: str) -> bytes:
    """The hash of a file, or of the names and contents of all files below a folder that a notebook could read."""
    if not os.path.isdir(path):
        return _entry(path, os.path.dirname(path))
    found = []
    for root, folders, names in os.walk(path):
        if STATE in names:  # a report: what is made here is not what it is made from
            folders.clear()
            continue
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__")))
        found += [os.path.join(root, name) for name in sorted(names) if not name.startswith(".")]
        if len(found) > MOST:
            break
    return _all(found, path)


def _all(paths: Sequence[str], folder: str | Path) -> bytes:
    """The hash of many files; never the same twice where they are too many to look at: the report is rebuilt."""
    return hashlib.sha256(b"".join(_entry(p, folder) for p in paths)).digest() if len(paths) <= MOST else os.urandom(32)


def _entry(path: str, folder: str | Path) -> bytes:
    """A file's name and what is in it; the name alone where it cannot be read."""
    name = os.path.relpath(path, folder).encode("utf-8", "surrogateescape") + b"\0"
    with contextlib.suppress(OSError):
        if os.path.isfile(path):
            return name + _file(path)
        if os.path.isdir(path):
            return name + _named(path)
    return name


@functools.cache
def shared(fonts: tuple[str, ...] = ()) -> str:
    """The hash of what all reports share: the package's files, the versions installed, Python, the fonts named."""
    digest = hashlib.sha256(f"{sys.version_info[:3]} {sys.platform}".encode())
    for root, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(names):
            if not name.startswith("."):
                path = os.path.join(root, name)
                digest.update(os.path.relpath(path, PACKAGE).encode() + b"\0" + _file(path))
    installed = {
        name
        for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        for name in os.listdir(place)
        if name.endswith((".dist-info", ".egg-info"))
    }
    digest.update("\n".join(sorted(installed)).encode())
    for folder in (*fonts, *os.environ.get("ASCRIBE_FONTS", "").split(os.pathsep)):
        if folder:
            digest.update(_named(folder))
    return digest.hexdigest()


def _file(path: str) -> bytes:
    found = os.stat(path)
    signature = (found.st_size, found.st_mtime_ns)
    return f"{signature}".encode() if found.st_size > LARGE else _content(path, signature, found.st_ino)


@functools.cache
def _content(path: str, *as_it_is: object) -> bytes:
    """A file's hash, read again only where it is no longer as it was."""
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).digest()


def forget() -> None:
    """Read everything again: for a process that builds more than once."""
    shared.cache_clear()
    _content.cache_clear()


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a report, by its path in it; the state itself and what begins with a dot left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in Path(name).parts):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def state(folder: Path) -> Mapping:
    """What a report remembers: its `key`, and its `files` with their hashes; empty where it remembers nothing."""
    try:
        held = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    files = held.get("files") if isinstance(held, dict) else None
    return held if isinstance(files, dict) and "\0" not in "".join(files) else {}


def is_current(folder: Path, wanted: str) -> bool:
    """Whether the report in a folder was made under this key and still is what was made."""
    held = state(folder)
    if held.get("key") != wanted or not held["files"]:
        return False
    try:
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in held["files"].items()
        )
    except OSError:
        return False
