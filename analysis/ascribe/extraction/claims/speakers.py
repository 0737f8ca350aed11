"""Who may be the speaker of a verb: its subject by the parse, or the noun phrase that stands beside it."""

from __future__ import annotations

import re

from ascribe.extraction.claims.candidate import Range
from ascribe.extraction.claims.nominals import (
    INSIDE,
    NOUNS,
    clean,
    phrase_left,
    phrase_right,
    subtree_phrase,
)
from ascribe.extraction.claims.places import FINITE
from ascribe.extraction.claims.seams import informants
from ascribe.extraction.claims.tree import CLOSERS, OPENERS, SUBJECTS, Tree
from ascribe.extraction.claims.words import days, reporting_verbs, roles, word_class
from ascribe.extraction.sources.words import calendar

RELATIVES = frozenset({"WP", "WDT"})
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
MOST = 5
"""Speakers proposed for one verb, at most."""


def subject_child(t: Tree, verb: int) -> int | None:
    """The subject that the parse gives the verb."""
    return t.subjects[verb] if t.subjects[verb] >= 0 else None


def inherited_subjects(t: Tree, verb: int) -> list[int]:
    """The subjects that a verb without one may share: of the verbs it is joined to or whose clauses it modifies."""
    v, found = verb, []
    for _ in range(6):
        if t.heads[v] == v or len(found) == 2:
            break
        v = t.heads[v]
        s = subject_child(t, v)
        if s is not None and s < verb:
            found.append(s)
    return found


def last_speaker(t: Tree, verb: int, least: int) -> list[int]:
    """The subject of the verb of saying that a participle goes on from: "… while Tane accused them, claiming that"."""
    known = reporting_verbs()
    if t.tags[verb] != "VBG" or t.lemmas[verb] not in known:
        return []
    for k in range(verb - 1, least, -1):
        if t.tags[k] in FINITE and t.lemmas[k] in known and t.quoted[k] == t.quoted[verb]:
            s = subject_child(t, k)
            return [s] if s is not None and least <= s < k and t.tags[s] not in RELATIVES else []
    return []


def beside(t: Tree, verb: int, least: int) -> list[Range]:
    """The noun phrases at the verb's left that could be its subject, by the tags."""
    k = verb
    while k > least and (t.tags[k - 1] in {"RB", "RBR"} or t.lower[k - 1] in word_class("moment")):
        k -= 1
        if t.lower[k] in days() and k > least and t.lower[k - 1] in {"on", "late", "early"}:
            k -= 1
    found: list[Range | None] = []
    if k > least + 1 and t.words[k - 1] in {",", "–", "—"}:
        mark = t.words[k - 1]
        c = k - 2
        while c > least and t.words[c] != mark and k - c < 28 and t.words[c] not in CLOSERS - {")"}:
            c -= 1
        if t.words[c] == mark and c > least:
            i = phrase_left(t, c, least)
            if i is not None:
                appositive = t.tags[c + 1] in INSIDE and k - 1 - c <= 16
                found.append(clean(t, i, k - 1 if appositive else c))
        j = phrase_right(t, least, c, apposition=False) if c > least else None
        if j and j < c and t.words[j] == ",":
            # The subject opens the sentence, with more than one aside between it and its verb.
            found.append((least, j))
        return [s for s in found if s]
    i = phrase_left(t, k, least)
    if i is not None and i > least and t.tags[i - 1] == "IN" and t.words[i][:1].isupper() and informants(t, i + 1, k):
        i += 1  # "60 miners were trapped in Osk aid workers said"
    if i is not None and i - 2 > least and t.lower[i - 1] == "by":
        # "A report seen by the Courier lists …", "a count by the agency shows …": what is told of the noun before.
        n = i - 2 if t.tags[i - 2] == "VBN" else i - 1
        j = phrase_left(t, n, least) if t.tags[n - 1] in NOUNS else None
        if j is not None:
            return [s for s in (clean(t, j, k, n - 1),) if s]
    if i is not None:
        if i - 1 > least and t.words[i - 1] == "," and t.tags[k - 1] in {"NN", "NNS"} and t.lower[i - 2] not in days():
            # "Tane, mayor of Osk said": an apposition whose second comma is missing.
            j = phrase_left(t, i - 1, least)
            named = j is not None and j < i - 1 and t.tags[i - 2] == "NNP" and t.tags[j] in {"NNP", "NNPS"}
            if named and not (j > least and t.tags[j - 1] == "IN"):  # not "died in Osk, the mayor said"
                found.append((j, k))
        found.append(clean(t, _from_name(t, i, k, least), k))
    return [s for s in found if s]


