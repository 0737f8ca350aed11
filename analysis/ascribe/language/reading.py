"""The reading of an article: its parse, its sentences and paragraphs, with every offset the file's.

Paragraphs are parsed one at a time (a newline token in the middle of a sentence wrecks the parse), very long ones in
pieces, from a private clean copy (`clean`). The parses are then joined into one spaCy `Doc`, whose token indices run
over the whole article; it holds no blank tokens.
"""

from __future__ import annotations

import bisect
import collections
import dataclasses
import itertools
from collections.abc import Iterable, Iterator

import numpy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SPACY, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from ascribe.articles.article import Article
from ascribe.language.clean import clean
from ascribe.language.paragraphs import Span, paragraphs, parsed_apart
from ascribe.language.pipeline import fresh, load

KEPT = [ORTH, TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE, SPACY]
MOST_WORDS = 2_000
"""Words parsed together, however short or long the paragraphs are."""
MOST_STRINGS = 150_000
"""A stream holds ever new words, and a pipeline keeps each: after so many new ones a fresh pipeline takes its place."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One article, parsed.

    `doc` is the whole article as one spaCy Doc; `starts[i]`, `ends[i]` are the character offsets of token `i` in
    `article.text` (never use `token.idx`); `paragraphs` are token ranges `(i, j)`, end exclusive.
    """

    article: Article
    doc: Doc
    starts: list[int]
    ends: list[int]
    paragraphs: list[tuple[int, int]]

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def sentences(self) -> Iterator[TokenSpan]:
        """The sentences; none crosses a paragraph's end."""
        return self.doc.sents if len(self.doc) else iter(())

    def span(self, tokens: TokenSpan | Token | tuple[int, int]) -> tuple[int, int]:
        """The characters `[start, end)` that tokens cover: a spaCy Span, a Token, or a token range `(i, j)`."""
        if isinstance(tokens, Token):
            i, j = tokens.i, tokens.i + 1
        elif isinstance(tokens, TokenSpan):
            i, j = tokens.start, tokens.end
        else:
            i, j = tokens
        return self.starts[i], self.ends[j - 1]

    def tokens(self, start: int, end: int) -> TokenSpan:
        """The tokens that the characters `[start, end)` touch, as a spaCy Span (empty where they touch none)."""
        return self.doc[bisect.bisect_right(self.ends, start) : bisect.bisect_left(self.starts, end)]


def read(articles: Iterable[Article], nlp: Language | None = None, batch_size: int = 32) -> Iterator[Reading]:
    """Parse articles, one Reading each, in order; memory does not grow with their number.

    `nlp` is a pipeline from `ascribe.language.pipeline.load` (the shipped one by default); at most `batch_size`
    paragraphs are parsed together: more is faster and takes more memory.
    """
    stream = iter(articles)
    own = nlp is None
    pipeline = load() if own else nlp
    while True:
        session = _Session(pipeline, stream, MOST_STRINGS if own else None)
        yield from session.readings(batch_size)
        if session.exhausted:
            return
        pipeline = fresh()


@dataclasses.dataclass(slots=True)
class _Waiting:
    """An article whose pieces are being parsed; `pieces` holds (parse, starts, ends, last of its paragraph)."""

    article: Article
    pieces: list[tuple[Doc, list[int], list[int], bool]] = dataclasses.field(default_factory=list)
    complete: bool = False
    asked: int = 0


