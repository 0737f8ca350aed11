"""How right claims and figures are, by the evaluation's own scorer, on articles that the network has not seen.

`blind`: open articles that nobody reads; only totals are printed. `publishers`: newspapers' and agencies' articles on
conflict, from which no network learned, though rules did. `dev`: looked at often. `polnear_dev`: US political news,
outermost claims only.
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

from ascribe.articles.article import Article
from ascribe.extraction import Extraction, extract_all
from ascribe.extraction.records import Claim

LEVELS = ("found", "value", "category", "credit", "full", "credited")
OPEN = ("op_", "oq_", "wn_", "wm_", "wo_", "wu_", "ew_")
"""What the names of open articles begin with: the network learned from them."""

Gold = tuple[str, str, list[dict], list[dict] | None]
"""The article's id, its text, its annotated attributions and figures (None where figures are not annotated)."""


def measure(shared: Path) -> dict[str, object]:
    """For each set: claims (attr_half, attr_exact: P, R, F in percent), figures by level, words a second all in."""
    score = scorer(Path(shared))
    return {name: _measure(score, golds, outermost) for name, golds, outermost in _sets(Path(shared)) if golds}


def scorer(shared: Path) -> ModuleType:
    """The evaluation's own scorer, imported from where it stands."""
    spec = importlib.util.spec_from_file_location("score", shared / "evaluation" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sets(shared: Path) -> Iterator[tuple[str, list[Gold], bool]]:
    gold = shared / "evaluation" / "gold"
    yield "blind", list(_gold(gold / "blind")), False
    yield "publishers", [g for g in _gold(gold / "train") if not g[0].startswith(OPEN)], False
    yield "dev", list(_gold(gold / "dev")), False
    yield "polnear_dev", list(_polnear(shared / "corpora" / "attributions" / "polnear_dev.jsonl")), True


def _polnear(path: Path) -> Iterator[Gold]:
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            for d in map(json.loads, file):
                yield d["doc_id"], d["text"], d["attributions"], None


def _gold(folder: Path) -> Iterator[Gold]:
    for path in sorted(folder.glob("*.gold.json")):
        doc = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield doc, (folder / f"{doc}.txt").read_text(encoding="utf-8"), gold["attributions"], gold["figures"]


def _measure(score: ModuleType, golds: list[Gold], outermost: bool) -> dict[str, object]:
    began = time.process_time()
    found = list(extract_all(Article.from_text(text, doc) for doc, text, *_ in golds))
    took = time.process_time() - began
    pairs = list(zip(golds, found, strict=True))
    claims = score.score_attributions((g[1], g[2], _claims(e, outermost)) for g, e in pairs)
    result = {k: claims[k] for k in ("attr_half", "attr_exact", "source_given_content")}
    if golds[0][3] is not None:
        figures = score.score_figures((g[0], g[1], g[3], [asdict(f) for f in e.figures]) for g, e in pairs)
        result |= {f"figures_{level}": figures[level] for level in LEVELS}
    return result | {"words_a_second": round(sum(len(g[1].split()) for g in golds) / took)}


def _claims(extraction: Extraction, outermost: bool) -> list[dict[str, list]]:
    """The claims as the scorer takes them."""
    claims = [c for c in extraction.claims if c.source_span or c.cue_span]
    return [_spans(c) for c in claims if not (outermost and any(_inside(c, other) for other in claims))]


def _spans(c: Claim) -> dict[str, list]:
    return {
        "source": [c.source_span] if c.source_span else [],
        "cue": [c.cue_span] if c.cue_span else [],
        "content": list(c.content),
    }


def _inside(one: Claim, other: Claim) -> bool:
    """Whether one claim lies inside another's content, as the scorer's `--outermost` decides."""
    first, last = one.content[0][0], one.content[-1][1]
    return one is not other and any(s <= first and last <= e and e - s > last - first for s, e in other.content)
