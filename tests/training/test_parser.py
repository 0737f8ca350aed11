"""The recipe, on a treebank of a few hand-written sentences."""

import json
import random
import re

import numpy
import pytest
import spacy
from ascribe.articles.article import Article
from ascribe.errors import PipelineError
from ascribe.language.names import BUCKETS, LABELS
from ascribe.language.pipeline import fresh
from ascribe.language.reading import read
from click.testing import CliRunner
from training.parser.__main__ import EXTRA, main
from training.parser.augmentation import DAMAGES, damaged, dated, drop, epoch, groups, reports
from training.parser.guidelines import harmonised
from training.parser.silver import Known, pieces
from training.parser.train import CONFIG
from training.parser.treebank import Sentence, Word, sentences, to_doc

TREEBANK = """\
# newdoc id = one
# newpar
# text = Officials said that ten men didn't flee.
1	Officials	official	NOUN	NNS	_	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	that	that	SCONJ	IN	_	8	mark	_	_
4	ten	ten	NUM	CD	_	5	nummod	_	_
5	men	man	NOUN	NNS	_	8	nsubj	_	_
6-7	didn’t	_	_	_	_	_	_	_	_
6	did	do	AUX	VBD	_	8	aux	_	_
7	n't	not	PART	RB	_	8	advmod	_	_
8	flee	flee	VERB	VB	_	2	ccomp	_	SpaceAfter=No
9	.	.	PUNCT	.	_	2	punct	_	_

# text = "Kestria's army fell," it said.
1	"	"	PUNCT	``	_	5	punct	_	SpaceAfter=No
2-3	Kestria's	_	_	_	_	_	_	_	_
2	Kestria	Kestria	PROPN	NNP	_	4	nmod:poss	_	_
3	's	's	PART	POS	_	2	case	_	_
4	army	army	NOUN	NN	_	5	nsubj	_	_
5	fell	fall	VERB	VBD	_	9	ccomp	_	SpaceAfter=No
6	,	,	PUNCT	,	_	5	punct	_	SpaceAfter=No
7	"	"	PUNCT	''	_	5	punct	_	_
8	it	it	PRON	PRP	_	9	nsubj	_	_
9	said	say	VERB	VBD	_	0	root	_	SpaceAfter=No
10	.	.	PUNCT	.	_	9	punct	_	_

# newdoc id = two
# newpar
1	In	in	ADP	IN	_	2	case	_	_
2	Orvan	Orvan	PROPN	NNP	_	6	obl	_	SpaceAfter=No
3	,	,	PUNCT	,	_	6	punct	_	_
4	1,200	1,200	NUM	CD	_	5	nummod	_	_
5	people	people	NOUN	NNS	_	6	nsubj	_	_
5.1	who	who	PRON	WP	_	_	_	_	_
6	fled	flee	VERB	VBD	_	0	root	_	SpaceAfter=No
7	.	.	PUNCT	.	_	6	punct	_	_

"""


