"""Nothing of anybody's is lost in a build, nothing mixed, nothing taken for up to date that is not."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from ascribe import BuildOptions
from ascribe.errors import ParameterError
from ascribe.publishing.build import building, keys, swap
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.xdist_group("build")

TAKES = 'name: str = "nobody"\npaths: list[str] = ["data/of/its/own"]\nwait: str = ""'
READS = """\
import glob, os, time
print(name)
for path in paths:
    for found in sorted(glob.glob(path, recursive=True)):
        for root, _, files in os.walk(found):
            print(*[open(os.path.join(root, f)).read() for f in sorted(files)])
        if os.path.isfile(found):
            print(open(found).read())
while wait and not os.path.exists(wait):
    time.sleep(0.05)"""
ARTICLE = "At least 40 miners were killed in the collapse, Marisol Tane, the mayor of Orvan, said on Tuesday."


LAUGHS = "parameters:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  {name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
"""Eight lines that stand for a hundred million values."""


@pytest.fixture
def project(tmp_path) -> Path:
    for name in ("notebooks", "reports", "data/of/its/own", "articles"):
        (tmp_path / name).mkdir(parents=True)
    cells = [new_code_cell(TAKES, metadata={"tags": ["parameters"]}, id="a"), new_code_cell(READS, id="b")]
    nbformat.write(new_notebook(cells=cells), tmp_path / "notebooks" / "n.ipynb")
    (tmp_path / "data/of/its/own/list.txt").write_text("one")
    (tmp_path / "articles/mine.md").write_text(ARTICLE)
    return tmp_path


def recipe(project: Path, name: str, text: str = "") -> None:
    (project / "reports" / name).write_text(f"notebook: notebooks/n.ipynb\nformats: html\n{text}", encoding="utf-8")


def build(project: Path, *wanted: str, watch=None, **options) -> building.Built:
    return building.build(wanted, BuildOptions(folder=project / "reports", **options), watch)


def printed(project: Path, name: str) -> str:
    stem = name.rpartition("/")[2]
    held = json.loads((project / "reports" / name / f"{stem}.ipynb").read_text())
    return "".join(held["cells"][-1]["outputs"][0]["text"])


def everything(folder: Path) -> dict[str, object]:
    return {
        p.relative_to(folder).as_posix(): os.readlink(p) if p.is_symlink() else p.read_bytes()
        for p in folder.rglob("*")
        if p.is_symlink() or p.is_file()
    }


def test_a_folder_that_no_build_made_is_refused(project):
    own = project / "reports" / "articles"
    own.mkdir()
    (own / "changes.md").write_text("An article of that name.")
    recipe(project, "articles.yml")
    recipe(project, "b.yml")
    before = everything(own)
    with pytest.raises(ParameterError, match="reports/articles was not made by a build"):
        build(project)
    assert everything(own) == before and not (project / "reports/b").exists()
    assert build(project, "b").made.keys() == {"b"}


def test_a_link_is_refused_and_a_file(project):
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    os.symlink(elsewhere, project / "reports/linked")
    recipe(project, "linked.yml")
    with pytest.raises(ParameterError, match="reports/linked is a link"):
        build(project)
    (project / "reports/linked").unlink()
    (project / "reports/linked").write_text("a file")
    with pytest.raises(ParameterError, match="reports/linked is a file"):
        build(project)
    assert (project / "reports/linked").read_text() == "a file"


def test_what_somebody_put_into_a_reports_folder_stays(project):
    recipe(project, "r.yml")
    build(project)
    folder = project / "reports/r"
    for name in ("tables/mine.csv", "notes/deep/a.txt", "changes.md.bak", "mine.jsonld", ".hidden", "r.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    os.symlink("nowhere", folder / "broken")
    os.symlink("notes", folder / "linked")
    (folder / "empty").mkdir()
    own = everything(folder)
    for state in ("remembered", "forgotten"):
        recipe(project, "r.yml", f"parameters: {{name: {state}}}")
        assert build(project).made.keys() == {"r"}
        found = everything(folder)
        assert {n: found.get(n) for n in own if n not in ("r.html", "r.ipynb", keys.STATE)} == {
            n: own[n] for n in own if n not in ("r.html", "r.ipynb", keys.STATE)
        }
        assert (folder / "empty").is_dir() and printed(project, "r").startswith(state)
        (folder / keys.STATE).unlink()  # as in a fresh checkout, which has the manifest
        (folder / swap.MANIFEST).write_text('{"notebook": {}, "parameters": [], "versions": {}}')


def test_what_would_be_overwritten_is_named(project):
    recipe(project, "r.yml")
    build(project)
    (project / "reports/r/r.pdf").write_text("of my own")
    before = everything(project / "reports/r")
    (project / "reports/r.yml").write_text("notebook: notebooks/n.ipynb\nformats: [html, pdf]")
    built = build(project)
    assert "r.pdf was not made by a build and would be overwritten" in built.failed["r"]
    assert everything(project / "reports/r") == before


def test_reports_whose_names_look_alike_are_not_mixed(project):
    recipe(project, "a.yml", "reports: {b: {parameters: {name: within}}}")
    recipe(project, "a--b.yml", "parameters: {name: beside}")
    assert build(project, jobs=2).made.keys() == {"a/b", "a--b"}
    assert printed(project, "a/b").startswith("within") and printed(project, "a--b").startswith("beside")


@pytest.mark.parametrize(
    ("other", "text", "said"),
    [
        ("m.yaml", "", "m.yaml: m.yml beside it is a report of the same name"),
        ("x.yml", "reports: {a: {}, a: {}}", "x.yml: .*the key 'a' comes twice"),
        ("x.yml", "parameters: {name: a, name: b}", "the key 'name' comes twice"),
        ("x.yml", "articles: [/somewhere/else]", "article /somewhere/else: not under"),
        ("x.yml", f"articles: [{'a' * 300}]", "no such file"),
        ("x.yml", 'articles: ["a\\0b"]', "no such file"),
        ("x.yml", f"parameters: {{name: {'[' * 100_000}", "nested too deeply"),
        ("x.yml", "parameters: {name: &a [*a]}", "stands for nothing"),
        ("x.yml", LAUGHS, "more than 100,000 values"),
        ("\udcff.yml", "", "name"),
    ],
)  # fmt: skip
def test_a_recipe_that_would_lose_or_mix_something_is_refused(project, other, text, said):
    recipe(project, "m.yml")
    recipe(project, other, text)
    with pytest.raises(ParameterError, match=said):
        build(project)
    assert not (project / "reports/m").exists()


def test_a_folder_below_the_project_may_be_named_in_full(project):
    recipe(project, "r.yml", f"articles: [{project}/articles]")
    assert building.load(project / "reports")[0].articles == ("articles/mine.md",)


def edit(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("parameters", "changed"),
    [
        ("{}", "data/of/its/own/list.txt"),  # the notebook's default
        ("{paths: [data]}", "data/of/its/own/list.txt"),  # a folder with folders below
        ("{paths: ['data/**']}", "data/of/its/own/list.txt"),
        ("{paths: ['data/*/*/*/*.txt']}", "data/of/its/own/more.txt"),  # one more that matches
        ("{paths: [data]}", "data/new/more.txt"),
        ("{paths: [data/of/its/own/list.txt]}", "data/of/its/own/list.txt"),
    ],
)
def test_a_change_in_what_a_parameter_names_is_seen(project, parameters, changed):
    recipe(project, "r.yml", f"parameters: {parameters}")
    assert build(project).made.keys() == {"r"}
    assert build(project).current == ["r"]
    edit(project / changed, "two")
    assert build(project).made.keys() == {"r"} and "two" in printed(project, "r")
    assert build(project).current == ["r"]
    os.utime(project / changed, (1, 1))  # its time alone says nothing
    assert build(project).current == ["r"]


def test_too_many_files_to_look_at_are_made_anew(project, monkeypatch):
    monkeypatch.setattr(keys, "MOST", 2)
    recipe(project, "r.yml", "parameters: {paths: [data]}")
    build(project)
    assert build(project).current == ["r"]
    for n in range(3):
        edit(project / f"data/{n}.txt", "x")
    for _ in range(2):
        assert build(project).made.keys() == {"r"}


def test_what_changes_while_a_report_is_made_makes_it_again(project):
    recipe(project, "r.yml", f"parameters: {{paths: [data], wait: {project}/go}}")

    class Watch:
        def __init__(self, names): ...

        def __call__(self, event):
            if event.event == "cell" and event.index == 2:
                edit(project / "data/of/its/own/list.txt", "changed meanwhile")
                edit(project / "go", "")

    built = build(project, watch=Watch)
    assert built.made.keys() == {"r"} and "changed while it was made" in built.warnings[0]
    assert build(project).made.keys() == {"r"} and "changed meanwhile" in printed(project, "r")
    assert build(project).current == ["r"]


def ascribe(project: Path, *options: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    command = [*before, sys.executable, "-c", "from ascribe.cli import main; main()", "build", *options]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=200)


@pytest.mark.parametrize("content", [b"\xff\xfe,a\n1,2\n", b'claim_id,doc_id\n"never closed', b"a\n1,2,3\n\0", b""])
def test_a_committed_table_that_cannot_be_read_costs_only_what_changed(project, content):
    recipe(project, "r.yml", "articles: [articles/mine.md]")
    recipe(project, "other.yml", "articles: [articles/mine.md]")
    assert build(project).exit_code == 0
    (project / "reports/r/tables/claims.csv").write_bytes(content)
    checked = build(project, check=True)
    assert checked.current == ["other"] and "tables/claims.csv is out of date" in checked.stale["r"]
    built = build(project, force=True)
    assert built.made.keys() == {"r", "other"} and not built.failed
    assert build(project, check=True).exit_code == 0


@pytest.mark.parametrize(
    "held", ["[" * 100_000, "{}", '{"files": {"a\\u0000": "x"}, "key": 1}', "\x00", '{"files": []}']
)
def test_a_damaged_memory_makes_the_report_anew(project, held):
    recipe(project, "r.yml", "articles: [articles/mine.md]")
    build(project)
    (project / "reports/r" / keys.STATE).write_text(held)
    assert build(project).made.keys() == {"r"} and build(project).current == ["r"]


LESS = "-dac_override,-dac_read_search"
ORDINARY = () if os.name == "nt" or os.geteuid() else ("setpriv", f"--bounding-set={LESS}", f"--inh-caps={LESS}")
"""What makes the superuser, for whom there are no rights, one for whom there are."""


@pytest.mark.skipif(bool(ORDINARY) and not shutil.which("setpriv"), reason="the superuser may do anything")
def test_checking_writes_nothing_and_needs_no_leave_to_write(project):
    recipe(project, "r.yml", "articles: [articles/mine.md]")
    build(project)
    folder = project / "reports"
    (folder / ".build.lock").unlink()
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = everything(project)
    try:
        done = ascribe(project, "--check", before=ORDINARY)
        assert done.returncode == 0 and "1 of 1" in done.stdout, done.stderr
        assert everything(project) == before
        for name in ("tables/claims.csv", keys.STATE):
            (folder / "r" / name).chmod(0)
        done = ascribe(project, "--check", before=ORDINARY)
        assert done.returncode == 1 and "Traceback" not in done.stderr
        assert "tables/claims.csv cannot be read: Permission denied" in done.stderr
        done = ascribe(project, "--force", before=ORDINARY)
        assert done.returncode == 1 and "reports: cannot be written" in done.stderr and "Traceback" not in done.stderr
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(path.stat().st_mode | stat.S_IWUSR | stat.S_IRUSR)
    assert everything(project) == before


def test_a_fresh_checkout_is_built(project):
    """What is not committed is gone: the memory, the pages; the tables and the manifest stay."""
    recipe(project, "r.yml", "articles: [articles/mine.md]")
    build(project)
    for path in (project / "reports/r").iterdir():
        if path.name not in ("tables", swap.MANIFEST):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert build(project, check=True).exit_code == 0
    assert build(project).made.keys() == {"r"}
