"""The HTML page: self-contained, and everything that was said is in it as text."""

from __future__ import annotations

import itertools
import json
import re

import pandas as pd
from ascribe.publishing.render import html
from ascribe.publishing.render.document import document
from ascribe.publishing.render.markup import Node
from ascribe.publishing.render.pdf.setting import TypstWriter
from hostile import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output


def test_the_page_needs_nothing_else(page):
    root = etree.fromstring(page.read_bytes(), etree.HTMLParser())
    assert not root.xpath("//script|//iframe|//object|//embed|//form|//base|//svg|//link[not(@href='data:,')]")
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on")]
    for address in root.xpath("//@src"):
        assert address.startswith("data:image/")
    assert "url(" not in "".join(root.xpath("//style/text()")) and "@import" not in page.read_text()
    assert "default-src 'none'" in root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_everything_that_was_said_is_there(page):
    root = etree.fromstring(page.read_bytes(), etree.HTMLParser())
    said = " ".join("".join(root.xpath("//body//text()")).split())
    assert said.count(" ".join(HOSTILE.split())) >= 8
    assert root.xpath("//title/text()") == [HOSTILE]
    assert root.xpath("//figure//img/@alt") == [f"A chart. {HOSTILE}"]
    assert HOSTILE in root.xpath("//mark/@title")


def test_headings_links_and_tables(page):
    root = etree.fromstring(page.read_bytes(), etree.HTMLParser())
    levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch(r"h\d", str(e.tag))]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in itertools.pairwise(levels))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [h[1:] for h in root.xpath("//a/@href") if h.startswith("#")]
    assert "fig_1" in inner and set(inner) <= set(ids) and "nowhere" not in inner
    assert root.xpath("//table/caption") and all(th.get("scope") for th in root.xpath("//table[caption]//th"))
    assert root.xpath("//td[@class='n']/text()")[0] == "90,000"
    assert root.xpath("//p[@dir='rtl']")


def test_a_number_column_of_any_notebook_is_set_right():
    frame = pd.DataFrame({"a": [1.5, -2], "b": ["x", "1"], "c": [None, 3]})
    cell = new_code_cell("df", outputs=[new_output("execute_result", data={"text/html": frame.to_html()})])
    root = etree.fromstring(html.render(document(new_notebook(cells=[cell]), "t")), etree.HTMLParser())
    assert [th.get("class") for th in root.xpath("//thead/tr/*")] == [None, "n", None, "n"]


def test_output_kinds_and_tags():
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    outputs = [
        new_output("display_data", data={"image/png": png}, metadata={"image/png": {"alt": "A dot"}}),
        new_output("display_data", data={"text/markdown": "*soft*", "text/plain": "no"}),
        new_output("display_data", data={"text/html": "<script>draw()</script>", "text/plain": "the plain words"}),
        new_output("stream", text="10%\r100%\n\x1b[1mbold\x1b[0m"),
        new_output("display_data", data={"application/json": json.dumps({})}),
    ]
    cells = [
        new_code_cell("secret()", metadata={"tags": ["remove-input"]}, outputs=outputs),
        new_code_cell("gone()", metadata={"tags": ["remove-cell"]}, outputs=outputs),
        new_markdown_cell(
            "![pic](attachment:a.png) ![far](https://example.org/a.png)", attachments={"a.png": {"image/png": png}}
        ),
    ]
    text = html.render(document(new_notebook(cells=cells), "t"))
    assert 'alt="A dot"' in text and "<em>soft</em>" in text and "the plain words" in text
    assert "100%\nbold" in text and "10%\r" not in text
    assert "secret" not in text and "gone()" not in text
    assert text.count("<img") == 2 and "[image: far]" in text


def test_pictures_attached_to_a_cell_are_shown_and_those_missing_are_named():
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
    attached = {"a dot.png": {"image/png": dot}, "b.png": {"image/png": dot}}
    cells = [
        new_markdown_cell("# Dots ![in the title](attachment:b.png)", attachments=attached),
        new_markdown_cell("## More ![in a heading](attachment:b.png)", attachments=attached),
        new_markdown_cell("![coded](attachment:a%20dot.png) ![plain](<attachment:a dot.png>)", attachments=attached),
        new_markdown_cell("![lost](attachment:c.png) ![](attachment:d.png)", attachments=attached),
    ]
    shown = document(new_notebook(cells=cells), "t")
    text = html.render(shown)
    assert shown.title == "Dots"
    assert re.findall(r'<img[^>]* alt="([^"]*)"', text) == ["in the title", "in a heading", "coded", "plain"]
    assert "[image: lost]" in text and "[image: attachment:d.png]" in text