@pytest.fixture
def folder(tmp_path):
    treebanks = tmp_path / "treebanks"
    treebanks.mkdir()
    for part in ("train", "dev"):
        (treebanks / f"tiny-{part}.conllu").write_text(TREEBANK, encoding="utf-8")
    (tmp_path / "names").mkdir()
    record = {"text": "In Orvan, Marisol Tane fled.", "entities": [[3, 8, "LOC"], [10, 22, "PER"]]}
    (tmp_path / "names" / "open-train.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return treebanks


@pytest.fixture
def corpus(folder):
    return list(sentences(folder / "tiny-train.conllu"))


def test_the_text_is_natural_and_the_surface_of_fused_words_kept(corpus):
    vocab = spacy.blank("en").vocab
    assert [to_doc(vocab, [s]).text for s in corpus] == [
        "Officials said that ten men didn’t flee.",
        '"Kestria\'s army fell," it said.',
        "In Orvan, 1,200 people fled.",
    ]
    doc = to_doc(vocab, corpus[:2])
    assert [s.start for s in doc.sents] == [0, 9]
    assert doc[6].text == "n’t" and doc[6].lemma_ == "not"
    assert [(s.document, s.paragraph) for s in corpus] == [("one", 2), ("one", 2), ("two", 4)]


def test_what_is_not_conllu_is_refused_with_its_place(tmp_path):
    path = tmp_path / "bad-train.conllu"
    path.write_text("1\tOnly\tthree\n\n", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"bad-train\.conllu.*line 2"):
        list(sentences(path))


@pytest.mark.parametrize("seed", range(60))
def test_damage_keeps_every_tree_whole(corpus, seed):
    vocab = spacy.blank("en").vocab
    before = [s.copy() for s in corpus]
    made = damaged(corpus, ["Tane", "Marisol"], random.Random(seed))
    doc = to_doc(vocab, made)
    assert sum(t.dep_ == "ROOT" for t in doc) == len(made) == len(list(doc.sents))
    assert corpus == before


def test_each_damage_does_what_it_says(corpus):
    vocab, done = spacy.blank("en").vocab, {}
    for damage in DAMAGES:
        copies = [s.copy() for s in corpus]
        for s in copies:
            damage(s.words, random.Random(1), ["Marisol"])
        done[damage.__name__] = to_doc(vocab, copies).text
    assert "“Kestria’s army fell,” it" in done["curly"]
    assert "didn't" in done["straight"]
    assert "," not in done["uncommaed"].replace("1,200", "")
    assert "Kestrias army" in done["unapostrophed"] and "didnt flee" in done["unapostrophed"]
    assert '"' not in done["doubled"]
    assert done["lower"].islower()
    assert done["unstopped"].endswith("fled")
    assert "Marisol" in done["renamed"]


def test_a_word_that_governs_is_never_dropped(corpus):
    words = corpus[0].copy().words
    drop(words, {1, 3})
    assert [w.form for w in words][:4] == ["Officials", "said", "that", "men"]
    assert words[words[3].head].form == "flee"


def test_a_time_is_set_between_a_reporting_verb_and_that(corpus):
    vocab = spacy.blank("en").vocab
    texts = set()
    for seed in range(40):
        doc = to_doc(vocab, [dated(corpus[0], random.Random(seed))])
        (that,) = (t for t in doc if t.text == "that")
        assert that.nbor(-1).head.text == "said" and that.nbor(-1).dep_.startswith("obl")
        assert (that.head.text, that.head.dep_, that.head.head.text) == ("flee", "ccomp", "said")
        assert [t.head.text for t in doc if t.text == "Officials"] == ["said"]
        texts.add(doc.text)
    assert "Officials said last week that ten men didn’t flee." in texts
    assert "Officials said in a statement that ten men didn’t flee." in texts
    assert dated(corpus[1], random.Random(0)) == corpus[1]


def test_groups_stay_in_their_document_and_reported_speech_comes_twice(corpus):
    for seed in range(20):
        assert all(len({s.document for s in g}) == 1 for g in groups(corpus, random.Random(seed)))
    assert [reports(s) for s in corpus] == [True, True, False]
    drawn = [s for g in epoch(corpus, [], random.Random(0)) for s in g]
    assert len(drawn) > len(corpus)


@pytest.fixture
def small(tmp_path):
    """The network of the recipe, narrower, and taking relations that are met once."""
    path = tmp_path / "small.cfg"
    config = CONFIG.read_text(encoding="utf-8").replace("min_action_freq = 20", "min_action_freq = 1")
    path.write_text(
        config.replace("width = 128", "width = 32").replace("[8000, 1000, 4000, 2000]", "[200, 100, 200, 100]")
    )
    return str(path)


def test_the_recipe_trains_packs_and_loads(folder, small, tmp_path):
    out = tmp_path / "build" / "out"
    arguments = [str(folder), "--out", str(out), "--steps", "4", "--config", small, "--epochs", "0"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "dep_las" in result.output and "learns from the treebanks alone" in result.output
    assert numpy.load(out / "names.npy").shape == (BUCKETS, len(LABELS))
    nlp = spacy.load(out)
    assert {"nsubj", "ccomp", "nummod", "nmod:poss"} <= set(nlp.get_pipe("parser").labels)
    with pytest.raises(PipelineError, match="does not use Universal Dependencies"):
        fresh(str(out))  # a treebank this small lacks labels that reading needs
    assert nlp.get_pipe("ascribe_lemmatizer").lemma("VBD", "said") == "say"


def test_the_same_seed_makes_the_same_weights(folder, small, tmp_path):
    made = []
    for name in ("a", "b"):
        arguments = [str(folder), "--out", str(tmp_path / name), "--steps", "2", "--config", small, "--epochs", "0"]
        CliRunner().invoke(main, arguments, catch_exceptions=False)
        made.append((tmp_path / name / "tok2vec" / "model").read_bytes())
    assert made[0] == made[1]


def test_raw_text_that_holds_a_sentence_of_the_treebanks_is_left_out(folder, corpus):
    known = Known(corpus)
    assert known.holds(["Then", "OFFICIALS", "said", "that", "ten", "men", "did", "n't", "flee", "today"])
    assert not known.holds(["Officials", "said", "that", "nine", "men", "fled"])
    assert not known.holds([])
    texts = ["Officials said that ten men didn’t flee. Nor did she.\n\nA river rose in Orvan.", "All's well."]
    found = [[form for form, _ in piece] for piece in pieces(texts, known, spacy.blank("en"))]
    assert found == [["A", "river", "rose", "in", "Orvan", "."], ["All", "'s", "well", "."]]


def test_a_teacher_annotates_raw_text_for_the_pipeline(folder, small, tmp_path):
    for module in EXTRA:
        pytest.importorskip(module, reason="the extra 'train' is not installed")
    arguments = [str(folder), "--out", str(tmp_path / "out"), "--steps", "4", "--config", small, "--epochs", "1"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert re.search(r"silver: \d sentences, 7 words", result.output)


NUMBERS = [  # words as form/tag/part/head/relation; the relation of the first as the guidelines have it
    ("1998/CD/NUM/1/nummod election/NN/NOUN/1/ROOT", "compound"),
    ("2000/CD/NUM/1/nummod people/NNS/NOUN/1/ROOT", "nummod"),  # as often a count
    ("40/CD/NUM/1/nummod people/NNS/NOUN/1/ROOT", "nummod"),
    ("forty/CD/NUM/1/nummod thousand/CD/NUM/2/nummod men/NNS/NOUN/2/ROOT", "compound"),
]


@pytest.mark.parametrize(("line", "relation"), NUMBERS)
def test_the_treebanks_are_brought_in_line(line, relation):
    words = [
        Word(form, form, pos, tag, int(head), dep, True)
        for form, tag, pos, head, dep in (part.split("/") for part in line.split())
    ]
    [sentence] = harmonised([Sentence(words, "a", 0)])
    assert sentence.words[0].dep == relation


def test_a_folder_without_treebanks_is_refused(tmp_path):
    result = CliRunner().invoke(main, [str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code != 0 and "-train.conllu" in result.output


def test_reading_works_with_gold_text_of_its_own(corpus):
    text = to_doc(spacy.blank("en").vocab, corpus).text
    assert len(list(next(read([Article.from_text(text)])).sentences)) == 3
