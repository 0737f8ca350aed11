"""The tutorial: its commands run one after the other in a desk of one's own, its examples give what they say."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tutorial.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line) for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.S | re.M) for line in block.splitlines()
]


@pytest.mark.xdist_group("build")
def test_the_tutorial_from_top_to_bottom(tmp_path, monkeypatch):
    assert [c[:2] for c in COMMANDS][:2] == [["ascribe", "new"], ["ascribe", "extract"]]
    for command in COMMANDS:
        where = tmp_path if command[1] == "new" else tmp_path / "my-desk"
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=where, capture_output=True, text=True, encoding="utf-8", timeout=300
        )
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
    monkeypatch.chdir(tmp_path / "my-desk")
    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert results.attempted >= 6 and results.failed == 0
    assert all((tmp_path / "my-desk/mine" / name).is_file() for name in ("article.pdf", "source.html"))


def test_its_recipe_is_the_one_that_is_laid_out(root):
    shown = re.search(r"^```yaml\n(.*?)^```", TEXT, re.S | re.M)[1]
    assert shown in (root / "analysis/ascribe/project/reports/example.yml").read_text(encoding="utf-8")


def test_its_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)", TEXT):
        assert (PAGE.parent / target).exists(), target
