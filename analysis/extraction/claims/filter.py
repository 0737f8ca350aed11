"""The learned filter: which reading of each cue is the likeliest, if it is an attribution at all.

A conditional logistic model over binary features (McFadden's choice model): the candidates of one cue compete with one
another and with "none of them". Its weights and its calibration are two small tables that `training` writes.
"""

from __future__ import annotations

import bisect
import csv
import functools
import importlib.resources
import math
from collections.abc import Iterable, Mapping

from analysis.errors import LexiconError
from analysis.extraction.claims.candidate import Candidate, Range
from analysis.extraction.claims.features import Names, features, source_type
from analysis.extraction.claims.places import FINITE, cites
from analysis.extraction.claims.settle import Scored, settle, unique
from analysis.extraction.claims.tree import Tree
from analysis.extraction.claims.words import reporting_nouns, reporting_verbs, roles

WEIGHTS, CALIBRATION = "weights.csv", "calibration.csv"
HEADLINE, OWNED_NOUN, PUT_AT, DOCUMENT = 0.6, 0.45, 0.6, 0.45
"""Floors of plain constructions that the articles learned from hardly hold: "29 dead: NGO", "Tane's claim that …",
"put the toll at nine", "the figures show that …"."""
SPEECH = 0.6
"""The floor of a whole quoted sentence after a comma, whatever the verb before it."""
SHORTEST_SPEECH = 7
"""Tokens, marks included, below which a quotation after a comma may be a title."""
STEEPEST = 30.0
"""Beyond this sum of weights a candidate is as good as certain; keeps the exponential in bounds."""


def _table(name: str, key: str, value: str) -> list[tuple[str, float]]:
    file = importlib.resources.files(__package__) / name
    try:
        with file.open(encoding="utf-8", newline="") as f:
            return [(row[key], float(row[value])) for row in csv.DictReader(f)]
    except (OSError, KeyError, ValueError, TypeError) as e:
        raise LexiconError(f"{name}: the claim filter's table cannot be read ({e}); train it anew") from e


@functools.cache
def weights() -> dict[str, float]:
    """Feature to weight, as shipped. Raises LexiconError where the table is missing or broken."""
    return dict(_table(WEIGHTS, "feature", "weight"))


@functools.cache
def _calibration() -> tuple[list[float], list[float]]:
    rows = [(float(s), p) for s, p in _table(CALIBRATION, "score", "probability")]
    return [s for s, _ in rows], [p for _, p in rows]


def calibrated(score: float) -> float:
    """The share of held-out claims of such a score that were right, between the table's points on a straight line."""
    at, to = _calibration()
    k = bisect.bisect_right(at, score)
    if k == 0:
        return to[0]
    if k == len(at):
        return to[-1]
    return to[k - 1] + (to[k] - to[k - 1]) * (score - at[k - 1]) / (at[k] - at[k - 1])


def best(t: Tree, candidates: Iterable[Candidate], table: Mapping[str, float]) -> list[Scored]:
    """The best candidate of each cue with the score of the cue (0 to 1, not calibrated), highest first."""
    names = Names(t)
    cues: dict[int, list] = {}
    weight = table.get
    for n, c in enumerate(candidates):
        x = sum([weight(f, 0.0) for f in features(t, c, names)])
        x = max(-STEEPEST, min(STEEPEST, x))
        cue = cues.get(c.anchor)
        if cue is None:
            cues[c.anchor] = [math.exp(x), x, n, c]
        else:
            cue[0] += math.exp(x)
            if x > cue[1]:
                cue[1:] = [x, n, c]
    ranked = sorted(cues.values(), key=lambda cue: (-cue[0], cue[2]))
    return [(total / (1 + total), c) for total, _, _, c in ranked]


def _cites_between(t: Tree, c: Candidate) -> bool:
    """Whether the speaker cites somebody between the verb and what is said: "reported, citing doctors, that …"."""
    between = range(c.cue[1], c.content[0][0])
    return any(cites(t, k) for k in between)


