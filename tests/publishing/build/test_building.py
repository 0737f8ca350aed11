"""Reports that regenerate: only what changed, the same bytes, all or nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pyarrow.parquet
import pytest
from ascribe.ledger import Ledger
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

pytestmark = pytest.mark.xdist_group("build")  # one process, so that what they share is built once
ASCRIBE = [str(Path(sys.executable).with_name("ascribe"))]
ARTICLE = """---
title: Flood on the Orva
published: 2024-03-05
publisher: Kestria Courier
---

At least 212 people were killed by the flood, the Orvan Ministry of Health said on Tuesday. "We have counted 90 houses
lost," Marisol Tane, the mayor, told reporters. =HYPERLINK("http://example.org") <script>alert(1)</script>

The town has about 18,000 residents.
"""
TINY = """\
name: str = "nobody"  # whom to greet
fail: bool = False  # whether to fail
wait: float = 0.0  # seconds to sleep"""
SHOWN = """\
import time, pandas as pd
from ascribe.publishing.present.display import finding, table
time.sleep(wait)
assert not fail, f"told to fail for {name}"
print({"b", "a", "c", name}, time.tzname, object())
table(pd.DataFrame({"name": [name, "<b>"], "n": [1, 2000.5]}), "People")"""
DRAWN = """\
import matplotlib.pyplot as plt
plt.figure(figsize=(3, 2))
plt.plot([1, 2, 3]);"""


