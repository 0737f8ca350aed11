"""Parts and wholes: "30 people, including 5 children", "three of the 23", "12 of them"."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from ascribe.extraction.figures import carried
from ascribe.extraction.figures.cues import HARMS, states
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import DASHES
from ascribe.extraction.records import Figure

OPENERS = listed("parts_openers")
PERSONS = ("person", "personnel", "population")
GROUPS = (
    ("of", "them"),
    ("of", "whom"),
    ("of", "which"),
    ("of", "those"),
    ("of", "these"),
    ("of", "the"),
    ("of", "its"),
)
OF_THEM = GROUPS[:5]
REACH = 400
FAR = 1000  # characters within which parts that add up to a whole must follow it
NEXT = 80  # characters within which the killed and the wounded follow their sum
LEAST_WHOLE = 10  # small numbers add up by chance
PEOPLE = listed("parts_people")
CHANGES = listed("parts_changes")
OWNING = listed("parts_owning")  # words between a part and its whole's number


def whole_of(q: Quantity, page: Page, before: Sequence[tuple[Figure, Figure | None]]) -> Figure | None:
    """The figure of which `q` is said to be a part, or None; `before` holds the figures so far, each with its whole."""
    if not before or q.dimension:
        return None
    last, last_whole = before[-1]
    if q.start - last.end > REACH or last.category in ("duration", "distance", "money"):
        return None
    i, j, k = page.index(q.outer_start), page.end_of(q), page.index(last.end)
    between = [page.low(n) for n in range(k, i)]
    same = not any(w in (".", "!", "?") or page.kind(n) == "gap" for n, w in zip(range(k, i), between, strict=True))
    if same and _opened(between) and _smaller(q, last):
        return last
    bracketed = between[-1:] == ["("] or (between[-1:] and between[-1] in DASHES and last.category in HARMS)
    if same and bracketed and len(between) < 6 and _smaller(q, last) and _persons(q, page):
        return None if _verb_between(page, k, i) else last
    if same and last.category in HARMS and _smaller(q, last) and _broken_down(q, page, between, last):
        return last
    if _of_the_group(q, page, before) is not None:
        return _of_the_group(q, page, before)
    if (
        same
        and tuple(between[-2:]) in (("of", "whom"), ("of", "which"), ("of", "them"), ("out", "of"))
        and between[-2:] != ["out", "of"]
    ):
        return last
    if (page.low(j), page.low(j + 1)) in OF_THEM:
        wholes = [w or f for f, w in reversed(before[-3:]) if page.same_sentence(f.end, q.start)] or [
            last_whole or last
        ]
        return next((w for w in wholes if _smaller(q, w)), None)
    if (page.low(j), page.low(j + 1)) == ("of", "the") and page.low(j + 2) in (
        "victims",
        "dead",
        "deceased",
        "wounded",
        "injured",
        "casualties",
    ):
        return last_whole or last
    state = states().get(page.low(j))
    if (
        same
        and last_whole is not None
        and _smaller(q, last_whole)
        and state in (None, last_whole.category)
        and len(between) < 12
        and not set(between) & {")", "—", "–", "-"}
        and between[-1:] in ([","], ["and"])
        and not _verb_between(page, k, i)
    ):
        return last_whole
    return None


def _persons(q: Quantity, page: Page) -> bool:
    phrase = page.phrase_of(q)
    return bool(phrase) and (page.noun_class(phrase[-1]) in PERSONS or phrase[-1].tag_ == "NNPS")


def _smaller(q: Quantity, whole: Figure) -> bool:
    """Whether nothing says that `q` is larger than the whole it would be a part of."""
    return q.value is None or whole.value is None or q.value <= whole.value


def _broken_down(q: Quantity, page: Page, between: list[str], last: Figure) -> bool:
    """112 people were killed in June: 65 soldiers, … · the 6,884 dead are 2,791 men, …"""
    phrase = page.phrase_of(q)
    if between[-1:] == [":"]:
        return not phrase or page.noun_class(phrase[-1]) in (*PERSONS, *HARMS)
    if between[-1:] not in (["are"], ["were"], ["comprise"], ["comprised"]) or len(between) > 4:
        return False
    return bool(phrase) and page.noun_class(phrase[-1]) in PERSONS and phrase[-1].lower_ in PEOPLE


def _of_the_group(q: Quantity, page: Page, before: Sequence[tuple[Figure, Figure | None]]) -> Figure | None:
    """6,826 people killed … Of the dead, 2,686 were men: the count of the group that opens the sentence."""
    harm = carried.opened(q, page)
    if harm is None:
        return None
    phrase = page.phrase_of(q)
    if phrase and page.noun_class(phrase[-1]) not in (*PERSONS, *HARMS):
        return None
    for figure, _ in reversed(before[-8:]):
        if q.start - figure.end > REACH:
            return None
        if figure.category == harm and not page.same_sentence(figure.end, q.start):
            return figure if _smaller(q, figure) else None
    return None


def _verb_between(page: Page, k: int, i: int) -> bool:
    return any(page.verbal(n) for n in range(k, i))


def _opened(between: list[str]) -> bool:
    """Whether the words before a number open a list of parts: "…, including at least", "among them"."""
    k = len(between) - 1
    while k >= 0 and between[k] in HELPERS:
        k -= 1
    if k > 1 and between[k] == ",":  # including, according to officials, 54
        opened = max((n for n in range(max(0, k - 14), k) if between[n] == ","), default=0)
        return opened > 0 and between[opened - 1] in OPENERS
    return k >= 0 and between[k] in OPENERS


HELPERS = listed("parts_helpers")


def coordinated(q: Quantity, page: Page, last: Figure) -> bool:
    """Whether a number stands in one list with the figure before it: "six priests, two maids and three guards"."""
    k, i = page.index(last.end), page.index(q.outer_start)
    if i - k > 16 or i <= k:
        return False
    between = [page.low(n) for n in range(k, i)]
    if between[-1] not in ("and", ",", ";", "as") or any(w in (".", "!", "?", ")", "while", "when") for w in between):
        return False
    return not any(page.verbal(n) or page.kind(n) == "gap" for n in range(k, i))


def summed(figures: Sequence[Figure], page: Page) -> list[Figure]:
    """The figures with those linked to their whole that add up to it: 112 dead, then 65, 42 and 5.

    The parts must follow within some sentences, count the same harm (or people of whom nothing is said) and be no parts
    of another figure already.
    """
    result = _of_a_number(figures, page)
    for i, whole in enumerate(result):
        if whole.value is None or whole.value < LEAST_WHOLE or whole.part_of:
            continue
        if _casualties_told(result[i : i + 3]):
            whole = result[i] = dataclasses.replace(whole, category="casualties")
            for k in (i + 1, i + 2):
                result[k] = dataclasses.replace(result[k], part_of=whole.figure_id)
            continue
        if whole.category not in HARMS:
            continue
        ahead = [k for k in range(i + 1, min(i + 12, len(result))) if _could_be_part(result[k], whole, page)]
        for k in _adding_up([(k, result[k].value) for k in ahead], whole.value):
            result[k] = dataclasses.replace(result[k], part_of=whole.figure_id, category=whole.category)
    return result


def _of_a_number(figures: Sequence[Figure], page: Page) -> list[Figure]:
    """14 of the 17 drones · 39 of the state's 40 delegates: a part whose whole is the number that follows it."""
    result = list(figures)
    for i, (part, whole) in enumerate(itertools.pairwise(figures)):
        k, j = page.index(part.end), page.index(whole.start)
        k += page.low(k) == "out"
        between = [page.low(n) for n in range(k, min(j, k + 8))]
        owned = all(
            w in OWNING or w.endswith(("'s", "s'")) or page.low(k + n + 1) in ("'s", "'") for n, w in enumerate(between)
        )
        fits = part.part_of is None and not part.unit and not whole.unit and 0 < j - k < 8
        if fits and between[0] == "of" and owned and part.value and whole.value and part.value <= whole.value:
            result[i] = dataclasses.replace(part, part_of=whole.figure_id)
    return result


