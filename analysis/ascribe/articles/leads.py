"""The first paragraphs of an article, which taking boilerplate off a page can take along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ascribe.articles.page import paragraphs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
LEAD = re.compile(
    r"teaser|\bleads?\b|\blede\b|\bintro|standfirst|summary|excerpt|abstract|\bdeck?\b|kicker|opening", re.I
)
ARTICLE = frozenset(("article", "main"))
BESIDE = frozenset(
    ("aside", "nav", "footer", "form", "figure", "a", "button", "label", "dialog", "noscript", "template")
)
SHORTEST, SHORTEST_LEAD = 40, 15
"""Characters of a paragraph below which it is a label or a byline, and of one that the page calls its lead."""
LINKS = 0.3
"""Share of a paragraph's characters that are links, from which on it leads elsewhere."""


def with_leads(tree: HtmlElement, blocks: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The blocks of an article with the paragraphs of its opening that were left out, and notes on others left out.

    Only paragraphs in the same article of the page count, and no links to other stories.
    """
    text = " ".join(" ".join(blocks).split())
    found = [(e, words) for e, words in paragraphs(tree) if words and (e.tag == "p" or LEAD.search(named(e)))]
    kept = [element for element, words in found if words in text]
    if not kept:
        return blocks, ()
    home = around(kept)
    inside = [(e, words) for e, words in found if home is e or home in e.iterancestors()]
    first = next(n for n, (_, words) in enumerate(inside) if words in text)
    missing = [(n, e, words) for n, (e, words) in enumerate(inside) if words not in text and prose(e, words, home)]
    leads = [words for n, e, words in missing if n < first and is_lead(e, home)]
    others = [words for _, _, words in missing if words not in leads and len(words) >= SHORTEST]
    notes = ()
    if others:
        count = f"{len(others)} paragraph{'s' * (len(others) > 1)} of the page"
        notes = (f"{count} left out as not the article's: “{others[0][:60].strip()}…”",)
    at = place_of(inside[first][1], blocks)
    return blocks[:at] + leads + blocks[at:], notes


def around(kept: list[HtmlElement]) -> HtmlElement:
    """The element that holds the article: the page's own word for it, else what is around all its paragraphs."""
    shared = [kept[0], *kept[0].iterancestors()]
    for element in kept[1:]:
        ancestors = {element, *element.iterancestors()}
        shared = [s for s in shared if s in ancestors]
    home = shared[0] if shared else kept[0]
    own = (e for e in (home, *home.iterancestors()) if e.tag in ARTICLE or "articleBody" in e.get("itemprop", ""))
    parent = home.getparent()
    return next(own, parent if parent is not None and home.tag == "p" else home)


def prose(element: HtmlElement, words: str, home: HtmlElement) -> bool:
    """Whether a paragraph is one of running text, not a link to another story, a form or a caption."""
    for parent in element.iterancestors():
        if parent is home:
            break
        if parent.tag in BESIDE:
            return False
    linked = sum(len(a.text_content()) for a in element.iter("a"))
    return len(words) >= SHORTEST_LEAD and bool(SENTENCE.search(words)) and linked < LINKS * len(words)


def named(element: HtmlElement) -> str:
    """What a page calls an element."""
    return f"{element.get('class', '')} {element.get('id', '')}"


def is_lead(element: HtmlElement, home: HtmlElement) -> bool:
    """Whether the page calls a paragraph its lead, and it is no teaser for another story: those are links."""
    for parent in (element, *element.iterancestors()):
        if parent is home:
            return False
        if LEAD.search(named(parent)):
            linked = sum(len(a.text_content()) for a in parent.iter("a"))
            return linked < LINKS * len(parent.text_content())
    return False


def place_of(words: str, blocks: list[str]) -> int:
    """The block that holds the words."""
    return next((n for n, block in enumerate(blocks) if words in " ".join(block.split())), 0)
