"""The workflow that regenerates reports, its steps run one by one in a repository of somebody's own articles."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = [
    pytest.mark.xdist_group("build"),
    pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are written for bash"),
]
ARTICLE = """---
title: Mine collapses near Orvan
published: 2031-05-14
---

At least 40 miners were killed in the collapse, Marisol Tane, the mayor of Orvan, said on Tuesday.
"""
RECIPE = """notebook: notebooks/article.ipynb
parameters: {article: articles/mine.md}
articles: [articles/mine.md]
"""


@pytest.fixture(scope="module")
def steps(root) -> dict[str, str]:
    """The commands of the workflow's steps, by name; what installs needs the network and is left out."""
    held = yaml.safe_load((root / ".github/workflows/regenerate.yml").read_text(encoding="utf-8"))
    found = held["jobs"]["reports"]["steps"]
    return {step["name"]: step["run"] for step in found if "run" in step and step["name"] != "Install"}


@pytest.fixture(scope="module")
def own(root, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    for name in ("articles", "notebooks", "reports"):
        (folder / name).mkdir()
    shutil.copy(root / "notebooks/article.ipynb", folder / "notebooks")
    (folder / "articles/mine.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "reports/mine.yml").write_text(RECIPE, encoding="utf-8")
    return folder


def run(folder: Path, command: str) -> tuple[int, str, str]:
    """A step's exit code, what it prints, and its summary, as a runner would run it."""
    summary = folder / ".summary"
    summary.write_text("")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "GITHUB_STEP_SUMMARY": str(summary)}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
    done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr, summary.read_text(encoding="utf-8")


def told(folder: Path, command: str) -> list[str]:
    """What the step that writes into the pull request asks of GitHub's own command, which is not here."""
    asked = folder / ".asked"
    code, said, _ = run(folder, f'PULL_REQUEST=7\ngh() {{ printf "%s\\n" "$@" > {asked}; }}\n{command}')
    assert code == 0, said
    return asked.read_text().split()


def test_the_steps_of_a_repository_of_ones_own(own, steps):
    check, tell, render, again = steps.values()
    code, said, summary = run(own, check)
    assert code == 1 and "missing" in summary and "ascribe build" in said  # nothing is committed yet
    assert run(own, render)[0] == 0
    assert (own / "reports/mine/mine.pdf").is_file()
    assert run(own, check)[0] == 0
    assert run(own, again)[0] == 0
    path = own / "articles/mine.md"
    path.write_text(ARTICLE.replace("At least 40", "At least 42"), encoding="utf-8")
    code, _, summary = run(own, check)
    assert code == 1 and "40 → 42" in summary and "# " in summary
    assert told(own, tell) == ["pr", "comment", "7", "--edit-last", "--create-if-none", "--body-file", "stale.md"]
    assert "40 → 42" in (own / "stale.md").read_text(encoding="utf-8")
    assert run(own, render)[0] == 0 and run(own, check)[0] == 0


def test_bytes_that_differ_fail(own, steps):
    *_, again = steps.values()
    assert run(own, steps["Render"])[0] == 0
    page = own / "reports/mine/mine.html"
    page.write_text("other bytes")
    assert run(own, again)[0] == 1


def test_the_tables_are_dated_as_the_report_is(own, root):
    (own / "articles/undated.txt").write_text("Nine people were hurt on Tuesday, Marisol Tane said.", encoding="utf-8")
    (own / "reports/undated.yml").write_text(
        "notebook: notebooks/article.ipynb\narticles: articles/undated.txt\nparameters: {published: 2031-05-14}\n"
    )
    code, said, _ = run(own, "ascribe build undated")
    assert code == 0, said
    held = json.loads((own / "reports/undated/manifest.json").read_text(encoding="utf-8"))
    assert held["articles"][0]["published"] == "2031-05-14"
    assert "published 2031-05-14" in (own / "reports/undated/undated.html").read_text(encoding="utf-8")
    (own / "reports/undated.yml").unlink()
