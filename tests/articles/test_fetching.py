"""Pages named by their addresses, or by a feed: what is asked for, what is not, what is kept, what is said."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from article_files import BODY, MENU, PAGE
from ascribe.articles import fetching, read
from ascribe.articles.fetching import address, asking, feeds, fetch, keeping, robots
from ascribe.errors import ArticleError, AscribeError
from sites import HTML, html, moved, other, serving
from warcio.archiveiterator import ArchiveIterator

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Kestria Post</title><link>{0}/</link>
<item><title>a</title><link>{0}/a</link></item><item><link> {0}/b </link></item><item><link>{0}/a</link></item>
<item><title>without a page</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="{0}/"/>
<entry><link rel="self" href="{0}/self"/><link href="a"/></entry>
<entry><link rel="alternate" href="{0}/b"/></entry></feed>"""


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(fetch, "DELAY", 0.0)
    with serving() as found:
        yield found


class Run:
    """A run of `fetched` into a ledger in a folder."""

    def __init__(self, folder: Path, *inputs: str | Path) -> None:
        self.errors: list[ArticleError] = []
        self.notes: list[str] = []
        self.inputs = fetching.fetched(
            inputs, folder / "ledger", on_error=self.errors.append, on_note=self.notes.append
        )

    @property
    def said(self) -> list[str]:
        return [e.reason for e in self.errors]


def differing(words: str) -> str:
    return PAGE.replace("Three people", words)


def test_a_page_is_fetched_kept_and_read_offline(tmp_path, site):
    site.replies["/a"] = html()
    run = Run(tmp_path, f"{site.address}/a#top")
    assert (run.errors, site.asked) == ([], ["/robots.txt", "/a"])
    [archive] = run.inputs
    assert archive.parent == tmp_path / "ledger-pages"
    assert run.notes == [f"1 page fetched and kept: offline the same is made of {archive}"]
    [article] = read([archive])
    assert BODY in article.text
    assert (article.url, article.doc_id) == (f"{site.address}/a", f"{site.address}/a".removeprefix("http://"))
    assert [a.text for a in read([tmp_path / "ledger-pages"])] == [article.text]


def test_it_says_who_it_is(tmp_path, site):
    site.replies["/a"] = html()
    Run(tmp_path, f"{site.address}/a")
    [agent] = site.agents
    assert agent.startswith("Ascribe/")


def test_the_archive_holds_what_was_served(tmp_path, site):
    site.replies |= {"/old": moved("/a"), "/a": html()}
    [archive] = Run(tmp_path, f"{site.address}/old").inputs
    with archive.open("rb") as file:
        records = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.http_headers and r.http_headers.statusline,
             r.content_stream().read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]  # fmt: skip
    assert records[0][0] == "warcinfo"
    assert records[1:] == [
        ("response", f"{site.address}/old", "302 Found", b""),
        ("response", f"{site.address}/a", "200 OK", PAGE.encode()),
    ]


def test_no_archive_is_overwritten(tmp_path, site):
    site.replies["/a"] = html()
    archives = {Run(tmp_path, f"{site.address}/a").inputs[0] for _ in range(3)}
    assert len(archives) == 3 and set((tmp_path / "ledger-pages").iterdir()) == archives


def test_files_stay_inputs(tmp_path, site):
    site.replies["/a"] = html()
    run = Run(tmp_path, "mine.md", f"{site.address}/a", tmp_path)
    assert run.inputs[:2] == ["mine.md", tmp_path] and len(run.inputs) == 3


def test_nothing_is_asked_for_without_an_address(tmp_path, site):
    (tmp_path / "a.html").write_text(PAGE.replace('href="/world"', f'href="{site.address}/world"'))
    (tmp_path / "feed.xml").write_text(RSS.format(site.address))
    run = Run(tmp_path, tmp_path, tmp_path / "*.xml")
    assert (run.inputs, site.asked) == ([tmp_path, tmp_path / "*.xml"], [])


def test_what_a_page_points_at_is_not_asked_for(tmp_path, site):
    hostile = PAGE.replace("<head>", (
        f'<head><base href="{site.address}/base/"><meta http-equiv="refresh" content="0;url=/refreshed">'
        '<link rel="canonical" href="/canonical"><link rel="next" href="/next"><script src="/script.js"></script>'
        '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="stylesheet" href="/style.css">'
    ))  # fmt: skip
    more = '<a href="/linked">more</a><img src="/picture.png"><iframe src="/frame"></iframe><footer>'
    hostile = hostile.replace("<footer>", more)
    site.replies["/a"] = html(hostile)
    [archive] = Run(tmp_path, f"{site.address}/a").inputs
    assert len(list(read([archive], on_note=print))) == 1
    assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_a_feed_by_its_address(tmp_path, site, feed):
    kind = "application/rss+xml; charset=utf-8"
    site.replies |= {
        "/feed": other(kind, feed.format(site.address).encode()),
        "/a": html(),
        "/b": html(differing("Four")),
    }
    run = Run(tmp_path, f"{site.address}/feed")
    assert (run.errors, site.asked) == ([], ["/robots.txt", "/feed", "/a", "/b"])
    assert [a.url for a in read(run.inputs)] == [f"{site.address}/a", f"{site.address}/b"]


