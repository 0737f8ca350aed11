"""The reading of an article: its parse, its sentences and its quotations, with every offset the file's.

Paragraphs are parsed one at a time (a newline token in the middle of a sentence wrecks the parse) from a private copy
of the same length, in which odd characters are put right one for one, so that offsets need no map. The parses are then
joined into one spaCy `Doc`, whose token indices run over the whole article.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from analysis.articles.article import Article
from analysis.language.pipeline import load

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")


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
        return self.doc.sents

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


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of `text[start:end]`, as character spans."""
    return [m.span() for m in PARAGRAPH.finditer(text, start, end)]


def read(articles: Iterable[Article], nlp: Language | None = None, batch_size: int = 8) -> Iterator[Reading]:
    """Parse articles, one Reading each, in order; memory does not grow with their number."""
    nlp = nlp or load()
    for article in articles:
        spans = paragraphs(article.text, *article.body)
        parses = list(nlp.pipe((article.text[s:e].replace("\n", " ") for s, e in spans), batch_size=batch_size))
        if not parses:
            parses, spans = [nlp.make_doc("")], [(0, 0)]
        starts = [s + t.idx for (s, _), p in zip(spans, parses) for t in p]
        ends = [s + t.idx + len(t) for (s, _), p in zip(spans, parses) for t in p]
        edges = list(itertools.accumulate(map(len, parses), initial=0))
        doc = Doc.from_docs(parses, ensure_whitespace=False) if len(starts) else parses[0]
        yield Reading(article, doc, starts, ends, list(itertools.pairwise(edges)))
