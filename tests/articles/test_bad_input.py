"""What cannot be read is named, with the reason, in no more than linear time."""

import time

import pytest
from article_files import BODY, MENU
from ascribe.articles import read
from ascribe.errors import ArticleError

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"

BOMB = "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)


def troubles(*inputs) -> tuple[list[str], list[str]]:
    """The doc_ids read and the messages given."""
    errors: list[ArticleError] = []
    articles = [a.doc_id for a in read(inputs, on_error=errors.append, on_note=lambda note: None)]
    return articles, [str(e) for e in errors]


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.md", b" \n\t\n", "empty"),
        ("a.html", b"", "empty"),
        ("a.pdf", b"", "empty"),
        ("a.docx", b"", "empty"),
        ("a.eml", b"", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.warc", b"", "empty"),
        ("a.txt", PNG, "binary, not text: it is a PNG picture"),
        ("a.html", PNG, "binary"),
        ("a.md", bytes(range(32)) * 50, "binary"),
        ("a.txt", "Naïve".encode("latin-1"), "broken UTF-8 at byte 2 (0xEF): save the file as UTF-8"),
        ("a.txt", b"One.\nTwo \xe2\x80", "broken UTF-8 at byte 9 (0xE2, line 2)"),
        ("a.txt", "Wide".encode("utf-16"), "UTF-16"),
        ("a.html", MENU.encode(), "no article in this HTML page"),
        ("a.html", b"<html><body></body></html>", "no article in this HTML page"),
        ("a.html", b"plain words", "no article in this HTML page"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "the PDF cannot be opened; it is damaged"),
        ("a.pdf", b"Just text.", "not a PDF file"),
        ("a.docx", b"Just text.", "not a Word document"),
        ("a.eml", b"Just text.", "not an e-mail"),
        ("a.eml", b"From: a@b.example\nSubject: s\n\n", "no text in it"),
        ("a.warc", b"Just text.", "not a whole web archive"),
        ("a.warc.gz", b"\x1f\x8b\x08\x00rubbish", "not a web archive"),
        ("a.csv", b"a,b\n", "no column is known to hold the text (it has a, b): say which, --column text=NAME"),
        ("a.ods", b"PK", ".ods is not read: save it as .xlsx or .csv"),
        ("a.pages", b"words", ".pages is not read: export it as .docx"),
        ("a.odt", b"words", ".odt is not read: save it as .docx"),
        ("a.zip", b"words", "files of kind .zip are not read"),
        ("a", b"words", "files without a suffix are not read"),
        ("a.txt", b"---\ntitle: [\n---\nBody.", "the front matter is not good YAML: line 3"),
        ("a.txt", b"---\ntitle: T\npublished: 31/12/2022\n---\nB.", "published is not a date: '31/12/2022'"),
        ("a.md", b"---\ndate: 2022-02-30\n---\nB.", "date is not a date: day is out of range"),
        ("a.md", b"---\ndate: [x]\n---\nB.", "date is not a date"),
        ("a.md", b"---\ntitle: T\nBody.", "never closed"),
        ("a.md", b"---\ntitle: T\n---\n \n", "front matter, but no text after it"),
        ("a.md", BOMB.encode() + b"---\nBody.", "aliases"),
        ("a.md", b"---\nt: !!python/object/apply:os.system [ls]\n---\nB.", "not good YAML: line 2"),
        ("a.md", b"---\nt: " + b"[" * 20000 + b"\n---\nB.", "nested too deeply"),
        ("a.md", b"---\nt: !!int ''\n---\nB.", "not good YAML"),
        ("a.md", b"---\nt: \x00\n---\nB.", "not good YAML"),
    ],
)  # fmt: skip
def test_bad_file(tmp_path, name, raw, words):
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.txt").write_text("Good.")
    articles, errors = troubles(tmp_path / name, tmp_path / "good.txt")
    assert articles == ["good"]
    assert len(errors) == 1
    assert str(tmp_path / name) in errors[0]
    assert words in errors[0]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.eml", b"From: " + b"a," * 50_000 + b"\nSubject: s\n\nWords."),
        ("a.eml", b"Subject: " + b"=?utf-8?q?a?= " * 10_000 + b"\n\nWords."),
        ("a.eml", b"Subject: s\nContent-Type: text/plain; " + b"a*0=b; " * 20_000 + b"\n\nWords."),
        ("a.html", b"<html><body>" + b"<br> " * 100_000 + b"<p>" + BODY.encode()),
        ("a.html", b"<html><body>" + b"<div>" * 100_000 + b"<p>" + BODY.encode()),
        ("a.md", b"# a" + b" " * 200_000 + b"b\nWords."),
        ("a.md", b"---\n" + b"--- x\n" * 100_000 + b"Words."),
        ("a.txt", b"---\nkey: " + b"{a: " * 15_000 + b"\n---\nWords."),
    ],
)
def test_hostile_files_take_no_more_than_linear_time(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    start = time.process_time()
    troubles(tmp_path / name)
    assert time.process_time() - start < 5
