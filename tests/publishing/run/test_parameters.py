"""What a notebook takes, and what it is given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import nbformat
import pytest
from ascribe.errors import ParameterError
from ascribe.publishing.run import parameters
from hypothesis import given
from hypothesis import strategies as st

CELL = """\
from datetime import date
from pathlib import Path

article: Path  # the article to report on
code: str = "001"
most: int = 10
share: float = 0.5
loud: bool = False
since: date | None = None  # nothing older
names: list[str] = []
years: list[int] = [2022]
side: "Literal['east', 'west']" = "east"
plain = 3
bare = ["a"]
"""


@pytest.fixture
def takes():
    cell = nbformat.v4.new_code_cell(CELL, metadata={"tags": ["parameters"]})
    return parameters.declared(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1"), cell]))


def test_declared(takes):
    found = {p.name: (p.type, p.default, p.help) for p in takes}
    assert found["article"] == ("Path", None, "the article to report on")
    assert found["since"] == ("date | None", "None", "nothing older")
    assert found["plain"] == ("int", "3", "")
    assert found["bare"] == ("list[str]", "['a']", "")
    assert [p.name for p in takes if p.required] == ["article"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("code=007", "007"),
        ("code=", ""),
        ("code=a=b", "a=b"),
        ("code=null", "null"),
        ("most=007", 7),
        ("share=1e3", 1000.0),
        ("loud=yes", True),
        ("loud=0", False),
        ("since=2024-02-29", dt.date(2024, 2, 29)),
        ("since=null", None),
        ("names=[01, b c]", ["01", "b c"]),
        ("names=a, b", ["a, b"]),
        ("years=[1999, 2001]", [1999, 2001]),
        ("side=west", "west"),
        ("plain=5", 5),
    ],
)
def test_values_keep_their_declared_type(takes, option, value):
    found = parameters.check(takes, parameters.pairs(["article=a.txt", option]))
    name = option.partition("=")[0]
    assert found[name] == value and type(found[name]) is type(value)


def test_a_list_is_given_by_repeating(takes):
    found = parameters.check(takes, parameters.pairs(["article=a", "names=x", "names=y"]))
    assert found["names"] == ["x", "y"]


def test_a_path_stays_as_it_is_given(takes):
    assert parameters.check(takes, {"article": "articles/a.txt"})["article"] == Path("articles/a.txt")


def test_all_that_is_wrong_is_named_at_once(takes):
    wrong = parameters.pairs(
        ["artcle=a.txt", "most=many", "loud=perhaps", "most2=1", "side=north", "since=soon", "z=1"]
    )
    with pytest.raises(ParameterError) as e:
        parameters.check(takes, wrong, "n.ipynb")
    message = str(e.value)
    assert e.value.exit_code == 2
    for part in (
        "n.ipynb",
        "unexpected: artcle (did you mean article?)",
        "unexpected: most2 (did you mean most?)",
        "unexpected: z\n",
        "missing: article (Path: the article to report on)",
        "most: 'many' is not an int",
        "loud: 'perhaps' is not a bool: write true or false",
        "side: 'north' is none of east, west",
        "since: 'soon' is not a date",
        "article: Path  # the article to report on",
    ):
        assert part in message, message


def test_twice_is_wrong_where_one_is_taken(takes):
    with pytest.raises(ParameterError, match="given 2 times"):
        parameters.check(takes, parameters.pairs(["article=a", "article=b"]))


def test_a_notebook_without_the_cell_takes_none():
    with pytest.raises(ParameterError, match="no cell tagged"):
        parameters.check(parameters.declared(nbformat.v4.new_notebook()), {"a": "1"})


def test_not_name_value():
    with pytest.raises(ParameterError, match="name=value"):
        parameters.pairs(["article"])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(VALUES)
def test_what_is_assigned_is_what_was_given(value):
    space: dict[str, object] = {}
    exec(parameters.assignments({"x": value}), space)
    assert repr(space["x"]) == repr(value)


@given(st.text())
def test_any_text_stays_the_same_text(text):
    takes = [parameters.Parameter("x", "str", None)]
    assert parameters.check(takes, parameters.pairs([f"x={text}"])) == {"x": text}


@given(st.text(), st.sampled_from(["int", "date", "list[int]", "bool | None", "Path", "dict", "Literal[1]", "Odd"]))
def test_whatever_is_given_fits_or_is_refused(text, kind):
    try:
        parameters.check([parameters.Parameter("x", kind, None)], {"x": text})
    except ParameterError as e:
        assert "wrong type: x" in str(e)
