"""What the network gets right on articles that it has not learned from, and how its confidence is calibrated by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from ascribe.articles.article import Article
from ascribe.extraction.claims import DEFAULT, propose
from ascribe.extraction.figures import find_figures, find_numbers
from ascribe.extraction.model.confidence import claim_features, logit
from ascribe.extraction.model.encoder import Encoder, Prediction, Proposal
from ascribe.extraction.model.labels import CREDIT_CLASSES
from ascribe.extraction.records import Span
from ascribe.language.reading import read
from training.extractor.calibrate import logistic, reliability

Spans = Sequence[Sequence[int]]
NONE = CREDIT_CLASSES.index("none")


def overlap(one: Spans, other: Spans) -> float:
    """Characters in both over characters in either."""
    first = {c for s, e in one for c in range(s, e)}
    second = {c for s, e in other for c in range(s, e)}
    return len(first & second) / len(first | second) if first | second else 1.0


def is_right(proposal: Proposal, attribution: Mapping) -> bool:
    """Whether half of what the two hold said is common to both, and they agree on who says it and by which words."""
    cue = overlap([proposal.cue], attribution["cue"]) > 0
    source = [proposal.source] if proposal.source else []
    spoken = (
        overlap(source, attribution["source"]) > 0
        if source and attribution["source"]
        else bool(source) == bool(attribution["source"])
    )
    return cue and spoken and overlap(proposal.content, attribution["content"]) >= 0.5


def calibration(encoder: Encoder, articles: Sequence[dict]) -> dict:
    """The weights of each confidence, and what was measured on the way: reliability curves and shares right."""
    claims, figures, credits, wanted_claims = [], [], [], 0
    readings = read(Article.from_text(a["text"], a["doc"]) for a in articles)
    for article, reading in zip(articles, readings, strict=True):
        numbers = find_numbers(reading)
        ruled = {(f.start, f.end): f.category for f in find_figures(numbers)}
        predicted = encoder.predict(reading, numbers.spans, propose(reading))
        claims += [
            (claim_features(p), any(is_right(p, a) for a in article["attributions"])) for p in predicted.proposals
        ]
        wanted_claims += len(article["attributions"])
        figures += _categories(predicted, ruled, article["figures"])
        credits += _credits(predicted, article["figures"])
    fitted = {name: logistic(*zip(*rows, strict=True)) for name, rows in (("claim", claims), ("category", figures))}
    for name, wanted in (("held", True), ("nobody", False)):
        rows = [(features, right) for held, features, right in credits if held == wanted]
        fitted[name] = logistic(*zip(*rows, strict=True))
    return {"weights": fitted, "measured": {
        "claims_f1": _f1(claims, fitted["claim"], wanted_claims),
        "claims": _curve(claims, fitted["claim"]),
        "categories": _curve(figures, fitted["category"]),
        "category_right": round(100 * float(np.mean([right for _, right in figures])), 1),
    }}  # fmt: skip


def _f1(rows: list, weights: list[float], wanted: int) -> float:
    """F1 of the claims kept: half of the content, source and cue right; what has no cue counts as missed."""
    kept = [right for stated, (_, right) in zip(_stated(rows, weights), rows, strict=True) if stated >= DEFAULT]
    return round(200 * sum(kept) / (len(kept) + wanted), 1)


def _stated(rows: list, weights: list[float]) -> np.ndarray:
    x = np.column_stack([np.array([f for f, _ in rows]), np.ones(len(rows))])
    return 1 / (1 + np.exp(-x @ np.array(weights)))


def _curve(rows: list, weights: list[float]) -> list[tuple[float, float, int]]:
    stated = _stated(rows, weights)
    return [(round(a, 3), round(b, 3), n) for a, b, n in reliability(stated, [right for _, right in rows])]


def _categories(
    predicted: Prediction, ruled: Mapping[Span, str], figures: Iterable[dict]
) -> list[tuple[list[float], bool]]:
    """For each figure found: the logit of its likeliest category's probability, and whether it is gold's."""
    rows = []
    for figure in figures:
        span = _at(predicted, figure["span"])
        if span is not None:
            category, probability = predicted.figures[span].category(ruled.get(span, "other"))
            rows.append(([logit(probability)], category == figure["category"]))
    return rows


def _credits(predicted: Prediction, figures: Iterable[dict]) -> list[tuple[bool, list[float], bool]]:
    """For each figure found: whether a claim holds it, what its credit is judged by, and whether that is right."""
    rows = []
    for figure in figures:
        span = _at(predicted, figure["span"])
        if span is None:
            continue
        nobody = logit(float(predicted.figures[span].credits[NONE]))
        holding = [
            p for p in predicted.proposals if p.source and any(s <= span[0] and span[1] <= e for s, e in p.content)
        ]
        best = max((p.cue_probability * p.held.get(span, 0.0) for p in predicted.proposals if p.source), default=0.0)
        if holding:
            inner = min(holding, key=lambda p: sum(e - s for s, e in p.content))
            said = figure["source_span"] and overlap([inner.source], [figure["source_span"]]) > 0
            rows.append((True, [*claim_features(inner), logit(inner.held.get(span, 0.5)), nobody], bool(said)))
        else:
            rows.append((False, [logit(best), nobody], figure["source_span"] is None))
    return rows


def _at(predicted: Prediction, span: Sequence[int]) -> Span | None:
    return next((s for s in predicted.figures if s[0] < span[1] and span[0] < s[1]), None)
