"""The PDF: tagged, everything said is in it as text, nothing breaks it."""

from __future__ import annotations

import base64
import ctypes
import itertools
import re

import pandas as pd
import pypdfium2
import pytest
from ascribe.errors import RenderError
from ascribe.publishing.present.display import Mark, annotated, finding, table
from ascribe.publishing.render.document import document
from ascribe.publishing.render.markup import parse
from ascribe.publishing.render.pdf import grid as tables
from ascribe.publishing.render.pdf import typeset as pdf
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

HOSTILE = (
    '<script>alert(1)</script> "><svg onload=x> {{7*7}} =HYPERLINK(1) #let x = 1 \\input{x} $x$ *b* _e_ @ref // no'
)


def shown(fragment) -> object:
    return new_code_cell("show()", outputs=[new_output("display_data", data=fragment._repr_mimebundle_())])


def made(*cells, **options) -> pdf.Pdf:
    return pdf.render(document(new_notebook(cells=list(cells)), "trial"), **options)


def texts(content: bytes) -> list[str]:
    """The text of each page, as a reader copies it."""
    document = pypdfium2.PdfDocument(content)
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    return [" ".join(p.replace("\ufffe", "").replace("\u200b", "").split()) for p in pages]


def plain(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def tags(content: bytes) -> list[str]:
    """The structure types of every page, in order, as assistive software meets them."""
    import pypdfium2.raw as raw

    found: list[str] = []

    def walk(element) -> None:
        buffer = ctypes.create_string_buffer(256)
        size = raw.FPDF_StructElement_GetType(element, buffer, 256)
        found.append(buffer.raw[: size - 2].decode("utf-16-le"))
        for i in range(max(raw.FPDF_StructElement_CountChildren(element), 0)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, i)
            if child:
                walk(child)

    document = pypdfium2.PdfDocument(content)
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for i in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, i))
    return found


def test_hostile_text_is_text():
    frame = pd.DataFrame({HOSTILE: [HOSTILE]})
    marks = [Mark(0, 30, "claim", HOSTILE, "c1"), Mark(10, 40, "figure", HOSTILE, "f1")]
    content = made(
        new_markdown_cell("# Report"),
        shown(finding(HOSTILE)),
        shown(table(frame, HOSTILE, columns={HOSTILE: HOSTILE})),
        shown(annotated(HOSTILE, marks)),
        new_code_cell("x", outputs=[new_output("stream", text=HOSTILE)]),
        new_code_cell("x", outputs=[new_output("error", ename="E", evalue="", traceback=[HOSTILE])]),
    ).content
    assert plain("".join(texts(content))).count(plain(HOSTILE)) == 7


def test_tags_headings_and_alt_text():
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    picture = new_output("display_data", data={"image/png": png}, metadata={"image/png": {"alt": "A dot, red"}})
    content = made(
        new_markdown_cell("# Report\n\n## One\n\n- a\n- b\n\n#### Skipped\n\n##\n\n[web](https://example.org)"),
        shown(table(pd.DataFrame({"a": [1]}), "Table")),
        new_code_cell("x", outputs=[picture]),
    ).content
    found = tags(content)
    for kind in ("H1", "H2", "H3", "L", "LI", "Table", "THead", "TH", "TD", "Figure", "Link"):
        assert kind in found, found
    assert b"pdfuaid" in content or b"PDF/UA" in content


def test_long_tables_repeat_their_heads_and_long_words_stay_in():
    frame = pd.DataFrame({"name": [f"row {i}" for i in range(1000)], "word": ["w" * 300] + ["x"] * 999})
    content = made(
        new_markdown_cell("# Long"), shown(table(frame, "Rows", columns={"name": "Who", "word": "Wordy"}))
    ).content
    pages = texts(content)
    assert len(pages) > 10 and all("Wordy" in p for p in pages)
    assert "row 999" in pages[-1] and pages[-1].endswith(f"{len(pages)} / {len(pages)}")
    assert plain(pages[0]).count("w") >= 300
    document = pypdfium2.PdfDocument(content)
    for page in document:
        width, _ = page.get_size()
        text = page.get_textpage()
        right = max(text.get_charbox(i)[2] for i in range(0, text.count_chars()))
        assert right < width - 40


