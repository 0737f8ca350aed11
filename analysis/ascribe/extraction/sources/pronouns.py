"""Who a pronoun stands for: by gender and number, nearness, being a subject, having spoken last, speaking now."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from ascribe.extraction.records import Attribution, Span
from ascribe.extraction.sources import phrases
from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.cast import Cast, Entity
from ascribe.extraction.sources.floor import Floor, Named
from ascribe.extraction.sources.names import Name
from ascribe.extraction.sources.view import POSSESSIVES, View

NAMES, TURNS = 60, 8
"""How many names and turns a pronoun looks back over."""
FAR = 6
"""How many sentences back "it" and "they" reach."""


class Pronouns:
    """Finds the antecedents of one article's pronouns. `resolve` names the source at a span of characters."""

    def __init__(
        self, view: View, cast: Cast, floor: Floor, attributions: Sequence[Attribution],
        resolve: Callable[[Span], Named], describe: Callable[[int, int], Named],
    ) -> None:  # fmt: skip
        self.view, self.cast, self.floor = view, cast, floor
        self.resolve, self.describe = resolve, describe
        self.attributions = sorted((a for a in attributions if a.source and a.content), key=lambda a: a.content)
        self.openings = [a.content[0][0] for a in self.attributions]
        self.contents: dict[Span, tuple[Span, ...]] = {}
        for a in self.attributions:
            self.contents.setdefault(a.source, a.content)

    def antecedent(self, i: int, span: Span) -> Named:
        """The source that the pronoun at token `i`, characters `span`, stands for: its own word where nothing tells."""
        v, low = self.view, self.view.lower[i]
        if low in lexicon.SPEAKER:
            found = self.speaker(span)
        elif low in lexicon.RELATIVE:
            found = self.relative(i)
        elif low in lexicon.HE or low in lexicon.SHE:
            found = self.third(i, span, "m" if low in lexicon.HE else "f")
        else:
            found = self.thing(i, self.opened(span)) if low in lexicon.IT else self.several(i, self.opened(span))
        return found or (v.text[i], None)

    # -- I, we, who -------------------------------------------------------------------------------------------------

    def around(self, span: Span) -> Attribution | None:
        """The innermost attribution in whose content the characters `span` stand."""
        k = bisect.bisect_right(self.openings, span[0])
        near = self.attributions[max(0, k - NAMES) : k]
        inside = [a for a in near if a.source != span and any(s <= span[0] < e for s, e in a.content)]
        return min(inside, key=lambda a: sum(e - s for s, e in a.content), default=None)

    def speaker(self, span: Span) -> Named | None:
        """Who says "I" or "we": the source of the attribution that the pronoun stands in."""
        around = self.around(span)
        return self.resolve(around.source) if around else None

    def mouth(self, span: Span) -> Entity | None:
        """Who speaks the direct quotation that the pronoun stands in: who would say "I" there, not "he"."""
        around = self.around(span)
        if not around or around.source >= span:
            return None
        begin = next(s for s, e in around.content if s <= span[0] < e)
        return self.resolve(around.source)[1] if self.view.quoted(begin) else None

    def opened(self, span: Span) -> int:
        """The first token of the direct quotation that the pronoun stands in, or 0: the writer's words before it are
        not the speaker's."""
        around = self.around(span)
        if not around:
            return 0
        begin = next(s for s, e in around.content if s <= span[0] < e)
        return self.view.reading.tokens(begin, span[1]).start if self.view.quoted(begin) else 0

    def relative(self, i: int) -> Named | None:
        for name in reversed(self.cast.inside(max(0, i - 6), i)):
            entity = self.cast.of.get(name.start)
            if entity and all(not w.isalpha() or w in ("of", "the") for w in self.view.lower[name.end : i]):
                return entity.name, entity
        return None

    # -- he, she ----------------------------------------------------------------------------------------------------

    def third(self, i: int, span: Span, gender: str = "") -> Named | None:
        """The person that "he" or "she" stands for, or that a phrase means which tells no gender."""
        v, here = self.view, self.view.sentence[i]
        content = self.contents.get(span, ())
        direct = bool(content) and v.quoted(content[0][0])
        mouth = self.mouth(span)
        scores: dict[object, tuple[float, int, Named]] = {}

        def weigh(key: object, score: float, at: int, named: Named) -> None:
            if key not in scores or (score, at) > scores[key][:2]:
                scores[key] = score, at, named

        def quoted(token: int) -> bool:
            return any(s <= v.reading.starts[token] < e for s, e in content)

        k = bisect.bisect_left(self.cast.starts, i)
        for name in self.cast.names[max(0, k - NAMES) : k]:
            entity = self.cast.of.get(name.start)
            if not entity or entity is mouth or not could_be(entity, gender):
                continue
            away = here - v.sentence[name.start]
            score = -0.6 * min(away, 12) + (0.5 if entity.kind == "person" else -1.2) + 0.4 * (entity.gender == gender)
            dep = v.dep[self.root(name)]
            score += 1.2 if dep.startswith("nsubj") else 0.3 if dep in ("root", "ROOT", "appos", "flat") else 0
            score -= 0.8 * (name.end < len(v) and v.lower[name.end] in POSSESSIVES)
            score -= (2.5 if direct else 1.5) if quoted(name.start) else 0.3 * (away == 0)
            weigh(id(entity), score + self.voice(entity.name, i), name.start, (entity.name, entity))
        for at, name, entity in self.floor.before(i, TURNS):
            score = 0.4 - 0.6 * min(here - v.sentence[at], 12) + self.voice(name, i)
            if entity is None:
                role = lexicon.role(phrases.headword(name))
                if phrases.human(name) and (not gender or role.gender in ("", gender)) and not quoted(at):
                    weigh(name, score + (role.gender == gender), at, (name, None))
            elif entity is not mouth and (could_be(entity, gender) or (not entity.kind and entity.words[0].isalpha())):
                weigh(id(entity), score, at, (name, entity))
        if not scores:
            return None
        _, _, (name, entity) = max(scores.values(), key=lambda s: s[:2])
        if entity and not entity.gender:
            entity.gender = gender
        return name, entity

    def root(self, name: Name) -> int:
        """The syntactic head of a name: the token whose own head lies outside it."""
        head, span = self.view.head, range(name.start, name.end)
        return next((k for k in span if head[k] not in span or head[k] == k), name.start)

    def voice(self, name: str, i: int) -> float:
        """What having spoken last, and shortly before, adds."""
        last = self.floor.before(i, 1)
        if not last or last[0][1] != name:
            return 0.0
        return max(0.0, 2.4 - 0.2 * (self.view.sentence[i] - self.view.sentence[last[0][0]]))

    # -- it, they ---------------------------------------------------------------------------------------------------

    def thing(self, i: int, least: int) -> Named | None:
        """What "it" stands for: the body, country or document that spoke last or is the last sentence's subject.

        Nothing before token `least` is looked at.
        """
        v = self.view
        subject = self.subject(i, ("body", "document", "place", ""), least)
        for at, name, entity in self.floor.before(i, 5):
            if at < least or v.sentence[i] - v.sentence[at] > FAR or name.lower() in lexicon.PRONOUNS:
                continue
            if entity.kind not in ("person", "people") if entity else not (phrases.plural(name) or phrases.human(name)):
                return (
                    subject[1]
                    if subject and subject[0] > at and v.sentence[at] < v.sentence[subject[0]]
                    else (name, entity)
                )
        if subject := subject or self.subject(i, ("body", "document", "place", ""), least, own=True):
            return subject[1]  # "The ministry has closed the road, it said", where nobody has spoken before
        k = bisect.bisect_left(self.cast.starts, i)
        for name in reversed(self.cast.names[max(0, k - 12) : k] if not least else []):
            entity = self.cast.of.get(name.start)
            if entity and entity.kind == "body":
                return entity.name, entity
        return None

    def several(self, i: int, least: int) -> Named | None:
        """Whom "they" stands for: the people or the body that spoke last or are the last sentence's subject."""
        v = self.view
        subject = self.subject(i, ("body", "people"), least)
        for at, name, entity in self.floor.before(i, 5):
            if at < least or v.sentence[i] - v.sentence[at] > FAR or name.lower() in lexicon.PRONOUNS:
                continue
            if entity.kind in ("body", "people") if entity else phrases.plural(name) or not phrases.human(name):
                return (
                    subject[1]
                    if subject and subject[0] > at and v.sentence[at] < v.sentence[subject[0]]
                    else (name, entity)
                )
        return subject[1] if subject else self.thing(i, least)

    def subject(self, i: int, classes: Sequence[str], least: int, own: bool = False) -> tuple[int, Named] | None:
        """The subject between tokens `least` and `i`, in its sentence or the one before, where it is of these classes.

        It does not stand in what another says, nor, but where `own`, in what the pronoun says itself.
        """
        v = self.view
        here = v.sentence[i]
        first = v.sentences[max(0, here - 1)]
        for s, e in ((v.sentences[here], i), (first, v.sentences[here])):
            for k in range(s, e):
                if k < least or not v.dep[k].startswith("nsubj") or v.lower[k] in lexicon.PRONOUNS:
                    continue
                around = self.around(v.reading.span((k, k + 1)))
                if around and (not own or around.source != v.reading.span((i, i + 1))):
                    continue
                name = next((n for n in self.cast.inside(max(s, k - 12), k + 1) if n.start <= k < n.end), None)
                entity = self.cast.of.get(name.start) if name else None
                if entity:
                    if entity.kind in classes:
                        return k, (entity.name, entity)
                    continue
                role = v.role_to(k, s)
                if role and role.cls in classes:
                    begin = phrases.begin(v, k)
                    begin -= begin > s and v.lower[begin - 1] in lexicon.DETERMINERS
                    return k, self.describe(begin, phrases.end(v, self.cast, k))
        return None


def could_be(entity: Entity, gender: str) -> bool:
    """Whether an entity can be the person of this gender."""
    if gender and entity.gender not in ("", gender):
        return False
    return entity.kind == "person" or (
        entity.kind == ""
        and len(entity.words) in (2, 3)
        and all(w.isalpha() and w not in lexicon.demonyms() for w in entity.words)
    )
