"""What is said while many articles are extracted."""

from __future__ import annotations

import pytest
from ascribe.archive.telling import Telling, duration


def test_how_many_how_fast_how_long():
    now, share = [0.0], [0.0]
    telling = Telling(lambda: share[0], lambda: now[0])
    share[0] = 0.5
    telling.skipped()  # what an earlier run did takes no time, and is no work of this one
    now[0], share[0] = 10.0, 0.6
    telling.extracted(1000)
    now[0], share[0] = 30.0, 0.75
    telling.extracted(2000)
    assert telling.line() == "2 articles (and 1 from before), 100 words a second, 75 % read, about 30 s left"


def test_nothing_is_promised_before_anything_is_known():
    assert Telling(lambda: 0.0, lambda: 5.0).line() == "0 articles"


def test_a_log_gets_a_line_a_minute(capsys):
    now = [0.0]
    telling = Telling(lambda: 0.0, lambda: now[0])
    for now[0] in (1.0, 59.0, 61.0, 70.0, 122.0):
        telling.extracted(60)
    said = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in said] == ["ascribe: 3 articles", "ascribe: 5 articles"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (59, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (12_000, "3 h 20 min"), (200_000, "2 d 7 h")],
)
def test_durations(seconds, said):
    assert duration(seconds) == said
