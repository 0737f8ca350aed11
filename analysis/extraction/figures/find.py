"""The figures of one article: quantities found, sorted out, described and credited."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.extraction.figures.categories import category_of
from analysis.extraction.figures.credit import Credits
from analysis.extraction.figures.exclusions import excluded
from analysis.extraction.figures.harm import HARMS
from analysis.extraction.figures.page import Page
from analysis.extraction.figures.parts import coordinated, whole_of
from analysis.extraction.figures.quantities import parse
from analysis.extraction.figures.quantity import Quantity
from analysis.extraction.records import Claim, Figure, record_id
from analysis.language.reading import Reading

MEASURES = ("duration", "distance", "share", "money")
PERSONS = ("person", "personnel", "affected", "population")
NEAR = 200  # characters within which a number without a noun counts what the one before counted


def find_figures(reading: Reading, claims: Sequence[Claim] = ()) -> list[Figure]:
    """Every figure that an article states, in text order.

    `claims` are the article's claims (`find_claims`); a figure is credited to the source of the innermost claim whose
    content holds it. Values, bounds, units and categories are as `Figure` says; what the text does not tell is None.
    """
    page = Page(reading)
    credits = Credits(page, claims)
    found: list[tuple[Figure, Figure | None]] = []
    for q in quantities(page):
        reason = excluded(q, page)
        if reason:
            page.note(q, reason)
            continue
        page.remember(q)
        whole = whole_of(q, page, found)
        found.append((_figure(q, page, credits, found, whole), whole))
    return [figure for figure, _ in found]


def quantities(page: Page) -> list[Quantity]:
    """The quantities of the article's body, at the article's offsets."""
    start, end = page.reading.article.body
    if not start:
        return parse(page.text[:end])
    import dataclasses

    shift = {n: None for n in ("start", "end", "outer_start", "outer_end")}
    return [dataclasses.replace(q, **{n: getattr(q, n) + start for n in shift}) for q in parse(page.text[start:end])]


def _figure(
    q: Quantity, page: Page, credits: Credits, before: list[tuple[Figure, Figure | None]], whole: Figure | None
) -> Figure:
    doc_id = page.reading.article.doc_id
    phrase = page.phrase_of(q)
    counted = page.text[page.reading.starts[phrase[0].i] : page.reading.ends[phrase[-1].i]] if phrase else None
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
        category=_category(q, page, [f for f, _ in before[-3:]], whole),
        counted=counted,
        source_name=claim.source_name if claim and credit != "none" else None,
        source_span=claim.source_span if claim and credit != "none" else None,
        credit=credit,
        via=claim.via if claim and credit != "none" else (),
        part_of=whole.figure_id if whole else None,
    )


def _category(q: Quantity, page: Page, before: list[Figure], whole: Figure | None) -> str:
    """The category, from the whole or the figure before where the words around the number do not tell it."""
    category = category_of(q, page)
    if (
        whole is not None
        and category in (None, "other", "personnel", "affected", "population")
        and whole.category in HARMS
    ):
        phrase = page.phrase_of(q)
        if not phrase or page.noun_class(phrase[-1]) in PERSONS or phrase[-1].tag_ == "NNPS":
            return whole.category
    last = before[-1] if before else None
    if last is not None and category in ("other", "personnel", "population") and last.category in HARMS:
        phrase = page.phrase_of(q)
        if (
            phrase
            and page.noun_class(phrase[-1]) in PERSONS
            and not page.clause_follows(phrase)
            and coordinated(q, page, last)
        ):
            return last.category
    near = last is not None and q.start - last.end < NEAR and last.category not in MEASURES
    if category is None:
        again = page.low(page.index(q.outer_start) - 1) in ("another", "further", "more") or page.low(
            page.index(q.start) - 1
        ) in ("another", "further")
        return last.category if near and (again or page.same_sentence(last.end, q.start)) else "other"
    if category == "losses" and near and not page.phrase_of(q) and last.category not in HARMS:
        return last.category
    return category
