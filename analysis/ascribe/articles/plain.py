"""Text and Markdown files: the text as it is on disk, front matter and all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ascribe.articles import front_matter
from ascribe.articles.article import Article
from ascribe.articles.characters import decode, load
from ascribe.errors import ArticleError

HEADING = re.compile(r"\s*#[ \t]+([^\n]+)")


def read(path: Path) -> Iterator[Article | ArticleError]:
    """One article: `text` is what `path.read_text(encoding="utf-8")` gives, `body` all of it after the front matter."""
    text = decode(load(path), path).replace("\r\n", "\n").replace("\r", "\n")
    found, start = front_matter.split(text, path)
    if not text[start:].strip():
        what = "front matter, but no text after it" if found else "the file is empty"
        raise ArticleError(path, f"{what}: nothing to read")
    title = found.pop("title", None)
    if title is None and path.suffix.lower() == ".md" and (m := HEADING.match(text, start)):
        title = m[1].strip().rstrip("#").rstrip() or None
    published = found.pop("published", None)
    date = found.pop("date", None)
    yield Article(
        doc_id=path.stem, text=text, body=(start, len(text)), title=title, published=published or date,
        publisher=found.pop("publisher", None), author=found.pop("author", None), url=found.pop("url", None),
        language=found.pop("language", None), path=str(path), meta=found,
    )  # fmt: skip
