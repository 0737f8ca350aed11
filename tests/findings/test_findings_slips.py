"""Slips of the pen, and names that mean the same body."""

import pytest
from ascribe.findings import names, things
from ascribe.findings.categories import relation, wider
from ascribe.findings.slips import neighbours, slip
from hypothesis import assume, given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("quoted", "true", "kind"),
    [
        (88_808, 88_880, "transposed digits"),
        (95_810, 98_500, None),
        (89_500, 98_500, "transposed digits"),
        (885_800, 88_580, "extra digit"),
        (8_858, 88_580, "missing digit"),
        (88_581, 88_580, "wrong digit"),
        (88_580, 88_580, None),
        (12, 21, None),
        (1000.5, 1000, None),
        (float("nan"), 1000, None),
    ],
)
def test_the_slip_between_two_numbers(quoted, true, kind):
    assert slip(quoted, true) == kind


@given(st.integers(100, 10**9), st.data())
def test_every_neighbour_is_a_slip_that_leads_back(number, data):
    kind, other = data.draw(st.sampled_from(neighbours(number)))
    longer = {"transposed digits": 0, "extra digit": -1, "missing digit": 1}[kind]
    assume(min(other, number) >= 100 and other != number and len(str(other)) == len(str(number)) + longer)
    assert slip(number, other) == kind


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ukraine's Ministry of Defense", "the Ukrainian Defence Ministry"),
        ("UK MoD", "British Ministry of Defence"),
        ("UN Human Rights Office", "United Nations Human Rights Office"),
        ("General Staff of the Armed Forces of Ukraine", "the general staff of Ukraine’s armed forces"),
    ],
)
def test_names_of_one_body(a, b):
    assert names.key(a) == names.key(b)


def test_a_ministry_that_publishes_the_general_staffs_count_says_so():
    publisher, note = names.publisher("Ukraine's Ministry of Defense")
    assert publisher == "General Staff of the Armed Forces of Ukraine"
    assert "General Staff" in note
    assert names.publisher_key("Orvan Ministry of Health") != names.publisher_key("Kestrian Ministry of Health")
    assert names.publisher_key(None) is None


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Russian", "Russia"),
        ("Russian soldiers", "Russia"),
        ("Ukraine", "Ukraine"),
        ("Kestria", "Kestria"),
        (None, None),
    ],
)
def test_parties_in_one_spelling(name, party):
    assert names.party(name) == party


def test_the_lattice_of_harm():
    assert wider("killed") == ["killed", "casualties", "losses"]
    assert relation("killed", "losses") == "part"
    assert relation("casualties", "killed") == "whole"
    assert relation("killed", "killed") == "same"
    assert relation("killed", "wounded") is None


@pytest.mark.parametrize(
    ("phrase", "theirs", "alike"),
    [
        ("Kestrian tanks", "tanks", True),
        ("tanks", "vehicles and fuel tanks", False),
        ("fuel tanks", "vehicles and fuel tanks", True),
        ("tank", "tanks", True),
        ("aircraft", "tanks", False),
        (None, "tanks", False),
    ],
)
def test_things_of_one_kind(phrase, theirs, alike):
    assert (things.likeness(phrase, theirs) > 0) == alike
