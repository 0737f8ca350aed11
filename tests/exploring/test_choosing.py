"""Figures chosen by a sentence: each word, in any order, on small ledgers of our own."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from ascribe.errors import LedgerError, ParameterError
from ascribe.exploring import Opened, open
from ascribe.exploring.choosing import said_period, span
from ascribe.exploring.twins import Twin
from ascribe.extraction.records import CATEGORIES
from ascribe.ledger import Ledger
from hypothesis import given
from hypothesis import strategies as st
from ledgers import ORVAN, extraction, figure


@pytest.fixture(scope="module")
def opened() -> Opened:
    """Two articles, of 13 March and 2 April 2031, with killed, wounded, money and what nobody stands behind."""
    found = extraction()
    article = dataclasses.replace(found.article, published=dt.date(2031, 3, 13), publisher="Courier")
    other = dataclasses.replace(found.article, doc_id="later", published=dt.date(2031, 4, 2))
    figures = (
        figure(ORVAN, "40", "later", "Marisol Tane", category="wounded", whose="Kestria; Osk", place="Orvan"),
        figure(ORVAN, "Two", "later", "the Kestria Ministry of Health", category="money", via=("Orvan Wire",)),
    )
    here = dataclasses.replace(found, article=article)
    return open(Ledger.from_extractions([here, dataclasses.replace(found, article=other, claims=(), figures=figures)]))


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        (lambda o: o.killed(), ["40", "12 to 15"]),
        (lambda o: o.wounded(), ["40"]),
        (lambda o: o.losses(), ["40", "40", "12 to 15"]),  # killed and wounded are losses
        (lambda o: o.casualties().by("tane"), ["40", "40"]),
        (lambda o: o.by("health ministry Kestria"), ["Two", "Two"]),
        (lambda o: o.by_nobody(), ["9,000"]),
        (lambda o: o.of("Osk"), ["40"]),
        (lambda o: o.at("orv"), ["40"]),
        (lambda o: o.via("Wire"), ["Two"]),
        (lambda o: o.told_by("cour"), ["40", "12 to 15", "9,000", "Two"]),
        (lambda o: o.saying("the TOLL"), ["12 to 15"]),
        (lambda o: o.in_("2031-04"), ["40", "Two"]),
        (lambda o: o.in_("2031-04-01/2031"), ["40", "Two"]),
        (lambda o: o.in_("2030"), []),
        (lambda o: o.in_("2031").killed().by("Marisol Tane"), ["40"]),
        (lambda o: o.by("Marisol Tane").killed().in_("2031"), ["40"]),  # the order does not matter
    ],
)
def test_a_sentence_chooses(opened, sentence, numbers):
    found = sentence(opened)
    assert sorted(found.figures["number"]) == sorted(numbers) and len(found) == len(numbers)
    assert str(found).startswith(f"{len(numbers) or 'no'} figure")


def test_it_says_how_many_were_left_after_each_step(opened):
    assert str(opened.losses().by("Tane").in_("2031-04")) == (
        "1 figure: losses, with killed, wounded, casualties, captured and missing (3); by Marisol Tane (2); in Apr 2031"
    )


def test_where_nothing_is_left_it_says_what_there_was(opened):
    assert str(opened.killed().in_("1999")).endswith("in 1999. Before that: 13 Mar 2031")
    assert str(opened.of("Nowhere")).endswith("of Nowhere. Before that: Kestria; Osk")


def test_what_is_not_there_ends_with_the_nearest(opened):
    with pytest.raises(LedgerError, match=r"nobody called 'Marisol Tame'.*Marisol Tane"):
        opened.by("Marisol Tame")
    with pytest.raises(ParameterError, match="did you mean killed"):
        opened.category("kiled")
    with pytest.raises(ParameterError, match="no chart 'pie'"):
        opened.killed().draw("pie")


def test_every_category_is_a_word(opened):
    assert all(getattr(opened, name)().figures["category"].isin(CATEGORIES).all() for name in CATEGORIES)
    assert opened.killed.__doc__.startswith("The figures of the category killed")


def test_it_ends_in_a_chart_a_table_or_passages(opened):
    assert isinstance(opened.killed().draw(), Twin) and isinstance(opened.killed().draw("time"), Twin)
    assert "nothing to draw: none of them is a plain count" in str(opened.money().draw())
    assert "nothing to draw: no figures" in str(opened.killed().in_("1999").draw())
    assert "The company put the toll at 12 to 15" in str(opened.killed().words())
    assert "12 to 15" in opened.killed()._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("text", ["March", "2031-13", "2031-02-30", "", "/", "2031/2030", "2031-3", "1/2/3", "20311"])
def test_no_period(text):
    with pytest.raises(ParameterError, match="no period"):
        span(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2031", "2031"),
        ("2031-02", "Feb 2031"),
        ("2031-02-28", "28 Feb 2031"),
        ("2031-02/2031-03", "1 Feb to 31 Mar 2031"),
    ],
)
def test_periods_in_words(text, said):
    assert said_period(*span(text)) == said


@given(st.dates(), st.dates())
def test_any_two_days_are_a_period_in_one_order_only(one, other):
    first, last = min(one, other), max(one, other)
    if last.year > 1000 and first.year > 1000:
        assert span(f"{first}/{last}") == (first, last)
        assert span(first) == (first, first)
