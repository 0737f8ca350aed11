"""A page's tree before its text is taken: what a browser shows, with raised marks told from the line they stand above.

Libraries that take text out of pages see tags, not the page: a raised 3 becomes a digit, a line end of the source one
of the text, and what is hidden is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from ascribe.articles.marks import MARK, raised

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LINE_BREAK = "\N{SYMBOL FOR LINE FEED}"
"""Stands for a single `<br>` until the text is taken: a library would part paragraphs there."""
BLOCK_END = "\N{SYMBOL FOR RECORD SEPARATOR}"
"""Stands at the end of a paragraph until the text is taken: a library may run short ones together."""
SILENT = frozenset(("head", "script", "style", "template", "noscript", "title"))
KEEPS_LINES = frozenset(("pre", "textarea", "script", "style"))
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
RAISING = re.compile(r"vertical-align\s*:\s*(?:super|text-top)\b", re.I)
BLANKS = re.compile(r"[ \t\n\r\f]+")
BLOCKS = frozenset(
    ("p", "div", "li", "td", "th", "tr", "table", "ul", "ol", "blockquote", "section", "article", "h1", "h2", "h3",
     "h4", "h5", "h6", "pre", "figure", "dl", "dt", "dd", "header", "footer", "aside", "main", "body", "hr", "br"),
)  # fmt: skip


def shown(tree: HtmlElement) -> HtmlElement:
    """The tree, changed in place: hidden elements out, raised marks set apart, line breaks as a browser shows them."""
    unhide(tree)
    for element in list(tree.iter("sup", "span", "a")):
        if element.getparent() is not None and is_raised(element):
            set_apart(element)
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in KEEPS_LINES and not within(element, KEEPS_LINES):
            element.text = element.text and BLANKS.sub(" ", element.text)
        if element.tail and not within(element, KEEPS_LINES):
            element.tail = BLANKS.sub(" ", element.tail)
    for element in list(tree.iter("br")):
        break_line(element)
    for element in tree.iter("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption"):
        if len(element):
            element[-1].tail = (element[-1].tail or "") + BLOCK_END
        elif element.text:
            element.text += BLOCK_END
    return tree


def plain(words: str | None) -> str | None:
    """Words of a tree that `shown` made, on one line."""
    return words and words.replace(BLOCK_END, " ").replace(LINE_BREAK, " ")


def within(element: HtmlElement, tags: frozenset[str]) -> bool:
    return any(parent.tag in tags for parent in element.iterancestors())


def unhide(tree: HtmlElement) -> None:
    """Take out what a browser does not show, unless it is most of the page, which a script is to show."""
    hidden = [
        e for e in tree.iter() if isinstance(e.tag, str) and e.tag not in ("html", "body", "head")
        and (e.get("hidden") is not None or HIDDEN.search(e.get("style", "")))
    ]  # fmt: skip
    if not hidden:
        return
    whole = len(tree.text_content())
    for element in hidden:
        if element.getparent() is not None and 3 * len(element.text_content()) < whole:
            element.drop_tree()


def is_raised(element: HtmlElement) -> bool:
    """Whether an element stands above the line, or is a link to a note, which style sheets raise."""
    if element.tag == "sup" or RAISING.search(element.get("style", "")):
        return True
    words = element.text_content().strip()
    return element.tag == "a" and "#" in element.get("href", "") and bool(MARK.fullmatch(words)) and glued(element)


def glued(element: HtmlElement) -> bool:
    before = text_before(element)
    return bool(before) and not before[-1].isspace() and before[-1] not in "([—–-"


def set_apart(element: HtmlElement) -> None:
    """Put the words of a raised element as `marks.raised` has them. A raised part of a fraction only gets a space."""
    words, before, after = element.text_content(), text_before(element), element.tail or ""
    below = element.getnext()
    if after.strip() in ("/", "⁄") and below is not None and below.tag == "sub" and words.strip().isdigit():
        written = f" {words.strip()}" if before[-1:].isdigit() else words.strip()
        element.tail = "/"
    elif element.tag == "a":
        mark = words.strip().strip("[]()").strip()
        written = f"[{mark}]" if mark.isalnum() else mark
    else:
        written = raised(words, before, after)
    for child in list(element):
        element.remove(child)
    element.text = written
    element.drop_tag()


def text_before(element: HtmlElement) -> str:
    """The characters right before an element, in its block; "" where it opens one."""
    while element is not None and element.tag not in BLOCKS:
        earlier = element.getprevious()
        while earlier is not None:
            text = (earlier.tail or "") or ("" if earlier.tag in BLOCKS else last_text(earlier))
            if text or earlier.tag in BLOCKS:
                return text
            earlier = earlier.getprevious()
        element = element.getparent()
        if element is not None and element.text:
            return element.text
    return ""


def last_text(element: HtmlElement) -> str:
    return element.text_content() if isinstance(element.tag, str) else ""


def break_line(element: HtmlElement) -> None:
    """Put a mark for a single `<br>` amid text; two in a row part paragraphs, and stay."""
    earlier, later = element.getprevious(), element.getnext()
    parent = element.getparent()
    if parent is None:
        return
    before = (earlier.tail if earlier is not None else parent.text) or ""
    lonely = not before.strip() and (earlier is None or earlier.tag in BLOCKS)
    after = element.tail or ""
    if lonely or (not after.strip() and (later is None or later.tag in BLOCKS)):
        return
    element.tail = f" {LINE_BREAK} {after.lstrip()}"
    element.drop_tag()


def paragraphs(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The elements of a tree that hold a paragraph, in order, with their words on one line."""
    for element in tree.iter("p", "div", "section", "h2", "h3", "h4"):
        if element.tag == "p" or not any(child.tag in BLOCKS for child in element.iterdescendants()):
            yield element, " ".join(plain(element.text_content()).split())


def blocks(tree: HtmlElement) -> Iterator[str]:
    """All the text of a page as a browser would show it, a block at a time."""
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str) or element.tag in SILENT or within(element, SILENT):
            parts.append((element.tail or "") if event == "end" and not within(element, SILENT) else "")
            continue
        if element.tag in BLOCKS and parts:
            yield "".join(parts)
            parts = []
        parts.append((element.text if event == "start" else element.tail) or "")
    yield "".join(parts)
