"""A notebook as a document: its title, its headings and its contents, ready to be written as HTML or set as PDF."""

from __future__ import annotations

import dataclasses
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from ascribe.publishing.render.markup import Node, parse, visible

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REMOVE_CELL = frozenset(("remove-cell", "remove_cell"))
REMOVE_INPUT = frozenset(("remove-input", "remove_input", "hide-input", "hide_input"))
REMOVE_OUTPUT = frozenset(("remove-output", "remove_output"))
ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
RASTER = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list."""

    level: int
    id: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """What both formats are made from: `blocks` after the title, whose headings start at level 2 and skip none."""

    title: str
    blocks: list[Node | str]
    contents: list[Entry]
    language: str = "en"


def document(
    notebook: Mapping,
    name: str = "notebook",
    folder: Path | None = None,
    extra: Sequence[Node] = (),
    code_last: bool = False,
) -> Document:
    """The document of a notebook (as nbformat gives it), with `extra` blocks after it.

    `name` is the title where the notebook has none; images named by a relative path are read from `folder`. The code is
    folded away, each cell's before its output or, for those who read results and not notebooks, all of it at the end.
    """
    blocks: list[Node | str] = []
    for number, cell in enumerate(notebook["cells"], 1):
        shown = _cell(cell, number, folder)
        if shown and _is_code(shown[0]) and blocks and _is_code(blocks[-1]):
            blocks[-1].children[-1].children.extend(["\n\n", *shown.pop(0).children[-1].children])
        blocks.extend(shown)
    code = list(filter(_is_code, blocks)) if code_last else []
    if code_last:
        blocks = [block for block in blocks if not _is_code(block)]
    blocks += [*extra, *_joined_code(code)]
    metadata = notebook["metadata"]
    title = metadata.get("title")
    first = next((n for b in blocks if isinstance(b, Node) for n in b.walk() if n.tag in HEADINGS), None)
    if first is not None and first.tag == "h1" and first in blocks:
        own = first.text()
        if title and " ".join(own.split()) != title:  # the notebook's own title stands under the report's
            first.tag, first.attributes = "p", {"class": "subtitle"}
        else:  # the title is words; what pictures it has stand below it
            pictures = [n for n in first.walk() if n.tag == "img"]
            at = blocks.index(first)
            blocks[at : at + 1] = [Node("p", {}, pictures)] if pictures else []
        title = title or own
    title = " ".join(visible(str(title or name)).split()) or name
    _settle_ids(blocks)
    contents = _settle_headings(blocks)
    _settle_links(blocks)
    language = re.match(r"[a-z]{2,3}(?=[-_]|\Z)", str(metadata.get("language", "")).lower())
    return Document(title, blocks, contents, language[0] if language else "en")


def _cell(cell: Mapping, number: int, folder: Path | None) -> list[Node | str]:
    tags = set(cell["metadata"].get("tags", ()))
    source = _joined(cell["source"])
    if tags & REMOVE_CELL:
        return []
    if cell["cell_type"] == "markdown":
        return _with_formulas(parse(_markdown(source), _images(folder, cell.get("attachments", {}))))
    if cell["cell_type"] != "code":
        return []
    blocks: list[Node | str] = []
    if source.strip() and not tags & REMOVE_INPUT:
        summary = Node("summary", {}, ["Code"])
        blocks.append(Node("details", {"class": "code"}, [summary, Node("pre", {}, _highlighted(visible(source)))]))
    if not tags & REMOVE_OUTPUT:
        for output in cell.get("outputs", ()):
            shown = _output(output, cell, number)
            if shown:
                blocks.append(Node("div", {"class": "output"}, shown))
    return blocks


def _joined_code(cells: list[Node]) -> list[Node]:
    """Several cells' code under one fold."""
    if not cells:
        return []
    source = [part for cell in cells for part in ("\n\n", *cell.children[-1].children)][1:]
    return [
        Node(
            "details",
            {"class": "code"},
            [Node("summary", {}, ["The code behind this report"]), Node("pre", {}, source)],
        )
    ]


def _is_code(block: Node | str) -> bool:
    return isinstance(block, Node) and block.classes == ["code"]


def _output(output: Mapping, cell: Mapping, number: int) -> list[Node | str]:
    if output["output_type"] == "stream":
        text = _printed(_joined(output["text"]))
        return (
            [Node("pre", {"class": output["name"] if output["name"] == "stderr" else "stream"}, [text])] if text else []
        )
    if output["output_type"] == "error":
        trace = _printed("\n".join(output.get("traceback", ()))) or f"{output['ename']}: {output['evalue']}"
        return [Node("div", {"class": "error"}, [Node("pre", {}, [visible(trace)])])]
    data, metadata = output.get("data", {}), output.get("metadata", {})
    if "text/html" in data and (nodes := parse(_joined(data["text/html"]))):
        return nodes
    if "text/markdown" in data and (nodes := parse(_markdown(_joined(data["text/markdown"])))):
        return _with_formulas(nodes)
    if "image/svg+xml" in data and (nodes := parse(_joined(data["image/svg+xml"]))):
        for node in nodes:
            if isinstance(node, Node) and node.tag == "img":
                node.attributes["alt"] = _alt("image/svg+xml", metadata, cell, number)
        return [Node("figure", {}, nodes)]
    for kind in RASTER:
        if kind in data:
            encoded = "".join(_joined(data[kind]).split())
            alt = _alt(kind, metadata, cell, number)
            return [Node("figure", {}, [Node("img", {"src": f"data:{kind};base64,{encoded}", "alt": alt})])]
    if "text/latex" in data:
        return _with_formulas([Node("div", {"class": "math"}, [visible(_joined(data["text/latex"]))])])
    text = _printed(_joined(data.get("text/plain", "")))
    return [Node("pre", {"class": "stream"}, [text])] if text else []


