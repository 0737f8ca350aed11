"""Paragraphs in every way that texts mark them. A bar in the expected list stands for a paragraph's end."""

import itertools
import time

import pytest
from ascribe.language.paragraphs import LONGEST_UNIT, paragraphs, parsed_apart, units
from hypothesis import given
from hypothesis import strategies as st

WRAPPED = (
    "The ministry said on Monday that eleven people had been killed when a\n"
    "bridge over the river fell into the water, and that forty more were in\n"
    "hospital.\n"
    "A spokeswoman, Marisol Tane, told reporters that the number would rise,\n"
    "because divers had not yet reached the cars on its bed.\n"
    "She gave no date."
)
INDENTED = (
    "   The ministry said on Monday that eleven people had been killed when\n"
    "a bridge over the river fell into the water and that forty people were\n"
    "in hospital after it, some of them badly hurt, and two more are missing\n"
    "   A spokeswoman, Marisol Tane, told reporters that the number would be\n"
    "higher because divers had not yet reached the cars on the river's bed."
)

TABLE = [
    # blank lines part paragraphs, however many and whatever blanks stand on them
    ("One.\n\nTwo.\n \t\n\nThree.", ["One.", "Two.", "Three."]),
    # a line each, without blank lines
    ("Eleven died.\nForty were hurt.\nTwo are missing.", ["Eleven died.", "Forty were hurt.", "Two are missing."]),
    # a headline without a full stop is a paragraph
    ("Bridge falls\nEleven people died.", ["Bridge falls", "Eleven people died."]),
    # a line that breaks off and goes on with a small letter
    ("The army said on\nMonday, in\na statement.", ["The army said on", "Monday, in\na statement."]),
    # a line that breaks off after a word that ends no sentence, or before the number of a clause
    ("Clinics held more than\n1,200 people.\nAll left.", ["Clinics held more than\n1,200 people.", "All left."]),
    ("The mayor of\nOrvan left.\nTolm is shut.", ["The mayor of\nOrvan left.", "Tolm is shut."]),
    ("On Monday,\n12 people left.", ["On Monday,\n12 people left."]),
    ("Dead: 12\nHurt: 30", ["Dead: 12", "Hurt: 30"]),
    # what somebody says stands below the words that say who
    ("The mayor said:\n\n“We won.”\n\nShe left.", ["The mayor said:\n\n“We won.”", "She left."]),
    ('The mayor added:\n"We won." She left.', ['The mayor added:\n"We won." She left.']),
    ("What is known:\n\nTwo died.\n\n“Two,” he said.", ["What is known:", "Two died.", "“Two,” he said."]),
    # no breaks at all
    ("  Eleven died. Forty were hurt.  ", ["Eleven died. Forty were hurt."]),
    # Windows and Unicode line ends
    ("One.\r\n\r\nTwo.\u2029Three.\u2028Four.", ["One.", "Two.", "Three.", "Four."]),
    # nothing
    ("", []),
    (" \n\t\n", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_paragraphs(text, expected):
    assert [text[s:e] for s, e in paragraphs(text, 0, len(text))] == expected


def test_hard_wrapped_lines_are_joined_and_a_short_line_ends_a_paragraph():
    found = [WRAPPED[s:e] for s, e in paragraphs(WRAPPED, 0, len(WRAPPED))]
    assert [p.split()[0] for p in found] == ["The", "A", "She"]
    assert found[0].endswith("hospital.")


def test_an_indent_begins_a_paragraph_in_hard_wrapped_text():
    found = [INDENTED[s:e] for s, e in paragraphs(INDENTED, 0, len(INDENTED))]
    assert [p.split()[0] for p in found] == ["The", "A"]


def test_blank_lines_that_tear_sentences_are_mended_where_the_whole_text_is_torn():
    torn = "The army said\n\nthat it had lost\n\neleven men in\n\nthe valley.\n\nIt gave no names."
    assert [torn[s:e].split()[0] for s, e in paragraphs(torn, 0, len(torn))] == ["The", "It"]


def test_only_the_body_is_looked_at():
    text = "front\n\nOne.\n\nTwo.\n\nback"
    assert [text[s:e] for s, e in paragraphs(text, 7, 17)] == ["One.", "Two."]


@given(st.text(alphabet="aB.\n\r \t”\u2029,", max_size=300), st.integers(1, 40))
def test_paragraphs_and_units_lose_and_double_nothing(text, longest):
    spans = paragraphs(text, 0, len(text))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    covered = "".join(text[s:e] for s, e in spans)
    assert "".join(covered.split()) == "".join(text.split())
    for s, e in spans:
        pieces = list(units(text, s, e, longest))
        assert "".join(text[a:b] for a, b in pieces) == text[s:e]
        assert all(0 < b - a <= longest for a, b in pieces)


def test_long_paragraphs_are_cut_where_sentences_end():
    text = "Eleven people died on Monday, Mr. Tane said. " * 400
    pieces = [text[s:e] for s, e in units(text, 0, len(text))]
    assert len(pieces) > 5
    assert all(p.endswith("said. ") for p in pieces)
    assert max(map(len, pieces)) <= LONGEST_UNIT


@pytest.mark.parametrize("text", ["\n" * 100_000, "a\n" * 50_000, "a" * 100_000, " " * 100_000, ". " * 50_000])
def test_a_hostile_text_is_split_in_linear_time(text):
    started = time.process_time()
    for s, e in paragraphs(text, 0, len(text)):
        list(units(text, s, e))
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("LESK (KNA) - Kestria's bank cut its rate.", "LESK (KNA) - "),
        ("OSK, Marland, June 14 (KNA) — The toll rose.", "OSK, Marland, June 14 (KNA) — "),
        ("Osk (KNA) – Four died.", "Osk (KNA) – "),
        ("LESK—The toll rose.", "LESK—"),
        ("LESK 14 June 2030 - The office counted 12.", "LESK 14 June 2030 - "),
        ("KNA-19 cases rose.", ""),
        ("The army — which fled — was beaten.", ""),
        ("LESK said 12 – 15 had died.", ""),
    ],
)
def test_a_dateline_is_parsed_apart(text, dateline):
    pieces = [text[i:j] for i, j in parsed_apart(text, 0, len(text))]
    assert pieces == [p for p in (dateline, text[len(dateline) :]) if p]


def test_a_hostile_dateline_is_matched_in_linear_time():
    started = time.process_time()
    for text in ("AAA " * 50_000, "AAA, " + "a " * 50_000, "Aa " * 50_000, "(A" + "a" * 50_000):
        list(parsed_apart(text, 0, len(text)))
    assert time.process_time() - started < 2
