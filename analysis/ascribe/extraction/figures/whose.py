"""Whose people or things a figure counts: "Russia has lost", "30 Ukrainian soldiers", "Kestria's 40 tanks"."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from spacy.tokens import Token

from ascribe.extraction.figures import carried, harm
from ascribe.extraction.figures.countries import COUNTED, LOSING, country, country_at, loser
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.lexicons import rows
from ascribe.extraction.records import Figure
from ascribe.extraction.sources import party_of
from ascribe.extraction.sources import words as world

FIRING = listed("whose_firing")
BREAKS = listed("whose_breaks")
WINNING = listed("whose_winning")
WON = listed("whose_won")
OURS = ("personnel", "equipment", "losses", "killed", "wounded", "casualties", "captured", "missing", "money", "events")
HARMS = ("killed", "wounded", "casualties", "captured", "missing", "displaced", "affected")
SPEAKING = listed("whose_speaking")
SIDES = listed("whose_sides")
FORCES = ("soldiers", "fighters", "troops")
PEOPLED = (
    "killed",
    "wounded",
    "casualties",
    "captured",
    "missing",
    "displaced",
    "affected",
    "personnel",
    "losses",
    "population",
    "other",
)


@functools.cache
def groups() -> dict[str, str]:
    """Nouns for kinds of people, with the name they go by: {"kids": "children", …}."""
    return {r["noun"]: r["group"] for r in rows("people_groups")}


def whose(q: Quantity, page: Page, category: str) -> str | None:
    """The party or group whose people or things `q` counts, as a short normal name; None where the text names none."""
    phrase = page.phrase_of(q)
    if category == "population":
        return _place(q, page)
    if category not in (*PEOPLED, *OURS, "infrastructure") or (category == "other" and q.dimension):
        return None
    if phrase and page.joined(phrase[-1]).i != phrase[-1].i and groups().get(phrase[-1].lower_):
        phrase = phrase[:-1]  # "civilians and soldiers" are no one group's
    return (
        _in_phrase(phrase, page)
        or (_possessor(phrase) if phrase and phrase[-1].lower_ not in ("victims", "victim") else None)
        or (_members(page, phrase) if phrase and (category != "other" or _peopled(phrase, page)) else None)
        or (_side(page, q, phrase) if category in OURS else None)
        or (
            _side(page, q, phrase, WINNING) if phrase and phrase[-1].lower_ in WON and not harm.whole(page, q) else None
        )
        or (_own(q, page, category) if category in OURS else None)
        or (_kind(phrase, category) if category in PEOPLED else None)
        or country(q, page, phrase, category)
    )


def _own(q: Quantity, page: Page, category: str) -> str | None:
    """498 of its soldiers · Russia had by Friday lost 16,100 personnel · 280 aircraft among Russia's losses."""
    j, k = page.end_of(q), page.index(q.outer_start) - 1
    if (page.low(j), page.low(j + 1)) in (("of", "its"), ("of", "their")):
        return _party_before(page, k, 16)
    if page.low(k) in LOSING and page.verbal(k):
        return _party_before(page, k - 1, 7)
    if category in ("equipment", "losses") and (heading := carried.headed(page, k)) is not None:
        return _beside(page, heading)
    if (party := loser(page, q, page.phrase_of(q))) or (
        category in ("personnel", "equipment") and (party := _sender(page, k))
    ):
        return party
    for m in range(j, j + 30):
        if page.low(m) in carried.ENDS or page.kind(m) == "gap":
            return None
        if page.low(m) == "among":
            losses = next((n for n in range(m + 1, m + 5) if page.low(n) == "losses"), None)
            return _beside(page, losses) if losses else None
    return None


def _sender(page: Page, k: int) -> str | None:
    """Kestria had massed near the border some 90,000 troops: the country before a verb of sending."""
    for m in range(k, max(-1, k - 8), -1):
        if page.low(m) in carried.ENDS or page.kind(m) in ("gap", "num") or page.low(m) == ",":
            return None
        if page.verbal(m):
            return _party_before(page, m - 1, 5) if page.low(m) in FIRING else None
    return None


def _party_before(page: Page, k: int, reach: int) -> str | None:
    """The country named nearest before token `k` in its sentence, as a name or an adjective."""
    for n in range(k, max(-1, k - reach), -1):
        if page.low(n) in carried.ENDS or page.kind(n) == "gap":
            return None
        low = page.low(n).removesuffix("'s")
        if page.capital(n) and (party := world.demonyms().get(low) or world.countries().get(low)):
            return party
    return None


