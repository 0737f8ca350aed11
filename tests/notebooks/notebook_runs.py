"""Runs notebooks in a real kernel and gives what their cells show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
from ascribe.publishing.run import parameters
from nbclient import NotebookClient

Shown = dict[str, dict[str, str]]


def runner(kernel: object, root: Path) -> Callable[..., Shown]:
    """A function that runs `notebooks/NAME.ipynb` with parameters and gives the data that each cell shows, by cell id.

    All run in one kernel, which is emptied in between, so that the libraries load once. A notebook runs in the
    repository, as reports are rendered, or in `folder`.
    """

    def run(name: str, folder: Path = root, **given: object) -> Shown:
        notebook = nbformat.read(root / "notebooks" / f"{name}.ipynb", as_version=4)
        at = next(i for i, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", []))
        notebook.cells.insert(at + 1, nbformat.v4.new_code_cell(parameters.assignments(given), id="injected"))
        emptied = f"%reset -f\nimport os\nos.chdir({str(folder)!r})"
        notebook.cells.insert(0, nbformat.v4.new_code_cell(emptied, id="emptied"))
        NotebookClient(notebook, km=kernel, timeout=120).execute()
        shown = {}
        for cell in notebook.cells:
            outputs = [o for o in cell.get("outputs", []) if "data" in o]
            if outputs:
                shown[cell.id] = dict(outputs[-1].data)
            streams = [o.text for o in cell.get("outputs", []) if o.output_type == "stream"]
            assert not streams, f"{name}.ipynb, cell {cell.id} printed: {''.join(streams)[:500]}"
        return shown

    return run


def plain(shown: Shown, cell: str) -> str:
    """The plain text that a cell shows."""
    return shown[cell]["text/plain"]
