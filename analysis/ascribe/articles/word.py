"""Word documents."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.articles.article import Article
from ascribe.articles.characters import known, load, storable
from ascribe.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element

UNPACKED = 256 * 2**20
"""Bytes that a document may unpack to: a small file can be made to hold terabytes."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEFT_OUT = {W + "del", W + "moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


def read(path: Path) -> Iterator[Article | ArticleError]:
    """One article: its paragraphs, and a line for each row of a table. Tracked insertions are in, deletions out.

    The day a document was made is not the day it was published, so `published` is None.
    """
    load(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > UNPACKED:
                raise ArticleError(path, f"the document unpacks to more than {UNPACKED:,} bytes: save its text as .txt")
        import docx

        document = docx.Document(str(path))
        blocks = list(paragraphs(document.element.body))
        properties = document.core_properties
        title, author = known(properties.title), known(properties.author)
        styled = next((p.text for p in document.paragraphs if p.style is not None and p.style.name == "Title"), None)
    except ArticleError:
        raise
    except Exception as e:  # a ZIP, XML and package reader in a row, each with errors of its own
        raise ArticleError(
            path, f"not a Word document that can be read ({type(e).__name__}): save it again as .docx"
        ) from e
    text = storable("\n\n".join(blocks))
    if not text.strip():
        raise ArticleError(path, "the document has no text in it")
    yield Article(
        doc_id=path.stem, text=text, body=(0, len(text)), title=known(styled) or title,
        author=None if author == "python-docx" else author, path=str(path),
    )  # fmt: skip


def paragraphs(body: _Element) -> Iterator[str]:
    """The texts that are not empty of paragraphs and of table rows (cells parted by a tab), in order."""
    blocks: dict[_Element, list[str]] = {}
    for element in walk(body):
        if element.tag == W + "p":
            row = next(element.iterancestors(W + "tr"), None)
            blocks.setdefault(element if row is None else row, []).append(words(element))
    for parts in blocks.values():
        if text := "\t".join(filter(None, parts)):
            yield text


def words(paragraph: _Element) -> str:
    """A paragraph's own text, without that of text boxes anchored in it."""
    parts = []
    for element in walk(paragraph, within=W + "p"):
        if element.tag == W + "t":
            parts.append(element.text or "")
        else:
            parts.append(MARKS.get(element.tag, ""))
    return "".join(parts).strip()


def walk(element: _Element, within: str | None = None) -> Iterator[_Element]:
    """The elements below in order; those of `LEFT_OUT`, and of the kind `within`, are not entered."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag not in LEFT_OUT and child.tag != within:
            yield child
            stack.append(iter(child))