def _peopled(phrase: list[Token], page: Page) -> bool:
    return page.noun_class(phrase[-1]) in ("person", "personnel", "population")


def _kind(phrase: list[Token], category: str) -> str | None:
    """The kind of people that a noun phrase counts; "three civilians Friday" ends in a day."""
    while phrase and phrase[-1].lower_ in world.calendar():
        phrase = phrase[:-1]
    if len(phrase) > 1 and phrase[-1].lower_ in COUNTED:
        phrase = phrase[:-1]  # civilian deaths
    group = groups().get(phrase[-1].lower_) if phrase else None
    if group and len(phrase) > 1 and phrase[-2].lower_ in SIDES:
        side = phrase[-2].lower_
        return groups().get(side + "s") or side  # government troops, rebel fighters
    return None if group in FORCES and category == "personnel" else group  # a strength's soldiers are a side's


def whose_carried(q: Quantity, page: Page, category: str, before: Sequence[Figure]) -> str | None:
    """Whose a number without a noun is, from what it goes on with: "put Russia's losses at 940, up from 900"."""
    if category not in (*HARMS, "losses") or page.phrase_of(q):
        return None
    found = carried.origin(q, page, before)
    if found is None or found[0] != category:
        return None
    told = found[1]
    return _beside(page, told) if isinstance(told, int) else told.whose


def several_sides(q: Quantity, page: Page, category: str, before: Sequence[Figure]) -> bool:
    """Whether the sentence counts the same of two sides: "… for Ukraine and … for Russia, 354,000 in all"."""
    sides = {f.whose for f in before if f.category == category and page.same_sentence(f.end, q.start)} - {None}
    return len(sides) > 1


def _beside(page: Page, m: int) -> str | None:
    """The party before or after a word for harm: "Russia's personnel losses", "the losses of Kestria"."""
    for n in range(m - 1, max(-1, m - 7), -1):
        low = page.low(n)
        if page.kind(n) != "word" or low in BREAKS:
            break
        if page.capital(n):
            return _party(page.written(n))
    k = m + 1
    if page.capital(k) and (people := world.demonyms().get(page.low(k))):
        return people  # the number of dead Russians
    if page.low(k) in ("in", "across") and (found := country_at(page, k + 1)):
        return found[0]  # infections in the United States surpassed one million
    if page.low(k) in ("of", "for", "among"):
        k += 1 + (page.low(k + 1) in ("the", "all"))
        return _party(page.written(k)) if page.capital(k) else None
    return None


def _party(written: str) -> str | None:
    """The party that one capitalised word names, as a name, a demonym or a possessive."""
    name = written.replace("’", "'").removesuffix("'s").removesuffix("'")
    low = name.lower()
    party = world.demonyms().get(low) or world.countries().get(low) or party_of(name)
    return party or (name if len(name) < len(written) else None)


def _joined(word: Token, step: int) -> list[str]:
    """The parties that a conjunction puts beside one, before it (-1) or after it (1): "Kestrian and Orvan soldiers"."""
    doc, at, found = word.doc, word.i, []
    while 0 <= at + 2 * step < len(doc) and doc[at + step].lower_ in ("and", "or", ","):
        at += 2 * step
        name = doc[at].lower_
        party = world.demonyms().get(name) or world.countries().get(name)
        if party is None or not doc[at].text[:1].isupper():
            break
        found.append(party)
    return found[::step]


def _in_phrase(phrase: list[Token], page: Page) -> str | None:
    """Ukrainian soldiers · ISIS fighters · Afghans."""
    for length in range(min(4, len(phrase)), 0, -1):
        for i in range(len(phrase) - length + 1):
            words = phrase[i : i + length]
            if length > 1 and not all(w.text[:1].isupper() for w in words):
                continue
            name = " ".join(w.text for w in words)
            country = world.demonyms().get(name.lower()) or world.countries().get(name.lower())
            party = country or (party_of(name) if name[:1].isupper() else None)
            if party:
                return "; ".join(dict.fromkeys([*_joined(words[0], -1), party, *_joined(words[-1], 1)]))
    if (
        not phrase
        or phrase[-1].tag_ not in ("NN", "NNS")
        or page.noun_class(phrase[-1]) not in ("personnel", "person")
        or any(w.tag_ == "POS" for w in phrase)
    ):
        return None
    proper = [w.text for w in phrase[:-1] if w.tag_ in ("NNP", "NNPS") and w.text[:1].isupper()]
    return " ".join(proper) or None


