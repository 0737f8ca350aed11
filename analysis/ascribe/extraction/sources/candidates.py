"""Whom a pronoun may stand for: the names before it, those who have spoken, the noun phrases before it."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterator

from ascribe.extraction.records import Span
from ascribe.extraction.sources import phrases
from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.cast import Cast, Entity
from ascribe.extraction.sources.floor import Floor
from ascribe.extraction.sources.view import POSSESSIVES, View

BACK, TURNS = 30, 8
"""How many names and how many turns back a pronoun looks."""
SENTENCES = 5
"""How many sentences back noun phrases are looked for."""
SPEAKING = ("person", "body", "document", "people")
CLASSES = {"he": ("person",), "it": ("body", "document"), "they": ("people", "body", "person")}
"""The noun phrases that each group of pronouns may stand for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """A pronoun, or a phrase that tells no more ("the 61-year-old"), that begins at token `start`.

    `group` is he (and she), it or they; `gender` is m, f or "".
    """

    start: int
    span: Span
    group: str
    gender: str = ""

    @classmethod
    def of(cls, low: str, i: int, span: Span) -> Mention:
        """The mention that the pronoun `low` at token `i` makes."""
        if low in lexicon.HE or low in lexicon.SHE:
            return cls(i, span, "he", "m" if low in lexicon.HE else "f")
        return cls(i, span, "it" if low in lexicon.IT else "they")


@dataclasses.dataclass(slots=True)
class Candidate:
    """One whom a mention may stand for; `at` is the token where it is last named before the mention.

    `source` tells where it was found: name or phrase.
    """

    name: str
    entity: Entity | None
    at: int
    source: str
    cls: str = ""
    gender: str = ""
    plural: bool = False


Seen = tuple[Candidate, int, int]
"""A candidate, how many turns ago it last spoke (0: it spoke last), and at which token; -1 and -1 where it has not."""


class Candidates:
    """The candidates for the mentions of one article."""

    def __init__(self, view: View, cast: Cast, floor: Floor) -> None:
        self.view, self.cast, self.floor = view, cast, floor
        self.phrases: dict[int, Candidate] = {}
        self.sentences: dict[int, list[tuple[int, str]]] = {}
        self.named = {k for n in cast.names for k in range(n.start, n.end)}

    def of(self, mention: Mention) -> list[Seen]:
        """All candidates of the mention's gender, each once, where it is last named."""
        found: dict[object, Candidate] = {}
        for candidate in (*self.names(mention), *self.nominals(mention)):
            key = id(candidate.entity) if candidate.entity else candidate.name.lower()
            known = found.get(key)
            if known is None or candidate.at > known.at:
                found[key] = candidate
        turns = self.turns(mention, found)
        fits = ("", mention.gender or None)
        return [
            (c, *turns.get(key, (-1, -1))) for key, c in found.items() if not mention.gender or c.gender in fits
        ]  # fmt: skip

    # -- names ------------------------------------------------------------------------------------------------------

    def names(self, mention: Mention) -> Iterator[Candidate]:
        k = bisect.bisect_left(self.cast.starts, mention.start)
        near = (self.cast.of.get(n.start) for n in self.cast.names[max(0, k - BACK) : k])
        for entity in {id(e): e for e in near if e and e.kind != "people"}.values():
            yield self.entity(entity, mention.start)

    def entity(self, entity: Entity, token: int) -> Candidate:
        at = entity.before(token)
        at = at if at >= 0 else entity.first
        return Candidate(entity.name, entity, at, "name", entity.kind, entity.gender)

    # -- noun phrases -----------------------------------------------------------------------------------------------

    def nominals(self, mention: Mention) -> Iterator[Candidate]:
        """The noun phrases before the mention of the classes that it may stand for."""
        here = self.view.sentence[mention.start]
        for sentence in range(max(0, here - SENTENCES), here + 1):
            for k, cls in self.speaking(sentence):
                if k < mention.start and cls in CLASSES[mention.group]:
                    yield self.phrase(k, cls)

    def speaking(self, sentence: int) -> list[tuple[int, str]]:
        """The heads of a sentence's noun phrases that stand for a person, people, a body or a document."""
        if sentence not in self.sentences:
            v, found = self.view, []
            for k in range(v.sentences[sentence], v.sentences[sentence + 1]):
                if v.tag[k] in ("NN", "NNS") and k not in self.named and not self.modifies(k) and not self.titles(k):
                    role = v.role_to(k, max(v.sentences[sentence], k - 3))
                    if role and role.cls in SPEAKING:
                        found.append((k, role.cls))
            self.sentences[sentence] = found
        return self.sentences[sentence]

    def modifies(self, k: int) -> bool:
        """Whether a noun goes on after token `k`: "government officials", "police-run"."""
        v = self.view
        return k + 1 < len(v) and (v.tag[k + 1] in ("NN", "NNS", "NNP", "NNPS", "POS") or v.hyphened[k + 1])

    def titles(self, k: int) -> bool:
        """Whether the noun phrase whose head is token `k` only says who the one is that is named next: "The mayor of
        Osk, Ada Lund"."""
        v, e = self.view, phrases.full(self.view, k)
        if e + 1 >= len(v) or v.text[e] != "," or v.tag[k] != "NN":
            return False
        entity = self.cast.of.get(e + 1)
        return entity is not None and (entity.kind == "person" or (entity.kind == "" and len(entity.words) > 1))

    def phrase(self, k: int, cls: str) -> Candidate:
        """The noun phrase whose head is the token `k`, as a candidate."""
        if k not in self.phrases:
            v = self.view
            s, e = phrases.begin(v, k), phrases.full(v, k)
            while s < k and (v.lower[s] in POSSESSIVES or v.lower[s] in lexicon.DETERMINERS):
                s += 1
            role = v.role_to(k, s)
            gender = role.gender if role else ""
            self.phrases[k] = Candidate(phrases.plain(v, s, e), None, k, "phrase", cls, gender, v.tag[k] == "NNS")
        return self.phrases[k]

    # -- who has spoken ---------------------------------------------------------------------------------------------

    def turns(self, mention: Mention, found: dict[object, Candidate]) -> dict[object, tuple[int, int]]:
        """When the candidates last spoke; speakers that are no candidates yet are added."""
        spoken: dict[object, tuple[int, int]] = {}
        for turn, (at, name, entity) in enumerate(self.floor.before(mention.start, TURNS)):
            if name.lower() in lexicon.PRONOUNS:
                continue
            key = id(entity) if entity else name.lower()
            if key not in found:
                found[key] = self.entity(entity, mention.start) if entity else spoke(name, at)
            spoken.setdefault(key, (turn, at))
        return spoken


def spoke(name: str, at: int) -> Candidate:
    """A source that no proper name names, at the token where it last spoke."""
    role = lexicon.role(phrases.headword(name))
    cls, gender = (role.cls, role.gender) if role else ("other", "")
    return Candidate(name, None, at, "phrase", cls, gender, phrases.plural(name))
