"""A parsed article as the word pieces that the encoder reads, each with what the pieces alone do not tell.

The vocabulary knows no capitals, no line breaks, no quotation that began a page ago and no syntax; five features say
them. Training and extraction share this module, so that the encoder meets the same input in both.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import re
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ascribe.extraction.model.labels import BREAKS, CASES, DEPENDENCIES, PARTS_OF_SPEECH
from ascribe.extraction.records import Span
from ascribe.language.quotations import find_quotations
from ascribe.language.reading import Reading

TOKENIZER = Path(__file__).with_name("tokenizer.json")
PARAGRAPH = re.compile(r"\n\s*\n")
LONGEST_WORD = 60


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Word pieces in text order: `ids` [n]; `features` [n, 5]: case, break before, inside quotation marks, part of
    speech, dependency.

    `starts[k]`, `ends[k]` are the characters of piece `k` in the article's text; `words[k]` is the first piece of the
    word that piece `k` belongs to, `tokens[k]` its token of the parse. `heads`, `dependencies` and `sentences` are the
    parse's, by token: the token's head, the label's number and the number of the sentence.
    """

    ids: np.ndarray
    features: np.ndarray
    starts: list[int]
    ends: list[int]
    words: np.ndarray
    tokens: np.ndarray
    heads: np.ndarray
    dependencies: np.ndarray
    sentences: np.ndarray

    def __len__(self) -> int:
        return len(self.starts)

    def range(self, span: Span) -> tuple[int, int] | None:
        """The pieces `[i, j)` that the characters `span` touch, or None where they touch none."""
        i, j = bisect.bisect_right(self.ends, span[0]), bisect.bisect_left(self.starts, span[1])
        return (i, j) if i < j else None

    def span(self, i: int, j: int) -> Span:
        """The characters that the pieces `[i, j)` cover."""
        return self.starts[i], self.ends[j - 1]


@functools.cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def pieces(reading: Reading) -> Pieces:
    """The pieces of an article's body, at offsets of its text."""
    start, end = reading.article.body
    body = reading.text[start:end]
    encoded = _tokenizer().encode(body, add_special_tokens=False)
    offsets = encoded.offsets
    starts, ends = [start + s for s, _ in offsets], [start + e for _, e in offsets]
    words, written = _written(body, offsets)
    tokens, parts, dependencies, sentences, heads = _parsed(reading, starts)
    inside = _inside_quotations(reading)
    features = (
        np.column_stack(
            [
                written,
                [inside[s] for s in starts],
                np.where(tokens >= 0, parts[tokens], 0),
                np.where(tokens >= 0, dependencies[tokens], 0),
            ]
        ).astype(np.int64)
        if offsets
        else np.zeros((0, 5), np.int64)
    )
    ids = np.asarray(encoded.ids, np.int64)
    return Pieces(ids, features, starts, ends, words, tokens, heads, dependencies, sentences)


def _written(body: str, offsets: list[tuple[int, int]]) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """For each piece the first piece of its word, and how the word is written: its case and the break before it."""
    words = np.arange(len(offsets))
    written = []
    last, case = 0, 0
    for k, (s, e) in enumerate(offsets):
        joined = k > 0 and last == s and body[s - 1].isalnum() and body[s].isalnum()
        if joined:
            words[k] = words[k - 1]
        else:
            case = _case(_word(body, s, e) if body[s].isalnum() else "")
        written.append((case, _break(body, last, s) if k else BREAKS.index("paragraph")))
        last = e
    return words, written


def _word(body: str, start: int, end: int) -> str:
    """The letters and digits from a piece on."""
    stop = min(len(body), end + LONGEST_WORD)
    while end < stop and body[end].isalnum():
        end += 1
    return body[start:end]


def _case(word: str) -> int:
    """How a word is written."""
    if any(c.isdigit() for c in word):
        return CASES.index("digit")
    if not any(c.isalpha() for c in word):
        return CASES.index("other")
    if word.islower():
        return CASES.index("lower")
    return CASES.index("upper" if word.isupper() and len(word) > 1 else "title")


def _break(body: str, last: int, start: int) -> int:
    gap = body[last:start]
    if "\n" not in gap:
        return BREAKS.index("none")
    return BREAKS.index("paragraph" if PARAGRAPH.search(gap) else "line")


def _parsed(reading: Reading, starts: list[int]) -> tuple[np.ndarray, ...]:
    """Each piece's token, and of each token the part of speech, the dependency, the sentence and the head."""
    doc = reading.doc
    tokens = np.searchsorted(reading.starts, starts, side="right") - 1
    parts = np.array([PARTS_OF_SPEECH.get(t.pos_, 0) for t in doc] or [0])
    dependencies = np.array([DEPENDENCIES.get(t.dep_.partition(":")[0], 0) for t in doc] or [0])
    heads = np.array([t.head.i for t in doc] or [0])
    sentences = np.cumsum([bool(t.is_sent_start) for t in doc] or [0])
    return tokens, parts, dependencies, sentences, heads


def _inside_quotations(reading: Reading) -> bytearray:
    """For each character of the text, whether it stands in quotation marks."""
    flags = bytearray(len(reading.text) + 1)
    paragraphs = [reading.span(p) for p in reading.paragraphs if p[0] < p[1]]
    for quotation in find_quotations(reading.text, paragraphs):
        flags[quotation.start : quotation.end] = b"\1" * (quotation.end - quotation.start)
    return flags
