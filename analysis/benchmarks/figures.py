"""How well numbers are read and victims counted, on the corpora of the field.

MUC: the victim counts of
MUC-3/4's development reports (two effects, death and injury); a mention is right where its number is found and its
category says the effect that was annotated. Recognizers-Text: a quantity is right where one was found that overlaps
it with the same value (ranges: the same low and high), each matching once; null values (a bare "percent") are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.extraction import extract_all
from ascribe.extraction.figures.numerals import Numerals
from ascribe.extraction.figures.quantities import parse

MODELS = ("NumberRange", "Number", "Percent", "Currency", "Dimension")
EFFECTS = {"DEATH": "killed", "INJURY": "wounded"}


def measure(shared: Path) -> dict[str, float]:
    """Scores on what is below `shared`, in percent; what is missing is left out."""
    shared, found = Path(shared), {}
    if (muc := shared / "corpora" / "casualties" / "muc4_mentions_dev.jsonl").exists():
        found |= measure_muc(muc)
    for model in MODELS:
        if (path := shared / "corpora" / "quantities" / f"msr_{model}Model.jsonl").exists():
            found[f"msr_{model}"] = value_f1(records(path), model)
    return found


def records(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def measure_muc(path: Path) -> dict[str, float]:
    """Recall of the victim counts of MUC-3/4 reports, killed and wounded told apart."""
    mentions = {d["id"]: d for d in records(path)}
    total = found = right = 0
    for extraction in extract_all(Article.from_text(d["text"], i) for i, d in mentions.items()):
        figures = extraction.figures
        for q in mentions[extraction.article.doc_id]["quantities"]:
            wanted = {EFFECTS[e.strip("()")] for e in q["effect"] if e.strip("()") in EFFECTS}
            if not wanted or q["optional"]:
                continue
            total += 1
            here = [f for f in figures if f.start < q["span"][1] and q["span"][0] < f.end]
            found += bool(here)
            allowed = wanted | ({"casualties"} if len(wanted) == 2 else set())
            right += any(f.category in allowed and q["value"] in (f.value, f.low, f.high) for f in here)
    return {"muc_found_recall": round(100 * found / total, 1), "muc_victims_recall": round(100 * right / total, 1)}


def value_f1(entries: Iterable[dict], model: str) -> float:
    """F1 of the values of one Recognizers-Text model."""
    gold = found = right = 0
    for entry in entries:
        wanted = [q for q in entry["quantities"] if q["low"] is not None or q["high"] is not None]
        answers = answer(entry["text"], model)
        gold, found = gold + len(wanted), found + len(answers)
        for q in wanted:
            for a in answers:
                overlaps = a[0] < q["span"][1] and q["span"][0] < a[1]
                if overlaps and all(_close(x, y) for x, y in zip(a[2:], (q["low"], q["high"]), strict=True)):
                    answers.remove(a)
                    right += 1
                    break
    return round(200 * right / (gold + found), 1) if gold + found else 0.0


def answer(text: str, model: str) -> list[tuple[int, int, float | None, float | None]]:
    """What one model would answer: start, end, low, high, in the units of the text (percent as written)."""
    if model == "Number":
        return Numerals(text).values()
    answers = []
    for q in parse(text):
        if model == "NumberRange" and q.bound in ("range", "at_least", "at_most"):
            answers.append((q.outer_start, q.outer_end, q.low, q.high))
        elif model == "Percent" and q.unit == "%" and q.value is not None:
            answers.append((q.start, q.end, 100 * q.value, 100 * q.value))
        elif model == "Currency" and q.dimension == "money" and q.value is not None:
            answers.append((q.start, q.end, q.value, q.value))
        elif model == "Dimension" and q.dimension not in ("", "money", "share", "duration"):
            top = q.high if q.bound == "range" else q.value  # that model reads no ranges: "8 to 10 feet" is its 10 feet
            if top is not None:
                answers.append((q.start, q.outer_end, top, top))
    return answers


def _close(a: float | None, b: float | None) -> bool:
    return a is b is None or (a is not None and b is not None and abs(a - b) <= 1e-6 * max(1.0, abs(a)))
