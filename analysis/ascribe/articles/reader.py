"""Articles from any mix of files, folders and globs."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import importlib
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ascribe.articles import english, position
from ascribe.articles import inputs as files
from ascribe.articles.article import Article
from ascribe.articles.naming import Names, clean, name_files
from ascribe.errors import ArticleError
from ascribe.limits import DEFAULT, Limits, TimeUp
from ascribe.saying import line

SAID = 5
"""How many notes of one kind are given for one file: an archive can hold thousands of copies."""


def read(
    inputs: Iterable[str | Path] | str | Path,
    *,
    published: dt.date | None = None,
    on_error: Callable[[ArticleError], None] | None = None,
    on_note: Callable[[str], None] | None = None,
    limits: Limits = DEFAULT,
    names: Names | None = None,
) -> Iterator[Article]:
    """Read the articles of files, folders (with all below them) and globs, one after the other.

    A text file's `doc_id` is its stem, a JSONL record's its own, a web archive's page its address. No two articles get
    one `doc_id`: where inputs share a name, they are told apart (by suffix, by folder, or by the text's hash), the same
    text under the same name is read once, and `on_note` is told (by default it is a warning). So it is where an article
    has the text of another, or is not in English. `language` is what the article says of itself, or what its words
    leave no doubt of.

    `published` dates the articles that do not say when they were published. What cannot be read, is longer than the
    `limits` allow, or takes longer, is handed to `on_error` and the others go on; without `on_error` the first trouble
    is raised, as ArticleError. JSONL files and web archives are read a record at a time and never held whole. `names`
    holds the names that were given; of very many articles it may keep them on disk.
    """
    tell = on_note or (lambda message: warnings.warn(message, stacklevel=4))

    def note(message: str) -> None:
        tell(line(message))  # a name in it may hold anything

    fail = on_error or raise_error
    if isinstance(inputs, (str, Path)):
        inputs = [inputs]
    paths = []
    for found in files.find(inputs):
        if isinstance(found, ArticleError):
            fail(printable(found))
        else:
            paths.append(found)
    given, said = name_files(paths)
    for message in said:
        note(message)
    names = Names() if names is None else names
    where = position.now()
    where.expect(list(given))
    for path in given:
        notes: dict[str, list[str]] = collections.defaultdict(list)
        for outcome in outcomes(path, limits):
            if isinstance(outcome, ArticleError):
                fail(printable(outcome))
                continue
            article = dataclasses.replace(outcome, doc_id=given[path] or outcome.doc_id, path=clean(path))
            doc_id, message = names.take(article)
            if message:
                notes["name"].append(message)
            if not doc_id:
                continue
            notes["read"] += [f"{doc_id}: {said}" for said in article.notes]
            language = english.language(article.text, article.body[0])
            if language not in ("en", None):
                notes["language"].append(f"{doc_id}: {english.foreign(language)}")
            yield dataclasses.replace(
                article,
                doc_id=doc_id,
                published=article.published or published,
                language=article.language or language,
            )
        where.finished(path)
        for message in some(notes.values(), path):
            note(message)


def some(notes: Iterable[list[str]], path: Path) -> Iterator[str]:
    """A few notes of each kind that there are for a file, and how many more."""
    for messages in notes:
        yield from messages[:SAID]
        if len(messages) > SAID:
            yield f"{clean(path)}: and {len(messages) - SAID:,} more like these"


def outcomes(path: Path, limits: Limits) -> Iterator[Article | ArticleError]:
    """What a file holds: its articles, and what went wrong on the way."""
    module = importlib.import_module(f"ascribe.articles.{files.reader(path)}")
    stream = module.read(path)
    while True:
        try:
            with limits.kept():
                found = next(stream, None)
        except ArticleError as e:
            found, stream = e, iter(())
        except TimeUp:
            found, stream = ArticleError(path, limits.too_slow("read")), iter(())
        if found is None:
            return
        if isinstance(found, Article) and (trouble := limits.too_long(found.text)):
            found = ArticleError(path, trouble)
        yield found


def raise_error(error: ArticleError) -> None:
    raise error


def printable(error: ArticleError) -> ArticleError:
    """The error, its message such that any terminal and log can take it."""
    return error if str(error).isprintable() else type(error)(line(error.path), line(error.reason))
