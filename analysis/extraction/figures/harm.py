"""What is said to have befallen what is counted: killed, wounded, captured, displaced, …

Told by the verb, noun or headline phrase that governs the number in the parse; where the parse fails (headlines, lost
commas), by the words on either side up to the next clause.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from spacy.tokens import Token

from analysis.extraction.lexicons import rows

if TYPE_CHECKING:
    from analysis.extraction.figures.page import Page
    from analysis.extraction.figures.quantities import Quantity

HARMS = ("killed", "wounded", "casualties", "losses", "captured", "missing", "displaced", "affected")
STATES = {
    "dead": "killed",
    "deceased": "killed",
    "missing": "missing",
    "homeless": "displaced",
    "wounded": "wounded",
    "injured": "wounded",
    "hurt": "wounded",
    "unaccounted": "missing",
    "hospitalised": "wounded",
    "hospitalized": "wounded",
    "displaced": "displaced",
    "stranded": "affected",
    "infected": "affected",
    "trapped": "affected",
    "hungry": "affected",
    "lost": "losses",
}
AUX = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "'s",
        "'ve",
        "also",
        "reportedly",
        "allegedly",
        "all",
        "already",
        "now",
        "later",
        "still",
        "since",
        "then",
        "confirmed",
        "believed",
        "feared",
        "presumed",
        "said",
        "reported",
        "thought",
        "known",
        "to",
        "subsequently",
        "either",
        "both",
        "who",
        "that",
        "which",
        "may",
        "might",
        "could",
        "must",
        "should",
        "would",
        "will",
        "it",
        "they",
        "seriously",
        "critically",
        "severely",
        "slightly",
        "badly",
        "lightly",
        "fatally",
    ]
)
FILLERS = frozenset(
    [
        "at",
        "least",
        "more",
        "than",
        "over",
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "up",
        "to",
        "as",
        "many",
        "another",
        "an",
        "a",
        "the",
        "estimated",
        "further",
        "additional",
        "other",
        "total",
        "of",
        "roughly",
        "approximately",
        "fewer",
        "less",
        "between",
        "only",
        "just",
    ]
)
TOLLS = frozenset(["toll", "tolls", "count", "number", "numbers", "tally", "figure", "figures", "total"])
STOPS = frozenset([".", ";", "!", "?", ":", "gap"])


@functools.cache
def verbs() -> dict[str, dict[str, str]]:
    """Verb forms: {form: {role: category}}, the role in which the harmed stand (object or subject)."""
    found: dict[str, dict[str, str]] = {}
    for row in rows("figure_verbs"):
        found.setdefault(row["form"], {})[row["role"]] = row["category"]
    return found


@functools.cache
def nouns() -> dict[str, str]:
    return {r["noun"]: r["class"] for r in rows("figure_nouns") if r["class"] in HARMS}


def category_of_harm(page: Page, q: Quantity) -> str | None:
    """The harm that befell what `q` counts, by the words that govern it, or None."""
    j = page.end_of(q)
    phrase = page.phrase_after(j)
    found = (
        _in_phrase(phrase)
        or _state(page, j, phrase)
        or _governed(page, q, phrase)
        or _after(page, j, phrase)
        or _before(page, q)
    )
    return found


def _in_phrase(phrase: list[Token]) -> str | None:
    """ "16 journalist deaths", "21 injured individuals", "13 suspected cases"."""
    if not phrase:
        return None
    own = nouns().get(phrase[-1].lower_)
    for word in phrase[:-1]:
        state = STATES.get(word.lower_) or (
            verbs().get(word.lower_, {}).get("object") if word.tag_ in ("VBN", "JJ") else None
        )
        if state and state != "losses":
            return state
    return own


def _state(page: Page, j: int, phrase: list[Token]) -> str | None:
    """ "20 dead in air raids", "left six soldiers dead", "two people missing"."""
    if phrase:
        after = phrase[-1].i + 1
        low = page.doc[after].lower_ if after < len(page.doc) else ""
    else:
        low = page.low(j)
        if low in ("others", "people", "more", "were", "are", "still", "left", "in"):
            low = page.low(j + 1) if low in ("others", "people", "more", "still") else low
    return STATES.get(low) if low not in ("lost", "hurt") else None


def _governed(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    anchor = phrase[-1] if phrase else page.parsed_at(q.start)
    number = page.parsed_at(q.start)
    if anchor is None or number is None:
        return None
    return climb(anchor) or (climb(number) if number.i != anchor.i else None)


def climb(anchor: Token) -> str | None:
    """The harm told by the words above and right below a token of the parse."""
    t = anchor
    for _ in range(6):
        for child in t.children:
            if child.dep_.startswith("acl") and child.i > t.i:
                role = verbs().get(child.lower_, {})
                passive = child.tag_ == "VBN" or any(c.dep_ in ("aux:pass", "nsubj:pass") for c in child.children)
                if passive and "object" in role:
                    return role["object"]
                if "subject" in role and not passive:
                    return role["subject"]
        if t.dep_ == "ROOT" or t.head.i == t.i:
            return _root(t)
        head, dep = t.head, t.dep_
        role = verbs().get(head.lower_, {})
        if dep in ("nsubj:pass", "obj") or (dep == "nsubj" and head.tag_ == "VBN" and not _active(head)):
            if "object" in role:
                return role["object"]
            if dep != "obj" and "subject" in role:
                return role["subject"]
        elif dep == "nsubj":
            if "subject" in role:
                return role["subject"]
            state = STATES.get(head.lower_)
            if state and head.lower_ != "lost":
                return state
        if (
            dep
            in (
                "nmod",
                "obl",
                "appos",
                "compound",
                "nummod",
                "nmod:npmod",
                "obl:npmod",
                "obl:tmod",
                "dep",
                "obj",
                "xcomp",
            )
            and dep != "obj"
        ):
            own = nouns().get(head.lower_)
            if own and own != "affected":
                return own
        toll = _toll(head) if dep in ("obl", "obj", "xcomp", "nmod", "nsubj", "dep") or head.lower_ in TOLLS else None
        if toll:
            return toll
        if dep in ("conj", "nummod", "nmod", "appos", "compound", "dep", "nmod:npmod", "list", "flat", "goeswith"):
            t = head
            continue
        return None
    return None


def _active(verb: Token) -> bool:
    return any(c.lower_ in ("have", "has", "had") and c.dep_ == "aux" for c in verb.children) and not any(
        c.lower_ in ("been", "be", "being", "was", "were") for c in verb.children
    )


def _root(t: Token) -> str | None:
    return None


def _toll(head: Token) -> str | None:
    """ "the death toll rose to 31", "the number of dead Russians at 25,000", "the number of deaths is 66"."""
    for t in (head, *(c for c in head.children if c.dep_ in ("nsubj", "nsubj:pass", "obj"))):
        if t.lower_ in TOLLS:
            for word in t.subtree:
                if word.i - t.i > 5 or t.i - word.i > 4:
                    continue
                found = nouns().get(word.lower_) or STATES.get(word.lower_)
                if found and word.lower_ != "lost":
                    return found
            return "killed" if t.lower_ == "toll" else None
        own = nouns().get(t.lower_)
        if own in ("killed", "casualties", "wounded", "losses") and t.i != head.i and head.tag_.startswith("VB"):
            return own
    return None


def _after(page: Page, j: int, phrase: list[Token]) -> str | None:
    """The first verb after the number and its noun: "13 civilians and a guard were killed", "10 lost their lives"."""
    k = page.index(page.reading.ends[phrase[-1].i]) if phrase else j
    steps = 0
    while k < len(page.tokens) and steps < 10:
        low = page.low(k)
        if low in STOPS or page.kind(k) == "gap" or page.kind(k) == "num":
            return None
        if low == "lost" and page.low(k + 1) in ("their", "his", "her") and page.low(k + 2) in ("life", "lives"):
            return "killed"
        role = verbs().get(low)
        if role:
            auxiliary = (
                page.low(k - 1) in AUX
                or page.low(k - 1) in ("people", "others", "more")
                or k == j
                or (phrase and steps == 0)
            )
            if "subject" in role and not role.get("object"):
                return role["subject"]
            if (
                "object" in role
                and auxiliary
                and low.endswith(("ed", "n", "hurt", "ain", "shot", "nt"))
                and page.low(k - 1) not in ("who", "that", "which", "they", "it", "have", "has", "had")
            ):
                return role["object"]
            if "subject" in role:
                return role["subject"]
            return None
        token = page.parsed(k)
        if (
            low not in AUX
            and token is not None
            and token.tag_.startswith("VB")
            and low not in ("including", "according")
        ):
            return None
        if low in ("and", "while", "but", "when", "after", "as") and steps > 6:
            return None
        k, steps = k + 1, steps + 1
    return None


def _before(page: Page, q: Quantity) -> str | None:
    """The verb or noun right before the number: "killing at least 10", "the deaths of 12", "a death toll of 31"."""
    k = page.index(q.outer_start) - 1
    while k >= 0 and page.low(k) in FILLERS:
        k -= 1
    role = verbs().get(page.low(k), {})
    if "object" in role and not (page.low(k).endswith("ed") and page.low(k - 1) in ("was", "were", "been", "be")):
        return role["object"]
    back = nouns().get(page.low(k))
    if back in ("killed", "casualties", "wounded", "losses") and page.low(k + 1) in ("of", "to", "at", ":"):
        return back
    if page.low(k) in ("toll", "claimed", "claiming") and page.low(k) == "toll":
        return "killed"
    return None
