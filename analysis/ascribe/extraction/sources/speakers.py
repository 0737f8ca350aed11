"""Name the sources of an article's attributions: each mention resolved to its fullest form in the article."""

from __future__ import annotations

from collections.abc import Sequence

from ascribe.extraction.records import Attribution, Span
from ascribe.extraction.sources import phrases
from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.candidates import Candidates, Mention, Seen
from ascribe.extraction.sources.cast import Cast, Entity
from ascribe.extraction.sources.descriptions import Descriptions
from ascribe.extraction.sources.floor import Floor, Named
from ascribe.extraction.sources.kinds import party_of
from ascribe.extraction.sources.likeness import Likeness
from ascribe.extraction.sources.names import MARKS, NOMINAL, Name
from ascribe.extraction.sources.parties import load_parties
from ascribe.extraction.sources.ranker import best, weights
from ascribe.extraction.sources.somebody import somebody
from ascribe.extraction.sources.view import POSSESSIVES, View
from ascribe.extraction.sources.voices import Voices
from ascribe.language.clean import clean
from ascribe.language.reading import Reading

NOUNS = ("NN", "NNS", "NNP", "NNPS")
FOLLOWS = frozenset(
    (",", "(", "–", "—", "-", "of", "from", "who", "the", "a", "an", "at", "in", "with", "for", "on", "and")
)
"""What may follow a person's name that is the head of its phrase; a noun may not ("the Tane government")."""


