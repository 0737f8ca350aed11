"""Words and numbers as the date rules see them: one symbol a token, so that a rule is a short pattern over symbols.

A symbol is one character that stands for everything a token can be: "second" is an ordinal and a unit, "May" a month,
"may" nothing. Rules (`patterns.py`) name the classes, and match strings of symbols; words that no rule knows are `x`.
"""

from __future__ import annotations

import dataclasses
import functools
import re

from ascribe.extraction.lexicons import rows

OTHER = "x"
FIRST_SYMBOL = 0x1000

TOKEN = re.compile(
    r"""
    (?P<iso>(?<![\w./-])[0-9]{4}-[0-9][0-9]-[0-9][0-9]
        (?:[T ][0-9][0-9]:[0-9][0-9](?::[0-9][0-9])?(?:Z|[+-][0-9][0-9]:?[0-9][0-9])?)?(?![\w-]))
    |(?P<numeric>(?<![\w./-])(?:[0-9]{1,2}(?P<sep>[/.-])[0-9]{1,2}(?P=sep)(?:[0-9]{4}|[0-9][0-9])
        |[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2})(?![\w/-]|\.[0-9]))
    |(?P<clock>(?<![\w:.])[0-9]{1,2}(?:[:.][0-9][0-9](?::[0-9][0-9])?)?[ \u00a0\u202f]?(?:[ap]\.[ ]?m\b\.?|[ap]m\b)
        |(?<![\w:.])[0-9]{1,2}:[0-9][0-9](?::[0-9][0-9])?(?![\w:]))
    |(?P<decade>(?<!\w)(?:[0-9]{3}|['’‘]?[0-9])0['’]?s\b)
    |(?P<shortyear>(?<!\w)['’‘][0-9][0-9]\b(?!['’]))
    |(?P<nth>[0-9]{1,3}(?:st|nd|rd|th)\b)
    |(?P<number>[0-9]+(?:[.,][0-9]+)*(?!\w|[.,][0-9]))
    |(?P<period>[QH][1-4]\b)
    |(?P<word>[^\W\d_]++(?!\w))
    |(?P<other>\w++|[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A word or number: where it stands, its lower-case form, and the symbol that rules match."""

    start: int
    end: int
    word: str
    symbol: str
    shape: str
    capital: bool

    def value(self, cls: str) -> str:
        """What the word is worth as a member of a class: `jan` as a MONTH is 1."""
        return words()[self.word][cls][0]


@functools.cache
def words() -> dict[str, dict[str, tuple[str, str]]]:
    """The lexicon: word -> class -> (value, note)."""
    table: dict[str, dict[str, tuple[str, str]]] = {}
    for row in rows("date_words"):
        table.setdefault(row["word"], {})[row["class"].upper()] = (row["value"], row["note"])
    return table


SHAPES = {
    # shape -> the classes that it belongs to; the finest first
    "day_of_month": ("DAY", "DAYNUM", "PAIR", "COUNT"),
    "padded": ("DAY", "DAYNUM", "PAIR"),
    "two": ("PAIR", "COUNT"),
    "count": ("COUNT",),
    "year": ("YEAR", "COUNT"),
    "four": ("FOURDIGITS", "COUNT"),
    "nth_day": ("DAY", "NTHDAY", "NTH"),
    "nth": ("NTH",),
    "iso": ("ISO",), "numeric": ("NUMERIC",), "clock": ("CLOCK",), "decade": ("DIGITDECADE",),
    "shortyear": ("SHORTYEAR",), "quarter": ("QUARTERCODE",), "half": ("HALFCODE",),
}  # fmt: skip


def shape_of(kind: str, word: str) -> str:
    """The shape of a token that holds digits."""
    if kind == "number":
        if not word.isascii() or not word.isdigit():
            return "count" if word.isascii() else "word"
        n = int(word[:5])
        if len(word) == 4 and 1000 <= n <= 2199:
            return "year"
        if len(word) == 4 and n < 1000:
            return "four"
        if len(word) <= 2:
            if word[0] == "0":
                return "padded" if 1 <= n <= 9 else "count"
            return "day_of_month" if 1 <= n <= 31 else "two" if n > 31 else "count"
        return "count"
    if kind == "nth":
        return "nth_day" if 1 <= int(word[:-2]) <= 31 else "nth"
    if kind == "period":
        return "quarter" if word[0] == "q" else "half" if word[1] in "12" else "word"
    return kind


class Alphabet:
    """The symbols: which classes and which literal words each one stands for."""

    def __init__(self, literals: frozenset[str]) -> None:
        self.members: dict[str, set[str]] = {}
        self.of_word: dict[tuple[str, bool], str] = {}
        self.of_shape: dict[str, str] = {}
        by_meaning: dict[frozenset[str], str] = {}

        def symbol(meaning: frozenset[str]) -> str:
            if meaning not in by_meaning:
                by_meaning[meaning] = chr(FIRST_SYMBOL + len(by_meaning))
                for name in meaning:
                    self.members.setdefault(name, set()).add(by_meaning[meaning])
            return by_meaning[meaning]

        for shape, classes in SHAPES.items():
            self.of_shape[shape] = symbol(frozenset(classes))
        for word in sorted(words().keys() | literals):
            for capital in (False, True):
                meaning = set()
                for cls, (_, note) in words().get(word, {}).items():
                    if note in ("capital", "abbreviation") and not capital:
                        continue
                    meaning.add(cls)
                    if note:
                        meaning.add(f"{cls}_{note.upper()}")
                if word in literals:
                    meaning.add(word)
                if meaning:
                    self.of_word[word, capital] = symbol(frozenset(meaning))

    def lex(self, text: str) -> list[Token]:
        """The tokens of a text.

        A token of no length, which no rule crosses, stands where a line ends that was not wrapped in mid-sentence: at a
        blank line, and at the end of a headline or dateline.
        """
        tokens, at = [], 0
        for m in TOKEN.finditer(text):
            start, end, kind = m.start(), m.end(), m.lastgroup if m.lastgroup != "sep" else "numeric"
            newlines = text.count("\n", at, start) if start > at else 0
            if newlines > 1 or (newlines == 1 and tokens and not _wraps(tokens[-1])):
                tokens.append(Token(at, at, "", OTHER, "break", False))
            at = end
            word = m.group().lower()
            capital = m.group()[0].isupper()
            shape = shape_of(kind, word) if kind not in ("word", "other") else "word"
            symbol = self.of_shape[shape] if shape != "word" else self.of_word.get((word, capital), OTHER)
            tokens.append(Token(start, end, word, symbol, shape, capital))
        return tokens


def _wraps(token: Token) -> bool:
    """Whether a line that ends with this token may go on in the next."""
    return (
        token.word == ","
        or (token.shape == "word" and not token.capital and token.word.isalpha())
        or ("MONTH" in words().get(token.word, {}))
    )
