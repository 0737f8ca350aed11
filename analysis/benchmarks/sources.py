"""How often a source is named right: given the annotated words that mention it, and from the text alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.extraction.records import Attribution, Span
from ascribe.extraction.sources.speakers import Namer
from ascribe.language.reading import Reading, read

SMALL = frozenset(
    ["the", "a", "an", "of", "s", "and", "for", "in", "to", "mr", "mrs", "ms", "dr", "gen", "lt", "col", "sir"]
)


def measure(shared: Path) -> dict[str, object]:
    """Shares in percent, for the annotated articles of `shared`: `train` (tuned on) and `dev` (checked on).

    `named`: the source's name is right, of all annotated figures credited to somebody, given the words that mention it.
    `hard`: the same where those words are not already the name (pronouns, descriptions, acronyms).
    `same_words`: the name has exactly the annotated words, titles and articles aside.
    `end_to_end`: of the figures whose number a claim's content holds, those whose claim's source is named right.
    """
    return {split: _split(Path(shared) / "evaluation" / "gold" / split) for split in ("train", "dev")}


def _split(folder: Path) -> dict[str, object]:
    gold = {
        p.name.removesuffix(".gold.json"): json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.gold.json")
    }
    texts = {d: (folder / f"{d}.txt").read_text(encoding="utf-8") for d in gold}
    n = dict.fromkeys(("all", "right", "exact", "hard", "hard_right", "held", "held_right"), 0)
    for reading in read(Article.from_text(texts[d], d) for d in sorted(gold)):
        found = gold[reading.article.doc_id]
        namer = Namer(reading, list(attributions(found["attributions"])))
        claims = _claims(reading)
        for figure in found["figures"]:
            name, span = figure["source_name"], figure["source_span"]
            if not name or not span:
                continue
            given = namer.name(tuple(span))
            hard = not same_name(name, reading.text[span[0] : span[1]])
            n["all"] += 1
            n["right"] += same_name(name, given)
            n["exact"] += name_words(name) == name_words(given)
            n["hard"] += hard
            n["hard_right"] += hard and same_name(name, given)
            holding = [c for c in claims if any(s <= figure["span"][0] < e for s, e in c.content) and c.source_name]
            if holding:
                inner = min(holding, key=lambda c: sum(e - s for s, e in c.content))
                n["held"] += 1
                n["held_right"] += same_name(name, inner.source_name)
    return {
        "figures": n["all"],
        "named": _share(n["right"], n["all"]), "hard": _share(n["hard_right"], n["hard"]),
        "same_words": _share(n["exact"], n["all"]), "end_to_end": _share(n["held_right"], n["held"]),
    }  # fmt: skip


def attributions(found: Sequence[dict]) -> Iterator[Attribution]:
    """Annotated attributions as an engine's."""
    for a in found:
        if a["content"]:
            yield Attribution(tuple(map(tuple, a["content"])), _first(a["source"]), _first(a["cue"]))


def _first(spans: Sequence[Sequence[int]]) -> Span | None:
    return (spans[0][0], spans[0][1]) if spans else None


def _claims(reading: Reading) -> Sequence:
    from ascribe.extraction.claims import find_claims

    return find_claims(reading)


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def name_words(name: str | None) -> frozenset[str]:
    """The words of a name that count, as the evaluation compares them."""
    folded = re.sub(r"['’]s\b", "", (name or "").lower())
    return frozenset(w for w in re.findall(r"\w+", folded) if w not in SMALL)


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names are one, as the evaluation compares them."""
    x, y = name_words(a), name_words(b)
    if not x or not y:
        return not x and not y
    return x <= y or y <= x or len(x & y) / len(x | y) >= 0.5
