"""A long article costs in proportion to its length, and so does one without a single full stop."""

from __future__ import annotations

import itertools
import time

import pytest
from ascribe.articles.article import Article
from ascribe.extraction.claims import DEFAULT, RuleEngine, find_claims
from ascribe.extraction.figures import find_figures, find_numbers
from ascribe.language.reading import Reading, read
from spacy.tokens import Doc

NEWS = 20 * (
    "At least 12 people were killed in the shelling of Lesk, the mayor of Osk said on Monday. “We heard three blasts,” "
    "Marisol Tane told reporters. “Nobody came to help.” According to the Lesk Observatory, 31 rebels died in the "
    "clashes. Orvan has denied that it bombed the hospital, calling the reports “a lie from start to end”.\n\n"
)
ENDLESS = 10 * (
    "the army said that the town had fallen and the mayor said the road was open while a monitor said nine died and "
)
DESCRIBED = 10 * (
    "The governor of Orvan, Dana Holt, said that 12 people died. The Lesk Observatory, a monitor, said 31 rebels were "
    "killed. The group said that the toll would rise. The ministry denied it, and an agency counted 9 dead. Officials "
    "said 40 were hurt. The company said it had 30 staff. The report said that 4 fled. They said so. He said it was "
    "over.\n\n"
)
QUOTES = 20 * "“It is over.” “We left.” she said "


def repeated(unit: str, times: int) -> Reading:
    """The reading of a text that is `unit` many times over, parsed once."""
    one = next(iter(read([Article.from_text(unit)])))
    docs = [one.doc.copy() for _ in range(times)]
    starts = [s + k * len(unit) for k in range(times) for s in one.starts]
    ends = [e + k * len(unit) for k in range(times) for e in one.ends]
    n = len(one.doc)
    if "\n\n" in unit:
        edges = [i + k * n for k in range(times) for i, _ in one.paragraphs] + [n * times]
        paragraphs = list(itertools.pairwise(edges))
    else:
        paragraphs = [(0, n * times)]
    return Reading(
        Article.from_text(unit * times), Doc.from_docs(docs, ensure_whitespace=False), starts, ends, paragraphs
    )


def seconds(reading: Reading) -> tuple[float, int]:
    start = time.process_time()
    found = RuleEngine(DEFAULT).attributions(reading)
    return time.process_time() - start, len(found)


@pytest.mark.parametrize(("unit", "size"), [(NEWS, 1_000_000), (ENDLESS, 100_000), (QUOTES, 100_000)],
                         ids=["news", "no full stop", "quotations"])  # fmt: skip
def test_time_grows_with_length(unit, size):
    seconds(repeated(unit, 1))
    times = size // len(unit)
    small, _ = seconds(repeated(unit, times // 8))
    large, found = seconds(repeated(unit, times))
    assert found > 50
    assert large < 20 * max(small, 0.02)  # eight times the text; a quadratic walk would take 64 times as long


def extraction_seconds(reading: Reading) -> tuple[float, int]:
    start = time.process_time()
    numbers = find_numbers(reading)
    figures = find_figures(numbers, find_claims(reading))
    return time.process_time() - start, len(figures)


def test_naming_and_figures_grow_with_length():
    extraction_seconds(repeated(DESCRIBED, 1))
    times = 240_000 // len(DESCRIBED)
    small, _ = extraction_seconds(repeated(DESCRIBED, times // 8))
    large, found = extraction_seconds(repeated(DESCRIBED, times))
    assert found > 50
    assert large < 14 * max(small, 0.02)  # eight times the text
