"""Attributions without a verb of the speaker's: according to X, reportedly, X's claim that …, "29 dead: NGO"."""

from __future__ import annotations

from collections.abc import Iterator

from ascribe.extraction.claims.candidate import Candidate, Range
from ascribe.extraction.claims.ends import ends
from ascribe.extraction.claims.features import source_type
from ascribe.extraction.claims.nominals import INSIDE, NOUNS, phrase_left, phrase_right, subtree_phrase
from ascribe.extraction.claims.places import FINITE, cites, region, whole
from ascribe.extraction.claims.speakers import subject_child
from ascribe.extraction.claims.tree import TERMINAL, Tree
from ascribe.extraction.claims.words import denials, months_and_days, reporting_nouns, word_class

OWNERS = frozenset({"NNP", "NNPS", "POS", "PRP$"})
RECKONINGS = frozenset({"estimate", "report", "count", "account", "reckoning", "tally"})
RELAYS = frozenset({"report", "tell", "say", "state", "announce", "note", "inform", "confirm"})
"""What "as … by the ministry" opens."""
VIEWS = frozenset({"words", "view", "opinion", "eyes"})


def find(t: Tree) -> Iterator[Candidate]:
    """Every candidate whose cue is a phrase, an adverb, a noun or a colon."""
    nouns, hearsay, watchers = reporting_nouns(), word_class("hearsay"), word_class("watcher")
    for k, w in enumerate(t.lower):
        following = t.lower[k + 1] if k + 1 < len(t) else ""
        if w == "according" and following == "to":
            yield from _according(t, k, k + 2, "according")
        elif w == "per" and following and t.tags[k + 1] in {"DT", "NNP"} and not _no_source(t, k):
            yield from _according(t, k, k + 1, "per")
        elif w == "by" and (k == 0 or t.tags[k - 1] not in {"VBN", "VBD"}) and following and _reckoning(t, k):
            yield from _according(t, k, k + 1, "by")
        elif (
            w in VIEWS
            and 1 < k < len(t) - 2
            and following == "of"
            and t.lower[k - 1] == "the"
            and (t.lower[k - 2] == "in")
        ):
            yield from _according(t, k - 2, k + 2, "in the view")
        elif w in VIEWS and k > 1 and (opens := _own_view(t, k)) is not None:
            yield from _in_view(t, opens, k)
        elif w == "as" and _as_told_by(t, k):
            yield from _according(t, k, k + 3, "according")
        elif w in hearsay:
            yield from _hearsay(t, k)
        elif t.tags[k] in {"NN", "NNS"} and t.lemmas[k] in nouns:
            yield from _noun(t, k)
        elif w == ":":
            yield from _colon(t, k)
        elif w in watchers and t.paragraph[k] == 0:
            yield from _headline(t, k)


def _no_source(t: Tree, k: int) -> bool:
    """Whether "per" names a unit or a person: "24.85 per euro", "the leader Per Vail"."""
    return t.tags[k - 1] == "CD" or (t.words[k] == "Per" and k > t.sentences[t.sentence[k]][0])


def _as_told_by(t: Tree, k: int) -> bool:
    """Whether "as" opens a sentence with "As reported by the ministry"; later in one it only relays."""
    opens = k - t.sentences[t.sentence[k]][0] < 2 and t.lower[k + 2 : k + 3] == ["by"]
    return opens and t.tags[k + 1] == "VBN" and t.lemmas[k + 1] in RELAYS


def _own_view(t: Tree, k: int) -> int | None:
    """Where "in her view", "in the president's words" opens; None where a noun of viewing at `k` is not led in so."""
    if t.words[k + 1 : k + 2] not in ([","], []) and t.tags[k + 1] not in {"DT", "PRP", "NNP", "EX", "NNS", "CD"}:
        return None
    i = k - 1
    if t.tags[i] == "POS":
        i = phrase_left(t, i, max(0, i - 8))
    elif t.tags[i] != "PRP$" or t.lower[i] in {"my", "our"}:
        return None
    return i - 1 if i and t.lower[i - 1] == "in" else None