def _from_name(t: Tree, i: int, k: int, least: int) -> int:
    """Where the name begins whose title follows it with no comma: "Rafel Dorn the head of the Observatory"."""
    n = i
    while n > least and t.tags[n - 1] in {"NNP", "NNPS"} and i - n < 4:
        n -= 1
    titled = t.lower[i] == "the" and any(roles().get(t.lower[x]) == "person" for x in range(i, k))
    return n if titled and i - n in {2, 3} and t.tags[n - 1] != "IN" else i


def _two_phrases(t: Tree, parsed: Range, near: Range) -> bool:
    """Whether a subject is the end of a clause and, after its comma, the true one: "… 80 people, state television"."""
    i = near[0]
    if parsed[1] == near[1] and i > parsed[0] + 2 and t.lower[i - 1] == "and" and t.words[i - 2] == ",":
        return any(t.tags[k] in {"VBN", "VBD"} for k in range(parsed[0], i))  # "They called for it, and its head"
    if not (parsed[1] == near[1] and i > parsed[0] + 1 and t.words[i - 1] == ","):
        return False
    return t.tags[i - 2] in {"NNS", "NN", "CD"} and "and" not in t.lower[i : near[1]]


def _parted(t: Tree, i: int, j: int) -> bool:
    """Whether a colon or a semicolon stands between tokens `i` and `j`, outside of quotations."""
    return any(t.words[k] in {":", ";"} and t.quoted[k] < 0 for k in range(i, j))


def _after_place(t: Tree, parsed: Range, near: Range, a: int) -> bool:
    """Whether a subject begins with the place that a preposition led to: "were trapped in Osk aid workers said"."""
    led = parsed[0] > a and t.tags[parsed[0] - 1] == "IN"
    return led and near == (parsed[0] + 1, parsed[1]) and informants(t, *near)


def _fuller(t: Tree, parsed: Range, near: Range, verb: int) -> bool:
    """Whether the phrase beside the verb has more of the subject than the parse gave it.

    That is its beginning, the name after its title, its apposition, or the noun that ends it.
    """
    if near[0] < parsed[0] and near[1] == parsed[1]:
        return True
    if near[1] <= parsed[1]:
        return False
    between = t.tags[parsed[1] : near[1]]
    if near[0] <= parsed[0]:
        aside = t.words[parsed[1]] == "," and not FINITE & {*between}
        return aside or all(tag in {"NNP", "NNPS"} for tag in between)
    goes_on = near[0] < parsed[1] or (near[0] == parsed[1] and t.tags[near[0]] in NOUNS)
    return near[1] == verb and goes_on and all(tag in NOUNS | {"HYPH", "JJ"} for tag in between)


def _holds_clause(t: Tree, span: Range) -> bool:
    """Whether the phrase holds a finite verb that no relative word leads in."""
    for k in range(*span):
        if t.tags[k] in RELATIVES or t.lower[k] in {"that", "who", "which", "where", "when"} or t.quoted[k] >= 0:
            return False
        if t.tags[k] in FINITE:
            return True
    return False


def between(t: Tree, verb: int, least: int) -> Range | None:
    """All that stands between a quotation's end and the verb, where it is a name with its titles and appositions."""
    k = verb - 1
    if k <= least or t.words[k] in CLOSERS - {")"}:
        return None
    commas = 0
    while k > least and verb - k < 30 and t.words[k] not in CLOSERS - {")"}:
        if t.tags[k] in FINITE or t.words[k] in {";", ":", "."}:
            return None
        commas += t.words[k] == ","
        k -= 1
    if k <= least or t.quoted[k] < 0 or not commas:
        return None
    return clean(t, k + 1, verb)


