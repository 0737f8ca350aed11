"""PDF files: the text of their pages, line by line, put together into paragraphs."""

from __future__ import annotations

import collections
import ctypes
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
from pypdfium2 import PdfDocument, PdfPage

from ascribe.articles.article import Article
from ascribe.articles.characters import known, load, storable
from ascribe.articles.layout import Line, paragraphs
from ascribe.errors import ArticleError

BREAKS = "\x02\ufffe"
"""Pdfium's marks for a hyphen at the end of a line."""
NO_TITLE = re.compile(r"untitled.*|microsoft word.*|.*\.(?:docx?|indd|qxp|pdf|rtf|txt|html?|pages|odt|tex)", re.I)


def read(path: Path) -> Iterator[Article | ArticleError]:
    """One article: the paragraphs of all pages, without running heads and page numbers, broken words made whole.

    The day a PDF was made is not the day it was published: it is kept as `meta["created"]`, and `published` is None.
    """
    data = load(path)
    if b"%PDF-" not in data[:1024]:
        raise ArticleError(path, "not a PDF file: give the article under its own suffix")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        locked = "password" in str(e).lower()
        why = "it needs a password: save it without one" if locked else "it is damaged: save or fetch it again"
        raise ArticleError(path, f"the PDF cannot be opened; {why}") from e
    try:
        text = storable("\n\n".join(paragraphs(list(pages(document)))))
        said = document.get_metadata_dict(skip_empty=True)
        count = len(document)
    except Exception as e:  # a damaged page costs this file only
        raise ArticleError(path, f"the PDF cannot be read ({type(e).__name__}): save or fetch it again") from e
    finally:
        document.close()
    if not any(c.isalnum() for c in text):
        extent = f"{count} page{'s' * (count != 1)}"
        raise ArticleError(path, f"no text in this PDF ({extent}, pictures only?): run text recognition (OCR) on it")
    title = known(said.get("Title"))
    yield Article(
        doc_id=path.stem, text=text, body=(0, len(text)), author=known(said.get("Author")), path=str(path),
        title=None if title is None or NO_TITLE.fullmatch(title) else title,
        meta={"created": said["CreationDate"]} if said.get("CreationDate") else {},
    )  # fmt: skip


def pages(document: PdfDocument) -> Iterator[list[Line]]:
    for page in document:
        yield list(lines(page))
        page.close()


def lines(page: PdfPage) -> Iterator[Line]:
    """The lines of a page, in the order of its content."""
    textpage, (_, height) = page.get_textpage(), page.get_size()
    line = Gathered(height)
    for i in range(textpage.count_chars()):
        character = chr(min(raw.FPDFText_GetUnicode(textpage.raw, i), 0x10FFFF))
        if character not in "\r\n" + BREAKS:
            line.add(character, textpage.raw, i)
            continue
        if character in BREAKS:
            line.characters.append("-")
        yield from line.done()
        line = Gathered(height)
    yield from line.done()
    textpage.close()


class Gathered:
    """The characters of one line, and where they stand."""

    def __init__(self, page: float) -> None:
        self.page, self.characters, self.lefts, self.rights = page, [], [], []
        self.baselines: collections.Counter[float] = collections.Counter()
        self.sizes: collections.Counter[float] = collections.Counter()
        self.box = [ctypes.c_double() for _ in range(4)]

    def add(self, character: str, textpage: object, i: int) -> None:
        self.characters.append(character)
        left, right, bottom, top = self.box
        if character.isspace() or not raw.FPDFText_GetCharBox(textpage, i, left, right, bottom, top):
            return
        self.lefts.append(left.value)
        self.rights.append(right.value)
        self.sizes[round(raw.FPDFText_GetFontSize(textpage, i), 1)] += 1
        if raw.FPDFText_GetCharOrigin(textpage, i, bottom, top):
            self.baselines[round(top.value, 1)] += 1

    def done(self) -> Iterator[Line]:
        text = "".join(self.characters).replace("\xad", "").strip()
        if text and self.baselines:
            (baseline, _), (size, _) = self.baselines.most_common(1)[0], self.sizes.most_common(1)[0]
            yield Line(text, min(self.lefts), max(self.rights), baseline, size, self.page)
