"""Where a notebook finds its files: in the folder it runs in, or in one above."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from pathlib import Path


def locate(path: str | os.PathLike[str]) -> Path:
    """The path (or pattern) as it is, or, where nothing is there, under the nearest folder above where something is.

    So a notebook's `reports/articles` is found from the project's folder, where reports are rendered, and from
    `notebooks/`, where JupyterLab runs it. What is found nowhere comes back unchanged.
    """
    path = Path(path)
    if not path.is_absolute():
        for up in [Path(), *(Path(*[".."] * n) for n in range(1, 4))]:
            if (up / path).exists() or (glob.has_magic(str(path)) and glob.glob(str(up / path), recursive=True)):
                return up / path
    return path


def locate_all(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """Each of several paths, located."""
    return [locate(path) for path in paths]