def test_formulas_are_drawn_and_what_cannot_be_stays_as_written():
    cell = new_markdown_cell("Energy $E = mc^2$ and $\\begin{x}$ and <b>$\\frac{1}{2}$</b>; \\$5.\n\n$$\\sum_i x_i$$")
    text = html.render(document(new_notebook(cells=[cell]), "t"))
    root = etree.fromstring(text, etree.HTMLParser())
    assert root.xpath("//img[@class='math']/@alt") == ["E = mc^2", "\\frac{1}{2}", "\\sum_i x_i"]
    assert "\\begin{x}" in text and "$5." in text
    assert text == html.render(document(new_notebook(cells=[cell]), "t"))


ANY = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JSON = st.recursive(
    ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner), max_leaves=6
)
KINDS = st.sampled_from(["text/html", "text/plain", "text/markdown", "text/latex", "image/png", "image/svg+xml", "x/y"])
WORDS = st.text(max_size=20)
OUTPUTS = st.one_of(
    st.fixed_dictionaries({"output_type": st.just("display_data"), "data": st.dictionaries(KINDS, JSON)}),
    st.fixed_dictionaries({"output_type": st.just("stream"), "name": WORDS, "text": WORDS | st.lists(WORDS)}),
    st.fixed_dictionaries(
        {"output_type": st.just("error"), "ename": WORDS, "evalue": WORDS, "traceback": st.lists(WORDS)}
    ),
)
MARKDOWN = st.text(alphabet="a#*_`[]()!|-<>&$\\\n ", max_size=80)
MARKDOWN_CELLS = st.builds(lambda s: {"cell_type": "markdown", "metadata": {}, "source": s}, MARKDOWN)
CODE_CELLS = st.fixed_dictionaries(
    {"cell_type": st.just("code"), "metadata": st.just({}), "source": WORDS, "outputs": st.lists(OUTPUTS, max_size=2)}
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(MARKDOWN_CELLS | CODE_CELLS, max_size=4),
    st.dictionaries(st.sampled_from(["title", "language", "kernelspec"]), JSON),
)
def test_any_notebook_becomes_a_page_and_data_for_the_pdf(cells, metadata):
    made = document({"cells": cells, "metadata": metadata}, "t")  # what nbformat would refuse, too
    root = etree.fromstring(html.render(made), etree.HTMLParser(huge_tree=True))
    assert not root.xpath("//script|//iframe|//*[@onload]")
    assert next(int(e.tag[1]) for e in root.iter() if re.fullmatch(r"h\d", str(e.tag))) == 1
    json.dumps(TypstWriter(made).blocks(made.blocks))


def test_a_report_keeps_its_code_for_the_end():
    cells = [new_code_cell(f"step_{i}()", outputs=[new_output("stream", text=f"out {i}")]) for i in (1, 2)]
    last = [Node("h2", {}, ["How this report was made"])]
    made = document(new_notebook(cells=cells), "t", extra=last, code_last=True)
    root = etree.fromstring(html.render(made), etree.HTMLParser())
    said = " ".join("".join(root.xpath("//main//text()")).split())
    assert said.index("out 2") < said.index("How this report") < said.index("step_1()") < said.index("step_2()")
    assert len(root.xpath("//details")) == 1
    between = html.render(document(new_notebook(cells=cells), "t"))
    assert between.index("step_1") < between.index("out 1") < between.index("step_2")


def test_columns_of_sentences_keep_their_width_on_a_phone():
    frame = pd.DataFrame({"who": ["the Orvan Ministry of Health"], "n": [3], "words": ["word " * 20]})
    cell = new_code_cell("df", outputs=[new_output("execute_result", data={"text/html": frame.to_html(index=False)})])
    root = etree.fromstring(html.render(document(new_notebook(cells=[cell]), "t")), etree.HTMLParser())
    assert [td.get("class") for td in root.xpath("//tbody//td")] == ["m", "n", "w"]
    assert [th.get("class") for th in root.xpath("//thead//th")] == ["m", "n", "w"]
