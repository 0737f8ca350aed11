"""The figures of one article: quantities found, sorted out, described and credited."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.extraction.figures.categories import category_of
from analysis.extraction.figures.credit import Credits
from analysis.extraction.figures.exclusions import excluded
from analysis.extraction.figures.page import Page
from analysis.extraction.figures.quantities import Quantity, parse
from analysis.extraction.records import Claim, Figure, record_id
from analysis.language.reading import Reading


def find_figures(reading: Reading, claims: Sequence[Claim] = ()) -> list[Figure]:
    """Every figure that an article states, in text order.

    `claims` are the article's claims (`find_claims`); a figure is credited to the source of the innermost claim whose
    content holds it. Values, bounds, units and categories are as `Figure` says; what the text does not tell is None.
    """
    page = Page(reading)
    credits = Credits(page, claims)
    figures: list[Figure] = []
    for q in quantities(page):
        reason = excluded(q, page)
        if reason:
            page.note(q, reason)
            continue
        figures.append(_figure(q, page, credits, figures))
    return figures


def quantities(page: Page) -> list[Quantity]:
    """The quantities of the article's body, at the article's offsets."""
    start, end = page.reading.article.body
    if not start:
        return parse(page.text[:end])
    import dataclasses

    shift = {n: None for n in ("start", "end", "outer_start", "outer_end")}
    return [dataclasses.replace(q, **{n: getattr(q, n) + start for n in shift}) for q in parse(page.text[start:end])]


def _figure(q: Quantity, page: Page, credits: Credits, before: list[Figure]) -> Figure:
    doc_id = page.reading.article.doc_id
    phrase = page.phrase_after(page.end_of(q))
    counted = page.text[page.reading.starts[phrase[0].i] : page.reading.ends[phrase[-1].i]] if phrase else None
    category = category_of(q, page)
    if category is None:
        category = (
            before[-1].category
            if before
            and q.start - before[-1].end < 150
            and before[-1].category not in ("duration", "distance", "share", "money")
            else "other"
        )
    claim = credits.claim_of(q)
    credit = credits.credit_of(q, claim) if claim else "none"
    return Figure(
        figure_id=record_id("figure", doc_id, q.start, q.end),
        doc_id=doc_id,
        claim_id=claim.claim_id if claim else None,
        start=q.start,
        end=q.end,
        number=page.text[q.start : q.end],
        value=q.value,
        low=q.low,
        high=q.high,
        bound=q.bound,
        unit=q.unit,
        category=category,
        counted=counted,
        source_name=claim.source_name if claim and credit != "none" else None,
        source_span=claim.source_span if claim and credit != "none" else None,
        credit=credit,
        via=claim.via if claim and credit != "none" else (),
    )
