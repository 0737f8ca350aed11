"""The circumstances of a figure: total, increment or rate; the place; and how it is known."""

from __future__ import annotations

from ascribe.extraction.figures.cursor import table
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.sources import words as world

REACH = 26  # tokens to either side of a number that are searched
INTO = listed("circumstances_into")
AREAS = listed("circumstances_areas")
SEATED = ("based", "headquartered", "born", "registered", "resident", "raised", "educated")
DISTANT = ("ago", "earlier", "later", "before", "after", "old", "previously")
LASTING = ("for", "in", "within", "given", "took", "takes", "take", "spent", "after", "over", "about", "than", "lasted")
COUNTS = ("killed", "wounded", "casualties", "losses", "captured", "missing", "displaced", "affected", "personnel",
          "equipment", "infrastructure", "events", "other", "money")  # fmt: skip
APART = ("killed", "wounded", "captured", "missing", "displaced")
"""People are harmed in one of these ways: who is another of one is none of the other."""
ADDED = ("killed", "wounded", "casualties", "losses", "captured", "missing", "displaced", "affected", "equipment",
         "infrastructure", "events")  # fmt: skip


def accumulation(q: Quantity, page: Page, category: str, role: str | None, last: str | None = None) -> str:
    """`rate`, `increment` or `total` as the words around say, else by the role of the figure's time window.

    `last` is the category of the number of people before: "21 dead and another 73 hurt" adds none to the hurt.
    """
    if category not in COUNTS:
        return "unknown"
    added = None if last != category and {last, category} <= set(APART) else "increment"
    phrase = page.phrase_of(q)
    j = page.index(page.reading.ends[phrase[-1].i]) if phrase else page.end_of(q)
    for k in (page.end_of(q), j, j + 1, j + 2):
        found = _at(page, k, "after")
        found = added if found == "added" else found
        distant = page.low(k) in ("a", "an") and (page.low(k + 2) in DISTANT or page.low(k - 1) in LASTING)
        if found and not distant and (found != "increment" or k == page.end_of(q)):
            return found
        if k > page.end_of(q) and page.low(k) in (".", ","):
            break
    i = page.index(q.outer_start)
    before = [page.low(n) for n in range(max(0, i - 8), page.index(q.start))]
    for phrase_, row in table("accumulation", "before").phrases.items():
        words = list(phrase_)
        reach = before if row[1] == "total" else before[-4:]
        told = added if row[1] == "added" else row[1]
        if told and any(reach[n : n + len(words)] == words for n in range(len(reach))):
            return told
    if category in ADDED and role in ("since", "as_of", "between"):
        return "total"
    if category in ADDED and role is None and _perfect(page, i, j):
        return "total"
    return "increment" if category in ADDED and role in ("past", "in") else "unknown"


def _perfect(page: Page, i: int, j: int) -> bool:
    """Whether the clause is in the present perfect, which sums up: "has lost 90,000", "52 have been killed"."""
    before = [page.low(n) for n in range(max(0, i - 3), i)]
    return "has" in before or "have" in before or (page.low(j) in ("have", "has") and page.low(j + 1) != "a")


def _at(page: Page, k: int, place: str) -> str | None:
    lexicon = table("accumulation", place)
    for length in range(lexicon.firsts.get(page.low(k), 0), 0, -1):
        row = lexicon.phrases.get(tuple(page.low(k + n) for n in range(length)))
        if row:
            return row[1]
    return None


def place(q: Quantity, page: Page) -> str | None:
    """The place where it happened, as named: the first one after the number in its sentence, else the last before."""
    token = page.parsed_at(q.start)
    if token is None:
        return None
    sentence, own = token.sent, {word.i for word in page.phrase_of(q)}
    for k in (
        *range(token.i + 1, min(sentence.end - 1, token.i + 26)),
        *range(token.i - 1, max(sentence.start, token.i - REACH) - 1, -1),
    ):
        t = page.doc[k]
        if k > token.i and t.lower_ in (";", ".", "while", "said", "reported", "told"):
            continue
        if t.lower_ in INTO and page.doc[max(k - 1, 0)].lower_ in SEATED and k - 2 not in own:
            continue  # "a monitor based in Osk", but "12 agents based in Osk"
        if t.lower_ in INTO and t.tag_ in ("IN", "RP", "TO") and k + 1 < sentence.end:
            name = _named(page, k + 1, sentence.end)
            if name:
                return name
    return None


def _named(page: Page, k: int, end: int) -> str | None:
    """The name of a place that starts at parser token `k`: "eastern Kester", "the town of Ashby-on-Sea"."""
    first, seen = k, False
    while k < end and (
        (page.doc[k].tag_ in ("NNP", "HYPH", "POS") and (seen or page.doc[k].text[:1].isupper()))
        or page.doc[k].lower_ in AREAS
    ):
        seen = seen or (page.doc[k].tag_ == "NNP" and page.doc[k].lower_ not in AREAS)
        k += 1
    while k > first and page.doc[k - 1].tag_ in ("POS", "HYPH", "IN", "DT"):
        k -= 1
    if not seen or k == first:
        return None
    while first < k and page.doc[first].lower_ in ("the", "a"):
        first += 1
    text = page.text[page.reading.starts[first] : page.reading.ends[k - 1]]
    timely = not text or any(w.lower() in world.calendar() or w == "May" for w in (text.split()[0], text.split()[-1]))
    return None if timely or page.dated(page.reading.starts[first]) else text


def basis(q: Quantity, page: Page) -> str | None:
    """The words on how the figure is known, nearest to it in its sentence: "estimates", "confirmed by name"."""
    token = page.parsed_at(q.start)
    if token is None:
        return None
    start, end = page.reading.span(token.sent)
    at = page.index(q.start)
    i, j = max(page.index(start), at - REACH), min(page.index(end), at + REACH)
    known = table("basis")
    best: tuple[int, int, int] | None = None
    k = i
    while k < j:
        for length in range(min(known.firsts.get(page.low(k), 0), j - k), 0, -1):
            if tuple(page.low(k + n) for n in range(length)) in known.phrases:
                if best is None or abs(k - at) < best[0]:
                    best = abs(k - at), k, k + length
                k += length - 1
                break
        k += 1
    if best is None:
        return None
    return page.text[page.tokens[best[1]].start : page.tokens[best[2] - 1].end]
