"""How well claims are found, by the evaluation's own scorer: `python -m benchmarks.claims SHARED`.

With `--record` the run is written down (which annotated claim was found, and nothing of the texts), so that the next
one can say which claims a change gained and lost.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.extraction.claims import find_claims
from ascribe.extraction.records import Claim
from ascribe.language.reading import read
from training.claims.__main__ import scorer

RECORD = Path(__file__).with_name("claims_record.json")
ROLES = ("source", "cue", "content")
LISTED = 40
"""Gained and lost claims that are listed, at most, of each."""

Gold = tuple[str, str, list[dict], list[dict]]
"""The article's id, its text, its annotated attributions and figures."""


def measure(shared: Path, record: bool = False) -> dict[str, object]:
    """F1 and the like in percent, for PolNeAR dev, gold dev and gold train, and what changed since the recorded run.

    For each set: `attr_half`, `attr_exact`, `source`, `cue`, `content` (exact and soft F1), `source_given_content`
    and, where sources are annotated by name, `source_name_given_content`. `gained` and `lost` name claims as
    `set/document:number`.
    The articles of gold train that the filter was trained on flatter it: `train` is for seeing what moves.
    """
    score = scorer(Path(shared))
    result: dict[str, object] = {}
    now: dict[str, dict[str, str]] = {}
    for name, golds, outermost in _sets(Path(shared)):
        result[name], now[name] = _measure(score, list(golds), outermost)
    before = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    result["gained"], result["lost"] = _changes(before, now)
    if record:
        RECORD.write_text(json.dumps(now, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    return result


def _sets(shared: Path) -> Iterator[tuple[str, Iterator[Gold], bool]]:
    yield "polnear_dev", _polnear(shared / "corpora" / "attributions" / "polnear_dev.jsonl"), True
    for split in ("dev", "train"):
        yield split, _gold(shared / "evaluation" / "gold" / split), False


def _polnear(path: Path) -> Iterator[Gold]:
    with path.open(encoding="utf-8") as f:
        for d in map(json.loads, f):
            yield d["doc_id"], d["text"], d["attributions"], []


def _gold(folder: Path) -> Iterator[Gold]:
    for path in sorted(folder.glob("*.gold.json")):
        doc = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield doc, (folder / f"{doc}.txt").read_text(encoding="utf-8"), gold["attributions"], gold["figures"]


def _measure(score, golds: list[Gold], outermost: bool) -> tuple[dict[str, object], dict[str, str]]:
    readings = read(Article.from_text(text, doc) for doc, text, _, _ in golds)
    docs, found, named = [], {}, [0, 0]
    for reading, (doc, text, gold, figures) in zip(readings, golds, strict=True):
        claims = [c for c in find_claims(reading) if c.source_span or c.cue_span]
        if outermost:
            claims = [c for c in claims if not any(_inside(c, o) for o in claims)]
        spans = [_spans(c) for c in claims]
        docs.append((text, gold, spans))
        pairs = _pairs(score, text, gold, spans)
        found[doc] = "".join("1" if n in pairs and pairs[n][1] else "0" for n in range(len(gold)))
        names = {tuple(f["source_span"]): f["source_name"] for f in figures if f["source_span"] and f["source_name"]}
        for n, (k, _) in pairs.items():
            name = next((names[s] for s in map(tuple, gold[n]["source"]) if s in names), None)
            if name:
                named[0] += score.same_name(name, claims[k].source_name)
                named[1] += 1
    got = score.score_attributions(docs)
    kept = {k: got[k] for k in ("attr_half", "attr_exact", *ROLES, "source_given_content", "gold", "found")}
    if named[1]:
        kept["source_name_given_content"] = round(100 * named[0] / named[1], 1)
    return kept, found


def _spans(c: Claim) -> dict[str, list]:
    return {
        "source": [c.source_span] if c.source_span else [],
        "cue": [c.cue_span] if c.cue_span else [],
        "content": list(c.content),
    }


def _inside(x: Claim, y: Claim) -> bool:
    """Whether one claim lies inside another's content, as the scorer's `--outermost` decides."""
    first, last = x.content[0][0], x.content[-1][1]
    return x is not y and any(s <= first and last <= e and e - s > last - first for s, e in y.content)


def _pairs(score, text: str, gold: list[dict], spans: list[dict]) -> dict[int, tuple[int, bool]]:
    """Annotated attribution to the claim that it is paired with, and whether source and cue agree as well."""
    words = score.Words(text)
    g_all = [{r: words.inside(a[r]) for r in ROLES} for a in gold]
    p_all = [{r: words.inside(a[r]) for r in ROLES} for a in spans]
    pairs = {}
    for i, j in score.pair([g["content"] for g in g_all], [p["content"] for p in p_all], 0.5):
        same = all(g_all[i][r] & p_all[j][r] or not (g_all[i][r] or p_all[j][r]) for r in ("source", "cue"))
        pairs[i] = (j, same)
    return pairs


def _changes(before: dict, now: dict) -> tuple[list[str], list[str]]:
    gained, lost = [], []
    for name, docs in now.items():
        for doc, flags in docs.items():
            old = before.get(name, {}).get(doc, "")
            for n, (a, b) in enumerate(zip(old, flags, strict=False)):
                if a != b:
                    (gained if b == "1" else lost).append(f"{name}/{doc}:{n}")
    return gained, lost


def main(argv: list[str] | None = None) -> int:
    """Print the measures; see the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds evaluation/ and corpora/")
    parser.add_argument(
        "--record", action="store_true", help="write this run down for the next one to be compared with"
    )
    given = parser.parse_args(argv)
    result = measure(given.shared, given.record)
    for name in ("gained", "lost"):
        claims = result.pop(name)
        print(f"{name}: {len(claims)} {' '.join(claims[:LISTED])}{' …' if len(claims) > LISTED else ''}")
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
