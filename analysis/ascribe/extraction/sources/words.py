"""The words that naming sources knows: roles and titles, given names, countries. The tables are in `lexicons/`."""

from __future__ import annotations

import calendar as calendar_names
import dataclasses
import functools

from ascribe.extraction.lexicons import rows


def _words(cls: str) -> frozenset[str]:
    return frozenset(r["word"] for r in rows("source_words") if r["class"] == cls)


DETERMINERS, DEFINITE = _words("determiner"), _words("definite")
HE, SHE, IT, THEY = _words("he"), _words("she"), _words("it"), _words("they")
SPEAKER, RELATIVE, OWNING = _words("speaker"), _words("relative"), _words("owning")
PRONOUNS = HE | SHE | IT | THEY | SPEAKER | RELATIVE
LINKS, PREPOSITIONS = _words("link"), _words("preposition")
ADJECTIVES = _words("adjective")
"""Titles that are adjectives too: major, private."""
AFFILIATIONS = _words("affiliation")
"""What a politician is called before the name: "Democrat Ada Lund"."""
DAYS = _words("day")
SECOND = _words("second")
"""Words that put a second in an office's place: deputy, former."""
EXTENDS = _words("extends")
"""Words that a firm's or a body's short name leaves off: "Group", "Inc" …"""
TRADES = _words("trade")
"""What a firm's name ends in that a person's does not: "Tarn Mining", "Osk Motors"."""
SEEN = _words("seen")
"""What others than its writer do with a document: seen, obtained, reviewed by."""
UTTERANCES = _words("utterance")
"""Documents that are no more than their author's word: statement, communique."""
ANY_GROUP = _words("any_group")
"""Nouns that any association may be called by: group, organisation."""
CLOSE = _words("close")
"""Adjectives that tell how a source knows: close to, familiar with."""
PAGES = _words("page")
"""What a body publishes itself: website, channel."""
TIMES = _words("time")
"""Stretches of time: what is said of them nobody has said."""
LEADING, BEFORE_NAME = _words("leading"), _words("before_name")
NO_NAME = _words("no_name")
"""Abbreviations in capitals that are common nouns: NGO, MP."""
GOVERNMENT_NOUNS, NATIONAL_NOUNS = _words("government_noun"), _words("national_noun")


@dataclasses.dataclass(frozen=True, slots=True)
class Role:
    """What a noun says of whom it stands for: a class (person, body, document, people, place), a kind, a gender."""

    cls: str
    kind: str
    gender: str


@functools.cache
def roles() -> dict[str, Role]:
    """Role nouns and titles, lower case, some of several words."""
    return {r["noun"]: Role(r["class"], r["kind"], r["gender"]) for r in rows("roles")}


@functools.cache
def given_names() -> dict[str, str]:
    """Given names, lower case, with `m`, `f` or an empty string where both bear them."""
    return {r["name"].lower(): r["gender"] for r in rows("given_names")}


@functools.cache
def countries() -> dict[str, str]:
    """Names and aliases of countries, lower case, with the country."""
    found = {}
    for row in rows("countries"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[name.lower()] = row["name"]
    return found


@functools.cache
def demonyms() -> dict[str, str]:
    """Adjectives and names of peoples, lower case, with the country."""
    return {a.lower(): row["name"] for row in rows("countries") for a in row["adjectives"].split("|") if a}


@functools.cache
def regions() -> dict[str, str]:
    """Regions and large cities whose country nobody contests, lower case, with the country."""
    return {r["name"].lower(): r["country"] for r in rows("regions")}


@functools.cache
def seats() -> dict[str, str]:
    """Capitals and seats of government that speak for a country, lower case."""
    return {s.lower(): row["name"] for row in rows("countries") for s in row["seats"].split("|") if s}


@functools.cache
def fields() -> frozenset[str]:
    """Of the general words those that tell one office from another: health, defence; not local, senior."""
    return frozenset(r["word"] for r in rows("general_words") if r["field"])


@functools.cache
def general() -> frozenset[str]:
    """Words that many bodies' names share and that tell none from another: defence, health, national, regional …"""
    return frozenset(r["word"] for r in rows("general_words"))


@functools.cache
def calendar() -> frozenset[str]:
    """Days of the week and months, lower case, with the -s that a lost apostrophe leaves."""
    names = [*(d.lower() for d in calendar_names.day_name), *(m.lower() for m in calendar_names.month_name if m)]
    names += [m.lower() for m in calendar_names.month_abbr if m]
    return frozenset(n for n in names if n != "may") | {n + "s" for n in names}


@functools.lru_cache(maxsize=65536)
def role(noun: str) -> Role | None:
    """The role of a lower-case noun or compound; a plural is looked up as its singular, as people."""
    table = roles()
    if noun in table:
        return table[noun]
    last = noun.rsplit("-", 1)[-1]
    if last != noun and last in table:
        return table[last]
    for plural, single in (("ies", "y"), ("men", "man"), ("women", "woman"), ("es", "e"), ("ses", "s"), ("s", "")):
        if noun.endswith(plural):
            known = table.get(noun[: -len(plural)] + single)
            if known:
                cls = "people" if known.cls in ("person", "body") else known.cls
                return Role(cls, "collective" if cls == "people" else known.kind, known.gender)
    if noun.endswith(("ologist", "ographer", "physicist", "ician")) and noun.isalpha():
        return Role("person", "person", "")
    if noun.startswith(("ex-", "vice-", "co-", "deputy-", "then-")):
        return role(noun.split("-", 1)[1])
    return None
