"""What a source is and for whom it speaks, from the words of its name and those that articles use of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.parties import THE, Parties, load_parties

WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
HEAD_ENDS = re.compile(
    r"[,(]|\s(?:of|for|from|in|at|by|on|with|within|to|close|near|who|which|whose|that|under|after|about|between)\s",
    re.I,
)
PART = re.compile(
    r"(one|another|two|three|several|some|many|most|both)(?: of (?:the|them|those|its|his|her) ?(.*))?$", re.I
)
OWNED = re.compile(r"(?:[Tt]he )?(.+?)['’]s ")
OPPOSED = frozenset(("rebel", "opposition", "insurgent", "militant", "separatist", "guerrilla", "dissident", "exile"))
NEUTRAL = frozenset(("ngo", "think_tank", "media", "company"))
"""Kinds that speak for no side but where the table of parties or the word "state" says so."""
SMALL = frozenset(
    ("of", "for", "the", "and", "de", "al", "bin", "von", "van", "der", "da", "di", "el", "la", "ibn", "on")
)
OFFICIAL = frozenset(("government", "military"))


def spelt(text: str) -> list[str]:
    """The words of a name, possessive endings off."""
    return WORD.findall(re.sub(r"['’]s\b|(?<=s)['’](?=\s|$)", "", text))


def countries_in(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """The countries that words name, by name, people or seat of government: `(first, end, country)`, left to right.

    A word that "-based", "-backed", "pro-" and the like hang on names no side; "-installed" and "-appointed" do.
    """
    found, k = [], 0
    while k < len(words):
        for length in (4, 3, 2, 1):
            country = _country(" ".join(words[k : k + length])) if k + length <= len(words) else None
            if country:
                found.append((k, k + length, country))
                k += length
                break
        else:
            stem, _, tail = words[k].partition("-")
            if tail in ("installed", "appointed", "occupied", "run") and (country := _country(stem)):
                found.append((k, k + 1, country))
            k += 1
    return found


def _country(word: str) -> str | None:
    if not word[:1].isupper() or (len(word) <= 3 and not word.isupper()):
        return None
    low = word.lower()
    for table in (lexicon.countries(), lexicon.demonyms(), lexicon.seats()):
        if found := table.get(low) or table.get(low.rstrip(".")):
            return found
    return None


@functools.lru_cache(maxsize=65536)
def head_role(name: str) -> lexicon.Role | None:
    """The role that a name's head noun gives: "spokesman" in "a spokesman for the city"."""
    words = [w.lower() for w in spelt(HEAD_ENDS.split(name.strip(), maxsplit=1)[0])]
    while len(words) > 1 and (words[-1] in lexicon.CLOSE or words[-1].endswith("ed")):
        words.pop()  # "people familiar with it", "a resident reached by telephone"
    for length in (3, 2, 1):
        if len(words) >= length and (found := lexicon.role(" ".join(words[-length:]))):
            return found
    return None


def named(name: str) -> bool:
    """Whether a name holds a proper name, and is no mere description."""
    words = spelt(name)
    return any(w[:1].isupper() and (k > 0 or lexicon.role(w.lower()) is None) for k, w in enumerate(words))


def kind_of(name: str, said: Sequence[str] = (), parties: Parties | None = None) -> str | None:
    """The kind of a source (one of `SOURCE_KINDS`); `said` are the words by which articles mention it."""
    table = parties or load_parties()
    known = {p.kind for p in table.find(name)}
    if known:
        return known.pop() if len(known) == 1 else None
    words = spelt(name)
    if not words:
        return None
    if part := PART.match(name):  # "one of the people", "several of the villagers"
        return "anonymous" if part[1].lower() in ("one", "another") else kind_of(part[2] or "people", said, table)
    two = name.split(" and ", 1)
    if len(two) == 2 and all(map(named, two)) and len(both := {kind_of(part, said, table) for part in two}) == 1:
        return both.pop()
    if (owner := OWNED.match(name)) and (those := table.find(owner[1])) and those[0].kind in NEUTRAL:
        return those[0].kind  # a broadcaster's service, an institute's team
    found = head_role(name)
    if _personal(name, words, said, found):
        return "person"
    if _country(THE.sub("", name)):
        return "government"  # "United States" are no plural
    if " and " in name and not named(name):
        return "collective"
    proper = all(w[:1].isupper() or w.lower() in SMALL for w in words)
    if proper and (
        found is None or found.cls == "person"
    ):  # "Directorate General of Health", "Orvan Air Force Reserve"
        found = next((r for w in words if (r := lexicon.role(w.lower())) and r.cls == "body"), found)
    if found is None:
        places = countries_in(words)
        if places and places[0][:2] == (0, len(words)):
            return "government"
        return "media" if any(p.kind == "media" for p in table.find(words[0])) else None
    if found.cls == "person":
        return "anonymous"
    if found.cls == "people":
        if any(w.lower() in OPPOSED for w in words):
            return "collective"
        return _people(spelt(HEAD_ENDS.split(name, maxsplit=1)[0])[-1].lower(), name)
    if found.kind == "media" and any(w.lower() == "agency" and _field(words, k) for k, w in enumerate(words)):
        return "government"
    return found.kind or "collective"


