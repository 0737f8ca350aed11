"""JSON Lines: one article a line, read a line at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ascribe.articles import dates
from ascribe.articles.article import Article
from ascribe.articles.characters import LARGEST, decode, known, storable
from ascribe.articles.position import reading
from ascribe.errors import ArticleError

KEYS = ("doc_id", "text", "title", "published", "date", "publisher", "author", "url", "language")
EXPECTED = '{"doc_id": …, "text": …, "title"?, "published"?, "publisher"?, "url"?}'


def read(path: Path) -> Iterator[Article | ArticleError]:
    """An article, or what is wrong with it, for each line that is not blank."""
    empty = True
    try:
        with path.open("rb") as file, reading(file):
            for number, line in lines(file):
                place = f"{path}:{number}"
                if line is None:
                    yield ArticleError(place, f"the line is longer than {LARGEST:,} bytes: no article is")
                elif not line.strip():
                    continue
                else:
                    try:
                        yield article(line, place, path)
                    except ArticleError as e:
                        yield e
                empty = False
    except OSError as e:
        raise ArticleError(path, f"cannot be read: {e.strerror or e}") from e
    if empty:
        raise ArticleError(path, "the file is empty: nothing to read")


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one that is too long to be held."""
    number = 0
    while line := file.readline(LARGEST):
        number += 1
        if len(line) < LARGEST or line.endswith(b"\n"):
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LARGEST)
        yield number, None


def article(line: bytes, place: str, path: Path) -> Article:
    """The article of one line. Raises ArticleError naming the line."""
    text = decode(line, place)
    try:
        record = json.loads(text)
    except json.JSONDecodeError as e:
        raise ArticleError(place, f"the line is not JSON (column {e.colno}: {e.msg})") from e
    except (ValueError, RecursionError) as e:
        raise ArticleError(place, "the line's JSON is nested too deeply, or a number in it is too long") from e
    if not isinstance(record, dict):
        raise ArticleError(place, f"the line is no JSON object: write {EXPECTED}")
    return made(record, place, path)


def made(record: dict[str, object], place: str, path: Path) -> Article:
    """The article of one record. Raises ArticleError naming the place."""
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(place, f"the record has no text: write {EXPECTED}")
    text = storable(text)
    try:
        published = dates.parse(record.get("published") or record.get("date"))
    except ValueError as e:
        raise ArticleError(place, f"published is not a date: {e}; write it as 2022-12-31") from e
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Article(
        doc_id=known(record.get("doc_id")) or f"{path.stem}-{digest}", text=text, body=(0, len(text)),
        title=known(record.get("title")), publisher=known(record.get("publisher")), author=known(record.get("author")),
        url=known(record.get("url")), language=known(record.get("language")), published=published, path=str(path),
        meta={key: value for key, value in record.items() if key not in KEYS},
    )  # fmt: skip
