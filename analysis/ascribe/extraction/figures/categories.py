"""Which of the 18 categories a figure is of: by its dimension, by the harm told of what it counts, else by its noun."""

from __future__ import annotations

import functools
import re

from spacy.tokens import Token

from ascribe.extraction.figures import harm
from ascribe.extraction.figures.cues import HARMS
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import HYPHENS
from ascribe.extraction.lexicons import rows

BY_DIMENSION = {"share": "share", "money": "money", "distance": "distance", "area": "distance", "duration": "duration"}
THINGS = ("equipment", "infrastructure", "events")
MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d{1,3}[A-Za-z]{0,2}s?")
FORCES = listed("categories_forces")
PEOPLE = ("ers", "men", "ists", "ians", "ors", "ese", "ants", "ees", "women", "girls", "boys", "folk", "kids", "ics")
DWELLERS = ("residents", "inhabitants", "souls", "people", "population")
DWELL = listed("categories_dwell")
STOREYS = listed("categories_storeys")
BUILT = listed("categories_built")
SAID = listed("categories_said")
SYSTEMS = listed("categories_systems")
WORTH = listed("categories_worth")
ILLNESSES = listed("categories_illnesses")
SUMS = listed("categories_sums")  # "a 107 million loss"
TRIED = listed("categories_tried")


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(next(iter(row.values())) for row in rows(name))


def category_of(q: Quantity, page: Page) -> str | None:
    """The category of a quantity by itself, or None where only the figures around it can tell."""
    if q.dimension:
        return BY_DIMENSION.get(q.dimension, "other")
    phrase = page.phrase_of(q)
    noun = phrase[-1] if phrase else None
    if _measures(q, page):
        return "other"
    kind = page.noun_class(noun) if noun is not None else None
    if kind == "personnel" and len(phrase) > 1 and MODEL.fullmatch(phrase[-2].text):
        return "equipment"  # F-16 fighters
    if kind in THINGS:
        return kind
    if noun is not None and noun.lower_ in SYSTEMS and any(page.noun_class(w) == "equipment" for w in phrase[:-1]):
        return "equipment"  # artillery systems, missile batteries
    if population(page, q, noun.lower_ if noun is not None else ""):
        return "population"
    if _worth(page, q, phrase):
        return "money"
    if kind == "personnel" and _tried(page, q, phrase):
        return "other"
    told = harm.told(page, q)
    if told == "arrested":
        told = "captured" if _by_forces(page, q) else "other"
    if noun is not None and told and (kind == "thing" or not _partitive(q, page)) and _beyond_harm(noun, kind, told):
        return "other" if told != "losses" or kind != "personnel" else told
    if told == "affected" and kind == "affected" and noun.lower_ in ("case", "cases"):
        return "affected" if _disease(page, q, phrase) else "other"
    if told == "affected" and noun is not None and noun.lower_ in ("victim", "victims"):
        return "killed"
    if told:
        return told
    if noun is not None and MODEL.fullmatch(noun.text):
        return "equipment"
    if kind == "population" and page.low(page.index(page.reading.ends[noun.i])) in SAID:
        return "other"  # two residents said
    if kind == "population" or kind == "personnel":
        return kind
    return "other" if noun is not None else None


def _worth(page: Page, q: Quantity, phrase: list) -> bool:
    """millions in sales · hundreds of millions in aid: money whose currency is not told."""
    k = page.end_of(q)
    large = page.low(k - 1) in ("millions", "billions", "trillions", "million", "billion", "trillion")
    if large and phrase and phrase[-1].tag_ == "NN" and phrase[-1].lower_ in SUMS:
        return True
    i = page.index(q.outer_start) - 1
    if large and not phrase and page.low(i) == "of" and page.low(i - 1) in WORTH | SUMS:
        return True  # savings of 18 billion
    return large and not phrase and page.low(k) == "in" and bool({page.low(k + 1), page.low(k + 2)} & WORTH)


def _tried(page: Page, q: Quantity, phrase: list) -> bool:
    """two officers were found guilty · charged three soldiers: before a court they are no strength."""
    if page.low(page.index(q.outer_start) - 1) in TRIED:
        return True
    k = page.index(page.reading.ends[phrase[-1].i])
    while page.low(k) in ("were", "was", "have", "has", "had", "been", "are", "is", "also"):
        k += 1
    return page.low(k) in TRIED or page.follows(k, "found", "guilty")


def magnitude(q: Quantity, page: Page) -> bool:
    """magnitude 5.2 · a 4.7-magnitude quake · a 6.3 earthquake: how strong, not how many."""
    if q.dimension:
        return False
    i, j = page.tokens_of(q)
    phrase = page.phrase_of(q)
    if "magnitude" in (
        page.low(j),
        page.low(i - 1),
        page.low(i - 2) if page.low(i - 1) == "of" else "",
        page.low(j + 1) if page.low(j) in HYPHENS else "",
    ):
        return page.low(j) != "magnitude" or "." in page.low(i) or page.low(j + 1) not in ("2", "3", "4", "5")
    if _told_as_magnitude(q, page, i):
        return True
    return bool(
        "." in page.low(i)
        and page.low(i)[-2:-1] == "."
        and phrase
        and page.noun_class(phrase[-1]) == "events"
        and q.value
        and q.value < 10
    )


