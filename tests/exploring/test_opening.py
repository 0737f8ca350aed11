"""Opening articles and ledgers: what a person gets, and what they are told where it cannot be."""

from __future__ import annotations

import ascribe
import pandas as pd
import pytest
from ascribe import Ledger
from ascribe.errors import ArticleError, LedgerError
from ascribe.exploring import Opened
from ledgers import ORVAN, ledger

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("ASCRIBE_CACHE", str(tmp_path / "cache"))


def test_articles_and_ledgers_together(tmp_path):
    ledger().save(tmp_path / "ledger")
    (tmp_path / "mine.txt").write_text("Twelve people were killed in Osk, the mayor said. Osk has 900 residents.")
    opened = ascribe.open([tmp_path / "ledger", tmp_path / "mine.txt"])
    assert isinstance(opened, Opened) and isinstance(opened, Ledger)
    assert set(opened.documents["doc_id"]) == {"orvan", "mine"} and len(opened.killed()) >= 3


def test_what_cannot_be_read_is_noted_and_costs_only_itself(tmp_path):
    (tmp_path / "mine.txt").write_text("Twelve people were killed in Osk, the mayor said. Osk has 900 residents.")
    (tmp_path / "empty.txt").write_text("")
    opened = ascribe.open(tmp_path)
    assert any("empty.txt" in n and n.startswith("left out") for n in opened.notes)
    assert "empty.txt" in opened._repr_html_() and "empty.txt" in repr(opened)
    with pytest.raises(ArticleError, match=r"empty\.txt"):
        ascribe.open(tmp_path / "empty.txt")
    with pytest.raises(ArticleError, match="no such file"):
        ascribe.open(tmp_path / "nowhere")


def test_the_overview_says_what_there_is():
    shown = ascribe.open(ledger("orvan", "quellin"))._repr_html_()
    for words in (
        "<b>2</b>articles",
        "<b>8</b>figures",
        "killed",
        "Marisol Tane",
        "Some 9,000 people live in the town",
    ):
        assert words in shown, words
    assert "None" not in shown and "nan" not in shown.lower().replace("nanc", "") and "('" not in shown


def test_nothing_that_an_article_says_is_markup():
    made = ascribe.open(ledger(text=ORVAN.replace("Some 9,000", f"{HOSTILE} 9,000")))
    for shown in (made._repr_html_(), made.table().html, made.killed().draw().html):
        assert HOSTILE not in shown
    assert "&lt;img" in made._repr_html_()


def test_an_empty_ledger_says_so():
    made = ascribe.open(Ledger.from_extractions([]))
    assert "No article" in made._repr_html_() and str(made.killed()) == "no figures: killed"
    for shown in (made.table(), made.table("sources"), made.table("claims"), made.table("documents")):
        assert "Nothing was found" in shown.plain
    assert "nothing to draw" in str(made.killed().draw())


def test_a_ledger_of_an_older_version_is_filled_up_or_refused_with_the_command(tmp_path):
    ledger().save(tmp_path / "old", "jsonl")
    for name, lost in (("figures", ["reviewed", "event_id"]), ("figures", ["value"])):
        path = tmp_path / "old" / f"{name}.jsonl"
        pd.read_json(path, lines=True).drop(columns=lost).to_json(path, orient="records", lines=True)
        for described in (tmp_path / "old").rglob(".ascribe/*"):
            described.unlink()
        if "value" not in lost:
            assert len(ascribe.open(tmp_path / "old").figures) == 4
    with pytest.raises(LedgerError, match=r"value.*ascribe extract"):
        ascribe.open(tmp_path / "old")


def test_corrections_leave_it_opened(tmp_path):
    made = ascribe.open(ledger())
    assert isinstance(made.corrected([]), Opened)
