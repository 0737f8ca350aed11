"""A document as one HTML file that needs nothing else: no script, no font, no request."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

from analysis.publishing.document import Document
from analysis.publishing.markup import Node, to_html

TEMPLATES = Path(__file__).parent / "templates"
NUMERIC = re.compile(r"[-+−]?[$€£]?[0-9][0-9,.\u00a0\u202f]*(?:[eE][-+]?[0-9]+)?\s?%?\Z")
NO_NUMBER = ("", "nan", "NaN", "NaT", "<NA>", "None", "–", "inf", "-inf")
WHOLE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\Z")
"""What is not broken over lines: a date."""
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
        label = next((c.text() for c in children if isinstance(c, Node) and c.tag == "caption"), "Table")
        # A region that scrolls can be reached from the keyboard, and says what it is.
        return Node("div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label}, [node])
    if node.tag in ("p", "td", "th", "li", "h2", "h3", "h4", "pre", "summary", "figcaption"):
        first = next((c for c in node.text() if unicodedata.bidirectional(c) in "LRAL"), "")
        if first and RIGHT_TO_LEFT.match(first):
            node.attributes["dir"] = "rtl"
    return node


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
    rows = [node for node in table.walk() if node.tag == "tr"]
    body = [r for r in rows if any(isinstance(c, Node) and c.tag == "td" for c in r.children)]
    by_column: dict[int, list[Node]] = {}
    heads: dict[int, list[Node]] = {}
    for row in rows:
        cells = [c for c in row.children if isinstance(c, Node) and c.tag in ("td", "th")]
        if any("colspan" in c.attributes or "rowspan" in c.attributes for c in cells):
            return  # columns cannot be told by counting
        for i, cell in enumerate(cells):
            (by_column if any(row is b for b in body) and cell.tag == "td" else heads).setdefault(i, []).append(cell)
    for i, cells in by_column.items():
        texts = [c.text().strip() for c in cells]
        known = [t for t in texts if t not in NO_NUMBER]
        if known and all(map(NUMERIC.match, known)):
            for cell in [*cells, *heads.get(i, [])]:
                if "style" not in cell.attributes or "text-align" not in cell.attributes["style"]:
                    cell.attributes["class"] = " ".join([*cell.classes, "n"])
