"""Word documents."""

import io
import json
import warnings
import zipfile
from pathlib import Path

import pytest
from article_files import BODY, MORE, PAGE, docx, eml, pdf, warc
from ascribe.articles import Article, read
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def one(path) -> Article:
    [article] = read([path])
    return article


def test_docx(tmp_path):
    path = docx(tmp_path / "a.docx", BODY, "", MORE, title="Three hurt", rows=(("Orvan", "3"), ("Tolm", "12")))
    a = one(path)
    assert a.text == f"Three hurt\n\n{BODY}\n\n{MORE}\n\nOrvan\t3\n\nTolm\t12"
    assert (a.title, a.author, a.published, a.doc_id) == ("Three hurt", "Ilse Varga", None, "a")


def test_docx_takes_tracked_insertions_and_leaves_deletions(tmp_path):
    from docx import Document
    from docx.oxml import parse_xml

    path = docx(tmp_path / "a.docx", BODY)
    document = Document(str(path))
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document.paragraphs[0]._p.append(parse_xml(f"<w:ins {w}><w:r><w:t> Added.</w:t></w:r></w:ins>"))
    document.paragraphs[0]._p.append(parse_xml(f"<w:del {w}><w:r><w:delText> Cut.</w:delText></w:r></w:del>"))
    document.save(str(path))
    assert one(path).text == f"{BODY} Added."


def troubles(*inputs) -> tuple[list[str], list[str]]:
    """The doc_ids read and the messages given."""
    errors: list[ArticleError] = []
    articles = [a.doc_id for a in read(inputs, on_error=errors.append, on_note=lambda note: None)]
    return articles, [str(e) for e in errors]


def test_docx_without_text_and_one_that_unpacks_to_too_much(tmp_path, monkeypatch):
    _, [error] = troubles(docx(tmp_path / "a.docx"))
    assert "no text in it" in error
    monkeypatch.setattr("ascribe.articles.word.UNPACKED", 2**20)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (2**20 + 1))
    (tmp_path / "b.docx").write_bytes(data.getvalue())
    _, [error] = troubles(tmp_path / "b.docx")
    assert "unpacks to more than" in error


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


markup = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class=article>", "<article>", "<table><tr><td>", "<!--", "<script>", "<time datetime='",
         "<meta property='og:title' content='", "&#0;", "&#xD800;", "<svg>", "\0", "<br>", "2022-13-45", BODY, "'>",
         '<script type="application/ld+json">{"datePublished": [', "</body>", "\ufffe", "<html lang=", "<title>"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(xml=markup)
@QUICK
def test_any_document_part(tmp_path, samples, xml):
    path = tmp_path / "a.docx"
    path.write_bytes(samples[".docx"])
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", xml)
    outcome(path)
