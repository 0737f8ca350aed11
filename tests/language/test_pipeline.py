"""The shipped pipeline, other pipelines, and those that are refused."""

import json
import time

import numpy
import pytest
import spacy
from ascribe.articles.article import Article
from ascribe.errors import PipelineError
from ascribe.language import pipeline
from ascribe.language.names import WEIGHTS, names
from ascribe.language.pipeline import SHIPPED, fresh, load, pack
from ascribe.language.reading import read


def relations(text: str) -> set[tuple[str, str, str]]:
    doc = next(read([Article.from_text(text)])).doc
    return {(t.text, t.dep_, t.head.text) for t in doc}


# The relations that finding claims and figures rests on, in plain sentences.
PARSES = [
    (
        "The ministry said that 25 soldiers were killed in the attack.",
        {
            ("ministry", "nsubj", "said"),
            ("killed", "ccomp", "said"),
            ("25", "nummod", "soldiers"),
            ("that", "mark", "killed"),
        },
    ),
    ("Rebels killed ten soldiers, officials said.", {("officials", "nsubj", "said"), ("ten", "nummod", "soldiers")}),
    ("The report denied that anyone had fled.", {("report", "nsubj", "denied"), ("fled", "ccomp", "denied")}),
    ("Kestria’s army lost 1,200 men.", {("1,200", "nummod", "men"), ("army", "nsubj", "lost"), ("men", "obj", "lost")}),
]


@pytest.mark.parametrize(("text", "expected"), PARSES)
def test_plain_sentences_are_parsed_right(text, expected):
    assert expected <= relations(text)


LEMMAS = [
    ("VBD", "said", "say"),
    ("VBD", "told", "tell"),
    ("VBN", "killed", "kill"),
    ("VBZ", "denies", "deny"),
    ("VBG", "citing", "cite"),
    ("VBN", "shot", "shoot"),
    ("NNS", "casualties", "casualty"),
    ("NNS", "men", "man"),
    ("NNP", "Tane", "Tane"),
    ("CD", "1,200", "1,200"),
    # words that no treebank holds, by their endings
    ("VBD", "gloofied", "gloofy"),
    ("VBG", "plorking", "plork"),
    ("NNS", "drobbles", "drobble"),
]


@pytest.mark.parametrize(("tag", "form", "expected"), LEMMAS)
def test_lemmas(tag, form, expected):
    assert load().get_pipe("ascribe_lemmatizer").lemma(tag, form) == expected


def test_every_token_has_the_annotation_that_rules_rest_on():
    doc = next(read([Article.from_text("Eleven people died, Tane said.\n\n“No,” it added.")])).doc
    assert all(t.tag_ and t.pos_ and t.lemma_ and t.dep_ for t in doc)


def test_what_is_shipped_is_small_and_16_bit():
    assert sum(f.stat().st_size for f in SHIPPED.rglob("*") if f.is_file()) <= 10_000_000
    nlp = spacy.load(SHIPPED)
    kinds = {m.get_param(n).dtype for m, n in pipeline.weights(nlp)}
    assert kinds == {numpy.dtype("float16")}
    assert {m.get_param(n).dtype for m, n in pipeline.weights(fresh())} == {numpy.dtype("float32")}


def test_loading_takes_less_than_a_second_of_processor_time():
    spent = []
    for _ in range(2):
        started = time.process_time()
        fresh()
        spent.append(time.process_time() - started)
    assert min(spent) < 1.0


def test_packing_leaves_the_pipeline_as_it_was_and_parses_the_same(tmp_path):
    nlp = fresh()
    pack(nlp, tmp_path / "packed")
    again = fresh(str(tmp_path / "packed"))
    article = Article.from_text("The army said on Monday that it had lost ten men. It gave no names.")
    ours, theirs = (next(read([article], p)).doc for p in (nlp, again))
    assert [(t.tag_, t.dep_, t.head.i, t.lemma_) for t in ours] == [
        (t.tag_, t.dep_, t.head.i, t.lemma_) for t in theirs
    ]
    assert "killed" not in json.loads((tmp_path / "packed" / "vocab" / "strings.json").read_text())


def test_a_pipeline_that_is_not_there_is_refused():
    with pytest.raises(PipelineError, match=r"no pipeline .no_such_pipeline. is installed here: install"):
        load("no_such_pipeline")


def test_a_pipeline_without_a_parser_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError, match="no component 'parser'"):
        load(str(tmp_path / "blank"))


def test_a_pipeline_with_other_labels_is_refused_by_name(tmp_path):
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for label in ("ROOT", "nsubj", "dobj", "pobj", "prep", "ccomp"):  # those of ClearNLP
        parser.add_label(label)
    nlp.initialize()
    nlp.to_disk(tmp_path / "clear")
    with pytest.raises(PipelineError, match=r"does not use Universal Dependencies labels.*case.*nummod.*dobj"):
        load(str(tmp_path / "clear"))


def test_a_missing_shipped_pipeline_is_never_replaced(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline, "SHIPPED", tmp_path / "gone")
    with pytest.raises(PipelineError, match="missing"):
        fresh()


def test_another_pipeline_with_the_right_labels_is_taken(tmp_path):
    pack(fresh(), tmp_path / "mine")
    nlp = load(str(tmp_path / "mine"))
    assert next(read([Article.from_text("Ten died.")], nlp)).doc[1].lemma_ == "die"


def test_names_are_found_and_typed():
    text = (
        "Officials in Syria told Reuters on Monday that Ahmed Hassan and the Ministry of Defence had met in Damascus."
    )
    reading = next(read([Article.from_text(text)]))
    found = {(text[slice(*reading.span((i, j)))], label) for i, j, label in names(reading)}
    assert {("Syria", "LOC"), ("Ahmed Hassan", "PER"), ("Damascus", "LOC")} <= found
    assert not any("Monday" in name for name, _ in found)


def test_missing_weights_for_names_are_said(monkeypatch, tmp_path):
    from ascribe.language import names as module

    assert WEIGHTS.exists()
    monkeypatch.setattr(module, "WEIGHTS", tmp_path / "names.npy")
    module._weights.cache_clear()
    with pytest.raises(PipelineError, match=r"names\.npy"):
        names(next(read([Article.from_text("Ten died in Kestria.")])))
    module._weights.cache_clear()
