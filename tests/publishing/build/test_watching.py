"""What a person sees while reports are made."""

from __future__ import annotations

import io
import os
import shutil
import time

import pytest
from ascribe.publishing.build.watching import Watch
from ascribe.publishing.run.events import Event


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def seen(self) -> list[str]:
        """Each line as it stood at some moment."""
        return [line for line in self.getvalue().replace("\x1b[2K", "").replace("\n", "\r").split("\r") if line]


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_a_terminal_shows_which_report_which_cell_and_how_long_left(monkeypatch, clock):
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    watch = Watch(["flood", "mine"])
    clock[0] += 50  # loading: no measure of what is left
    watch(Event(0, "started"))
    watch(Event(0, "cell", 1, 4))
    clock[0] += 10
    watch(Event(0, "cell", 4, 4))
    clock[0] += 2
    watch(Event(0, "done"))
    watch(Event(1, "cell", 3, 4))
    watch(Event(1, "failed", message="no"))
    assert terminal.seen() == [
        "0 of 2 reports",
        "0 of 2 reports  flood: cell 1 of 4",
        "0 of 2 reports, about 17 s left  flood: cell 4 of 4",
        "made  flood",
        "1 of 2 reports, about 12 s left",
        "1 of 2 reports, about 4 s left  mine: cell 3 of 4",
        "failed  mine",
        "2 of 2 reports",
    ]


def test_a_narrow_terminal_gets_one_line(monkeypatch):
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((40, 24)))
    watch = Watch(["a report with a long name", "another"])
    watch(Event(0, "cell", 1, 4))
    assert all(len(line) < 40 for line in terminal.seen())


def test_plain_lines_elsewhere(monkeypatch):
    monkeypatch.setattr("sys.stderr", said := io.StringIO())
    watch = Watch(["flood", "mine"])
    for event in (Event(0, "started"), Event(0, "cell", 1, 4), Event(0, "done"), Event(1, "failed")):
        watch(event)
    watch.clear()
    assert said.getvalue() == "made  flood\nfailed  mine\n"