def _points_out(t: Tree, c: Candidate) -> bool:
    """Whether "…, the diplomats point out" follows what is said."""
    out = t.lemmas[c.anchor] == "point" and t.lower[c.anchor + 1 : c.anchor + 2] == ["out"]
    return out and "edge:none" not in c.marks


def _is_document(t: Tree, source: Range) -> bool:
    """Whether a source is a document: figures, a report, "polls measured by the institute"."""
    i, j = source
    k = next((x for x in range(i + 1, j) if t.tags[x] in {"IN", "VBN"} and t.tags[x - 1] in {"NN", "NNS"}), j) - 1
    return "document" in {roles().get(t.lower[k]), roles().get(t.lemmas[k])} or t.lemmas[k] in reporting_nouns()


def _speaks_after_comma(t: Tree, c: Candidate) -> bool:
    """Whether a whole quoted sentence follows a comma: "Tane defended the vote, “We were right.”"."""
    i, j = c.content[0]
    if t.words[i - 1] != "," or j - i < SHORTEST_SPEECH or t.quoted[i] < 0 or t.quote_tokens[t.quoted[i]] != (i, j):
        return False
    whole = t.words[i + 1][:1].isupper() and any(t.tags[k] in FINITE for k in range(i, j))
    return whole and source_type(t, c.source) in {"person", "name", "he"} and t.tags[c.anchor] in FINITE


def _shows_number(t: Tree, c: Candidate) -> bool:
    """Whether a verb of showing has a number in what it shows: "polls showed support at 30 percent"."""
    shows = "show" in reporting_verbs().get(t.lemmas[c.anchor], ())
    return shows and any(t.tags[k] == "CD" for i, j in c.content for k in range(i, j))


def confidence(t: Tree, score: float, c: Candidate) -> float:
    """The calibrated score, but no less than the floor of a plain construction that training saw too little of."""
    p = calibrated(score)
    if c.form == "colon:headline" and "first" in c.marks:
        return max(p, HEADLINE)
    if c.form in {"noun:that", "noun:number"} and "src:possessor" in c.marks:
        return max(p, OWNED_NOUN)
    if c.form == "view" or (c.form.startswith(("left:post", "around:post")) and _points_out(t, c)):
        return max(p, PUT_AT)
    if c.form == "right:that" and "src:parse" in c.marks and _cites_between(t, c):
        return max(p, PUT_AT)
    if "title" in c.marks:
        return max(p, HEADLINE)
    if c.form == "right:put at" and c.source:
        return max(p, PUT_AT)
    if c.form.startswith("right:") and "src:parse" in c.marks and _speaks_after_comma(t, c):
        return max(p, SPEECH)
    quoted = c.form == "left:inverted" and {"edge:quote", "start:quote"} <= {*c.marks}
    if quoted and t.lemmas[c.anchor] in reporting_verbs() and source_type(t, c.source) in {"person", "people", "name"}:
        return max(p, SPEECH)  # "“Shame on you,” shouted a deputy"
    if c.source and "passive" not in c.marks and _is_document(t, c.source):
        counts = c.form == "right:args" and t.tags[c.anchor] in FINITE and _shows_number(t, c)
        if "gap:that" in c.marks or counts:
            return max(p, DOCUMENT)
    return p


def select(t: Tree, candidates: Iterable[Candidate], table: Mapping[str, float], threshold: float) -> list[Scored]:
    """The candidates to keep, in text order: the best of each cue, each content once, with calibrated confidence."""
    ranked = [(confidence(t, p, c), c) for p, c in best(t, candidates, table)]
    kept = unique(t, [x for x in ranked if x[0] >= threshold])
    phrases = [c for _, c in ranked if c.form.startswith(("according", "per"))]
    return sorted(settle(t, kept, phrases), key=lambda x: (x[1].content[0][0], x[1].anchor))
