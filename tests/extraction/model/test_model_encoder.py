"""The shipped network: the same on any number of threads, linear in the text, and a clear word where it is broken."""

from __future__ import annotations

import time

import numpy as np
import pytest
from ascribe.articles.article import Article
from ascribe.errors import PipelineError
from ascribe.extraction.figures import find_numbers
from ascribe.extraction.model import confidence, predict
from ascribe.extraction.model.encoder import Encoder, load
from ascribe.extraction.model.labels import CREDIT_CLASSES, FIGURE_CLASSES
from ascribe.language.reading import read

TEXT = (
    "At least 12 people were killed in Osk on Tuesday, the mayor, Ann Bel, said. “We have found 40 wounded,” a doctor "
    "told the Osk Herald. The town has about 9,000 residents.\n\nThe army denied that it had shelled the market.\n"
)


def parsed(text: str):
    return next(iter(read([Article.from_text(text)])))


def test_what_is_said_lies_in_the_text_and_is_a_probability():
    reading = parsed(TEXT * 3)
    found = predict(reading, find_numbers(reading).spans)
    assert found.proposals
    for p in found.proposals:
        spans = [p.cue, *p.content, *p.relays, *([p.source] if p.source else [])]
        assert all(0 <= s < e <= len(reading.text) and reading.text[s:e].strip() for s, e in spans)
        assert all(0 <= x <= 1 for x in (p.cue_probability, p.source_probability, p.content_probability))
    for scores in found.figures.values():
        assert scores.classes.shape == (len(FIGURE_CLASSES),) and scores.credits.shape == (len(CREDIT_CLASSES),)
        assert scores.classes.sum() == pytest.approx(1, abs=1e-4)


def test_every_number_is_judged_once_however_long_the_article_is():
    reading = parsed(TEXT * 40)
    numbers = find_numbers(reading).spans
    assert set(predict(reading, numbers).figures) == set(numbers)


def test_the_same_on_one_thread_and_two():
    import onnxruntime

    reading = parsed(TEXT)
    one = predict(reading, find_numbers(reading).spans)
    two = Encoder(load().folder)
    for part in two.sessions:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        path = str(two.folder / f"{part}.onnx")
        two.sessions[part] = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    other = two.predict(reading, find_numbers(reading).spans)
    assert one.proposals == other.proposals
    for span, scores in one.figures.items():
        assert np.array_equal(scores.classes, other.figures[span].classes)


def test_time_goes_with_length():
    def seconds(times: int) -> float:
        reading = parsed(TEXT * times)
        began = time.process_time()
        predict(reading, find_numbers(reading).spans)
        return time.process_time() - began

    seconds(2)
    assert seconds(32) < 3 * 4 * seconds(8)


@pytest.mark.parametrize("text", ["", "\n\n", "…", "40"])
def test_an_article_without_words_is_no_trouble(text):
    reading = parsed(text)
    assert predict(reading, find_numbers(reading).spans).proposals == ()


def test_a_missing_or_broken_network_is_said(tmp_path):
    with pytest.raises(PipelineError, match="cannot be loaded"):
        Encoder(tmp_path)
    for part in ("encoder", "roles", "figures"):
        (tmp_path / f"{part}.onnx").write_bytes(b"not a network")
    with pytest.raises(PipelineError, match="cannot be loaded"):
        Encoder(tmp_path)


def test_confidence_rises_with_the_evidence():
    low, high = confidence("claim", [-2.0, 0.0, 0.0, 0.0]), confidence("claim", [4.0, 3.0, 3.0, 0.0])
    assert 0 <= low < 0.5 < high <= 1
