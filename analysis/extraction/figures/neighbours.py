"""The harm that the words on either side of a number tell, where they touch it or stand in its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extraction.figures.cues import both, deeds, nouns, states, verbs
from analysis.extraction.figures.lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from analysis.extraction.figures.page import Page
    from analysis.extraction.figures.quantity import Quantity

AUX = listed("harm_aux")
FILLERS = listed("harm_fillers")
TOLLS = listed("harm_tolls")
STOPS = listed("harm_stops")
CLEAR = listed("harm_clear")
PLACES = listed("harm_places")
LINKING = listed("harm_linking")


def _pair(page: Page, k: int, step: int) -> str | None:
    """The other verb of "killed and wounded", "Kills Injures", read from one of the two."""
    m = k + step
    while page.low(m) in ("and", "or", ",", "/", "have", "been", "then", "another"):
        m += step
    role = verbs().get(page.low(m), {})
    return role.get("object") or role.get("subject")


def before(page: Page, q: Quantity) -> str | None:
    """killing at least 10 · the deaths of 12 · a death toll of 31 · wounded another 12."""
    k = page.index(q.outer_start) - 1
    crossed = []
    while k >= 0 and page.low(k) in FILLERS and len(crossed) < 6:
        crossed.append(page.low(k))
        k -= 1
    low = page.low(k)
    role = verbs().get(low, {})
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
                both(role["object"], _pair(page, k, -1))
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


def _made_to_leave(page: Page, q: Quantity) -> bool:
    """Whether those who were forced were forced to go: "forcing 6,000 people to evacuate"."""
    j = page.end_of(q)
    ahead = [page.low(k) for k in range(j, j + 8)]
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
    low, k0 = page.low(k), k
    if low in (
        "were",
        "are",
        "was",
        "still",
        "remain",
        "remained",
        "remaining",
        "left",
        "is",
        "listed",
        "as",
        "reported",
        "confirmed",
        "feared",
        "believed",
    ):
        while page.low(k) in AUX or page.low(k) in ("left", "remain", "remained", "listed", "as", "reported"):
            k += 1
            if k - k0 > 6:
                return None
    low = page.low(k)
    if low == "in" and "danger" in (page.low(k + 2), page.low(k + 3)):
        return "affected"
    if low in ("in", "with") and page.low(k + 1) in ("hospital", "need", "danger", "minor", "serious", "critical"):
        return {"hospital": "wounded", "need": "affected", "danger": "affected"}.get(
            page.low(k + 1), "wounded" if page.low(k + 2) in ("injuries", "condition", "wounds") else None
        )
    if low == "without" and page.low(k + 1) in ("power", "water", "electricity", "homes", "food", "heating"):
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


def after(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    """The first verb after the number and its noun: "13 civilians and a guard were killed", "10 lost their lives"."""
    k = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    steps, crossed, aside = 0, 0, False
    while k < len(page.tokens) and steps < 14:
        low = page.low(k)
        if (low in ("including", "among") and page.low(k - 1) in (",", "(")) or (
            low in ("including", "mostly") and steps < 3
        ):
            k = _past_aside(page, k)
            steps, aside = steps + 1, True
            continue
        if (
            low == "and"
            and steps == 0
            and (page.kind(k + 1) == "num" or page.numeric(k + 1))
            and _opens_clause(page, q)
        ):
            k, steps = k + 2, steps + 1  # 76 children and 41 women were killed
            continue
        if low in STOPS or page.kind(k) == "gap" or page.kind(k) == "num" or page.numeric(k):
            return None
        if low == "death" and page.low(k - 1) == "to":
            return "killed"
        if low == "among" and (found := _among(page, k)):
            return found
        if low in ("leave", "left", "leaving") and _place_follows(page, k):
            return "displaced"
        if (
            low == "lost"
            and not phrase
            and steps < 5
            and page.low(k + 1) in (".", ",", "in", "during", "since", "over", "there")
        ):
            return "losses"
        if low == "lost" and "li" in page.low(k + 2)[:2] and page.low(k + 1) in ("their", "his", "her", "the"):
            return "killed"
        if low in ("left", "remained", "remain", "still") and states().get(page.low(k + 1)):
            return states()[page.low(k + 1)]
        role = verbs().get(low)
        if role:
            near = page.low(k - 1) in AUX or steps == 0 or page.low(k - 1) in ("to", "was", "were", "and")
            participle = low.endswith(("ed", "n", "hurt", "shot", "ng")) and not low.endswith("ing")
            if "object" in role and near and participle and not _active(page, k):
                return both(role["object"], _pair(page, k, 1)) if page.low(k + 1) in ("and", "or") else role["object"]
            if "subject" in role and (page.low(k - 1) != "," or aside):
                return role["subject"]
            return None
        if low in ("and", "while", "but", "when", "after", "as", "because", "if", "that", "which", "where", "by", ","):
            crossed += low != "and" or page.low(k + 1) not in ("a", "the", "an")
            if crossed > 1:
                return None
        elif low not in AUX and page.verbal(k) and low not in ("according",):
            return None
        k, steps = k + 1, steps + 1
    return None


def _among(page: Page, k: int) -> str | None:
    """were among the dead · was among Friday's victims"""
    for m in range(k + 1, k + 5):
        found = states().get(page.low(m)) or nouns().get(page.low(m)) or verbs().get(page.low(m), {}).get("object")
        if page.low(m) in ("victims", "dead") or found in ("killed", "wounded", "captured", "missing"):
            return "killed" if page.low(m) == "victims" else found
        if page.low(m) in STOPS:
            return None
    return None


