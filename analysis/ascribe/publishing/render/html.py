"""A document as one HTML file that needs nothing else: no script, no font, no request."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

from ascribe.publishing.render.document import Document
from ascribe.publishing.render.markup import Node, to_html

TEMPLATES = Path(__file__).parent / "templates"
NUMERIC = re.compile(r"[-+−]?[$€£]?[0-9][0-9,.\u00a0\u202f]*(?:[eE][-+]?[0-9]+)?\s?%?\Z")
NO_NUMBER = ("", "nan", "NaN", "NaT", "<NA>", "None", "–", "inf", "-inf")
WHOLE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\Z")
"""What is not broken over lines: a date."""
WIDE = {"w": 60, "m": 24}
"""Classes of columns by how many characters their longest cell holds: a sentence, a long name."""
NARROW = 40
"""Characters that a row may have where it stands as a row on a phone, too; a wider one is set cell below cell."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def render(document: Document) -> str:
    """The document's HTML."""
    blocks = [prepared(block) for block in document.blocks]
    _tell_apart(blocks)
    contents = [entry for entry in document.contents if entry.level <= 3]
    return _template().render(document=document, contents=contents, body=to_html(blocks), css=_css())


@functools.cache
def _template():
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    return environment.get_template("report.html.j2")


@functools.cache
def _css() -> str:
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")


def prepared(block: Node | str) -> Node | str:
    """A block with what only HTML needs: tables that scroll, columns of numbers set right, right-to-left text."""
    if isinstance(block, str):
        return block
    children = [prepared(child) for child in block.children]
    node = Node(block.tag, dict(block.attributes), children)
    if below := node.attributes.pop("data-below", None):
        node.attributes["style"] = f"vertical-align:-{below}em"
    if node.tag == "th" and not node.text().strip():
        node.tag = "td"  # a corner heads nothing
        node.attributes.pop("scope", None)
    if node.tag == "td" and WHOLE.match(node.text().strip()):
        node.attributes["class"] = " ".join([*node.classes, "d"])
    if node.tag == "table":
        align_numbers(node)
        widen_words(node)
        label_cells(node)
        label = next((c.text() for c in children if isinstance(c, Node) and c.tag == "caption"), "Table")
        return _scrolling(node, "scroll", label)
    if node.tag == "figure" and any(isinstance(c, Node) and c.tag == "figcaption" for c in children):
        images = [c for c in children if isinstance(c, Node) and c.tag == "img"]
        node.children = [_scrolling(c, "scroll chart", "Chart") if c in images else c for c in children]
    if node.tag in ("p", "td", "th", "li", "h2", "h3", "h4", "pre", "summary", "figcaption"):
        first = next((c for c in node.text() if unicodedata.bidirectional(c) in "LRAL"), "")
        if first and RIGHT_TO_LEFT.match(first):
            node.attributes["dir"] = "rtl"
    return node


def _scrolling(node: Node, classes: str, label: str) -> Node:
    """What may be wider than the screen, in a region that can be reached from the keyboard and says what it is."""
    return Node("div", {"class": classes, "role": "region", "tabindex": "0", "aria-label": label}, [node])


def _tell_apart(blocks: list[Node | str]) -> None:
    """Gives regions of one name numbers: a list of landmarks in which all are called alike helps nobody."""
    seen: dict[str, int] = {}
    for block in blocks:
        for node in block.walk() if isinstance(block, Node) else ():
            if name := node.attributes.get("aria-label"):
                seen[name] = seen.get(name, 0) + 1
                if seen[name] > 1:
                    node.attributes["aria-label"] = f"{name} ({seen[name]})"


def align_numbers(table: Node) -> None:
    """Gives every cell of a column of numbers the class `n`, where the table itself does not say which those are."""
    if any("n" in node.classes for node in table.walk()):
        return
    for heads, cells in _columns(table):
        known = [t for t in (c.text().strip() for c in cells) if t not in NO_NUMBER]
        if known and all(map(NUMERIC.match, known)):
            for cell in [*cells, *heads]:
                if "style" not in cell.attributes or "text-align" not in cell.attributes["style"]:
                    cell.attributes["class"] = " ".join([*cell.classes, "n"])


def widen_words(table: Node) -> None:
    """Gives the cells of columns with long texts a class of `WIDE`: squeezed on a phone, each would be a tower."""
    for heads, cells in _columns(table):
        longest = max(len(c.text()) for c in cells)
        if kind := next((name for name, most in WIDE.items() if longest > most), None):
            for cell in [*cells, *heads]:
                cell.attributes["class"] = " ".join([*cell.classes, kind])


def label_cells(table: Node) -> None:
    """Has each cell of a wide table know its column's heading (`data-label`): on a phone its rows are set as cards.

    A cell that says nothing gets the class `o`, and is left out there.
    """
    columns = _columns(table)
    longest = [max(len(c.text().strip()) for c in [*heads, *cells]) for heads, cells in columns]
    if len(columns) < 2 or sum(longest) + 2 * len(columns) <= NARROW:
        return
    table.attributes["class"] = " ".join([*table.classes, "cards"])
    for heads, cells in columns:
        told = " ".join(c.text().strip() for c in heads if c.text().strip())
        for cell in cells:
            cell.attributes["data-label"] = told
            if cell.text().strip() in NO_NUMBER:
                cell.attributes["class"] = " ".join([*cell.classes, "o"])


def _columns(table: Node) -> list[tuple[list[Node], list[Node]]]:
    """A table's columns, each as its headings and its other cells; none where they cannot be told by counting."""
    heads: dict[int, list[Node]] = {}
    body: dict[int, list[Node]] = {}
    for row in (node for node in table.walk() if node.tag == "tr"):
        cells = [c for c in row.children if isinstance(c, Node) and c.tag in ("td", "th")]
        if any("colspan" in c.attributes or "rowspan" in c.attributes for c in cells):
            return []
        for i, cell in enumerate(cells):
            in_body = cell.tag == "td" and any(c.tag == "td" for c in cells)
            (body if in_body else heads).setdefault(i, []).append(cell)
    return [(heads.get(i, []), cells) for i, cells in body.items()]
