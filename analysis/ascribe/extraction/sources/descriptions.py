"""Who a description stands for: "the governor", "the group", "the monitor", "the study"."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from ascribe.extraction.sources import phrases
from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.cast import Cast, Entity
from ascribe.extraction.sources.floor import Floor, Named
from ascribe.extraction.sources.kinds import countries_in
from ascribe.extraction.sources.names import NOMINAL
from ascribe.extraction.sources.parties import load_parties
from ascribe.extraction.sources.view import FINITE, POSSESSIVES, View

GENERIC = {
    "official": ("government", "military"), "leader": ("government",), "politician": ("government",),
    "lawmaker": ("government",), "commander": ("military",), "diplomat": ("government",),
}  # fmt: skip
LIKE = {"group": ("group", "ngo", "think_tank", ""), "media": ("media",), "company": ("company", ""),
        "think_tank": ("think_tank", ""), "ngo": ("ngo", "think_tank")}  # fmt: skip
CALLED = (["calling", "itself"], ["calls", "itself"], ["called"], ["named"], ["known", "as"])
AGENCY = ("government", "media", "intergovernmental", "")
BACK, AHEAD = 400, 100
"""How many names back and ahead a description looks."""
OCCURRENCES = 30
"""How many times back and ahead its noun is looked at for a fuller phrase."""
NEAR = 3
"""A body that has not spoken is meant only where it was named at most so many sentences before."""


class Descriptions:
    """Finds the antecedents of one article's descriptions."""

    def __init__(self, view: View, cast: Cast, floor: Floor) -> None:
        self.view, self.cast, self.floor = view, cast, floor
        self.known: dict[int, tuple[set[str], set[str]]] = {}
        self.callings: dict[int, dict[str, bool]] = {}
        self.heads: dict[str, list[int]] = {}
        for i, low in enumerate(view.lower):
            self.heads.setdefault(low, []).append(i)

    def antecedent(self, i: int, h: int, j: int, role: lexicon.Role) -> Named | None:
        """Who the phrase `[i, j)` with its head at token `h` stands for; None where the article names nobody."""
        if role.cls not in ("person", "body", "place"):
            return self.fuller(i, h, j)
        found = self.office(i, h, j, role) if role.cls == "person" else self.body(i, h, role)
        if found and (role.kind == "ngo" or found.before(i) >= 0 or self.floor.spoke(found, i) >= 0):
            return found.name, found
        return self.fuller(i, h, j) or ((found.name, found) if found else None) or self.bridged(i, h, role)

    def seen(self, i: int) -> list[Entity]:
        """The entities named around token `i`, in the order of their first names."""
        k = bisect.bisect_left(self.cast.starts, i)
        near = (self.cast.of.get(n.start) for n in self.cast.names[max(0, k - BACK) : k + AHEAD])
        return sorted({id(e): e for e in near if e}.values(), key=lambda e: e.first)

    def nearest(self, candidates: list[Entity], token: int) -> Entity | None:
        """The candidate that spoke or was named last before `token`, or else first after it."""
        if not candidates:
            return None
        reached = [(max(e.before(token), self.floor.spoke(e, token)), -n) for n, e in enumerate(candidates)]
        at, n = max(reached)
        return candidates[-n] if at >= 0 else min(candidates, key=lambda e: e.first)

    # -- people -----------------------------------------------------------------------------------------------------

    def office(self, i: int, h: int, j: int, role: lexicon.Role) -> Entity | None:
        """The person who holds the office: the one whose titles have the same noun, and no other country or field."""
        v, noun = self.view, self.view.noun(h)
        people = [e for e in self.seen(i) if e.kind == "person" and e.gender in ("", role.gender or e.gender)]
        words = phrases.content(v, i, v.first_of(h)) | phrases.content(v, h + 1, j)
        fits = [e for e in people if any(r.split()[-1] == noun for r in e.roles) and not self.clash(words, e, role)]
        if not words & lexicon.SECOND:
            fits = [e for e in fits if not any(set(r.split()) & lexicon.SECOND for r in e.roles)] or fits
        places = {w for n in self.cast.inside(i, j) for w in v.lower[n.start : n.end]} & words
        if places and not lands(places):
            untold = [e for e in fits if e.about <= {w for r in e.roles for w in r.split()}]
            fits = [e for e in fits if places & e.about] or untold
        if not fits and noun in GENERIC:
            new = self.introduced(h)  # "a senior official said … the official added": no other
            fits = [e for e in people if self.floor.spoke(e, i) > new and self.holds(e, GENERIC[noun])]
        return self.nearest(fits, i)

    def introduced(self, h: int) -> int:
        """Where the noun at token `h` was last brought in anew before it ("a senior official"), or -1."""
        v, places = self.view, self.heads.get(self.view.lower[h], [])
        at = bisect.bisect_left(places, h)
        for k in reversed(places[max(0, at - OCCURRENCES) : at]):
            s = phrases.begin(v, k)
            if s > 0 and v.lower[s - 1] in ("a", "an", "one", "another"):
                return k
        return -1

    @staticmethod
    def holds(entity: Entity, kinds: Iterable[str]) -> bool:
        return any((r := lexicon.role(words)) is not None and r.kind in kinds for words in entity.roles)

    def clash(self, words: set[str], entity: Entity, role: lexicon.Role) -> bool:
        """Whether a description's words name another country or another field than the entity's."""
        if not words:
            return False
        theirs, known = self.known_of(entity)
        ours = lands(words)
        if ours and theirs and not ours & theirs:
            return True
        if role.kind not in ("government", "military"):
            return False
        fields = words & lexicon.fields()
        return bool(fields and not fields & known)

    def known_of(self, entity: Entity) -> tuple[set[str], set[str]]:
        """The countries that an entity belongs to, and the words of its name, its titles and its roles."""
        if id(entity) not in self.known:
            parties = {p.party for p in load_parties().find(entity.name) if p.party}
            words = entity.about.union(entity.words, *(r.split() for r in entity.roles))
            self.known[id(entity)] = lands(entity.about) | parties, words
        return self.known[id(entity)]

    # -- bodies -----------------------------------------------------------------------------------------------------

    def body(self, i: int, h: int, role: lexicon.Role) -> Entity | None:
        """The body that the phrase means: one of the same noun, else one of the same sort that spoke or was near."""
        v, noun = self.view, self.view.noun(h)
        words = phrases.content(v, i, v.first_of(h))
        bodies = [e for e in self.seen(i) if e.kind in ("body", "") and not self.clash(words, e, role)]
        same = [e for e in bodies if len(e.words) > 1 and self.cast.head(e.words, e.name) == noun]
        nouns = {v.lower[k] for k in range(i, v.first_of(h)) if v.tag[k] in ("NN", "NNS")}
        same = [e for e in same if nouns <= set(e.words)]  # "the appeals court" is no other court
        if role.kind in ("government", "military"):
            same = [e for e in same if not self.others(i, h, e)]
        if found := self.nearest(same, i):
            return found
        if any(
            self.cast.of[n.start].kind in ("body", "person", "")
            for n in self.cast.inside(i, h)
            if n.start in self.cast.of
        ):
            return None
        if found := self.nearest([e for e in bodies if self.called(e, noun)], i):
            return found
        if role.kind == "group" and noun not in lexicon.ANY_GROUP:
            kinds = ("group",)  # "the rebels" are no rights group
        else:
            kinds = LIKE.get(role.kind) or (AGENCY if noun == "agency" else ())
        like = [e for e in bodies if self.kind(e) in kinds and (e.kind == "body" or self.firm(e, role))]
        if role.kind == "ngo":
            return self.nearest(like, i)
        spoke = [e for e in like if self.floor.spoke(e, i) >= 0]
        if spoke:
            return self.nearest(spoke, i)
        near = [
            e for e in like if e.before(i) >= 0 and v.sentence[i] - v.sentence[e.before(i)] <= NEAR and len(e.names) > 1
        ]
        return self.nearest(near, i) if near and role.kind == "company" else None

    def firm(self, entity: Entity, role: lexicon.Role) -> bool:
        """Whether a name that nothing tells the kind of can be a company's: two plain words are a person's as well
        ("Imani Okafor said … The company said"), and then the company is left without a name."""
        if role.kind != "company" or entity.gender:
            return False
        plain = len(entity.words) > 1 and all(w.isalpha() for w in entity.words)
        return not plain or self.kind(entity) == "company" or entity.words[-1] in lexicon.EXTENDS | lexicon.TRADES

    def others(self, i: int, h: int, entity: Entity) -> bool:
        """Whether the phrase names a state or a place that the body is not known to be of: "the Orvan foreign
        ministry" is not the "Foreign Ministry" that another country's report spoke of."""
        theirs, known = self.known_of(entity)
        theirs = theirs | lands(entity.words)
        for name in self.cast.inside(i, self.view.first_of(h)):
            words = {w for w in self.view.lower[name.start : name.end] if w not in POSSESSIVES}
            if not words <= known and not lands(words) & theirs and not any(w in lexicon.general() for w in words):
                return True
        return False

    def called(self, entity: Entity, noun: str) -> bool:
        """Whether an apposition calls the body by the noun: "the Orvan Archive, a rights group based in Lesk", "a group
        calling itself the Sons of Orvan"."""
        if id(entity) not in self.callings:
            self.callings[id(entity)] = self.calling(entity)
        return self.callings[id(entity)].get(noun, False)

    def calling(self, entity: Entity) -> dict[str, bool]:
        """The nouns set beside the names of an entity, and whether each is an apposition: the first place decides."""
        v, nouns = self.view, {}
        for name in entity.names:
            words = [w for w in v.lower[max(0, name.start - 5) : name.start] if w not in lexicon.DETERMINERS]
            for called in CALLED:  # "a group calling itself …"
                if words[-len(called) :] == called and len(words) > len(called):
                    nouns.setdefault(words[-len(called) - 1], True)
            k = name.end + 1
            if k < len(v) and v.text[name.end] == "," and v.lower[k] in ("a", "an", "the"):
                reached = True
                while reached:
                    ends = k + 1 == len(v)
                    nouns.setdefault(v.lower[k], ends or v.tag[k + 1] not in FINITE)  # not "died in Osk, the army said"
                    reached = not ends and (v.tag[k + 1] in NOMINAL or v.hyphened[k + 1])
                    k += 1
        return nouns

    def kind(self, entity: Entity) -> str:
        known = load_parties().find(entity.name)
        if known:
            return known[0].kind or ""
        found = lexicon.role(self.cast.head(entity.words, entity.name)) or lexicon.role(entity.words[-1])
        said = next((r.kind for words in sorted(entity.roles) if (r := lexicon.role(words)) and r.cls == "body"), "")
        return found.kind if found else said

    def bridged(self, i: int, h: int, role: lexicon.Role) -> Named | None:
        """ "The defence ministry", right after a country has spoken: that country's."""
        v = self.view
        if role.kind not in ("government", "military") or v.noun(h) not in lexicon.NATIONAL_NOUNS:
            return None
        for at, name, entity in self.floor.before(i, 1):
            if entity and entity.kind == "place" and v.sentence[i] - v.sentence[at] <= 1:
                return f"{name}'s {phrases.plain(v, i, h + 1)}", None
        return None

    # -- fuller phrases ---------------------------------------------------------------------------------------------

    def fuller(self, i: int, h: int, j: int) -> Named | None:
        """The phrase of the same head noun that says more: "researchers from Orvan College" for "the researchers"."""
        if j > h + 1:
            return None
        v, noun = self.view, self.view.lower[h]
        ours = phrases.content(v, i, h + 1)
        best = None
        places = self.heads.get(noun, [])
        at = bisect.bisect_left(places, h)
        for k in places[max(0, at - OCCURRENCES) : at + OCCURRENCES]:
            after = (
                k + 1 < len(v) and (v.tag[k + 1] in NOMINAL or v.hyphened[k + 1]) and v.lower[k + 1] not in POSSESSIVES
            )
            if k == h or any(n.start < k < n.end for n in self.cast.inside(k - 3, k)):
                continue
            s, e = phrases.begin(v, k), phrases.end(v, self.cast, k)
            if after:  # "Orvan government officials": the government is told too
                e = k + 1
                s = next((n.start for n in self.cast.inside(s, k)), k)
            introduced = k < h and s > 0 and v.lower[s - 1] in ("a", "an")  # "a senior official … the official"
            if introduced:
                e = self.whole(e)
            if (introduced or self.cast.inside(s, e)) and ours < phrases.content(v, s, e):
                rank = (k < h, k if k < h else -k)
                if best is None or rank > best[0]:
                    best = rank, s, e, k
        if best is None or not (best[0][0] or noun in lexicon.GOVERNMENT_NOUNS):
            return None
        _, s, e, k = best
        role = v.role_to(k, s)
        if role and role.cls == "document" and (owner := self.owner(s, k, e)):
            return owner
        while v.lower[s] not in POSSESSIVES and s < k and v.lower[s] in lexicon.DETERMINERS:
            s += 1
        return phrases.plain(v, s, e), None

    def whole(self, e: int) -> int:
        """Where a phrase ends that goes on after token `e`: "an official of the alliance", "a person close to Tane"."""
        v, k = self.view, e + 1
        if k + 1 < len(v) and v.lower[e] in lexicon.CLOSE and v.lower[k] in ("to", "with"):
            k += 1
        elif k >= len(v) or v.lower[e] not in ("of", "with"):
            return e
        k += v.lower[k] in lexicon.DETERMINERS
        first = k
        while k < len(v) and (v.tag[k] in NOMINAL or v.text[k][0].isupper()) and v.lower[k] not in POSSESSIVES:
            k += 1
        return k if k > first else e

    def owner(self, i: int, h: int, j: int) -> Named | None:
        """Whose a document is: "WHO's statistics", "the NHC advisory", "data from the Orvan Sun", "Orvan claims"."""
        v = self.view
        for name in self.cast.inside(h + 1, j):
            entity = self.cast.of.get(name.start)
            before = [w for w in v.lower[h + 1 : name.start] if w not in lexicon.DETERMINERS]
            seen = any(w in lexicon.SEEN for w in before)  # who saw a report did not write it
            made = before and before[-1] in ("by", "from", "of") and not seen
            if entity and made and entity.kind in ("body", "person"):
                return entity.name, entity
        for name in self.cast.inside(i, h + 1):
            entity = self.cast.of.get(name.start)
            if not entity or name.end > h:
                continue
            if entity.kind == "people" and name.end == v.first_of(h):
                country = countries_in([v.words(name.start, name.end)])
                return (country[0][2], None) if country else None
            if entity.kind in ("body", "place", "person") or v.lower[name.end] in POSSESSIVES:
                return entity.name, entity
        if v.lower[i] not in lexicon.DEFINITE:
            return None
        for k in range(i, v.first_of(h)):  # "the government statement", "the chain's press release"
            role = v.role_to(k, i)
            owns = role and role.cls == "body" and (k + 1 == v.first_of(h) or v.lower[k + 1] in POSSESSIVES)
            if owns and (found := self.antecedent(i, k, k + 1, role)):
                return found
        return None


def lands(words: Iterable[str]) -> set[str]:
    """The countries that lower-case words name."""
    tables = lexicon.demonyms(), lexicon.countries(), lexicon.seats()
    return {table[w] for w in words for table in tables if w in table}
