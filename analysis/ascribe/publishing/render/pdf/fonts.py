"""Fonts for the PDF: which there are, and which characters none of them has.

Only fonts that come with the package's dependencies are used, and those of folders that the user names (`--fonts`, or
ASCRIBE_FONTS): never what happens to be installed, so that a report looks the same on every machine.
"""

from __future__ import annotations

import collections
import functools
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

# Latin, its punctuation and the commonest signs: every text font has them. Looked at first, since reading a font's
# table of characters takes longer than setting the report.
COMMON = re.compile("[\n\t -~\u00a0-\u017f\u2010-\u2027\u2030-\u203a\u20ac\u2212\u200b\u2060]*\\Z")
# Characters that shape or join others and need no glyph of their own.
UNDRAWN = frozenset((0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x2028, 0x2030), *range(0x2060, 0x2065), 0xFEFF))
NAMES = {
    "CJK": "Chinese characters", "IDEOGRAPHIC": "Chinese characters", "FULLWIDTH": "Chinese characters",
    "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
}  # fmt: skip
SUBSTITUTE = "\u25af"
"""What stands in the PDF for a character that no font has."""


def folders(extra: Iterable[str | os.PathLike[str]] = ()) -> list[Path]:
    """Folders with fonts: the ones given, those of ASCRIBE_FONTS, and matplotlib's, which holds DejaVu."""
    import importlib.util

    named = [Path(p) for p in extra] + [Path(p) for p in os.environ.get("ASCRIBE_FONTS", "").split(os.pathsep) if p]
    spec = importlib.util.find_spec("matplotlib")  # without importing it
    return [*named, Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"] if spec and spec.origin else named


@functools.cache
def families(named: tuple[Path, ...]) -> list[str]:
    """The families of the fonts in folders, by name."""
    import typst

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(p) for p in named])
    return sorted(found.families())


@functools.cache
def _characters(named: tuple[Path, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    known: set[int] = set()
    for folder in named:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() not in (".ttf", ".otf", ".ttc", ".otc"):
                continue
            if folder.name == "ttf" and folder.parent.name == "fonts" and path.name != "DejaVuSans.ttf":
                continue  # the other cuts have no more
            try:
                many = path.suffix.lower() in (".ttc", ".otc")
                faces = TTCollection(path, lazy=True).fonts if many else [TTFont(path, lazy=True)]
                for face in faces:
                    known.update(face.getBestCmap() or ())
            except (TTLibError, OSError):
                continue
    return frozenset(known)


def missing(text: str, named: tuple[Path, ...]) -> dict[str, str]:
    """Characters of `text` that no font has, sorted by script: {script: characters}."""
    if COMMON.match(text):
        return {}
    known, found = _characters(named), collections.defaultdict(set)
    for character in set(text):
        code = ord(character)
        if code not in known and code not in UNDRAWN and not 0xFE00 <= code <= 0xFE0F and not COMMON.match(character):
            found[script(character)].add(character)
    return {name: "".join(sorted(found[name])) for name in sorted(found)}


def script(character: str) -> str:
    """The script of a character as a reader calls it, from its Unicode name."""
    name = unicodedata.name(character, "")
    if unicodedata.category(character).startswith("S") or not name:
        return "symbols and emoji"
    first = name.split()[0]
    return NAMES.get(first, first.capitalize())
