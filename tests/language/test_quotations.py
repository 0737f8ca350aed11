"""Quotations, whatever their marks: a table, properties, and time that grows with the text alone."""

from __future__ import annotations

import itertools
import time

import pytest
from ascribe.language.quotations import find_quotations
from ascribe.language.reading import paragraphs
from hypothesis import given, settings
from hypothesis import strategies as st


def quotations(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, paragraphs(text, 0, len(text)))]


TABLE = [
    ("curly", "She said “we won” and left.", ["“we won”"]),
    ("straight", 'She said "we won" and left.', ['"we won"']),
    ("doubled single", "''We won,'' she said.", ["''We won,''"]),
    ("single curly", "‘We won,’ she said.", ["‘We won,’"]),
    ("single straight", "'We won,' she said.", ["'We won,'"]),
    ("guillemets", "«We won», she said.", ["«We won»"]),
    ("low and high", "„We won“, she said.", ["„We won“"]),
    ("opened curly, closed straight", '“We won," she said.', ['“We won,"']),
    ("both marks closing", "”We won,” she said.", ["”We won,”"]),
    ("a closing mark for an apostrophe", "Kestria”s army left. “We won,” she said.", ["“We won,”"]),
    ("possessives", "The rebels' camp and Orvan's army, 'a wreck', were gone.", ["'a wreck'"]),
    ("elisions", "It was '97 and the '90s were 'bout over.", []),
    ("a measure", "The 6-inch shell and the 12\" gun.", []),
    ("a quotation in a quotation", "“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
    ("never closed, mid-paragraph", "He called it “a wreck. The army left. Nobody came.", ["“a wreck."]),
    ("never closed, whole paragraph", "“We won. They left.\n\nThe army left.", ["“We won. They left."]),
    ("several paragraphs", "“We won.\n\n“They left.”\n\nThe army left.", ["“We won.", "“They left.”"]),
    ("one odd mark does not cost the next paragraph", "He said “so.\n\nTane said: “We won.”", ["“so.", "“We won.”"]),
    ("a nickname", "“No,” said Dana “Dee” Holt. Reyk ‘Big Al’ Lund and Ana \"Red\" Tane left.", ["“No,”"]),
    ("no nickname", "In “Hamlet” Tane won. The “Star” Hotel burned.", ["“Hamlet”", "“Star”"]),
    ("no marks", "The army left the town.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [(t, e) for _, t, e in TABLE], ids=[n for n, _, _ in TABLE])
def test_quotations(text, expected):
    assert quotations(text) == expected


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aZ “”\"'‘’«».,\n`", max_size=120))
def test_quotations_lie_in_the_text_in_order_and_apart(text):
    found = find_quotations(text, paragraphs(text, 0, len(text)))
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("unit", ['"', "“", "”", "'", "‘a ", "'a ", "“a. ", '"a" ', "“a.\n\n", "a”s "])
def test_marks_without_end_take_linear_time(unit):
    def seconds(n: int) -> float:
        text = unit * n
        start = time.process_time()
        find_quotations(text, paragraphs(text, 0, len(text)))
        return time.process_time() - start

    seconds(1_000)
    small, large = max(seconds(25_000), 0.05), min(seconds(100_000) for _ in range(2))
    assert large < 12 * small  # four times the marks; a quadratic search would take sixteen times as long
    assert large < 5
