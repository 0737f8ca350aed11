"""What is done where an article is extracted: in a process of this machine, or in one of a cluster."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence

from ascribe.archive.journal import pack
from ascribe.archive.version import extractor
from ascribe.articles.article import Article
from ascribe.errors import ArticleError, AscribeError
from ascribe.limits import Limits

MOST_STRINGS = 150_000
"""A pipeline keeps every new word that it meets: after so many a fresh one takes its place."""


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """How articles are extracted: by which pipeline, within which limits, by which version of the extractor."""

    pipeline: str | None
    limits: Limits
    version: str


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """What became of an article: its rows, packed for the journal, or the reason why there are none."""

    packed: bytes | None = None
    reason: str | None = None


def work(articles: Sequence[Article], settings: Settings) -> list[Made]:
    """What becomes of each article. Raises AscribeError where another version of the extractor is at work here."""
    from ascribe.extraction import extract_all
    from ascribe.ledger.tables import plain

    if extractor() != settings.version:
        raise AscribeError("a worker has another version of Ascribe, or of what it counts with: install the same there")
    made = []
    for article in articles:
        failed: list[ArticleError] = []
        nlp = _pipeline(settings.pipeline)
        found = next(extract_all([article], nlp=nlp, on_error=failed.append, limits=settings.limits), None)
        made.append(Made(pack(plain(found))) if found else Made(reason=failed[0].reason))
    return made


def _pipeline(name: str | None) -> object:
    """The pipeline of this process, a fresh one where the last has met too many words."""
    nlp, most = _loaded(name)
    if len(nlp.vocab.strings) > most:
        _loaded.cache_clear()
        nlp, most = _loaded(name)
    return nlp


@functools.lru_cache(maxsize=1)
def _loaded(name: str | None) -> tuple[object, int]:
    from ascribe.language.pipeline import fresh

    nlp = fresh(name)
    return nlp, len(nlp.vocab.strings) + MOST_STRINGS
