"""Attributions by a verb: said that …, …, she said, accused X of …, are believed to …, quoted X as saying …"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.extraction.claims.candidate import Candidate, Range
from analysis.extraction.claims.nominals import (
    NOUNS,
    inherited_subject,
    phrase_left,
    phrase_right,
    subject_child,
    subjects_left,
    subtree_phrase,
)
from analysis.extraction.claims.tree import CLOSERS, Tree
from analysis.extraction.claims.words import reporting_verbs

OPENERS = frozenset({'"', "“", "„", "‘", "``", "«", "'"})
AUXILIARIES = frozenset(
    {
        "be",
        "have",
        "do",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "'s",
        "’s",
        "'ve",
        "’ve",
        "'d",
        "’d",
        "'ll",
        "is",
        "are",
        "was",
        "were",
        "has",
        "had",
    }
)
COMPLEMENTS = frozenset({"ccomp", "xcomp", "parataxis", "obj", "obl", "advcl", "acl", "nmod", "csubj", "conj", "iobj"})
CUTS = frozenset(
    {
        "while",
        "although",
        "though",
        "whereas",
        "after",
        "before",
        "when",
        "as",
        "but",
        "because",
        "which",
        "who",
        "despite",
        "following",
        "amid",
        "since",
        "until",
        "where",
        "with",
        "and",
        "according",
        "citing",
    }
)
REACH = 12
"""Words between a verb and the clause or quotation that it introduces."""


def region(t: Tree, i: int) -> Range:
    """Where a cue at `i` finds its source and content: its sentence, or its quotation's part of it."""
    a, b = t.sentences[t.sentence[i]]
    q = t.quoted[i]
    if q >= 0:
        qa, qb = t.quote_tokens[q]
        inner = (qa + 1 if t.words[qa] in OPENERS else qa), (qb - 1 if t.words[qb - 1] in CLOSERS else qb)
        return max(a, inner[0]), min(b, inner[1])
    if t.quoted[a] >= 0:
        a = t.quote_tokens[t.quoted[a]][0]
    if t.quoted[b - 1] >= 0:
        b = t.quote_tokens[t.quoted[b - 1]][1]
    return a, b


def verb_group(t: Tree, v: int, least: int) -> Range:
    """The verb with its auxiliaries and the adverbs between them: "has repeatedly denied"."""
    i = k = v
    while k > least and v - k < 6:
        k -= 1
        if t.lower[k] in AUXILIARIES or t.tags[k] == "MD" or t.lemmas[k] in {"be", "have", "do"}:
            i = k
        elif not (t.tags[k] == "RB" or t.lower[k] in {"not", "n't", "n’t"}):
            break
    return i, v + 1


def find(t: Tree) -> Iterator[Candidate]:
    """Every candidate whose cue is a verb."""
    known = reporting_verbs()
    for v, tag in enumerate(t.tags):
        if tag[:2] != "VB":
            continue
        lemma = t.lemmas[v]
        if t.deps[v] in {"aux", "cop"} or lemma in {"be", "have", "do"}:
            continue
        yield from _of_verb(t, v, lemma in known)


def _of_verb(t: Tree, v: int, known: bool) -> Iterator[Candidate]:
    a, b = region(t, v)
    if not a <= v < b:
        return
    cue = verb_group(t, v, a)
    passive = t.tags[v] == "VBN" and any(
        t.lemmas[k] in {"be", "get"} or t.lower[k] in {"'s", "’s"} for k in range(*cue)
    )
    sources = _sources(t, v, cue, a, b)
    right = list(_right(t, v, cue, a, b, known))
    inverted = None
    if not known and not right and not (cue[0] > a and t.words[cue[0] - 1] in CLOSERS):
        if not sources or sources[0][1] != "beside":
            return
    base = ("passive",) if passive else ()
    if passive:
        yield from _passive(t, v, cue, a, b, right)
    for source, how in sources:
        begin = source[0]
        marks = (*base, f"src:{how}")
        for content, form, seen in right:
            if not _apart(source, content):
                continue
            yield Candidate(v, form, content, source, cue, marks=(*marks, *seen))
        if how in {"parse", "beside"} and begin > a and source[1] <= cue[0]:
            yield from _left(t, v, begin, source, cue, a, b, "post", marks)
    inverted = _inverted(t, v, a, b)
    if inverted:
        yield from _left(t, v, cue[0], inverted, cue, a, b, "inverted", (*base, "src:after"))
        if not sources or t.words[cue[0] - 1] in OPENERS | {","}:
            for content, form, seen in right:
                if content[0][0] >= inverted[1]:
                    yield Candidate(v, form + "/inverted", content, inverted, cue, marks=(*base, *seen, "src:after"))
    if not sources and not passive:
        for content, form, seen in right:
            yield Candidate(v, form, content, None, cue, marks=(*base, *seen, "src:none"))


