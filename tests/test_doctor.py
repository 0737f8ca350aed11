"""`ascribe doctor` and `ascribe completion`: what they say, and what it is worth."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from ascribe import doctor
from ascribe.cli import main
from click.testing import CliRunner


def test_a_whole_installation_is_said_to_be_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("ASCRIBE_CACHE", str(tmp_path / "cache"))
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 0 and "a sentence is read right" in done.output, done.output
    assert doctor.BAD not in done.output and f"kept in {tmp_path}" in done.output


def test_what_is_missing_is_named_with_what_brings_it(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASCRIBE_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(doctor, "LAB", ("jupyterlab", "no-such-package"))
    monkeypatch.setattr(doctor, "PACKAGE", tmp_path)
    monkeypatch.setattr(doctor, "SENTENCE", "Nothing happened.")
    done = CliRunner().invoke(main, ["doctor"])
    lines = {line.split("  ->  ")[0].strip(): line for line in done.output.splitlines()}
    assert done.exit_code == 1
    assert "pip install no-such-package" in done.output and "ASCRIBE_CACHE names another" in done.output
    assert sum(line.startswith(doctor.BAD) for line in lines.values()) == 2  # the models, the sentence
    assert all("  ->  " in line for line in lines.values() if not line.startswith(doctor.GOOD))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_to_complete_with(shell):
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0 and "_ASCRIBE_COMPLETE" in done.output and "\ufffd" not in done.output


def test_bash_completes_commands_and_options():
    env = {"_ASCRIBE_COMPLETE": "bash_complete", "COMP_WORDS": "ascribe ex", "COMP_CWORD": "1"}
    code = "import sys; sys.argv = ['ascribe']; from ascribe.cli import main; main(prog_name='ascribe')"

    done = subprocess.run([sys.executable, "-c", code], env=os.environ | env, capture_output=True, text=True)
    assert "plain,export" in done.stdout and "plain,extract" in done.stdout
