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
import time
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

    `nlp` is a pipeline from `ascribe.language.pipeline.load` (the shipped one by default); at most `batch_size`
    paragraphs are parsed together: more is faster and takes more memory. An article that is not parsed within the
    seconds of `limits` is left out, and handed to `on_error` as an ArticleError; without `on_error` that is raised.
    """
    stream = iter(articles)
    own = nlp is None
    pipeline = load() if own else nlp
    while True:
        session = _Session(pipeline, stream, limits, MOST_STRINGS if own else None)
        for item in session.parsed(batch_size):
            if not item.late:
                yield _join(item, pipeline)
            elif on_error is None:
                raise item.trouble(limits)
            else:
                on_error(item.trouble(limits))
        if session.exhausted:
            return
        pipeline = fresh()


@dataclasses.dataclass(slots=True)
class _Waiting:
    """An article whose pieces are being parsed; `pieces` holds (parse, starts, ends, last of its paragraph).

    `spent` are the seconds that it has taken; `late` says that they were too many.
    """

    article: Article
    pieces: list[tuple[Doc, list[int], list[int], bool]] = dataclasses.field(default_factory=list)
    complete: bool = False
    asked: int = 0
    spent: float = 0.0
    late: bool = False

    @property
    def done(self) -> bool:
        return self.complete and (self.late or len(self.pieces) == self.asked)

    def trouble(self, limits: Limits) -> ArticleError:
        return ArticleError(self.article.path or self.article.doc_id, limits.too_slow("parsed"))


_Tokenized = tuple[Doc, list[int], list[int], bool]
_Piece = tuple[Doc, tuple[_Waiting, list[int], list[int], bool]]


class _Session:
    """Articles through one pipeline, until they end or (with `most_strings`) its vocabulary has grown too far."""

    def __init__(
        self, nlp: Language, articles: Iterator[Article], limits: Limits, most_strings: int | None = None
    ) -> None:
        self.nlp, self.articles, self.limits = nlp, articles, limits
        self.most = len(nlp.vocab.strings) + most_strings if most_strings else None
        self.waiting: collections.deque[_Waiting] = collections.deque()
        self.exhausted = False

    def parsed(self, batch_size: int) -> Iterator[_Waiting]:
        """The articles, parsed or too late, in order."""
        for batch in self._batches(batch_size):
            self._parse(batch)
            yield from self._finished()
        yield from self._finished()

    def _parse(self, batch: list[_Piece]) -> None:
        """Parse pieces together; where that takes too long, each article's alone, to see whose fault it is."""
        whose = {id(item): item for _, (item, *_) in batch}
        begun = time.monotonic()
        try:
            with self.limits.kept():
                parses = [parse for parse, _ in self.nlp.pipe(batch, as_tuples=True, batch_size=len(batch))]
        except TimeUp:
            for item in whose.values():
                if len(whose) == 1:
                    item.late = True
                else:
                    self._parse([piece for piece in batch if piece[1][0] is item])
            return
        words = sum(map(len, parses))
        for parse, (_, (item, *where)) in zip(parses, batch, strict=True):
            item.pieces.append((parse, *where))
            item.spent += (time.monotonic() - begun) * len(parse) / words
        for item in whose.values():
            item.late |= item.spent > self.limits.seconds

    def _batches(self, batch_size: int) -> Iterator[list[_Piece]]:
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

    def _finished(self) -> Iterator[_Waiting]:
        while self.waiting and self.waiting[0].done:
            yield self.waiting.popleft()

    def _pieces(self) -> Iterator[_Piece]:
        for article in self.articles:
            item = _Waiting(article)
            self.waiting.append(item)
            tokenized = _tokenized(self.nlp, article)
            while (found := self._next(item, tokenized)) is not None:
                doc, starts, ends, last = found
                if len(doc):
                    item.asked += 1
                    yield doc, (item, starts, ends, last)
            item.complete = True
            if self.most and len(self.nlp.vocab.strings) > self.most:
                return
        self.exhausted = True

    def _next(self, item: _Waiting, tokenized: Iterator[_Tokenized]) -> _Tokenized | None:
        """An article's next piece; None at its end, and where its time is up."""
        begun, found = time.monotonic(), None
        if not item.late:
            try:
                with self.limits.kept():
                    found = next(tokenized, None)
            except TimeUp:
                item.late = True
        item.spent += time.monotonic() - begun
        return found


def _tokenized(nlp: Language, article: Article) -> Iterator[_Tokenized]:
    for start, end in paragraphs(article.text, *article.body):
        for s, e in parsed_apart(article.text, start, end):
            yield *tokenize(nlp, article.text, s, e), e == end


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
