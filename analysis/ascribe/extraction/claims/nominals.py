"""Noun phrases: by the parse where it holds, by the tags beside a word where it does not."""

from __future__ import annotations

from ascribe.extraction.claims.candidate import Range
from ascribe.extraction.claims.seams import first_phrase, last_phrase
from ascribe.extraction.claims.tree import CLOSERS, OPENERS, Tree
from ascribe.extraction.claims.words import days, word_class

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
INSIDE = NOUNS | {"DT", "PDT", "JJ", "JJR", "JJS", "CD", "PRP$", "POS", "HYPH", "AFX", "FW", "$", "ADD", "RBS"}
ENDS = NOUNS | {"CD", "PRP", "DT", "FW", "ADD", "JJ"}
CLAUSAL = frozenset({"acl", "parataxis", "conj", "advcl", "ccomp", "dep", "cop", "aux"})
LEADING = frozenset({"mark", "case", "discourse", "punct", "cc"})
MOST_KIDS = 60
LONGEST_MODIFIER = 8
"""Words of a relative clause or the like beyond which it is left out of the source."""


def phrase_left(t: Tree, end: int, least: int) -> int | None:
    """Where the noun phrase begins that ends just before token `end`, by the tags; None where none ends there."""
    links = word_class("link")
    i = _before_brackets(t, end, least)
    if i <= least or t.tags[i - 1] not in ENDS or t.lower[i - 1] in {"the", "a", "an"}:
        return None
    if t.tags[i - 1] == "PRP":
        return i - 1
    while i > least:
        k = i - 1
        noun_before = k > least and t.tags[k - 1] in NOUNS
        if i < end and t.tags[i] in {"DT", "PRP$"} and t.tags[k] in NOUNS | {"CD", "JJ"}:
            break  # another noun phrase ends where this one begins
        if t.tags[k] in INSIDE:
            i = k
        elif t.words[k] == ")" and i < end and _before_brackets(t, i, least) < i:
            i = _before_brackets(t, i, least)
        elif (
            (i < end and noun_before and (t.lower[k] in {"and", "&"} or (t.tags[k] == "IN" and t.lower[k] in links)))
            or (i < end and noun_before and t.words[k] in {"–", "-"} and t.tags[i] in {"NNP", "NNPS"})
            or (
                t.tags[k] in {"VBN", "VBG"}
                and i < end
                and t.tags[i] in NOUNS
                and k > least
                and (t.tags[k - 1] in {"DT", "JJ", "PRP$"})
            )
        ):
            i = k
        else:
            break
    return i if i < end else None


def _before_brackets(t: Tree, i: int, least: int) -> int:
    """`i`, or where the brackets open that close just before it: "the Institute (ISW)"."""
    if i > least and t.words[i - 1] == ")":
        for k in range(i - 2, max(least, i - 9), -1):
            if t.words[k] == "(":
                return k
    return i


def phrase_right(t: Tree, start: int, most: int, apposition: bool = True) -> int | None:
    """Where the noun phrase from token `start` on ends, by the tags, with or without its apposition in commas."""
    i = start
    if i < most and t.tags[i] == "PRP":
        return i + 1
    i = _core_right(t, i, most)
    if i == start:
        return None
    if i + 1 < most and t.words[i] == "(":
        for k in range(i + 1, min(most, i + 8)):
            if t.words[k] == ")":
                i = k + 1
                break
    if apposition and i + 1 < most and t.words[i] == ",":
        j = _core_right(t, i + 1, most)
        closed = j == most or t.words[j] in {",", ".", ":", ";"} or t.words[j] in CLOSERS
        if j > i + 1 and any(t.tags[k] in NOUNS for k in range(i + 1, j)) and closed:
            return j
    return i


def _core_right(t: Tree, i: int, most: int) -> int:
    links = word_class("link")
    last = start = i
    while i < most:
        if t.tags[i] in INSIDE:
            i += 1
            after_noun = t.tags[i - 1] == "JJ" and t.tags[i - 2] == "NNS"  # "sources close to the inquiry"
            if t.tags[i - 1] in ENDS and not after_noun:
                last = i
            continue
        if t.tags[i - 1] == "HYPH" and t.tags[i] == "IN" and t.words[i + 1 : i + 2] == ["-"]:
            i += 2  # "Commander-in-Chief"
            continue
        linked = t.lower[i] in {"and", "&"} or (t.tags[i] == "IN" and t.lower[i] in links) or t.words[i] == "–"
        if start < last == i and i + 1 < most and t.tags[i + 1] in INSIDE and linked:
            i += 1
        else:
            break
    return first_phrase(t, start, last)


def subtree_phrase(t: Tree, head: int, *, least: int = 0, most: int | None = None) -> Range | None:
    """The noun phrase that the parse builds on `head`, without long clauses and what leads in; None if none is left."""
    i, j = max(t.left[head], least), min(t.right[head], most if most is not None else len(t))
    for k in t.kids[head][:MOST_KIDS]:
        dep = t.deps[k]
        if k > head and dep in CLAUSAL:
            after_comma = t.words[t.left[k]] == "," or t.words[t.left[k] - 1] == ","
            if (
                t.right[k] - t.left[k] > LONGEST_MODIFIER
                or dep in {"parataxis", "ccomp", "advcl"}
                or (after_comma and dep == "acl")
            ):
                j = min(j, t.left[k])
        elif k < head and dep == "advmod":
            if t.words[t.right[k]] == "," or t.lower[k] in word_class("moment"):
                i = max(i, t.right[k])
        elif k < head and dep == "case" and t.tags[k + 1] == "CD":
            continue  # "around 200 people"
        elif k < head and dep in LEADING | {"parataxis", "ccomp", "advcl", "obl"}:
            i = max(i, t.right[k])
    return clean(t, i, j, head) if i <= head < j else None


def clean(t: Tree, i: int, j: int, head: int | None = None) -> Range | None:
    """The phrase without blanks, marks and leading adverbials: "On Wednesday, the ministry" is the ministry."""
    span = t.trim(i, j)
    while span and (t.words[span[0]] in OPENERS | CLOSERS or t.tags[span[0]] in {"CC", "WRB"}):
        span = t.trim(span[0] + 1, span[1])
    if span is None:
        return None
    i, j = span
    for k in range(i, j - 2):
        if t.words[k + 1] == "," and t.lower[k] in days():
            i = k + 2  # "… near Osk on Monday, the army": the clause before has been taken in
    while j - i > 1 and t.lower[j - 1] in days():
        j -= 2 if j - i > 2 and t.lower[j - 2] in {"on", "in", "late", "early"} else 1
    if t.tags[i] in {"IN", "RB", "TO", "VBG", "VBN"} or t.lower[i] in word_class("moment"):
        for k in range(i, head if head is not None else j - 1):
            if t.words[k] == "," and k + 1 < j:
                return clean(t, k + 1, j, head)
        if t.tags[i] == "IN" and t.tags[i + 1 : i + 2] != ["CD"]:
            i += 1
    return last_phrase(t, i, j), j
