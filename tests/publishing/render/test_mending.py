"""One element never loses the report: what cannot be set is set more plainly, or left out, and said."""

from __future__ import annotations

import base64
import struct
import time
import zlib

import pypdfium2
import pytest
from ascribe.publishing.render import html
from ascribe.publishing.render.document import document
from ascribe.publishing.render.pdf import mending
from ascribe.publishing.render.pdf import typeset as pdf
from nbformat.v4 import new_markdown_cell, new_notebook


def png(width: int, height: int) -> str:
    """A picture of one colour, however large, as the address of an image."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height, 9)
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return f"data:image/png;base64,{base64.b64encode(raw).decode()}"


def svg(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">{body}</svg>'


BOMB = '<defs><g id="a0"><path d="M0 0L9 9"/></g>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
) + '</defs><use href="#a8"/>'  # fmt: skip
HOSTILE = {
    "a link of 20 kB": (f"[the words](https://example.org/{'a' * 20_000})", "the words", "A link of 20,020 characters"),
    "a drawing of a hundred million": (f"the words {svg(BOMB)} after", "the words", "nodes limit reached"),
    "a picture of 900 million pixels": (f'the words <img src="{png(30_000, 30_000)}" alt="dark">', "dark", "pixels"),
    "a picture cut short": (
        f'<img src="{png(90, 90)[:80]}" alt="dark"> the words',
        "[dark]",
        "picture cannot be shown",
    ),
    "a name that no file has": ("![dark](a%00.png) the words", "[image: dark]", ""),
    "a name that is too long": (f"![dark]({'a' * 300}.png) the words", "[image: dark]", ""),
    "a description of 70 kB": (f'the words <img src="{png(9, 9)}" alt="{"y" * 70_000}">', "the words", ""),
    "a letter under 20,000 accents": ("the words e" + "\u0301" * 20_000, "the words", ""),
    "20,000 variations of a letter": ("the words e" + "\ufe0f" * 20_000, "the words", ""),
    "deeper than can be called": ("<em>" * 59 + "the words" + "</em>" * 59, "the words", "call depth"),
    "a word of 200,000 letters": ("the words " + "w" * 200_000, "the words", ""),
    "a table of spans": ("<table>" + "<tr><td rowspan=1000 colspan=1000>x" * 30 + "</table>the words", "the words", ""),
    "a drawing within itself": (f"the words {svg('<g id=s><use href=#s /></g>')}", "the words", ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_report_is_there_and_says_what_is_not(name, tmp_path):
    source, seen, said = HOSTILE[name]
    cells = [new_markdown_cell("Before it."), new_markdown_cell(source), new_markdown_cell("After it.")]
    made = document(new_notebook(cells=cells), "report", tmp_path)
    assert "Before it." in html.render(made) and "After it." in html.render(made)
    begun = time.process_time()
    found = pdf.render(made)
    assert time.process_time() - begun < 30
    pages = pypdfium2.PdfDocument(found.content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    text = " ".join(text.replace("\r\n", " ").split())
    assert "Before it." in text and "After it." in text and seen in text
    assert said in " ".join(found.warnings) and bool(said) == bool(found.warnings)
    if said:
        assert said.split()[0] in text  # in the PDF itself, too


def test_only_what_is_refused_is_left_out():
    blocks = [{"k": "par", "c": [f"{n}"]} for n in range(40)]
    bad = [{"k": "par", "c": [{"k": "image", "alt": "dark", "file": "x"}, " beside"]}, {"k": "odd", "c": []}]
    mixed = [*blocks[:13], bad[0], *blocks[13:30], bad[1], *blocks[30:]]

    def refused(some: list[dict]) -> str | None:
        return "why" if any(b["k"] == "odd" or any(isinstance(c, dict) for c in b["c"]) for b in some) else None

    found, said = mending.settable(mixed, refused)
    assert found == [*blocks[:13], {"k": "par", "c": ["[dark]", " beside"]}, *blocks[13:30], {"k": "par", "c": [""]},
                     *blocks[30:]]  # fmt: skip
    assert len(said) == 2 and all("why" in s for s in said)


def test_looking_for_what_is_refused_ends():
    tried = []
    found, said = mending.settable([{"k": "par", "c": ["x"]}] * 10_000, lambda some: tried.append(1) or "no")
    assert len(tried) <= mending.TRIES + 2
    assert len(found) + len(said) > 0
