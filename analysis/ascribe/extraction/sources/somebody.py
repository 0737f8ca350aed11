"""Whether a mention can be a source at all: somebody who speaks, or a document; a month, an attack, a war is none."""

from __future__ import annotations

import functools

from ascribe.extraction.lexicons import rows
from ascribe.extraction.sources import phrases
from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.cast import Cast
from ascribe.extraction.sources.names import Name
from ascribe.extraction.sources.view import POSSESSIVES, View


@functools.cache
def happenings() -> frozenset[str]:
    """Nouns for what happens and for stretches of time: attack, offensive, anniversary, month."""
    events = {r["noun"] for r in rows("figure_nouns") if r["class"] == "events"}
    return frozenset(events) | lexicon.TIMES | lexicon.calendar()


GRADED = frozenset({"RBS", "RBR"})
"""Tags of "more" and "most" before an adjective."""


def somebody(view: View, cast: Cast, i: int, j: int) -> bool:
    """Whether the tokens `[i, j)` can name a source.

    False only where the head of the phrase tells: a day or a month, a year, an event, a stretch of time, whether by a
    noun ("the shelling") or in a name ("Battle of Osk", "Hurricane Ada"); or where there is no head, only a grade ("the
    most conservative").
    """
    while i < j - 1 and (not view.text[i][0].isalnum() or view.lower[i] in lexicon.DETERMINERS):
        i += 1
    while j - 1 > i and (not view.text[j - 1][0].isalnum() or view.lower[j - 1] in POSSESSIVES):
        j -= 1
    if i >= j:
        return True
    head, _ = phrases.head(view, cast, i, j)
    name = next((n for n in cast.inside(i, head + 1) if n.start <= head < n.end), None)
    if name is not None and _happens(view, name):
        return False
    if name is not None or any(n.kind in ("person", "body") for n in cast.inside(i, j)):
        return True
    if view.text[head][0].isupper() and (view.text[head].isupper() or view.lower[head] not in lexicon.calendar()):
        return True
    if view.tag[head] == "CD" and view.text[head].isdigit() and len(view.text[head]) == 4 and j - i == 1:
        return False  # a year
    if GRADED & {*view.tag[i:j]} and not any(t.startswith(("NN", "PRP")) for t in view.tag[i:j]):
        return False  # "by the most conservative reckoning": a grade without whom it is of
    return view.noun(head) not in happenings() or view.role_to(head, i) is not None


def _happens(view: View, name: Name) -> bool:
    """Whether a name is an event's, by its noun: the word before "of", or the first where nothing tells a body."""
    own = [w for w in view.lower[name.start : name.end] if w not in POSSESSIVES]
    stop = next((k for k, w in enumerate(own) if w in lexicon.PREPOSITIONS), len(own))
    nouns = {own[stop - 1] if stop else "", *([own[0]] if name.kind == "" and len(own) > 1 else [])}
    return name.kind != "person" and any(w in happenings() and lexicon.role(w) is None for w in nouns)
