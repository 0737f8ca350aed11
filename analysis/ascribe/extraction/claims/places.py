"""Places in a text: where a cue may look, where a date ends, which quotations stand alone and which go on."""

from __future__ import annotations

from ascribe.extraction.claims.candidate import Range
from ascribe.extraction.claims.tree import CLOSERS, OPENERS, TERMINAL, Tree
from ascribe.extraction.claims.words import date_words, days, reporting_verbs

PERIODS = frozenset(
    {"week", "month", "year", "weekend", "night", "morning", "afternoon", "evening", "summer", "winter"}
)
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
SPANS = frozenset(f"{u}{s}" for u in ("minute", "hour", "day", "week", "month", "year", "decade") for s in ("", "s"))
FARTHEST = 300
"""Tokens on either side of a cue that are looked at, so that a text without stops costs no more than one with."""
MOST_RESUMED = 100
"""Quotations that may carry one on."""


def region(t: Tree, i: int) -> Range:
    """Where a cue at `i` finds its source and content: its sentence, or its quotation's part of it."""
    a, b = t.sentences[t.sentence[i]]
    a, b = max(a, i - FARTHEST), min(b, i + FARTHEST)
    q = t.quoted[i]
    if q >= 0:
        qa, qb = t.quote_tokens[q]
        inner = (qa + 1 if t.words[qa] in OPENERS else qa), (qb - 1 if t.words[qb - 1] in CLOSERS else qb)
        return max(a, inner[0]), min(b, inner[1])
    if t.quoted[a] >= 0:
        a = t.quote_tokens[t.quoted[a]][0]
    if t.quoted[b - 1] >= 0:
        b = t.quote_tokens[t.quoted[b - 1]][1]
    return _own_part(t, i, a, b)


def _own_part(t: Tree, i: int, a: int, b: int) -> Range:
    """The part of a sentence around `i` between semicolons beyond which another speaks: "A counts 5; B counts 6"."""
    left = next((k for k in range(i - 1, a, -1) if t.words[k] == ";" and t.quoted[k] < 0), None)
    right = next((k for k in range(i + 1, b - 1) if t.words[k] == ";" and t.quoted[k] < 0), None)
    if left is not None and _speaks(t, a, left):
        a = left + 1
    if right is not None and _speaks(t, right + 1, b):
        b = right
    return a, b


def _speaks(t: Tree, i: int, j: int) -> bool:
    """Whether a verb of saying with a subject of its own stands in the range, outside of quotations."""
    verbs = reporting_verbs()
    return any(
        t.tags[k] in FINITE and t.quoted[k] < 0 and i <= t.subjects[k] < k and "say" in verbs.get(t.lemmas[k], ())
        for k in range(i, j)
    )


def whole(t: Tree, i: int, j: int, home: int) -> Range | None:
    """The range trimmed, its edges moved out of the middle of a quotation; `home` is the cue's own quotation."""
    span = t.trim(i, j)
    if span and t.lower[span[0]] == "that" and (t.tags[span[0]] == "IN" or t.deps[span[0]] == "mark"):
        span = t.trim(span[0] + 1, j)
    if span is None:
        return None
    i, j = span
    if j + 1 < len(t) and t.words[j] == "/" and t.reading.starts[j] == t.reading.ends[j - 1]:
        j += 2  # "180 km/h"
    q = t.quoted[i]
    if q >= 0 and q != home and i > t.quote_tokens[q][0] and t.words[i - 1] in OPENERS:
        i = t.quote_tokens[q][0]
    q = t.quoted[j - 1]
    if q >= 0 and q != home:
        j = t.quote_tokens[q][1]
    return i, j


def is_moment(t: Tree, span: Range) -> bool:
    """Whether the range is no more than a date: "last week", "on Tuesday"."""
    i, j = span
    if j - i > 5:
        return False
    words = date_words()
    dated = [t.lower[k] in words or t.tags[k] in {"CD", "IN", "DT"} or t.words[k] == "," for k in range(i, j)]
    return all(dated) and any(t.lower[k] in words and t.tags[k] not in {"IN", "DT"} for k in range(i, j))


