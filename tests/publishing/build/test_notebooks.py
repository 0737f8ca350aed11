"""Notebooks by path and by name: whose is taken where several are called alike."""

from __future__ import annotations

import pytest
from ascribe.errors import NotebookError
from ascribe.publishing.build import notebooks


@pytest.fixture
def project(tmp_path):
    for name in ("notebooks/mine.ipynb", "notebooks/audit.ipynb", "top.ipynb", "deep/down.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("notebooks/mine.ipynb", "notebooks/mine.ipynb"),
        ("mine", "notebooks/mine.ipynb"),
        ("mine.ipynb", "notebooks/mine.ipynb"),
        ("top.ipynb", "top.ipynb"),
        ("top", None),
        ("deep/down.ipynb", "deep/down.ipynb"),
        ("deep/down", None),
        ("down", None),
        ("notebooks/article.ipynb", None),
    ],
)
def test_a_notebook_of_ones_own(project, name, found):
    if found:
        assert notebooks.find(name, project) == project / found
    else:
        with pytest.raises(NotebookError, match="no such file"):
            notebooks.find(name, project)


def test_ones_own_comes_before_the_package_s(project, root):
    assert notebooks.find("audit", project) == project / "notebooks/audit.ipynb"
    assert notebooks.find("article", project).samefile(root / "notebooks/article.ipynb")
    assert notebooks.find("article.ipynb", project).samefile(root / "notebooks/article.ipynb")


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("articel", "did you mean article?"),
        ("qqq", "by name there are article, audit, casualties, .*mine, source"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(project, name, mend):
    with pytest.raises(NotebookError, match=f"notebook {name}: no such file .{mend}"):
        notebooks.find(name, project)
