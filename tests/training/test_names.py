"""Learning whom a pronoun stands for: the corpus is sound, and what is learned is what the examples say."""

from __future__ import annotations

import json

from ascribe.extraction.sources.ranker import best, grouped
from training.names.articles import CORPUS
from training.names.learn import Example, fit
from training.names.sentences import marked, sentences


def test_every_name_of_the_corpus_is_of_its_article() -> None:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    assert len({row["doc_id"] for row in rows}) == len(rows) > 60
    for row in rows:
        words = set(row["text"].lower().replace("’", "'").replace("'", " ").split())
        text = " ".join(words)
        assert row["licence"]
        for start, end, name in row["names"]:
            assert row["text"][start:end].strip()
            assert all(w in text for w in name.lower().replace("’", " ").replace("'", " ").split()), (
                row["doc_id"],
                name,
            )


def test_marked_sentences_keep_their_spans() -> None:
    named = marked("{The army|army} said so. {It|army} left.", "x")
    assert named.article.text == "The army said so. It left."
    words = {named.article.text[slice(*span)]: name for span, name in named.names.items()}
    assert words == {"The army": "army", "It": "army"}
    assert all(d.names for d in sentences())


def test_weights_choose_what_the_examples_choose() -> None:
    rows = [
        Example("he", (("near", "person"), ("near", "body")), (1.0, 0.0)),
        Example("it", (("far", "body"), ("near", "person")), (1.0, 0.0)),
    ] * 10
    table = grouped(fit(rows))
    assert best("he", [("near", "body"), ("near", "person")], table) == 1
    assert best("it", [("near", "person"), ("near", "body")], table) == 1
    assert fit(rows) == fit(rows)
