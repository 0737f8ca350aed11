"""Noun phrases and subjects: by the parse where it holds, by the tags beside the verb where it does not."""

from __future__ import annotations

from analysis.extraction.claims.candidate import Range
from analysis.extraction.claims.tree import CLOSERS, Tree

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
INSIDE = NOUNS | {"DT", "PDT", "JJ", "JJR", "JJS", "CD", "PRP$", "POS", "HYPH", "AFX", "FW", "$", "ADD", "RBS"}
ENDS = NOUNS | {"CD", "PRP", "DT", "FW", "ADD", "JJ"}
LINKS = frozenset({"of", "for", "in", "at", "from", "with", "on"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
CLAUSAL = frozenset({"acl", "acl:relcl", "parataxis", "conj", "advcl", "ccomp", "punct", "cc", "dep", "cop", "aux"})
LONGEST_MODIFIER = 8
"""Words of a relative clause or the like beyond which it is left out of the source."""


def phrase_left(t: Tree, end: int, least: int) -> int | None:
    """Where the noun phrase begins that ends just before token `end`, by the tags; None where none ends there."""
    i = end
    if i > least and t.words[i - 1] == ")":
        k = i - 2
        while k > least and t.words[k] != "(" and i - k < 8:
            k -= 1
        if t.words[k] == "(":
            i = k
    if i <= least or t.tags[i - 1] not in ENDS or (t.tags[i - 1] == "DT" and t.lower[i - 1] in {"the", "a", "an"}):
        return None
    if t.tags[i - 1] == "PRP":
        return i - 1
    while i > least:
        k = i - 1
        if (
            t.tags[k] in INSIDE
            or (
                k > least
                and i < end
                and t.tags[k - 1] in NOUNS
                and ((t.tags[k] == "IN" and t.lower[k] in LINKS) or t.lower[k] in {"and", "&"})
            )
            or (
                t.tags[k] in {"VBN", "VBG"}
                and t.tags[i] in NOUNS
                and k > least
                and t.tags[k - 1] in {"DT", "JJ", "PRP$"}
            )
        ):
            i = k
        else:
            break
    return i if i < end else None


def phrase_right(t: Tree, start: int, most: int) -> int | None:
    """Where the noun phrase ends that begins at token `start`, by the tags, its apposition in commas taken in."""
    i = start
    if i < most and t.tags[i] == "PRP":
        return i + 1
    i = _core_right(t, i, most)
    if i == start:
        return None
    if i + 1 < most and t.words[i] == ",":
        j = _core_right(t, i + 1, most)
        if (
            j > i + 1
            and any(t.tags[k] in NOUNS for k in range(i + 1, j))
            and (j == most or t.words[j] in {",", ".", ":", ";"} or t.words[j] in CLOSERS)
        ):
            return j
    return i


def _core_right(t: Tree, i: int, most: int) -> int:
    last = i
    while i < most:
        if t.tags[i] in INSIDE:
            i += 1
            if t.tags[i - 1] in ENDS:
                last = i
        elif (
            last == i
            and last > 0
            and i + 1 < most
            and t.tags[i + 1] in INSIDE
            and ((t.tags[i] == "IN" and t.lower[i] in LINKS and t.tags[i - 1] in NOUNS) or t.lower[i] in {"and", "&"})
        ):
            i += 1
        else:
            break
    return last


def subtree_phrase(t: Tree, head: int, *, least: int = 0, most: int | None = None) -> Range | None:
    """The noun phrase that the parse builds on `head`, without long clauses; None where nothing is left."""
    i, j = max(t.left[head], least), min(t.right[head], most if most is not None else len(t))
    for k in t.kids[head]:
        if t.deps[k] in CLAUSAL:
            if k > head and (t.right[k] - t.left[k] > LONGEST_MODIFIER or t.deps[k] in {"parataxis", "ccomp", "advcl"}):
                j = min(j, t.left[k])
            elif k < head and t.deps[k] in {"parataxis", "ccomp", "advcl"}:
                i = max(i, t.right[k])
        elif k < head and t.deps[k] in {"mark", "case", "advmod", "discourse"}:
            i = max(i, t.right[k])
    i, j = max(i, least), min(j, len(t))
    if not i <= head < j:
        return None
    return t.trim(i, j)


def subject_child(t: Tree, verb: int) -> int | None:
    """The subject that the parse gives the verb."""
    for k in t.kids[verb]:
        if t.deps[k] in SUBJECTS:
            return k
    return None


def inherited_subject(t: Tree, verb: int) -> int | None:
    """The subject that a verb without one shares: of the verb it is joined to, or of the clause it modifies."""
    v, steps = verb, 0
    while steps < 6 and t.heads[v] != v:
        dep, head = t.deps[v], t.heads[v]
        if dep in {"acl", "acl:relcl"} and t.tags[head] in NOUNS and t.tags[v] != "VBG":
            return None
        v = head
        steps += 1
        s = subject_child(t, v)
        if s is not None and s < verb and s != verb:
            return s
    return None


def subjects_left(t: Tree, verb: int, least: int) -> list[Range]:
    """The noun phrases beside the verb, at its left, that could be its subject, by the tags."""
    k = verb
    while k > least and t.tags[k - 1] in {"RB", "RBR"}:
        k -= 1
    found: list[Range] = []
    if k > least + 1 and t.words[k - 1] in {",", "–", "—"}:
        c = k - 2
        while c > least and t.words[c] != t.words[k - 1] and k - c < 28 and t.words[c] not in CLOSERS:
            c -= 1
        if t.words[c] == t.words[k - 1] and c > least:
            i = phrase_left(t, c, least)
            if i is not None:
                whole = t.trim(i, k - 1)
                appositive = t.tags[c + 1] in INSIDE and k - 1 - c <= 16
                found.append(whole if appositive and whole else (i, c))
        return found
    i = phrase_left(t, k, least)
    if i is not None:
        if i - 1 > least and t.words[i - 1] == "," and t.tags[k - 1] in {"NN", "NNS"}:
            # "Tane, mayor of Osk said": an apposition whose second comma is missing.
            j = phrase_left(t, i - 1, least)
            if j is not None and j < i - 1 and t.tags[i - 2] == "NNP" and t.tags[j] in {"NNP", "NNPS"}:
                found.append((j, k))
        found.append((i, k))
    return found