def _place_follows(page: Page, k: int) -> bool:
    return any(page.low(m) in PLACES for m in range(k + 1, k + 5))


def _opens_clause(page: Page, q: Quantity) -> bool:
    """Whether the number is the subject of its clause: nothing stands before it, or a word of saying."""
    i = page.index(q.outer_start)
    return page.low(i - 1) in ("said", "that", "says", "reported", ",", ":", "", "gap") or page.opens_sentence(i)


def doing(page: Page, q: Quantity, phrase: list[Token]) -> bool:
    """Whether those counted do the harm themselves: "three attackers killed two guards"."""
    k = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    while page.low(k) in ("have", "has", "had", "also", "then", "later", "who"):
        k += 1
    return "object" in verbs().get(page.low(k), {}) and _active(page, k) and page.low(k) != "lost"


def _past_aside(page: Page, k: int) -> int:
    """The token after ", including …," (or the end of the aside where no comma closes it)."""
    for m in range(k + 1, min(k + 14, len(page.tokens))):
        if page.low(m) in (",", ")", "—", "–"):
            return m + 1
        if page.low(m) in ("were", "was", "have", "had", "died") or page.low(m) in STOPS:
            return m
    return k + 14


def _active(page: Page, k: int) -> bool:
    """Whether the verb at `k` has its own object or an active auxiliary: "who killed", "have wounded 12"."""
    m = k - 1
    while page.low(m) in ("also", "then", "since", "reportedly", "already"):
        m -= 1
    before = page.low(m)
    if before in ("been", "were", "was", "be", "being", "are", "is"):
        return False
    after = page.low(k + 1)
    object_follows = (
        page.kind(k + 1) == "num"
        or page.numeric(k + 1)
        or after
        in (
            "at",
            "more",
            "least",
            "nearly",
            "some",
            "dozens",
            "several",
            "the",
            "a",
            "two",
            "up",
            "him",
            "them",
            "civilians",
        )
    )
    if after == "at":
        object_follows = page.low(k + 2) == "least"
    return before in ("have", "has", "had", "who", "that", "which", "they", "it", "he", "to") or object_follows


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
        if linked and low in CLEAR and not (low == "dead" and page.low(m + 1) not in ("to", "at", "is", "was")):
            return nouns().get(low) or states().get(low)
    return None
