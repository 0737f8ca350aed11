"""The best tree under a table of arc scores."""

import itertools

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.parser.trees import crossing, is_tree, projective, tree


def table(size: int, seed: int) -> numpy.ndarray:
    return numpy.random.default_rng(seed).normal(size=(size, size)).astype("float32")


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0], True),
        ([1, 1, 1], True),
        ([1, 2, 2], True),
        ([0, 1], False),  # two roots
        ([1, 0], False),  # a circle
        ([1, 0, 2], False),  # a root and a circle
        ([4, 0, 0, 0, 4, 4], True),
    ],
)
def test_what_is_a_tree(heads, expected):
    assert is_tree(numpy.array(heads)) is expected


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0], False),
        ([1, 2, 2], False),
        ([1, 1, 1, 2], False),
        ([2, 3, 2, 2], True),  # from the third word to the first, over which the second's goes
        ([2, 1, 1], True),  # over the root
    ],
)
def test_what_crosses(heads, expected):
    assert crossing(numpy.array(heads)) is expected


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(0, 10_000))
def test_the_result_is_always_a_tree(size, seed):
    scores = table(size, seed)
    for heads in (tree(scores), projective(scores)):
        assert is_tree(heads) and not crossing(heads)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_no_projective_tree_is_better(size, seed):
    scores = table(size, seed)

    def weight(heads):
        return scores[numpy.arange(size), list(heads)].sum()

    every = (h for h in itertools.product(range(size), repeat=size) if is_tree(numpy.array(h)) and not crossing(h))
    assert weight(projective(scores)) == pytest.approx(max(map(weight, every)), abs=1e-5)
