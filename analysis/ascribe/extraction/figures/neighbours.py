"""The harm that the words on either side of a number tell, where they touch it or stand in its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascribe.extraction.figures.cues import both, deeds, nouns, states, verbs
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.predicates import AUX, PLACES, STOPS, pair

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ascribe.extraction.figures.page import Page
    from ascribe.extraction.figures.quantity import Quantity

FILLERS = listed("harm_fillers")
TOLLS = listed("harm_tolls")
CLEAR = listed("harm_clear")
LINKING = listed("harm_linking")
REMAINING = ("left", "made", "rendered", "remain", "remained", "listed", "as", "reported", "registered", "declared")
BEING = frozenset(("were", "are", "was", "is", "still", "confirmed", "feared", "believed", "remaining", *REMAINING))
RUBBLE = listed("harm_rubble")
SEEKING = listed("harm_seeking")
CLINICS = listed("harm_clinics")
MOVED = listed("harm_moved")
SAFE = listed("harm_safe")  # where those go who had to leave
WANT = listed("harm_want")  # what those who are without it suffer from


def _people(page: Page, phrase: list[Token]) -> bool:
    return bool(phrase) and page.noun_class(phrase[-1]) in ("person", "personnel", "population")


def before(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    """killing at least 10 · the deaths of 12 · a death toll of 31 · wounded another 12 · killing “some 60”."""
    k = page.index(q.outer_start) - 1
    k -= page.low(k) in ('"', "“", "‘", "'")
    crossed = []
    while k >= 0 and page.low(k) in FILLERS and len(crossed) < 6:
        crossed.append(page.low(k))
        k -= 1
    low = page.low(k)
    role = verbs().get(low, {})
    if low in ("power", "electricity", "supply", "supplies", "water", "gas") and crossed[-1:] == ["to"]:
        cut = any(page.low(m) in ("cut", "cuts", "cutting", "knocked", "out", "off", "lost") for m in range(k - 4, k))
        return "affected" if cut and _people(page, phrase) else None
    if (low.startswith("shelter") or (low == "for" and page.low(k - 1) == "shelter")) and _people(page, phrase):
        return "affected"
    if low == "for" and page.low(k - 1) in SEEKING:
        return "missing" if _people(page, phrase) or page.low(page.end_of(q)) == "others" else None
    if low in ("admitted", "admitting", "took", "received") and _at_hospital(page, k) and _people(page, phrase):
        return "wounded"
    if low in ("buried", "burying", "bury") and _people(page, phrase) and _mourners(page, k):
        return "killed"
    if (
        low in ("holding", "hold", "holds")
        and page.low(k - 1) != "to"
        and phrase
        and page.noun_class(phrase[-1]) == "personnel"
    ):
        return "captured"
    if (
        "object" in role
        and role["object"] != "losses"
        and not (low.endswith(("ed", "n", "hurt")) and _passive(page, k))
    ):
        if crossed[-1:] in (["of"], ["to"]) and low.endswith("ed"):
            return None
        if low.startswith("forc") and _made_to_leave(page, q):
            return "displaced"
        if _object_here(page, q):
            return (
                both(role["object"], pair(page, k, -1))
                if page.low(k - 1) in ("and", "or") or low.endswith("s")
                else role["object"]
            )
    if "object" in role and role["object"] == "losses" and crossed[-1:] != ["of"]:
        return "losses" if _object_here(page, q) else None
    if low.startswith("includ") or low in ("were", "are"):
        for m in range(k - 1, max(-1, k - 7), -1):
            if page.low(m) in STOPS or page.verbal(m):
                break
            found = nouns().get(page.low(m))
            if (
                found
                and (low.startswith("includ") or found in ("killed", "wounded"))
                and page.low(m) not in ("body", "remains", "lives")
            ):
                return found
    if low in deeds() and crossed[-1:] == ["of"]:
        return deeds()[low]
    if low in ("were", "are", "include", "included") and page.low(k - 1) == "victims":
        return "killed"
    back = nouns().get(low)
    if back in ("killed", "casualties", "wounded", "captured", "displaced", "missing") and crossed[-1:] in (
        ["of"],
        ["to"],
        ["at"],
    ):
        if back == "killed" and low in ("lives", "bodies", "body") and crossed[-1:] != ["of"]:
            return None
        other = nouns().get(page.low(k - 2)) if page.low(k - 1) == "and" else None
        return both(back, other)
    return "killed" if low == "toll" and crossed[-1:] in (["of"], ["at"], ["to"]) else None


def listed_with(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    """killed the mayor as well as two farmers · the murder of a judge, his wife and two guards."""
    k = page.index(q.outer_start) - 1
    while page.low(k) in FILLERS - {"of", "off", "as"}:
        k -= 1
    if page.low(k) not in ("and", ",", "with", "as", "plus") or not phrase or _verb_next(page, phrase):
        return None
    if page.low(k) in ("with", "as") and page.low(k - 1) not in ("along", "together", "well"):
        return None
    for m in range(k - 1, max(-1, k - 24), -1):
        low = page.low(m)
        if (
            low in STOPS
            or page.kind(m) == "gap"
            or low in ("who", "which", "that", "including", "while", "when", "after")
        ):
            return None
        role = verbs().get(low, {})
        if (
            "object" in role
            and role["object"] not in ("losses", "arrested")
            and not _passive(page, m)
            and page.low(m + 1) not in ("in", "by", "on", "at", "during", "when")
        ):
            return role["object"]
        if low in deeds() and page.low(m + 1) == "of":
            return deeds()[low]
        if page.verbal(m):
            return None
    return None


def _verb_next(page: Page, phrase: list[Token]) -> bool:
    """Whether the noun phrase is followed by a verb of its own: "…, and two guards fled"."""
    k = page.index(page.reading.ends[phrase[-1].i])
    while page.low(k) in ("also", "then", "later", "who"):
        k += 1
    return page.verbal(k) or page.low(k) in ("were", "was", "are", "had", "have")


def _at_hospital(page: Page, k: int) -> bool:
    """Whether a hospital is what the verb at `k` tells of: "the hospital said it had admitted 83 people"."""
    for m in range(k - 1, max(-1, k - 10), -1):
        if page.low(m) in STOPS or page.kind(m) == "gap":
            return False
        if page.low(m) in CLINICS:
            return True
    return False


def _mourners(page: Page, k: int) -> bool:
    """Whether people bury, and no landslide: "we have buried 97 people"."""
    m = k - 1
    while page.low(m) in AUX - {"it", "they", "people", "others"} or page.low(m) in ("just", "only"):
        m -= 1
    token = page.parsed(m)
    return page.low(m) in ("we", "they", "i", "he", "she") or (
        token is not None and page.plural(token) and page.noun_class(token) in ("person", "personnel", "population")
    )


def _made_to_leave(page: Page, q: Quantity) -> bool:
    """Whether those who were forced were forced to go: "forcing 6,000 people to evacuate"."""
    j = page.end_of(q)
    ahead = [page.low(k) for k in range(j, j + 8)]
    if "from" in ahead[:-2] and set(ahead[ahead.index("from") + 1 :][:3]) & PLACES:
        return True  # forced 10,000 from their homes
    verb = ahead[ahead.index("to") + 1] if "to" in ahead[:-1] else ""
    return verb in ("leave", "move", "relocate", "abandon") or verbs().get(verb, {}).get("subject") == "displaced"


def _passive(page: Page, k: int) -> bool:
    m = k - 1
    while page.low(m) in ("also", "reportedly", "allegedly", "being", "all", "seriously"):
        m -= 1
    return (
        page.low(m)
        in ("was", "were", "been", "be", "is", "are", "being", "people", "those", "civilians", "soldiers", "and")
        and page.low(m) != "and"
    )


def _object_here(page: Page, q: Quantity) -> bool:
    """Whether the number after a verb of harm is its object: not the start of a clause with a verb of its own."""
    after = page.low(page.end_of(q))
    return q.dimension == "" and after not in ("days", "hours", "km")


def state(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    """20 dead in air raids · left six soldiers dead · two people missing · 12 of them wounded."""
    if phrase:
        k = page.index(page.reading.ends[phrase[-1].i])
    else:
        k = page.end_of(q)
        while page.low(k) in ("others", "people", "more", "persons", "still", "other", "of", "them", "whom"):
            k += 1
    if (
        not phrase
        and page.low(k) in ("the", "its", "their")
        and page.low(k + 1) in TOLLS
        and page.low(k + 2) in ("of", "from")
    ):
        for m in range(k + 3, k + 7):  # raising to 26 the number of dead
            if page.low(m) in STOPS:
                break
            if (
                found := nouns().get(page.low(m))
                or states().get(page.low(m))
                or verbs().get(page.low(m), {}).get("object")
            ):
                return found
    k += bool(phrase) and page.low(k) == "there"
    low, k0 = page.low(k), k
    perfect = low in ("have", "has", "had") and "been" in (page.low(k + 1), page.low(k + 2))
    if low in BEING or perfect:
        while page.low(k) in AUX or page.low(k) in REMAINING:
            k += 1
            if k - k0 > 6:
                return None
    low = page.low(k)
    if low in ("have", "has", "had", "with", "suffered", "sustained", "suffering", "sustaining") and _wounds(page, k):
        return "wounded"
    if low == "cut" and page.low(k + 1) == "off":
        return "affected"
    if low in ("under", "beneath") and page.low(k + 1 + (page.low(k + 1) == "the")) in RUBBLE:
        return "affected"
    while low in ("will", "would", "could", "may", "might", "now", "already", "still") and k - k0 < 6:
        low, k = page.low(k + 1), k + 1
    if low in ("short", "face", "faced", "facing") and WANT & {page.low(k + 1), page.low(k + 2)}:
        return "affected"
    if low in MOVED and any(
        page.low(m) == "to" and SAFE & {page.low(m + n) for n in (1, 2, 3)} for m in (k + 1, k + 2)
    ):
        return "displaced"
    if low == "in" and page.low(k + 1) in ("captivity", "the"):
        found = {"captivity": "captured", "dark": "affected"}.get(page.low(k + 1 + (page.low(k + 1) == "the")))
        if found:
            return found
    if low == "in" and "danger" in (page.low(k + 2), page.low(k + 3)):
        return "affected"
    if low == "in" and page.low(k + 1) == "intensive":
        return "wounded"
    if low in ("in", "with") and page.low(k + 1) in ("hospital", "need", "danger", "minor", "serious", "critical"):
        return {"hospital": "wounded", "need": "affected", "danger": "affected"}.get(
            page.low(k + 1),
            "wounded" if {page.low(k + m) for m in (2, 3, 4)} & {"injuries", "condition", "wounds"} else None,
        )
    if low == "without" and ({page.low(k + 1), page.low(k + 2)} & WANT):
        return "affected"
    if low in ("taken", "sent", "rushed", "brought", "transported", "airlifted", "admitted") and "hospital" in [
        page.low(n) for n in range(k + 1, k + 6)
    ] + [page.low(n)[:8] for n in range(k + 1, k + 6)]:
        return "wounded"
    found = states().get(low)
    if found == "killed" and page.low(k + 1) in ("and", "or") and (states().get(page.low(k + 2)) == "wounded"):
        return "casualties"
    if low in verbs():
        return None
    return found


def _wounds(page: Page, k: int) -> bool:
    """have bullet wounds · with burns · suffered minor injuries: no verb or stop stands between."""
    return any(
        page.low(m) in ("wounds", "injuries", "burns", "fractures", "concussion") and page.kind(k + 1) == "word"
        for m in range(k + 1, k + 5)
        if not any(page.low(n) in STOPS or page.low(n) in ("and", ",", "from") for n in range(k + 1, m))
    )


def toll(page: Page, q: Quantity, reach: int) -> str | None:
    """The death toll …(some words)… rose to 31; the number of dead Russians at 25,000; casualties increased to 167."""
    k = page.index(q.outer_start) - 1
    while page.low(k) in ("the", "its", "some"):
        k -= 1
    linked = page.low(k) in ("to", "at", "of", "from", "in") or any(
        page.low(m) in LINKING for m in range(page.index(q.outer_start), page.index(q.start))
    )  # "surpassed" is a bound and a link at once
    for m in range(k, max(-1, k - reach), -1):
        low = page.low(m)
        if low in STOPS - {":"} or page.kind(m) == "gap":
            return None
        linked = linked or low in LINKING
        if page.kind(m) == "num" and page.low(m + 1) not in ("to", "from") and page.low(m - 1) not in ("-", "–"):
            return None
        if (
            low == "toll"
            or (low in TOLLS and page.low(m + 1) in ("of", "for"))
            or (low == "count" and nouns().get(page.low(m - 1)))
        ):
            for n in range(max(0, m - 3), min(m + 8, k + 1)):
                word = page.low(n)
                found = nouns().get(word) or states().get(word) or verbs().get(word, {}).get("object")
                if found and found not in ("losses", "arrested"):
                    return found if linked else None
            return "killed" if low == "toll" and linked else None
        if low in ("prisoners", "hostages") and page.low(m + 1) in AUX:
            continue  # those of whom something else is told
        if linked and low in CLEAR and not (low == "dead" and page.low(m + 1) not in ("to", "at", "is", "was")):
            return nouns().get(low) or states().get(low)
    return None
