"""A clean copy of a piece of text, for the parser alone, and the way back to the characters as they are.

Nearly every mend replaces one character by one. Only invisible characters and note marks are taken out, and then
`places` tells where each character of the copy stands in the original.
"""

from __future__ import annotations

import re

BLANK = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
QUOTES = {"„": "“", "‟": "“", "«": "“", "»": "”", "〝": "“", "〞": "”", "＂": '"', "″": '"', "‚": "‘", "‛": "‘"}
APOSTROPHES = {"ʼ": "’", "′": "’", "´": "’", "＇": "'", "`": "'"}
DASHES = {"‐": "-", "‑": "-", "‒": "–", "―": "—", "−": "-", "﹣": "-"}
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"


def _table() -> dict[int, str]:
    table = {ord(c): " " for c in BLANK}
    table |= {c: " " for c in range(0x2000, 0x200B)}  # the spaces of typesetting
    table |= {c: " " for c in (*range(0x20), *range(0x7F, 0xA0))}  # controls, NUL among them
    table |= {c: "\ufffd" for c in range(0xD800, 0xE000)}  # lone surrogates, which no encoder takes
    table |= {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}  # full-width forms
    table |= {ord(odd): plain for part in (QUOTES, APOSTROPHES, DASHES) for odd, plain in part.items()}
    return table


TABLE = _table()
GONE = {ord(c) for c in INVISIBLE}
GONE |= {0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}  # direction marks
GONE |= set(range(0xFE00, 0xFE10))  # variation selectors
UNSEEN = re.compile("[" + "".join(map(chr, sorted(GONE))) + "]")
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"
NOTE_MARK = re.compile(
    rf"(?<=[^\s\[(“‘«])\[\d{{1,3}}(?:[,;–-][ ]?\d{{1,3}})*\](?!\w)|[{SUPERSCRIPTS}]+(?:,[{SUPERSCRIPTS}]+)*"
    r"|(?<=\w)[*†‡§]{1,3}(?![\w*†‡§])"
    r"|(?<=[\w.,;:!?])\[(?:[a-z]|(?:note|nb|fn|n)[ ]?\d{1,3}|(?:citation|clarification)[ ]needed)\](?!\w)"
)
"""Marks of notes: "12³ people", and right behind a word "12* people", "were hurt.[2] The", "40[4] miners".

Numbers in brackets that stand by themselves are none, nor are letters put into words ("[w]e").
"""
HALF_DAY = re.compile(
    r"(?<=[\d ])[apAP](\.)[ ]?[mM](\.)(?=[ ]*(?:[,;:)–—-]|[a-z\d]|[A-Z]{2,4}\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.))"
    r"|(?<=[\d ])[apAP](\.)[mM](?=\.)"
)
"""The full stops of "7:30 p.m. Wednesday", which end no sentence; the last one of "at 7:30 p.m. He" does."""
NICKNAME = re.compile(
    r"\b(?!(?:The|An?|In|On|At|By|For|From|Of|With|And|But|Or|As|To|His|Her|Its|Our|My|Their|This|That|These|Those|Like)\b)"
    r"[A-Z][\w.’-]* ([“\"‘'])[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}([”\"’'])(?= [A-Z][^\W\d_])"
)
"""A nickname within a name: "Dana “Dee” Holt". Its marks quote nobody."""
POWER = re.compile(r"(?:(?<![^\W\d_])(?:[kcmdh]?m|ft|yd|mi|miles?)|(?<!\d)10)$")
"""What a raised number is a power of: "km²", "10⁶"."""
# `Kestria”s army`, `don"t`: whatever stands between a letter and such an ending is an apostrophe.
MISTAKEN = re.compile('(?<=[^\\W\\d_])["“”‘\ufffd](?=(?:s|t|d|m|ll|re|ve)\\b)', re.IGNORECASE)


def clean(text: str, nicknames: bool = True) -> tuple[str, list[int] | None]:
    """The clean copy, and the place of each of its characters in `text` (None where they are the same).

    Blanks and controls become spaces, odd quotation marks, dashes and full-width forms their usual fellows, a wrong
    mark inside a word an apostrophe; lone surrogates become U+FFFD. Soft hyphens, zero-width and direction marks
    disappear, and so do the marks of notes, the full stops of "p.m." that end no sentence, and (with `nicknames`) the
    marks around a nickname.
    """
    marks = (m for m in NOTE_MARK.finditer(text) if not POWER.search(text[max(0, m.start() - 6) : m.start()]))
    gone = {i for m in marks for i in range(*m.span())}
    gone |= {m.start(k) for m in NICKNAME.finditer(text) for k in (1, 2) if nicknames}
    gone |= {m.start(k) for m in HALF_DAY.finditer(text) for k in (1, 2, 3) if m[k]}
    if not text.isascii() and UNSEEN.search(text):
        gone |= {i for i, c in enumerate(text) if ord(c) in GONE}
    places = [i for i in range(len(text)) if i not in gone] if gone else None
    if places is not None:
        text = "".join(text[i] for i in places)
    return MISTAKEN.sub("'", text.translate(TABLE)), places
