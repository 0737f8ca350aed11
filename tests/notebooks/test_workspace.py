"""A notebook finds its files from the project's folder and from its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.publishing.workspace import locate


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "reports" / "articles").mkdir(parents=True)
    (tmp_path / "reports" / "articles" / "a.md").write_text("Rain.", encoding="utf-8")
    (tmp_path / "notebooks" / "mine").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("here", [".", "notebooks", "notebooks/mine"])
@pytest.mark.parametrize("path", ["reports/articles", "reports/articles/a.md", "reports/articles/*.md"])
def test_found_from_here_or_above(project, monkeypatch, here, path):
    monkeypatch.chdir(project / here)
    found = locate(path)
    assert found.parent.exists() and found.resolve().is_relative_to(project)


def test_what_is_nowhere_comes_back_as_it_was(project, monkeypatch):
    monkeypatch.chdir(project)
    assert locate("reports/other.md") == Path("reports/other.md")


def test_an_absolute_path_is_left_alone(project):
    assert locate(project / "nowhere.md") == project / "nowhere.md"
