"""The article's notebook, run by a real kernel on articles made here."""

from __future__ import annotations

import pytest
from notebook_runs import plain

REPORTING = """---
title: Two counts of one battle
published: 2031-02-06
publisher: Kestria Herald
---

The Orvan Ministry of Health said on Thursday that more than 90,000 soldiers had been killed since the war began.

Marisol Tane, a spokeswoman for the army, said: "We have lost 120 soldiers." The town has about 70,000 residents.
"""
WITHOUT_FIGURES = "Marisol Tane said on Thursday that the bridge was open again. She did not say who had repaired it.\n"
NOTHING = "The river is wide here. Boats cross it in the morning, and the ferry is painted green.\n"
HOSTILE = """The <script>alert(1)</script> bureau said that 40 people were killed in {{7*7}}.

"=HYPERLINK(1)", Ana $x$ Lo said.
"""


@pytest.fixture(scope="module")
def reported(tmp_path_factory, run):
    path = tmp_path_factory.mktemp("articles") / "battle.md"
    path.write_text(REPORTING, encoding="utf-8")
    return run("article", article=path)


def test_the_report_opens_with_the_finding(reported):
    finding, about = plain(reported, "finding"), plain(reported, "about")
    assert "90,000 soldiers" in finding and "Orvan Ministry of Health" in finding
    assert about.startswith("“Two counts of one battle”, Kestria Herald, published 2031-02-06")


def test_every_figure_is_shown_with_who_stands_behind_it(reported):
    table = plain(reported, "figures")
    assert "more than 90,000 soldiers" in table and "Orvan Ministry of Health" in table and "70,000" in table


def test_what_nobody_stands_behind_has_its_own_table(reported):
    assert "70,000" in plain(reported, "nobody-figures")
    assert "90,000" not in plain(reported, "nobody-figures")


def test_the_text_is_marked(reported):
    html = reported["text"]["text/html"]
    assert html.count("<mark") >= 5 and "uncredited" in html


def test_the_chart_has_an_alt_text(reported):
    html = reported["chart"]["text/html"]
    assert "<img" in html and 'alt="' in html and "Orvan Ministry of Health" in html


@pytest.mark.parametrize(
    ("text", "said"),
    [(WITHOUT_FIGURES, "states no figure"), (NOTHING, "credits no claim to anybody"), (HOSTILE, "40 people")],
    ids=["no figures", "nothing", "hostile"],
)
def test_a_poor_article_still_gives_a_report(text, said, tmp_path, run):
    path = tmp_path / "poor.txt"
    path.write_text(text, encoding="utf-8")
    outputs = run("article", article=path)
    assert said in plain(outputs, "finding")
    assert all("<script>alert" not in html for o in outputs.values() for html in [o.get("text/html", "")])


def test_it_runs_from_the_notebooks_folder_too(run, root):
    """As JupyterLab runs it: with its defaults, beside the notebook."""
    assert "credited" in plain(run("article", root / "notebooks"), "finding")
