"""What may be said: where a reported content begins and ends, before the speaker, after the verb, or around both."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.extraction.claims.candidate import Range
from analysis.extraction.claims.nominals import NOUNS, phrase_right
from analysis.extraction.claims.tree import CLOSERS, OPENERS, TERMINAL, Tree
from analysis.extraction.claims.words import date_words, days, reporting_nouns, reporting_verbs, word_class

ARGUMENTS = frozenset({"obj", "obl", "xcomp", "ccomp", "advcl", "iobj", "nmod", "dep"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
FARTHEST = 300
"""Tokens on either side of a cue that are looked at, so that a text without stops costs no more than one with."""
MOST_RESUMED = 100
"""Quotations that may carry one on."""
PERIODS = frozenset(
    {"week", "month", "year", "weekend", "night", "morning", "afternoon", "evening", "summer", "winter"}
)
REACH = 12
"""Words between a verb and the clause or quotation that it introduces, at most."""

DASHES = frozenset({"-", "–", "—", "--"})

Content = tuple[tuple[Range, ...], str, tuple[str, ...]]
"""The ranges, the construction, and what was seen of it."""


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
    return a, b


def whole(t: Tree, i: int, j: int, home: int) -> Range | None:
    """The range trimmed, its edges moved out of the middle of a quotation; `home` is the cue's own quotation."""
    span = t.trim(i, j)
    if span and t.lower[span[0]] == "that" and t.tags[span[0]] == "IN":
        span = t.trim(span[0] + 1, j)
    if span is None:
        return None
    i, j = span
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


def after_verb(t: Tree, v: int, cue: Range, a: int, b: int, known: bool) -> Iterator[Content]:
    """The contents that may follow the verb."""
    seen = set()
    for start, form, parsed in _starts(t, v, b, known)[:5]:
        if start >= b:
            continue
        i = past_moment(t, start, parsed or b)
        gap = (
            "gap:0"
            if i <= v + 1
            else "gap:that"
            if t.lower[i - 1] == "that" and i == v + 2
            else ("gap:near" if i - v < 4 else "gap:far")
        )
        for j, how in ends(t, i, b, parsed, v):
            span = whole(t, i, j, t.quoted[v])
            if span and (span, form) not in seen and not is_moment(t, span):
                seen.add((span, form))
                marks = (f"end:{how}", gap)
                if parsed is not None and parsed < b:
                    past = t.lower[parsed] if t.lower[parsed] in word_class("boundary") else t.tags[parsed]
                    marks += ("within parse",) if j < parsed else (f"beyond:{past}",) if j > parsed else ()
                last = t.quoted[span[1] - 1]
                if last >= 0 and last != t.quoted[v] and t.quote_tokens[last] == span:
                    more, loose = resumed(t, last, span[1] - 1)
                    if more:
                        yield (span, *more), "right:" + form, (*marks, "resumed", *(["loose"] if loose else []))
                        if not loose:
                            continue
                yield (span,), "right:" + form, marks


