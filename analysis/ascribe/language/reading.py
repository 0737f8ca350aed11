"""The reading of an article: its parse, its sentences and paragraphs, with every offset the file's.

Paragraphs are parsed one at a time (a newline token in the middle of a sentence wrecks the parse), very long ones in
pieces, from a private clean copy (`clean`). The parses are then joined into one spaCy `Doc`, whose token indices run
over the whole article; it holds no blank tokens.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator

import numpy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SPACY, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from ascribe.articles.article import Article
from ascribe.errors import ArticleError
from ascribe.language.clean import clean
from ascribe.language.paragraphs import Span, paragraphs, parsed_apart
from ascribe.language.pipeline import fresh, load
from ascribe.limits import DEFAULT, Limits, TimeUp

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


def read(
    articles: Iterable[Article],
    nlp: Language | None = None,
    batch_size: int = 32,
    *,
    on_error: Callable[[ArticleError], None] | None = None,
    limits: Limits = DEFAULT,
) -> Iterator[Reading]:
    """Parse articles, one Reading each, in order; memory does not grow with their number.

    An article's parse hangs on nothing but the article: only its own paragraphs share a batch, for the size of a matrix
    decides in which order its products are summed, and so the last digit of a score.

    `nlp` is a pipeline from `ascribe.language.pipeline.load` (the shipped one by default); at most `batch_size`
    paragraphs are parsed together: more is faster and takes more memory. An article that is not parsed within the
    seconds of `limits` is left out, and handed to `on_error` as an ArticleError; without `on_error` that is raised.
    """
    own = nlp is None
    pipeline = load() if own else nlp
    most = len(pipeline.vocab.strings) + MOST_STRINGS
    for article in articles:
        if own and len(pipeline.vocab.strings) > most:
            pipeline = fresh()
            most = len(pipeline.vocab.strings) + MOST_STRINGS
        try:
            with limits.kept():
                reading = _read(article, pipeline, batch_size)
        except TimeUp:
            trouble = ArticleError(article.path or article.doc_id, limits.too_slow("parsed"))
            if on_error is None:
                raise trouble from None
            on_error(trouble)
        else:
            yield reading


def _read(article: Article, nlp: Language, batch_size: int) -> Reading:
    pieces = []
    for batch in _batches(_pieces(article, nlp), batch_size):
        parsed = nlp.pipe(batch, as_tuples=True, batch_size=len(batch))
        pieces += [_Piece(parse, *about) for parse, about in parsed]
    return _join(article, pieces, nlp)


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """What was parsed at once: where its tokens start and end in the article, and whether a paragraph ends with it."""

    parse: Doc
    starts: list[int]
    ends: list[int]
    last: bool


def _pieces(article: Article, nlp: Language) -> Iterator[tuple[Doc, tuple[list[int], list[int], bool]]]:
    """The paragraphs that hold words, long ones in pieces: tokens to be parsed, and the rest of a `_Piece`."""
    for start, end in paragraphs(article.text, *article.body):
        for s, e in parsed_apart(article.text, start, end):
            doc, starts, ends = tokenize(nlp, article.text, s, e)
            if len(doc):
                yield doc, (starts, ends, e == end)


def _batches(pieces: Iterable[tuple[Doc, tuple]], batch_size: int) -> Iterator[list[tuple[Doc, tuple]]]:
    """The pieces in batches of `batch_size`, or of fewer where they are long: memory goes with words."""
    batch, words = [], 0
    for piece in pieces:
        batch.append(piece)
        words += len(piece[0])
        if len(batch) >= batch_size or words >= MOST_WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


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


def _join(article: Article, pieces: list[_Piece], nlp: Language) -> Reading:
    if not pieces:
        return Reading(article, Doc(nlp.vocab), [], [], [])
    edges = list(itertools.accumulate((len(piece.parse) for piece in pieces), initial=0))
    found, first = [], 0
    for piece, end in zip(pieces, edges[1:], strict=True):
        if piece.last:
            found.append((first, end))
            first = end
    if first < edges[-1]:  # the end of a paragraph held nothing that could be parsed
        found.append((first, edges[-1]))
    doc = _joined([piece.parse for piece in pieces], nlp)
    starts = list(itertools.chain.from_iterable(piece.starts for piece in pieces))
    ends = list(itertools.chain.from_iterable(piece.ends for piece in pieces))
    return Reading(article, doc, starts, ends, found)


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