def _field(words: Sequence[str], k: int) -> bool:
    """Whether the word at `k` stands after what a state tends ("Disaster Management Agency"), not after "News"."""
    before = [w.lower() for w in words[max(0, k - 2) : k]]
    return before[-1:] != ["news"] and any(w in lexicon.fields() and w != "press" for w in before)


def _personal(name: str, words: Sequence[str], said: Sequence[str], found: lexicon.Role | None) -> bool:
    """Whether a name is a person's: by the given name, or by a title, a pronoun, a bare surname in the articles."""
    if (found and found.cls in ("body", "document")) or not all(w[:1].isupper() or w in SMALL for w in words):
        return False
    if len(words) > 1 and lexicon.given_names().get(words[0].lower()) is not None:
        return True
    if any(s.lower() in lexicon.HE | lexicon.SHE or _titled(s, name) for s in said):
        return found is None or found.cls != "person"
    return 1 < len(words) <= 4 and found is None and any(spelt(s) == [words[-1]] for s in said)


def _people(head: str, name: str) -> str:
    if head == "source" or head == "sources":
        return "anonymous"
    if head in ("officials", "authorities"):
        return "military" if re.search(r"\b(?:military|army|navy|defen[cs]e)\b", name, re.I) else "government"
    single = lexicon.roles().get(head.removesuffix("s"))
    if single and single.cls == "person" and single.kind in OFFICIAL:
        return single.kind
    return "collective"


def _titled(said: str, name: str) -> bool:
    """Whether the words give a person's title to the name."""
    rest = [w.lower() for w in spelt(said.replace(name, " "))]
    return any((r := lexicon.role(w)) is not None and r.cls == "person" for w in rest)


def party_of(name: str | None, said: Sequence[str] = (), parties: Parties | None = None) -> str | None:
    """The side or country that a name speaks for or belongs to ("Russian army": Russia); None where nothing tells.

    `name` may also be whose people are counted ("Ukraine", "Syrian soldiers"). Of media, monitors, institutes and firms
    only those speak for a side that the table of parties says do; rebels of a country do not speak for it.
    """
    if not name or not name.strip():
        return None
    if " and " in name and not (parties or load_parties()).find(name):  # two sides have none in common
        sides = {party_of(part, said, parties) for part in name.split(" and ", 1)}
        if len(sides - {None}) > 1:
            return None
    table = parties or load_parties()
    known = table.find(name)
    if known:
        sides = {p.party for p in known}
        side = sides.pop() if len(sides) == 1 else None
        if side or len(known) > 1 or known[0].kind not in ("person", None):
            return side
    kind = kind_of(name, said, table)
    if kind in NEUTRAL or (kind == "collective" and _one(name) in NEUTRAL):
        return _stated(name) if kind == "media" else None
    if kind != "person" and (side := _side(name, table)):
        return side
    sides = {side for s in said if _official(s, name) and (side := _side(s.replace(name, " "), table))}
    return sides.pop() if len(sides) == 1 else None


def _side(name: str, table: Parties) -> str | None:
    words = spelt(name)
    installed = any(w.partition("-")[2] in ("installed", "appointed") for w in words)
    if not installed and any(w.lower().rstrip("s") in OPPOSED for w in words):
        return next((p.party for p in table.find(name)), None)
    for k in range(len(words)):  # a group or a body that the table knows inside the name ("Hamas fighters")
        for length in (4, 3, 2, 1):
            if k + length > len(words):
                continue
            part = " ".join(words[k : k + length])
            if length > 1 and (region := lexicon.regions().get(part.lower())):
                return region  # "New Mexico" is no Mexico
            own = _country(part)
            if own and length < len(words) and lexicon.regions().get(part.lower(), own) != own:
                return None  # Georgia: the country or the state
            if country := (_country(part) if not _hung(words, k) else None):
                return country
            found = table.find(part)
            if len(found) == 1 and found[0].party and found[0].kind != "person" and found[0].kind != "media":
                return found[0].party
    hung = countries_in(words)
    if hung and "-" in words[hung[0][0]]:
        return hung[0][2]
    return next((found for k in range(len(words)) if (found := _region(words, k))), None)


def _region(words: Sequence[str], k: int) -> str | None:
    """The country of a region or a city that begins at word `k`."""
    if not words[k][:1].isupper():
        return None
    tables = (lexicon.regions().get(" ".join(words[k : k + n]).lower()) for n in (3, 2, 1))
    return next((country for country in tables if country), None)


def _hung(words: Sequence[str], k: int) -> bool:
    return "-" in words[k] and _country(words[k]) is None


def _one(name: str) -> str:
    """The kind of one of those whom a plural names: media for "newspapers"."""
    words = spelt(HEAD_ENDS.split(name, maxsplit=1)[0])
    found = lexicon.role(words[-1].lower().removesuffix("s")) if words else None
    return found.kind if found else ""


def _stated(name: str) -> str | None:
    """The country whose state a medium belongs to, where the words say "state"."""
    if not re.search(r"\bstate(?:-run|-owned|-controlled)?\b|\bofficial\b", name, re.I):
        return None
    found = countries_in(spelt(name))
    return found[0][2] if found else None


def _official(said: str, name: str) -> bool:
    """Whether the words speak of an office of a state, an army or a movement."""
    rest = [w.lower() for w in spelt(said.replace(name, " "))]
    return any((r := lexicon.role(w)) is not None and r.kind in ("government", "military", "group") for w in rest)