def _starts(t: Tree, v: int, b: int, known: bool) -> list[tuple[int, str, int | None]]:
    """Where a content may begin after the verb: `(token, form, the parse's end of it)`."""
    starts: list[tuple[int, str, int | None]] = []
    clause = next((k for k in t.kids[v] if v < k < b and t.deps[k] in {"ccomp", "xcomp", "parataxis"}), None)
    if clause is None:
        # "said last week that …": the parser hangs the clause on the week.
        clause = next(
            (
                g
                for k in t.kids[v]
                if k > v and t.deps[k] in {"obl", "obj", "nmod", "iobj", "advmod"}
                for g in t.kids[k]
                if t.deps[g] in {"acl", "ccomp"} and t.lower[t.left[g]] == "that"
            ),
            None,
        )
    if clause is not None and _of_noun(t, v, max(t.left[clause], v + 1)):
        clause = None
    if clause is not None:
        i = max(t.left[clause], v + 1)
        while i < clause and (t.words[i] in {",", ":"} or (t.lower[i] == "that" and t.tags[i] in {"IN", "WDT"})):
            i += 1
        starts.append((i, t.deps[clause], min(t.right[clause], b)))
    marker = _marker(t, v, b)
    if marker and not any(s == marker[0] for s, _, _ in starts):
        starts.append((*marker, None))
    arguments = [k for k in t.kids[v] if v < k < b and t.deps[k] in ARGUMENTS]
    spoken_of = t.lemmas[v] == "say" and v + 1 < b and t.lower[v + 1] in {"of", "about"}
    if arguments and not spoken_of and t.words[min(v + 1, b - 1)] not in {",", ":"}:
        i, form = v + 1, "args"
        to_verb = t.lower[i] == "to" and i + 1 < b and t.tags[i + 1] == "VB"
        if t.lower[i] in word_class("preposition") and t.tags[i] in {"IN", "RP", "TO"} and not to_verb:
            form = "args:" + t.lower[i]
            i += 1
        if not any(s == i and f != "xcomp" for s, f, _ in starts):
            starts.append((i, form, min(b, max(t.right[k] for k in arguments))))
    if known and v + 2 < b:
        # "told reporters the attack …": past the person addressed, or the day.
        j = phrase_right(t, v + 1, b, apposition=False) if t.tags[v + 1] != "DT" or t.lower[v + 1] == "the" else None
        after = past_moment(t, v + 1, b)
        moment = after > v + 1
        k = after if moment else j
        if (
            k
            and k < b - 1
            and t.tags[k] in {"DT", "PRP", "NNP", "NNS", "NN", "EX", "PRP$", "JJ", "CD", "VBG"}
            and (not any(s == k for s, _, _ in starts))
        ):
            starts.append((k, "past moment" if moment else "past addressee", None))
        if not starts and t.words[v + 1] not in {",", ".", ";"}:
            starts.append((v + 1, "rest", None))
    return starts


def _of_noun(t: Tree, v: int, k: int) -> bool:
    """Whether the clause that "that" opens at `k` is a noun's own: "rejected Orvan's claim that …"."""
    return t.lemmas[k - 1] in reporting_nouns() and any(t.tags[x] in {"POS", "PRP$"} for x in range(v + 1, k - 1))


def _marker(t: Tree, v: int, b: int) -> tuple[int, str] | None:
    """Where the reported clause begins, by what shows it: the word "that", a colon, a quotation mark."""
    commas = 0
    for k in range(v + 1, min(b - 1, v + 1 + REACH)):
        w = t.lower[k]
        if w == "that" and t.tags[k] in {"IN", "WDT", "DT"}:
            if t.tags[k] == "DT" and t.tags[k + 1] in NOUNS:
                return (k, "bare") if k == v + 1 else None
            if _of_noun(t, v, k):
                return None
            return k + 1, "that"
        if w == ":":
            return k + 1, "colon"
        if opens_quotation(t, k, t.quoted[v]):
            return k, "quote"
        if w in {";", ".", "?", "!"}:
            return None
        commas += w == ","
        if commas > 2:
            return None
    return None


def ends(t: Tree, i: int, b: int, parsed: int | None, v: int) -> list[tuple[int, str]]:
    """Where a content that begins at `i` may end: the parse's edge, its object's, the sentence's, a comma that cuts."""
    found: dict[int, str] = {}
    home = t.quoted[v]
    if parsed is not None and parsed > i:
        found[parsed] = "parse"
    if t.quoted[i] >= 0 and t.quoted[i] != home:
        found.setdefault(t.quote_tokens[t.quoted[i]][1], "quote")
    boundary, known = word_class("boundary"), reporting_verbs()
    cuts: list[tuple[int, str]] = []
    for k in range(i + 1, b - 1):
        if t.quoted[k] not in {-1, home}:
            continue
        n = k + 1
        w = t.lower[n]
        if t.words[k] in {",", "–", "—", ";"}:
            if t.tags[n] == "VBG" or w in boundary or t.words[k] != ",":
                saying = t.tags[n] == "VBG" and "say" in known.get(t.lemmas[n], ())
                cuts.append(
                    (k, w if w in boundary else "saying" if saying else t.tags[n] if t.words[k] == "," else t.words[k])
                )
        elif t.lower[k] == "and" and t.lemmas[n] in known and t.tags[n] in FINITE and t.tags[n] == t.tags[v]:
            cuts.append((k, "and verb"))
        elif (t.lower[k] == "according" and w == "to") or (
            t.tags[k] == "VBG" and t.lemmas[k] in {"add", "say", "note", "cite"} and t.words[k - 1] != ","
        ):
            cuts.append((k, "participle"))
    for n, (k, why) in enumerate(cuts[:2]):
        found.setdefault(k, f"cut{n}:{why}")
    if len(cuts) > 2:
        found.setdefault(cuts[-1][0], "lastcut:" + cuts[-1][1])
    if t.tags[i] in NOUNS or t.tags[i] in {"DT", "PRP$", "JJ", "PRP", "CD"}:
        j = phrase_right(t, i, b, apposition=False)
        if j and j < b and t.tags[j] in {"IN", "NNP", "RB", "NN", "TO"}:
            found.setdefault(j, "phrase")
    found.setdefault(b, "sentence")
    return list(found.items())