def _told_as_magnitude(q: Quantity, page: Page, i: int) -> bool:
    """The earthquake's magnitude was 5.5; the survey put its magnitude at about 5.8."""
    if q.value is None or not 0 < q.value < 10 or page.low(i - 1) not in ("was", "at", "is", "as", "to", "about", "of"):
        return False
    return "magnitude" in (page.low(k) for k in range(max(0, i - 7), i))


def _measures(q: Quantity, page: Page) -> bool:
    """magnitude 5.2 · a five-storey block · has six floors: a measure of one thing, no count."""
    _, j = page.tokens_of(q)
    phrase = page.phrase_of(q)
    if phrase and phrase[-1].lower_ in STOREYS and page.low(page.index(q.outer_start) - 1) in BUILT:
        return True
    return magnitude(q, page) or (
        page.low(j) in HYPHENS
        and page.glued(j)
        and page.glued(j + 1)
        and page.kind(j + 1) == "word"
        and q.value is not None
    )


def victims(q: Quantity, page: Page) -> bool:
    """Whether `q` counts people who are said to have come to harm."""
    phrase, told = page.phrase_of(q), harm.told(page, q)
    if not phrase or told not in HARMS:
        return False
    return not _beyond_harm(phrase[-1], page.noun_class(phrase[-1]), told)


def _beyond_harm(noun: Token, kind: str | None, told: str) -> bool:
    """Whether the noun is none that can be killed, wounded or captured: pigs, seats, corridors."""
    if kind in ("person", "personnel", *HARMS, "population"):
        return False
    low = noun.lower_
    if low in _words("figure_animals") or kind is not None:
        return True
    if told in ("killed", "wounded", "casualties"):  # only the living are
        return False
    return noun.tag_ in ("NN", "NNS") and not low.endswith(PEOPLE)


def _partitive(q: Quantity, page: Page) -> bool:
    """4,200 of the nation's residents: the noun is what they are a part of."""
    j = page.end_of(q)
    return (
        q.value is not None
        and page.low(j) == "of"
        and page.low(j + 1) in ("the", "its", "their", "his", "them", "those", "these")
    )


def _by_forces(page: Page, q: Quantity) -> bool:
    """Whether those who arrest are an army or an armed group: their prisoners are the conflict's."""
    k = page.index(q.start)
    near = {page.low(n) for n in range(max(0, k - 40), k + 12)}
    return bool(near & (FORCES - {"police"}))


def _disease(page: Page, q: Quantity, phrase: list) -> bool:
    """Whether "cases" are of an illness and not of any other kind."""
    k = page.index(q.start)
    j = page.index(page.reading.ends[phrase[-1].i])
    if page.low(j) == "of":
        return any(_ill(page, m) for m in range(j + 1, j + 5))
    return (
        page.low(k - 1) not in ("in", "the")
        or len(phrase) > 1
        or page.low(page.end_of(q) + 1) in ("of", "have", "were", "had")
    )


def _ill(page: Page, m: int) -> bool:
    """Whether the word at token `m` names an illness: by the list, its ending, or as a proper name."""
    low = page.low(m)
    return (
        low in ILLNESSES or low.endswith(("itis", "osis", "virus", "pox", "emia")) or (len(low) > 2 and page.capital(m))
    )


def population(page: Page, q: Quantity, noun: str) -> bool:
    """a population of 350,000 · home to 200 people · a city of 18,000 people · 1 million people live in."""
    phrase = page.phrase_of(q)
    if phrase and noun not in DWELLERS and page.noun_class(phrase[-1]) in (None, *THINGS, "thing"):
        return False
    k = page.index(q.outer_start) - 1
    words = [page.low(n) for n in range(max(0, k - 9), k + 1)]
    if (
        "population" in words[-5:]
        or words[-2:] == ["home", "to"]
        or ("population" in words and words[-1] in ("is", "at", "was", "to", "of"))
    ):
        return True
    j = page.end_of(q)
    after = [page.low(n) for n in range(j, j + 6)]
    if noun in ("people", "inhabitants", "residents", "persons") or noun == "":
        if words[-1:] == ["of"] and page.low(k - 1) in (
            "city",
            "town",
            "village",
            "country",
            "nation",
            "region",
            "island",
            "enclave",
            "community",
        ):
            return True
        stop = next((n for n, w in enumerate(after) if w in ("who", ",", ".", "and")), len(after))
        return bool(DWELL & set(after[:stop]))
    return False
