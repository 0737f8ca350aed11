"""Notebooks by path or by name: a project's own, and those that come with the package."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from ascribe.errors import NotebookError

PACKAGE = Path(__file__).parents[2]
SUFFIX = ".ipynb"


def shipped(name: str) -> Path:
    """A file or folder that a checkout keeps at its root, and that a wheel carries inside the package."""
    inside = PACKAGE / "project" / name
    return inside if inside.exists() else PACKAGE.parents[1] / name


def find(name: str | os.PathLike[str], project: Path = Path()) -> Path:
    """The notebook at a path in the folder `project`, or, by a bare name, in its `notebooks/` or in the package.

    Raises NotebookError where there is none.
    """
    path = Path(name)
    if (project / path).is_file():
        return project / path
    if path.parent == Path():
        file = path.name.removesuffix(SUFFIX) + SUFFIX
        for folder in (project / "notebooks", shipped("notebooks")):
            if (folder / file).is_file():
                return folder / file
    known = names(project)
    near = difflib.get_close_matches(path.name.removesuffix(SUFFIX), known, n=1)
    mend = f"did you mean {near[0]}?" if near else f"by name there are {', '.join(known)}"
    raise NotebookError(f"notebook {name}: no such file ({mend})")


def names(project: Path = Path()) -> list[str]:
    """The names by which notebooks are found: the project's own and the package's, in order."""
    folders = (project / "notebooks", shipped("notebooks"))
    return sorted({path.stem for folder in folders for path in folder.glob(f"*{SUFFIX}")})
