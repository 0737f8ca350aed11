"""The word that governs a number in the parse, and the harm it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from ascribe.extraction.figures import cues as words
from ascribe.extraction.figures.lists import listed

if TYPE_CHECKING:
    from ascribe.extraction.figures.page import Page
    from ascribe.extraction.figures.quantity import Quantity

UP = listed("governing_up")
OPEN = listed("governing_open")
HIGHEST = 6
NOMINAL = ("NN", "NNS", "NNP", "NNPS", "HYPH", "CD")
APART = ("among", "in", "with", "per", "since", "despite", "against", "out")


def harm(page: Page, q: Quantity, phrase: list[Token]) -> str | None:
    """The harm told by the words above and right below the number and its noun."""
    anchor = phrase[-1] if phrase else page.parsed_at(q.start)
    number = page.parsed_at(q.start)
    if anchor is None or number is None:
        return None
    if not phrase and number.dep_ == "nummod" and number.head.i > number.i + 1 and number.nbor().tag_ not in NOMINAL:
        return None  # a number with no noun of its own, hung on a later one
    return climb(anchor) or (climb(number) if number.i != anchor.i else None)


def climb(anchor: Token) -> str | None:
    """The harm told of the phrase headed by `anchor`, going up through coordinations and noun phrases."""
    t = anchor
    for _ in range(HIGHEST):
        found = _clause_below(t)
        if found or t.head.i == t.i:
            return found
        head, dep = t.head, t.dep_
        if dep in ("nsubj:pass", "obj", "nsubj", "obl:agent"):
            return _by_verb(head, dep) if dep != "obl:agent" else None
        if dep in ("nmod", "obl", "appos", "compound", "nummod", "dep", "xcomp", "nmod:poss"):
            own = words.nouns().get(head.lower_) if not head.tag_.startswith("VB") else None  # "he lives at"
            if any(c.dep_ == "case" and c.lower_ in APART for c in t.children):
                return None  # three deaths among 12 patients
            if own in words.STRONG and head.lower_ not in ("body", "remains"):
                return own
        if dep not in UP:
            return None
        t = head
    return None


def _clause_below(t: Token) -> str | None:
    """people killed in · people who died · the 12 lost at sea."""
    for child in t.children:
        if not child.dep_.startswith("acl") or child.i < t.i:
            continue
        role = words.verbs().get(child.lower_, {})
        subject = next((c for c in child.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
        if subject is not None and subject.lower_ not in ("who", "that", "which"):
            continue
        if passive(child) and "object" in role and not _has_object(child):
            return role["object"]
        if "subject" in role and not passive(child):
            return role["subject"]
        found = _open(child)
        if found:
            return found
    return None


def _by_verb(verb: Token, dep: str, depth: int = 0) -> str | None:
    """The harm that a verb does to its subject or object."""
    role = words.verbs().get(verb.lower_, {})
    suffers = dep in ("nsubj:pass", "obj") or (dep == "nsubj" and passive(verb) and not _has_object(verb))
    if suffers and "object" in role:
        other = next((words.verbs().get(c.lower_, {}).get("object") for c in verb.children if c.dep_ == "conj"), None)
        return words.both(role["object"], other)
    if dep != "obj" and "subject" in role:
        return role["subject"]
    if dep == "obj":
        return next((s for c in verb.children if c.dep_ == "xcomp" and (s := words.states().get(c.lower_))), None)
    state = words.states().get(verb.lower_)
    if state and state != "losses":
        return state
    return _open(verb) if depth < 3 else None


def _open(verb: Token) -> str | None:
    """are estimated to have been killed · were forced to flee · had managed to escape."""
    for child in verb.children:
        if child.dep_ not in OPEN or any(c.dep_ in ("nsubj", "nsubj:pass") for c in child.children):
            continue
        if child.dep_ == "conj" and any(t.tag_ == "CD" for t in verb.doc[verb.i : min(child.i, verb.i + 12)]):
            continue  # "12 were ejected and 3 treated"
        role = words.verbs().get(child.lower_, {})
        if passive(child) and "object" in role and not _has_object(child):
            return role["object"]
        if "subject" in role:
            return role["subject"]
        if child.dep_ == "xcomp" and words.states().get(child.lower_):
            return words.states()[child.lower_]
        if child.dep_ == "xcomp" and (found := _open(child)):
            return found
    return None


def passive(verb: Token) -> bool:
    """Whether a verb form has what it acts on for its subject: "were killed", "20 killed in" (no active auxiliary)."""
    if any(c.dep_ == "aux:pass" for c in verb.children):
        return True
    helpers = {c.lower_ for c in verb.children if c.dep_.startswith("aux")}
    if helpers & {"been", "be", "being", "was", "were", "is", "are"} and verb.tag_ == "VBN":
        return True
    return verb.tag_ == "VBN" and not helpers & {"have", "has", "had", "having"}


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "obj" for c in verb.children)
