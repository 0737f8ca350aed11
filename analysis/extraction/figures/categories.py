"""Which of the 18 categories a figure is of: by its dimension, by the harm told of what it counts, else by its noun."""

from __future__ import annotations

from analysis.extraction.figures import harm
from analysis.extraction.figures.page import Page
from analysis.extraction.figures.quantities import Quantity

BY_DIMENSION = {"share": "share", "money": "money", "distance": "distance", "area": "distance", "duration": "duration"}
HARMED_THINGS = ("equipment", "infrastructure", "events")


def category_of(q: Quantity, page: Page) -> str | None:
    """The category of a quantity, or None where nothing but the figures around can tell."""
    if q.dimension:
        return BY_DIMENSION.get(q.dimension, "other")
    j = page.end_of(q)
    phrase = page.phrase_after(j)
    noun = phrase[-1] if phrase else None
    kind = page.noun_class(noun) if noun is not None else None
    if noun is not None and noun.lower_ in ("people", "inhabitants", "residents") and population(page, q, noun.lower_):
        return "population"
    harmed = harm.category_of_harm(page, q)
    if kind in HARMED_THINGS:
        return kind
    if harmed == "losses" and kind not in ("personnel", "person", "losses", None):
        return "other"
    if harmed in ("wounded", "captured", "displaced", "affected") and kind is None and noun is not None:
        return (
            harmed
            if (harmed == "affected" and noun.tag_ == "NNPS")
            or page.low(page.index(page.reading.starts[noun.i])) == "more"
            else "other"
            if not noun.tag_.startswith("NNP")
            else harmed
        )
    if harmed:
        return harmed
    if kind in ("personnel", "population"):
        return kind
    if kind == "person":
        return "other"
    if population(page, q, ""):
        return "population"
    if kind in harm.HARMS:
        return kind
    return "other" if noun is not None else None


def population(page: Page, q: Quantity, noun: str) -> bool:
    """ "a population of 350,000", "home to 200 people", "a city of 18,000 people"."""
    k = page.index(q.outer_start) - 1
    words = [page.low(n) for n in range(max(0, k - 5), k + 1)]
    if "population" in words[-4:] or words[-2:] == ["home", "to"]:
        return True
    return (
        noun != ""
        and words[-1:] == ["of"]
        and page.low(k - 1) in ("city", "town", "village", "country", "nation", "region")
    )
