"""Notebooks run in processes of their own, as on a kernel, and what is said when a cell fails."""

from __future__ import annotations

import json
import os

import nbformat
import pytest
from ascribe.publishing.run import execution, kernel
from ascribe.publishing.run.job import Job
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CELLS = [
    "x: int = 1  # a number",
    "import sys\nprint('out', x)\nprint('err', file=sys.stderr)\nx + 1",
    "x + 1;",
    "!echo from the shell",
    "from IPython.display import display, HTML, Markdown\ndisplay(HTML('<b>bold</b>'), Markdown('*it*'))",
    "handle = display('first', display_id='d')\nhandle.update('second')",
    "object()",
    "{'b', 'a', 'c'}, set('hello world')",
    "_ = 3\ndef f():\n    '''A function.'''\n    return 1\nf()",
    "import time\ntime.tzname, sys.flags.hash_randomization",
    "await __import__('asyncio').sleep(0)\n'awaited'",
]


def notebook(*cells: str, path, tags: dict[int, str] | None = None):
    made = [new_markdown_cell("# A trial")]
    for number, source in enumerate(cells):
        named = "parameters" if number == 0 else (tags or {}).get(number)
        made.append(new_code_cell(source, id=f"c{number}", metadata={"tags": [named]} if named else {}))
    nbformat.write(new_notebook(cells=made), path)
    return path


def job(path, out, **more) -> Job:
    given = {"formats": ("ipynb",), "assignments": "x = 5", "given": "x=5", "limit": 60} | more
    return Job(str(path), "trial", "trial.ipynb", str(path.parent), str(out), **given)


def outputs(out) -> list:
    held = json.loads((out / "trial.ipynb").read_text(encoding="utf-8"))
    return [c.get("outputs") for c in held["cells"]]


def test_a_copy_gives_what_a_kernel_gives(tmp_path):
    path = notebook(*CELLS, path=tmp_path / "trial.ipynb")
    (end,) = [e for e in execution.run([job(path, tmp_path / "copy")]) if e.event in ("done", "failed")]
    assert end.event == "done", end.message
    (end,) = [e for e in kernel.run([job(path, tmp_path / "kernel")]) if e.event in ("done", "failed")]
    assert end.event == "done", end.message
    copy, real = outputs(tmp_path / "copy"), outputs(tmp_path / "kernel")
    assert copy == real
    assert copy[3][0]["text"] == ["out 5\n"]
    assert copy[8][0]["data"]["text/plain"] == ["<object at 0x…>"]


FAILING = (
    ("print('so far')\nraise ValueError('no such')", ("so far", "ValueError: no such", "raise ValueError")),
    ("1 +", ("SyntaxError", "1 +")),
    ("import os; os._exit(3)", ("ended the Python process (code 3)", "os._exit")),
    ("import os; os.kill(os.getpid(), 11)", ("ended the Python process (signal 11)",)),
    ("while True: pass", ("did not finish within 1.5 seconds", "while True")),
    ("import sys; sys.exit(4)", ("SystemExit: 4",)),
    ("input('?')", ("code cell 3 failed", "input")),
)


def test_a_cell_that_fails_is_quoted(tmp_path):
    jobs = []
    for number, (source, _) in enumerate(FAILING):
        path = notebook("x: int = 1", source, "'never'", path=tmp_path / f"trial{number}.ipynb")
        jobs.append(job(path, tmp_path / f"out{number}", limit=1.5))
    ends = {e.job: e for e in execution.run(jobs, 2) if e.event in ("done", "failed")}
    for number, (_, parts) in enumerate(FAILING):
        message = ends[number].message
        assert ends[number].event == "failed"
        for part in ("trial.ipynb", "code cell 3", "x=5", *parts):
            assert part in message, message
        assert "Traceback" not in message
        assert not (tmp_path / f"out{number}").exists()


def test_a_cell_may_fail_that_says_so(tmp_path):
    path = notebook("x: int = 1", "1 / 0", "'after'", path=tmp_path / "trial.ipynb", tags={1: "raises-exception"})
    *_, end = execution.run([job(path, tmp_path / "out")])
    assert end.event == "done", end.message
    assert outputs(tmp_path / "out")[3][0]["ename"] == "ZeroDivisionError"


def test_nothing_leaks_from_one_report_to_the_next(tmp_path):
    one = notebook(
        "x: int = 1", "import os, sys\nos.environ['LEAK'] = sys.leak = leak = 'yes'", path=tmp_path / "one.ipynb"
    )
    source = "import os, sys\n'leak' in globals(), hasattr(sys, 'leak'), 'LEAK' in os.environ"
    two = notebook("x: int = 1", source, path=tmp_path / "two.ipynb")
    jobs = [job(p, tmp_path / str(n)) for n, p in enumerate([one, two, one, two])]
    ends = [e for e in execution.run(jobs) if e.event in ("done", "failed")]
    assert [e.event for e in ends] == ["done"] * 4
    for n in (1, 3):
        assert outputs(tmp_path / str(n))[-1][0]["data"]["text/plain"] == ["(False, False, False)"]


def test_a_projects_own_modules_are_found_and_stand_in_nobodys_way(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "helper.py").write_text("VALUE = 'helped'")
    (tmp_path / "ascribe").mkdir()
    for name in ("ascribe/__init__.py", "nbformat.py"):
        (tmp_path / name).write_text("raise ImportError('not this one')")
    path = notebook("x: int = 1", "import helper\nhelper.VALUE", path=tmp_path / "trial.ipynb")
    *_, end = execution.run([job(path, tmp_path / "out")])
    assert end.event == "done", end.message
    assert outputs(tmp_path / "out")[3][0]["data"]["text/plain"] == ["'helped'"]


def test_fail_fast_starts_no_more(tmp_path):
    bad = notebook("x: int = 1", "1/0", path=tmp_path / "bad.ipynb")
    ends = list(execution.run([job(bad, tmp_path / str(n)) for n in range(3)], fail_fast=True))
    assert [e.job for e in ends if e.event == "failed"] == [0]


def test_stopping_ends_every_process(tmp_path):
    source = f"import os, time\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)"
    path = notebook("x: int = 1", source, path=tmp_path / "trial.ipynb")
    events = execution.run([job(path, tmp_path / "out")])
    for event in events:
        if event.event == "cell" and event.index == 3:
            break
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        pass
    events.close()
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
