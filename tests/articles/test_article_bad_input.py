"""Bad input: each is said once, with the file and what to do, and the other articles go on."""

import io
import json
import time
import zipfile

import pytest
from article_files import BODY, MENU, PAGE, docx, eml, pdf, warc
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
        ("a.csv", b"a,b\n", "tables (.csv) are not read: write each article as a line of JSON"),
        ("a.pages", b"words", "files of kind .pages are not read"),
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
    ("item", "words"),
    [
        ("missing.txt", "no such file or folder"),
        ("https://courier.example/a", "an address: save the page as .html first"),
        ("*.nothing", "the pattern matches no file"),
        ("**/*.xlsx", "the pattern matches no article"),
        ("no_articles", "no article in this folder"),
        ("dead.txt", "a link to a file that is not there"),
        ("bad\0name", "not a path"),
    ],
)
def test_bad_path(tmp_path, monkeypatch, item, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no_articles").mkdir()
    (tmp_path / "no_articles" / "t.xlsx").write_bytes(b"x")
    (tmp_path / "dead.txt").symlink_to("gone.txt")
    (tmp_path / "good.txt").write_text("Good.")
    articles, [error] = troubles(item, "good.txt")
    assert articles == ["good"]
    assert words in error


def test_without_on_error_the_first_trouble_is_raised(tmp_path):
    with pytest.raises(ArticleError, match="no such file"):
        list(read([tmp_path / "missing.txt"]))


def test_a_file_one_may_not_read(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    articles, [error] = troubles(tmp_path / "folder.txt")
    assert not articles and "no article in this folder" in error


def test_jsonl_lines_that_are_bad_cost_only_themselves(tmp_path):
    path = tmp_path / "news.jsonl"
    lines = [
        b'{"doc_id": "a", "text": "Good."}',
        b"not JSON",
        b"[1, 2]",
        b'{"doc_id": "b"}',
        b'{"doc_id": "c", "text": ["no"]}',
        b'{"doc_id": "d", "text": "x", "published": "12/05/2022"}',
        b'{"doc_id": "e", "text": "\xff"}',
        b"[" * 100_000,
        b'{"doc_id": "f", "text": "x", "n": ' + b"9" * 5000 + b"}",
        b'{"doc_id": "z", "text": "Good too."}',
    ]
    path.write_bytes(b"\n".join(lines))
    articles, errors = troubles(path)
    assert articles == ["a", "z"]
    for number, (error, words) in enumerate(
        zip(
            errors,
            ["not JSON (column 1", "no JSON object", "no text", "no text", "published is not a date",
             "broken UTF-8 at byte 25", "nested too deeply", "too long"],
            strict=True,
        ),
        start=2,
    ):  # fmt: skip
        assert error.startswith(f"{path}:{number}: ") and words in error


def test_a_line_longer_than_any_article_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr("ascribe.articles.jsonl.LARGEST", 1000)
    path = tmp_path / "news.jsonl"
    record = json.dumps({"doc_id": "a", "text": "x" * 5000})
    path.write_text(f'{record}\n{{"doc_id": "b", "text": "Good."}}\n')
    articles, [error] = troubles(path)
    assert articles == ["b"] and error.startswith(f"{path}:1: ")


def test_pdf_without_text(tmp_path):
    path = pdf(tmp_path / "scan.pdf", "#rect(width: 3cm, height: 2cm, fill: red)\n#pagebreak()\n#circle()")
    articles, [error] = troubles(path)
    assert not articles and "no text in this PDF (2 pages" in error and "OCR" in error


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


HOSTILE = [
    "<script>alert(1)</script>", '"><svg onload=alert(1)>', "{{7*7}}", "=HYPERLINK(0)", "#let x = 1", r"\input{x}",
    "a\x00b", "a\u202eb", "${x}", "'; DROP TABLE", "%s%n",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_through_as_text(tmp_path, words):
    text = f"{BODY} {words} and so on."
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.jsonl").write_text(json.dumps({"doc_id": words, "text": text, "title": words}))
    eml(tmp_path / "c.eml", text)
    plain, record, mail = read([tmp_path / name for name in ("a.txt", "b.jsonl", "c.eml")], on_note=str)
    assert plain.text == record.text == text
    assert record.doc_id == record.title == words
    assert mail.text.split() == text.split()


def test_messages_can_be_printed_anywhere(tmp_path):
    name = tmp_path / "bad\x1b[31m\u202ename.txt"
    name.write_bytes(b"\xff\xff")
    _, [error] = troubles(name)
    assert error.isprintable()


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
