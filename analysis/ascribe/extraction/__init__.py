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
) -> Iterator[Extraction]:
    """One Extraction an article, in order; memory does not grow with their number.

    An article that cannot be extracted costs only itself where `on_error` takes its ArticleError; else it is raised.
    """
    from ascribe.language.reading import read

    for reading in read(articles, nlp):
        try:
            found = _extract(reading, engine)
        except AscribeError:
            raise
        except Exception as e:
            # A defect of ours must not cost the user the other articles, nor pass for an article without claims.
            name = reading.article.path or reading.article.doc_id
            error = ArticleError(name, f"cannot be extracted, a defect of Ascribe: {type(e).__name__}: {e}")
            if on_error is None:
                raise error from e
            on_error(error)
            continue
        yield found


def _extract(reading: Reading, engine: Engine | None) -> Extraction:
    from ascribe.extraction.claims import find_claims
    from ascribe.extraction.figures import find_figures, find_numbers

    numbers = find_numbers(reading)
    claims = find_claims(reading, engine=engine)
    return Extraction(reading.article, tuple(claims), tuple(find_figures(numbers, claims)))
