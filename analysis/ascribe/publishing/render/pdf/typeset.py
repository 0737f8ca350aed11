"""A document as a tagged PDF (PDF/UA-1), set by Typst.

The document goes to Typst as JSON, beside a fixed template that reads it: no text is ever Typst source.
"""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ascribe.errors import RenderError
from ascribe.publishing.render.document import Document
from ascribe.publishing.render.pdf import fonts, mending
from ascribe.publishing.render.pdf.setting import TypstWriter, without_loose_links

SERIF, MONO = "Libertinus Serif", "DejaVu Sans Mono"
"""Both come with the typst wheel; matplotlib's DejaVu Sans stands in where they lack a character."""
NOT_FOR_TEXT = ("DejaVu", "STIX", "cm", "Computer Modern", "Last Resort")
"""What else lies in matplotlib's folder: for formulas, or a box for every character."""


FORBIDDEN = {0xFEFF: 0x2060}
"""What PDF/UA forbids, a byte order mark within a text, and the character that now says what it said: no break here."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pdf:
    """The file's bytes, and what is not as it should be in it, a sentence each: a script without a font, say."""

    content: bytes
    warnings: tuple[str, ...] = ()


def render(document: Document, font_folders: Iterable[str | os.PathLike[str]] = (), code: bool = False) -> Pdf:
    """The document's PDF; the same bytes for the same document and fonts. `code` sets the code cells too.

    What Typst refuses, or what would be too much for it, is set more plainly or left out, and said. Raises RenderError
    where a folder of fonts is missing, or Typst refuses all the same.
    """
    named = tuple(fonts.folders(font_folders))
    for folder in named[:-1]:
        if not folder.is_dir():
            raise RenderError(f"{folder}: no such folder of fonts")
    writer = TypstWriter(document, code)
    whole = json.dumps([document.title, writer.blocks(document.blocks)], ensure_ascii=False).translate(FORBIDDEN)
    lacking = fonts.missing(whole, named)
    warnings = [_warning(script, characters) for script, characters in lacking.items()]
    # In the texts of the JSON, never in its keys, which are ASCII.
    lacks = {ord(c): fonts.SUBSTITUTE for characters in lacking.values() for c in characters}
    title, blocks = json.loads(whole.translate(lacks))
    others = [f for f in fonts.families(named) if not f.startswith(NOT_FOR_TEXT)]
    report = {
        "title": title,
        "language": document.language,
        "fonts": [SERIF, "DejaVu Sans", *others],
        "mono": [MONO, "DejaVu Sans", SERIF],
        "contents": len(document.contents) > 3,
    }
    warnings += dict.fromkeys(writer.left_out)
    with _Typesetter(report, writer.files, named) as typesetter:
        if typesetter.refused(blocks + _noted(warnings)):
            blocks, said = mending.settable(blocks, typesetter.refused)
            warnings += dict.fromkeys(said)
            if reason := typesetter.refused(blocks + _noted(warnings)):
                raise RenderError(f"{title}: the PDF cannot be set: {reason}")
        return Pdf(typesetter.content, tuple(warnings))


def _noted(warnings: list[str]) -> list[dict]:
    """What a reader must know of the PDF, at its end."""
    return [{"k": "note", "c": [{"k": "par", "c": [w]} for w in warnings]}] if warnings else []


def _warning(script: str, characters: str) -> str:
    shown = ", ".join(f"U+{ord(c):04X}" for c in characters[:3]) + (" …" if len(characters) > 3 else "")
    return (
        f"No font at hand for {script} ({len(characters)}: {shown}): the PDF shows {fonts.SUBSTITUTE} in their place. "
        "Give a folder with a font that has them with --fonts or in ASCRIBE_FONTS."
    )


class _Typesetter:
    """Typst, in a folder of its own with the template and the pictures, for as long as this is open."""

    def __init__(self, report: dict, files: dict[str, bytes], named: tuple[Path, ...]) -> None:
        self.report, self.files, self.named = report, files, named
        self.folder = tempfile.TemporaryDirectory(prefix="ascribe-")
        self.content = b""

    def __enter__(self) -> _Typesetter:
        root = Path(self.folder.name)
        (root / "report.typ").write_bytes((Path(__file__).parent / "report.typ").read_bytes())
        for name, content in self.files.items():
            (root / name).write_bytes(content)
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def refused(self, blocks: list[dict]) -> str | None:
        """Why the blocks cannot be set; None where they can: then `content` is their PDF."""
        import typst

        root = Path(self.folder.name)
        report = self.report | {"blocks": without_loose_links(blocks)}
        (root / "report.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
        try:
            self.content = typst.compile(
                str(root / "report.typ"),
                root=str(root),
                font_paths=[str(p) for p in self.named],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except typst.TypstError as e:
            return e.message + "".join(f" ({hint})" for hint in e.hints or ())
        return None
