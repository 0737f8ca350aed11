"""HTML made safe: a fragment of anybody's HTML as a tree of plain elements, and that tree as HTML again.

Everything that a report shows passes through here, whoever wrote it: what Markdown cells and outputs hold is parsed,
only known elements and attributes are kept, and the rest is written out as text or left out. Nothing is ever copied
from input to output as markup. The same tree is what the PDF is set from.
"""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable, Iterator

from lxml import etree

from ascribe.publishing.render import styles


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr table caption thead tbody tfoot tr th td"
    " figure figcaption details summary div"
)
INLINE = _names("a em strong code sub sup s u mark br span img abbr q cite var kbd samp small")
RENAMED = {"i": "em", "b": "strong", "tt": "code", "del": "s", "strike": "s", "ins": "u", "section": "div"} | {
    name: "div" for name in ("article", "main", "header", "footer", "aside", "center", "address", "nav")
}
DROPPED = _names(
    "script style template iframe object embed applet form button select option input textarea head title meta link"
    " base noscript svg math audio video canvas frame frameset map area dialog"
)
VOID = _names("br hr img")
CLASSES = _names(
    "n claim source figure uncredited cue legend annotated finding note subtitle tablenote credit dataframe math"
    " stream stderr error code output provenance k s c m f"
)
DEEPEST = 60
"""Elements nested deeper than this are flattened into their text."""

IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*\Z")
ADDRESS = re.compile(r"(?:https?://|mailto:|#.)", re.I)
NAME = re.compile(r"[A-Za-z][\w.:-]{0,99}\Z", re.A)
# Characters that are not seen, or that make a reader see another order than the text has, are shown by their code.
HIDDEN = (*range(9), 11, 12, *range(14, 32), 0x7F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNSEEN = {code: f"[U+{code:04X}]" for code in HIDDEN} | {13: "\n"}
UNSEEN |= {code: "\ufffd" for code in (*range(0x80, 0xA0), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF)}
SURROGATE = re.compile(r"[\ud800-\udfff]")
WHOLE_PAGE = re.compile(r"</(?:body|html)(?=[\s/>])", re.I)
"""Where the parser would stop reading."""
SPACE = re.compile(r"[ \t\n]+")


@dataclasses.dataclass(slots=True)
class Node:
    """An element: its name, its attributes, its children (elements and texts)."""

    tag: str
    attributes: dict[str, str] = dataclasses.field(default_factory=dict)
    children: list[Node | str] = dataclasses.field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def text(self) -> str:
        """The text in it, without alt texts."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)

    def walk(self) -> Iterator[Node]:
        """Itself and every element in it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()


def visible(text: str) -> str:
    """The text with characters that nobody sees written out, and what UTF-8 cannot hold as U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return SURROGATE.sub("\ufffd", text).translate(UNSEEN)


def parse(fragment: str, image: Callable[[str], str | None] | None = None) -> list[Node | str]:
    """The fragment as elements and texts. `image` gives the `data:` address of an image's address, or None."""
    fragment, pictures = _cut_svg(visible(fragment))
    fragment = WHOLE_PAGE.sub("</x", fragment)
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(f"<body><div>{fragment}</div></body>".encode(), parser)
    except etree.ParserError:
        return []
    if root is None:
        return []
    if any(e.level_name == "FATAL" for e in parser.error_log):  # elements nested by the thousand: the rest is unread
        return [Node("pre", {}, [fragment])]
    rules = styles.rules("".join(e.text or "" for e in root.iter("style")))
    reader = _Reader(rules, pictures, image)
    nodes = reader.children(root, 0, pre=False)
    nodes = _without_gaps(nodes)
    while len(nodes) == 1 and isinstance(nodes[0], Node) and nodes[0].tag == "div" and not nodes[0].attributes:
        nodes = _without_gaps(nodes[0].children)  # the one put round the fragment, and whoever else's
    return nodes


def _cut_svg(fragment: str) -> tuple[str, list[str]]:
    """Drawings in the HTML itself, taken out: shown as images, in which nothing runs and nothing is fetched."""
    import base64

    parts, pictures, at, lower = [], [], 0, fragment.lower()
    while (start := lower.find("<svg", at)) >= 0 and (end := lower.find("</svg>", start)) >= 0:
        drawing = fragment[start : end + 6]
        if "xmlns=" not in drawing[:2000]:
            drawing = drawing[:4] + ' xmlns="http://www.w3.org/2000/svg"' + drawing[4:]
        try:
            etree.fromstring(drawing.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            parts.append(fragment[at : end + 6])  # not a drawing: the parser of HTML drops it
        else:
            encoded = base64.b64encode(drawing.encode()).decode()
            parts.append(fragment[at:start] + f'<img src="svg:{len(pictures)}" alt="">')
            pictures.append(f"data:image/svg+xml;base64,{encoded}")
        at = end + 6
    return "".join([*parts, fragment[at:]]), pictures


class _Reader:
    """Turns lxml's elements into Nodes."""

    def __init__(self, rules: dict[str, str], pictures: list[str], image: Callable[[str], str | None] | None) -> None:
        self.rules, self.pictures, self.image = rules, pictures, image

    def children(self, element: etree._Element, depth: int, pre: bool) -> list[Node | str]:
        found: list[Node | str] = []
        self._add_text(found, element.text, pre)
        for child in element:
            if isinstance(child.tag, str):
                found.extend(self.node(child, depth + 1, pre))
            self._add_text(found, child.tail, pre)
        return found

    @staticmethod
    def _add_text(found: list[Node | str], text: str | None, pre: bool) -> None:
        if text:
            text = visible(text)  # once more: a character reference may stand for anything
            text = text if pre else SPACE.sub(" ", text)
            if found and isinstance(found[-1], str):
                found[-1] += text
            else:
                found.append(text)

    def node(self, element: etree._Element, depth: int, pre: bool) -> list[Node | str]:
        tag = RENAMED.get(element.tag, element.tag)
        if tag in DROPPED:
            return []
        if depth > DEEPEST:
            return [visible("".join(element.itertext()))]
        if tag == "img":
            return self.picture(element)
        if tag in VOID:
            return [Node(tag)]
        children = self.children(element, depth, pre or tag == "pre")
        if tag not in BLOCKS and tag not in INLINE:
            return children
        if tag == "p" and any(isinstance(c, Node) and c.tag in BLOCKS for c in children):
            tag = "div"
        if tag in ("div", "span", "ul", "ol", "p", "details", "tr", "table") and not _holds_anything(children):
            return []
        return [Node(tag, self.attributes(tag, element), children)]

    def attributes(self, tag: str, element: etree._Element) -> dict[str, str]:
        """Those of an element's attributes that are known and harmless."""
        kept: dict[str, str] = {}
        given = element.attrib
        classes = [c for c in given.get("class", "").split() if c in CLASSES]
        if classes:
            kept["class"] = " ".join(classes)
        name = given.get("id", "")
        if name and NAME.match(name) and not name.startswith("T_"):
            kept["id"] = name
        if "title" in given and tag in ("mark", "abbr", "span", "a"):
            kept["title"] = visible(given["title"])
        if tag == "a" and ADDRESS.match(address := visible(given.get("href", "").strip())):
            kept["href"] = address
        if tag in ("td", "th"):
            for span in ("colspan", "rowspan"):
                if (number := given.get(span, "")).isascii() and number.isdigit() and 1 < int(number[:5]) <= 1000:
                    kept[span] = number
            if tag == "th" and given.get("scope") in ("col", "row", "colgroup", "rowgroup"):
                kept["scope"] = given["scope"]
        if tag == "ol" and (start := given.get("start", "")).isascii() and start.isdigit():
            kept["start"] = str(int(start[:9]))
        style = styles.kept(self.rules.get(name, "") + ";" + given.get("style", ""))
        if style:
            kept["style"] = style
        return kept

    def picture(self, element: etree._Element) -> list[Node | str]:
        """An image that the report can carry in itself; any other by its words, with a link where it has an address."""
        source, alt = element.get("src", "").strip(), visible(element.get("alt", "")).strip()
        if source.startswith("svg:") and source[4:].isdigit() and int(source[4:]) < len(self.pictures):
            source = self.pictures[int(source[4:])]
        elif not source.startswith("data:") and self.image:
            source = self.image(source) or source
        if IMAGE.match(source):
            return [Node("img", {"src": SPACE.sub("", source), "alt": alt})]
        words = f"[image: {alt or visible(source)[:200]}]"
        if ADDRESS.match(source) and not source.startswith("#"):
            return [Node("a", {"href": visible(source)}, [words])]
        return [words]


def _without_gaps(nodes: list[Node | str]) -> list[Node | str]:
    """The nodes without the white space between blocks."""
    return [n for n in nodes if isinstance(n, Node) or n.strip()] if any(map(_is_block, nodes)) else nodes


def _is_block(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in BLOCKS


def _holds_anything(children: list[Node | str]) -> bool:
    return any(isinstance(c, Node) or c.strip() for c in children)


def to_html(nodes: list[Node | str]) -> str:
    """The tree as HTML, every text and attribute escaped."""
    parts: list[str] = []
    for node in nodes:
        _write(node, parts)
    return "".join(parts)


def _write(node: Node | str, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(html.escape(node, quote=False))
        return
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attributes.items())
    parts.append(f"<{node.tag}{attributes}>")
    if node.tag not in VOID:
        if node.tag == "pre":
            parts.append("\n")  # the first newline in a pre is not shown: this one, not the text's own
        for child in node.children:
            _write(child, parts)
        parts.append(f"</{node.tag}>" + ("\n" if node.tag in BLOCKS else ""))
