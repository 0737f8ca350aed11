"""Floors under the learned filter: plain constructions that the articles it learned from hardly hold.

"29 dead: NGO", "Tane's claim that …", "put the toll at nine", "the figures show that …", "the Archive counted 12 dead".
"""

from __future__ import annotations

from ascribe.extraction.claims.candidate import Candidate, Range
from ascribe.extraction.claims.features import PRONOUNS, source_type
from ascribe.extraction.claims.places import FINITE, cites
from ascribe.extraction.claims.tree import Tree
from ascribe.extraction.claims.words import reporting_nouns, reporting_verbs, roles, word_class
from ascribe.extraction.sources.kinds import countries_in

HEADLINE, OWNED_NOUN, PUT_AT, DOCUMENT = 0.6, 0.45, 0.6, 0.45
SPEECH = 0.6
"""The floor of a whole quoted sentence after a comma, whatever the verb before it."""
SHORTEST_SPEECH = 7
"""Tokens, marks included, below which a quotation after a comma may be a title."""
MOST_BEFORE = 5
"""Tokens of a tally of which one is the number, at most: "by name at least 2,300 soldiers"."""


def _cites_between(t: Tree, c: Candidate) -> bool:
    """Whether the speaker cites somebody between the verb and what is said: "reported, citing doctors, that …"."""
    between = range(c.cue[1], c.content[0][0])
    return any(cites(t, k) for k in between)


def _points_out(t: Tree, c: Candidate) -> bool:
    """Whether "…, the diplomats point out" follows what is said."""
    out = t.lemmas[c.anchor] == "point" and t.lower[c.anchor + 1 : c.anchor + 2] == ["out"]
    return out and "edge:none" not in c.marks


def _is_document(t: Tree, source: Range) -> bool:
    """Whether a source is a document: figures, a report, "polls measured by the institute"."""
    i, j = source
    k = next((x for x in range(i + 1, j) if t.tags[x] in {"IN", "VBN"} and t.tags[x - 1] in {"NN", "NNS"}), j) - 1
    return "document" in {roles().get(t.lower[k]), roles().get(t.lemmas[k])} or t.lemmas[k] in reporting_nouns()


def _speaks_after_comma(t: Tree, c: Candidate) -> bool:
    """Whether a whole quoted sentence follows a comma: "Tane defended the vote, “We were right.”"."""
    i, j = c.content[0]
    if t.words[i - 1] != "," or j - i < SHORTEST_SPEECH or t.quoted[i] < 0 or t.quote_tokens[t.quoted[i]] != (i, j):
        return False
    whole = t.words[i + 1][:1].isupper() and any(t.tags[k] in FINITE for k in range(i, j))
    return whole and source_type(t, c.source) in {"person", "name", "he"} and t.tags[c.anchor] in FINITE


def _shows_number(t: Tree, c: Candidate) -> bool:
    """Whether a verb of showing has a number in what it shows: "polls showed support at 30 percent"."""
    shows = "show" in reporting_verbs().get(t.lemmas[c.anchor], ())
    return shows and any(t.tags[k] == "CD" for i, j in c.content for k in range(i, j))


def _tallies(t: Tree, c: Candidate) -> bool:
    """Whether a body counts victims, or somebody owns up to losses.

    "the Archive counted 12 dead", "they admitted losing 30 men"; a land that "recorded 40 deaths" only suffered them.
    """
    beside = "src:shared" in c.marks and c.source and t.lower[c.source[0] - 1] == "with"
    if c.form not in {"right:args", "right:xcomp"} or "passive" in c.marks or not (beside or "src:parse" in c.marks):
        return False
    i, j = c.content[0]
    first = range(i, min(j, i + MOST_BEFORE))
    if not c.source or not any(t.tags[k] == "CD" or t.lower[k] in word_class("myriad") for k in first):
        return False
    verb, counted = t.lemmas[c.anchor], word_class("victim") & {*t.lemmas[i:j], *t.lower[i:j]}
    bare = {*t.tags[i:j]} <= {"CD", "RB"}  # "only 12"
    if beside:  # "…, with both sides reporting dozens of dead"
        return bool(counted) and "say" in reporting_verbs().get(verb, ())
    if verb in word_class("owning") and (bare or counted or t.tags[i] == "VBG"):
        return True
    return verb in word_class("tallying") and bool(counted or j - i == 1) and _is_body(t, c.source)


def _is_body(t: Tree, source: Range) -> bool:
    """Whether a source keeps count: officials, an office, a named body; not a land, a quake."""
    kind, named = source_type(t, source), [w for w in t.words[slice(*source)] if w.lower() != "the"]
    if t.lower[source[0]] in PRONOUNS:
        return False
    body = len(named) < source[1] - source[0] or len(named) > 1 or named[0].isupper()
    return kind in {"body", "people", "person"} or (kind == "name" and body and not countries_in(named))


def floor(t: Tree, c: Candidate) -> float:
    """The least confidence of a candidate, 0 to 1: 0 where its construction is not one of the plain ones."""
    if c.form == "colon:headline" and "first" in c.marks:
        return HEADLINE
    if c.form in {"noun:that", "noun:number"} and "src:possessor" in c.marks:
        return OWNED_NOUN
    if (c.form == "noun:number" and "src:by" in c.marks) or _tallies(t, c):
        return OWNED_NOUN
    if c.form == "view" or (c.form.startswith(("left:post", "around:post")) and _points_out(t, c)):
        return PUT_AT
    if c.form == "right:that" and "src:parse" in c.marks and _cites_between(t, c):
        return PUT_AT
    if "title" in c.marks:
        return HEADLINE
    if (
        c.form == "right:put at"
        and c.source
        and (t.lemmas[c.anchor] not in word_class("revising") or _is_body(t, c.source))
    ):
        return PUT_AT
    if c.form.startswith("right:") and "src:parse" in c.marks and _speaks_after_comma(t, c):
        return SPEECH
    quoted = c.form == "left:inverted" and {"edge:quote", "start:quote"} <= {*c.marks}
    if quoted and t.lemmas[c.anchor] in reporting_verbs() and source_type(t, c.source) in {"person", "people", "name"}:
        return SPEECH  # "“Shame on you,” shouted a deputy"
    if c.source and "passive" not in c.marks and _is_document(t, c.source):
        counts = (
            c.form in {"right:args", "right:ccomp", "right:rest"} and t.tags[c.anchor] in FINITE and _shows_number(t, c)
        )
        closes = c.form == "left:post" and "edge:," in c.marks and _shows_number(t, c)
        if "gap:that" in c.marks or counts or closes:  # "…, official figures showed"
            return DOCUMENT
    return 0.0