def _in_view(t: Tree, i: int, k: int) -> Iterator[Candidate]:
    """Who holds the view stands inside the cue."""
    a, b = region(t, i)
    if not a <= i < k + 1 < b:
        return
    source = (i + 1, k - (t.tags[k - 1] == "POS"))
    before, after = t.trim(a, i), t.trim(k + 1, b)
    content = after if after and (not before or before[1] - before[0] < 4) else before
    if content:
        yield Candidate(k, "view", (content,), source, (i, k + 1), marks=("first",))


def _reckoning(t: Tree, k: int) -> bool:
    """Whether "by" opens "by Orvan estimates", "by early reports"."""
    for n in range(k + 1, min(len(t), k + 7)):
        if t.lemmas[n] in RECKONINGS and t.tags[n] in NOUNS:
            owned = OWNERS & {*t.tags[k + 1 : n]} or {"same", "official"} & {*t.lower[k + 1 : n]}
            return t.tags[n] == "NNS" or bool(owned)  # not "by the lowest reckoning"
        if t.tags[n] not in INSIDE:
            return False
    return False


def _according(t: Tree, k: int, n: int, form: str) -> Iterator[Candidate]:
    a, b = region(t, k)
    if not a <= k < n < b:
        return
    head = t.heads[k] if t.heads[k] >= n else n
    sources: list[tuple[Range, str]] = []
    parsed = subtree_phrase(t, head, least=n, most=b) if n <= head < b else None
    if parsed and parsed[0] <= n + 1:
        sources.append((parsed, "parse"))
    for apposition, how in ((True, "beside"), (False, "short")):
        j = phrase_right(t, n, b, apposition=apposition)
        if j and not any(s[1] == j for s, _ in sources):
            sources.append(((n, j), how))
    for source, how in sources:
        marks = (
            f"src:{how}",
            f"closes:{t.words[source[1]] if source[1] < b and not t.words[source[1]].isalpha() else ''}",
        )
        before, after = t.trim(a, k), t.trim(_past_relative(t, source[1], b), b)
        if before and after and before[1] - before[0] > 3 and _describes(t, after, b):
            after = None  # "… died, according to the Observatory, a group that …"
        if before:
            starts: dict[int, str] = {before[0]: "sentence"}
            for c in range(k - 2, a, -1):
                joins = t.lower[c + 1] in word_class("clause")
                if (
                    t.words[c] in {",", ";", "–", "—"}
                    and t.quoted[c] in {-1, t.quoted[k]}
                    and (joins or t.words[c] == ";")
                ):
                    starts.setdefault(c + 1 + (t.lower[c + 1] in {"and", "but"}), "cut:" + t.lower[c + 1])
                    break
            for i, why in starts.items():
                span = whole(t, i, k, t.quoted[k])
                if span:
                    yield Candidate(k, form + ":before", (span,), source, (k, n), marks=(*marks, "start:" + why))
                    if after and after[1] - after[0] > 2:
                        around = (span, after)
                        yield Candidate(k, form + ":around", around, source, (k, n), marks=(*marks, "start:" + why))
        if after and not (before and _states(t, before)):
            for e, why in ends(t, after[0], b, None, k):
                span = whole(t, after[0], e, t.quoted[k])
                if span:
                    first = "first" if not before or k - a < 2 else "not first"
                    yield Candidate(k, form + ":after", (span,), source, (k, n), marks=(*marks, "end:" + why, first))


def _states(t: Tree, before: Range) -> bool:
    """Whether a whole statement stands before "according to": what follows the source is then no more than its end."""
    i, j = before
    counts = t.tags[i + 1] in {"CD", "JJS", "JJR"}  # "About 5,000 …", "At least 12 …"
    if t.lower[i] in word_class("boundary") or (t.tags[i] in {"IN", "WRB", "CC", "RB"} and not counts):
        return False
    return any(t.tags[k] in FINITE for k in range(i, j)) and any(i <= t.subjects[k] < k for k in range(i, j))


