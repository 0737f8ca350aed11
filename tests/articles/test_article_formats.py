"""Each format: what of a file becomes text, and what is known of it."""

import datetime as dt
import json

import pytest
from article_files import BODY, MORE, PAGE, docx, eml, gzipped, pdf, warc
from ascribe.articles import Article, read
from ascribe.articles.layout import Line, paragraphs

DAY = dt.date(2022, 12, 5)


def one(path) -> Article:
    [article] = read([path])
    return article


@pytest.mark.parametrize(
    "raw",
    [
        b"One.\n\nTwo 90,000.\n",
        b"Windows.\r\n\r\nLines.\r\n",
        b"Old\rMac\r\nmixed\n",
        "\ufeffWith a mark.\n".encode(),
        "Naïve “quotes” — Київ 😀 \u202eabc\u202c.".encode(),
        b"A NUL \x00 and a bell \x07 stay in an otherwise plain and readable text.",
        b"---\ntitle: T\n---\nBody.\n",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_plain_text_is_the_files(tmp_path, raw, suffix):
    path = tmp_path / f"some.name{suffix}"
    path.write_bytes(raw)
    article = one(path)
    assert article.text == path.read_text(encoding="utf-8")
    assert article.doc_id == "some.name"
    assert article.path == str(path)


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


def test_published_fills_only_where_the_text_has_none(tmp_path):
    (tmp_path / "dated.txt").write_text("---\npublished: 2022-12-05\n---\nBody.\n")
    (tmp_path / "undated.txt").write_text("Body.\n")
    days = {a.doc_id: a.published for a in read([tmp_path], published=dt.date(2023, 1, 1))}
    assert days == {"dated": DAY, "undated": dt.date(2023, 1, 1)}


def test_a_markdown_heading_is_the_title_and_stays_in_the_body(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Three hurt #\n\nBody.\n")
    assert one(path).title == "Three hurt"
    assert one(path).body == (0, 22)


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


def test_pdf_paragraphs(tmp_path):
    written = [
        f"{BODY} Extraordinarily disproportionate consequences for the government-backed administration followed.",
        f"{MORE} The number of the inhabitants, some 30,000 of them, was not known to the representatives.",
        "A third paragraph, about long-range communication infrastructure, says less than the others do about it.",
    ] * 4
    source = (
        "#set page(width: 11cm, height: 12cm, margin: 1.5cm, header: [Kestria Post], numbering: \"1 / 1\")\n"
        '#set document(title: "Three hurt", author: "Ilse Varga")\n#set par(justify: true)\n'
        '#set text(hyphenate: true, lang: "en", size: 10pt)\n= Three hurt in Orvan\n\n'
    ) + "\n\n".join(written)  # fmt: skip
    a = one(pdf(tmp_path / "a.pdf", source))
    assert a.text.split("\n\n") == ["Three hurt in Orvan", *written]
    assert (a.title, a.author, a.published) == ("Three hurt", "Ilse Varga", None)


def test_pdf_paragraphs_told_by_indents_only(tmp_path):
    written = [f"{BODY} {MORE}", f"{MORE} {BODY}", f"{BODY} {BODY}"]
    source = "#set page(width: 10cm, height: 20cm)\n#set par(first-line-indent: 1em, spacing: 0.65em)\n\n"
    a = one(pdf(tmp_path / "a.pdf", source + "#h(1em)" + "\n\n".join(written)))
    assert a.text.split("\n\n") == written


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


def test_jsonl(tmp_path):
    path = tmp_path / "news.jsonl"
    records = [
        {"doc_id": "one", "text": "A\r\nB \ud83d\ude00", "title": "T", "published": "2022-12-05", "publisher": "P",
         "url": "https://kestria.example/1", "section": "world"},
        {"doc_id": 7, "text": "C \ud800 D"},
        {"text": "No name."},
    ]  # fmt: skip
    path.write_text("\ufeff" + "\n\n".join(json.dumps(r) for r in records))
    one_, seven, nameless = read([path])
    assert (one_.doc_id, one_.text, one_.published, one_.meta) == ("one", "A\r\nB 😀", DAY, {"section": "world"})
    assert (seven.doc_id, seven.text) == ("7", "C \ufffd D")
    assert nameless.doc_id == "news-" + nameless.sha256[:8]


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


def test_pdf_in_two_columns(tmp_path):
    written = [f"{BODY} {MORE} {BODY}", f"{MORE} {BODY} {MORE}", f"{BODY} {MORE} {MORE}"]
    source = "#set page(width: 16cm, height: 9cm, columns: 2)\n#set par(justify: true)\n\n" + "\n\n".join(written)
    assert one(pdf(tmp_path / "a.pdf", source)).text.split("\n\n") == written


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The consequen-", "ces."], "The consequences."),
        (["The Kestria-", "backed side."], "The Kestria-backed side."),
        (["some forty-", "five men"], "some forty-five men"),
        (["the 30-", "kilometre zone"], "the 30-kilometre zone"),
        (["a cease-", "fire; the ceasefire"], "a ceasefire; the ceasefire"),
        (["a cease-", "fire; the cease-fire"], "a cease-fire; the cease-fire"),
        (["first -", "then"], "first - then"),
        (["a", "b"], "a b"),
    ],
)
def test_words_broken_at_line_ends(lines, text):
    assert "".join(paragraphs([[Line(words, 0, 100, 500 - 12 * i, 10, 842) for i, words in enumerate(lines)]])) == text


def test_html_lists_and_tables_become_plain_lines(tmp_path):
    path = tmp_path / "a.html"
    table = "<table><tr><th>Day</th><th>Killed</th></tr><tr><td>Tuesday</td><td>9</td></tr></table>"
    path.write_text(
        f"<html><body><article><p>{BODY}</p><ul><li>{MORE}</li></ul><p>{BODY} {BODY}</p>{table}</article></body></html>"
    )
    assert one(path).text.split("\n\n") == [BODY, MORE, f"{BODY} {BODY}", "Day\tKilled", "Tuesday\t9"]


def column(*words: str, top: float = 700, pitch: float = 12) -> list[Line]:
    return [Line(w, 72, 72 + 5 * len(w), top - pitch * i, 10, 842) for i, w in enumerate(words)]


@pytest.mark.parametrize(
    ("pages", "texts"),
    [
        ([column("A first paragraph that fills", "its lines and then ends.", "Next one.")], 2),
        ([column("One.", "Two.", "Three.", pitch=30)], 3),
        ([column("A line that runs on to the next", "page, where it") , column("goes on and ends.")], 1),
        ([column("A page.", *["7"], top=110, pitch=60)], 1),
        ([column("12/5/22, 1:43 PM Three hurt - Kestria Post", top=820) + column("The article.")], 1),
        ([column("The article.") + column("https://kestria.example/a 1/2", top=20)], 1),
        ([column("Kestria Post, page 1", top=800) + column("One."), column("Kestria Post, page 2", top=800)], 1),
        ([column("90,000", top=800)], 1),
        ([], 0),
    ],
)  # fmt: skip
def test_lines_to_paragraphs(pages, texts):
    assert len(paragraphs(pages)) == texts


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
