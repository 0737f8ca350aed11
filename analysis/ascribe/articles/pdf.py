"""PDF files: the text of their pages, line by line, put together into paragraphs."""

from __future__ import annotations

import collections
import ctypes
import dataclasses
import itertools
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
from pypdfium2 import PdfDocument, PdfPage

from ascribe.articles.article import Article
from ascribe.articles.characters import known, load, storable
from ascribe.articles.layout import Cell, Line, paragraphs
from ascribe.articles.marks import raised
from ascribe.errors import ArticleError

BREAKS = "\x02\ufffe"
"""Pdfium's marks for a hyphen at the end of a line."""
ABOVE = 0.2
"""How far above the line a raised character's lower edge is, as a share of the type's size."""
WIDE = 0.5
"""A gap between words, as a share of the type's size, from which on it may part the cells of a table."""
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
            line.glyphs.append(Glyph("-"))
        yield from line.done()
        line = Gathered(height)
    yield from line.done()
    textpage.close()


@dataclasses.dataclass(frozen=True, slots=True)
class Glyph:
    """A character of a page: where it begins and ends, its lower edge, its baseline, its type's size, in points.

    Without a place (`left` None) it is a blank, which pdfium may have put in itself.
    """

    character: str
    left: float | None = None
    right: float = 0.0
    bottom: float = 0.0
    baseline: float = 0.0
    size: float = 0.0


class Gathered:
    """The characters of one line, and where they stand."""

    def __init__(self, page: float) -> None:
        self.page = page
        self.glyphs: list[Glyph] = []
        self.box = [ctypes.c_double() for _ in range(4)]
        self.matrix = raw.FS_MATRIX()

    def add(self, character: str, textpage: object, i: int) -> None:
        left, right, bottom, top = self.box
        if character.isspace() or not raw.FPDFText_GetCharBox(textpage, i, left, right, bottom, top):
            self.glyphs.append(Glyph(character))
            return
        begins, ends, lower = left.value, right.value, bottom.value
        x, y = self.box[:2]
        baseline = y.value if raw.FPDFText_GetCharOrigin(textpage, i, x, y) else lower
        self.glyphs.append(Glyph(character, begins, ends, lower, round(baseline, 1), self.size(textpage, i)))

    def size(self, textpage: object, i: int) -> float:
        """The size of a character's type: some files set it to 1 and scale the text's matrix instead."""
        size = raw.FPDFText_GetFontSize(textpage, i)
        if raw.FPDFText_GetMatrix(textpage, i, self.matrix):
            size *= math.hypot(self.matrix.b, self.matrix.d) or 1
        return round(size, 1)

    def done(self) -> Iterator[Line]:
        placed = [g for g in self.glyphs if g.left is not None]
        if not placed:
            return
        baseline = collections.Counter(g.baseline for g in placed).most_common(1)[0][0]
        size = collections.Counter(g.size for g in placed).most_common(1)[0][0]
        text, cells = self.text(baseline, size)
        if text:
            left, right = min(g.left for g in placed), max(g.right for g in placed)
            yield Line(text, left, right, baseline, size, self.page, cells)

    def text(self, baseline: float, size: float) -> tuple[str, tuple[Cell, ...]]:
        """The line's words, raised marks set apart, with a tab in each wide gap; and where the parts between are."""
        parts: list[str] = []
        cells: list[Cell] = []
        at = 0
        for above, group in itertools.groupby(self.glyphs, lambda g: is_above(g, baseline, size)):
            run = list(group)
            at += len(run)
            if above:
                after = self.glyphs[at].character if at < len(self.glyphs) else ""
                parts.append(raised("".join(g.character for g in run), "".join(parts[-2:]), after))
            for glyph in run:
                if glyph.left is not None and not (cells and glyph.left - cells[-1][1] <= WIDE * size):
                    parts += ["\t"] if cells else []
                    cells.append((glyph.left, glyph.right))
                elif glyph.left is not None:
                    cells[-1] = cells[-1][0], glyph.right
                if not above:
                    parts.append(glyph.character)
        return re.sub(r" *\t *", "\t", "".join(parts).replace("\xad", "")).strip(), tuple(cells)


def is_above(glyph: Glyph, baseline: float, size: float) -> bool:
    """Whether a letter or digit stands above the line, raised or drawn as a small one."""
    return glyph.left is not None and glyph.character.isalnum() and glyph.bottom > baseline + ABOVE * size