def test_a_feed_in_a_file(tmp_path, site):
    site.replies |= {"/a": html(), "/b": html(differing("Four")), "/named": html(differing("Five"))}
    (tmp_path / "feed.rss").write_text(RSS.format(site.address))
    run = Run(tmp_path, tmp_path / "feed.rss", f"{site.address}/named")
    assert (run.errors, site.asked[1:]) == ([], ["/a", "/b", "/named"])


def test_a_feed_leads_into_no_private_network(tmp_path, site):
    (tmp_path / "feed.rss").write_text(RSS.format(site.address))
    run = Run(tmp_path, tmp_path / "feed.rss")
    assert run.inputs == [] and site.asked == []
    assert {*run.said} == {
        "leads to this machine or into a private network: not fetched, as you did not name it yourself"
    }


def test_a_page_leads_into_no_private_network(tmp_path, site):
    """Neither to another service of the machine whose page the user named."""
    with serving() as inner:
        inner.replies["/admin"] = html()
        site.replies["/a"] = moved(f"{inner.address}/admin")
        run = Run(tmp_path, f"{site.address}/a")
    assert (run.inputs, inner.asked) == ([], [])
    assert run.said[0].startswith("leads to this machine")


def test_a_page_in_a_feed_is_no_further_feed(tmp_path, site):
    feed = other("text/xml", RSS.format(site.address).encode())
    site.replies |= {"/feed": feed, "/a": html(), "/b": feed}
    run = Run(tmp_path, f"{site.address}/feed")
    assert run.said == ["not a web page (text/xml): save it, and name the file"]
    assert [a.url for a in read(run.inputs)] == [f"{site.address}/a"]


def test_robots_are_obeyed(tmp_path, site):
    site.replies |= {
        "/robots.txt": other("text/plain", b"User-agent: ascribe\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"),
        "/a": html(), "/private/b": html(), "/c": moved("/private/b"),
    }  # fmt: skip
    run = Run(tmp_path, *(f"{site.address}/{name}" for name in ("a", "private/b", "c")))
    assert site.asked == ["/robots.txt", "/a", "/c"]
    assert run.said == ["the site's robots.txt forbids programs this page: save it as .html by hand"] * 2
    assert len(run.inputs) == 1


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ((503, {}, b""), "the site is in trouble (status 503 for robots.txt): try again later"),
        (other("text/plain", b"User-agent: *\nCrawl-delay: 3600"), "the site wants 3600 seconds between two pages"),
        (other("text/plain", b"#" * 600_000), "too large: more than 512,000 bytes"),
        (moved("/robots.txt"), "leads from one address to the next, more than 5 times"),
    ],
)  # fmt: skip
def test_a_site_that_does_not_say_yes(tmp_path, site, rules, words):
    site.replies |= {"/robots.txt": rules, "/a": html()}
    run = Run(tmp_path, f"{site.address}/a")
    assert run.said[0].startswith(words) and "/a" not in site.asked


def test_a_site_is_given_time(tmp_path, site, monkeypatch):
    monkeypatch.setattr(fetch, "DELAY", 0.15)
    site.replies |= {f"/{n}": html(differing(n)) for n in ("Four", "Five", "Six")}
    began = time.monotonic()
    Run(tmp_path, *(f"{site.address}/{n}" for n in ("Four", "Five", "Six")))
    assert time.monotonic() - began >= 3 * 0.15


