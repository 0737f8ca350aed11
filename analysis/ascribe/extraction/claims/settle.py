"""What the kept candidates make of one another: relays, nesting, and quotations that name no speaker of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from ascribe.extraction.claims.candidate import Candidate, Range
from ascribe.extraction.claims.ends import SPEAKING
from ascribe.extraction.claims.features import source_type
from ascribe.extraction.claims.nominals import phrase_right
from ascribe.extraction.claims.places import FINITE, free_standing, resumed
from ascribe.extraction.claims.tree import Tree
from ascribe.extraction.claims.words import reporting_verbs

Scored = tuple[float, Candidate]
AGENTS = frozenset({"person", "people", "body", "name", "document"})
MOST_NEAR = 200
"""Claims of one sentence that are compared with another, so that a text without stops costs no more."""
BARE = 0.6
"""The confidence of a bare quotation credited to the speaker before it."""
SHORTEST_BARE = 4
"""Tokens of a quotation below which it is a phrase, not a statement."""


def words_in(ranges: tuple[Range, ...]) -> int:
    """How many tokens the ranges hold."""
    return sum(j - i for i, j in ranges)


def overlap(a: tuple[Range, ...], b: tuple[Range, ...]) -> int:
    """How many tokens both hold."""
    return sum(max(0, min(j, m) - max(i, k)) for i, j in a for k, m in b)


def same(a: tuple[Range, ...], b: tuple[Range, ...]) -> float:
    """Shared tokens over all tokens."""
    both = overlap(a, b)
    return both / (words_in(a) + words_in(b) - both) if both else 0.0


def within(inner: Candidate, outer: Candidate) -> bool:
    """Whether one attribution, its cue and all, stands in the content of another."""
    parts = (*inner.content, *([inner.cue] if inner.cue else []))
    return inner is not outer and overlap(parts, outer.content) >= words_in(parts)


def unique(t: Tree, ranked: list[Scored]) -> list[Scored]:
    """Each content once: of two that say the same the likelier one, unless one truly stands within the other."""
    kept: list[Scored] = []
    near: dict[int, list[Candidate]] = {}
    for p, c in ranked:
        k = t.sentence[c.anchor]
        rivals = [r for s in (k - 1, k, k + 1) for r in near.get(s, ())[-MOST_NEAR:]]
        if any(same(c.content, r.content) >= 0.7 and not _nested(t, c, r) for r in rivals):
            continue
        kept.append((p, c))
        near.setdefault(k, []).append(c)
    return kept


def _nested(t: Tree, a: Candidate, b: Candidate) -> bool:
    """Whether one stands within the other and has a speaker of its own: not so "they" in "they said they believed"."""
    inner = a if within(a, b) else b if within(b, a) else None
    if inner is None or inner.source is None:
        return False
    outer = b if inner is a else a
    return t.tags[inner.source[0]] != "PRP" or (outer.cue is not None and outer.cue[0] > inner.source[0])


def settle(t: Tree, kept: list[Scored], phrases: list[Candidate]) -> list[Scored]:
    """The claims with their relays, without the relays as claims of their own, and with the bare quotations.

    `phrases` are the best candidates of every "according to" and the like, kept or not.
    """
    kept = [(p, _citing(t, c)) for p, c in kept]
    cited = {c.cue[0] for _, c in kept if c.cue and c.marks[-1:] == ("citing",)}
    kept = [(p, c) for p, c in kept if c.anchor not in cited or c.marks[-1:] == ("citing",)]
    relays: dict[int, list[Range]] = {}
    dropped: set[int] = set()
    place = {c.anchor: n for n, (_, c) in enumerate(kept)}
    after = {r.anchor: r for r in phrases if r.source}
    around = _around(t, [c for _, c in kept])
    for n, (_, c) in enumerate(kept):
        if c.cue is None or t.tags[c.anchor][:2] != "VB":
            continue
        end = max(c.cue[1], c.source[1] if c.source else 0)
        for k in range(end, end + 4):
            r = after.get(k)
            if r and t.sentence[k] == t.sentence[end - 1] and all(not i <= k < j for i, j in c.content):
                relays.setdefault(n, []).append(r.source)
                dropped |= {place[k]} if k in place else set()
        for outer in around(c):
            if _passes_on(t, c, outer):
                relays.setdefault(n, []).extend((outer.source, *outer.via))
                dropped.add(place[outer.anchor])
    settled: list[Scored] = []
    for n, (p, c) in enumerate(kept):
        if n not in dropped:
            via = tuple(dict.fromkeys((*c.via, *relays.get(n, ()))))
            settled.append((p, dataclasses.replace(c, via=via)))
    settled = _parted(t, settled)
    settled += _bare(t, settled)
    return _outward(t, settled)


def _parted(t: Tree, kept: list[Scored]) -> list[Scored]:
    """The claims, each ended before the next verb of its own speaker: "denied that … and accused …" are two."""
    by_source: dict[Range, list[int]] = {}
    for _, c in kept:
        says = SPEAKING & reporting_verbs().get(t.lemmas[c.anchor], frozenset())
        if c.source and c.cue and says and t.tags[c.anchor] in FINITE | {"VBG", "VBN"} and c.anchor >= c.source[1]:
            by_source.setdefault(c.source, []).append(c.cue[0])
    done = []
    for p, c in kept:
        i, j = c.content[-1]
        cut = next((k for k in sorted(by_source.get(c.source, ())) if i < k < j and k > c.anchor), None)
        if cut is not None and (end := _joint(t, i, cut)):
            c = dataclasses.replace(c, content=(*c.content[:-1], (i, end)))
        done.append((p, c))
    return done


def _joint(t: Tree, i: int, k: int) -> int | None:
    """Where what comes before a verb at `k` ends, if "and" or a comma joins the verb to another of its subject's."""
    if t.tags[k] == "VBG" or t.lower[k - 1] in {"and", "but"}:
        span = t.trim(i, k - (t.lower[k - 1] in {"and", "but"}))
        joined = t.lower[k - 1] in {"and", "but", ","} or t.quoted[k - 1] >= 0
        shared = span and t.tags[span[1] - 1] == "IN"  # "impeached for, and convicted of"
        return span[1] if span and joined and not shared and span[1] - i > 1 else None
    return None


