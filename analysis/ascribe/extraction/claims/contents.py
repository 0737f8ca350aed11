"""What may be said: where a reported content begins and ends, before the speaker, after the verb, or around both."""

from __future__ import annotations

from collections.abc import Iterator

from ascribe.extraction.claims.candidate import Range
from ascribe.extraction.claims.ends import REACH, ends
from ascribe.extraction.claims.nominals import NOUNS, phrase_right
from ascribe.extraction.claims.places import (
    FARTHEST,
    FINITE,
    another_speaks,
    cites,
    is_moment,
    is_while_after,
    opens_quotation,
    past_moment,
    resumed,
    whole,
)
from ascribe.extraction.claims.tree import CLOSERS, TERMINAL, Tree
from ascribe.extraction.claims.words import denials, reporting_nouns, reporting_verbs, word_class

ARGUMENTS = frozenset({"obj", "obl", "xcomp", "ccomp", "advcl", "iobj", "nmod", "dep"})
MEANWHILE = frozenset({"as", "while", "when", "after"})
DASHES = frozenset({"-", "–", "—", "--"})

Content = tuple[tuple[Range, ...], str, tuple[str, ...]]
"""The ranges, the construction, and what was seen of it."""


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
            if span and span[0] > v + 1 and cites(t, span[0]):
                continue
            if span and form == "put at" and "CD" not in t.tags[slice(*span)]:
                continue  # the number is what is put
            if span and (span, form) not in seen and not is_moment(t, span) and not _sets_time(t, v, span):
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


def _past_dashes(t: Tree, i: int, b: int) -> int:
    """The token after an aside between dashes that opens at `i`: "said – without proof – that …"."""
    if t.words[i - 1] in DASHES:
        i -= 1
    if t.words[i] not in DASHES:
        return i
    return next((k + 1 for k in range(i + 2, min(b - 1, i + REACH)) if t.words[k] in DASHES), i)


def _sets_time(t: Tree, v: int, span: Range) -> bool:
    """Whether the range tells when it was said: "…, as rescuers reached the town", "a day after the vote"."""
    i, j = span
    if is_while_after(t, i):
        return True
    aside = t.words[i - 1] == "," and t.lower[i] in word_class("boundary") and t.tags[i] in {"IN", "WRB"}
    k = i - 1 if t.lower[i - 1] in MEANWHILE else i
    says = "say" in reporting_verbs().get(t.lemmas[v], ()) and "label" not in reporting_verbs()[t.lemmas[v]]
    if aside or not says or k != v + 1 or t.lower[k] not in MEANWHILE:
        return aside
    return any(
        t.tags[x] in FINITE and k < t.subject(x) < x for x in range(i, j)
    )  # "a monitor said as troops pressed on"


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
        i = _past_dashes(t, max(t.left[clause], v + 1), b)
        while i < clause and (
            t.words[i] in {",", ":"} or (t.lower[i] == "that" and (t.tags[i] in {"IN", "WDT"} or t.deps[i] == "mark"))
        ):
            i += 1
        form = "ccomp" if t.lower[i - 1] == "that" else t.deps[clause]
        starts.append((i, form, min(t.right[clause], b)))
    marker = _marker(t, v, b)
    if marker and not any(s == marker[0] for s, _, _ in starts):
        starts.append((*marker, None))
    arguments = [k for k in t.kids[v] if v < k < b and t.deps[k] in ARGUMENTS]
    if t.lower[v + 1 : b] == ["out"] or t.lower[v + 1 : v + 3] in (["out", "."], ["out", ","]):
        return []  # "…, the diplomats point out"
    spoken_of = t.lemmas[v] == "say" and v + 1 < b and t.lower[v + 1] in {"of", "about"}
    set_scene = _sets_scene(t, v, b)
    if arguments and not spoken_of and not set_scene and t.words[min(v + 1, b - 1)] not in {",", ":"}:
        i, form = _past_dashes(t, v + 1, b), "args"
        to_verb = t.lower[i] == "to" and i + 1 < b and t.tags[i + 1] == "VB"
        if t.lower[i] in word_class("preposition") and t.tags[i] in {"IN", "RP", "TO"} and not to_verb:
            form = "args:" + t.lower[i]
            i += 1
        if not any((s == i and f != "xcomp") or _past_addressee(t, v, s, b) for s, f, _ in starts):
            starts.append((i, form, min(b, max(t.right[k] for k in arguments))))
    if _puts_at(t, v, b):
        first = v + 1 + (t.lower[v + 1] == "of")
        starts = [(first, "put at", min(b, max((t.right[k] for k in arguments), default=b)))]  # no twin of less score
    if known and v + 1 < b:
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
        if not starts and not set_scene and t.words[v + 1] not in {",", ".", ";"}:
            starts.append((v + 1, "rest", None))
    return starts


def _sets_scene(t: Tree, v: int, b: int) -> bool:
    """Whether what follows the verb is only where or how it was said: "said in a statement"."""
    if t.lemmas[v] in {"report", "write"} and t.lower[v + 1 : v + 2] == ["from"]:
        return True  # a by-line
    if t.lemmas[v] not in {"say", "add", "tell"} or t.tags[v + 1 : v + 2] != ["IN"] or t.lower[v + 1] == "that":
        return False
    return not any(t.tags[k] in FINITE for k in range(v + 1, b))


