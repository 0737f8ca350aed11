"""What a notebook shows: tables, figures, marked text."""

from __future__ import annotations

import base64
import datetime as dt
import re

import numpy as np
import pandas as pd
import pytest
from ascribe.articles.article import Article
from ascribe.publishing.present.cells import written
from ascribe.publishing.present.display import Mark, annotated, figure, finding, marks, table
from ascribe.publishing.render.markup import parse
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("value", "show", "text"),
    [
        (90_000, None, "90,000"),
        (90_000.0, None, "90,000"),
        (1234.5678, None, "1,234.568"),
        (0.33333, None, "0.333"),
        (2022, "d", "2022"),
        (0.25, lambda v: f"{v:.0%}", "25%"),
        (float("nan"), None, "–"),
        (None, "d", "–"),
        (pd.NA, None, "–"),
        (pd.NaT, None, "–"),
        (True, None, "yes"),
        (np.bool_(False), None, "no"),
        (np.int64(1000), None, "1,000"),
        (dt.date(2024, 2, 29), None, "2024-02-29"),
        (pd.Timestamp("2024-02-29"), None, "2024-02-29"),
        (pd.Timestamp("2024-02-29 18:05"), None, "2024-02-29 18:05"),
        (["a", "b"], None, "a, b"),
        (np.array([1, 2]), None, "1, 2"),
        ([], None, "–"),
        ("=1+1", None, "=1+1"),
        (float("inf"), None, "inf"),
    ],
)
def test_cells(value, show, text):
    assert written(value, show) == text


def test_a_table():
    frame = pd.DataFrame({"who": ["<b>", None], "n": [1, 2000], "to": ["#f", "javascript:x"], "extra": [0, 0]})
    markup = table(frame, "A & B", columns={"n": "How many", "who": "Who"}, links={"who": "to"}, note="x < y").html
    assert "<caption>A &amp; B</caption>" in markup
    assert '<th scope="col" class="n">How many</th><th scope="col">Who</th>' in markup
    assert '<td class="n">1</td><td><a href="#f">&lt;b&gt;</a></td>' in markup
    assert '<td class="n">2,000</td><td>–</td>' in markup
    assert "x &lt; y" in markup and "extra" not in markup.lower()


def test_a_table_without_rows_says_so():
    shown = table(pd.DataFrame({"a": []}), "Figures", empty="No figure.")
    assert "No figure." in shown.html and "<table" not in shown.html and "No figure." in str(shown)


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(KeyError, match=r"'b'.*it has a"):
        table(pd.DataFrame({"a": [1]}), columns=["b"])


def drawing():
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(2, 1))
    ax.plot([1, 2])
    return fig


def test_a_figure_is_the_same_each_time_and_closed():
    import matplotlib.pyplot as plt

    one, two = (
        figure(drawing(), alt='He said "x"', caption="C", source="S", data=pd.DataFrame({"a": [1]})) for _ in "ab"
    )
    assert one == two
    assert not plt.get_fignums()
    assert 'alt="He said &quot;x&quot;"' in one.html and "<details>" in one.html and "Source: S" in one.html
    svg = base64.b64decode(re.search(r"base64,([^\"]+)", one.html)[1])
    assert b"<svg" in svg and b"<dc:date>" not in svg


def test_a_figure_without_alt_text_is_refused():
    with pytest.raises(ValueError, match="alt text"):
        figure(drawing(), alt=" ")


TEXT = "First line.\nSecond said 90 died.\n\nNext paragraph."


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (
            [Mark(12, 18, "source"), Mark(24, 31, "claim", "c", "c1"), Mark(24, 26, "figure", "f", "f1")],
            '<mark class="source">Second</mark> said <mark class="claim" id="c1" title="c">'
            '<mark class="figure" id="f1" title="f">90</mark></mark><mark class="claim" title="c"> died</mark>.',
        ),
        (
            [Mark(19, 41, "claim", None, "c1")],
            '<mark class="claim" id="c1">said 90 died.</mark></p><p><mark class="claim">Next pa</mark>ragraph.',
        ),
        ([Mark(0, 5, "claim"), Mark(3, 8, "claim")], '<mark class="claim">Fir</mark>'),
        ([Mark(40, 40, "claim"), Mark(99, 120, "claim")], "Next paragraph."),
    ],
)
def test_marks_nest_and_overlap(spans, expected):
    assert expected in annotated(TEXT, spans).html


def test_only_the_body_of_an_article_is_shown():
    article = Article("a", "---\ntitle: T\n---\nThe body.", (17, 26))
    shown = annotated(article, [Mark(0, 3, "claim"), Mark(17, 20, "source")])
    assert shown.plain == "The body." and '<mark class="source">The</mark> body.' in shown.html
    assert "title" not in shown.html


KINDS = st.sampled_from(["claim", "source", "figure", "uncredited"])
MARKS = st.lists(
    st.builds(Mark, st.integers(0, 60), st.integers(0, 60), KINDS, st.none() | st.text(max_size=3)), max_size=9
)


@given(st.text(alphabet="ab <&\n\"'é", max_size=60), MARKS)
def test_marking_changes_no_word(text, spans):
    shown = annotated(text, spans, legend=False).html
    nodes = parse(shown)
    found = "".join(n if isinstance(n, str) else n.text() for n in nodes)
    assert "".join(found.split()) == "".join(text.split())


def test_the_marks_of_a_ledger():
    claims = pd.DataFrame(
        {
            "claim_id": ["c"],
            "content": [[[0, 5], [9, 12]]],
            "source_span": [[6, 8]],
            "source_name": ["Tane"],
            "polarity": ["denied"],
        }
    )
    figures = pd.DataFrame(
        {
            "figure_id": ["f", "g"], "start": [0, 3], "end": [2, 4], "number": ["90", "1"], "counted": ["dead", None],
            "credit": ["explicit", "none"], "source_name": ["Tane", None],
        }
    )  # fmt: skip
    assert marks(claims, figures) == [
        Mark(0, 5, "claim", "Denied by Tane", "c"),
        Mark(9, 12, "claim", "Denied by Tane", None),
        Mark(6, 8, "source", "Source: Tane"),
        Mark(0, 2, "figure", "90 dead. Credited to Tane", "f"),
        Mark(3, 4, "uncredited", "1. Credited to nobody", "g"),
    ]


def test_a_finding_is_text():
    assert finding("<b>").html == '<div class="finding"><p>&lt;b&gt;</p></div>'