def _apart(source: Range, content: tuple[Range, ...]) -> bool:
    return all(source[1] <= i or j <= source[0] for i, j in content)


def _sources(t: Tree, v: int, cue: Range, a: int, b: int) -> list[tuple[Range, str]]:
    """The phrases that may be the speaker, each with how it was found: parse, beside, shared, relative, noun, by."""
    found: list[tuple[Range, str]] = []

    def add(span: Range | None, how: str) -> None:
        if span and span[0] < span[1] and not any(span == s for s, _ in found) and not (span[0] <= v < span[1]):
            found.append((span, how))

    own = subject_child(t, v)
    if own is not None and own < v and t.tags[own] not in {"WP", "WDT"}:
        add(subtree_phrase(t, own, least=a, most=cue[0]), "parse")
    beside = subjects_left(t, cue[0], a)
    if t.tags[v] not in {"VBG", "VB"} or not found:
        for span in beside:
            if not any(s[0] < span[1] and span[0] < s[1] for s, _ in found):
                add(span, "beside")
    if own is not None and t.tags[own] in {"WP", "WDT"} and own > a:
        end = own - 1 if t.words[own - 1] == "," else own
        i = phrase_left(t, end, a)
        if i is not None:
            add((i, end), "relative")
    if own is None and t.tags[v] in {"VBG", "VBN", "VBD", "VB", "VBP", "VBZ"}:
        shared = inherited_subject(t, v)
        if shared is not None and shared >= a:
            add(subtree_phrase(t, shared, least=a, most=v), "shared")
        if cue[0] - 1 > a and t.lower[cue[0] - 1] == "as":
            i = phrase_left(t, cue[0] - 1, a)
            if i is not None:
                add((i, cue[0] - 1), "quoted as")
        if t.tags[v] == "VBG" and cue[0] > a:
            k = cue[0] - 1 if t.words[cue[0] - 1] == "," else cue[0]
            i = phrase_left(t, k, a)
            if i is not None:
                add((i, k), "noun")
    for k in range(v + 1, min(b, v + 4)):
        if t.lower[k] == "by" and t.tags[v] == "VBN":
            j = phrase_right(t, k + 1, b)
            if j:
                add((k + 1, j), "by")
            break
    return found[:4]


def _inverted(t: Tree, v: int, a: int, b: int) -> Range | None:
    """The speaker after the verb: "…," said Tane; said the mayor of Osk."""
    if v + 1 >= b or t.tags[v + 1] in {"IN", "TO"} or t.words[v + 1] in OPENERS:
        return None
    j = phrase_right(t, v + 1, b)
    if j is None or (t.tags[v + 1] == "PRP" and t.lower[v + 1] in {"him", "her", "them", "us", "me"}):
        return None
    if j < b and (t.tags[j][:2] == "VB" or t.tags[j] == "MD"):
        return None
    return v + 1, j


def _complement_start(t: Tree, v: int, b: int) -> tuple[int, str] | None:
    """Where the reported clause begins, and what shows it: the word "that", a colon, a quotation mark."""
    depth = 0
    for k in range(v + 1, min(b, v + 1 + REACH)):
        w = t.lower[k]
        if (
            w == "that"
            and t.tags[k] in {"IN", "WDT", "DT"}
            and (k == v + 1 or t.tags[k] == "IN" or t.tags[k - 1] not in {"IN"})
        ):
            if t.tags[k] == "DT" and k + 1 < b and t.tags[k + 1] in NOUNS:
                return (k, "bare") if k == v + 1 else None
            return (k + 1, "that") if k + 1 < b else None
        if w == ":":
            return (k + 1, "colon") if k + 1 < b else None
        if (
            t.words[k] in OPENERS
            and t.quoted[k] >= 0
            and t.quoted[k] != t.quoted[v]
            and (t.quote_tokens[t.quoted[k]][0] == k)
        ):
            return k, "quote"
        if t.words[k] in {";", ".", "?", "!"} or (t.words[k] == "," and k == v + 1 and t.words[k + 1 : k + 2] == [","]):
            return None
        depth += t.words[k] == ","
        if depth > 2:
            return None
    return None