def test_a_row_is_not_broken_over_pages_unless_it_must_be():
    rows = pd.DataFrame({"name": [f"first{i} {'word ' * 30} last{i}" for i in range(60)], "n": range(60)})
    pages = texts(made(new_markdown_cell("# T"), shown(table(rows))).content)
    assert len(pages) > 2
    for i in range(60):
        assert [p for p in pages if f"first{i} " in p] == [p for p in pages if f"last{i} " in f"{p} "]
    longest = pd.DataFrame({"text": ["word " * 5000, "short"], "n": [1, 2]})
    assert sum(p.count("word") for p in texts(made(shown(table(longest))).content)) == 5000


def test_a_short_table_is_not_broken_over_pages():
    cells = [new_markdown_cell("\n\n".join(f"Line {i}." for i in range(n))) for n in range(20, 40)]
    frame = pd.DataFrame({"name": [f"row{i}" for i in range(5)], "words": ["word " * 12] * 5})
    for cell in cells:
        pages = texts(made(new_markdown_cell("# T"), cell, shown(table(frame, "Rows"))).content)
        assert [p for p in pages if "row0" in p] == [p for p in pages if "row4" in p]


def test_the_one_row_of_a_table_tells_how_wide_its_columns_are():
    node = parse(table(pd.DataFrame({"who": ["nobody"], "n": [9], "words": ["word " * 30]})).html)[0]
    who, _, words = tables.laid_out(node, lambda cell, longest: cell.text())["widths"]
    assert words > 3 * who


def test_a_long_remark_in_one_row_does_not_squeeze_the_names_in_all():
    names = ["the Ministry of Health of the Republic of Orvan"] * 40
    frame = pd.DataFrame({"who": names, "note": ["-"] * 39 + ["a long remark " * 12], "words": ["word " * 30] * 40})
    node = parse(table(frame).html)[0]
    who, note, _ = tables.laid_out(node, lambda cell, longest: cell.text())["widths"]
    assert who > 2 * note


def glyphs(page: pypdfium2.PdfPage) -> list[tuple[float, float, float]]:
    """Baseline, left and right edge of every letter of a page."""
    textpage = page.get_textpage()
    found = []
    for i in range(textpage.count_chars()):
        left, bottom, right, _ = textpage.get_charbox(i, loose=True)
        found += [(round(bottom), left, right)] if right > left else []
    return sorted(set(found))  # what is broken off has the place of what it was broken from


@pytest.mark.parametrize("columns", [25, 26, 27, 58])
def test_no_word_of_a_wide_table_runs_into_the_next_column(columns):
    frame = pd.DataFrame({f"column_number_{i}": [f"several words {i}"] * 2 for i in range(columns)})
    output = new_output("display_data", data={"text/html": frame.to_html()})
    document = pypdfium2.PdfDocument(made(new_code_cell("show()", outputs=[output])).content)
    pairs = [pair for page in document for pair in itertools.pairwise(glyphs(page))]
    assert len(pairs) > 10 * columns
    assert [(a, b) for a, b in pairs if a[0] == b[0] and b[1] < a[2] - 1] == []


def test_a_table_of_more_columns_than_a_page_holds_goes_on_below():
    frame = pd.DataFrame({f"c{i}": [i] for i in range(58)})
    (node,) = parse(frame.to_html())
    parts = tables.parts(node)
    heads = [[cell.text() for cell in part.children[0].children[0].children] for part in parts]
    assert [head[0] for head in heads] == [""] * 3
    assert [name for head in heads for name in head[1:]] == [f"c{i}" for i in range(58)]
    assert tables.parts(parts[0]) == [parts[0]]


def test_a_wide_table_turns_the_page():
    frame = pd.DataFrame([[f"value {i}" for i in range(14)]], columns=[f"column {i}" for i in range(14)])
    document = pypdfium2.PdfDocument(made(shown(table(frame))).content)
    sizes = [document[i].get_size() for i in range(len(document))]
    assert any(w > h for w, h in sizes)


@pytest.mark.parametrize(
    "text", ["Жители города Бахмут", "Ελληνικά γράμματα", "שלום עולם", "مرحبا بالعالم", "Łódź, İzmir, Đà Nẵng"]
)
def test_scripts_that_come_with_the_package(text):
    made_pdf = made(new_markdown_cell(f"# T\n\n{text}"))
    assert not made_pdf.warnings
    letters = sorted(plain(text))
    assert not set(letters) - set(plain("".join(texts(made_pdf.content)))) or text[0] in "שم"


