"""The harm that a clause tells of its subject: "13 civilians and a guard were killed", "ten lost their lives"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascribe.extraction.figures.cues import both, nouns, states, verbs
from ascribe.extraction.figures.lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ascribe.extraction.figures.page import Page
    from ascribe.extraction.figures.quantity import Quantity

AUX = listed("harm_aux")
STOPS = listed("harm_stops")
PLACES = listed("harm_places")
OPENERS = (
    "said",
    "that",
    "says",
    "reported",
    ",",
    ":",
    "",
    "gap",
    "after",
    "when",
    "where",
    "while",
    "since",
    "because",
)
BATTLE = {"battle", "battles", "combat", "action", "fighting", "clashes"}
SAID = listed("harm_said")
ALONE = listed("harm_alone")
HOMES = ("home", "homes", "house", "houses", "dwellings", "apartments")


def pair(page: Page, k: int, step: int) -> str | None:
    """The other verb of "killed and wounded", "Kills Injures", read from one of the two."""
    m = k + step
    while page.low(m) in ("and", "or", ",", "/", "have", "been", "then", "another"):
        m += step
    role = verbs().get(page.low(m), {})
    return role.get("object") or role.get("subject")


def after(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    """The first verb after the number and its noun: "13 civilians and a guard were killed", "10 lost their lives"."""
    k = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    steps, crossed = 0, 0
    k, aside = _past_apposition(page, k)
    while k < len(page.tokens) and steps < 14:
        low = page.low(k)
        if low in ("who", "which", "that") and steps < 5 and (verb := _main_verb(page, k)):
            k, aside = verb, True
            continue
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
        if low == "," and page.low(k - 1) in AUX and (closed := _comma(page, k)):
            if page.low(closed) == "among" and (found := _among(page, closed)):
                return found  # was, according to the ministry, among the dead
            k = closed
            continue
        if low in STOPS or page.kind(k) == "gap" or page.kind(k) == "num" or page.numeric(k):
            return None
        if low in ("and", "but") and page.low(k + 1) in SAID:
            return None  # "put it at 187 and said the captain was among the dead"
        if low == "fell" and page.low(k + 1) == "in" and {page.low(k + 2), page.low(k + 3)} & BATTLE:
            return "killed"
        if low == "death" and page.low(k - 1) == "to":
            return "killed"
        if low == "among" and (found := _among(page, k)):
            return found
        if (
            low in ("forced", "compelled", "obliged", "ordered", "told")
            and page.low(k + 1) == "to"
            and _goes(page, k + 2)
        ):
            return "displaced"
        if low in ("lost", "lose", "losing", "had", "have") and _home_follows(page, k):
            return "displaced"
        if low in ("leave", "left", "leaving") and _place_follows(page, k):
            return "displaced"
        if low in ("crossed", "crossing") and _flees(page, k, phrase):
            return "displaced"
        if low == "recovered" and page.low(k + 1) in ("", ".", ",", ";", "and", "from", "so", "since"):
            return "affected"
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
        if role and not _compound(page, k):
            near = page.low(k - 1) in AUX or steps == 0 or page.low(k - 1) in ("to", "was", "were", "and")
            participle = low.endswith(("ed", "n", "hurt", "shot", "ng")) and not low.endswith("ing")
            if "object" in role and near and participle and not _active(page, k):
                return both(role["object"], pair(page, k, 1)) if page.low(k + 1) in ("and", "or") else role["object"]
            if "subject" in role and (page.low(k - 1) != "," or aside):
                return role["subject"]
            return None
        if low in ("and", "while", "but", "when", "after", "as", "because", "if", "that", "which", "where", "by", ","):
            crossed += (low != "and" and page.low(k + 1) != "many") or (
                low == "and" and page.low(k + 1) not in ("a", "the", "an", "about")
            )
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


def _past_apposition(page: Page, k: int) -> tuple[int, bool]:
    """The token after an aside in brackets or dashes at `k`: "six monks (five of them old) were killed"."""
    if page.low(k) in ("—", "–") and _open_dash(page, k):
        return k + 1, True  # "all on board — Tane and seven others — died"
    closes = {"(": ")", "—": "—", "–": "–", "-": "-"}.get(page.low(k))
    if closes == "-" and page.low(k + 1) == "-":
        closes, k = "-", k + 1
    if closes is None:
        return k, False
    for m in range(k + 2, k + 20):
        if page.low(m) == closes:
            return m + 1 + (closes == "-" and page.low(m + 1) == "-"), True
        if page.low(m) in (".", ";") or page.kind(m) == "gap":
            break
    return k, False


def _open_dash(page: Page, k: int) -> bool:
    """Whether a dash was opened before the one at `k` in its sentence."""
    count = 0
    for m in range(k - 1, max(-1, k - 40), -1):
        if page.low(m) in (".", "!", "?", ";") or page.kind(m) == "gap":
            break
        count += page.low(m) == page.low(k)
    return count % 2 == 1


def _comma(page: Page, k: int) -> int | None:
    """The token after the comma that closes the aside opened at `k`."""
    for m in range(k + 2, k + 14):
        if page.low(m) == ",":
            return m + 1
        if page.low(m) in STOPS or page.kind(m) == "gap":
            return None
    return None


def _main_verb(page: Page, k: int) -> int | None:
    """The "were" between a relative clause at `k` and what befell its noun: "tens of people who fled were killed".

    After a comma the clause ends with the next comma; else the first passive that is no "who were …" itself is meant.
    """
    loose = page.low(k - 1) == ","
    for m in range(k + 2, k + 22):
        low = page.low(m)
        if low in STOPS or page.kind(m) == "gap" or low in ("said", "says", "told", "claimed", "whose"):
            return None
        if loose:
            if low == ",":
                return m + 1
        elif low in ("were", "was") and page.low(m - 1) not in ("who", "which", "that", "they", "he", "she", "it"):
            role = verbs().get(page.low(m + 1)) or verbs().get(page.low(m + 2)) or {}
            return m if "object" in role else None
    return None


def _goes(page: Page, k: int) -> bool:
    """Whether the verb at `k` is one of leaving a place."""
    low = page.low(k)
    return verbs().get(low, {}).get("subject") == "displaced" or low in ("leave", "move", "relocate", "abandon")


def _home_follows(page: Page, k: int) -> bool:
    """lost their homes · had their houses destroyed: what is lost is where they live."""
    m = k + 1
    while page.low(m) in ("their", "his", "her", "own", "the"):
        m += 1
    if m == k + 1 or page.low(m) not in HOMES:
        return False
    return page.low(k).startswith("los") or page.low(m + 1) in ("destroyed", "burned", "burnt", "demolished", "razed")


def _place_follows(page: Page, k: int) -> bool:
    return any(page.low(m) in PLACES for m in range(k + 1, k + 5))


def _compound(page: Page, k: int) -> bool:
    """Whether a word that could be a verb stands before another noun: "members of a rescue organization"."""
    token, after = page.parsed(k), page.parsed(k + 1)
    return token is not None and after is not None and token.tag_ == "NN" and after.tag_ in ("NN", "NNS")


def _flees(page: Page, k: int, phrase: list[Token]) -> bool:
    """Whether people who are no soldiers cross into another country: "212,000 people have crossed from … into"."""
    if phrase and page.noun_class(phrase[-1]) not in ("person", "displaced", "population"):
        return False
    return any(
        page.low(m) in ("border", "frontier") or (page.low(m) == "into" and page.capital(m + 1))
        for m in range(k, k + 6)
    )


def _opens_clause(page: Page, q: Quantity) -> bool:
    """Whether the number is the subject of its clause: nothing stands before it, or a word of saying."""
    i = page.index(q.outer_start)
    return page.low(i - 1) in OPENERS or page.opens_sentence(i)


def doing(page: Page, q: Quantity, phrase: list[Token]) -> bool:
    """Whether those counted do the harm themselves: "three attackers killed two guards"."""
    k = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    while page.low(k) in ("have", "has", "had", "also", "then", "later", "who"):
        k += 1
    role = verbs().get(page.low(k), {})
    if "subject" in role and (page.low(k + 1) in ALONE or (page.low(k + 1) == "at" and page.low(k + 2) != "least")):
        return False  # "1,300 people have drowned on the route"
    return "object" in role and _active(page, k) and page.low(k) != "lost"


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