def _describes(t: Tree, after: Range, b: int) -> bool:
    """Whether what follows a source only says what it is: "a group that relies on activists"."""
    i = after[0]
    if t.tags[i] in {"WDT", "WP", "WP$"}:
        return True
    if t.lower[i] not in {"a", "an"}:
        return False
    j = phrase_right(t, i, b, apposition=False)
    return j is not None and (j >= b or t.words[j] in {",", "."} or t.lower[j] in {"that", "which", "who", "based"})


def _past_relative(t: Tree, i: int, b: int) -> int:
    """The token after the clause that describes the source, where one does: "the agency, which cited …, the man", "the
    agency, citing medics, nine died"."""
    if i + 2 < b and t.words[i] == "," and cites(t, i + 1):
        j = phrase_right(t, i + 2, b, apposition=False)
        return j if j and j < b and t.words[j] == "," else i
    if i + 1 < b and t.words[i] == "," and t.tags[i + 1] in {"WDT", "WP", "WP$"}:
        return next((k for k in range(i + 2, min(b, i + 25)) if t.words[k] == "," and t.quoted[k] < 0), i)
    return i


def _hearsay(t: Tree, k: int) -> Iterator[Candidate]:
    a, b = region(t, k)
    proposed: dict[tuple[Range, ...], str] = {}
    before, after = t.trim(a, k), t.trim(k + 1, b)
    if before and after:
        proposed[before, after] = "around"
    elif before or after:
        proposed[(after or before,)] = "one side"
    h = t.heads[k]
    if h != k:
        span = t.trim(max(t.left[h], a), min(t.right[h], b))
        if span and span[0] < k < span[1]:
            x, y = t.trim(span[0], k), t.trim(k + 1, span[1])
            if x and y:
                proposed.setdefault((x, y), "head")
            if y:
                proposed.setdefault((y,), "head right")
        elif span and span[0] > k:
            proposed.setdefault((span,), "head")
    if after:
        for e, why in ends(t, after[0], b, None, k):
            span = whole(t, after[0], e, t.quoted[k])
            if span:
                proposed.setdefault((span,), why)
                if before:
                    proposed.setdefault((before, span), "around " + why)
    for ranges, why in proposed.items():
        yield Candidate(k, "hearsay", ranges, None, (k, k + 1), marks=("end:" + why,))


def _noun(t: Tree, k: int) -> Iterator[Candidate]:
    a, b = region(t, k)
    if not a <= k < b - 1:
        return
    sources: list[tuple[Range | None, str]] = []
    for g in t.kids[k]:
        if g >= k or g < a or (t.deps[g] == "compound" and t.lower[g] in word_class("told_of")):
            continue  # a death toll is no toll by "death"
        if t.deps[g] in {"nmod", "compound"} and t.tags[g] in {"PRP$", "NNP", "NN", "NNS"}:
            span = t.trim(max(t.left[g], a), t.right[g])
            if span and span[1] - span[0] > 1 and t.tags[span[1] - 1] == "POS":
                span = (span[0], span[1] - 1)
            if span:
                sources.append((span, "possessor"))
        elif g == k - 1 and t.tags[g] == "JJ" and t.words[g][:1].isupper() and g > a:
            sources.append(((g, k), "demonym"))
    head = t.heads[k]
    if not sources and t.deps[k] == "obj" and a <= head < k and t.lemmas[head] not in denials():
        own = subject_child(t, head)
        span = subtree_phrase(t, own, least=a, most=head) if own is not None and own < head else None
        if span:
            sources.append((span, "giver"))  # "Tane issued a warning that …"
    n = k + 1
    if t.tags[n] == "VBN" and t.lower[n + 1 : n + 2] == ["by"]:
        n += 1  # "a toll compiled by the agency"
    if t.lower[n] in {"by", "from"}:
        j = phrase_right(t, n + 1, b)
        if j:
            sources.append(((n + 1, j), "by"))
            n = j
    if n >= b - 1:
        return
    if sources:
        yield from _states_number(t, k, n, b, sources)
    verb = "VB" in t.tags[n + 1]
    if t.lower[n] in {"that", "of", "about", "for"} or (t.lower[n] == "to" and verb):
        start, form = n + 1 - (t.lower[n] == "to"), t.lower[n]
    elif t.tags[n] in {"DT", "PRP", "NNP", "NNS", "EX"}:
        start, form = n, "bare"
    else:
        return
    parsed = next((min(b, t.right[g]) for g in t.kids[k] if g > k and t.left[g] <= start < t.right[g]), None)
    if form == "bare" and parsed is None:
        return
    for e, why in ends(t, start, b, parsed, k):
        span = whole(t, start, e, t.quoted[k])
        if span:
            for source, how in sources or [(None, "none")]:
                yield Candidate(k, "noun:" + form, (span,), source, (k, k + 1), marks=("src:" + how, "end:" + why))


