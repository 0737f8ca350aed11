"""The notebooks as files: clean, so that a diff shows only what somebody changed, and short of logic."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from ascribe.publishing.run import parameters

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def notebook(request):
    found = nbformat.read(request.param, as_version=4)
    nbformat.validate(found)
    return found


def code(notebook):
    return [c for c in notebook.cells if c.cell_type == "code"]


def test_there_are_notebooks():
    assert NOTEBOOKS


def test_no_outputs_and_no_counts(notebook):
    assert all(not c.outputs and c.execution_count is None for c in code(notebook))
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}


def test_every_cell_has_a_name_of_its_own(notebook):
    ids = [c.id for c in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(not i.startswith("cell-") and i.replace("-", "").isalpha() for i in ids)


def test_cells_are_short(notebook):
    assert max(len(c.source.splitlines()) for c in code(notebook)) <= 10


def test_every_parameter_has_a_type_and_a_comment(notebook):
    declared = parameters.declared(notebook)
    assert declared and all(p.type and p.help for p in declared)


def test_the_defaults_are_there(notebook, root, monkeypatch):
    monkeypatch.chdir(root)
    tagged = next(c for c in code(notebook) if "parameters" in c.metadata.get("tags", []))
    scope: dict[str, object] = {}
    exec(tagged.source, scope)
    for value in scope.values():
        for path in value if isinstance(value, list) else [value]:
            assert not isinstance(path, Path) or path.exists(), path