def _casualties_told(three: Sequence[Figure]) -> bool:
    """7,975: 2,790 killed and 5,185 injured: a number without a noun of its own, then its two parts."""
    if len(three) < 3 or three[0].counted or three[0].unit or three[0].category not in ("other", *HARMS):
        return False
    whole, *parts = three
    if any(p.value is None or p.start - whole.end > NEXT for p in parts) or any(
        p.part_of not in (None, whole.figure_id) for p in parts
    ):
        return False
    return {p.category for p in parts} == {"killed", "wounded"} and sum(p.value for p in parts) == whole.value


def _compared(figure: Figure, page: Page) -> bool:
    """up from 30,500 the day before: an increase of 200: what a total was before, and by how much it has changed."""
    k, j = page.index(figure.start), page.index(figure.end)
    if page.low(j) in ("more", "fewer", "higher", "lower") and page.low(j + 1) == "than":
        return True
    return any(page.low(n) in CHANGES for n in range(k - 4, k))


def _could_be_part(figure: Figure, whole: Figure, page: Page) -> bool:
    if figure.part_of or figure.unit or figure.value is None or figure.start - whole.end > FAR:
        return False
    if _compared(figure, page):
        return False
    people = figure.category == "other" and figure.counted is not None and figure.counted.split()[-1].lower() in PEOPLE
    return (figure.category == whole.category or people) and 0 < figure.value < whole.value


def _adding_up(values: list[tuple[int, float]], total: float) -> list[int]:
    """The first run of two to five values that adds up to a total: their indices, or none."""
    for a in range(len(values)):
        for b in range(a + 2, min(a + 5, len(values)) + 1):
            if sum(v for _, v in values[a:b]) == total:
                return [k for k, _ in values[a:b]]
    return []
