"""A document's elements as the plain data that the Typst template sets: paragraphs, headings, tables, figures."""

from __future__ import annotations

import base64
import functools
import re
import sys
import unicodedata
from collections.abc import Callable

from ascribe.publishing.render.document import HEADINGS, Document
from ascribe.publishing.render.formulas import SIZE
from ascribe.publishing.render.images import TEXT_HEIGHT, TEXT_WIDTH, readable
from ascribe.publishing.render.markup import BLOCKS, Node, visible
from ascribe.publishing.render.pdf import grid as tables
from ascribe.publishing.render.styles import hex_colour, span_colour

PLAIN = {"strong": "strong", "em": "em", "sub": "sub", "sup": "sup", "s": "strike", "u": "underline"}
PLAIN |= {"var": "em", "cite": "em"}
LONG_WORD = re.compile(r"\S{25,}")
BREAKABLE = "\u200b"
MARKS = 16
"""Combining marks that one letter keeps: no script sets more, and a typesetter takes the square of their number."""
LONGEST_LINK, LONGEST_ALT = 2_000, 5_000
"""Characters of an address, and of a picture's description, that a PDF can hold."""


class TypstWriter:
    """Turns elements into data, and collects the image files that they need."""

    def __init__(self, document: Document, code: bool = False) -> None:
        self.files: dict[str, bytes] = {}
        self.left_out: list[str] = []
        self._code = code
        self._by_tag: dict[str, Callable[[Node], list[dict]]] = {
            **dict.fromkeys(HEADINGS, self._heading),
            "p": self._text,
            "ul": self._list,
            "ol": self._list,
            "pre": self._output,
            "table": self._table,
            "figure": self._figure,
            "hr": lambda node: [{"k": "rule"}],
            "details": self._details,
            "blockquote": lambda node: self._container("quote", node),
            "dt": lambda node: [{"k": "par", "c": [{"k": "strong", "c": self.inline(node.children)}]}],
            "dd": lambda node: self._container("quote", node),
        }

    def blocks(self, nodes: list[Node | str]) -> list[dict]:
        """A container's children as blocks: what stands between two blocks is a paragraph."""
        found: list[dict] = []
        loose: list[Node | str] = []
        for node in [*nodes, None]:
            if node is not None and not (isinstance(node, Node) and node.tag in BLOCKS):
                loose.append(node)
                continue
            if any(isinstance(n, Node) or n.strip() for n in loose):
                found.append(self._paragraph(loose))
            loose = []
            if node is not None:
                found.extend(anchor(node) if node.tag not in (*HEADINGS, "li") else [])
                found.extend(self._block(node))
        return found

    def _paragraph(self, nodes: list[Node | str], kind: str = "par") -> dict:
        block = {"k": kind, "c": self.inline(nodes)}
        if right_to_left("".join(n if isinstance(n, str) else n.text() for n in nodes)):
            block["dir"] = "rtl"
        return block

    def _block(self, node: Node) -> list[dict]:
        """An element as what its tag says, or, where that says nothing, its class."""
        if node.tag in self._by_tag:
            return self._by_tag[node.tag](node)
        classes = node.classes
        if "math" in classes and not _has_image(node):
            return [{"k": "raw", "class": "code", "text": broken(node.text().strip(), 80)}]
        for kind in ("finding", "note", "annotated"):
            if kind in classes:
                return self._container(kind, node)
        if "error" in classes:
            return [block | {"class": "error"} for block in self.blocks(node.children)]
        return self.blocks(node.children)

    def _heading(self, node: Node) -> list[dict]:
        block = {"k": "heading", "level": int(node.tag[1]), "c": self.inline(node.children)}
        return [block | ({"id": node.attributes["id"]} if "id" in node.attributes else {})]

    def _text(self, node: Node) -> list[dict]:
        if "legend" in node.classes:
            return [{"k": "legend", "c": self.inline(node.children)}]
        if "tablenote" in node.classes or "subtitle" in node.classes:
            return [{"k": "note", "c": [self._paragraph(node.children)]}]
        return [self._paragraph(node.children)] if node.children else []

    def _list(self, node: Node) -> list[dict]:
        items = [c for c in node.children if isinstance(c, Node)]
        listed = [anchor(i) + self.blocks(i.children if i.tag == "li" else [i]) for i in items]
        listed = [item for item in listed if item]
        if not listed:
            return []
        if node.tag == "ul":
            return [{"k": "list", "items": listed}]
        return [{"k": "enum", "start": int(node.attributes.get("start", 1)), "items": listed}]

    def _output(self, node: Node) -> list[dict]:
        """Code, or what code printed, with places to break in lines that are too long."""
        kind = next((c for c in node.classes if c in ("stderr", "stream")), "code")
        text = node.text().strip("\n")
        return [{"k": "raw", "class": kind, "text": broken(text.expandtabs(4), 80)}] if text.strip() else []

    def _container(self, kind: str, node: Node) -> list[dict]:
        inner = self.blocks(node.children)
        return [{"k": kind, "c": inner}] if inner else []

    def _details(self, node: Node) -> list[dict]:
        """What is folded away on the screen is left out of the PDF, code only if it is not wanted."""
        if "code" in node.classes and self._code:
            return self.blocks([c for c in node.children if not (isinstance(c, Node) and c.tag == "summary")])
        return []

    def _table(self, node: Node) -> list[dict]:
        return [block for part in tables.parts(node) for block in self._one_table(part)]

    def _one_table(self, node: Node) -> list[dict]:
        table = tables.laid_out(node, self._cell)
        if table is None:
            return []
        for part in node.children:
            if isinstance(part, Node) and part.tag == "caption" and part.text().strip():
                table["caption"] = self.inline(part.children)
        wide = table.pop("wide")
        return [{"k": "landscape", "c": [table]} if wide else table]

    def _cell(self, node: Node, longest: int) -> str | dict:
        """A cell's content: a plain text as itself, anything else as data with its looks."""
        children = flattened(node.children)
        plain = all(isinstance(c, str) for c in children) and node.tag == "td"
        if plain and not node.attributes.keys() - {"class"}:
            text = " ".join("".join(children).split())
            if not right_to_left(text):
                return broken(text, longest)
        cell: dict = {"c": self.inline(children, longest)}
        cell |= {name: int(node.attributes[name]) for name in ("colspan", "rowspan") if name in node.attributes}
        for name, value in (d.split(":", 1) for d in node.attributes.get("style", "").split(";") if d):
            if name in ("color", "background-color") and (colour := hex_colour(value)):
                cell["colour" if name == "color" else "fill"] = colour
            elif name == "text-align":
                cell["align"] = value
            elif name == "font-weight" and value not in ("normal", "400"):
                cell["bold"] = True
        if node.tag == "th":
            cell["bold"] = True
        if right_to_left(node.text()):
            cell["dir"] = "rtl"
        return cell

    def _figure(self, node: Node) -> list[dict]:
        """Images with the caption that belongs to them; the rest of a figure (a table in it) as it stands."""
        found: list[dict] = []
        caption: list[dict] = []
        rest: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and child.tag == "figcaption":
                for part in self.blocks_of_caption(child):
                    caption.append(part)
            elif isinstance(child, Node) and child.tag == "img":
                image, shown = self._image(child), broken(f"[{child.attributes['alt']}]", 60)
                found.append(image | {"k": "figure"} if image else {"k": "par", "c": [shown]})
            else:
                rest.append(child)
        found.extend(self.blocks(rest))
        if caption and found and found[-1]["k"] == "figure":
            found[-1]["caption"] = caption
        else:
            found.extend({"k": "par", "c": c["c"]} for c in caption)
        return found

    def blocks_of_caption(self, node: Node) -> list[dict]:
        """A caption's paragraphs; the one that says where the data come from is set softer."""
        parts = [c for c in node.children if isinstance(c, Node) and c.tag == "p"] or [node]
        return [{"soft": "credit" in p.classes, "c": self.inline(p.children)} for p in parts if p.text().strip()]

    def inline(self, nodes: list[Node | str], longest: int = 60) -> list:
        """Texts and their looks; blocks in places where only text can stand give their text."""
        found: list = []
        for node in nodes:
            if isinstance(node, str):
                found.append(broken(node, longest))
                continue
            tag, attributes = node.tag, node.attributes
            if tag != "mark":
                found.extend(anchor(node))
            if tag == "br":
                found.append({"k": "br"})
            elif tag == "img":
                image = self._image(node)
                found.append(image if image else broken(f"[{attributes.get('alt', '')}]", longest))
            elif tag in ("code", "kbd", "samp", "pre") or ("math" in node.classes and not _has_image(node)):
                found.append({"k": "code", "text": broken(node.text(), longest)})
            elif tag == "a" and len(attributes.get("href", "")) > LONGEST_LINK:
                self.left_out.append(f"A link of {len(attributes['href']):,} characters leads nowhere here.")
                found.extend(self.inline(node.children, longest))
            elif tag == "a" and "href" in attributes:
                found.append({"k": "link", "to": attributes["href"], "c": self.inline(node.children, longest)})
            elif tag == "mark":
                mark = {"k": "mark", "class": (node.classes or ["claim"])[0], "c": self.inline(node.children, longest)}
                found.append(mark | ({"id": attributes["id"]} if "id" in attributes else {}))
            elif tag in PLAIN:
                found.append({"k": PLAIN[tag], "c": self.inline(node.children, longest)})
            elif tag == "span" and (colour := span_colour(attributes.get("style", ""))):
                found.append({"k": "colour", "colour": colour, "c": self.inline(node.children, longest)})
            elif tag == "q":
                found.extend(["“", *self.inline(node.children, longest), "”"])
            else:
                found.extend(self.inline(node.children, longest))
        return found

    def _image(self, node: Node) -> dict | None:
        """An image as a file, with the width to set it at; None where it cannot be read."""
        kind, _, encoded = node.attributes["src"].removeprefix("data:").partition(";base64,")
        try:
            content = base64.b64decode(encoded)
            kind, content, width, height = readable(kind, content)
        except (ValueError, OSError, SyntaxError) as e:
            self.left_out.append(f"A picture cannot be shown here: {visible(str(e))[:200] or type(e).__name__}.")
            return None
        scale = min(1.0, TEXT_WIDTH / width, TEXT_HEIGHT / height)
        name = f"image{len(self.files)}.{kind}"
        self.files[name] = content
        alt = node.attributes.get("alt") or "Picture without a description"
        alt = alt if len(alt) <= LONGEST_ALT else f"{alt[:LONGEST_ALT]} …"
        below = float(node.attributes.get("data-below", 0)) * SIZE
        return {"k": "image", "file": name, "alt": alt, "width": round(width * scale, 2), "below": round(below, 2)}