def _right(t: Tree, v: int, cue: Range, a: int, b: int, known: bool):
    """The contents that may follow the verb: `(ranges, form, marks)`."""
    starts: list[tuple[int, str, int | None]] = []
    clause = None
    for k in t.kids[v]:
        if k > v and t.deps[k] in {"ccomp", "xcomp", "parataxis"} and k < b:
            clause = k
            break
    if clause is None:
        for k in t.kids[v]:
            # "said last week that …": the clause hangs on the week.
            if k > v and t.deps[k] in {"obl", "obj", "nmod", "iobj", "advmod"}:
                for g in t.kids[k]:
                    if t.deps[g] in {"acl", "acl:relcl", "ccomp"} and t.lower[t.left[g]] == "that":
                        clause = g
                        break
    marker = _complement_start(t, v, b)
    if clause is not None:
        i = max(t.left[clause], v + 1)
        dep = t.deps[clause]
        while i < clause and (
            t.words[i] in {",", ":"} or t.lower[i] == "that" or (t.tags[i] == "IN" and t.lower[i] == "that")
        ):
            i += 1
        starts.append((i, dep, min(t.right[clause], b)))
    if marker and not any(s == marker[0] for s, _, _ in starts):
        starts.append((*marker, None))
    arguments = [
        k
        for k in t.kids[v]
        if k > v and k < b and t.deps[k] in {"obj", "obl", "xcomp", "ccomp", "advcl", "iobj", "nmod", "dep"}
    ]
    if arguments and t.words[min(v + 1, b - 1)] not in {",", ":"}:
        i = v + 1
        form = "args"
        if t.lower[i] in {"of", "for", "against", "on", "about", "to", "as", "with"} and t.tags[i] in {
            "IN",
            "RP",
            "TO",
        }:
            if not (t.lower[i] == "to" and t.tags[i] == "TO" and i + 1 < b and t.tags[i + 1] == "VB"):
                form = "args:" + t.lower[i]
                i += 1
        if (not any(s == i for s, _, _ in starts) and i < b) or (
            starts and starts[0][0] == i and starts[0][1] in {"xcomp"}
        ):
            starts.append((i, form, min(b, max(t.right[k] for k in arguments))))
    if not starts and known and v + 2 < b and t.words[v + 1] not in {",", ".", ";"}:
        starts.append((v + 1, "rest", None))
    seen = set()
    for i, form, parsed in starts[:4]:
        if i >= b:
            continue
        for j, how in _ends(t, i, b, parsed, a, v):
            ranges = _whole(t, i, j, t.quoted[v])
            if ranges and (ranges, form) not in seen:
                seen.add((ranges, form))
                yield ranges, "right:" + form, (f"end:{how}",)


def _ends(t: Tree, i: int, b: int, parsed: int | None, a: int, v: int) -> list[tuple[int, str]]:
    """Where a content that begins at `i` may end: the parse's edge, the sentence's end, the commas that may cut it."""
    found: dict[int, str] = {}
    if parsed is not None and parsed > i:
        found[parsed] = "parse"
    if t.quoted[i] >= 0 and t.quoted[i] != t.quoted[v]:
        found.setdefault(t.quote_tokens[t.quoted[i]][1], "quote")
    cuts = []
    for k in range(i + 2, b - 1):
        if t.words[k] in {",", "–", "—", ";"} and (t.quoted[k] < 0 or t.quoted[k] == t.quoted[v]):
            n = t.lower[k + 1]
            if t.tags[k + 1] == "VBG" or n in CUTS or t.words[k] != ",":
                cuts.append(k)
        elif t.lower[k] in {"according", "adding"} and t.words[k - 1] != ",":
            cuts.append(k)
    if cuts:
        found.setdefault(
            cuts[0], "cut:" + (t.lower[cuts[0] + 1] if t.lower[cuts[0] + 1] in CUTS else t.tags[cuts[0] + 1])
        )
        found.setdefault(
            cuts[-1], "lastcut:" + (t.lower[cuts[-1] + 1] if t.lower[cuts[-1] + 1] in CUTS else t.tags[cuts[-1] + 1])
        )
    found.setdefault(b, "sentence")
    return list(found.items())


def _whole(t: Tree, i: int, j: int, home: int) -> tuple[Range, ...] | None:
    """The range trimmed, its edges moved out of the middle of a quotation."""
    span = t.trim(i, j)
    if span is None:
        return None
    i, j = span
    q = t.quoted[i]
    if q >= 0 and q != home and i > t.quote_tokens[q][0] and t.words[i - 1] in OPENERS:
        i = t.quote_tokens[q][0]
    q = t.quoted[j - 1]
    if q >= 0 and q != home:
        j = t.quote_tokens[q][1]
    return ((i, j),)


