"""Quotations that are signed, with no verb."""

from __future__ import annotations

import pytest
from ascribe.articles.article import Article
from ascribe.extraction.claims.signed import signed
from ascribe.language.reading import read


def found(text: str) -> list[tuple[str, str]]:
    (reading,) = read([Article.from_text(text)])
    return [(text[slice(*a.content[0])], text[slice(*a.source)]) for a in signed(reading)]


FORTY = "“Forty people are still missing.”"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param(f"{FORTY} — Nur Tane, mayor of Osk", "Nur Tane, mayor of Osk", id="a dash, a name, a role"),
        pytest.param(f"{FORTY}\n— Nur Tane\n\nThe search goes on.", "Nur Tane", id="on the next line"),
        pytest.param(f"{FORTY}\n\n-- the mayor of Osk", "the mayor of Osk", id="two hyphens, a description"),
        pytest.param(f"{FORTY} –Orva News", "Orva News", id="no blank after the dash"),
        pytest.param(f"From Nur Tane: {FORTY}", "Nur Tane", id="from"),
        pytest.param(f"From Nur Tane, mayor:\n\n{FORTY}", "Nur Tane, mayor", id="from, on the line before"),
        pytest.param(f"The tide fell. {FORTY} — Nur Tane", "Nur Tane", id="after a sentence"),
    ],
)
def test_who_signed_a_quotation_is_its_source(text, source):
    assert found(text) == [(FORTY, source)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{FORTY} — The mayor said this on Friday.", id="a sentence follows the dash"),
        pytest.param(f"{FORTY} – and nobody is looking for them", id="a clause"),
        pytest.param(f"{FORTY} — Page 4", id="a page"),
        pytest.param(f"{FORTY} — 12 March", id="a day"),
        pytest.param("He called it “a mess.” — Orva News", id="words within a sentence"),
        pytest.param("The “ghosts” — Nur Tane and her crew", id="a word in quotation marks"),
        pytest.param(f"They came from Osk: {FORTY}", id="from a place, within a sentence"),
        pytest.param("“Forty people are still missing. — Nur Tane", id="a quotation that is not closed"),
    ],
)
def test_what_else_stands_beside_a_dash_signs_nothing(text):
    assert found(text) == []


def test_a_signed_quotation_is_not_the_one_s_who_spoke_before():
    from ascribe import extract

    text = "“Forty people are missing,” the mayor wrote.\n\n“Nine of us died.” – Nur Tane, nurse"
    assert [(f.number, f.source_name) for f in extract(text).figures] == [("Forty", "mayor"), ("Nine", "Nur Tane")]