class _Session:
    """Articles through one pipeline, until they end or (with `most_strings`) its vocabulary has grown too far."""

    def __init__(self, nlp: Language, articles: Iterator[Article], most_strings: int | None) -> None:
        self.nlp, self.articles = nlp, articles
        self.limit = len(nlp.vocab.strings) + most_strings if most_strings else None
        self.waiting: collections.deque[_Waiting] = collections.deque()
        self.exhausted = False

    def readings(self, batch_size: int) -> Iterator[Reading]:
        for batch in self._batches(batch_size):
            for parse, (item, starts, ends, last) in self.nlp.pipe(batch, as_tuples=True, batch_size=len(batch)):
                item.pieces.append((parse, starts, ends, last))
            yield from self._finished()
        yield from self._finished()

    def _batches(self, batch_size: int) -> Iterator[list]:
        """The pieces in batches of `batch_size`, or of fewer where they are long: memory goes with words."""
        batch, words = [], 0
        for piece in self._pieces():
            batch.append(piece)
            words += len(piece[0])
            if len(batch) >= batch_size or words >= MOST_WORDS:
                yield batch
                batch, words = [], 0
        if batch:
            yield batch

    def _finished(self) -> Iterator[Reading]:
        while self.waiting and self.waiting[0].complete and len(self.waiting[0].pieces) == self.waiting[0].asked:
            yield _join(self.waiting.popleft(), self.nlp)

    def _pieces(self) -> Iterator[tuple[Doc, tuple[_Waiting, list[int], list[int], bool]]]:
        for article in self.articles:
            item = _Waiting(article)
            self.waiting.append(item)
            for start, end in paragraphs(article.text, *article.body):
                for s, e in parsed_apart(article.text, start, end):
                    doc, starts, ends = tokenize(self.nlp, article.text, s, e)
                    if len(doc):
                        item.asked += 1
                        yield doc, (item, starts, ends, e == end)
            item.complete = True
            if self.limit and len(self.nlp.vocab.strings) > self.limit:
                return
        self.exhausted = True


def tokenize(nlp: Language, text: str, start: int, end: int) -> tuple[Doc, list[int], list[int]]:
    """`text[start:end]` as a Doc of its clean copy without blank tokens; where each token starts and ends in `text`."""
    copy, places = clean(text[start:end])
    doc = nlp.tokenizer(copy)
    kept = [t for t in doc if not t.is_space]
    if len(kept) != len(doc):
        words = [t.text for t in kept]
        ends = [t.idx + len(t) for t in kept]
        spaces = [b.idx > a for a, b in zip(ends, kept[1:], strict=False)] + [False] * bool(kept)
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
    begins = [t.idx for t in kept]
    finals = [t.idx + len(t) - 1 for t in kept]
    if places is not None:
        begins, finals = [places[i] for i in begins], [places[i] for i in finals]
    return doc, [start + i for i in begins], [start + i + 1 for i in finals]


def _join(item: _Waiting, nlp: Language) -> Reading:
    if not item.pieces:
        return Reading(item.article, Doc(nlp.vocab), [], [], [])
    edges = list(itertools.accumulate((len(p) for p, *_ in item.pieces), initial=0))
    found, first = [], 0
    for k, (*_, last) in enumerate(item.pieces):
        if last:
            found.append((first, edges[k + 1]))
            first = edges[k + 1]
    if first < edges[-1]:  # the end of a paragraph held nothing that could be parsed
        found.append((first, edges[-1]))
    doc = _joined([p for p, *_ in item.pieces], nlp)
    starts = list(itertools.chain.from_iterable(s for _, s, _, _ in item.pieces))
    ends = list(itertools.chain.from_iterable(e for _, _, e, _ in item.pieces))
    return Reading(item.article, doc, starts, ends, found)


def _joined(parses: list[Doc], nlp: Language) -> Doc:
    """As `Doc.from_docs`, which goes through every token in Python and costs as much as the tagging does."""
    if len(parses) == 1:
        return parses[0]
    tables = [parse.to_array(KEPT) for parse in parses]
    whites = [table[:, -1].astype(bool) for table in tables]
    for white in whites[:-1]:
        white[-1:] = True
    table = numpy.concatenate(tables)
    doc = Doc(nlp.vocab, words=table[:, 0].tolist(), spaces=numpy.concatenate(whites).tolist())
    return doc.from_array(KEPT[1:-1], table[:, 1:-1])


__all__ = ["Reading", "Span", "paragraphs", "read", "tokenize"]
