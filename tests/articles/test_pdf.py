"""PDF: paragraphs as well as the layout allows."""

from article_files import BODY, MORE, pdf
from ascribe.articles import Article, read
from ascribe.errors import ArticleError


def one(path) -> Article:
    [article] = read([path])
    return article


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


def test_pdf_in_two_columns(tmp_path):
    written = [f"{BODY} {MORE} {BODY}", f"{MORE} {BODY} {MORE}", f"{BODY} {MORE} {MORE}"]
    source = "#set page(width: 16cm, height: 9cm, columns: 2)\n#set par(justify: true)\n\n" + "\n\n".join(written)
    assert one(pdf(tmp_path / "a.pdf", source)).text.split("\n\n") == written


def troubles(*inputs) -> tuple[list[str], list[str]]:
    """The doc_ids read and the messages given."""
    errors: list[ArticleError] = []
    articles = [a.doc_id for a in read(inputs, on_error=errors.append, on_note=lambda note: None)]
    return articles, [str(e) for e in errors]


def test_pdf_without_text(tmp_path):
    path = pdf(tmp_path / "scan.pdf", "#rect(width: 3cm, height: 2cm, fill: red)\n#pagebreak()\n#circle()")
    articles, [error] = troubles(path)
    assert not articles and "no text in this PDF (2 pages" in error and "OCR" in error