def is_while_after(t: Tree, i: int) -> bool:
    """Whether a time counted from something else opens at `i`: "a day after …", "three weeks before …"."""
    k = i + 1
    if t.tags[i] not in {"DT", "CD"} or k + 1 >= len(t) or t.lower[k] not in SPANS:
        return False
    return t.lower[k + 1] in {"after", "before", "earlier", "later", "ago", "since"}


def past_moment(t: Tree, i: int, b: int) -> int:
    """The token after the date that opens at `i`: "on Tuesday", "late last week"; `i` itself where none does."""
    k = i
    while k < b and t.lower[k] in {"on", "in", "late", "early", "earlier", "later", "at"}:
        k += 1
    if k + 1 < b and t.lower[k] in {"last", "this", "next", "that"} and t.lower[k + 1] in PERIODS | days():
        k += 1
    elif k < b and t.lower[k] not in days():
        return i
    k += 1
    while k < b and (t.lower[k] in PERIODS or (t.tags[k] == "CD" and t.lower[k - 1] in days())):
        k += 1
    return k if k < b and t.tags[k] != "POS" else i


def another_speaks(t: Tree, k: int, most: int) -> bool:
    """Whether "and", "while" or "but" at `k` opens a clause with a verb of saying of its own."""
    if t.lower[k] not in {"and", "while", "but", "although", "though"}:
        return False
    verbs = reporting_verbs()
    return any(t.tags[x] in FINITE and "say" in verbs.get(t.lemmas[x], ()) for x in range(k + 1, min(most, k + 10)))


def cites(t: Tree, k: int) -> bool:
    """Whether "citing two doctors" or "based on letters" stands at `k`: whence the speaker has it, not what is said."""
    if t.lower[k] == "based" and t.lower[k + 1 : k + 2] == ["on"]:
        return True
    return t.tags[k] == "VBG" and "quote" in reporting_verbs().get(t.lemmas[k], ())


def opens_quotation(t: Tree, k: int, home: int) -> bool:
    """Whether a quotation other than the cue's own begins at token `k`."""
    q = t.quoted[k]
    return q >= 0 and q != home and t.quote_tokens[q][0] == k


def free_standing(t: Tree, q: int) -> bool:
    """Whether quotation `q` is a sentence or more of its own, with no speaker's words beside it."""
    i, j = t.quote_tokens[q]
    if i == j:
        return False
    a = t.sentences[t.sentence[i]][0]
    while a < i and not t.words[a].strip():
        a += 1
    if i != a and not (i - 1 >= a and t.words[i - 1] in TERMINAL):
        return False
    last = j - 1
    while last > i and t.words[last] in CLOSERS:
        last -= 1
    if t.words[last] not in TERMINAL and not (j < len(t) and t.words[j] in TERMINAL):
        return False
    end = j + 1 if j < len(t) and t.words[j] in TERMINAL else j
    while end < len(t) and not t.words[end].strip() and t.paragraph[end] == t.paragraph[j - 1]:
        end += 1
    return end >= len(t) or t.sentence[end] != t.sentence[j - 1] or t.paragraph[end] != t.paragraph[j - 1]


def resumed(t: Tree, q: int, after: int) -> tuple[list[Range], bool]:
    """The quotations that carry quotation `q` on with no new cue, once its sentence has ended.

    `after` is the last token of the speaker's words; the flag says that one of them stands in a paragraph of its own
    after a quotation that was closed, where it may as well be another's.
    """
    found: list[Range] = []
    loose = False
    while q + 1 < len(t.quote_tokens) and len(found) < MOST_RESUMED:
        i, j = t.quote_tokens[q + 1]
        if i == j:
            break
        here = t.paragraph[i] == t.paragraph[max(after, t.quote_tokens[q][1] - 1)]
        sentence = t.sentence[max(after, t.quote_tokens[q][1] - 1)]
        next_one = t.sentence[i] == sentence + 1 or (t.sentence[i] == sentence and not found and i > after)
        if here and not (next_one and free_standing(t, q + 1)):
            break
        if not here:
            opens = t.reading.paragraphs[t.paragraph[i]][0] == i
            unclosed = not t.quotations[q].closed
            if not (opens and next_one and (unclosed or free_standing(t, q + 1))):
                break
            if not unclosed:
                if j != t.reading.paragraphs[t.paragraph[i]][1]:
                    break
                loose = True
        found.append((i, j))
        q += 1
    return found, loose