def _around(t: Tree, claims: list[Candidate]) -> Callable[[Candidate], list[Candidate]]:
    """A function that gives the claims, with sources, that one stands within, the innermost first."""
    by_sentence: dict[int, list[Candidate]] = {}
    for c in claims:
        for i, j in c.content:
            for s in range(t.sentence[i], t.sentence[j - 1] + 1):
                by_sentence.setdefault(s, []).append(c)

    def around(c: Candidate) -> list[Candidate]:
        near = dict.fromkeys(by_sentence.get(t.sentence[c.anchor], ())[:MOST_NEAR])
        return sorted((o for o in near if o.source and within(c, o)), key=lambda o: words_in(o.content))

    return around


def _passes_on(t: Tree, inner: Candidate, outer: Candidate) -> bool:
    """Whether the outer attribution does no more than relay the inner one: "the agency reported that Tane said …"."""
    if t.lemmas[outer.anchor] not in {"report", "quote", "cite", "according", "accord"}:
        return False
    told = (*inner.content, *([inner.cue] if inner.cue else []))
    parts = ((min(i for i, _ in told), max(j for _, j in told)), *([inner.source] if inner.source else []))
    return overlap(parts, outer.content) >= 0.75 * words_in(outer.content)


def _citing(t: Tree, c: Candidate) -> Candidate:
    """ "P, citing X, reported …" is X's, relayed by P; so is "according to P, which cited X, …"."""
    told = t.tags[c.anchor][:2] == "VB" or c.form.startswith("according")
    if c.source is None or c.cue is None or not told:
        return c
    a, b = t.sentences[t.sentence[c.anchor]]
    after = max(j for _, j in c.content)
    near = (c.source[1], c.cue[1], after)
    places = [k for start in near for k in range(start, min(b, start + 3)) if not start < c.cue[0] <= k]
    places += range(c.cue[1], c.content[0][0])  # "reported in March, citing two doctors, that …"
    if c.source[0] > a + 2 and t.words[c.source[0] - 1] == ",":
        places.append(a)  # "Citing two doctors, the paper said …"
    for k in places:
        citing = t.tags[k] == "VBG" or (t.tags[k] in FINITE and t.tags[k - 1] == "WDT")
        if not citing or "quote" not in reporting_verbs().get(t.lemmas[k], ()) or k == c.anchor:
            continue
        j = phrase_right(t, k + 1, b, apposition=False)
        if j and source_type(t, (k + 1, j)) in AGENTS and not overlap(((k, j),), c.content):
            via = (c.source, *(v for v in c.via if v != (k + 1, j)))
            return dataclasses.replace(c, source=(k + 1, j), cue=(k, k + 1), via=via, marks=(*c.marks, "citing"))
    return c


def _bare(t: Tree, kept: list[Scored]) -> list[Scored]:
    """Quotations that stand alone and that nobody was given yet, credited to the speaker before them."""
    taken = [False] * (len(t) + 1)
    for _, c in kept:
        if t.quoted[c.anchor] >= 0 and c.cue:
            continue  # what is told within a quotation leaves the quotation itself without a speaker
        for i, j in (*c.content, *([c.cue] if c.cue else [])):
            taken[i:j] = [True] * (j - i)
    speakers = sorted(
        ((c.content[-1][1], c.anchor, c) for _, c in kept if c.source and t.quoted[c.anchor] < 0), key=lambda x: x[:2]
    )
    found: list[Scored] = []
    at = 0
    last: Candidate | None = None
    for q, (i, j) in enumerate(t.quote_tokens):
        while at < len(speakers) and speakers[at][0] <= i:
            last = speakers[at][2]
            at += 1
        if last is None or j - i < SHORTEST_BARE or any(taken[i:j]) or not free_standing(t, q):
            continue
        here = t.paragraph[i]
        there = t.paragraph[last.content[-1][1] - 1]
        if here - there > 1 or (here != there and t.reading.paragraphs[here][0] != i):
            continue
        more, _ = resumed(t, q, j - 1)
        more = [m for m in more if not any(taken[m[0] : m[1]])]
        for x, y in [(i, j), *more]:
            taken[x:y] = [True] * (y - x)
        found.append((BARE, Candidate(i, "bare", ((i, j), *more), last.source, None, last.via)))
    return found


def _outward(t: Tree, kept: list[Scored]) -> list[Scored]:
    """Add to each nested claim the sources of the claims around it, innermost first, as its relays."""
    around = _around(t, [c for _, c in kept])
    done = []
    for p, c in kept:
        via = (*c.via, *(s for o in around(c) for s in (o.source, *o.via) if s != c.source))
        done.append((p, dataclasses.replace(c, via=tuple(dict.fromkeys(via)))))
    return done
