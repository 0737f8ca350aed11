"""Claims, figures and sources of one article, found without knowing any other.

`extract(article)` reads, finds and returns; `extract_all(articles)` does it over a stream with bounded memory.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ascribe.articles.article import Article
from ascribe.errors import ArticleError, AscribeError
from ascribe.extraction.records import Claim, Figure
from ascribe.limits import DEFAULT, Limits, TimeUp

if TYPE_CHECKING:
    from spacy.language import Language

    from ascribe.extraction.claims import Engine
    from ascribe.language.reading import Reading


@dataclasses.dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one article, in text order."""

    article: Article
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]

    def __str__(self) -> str:
        return f"{self.article.doc_id}: {len(self.claims)} claims, {len(self.figures)} figures"


def extract(article: Article | str, *, engine: Engine | None = None, nlp: Language | None = None) -> Extraction:
    """What one article (or a bare text) says, and who stands behind it.

    `engine` finds the attributions in place of the package's own; `nlp` parses in place of the shipped pipeline.
    Raises PipelineError where the pipeline cannot be loaded.
    """
    if isinstance(article, str):
        article = Article.from_text(article)
    return next(extract_all([article], engine=engine, nlp=nlp))


def extract_all(
    articles: Iterable[Article],
    *,
    engine: Engine | None = None,
    nlp: Language | None = None,
    on_error: Callable[[ArticleError], None] | None = None,
    limits: Limits = DEFAULT,
) -> Iterator[Extraction]:
    """One Extraction an article, in order; memory does not grow with their number.

    An article that cannot be extracted, or not within the `limits`, costs only itself where `on_error` takes its
    ArticleError; else it is raised.
    """
    from ascribe.language.reading import read

    fail = on_error or _raise
    for reading in read(_short_enough(articles, limits, fail), nlp, on_error=fail, limits=limits):
        try:
            with limits.kept():
                found = _extract(reading, engine)
        except AscribeError:
            raise
        except TimeUp:
            fail(ArticleError(_name(reading.article), limits.too_slow("extracted")))
        except Exception as e:
            # A defect of ours must not cost the user the other articles, nor pass for an article without claims.
            why = f"cannot be extracted, a defect of Ascribe: {type(e).__name__}: {e}"
            fail(ArticleError(_name(reading.article), why))
        else:
            yield found


def _short_enough(
    articles: Iterable[Article], limits: Limits, fail: Callable[[ArticleError], None]
) -> Iterator[Article]:
    for article in articles:
        if trouble := limits.too_long(article.text):
            fail(ArticleError(_name(article), trouble))
        else:
            yield article


def _name(article: Article) -> str:
    return article.path or article.doc_id


def _raise(error: ArticleError) -> None:
    raise error


def _extract(reading: Reading, engine: Engine | None) -> Extraction:
    from ascribe.extraction.claims import find_claims, propose
    from ascribe.extraction.figures import find_figures, find_numbers
    from ascribe.extraction.model import predict

    numbers = find_numbers(reading)
    proposed = propose(reading)
    prediction = predict(reading, numbers.spans, proposed)
    claims = find_claims(reading, prediction, proposed, engine=engine)
    return Extraction(reading.article, tuple(claims), tuple(find_figures(numbers, claims, prediction)))
