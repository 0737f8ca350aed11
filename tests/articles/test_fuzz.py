"""Whatever the bytes, an article or an ArticleError."""

import json
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
