"""Pieces, windows, paths and decoding: what must hold whatever the weights."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from ascribe.articles.article import Article
from ascribe.extraction.model.decode import MOVES, best_tags, cues, fragments
from ascribe.extraction.model.labels import BREAKS, CASES, CONTENT, DEPENDENCIES, ELSEWHERE, ROLE_TAGS, SOURCE
from ascribe.extraction.model.paths import paths
from ascribe.extraction.model.pieces import pieces
from ascribe.extraction.model.windows import AFTER, LONGEST, windows
from ascribe.language.reading import read
from hypothesis import given, settings
from hypothesis import strategies as st

TEXT = "The mayor of Osk, Ann Bel, said on Tuesday that “40 PEOPLE had died”.\n\nIt rained."


def parsed(text: str):
    return pieces(next(iter(read([Article.from_text(text)]))))


def words(found, text: str) -> list[str]:
    return [text[s:e] for s, e in zip(found.starts, found.ends, strict=True)]


def of(found, text: str, word: str) -> int:
    return words(found, text).index(word)


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="aB1 é“”\"'.,\n\t-–ß\u200b日", max_size=80))
def test_pieces_lie_in_the_text_in_order(text):
    found = parsed(text)
    spans = list(zip(found.starts, found.ends, strict=True))
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(spans))
    assert len(found) == len(found.ids) == len(found.features) == len(found.words) == len(found.tokens)


@pytest.mark.parametrize(
    ("word", "case"), [("mayor", "lower"), ("Ann", "title"), ("PEOPLE", "upper"), ("40", "digit"), (",", "other")]
)
def test_case_is_told(word, case):
    found = parsed(TEXT)
    assert CASES[found.features[of(found, TEXT, word), 0]] == case


def test_breaks_and_quotations_are_told():
    found = parsed(TEXT)
    at = of(found, TEXT, "It")
    assert BREAKS[found.features[at, 1]] == "paragraph"
    assert found.features[of(found, TEXT, "PEOPLE"), 2] == 1
    assert found.features[at, 2] == found.features[of(found, TEXT, "said"), 2] == 0


@pytest.mark.parametrize(("word", "label"), [("mayor", "nsubj"), ("Tuesday", "obl"), ("died", "ccomp")])
def test_paths_come_down_from_the_cue_by_a_dependency(word, label):
    found = parsed(TEXT)
    cue = of(found, TEXT, "said")
    way = paths(found, (cue, cue + 1), 0, len(found))
    assert way[of(found, TEXT, word)] == 1 + DEPENDENCIES[label]
    assert way[of(found, TEXT, "rained")] == ELSEWHERE


@given(st.integers(0, 5_000))
def test_every_piece_is_decided_in_one_window_that_shows_what_is_around_it(length):
    found = list(windows(length))
    decided = [k for w in found for k in range(w.from_, w.to)]
    assert decided == list(range(length))
    assert all(len(w) <= LONGEST and w.start <= w.from_ <= w.to <= w.end for w in found)
    assert all(w.end == length or w.end - w.to == AFTER for w in found)


scores = st.lists(
    st.lists(st.floats(-20, 0), min_size=len(ROLE_TAGS), max_size=len(ROLE_TAGS)), min_size=1, max_size=12
)


@given(scores)
def test_no_role_goes_on_that_has_not_begun(rows):
    tags = best_tags(np.array(rows))
    assert len(tags) == len(rows)
    for before, tag in zip([0, *tags], tags, strict=False):
        assert MOVES[before, tag] > -1e8
    for begins in (SOURCE, CONTENT):
        ranges = fragments(tags, begins, 100)
        assert all(100 <= i < j <= 100 + len(tags) for i, j in ranges)


def test_a_cue_is_whole_words():
    scores = np.array([[0.9, 0.1, 0.0], [0.2, 0.8, 0.0], [0.9, 0.0, 0.1], [0.3, 0.1, 0.6], [0.9, 0.1, 0.0]])
    found = cues(scores, np.array([7, 8, 8, 10, 11]), 0.4, first=7)
    assert [(c.start, c.end) for c in found] == [(8, 11)]
    assert found[0].probability == pytest.approx(0.8)
