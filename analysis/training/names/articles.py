"""The articles that naming is learned from: openly licensed, each with the fullest names of its sources.

Two sorts of names: `corpus/names.jsonl`, the name of every source of some articles, and those that the credited figures
of the evaluation's open articles have.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.extraction.records import Attribution, Span

OPEN = ("op", "wn", "wm", "wo", "wu", "ew")
"""The open articles' names begin with these; the others' texts belong to their publishers, and train nothing."""
CORPUS = Path(__file__).parents[1] / "corpus" / "names.jsonl"


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """An article, its attributions, and the fullest name in it of what some spans mention."""

    article: Article
    attributions: tuple[Attribution, ...]
    names: dict[Span, str]
    figures: dict[Span, tuple[str, int]]
    """The names that figures are credited to, with how many figures."""

    @property
    def doc_id(self) -> str:
        return self.article.doc_id

    @property
    def half(self) -> int:
        """0 or 1, by the name alone: to learn from the one half and measure on the other."""
        return int(hashlib.sha256(self.doc_id.encode()).hexdigest(), 16) % 2


def corpus() -> dict[str, dict[Span, str]]:
    """The names in `corpus/names.jsonl` by article: of the words at each span."""
    with CORPUS.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {row["doc_id"]: {(s, e): name for s, e, name in row["names"]} for row in rows}


def articles(folder: Path, known: dict[str, dict[Span, str]], publishers: bool = False) -> Iterator[Named]:
    """The annotated articles of a folder of the evaluation, by name: the open ones, or with `publishers` the others."""
    for path in sorted(folder.glob("*.gold.json")):
        doc_id = path.name.removesuffix(".gold.json")
        if (doc_id.split("_")[0] in OPEN) == publishers:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        figures: dict[Span, tuple[str, int]] = {}
        for f in gold["figures"]:
            if f["source_name"] and f["source_span"]:
                span = tuple(f["source_span"])
                figures[span] = f["source_name"], figures.get(span, ("", 0))[1] + 1
        names = {span: name for span, (name, _) in figures.items()} | known.get(doc_id, {})
        text = path.with_name(f"{doc_id}.txt").read_text(encoding="utf-8")
        yield Named(Article.from_text(text, doc_id), tuple(attributions(gold["attributions"])), names, figures)


def attributions(found: list[dict]) -> Iterator[Attribution]:
    """Annotated attributions as an engine's."""
    for a in found:
        if a["content"]:
            source, cue = [tuple(s[0]) if s else None for s in (a["source"], a["cue"])]
            yield Attribution(tuple(map(tuple, a["content"])), source, cue)
