"""Web pages: title, date, publisher, author and text, as trafilatura finds them."""

from __future__ import annotations

import codecs
import copy
import datetime as dt
import functools
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from ascribe.articles import dates
from ascribe.articles.article import Article
from ascribe.articles.characters import as_said, known, load, refuse_binary, storable
from ascribe.articles.leads import with_leads
from ascribe.articles.page import BLOCK_END, LINE_BREAK, plain, shown
from ascribe.articles.page import blocks as page_blocks
from ascribe.errors import ArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.I)
BODY = re.compile(r"<(?:html|body)\b", re.I)
BREAKS = re.compile(r"<br\s{0,9}/?>(?:\s*<br\s{0,9}/?>){2,}", re.I)
SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")
LINES = re.compile(rf"\s*{LINE_BREAK}\s*")
NOT_DATED_BY = "img|picture|svg|aside|footer|nav|form|figure|blockquote|comment"
DATED = re.compile(r"date|time|publish|byline|posted|meta", re.I)


class NoArticleError(ArticleError):
    """The page was read, and holds no article: a menu, a login, a list of links."""


def read(path: Path) -> Iterator[Article | ArticleError]:
    """One article from a saved page."""
    raw = load(path)
    yield page(raw, place=path, doc_id=path.stem, path=str(path))


def page(raw: bytes | str, *, place: object, doc_id: str, path: str, url: str | None = None,
         charset: str | None = None) -> Article:  # fmt: skip
    """The article of a page given as bytes (or a string); `charset` is what the server called its encoding.

    Raises ArticleError where the bytes are no page, or a page with no article in it.
    """
    markup = raw if isinstance(raw, str) else decode(raw, place, charset)
    try:
        tree = trafilatura().load_html(whole(markup))
        seen = None if tree is None else shown(copy.deepcopy(tree))
        found = tree is not None and trafilatura().bare_extraction(
            copy.deepcopy(seen), url=url, with_metadata=True, include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
        )  # fmt: skip
        blocks = list(text_blocks(storable(found.text or ""))) if found else []
        blocks, notes = with_leads(seen, blocks) if blocks else (blocks, ())
    except Exception as e:  # hostile markup: whatever it does to the libraries, it costs this page only
        raise ArticleError(place, f"the page cannot be taken apart ({type(e).__name__}): save its text as .txt") from e
    if not any(len(b) >= 40 and SENTENCE.search(b) for b in blocks):
        raise NoArticleError(place, "no article in this HTML page: save the page of the article itself, or its text")
    text, url = "\n\n".join(blocks), known(found.url) or url
    return Article(
        doc_id=doc_id, text=text, body=(0, len(text)), title=known(plain(found.title)),
        publisher=publisher(tree, found), author=known(plain(found.author)), url=url, published=published(tree, url),
        language=language(tree), path=path, notes=notes,
    )  # fmt: skip


def whole(markup: str) -> str:
    """A page as trafilatura takes it: no fragment, no long row of `<br>`, of whose number it takes the square."""
    markup = BREAKS.sub("<br><br>", plain(markup))
    return markup if BODY.search(markup) else f"<html><body><div>{markup}</div></body></html>"


def everything(markup: str) -> list[str]:
    """All the words of a page, a block each, its menus and all."""
    tree = trafilatura().load_html(whole(markup))
    lines = [] if tree is None else (line for text in page_blocks(shown(tree)) for line in text.split(BLOCK_END))
    return [b for line in lines if (b := block(line))]


def text_blocks(text: str) -> Iterator[str]:
    """The paragraphs of trafilatura's text, and the rows of its tables, cells parted by tabs; without its marks."""
    for line in text.split("\n"):
        line = line.strip()
        if line.startswith("|") and line.rstrip(f" {BLOCK_END}").endswith("|"):
            cells = [" ".join(plain(cell).split()) for cell in line.strip("|").split("|")]
            if len(cells) > 1:
                yield from () if all(set(cell) <= {"-"} for cell in cells) else ("\t".join(cells).strip(),)
                continue
            line = line.strip("|")
        yield from filter(None, (block(part) for part in line.split(BLOCK_END)))


def block(line: str) -> str:
    """A paragraph with its line breaks as the page has them."""
    return LINES.sub("\n", line.strip()).removeprefix("- ")


@functools.cache
def trafilatura() -> ModuleType:
    """The library, imported when first needed, and kept from writing its own troubles to the user's terminal."""
    import trafilatura as library

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return library


def decode(raw: bytes, place: object, charset: str | None = None) -> str:
    """A page's characters: by byte order mark, the server's word, the page's word, as UTF-8, or as the HTML standard
    takes a page that says nothing, as Windows-1252."""
    refuse_binary(raw, place)
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, "replace").lstrip("\ufeff")
    declared = CHARSET.search(raw, 0, 4096)
    return as_said(raw, charset, declared and declared[1].decode("ascii"))


def publisher(tree: HtmlElement, found: object) -> str | None:
    """og:site_name as written, else what trafilatura makes of the page's other words on itself."""
    for name in tree.xpath("//meta[@property='og:site_name' or @name='og:site_name']/@content"):
        if known(name):
            return known(name)
    return known(plain(found.sitename))


def published(tree: HtmlElement, url: str | None) -> dt.date | None:
    """The day the page says it was published. Dates in prose, pictures and footers are other days."""
    from htmldate import find_date

    tree = copy.deepcopy(tree)
    for element in list(tree.iter()):
        named = f"{element.get('class', '')} {element.get('id', '')}" if isinstance(element.tag, str) else ""
        prose = element.tag == "p" and not DATED.search(named) and not element.findall(".//time")
        if (prose or element.tag in NOT_DATED_BY.split("|")) and element.getparent() is not None:
            element.drop_tree()
    try:
        return dates.parse(find_date(tree, extensive_search=False, original_date=True, url=url, max_date="2100-01-01"))
    except Exception:  # as above: an odd date costs the date only
        return None


def language(tree: HtmlElement) -> str | None:
    """The language that the page declares ("en-GB" is en)."""
    declared = tree.xpath("string((/html/@lang | /html/@xml:lang)[1])").strip().lower()
    return declared.split("-")[0].split("_")[0] if re.fullmatch(r"[a-z]{2,3}([-_][\w-]{1,20})?", declared) else None
