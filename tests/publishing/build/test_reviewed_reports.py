"""Reports over people's corrections: marked, counted, told in the manifest and in what changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ascribe.ledger import columns
from ascribe.publishing.build import swap

ARTICLE = """---
title: Flood on the Orva
published: 2031-03-05
publisher: Kestria Courier
---

At least 212 people were killed by the flood, the Orvan Ministry of Health said on Tuesday. "We have counted 90 houses
lost," Marisol Tane, the mayor, told reporters.

The town has about 18,000 residents.
"""
EDIT = {
    "reviewer": "Ana", "day": "2031-03-06", "doc_id": "flood", "table": "figures", "action": "edit",
    "column": "category", "old": "killed", "new": "missing", "reason": "the ministry *corrected* <b>itself</b>",
    "exact": "212", "prefix": "At least ", "suffix": " people were",
}  # fmt: skip
REJECT = EDIT | {"action": "reject", "column": None, "old": None, "new": None, "reason": "old"}
REJECT |= {"exact": "18,000", "prefix": "has about ", "suffix": " residents"}
GONE = REJECT | {"exact": "19,000"}


@pytest.fixture(scope="module")
def project(root, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(root / "notebooks", folder / "notebooks")
    (folder / "reports").mkdir()
    (folder / "flood.md").write_text(ARTICLE, encoding="utf-8")
    write(folder, EDIT, REJECT, GONE)
    for name in ("article", "audit"):
        recipe = f"notebook: notebooks/{name}.ipynb\narticles: [flood.md]\ncorrections: c.jsonl\n"
        (folder / "reports" / f"{name}.yml").write_text(recipe)
    return folder


def write(folder: Path, *decisions: dict) -> None:
    (folder / "c.jsonl").write_text("".join(f"{json.dumps(d)}\n" for d in decisions), encoding="utf-8")


def build(folder: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ascribe.cli import main; main()", "build"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=os.environ)
    assert done.returncode == code, done.stderr
    return done


def test_a_report_tells_what_people_changed(project):
    done = build(project)
    assert done.stderr.count("c.jsonl:3: lost: its words are gone from the article") == 2
    place = project / "reports" / "article"
    told = json.loads((place / "manifest.json").read_text(encoding="utf-8"))["corrections"]
    assert told["fates"] == {"applied": 2, "lost": 1} and "c.jsonl:3" in told["to_look_at"][0]
    changes = (place / "changes.md").read_text(encoding="utf-8")
    assert "## Corrections applied (2)" in changes and "## Corrections lost (1)" in changes
    assert "category: killed → missing; Ana, 2031-03-06: `the ministry *corrected* <b>itself</b>`" in changes
    page = (place / "article.html").read_text(encoding="utf-8")
    assert "Of the 2 figures shown, a person checked 1: 1 corrected." in page
    assert "What people changed, and why" in page and "&lt;b&gt;itself" in page and "<b>itself" not in page
    assert "missing" in page and "the extractor" not in page.split("How this report was made")[0]
    tables = {p.stem for p in (place / "tables").glob("*.csv")}
    assert tables >= {"decisions", "rejected", "changed"}
    package = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    assert {"decisions", "rejected"} <= {r["name"] for r in package["resources"]}
    assert "a person checked 1: 1 corrected" in (project / "reports" / "audit" / "audit.html").read_text("utf-8")


def test_a_new_decision_makes_the_report_anew_and_is_what_changed(project):
    build(project)
    write(project, EDIT, REJECT, GONE, EDIT | {"action": "edit", "column": "whose", "old": None, "new": "Kestria"})
    build(project)
    changes = (project / "reports" / "article" / "changes.md").read_text(encoding="utf-8")
    assert "## Corrections applied (1)" in changes and "whose: null → Kestria" in changes and "lost" not in changes
    write(project, EDIT, REJECT, GONE)
    build(project)
    write(project, EDIT, EDIT | {"new": "kiled"})
    assert "c.jsonl:2: no category 'kiled': did you mean killed?" in build(project, 1).stderr
    write(project, EDIT, REJECT, GONE)


def test_a_file_of_corrections_that_is_not_there_is_named(project):
    recipe = project / "reports" / "article.yml"
    before = recipe.read_text()
    recipe.write_text(before.replace("c.jsonl", "d.jsonl"))
    assert "corrections d.jsonl: no such file" in build(project, 2).stderr
    recipe.write_text(before)


def test_every_table_of_a_ledger_is_a_build_s_own():
    assert all(swap.MADE.fullmatch(f"tables/{name}.csv") for name in columns.ALL)
    assert not swap.MADE.fullmatch("tables/mine.csv")


def test_a_corrected_report_is_built_in_a_fresh_checkout(project):
    """Its tables of decisions are a build's own, although only their names say so there."""
    build(project)
    place = project / "reports" / "article"
    for path in place.iterdir():
        if path.name not in ("tables", "manifest.json"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    build(project)
    assert (place / "tables" / "rejected.csv").is_file() and (place / "article.html").is_file()
