"""The recipe of the extractor's network, as far as it goes without torch: the corpus, its examples, the calibration."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from ascribe.articles.article import Article
from ascribe.extraction.model.labels import CONTENT, SOURCE
from ascribe.extraction.model.windows import windows
from ascribe.extraction.records import BOUNDS, CATEGORIES
from ascribe.language.reading import read
from training.corpus import FOLDS, fold, records
from training.extractor.calibrate import logistic, reliability
from training.extractor.data import IGNORED, batches, example

OWN = "own_"


@pytest.fixture(scope="module")
def articles() -> list[dict]:
    return list(itertools.islice((r for r in records() if r["doc"].startswith(OWN)), 12))


@pytest.fixture(scope="module")
def examples(articles):
    readings = read(Article.from_text(a["text"], a["doc"]) for a in articles)
    return [example(a, r) for a, r in zip(articles, readings, strict=True)]


def test_every_record_says_whose_it_is_and_its_spans_lie_in_its_text():
    docs = set()
    for record in records():
        text = record["text"]
        assert record["licence"] and record["publisher"] and record["doc"] not in docs
        docs.add(record["doc"])
        for figure in record["figures"]:
            start, end = figure["span"]
            assert text[start:end] == figure["number"]
            assert figure["bound"] in BOUNDS and figure["category"] in CATEGORIES
        for a in record["attributions"]:
            assert all(0 <= s < e <= len(text) for role in ("source", "cue", "content") for s, e in a[role])
    assert len(docs) > 1_900
    assert {fold(doc) for doc in docs} == set(range(FOLDS))


def test_an_example_holds_what_was_annotated(articles, examples):
    for record, made in zip(articles, examples, strict=True):
        wanted = [a for a in record["attributions"] if a["cue"] and a["content"]]
        assert len(made.attributions) == len(wanted)
        for a, ranges in zip(wanted, made.attributions, strict=True):
            for role in ("source", "cue", "content"):
                for (i, j), (start, end) in zip(ranges[role], a[role], strict=True):
                    first, last = made.pieces.span(i, j)
                    assert abs(first - start) <= 1 and abs(last - end) <= 1
        assert len(made.figures) == len(record["figures"])


def test_batches_hold_each_window_once_and_are_the_same_for_a_seed(examples):
    """Beside the windows, each pass reads a few sentences of every article by themselves."""
    once, again = (list(batches(examples, 400, random.Random(7))) for _ in range(2))
    assert sum(len(b.ids) for b in once) == sum(1 + len(list(windows(len(e.pieces)))) for e in examples)
    assert sum(len(b.attributions) for b in once) > sum(len(e.attributions) for e in examples)
    assert sum(len(b.figures) for b in once) > sum(len(e.figures) for e in examples)
    assert all(
        np.array_equal(a.ids, b.ids) and np.array_equal(a.cues, b.cues) for a, b in zip(once, again, strict=True)
    )


def test_labels_stand_where_there_are_pieces(examples):
    for b in batches(examples, 400, random.Random(1)):
        assert (b.cues[b.mask == 0] == IGNORED).all()
        for place, marked, wanted in zip(
            b.attributions.places, b.attributions.marked, b.attributions.wanted, strict=True
        ):
            n = place[2]
            assert marked[:n].any() and not marked[n:].any()
            assert (wanted[n:] == IGNORED).all() and (wanted[:n] != IGNORED).all()
            assert {SOURCE, CONTENT} & set(wanted[:n])


def test_calibration_says_what_share_is_right():
    random_numbers = np.random.default_rng(0)
    scores = random_numbers.normal(size=4_000)
    right = random_numbers.random(4_000) < 1 / (1 + np.exp(-(2 * scores - 1)))
    weight, intercept = logistic([[s] for s in scores], right)
    assert weight == pytest.approx(2, abs=0.2) and intercept == pytest.approx(-1, abs=0.2)
    stated = 1 / (1 + np.exp(-(weight * scores + intercept)))
    assert all(abs(mean - share) < 0.08 for mean, share, n in reliability(stated, right) if n > 100)


def test_a_network_goes_on_from_what_was_written(tmp_path):
    torch = pytest.importorskip("torch", reason="the extra 'train' is not installed")
    from training.extractor.__main__ import checkpoint
    from training.extractor.export import export
    from training.extractor.network import Network
    from training.extractor.restore import restored

    written = Network(checkpoint())
    export(written, tmp_path)
    torch.manual_seed(5)
    read_back = restored(Network(checkpoint()), tmp_path).state_dict()
    for name, weights in written.state_dict().items():
        assert torch.allclose(read_back[name], weights, atol=float(weights.abs().max()) / 200 + 1e-6), name
