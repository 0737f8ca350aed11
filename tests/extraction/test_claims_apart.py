"""Quotations that stand alone after reported speech are attributions of their own."""

from __future__ import annotations

import pytest
from ascribe.articles.article import Article
from ascribe.extraction.claims.apart import set_apart
from ascribe.extraction.records import Attribution
from ascribe.language.reading import read


def parts(text: str, *content: str, cue: str = "said") -> list[tuple[str, bool]]:
    """What one attribution of these fragments becomes: each content, and whether it has a cue."""
    spans = tuple((text.index(c), text.index(c) + len(c)) for c in content)
    source, said = text.index("Tane"), text.index(cue)
    one = Attribution(spans, (source, source + 4), (said, said + len(cue)))
    (reading,) = read([Article.from_text(text)])
    return [(" … ".join(text[s:e] for s, e in a.content), a.cue is not None) for a in set_apart(reading, [one])]


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        pytest.param(
            "Tane said the search was over. “We looked in every house.”",
            ["the search was over", "We looked in every house."],
            [("the search was over", True), ("We looked in every house.", False)],
            id="reported speech, then a quotation",
        ),
        pytest.param(
            "Tane said the army “goes on” to Osk. “It has a foothold in the town.” “It will not leave it.”",
            ["the army “goes on” to Osk", "“It has a foothold in the town.”", "“It will not leave it.”"],
            [
                ("the army “goes on” to Osk", True),
                ("“It has a foothold in the town.” … “It will not leave it.”", False),
            ],
            id="a quoted phrase is no quotation",
        ),
        pytest.param(
            "“The search is over,” Tane said. “We looked in every house.”",
            ["The search is over", "We looked in every house."],
            [("The search is over … We looked in every house.", True)],
            id="a quotation goes on",
        ),
        pytest.param(
            "The search was over, Tane said, and “we looked in every house”.",
            ["The search was over", "we looked in every house"],
            [("The search was over … we looked in every house", True)],
            id="in one sentence",
        ),
        pytest.param(
            "Tane said the search was over. Every house had been looked in.",
            ["the search was over", "Every house had been looked in"],
            [("the search was over … Every house had been looked in", True)],
            id="nothing quoted",
        ),
        pytest.param(
            "Tane said the search was over. “We are sorry,” the mayor's office wrote in reply.",
            ["the search was over"],
            [("the search was over", True)],
            id="one fragment",
        ),
    ],
)
def test_a_quotation_alone_is_set_apart(text, content, expected):
    assert parts(text, *content) == expected
