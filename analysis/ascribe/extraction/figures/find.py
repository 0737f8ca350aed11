"""The figures of one article: quantities found, sorted out, described and credited."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from ascribe.extraction.dates import Window, find_dates, window, windows
from ascribe.extraction.figures import carried, circumstances
from ascribe.extraction.figures.cardinals import words
from ascribe.extraction.figures.categories import category_of, magnitude
from ascribe.extraction.figures.credit import Credits
from ascribe.extraction.figures.cues import HARMS
from ascribe.extraction.figures.exclusions import excluded
from ascribe.extraction.figures.labels import labelled
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.parts import OF_THEM, coordinated, summed, whole_of
from ascribe.extraction.figures.quantities import CENTS, parse
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.whose import several_sides, whose, whose_carried
from ascribe.extraction.model import FigureScores, Prediction, confidence, logit
from ascribe.extraction.records import Claim, Figure, Span, record_id
from ascribe.language.reading import Reading

EARLIER = 400  # figures before a number among which the one that it goes on with is looked for
NEAR = 200  # characters within which a number without a noun counts what the one before counted
MEASURES = ("duration", "distance", "share", "money")
PERSONS = ("person", "personnel", "affected", "population")
NO_FIGURE = 0.6
"""The probability from which the network's word that a number is no figure is taken."""
UNCERTAIN = 0.5
"""The confidence below which who stands behind a figure is said not to be known."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """The quantities of one article that are figures, before it is known what they count or who credits them."""

    page: Page
    kept: tuple[Quantity, ...]
    moments: tuple[Window, ...]

    @property
    def spans(self) -> list[Span]:
        """Where they stand, in characters."""
        return [(q.start, q.end) for q in self.kept]


def find_numbers(reading: Reading) -> Numbers:
    """The quantities that an article states, without dates, ages, names and whatever else only looks like one."""
    dates = find_dates(reading)
    page = Page(reading, tuple((d.start, d.end) for d in dates if d.kind in ("date", "time")))
    kept = []
    for q in quantities(page):
        reason = excluded(q, page)
        if reason:
            page.note(q, reason)
        else:
            page.remember(q)
            kept.append(q)
    return Numbers(page, tuple(kept), tuple(windows(reading, dates)))


def find_figures(numbers: Numbers, claims: Sequence[Claim] = (), prediction: Prediction | None = None) -> list[Figure]:
    """Every figure of an article, in text order.

    `claims` are the article's claims (`find_claims`); a figure is credited to the source of the innermost claim whose
    content holds it. Values, bounds, units and categories are as `Figure` says; what the text does not tell is None.
    """
    page, credits = numbers.page, Credits(numbers.page, claims, prediction)
    found: list[tuple[Figure, Figure | None]] = []
    for q in numbers.kept:
        q = _elliptical_money(q, page, found)
        whole = whole_of(q, page, found)
        scores = prediction.figures.get((q.start, q.end)) if prediction else None
        if scores is None or scores.classes[-1] < NO_FIGURE:
            found.append((_figure(q, numbers, credits, found, whole, scores), whole))
    return summed([figure for figure, _ in found], page)


def quantities(page: Page) -> list[Quantity]:
    """The quantities of the article's body, at the article's offsets."""
    start, end = page.reading.article.body
    found = parse(page.text[start:end])
    millions = {round(q.value / 1e6, 1) for q in found if q.value and q.value >= 1e5 and not q.dimension}
    found = [_millions(q, millions) for q in found]
    currencies = {q.unit for q in found if q.dimension == "money" and " " not in q.unit}
    return [
        dataclasses.replace(
            _whole_money(q, currencies),
            start=q.start + start,
            end=q.end + start,
            outer_start=q.outer_start + start,
            outer_end=q.outer_end + start,
        )
        for q in found
    ]


def _millions(q: Quantity, millions: set[float]) -> Quantity:
    """As millions, not metres, where the article tells the same in words: "a record 7.4m", then "7.42 million"."""
    if q.unit != "m" or q.value is None or q.outer_end != q.end + 1 or q.value not in millions:
        return q
    low, high = (None if x is None else x * 1e6 for x in (q.low, q.high))
    return dataclasses.replace(
        q, value=q.value * 1e6, low=low, high=high, unit="", dimension="", end=q.outer_end, plain=False
    )


def _whole_money(q: Quantity, currencies: set[str]) -> Quantity:
    """Cents and pence in the currency that they are parts of, so that the unit is its ISO code.

    Cents are those of the article's own currency where it is one that has cents.
    """
    code, _, part = q.unit.partition(" ")
    if q.dimension != "money" or part not in ("cent", "penny"):
        return q
    known = currencies & set(CENTS)
    if part == "cent" and code == CENTS[0] and len(known) == 1:
        code = known.pop()
    value, low, high = (None if x is None else x / 100 for x in (q.value, q.low, q.high))
    return dataclasses.replace(q, value=value, low=low, high=high, unit=code)


def _elliptical_money(q: Quantity, page: Page, before: list[tuple[Figure, Figure | None]]) -> Quantity:
    """In the currency of the sum before it, where a large number goes on with one: "€6.1 billion, 800 million more"."""
    last = before[-1][0] if before else None
    if page.low(page.index(q.outer_start) + 1) == "total":  # "45,000 to each of 97 families, a total of 4.4 million"
        last = next((f for f, _ in reversed(before[-3:]) if f.category == "money"), last)
    if last is None or last.category != "money" or q.dimension or page.phrase_of(q):
        return q
    j = page.end_of(q)
    scaled = page.low(page.index(q.end) - 1) in words("scale")
    if not scaled or page.verbal(j) or not page.same_sentence(last.end, q.start):
        return q
    return dataclasses.replace(q, dimension="money", unit=last.unit)


def _figure(
    q: Quantity,
    numbers: Numbers,
    credits: Credits,
    before: list[tuple[Figure, Figure | None]],
    whole: Figure | None,
    scores: FigureScores | None,
) -> Figure:
    page = numbers.page
    doc_id = page.reading.article.doc_id
    credit = credits.judge(q, UNCERTAIN)
    claim, credited = credit.claim, credit.credited
    label = labelled(q, page)
    category, sure = _category(label or _ruled(q, page, before, whole), scores)
    category = label or category
    counts = category in circumstances.COUNTS
    last = next((f.category for f, _ in reversed(before) if f.category in HARMS), None) if category in HARMS else None
    moment = window(page.reading, q.start, numbers.moments) if counts or category == "share" else None
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
        unit=q.unit or ("magnitude" if magnitude(q, page) else ""),
        category=category,
        category_confidence=round(sure, 3),
        counted=page.counted(q),
        whose=whose(q, page, category) or _carried_side(q, page, category, before, whole),
        source_name=credited.source_name if credited else None,
        source_span=credited.source_span if credited else None,
        credit=credit.answer,
        credit_confidence=round(credit.confidence, 3),
        via=credited.via if credited else (),
        basis=circumstances.basis(q, page),
        accumulation=circumstances.accumulation(q, page, category, moment.role if moment else None, last),
        window_start=_iso(moment.first) if moment else None,
        window_end=_iso(moment.last) if moment else None,
        as_of=_iso(moment.as_of) if moment else None,
        place=circumstances.place(q, page) if counts else None,
        part_of=whole.figure_id if whole else None,
        stated_as=" ".join(page.text[min(q.outer_start, q.start) : max(q.outer_end, q.end)].split()),
    )


def _carried_side(
    q: Quantity, page: Page, category: str, before: list[tuple[Figure, Figure | None]], whole: Figure | None
) -> str | None:
    """Whose a number is by the ones before it: its whole's, or the side's that it goes on with."""
    recent = [f for f, _ in before[-6:]]
    if several_sides(q, page, category, recent):
        return None
    found = _same_side(q, page, category, before, whole) or whose_carried(q, page, category, recent)
    return found or (whole.whose if whole is not None and whole.category == category else None)


def _same_side(
    q: Quantity, page: Page, category: str, before: list[tuple[Figure, Figure | None]], whole: Figure | None
) -> str | None:
    """Whose the figure before is, where a number without a noun goes on with it: "six … killed and seven injured"."""
    if not before:
        return None
    last, last_whole = before[-1]
    if last_whole is not None and whole is None:
        last = last_whole  # "… deaths, including 42 children, and 100 injured": the injured are no children
    if category == "equipment" and last.category in ("equipment", "losses"):
        return last.whose if page.same_sentence(last.end, q.start) and not _verb_between(page, last, q) else None
    if page.phrase_of(q) or category not in HARMS or last.category not in HARMS:
        return None
    return last.whose if page.same_sentence(last.end, q.start) else None


def _verb_between(page: Page, last: Figure, q: Quantity) -> bool:
    return any(page.verbal(n) for n in range(page.index(last.end), page.index(q.start)))


def _ruled(q: Quantity, page: Page, before: list[tuple[Figure, Figure | None]], whole: Figure | None) -> str:
    """The category that the words around a number tell by rule."""
    category = _by_rules(q, page, [f for f, _ in before[-3:]], whole)
    if category == "other" and not q.dimension:
        return carried.again(q, page, [f for f, _ in before[-EARLIER:]]) or category
    return category


def _category(ruled: str, scores: FigureScores | None) -> tuple[str, float]:
    """The likeliest category by the network and the rules' word together, and how sure that is."""
    if scores is None:
        return ruled, 1.0
    category, probability = scores.category(ruled)
    return category, confidence("category", [logit(probability)])


