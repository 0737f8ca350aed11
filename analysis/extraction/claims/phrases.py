"""Attributions without a verb of the speaker's: according to X, reportedly, X's claim that …, "29 dead: NGO"."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.extraction.claims.candidate import Candidate, Range
from analysis.extraction.claims.nominals import NOUNS, phrase_left, phrase_right, subtree_phrase
from analysis.extraction.claims.tree import Tree
from analysis.extraction.claims.verbs import _ends, _whole, region
from analysis.extraction.claims.words import reporting_nouns

HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly", "reputedly", "apparently"})


def find(t: Tree) -> Iterator[Candidate]:
    """Every candidate whose cue is a phrase, an adverb, a noun or a colon."""
    nouns = reporting_nouns()
    for k, w in enumerate(t.lower):
        if w == "according" and k + 1 < len(t) and t.lower[k + 1] == "to":
            yield from _according(t, k, k + 2, "according")
        elif w == "per" and k + 1 < len(t) and t.tags[k + 1] in {"DT", "NNP"}:
            yield from _according(t, k, k + 1, "per")
        elif (
            w in {"words", "view", "opinion", "eyes"}
            and 1 < k < len(t) - 2
            and t.lower[k + 1] == "of"
            and (t.lower[k - 1] == "the" and t.lower[k - 2] in {"in"})
        ):
            yield from _according(t, k - 2, k + 2, "in the " + w)
        elif w in HEARSAY:
            yield from _hearsay(t, k)
        elif t.tags[k] in {"NN", "NNS"} and t.lemmas[k] in nouns:
            yield from _noun(t, k)
        elif w == ":":
            yield from _colon(t, k)


def _according(t: Tree, k: int, n: int, form: str) -> Iterator[Candidate]:
    a, b = region(t, k)
    j = phrase_right(t, n, b)
    head = t.heads[k] if t.heads[k] >= n else n
    parsed = subtree_phrase(t, head, least=n, most=b) if n <= head < b else None
    sources = []
    if parsed and parsed[0] <= n + 1:
        sources.append((parsed, "parse"))
    if j and (not sources or sources[0][0][1] != j):
        sources.append(((n, j), "beside"))
    for source, how in sources:
        marks = (f"src:{how}",)
        before = t.trim(a, k)
        after = t.trim(source[1], b)
        if before:
            starts: dict[int, str] = {before[0]: "sentence"}
            for c in range(k - 2, a, -1):
                if (
                    t.words[c] in {",", ";", "–", "—"}
                    and t.quoted[c] in {-1, t.quoted[k]}
                    and (t.lower[c + 1] in {"and", "but", "while", "although", "as", "with"} or t.words[c] == ";")
                ):
                    starts.setdefault(c + 1 + (t.lower[c + 1] in {"and", "but"}), "cut:" + t.lower[c + 1])
                    break
            for i, why in starts.items():
                ranges = _whole(t, i, k, t.quoted[k])
                if ranges:
                    yield Candidate(k, form + ":before", ranges, source, (k, n), marks=(*marks, "start:" + why))
                    if after and after[1] - after[0] > 2 and why == "sentence":
                        yield Candidate(k, form + ":around", (*ranges, after), source, (k, n), marks=marks)
        if after:
            for e, why in _ends(t, after[0], b, None, a, k):
                ranges = _whole(t, after[0], e, t.quoted[k])
                if ranges:
                    mark = "first" if not before or k - a < 2 else "not first"
                    yield Candidate(k, form + ":after", ranges, source, (k, n), marks=(*marks, "end:" + why, mark))


def _hearsay(t: Tree, k: int) -> Iterator[Candidate]:
    a, b = region(t, k)
    whole: list[tuple[tuple[Range, ...], str]] = []
    before, after = t.trim(a, k), t.trim(k + 1, b)
    if before and after:
        whole.append(((before, after), "around"))
    elif after or before:
        whole.append(((after or before,), "one side"))
    h = t.heads[k]
    if h != k:
        span = t.trim(max(t.left[h], a), min(t.right[h], b))
        if span and span[0] < k < span[1]:
            x, y = t.trim(span[0], k), t.trim(k + 1, span[1])
            if x and y:
                whole.append(((x, y), "head"))
            if y:
                whole.append(((y,), "head right"))
        elif span and span[0] > k:
            whole.append(((span,), "head"))
    if after:
        for e, why in _ends(t, after[0], b, None, a, k):
            ranges = _whole(t, after[0], e, t.quoted[k])
            if ranges:
                whole.append((ranges, why))
    done = set()
    for ranges, why in whole:
        if ranges not in done:
            done.add(ranges)
            yield Candidate(k, "hearsay", ranges, None, (k, k + 1), marks=("end:" + why,))


def _noun(t: Tree, k: int) -> Iterator[Candidate]:
    a, b = region(t, k)
    if k + 1 >= b:
        return
    sources: list[tuple[Range | None, str]] = []
    for g in t.kids[k]:
        if (
            g < k
            and t.tags[g] != "DT"
            and (
                t.tags[g] in {"PRP$", "NNP", "NN", "NNS"} and any(t.deps[g].startswith(d) for d in ("nmod", "compound"))
            )
        ):
            span = t.trim(max(t.left[g], a), t.right[g])
            if span:
                if t.tags[span[1] - 1] == "POS":
                    span = (span[0], span[1] - 1)
                sources.append((span, "possessor"))
        elif g == k - 1 and t.tags[g] == "JJ" and t.words[g][:1].isupper() and g > a:
            sources.append(((g, k), "demonym"))
    n = k + 1
    if t.lower[n] in {"by", "from"}:
        j = phrase_right(t, n + 1, b)
        if j:
            sources.append(((n + 1, j), "by"))
            n = j
    if n >= b:
        return
    starts: list[tuple[int, str]] = []
    if t.lower[n] == "that" and n + 1 < b:
        starts.append((n + 1, "that"))
    elif t.lower[n] in {"of", "about"} and n + 1 < b:
        starts.append((n + 1, "of"))
    elif t.lower[n] == "to" and n + 1 < b and t.tags[n + 1] == "VB":
        starts.append((n + 1, "to"))
    for i, form in starts:
        parsed = None
        for g in t.kids[k]:
            if g > k and t.left[g] <= i < t.right[g]:
                parsed = min(b, t.right[g])
        for e, why in _ends(t, i, b, parsed, a, k):
            ranges = _whole(t, i, e, t.quoted[k])
            if not ranges:
                continue
            for source, how in sources or [(None, "none")]:
                yield Candidate(k, "noun:" + form, ranges, source, (k, k + 1), marks=("src:" + how, "end:" + why))


def _colon(t: Tree, k: int) -> Iterator[Candidate]:
    """A speaker before a colon and the words after it, or a headline whose source comes last."""
    a, b = t.sentences[t.sentence[k]]
    pa, pb = t.reading.paragraphs[t.paragraph[k]]
    if t.quoted[k] >= 0 or k == a:
        return
    i = phrase_left(t, k, a)
    if i == a and k - a <= 12 and k + 1 < b:
        ranges = _whole(t, k + 1, b, -1)
        if ranges:
            quoted = "quote" if t.quoted[ranges[0][0]] >= 0 else "bare"
            yield Candidate(
                k, "colon:speaker", ranges, (a, k), None, marks=(quoted, "para start" if a == pa else "mid")
            )
    if pa == a and k + 1 < pb and pb - k <= 9 and t.words[pb - 1] not in {".", "?", "!"}:
        j = phrase_right(t, k + 1, pb)
        content = t.trim(a, k)
        if j == pb and content and any(t.tags[x] in NOUNS for x in range(k + 1, j)):
            yield Candidate(
                k, "colon:headline", (content,), (k + 1, pb), None, marks=("first" if pa == 0 else "later",)
            )