def test_a_script_without_a_font_is_named():
    made_pdf = made(new_markdown_cell("# T\n\n北京。 and 한국 and 🙂"))
    said = " ".join(made_pdf.warnings)
    assert "No font at hand for Chinese characters (3: U+3002, U+4EAC, U+5317): the PDF shows ▯" in said
    assert "Chinese characters" in said and "Korean" in said and "emoji" in said and "--fonts" in said
    assert "▯▯▯ and ▯▯ and ▯" in texts(made_pdf.content)[0]


def test_a_folder_of_fonts_that_is_not_there(tmp_path):
    with pytest.raises(RenderError, match="no such folder"):
        made(new_markdown_cell("x"), font_folders=[tmp_path / "none"])


def test_the_same_bytes_each_time():
    cells = [new_markdown_cell("# T"), shown(table(pd.DataFrame({"a": range(20)})))]
    assert made(*cells).content == made(*cells).content


def test_what_is_no_image_is_said():
    junk = base64.b64encode(b"not a picture").decode()
    svg = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>').decode()
    content = made(
        new_code_cell("x", outputs=[new_output("display_data", data={"image/png": junk}, metadata={"alt": "Lost"})]),
        new_markdown_cell(f"![odd](data:image/svg+xml;base64,{svg})"),
    ).content
    assert "[Lost]" in texts(content)[0] and "root:" not in "".join(texts(content))


def test_a_report_of_a_hundred_pages():
    cells = [
        new_markdown_cell(f"## Part {i}\n\n" + "A sentence that fills the line, and another. " * 120)
        for i in range(100)
    ]
    pages = texts(made(new_markdown_cell("# Long"), *cells).content)
    assert len(pages) >= 100 and "Part 99" in pages[0] + pages[1] + pages[2]


ODD = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=40, deadline=None)
@given(ODD, st.lists(st.lists(ODD, min_size=2, max_size=2), max_size=3), ODD)
def test_any_text_can_be_set(text, rows, source):
    frame = pd.DataFrame(rows, columns=["a", "b"])
    marks = [Mark(0, len(text) // 2, "claim", source, "c"), Mark(len(text) // 3, len(text), "figure", source, "f")]
    cells = [new_markdown_cell(source), shown(table(frame, text)), shown(annotated(text, marks)), shown(finding(text))]
    assert made(*cells).content.startswith(b"%PDF")


TABLES = st.lists(
    st.lists(st.tuples(st.sampled_from(["td", "th"]), st.integers(0, 5), st.integers(0, 5)), max_size=4), max_size=5
)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.booleans())
def test_any_table_can_be_set(rows, head):
    body = "".join(
        "<tr>" + "".join(f"<{t} colspan={c} rowspan={r}>x</{t}>" for t, c, r in row) + "</tr>" for row in rows
    )
    markup = f"<table><thead>{body}</thead>{body}</table>" if head else f"<table>{body}</table>"
    cell = new_code_cell("x", outputs=[new_output("display_data", data={"text/html": markup})])
    assert made(cell).content.startswith(b"%PDF")


def test_no_heading_and_no_tables_title_stands_alone_at_the_end_of_a_page():
    def contents(i: int) -> list:
        rows = pd.DataFrame({"name": [f"row {i}.{n}" for n in range(3 + i % 9)], "n": range(3 + i % 9)})
        kinds = (
            [new_markdown_cell("A sentence that goes on for a while. " * (1 + i % 11))],
            [shown(table(rows, f"Title {i}."))],
            [new_markdown_cell("\n".join(f"- item {n}" for n in range(2 + i % 5)))],
            [new_code_cell("x", outputs=[new_output("stream", text="line\n" * (2 + i % 6))])],
            [shown(finding("A finding of some length. " * (1 + i % 4)))],
            [new_markdown_cell(f"### Below {i}."), shown(table(rows, f"Title {i}."))],
        )
        return [new_markdown_cell(f"## Part {i}."), *kinds[i * 7 % len(kinds)]]

    cells = [cell for i in range(150) for cell in contents(i)]
    pages = pypdfium2.PdfDocument(made(new_markdown_cell("# Trial"), *cells).content)
    assert len(pages) > 15
    for i in range(len(pages)):
        lines = pages[i].get_textpage().get_text_bounded().replace("\u200b", "").strip().splitlines()
        *body, last = [line.strip() for line in lines if not line.startswith("trial") and " / " not in line]
        assert not re.fullmatch(r"(Part|Below|Title) \d+\.", last), (
            f"page {i + 1} ends with {last!r} after {body[-1]!r}"
        )
