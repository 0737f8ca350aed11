"""Readings of ordinary and of hostile text, through the shipped pipeline."""

import itertools

import pytest
from ascribe.articles.article import Article
from ascribe.language import reading as module
from ascribe.language.clean import clean
from ascribe.language.pipeline import fresh
from ascribe.language.reading import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def only(text: str, **known: object):
    (found,) = read([Article.from_text(text, **known)])
    return found


CLEAN = [
    # blanks of every kind, and controls
    ("a\u00a0b\tc\x00d\u2009e", "a b c d e"),
    # marks inside a word are apostrophes
    ('Kestria”s men don"t say', "Kestria's men don't say"),
    # but a closing mark after a word stays one
    ("“the men” said", "“the men” said"),
    # other languages' quotation marks, full-width forms, dashes
    ("«No» „yes“ ＡＢ１ 5‑6 −7", "“No” “yes“ AB1 5-6 -7"),
    # a lone surrogate has no encoding
    ("a\ud800b", "a\ufffdb"),
]


@pytest.mark.parametrize(("text", "expected"), CLEAN)
def test_clean_replaces_one_character_by_one(text, expected):
    copy, places = clean(text)
    assert (copy, places) == (expected, None)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("Nine were hurt.[2] The clinic", "Nine were hurt. The clinic"),
        ("Nine were hurt.[2][11] The", "Nine were hurt. The"), ("held 17[4] patients", "held 17 patients"),
        ("held 17[4,5] patients[a]", "held 17 patients"), ("“Nine left.”[3] She", "“Nine left.” She"),
        ("held 17³ patients", "held 17 patients"), ("held 17 ³ patients⁴,⁵", "held 17  patients"),
        ("held 17* patients and 4† more", "held 17 patients and 4 more"), ("so.[citation needed] He", "so. He"),
        ("at 7:30 p.m. Monday, in", "at 7:30 pm Monday, in"), ("by 6 a.m. local time", "by 6 am local time"),
        ("5 P.M. EST", "5 PM EST"), ("at 9 p.m. The town", "at 9 pm. The town"), ("at 9 p.m.", "at 9 pm."),
        ("5 km² of 10⁶ m³", "5 km² of 10⁶ m³"), ("“[w]e left [2] of them”", "“[w]e left [2] of them”"),
        ("the re[turn] of x[12]y", "the re[turn] of x[12]y"), ("2 * 3 and **bold**", "2 * 3 and **bold"),
    ],
)  # fmt: skip
def test_clean_takes_out_the_marks_of_notes_and_nothing_else(text, copy):
    made, places = clean(text)
    assert made == copy
    assert places is None or [text[i] for i in places] == list(copy)


def test_clean_takes_invisible_characters_out_and_tells_the_places():
    copy, places = clean("ar\u00admy\u200b of \u202eK")
    assert copy == "army of K"
    assert places == [0, 1, 3, 4, 6, 7, 8, 9, 11]


def test_offsets_are_those_of_the_file():
    text = "Headline\n\n  The ar\u00admy  said\non Monday that Kestria”s loss\u00a0was 1,200 men.\n"
    found = only(text)
    words = [(found.doc[i].text, text[found.starts[i] : found.ends[i]]) for i in range(len(found.doc))]
    assert ("army", "ar\u00admy") in words
    assert ("'s", "”s") in words
    assert ("1,200", "1,200") in words
    assert [text[slice(*found.span(p))].split()[0] for p in found.paragraphs] == ["Headline", "The"]
    assert not any(t.is_space for t in found.doc)


def test_span_and_tokens_are_inverse():
    found = only("Officials said that 25 people were killed.\n\nNobody claimed the attack.")
    for i, j in itertools.combinations(range(len(found.doc) + 1), 2):
        again = found.tokens(*found.span((i, j)))
        assert (again.start, again.end) == (i, j)
    assert found.span(found.doc[3]) == (20, 22)
    assert found.text[slice(*found.span(found.doc[4:6]))] == "people were"
    assert len(found.tokens(42, 44)) == 0


def test_a_sentence_never_crosses_a_paragraph():
    found = only("The army said on\n\nMonday that it lost\n\nten men. It gave no names.")
    edges = {i for i, _ in found.paragraphs}
    begins = {s.start for s in found.sentences}
    assert edges <= begins
    assert list(found.sentences)[-1].text == "It gave no names."


def test_only_the_body_is_parsed():
    text = "---\ntitle: Bridge falls\n---\nEleven people died."
    found = next(read([Article("a", text, (28, len(text)))]))
    assert found.span((0, len(found.doc))) == (28, len(text))


@pytest.mark.parametrize("text", ["", "\n\n", "\x00\x00", "\u200b", "   "])
def test_an_article_without_words_has_an_empty_reading(text):
    found = only(text)
    assert (len(found.doc), found.paragraphs, list(found.sentences)) == (0, [], [])
    assert len(found.tokens(0, len(text))) == 0


def test_articles_come_back_in_order_with_empty_ones_among_them():
    texts = ["", "One died.\n\nTwo were hurt.", "\n", "", "Three fled. " * 30, ""]
    found = list(read((Article.from_text(t, doc_id=str(i)) for i, t in enumerate(texts)), batch_size=2))
    assert [r.article.doc_id for r in found] == list("012345")
    assert [len(r.paragraphs) for r in found] == [0, 2, 0, 0, 1, 0]


def test_a_batch_does_not_change_a_parse():
    texts = [
        "The ministry said 25 people died.",
        "It denied it.\n\n“No,” he said.",
        "Rebels killed ten soldiers, it said.",
    ]
    alone = [only(t) for t in texts]
    for one, many in zip(alone, read(map(Article.from_text, texts), batch_size=64), strict=True):
        assert [(t.text, t.tag_, t.dep_, t.head.i, t.lemma_) for t in one.doc] == [
            (t.text, t.tag_, t.dep_, t.head.i, t.lemma_) for t in many.doc
        ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=120))
def test_any_text_can_be_read_and_offsets_hold(text):
    found = only(text)
    assert len(found.starts) == len(found.ends) == len(found.doc)
    assert all(s < e for s, e in zip(found.starts, found.ends, strict=True))
    assert all(e <= s for e, s in zip(found.ends, found.starts[1:], strict=False))
    for token, s, e in zip(found.doc, found.starts, found.ends, strict=True):
        assert clean(text[s:e])[0].strip() == token.text or token.text in clean(text)[0]
    assert [i for p in found.paragraphs for i in range(*p)] == list(range(len(found.doc)))


def test_a_long_paragraph_is_one_paragraph_parsed_in_pieces():
    text = "Eleven people died on Monday, Tane said. " * 500
    found = only(text)
    assert found.paragraphs == [(0, len(found.doc))]
    assert len(found.doc) == 9 * 500 and len(list(found.sentences)) == pytest.approx(500, abs=6)


def test_a_long_stream_gets_a_fresh_vocabulary(monkeypatch):
    made = []
    monkeypatch.setattr(module, "MOST_STRINGS", 60)
    monkeypatch.setattr(module, "fresh", lambda: made.append(fresh()) or made[-1])
    texts = [" ".join(f"word{i}x{k}" for k in range(40)) + "." for i in range(4)]
    found = list(read(map(Article.from_text, texts), batch_size=4))
    assert [r.text for r in found] == texts
    assert len(made) > 1