class Namer:
    """Names the sources of one article. Make one an article; `name` is cheap."""

    def __init__(self, reading: Reading, attributions: Sequence[Attribution] = ()) -> None:
        self.view = View.of(reading)
        self.cast, self.floor = Cast(self.view), Floor()
        self.descriptions = Descriptions(self.view, self.cast, self.floor)
        self.voices = Voices(self.view, self.cast, attributions, self.resolve)
        self.candidates = Candidates(self.view, self.cast, self.floor)
        self.likeness = Likeness(self.view, self.cast, self.voices)
        self.said: dict[Span, Named] = {}
        self.resolving: set[Span] = set()
        spans = {a.source for a in attributions if a.source} | {s for a in attributions for s in a.via}
        for span in sorted(spans):
            self.resolve(span)

    def name(self, span: Span) -> str:
        """The fullest name in this article of the source that the characters `span` mention."""
        return self.resolve(span)[0]

    def is_somebody(self, span: Span) -> bool:
        """Whether the characters `span` can mention a source: a person, a body, people, a document; no event."""
        tokens = self.view.reading.tokens(*span)
        return not len(tokens) or somebody(self.view, self.cast, tokens.start, tokens.end)

    def resolve(self, span: Span) -> Named:
        """The fullest name of the source that the characters `span` mention, and its entity where a name names it."""
        plain = " ".join(self.view.reading.text[slice(*span)].split())
        if span in self.said:
            return self.said[span]
        tokens = self.view.reading.tokens(*span)
        if span in self.resolving or not len(tokens):
            return plain, None
        self.resolving.add(span)
        name, entity = self.joint(tokens.start, tokens.end, span)
        self.resolving.discard(span)
        name = clean(name or plain, nicknames=False)[0]  # `Orvan”s` is an apostrophe gone astray
        self.said[span] = found = (name, entity)
        self.floor.take(tokens.start, *found)
        return found

    # -- pronouns ---------------------------------------------------------------------------------------------------

    def pronoun(self, i: int, span: Span) -> Named:
        """Whom the pronoun at token `i`, characters `span`, stands for: its own word where nothing tells."""
        low = self.view.lower[i]
        if low in lexicon.SPEAKER:
            found = self.voices.speaker(span)
        elif low in lexicon.RELATIVE:
            found = self.voices.relative(i)
        else:
            found = self.antecedent(Mention.of(low, i, span))
        return found or (self.view.text[i], None)

    def antecedent(self, mention: Mention) -> Named | None:
        """The likeliest of those whom the mention may stand for, None where there is none."""
        seen = self.candidates.of(mention)
        if mouth := self.voices.mouth(mention.span):
            seen = [c for c in seen if c[0].entity is not mouth]  # who speaks would say "I"
        if mention.group != "he" and (opened := self.voices.opened(mention.span)):
            seen = [c for c in seen if c[0].at >= opened]  # the writer's words before a quotation are not the speaker's
        if not seen:
            return None
        chosen = seen[self.ranked(mention, seen, self.likeness.of(mention, seen))][0]
        if self.candidates.phrases.get(chosen.at) is chosen:  # "The ministry … it": which ministry
            v, begin = self.view, phrases.begin(self.view, chosen.at)
            begin -= begin > 0 and v.lower[begin - 1] in lexicon.DETERMINERS
            name, entity = self.described(begin, chosen.at + 1)
            if entity is not None:
                return name, entity
        entity = chosen.entity
        if entity and entity.kind in ("person", "") and not entity.gender:
            entity.gender = mention.gender
        return chosen.name, entity

    def ranked(self, mention: Mention, seen: list[Seen], features: list[list[str]]) -> int:
        """The place of the candidate that the mention stands for."""
        return best(mention.group, features, weights())

    # -- phrases ----------------------------------------------------------------------------------------------------

    def joint(self, i: int, j: int, span: Span) -> Named:
        """Two sources named as one ("a monitor and a medical source"), each resolved; or the phrase as one."""
        v = self.view
        for k in range(i + 1, j - 1):
            if v.lower[k] != "and" or any(n.start < k < n.end for n in self.cast.inside(i, k)):
                continue
            opens = (
                v.lower[k + 1] in lexicon.DETERMINERS
                or self.cast.inside(k + 1, k + 2)
                or (self.people(k + 1, min(j, k + 6)) and self.people(i, k))
            )
            named = {m for n in self.cast.inside(i, k) for m in range(n.start, n.end)}
            bracketed = {m for b in range(i, k) if v.text[b] == "(" and ")" in v.text[b:k]
                         for m in range(b, v.text.index(")", b, k) + 1)}  # fmt: skip
            complement = any(
                (v.lower[m] in lexicon.PREPOSITIONS or v.text[m] in ",(") and m not in named | bracketed
                for m in range(i, k)
            )
            role = v.role_to(k - 1, i)
            alone = role is not None and role.cls == "person" and not self.cast.inside(i, k)
            if alone and v.lower[i] not in lexicon.DETERMINERS:
                continue  # "businessman and adviser Nur Tane" is one
            if opens and not complement:
                return f"{self.phrase(i, k, span)[0]} and {self.joint(k + 1, j, span)[0]}", None
        return self.phrase(i, j, span)

    def people(self, i: int, j: int) -> bool:
        return any(n.kind == "person" for n in self.cast.inside(i, j))

    def phrase(self, i: int, j: int, span: Span) -> Named:
        """The source that the tokens `[i, j)` mention."""
        v = self.view
        while i < j - 1 and (not v.text[i][0].isalnum() or v.lower[i] in lexicon.LEADING):
            i += 1
        while j - 1 > i and (not (v.text[j - 1][0].isalnum() or v.text[j - 1] == ")") or v.lower[j - 1] in POSSESSIVES):
            j -= 1
        i, j = self.untimed(i, j)
        own = (k for k in range(i + 1, j - 1) if v.lower[k] in ("in", "on") and v.lower[k + 1] in lexicon.OWNING)
        j = next(own, j)  # "the president in his address"
        clause = next((k for k in range(i + 1, j) if v.text[k] in ("who", "which", "whose")), j)
        j = clause - (clause < j and clause - 1 > i and v.text[clause - 1] == ",")
        if j - i == 1 and v.lower[i] in lexicon.PRONOUNS and not (v.text[i].isupper() and len(v.text[i]) > 1):
            return self.pronoun(i, span)
        if person := self.person(i, j):
            return person.name, person
        named = next(
            (k for k in range(i + 1, j - 2) if v.lower[k] == "calling" and v.lower[k + 1] in ("itself",)), None
        )
        if named is not None and self.cast.inside(named + 2, j):
            return self.phrase(named + 2, j, span)  # "a group calling itself the Sons of Tarn"
        aged = v.lower[i] in lexicon.DEFINITE and v.lower[j - 1].endswith("old") and "year" in v.words(i, j)
        if aged and (found := self.antecedent(Mention(i, span, "he"))):
            return found  # "the 61-year-old"
        if (k := self.glued(i, j)) > i:
            return self.phrase(k, j, span)
        if v.lower[i] in lexicon.OWNING and j - i > 1:
            return self.owned(i, j, span)
        return self.described(i, j)

    def untimed(self, i: int, j: int) -> tuple[int, int]:
        """The phrase without the day that stands at its edge ("the spokesman on Friday", "Wednesday, the ministry")."""
        v = self.view
        while i < j - 2 and v.lower[i] in lexicon.calendar() and v.text[i + 1] == ",":
            i += 2
        k = j
        while k - 1 > i and (v.lower[k - 1] in lexicon.calendar() or v.text[k - 1] in lexicon.DAYS):
            k -= 1
        while i + 1 < k < j and v.lower[k - 1] in ("on", "last", "late", "early", "this", "in", "earlier", ","):
            k -= 1
        return i, k

    def glued(self, i: int, j: int) -> int:
        """Where the last noun phrase begins, where a lost comma glued another one to it ("in the city a monitor")."""
        v = self.view
        for k in range(j - 1, i, -1):
            opens = v.lower[k] in ("a", "an", "the") or v.lower[k] in lexicon.OWNING
            if opens and v.tag[k - 1] in (*NOUNS, "CD", "JJ") and v.lower[k - 1] not in ("such", "many"):
                h, _ = phrases.head(v, self.cast, k, j)
                return k if v.role_to(h, k) or self.cast.inside(k, j) else i
        return i

    def person(self, i: int, j: int) -> Entity | None:
        """The person whose name is the phrase's head: "the mayor of Orsen, Ada Lund"; not "an aide to Ada Lund"."""
        for name in self.cast.inside(i, j):
            entity = self.cast.of.get(name.start)
            if entity and entity.kind in ("person", "") and self.heads(name, entity, i, j):
                return entity
        return None

    def heads(self, name: Name, entity: Entity, i: int, j: int) -> bool:
        """Whether a person's name is the head of the phrase `[i, j)`."""
        v = self.view
        after = v.lower[name.end] if name.end < j else ""
        if after and after not in FOLLOWS:
            return False
        start = name.titled if name.titled >= i else name.start
        start -= start > i and v.text[start - 1] in MARKS
        if start - 1 > i and v.text[start - 1] == ")":  # "member of parliament (MP) Ada Lund"
            start = next((k for k in range(start - 2, i, -1) if v.text[k] == "("), start)
        while start > i and (v.hyphened[start - 1] or v.lower[start - 1] in lexicon.BEFORE_NAME - {"the"}):
            start -= 1  # "ex-President Ada Lund"
        before = v.lower[start - 1] if start > i else ""
        if entity.kind == "":
            if before == "," and not after:  # "one activist, Nur Tane"
                role = v.role_to(phrases.head(v, self.cast, i, j)[0], i)
                return role is not None and role.cls == "person"
            if after in ("of", ",") and name.start == i:  # "Nur Tane of the Hill Farmers", "Nur Tane, Resident …"
                return len(entity.words) == 2 and all(w.isalpha() for w in entity.words)
            return bool(name.roles) and name.start <= i + 1 and after in ("", ",")
        if not before or before == ",":
            return True
        if before in ("the", "a", "an"):
            return start - 1 == i or v.text[start - 2] == ","
        role = v.role_to(start - 1, i)
        if role is not None and role.cls == "person":
            return True
        if name.end >= j and 0 <= name.titled < name.start and v.tag[start - 1] in ("NN", "NNS"):
            return True  # a comma or a "that" was lost before the title
        plain = all(v.tag[m] in NOMINAL or v.lower[m] in lexicon.DETERMINERS for m in range(i, start))
        return v.tag[start - 1].startswith(("JJ", "VBN")) and plain

    def described(self, i: int, j: int) -> Named:
        """A source that no person's name heads: a body by name, a document, a description."""
        v = self.view
        j = next((k for k in range(i + 1, j - 1) if v.lower[k] in lexicon.SEEN and v.lower[k + 1] == "by"), j)
        h, stop = phrases.head(v, self.cast, i, j)
        inside = self.cast.inside(i, stop)
        role = v.role_to(h, i)
        proper = next((n for n in inside if n.start <= h < n.end), None)
        if document := self.document(i, h, j, proper):
            return document
        if proper is not None:
            entity = self.cast.of.get(proper.start)
            common = v.lower[i] == "the" and stop == i + 2 and role is not None and role.cls == "body"
            if common and (found := self.descriptions.antecedent(i, h, j, role)):
                return found  # "the Company", in the firm's own release
            if entity and entity.kind != "people":
                if entity.kind == "body" and proper.end == stop and self.descriptive(i, proper.start):
                    return entity.name, entity
                ours = phrases.plain(v, i, stop)
                more = phrases.content(v, i, stop) > set(entity.words) and len(ours) > len(entity.name)
                return (ours if more else entity.name), entity
        owned = v.noun(h) in lexicon.PAGES
        if role and (role.cls == "document" or owned) and (owner := self.descriptions.owner(i, h, j)):
            return owner
        begins = [start for start, _, r in v.roles_to(h, i) if r.cls == "body"]
        if inside and inside[-1].end in begins:
            entity = self.cast.of.get(inside[-1].start)  # "the Sana agency", "the Observatory group"
            if entity and entity.kind == "body":
                return entity.name, entity
        if role and role.cls == "body" and v.text[stop : stop + 1] == [","]:
            apposed = self.cast.inside(stop + 1, j)  # "one news site, Orvan.com"
            if apposed and apposed[0].start == stop + 1 and apposed[0].end == j and apposed[0].start in self.cast.of:
                return self.cast.of[apposed[0].start].name, self.cast.of[apposed[0].start]
        definite = v.lower[i] in lexicon.DEFINITE
        last = self.floor.last(i) if definite else None
        if last and ("same" in v.lower[i:h] or (j == h + 1 == i + 2 and self.stated(h))):
            return last
        meant = role and (definite or self.defined(i, h, role, inside))
        if meant and (found := self.descriptions.antecedent(i, h, j, role)):
            return found
        return phrases.plain(v, i, j), None

    def stated(self, h: int) -> bool:
        """Whether "the statement" at token `h` is what the last speaker put out: a body, or one who spoke of it."""
        v = self.view
        at, name, entity = self.floor.before(h, 1)[0]
        if v.lower[h] not in lexicon.UTTERANCES or v.sentence[h] - v.sentence[at] > 2:
            return False
        role = lexicon.role(phrases.headword(name))
        body = entity.kind == "body" if entity else role is not None and role.cls == "body"
        return body or v.lower[h] in v.lower[at:h]

    def descriptive(self, i: int, k: int) -> bool:
        """Whether the tokens before a body's name only say what it is: "the state-owned Orvan news agency" Sana."""
        v = self.view
        while i < k and (owner := next(iter(self.cast.inside(i, i + 1)), None)) and v.lower[owner.end] in POSSESSIVES:
            i = owner.end + 1  # "Orvan's state news agency" KNA
        if k <= i or any(v.tag[m] in ("POS", "CD", "CC") for m in range(i, k)):
            return False
        if any(v.text[m][0].isupper() and v.lower[m] not in lexicon.demonyms() and v.lower[m] not in lexicon.DETERMINERS
               for m in range(i + 1, k) if v.hyphened[m + 1] is False):  # fmt: skip
            return False
        role = v.role_to(k - 1, i)
        first = i + (v.lower[i] in lexicon.DETERMINERS)
        if first < k and all(v.tag[m] in ("JJ", "VBG", "VBN") and v.text[m].islower() for m in range(first, k)):
            return True  # "the ruling Orvan Party"
        return (role is not None and role.cls == "body") or (k - 2 >= i and v.hyphened[k - 2])

    def defined(self, i: int, h: int, role: lexicon.Role, inside: Sequence[Name]) -> bool:
        """Whether a phrase without "the" means one that the article names: "a monitor", "Orsen's governor", "NGO"."""
        if role.cls == "body":
            return role.kind in ("ngo", "think_tank") or (i == self.view.first_of(h) and self.view.text[i][0].isupper())
        return role.cls == "person" and any(n.start == i and self.view.lower[n.end] in POSSESSIVES for n in inside)

    def document(self, i: int, h: int, j: int, proper: Name | None) -> Named | None:
        """The owner of a document that has a name of its own: 'the NHC's "Advisory Number 25"'."""
        v = self.view
        for name in self.cast.inside(i, j):
            entity = self.cast.of.get(name.start)
            if (
                entity
                and entity.kind == "body"
                and name.end < j
                and v.lower[name.end] in POSSESSIVES
                and (proper is None or proper.start != name.start)
            ):
                rest = (lexicon.role(w) for w in v.lower[name.end + 1 : j])
                return (entity.name, entity) if any(r and r.cls == "document" for r in rest) else None
        return None

    def owned(self, i: int, j: int, span: Span) -> Named:
        """ "its report", "his daughter": the owner, or whose daughter."""
        v = self.view
        owner, entity = self.pronoun(i, span)
        if owner.lower() in lexicon.PRONOUNS:
            return phrases.plain(v, i, j), None
        h, _ = phrases.head(v, self.cast, i + 1, j)
        role = v.role_to(h, i + 1)
        if role is None or (role.cls != "document" and role.kind != "media"):
            body = v.words(i + 1, j)
            side = party_of(owner) if role and role.kind in ("military", "government") else None
            if side and load_parties().find(f"{side}'s {body}"):
                return f"{side}'s {body}", None  # "his General Staff": that of the country he speaks for
            return f"{owner}'s {body}", None
        own = next((k for k in range(i + 1, h) if v.lower[k] in POSSESSIVES), 0)  # "his family's announcement"
        return (f"{owner}'s {v.words(i + 1, own)}", None) if own else (owner, entity)


def name_sources(reading: Reading, attributions: Sequence[Attribution]) -> list[str | None]:
    """The source of each attribution in its fullest form in this article; None where it has none.

    A pronoun, a description ("the group", "the governor"), a surname, an acronym is resolved to the name that the
    article gives in full; where it gives none, the words that it has are kept.
    """
    if not any(a.source for a in attributions):
        return [None] * len(attributions)
    namer = Namer(reading, attributions)
    return [namer.name(a.source) if a.source else None for a in attributions]


def name_span(reading: Reading, span: Span, attributions: Sequence[Attribution] = ()) -> str:
    """The fullest name in this article of the source that the characters `span` mention.

    For many spans of one article make one `Namer(reading, attributions)` and call its `name(span)`.
    """
    return Namer(reading, attributions).name(span)
