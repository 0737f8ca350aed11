"""The cast of an article: who and what is named in it, each with its fullest name, its other names and its roles."""

from __future__ import annotations

import bisect
import dataclasses
import re

from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.kinds import countries_in, spelt
from ascribe.extraction.sources.names import Finder, Name
from ascribe.extraction.sources.parties import load_parties
from ascribe.extraction.sources.runs import ACRONYM
from ascribe.extraction.sources.view import POSSESSIVES, View

SMALL = lexicon.LINKS | POSSESSIVES | frozenset(("the", "and", "&", "-", "–", ".", ","))


@dataclasses.dataclass(slots=True, eq=False)
class Entity:
    """One person, body or place. `about` holds the lower-case words that its titles and appositions bring."""

    kind: str
    name: str
    words: tuple[str, ...]
    names: list[Name]
    roles: set[str] = dataclasses.field(default_factory=set)
    about: set[str] = dataclasses.field(default_factory=set)
    gender: str = ""
    starts: list[int] = dataclasses.field(default_factory=list)
    """The first tokens of its names, in text order."""

    @property
    def first(self) -> int:
        return self.starts[0]

    def before(self, token: int) -> int:
        """The last of its names that begins before `token`, or -1."""
        k = bisect.bisect_left(self.starts, token)
        return self.starts[k - 1] if k else -1


NAMESAKES = 40
"""Of the entities that share a word so many, the last met, are looked at for a name's own."""


