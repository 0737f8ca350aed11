"""What the charts draw: intervals, words, and labels that stand apart."""

from __future__ import annotations

import itertools
import math

import pandas as pd
import pytest
from ascribe.charts import rows, style, timeline, words
from chart_data import DOCUMENTS, figure
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (90000, "90,000"), (1_250_000, "1.25 million"), (1_234_567, "1,234,567"), (0.5, "0.5"), (0, "0"),
        (2e9, "2 billion"), (999_999, "999,999"), (12.25, "12.25"), (1e15, "1,000,000,000,000,000"),
    ],
)  # fmt: skip
def test_numbers_lose_nothing(value, expected):
    assert words.number(value) == expected


@given(st.integers(0, 10**13))
def test_a_number_reads_back(n):
    text = words.number(n)
    size = 1e6 if "million" in text else 1e9 if "billion" in text else 1
    assert math.isclose(float(text.split()[0].replace(",", "")) * size, n, abs_tol=0.5)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2031-02-06"], "6 Feb 2031"),
        (["2031-02-06", "2031-02-01"], "1 to 6 Feb 2031"),
        (["2031-02-06", "2031-03-01"], "6 Feb to 1 Mar 2031"),
        (["2030-12-31", "2031-01-01"], "31 Dec 2030 to 1 Jan 2031"),
        (["2031-02-06", None, "2031-02-06"], "6 Feb 2031"),
        ([None], ""),
    ],
)
def test_days(dates, expected):
    assert words.days(dates) == expected


@pytest.mark.parametrize(
    ("bound", "value", "low", "high", "number", "expected"),
    [
        ("exact", 12.0, 12.0, 12.0, "twelve", (12, 12, 12, "")),
        ("about", 70000.0, None, None, "70,000", (70000, 70000, 70000, "")),
        ("at_least", 90000.0, 90000.0, None, "90,000", (90000, 90000, 90000, "up")),
        ("at_most", 40.0, None, 40.0, "40", (40, 40, 40, "down")),
        ("range", None, 30.0, 40.0, "30 to 40", (30, None, 40, "")),
        ("vague", None, None, None, "Tens of\nthousands", (20000, None, 99999, "")),
        ("vague", None, float("nan"), None, "umpteen", (None, None, None, "")),
    ],
)
def test_intervals(bound, value, low, high, number, expected):
    assert rows.interval(value, low, high, bound, number) == expected


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, True), ({"unit": "%"}, False), ({"category": "money", "unit": "USD"}, False),
        ({"category": "duration", "unit": "month"}, False), ({"accumulation": "rate"}, False),
        ({"category": "other"}, False), ({"bound": "vague", "value": None, "number": "umpteen"}, False),
    ],
)  # fmt: skip
def test_only_plain_counts_are_drawn(change, kept):
    found = rows.estimates(pd.DataFrame([figure(**{"value": 5} | change)]), DOCUMENTS)
    assert bool(len(found)) == kept


def test_a_denied_figure_is_marked_so():
    from ascribe.charts import estimates

    said = pd.DataFrame([{"claim_id": "c", "polarity": "denied"}])
    found = rows.estimates(pd.DataFrame([figure(value=400, claim_id="c")]), DOCUMENTS, said)
    assert "denied: 400" in estimates.describe(found)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=30), st.floats(0.1, 0.4))
def test_labels_stand_apart_and_in_order(wanted, step):
    at = timeline.apart(sorted(wanted), step, 0, max(10, step * (len(wanted) - 1)))
    assert all(b - a >= step - 1e-9 for a, b in itertools.pairwise(at))
    assert at[0] >= -1e-9 and at[-1] <= max(10, step * (len(wanted) - 1)) + 1e-9


@given(st.text(max_size=300), st.floats(0.5, 3))
def test_a_label_fits_its_room(text, room):
    assert style.width(style.fit(text, room), style.BODY) <= room + 0.01
    assert all(style.width(line) <= room + 0.01 for line in style.wrap(text, room, lines=3))
    assert len(style.wrap(text, room, lines=3)) <= 3


@pytest.mark.parametrize(
    ("days", "when"),
    [
        ({"as_of": "2031-02-03", "window_end": "2031-02-02"}, "2031-02-03"),
        ({"as_of": None, "window_end": "2031-02-02"}, "2031-02-02"),  # "in January": as January ended
        ({"as_of": None, "window_end": None}, "2031-02-06"),
    ],
)
def test_a_figure_stands_on_the_day_that_its_article_gives_it(days, when):
    made = pd.DataFrame([figure("a", "Marisol Tane", "killed", "exact", 12, **days)])
    documents = DOCUMENTS.assign(published="2031-02-06")
    assert list(rows.estimates(made, documents)["when"]) == [pd.Timestamp(when)]
