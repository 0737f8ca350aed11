"""Plain sentences of our own, with the names of their sources: what is rare in the articles, said plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.extraction.records import Attribution, Span

from training.names.articles import Named

MARK = re.compile(r"\{([^|{}]*)\|([^{}]*)\}")
FILE = Path(__file__).with_name("sentences.txt")


def sentences() -> Iterator[Named]:
    """One short article a line of `sentences.txt`."""
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            yield marked(line, f"sentence_{number}")


def marked(line: str, doc_id: str) -> Named:
    """The text without its marks, the names at them, and what each source says: the rest of its sentence."""
    text, last, names = "", 0, {}
    for m in MARK.finditer(line):
        text += line[last : m.start()]
        names[len(text), len(text) + len(m[1])] = m[2]
        text += m[1]
        last = m.end()
    text += line[last:]
    said = (Attribution((rest(text, span),), span) for span in names)
    return Named(Article.from_text(text, doc_id), tuple(said), names, {})


def rest(text: str, span: Span) -> Span:
    end = text.find(". ", span[1])
    return span[1] + 1, end if end >= 0 else len(text)
