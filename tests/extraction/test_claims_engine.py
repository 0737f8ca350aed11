"""The seam: another engine takes the place of the package's own; and what is derived from what an engine finds."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from ascribe.articles.article import Article
from ascribe.extraction.claims import DEFAULT, find_claims
from ascribe.extraction.records import Attribution
from ascribe.language.reading import read


class Shouts:
    """A trivial engine: whatever stands in capitals before a colon says the rest of the line."""

    def attributions(self, reading):
        return [
            Attribution(content=(m.span(2),), source=m.span(1), confidence=0.9 if m.group(1) == "TANE" else 0.1)
            for m in re.finditer(r"^([A-Z]+): (.+)$", reading.text, re.MULTILINE)
        ]


def reading(text: str, published: dt.date | None = None):
    return next(iter(read([Article.from_text(text, published=published)])))


def test_another_engine_takes_the_place_of_ours():
    claims = find_claims(reading("TANE: we left\n\nVASIK: they stayed"), engine=Shouts())
    assert [(c.text, c.cue, c.kind) for c in claims] == [("we left", None, "indirect")]


def test_the_threshold_cuts_any_engine():
    assert len(find_claims(reading("TANE: we left\n\nVASIK: they stayed"), engine=Shouts(), threshold=0.05)) == 2


def one(text: str, **known):
    claims = find_claims(reading(text, **known))
    assert len(claims) == 1, claims
    return claims[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tane said: “Nobody came to help us.”", "direct"),
        ("Tane said that nobody had come to help.", "indirect"),
        ("Tane said the losses were “very small indeed”.", "mixed"),
    ],
)
def test_kind(text, kind):
    assert one(text).kind == kind


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Kestria has denied that it bombed the hospital.", "denied"),
        ("Kestria said that it had bombed the hospital.", "asserted"),
        ("Officials do not believe that the dam will hold.", "denied"),
    ],
)
def test_polarity(text, polarity):
    assert find_claims(reading(text), threshold=0.1)[0].polarity == polarity


@pytest.mark.parametrize(
    ("text", "likelihood"),
    [
        ("Tane said the dam would almost certainly break.", "almost_certain"),
        ("Tane said it was very likely that the dam would break.", "very_likely"),
        ("Tane said the dam would probably break.", "likely"),
        ("Tane said it was unlikely that the dam would break.", "unlikely"),
        ("Tane said it was not likely that the dam would break.", "unlikely"),
        ("Tane said it was highly unlikely that the dam would break.", "very_unlikely"),
        ("Tane said there was a remote chance that the dam would break.", "almost_no_chance"),
        ("Tane said the dam was more likely to break in spring.", None),  # a comparison, not a probability
        ("Tane said the dam would break.", None),
    ],
)
def test_likelihood_on_the_scale_of_icd_203(text, likelihood):
    assert one(text).likelihood == likelihood


TUESDAY = "The army said on Tuesday that two soldiers had died in the attack on Lesk."


def test_stated_on_is_resolved_against_publication():
    assert one(TUESDAY, published=dt.date(2024, 5, 16)).stated_on == "2024-05-14"


def test_stated_on_is_null_without_publication():
    assert one(TUESDAY).stated_on is None


def test_a_date_in_the_content_is_not_when_it_was_said():
    text = "The army said that two soldiers had died on Tuesday in the attack on Lesk."
    assert one(text, published=dt.date(2024, 5, 16)).stated_on is None


def test_a_nested_claim_knows_its_parent():
    outer, inner = find_claims(reading("Tane said that Kestria had denied shelling the town."))
    assert inner.parent_claim_id == outer.claim_id
    assert outer.parent_claim_id is None


def test_the_same_article_gives_the_same_claims():
    text = "Tane said the bridge was gone. “Nobody came,” she added. According to the army, nine people died."
    assert find_claims(reading(text)) == find_claims(reading(text))


def test_a_pronoun_is_named():
    claims = find_claims(reading("Marisol Tane said the bridge was gone. She said nine people had died."))
    assert [c.source_name for c in claims] == ["Marisol Tane"] * 2


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "“", ":", "said", "according to", "said said said", "“”", "…, said ."]
)
def test_scraps_do_no_harm(text):
    for c in find_claims(reading(text)):
        assert all(0 <= s < e <= len(text) for s, e in c.content)


def test_spans_lie_in_the_text_and_confidence_is_a_probability():
    text = "“The town,” she said, “is empty.” The army, citing locals, reported 12 dead: “a wreck, ' she said. \u201d"
    for c in find_claims(reading(text), threshold=0.0):
        for s, e in (*c.content, *filter(None, (c.source_span, c.cue_span))):
            assert 0 <= s < e <= len(text)
        assert 0 <= c.confidence <= 1


def test_default_threshold_is_a_probability():
    assert 0 < DEFAULT < 1
