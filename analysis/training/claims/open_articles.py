"""The articles that the filter may learn from: openly licensed, with hand-made attributions."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ascribe.articles.article import Article

LOST = re.compile(r"(?<=\w),(?=\d)|,(?=\s)|(?<=\w)['’](?=\w)|(?<=s)['’](?= )|(?<=\s)\s+")
"""What scraping loses: commas, apostrophes, and the line breaks between paragraphs."""

Gold = list[dict]


def open_articles(shared: Path) -> list[tuple[Article, Gold]]:
    """The Wikinews articles of `evaluation/gold/train` (CC BY 2.5) with their attributions, by name."""
    found = []
    for path in sorted((shared / "evaluation" / "gold" / "train").glob("w[nmo]_*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["attributions"]
        found.append((Article.from_text(path.read_text(encoding="utf-8"), path.stem), gold))
    return found


def worn(article: Article, gold: Gold) -> tuple[Article, Gold]:
    """The article as a careless scraper leaves it, in one line without commas and apostrophes, its gold moved along."""
    text = article.text
    moved, kept, at = [0] * (len(text) + 1), [], 0
    gone = [False] * len(text)
    for m in LOST.finditer(text):
        gone[m.start() : m.end()] = [True] * (m.end() - m.start())
    for k, ch in enumerate(text):
        moved[k] = at
        if not gone[k]:
            kept.append(" " if ch.isspace() else ch)
            at += 1
    moved[len(text)] = at
    roles = ("source", "cue", "content")
    shifted = [{**a, **{r: [[moved[s], moved[e]] for s, e in a[r]] for r in roles}} for a in gold]
    return Article.from_text("".join(kept), article.doc_id + "_worn"), shifted
