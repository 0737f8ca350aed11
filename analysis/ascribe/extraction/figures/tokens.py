"""Text to tokens: runs of digits, words and single signs, with their characters.

The figures are read from the text itself and not from the parser's tokens, since tokenisers cut "10-15km" and "$1.2bn"
in ways of their own, and since a quotation in a table or a social post has no parse worth the name.
"""

from __future__ import annotations

import dataclasses
import re

from ascribe.language.clean import NOTE_MARK, SUPERSCRIPTS

LETTER = rf"[^\W\d_{SUPERSCRIPTS}]"
# Every repetition is possessive, so that no input makes the scanner look at a character more than a few times.
TOKEN = re.compile(
    rf"""(?P<num>(?:(?<![\w.,])\.)?\d+(?:[.,]\d+)*)
      | (?P<power>(?<=\b10)[{SUPERSCRIPTS}]++)
      | (?P<mark>{NOTE_MARK.pattern})
      | (?P<word>(?<![^\W\d_])(?:[kcmdh]?m|ft|yd|mi|miles?)[²³](?!\w)|{LETTER}+(?:['’]{LETTER}+)*)
      | (?P<gap>\n[^\S\n]*+\n\s*+)
      | (?P<sign>\S)""",
    re.VERBOSE,
)
HYPHENS = frozenset("-‐‑‒–−")  # those within a word: a long dash parts clauses
DASHES = frozenset("-‐‑‒–—~∼～")


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """`kind` is num, word, power, gap (an empty line) or sign; `low` the text in lower case, of a gap "gap"."""

    kind: str
    low: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, in order, without the marks of notes; linear in its length."""
    found = (m for m in TOKEN.finditer(text) if m.lastgroup != "mark")
    return [Token(m.lastgroup, _low(m), m.start(), m.end()) for m in found]


def _low(m: re.Match[str]) -> str:
    return "gap" if m.lastgroup == "gap" else m.group().lower().replace("’", "'")
