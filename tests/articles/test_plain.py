"""Text and Markdown: the text as it is on disk."""

from pathlib import Path

import pytest
from ascribe.articles import Article, read
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def one(path) -> Article:
    [article] = read([path])
    return article


@pytest.mark.parametrize(
    "raw",
    [
        b"One.\n\nTwo 90,000.\n",
        b"Windows.\r\n\r\nLines.\r\n",
        b"Old\rMac\r\nmixed\n",
        "\ufeffWith a mark.\n".encode(),
        "Naïve “quotes” — Київ 😀 \u202eabc\u202c.".encode(),
        b"A NUL \x00 and a bell \x07 stay in an otherwise plain and readable text.",
        b"---\ntitle: T\n---\nBody.\n",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_plain_text_is_the_files(tmp_path, raw, suffix):
    path = tmp_path / f"some.name{suffix}"
    path.write_bytes(raw)
    article = one(path)
    assert article.text == path.read_text(encoding="utf-8")
    assert article.doc_id == "some.name"
    assert article.path == str(path)


def test_a_markdown_heading_is_the_title_and_stays_in_the_body(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Three hurt #\n\nBody.\n")
    assert one(path).title == "Three hurt"
    assert one(path).body == (0, 22)


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


@given(text=st.text(st.characters(codec="utf-8"), min_size=1))
@QUICK
def test_a_plain_text_is_never_altered(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    for article in outcome(path):
        assert article.text == path.read_text(encoding="utf-8")
