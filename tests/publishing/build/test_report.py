"""`ascribe report`, and both exporters in nbconvert, as a person types them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from ascribe.publishing.build.report import published
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

BIN = Path(sys.executable).parent
PARAMETERS = """\
from datetime import date
code: str  # which one
since: date | None = None
boom: bool = False
article: str | None = None"""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("nb") / "trial.ipynb"
    cells = [
        new_markdown_cell("# Trial"),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell("if boom:\n    raise RuntimeError('it went wrong')\nprint(repr(code), since)"),
        new_code_cell("from ascribe.publishing.present.workspace import one\nif article:\n    one(article)"),
    ]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def run(*command: object, folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run([str(c) for c in command], cwd=folder, capture_output=True, text=True)


def test_a_report(notebook, tmp_path):
    given = ["-p", "code=007", "-p", "since=2024-02-29"]
    done = run(BIN / "ascribe", "report", notebook, *given, "--out", "out", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [f"out/trial.{kind}" for kind in ("html", "ipynb", "pdf")]
    assert "'007' 2024-02-29" in (tmp_path / "out/trial.html").read_text()
    text = pypdfium2.PdfDocument(tmp_path / "out/trial.pdf")[0].get_textpage().get_text_bounded()
    assert "'007' 2024-02-29" in text and "How this report was made" in text
    held = nbformat.read(tmp_path / "out/trial.ipynb", 4)
    nbformat.validate(held)
    assert held.cells[2].source == "import datetime\ncode = '007'\nsince = datetime.date(2024, 2, 29)"
    assert "papermill" not in held.metadata

    before = {p: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    done = run(BIN / "ascribe", "report", notebook, *given, "-p", "boom=yes", "--out", "out", folder=tmp_path)
    assert done.returncode == 1
    for part in ("trial.ipynb: code cell 3 failed", "code=007", "raise RuntimeError", "RuntimeError: it went wrong"):
        assert part in done.stderr
    assert "Traceback" not in done.stderr
    assert {p: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("options", "code", "parts"),
    [
        ("-p cod=1", 2, ["unexpected: cod (did you mean code?)", "missing: code (str: which one)"]),
        (
            "-p code=1 -p since=soon -p boom=perhaps",
            2,
            ["since: 'soon' is not a date", "boom: 'perhaps' is not a bool"],
        ),
        ("-p code", 2, ["name=value"]),
        ("-p code=1 --to docx", 2, ["unknown format docx"]),
        ("-p code=1 --to ,", 2, ["no format is named: choose from html, pdf"]),
    ],
)
def test_what_does_not_fit_is_said_before_anything_runs(notebook, tmp_path, options, code, parts):
    done = run(BIN / "ascribe", "report", notebook, *options.split(), "--out", "out", folder=tmp_path)
    assert done.returncode == code
    for part in parts:
        assert part in done.stderr
    assert "Traceback" not in done.stderr and not list(tmp_path.iterdir())


def test_a_file_that_is_not_there_is_said_without_code_and_leaves_no_folder(notebook, tmp_path):
    given = ["-p", "code=1", "-p", "article=gone.txt"]
    done = run(BIN / "ascribe", "report", notebook, *given, "--out", "new/out", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"ascribe: {notebook}: gone.txt: no such file or folder\n")
    assert not list(tmp_path.iterdir())
    done = run(BIN / "ascribe", "report", notebook, "-p", "code=1", "--out", "", folder=tmp_path)
    assert done.returncode == 2 and "the name of the folder is empty" in done.stderr


@pytest.mark.parametrize(
    ("content", "part"), [(None, "no such file"), ("{}", "not a notebook"), ("\x00", "not a notebook")]
)
def test_what_is_not_a_notebook(tmp_path, content, part):
    if content is not None:
        (tmp_path / "bad.ipynb").write_text(content)
    done = run(BIN / "ascribe", "report", "bad.ipynb", folder=tmp_path)
    assert done.returncode == 1 and "bad.ipynb" in done.stderr and part in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_does_not_tell_where_a_readers_files_lie(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert published(str(tmp_path / "articles" / "a.md")) == "articles/a.md"
    assert published("/elsewhere/desk/a.md") == "a.md"
    assert published("../a.md") == "../a.md" and published("007") == "007"


def test_a_notebook_is_not_replaced_by_its_report(notebook, tmp_path):
    before = notebook.read_bytes()
    done = run(BIN / "ascribe", "report", notebook, "-p", "code=1", "--out", notebook.parent, folder=tmp_path)
    assert done.returncode == 2 and "replace the notebook itself" in done.stderr
    assert notebook.read_bytes() == before


def test_a_notebook_in_another_language(tmp_path):
    kernel = {"name": "ir", "language": "R", "display_name": "R"}
    cells = [new_code_cell("print('x')")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), tmp_path / "r.ipynb")
    done = run(BIN / "ascribe", "report", "r.ipynb", "--out", "out", folder=tmp_path)
    assert done.returncode == 1 and "written in R" in done.stderr and not (tmp_path / "out").exists()


def test_nbconvert_knows_both_formats(notebook, tmp_path):
    made, _ = get_exporter("ascribe-html")().from_filename(str(notebook))
    assert made.startswith("<!DOCTYPE html>") and "<h1>Trial</h1>" in made
    command = [BIN / "jupyter", "nbconvert", "--to", "ascribe-pdf", "--output-dir", tmp_path, notebook]
    done = run(*command, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "trial.pdf").read_bytes().startswith(b"%PDF")
