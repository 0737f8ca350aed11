"""A project of one's own, laid out: articles, notebooks, reports, the workflow, and which Ascribe it takes."""

from __future__ import annotations

import json
import os
import shutil
from importlib import metadata
from pathlib import Path

from ascribe.errors import ParameterError, RenderError
from ascribe.publishing.build.files import beside, move_into
from ascribe.publishing.build.notebooks import PACKAGE, shipped

SHARED = (".github/workflows/regenerate.yml", "reports/.gitignore")
"""What a project has in common with a checkout of the package, besides the notebooks."""
REQUIREMENTS = "requirements.txt"


def lay_out(folder: str | os.PathLike[str]) -> list[Path]:
    """Lay out a project in a folder that is new or empty; `ascribe build` works in it at once. Gives what lies in it.

    Raises ParameterError where something lies there already, RenderError where it cannot be written.
    """
    folder = Path(folder)
    if folder.is_dir() and any(folder.iterdir()):
        raise ParameterError(f"{folder}: is not empty; name a folder that is yet to be made")
    with beside(folder.absolute()) as made:
        try:
            _fill(made)
        except OSError as e:
            raise RenderError(f"{folder}: cannot be written: {e.strerror or e}") from None
        names = [path.name for path in move_into(made, folder.absolute())]
    return [folder / name for name in names]


def _fill(folder: Path) -> None:
    shutil.copytree(PACKAGE / "project", folder, dirs_exist_ok=True)
    notebooks = {f"notebooks/{path.name}": path for path in sorted(shipped("notebooks").glob("*.ipynb"))}
    for name, source in (notebooks | {name: shipped(name) for name in SHARED}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)
    (folder / REQUIREMENTS).write_text(requirement(), encoding="utf-8", newline="\n")


def requirement() -> str:
    """What installs the Ascribe at work here elsewhere: its commit, where it came from one, else a wheel laid beside.

    By its name alone an index would give another package.
    """
    installed = metadata.distribution("ascribe")
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if "vcs_info" in origin:
        held = origin["vcs_info"]
        return f"ascribe @ {held['vcs']}+{origin['url']}@{held['commit_id']}\n"
    return (
        "# The wheel of Ascribe, laid beside this file: `pip wheel --no-deps CHECKOUT` makes it.\n"
        f"./ascribe-{installed.version}-py3-none-any.whl\n"
    )
