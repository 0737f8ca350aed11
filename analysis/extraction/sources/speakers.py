"""Name the sources of an article's attributions: each mention resolved to its fullest form in the article."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from analysis.extraction.records import Attribution, Span
from analysis.extraction.sources import words as lexicon
from analysis.extraction.sources.cast import Cast, Entity
from analysis.extraction.sources.names import NOMINAL, Name
from analysis.extraction.sources.view import POSSESSIVES, View
from analysis.language.reading import Reading

BRACKET = re.compile(r"\s*\([^()]*\)")
GENERIC = {
    "official": ("government", "military"),
    "leader": ("government",),
    "politician": ("government",),
    "lawmaker": ("government",),
}


class Namer:
    """Names the sources of one article."""

    def __init__(self, reading: Reading, attributions: Sequence[Attribution] = ()) -> None:
        self.view = View.of(reading)
        self.cast = Cast(self.view)
        self.attributions = sorted(attributions, key=lambda a: a.content[0] if a.content else (0, 0))
        self.said: dict[Span, tuple[str, Entity | None]] = {}
        """What each source span was resolved to."""
        self.spoke: list[tuple[int, str, Entity | None]] = []
        """Who spoke so far: the token at which, the name, the entity."""
        self.pronouns: dict[int, Entity] = {}
        self.resolving: set[Span] = set()
        self.heads: dict[str, list[int]] = {}
        for i, low in enumerate(self.view.lower):
            self.heads.setdefault(low, []).append(i)
        sources = sorted({a.source for a in attributions if a.source})
        self.contents = {a.source: a.content for a in reversed(self.attributions) if a.source}
        for span in sources:
            self.resolve(span)

    # -- one span ---------------------------------------------------------------------------------------------------

    def resolve(self, span: Span) -> tuple[str, Entity | None]:
        """The fullest name of the source that the characters `span` mention, and its entity where it is named."""
        if span in self.said:
            return self.said[span]
        if span in self.resolving:
            return self.view.reading.text[slice(*span)], None
        self.resolving.add(span)
        tokens = self.view.reading.tokens(*span)
        name, entity = self.joint(tokens.start, tokens.end, span) if len(tokens) else (None, None)
        if not name:
            name = " ".join(self.view.reading.text[slice(*span)].split())
        self.resolving.discard(span)
        self.said[span] = name, entity
        bisect.insort(self.spoke, (tokens.start, name, entity), key=lambda s: s[0])
        return name, entity

    def joint(self, i: int, j: int, span: Span) -> tuple[str, Entity | None]:
        """Two sources named as one ("a monitor and a medical source"), each resolved; or the phrase as one."""
        v = self.view
        for k in range(i + 1, j - 1):
            if v.lower[k] != "and" or any(n.start < k < n.end for n in self.cast.inside(i, k)):
                continue
            opens = v.lower[k + 1] in lexicon.DETERMINERS or self.cast.inside(k + 1, k + 2)
            complement = any(v.lower[m] in lexicon.PREPOSITIONS or v.text[m] in ",(" for m in range(i, k))
            if opens and not complement:
                a, _first = self.phrase(i, k, span)
                b, _ = self.phrase(k + 1, j, span)
                return f"{a} and {b}", None
        return self.phrase(i, j, span)

    def phrase(self, i: int, j: int, span: Span) -> tuple[str, Entity | None]:
        v = self.view
        while i < j - 1 and (not v.text[i][0].isalnum() or v.lower[i] in lexicon.LEADING):
            i += 1
        while j - 1 > i and not (v.text[j - 1][0].isalnum() or v.text[j - 1] in POSSESSIVES or v.text[j - 1] == ")"):
            j -= 1
        while j - 1 > i and v.lower[j - 1] in POSSESSIVES:
            j -= 1
        low = v.lower[i]
        if j - i == 1 and low in lexicon.PRONOUNS:
            return self.pronoun(i, span)
        person = self.person(i, j)
        if person:
            return person.name, person
        if low in lexicon.OWNING and j - i > 1:
            return self.owned(i, j, span)
        h, stop = self.head(i, j)
        return self.described(i, h, stop, j)

    def person(self, i: int, j: int) -> Entity | None:
        """The person whose name is the phrase's head: "the mayor of London, Sadiq Khan"; not "an aide to Sadiq Khan"."""
        v = self.view
        for name in self.cast.inside(i, j):
            entity = self.cast.of.get(name.start)
            if not entity or entity.kind not in ("person", ""):
                continue
            titled = min(t for t in (name.titled, name.start) if t >= i) if name.titled >= i else name.start
            before = v.lower[titled - 1] if titled > i else ""
            after = v.lower[name.end] if name.end < j else ""
            noun = lexicon.role(before) if before else None
            opens = titled == i or before in ("the", ",", "a", "an") or (noun is not None and noun.cls == "person")
            if titled > i and before in ("the", "a", "an"):
                opens = titled - 1 == i or v.text[titled - 2] == ","
            if titled > i and not opens and v.tag[titled - 1].startswith("JJ"):
                opens = self.plain(i, titled) and entity.kind == "person"
            ends = name.end >= j or after in (
                ",",
                "(",
                "of",
                "from",
                "who",
                "the",
                "a",
                "at",
                "in",
                "with",
                "for",
                "–",
                "—",
                "-",
                "on",
                "and",
            )
            if opens and ends and (entity.kind == "person" or self.alone(name, i, j)):
                if after == "and" and entity.kind == "":
                    continue
                return entity
        return None

    def plain(self, i: int, k: int) -> bool:
        return all(self.view.tag[m] in NOMINAL or self.view.lower[m] in lexicon.DETERMINERS for m in range(i, k))

    def alone(self, name: Name, i: int, j: int) -> bool:
        """Whether a name of no known kind is all that the phrase holds, but for a comma and what follows it."""
        return (
            name.start <= i + 1
            and (name.end >= j or self.view.text[name.end] == ",")
            and bool(self.cast.of[name.start].kind == "person" or self.apposed(name))
        )

    def apposed(self, name: Name) -> bool:
        return bool(name.roles)

    # -- heads ------------------------------------------------------------------------------------------------------

    def head(self, i: int, j: int) -> tuple[int, int]:
        """The head noun of the phrase, and where its complements begin."""
        v, k = self.view, i
        names = {n.start: n.end for n in self.cast.inside(i, j)}
        while k < j:
            if k in names and names[k] <= j:
                k = names[k]
                continue
            if (
                v.lower[k] in lexicon.PREPOSITIONS
                or v.text[k] in ("(", ",")
                or v.tag[k] in ("VBD", "VBZ", "VBP", "WP", "WDT", "MD", "RP")
            ):
                break
            if (
                v.tag[k] in ("VBG", "VBN")
                and k > i
                and v.tag[k - 1] in ("NN", "NNS", "NNP", "NNPS")
                and not (k + 1 < j and v.tag[k + 1] in ("NN", "NNS", "NNP", "HYPH"))
            ):
                break
            k += 1
        stop = max(k, i + 1)
        return stop - 1, stop

    def described(self, i: int, h: int, stop: int, j: int) -> tuple[str, Entity | None]:
        """A source that no person's name heads: a body by name, a document, a description."""
        v = self.view
        inside = self.cast.inside(i, stop)
        proper = next((n for n in inside if n.start <= h < n.end), None)
        head = v.lower[h]
        role = self.role_at(i, h)
        if proper is not None and not (
            role
            and role.cls in ("people", "document", "person")
            and head not in lexicon.countries()
            and self.cast.of.get(proper.start)
            and self.cast.of[proper.start].kind == "body"
            and proper.end - proper.start > 1
            and role.cls == "document"
        ):
            entity = self.cast.of.get(proper.start)
            if entity and entity.kind != "people":
                if len(self.words(i, stop)) > len(entity.name) and self.content(i, stop) > set(entity.words):
                    return self.words(i, stop), entity
                return entity.name, entity
        if role and role.cls == "document":
            owner = self.owner(i, h, j)
            if owner:
                return owner.name, owner
        if role and role.cls == "body" and inside and inside[-1].end == h and proper is None:
            entity = self.cast.of.get(inside[-1].start)  # "the Sana agency", "the Observatory group"
            if entity and entity.kind in ("body", "") and (len(entity.words) > 1 or entity.kind == "body"):
                return (entity.name, entity)
        definite = v.lower[i] in lexicon.DEFINITE or (
            any(n.start == i for n in inside) and h > i and role and role.cls == "person"
        )
        if definite and "same" in v.lower[i:h] and (last := self.last(i)):
            return last
        if role and (
            definite or (role.cls == "body" and role.kind in ("ngo", "think_tank")) or (i == h and role.cls == "body")
        ):
            found = self.antecedent(i, h, j, role)
            if found:
                return found
        return self.words(i, j), None

    def role_at(self, i: int, h: int) -> lexicon.Role | None:
        for k in range(max(i, h - 2), h + 1):
            found = lexicon.role(" ".join(self.view.lower[k : h + 1]))
            if found:
                return found
        return None

    def words(self, i: int, j: int) -> str:
        """The phrase as it stands, without "the", brackets and what a comma or "who" adds."""
        v = self.view
        if v.lower[i] in ("the", "this", "that", "these", "those") and j - i > 1:
            i += 1
        k = i + 1
        while k < j and v.lower[k] not in ("who", "which", "whose"):
            k += 1
        return BRACKET.sub("", v.words(i, k)).strip(" ,;:") or v.words(i, j)

    def content(self, i: int, j: int) -> set[str]:
        return {w for w in self.view.lower[i:j] if w not in lexicon.DETERMINERS}

    def owner(self, i: int, h: int, j: int) -> Entity | None:
        """Whose a document is: "WHO's statistics", "the NHC advisory", "data from the World Health Organisation"."""
        v = self.view
        for name in self.cast.inside(i, h + 1):
            entity = self.cast.of.get(name.start)
            if entity and entity.kind in ("body", "place", "person", ""):
                if name.end <= h and (entity.kind != "" or v.lower[name.end] in POSSESSIVES):
                    return entity
        for name in self.cast.inside(h + 1, j):
            entity = self.cast.of.get(name.start)
            before = [w for w in v.lower[h + 1 : name.start] if w not in lexicon.DETERMINERS]
            if entity and before and before[-1] in ("by", "from", "of") and entity.kind in ("body", "person"):
                return entity
        return None

    # -- descriptions -----------------------------------------------------------------------------------------------

    def antecedent(self, i: int, h: int, j: int, role: lexicon.Role) -> tuple[str, Entity | None] | None:
        """Who "the governor", "the group", "the monitor", "the study" is."""
        if role.cls == "person":
            return self.named(self.office(i, h, role))
        if role.cls in ("body", "place"):
            return self.named(self.body(i, h, role)) or self.fuller(i, h, j)
        return self.fuller(i, h, j)

    @staticmethod
    def named(entity: Entity | None) -> tuple[str, Entity] | None:
        return (entity.name, entity) if entity else None

    def nearest(self, candidates: list[Entity], token: int) -> Entity | None:
        """The candidate that spoke or was named last before `token`, or else first after it."""
        if not candidates:
            return None
        before = [(max(e.before(token), self.last_spoke(e, token)), -n) for n, e in enumerate(candidates)]
        best = max(before)
        if best[0] >= 0:
            return candidates[-best[1]]
        return min(candidates, key=lambda e: e.first)

    def last_spoke(self, entity: Entity, token: int) -> int:
        k = bisect.bisect_left(self.spoke, token, key=lambda s: s[0])
        return next((at for at, _, e in reversed(self.spoke[max(0, k - 12) : k]) if e is entity), -1)

    def office(self, i: int, h: int, role: lexicon.Role) -> Entity | None:
        v = self.view
        head = v.lower[h]
        people = [
            e for e in self.cast.entities if e.kind == "person" and (not role.gender or e.gender in ("", role.gender))
        ]
        fits = [e for e in people if any(r.split()[-1] == head for r in e.roles)]
        fits = [e for e in fits if not self.clash(self.content(i, h), e)]
        if not fits and head in GENERIC:
            fits = [
                e
                for e in people
                if any(lexicon.role(r).kind in GENERIC[head] for r in e.roles) and self.last_spoke(e, i) >= 0
            ]
        return self.nearest(fits, i)

    @staticmethod
    def clash(words: set[str], entity: Entity) -> bool:
        """Whether a description's words name another country or office than the entity's."""

        def lands(ws: set[str]) -> set[str]:
            return {
                c
                for w in ws
                for c in (lexicon.demonyms().get(w) or lexicon.countries().get(w) or lexicon.seats().get(w),)
                if c
            }

        ours, theirs = lands(words), lands(entity.about)
        return bool(ours and theirs and not ours & theirs)

    def body(self, i: int, h: int, role: lexicon.Role) -> Entity | None:
        _v, head = self.view, self.view.lower[h]
        bodies = [e for e in self.cast.entities if e.kind in ("body", "") and not self.clash(self.content(i, h), e)]
        same = [e for e in bodies if self.cast.head(e.words, e.name) == head and len(e.words) > 1]
        found = self.nearest(same, i)
        if found:
            return found
        spoke = [e for e in bodies if self.last_spoke(e, i) >= 0]
        if role.kind == "ngo":
            spoke = [e for e in bodies if self.kind(e) in ("ngo", "think_tank")]
            return self.nearest(spoke, i)
        if role.kind in ("group", "media", "company", "think_tank") or head in ("agency", "body"):
            kinds = {
                "group": ("group", "ngo", "think_tank", ""),
                "media": ("media",),
                "company": ("company", ""),
                "think_tank": ("think_tank", ""),
            }.get(role.kind, ("government", "media", "intergovernmental", ""))
            return self.nearest([e for e in spoke if self.kind(e) in kinds and e.kind == "body"], i)
        return None

    def kind(self, entity: Entity) -> str:
        head = self.cast.head(entity.words, entity.name)
        found = lexicon.role(head) or lexicon.role(entity.words[-1])
        return found.kind if found else ""

    def fuller(self, i: int, h: int, j: int) -> tuple[str, Entity | None] | None:
        """The phrase of the same head noun that says more: "researchers from the University of …" for "the researchers"."""
        if j > h + 1:
            return None
        v, head = self.view, self.view.lower[h]
        ours = self.content(i, h + 1)
        best = None
        for k in self.heads.get(head, ()):
            if k == h:
                continue
            s = k
            while (
                s > 0
                and v.sentence[s - 1] == v.sentence[k]
                and (v.tag[s - 1] in NOMINAL - {",", "CD"} or v.lower[s - 1] in POSSESSIVES)
            ):
                s -= 1
            e = k + 1
            if e < len(v) and v.lower[e] in ("of", "from", "for", "by", "at", "in"):
                for name in self.cast.inside(e + 1, e + 4):
                    if all(w in lexicon.DETERMINERS for w in v.lower[e + 1 : name.start]):
                        e = name.end
                        while e + 1 < len(v) and v.lower[e] == "and" and (more := self.cast.inside(e + 1, e + 2)):
                            e = more[0].end
                        break
            if self.cast.inside(s, e) and ours < self.content(s, e):
                rank = (k < h, k if k < h else -k)
                if best is None or rank > best[0]:
                    best = rank, s, e, k
        if best is None or (not best[0][0] and v.lower[h] not in lexicon.GOVERNMENT_NOUNS):
            return None
        _, s, e, k = best
        role = self.role_at(s, k)
        if role and role.cls == "document":
            owner = self.owner(s, k, e)
            if owner:
                return owner.name, owner
        return self.words(s, e), None

    def owned(self, i: int, j: int, span: Span) -> tuple[str, Entity | None]:
        """ "its report", "his daughter": the owner, or whose daughter."""
        v = self.view
        name, entity = self.pronoun(i, span)
        if not entity:
            return self.words(i, j), None
        h, _ = self.head(i + 1, j)
        role = self.role_at(i + 1, h)
        if role and role.cls == "document":
            return name, entity
        return f"{name}'s {v.words(i + 1, j)}", None

    # -- pronouns ---------------------------------------------------------------------------------------------------

    def pronoun(self, i: int, span: Span) -> tuple[str, Entity | None]:
        v, low = self.view, self.view.lower[i]
        if low in lexicon.SPEAKER:
            return self.speaker(span) or (v.text[i], None)
        if low in lexicon.RELATIVE:
            before = self.cast.inside(max(0, i - 3), i)
            if before and (e := self.cast.of.get(before[-1].start)):
                return e.name, e
            return v.text[i], None
        if low in lexicon.HE or low in lexicon.SHE:
            found = self.third(i, span, "m" if low in lexicon.HE else "f")
            return (found.name, found) if found else self.unnamed(i, v.text[i])
        if low in lexicon.IT:
            return self.thing(i) or (v.text[i], None)
        return self.several(i) or (v.text[i], None)

    def speaker(self, span: Span) -> tuple[str, Entity | None] | None:
        """Who says "I" or "we": the source of the attribution that the pronoun stands in."""
        around = [
            a
            for a in self.attributions
            if a.source and a.source != span and any(s <= span[0] and span[1] <= e for s, e in a.content)
        ]
        if not around:
            return None
        inner = min(around, key=lambda a: sum(e - s for s, e in a.content))
        return self.resolve(inner.source)

    def third(self, i: int, span: Span, gender: str) -> Entity | None:
        """The person that "he" or "she" stands for: by gender, nearness, being a subject, having spoken last."""
        v, here = self.view, self.view.sentence[i]
        k = bisect.bisect_left(self.cast.starts, i)
        content = self.contents.get(span, ())
        direct = content and v.reading.text[content[0][0] - 1 : content[0][0]] in ('"', "“", "‘")
        scores: dict[int, tuple[float, Entity]] = {}
        for name in self.cast.names[max(0, k - 60) : k]:
            entity = self.cast.of.get(name.start)
            if not entity or entity.kind not in ("person", "") or entity.gender not in ("", gender):
                continue
            if entity.kind == "" and (name.kind or len(entity.words) < 2):
                continue
            away = here - v.sentence[name.start]
            score = -0.6 * min(away, 12) + 0.5 * (entity.kind == "person") + 0.4 * (entity.gender == gender)
            dep = v.dep[self.root(name)]
            score += 1.2 if dep.startswith("nsubj") else 0.3 if dep in ("root", "ROOT", "appos", "flat") else 0
            if name.end < len(v) and v.lower[name.end] in POSSESSIVES:
                score -= 0.8
            at = v.reading.starts[name.start]
            if any(s <= at < e for s, e in content):
                score -= 2.5 if direct else 1.5
            elif away == 0:
                score -= 0.3
            score += self.voice(entity, i)
            old = scores.get(id(entity))
            scores[id(entity)] = (max(score, old[0]) if old else score, entity)
        for _n, (at, _, entity) in enumerate(reversed(self.spoke[-8:])):
            if (
                at < i
                and entity
                and entity.kind == "person"
                and entity.gender in ("", gender)
                and id(entity) not in scores
            ):
                scores[id(entity)] = (-0.6 * min(here - v.sentence[at], 12) + self.voice(entity, i) + 0.5, entity)
        if not scores:
            return None
        return max(scores.values(), key=lambda s: (s[0], s[1].before(i)))[1]

    def root(self, name: Name) -> int:
        """The syntactic head of a name: the token whose own head lies outside it."""
        v = self.view
        return next(
            (k for k in range(name.start, name.end) if not name.start <= v.head[k] < name.end or v.head[k] == k),
            name.start,
        )

    def voice(self, entity: Entity, i: int) -> float:
        """What having spoken last, and shortly before, adds."""
        k = bisect.bisect_left(self.spoke, i, key=lambda s: s[0])
        if not k:
            return 0.0
        at, _, last = self.spoke[k - 1]
        if last is entity:
            return max(0.0, 2.4 - 0.2 * (self.view.sentence[i] - self.view.sentence[at]))
        return 0.0

    def last(self, i: int) -> tuple[str, Entity | None] | None:
        """Who spoke last before token `i`."""
        k = bisect.bisect_left(self.spoke, i, key=lambda s: s[0])
        return self.spoke[k - 1][1:] if k else None

    def unnamed(self, i: int, word: str) -> tuple[str, Entity | None]:
        """A pronoun with no named antecedent: the last speaker who is described ("one neighbor")."""
        k = bisect.bisect_left(self.spoke, i, key=lambda s: s[0])
        for _, name, entity in reversed(self.spoke[:k]):
            if entity is None and name.lower() not in lexicon.PRONOUNS:
                return name, None
        return word, None

    def thing(self, i: int) -> tuple[str, Entity | None] | None:
        """What "it" stands for: the last body, country or document that spoke or relayed, else the last body named."""
        v = self.view
        k = bisect.bisect_left(self.spoke, i, key=lambda s: s[0])
        for at, name, entity in reversed(self.spoke[max(0, k - 5) : k]):
            if v.sentence[i] - v.sentence[at] > 6 or name.lower() in lexicon.PRONOUNS:
                continue
            if entity.kind != "person" if entity else not self.plural(name) and not self.human(name):
                return name, entity
        k = bisect.bisect_left(self.cast.starts, i)
        for name in reversed(self.cast.names[max(0, k - 12) : k]):
            entity = self.cast.of.get(name.start)
            if entity and entity.kind == "body":
                return entity.name, entity
        return None

    def several(self, i: int) -> tuple[str, Entity | None] | None:
        """Whom "they" stands for: the last speakers that are many, or a body."""
        v = self.view
        k = bisect.bisect_left(self.spoke, i, key=lambda s: s[0])
        for at, name, entity in reversed(self.spoke[max(0, k - 5) : k]):
            if v.sentence[i] - v.sentence[at] > 6 or name.lower() in lexicon.PRONOUNS:
                continue
            if entity.kind in ("body", "people") if entity else self.plural(name) or not self.human(name):
                return name, entity
        return self.thing(i)

    @staticmethod
    def plural(name: str) -> bool:
        """Whether a description stands for several people ("trusted sources", "A and B")."""
        if " and " in name:
            return True
        head = re.split(r" (?:of|for|from|in|at|close|within|with) ", name.lower())[0].split()[-1:]
        found = lexicon.role(head[0]) if head else None
        return found is not None and found.cls == "people"

    @staticmethod
    def human(name: str) -> bool:
        """Whether a description stands for one person ("a hospital spokesperson")."""
        head = re.split(r" (?:of|for|from|in|at|close|within|with|who) ", name.lower())[0].split()[-1:]
        found = lexicon.role(head[0]) if head else None
        return found is not None and found.cls == "person"


def name_sources(reading: Reading, attributions: Sequence[Attribution]) -> list[str | None]:
    """The source of each attribution in its fullest form in this article; None where it has none.

    A pronoun, a description ("the group", "the governor"), a surname, an acronym is resolved to the name that the article
    gives in full; where it gives none, the words that it has are kept.
    """
    if not any(a.source for a in attributions):
        return [None] * len(attributions)
    namer = Namer(reading, attributions)
    return [namer.resolve(a.source)[0] if a.source else None for a in attributions]


def name_span(reading: Reading, span: Span, attributions: Sequence[Attribution] = ()) -> str:
    """The fullest name in this article of the source that the characters `span` mention.

    For many spans of one article make one `Namer(reading, attributions)` and call its `name(span)`.
    """
    return Namer(reading, attributions).resolve(span)[0]