def undated(t: Tree, span: Range) -> Range:
    """The phrase without a date that ran into it for want of a comma: "On 8 August Ana Lund", "On Monday officials"."""
    i, j = span
    i += j - i > 1 and bool(CLOCK.fullmatch(t.words[i]))  # "10:42 The army says", in a live report
    leads, dates = word_class("date lead"), calendar() | {"may"}
    while j - i > 2 and t.words[j - 1].isdigit() and t.lower[j - 2] in leads:
        j -= 2  # "officials cited on 11 | August said"
    start = i + (t.lower[i] in leads)
    if start + 2 < j:
        one, two = t.words[start : start + 2]
        if (one.isdigit() and two.lower() in dates) or (one.lower() in dates and two.isdigit()):
            year = start + 3 < j and t.words[start + 2].isdigit() and len(t.words[start + 2]) == 4
            return start + 2 + year, j
    before = t.lower[start - 1] if start else ""
    led = before.isdigit() or before in leads
    return (start + 1, j) if led and t.lower[start] in dates and start + 1 < j else (i, j)


def _innermost(t: Tree, i: int, end: int) -> int:
    """Where the one who speaks begins in "protests from the opposition", of which "which" tells."""
    k = next((x for x in range(end - 1, i, -1) if t.tags[x] == "IN"), None)
    if k is None or k + 1 >= end or t.tags[k - 1] not in {"NN", "NNS"}:
        return i
    speaks = {"person", "people", "body"}
    return k + 1 if roles().get(t.lower[k - 1]) not in speaks and roles().get(t.lower[end - 1]) in speaks else i


