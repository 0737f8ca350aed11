"""What is there, what is missing, and what brings it: `ascribe doctor`."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import importlib.util
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ascribe import __version__, saying

GOOD, LACKS, BAD = "ok", "lacks", "MISSING"
"""There; not there, and only some things need it; not there, and nothing works without."""
PACKAGE = Path(__file__).parent
LAB = ("jupyterlab", "itables", "anywidget", "jupytext")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it stands (`GOOD`, `LACKS`, `BAD`), what it is, what is to be done."""

    state: str
    what: str
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Everything that Ascribe needs, or has a use for, one after the other; the cheap first."""
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < (3, 11)
    yield Finding(
        BAD if old else GOOD, f"Ascribe {__version__}, Python {version}", "Python 3.11 or later" if old else ""
    )
    yield from _packages()
    yield _lab()
    yield from _files()
    yield _pipeline()
    yield _cache()
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    mend = "a Chromium, for the tests in a browser and the pictures of the docs; nothing else takes one"
    yield Finding(GOOD, f"browser: {found}") if found else Finding(LACKS, "no Chromium", mend)


def _packages() -> Iterator[Finding]:
    """The packages that reading, extracting and rendering need."""
    needed = [r for r in importlib.metadata.requires("ascribe") or [] if "extra ==" not in r]
    missing = []
    for requirement in needed:
        name = re.match(r"[\w.-]+", requirement)[0]
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Finding(BAD, f"packages: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    else:
        yield Finding(GOOD, f"{len(needed)} packages to read, extract and render with")


def _lab() -> Finding:
    missing = [name for name in LAB if importlib.util.find_spec(name) is None]
    if not missing:
        return Finding(GOOD, "JupyterLab, tables to sort and search, the widget to review with")
    return Finding(LACKS, f"for JupyterLab: {', '.join(missing)}", f"pip install {' '.join(missing)}, or `make lab`")


def _files() -> Iterator[Finding]:
    """What comes with the package: models, notebooks."""
    from ascribe.publishing.build.notebooks import shipped

    models = ["language/model/parser/model", "extraction/model/encoder.onnx", "extraction/model/figures.onnx"]
    lost = [name for name in models if not (PACKAGE / name).is_file()]
    mend = "install the package anew: its copy is not whole"
    yield Finding(BAD, f"models: {', '.join(lost)}", mend) if lost else Finding(GOOD, "the models, inside the package")
    notebooks = sorted(path.stem for path in shipped("notebooks").glob("*.ipynb"))
    yield Finding(GOOD, f"notebooks: {', '.join(notebooks)}") if notebooks else Finding(BAD, "no notebooks", mend)


SENTENCE = "At least 40 miners were killed at Orvan, Marisol Tane, the mayor, said on Tuesday."


def _pipeline() -> Finding:
    """Whether a sentence is read right, from its characters to who stands behind its number."""
    from ascribe.errors import AscribeError

    try:
        from ascribe import extract

        [figure] = extract(SENTENCE).figures
        right = (figure.number, figure.category, figure.source_name) == ("40", "killed", "Marisol Tane")
    except (AscribeError, ImportError, OSError, ValueError) as e:
        return Finding(
            BAD, f"a sentence cannot be read: {e}", "install the package anew, with the versions of its lock"
        )
    if right:
        return Finding(GOOD, "a sentence is read right")
    return Finding(BAD, "a sentence is misread", "install the versions in requirements/render.txt")


def _cache() -> Finding:
    """Whether what was extracted can be kept."""
    from ascribe.exploring.kept import folder

    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return Finding(GOOD, f"extractions are kept in {place}")
    except OSError as e:
        mend = "nothing is kept, and each opening extracts anew; ASCRIBE_CACHE names another folder"
        return Finding(LACKS, f"{place}: {e.strerror or e}", mend)


def tell() -> int:
    """Say what was found, a line each, and give the exit code: 1 where something that everything needs is missing."""
    worst = 0
    for found in examine():
        mend = f"  ->  {found.mend}" if found.mend else ""
        saying.give(f"{found.state:8}{found.what}{mend}")
        worst = max(worst, int(found.state == BAD))
    return worst