def _with_formulas(nodes: list[Node | str]) -> list[Node | str]:
    if any("math" in n.classes for n in _elements(nodes)):
        from ascribe.publishing.render import formulas

        formulas.draw(nodes)
    return nodes


def _alt(kind: str, metadata: Mapping, cell: Mapping, number: int) -> str:
    """The alt text that an image's output or its cell gives; else a sentence that says that there is none."""
    own = metadata.get(kind)
    for place in (own if isinstance(own, Mapping) else {}, metadata, cell["metadata"]):
        if isinstance(place.get("alt"), str) and place["alt"].strip():
            return visible(place["alt"].strip())
    return f"Figure from cell {number}, without a description"


def _joined(text: object) -> str:
    return text if isinstance(text, str) else "".join(map(str, text)) if isinstance(text, list) else str(text)


def _printed(text: str) -> str:
    """Terminal output as it looked in the end: no colours, and of lines written over one another the last."""
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in ANSI.sub("", text).split("\n")]
    return visible("\n".join(lines)).rstrip()


def _markdown(source: str) -> str:
    import mistune

    plugins = ["table", "strikethrough", "footnotes", "task_lists", "math", "def_list", "url"]
    # Neither escaped nor freed of addresses here: what comes out is parsed, and all that is made safe there.
    renderer = mistune.HTMLRenderer(escape=False, allow_harmful_protocols=True)
    return mistune.create_markdown(renderer=renderer, plugins=plugins)(source)


def _images(folder: Path | None, attachments: Mapping) -> Callable[[str], str | None]:
    """Finds an image that Markdown names: an attachment of the cell, or a file in or under the notebook's folder."""

    def find(address: str) -> str | None:
        if address.startswith("attachment:"):
            name = address.removeprefix("attachment:")
            for kind, encoded in (attachments.get(name) or attachments.get(unquote(name)) or {}).items():
                return f"data:{kind};base64,{''.join(_joined(encoded).split())}"
            return None
        kind = mimetypes.guess_type(address)[0]
        if folder is None or ":" in address or kind not in (*RASTER, "image/svg+xml"):
            return None
        import base64

        try:
            path = (folder / unquote(address)).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size < 50_000_000:
                return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
        except (OSError, ValueError):  # a name that no file can have, a file that may not be read
            pass
        return None

    return find


def _highlighted(source: str) -> list[Node | str]:
    """Python source as pieces with the class of their kind: keyword, string, comment, number, function."""
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Name, Number, String

    kinds = ((Comment, "c"), (Keyword, "k"), (String, "s"), (Number, "m"), (Name.Function, "f"), (Name.Class, "f"))
    pieces: list[Node | str] = []
    for token, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        kind = next((name for group, name in kinds if token in group), None)
        if kind:
            pieces.append(Node("span", {"class": kind}, [text]))
        elif pieces and isinstance(pieces[-1], str):
            pieces[-1] += text
        else:
            pieces.append(text)
    return pieces


def _settle_ids(blocks: Sequence[Node | str]) -> None:
    """Each id once: the first that bears it keeps it."""
    seen: set[str] = set()
    for node in _elements(blocks):
        if (name := node.attributes.get("id")) is not None:
            if name in seen:
                del node.attributes["id"]
            seen.add(name)


def _settle_headings(blocks: list[Node | str]) -> list[Entry]:
    """Headings from level 2 on without a gap, none empty, each with an id; gives the contents list."""
    headings = [n for n in _elements(blocks) if n.tag in HEADINGS]
    highest = min((int(n.tag[1]) for n in headings if n.text().strip()), default=2)
    taken = {n.attributes["id"] for n in _elements(blocks) if "id" in n.attributes}
    contents: list[Entry] = []
    before = 1
    for heading in headings:
        text = " ".join(heading.text().split())
        if not text:
            heading.tag = "p"
            continue
        before = level = min(int(heading.tag[1]) - highest + 2, before + 1, 6)
        heading.tag = f"h{level}"
        if "id" not in heading.attributes:
            slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "section"
            name, n = f"s-{slug}", 1
            while name in taken:
                n += 1
                name = f"s-{slug}-{n}"
            taken.add(name)
            heading.attributes["id"] = name
        contents.append(Entry(level, heading.attributes["id"], text))
    return contents


def _settle_links(blocks: Sequence[Node | str]) -> None:
    """Links into the document lead somewhere; those that would not become plain text."""
    ids = {n.attributes["id"] for n in _elements(blocks) if "id" in n.attributes}
    for node in _elements(blocks):
        target = node.attributes.get("href", "")
        if node.tag == "a" and target.startswith("#") and target[1:] not in ids:
            del node.attributes["href"]


def _elements(blocks: Sequence[Node | str]):
    for block in blocks:
        if isinstance(block, Node):
            yield from block.walk()