def before_speaker(t: Tree, v: int, begin: int, after: int, a: int, b: int) -> Iterator[Content]:
    """The contents that may stand before the speaker, whose words are `[begin, after)`, and go on after them."""
    k = begin - 1
    if k <= a:
        return
    home = t.quoted[v]
    q, edge = t.quoted[k], "none"
    if q >= 0 and q != home:
        edge = "quote"
    elif t.words[k] in {",", "–", "—", "-", "…", "?", "!"}:
        edge = t.words[k]
        if t.quoted[k - 1] not in {-1, home}:
            edge, q = "quote", t.quoted[k - 1]
    starts: dict[int, str] = {}
    if edge == "quote":
        qa = t.quote_tokens[q][0]
        if a >= qa or not t.words[qa - 1].isalnum():
            starts[qa] = "quote"
        if a < qa:
            starts.setdefault(a, "sentence")
    else:
        starts[a] = "sentence"
    for i, why in _clause_starts(t, a, k, home):
        starts.setdefault(i, why)
    opening = t.reading.paragraphs[t.paragraph[v]][0]
    if edge in DASHES and t.words[opening] in DASHES and a - opening < FARTHEST:
        starts[opening + 1] = "dash"  # "– We left. Nobody came, – said Tane.": speech set off by dashes
    rest = _goes_on(t, v, after, b)
    stop = next((x for x in range(after, b) if not t.words[x].isalnum()), b)
    closed = stop >= b or t.words[stop] in TERMINAL or t.words[stop] in CLOSERS
    end = (
        "stop"
        if stop == after
        else "moment"
        if is_moment(t, (after, stop))
        else "words"
        if stop < after + 8
        else "long"
    )
    following = f"tail:{end}{'.' if closed else ','}"
    for i, how in starts.items():
        span = whole(t, i, begin, home)
        if not span or span[1] > begin:
            continue
        marks = (f"edge:{edge}", f"start:{how}", following)
        last = q if how == "quote" else -1
        for r, why in [(None, "none"), *rest]:
            pieces = (span,) if r is None else (span, r)
            tail = t.quoted[r[1] - 1] if r is not None else last
            more, loose = (
                resumed(t, tail, max(after - 1, pieces[-1][1] - 1)) if tail >= 0 and tail != home else ([], False)
            )
            form = "left" if r is None else "around"
            seen = (*marks, "rest:" + why)
            if more:
                yield (*pieces, *more), form, (*seen, "resumed", *(["loose"] if loose else []))
            if not more or loose:
                yield pieces, form, seen


def _clause_starts(t: Tree, a: int, end: int, home: int) -> Iterator[tuple[int, str]]:
    """Where the last clause before `end` begins: after ", and", a semicolon, a dash."""
    joins = word_class("clause")
    for c in range(end - 1, a, -1):
        if t.words[c] in {",", ";", "–", "—", ":"} and t.quoted[c] in {-1, home}:
            w = t.lower[c + 1]
            if w in joins or t.words[c] in {";", ":"}:
                yield c + 1 + (w in {"and", "but"}), "cut:" + (w if t.words[c] == "," else ";")
                return


def _goes_on(t: Tree, v: int, after: int, b: int) -> list[tuple[Range, str]]:
    """What goes on after the speaker's words in the same sentence: a quotation, or the clause after a comma."""
    for k in range(after, min(b - 1, after + REACH)):
        n = k + 1
        if t.words[k] in {",", ":", "–", "—"} and opens_quotation(t, n, t.quoted[v]):
            return [(t.quote_tokens[t.quoted[n]], "quote")]
        if t.words[k] in {",", "–", "—"}:
            if t.tags[n] == "VBG" or t.lower[n] in {"who", "which", "according", "and"}:
                return []
            span = t.trim(n, b)
            if span and span[1] - span[0] >= 2:
                return [(span, "clause:" + ("near" if k <= after + 1 else "far"))]
            return []
    return []