def speakers(t: Tree, v: int, cue: Range, a: int, b: int) -> list[tuple[Range, str]]:
    """The phrases that may be the speaker, each with how it was found.

    `parse`: the verb's own subject; `beside`: the phrase before it; `between`: all since a quotation's end;
    `relative`: what "who" stands for; `shared`: the subject of a verb it is joined to; `main`: the sentence's first
    subject; `quoted as`: X in "quoted X as saying"; `noun`: the noun that "saying" describes; `by`: the agent.
    """
    found: list[tuple[Range, str]] = []

    def add(span: Range | None, how: str) -> None:
        span = span and undated(t, span)
        words = t.lower[slice(*span)] if span else ()
        if len(words) == 2 and words[0] == "the" and words[1] in word_class("silent"):
            return  # "with the missing counted": the dead tell nothing
        if len(words) == 1 and t.tags[v] == "VBG" and t.tags[span[0]] in {"JJ", "JJR", "RB", "RBR"}:
            return  # "further remarking"
        if span and t.words[span[1] : span[1] + 1] == [":"] and words[0] in word_class("heading"):
            return  # "Correction: this desk put …"
        if words and words[-1] in word_class("moment") and len(words) > 1:
            span = span[0], span[1] - 1  # "Osk last acknowledged …"
        if span and not any(span == s for s, _ in found) and not span[0] <= v < span[1] and span[1] <= b:
            found.append((span, how))

    own = subject_child(t, v)
    near = beside(t, cue[0], a)
    if t.tags[v] == "VBG" and near and near[0][1] == cue[0] and t.lower[near[0][0] - 1] == "with" and near[0][0] > a:
        return [(near[0], "shared")]  # "…, with each side blaming the other"
    if own is not None and own < v and t.tags[own] not in RELATIVES:
        parsed = subtree_phrase(t, own, least=a, most=cue[0])
        if parsed and (_holds_clause(t, parsed) or _parted(t, parsed[1], cue[0])):
            parsed = None  # a clause that the parser took for a noun phrase, or one beyond a colon
        cut = next((s for s in near if parsed and _two_phrases(t, parsed, s)), None)
        if parsed and near and _after_place(t, parsed, near[0], a):
            cut = near[0]
        parsed = cut or parsed
        longer = next((s for s in near if parsed and _fuller(t, parsed, s, cue[0])), None)
        add(longer or parsed, "parse")
    if t.tags[v] not in {"VBG", "VB"} or not found:
        for span in near:
            if not any(s[0] < span[1] and span[0] < s[1] for s, _ in found):
                add(span, "beside")
    add(between(t, cue[0], a), "between")
    if cue[0] > a + 1 and t.tags[cue[0] - 1] in RELATIVES:
        end = cue[0] - 2 if t.words[cue[0] - 2] == "," else cue[0] - 1
        i = phrase_left(t, end, a)
        if i is not None and end - i == 1 and t.tags[i] == "CD" and i - 1 > a and t.words[i - 1] == ",":
            end = i - 1  # "Ana Tane, 24, who said"
            i = phrase_left(t, end, a)
        if i is not None:
            add(clean(t, _innermost(t, i, end), end), "relative")
    before = cue[0] - 1
    if own is None and before > a + 1 and t.lower[before] == "as" and t.tags[before - 1] == "VBN":
        k = before - 1  # "Tane was quoted as saying …"
        while k > a and (t.lower[k - 1] in word_class("auxiliary") or t.tags[k - 1] == "RB"):
            k -= 1
        return [(span, "parse") for span in beside(t, k, a)[:1]] if k < before - 1 else []
    if own is None and before > a and t.lower[before] == "as":
        i = phrase_left(t, before, a)
        if i is not None:
            quotes = t.subjects[i - 2] if t.lower[i - 1] == "by" and i - 2 >= a else -1
            quoted = subtree_phrase(t, quotes, least=a, most=i - 2) if quotes >= 0 else None
            return [(quoted, "quoted by")] if quoted else [((i, before), "quoted as")]
    adjacent = t.tags[v] in FINITE and any(s[1] == cue[0] for s, how in found if how == "beside")
    adjacent = adjacent or any(how == "relative" for _, how in found)
    if (own is None or t.tags[own] in RELATIVES) and not adjacent:
        for shared in last_speaker(t, v, a) or inherited_subjects(t, v):
            if shared >= a:
                add(subtree_phrase(t, shared, least=a, most=v), "shared")
        main = next((k for k in range(a, v) if t.deps[k] in SUBJECTS and t.tags[k] not in RELATIVES), None)
        if main is not None:
            add(subtree_phrase(t, main, least=a, most=v), "main")
        head = t.heads[v]
        if not found and t.tags[v] in FINITE and a <= head < v and t.tags[head] in NOUNS and t.deps[v] == "conj":
            i = phrase_left(t, head + 1, a)  # "The rebels (ODF), opposed … and said": the first verb was not seen
            add(clean(t, i, head + 1) if i is not None else None, "shared")
        if t.tags[v] == "VBG" and before >= a and not (t.words[before] == "," and last_speaker(t, v, a)):
            k = before if t.words[before] == "," else cue[0]
            i = phrase_left(t, k, a)
            if i is not None:
                add(clean(t, i, k), "noun")
    for k in range(v + 1, min(b, v + 4)):
        if t.lower[k] == "by" and t.tags[v] == "VBN":
            j = phrase_right(t, k + 1, b)
            if j and t.lower[k - 1] != t.lower[k + 1]:  # not "side by side"
                add((k + 1, j), "by")
            break
    return found[:MOST]


def speaker_after(t: Tree, v: int, a: int, b: int) -> Range | None:
    """The speaker after the verb: "…," said Tane; said the mayor of Osk."""
    if v + 1 >= b or t.tags[v + 1] in {"IN", "TO"} or t.words[v + 1] in OPENERS:
        return None
    j = phrase_right(t, v + 1, b)
    if j is None or t.lower[v + 1] in {"him", "her", "them", "us", "me"}:
        return None
    if j < b and (t.tags[j][:2] == "VB" or t.tags[j] == "MD"):
        return None
    return v + 1, j
