"""HTML: the article of a page, and when it was published."""

import datetime as dt
from pathlib import Path

import pytest
from article_files import BODY, MORE, PAGE
from ascribe.articles import Article, read
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DAY = dt.date(2022, 12, 5)


def one(path) -> Article:
    [article] = read([path])
    return article


@pytest.mark.parametrize("suffix", [".html", ".htm", ".HTML"])
def test_html(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text(PAGE)
    a = one(path)
    assert a.text == f"Three hurt in Orvan\n\n{BODY}\n\n{MORE}"
    assert (a.title, a.publisher, a.author, a.published) == (
        "Three hurt in Orvan",
        "the Kestria Post",
        "Ilse Varga",
        DAY,
    )
    assert (a.language, a.body) == ("en", (0, len(a.text)))


def test_html_dates_in_prose_pictures_and_footers_are_not_the_date_of_publication(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body><article><p>{BODY} On 3 March 2021, and 2021-03-04, others were.</p><p>{MORE}</p>"
        "<img src='/2018/05/06/p.jpg'></article><footer>Last change: 7 July 2020</footer></body></html>"
    )
    assert one(path).published is None


@pytest.mark.parametrize(
    "mark",
    [
        '<time datetime="2022-12-05T10:00">Monday</time>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-12-05T10:00:00Z"}</script>',
        '<span class="date">December 5, 2022</span>',
        '<p class="byline">By Ilse Varga, <time>5 December 2022</time></p>',
    ],
)
def test_html_dates(tmp_path, mark):
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><article><h1>Hurt</h1>{mark}<p>{BODY}</p><p>{MORE}</p></article></body></html>")
    assert one(path).published == DAY


@pytest.mark.parametrize(
    ("charset", "declared"), [("utf-8", ""), ("cp1252", "iso-8859-1"), ("cp1252", "windows-1252"), ("utf-16", "")]
)
def test_html_encodings(tmp_path, charset, declared):
    path = tmp_path / "a.html"
    meta = f'<meta charset="{declared}">' if declared else ""
    path.write_bytes(f"<html><head>{meta}</head><body><p>{BODY}</p><p>{MORE}</p></body></html>".encode(charset))
    assert one(path).text == f"{BODY}\n\n{MORE}"


def test_html_lists_and_tables_become_plain_lines(tmp_path):
    path = tmp_path / "a.html"
    table = "<table><tr><th>Day</th><th>Killed</th></tr><tr><td>Tuesday</td><td>9</td></tr></table>"
    path.write_text(
        f"<html><body><article><p>{BODY}</p><ul><li>{MORE}</li></ul><p>{BODY} {BODY}</p>{table}</article></body></html>"
    )
    assert one(path).text.split("\n\n") == [BODY, MORE, f"{BODY} {BODY}", "Day\tKilled", "Tuesday\t9"]


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


markup = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class=article>", "<article>", "<table><tr><td>", "<!--", "<script>", "<time datetime='",
         "<meta property='og:title' content='", "&#0;", "&#xD800;", "<svg>", "\0", "<br>", "2022-13-45", BODY, "'>",
         '<script type="application/ld+json">{"datePublished": [', "</body>", "\ufffe", "<html lang=", "<title>"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(page=markup)
@QUICK
def test_any_markup(tmp_path, page):
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    outcome(path)
