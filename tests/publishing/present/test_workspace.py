"""A notebook finds its files from the project's folder and from its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from ascribe.errors import ArticleError
from ascribe.publishing.present import story
from ascribe.publishing.present.workspace import Reading, gather, locate, one


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "reports" / "articles").mkdir(parents=True)
    (tmp_path / "reports" / "articles" / "a.md").write_text("Rain.", encoding="utf-8")
    (tmp_path / "notebooks" / "mine").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("here", [".", "notebooks", "notebooks/mine"])
@pytest.mark.parametrize("path", ["reports/articles", "reports/articles/a.md", "reports/articles/*.md"])
def test_found_from_here_or_above(project, monkeypatch, here, path):
    monkeypatch.chdir(project / here)
    found = locate(path)
    assert found.parent.exists() and found.resolve().is_relative_to(project)


def test_what_is_nowhere_comes_back_as_it_was(project, monkeypatch):
    monkeypatch.chdir(project)
    assert locate("reports/other.md") == Path("reports/other.md")


def test_an_absolute_path_is_left_alone(project):
    assert locate(project / "nowhere.md") == project / "nowhere.md"


def test_a_ledger_is_taken_as_it_is_and_joined_with_articles(tmp_path):
    (tmp_path / "one.txt").write_text("Marisol Tane said that 12 people were killed.\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Two bridges fell. Ana Lo said that 14 people were killed.\n", encoding="utf-8")
    first, left = gather([tmp_path / "one.txt"])
    first.save(tmp_path / "ledger")
    whole, _ = gather([tmp_path / "ledger", tmp_path / "two.txt"])
    assert list(whole.documents["doc_id"]) == ["one", "two"] and left == Reading([], [])
    assert list(gather([tmp_path / "ledger"])[0].figures["figure_id"]) == list(first.figures["figure_id"])


def test_what_could_not_be_read_is_told_apart_from_what_is_odd(tmp_path):
    for name, text in (("one", "Rain."), ("two", "Rain."), ("empty", "")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    _, reading = gather([tmp_path])
    assert story.left_out(reading) == (
        f"Left out: {tmp_path}/empty.txt: the file is empty: nothing to read. "
        f"To be noted: {tmp_path}/two.txt: the same text as 'one'; each counts as an article of its own."
    )


def test_nothing_readable_is_an_error_that_names_the_file(tmp_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"empty\.txt"):
        gather([tmp_path / "empty.txt"])


def test_one_article_is_one(tmp_path):
    many = tmp_path / "many.jsonl"
    many.write_text('{"doc_id": "a", "text": "Rain."}\n{"doc_id": "b", "text": "Snow."}\n', encoding="utf-8")
    with pytest.raises(ArticleError, match=r"many\.jsonl: holds more than one article"):
        one(many)
    (tmp_path / "rain.txt").write_text("Rain.\n", encoding="utf-8")
    assert one(tmp_path / "rain.txt", dt.date(2031, 2, 6)).published == dt.date(2031, 2, 6)
