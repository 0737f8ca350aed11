"""E-mail."""

import datetime as dt
from pathlib import Path

from article_files import BODY, MORE, PAGE, eml
from ascribe.articles import Article, read
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DAY = dt.date(2022, 12, 5)


def one(path) -> Article:
    [article] = read([path])
    return article


def test_eml(tmp_path):
    a = one(eml(tmp_path / "a.eml", f"{BODY}\n\n{MORE}\n\n-- \nThe desk, +00 555 0199\n", PAGE))
    assert a.text == f"{BODY}\n\n{MORE}"
    assert (a.title, a.publisher, a.published) == ("Three hurt in Orvan", "Kestria Post Briefing", DAY)
    assert a.meta == {"from": "briefing@kestria.example"}


def test_eml_of_html_only_or_with_a_stub_of_text(tmp_path):
    stub = one(eml(tmp_path / "a.eml", "Please view in HTML.", PAGE))
    only = one(eml(tmp_path / "b.eml", None, PAGE))
    assert BODY in stub.text and MORE in only.text and "World" not in only.text


def test_eml_of_short_html_is_read_whole(tmp_path):
    assert one(eml(tmp_path / "a.eml", None, "<html><body><p>Three hurt.</p></body></html>")).text == "Three hurt."


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


headers = st.sampled_from(
    ["From", "Date", "Subject", "Content-Type", "Archived-At", "Content-Transfer-Encoding", "MIME-Version"]
)


@given(headers=st.lists(st.tuples(headers, st.binary(max_size=40)), max_size=6), body=st.binary(max_size=80))
@QUICK
def test_any_mail(tmp_path, headers, body):
    path = tmp_path / "a.eml"
    path.write_bytes(b"".join(n.encode() + b": " + v + b"\n" for n, v in headers) + b"\n" + body)
    outcome(path)
