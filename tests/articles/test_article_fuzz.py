"""Whatever the bytes, a reader gives articles or ArticleError, and what it gives can be stored."""

import json
import warnings
import zipfile
from pathlib import Path

import pytest
from article_files import BODY, MORE, PAGE, docx, eml, pdf, warc
from ascribe.articles import read
from ascribe.articles.inputs import SUFFIXES
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    made = {
        ".txt": BODY.encode(),
        ".md": f"---\ntitle: T\npublished: 2022-12-05\nrecord: [{{a: 1}}]\n---\n{BODY}".encode(),
        ".html": PAGE.encode(),
        ".htm": PAGE.encode(),
        ".jsonl": json.dumps({"doc_id": "a", "text": BODY, "published": "2022-12-05"}).encode(),
        ".pdf": pdf(folder / "a.pdf", f"{BODY}\n\n{MORE}").read_bytes(),
        ".docx": docx(folder / "a.docx", BODY, MORE).read_bytes(),
        ".eml": eml(folder / "a.eml", BODY, PAGE).read_bytes(),
    }
    page = [("https://kestria.example/a", PAGE.encode(), "text/html", "200 OK")]
    return made | {s: warc(folder / f"a{s}", page).read_bytes() for s in (".warc", ".warc.gz")}


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(raw=st.binary(max_size=400))
@QUICK
def test_any_bytes(tmp_path, suffix, raw):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(raw)
    outcome(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@QUICK
def test_damaged_files(tmp_path, samples, suffix, data):
    raw = bytearray(samples[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw) - 1))
        raw[start : start + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
        raw = raw or bytearray(b"x")
    path = tmp_path / f"a{suffix}"
    path.write_bytes(bytes(raw))
    outcome(path)


@given(text=st.text(st.characters(codec="utf-8"), min_size=1))
@QUICK
def test_a_plain_text_is_never_altered(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    for article in outcome(path):
        assert article.text == path.read_text(encoding="utf-8")


@given(front=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
@QUICK
def test_any_front_matter(tmp_path, front):
    path = tmp_path / "a.md"
    path.write_text(f"---\nkey: {front}\n---\nThe body.", encoding="utf-8")
    outcome(path)


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


@given(xml=markup)
@QUICK
def test_any_document_part(tmp_path, samples, xml):
    path = tmp_path / "a.docx"
    path.write_bytes(samples[".docx"])
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", xml)
    outcome(path)


headers = st.sampled_from(
    ["From", "Date", "Subject", "Content-Type", "Archived-At", "Content-Transfer-Encoding", "MIME-Version"]
)


@given(headers=st.lists(st.tuples(headers, st.binary(max_size=40)), max_size=6), body=st.binary(max_size=80))
@QUICK
def test_any_mail(tmp_path, headers, body):
    path = tmp_path / "a.eml"
    path.write_bytes(b"".join(n.encode() + b": " + v + b"\n" for n, v in headers) + b"\n" + body)
    outcome(path)
