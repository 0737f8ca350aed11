"""RSS and Atom: the addresses of the pages that a feed lists."""

from __future__ import annotations

from urllib.parse import urljoin

from lxml import etree

from ascribe.errors import ArticleError

SUFFIXES = (".xml", ".rss", ".atom")
"""Files that are read as a feed where they are named. In a folder they are passed by: XML may be anything."""
KINDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
ROOTS = ("rss", "RDF", "feed")
MOST = 200
"""Pages that are taken of one feed, the first ones."""


def pages(raw: bytes, place: str, base: str = "") -> list[str]:
    """The addresses of the pages of a feed, each once, in its order; `base` is the feed's own address.

    Entities and other files are not read. Raises ArticleError, naming `place`, where it is no feed or lists no page.
    """
    root = tree(raw)
    if root is None or name(root) not in ROOTS:
        raise ArticleError(place, "not a feed: neither RSS nor Atom")
    entries = (node for node in root.iter() if isinstance(node.tag, str) and name(node) in ("item", "entry"))
    found = dict.fromkeys(urljoin(base, link) for entry in entries if (link := page(entry)))
    if not found:
        raise ArticleError(place, "the feed lists no page")
    return list(found)


def tree(raw: bytes) -> etree._Element | None:
    """The root of an XML document; None where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        return etree.fromstring(raw.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def page(entry: etree._Element) -> str:
    """The address of an entry's page; an empty string where it names none."""
    for node in entry:
        if isinstance(node.tag, str) and name(node) == "link":
            if node.get("href") and node.get("rel", "alternate") == "alternate":
                return node.get("href").strip()
            if node.text and node.text.strip():
                return node.text.strip()
    return ""


def name(node: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(node).localname