def _headline(t: Tree, k: int) -> Iterator[Candidate]:
    """A headline that has lost the colon before its source: "Nine sailors lost off Orvan NGO"."""
    a, b = t.sentences[t.sentence[k]]
    if k - a < 4 or t.words[b - 1] in TERMINAL or t.tags[k - 1] not in NOUNS:
        return
    agency = k + 1 < b and t.words[k + 1].isupper()  # "… NGO KNA Friday 3 May 2030"
    dated = all(t.lower[n] in months_and_days() or t.words[n].isdigit() for n in range(k + 1 + agency, b))
    if dated and any(t.tags[n] == "CD" for n in range(a, k - 1)):
        yield Candidate(k, "colon:headline", ((a, k),), (k, k + 1), None, marks=("first",))


def _states_number(t: Tree, k: int, n: int, b: int, sources: list) -> Iterator[Candidate]:
    """ "NATO's estimate, released in May, was 7,000"; "the monitor's tally stood at 312"."""
    if t.words[n] == ",":
        n = next((x + 1 for x in range(n + 1, min(b - 1, n + 15)) if t.words[x] == ","), n)
    if t.lemmas[n] not in {"be", "stand"} or t.tags[n] not in FINITE or n + 1 >= b:
        return
    i = n + 1 + (t.lower[n + 1] in {"at", "of"})
    if "CD" in t.tags[i : min(b, i + 4)]:
        for e, why in ends(t, i, b, None, k):
            span = whole(t, i, e, t.quoted[k])
            for source, how in sources if span else ():
                yield Candidate(k, "noun:number", (span,), source, (k, k + 1), marks=("src:" + how, "end:" + why))


def _colon(t: Tree, k: int) -> Iterator[Candidate]:
    """A speaker before a colon and the words after it, or a headline whose source comes last."""
    a, b = t.sentences[t.sentence[k]]
    pa, pb = t.reading.paragraphs[t.paragraph[k]]
    if t.quoted[k] >= 0 or k == a:
        return
    i = phrase_left(t, k, a)
    if i == a and k - a <= 12 and k + 1 < b and t.lower[a] not in word_class("heading"):
        span = whole(t, k + 1, b, -1)
        if span:
            seen = ("quote" if t.quoted[span[0]] >= 0 else "bare", "para start" if a == pa else "mid")
            yield Candidate(k, "colon:speaker", (span,), (a, k), None, marks=seen)
    if pa == a and k + 1 < pb and pb - k <= 9 and t.words[pb - 1] not in {".", "?", "!"}:
        j = phrase_right(t, k + 1, pb)
        content = t.trim(a, k)
        told = content and content[1] - content[0] > 2 and source_type(t, (k + 1, pb)) not in {"noun", "other"}
        if told and (j == pb or pb - k == 2):  # a single word that is a role may be taken for a verb
            seen = ("first" if pa == 0 else "later",)
            yield Candidate(k, "colon:headline", (content,), (k + 1, pb), None, marks=seen)
