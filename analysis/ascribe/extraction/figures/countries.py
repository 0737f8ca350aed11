"""The country whose people or places are counted, where only the words around the number tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascribe.extraction.figures.cues import HARMS
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.sources import words as world

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ascribe.extraction.figures.page import Page
    from ascribe.extraction.figures.quantity import Quantity

COUNTED = listed("whose_counted")
LOSING = listed("whose_losing")
REPORTING = listed("whose_reporting")
LONGEST = 3  # words of a country's name
BETWEEN = (",", "also", "now", "alone", "has", "have", "had", "itself", "meanwhile", "so", "far", "already")


def country(q: Quantity, page: Page, phrase: list[Token], category: str) -> str | None:
    """1,035 in Turkey · 30 towns in Kestria's north · In India, 142 cases were found · India reported 142 cases."""
    if category == "infrastructure":
        return _after(q, page, phrase)
    if category not in HARMS:
        return None
    if phrase and phrase[-1].lower_ not in COUNTED:
        return None
    return _after(q, page, phrase) or _reporting(q, page) or _opening(q, page)


def country_at(page: Page, k: int) -> tuple[str, int] | None:
    """The country that is named from token `k` on, after "the", and the token after its name."""
    k += page.low(k) == "the"
    if not page.capital(k):
        return None
    for length in range(LONGEST, 0, -1):
        name = " ".join(page.low(k + n) for n in range(length))
        if (found := world.countries().get(name) or world.countries().get(name.removesuffix("'s"))) is not None:
            return found, k + length
    return None


def loser(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    """the 15,000 men that Kestria has lost: the country named between the number and "lost"."""
    j = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    while page.low(j) in ("that", "which", "whom"):
        j += 1
    found = country_at(page, j)
    if found is None:
        return None
    j = found[1]
    while page.low(j) in ("has", "had", "have", "already", "itself", "reportedly"):
        j += 1
    return found[0] if page.low(j) in LOSING else None


def _after(q: Quantity, page: Page, phrase: list[Token]) -> str | None:
    k = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    if page.low(k) == "and" and page.low(k + 2) in ("in", "across"):  # towns and villages in
        k += 2
    near = page.low(k) in ("in", "across") or (page.low(k) == "for" and (not phrase or phrase[-1].lower_ in COUNTED))
    found = country_at(page, k + 1) if near else None
    return found[0] if found else None


def _reporting(q: Quantity, page: Page) -> str | None:
    """India reported 142 new cases: the country itself is the subject, not one of its ministries."""
    k = page.index(q.outer_start) - 1
    while page.low(k) in ("a", "total", "of", "the", "another", "further"):
        k -= 1
    if page.low(k) not in REPORTING:
        return None
    m = k - 1
    while page.low(m) in BETWEEN or page.low(m) in world.calendar() or page.low(m) == "on":
        m -= 1
    for n in range(max(0, m - LONGEST), m + 1):
        found = country_at(page, n)
        if found and found[1] == m + 1 and page.low(n - 1) not in ("of", "from", "and", "with"):
            return found[0]
    return None


def _opening(q: Quantity, page: Page) -> str | None:
    """In the United States, over 244,000 cases were recorded: the sentence opens with the country."""
    token = page.parsed_at(q.start)
    if token is None:
        return None
    k = page.index(page.reading.starts[token.sent.start])
    found = country_at(page, k + 1) if page.low(k) in ("in", "across") else None
    return found[0] if found and page.low(found[1]) == "," else None
