"""Articles one after the other: what goes on, what is raised, what is noted."""

import datetime as dt
import json

import pytest
from article_files import BODY, eml
from ascribe.articles import read
from ascribe.errors import ArticleError

DAY = dt.date(2022, 12, 5)


def test_published_fills_only_where_the_text_has_none(tmp_path):
    (tmp_path / "dated.txt").write_text("---\npublished: 2022-12-05\n---\nBody.\n")
    (tmp_path / "undated.txt").write_text("Body.\n")
    days = {a.doc_id: a.published for a in read([tmp_path], published=dt.date(2023, 1, 1))}
    assert days == {"dated": DAY, "undated": dt.date(2023, 1, 1)}


def names(*inputs, notes=None) -> list[str]:
    return [a.doc_id for a in read(inputs, on_note=(lambda n: None) if notes is None else notes.append)]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "sub/d.txt", "sub/deep/c.txt", ".hidden.txt", ".git/e.txt", "notes.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Words of {name}.")
    return tmp_path


def test_one_path_need_not_be_in_a_list(tree):
    assert [a.doc_id for a in read("b.txt")] == ["b"]
    assert [a.doc_id for a in read(tree / "b.txt")] == ["b"]


def test_reading_is_lazy(tree):
    (tree / "sub" / "bad.txt").write_bytes(b"\xff")
    assert next(read(["sub/d.txt", "sub/bad.txt"])).doc_id == "d"


def test_without_on_note_a_shared_name_is_a_warning(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"doc_id": "x", "text": "One."}\n{"doc_id": "x", "text": "Two."}\n')
    with pytest.warns(UserWarning, match="another article is named 'x'"):
        list(read([tmp_path]))


def test_many_notes_of_a_kind_are_summed_up(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"doc_id": "x", "text": "One."}\n' * 100)
    notes = []
    assert names(tmp_path, notes=notes) == ["x"]
    assert len(notes) == 6 and notes[-1].endswith("and 94 more like these")


def troubles(*inputs) -> tuple[list[str], list[str]]:
    """The doc_ids read and the messages given."""
    errors: list[ArticleError] = []
    articles = [a.doc_id for a in read(inputs, on_error=errors.append, on_note=lambda note: None)]
    return articles, [str(e) for e in errors]


def test_without_on_error_the_first_trouble_is_raised(tmp_path):
    with pytest.raises(ArticleError, match="no such file"):
        list(read([tmp_path / "missing.txt"]))


def test_a_file_one_may_not_read(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    articles, [error] = troubles(tmp_path / "folder.txt")
    assert not articles and "no article in this folder" in error


HOSTILE = [
    "<script>alert(1)</script>", '"><svg onload=alert(1)>', "{{7*7}}", "=HYPERLINK(0)", "#let x = 1", r"\input{x}",
    "a\x00b", "a\u202eb", "${x}", "'; DROP TABLE", "%s%n",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_through_as_text(tmp_path, words):
    text = f"{BODY} {words} and so on."
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.jsonl").write_text(json.dumps({"doc_id": words, "text": text, "title": words}))
    eml(tmp_path / "c.eml", text)
    plain, record, mail = read([tmp_path / name for name in ("a.txt", "b.jsonl", "c.eml")], on_note=str)
    assert plain.text == record.text == text
    assert record.doc_id == record.title == words
    assert mail.text.split() == text.split()


def test_messages_can_be_printed_anywhere(tmp_path):
    name = tmp_path / "bad\x1b[31m\u202ename.txt"
    name.write_bytes(b"\xff\xff")
    _, [error] = troubles(name)
    assert error.isprintable()
