"""What a page, a PDF, a document or a mail shows and its bytes hide: marks, line breaks, hidden text, charsets."""

import pytest
from article_files import BODY, MORE, bare_pdf, docx, eml, pdf
from ascribe.articles import Article, read
from ascribe.articles.layout import Line, paragraphs
from ascribe.articles.marks import raised

LONG = f"{BODY} {BODY.replace('Three', 'Nine')} {BODY.replace('Orvan', 'Tolm')}"


def one(path) -> Article:
    [article] = read([path])
    return article


def html(path, markup: str, charset: str = "utf-8", head: str = "<meta charset=utf-8>") -> Article:
    path.write_bytes(f"<html lang=en><head>{head}<title>T</title></head><body>{markup}</body></html>".encode(charset))
    return one(path)


def amid(path, markup: str) -> str:
    """What becomes of a paragraph that stands between two others."""
    first, words, last = html(path, f"<article><p>{BODY}</p><p>{markup}</p><p>{MORE}</p></article>").text.split("\n\n")
    assert (first, last) == (BODY, MORE)
    return words


@pytest.mark.parametrize(
    ("words", "before", "after", "written"),
    [
        ("3", "12", " people", "³"), ("14", "hurt.", "", "¹⁴"), ("2", "5 km", ",", "²"), ("-3", "10", " g", "⁻³"),
        ("th", "the 4", " army", "th"), ("a", "31", " people", "[a]"), ("c", "M", "Gee", "c"), ("o", "n", " 5", "o"),
        ("[2]", "40", " were", "[2]"), ("( b )", "40", " were", "[b]"), ("2, 3", "40", " were", "[2,3]"),
        ("*", "40", " were", "*"), ("", "40", " were", ""),
    ],
)  # fmt: skip
def test_raised_marks(words, before, after, written):
    assert raised(words, before, after) == written


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("The ward held 17<sup>5</sup> patients.", "The ward held 17⁵ patients."),
        ("The ward held 17<sup><a href='#n5'>[5]</a></sup> patients.", "The ward held 17[5] patients."),
        ("The ward held 17<a class='fn' href='#n5'>5</a> patients.", "The ward held 17[5] patients."),
        ("The ward held 17<span style='vertical-align: super'>5</span> patients.", "The ward held 17⁵ patients."),
        ("The ward held 17<sup>b</sup> patients.", "The ward held 17[b] patients."),
        ("The ward held 17<sup>*</sup> patients.", "The ward held 17* patients."),
        ("The ward took up 90 m<sup>2</sup> on the 5<sup>th</sup> floor.", "The ward took up 90 m² on the 5th floor."),
        ("The N<sub>2</sub>O ran out after 2<sup>1</sup>/<sub>2</sub> days.", "The N2O ran out after 2 1/2 days."),
        ("See <a href='#wards'>5 wards</a> and (<a href='#n5'>5</a>) below.", "See 5 wards and (5) below."),
        ("The ward held at least\n17 patients.", "The ward held at least 17 patients."),
        ("The ward held at least<br>17 patients.<br/>It is full.", "The ward held at least\n17 patients.\nIt is full."),
        ("The ward held 17 <span style='display:none'>of 170 </span>patients.", "The ward held 17 patients."),
        ("The ward held 17 <b hidden>or 18 </b>patients.", "The ward held 17 patients."),
    ],
)
def test_a_page_reads_as_it_is_shown(tmp_path, markup, text):
    assert amid(tmp_path / "a.html", markup) == text


def test_short_paragraphs_of_a_page_stay_apart(tmp_path):
    a = html(tmp_path / "a.html", "<article><h1>Ward full</h1><p>By Ilse Varga</p><p>The ward held 17 patients in all, "
             "the clinic said.</p></article>")  # fmt: skip
    assert a.text == "Ward full\n\nBy Ilse Varga\n\nThe ward held 17 patients in all, the clinic said."


def test_what_a_script_is_to_show_is_read(tmp_path):
    a = html(tmp_path / "a.html", f"<article style='visibility:hidden'><p>{BODY}</p><p>{MORE}</p></article>")
    assert a.text == f"{BODY}\n\n{MORE}"


