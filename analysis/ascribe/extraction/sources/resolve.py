"""Resolve the sources that many articles name to one row each.

Two names are one source where the table of parties says so, or where they hold the same words but for spelling, order
and the form in which they name a country ("Ukraine's Ministry of Defense", "Kyiv's defence ministry"). Nothing else is
merged: names that are merely alike (Orsenko, Orsenka) stay apart, and what is only described ("officials", "a senior
U.S. official", "the health ministry") stays with its article.
"""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence

from ascribe.extraction.records import record_id
from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.kinds import countries_in, head_role, kind_of, named, party_of, spelt
from ascribe.extraction.sources.parties import THE, Parties, load_parties

Mention = tuple[str, str]
SPELLING = (("isation", "ization"), ("isations", "izations"), ("centre", "center"), ("defence", "defense"),
            ("labour", "labor"), ("programme", "program"), ("centres", "centers"))  # fmt: skip
SMALL = frozenset(("the", "of", "for", "and", "&", "a", "an", "in", "on", "affairs", "de"))


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """One row of the sources table.

    `name` is its fullest form, `kind` one of `SOURCE_KINDS` or None, `party` the side it speaks for or None, `aliases`
    its other names in these articles, `ambiguous` the bodies that the name may mean, where it may mean several.
    """

    source_id: str
    name: str
    kind: str | None
    party: str | None
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


def resolve(
    mentions: Iterable[Mention],
    said: Mapping[Mention, Sequence[str]] | None = None,
    parties: Parties | None = None,
) -> dict[Mention, Source]:
    """The source of each mention, a `(source_name, doc_id)`: the same for mentions that are one source's.

    `said` has the words by which the articles mention it (the text of its source spans: "Defence Minister Ana Lund"),
    which tell kinds and parties that the bare name does not. The result depends on the mentions, never on their order.
    """
    said, table = said or {}, parties or load_parties()
    groups: dict[str, list[Mention]] = collections.defaultdict(list)
    for mention in sorted(set(mentions)):
        groups[identity(*mention, table)].append(mention)
    found = {}
    for identity_, group in groups.items():
        source = source_of(identity_, [name for name, _ in group], [w for m in group for w in said.get(m, ())], table)
        found |= dict.fromkeys(group, source)
    return found


def identity(name: str, doc_id: str, parties: Parties) -> str:
    """What makes two names one source: equal for them, and different for all others."""
    known = parties.find(name)
    if len(known) == 1:
        return f"party:{known[0].name}"
    if known:
        return f"ambiguous:{name.casefold()}"
    words = folded(name)
    if not words or not distinct(name, words):
        return f"described:{' '.join(sorted(words)) or name}:{doc_id}"
    government = _government(words)
    return f"name:{government or ' '.join(sorted(words))}"


def source_id(identity_: str) -> str:
    """The id of the source of this identity."""
    return record_id("s", identity_)


def is_everywhere(identity_: str) -> bool:
    """Whether other articles may name the same source; one that is only described stays with its article."""
    return not identity_.startswith("described:")


def folded(name: str) -> frozenset[str]:
    """The words of a name, put into one spelling, a country's adjective and capital put as the country."""
    words = spelt(THE.sub("", name))
    places = countries_in(words)
    whole = bool(places) and places[0][:2] == (0, len(words))
    found, at = [], 0
    body = (role := head_role(name)) is not None and role.cls in ("body", "people", "document")
    for start, end, country in places:
        part = " ".join(words[start:end]).lower()
        seat = part in lexicon.seats() and part not in lexicon.countries()
        if seat and not whole and not _statelike(words):
            continue
        if not (whole or body or seat):
            continue
        found += [w.lower() for w in words[at:start]] + [country]
        at = end
    found += [w.lower().rstrip(".") for w in words[at:]]
    return frozenset(filter(None, (_word(w) for w in found)))


def _word(word: str) -> str:
    if word in SMALL:
        return ""
    for ending, other in SPELLING:
        if word.endswith(ending):
            word = word.removesuffix(ending) + other
    return {"internal": "interior", "emergencies": "emergency", "situations": "", "mod": "defense ministry"}.get(
        word, word
    )


def _statelike(words: Sequence[str]) -> bool:
    """Whether the body is one that a state has and a city has not, so that a capital's name stands for the country."""
    low = {w.lower() for w in words}
    return bool(low & {"ministry", "government", "army", "military", "mod"})


def _government(words: frozenset[str]) -> str | None:
    """A country that speaks, by its name, its capital or as "the government of": the country's government."""
    rest = [w for w in words if w not in ("government",)]
    return f"{rest[0]} government" if len(rest) == 1 and rest[0] in lexicon.countries().values() else None


def distinct(name: str, words: frozenset[str]) -> bool:
    """Whether a name tells its bearer from all others: it names more than an office that every state has."""
    if not named(name):
        return False
    found = head_role(name)
    if found is not None and found.cls == "person" and lexicon.given_names().get(spelt(name)[0].lower()) is None:
        return False  # "a senior Kestrian official" is somebody, but who?
    if found is not None and found.cls == "people" and not countries_in(spelt(name)):
        return False
    return any(lexicon.role(w) is None and w not in lexicon.general() for w in words)


def source_of(identity_: str, names: Iterable[str], said: Iterable[str], table: Parties) -> Source:
    """The source of this identity: all the names that it goes by, and the words by which it is mentioned."""
    names = sorted({THE.sub("", name) for name in names}, key=lambda n: (-len(spelt(n)), -len(n), n))
    known = table.find(names[0])
    name = known[0].name if len(known) == 1 else names[0]
    said = sorted(set(said))
    kind, party = kind_of(name, said, table), party_of(name, said, table)
    for other in names:
        kind, party = kind or kind_of(other, said, table), party or party_of(other, said, table)
    if not known and kind in (None, "collective"):
        party = None  # a country's residents, or its critics, do not speak for it
    aliases = tuple(sorted({n for n in names if n != name} | {w for s in said if (w := _alias(s, name))}))
    return Source(
        source_id(identity_), name, kind, party, aliases, tuple(p.name for p in known) if len(known) > 1 else ()
    )


def _alias(said: str, name: str) -> str | None:
    """The words of a mention, where they are another name and no title, pronoun or description ("the NHC")."""
    words = re.sub(r"\s*\([^()]*\)", "", THE.sub("", " ".join(said.split()))).strip(" ,")
    parts = spelt(words)
    if name in words or not 0 < len(parts) <= 6 or words.lower() in lexicon.PRONOUNS:
        return None
    if not all(w[:1].isupper() or w in SMALL for w in parts) or " and " in words:
        return None
    return None if any((r := lexicon.role(w.lower())) and r.cls in ("person", "people") for w in parts) else words