def _puts_at(t: Tree, v: int, b: int) -> bool:
    """Whether the verb states a number: "put the toll at nine", "gave a toll of 12", "raised its toll to 58"."""
    if t.lemmas[v] == "give":
        of = next((k for k in range(v + 2, min(b - 1, v + REACH)) if t.lower[k] == "of"), None)
        return of is not None and t.lemmas[of - 1] in reporting_nouns() and "CD" in t.tags[of + 1 : min(b, of + 5)]
    if t.lemmas[v] in {"speak", "talk"} and t.lower[v + 1 : v + 2] == ["of"]:
        return "CD" in t.tags[v + 2 : min(b, v + 5)]
    if t.lemmas[v] in word_class("revising"):
        told = next((k for k in range(v + 1, min(b - 2, v + REACH)) if t.lemmas[k] in word_class("revised")), b)
        ahead = range(told + 1, min(b - 1, told + REACH))
        return any(t.lower[k] == "to" and "CD" in t.tags[k + 1 : k + 4] for k in ahead)
    if t.lemmas[v] not in {"put", "set", "place", "peg", "reckon", "estimate"} or v + 2 >= b:
        return False
    measured = t.lower[v + 1] in {"it", "that", "this", "them"}
    for k in range(v + 1, min(b, v + 2 * REACH)):
        if {t.lower[k], t.lemmas[k]} & word_class("measure"):
            measured = True  # not "placed 200 guards at three gates"
            continue
        if t.tags[k] in FINITE:
            return False
        if t.tags[k] == "CD" and k > v + 2 and (measured or t.lower[min(k + 1, b - 1)] in {"%", "percent", "per"}):
            return True
    return False


def _past_addressee(t: Tree, v: int, s: int, b: int) -> bool:
    """Whether a that-clause at `s` follows the person told and nothing else: "told reporters that …"."""
    j = s - 1
    if t.lower[j] != "that" or t.lemmas[j - 1] in reporting_nouns():
        return False
    if t.tags[v + 1] == "IN" and phrase_right(t, v + 2, b, apposition=False) == j:
        return True  # "wrote on Telegram that …"
    return phrase_right(t, v + 1, b, apposition=False) == j or past_moment(t, v + 1, b) == j > v + 1


def _of_noun(t: Tree, v: int, k: int) -> bool:
    """Whether the clause that "that" opens at `k` is a noun's own: "rejected Orvan's claim that …"."""
    if t.lower[v + 1] == "in":
        return False  # "wrote in its latest assessment that …"
    return t.lemmas[k - 1] in reporting_nouns() and any(t.tags[x] in {"POS", "PRP$"} for x in range(v + 1, k - 1))


def _marker(t: Tree, v: int, b: int) -> tuple[int, str] | None:
    """Where the reported clause begins, by what shows it: the word "that", a colon, a quotation mark."""
    commas = 0
    for k in range(v + 1, min(b - 1, v + 1 + REACH)):
        w = t.lower[k]
        if w == "that" and t.tags[k] in {"IN", "WDT", "DT"}:
            if t.tags[k + 1] in FINITE:
                return (k, "bare") if k == v + 1 else None  # "reckons that would be an act of war"
            if t.tags[k] == "DT" and t.tags[k + 1] in NOUNS:
                return (k, "bare") if k == v + 1 else None
            if _of_noun(t, v, k):
                return None
            return k + 1, "that"
        says = t.tags[k] == "VBG" and "say" in reporting_verbs().get(t.lemmas[k], ())
        if says and not cites(t, k):
            return None  # "said, noting that …": another verb's content
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


def before_speaker(t: Tree, v: int, begin: int, after: int, a: int, b: int) -> Iterator[Content]:
    """The contents that may stand before the speaker, whose words are `[begin, after)`, and go on after them."""
    k = begin - 1
    if k <= a or (t.lemmas[k] in reporting_nouns() and t.lemmas[v] in denials()):
        return  # "…, an allegation he denies"
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
            form = "left" if r is None else "around"
            if r is not None and _sets_beside(t, r[0], b):
                r = None
            pieces = (span,) if r is None else (span, r)
            tail = t.quoted[r[1] - 1] if r is not None else last
            more, loose = (
                resumed(t, tail, max(after - 1, pieces[-1][1] - 1)) if tail >= 0 and tail != home else ([], False)
            )
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


def _sets_beside(t: Tree, n: int, b: int) -> bool:
    """Whether the clause at `n` tells what happened beside what was said: "…, as both sides traded blame", "in what
    would be the first …"."""
    if t.lower[n] == "in" and t.lower[n + 1 : n + 2] == ["what"]:
        return True
    told = FINITE | {"VBN"}  # "governments traded blame" may pass for a participle
    return t.lower[n] == "as" and any(t.tags[x] in told and n < t.subject(x) < x for x in range(n + 1, b))


def _goes_on(t: Tree, v: int, after: int, b: int) -> list[tuple[Range, str]]:
    """What goes on after the speaker's words in the same sentence: a quotation, or the clause after a comma."""
    for k in range(after, min(b - 1, after + REACH)):
        n = k + 1
        if t.words[k] in {",", ":", "–", "—"} and opens_quotation(t, n, t.quoted[v]):
            return [(t.quote_tokens[t.quoted[n]], "quote")]
        if t.words[k] in {",", "–", "—"}:
            if t.lower[n] == "and" and not another_speaks(t, n, b):
                span = t.trim(n + 1, b)
                told = span and any(n < t.subjects[x] < x for x in range(*span) if t.tags[x][:2] == "VB")
                return [(span, "clause:and")] if told else []  # "…, she added, and 7,500 homes were lost"
            if t.tags[n] == "VBG" or t.lower[n] in {"who", "which", "according", "and"}:
                return []
            span = t.trim(n, b)
            if span and span[1] - span[0] >= 2:
                return [(span, "clause:" + ("near" if k <= after + 1 else "far"))]
            return []
    return []