@pytest.mark.parametrize(
    ("charset", "head"),
    [
        ("cp1252", ""), ("cp1252", "<meta charset=utf-8>"), ("cp1252", "<meta charset='latin-1'>"),
        ("cp1252", "<meta charset=us-ascii>"), ("cp1252", "<meta charset='no-such-thing'>"), ("utf-8", ""),
        ("utf-8", "<meta charset='iso-8859-1'>"), ("cp1251", "<meta charset=windows-1251>"),
        ("utf-8", "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>"),
    ],
)  # fmt: skip
def test_the_letters_of_a_page(tmp_path, charset, head):
    words = (
        "Жук said 17 were hurt in the fire." if charset == "cp1251" else "Zoë Brûlé said “17 were hurt” in the fire."
    )
    assert words in html(tmp_path / "a.html", f"<p>{BODY}</p><p>{words}</p><p>{MORE}</p>", charset, head).text


@pytest.mark.parametrize(
    "lead",
    [
        "<div class='article__teaser'><p>Seventeen were hurt, the clinic said.</p></div>",
        "<p class='standfirst'>Seventeen were hurt, the <a href='/clinic'>clinic</a> said.</p>",
        "<header><div class='summary'>Seventeen were hurt, the clinic said.</div></header>",
        "<div id='article-intro'><p>Seventeen were hurt, the clinic said.</p></div>",
        "<h2 class='lead teaser'>Seventeen were hurt, the clinic said.</h2>",
    ],
)
def test_the_lead_is_kept(tmp_path, lead):
    a = html(tmp_path / "a.html", f"<article>{lead}<div class='rest'><p>{BODY}</p><p>{MORE}</p></div></article>")
    assert a.text == f"Seventeen were hurt, the clinic said.\n\n{BODY}\n\n{MORE}"


def test_links_to_other_stories_are_no_lead(tmp_path):
    other = (
        "<div class='teaser'><h3><a href='/b'>Bridge</a></h3><p><a href='/b'>The bridge at Tolm is shut.</a></p></div>"
    )
    a = html(tmp_path / "a.html", f"<article>{other}<p>{LONG}</p><p>{MORE}</p></article>")
    assert a.text == f"{LONG}\n\n{MORE}"


def test_a_paragraph_that_is_left_out_is_said(tmp_path):
    path, said = tmp_path / "a.html", []
    gone = "<div class='shariff'><p>Nine more were hurt in the clinic’s yard, the guards said.</p></div>"
    path.write_text(f"<html><body><article><p>{LONG}</p>{gone}<p>{MORE}</p></article></body></html>")
    [a] = read([path], on_note=said.append)
    assert "Nine more" not in a.text
    left_out = "Nine more were hurt in the clinic’s yard, the guards said."
    assert said == [f"a: 1 paragraph of the page left out as not the article's: “{left_out}…”"]


LINE = "BT /F1 11 Tf 72 700 Td (The ward held 17) Tj "


@pytest.mark.parametrize(
    "content",
    [
        LINE + "4 Ts /F1 7 Tf (5) Tj 0 Ts /F1 11 Tf ( patients.) Tj ET",
        LINE + "4 Ts (5) Tj 0 Ts ( patients.) Tj ET",
        "BT 11 0 0 11 72 700 Tm /F1 1 Tf (The ward held 17) Tj 6 0 0 6 152 704 Tm (5) Tj 11 0 0 11 156 700 Tm "
        "( patients.) Tj ET",
    ],
)
def test_pdf_marks_above_the_line(tmp_path, content):
    assert one(bare_pdf(tmp_path / "a.pdf", content)).text.replace(" ⁵", "⁵") == "The ward held 17⁵ patients."


def test_pdf_marks_that_the_typesetter_draws(tmp_path):
    source = "The ward held 17#super[5] patients in 9#super[a] beds on 90 m#super[2], the 5#super[th] of N#sub[2]O."
    assert (
        one(pdf(tmp_path / "a.pdf", source)).text == "The ward held 17⁵ patients in 9[a] beds on 90 m², the 5th of N2O."
    )


@pytest.mark.parametrize(
    "start", ["BT /F1 1 Tf 10 0 0 10 72 700 Tm 1.2 TL ", "q .1 0 0 .1 0 0 cm BT /F1 100 Tf 720 7000 Td 120 TL "]
)
def test_pdf_type_sized_by_a_matrix(tmp_path, start):
    shown = "(The ward, where 17 patients) Tj T* (lay, was shut after the fire.) Tj T* T* (Nobody was hurt in it.) Tj"
    a = one(bare_pdf(tmp_path / "a.pdf", f"{start}{shown} ET"))
    assert a.text == "The ward, where 17 patients lay, was shut after the fire.\n\nNobody was hurt in it."


@pytest.mark.parametrize("align", ["left", "right", "center"])
def test_pdf_rows_of_a_table(tmp_path, align):
    rows = (("Ward", "Dead", "Hurt"), ("East", "1,219", "4"), ("Old west", "7", "1,231"))
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    a = one(pdf(tmp_path / "a.pdf", f"{BODY}\n\n#table(columns: 3, align: {align}, {cells})\n\n{MORE}"))
    assert a.text.split("\n\n") == [BODY, *("\t".join(row) for row in rows), MORE]


