"""The README and the pages beside it: every command in them runs, every example and table is what the package gives."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ascribe.articles.inputs import SUFFIXES
from ascribe.cli import main
from ascribe.ledger import columns
from benchmarks import __main__ as bench

ROOT = Path(__file__).resolve().parent.parent
README, ARTICLES, REPORTS, COLUMNS = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/articles.md", "docs/reports.md", "docs/columns.md")
)
LONGEST = 120
"""Lines of the README: what somebody reads who has never heard of this."""


def commands(page: str) -> list[list[str]]:
    """The commands that a page shows in shell blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.S | re.M)
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


COMMANDS = [command for page in (README, ARTICLES, REPORTS) for command in commands(page)]
ARTICLE = """---
title: Mine collapses near Orvan
published: 2031-05-14
---

At least 40 miners were killed in the collapse, Marisol Tane, the mayor of Orvan, said on Tuesday.
"""

DECISION = {
    "reviewer": "Ana", "day": "2031-05-15", "doc_id": "mine", "table": "figures", "action": "edit",
    "column": "category", "old": "killed", "new": "missing", "reason": "the mayor was corrected",
    "exact": "40", "prefix": "At least ", "suffix": " miners were killed", "start": 78, "end": 80,
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A user's folder: the notebooks, the sample articles, one report, and an article and a table of their own."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "reports" / "articles", folder / "reports" / "articles")
    (folder / "my-articles").mkdir()
    (folder / "my-articles" / "mine.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "my-corrections.jsonl").write_text(f"{json.dumps(DECISION)}\n", encoding="utf-8")
    (folder / "my-parties.csv").write_text("name,kind,party,aliases\nMarisol Tane,person,Kestria,\n", encoding="utf-8")
    recipe = "notebook: notebooks/article.ipynb\nparameters: {article: my-articles/mine.md}\n"
    recipe += "articles: [my-articles/mine.md]\n"
    (folder / "reports" / "mine.yml").write_text(recipe, encoding="utf-8")
    return folder


def test_commands(project):
    """In the order in which a reader meets them: some work on what those before them made."""
    for command in COMMANDS:
        done = run(command, project)
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"


def run(command: list[str], project: Path) -> subprocess.CompletedProcess[str]:
    if command[0] == "make":  # this very run is one of them: asked only whether make knows how
        return subprocess.run(["make", "-n", *command[1:]], cwd=ROOT, capture_output=True, text=True)
    beside = Path(sys.executable).parent
    return subprocess.run(
        [beside / command[0], *command[1:]],
        cwd=project,
        env=os.environ | {"PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def test_examples(monkeypatch):
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert results.attempted >= 5 and results.failed == 0


@pytest.mark.parametrize("table", columns.TABLES)
def test_table_of_columns(table):
    assert between(table, COLUMNS) == columns.markdown(table)


def test_measures_are_those_recorded():
    assert between("measures", README) == bench.markdown()


def between(name: str, page: str) -> str:
    return re.search(rf"<!-- {name} -->\n(.*?)\n?<!-- end -->", page, re.S)[1]


def test_it_is_short_and_in_the_order_of_a_newcomers_questions():
    assert len(README.splitlines()) <= LONGEST
    heads = ["Try it", "On my own articles", "In JupyterLab", "In CI", "How good it is", "Limits", "Licence"]
    assert re.findall(r"^## (.*)", README, re.M) == heads
    assert README.index("![") < README.index("## Try it")


def test_every_format_is_documented():
    listed = set(re.search(r"\(`(\.txt [^`]*)`\)", README)[1].split())
    assert listed | {".htm"} == set(SUFFIXES)


def test_every_command_is_documented():
    documented = {c[1] for c in COMMANDS if c[0] == "ascribe"}
    assert documented == set(main.commands)


def test_every_make_target_helps():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()
    assert set(phony) == set(re.findall(r"^([a-z]+):.*## ", makefile, re.M))
    assert all(f"`make {t}`" in README or f"make {t} " in README for t in ("help", "report", "test", "lab", "bench"))


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))])
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / page).read_text(encoding="utf-8")):
        assert target.startswith("https://") or ((ROOT / page).parent / target).exists(), target
