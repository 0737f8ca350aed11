"""The article: a text as it is on disk, and what is known of where it came from."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class Article:
    """One news article.

    `text` is sacred: every offset that this package ever gives counts characters of it. For a text file it is the
    whole file after newline translation, front matter included; `body` is the span `[start, end)` of it that is the
    article. For a format whose text must be taken out first (HTML, PDF, …) it is the text taken out, all of it `body`.
    """

    doc_id: str
    text: str
    body: tuple[int, int]
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: dt.date | None = None
    language: str | None = None
    path: str | None = None
    meta: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """What else the front matter or the record held, unread."""
    notes: tuple[str, ...] = ()
    """What a reader could not tell, or left out."""

    @classmethod
    def from_text(cls, text: str, doc_id: str = "article", **known: object) -> Article:
        """An article made from a string, for a notebook or a test."""
        return cls(doc_id=doc_id, text=text, body=(0, len(text)), **known)

    @property
    def sha256(self) -> str:
        """Hex digest of the text in UTF-8 (lone surrogates kept, so that hostile text hashes too)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def __str__(self) -> str:
        title, day = self.title or "untitled", self.published or "undated"
        return f"{self.doc_id}: {title} ({day}, {len(self.text):,} characters)"