def columns(*rows: tuple[str, ...], widths: tuple[float, ...]) -> list[Line]:
    lines = []
    for n, row in enumerate(rows):
        cells = tuple((left, left + 5 * len(cell)) for left, cell in zip(widths, row, strict=False))
        lines.append(Line("\t".join(row), cells[0][0], cells[-1][1], 700 - 12 * n, 10, 842, cells))
    return lines


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (columns(("Dead", "17"), ("Hurt", "31"), widths=(72, 200)), ["Dead\t17", "Hurt\t31"]),
        (columns(("1.", "East held 17"), ("2.", "West 31"), widths=(72, 92)), ["1. East held 17 2. West 31"]),
        (columns(("Dead", "17"), widths=(72, 200)), ["Dead 17"]),
    ],
)  # fmt: skip
def test_lines_that_are_rows(lines, texts):
    assert paragraphs([lines]) == texts


def test_pdf_lines_set_to_one_width_are_no_rows(tmp_path):
    source = "#set page(width: 5cm, height: 30cm, margin: 0.7cm)\n#set par(justify: true)\n\n"
    assert one(pdf(tmp_path / "a.pdf", f"{source}{LONG}\n\n{MORE} {LONG}")).text == f"{LONG}\n\n{MORE} {LONG}"


def test_docx_hides_hidden_text_and_sets_marks_apart(tmp_path):
    from docx import Document

    path = docx(tmp_path / "a.docx", "The ward held 17")
    document = Document(str(path))
    hidden, base = document.styles.add_style("Kept back", 2), document.styles.add_style("Kept back too", 2)
    hidden.font.hidden, base.base_style = True, hidden
    paragraph = document.paragraphs[0]
    looks = (("5", "raised"), (" of 170", "hidden"), (" patients on 90 m", ""), ("2", "raised"), (" of 95", hidden))
    for words, look in (*looks, (" of 99", base), (" of floor.", "")):
        run = paragraph.add_run(words, style=None if isinstance(look, str) else look)
        run.font.superscript, run.font.hidden = look == "raised" or None, look == "hidden" or None
    paragraph.add_run(" It is shut.", style=base).font.hidden = False
    document.save(str(path))
    assert one(path).text == "The ward held 17⁵ patients on 90 m² of floor. It is shut."


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/plain", "utf-8"), ("text/plain", "cp1252"), ("text/html", "cp1252"), ("text/html", "utf-8"),
        ("text/plain; charset=us-ascii", "utf-8"), ("text/plain; charset=iso-8859-1", "cp1252"),
        ("text/plain; charset=unknown-8bit", "utf-8"),
    ],
)  # fmt: skip
def test_the_letters_of_a_mail(tmp_path, content_type, charset):
    path = tmp_path / "a.eml"
    head = f"From: a@kestria.example\r\nSubject: Ward\r\nMIME-Version: 1.0\r\nContent-Type: {content_type}\r\n"
    path.write_bytes(
        (head + "Content-Transfer-Encoding: 8bit\r\n\r\n").encode() + "Zoë said “17 hurt”.".encode(charset)
    )
    assert one(path).text == "Zoë said “17 hurt”."


@pytest.mark.parametrize(
    "stub",
    [
        "Read this message in your browser: https://kestria.example/letters/17?id=3fa9c2",
        "Your mail program shows no HTML.\n\nhttps://kestria.example/17\n\nTo leave write to list@kestria.example.",
        "Ward full\n\nMore: https://kestria.example/17",
    ],
)
def test_a_plain_part_that_is_a_stub(tmp_path, stub):
    words = "The clinic said that its ward held 17 patients, and 31<sup>5</sup> more by Monday."
    page = f"<html><body><p>{words}</p><p>The mayor called it full.</p></body></html>"
    a = one(eml(tmp_path / "a.eml", stub, page))
    assert (
        a.text == "The clinic said that its ward held 17 patients, and 31⁵ more by Monday.\n\nThe mayor called it full."
    )


def test_a_plain_part_that_says_the_same_is_read(tmp_path):
    page = f"<html><body><p>{BODY}</p><p>{MORE}</p><p>Manage your settings. Kestria Post, 1 Mill Row.</p></body></html>"
    assert one(eml(tmp_path / "a.eml", f"{BODY}\n\n{MORE}\n\nhttps://kestria.example/1", page)).text.startswith(BODY)
