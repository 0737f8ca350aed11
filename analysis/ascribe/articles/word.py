"""Word documents."""

from __future__ import annotations

import dataclasses
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.etree import _Entity as Entity

from ascribe.articles.article import Article
from ascribe.articles.characters import known, load, storable
from ascribe.articles.marks import raised
from ascribe.errors import ArticleError

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

UNPACKED = 256 * 2**20
"""Bytes that a document may unpack to: a small file can be made to hold terabytes."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEFT_OUT = {W + "del", W + "moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
STRICT, RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument", "_rels/.rels"
DEEPEST = 20
"""How many styles deep one may be based on another."""
MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


def read(path: Path) -> Iterator[Article | ArticleError]:
    """One article: its paragraphs, and a line for each row of a table. Tracked insertions are in; deletions and hidden
    text are out.

    The day a document was made is not the day it was published, so `published` is None.
    """
    load(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > UNPACKED:
                raise ArticleError(path, f"the document unpacks to more than {UNPACKED:,} bytes: save its text as .txt")
            if STRICT in archive.read(RELATIONS):
                raise ArticleError(path, "saved as Strict Open XML, which is not read: save it again as Word document")
        import docx

        document = docx.Document(str(path))
        blocks = list(paragraphs(document.element.body, Looks.of(document)))
        properties = document.core_properties
        title, author = known(properties.title), known(properties.author)
        styled = titled(document)
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


def titled(document: Document) -> str | None:
    """The first paragraph set as a title."""
    names = document.styles.element.iterfind(f"{W}style/{W}name")
    titles = {name.getparent().get(W + "styleId") for name in names if name.get(W + "val") == "Title"}
    for paragraph in document.element.body.iterchildren(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val") in titles:
            return words(paragraph, Looks())
    return None


@dataclasses.dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a document that hide what is set in them, and those that raise it, by id."""

    hide: frozenset[str] = frozenset()
    raise_: frozenset[str] = frozenset()

    @classmethod
    def of(cls, document: Document) -> Looks:
        bases, own = {}, {}
        for style in document.styles.element.iter(W + "style"):
            name, base = style.get(W + "styleId"), style.find(W + "basedOn")
            bases[name], own[name] = None if base is None else base.get(W + "val"), style.find(W + "rPr")
        hide, raise_ = set(), set()
        for name in own:
            line = list(itertools.islice(ancestry(name, bases), DEEPEST))
            hide |= {name} if next(filter(None, (said(own.get(n), "vanish") for n in line)), "") == "on" else set()
            raise_ |= {name} if next(filter(None, (above(own.get(n)) for n in line)), "") == "on" else set()
        return cls(frozenset(hide), frozenset(raise_))

    def hidden(self, run: _Element) -> bool:
        """Whether a run's text is not to be seen."""
        own = run.find(W + "rPr")
        return (said(own, "vanish") or ("on" if self.styled(run, self.hide) else "")) == "on"

    def raised(self, run: _Element) -> bool:
        """Whether a run's text stands above the line."""
        own = run.find(W + "rPr")
        return (above(own) or ("on" if self.styled(run, self.raise_) else "")) == "on"

    @staticmethod
    def styled(run: _Element, styles: frozenset[str]) -> bool:
        """Whether the run's own style, or its paragraph's, is one of these."""
        paragraph = next(run.iterancestors(W + "p"), None)
        named = [run.find(f"{W}rPr/{W}rStyle")]
        named += [] if paragraph is None else [paragraph.find(f"{W}pPr/{W}pStyle")]
        return bool(styles) and any(style is not None and style.get(W + "val") in styles for style in named)


def ancestry(name: str | None, bases: dict[str, str | None]) -> Iterator[str]:
    """A style and those it is based on, round and round where they are based on one another."""
    while name in bases:
        yield name
        name = bases[name]


def said(properties: _Element | None, name: str) -> str:
    """What properties say of an on-or-off property: "on", "off", or nothing."""
    found = None if properties is None else properties.find(W + name)
    if found is None:
        return ""
    return "off" if found.get(W + "val") in ("0", "false", "off") else "on"


def above(properties: _Element | None) -> str:
    """Whether properties raise a text above the line: as a superscript, or by so many half-points."""
    if properties is None:
        return ""
    align, position = properties.find(W + "vertAlign"), properties.find(W + "position")
    if align is not None:
        return "on" if align.get(W + "val") == "superscript" else "off"
    return "on" if position is not None and re.fullmatch(r"\+?0*[1-9]\d{0,3}", position.get(W + "val", "")) else ""


def paragraphs(body: _Element, looks: Looks) -> Iterator[str]:
    """The texts that are not empty of paragraphs and of table rows (cells parted by a tab), in order."""
    blocks: dict[_Element, list[str]] = {}
    for element in walk(body):
        if element.tag == W + "p":
            row = next(element.iterancestors(W + "tr"), None)
            blocks.setdefault(element if row is None else row, []).append(words(element, looks))
    for parts in blocks.values():
        if text := "\t".join(filter(None, parts)):
            yield text


def words(paragraph: _Element, looks: Looks) -> str:
    """A paragraph's own text, without that of text boxes anchored in it; raised marks are set apart."""
    pieces: list[tuple[bool, str]] = []
    for element in walk(paragraph, within=W + "p"):
        piece = whole(element) if element.tag == W + "t" else MARKS.get(element.tag, "")
        run = next(element.iterancestors(W + "r"), None) if piece else None
        if piece and not (run is not None and looks.hidden(run)):
            pieces.append((run is not None and looks.raised(run), piece))
    runs = [(up, "".join(piece for _, piece in group)) for up, group in itertools.groupby(pieces, lambda p: p[0])]
    parts: list[str] = []
    for n, (up, text) in enumerate(runs):
        after = runs[n + 1][1] if n + 1 < len(runs) else ""
        parts.append(raised(text, "".join(parts[-1:]), after) if up else text)
    return "".join(parts).strip()


def whole(element: _Element) -> str:
    """All of an element's text: also after a comment, or an entity that is not known, which stays as it is written."""
    parts = [element.text]
    for child in element:
        parts += [child.text if isinstance(child, Entity) else None, child.tail]
    return "".join(filter(None, parts))


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
