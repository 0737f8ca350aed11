"""Text to tokens: runs of digits, words and single signs, with their characters.

The figures are read from the text itself and not from the parser's tokens, since tokenisers cut "10-15km" and "$1.2bn"
in ways of their own, and since a quotation in a table or a social post has no parse worth the name.
"""

from __future__ import annotations

import dataclasses
import re

# Every repetition is possessive, so that no input makes the scanner look at a character more than a few times.
TOKEN = re.compile(
    r"""(?P<num>(?:(?<![\w.,])\.)?\d+(?:[.,]\d+)*)
      | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)
      | (?P<gap>\n[^\S\n]*+\n\s*+)
      | (?P<sign>\S)""",
    re.VERBOSE,
)
HYPHENS = frozenset("-‐‑‒–−")  # those within a word: a long dash parts clauses
DASHES = frozenset("-‐‑‒–—~∼～")


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """`kind` is num, word, gap (an empty line) or sign; `low` the text in lower case, of a gap "gap"."""

    kind: str
    low: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, in order; linear in its length."""
    return [Token(m.lastgroup, _low(m), m.start(), m.end()) for m in TOKEN.finditer(text)]


def _low(m: re.Match[str]) -> str:
    return "gap" if m.lastgroup == "gap" else m.group().lower().replace("’", "'")
