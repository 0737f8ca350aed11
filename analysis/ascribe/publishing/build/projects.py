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
WHY = "# A wheel lies beside this file; `pip wheel --no-deps CHECKOUT` makes one.\n"


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
    tree = PACKAGE / "project"
    files = {path.relative_to(tree).as_posix(): path for path in tree.rglob("*") if path.is_file()}
    files |= {f"notebooks/{path.name}": path for path in shipped("notebooks").glob("*.ipynb")}
    files |= {name: shipped(name) for name in SHARED}
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)  # not its mode: a package may lie where nobody may write
    line, wheel = requirement()
    (folder / REQUIREMENTS).write_text(f"{WHY}{line}\n", encoding="utf-8", newline="\n")
    if wheel:
        shutil.copyfile(wheel, folder / wheel.name)


def requirement() -> tuple[str, Path | None]:
    """What installs the Ascribe at work here elsewhere, and the wheel that this takes, where it still lies somewhere.

    The commit that it was installed from, or else a wheel laid beside: by its name alone, an index would give another
    package.
    """
    import urllib.parse
    import urllib.request

    installed = metadata.distribution("ascribe")
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if held := origin.get("vcs_info"):
        return f"ascribe @ {held['vcs']}+{origin['url']}@{held['commit_id']}", None
    place = urllib.parse.urlsplit(str(origin.get("url", "")))
    path = Path(urllib.request.url2pathname(place.path))
    if place.scheme == "file" and path.suffix == ".whl" and path.is_file():
        return f"./{path.name}", path
    return f"./ascribe-{installed.version}-py3-none-any.whl", None
