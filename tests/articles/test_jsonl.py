"""JSON lines: one article a line."""

import datetime as dt
import json
from pathlib import Path

from article_files import BODY
from ascribe.articles import read
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DAY = dt.date(2022, 12, 5)


def test_jsonl(tmp_path):
    path = tmp_path / "news.jsonl"
    records = [
        {"doc_id": "one", "text": "A\r\nB \ud83d\ude00", "title": "T", "published": "2022-12-05", "publisher": "P",
         "url": "https://kestria.example/1", "section": "world"},
        {"doc_id": 7, "text": "C \ud800 D"},
        {"text": "No name."},
    ]  # fmt: skip
    path.write_text("\ufeff" + "\n\n".join(json.dumps(r) for r in records))
    one_, seven, nameless = read([path])
    assert (one_.doc_id, one_.text, one_.published, one_.meta) == ("one", "A\r\nB 😀", DAY, {"section": "world"})
    assert (seven.doc_id, seven.text) == ("7", "C \ufffd D")
    assert nameless.doc_id == "news-" + nameless.sha256[:8]


def troubles(*inputs) -> tuple[list[str], list[str]]:
    """The doc_ids read and the messages given."""
    errors: list[ArticleError] = []
    articles = [a.doc_id for a in read(inputs, on_error=errors.append, on_note=lambda note: None)]
    return articles, [str(e) for e in errors]


def test_jsonl_lines_that_are_bad_cost_only_themselves(tmp_path):
    path = tmp_path / "news.jsonl"
    lines = [
        b'{"doc_id": "a", "text": "Good."}',
        b"not JSON",
        b"[1, 2]",
        b'{"doc_id": "b"}',
        b'{"doc_id": "c", "text": ["no"]}',
        b'{"doc_id": "d", "text": "x", "published": "12/05/2022"}',
        b'{"doc_id": "e", "text": "\xff"}',
        b"[" * 100_000,
        b'{"doc_id": "f", "text": "x", "n": ' + b"9" * 5000 + b"}",
        b'{"doc_id": "z", "text": "Good too."}',
    ]
    path.write_bytes(b"\n".join(lines))
    articles, errors = troubles(path)
    assert articles == ["a", "z"]
    for number, (error, words) in enumerate(
        zip(
            errors,
            ["not JSON (column 1", "no JSON object", "no text", "no text", "published is not a date",
             "broken UTF-8 at byte 25", "nested too deeply", "too long"],
            strict=True,
        ),
        start=2,
    ):  # fmt: skip
        assert error.startswith(f"{path}:{number}: ") and words in error


def test_a_line_longer_than_any_article_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr("ascribe.articles.jsonl.LARGEST", 1000)
    path = tmp_path / "news.jsonl"
    record = json.dumps({"doc_id": "a", "text": "x" * 5000})
    path.write_text(f'{record}\n{{"doc_id": "b", "text": "Good."}}\n')
    articles, [error] = troubles(path)
    assert articles == ["b"] and error.startswith(f"{path}:1: ")


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def outcome(path: Path) -> list:
    errors = []
    articles = list(read([path], on_error=errors.append, on_note=lambda note: None))
    assert articles or errors
    assert all(type(e) is ArticleError or isinstance(e, ArticleError) for e in errors)
    for article in articles:
        assert article.text.strip() and 0 <= article.body[0] < article.body[1] <= len(article.text)
        for value in (article.doc_id, article.text, article.title, article.publisher, article.author, article.url):
            if value is not None:
                value.encode("utf-8")
    return articles


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)

KEYS = ("doc_id", "text", "title", "published", "publisher", "url", "author")


@given(record=st.dictionaries(st.sampled_from(KEYS), json_values | st.just(BODY)))
@QUICK
def test_any_record(tmp_path, record):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(record))
    outcome(path)