def project(folder: Path) -> Path:
    (folder / "notebooks").mkdir(parents=True)
    (folder / "articles").mkdir()
    (folder / "reports").mkdir()
    cells = [
        new_markdown_cell("# Hello", id="a"),
        new_code_cell(TINY, metadata={"tags": ["parameters"]}, id="b"),
        new_code_cell(SHOWN, id="c"),
        new_code_cell(DRAWN, id="d"),
    ]
    nbformat.write(new_notebook(cells=cells), folder / "notebooks" / "tiny.ipynb")
    (folder / "articles" / "flood.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "articles" / "empty.md").write_text("")
    (folder / "reports" / "flood.yml").write_text(
        "title: The flood\nnotebook: notebooks/tiny.ipynb\narticles: [articles/*.md]\nparameters: {name: '007'}\n"
    )
    (folder / "reports" / "many.yml").write_text(
        "notebook: notebooks/tiny.ipynb\nformats: html\nreports:\n"
        "  ada: {title: Ada's, parameters: {name: Ada}}\n  eve: {parameters: {name: Eve}}\n"
    )
    return folder


def build(folder: Path, *options: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [*ASCRIBE, "build", *options], cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


def contents(folder: Path) -> dict[str, str]:
    """The hash of every output; what a machine remembers for itself left out."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted((folder / "reports").rglob("*"))
        if p.is_file() and not p.name.startswith(".") and p.suffix != ".yml"
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = project(tmp_path_factory.mktemp("made"))
    done = build(folder, "--jobs", "1", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
    assert "3 made" in done.stdout and "articles/empty.md" in done.stderr
    return folder


@pytest.fixture
def copy(made, tmp_path) -> Path:
    return shutil.copytree(made, tmp_path / "copy")


def test_same_bytes_elsewhere(made, tmp_path):
    there = project(tmp_path / "another" / "folder, with a comma")
    build(
        there,
        "--jobs",
        "2",
        TZ="Asia/Tokyo",
        LC_ALL="tr_TR.UTF-8",
        LANG="tr_TR.UTF-8",
        PYTHONHASHSEED="4711",
        COLUMNS="33",
    )
    assert contents(there) == contents(made)
    names = set(contents(there))
    assert {"reports/flood/flood.ipynb", "reports/flood/flood.html", "reports/flood/flood.pdf"} <= names
    assert {"reports/many/ada/ada.html", "reports/many/eve/eve.ipynb"} <= names
    build(there, "many", "--force", "--jobs", "1")
    build(there, "flood", "--force")  # alone, as without what is loaded once for many
    assert contents(there) == contents(made)


def test_nothing_changed_does_nothing(copy):
    before = {p: p.stat().st_mtime_ns for p in copy.rglob("*") if p.is_file()}
    assert "3 up to date" in build(copy).stdout
    assert {p: p.stat().st_mtime_ns for p in copy.rglob("*") if p.is_file() and p in before} == before


def test_finding_that_nothing_changed_loads_almost_nothing(copy):
    """Every library more is time for each call; `make bench` measures it (`nothing_changed_s`)."""
    script = (
        "import sys; before = set(sys.modules)\n"
        "from ascribe.cli import main\n"
        "main(['build'], standalone_mode=False)\n"
        "loaded = {name.partition('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)\n"
        "print(*sorted(loaded), *[name for name in sys.modules if name.startswith('ascribe.')])"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], cwd=copy, capture_output=True, text=True)
    assert "3 up to date" in done.stdout, done.stderr
    loaded = done.stdout.splitlines()[-1].split()
    # PyYAML's parser is written in Cython, which shows.
    ours = {name for name in loaded if "." not in name and not name.startswith("_")}
    assert ours <= {"ascribe", "click", "yaml", "cython_runtime", "colorama"}
    rooms = {name.split(".")[1] for name in loaded if "." in name}
    # Which files are articles, one room alone knows.
    assert rooms == {"articles", "cli", "errors", "limits", "publishing", "saying"}


def test_only_what_changed_is_made(copy, made):
    path = copy / "reports" / "many.yml"
    path.write_text(path.read_text().replace("name: Eve", "name: Eva"))
    (copy / "reports/many/eve/remarks.txt").write_text("a reader's own")
    done = build(copy)
    assert "1 made; 2 up to date" in done.stdout
    assert "many/eve" in done.stderr and "many/ada" not in done.stderr
    assert "Eva" in (copy / "reports/many/eve/eve.html").read_text()
    assert (copy / "reports/many/eve/remarks.txt").read_text() == "a reader's own"


def test_what_is_damaged_is_made_again(copy, made):
    (copy / "reports/many/ada/ada.html").write_text("gone")
    (copy / "reports/many/eve/eve.ipynb").unlink()
    assert "2 made; 1 up to date" in build(copy).stdout
    assert contents(copy) == contents(made)


def test_check_and_what_changed(copy):
    before = contents(copy)
    path = copy / "articles/flood.md"
    path.write_text(path.read_text().replace("At least 212", "At least 214"))
    done = build(copy, "--check", code=1)
    assert "flood" in done.stderr and "214" in done.stderr and "212" in done.stderr
    assert "2 of 3" in done.stdout
    assert contents(copy) == before
    build(copy)
    told = json.loads((copy / "reports/flood/changes.json").read_text())
    (figure,) = told["figures"]["altered"]
    assert figure["changed"]["number"] == {"was": "212", "now": "214"}
    assert "212 → 214" in (copy / "reports/flood/changes.md").read_text()
    assert "3 of 3" in build(copy, "--check").stdout


def test_a_failure_leaves_the_last_good_report(copy):
    before = contents(copy)
    path = copy / "reports" / "many.yml"
    path.write_text(path.read_text().replace("name: Eve", "name: Eve, fail: yes").replace("name: Ada", "name: Ida"))
    done = build(copy, code=1)
    for part in ("many/eve failed", "code cell 3", "name=Eve, fail=yes", "assert not fail", "told to fail for Eve"):
        assert part in done.stderr
    after = contents(copy)
    assert {n for n in before if before[n] != after.get(n)} == {f"reports/many/ada/ada.{k}" for k in ("html", "ipynb")}
    assert before.keys() == after.keys()


def test_a_full_disk_leaves_the_last_good_report(copy):
    before = contents(copy)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    done = subprocess.run(
        [*ASCRIBE, "build", "many", "--force"], cwd=copy, capture_output=True, text=True, preexec_fn=small_files,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},  # which would be cut short, too, and stay so
    )  # fmt: skip
    assert done.returncode == 1 and "cannot be written" in done.stderr and "Traceback" not in done.stderr
    assert contents(copy) == before
    assert not list(copy.glob("reports/.building-*"))


def started(folder: Path) -> subprocess.Popen:
    """A build in the middle of a cell that takes long."""
    path = folder / "reports" / "many.yml"
    path.write_text(path.read_text().replace("name: Eve", "name: Eve, wait: 600"))
    running = subprocess.Popen(
        [*ASCRIBE, "build", "many", "--jobs", "2"], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    while not any(folder.glob("reports/.building-*")):
        assert running.poll() is None
        time.sleep(0.05)
    time.sleep(2)
    return running


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_at_any_moment(copy, how):
    before = contents(copy)
    running = started(copy)
    running.send_signal(how)
    _, said = running.communicate(timeout=20)
    assert contents(copy) == before
    if how == signal.SIGINT:
        assert running.returncode == 130 and "stopped" in said and "Traceback" not in said
        assert not list(copy.glob("reports/.building-*"))
    path = copy / "reports" / "many.yml"
    path.write_text(path.read_text().replace(", wait: 600", ""))
    assert "2 up to date" in build(copy, "many").stdout
    assert not list(copy.glob("reports/.building-*"))


def test_two_builds_at_once_do_not_mix(copy, made):
    command = [*ASCRIBE, "build", "many", "--force"]
    running = [subprocess.Popen(command, cwd=copy, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [r.communicate(timeout=120)[1] for r in running]
    assert [r.returncode for r in running] == [0, 0]
    assert sum("another build is at work in reports/" in s for s in said) == 1
    assert contents(copy) == contents(made)
    assert "3 up to date" in build(copy).stdout


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("notebook: notebooks/none.ipynb", "no such file"),
        ("notebok: notebooks/tiny.ipynb", "did you mean notebook?"),
        ("notebook: notebooks/tiny.ipynb\nparameters: {nam: x}", "did you mean name?"),
        ("notebook: notebooks/tiny.ipynb\nparameters: {wait: long}", "not a float"),
        ("notebook: notebooks/tiny.ipynb\narticles: [articles/none.md]", "no such file"),
        ("notebook: notebooks/tiny.ipynb\nformats: [docx]", "unknown format docx"),
        ("notebook: [", "cannot be read as YAML"),
        ("- a", "not a mapping"),
        ("title: x", "`notebook` is missing"),
        ("notebook: notebooks/tiny.ipynb\nreports: {'../up': {}}", "name it with"),
    ],
)
def test_a_recipe_that_does_not_fit(tmp_path, text, part):
    folder = project(tmp_path / "p")
    (folder / "reports" / "bad.yml").write_text(text)
    done = build(folder, code=2)
    assert "bad.yml" in done.stderr and part in done.stderr
    assert not (folder / "reports" / "many").exists()


def test_an_unknown_report(copy):
    assert "did you mean flood?" in build(copy, "flod", code=2).stderr


def test_the_tables_and_what_leads_from_them_to_the_words(made):
    folder = made / "reports/flood"
    ledger = Ledger.load(folder / "tables")
    assert "212" in set(ledger.figures["number"])
    package = json.loads((folder / "datapackage.json").read_text())
    for entry in package["resources"]:
        content = (folder / entry["path"]).read_bytes()
        assert entry["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}" and entry["bytes"] == len(content)
        if entry["format"] == "csv":
            with (folder / entry["path"]).open(newline="", encoding="utf-8") as f:
                rows = list(csv.reader(f))
            assert rows[0][: len(entry["schema"]["fields"])] == [f["name"] for f in entry["schema"]["fields"]]
            assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t"))]
    assert pyarrow.parquet.read_table(folder / "parquet/figures.parquet").num_rows == len(ledger.figures)
    text = ARTICLE
    annotations = json.loads((folder / "annotations.jsonld").read_text())
    assert annotations["@context"] == "http://www.w3.org/ns/anno.jsonld"
    for item in annotations["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text.startswith(
                quote["prefix"] + quote["exact"] + quote["suffix"], position["start"] - len(quote["prefix"])
            )
    claims = json.loads((folder / "claims.jsonld").read_text())
    assert {c["@type"] for c in claims["@graph"]} == {"Claim"}
    assert "Rating" not in json.dumps(claims)


def test_the_manifest(made):
    held = json.loads((made / "reports/flood/manifest.json").read_text())
    assert held["parameters"][0] == {
        "name": "name", "type": "str", "given": "007", "default": "'nobody'", "help": "whom to greet",
    }  # fmt: skip
    assert held["articles"][0]["sha256"] == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert held["articles"][0]["published"] == "2024-03-05"
    (left_out,) = held["left_out"]
    assert left_out["path"] == "articles/empty.md" and left_out["reason"]
    assert str(made) not in json.dumps(held)
    page = (made / "reports/flood/flood.html").read_text()
    assert (
        "How this report was made" in page
        and "articles/empty.md" in page
        and held["articles"][0]["sha256"][:16] in page
    )
    for path in (made / "reports").rglob("*"):
        if path.is_file() and path.suffix not in (".pdf", ".parquet"):
            assert str(made) not in path.read_text(encoding="utf-8"), path


def test_the_sample_reports_are_the_same_bytes_however_they_are_made(root, tmp_path):
    """Four at once, loaded beforehand, sharing what they extract; or one by one, elsewhere, under other stars."""

    def samples(folder: Path) -> Path:
        shutil.copytree(root / "notebooks", folder / "notebooks")
        shutil.copytree(root / "reports/articles", folder / "reports/articles")
        for name in ("article.yml", "source.yml", "corrections.jsonl"):
            shutil.copy(root / "reports" / name, folder / "reports")
        return folder

    one, other = samples(tmp_path / "one"), samples(tmp_path / "an other")
    build(one, "--jobs", "2", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
    for name in ("source", "article/correction", "article/un-breakdown"):
        build(other, name, "--jobs", "1", TZ="Asia/Tokyo", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="4711", COLUMNS="33")
    build(other)
    assert contents(one) == contents(other)
    assert len([name for name in contents(one) if name.endswith(".pdf")]) == 4
