"""Bytes into characters: what is text, what is not, and at which byte it breaks."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path

from ascribe.errors import ArticleError

LARGEST = 64 * 2**20
"""Bytes. No article is as long; what is longer is the wrong file, and would fill the memory."""

SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Office file",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file",
}
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LATIN = ("iso8859-1", "ascii", "cp1252")
LETTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}|\xc2[\xa0-\xbf]")
"""A letter beyond ASCII in UTF-8."""
CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1b")


def load(path: Path) -> bytes:
    """The whole file. Raises ArticleError where there is nothing in it, too much, or no leave to read it."""
    try:
        size = os.stat(path).st_size
        if size > LARGEST:
            raise ArticleError(path, f"{size:,} bytes are too many for one article (at most {LARGEST:,}): split it")
        raw = path.read_bytes()
    except OSError as e:
        raise ArticleError(path, f"cannot be read: {e.strerror or e}") from e
    if not raw.strip():
        raise ArticleError(path, "the file is empty: nothing to read")
    return raw


def refuse_binary(raw: bytes, place: object) -> None:
    """Raise ArticleError where the bytes are no text. A stray control character, even NUL, does not make it so."""
    for signature, what in SIGNATURES.items():
        if raw.startswith(signature):
            raise ArticleError(place, f"binary, not text: it is {what}; give it under its own suffix, or as text")
    head = raw[:8192]
    if raw.startswith(UTF16):
        return
    if len(head) - len(head.translate(None, CONTROLS)) > len(head) * 0.1:
        raise ArticleError(place, "binary, not text: give the article as text")


def decode(raw: bytes, place: object) -> str:
    """Bytes as UTF-8, as they stand (a byte order mark is kept). Raises ArticleError that names the first bad byte."""
    refuse_binary(raw, place)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as e:
        if raw.startswith(UTF16):
            raise ArticleError(place, "encoded in UTF-16: save it as UTF-8") from e
        before = raw.count(b"\n", 0, e.start)
        line = f", line {before + 1}" if before else ""
        raise ArticleError(
            place, f"broken UTF-8 at byte {e.start} (0x{raw[e.start]:02X}{line}): save the file as UTF-8"
        ) from e


def as_said(raw: bytes, *charsets: str | None) -> str:
    """Bytes by the first charset named that is known and fits, else as UTF-8, else as Windows-1252.

    Latin-1 is Windows-1252, as in every browser. Two words are not taken: bytes that are UTF-8 and not all ASCII are no
    Latin-1, and what is said to be UTF-8 and has not one of its letters is Windows-1252; with some, it is damaged, and
    one bad byte does not cost the others.
    """
    name = "cp1252"
    for said in filter(None, charsets):
        try:
            name = codecs.lookup(said).name
            if name in LATIN or name == "utf-8":
                break
            return raw.decode(name)
        except (LookupError, ValueError, TypeError):
            name = "cp1252"
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if name == "utf-8" and LETTER.search(raw) else "cp1252", "replace")


def storable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, replaced one for one: offsets stay."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def known(value: object) -> str | None:
    """A title, a name: one line of text with outer space taken off; None where there is nothing."""
    if value is None or isinstance(value, (dict, list)):
        return None
    return " ".join(storable(str(value)).split()) or None
