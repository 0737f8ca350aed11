"""Whatever an article holds, every format gives it back as it was, and none takes it for anything else than text."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path

import mistune
import pandas as pd
import pypdfium2
import pytest
from ascribe.articles import Article
from ascribe.extraction import Extraction
from ascribe.extraction.records import CATEGORIES, Claim, Figure, record_id
from ascribe.ledger import Ledger
from ascribe.publishing.build import changes
from ascribe.publishing.present import display, listings, story
from ascribe.publishing.render import html
from ascribe.publishing.render.document import document
from ascribe.publishing.render.pdf import typeset as pdf
from ascribe.publishing.run import exports, manifest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

# Not shrunk: an example takes too long for that to end.
QUICK = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
# What means something to HTML, Typst, TeX, YAML, Markdown, CSV, a spreadsheet, a shell or a terminal.
PIECES = st.sampled_from([
    "<script>alert(1)</script>", "</table>", "&amp;", '"', "'", "=HYPERLINK(1)", "+1", "-1", "@sum", "\t", "\r", "\n",
    "#let x = 1", "$x$", "\\input{x}", "`raw`", "*b*", "_e_", "//c", "/*", "@ref", "<label>", "[a](b)", "{{7*7}}",
    "---", ",", ";", "|", "\x00", "\x1b[31m", "\u202e", "\u2028", "\ufeff", "\u200b", "e\u0301", "\U0001f642", "نص",
    "中文", "null", "NaN", "true", "007", "1e5", "https://example.org/?a=1&b=<", "javascript:alert(1)", "\uffff", "＝1",
])  # fmt: skip
ODD = st.lists(PIECES | st.text(st.characters(codec="utf-8"), max_size=8), max_size=5).map("".join)
SAID = ODD.filter(lambda text: text.strip())


@st.composite
def extractions(draw) -> Extraction:
    """One article with hostile words in every field that an article can fill."""
    before, number, said = draw(ODD), draw(SAID), draw(SAID)
    text = f"{before} {number} {said}"
    at = len(before) + 1
    start, end = at, at + len(number)
    name = draw(SAID)
    article = Article.from_text(
        text, draw(SAID), title=draw(ODD) or None, publisher=draw(ODD) or None, author=draw(ODD) or None,
        url=draw(ODD) or None, path=draw(SAID),
    )  # fmt: skip
    content = ((start, end), (end + 1, len(text)))
    claim = Claim(
        record_id("claim", article.doc_id, content), article.doc_id, content, f"{number} … {said}", None, None,
        name, draw(ODD) or None, "indirect", via=tuple(draw(st.lists(SAID, max_size=2))),
    )  # fmt: skip
    figure = Figure(
        record_id("figure", article.doc_id, start, end), article.doc_id, claim.claim_id, start, end, number,
        draw(st.none() | st.floats(0, 1e9)), None, None, "exact", draw(ODD), draw(st.sampled_from(CATEGORIES)),
        counted=draw(ODD) or None, whose=draw(ODD) or None, source_name=name, credit="explicit",
        via=tuple(draw(st.lists(SAID, max_size=2))), basis=draw(ODD) or None, place=draw(ODD) or None,
    )  # fmt: skip
    return Extraction(article, (claim,), (figure,))


def same(found: pd.DataFrame, expected: pd.DataFrame, lost: str = "") -> None:
    """Cell by cell; `lost` are the characters that a format cannot hold, which come back as U+FFFD."""
    mend = str.maketrans(dict.fromkeys(lost, "\ufffd"))
    for name in expected.columns:
        for one, other in zip(found[name], expected[name], strict=True):
            if isinstance(other, str):
                assert one == other.translate(mend), name
            elif isinstance(other, (list, tuple)):
                assert json.loads(json.dumps(one)) == json.loads(json.dumps(other)), name
            else:
                assert one == other or (pd.isna(one) and pd.isna(other)), name


@QUICK
@given(found=extractions(), title=ODD)
def test_what_goes_out_can_be_read_back(found, title, tmp_path_factory):
    ledger = Ledger.from_extractions([found])
    folder = tmp_path_factory.mktemp("out")
    exports.write(ledger, folder, title or "report", title)
    for place, lost in (("tables", "\x00"), ("parquet", "")):
        back = Ledger.load(folder / place)
        for name, table in ledger.tables.items():
            same(back.tables[name], table, lost)
    a_spreadsheet_computes_nothing(folder / "tables")
    the_package_describes_its_files(folder, title)
    claims_lead_to_their_article(folder, ledger)
    annotations_lead_to_their_words(folder, ledger)
    changed = changes.compared(folder / "none", folder / "tables")
    assert json.loads(json.dumps(changed))["claims"]["gained"][0]["id"] == ledger.claims["claim_id"][0]
    page = mistune.create_markdown(plugins=["url", "table", "strikethrough", "math"])(changes.readable(changed, title))
    assert set(re.findall("<([a-z0-9]+)", page)) <= {"h1", "h2", "ul", "li", "p", "code"}


def a_spreadsheet_computes_nothing(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as f:
            for row in csv.reader(f):
                for cell in row:
                    number = re.fullmatch(r"-?[0-9.]+(e[+-]?[0-9]+)?", cell)
                    assert number or not cell.startswith(tuple("=+-@\t\r\n＝＋－＠")), cell


def the_package_describes_its_files(folder: Path, title: str) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"]) and package["title"] == title
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def claims_lead_to_their_article(folder: Path, ledger: Ledger) -> None:
    held = json.loads((folder / "claims.jsonld").read_text(encoding="utf-8"))
    (claim,) = held["@graph"]
    assert claim["@type"] == "Claim" and not any("rating" in key.lower() for key in claim)
    assert claim["text"] == ledger.claims["text"][0] and claim["author"]["name"] == ledger.claims["source_name"][0]
    assert claim["appearance"].get("headline") == (ledger.documents["title"].dropna().tolist() or [None])[0]


def annotations_lead_to_their_words(folder: Path, ledger: Ledger) -> None:
    text = ledger.documents["text"][0]
    held = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    assert len(held["items"]) == 2
    for item in held["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert quote["exact"] == text[start:end]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])


def shown(fragment: display.Fragment):
    return new_code_cell("show()", outputs=[new_output("display_data", data=fragment._repr_mimebundle_())])


def report(ledger: Ledger, title: str, left: str):
    """The document of a notebook that shows all of a ledger, with its last page."""
    documents = ledger.documents.iloc[0]
    article = Article.from_text(documents["text"], documents["doc_id"], title=title or None, publisher=left)
    given = {"name": left, "type": "str", "given": left, "default": repr(left), "help": left}
    held = manifest.manifest(title, {"path": left}, [given], ledger, [{"path": left, "reason": title}])
    assert json.loads(json.dumps(held)) == held
    cells = [
        new_markdown_cell("# Report"),
        shown(display.finding(story.article_finding(ledger))),
        shown(display.note(story.about(article))),
        shown(display.table(listings.figures(ledger), title, listings.FIGURES, {"stated": "link"}, note=left)),
        shown(display.table(listings.claims(ledger), left, listings.CLAIMS, {"behind": "link"})),
        shown(display.table(listings.sources(ledger), title, listings.SOURCES)),
        shown(display.annotated(article, display.marks(ledger.claims, ledger.figures))),
    ]
    return document(new_notebook(cells=cells, metadata={"title": title}), "report", extra=manifest.page(held))


def letters(text: str) -> list[str]:
    """The Latin letters and digits of a text, by which it is known whatever becomes of the rest."""
    return re.findall(r"[A-Za-z0-9]{2,}", text)


@QUICK
@given(found=extractions(), title=ODD, left=SAID)
def test_a_report_shows_it_as_text(found, title, left):
    ledger = Ledger.from_extractions([found])
    made = report(ledger, title, left)
    page = html.render(made)
    assert not set(page) & set("\x00\x1b\u202e")
    root = etree.fromstring(page, etree.HTMLParser(huge_tree=True))
    assert not root.xpath("//script|//iframe|//object|//form|//svg|//*[@onload or @onerror]")
    assert not [a for a in root.xpath("//@href|//@src") if not a.startswith(("#", "data:image/", "data:,", "http"))]
    said = " ".join("".join(root.xpath("//main//text()")).split())
    assert set(letters(ledger.documents["text"][0])) <= set(letters(said))
    printed = pdf.render(made)
    assert printed.content.startswith(b"%PDF")
    pages = pypdfium2.PdfDocument(printed.content)
    text = "".join(pages[i].get_textpage().get_text_bounded() for i in range(len(pages)))
    assert "Howthisreportwasmade" in "".join(text.split())
    assert pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(pages) == 0
    assert pypdfium2.raw.FPDFDoc_GetAttachmentCount(pages) == 0


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "'"])
def test_no_formula_gets_into_a_spreadsheet(tmp_path, text):
    article = Article.from_text("40 died.", "a", title=text, publisher=text)
    ledger = Ledger.from_extractions([Extraction(article, (), ())])
    ledger.save(tmp_path, "csv")
    with (tmp_path / "documents.csv").open(newline="", encoding="utf-8") as f:
        (row,) = csv.DictReader(f)
    assert row["title"] == row["publisher"] == f"'{text}"
    assert Ledger.load(tmp_path).documents["title"][0] == text