def _has_image(node: Node) -> bool:
    return any(n.tag == "img" for n in node.walk())


def anchor(node: Node) -> list[dict]:
    """What a link to an element leads to."""
    return [{"k": "anchor", "id": node.attributes["id"]}] if "id" in node.attributes else []


def without_loose_links(blocks: list[dict]) -> list[dict]:
    """The blocks with links into the document only where what they lead to was set."""
    ids: set[str] = set()

    def gather(data: object) -> None:
        if isinstance(data, dict):
            ids.update([data["id"]] if "id" in data else [])
            data = list(data.values())
        if isinstance(data, list):
            for item in data:
                gather(item)

    def mended(data: object) -> object:
        if isinstance(data, list):
            return [mended(item) for item in data]
        if not isinstance(data, dict):
            return data
        data = {name: mended(value) for name, value in data.items()}
        loose = data.get("k") == "link" and data["to"].startswith("#") and data["to"][1:] not in ids
        return data["c"] if loose else data

    gather(blocks)
    return mended(blocks)


def broken(text: str, longest: int) -> str:
    """The text with places to break in words longer than `longest`, which would run out of their column."""
    text = without_heaps(text)
    if len(text) <= longest:
        return text

    def cut(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) <= longest:
            return word
        step = max(longest // 2, min(longest, 6))
        return BREAKABLE.join(word[i : i + step] for i in range(0, len(word), step))

    pattern = LONG_WORD if longest >= 25 else re.compile(rf"\S{{{longest + 1},}}")
    return pattern.sub(cut, text)


def without_heaps(text: str) -> str:
    """The text with at most `MARKS` combining marks on a letter."""
    if not re.search(rf"[^\x00-\x7f]{{{MARKS + 1}}}", text):
        return text
    return _heaps().sub(r"\1", text)


@functools.cache
def _heaps() -> re.Pattern[str]:
    ranges, before = [], None
    for code in range(0x300, sys.maxunicode + 1):
        if unicodedata.category(chr(code))[0] == "M":
            if before == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
            before = code
    marks = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"([{marks}]{{{MARKS}}})[{marks}]+")


def flattened(nodes: list[Node | str]) -> list[Node | str]:
    """A cell's content with its paragraphs turned into lines."""
    blocks = [n for n in nodes if isinstance(n, Node) and n.tag in BLOCKS]
    if not blocks:
        return nodes
    found: list[Node | str] = []
    for node in nodes:
        if isinstance(node, Node) and node.tag in BLOCKS:
            if found:
                found.append(Node("br"))
            found.extend(flattened(node.children))
        elif isinstance(node, Node) or node.strip():
            found.append(node)
    return found


def right_to_left(text: str) -> bool:
    """Whether the first letter of the text is of a script written from right to left."""
    if text.isascii():
        return False
    return next((k for k in map(unicodedata.bidirectional, text) if k in ("L", "R", "AL")), "L") != "L"