class Cast:
    """The entities of one article, and which of them each name stands for."""

    def __init__(self, view: View) -> None:
        self.view, self.parties = view, load_parties()
        self.names = Finder(view).find()
        self.starts = [n.start for n in self.names]
        self.entities: list[Entity] = []
        self.of: dict[int, Entity] = {}
        """The entity of each name, by the name's first token."""
        self.by_word: dict[str, list[Entity]] = {}
        long = [n for n in self.names if self.length(n) > 1]
        for name in long:
            self.place(name)
        for name in self.names:
            if name.start not in self.of:
                self.place(name)
        for entity in self.entities:  # "Karsten Holm", then "Holm": only people are called by their last name
            shaped = entity.kind == "" and len(entity.words) in (2, 3) and all(w.isalpha() for w in entity.words)
            if shaped and any(self.content(n) == entity.words[-1:] for n in entity.names):
                entity.kind = "person"
        self.seat()
        self.link_acronyms()
        self.link_parties()
        for entity in self.entities:
            entity.names.sort(key=lambda n: n.start)
            entity.starts = [n.start for n in entity.names]

    # -- names ------------------------------------------------------------------------------------------------------

    def content(self, name: Name) -> tuple[str, ...]:
        return tuple(w for w in self.view.lower[name.start : name.end] if w not in SMALL)

    def length(self, name: Name) -> int:
        return len(self.content(name))

    def inside(self, start: int, end: int) -> list[Name]:
        """The names that begin in tokens `[start, end)`."""
        return self.names[bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)]

    # -- clusters ---------------------------------------------------------------------------------------------------

    def place(self, name: Name) -> None:
        words = self.content(name)
        if not words:
            return
        entity = self.match(name, words)
        if entity is None:
            entity = Entity(name.kind, self.view.words(name.start, name.end), words, [])
            self.entities.append(entity)
        elif len(words) > len(entity.words):
            entity.name, entity.words = self.view.words(name.start, name.end), words
        for word in words:
            known = self.by_word.setdefault(word, [])
            if entity not in known[-NAMESAKES:]:
                known.append(entity)
        entity.names.append(name)
        bisect.insort(entity.starts, name.start)
        entity.kind = entity.kind or name.kind
        entity.gender = entity.gender or name.gender
        entity.roles |= name.roles
        if 0 <= name.titled < name.start:
            entity.about.update(self.view.lower[name.titled : name.start])
        if name.roles:
            entity.about.update(
                self.view.lower[name.end : name.end + 10] if self.view.text[name.end : name.end + 1] == [","] else ()
            )
        self.of[name.start] = entity

    def match(self, name: Name, words: tuple[str, ...]) -> Entity | None:
        """The entity that the name is another mention of: the last one met, for a name that several bear."""
        fits = [e for e in self.by_word.get(words[-1], [])[-NAMESAKES:] if self.same(name, words, e)]
        if not fits and len(words) == 1 and name.kind in ("", "person", "body"):
            fits = [e for e in self.by_word.get(words[0], [])[-NAMESAKES:] if self.short(name, words, e)]
        if (not fits and name.kind == "body") or (name.kind == "" and len(words) > 1):
            fits = fits or [
                e
                for e in self.by_word.get(words[0], [])[-NAMESAKES:]
                if e.kind != "person"
                and self.head(e.words, e.name)
                and (set(words) < set(e.words) or set(e.words) < set(words))
                and self.nested(words, e.words)
            ]
        if not fits:
            return None
        gendered = [e for e in fits if not name.gender or not e.gender or e.gender == name.gender]
        fits = gendered or fits
        before = [e for e in fits if e.first <= name.start]
        if before and not (len(words) == 1 and name.kind in ("", "person")):
            return max(before, key=lambda e: e.before(name.start + 1))
        return min(before or fits, key=lambda e: e.first)  # a bare surname is the one's who bore it first

    def same(self, name: Name, words: tuple[str, ...], entity: Entity) -> bool:
        """Whether two names that share their last word are one's."""
        if words == entity.words:
            return True
        if entity.kind in ("place", "people") or name.kind in ("place", "people"):
            return False
        if entity.kind == "body" or name.kind == "body":
            if entity.kind == "person" or name.kind == "person":
                return False
            written = self.view.words(name.start, name.end)
            if self.opens(written, entity.name):
                return True
            definite = name.start > 0 and self.view.lower[name.start - 1] == "the"
            if len(words) == 1 and (name.kind == entity.kind or definite) and words[0] == entity.words[-1]:
                return True  # "the Orvan Courier", then "the Courier"
            ours = self.head(words, written)
            return self.nested(words, entity.words) and self.head(entity.words, entity.name) in (ours, "")
        if entity.words[-1] != words[-1]:
            return False
        if len(words) == 1 or len(entity.words) == 1:
            return True
        a, b = words[0].rstrip("."), entity.words[0].rstrip(".")
        if len(a) == 1 or len(b) == 1:
            return a[0] == b[0]
        return set(words) <= set(entity.words) or set(entity.words) <= set(words)

    @staticmethod
    def nested(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        """Whether the shorter name is the longer one's end, or its beginning where only "Group", "Inc" … follow."""
        short, long = sorted((a, b), key=len)
        if long[-len(short) :] == short:
            return lexicon.role(short[-1]) is not None or len(short) > 1
        return long[: len(short)] == short and all(w in lexicon.EXTENDS for w in long[len(short) :])

    @staticmethod
    def opens(a: str, b: str) -> bool:
        """Whether the shorter name is the longer one up to its "of": "General Staff", "Ministry of Health"."""
        short, long = sorted((a.lower(), b.lower()), key=len)
        return " " in short and long.startswith((f"{short} of ", f"{short} for ", f"{short} in "))

    def short(self, name: Name, words: tuple[str, ...], entity: Entity) -> bool:
        """Whether a single word is short for an entity's name: a titled given name, "the Observatory"."""
        word = words[0]
        if entity.kind == "person":
            return name.kind == "person" and word in entity.words
        if entity.kind == "body" and len(entity.words) > 1:
            found = lexicon.role(word)
            if found and found.cls == "body":
                return self.head(entity.words, entity.name) == word
            return entity.words[0] == word and all(w in lexicon.EXTENDS for w in entity.words[1:])
        return False

    @staticmethod
    def head(words: tuple[str, ...], name: str) -> str:
        """The head of a body's name: the last word before "of" or "for"."""
        before = re.split(r" (?:of|for|on|in) ", name)[0].lower().split()
        return before[-1] if before else ""

    def seat(self) -> None:
        """Give a state's body the country whose capital stands after it: "the General Staff in Kyiv"."""
        for name in self.names:
            entity, k = self.of.get(name.start), name.end
            if entity is None or entity.kind != "body" or self.view.lower[k : k + 1] != ["in"]:
                continue
            role = self.view.role_to(k - 1, name.start)
            place = next(iter(self.inside(k + 1, k + 2)), None)
            if place is None or role is None or role.kind not in ("government", "military"):
                continue
            country = lexicon.seats().get(self.view.words(place.start, place.end).lower())
            if country and not countries_in(spelt(entity.name)):
                entity.name = f"{country}'s {entity.name}"

    def link_parties(self) -> None:
        """Join the names that the table of parties knows to be one's ("SOHR")."""
        rows: dict[str, Entity] = {}
        for entity in sorted(self.entities, key=lambda e: -len(e.words)):
            known = self.parties.find(entity.name)
            if len(known) == 1 and entity.kind in ("body", "person"):
                full = rows.setdefault(known[0].name, entity)
                if full is not entity:
                    self.join(full, entity)
        self.entities = [e for e in self.entities if e.names]

    def join(self, full: Entity, entity: Entity) -> None:
        """Make the names of `entity` names of `full`."""
        full.names += entity.names
        full.roles |= entity.roles
        full.about |= entity.about
        for name in entity.names:
            self.of[name.start] = full
        for word in entity.words:
            self.by_word[word] = [full if e is entity else e for e in self.by_word[word]]
        entity.names = []

    # -- acronyms ---------------------------------------------------------------------------------------------------

    def link_acronyms(self) -> None:
        """Join "NHC" to "National Hurricane Center" where a bracket or the initials say so."""
        v = self.view
        fulls = [e for e in self.entities if len(e.words) > 1 and e.kind in ("", "body")]
        initials: dict[str, Entity] = {}
        for e in fulls:
            for form in self.initials(e.name):
                initials.setdefault(form, e)
        for e in self.entities:
            if len(e.words) > 1 or e.kind not in ("", "body"):
                continue
            short = v.text[e.names[0].start]
            full = initials.get(short.replace(".", "").upper()) if ACRONYM.fullmatch(short) else None
            full = full or self.bracketed(e)
            if full is not None and full is not e:
                full.kind = full.kind or "body"
                self.join(full, e)
        self.entities = [e for e in self.entities if e.names]

    def bracketed(self, entity: Entity) -> Entity | None:
        """The longer name that a bracket after it abbreviates: "Institute of Volcanology and Seismology (Phivolcs)"."""
        v = self.view
        for n in entity.names:
            i = n.start
            if i >= 2 and v.text[i - 1] == "(" and n.end < len(v) and v.text[n.end] == ")":
                for full in reversed(self.inside(max(0, i - 14), i)):
                    owner = self.of.get(full.start)
                    if full.end == i - 1 and owner and len(owner.words) > 1 and owner.kind != "person":
                        return owner if v.lower[i][0] in {w[0] for w in owner.words} else None
        return None

    @staticmethod
    def initials(name: str) -> set[str]:
        words = re.findall(r"[^\W_]+", name.replace("’s", "").replace("'s", ""))
        caps = [w for w in words if w[0].isupper()]
        if len(caps) < 2:
            return set()
        return {"".join(w[0] for w in caps).upper(), "".join(w[0] for w in words).upper()} | (
            {"".join(w[0] for w in caps[1:]).upper()} if len(caps) > 3 else set()
        )
