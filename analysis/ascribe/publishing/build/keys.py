"""Whether a report must be made anew: one hash over everything that it is made from."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from ascribe.publishing.build.recipes import Recipe

PACKAGE = Path(__file__).parents[2]
LARGE = 1_000_000
"""Files larger than this go by size and time of change: reading the pipeline would take longer than all the rest."""
STATE = ".build.json"
"""What a finished report remembers of its making. Not an output: it differs from machine to machine."""


def key(recipe: Recipe, project: Path, fonts: tuple[str, ...] = ()) -> str:
    """The hash of a report's recipe, notebook, articles, and of the package and the versions that make it."""
    digest = hashlib.sha256(shared(fonts).encode())
    parts = [recipe.name, recipe.title, recipe.notebook, list(recipe.parameters.items()), recipe.formats]
    digest.update(json.dumps(parts, ensure_ascii=True).encode())
    digest.update(_file(str(recipe.source(project))))
    for path in recipe.articles:
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + _file(str(project / path)))
    for _, value in sorted(recipe.parameters.items()):  # a parameter may name a file: a table, a series
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and 0 < len(item) < 500 and "\0" not in item:
                digest.update(_named(project / item))
    return digest.hexdigest()


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
            digest.update(_named(Path(folder)))
    return digest.hexdigest()


def _named(path: Path) -> bytes:
    """The hash of a file, or of a folder's names, sizes and times; nothing where neither is there."""
    try:
        if path.is_file():
            return _file(str(path))
        if path.is_dir():
            listed = [f"{p.name}:{p.stat().st_size}:{p.stat().st_mtime_ns}" for p in sorted(path.iterdir())[:10_000]]
            return hashlib.sha256("\n".join(listed).encode("utf-8", "surrogateescape")).digest()
    except OSError:
        pass
    return b""


@functools.cache
def _file(path: str) -> bytes:
    stat = os.stat(path)
    if stat.st_size > LARGE:
        return f"{stat.st_size}:{stat.st_mtime_ns}".encode()
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).digest()


def forget() -> None:
    """Read everything again: for a process that builds more than once."""
    shared.cache_clear()
    _file.cache_clear()


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
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) and isinstance(held.get("files"), dict) else {}


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
