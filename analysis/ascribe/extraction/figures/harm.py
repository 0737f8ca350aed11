"""What is said to have befallen what is counted: killed, wounded, captured, displaced, …

Four witnesses are heard in turn, the surest first: the noun phrase itself ("12 deaths"), the words that touch it
("killing at least 12", "12 were killed"), the parse ("12 people who had come to the market were killed"), and the
words further off ("the death toll has since risen, according to the ministry, to 12").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascribe.extraction.figures import governing, neighbours, predicates
from ascribe.extraction.figures.countries import loser
from ascribe.extraction.figures.cues import HARMS, PLAIN, nouns, states, verbs
from ascribe.extraction.figures.lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ascribe.extraction.figures.page import Page
    from ascribe.extraction.figures.quantity import Quantity

UNHARMED = listed("harm_unharmed")
SAVING = listed("harm_saving")


def told(page: Page, q: Quantity) -> str | None:
    """The harm that befell what `q` counts, or None where nothing says so."""
    phrase = page.phrase_of(q)
    if _spared(page, q, phrase) or any(t.lower_ == "attempted" for t in phrase):
        return None
    own = _in_phrase(phrase)
    if own in PLAIN:
        return own
    state = None if phrase else states().get(page.low(page.end_of(q)))
    if state in HARMS and page.low(page.index(q.outer_start) - 1) == "the":
        return state  # "among the 17 wounded"
    if whole(page, q):
        return own or state  # "one of 12 injured"
    if predicates.doing(page, q, phrase):
        return None if own is None else own
    found = (
        _group(page, q)
        or neighbours.before(page, q, phrase)
        or neighbours.listed_with(page, q, phrase)
        or neighbours.state(page, q, phrase)
        or predicates.after(page, q, phrase)
        or neighbours.toll(page, q, 9)
        or governing.harm(page, q, phrase)
        or neighbours.toll(page, q, 32)
        or ("losses" if loser(page, q, phrase) else own)
    )
    if found not in ("losses", "casualties") or (found == "losses" and not phrase):
        return found
    # lost 40 soldiers killed; 90 casualties, including 40 killed: what touches the noun tells more
    k = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    first, second = (states().get(low) or verbs().get(low, {}).get("object") for low in (page.low(k), page.low(k + 2)))
    return found if first is None or (second and page.low(k + 1) in ("and", "or")) else first


def whole(page: Page, q: Quantity) -> bool:
    """12 of at least 30 guards were killed: the 30 are those of whom they were a part."""
    k = page.index(q.outer_start) - 1
    while page.low(k) in ("the", "its", "their", "his", "her", "all", "these", "those"):
        k -= 1
    return page.low(k) == "of" and (page.kind(k - 1) == "num" or page.numeric(k - 1))


def _spared(page: Page, q: Quantity, phrase: list[Token]) -> bool:
    """14,000 lives saved · saved some 300 lives: those who were not killed."""
    if not phrase or phrase[-1].lower_ not in ("lives", "life"):
        return False
    k = page.index(page.reading.ends[phrase[-1].i])
    i = page.index(q.outer_start) - 1
    return (
        page.low(k) in UNHARMED
        or page.low(i) in SAVING
        or (page.low(k) in ("were", "are") and page.low(k + 1) in UNHARMED)
    )


def _in_phrase(phrase: list[Token]) -> str | None:
    """16 journalist deaths · 21 injured individuals · 13 suspected cases."""
    if not phrase:
        return None
    head = nouns().get(phrase[-1].lower_)
    if head in PLAIN:
        return head
    if phrase[-1].lower_ == "life" and any(
        t.lower_ == "lost" for t in phrase[-1].doc[phrase[-1].i + 1 : phrase[-1].i + 4]
    ):
        return "killed"
    for word in phrase[:-1]:
        low = word.lower_
        state = states().get(low) or (verbs().get(low, {}).get("object") if word.tag_ in ("VBN", "JJ") else None)
        if state and state not in ("losses", "arrested"):
            return state
    return head


def _group(page: Page, q: Quantity) -> str | None:
    """six of those killed · four of the dead · two of the victims · 10 of the 19 wounded."""
    j = page.end_of(q)
    if page.low(j) not in ("of", "among") or page.low(j + 1) not in ("those", "the", "them", "his", "their"):
        return None
    for k in range(j + 2, j + 6):
        low = page.low(k)
        if low in predicates.STOPS or page.low(k) in ("were", "was", "are", "had", "have", "who"):
            return None
        found = states().get(low) or nouns().get(low) or verbs().get(low, {}).get("object")
        if found == "wounded" and verbs().get(page.low(k + 1), {}).get("subject") == "killed":
            return "killed"  # two of the wounded died
        if found in ("killed", "wounded", "casualties", "captured", "missing", "displaced"):
            return found
    return None
