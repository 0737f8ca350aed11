"""Why a figure reads as it does: every cell is traced to the rule or the score that decided it."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from ascribe import explain, extract
from ascribe.errors import AscribeError
from ascribe.explaining import figure as explaining
from ascribe.explaining.watching import PACKAGE

TEXT = (
    "Kestria has lost more than 4,000 soldiers since March, according to the Osk Monitor. It is of 2011. "
    "Nine miners were killed, a medic said, and six were hurt, the owner said. Some 300 people live in Lesk."
)


@pytest.fixture(scope="module")
def explained():
    return {number: explain(TEXT, number) for number in ("4,000", "Nine", "300", "2011")}


def reason(explanation, cell):
    return next(r for r in explanation.reasons if r.cell == cell)


@pytest.mark.parametrize(
    ("number", "cell", "value"),
    [
        ("4,000", "number", "4,000 (4,000 to …), at_least"),
        ("4,000", "category", "losses"),
        ("4,000", "credit", "Osk Monitor, explicit"),
        ("4,000", "source", "Osk Monitor"),
        ("4,000", "whose", "Kestria"),
        ("4,000", "counted", "soldiers"),
        ("Nine", "claim", "Nine miners were killed"),
        ("300", "credit", "nobody, none"),
        ("300", "category", "population"),
        ("300", "window", None),
    ],
)
def test_each_cell_is_there_with_its_value(explained, number, cell, value):
    assert reason(explained[number], cell).value == value


@pytest.mark.parametrize(
    ("number", "cell", "rule"),
    [
        ("4,000", "category", "neighbours.py"),
        ("Nine", "category", "predicates.py"),
        ("300", "category", "categories.py"),
        ("4,000", "credit", "credit.py"),
        ("4,000", "source", "speakers.py"),
        ("4,000", "whose", "whose.py"),
        ("2011", "figure", "times.py"),
    ],
)
def test_a_cell_is_traced_to_the_rule_that_gave_it(explained, number, cell, rule):
    *_, last = reason(explained[number], cell).rules
    assert Path(last.file).name == rule
    assert last.source.startswith("return ") and last.source in (PACKAGE / last.file).read_text(encoding="utf-8")


def test_what_the_network_found_likely_is_said_beside_the_rules_word(explained):
    category, credit, claim = (reason(explained["Nine"], c).why for c in ("category", "credit", "claim"))
    assert category[0] == "The words around it say killed." and "The network says killed 0.9" in category[1]
    assert credit[0] == "It stands in a claim of a medic: “Nine miners were killed”."
    assert any("finds the cue “said” with" in line for line in claim)
    assert any(line.startswith("The rules see a medic say") for line in claim)


def test_a_credit_that_is_not_known_says_what_was_passed_over():
    text = "It was, the Gazette once wrote in a rhyme, seven years of famine and 40 dead, or so they sang."
    (figure,) = [f for f in extract(text).figures if f.number == "40"]
    why = " ".join(reason(explain(text, "40"), "credit").why)
    assert f"{figure.credit_confidence:.0%}" in why


def test_an_explanation_reads_as_words_that_end_where_to_change_it(explained):
    shown = str(explained["4,000"])
    assert "… Kestria has lost more than [4,000] soldiers since March" in shown
    assert "Nothing in the text tells, as far as the rules see: " in shown
    assert "To change it: extraction/figures/whose.py, countries.py; test_figures_find.py" in shown
    assert max(map(len, shown.splitlines())) < 220
    assert "no figure" in str(explained["2011"]) and "What it is taken for: date." in str(explained["2011"])


def test_a_figure_is_named_by_its_id_or_the_beginning_of_it_or_by_its_words_and_place():
    text = "Nine died, a medic said. Nine were hurt, police said."
    first, second = extract(text).figures
    for name, number, right in ((first.figure_id, 1, first), (second.figure_id[:16], 1, second), ("Nine", 2, second)):
        assert explain(text, name, number=number).figure == right
    with pytest.raises(AscribeError, match=f"no figure '77'; it has Nine \\({first.figure_id}\\)"):
        explain(text, "77")


def test_explaining_changes_nothing_and_leaves_no_watch():
    before = extract(TEXT)
    explain(TEXT, "300")
    assert sys.gettrace() is None or "coverage" in repr(sys.gettrace())
    assert extract(TEXT) == before


def test_what_is_watched_is_there():
    """The functions are known by name: one that is renamed must be renamed here, too."""
    for name, file in explaining.WATCHED.items():
        tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
        assert any(isinstance(n, ast.FunctionDef) and n.name == name for n in ast.walk(tree)), (name, file)
    find = ast.parse((PACKAGE / explaining.WATCHED[explaining.FIGURE]).read_text(encoding="utf-8"))
    made = next(n for n in ast.walk(find) if isinstance(n, ast.FunctionDef) and n.name == explaining.FIGURE)
    called = {getattr(n.func, "id", getattr(n.func, "attr", "")) for n in ast.walk(made) if isinstance(n, ast.Call)}
    assert {name for names in explaining.RULES.values() for name in names} <= called


def test_where_to_change_it_is_there():
    tests = {p.name for p in (PACKAGE.parents[1] / "tests").rglob("*.py")}
    for places in explaining.EDIT.values():
        files, _, named = places.partition(";")
        folder = PACKAGE
        for place in (p.strip() for p in files.split(",")):
            path = PACKAGE / place if "/" in place else folder / place
            assert path.exists(), path
            folder = path.parent
        assert {w.strip() for w in named.split(",") if w.strip().endswith(".py")} <= tests