def _told_around(category: str | None, q: Quantity, page: Page, before: list[Figure]) -> str | None:
    """The category that words further off give a number of people, or one without a noun."""
    if category in (None, "other", "personnel", "population", "affected"):
        phrase = page.phrase_of(q)
        kind = page.noun_class(phrase[-1]) if phrase else "person"
        if kind in ("person", "personnel") and (found := carried.opened(q, page)):
            return found
        if category == "personnel" and (found := carried.lost(q, page)):
            return found
    return carried.governed(q, page, before) if category is None else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _by_rules(q: Quantity, page: Page, before: list[Figure], whole: Figure | None) -> str:
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
    if whole is not None and category is None and (page.low(page.end_of(q)), page.low(page.end_of(q) + 1)) in OF_THEM:
        return whole.category
    last = before[-1] if before else None
    if last is not None and category in ("other", "personnel", "population") and last.category in HARMS:
        phrase = page.phrase_of(q)
        if (
            phrase
            and page.noun_class(phrase[-1]) in PERSONS
            and phrase[-1].lower_ not in ("case", "cases")
            and not page.clause_follows(phrase)
            and coordinated(q, page, last)
        ):
            return last.category
    told = _told_around(category, q, page, before)
    if told is not None:
        return told
    aboard = page.low(page.end_of(q)) == "aboard" or page.follows(page.end_of(q), "on", "board")
    whole_number = all(x is None or x == int(x) for x in (q.value, q.low))
    near = (
        last is not None and not aboard and whole_number and q.start - last.end < NEAR and last.category not in MEASURES
    )
    if category is None:
        again = page.low(page.index(q.outer_start) - 1) in ("another", "further", "more") or page.low(
            page.index(q.start) - 1
        ) in ("another", "further")
        return last.category if near and (again or page.same_sentence(last.end, q.start)) else "other"
    if category == "losses" and near and not page.phrase_of(q) and last.category not in HARMS:
        return last.category
    return category
