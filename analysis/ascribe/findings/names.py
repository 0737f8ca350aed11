"""Whether two names mean the same body or the same party, however they are written.

Names are compared as sets of words: without case, titles, possessives and small words, British spelling made American,
countries by one word whether noun or adjective ("Ukraine's Ministry of Defence" is "the Ukrainian Defense Ministry").
`data/publishers.csv` says which bodies publish another's numbers; users add rows with a table of their own.
`data/bodies.csv` says which body is a part of which: an agency of a country's intelligence services.
"""

from __future__ import annotations

import functools
import re

from ascribe.extraction.lexicons import rows
from ascribe.findings.reading_series import table

SMALL = frozenset("the of for and in on s a an at by to its".split())  # noqa: SIM905
SPELLING = {
    "defence": "defense",
    "centre": "center",
    "mod": "ministry defense",
    "programme": "program",
    "un": "united nations",
}
WORD = re.compile(r"[^\W_]+")
ASIDE = re.compile(r"\([^()]*\)")


@functools.cache
def _countries() -> dict[str, str]:
    """Words for a country, each as the country's name: `ukrainian` is `ukraine`."""
    found: dict[str, str] = {}
    for row in rows("countries"):
        for word in [row["name"], *row["aliases"].split("|"), *row["adjectives"].split("|")]:
            if word.strip():
                found.setdefault(word.strip().lower(), row["name"])
    return found


@functools.lru_cache(maxsize=65536)
def key(name: str) -> frozenset[str]:
    """The words that tell a name from others; empty for no name."""
    text = ASIDE.sub(" ", name).lower().replace("’s", " ").replace("'s", " ").replace("”s", " ").replace("u.k.", "uk")
    words = WORD.findall(text.replace("u.s.", "us").replace("u.n.", "un"))
    told: list[str] = []
    for word in words:
        country = _countries().get(word)
        for w in country.lower().split() if country else SPELLING.get(word, word).split():
            if w not in SMALL:
                told.append(w)
    return frozenset(told)


@functools.cache
def _publishers() -> dict[frozenset[str], tuple[str, str]]:
    found = {}
    for row in table("publishers"):
        found.setdefault(key(row["publisher"]), (row["publisher"], ""))
        found.setdefault(key(row["alias"]), (row["publisher"], row["note"]))
    return found


@functools.lru_cache(maxsize=65536)
def publisher(name: str | None) -> tuple[str, str] | None:
    """The publisher that a name means and, where it speaks of another's numbers, a note on that; None for no name."""
    if not isinstance(name, str) or not key(name):
        return None
    return _publishers().get(key(name)) or (name, "")


def publisher_key(name: str | None) -> str | None:
    """One string for all names of a publisher."""
    found = publisher(name)
    return " ".join(sorted(key(found[0]))) if found else None


@functools.cache
def _wholes() -> dict[str | None, frozenset[str | None]]:
    """Of each body that is a part of others, those others, one step out; all as `publisher_key` has them."""
    found: dict[str | None, set[str | None]] = {}
    for row in table("bodies"):
        found.setdefault(publisher_key(row["body"]), set()).add(publisher_key(row["within"]))
    return {body: frozenset(wholes) for body, wholes in found.items()}


def is_within(one: str | None, other: str | None) -> bool:
    """Whether one body, by its `publisher_key`, is a part of another: the CIA of US intelligence."""
    wholes = _wholes().get(one, frozenset())
    return other in wholes or any(is_within(whole, other) for whole in wholes)


@functools.lru_cache(maxsize=65536)
def party(name: str | None) -> str | None:
    """A party in one spelling: "Russian", "Russian soldiers", "Russia" are "Russia"; any other name is itself."""
    if not name:
        return None
    text = " ".join(name.split())
    exact = _countries().get(text.lower())
    if exact:
        return exact
    if key(text) & {"civilian", "civilians", "children"}:
        return text.lower()
    words = text.replace("’s", "").replace("'s", "").split()
    if len(words) > 1 and words[-1].lower() in PEOPLE and words[0].lower() in _countries():
        return _countries()[words[0].lower()]
    return text


AND = re.compile(r"\b(?:and|or)\b|[,/]")


@functools.lru_cache(maxsize=65536)
def together(phrase: str) -> tuple[str, ...]:
    """The countries whose people a phrase counts together: "Kestrian and Orvanian soldiers"; empty for fewer than
    two.
    """
    if not AND.search(phrase):
        return ()
    found = dict.fromkeys(_countries()[w.lower()] for w in WORD.findall(phrase) if w.lower() in _countries())
    return tuple(found) if len(found) > 1 else ()


def is_country(name: str) -> bool:
    """Whether a place is a whole country."""
    return " ".join(name.split()).lower().removeprefix("the ") in _countries()


@functools.cache
def known() -> frozenset[str]:
    """The countries and parties that the package's tables name."""
    parties = (row["party"] for row in rows("parties") if row["party"])
    return frozenset({*(row["name"] for row in rows("countries")), *parties, *(r["party"] for r in table("opponents"))})


def is_known(name: str) -> bool:
    """Whether the tables know a party by this name, whatever its case and form."""
    return party(name) in known() or name.casefold() in {n.casefold() for n in known()}


PEOPLE = frozenset(["soldiers", "troops", "forces", "army", "military", "servicemen", "fighters", "side", "government"])


@functools.cache
def opposed() -> frozenset[frozenset[str]]:
    """Pairs of parties at war with each other, from `data/opponents.csv`."""
    return frozenset(frozenset((row["party"], row["opponent"])) for row in table("opponents"))
