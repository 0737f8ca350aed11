"""Web archives."""

import datetime as dt

import pytest
from article_files import BODY, MENU, PAGE, gzipped, warc
from ascribe.articles import Article, read
from ascribe.errors import ArticleError

DAY = dt.date(2022, 12, 5)


def one(path) -> Article:
    [article] = read([path])
    return article


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_warc(tmp_path, name):
    page, html = PAGE.encode(), "text/html; charset=utf-8"
    path = warc(
        tmp_path / name,
        [
            ("https://kestria.example/2022/three-hurt/", page, html, "200 OK"),
            ("https://kestria.example/gone", page, html, "404 Not Found"),
            ("https://kestria.example/style.css", b"p {}", "text/css", "200 OK"),
            ("https://kestria.example/", b"<html><body><nav>World</nav></body></html>", html, "200 OK"),
            ("https://kestria.example/b#top", PAGE.replace("Three", "Four").encode(), html, "200 OK"),
        ],
    )
    first, second = read([path])
    assert (first.doc_id, first.url) == ("kestria.example/2022/three-hurt", "https://kestria.example/2022/three-hurt/")
    assert (first.published, first.publisher, first.path) == (DAY, "the Kestria Post", str(path))
    assert BODY in first.text and second.doc_id == "kestria.example/b"
    assert first.meta == {"captured": "2022-12-06T08:00:00Z"}


def test_warc_packed_as_one_gzip(tmp_path):
    plain = warc(tmp_path / "a.warc", [("https://kestria.example/a", PAGE.encode(), "text/html", "200 OK")])
    packed = tmp_path / "b.warc.gz"
    packed.write_bytes(gzipped(plain.read_bytes()))
    assert [a.doc_id for a in read([packed])] == ["kestria.example/a"]


@pytest.mark.parametrize(
    ("packed", "headers"),
    [
        (gzipped(PAGE.encode()), [("Content-Encoding", "gzip")]),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE.encode()), PAGE.encode()), [("Transfer-Encoding", "chunked")]),
    ],
)
def test_warc_pages_packed_and_in_chunks(tmp_path, packed, headers):
    pages = [("https://kestria.example/a", packed, "text/html", "200 OK", headers)]
    assert BODY in one(warc(tmp_path / "a.warc.gz", pages)).text


def troubles(*inputs) -> tuple[list[str], list[str]]:
    """The doc_ids read and the messages given."""
    errors: list[ArticleError] = []
    articles = [a.doc_id for a in read(inputs, on_error=errors.append, on_note=lambda note: None)]
    return articles, [str(e) for e in errors]


def test_web_archive_cut_short_keeps_what_was_whole(tmp_path):
    html = "text/html"
    pages = [
        (f"https://kestria.example/{i}", PAGE.replace("Three", f"{i + 3}").encode(), html, "200 OK") for i in range(3)
    ]
    path = warc(tmp_path / "a.warc.gz", pages)
    path.write_bytes(path.read_bytes()[:-200])
    articles, errors = troubles(path)
    assert articles[:2] == ["kestria.example/0", "kestria.example/1"]
    assert len(errors) == 1 and "cut short" in errors[0]


def test_web_archive_without_article(tmp_path):
    path = warc(tmp_path / "a.warc", [("https://kestria.example/", MENU.encode(), "text/html", "200 OK")])
    articles, [error] = troubles(path)
    assert not articles and "1 HTML page, without an article" in error
