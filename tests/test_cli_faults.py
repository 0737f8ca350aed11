"""Whatever a command is given, and wherever it writes: a line that says what is wrong, never a traceback."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from ascribe import saying
from ascribe.cli import main
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook

ODD = [
    "a" * 300,
    "b" * 5000,
    "a\nb",
    "\udcff\udcfe",
    " ",
    "/",
    "/dev/null",
    "a/" * 200,
    "[",
    "\x1b[31m",
    "~",
    "a%00.md",
]
TEXT = "Twelve miners were killed on Tuesday, officials said."


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "mine.txt").write_text(TEXT)
    nbformat.write(new_notebook(cells=[new_code_cell("print(1)", id="a")]), tmp_path / "n.ipynb")
    return tmp_path


COMMANDS = (
    ["extract", "{}", "--out", "ledger"],
    ["extract", "mine.txt", "--out", "{}"],
    ["extract", "mine.txt", "--out", "ledger", "--parties", "{}"],
    ["extract", "mine.txt", "--out", "ledger", "--pipeline", "{}"],
    ["report", "{}"],
    ["report", "n.ipynb", "--out", "{}"],
    ["report", "n.ipynb", "--fonts", "{}"],
    ["report", "n.ipynb", "-p", "x={}"],
    ["build", "{}"],
    ["build", "--folder", "{}"],
    ["build", "--fonts", "{}"],
    ["build", "--check", "--changes", "{}"],
)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c)[:40])
def test_odd_names(project, command, name):
    if name == "/" and "--out" in command:
        pytest.skip("writes into the root of the disk")
    done = CliRunner().invoke(main, [part.format(name) for part in command])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert done.exit_code in (0, 1, 2)
    assert all(c.isprintable() or c == "\n" for c in done.stderr + done.stdout)


def ascribe(*arguments: object, **more) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from ascribe.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, stderr=subprocess.PIPE, timeout=120, **more)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no disk that is always full")
@pytest.mark.parametrize(
    "arguments", [["extract", "mine.txt", "--out", "l"], ["build"], ["--version"], ["build", "-h"]]
)
def test_an_output_that_is_full(project, arguments):
    with open("/dev/full", "w") as full:
        done = ascribe(*arguments, stdout=full, cwd=project)
    assert done.returncode == 1 and done.stderr == b"ascribe: the output: No space left on device\n"


def test_an_output_that_nobody_reads(project):
    read, write = os.pipe()
    os.close(read)
    done = ascribe("build", stdout=write, cwd=project)
    os.close(write)
    assert done.returncode == 0 and done.stderr == b""


def test_names_that_are_no_text_come_through(project):
    name = os.fsdecode(b"\xff\xfe")
    os.rename("mine.txt", f"{name}.txt")
    done = ascribe("extract", f"{name}.txt", "--out", name, stdout=subprocess.PIPE, cwd=project)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in Path(name).glob("*.parquet"))[0] == "claims.parquet"


def test_extracting_that_is_stopped_says_what_is_done(project):
    for n in range(400):
        (project / f"{n}.txt").write_text(f"{TEXT} It was number {n}.\n\n" * 20)
    command = [sys.executable, "-c", "from ascribe.cli import main; main()", "extract", ".", "--out", "ledger"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(6)
    assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    *_, last = said.decode().splitlines()
    assert last.startswith("ascribe: stopped") and "Traceback" not in said.decode()
    assert not (project / "ledger").exists()


@pytest.mark.parametrize("mask", [0o077, 0o022, 0o027])
def test_what_is_new_has_the_rights_that_the_user_gives(project, mask):
    done = ascribe("report", "n.ipynb", "--to", "html", "--out", "o", stdout=subprocess.PIPE, cwd=project, umask=mask)
    assert done.returncode == 0, done.stderr
    assert (project / "o").stat().st_mode & 0o777 == 0o777 & ~mask
    assert (project / "o/n.html").stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_cell_that_fails_ends_without_an_echo(project):
    nbformat.write(new_notebook(cells=[new_code_cell("raise ValueError('no such thing')", id="a")]), "bad.ipynb")
    done = ascribe("report", "bad.ipynb", "--out", "o", stdout=subprocess.PIPE, cwd=project)
    assert done.returncode == 1 and b"no such thing" in done.stderr
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


def test_a_report_that_is_killed_leaves_the_last_one_and_its_leavings_go(project):
    source = "import os, time\nprint('made', os.path.exists('slow'))\nwhile os.path.exists('slow'): time.sleep(0.1)"
    nbformat.write(new_notebook(cells=[new_code_cell(source, id="a")]), "n.ipynb")
    arguments = ("report", "n.ipynb", "--to", "html", "--out", "o")
    assert ascribe(*arguments, stdout=subprocess.PIPE, cwd=project).returncode == 0
    before = {p.name: p.read_bytes() for p in (project / "o").iterdir()}
    (project / "slow").touch()
    running = subprocess.Popen([sys.executable, "-c", "from ascribe.cli import main; main()", *arguments])
    while not list(project.glob(".o.*")):
        time.sleep(0.1)
    running.kill()
    running.wait()
    assert {p.name: p.read_bytes() for p in (project / "o").iterdir()} == before
    (left,) = project.glob(".o.*")
    os.utime(left, (1, 1))
    (project / "slow").unlink()
    assert ascribe(*arguments, stdout=subprocess.PIPE, cwd=project).returncode == 0
    assert not list(project.glob(".o.*")) and {p.name for p in (project / "o").iterdir()} == before.keys()


def test_a_report_on_a_full_disk_leaves_the_last_one(project):
    arguments = ("report", "n.ipynb", "--to", "html", "--out", "o")
    assert ascribe(*arguments, stdout=subprocess.PIPE, cwd=project).returncode == 0
    before = {p.name: p.read_bytes() for p in (project / "o").iterdir()}
    done = ascribe(
        *arguments, stdout=subprocess.PIPE, cwd=project, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )  # fmt: skip
    assert done.returncode == 1 and b"cannot be written" in done.stderr and b"Traceback" not in done.stderr
    assert {p.name: p.read_bytes() for p in (project / "o").iterdir()} == before
    assert not list(project.glob(".o.*"))


def test_a_file_name_cannot_give_a_command_to_a_log(project):
    """GitHub's runner takes a line that begins with two colons for a command."""
    (project / "x\n::error::boo @everyone.txt").write_text("Drei Menschen wurden am Montag in Orvan verletzt. " * 9)
    (project / "y\n::error::boo.txt").write_bytes(b"\xff")
    done = ascribe("extract", ".", "--out", "ledger", stdout=subprocess.PIPE, cwd=project)
    assert b"boo" in done.stderr and b"\n::" not in b"\n" + done.stderr and b"\n::" not in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Twelve died", "Twelve died"),
        ("a\nb\r\u2028c", "a\ufffdb\ufffd\ufffdc"),
        ("\x1b[31m\u202e\x00", "\ufffd[31m\ufffd\ufffd"),
        ("\udcff", "\ufffd"),
        (OSError("x\ty"), "x\ufffdy"),
    ],
)
def test_a_line_is_one_line(text, said):
    assert saying.line(text) == said


def test_lines_stay_lines():
    assert saying.lines("a\x1b\nb\tc\n") == "a\ufffd\nb\ufffdc\n"