def _possessor(phrase: list[Token]) -> str | None:
    """Kestria's 40 tanks · the army's 12 losses."""
    for child in phrase[-1].children:
        if child.dep_ == "nmod:poss" and child.tag_ in ("NNP", "NNPS", "NN", "NNS"):
            return _short(child)
    return None


def _members(page: Page, phrase: list[Token]) -> str | None:
    """members of the White Helmets · residents of Kester."""
    for child in phrase[-1].children:
        of = any(c.dep_ == "case" and c.lower_ in ("of", "from") for c in child.children)
        if child.dep_ == "nmod" and of and child.i > phrase[-1].i and child.tag_ in ("NNP", "NNPS"):
            return _short(child)
    return None


def _side(page: Page, q: Quantity, phrase: list[Token], verbs: frozenset[str] = LOSING | FIRING) -> str | None:
    """Russia has lost 90,000 · the army fired 20 rockets: the subject of the verb that governs the number."""
    anchor = phrase[-1] if phrase else page.parsed_at(q.start)
    for _ in range(5):
        if anchor is None or anchor.head.i == anchor.i:
            return None
        if anchor.dep_ == "obj" and anchor.head.lower_ in verbs:
            verb = anchor.head
            for _ in range(3):
                subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
                if subject is not None or verb.dep_ not in ("xcomp", "conj", "advcl") or verb.head.i == verb.i:
                    break
                verb = verb.head
            if subject is not None and any(c.dep_ == "conj" for c in subject.children):
                return None  # "Tane and Reyk won nine seats": of both together
            return _short(subject) if subject is not None and subject.tag_ in ("NNP", "NNPS", "NNS", "NN") else None
        if anchor.dep_ not in ("nummod", "nmod", "conj", "appos", "compound", "dep"):
            return None
        anchor = anchor.head
    return None


def _place(q: Quantity, page: Page) -> str | None:
    """The place whose inhabitants are counted: "Kester had a population of 3,000"."""
    token = page.parsed_at(q.start)
    if token is None:
        return None
    around = page.doc[max(token.sent.start, token.i - 40) : min(token.sent.end, token.i + 8)]
    near = [t for t in around if t.tag_ == "NNP" and t.text[:1].isupper()]
    after = [t for t in near if 0 < t.i - token.i < 8 and t.nbor(-1).lower_ in ("in", "of")]
    before = [t for t in near if t.i < token.i and not _speaks(t)]
    chosen = after[:1] or before[-1:]
    if chosen:
        return _name(chosen[0])
    start = token.sent.start  # "the city of some 70,000": the place named last before
    for k in range(start - 1, max(-1, start - 120), -1):
        t = page.doc[k]
        if t.tag_ == "NNP" and t.nbor(-1).lower_ in ("in", "of", "at", "around", "near") if k else False:
            return _name(t)
    return None


def _speaks(token: Token) -> bool:
    """Whether a name is the subject of a verb of saying or estimating, or a day."""
    verb = token.head.lower_ if token.dep_ == "nsubj" else token.head.head.lower_ if token.head.dep_ == "nsubj" else ""
    return verb in SPEAKING or token.lower_ in world.calendar()


def _name(token: Token) -> str:
    """The run of proper nouns around a token."""
    doc, i, j = token.doc, token.i, token.i + 1
    while i > token.sent.start and doc[i - 1].tag_ == "NNP":
        i -= 1
    while j < token.sent.end and doc[j].tag_ == "NNP":
        j += 1
    return doc[i:j].text.strip()


def _short(token: Token) -> str | None:
    """A noun phrase as a short normal name: its party where it has one, else its proper name, else its words."""
    words = sorted(
        (t for t in token.subtree if (abs(t.i - token.i) < 4 and t.dep_ in KEPT) or t.i == token.i), key=lambda t: t.i
    )
    name = " ".join(t.text for t in words if t.lower_ not in ("the", "a", "an", "'s", "’s", "s"))
    party = party_of(name) if name else None
    if party or token.tag_ in ("NNP", "NNPS"):
        return party or name
    if any(t.tag_ == "PRP$" for t in words):
        return None  # "his side lost 11 men"
    return groups().get(token.lower_) or (name if token.tag_ in ("NNS", "NN") and len(words) > 1 else None)


KEPT = listed("whose_kept")
