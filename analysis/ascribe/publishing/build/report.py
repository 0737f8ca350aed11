"""One notebook with its parameters, as an executed notebook, an HTML page and a PDF."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from ascribe.errors import NotebookError, ParameterError
from ascribe.publishing.build import notebooks
from ascribe.publishing.build.files import beside, move_into
from ascribe.publishing.build.options import ReportOptions
from ascribe.publishing.run import execution, parameters
from ascribe.publishing.run.events import Event
from ascribe.publishing.run.job import FORMATS, Job


def report(
    notebook: str | os.PathLike[str],
    given: Mapping[str, object],
    out: str | os.PathLike[str],
    options: ReportOptions | None = None,
    on_event: Callable[[Event], None] = lambda event: None,
) -> tuple[list[Path], list[str]]:
    """Run a notebook where the user stands and write it, executed, and in `formats` into the folder `out`.

    `notebook` is a path, or a name (see `notebooks.find`). `given` maps parameters to texts or lists of texts (see
    `parameters.check`); `limit` is the seconds that a cell may take. Gives the files and the warnings. Raises
    ParameterError before anything is run, NotebookError where a cell fails, RenderError where a format cannot be made:
    then nothing in `out` is touched.
    """
    path, out = notebooks.find(notebook), Path(out)
    takes = parameters.declared(read(path), notebook)
    values = parameters.check(takes, given, notebook)
    options = options or ReportOptions()
    formats = list(options.formats)
    if not formats:
        raise ParameterError(f"no format is named: choose from {', '.join(FORMATS[1:])}")
    unknown = [f for f in formats if f not in FORMATS]
    if unknown:
        raise ParameterError(f"unknown format {', '.join(unknown)}: choose from {', '.join(FORMATS[1:])}")
    if (out / path.name).resolve() == path.resolve():
        raise ParameterError(f"--out {out}: that would replace the notebook itself by the executed one; choose another")
    with beside(out) as made:
        job = Job(
            notebook=str(path.resolve()),
            name=path.stem,
            label=str(notebook),
            cwd=os.getcwd(),
            out=str(made.resolve()),
            formats=tuple(dict.fromkeys(("ipynb", *formats))),
            assignments=parameters.assignments(values),
            given=", ".join(f"{name}={value}" for name, value in given_texts(given)),
            fonts=tuple(str(Path(f).resolve()) for f in options.fonts),
            limit=options.limit,
            parameters=parameters.described(takes, {n: published(v) for n, v in given_texts(given)}),
        )
        warnings: list[str] = []
        with contextlib.closing(execution.run([job])) as events:
            for event in events:
                on_event(event)
                if event.event == "failed":
                    error = NotebookError(event.message)
                    error.exit_code = event.code
                    raise error
                warnings += event.warnings
        return move_into(made, out), warnings


def read(path: Path) -> Mapping:
    """A notebook's JSON, checked only as far as reading its parameters needs.

    Raises NotebookError where the file is missing or not a notebook.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["cell_type"], cell["source"], cell["metadata"].get("tags")
        return notebook
    except OSError as e:
        raise NotebookError(f"{path}: {e.strerror or e}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotebookError(f"{path}: not a notebook in nbformat 4") from None


def given_texts(given: Mapping[str, object]) -> list[tuple[str, str]]:
    """Each parameter given, as it would be written on the command line."""
    return [
        (name, str(item)) for name, value in given.items() for item in (value if isinstance(value, list) else [value])
    ]


def published(value: str) -> str:
    """A value given, as a report that others read shows it: of a file elsewhere on this machine only the name."""
    path = Path(value)
    if not path.is_absolute() or len(value) > 4000 or "\0" in value:
        return value
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
