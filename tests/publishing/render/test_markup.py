"""Anybody's HTML comes out as plain elements and text."""

from __future__ import annotations

import html
import re
import time

import pytest
from ascribe.publishing.render.markup import CLASSES, parse, to_html, visible
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

HOSTILE = (
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{display:none}</style>",
    "<iframe src=//example.org></iframe>",
    "<math><mi xlink:href='javascript:x'>y",
    "<xmp><script>alert(1)</script></xmp>",
    "<p style='background:url(//example.org/x)'>x",
    "<!--><script>alert(1)</script>-->",
    "<plaintext><b>",
    "</body></html><script>alert(1)</script>",
    "<svg><style><img src=x onerror=alert(1)>",
    "<table><td background=//example.org>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//example.org>",
    "<form action=//example.org><input></form>",
    "<details ontoggle=alert(1) open>x",
    "{{7*7}} =HYPERLINK(1) #let x = 1 \\input{x}",
    "a\0b\u202ec",
    "\ud800",
)
KNOWN = {"class", "id", "title", "href", "src", "alt", "colspan", "rowspan", "scope", "start", "style"}


def harmless(markup: str) -> None:
    """Fails where markup holds an element, attribute or address that is not plain."""
    root = etree.fromstring(f"<div>{markup}</div>".encode(), etree.HTMLParser(huge_tree=True))
    for element in root.iter():
        assert element.tag not in (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "math",
            "meta",
            "base",
            "form",
        )
        for name, value in element.attrib.items():
            assert name in KNOWN, name
            if name == "href":
                assert re.match(r"https?:|mailto:|#", value, re.I)
            if name == "src":
                assert value.startswith("data:image/")
            if name == "style":
                assert "url" not in value and "expression" not in value
            if name == "class":
                assert set(value.split()) <= CLASSES


@pytest.mark.parametrize("fragment", HOSTILE)
def test_hostile_markup_becomes_harmless(fragment):
    harmless(to_html(parse(fragment)))
    harmless(to_html(parse(f"<table><tr><td>{fragment}</td></tr></table>")))


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_comes_out_as_text(text):
    shown = to_html(parse(f"<p>{html.escape(text)}</p>"))
    harmless(shown)
    (node,) = parse(f"<p>{html.escape(text)}</p>")
    expected = text.replace("\0", "[U+0000]").replace("\u202e", "[U+202E]").replace("\ud800", "\ufffd")
    assert node.text() == expected


PIECES = st.sampled_from(
    [*HOSTILE, "<p>", "</p>", "<td>", "<table>", "</table>", "<b", "'", '"', ">", "<!--", "&#0;", "&lt;"]
)


@given(st.lists(PIECES | st.text(), max_size=12).map("".join))
@example("<div>" * 3000 + "x" + "</div>" * 3000)
@example("<a href='&#106;avascript:alert(1)'>")
@example("<img src='data:text/html;base64,PHNjcmlwdD4='>")
def test_any_markup_becomes_harmless(fragment):
    shown = to_html(parse(fragment))
    harmless(shown)
    assert to_html(parse(shown)) is not None


@given(st.text(min_size=1))
def test_any_text_survives(text):
    (node,) = parse(f"<pre>|{html.escape(text)}|</pre>")
    assert node.text() == f"|{visible(text)}|"


@pytest.mark.parametrize("bit", ["<div>", "<b>", "</", "<svg", "</body", "&", "<td>", "#a{", "<style>", '"'])
def test_time_grows_with_length_alone(bit):
    start = time.perf_counter()
    to_html(parse(bit * 40_000))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<b>bold</b> <i>it</i>", "<strong>bold</strong> <em>it</em>"),
        ("<p>a<table><tr><td>1</td></tr></table></p>", "<table><tr><td>1</td>\n</tr>\n</table>\n"),
        ("<a href='https://example.org/?a=1&b=2'>x</a>", '<a href="https://example.org/?a=1&amp;b=2">x</a>'),
        ("<img src='https://example.org/a.png' alt='A map'>", '<a href="https://example.org/a.png">[image: A map]</a>'),
        ("<style>#T_1_r { color: red; }</style><td id='T_1_r'>1</td>", '<td style="color:red">1</td>\n'),
        ("<mark class='claim evil' id='c1' onclick='x'>w</mark>", '<mark class="claim" id="c1">w</mark>'),
    ],
)
def test_what_is_kept(fragment, expected):
    assert expected in to_html(parse(fragment))


def test_a_drawing_becomes_an_image():
    (node,) = parse('<svg viewBox="0 0 1 1" onload="alert(1)"><circle r="1"/></svg>')
    assert node.tag == "img" and node.attributes["src"].startswith("data:image/svg+xml;base64,")
