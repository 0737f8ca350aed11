"""Front matter: what an article says of itself, in the text but not in the body."""

import datetime as dt
from pathlib import Path

import pytest
from ascribe.articles import Article, read
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DAY = dt.date(2022, 12, 5)


def one(path) -> Article:
    [article] = read([path])
    return article


def test_front_matter_is_in_the_text_but_not_in_the_body(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "---\ntitle: 12:30\nPublished: 2022-12-05\npublisher: Kestria Post\nauthor: [Ilse Varga, Bo Lind]\n"
        "url: https://kestria.example/1\nlanguage: no\nrecord:\n  - {value: 7, date: 2022-12-04}\n---\n\nThe body.\n"
    )
    a = one(path)
    assert (a.title, a.published, a.publisher, a.author) == ("12:30", DAY, "Kestria Post", "Ilse Varga, Bo Lind")
    assert (a.url, a.language) == ("https://kestria.example/1", "no")
    assert a.meta == {"record": [{"value": 7, "date": dt.date(2022, 12, 4)}]}
    assert a.text[slice(*a.body)].strip() == "The body."


@pytest.mark.parametrize(
    "text",
    [
        "No front matter.",
        "---\n\nA rule above prose.\n\n---\n\nAnd more prose.\n",
        "---\nA text that opens with a rule and never closes it.\n",
        "--- \n- a list\n---\nNot a mapping.\n",
    ],
)
def test_text_without_front_matter_is_all_body(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert one(path).body == (0, len(text))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-12-05", DAY), ("2022-12-05T23:59:59+02:00", DAY), ("2022-12-05 23:59:59", DAY), ("'2022-12-5'", DAY),
        ("5 December 2022", DAY), ("Dec. 5, 2022", DAY), ("December 5th, 2022", DAY), ("5 Dec 2022", DAY), ("", None),
        ("null", None), ("~", None),
    ],
)  # fmt: skip
def test_dates_of_front_matter(tmp_path, written, day):
    path = tmp_path / "a.md"
    path.write_text(f"---\ndate: {written}\n---\nBody.\n")
    assert one(path).published == day


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


@given(front=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
@QUICK
def test_any_front_matter(tmp_path, front):
    path = tmp_path / "a.md"
    path.write_text(f"---\nkey: {front}\n---\nThe body.", encoding="utf-8")
    outcome(path)