def test_the_delay_that_a_site_asks_for(tmp_path, site):
    site.replies |= {"/robots.txt": other("text/plain", b"User-agent: *\nCrawl-delay: 1"), "/a": html(), "/b": html()}
    began = time.monotonic()
    Run(tmp_path, f"{site.address}/a", f"{site.address}/b")
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((404, {}, b""), "no such page there (status 404)"),
        ((403, {}, b""), "the site gives it to no program, or to no one without a login (status 403): save it as "
         ".html"),
        ((429, {}, b""), "the site has had too many requests (status 429): try again later"),
        ((500, {}, b""), "the site is in trouble (status 500): try again later"),
        ((204, {}, b""), "the site gives no page (status 204)"),
        (other("application/pdf", b"%PDF"), "not a web page (application/pdf): save it, and name the file"),
        (other("text/xml", b"<svg/>"), "not a feed: neither RSS nor Atom"),
        (other("text/xml", b"<rss><channel/></rss>"), "the feed lists no page"),
        (other(HTML, b"x" * (10 * 2**20 + 1)), "too large: more than 10,485,760 bytes; save the page's text as .txt"),
        (html(MENU), "no article in this HTML page: save the page of the article itself, or its text"),
        (moved("ftp://kestria.example/a"), "only addresses that begin with http:// or https:// are fetched"),
        (moved("file:///etc/hostname"), "only addresses that begin with http:// or https:// are fetched"),
        (moved("/a"), "leads from one address to the next, more than 5 times"),
        ((200, {"Content-Type": HTML, "Content-Length": "99999"}, PAGE.encode()),
         "the page is cut short: the connection broke off; try again"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_page_that_is_none(tmp_path, site, reply, words):
    site.replies["/a"] = reply
    run = Run(tmp_path, f"{site.address}/a")
    assert (run.inputs, run.said) == ([], [words])
    assert not (tmp_path / "ledger-pages").exists()


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("ftp://kestria.example/a", "only addresses that begin with http:// or https:// are fetched"),
        ("file:///etc/hostname", "only addresses that begin with http:// or https:// are fetched"),
        ("https://ilse:secret@kestria.example/", "an address with a name or password is not fetched"),
        ("https:///a", "not an address: write https://the-site/the-page"),
        ("https://kestria.example:x/", "not an address: Port could not be cast to integer value as 'x'"),
    ],
)
def test_what_is_no_address(tmp_path, item, words):
    run = Run(tmp_path, item)
    assert (run.inputs, run.said) == ([], [words])
    assert "secret" not in str(run.errors[0])


def test_nobody_there(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        run = Run(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}/a")
    assert run.said == ["nobody answers there: the connection was refused"]


def test_no_such_host(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    assert Run(tmp_path, "http://nowhere.invalid/a").said == [
        "no such host, or no network here: look at the address and at the connection"
    ]


def test_who_is_silent_is_left(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(ArticleError, match=r"no answer within 0\.2 s"),
    ):
        place = f"http://127.0.0.1:{silent.getsockname()[1]}/a"
        asking.ask(place, asking.Bounds(patience=0.2), inside=True)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("HTTPS://Kestria.Example:443/a b?q=ü#top", "https://kestria.example/a%20b?q=%C3%BC"),
        ("http://kestria.example", "http://kestria.example/"),
        ("https://kestriä.example/%C3%BC", "https://xn--kestri-gua.example/%C3%BC"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_an_address_as_a_server_is_asked_for_it(written, asked):
    assert address.proper(written) == asked == address.proper(asked)


def test_a_feed_reads_no_entity_and_no_file(tmp_path):
    (tmp_path / "secret").write_text("https://kestria.example/secret")
    bomb = f"""<!DOCTYPE rss [<!ENTITY s SYSTEM "{(tmp_path / "secret").as_uri()}"><!ENTITY a "https://kestria.example/b">]>
    <rss><channel><item><link>&s;</link></item><item><link>https://kestria.example/a</link></item></channel></rss>"""
    assert feeds.pages(bomb.encode(), "feed") == ["https://kestria.example/a"]


def test_a_feed_of_very_many_pages(tmp_path, monkeypatch, site):
    monkeypatch.setattr(feeds, "MOST", 1)
    site.replies |= {"/feed": other("text/xml", RSS.format(site.address).encode()), "/a": html()}
    run = Run(tmp_path, f"{site.address}/feed")
    assert run.notes[0] == f"{site.address}/feed: the first 1 of its 2 pages are fetched" and "/b" not in site.asked


@pytest.mark.parametrize(("out", "name"), [("ledger", "ledger-pages"), ("a/ledger/", "a/ledger-pages")])
def test_where_pages_are_kept(out, name):
    assert keeping.folder(out) == Path(name)


def test_where_pages_are_kept_beside_the_present_folder(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert keeping.folder(".") == tmp_path / "here-pages"


def test_a_folder_that_cannot_be_written(tmp_path, site):
    (tmp_path / "ledger-pages").write_text("a file")
    site.replies["/a"] = html()
    with pytest.raises(AscribeError, match="ledger-pages: cannot be written"):
        Run(tmp_path, f"{site.address}/a")


def test_its_name_is_that_of_its_agent():
    assert asking.AGENT.lower().startswith(f"{robots.NAME}/")
