"""Two speakers in one sentence: to each what is theirs."""

from __future__ import annotations

import time

import pytest
from ascribe.extraction.claims.two_speakers import part
from ascribe.extraction.records import Attribution


def said(text: str, content: str, source: str, cue: str = "said") -> Attribution:
    """An attribution whose source stands right before its cue, or right behind it."""
    at = text.index(f"{source} {cue}")
    start = text.index(content)
    begun = at + len(source) + 1
    return Attribution(((start, start + len(content)),), (at, at + len(source)), (begun, begun + len(cue)))


@pytest.mark.parametrize(
    ("text", "second", "left"),
    [
        ("Nine died, the union said, and six fled, the owner said.", "Nine died, the union said, and six fled",
         "six fled"),
        ("Nine died, the union said; six fled, the owner said.", "Nine died, the union said; six fled", "six fled"),
        ("Nine died, the union said, the owner said.", "Nine died, the union said", "Nine died, the union said"),
        ("Nine died, the union said on Friday, the owner said.", "Nine died, the union said on Friday",
         "Nine died, the union said on Friday"),
    ],
)  # fmt: skip
def test_a_second_speaker_has_the_clause_that_is_joined_on(text, second, left):
    found = part(text, [said(text, "Nine died", "the union"), said(text, second, "the owner")])
    assert [" … ".join(text[s:e] for s, e in a.content) for a in found] == ["Nine died", left]


def test_a_first_speaker_does_not_reach_into_the_clause_that_the_second_ends():
    text = "Nine died, the union said, but six fled, the owner said."
    first = said(text, "Nine died", "the union")
    clause = (text.index("six"), text.index(", the owner"))
    first, second = part(text, [Attribution((*first.content, clause), first.source, first.cue),
                                said(text, "six fled", "the owner")])  # fmt: skip
    assert [text[s:e] for s, e in first.content] == ["Nine died"]
    assert [text[s:e] for s, e in second.content] == ["six fled"]


def test_a_speaker_who_goes_on_alone_keeps_both_clauses():
    text = "Nine died, the union said, and six fled. The owner said nothing."
    first = said(text, "Nine died", "the union")
    both = Attribution((*first.content, (text.index("six"), text.index(". The"))), first.source, first.cue)
    assert part(text, [both]) == [both]


def test_a_long_article_is_not_gone_through_for_each_claim():
    unit = "Nine died, the union said, and six fled, the owner said. "
    found = []
    for k in range(0, 3000 * len(unit), len(unit)):
        found.append(Attribution(((k, k + 9),), (k + 11, k + 20), (k + 21, k + 25)))
        found.append(Attribution(((k, k + 39),), (k + 41, k + 50), (k + 51, k + 55)))
    begun = time.process_time()
    parted = part(unit * 3000, found)
    assert time.process_time() - begun < 3
    assert unit[slice(*parted[1].content[0])] == "six fled"
