"""`ascribe new`: a project of one's own, its reports made at once, its workflow's files where it looks for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from ascribe import BuildOptions, build
from ascribe.errors import ParameterError
from ascribe.publishing.build import projects

ROOT = Path(__file__).resolve().parents[3]
LAID_OUT = [
    ".github/workflows/regenerate.yml",
    ".gitignore",
    "README.md",
    "articles/example.md",
    *(f"notebooks/{path.name}" for path in sorted(ROOT.glob("notebooks/*.ipynb"))),
    "reports/.gitignore",
    "reports/audit.yml",
    "reports/example.yml",
    "requirements.txt",
]


def ascribe(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ascribe", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300)


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.mark.xdist_group("build")
def test_a_project_whose_reports_can_be_made_at_once(tmp_path):
    done = ascribe("new", "desk", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "desk") == LAID_OUT
    assert "desk/articles/\n" in done.stdout and "desk/requirements.txt\n" in done.stdout

    done = ascribe("build", folder=tmp_path / "desk")
    assert (done.returncode, done.stdout) == (0, "reports/: 2 made\n"), done.stderr
    done = ascribe("build", "--check", folder=tmp_path / "desk")
    assert (done.returncode, done.stdout) == (0, "2 of 2 reports are what their articles give\n"), done.stderr
    figures = (tmp_path / "desk/reports/example/tables/figures.csv").read_text(encoding="utf-8")
    assert "Kestrian Coast Guard" in figures and "Tidewell Lines" in figures


@pytest.mark.xdist_group("build")
def test_a_report_by_a_notebooks_name_where_no_notebook_lies(tmp_path):
    (tmp_path / "mine.md").write_text("At least 40 miners were killed at Orvan, Marisol Tane said.", encoding="utf-8")
    done = ascribe("report", "article", "-p", "article=mine.md", "--to", "html", "--out", "made", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "made") == ["article.html", "article.ipynb"]

    (tmp_path / "reports").mkdir()
    recipe = "notebook: article\nformats: html\narticles: mine.md\n"
    (tmp_path / "reports/mine.yml").write_text(recipe, encoding="utf-8")
    done = ascribe("build", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    held = json.loads((tmp_path / "reports/mine/manifest.json").read_text(encoding="utf-8"))
    assert held["notebook"]["path"] == "article.ipynb"  # never where this machine keeps its packages


@pytest.mark.xdist_group("build")
def test_a_build_from_python(tmp_path):
    projects.lay_out(tmp_path / "desk")
    options = BuildOptions(folder=tmp_path / "desk/reports", check=True)
    built = build("audit", options=options)
    assert list(built.stale) == ["audit"] and not built.made and built.exit_code == 1
    with pytest.raises(ParameterError, match="did you mean audit"):
        build("audits", options=options)


def test_an_empty_folder_is_taken_and_no_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    projects.lay_out(".")
    assert files(tmp_path) == LAID_OUT
    (tmp_path / "articles/example.md").write_text("mine")
    with pytest.raises(ParameterError, match="is not empty"):
        projects.lay_out(".")
    assert (tmp_path / "articles/example.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, "./ascribe-0.1.0-py3-none-any.whl"),
        ({"url": "file:///elsewhere", "dir_info": {"editable": True}}, "./ascribe-0.1.0-py3-none-any.whl"),
        (
            {"url": "https://forge.example/desk/ascribe", "vcs_info": {"vcs": "git", "commit_id": "0" * 40}},
            f"ascribe @ git+https://forge.example/desk/ascribe@{'0' * 40}",
        ),
    ],
)
def test_what_a_project_installs(tmp_path, monkeypatch, origin, line):
    held = tmp_path / "ascribe-0.1.0.dist-info"
    held.mkdir()
    (held / "METADATA").write_text("Metadata-Version: 2.4\nName: ascribe\nVersion: 0.1.0\n")
    if origin:
        (held / "direct_url.json").write_text(json.dumps(origin))
    monkeypatch.setattr(sys, "path", [os.fspath(tmp_path), *sys.path])
    assert projects.requirement() == (line, None)


def test_a_wheel_that_is_at_hand_goes_along(tmp_path, monkeypatch):
    wheel = tmp_path / "of this place" / "ascribe-0.1.0-py3-none-any.whl"
    held = tmp_path / "ascribe-0.1.0.dist-info"
    for folder in (wheel.parent, held):
        folder.mkdir()
    wheel.write_bytes(b"a wheel")
    (held / "METADATA").write_text("Metadata-Version: 2.4\nName: ascribe\nVersion: 0.1.0\n")
    (held / "direct_url.json").write_text(json.dumps({"url": wheel.as_uri(), "archive_info": {}}))
    monkeypatch.setattr(sys, "path", [os.fspath(tmp_path), *sys.path])
    projects.lay_out(tmp_path / "desk")
    assert (tmp_path / "desk" / wheel.name).read_bytes() == b"a wheel"
    assert (tmp_path / "desk/requirements.txt").read_text().splitlines()[-1] == f"./{wheel.name}"