def _left(
    t: Tree, v: int, begin: int, source: Range, cue: Range, a: int, b: int, form: str, marks
) -> Iterator[Candidate]:
    """Contents before the speaker: "…, Tane said", and around: "…, Tane said, …"."""
    after = max(source[1], cue[1])
    k = begin - 1
    if k <= a:
        return
    q = t.quoted[k]
    edge = "none"
    if q >= 0 and q != t.quoted[v]:
        edge = "quote"
    elif t.words[k] in {",", "–", "—", "-", "…", "?", "!"}:
        edge = t.words[k]
        if t.quoted[k - 1] >= 0 and t.quoted[k - 1] != t.quoted[v]:
            edge, q = "quote", t.quoted[k - 1]
    starts: dict[int, str] = {}
    if edge == "quote":
        qa, qb = t.quote_tokens[q]
        starts[qa] = "quote"
        if a < qa:
            starts.setdefault(a, "sentence")
    else:
        starts[a] = "sentence"
    for c in range(k - 1, a, -1):
        if (
            t.words[c] in {",", ";", "–", "—", ":"}
            and t.quoted[c] in {-1, t.quoted[v]}
            and (t.lower[c + 1] in {"and", "but", "while", "although", "as"} or t.words[c] in {";", ":"})
        ):
            starts.setdefault(
                c + 1 + (t.lower[c + 1] in {"and", "but"}), "cut:" + t.lower[c + 1] if t.words[c] == "," else "cut:;"
            )
            break
    rest = _resumed(t, v, after, b)
    for i, how in starts.items():
        ranges = _whole(t, i, begin, t.quoted[v])
        if not ranges or ranges[0][1] > begin:
            continue
        seen = (*marks, f"edge:{edge}", f"start:{how}")
        yield Candidate(v, "left:" + form, ranges, source, cue, marks=seen)
        for r, why in rest:
            yield Candidate(v, "around:" + form, (*ranges, r), source, cue, marks=(*seen, "rest:" + why))


def _resumed(t: Tree, v: int, after: int, b: int) -> list[tuple[Range, str]]:
    """What goes on after the speaker's words in the same sentence: a quotation, or the clause after a comma."""
    found = []
    for k in range(after, min(b - 1, after + REACH)):
        n = k + 1
        if (
            t.quoted[n] >= 0
            and t.quoted[n] != t.quoted[v]
            and t.quote_tokens[t.quoted[n]][0] == n
            and t.words[k] in {",", ":", "–", "—"}
        ):
            found.append((t.quote_tokens[t.quoted[n]], "quote"))
            break
        if t.words[k] in {",", "–", "—"}:
            if t.tags[n] == "VBG" or t.lower[n] in {"who", "which", "according", "and"}:
                break
            span = t.trim(n, b)
            if span and span[1] - span[0] >= 2:
                found.append((span, "clause:" + ("near" if k <= after + 1 else "far")))
            break
    return found


def _passive(t: Tree, v: int, cue: Range, a: int, b: int, right) -> Iterator[Candidate]:
    """ "It is believed that …", "300 are believed to have died", "was described as … by the police"."""
    own = subject_child(t, v)
    subject = subtree_phrase(t, own, least=a, most=cue[0]) if own is not None and own < v else None
    if subject is None:
        i = phrase_left(t, cue[0], a)
        subject = (i, cue[0]) if i is not None else None
    agent = None
    for k in range(v + 1, min(b, v + 20)):
        if t.lower[k] == "by" and (t.heads[t.heads[k]] == v or k == v + 1):
            j = phrase_right(t, k + 1, b)
            agent = (k + 1, j) if j else None
            break
    expletive = subject is not None and subject[1] - subject[0] == 1 and t.lower[subject[0]] == "it"
    seen = ("passive", "agent" if agent else "no agent", "expletive" if expletive else "subject")
    for content, form, marks in right:
        if agent and not _apart(agent, content):
            content = ((content[0][0], agent[0] - 1),) if content[0][0] < agent[0] - 1 else None
        if not content:
            continue
        yield Candidate(v, form + "/passive", content, agent, cue, marks=(*seen, *marks))
        if subject and not expletive:
            yield Candidate(v, form + "/passive+", (subject, *content), agent, cue, marks=(*seen, *marks))
    if subject and not expletive and agent:
        yield Candidate(v, "passive:agent", (subject,), agent, cue, marks=seen)
    if subject and agent is None and a + 1 < cue[0]:
        span = t.trim(a, b)
        if span:
            yield Candidate(v, "passive:sentence", (span,), None, cue, marks=seen)
