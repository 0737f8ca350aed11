"""From attributions to claims: names, kind, parent, polarity, likelihood and date, whatever engine found them."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

from ascribe.extraction.claims.words import denials, reporting_verbs
from ascribe.extraction.dates import DateExpression, find_dates
from ascribe.extraction.lexicons import rows
from ascribe.extraction.records import Attribution, Claim, Span, record_id
from ascribe.extraction.sources import Namer
from ascribe.language.quotations import Quotation, find_quotations
from ascribe.language.reading import Reading

FARTHEST = 90
"""Characters between a cue and the date that it was said on."""
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
LIGHT = frozenset({"be", "have", "do", "will", "would", "to", "that", "can", "could", "may", "might", "must", "should"})


def describe(reading: Reading, attributions: Sequence[Attribution]) -> list[Claim]:
    """The claims that these attributions make, in text order."""
    order = sorted(attributions, key=lambda a: (a.content[0][0], -a.content[-1][1], a.cue or (0, 0)))
    namer = Namer(reading, order)
    parents = _parents(order)
    doc_id = reading.article.doc_id
    ids = [record_id("c", doc_id, *(x for s in a.content for x in s), a.source, a.cue) for a in order]
    spans = [reading.span(p) for p in reading.paragraphs if p[0] < p[1]]
    quotations = find_quotations(reading.text, spans)
    opens = [q.start for q in quotations]
    dates = find_dates(reading) if reading.article.published else []
    begins = [d.start for d in dates]
    names = [namer.name(a.source) if a.source and namer.is_somebody(a.source) else None for a in order]
    return [
        Claim(
            claim_id=ids[n],
            doc_id=doc_id,
            content=a.content,
            text=" … ".join(reading.text[s:e] for s, e in a.content),
            source_span=a.source,
            cue_span=a.cue,
            source_name=names[n],
            cue=_cue(reading, a.cue),
            kind=_kind(a, quotations, opens),
            via=tuple(relay for s in a.via if (relay := namer.name(s)) != names[n]),
            parent_claim_id=ids[parents[n]] if parents[n] is not None else None,
            polarity=_polarity(reading, a.cue),
            likelihood=_likelihood(reading.text, a.content),
            confidence=a.confidence,
            stated_on=_stated_on(reading, a, dates, begins),
        )
        for n, a in enumerate(order)
    ]


def _parents(order: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the innermost one within whose content it stands; `order` is by where contents begin."""
    parents: list[int | None] = []
    open_spans: list[tuple[int, int, int]] = []
    events = sorted((s, -e, n) for n, a in enumerate(order) for s, e in a.content)
    begins = [
        (
            min([a.content[0][0], *([a.cue[0]] if a.cue else [])]),
            max([a.content[-1][1], *([a.cue[1]] if a.cue else [])]),
        )
        for a in order
    ]
    parents = [None] * len(order)
    at = 0
    for n in sorted(range(len(order)), key=lambda n: (begins[n][0], -begins[n][1])):
        first, last = begins[n]
        while at < len(events) and events[at][0] <= first:
            open_spans.append((events[at][0], -events[at][1], events[at][2]))
            at += 1
        open_spans = [o for o in open_spans if o[1] > first]
        for s, e, m in reversed(open_spans):
            inside = s <= first and last <= e and m != n
            if inside and (e - s, -m) > (last - first, -n) and (e - s > last - first or (parents[m] is None and m < n)):
                parents[n] = m
                break
    return parents


def _kind(a: Attribution, quotations: list[Quotation], opens: list[int]) -> str:
    """Whether the content stands in quotation marks whole, in part or not; marks around the cue too do not count."""
    inside = outside = 0
    home = _quotation_at(a.cue[0], quotations, opens) if a.cue else None
    for s, e in a.content:
        at = s
        k = max(0, bisect.bisect_right(opens, s) - 1)
        while k < len(quotations) and quotations[k].start < e:
            q = quotations[k]
            k += 1
            if q.end <= s or q is home:
                continue
            inside += min(e, q.end) - max(s, q.start)
            at = max(at, q.end)
        outside += e - s
    outside -= inside
    return "indirect" if inside <= 2 else "direct" if outside <= 2 else "mixed"


def _quotation_at(position: int, quotations: list[Quotation], opens: list[int]) -> Quotation | None:
    k = bisect.bisect_right(opens, position) - 1
    return quotations[k] if k >= 0 and quotations[k].start <= position < quotations[k].end else None


def _cue(reading: Reading, cue: Span | None) -> str | None:
    """The lemma of the cue, without its auxiliaries: "has repeatedly denied" is deny, "called for" call for."""
    if cue is None:
        return None
    tokens = list(reading.tokens(*cue))
    words = [(t.lemma_ or t.text).lower() for t in tokens]
    if words and words[0] == "accord":
        return " ".join(t.text.lower() for t in tokens)
    kept = [w for w, t in zip(words, tokens, strict=True) if w not in LIGHT and t.tag_ not in {"RB", "MD"}]
    return " ".join(kept or words) or None


def _polarity(reading: Reading, cue: Span | None) -> str:
    """Denied where the cue denies, or where a belief is negated; a denial negated is neither and stays asserted."""
    if cue is None:
        return "asserted"
    tokens = list(reading.tokens(*cue))
    lemmas = [t.lemma_.lower() for t in tokens]
    negated = any(t.text.lower() in NEGATIONS for t in tokens)
    denies = any(x in denials() for x in lemmas)
    believes = any("think" in reporting_verbs().get(x, ()) for x in lemmas)
    return "denied" if denies != negated and (denies or believes) else "asserted"


@functools.cache
def _terms() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {r["term"]: r["likelihood"] for r in rows("likelihood")}
    longest = sorted(table, key=lambda w: (-len(w), w))
    return re.compile(
        r"(?<!more )(?<!less )(?<!\bas )\b(?:" + "|".join(map(re.escape, longest)) + r")\b", re.IGNORECASE
    ), table


def _likelihood(text: str, content: Sequence[Span]) -> str | None:
    """The first estimative term of the ICD 203 scale that the content holds."""
    pattern, table = _terms()
    for s, e in content:
        m = pattern.search(text, s, e)
        if m:
            return table[m.group().lower()]
    return None


def _stated_on(reading: Reading, a: Attribution, dates: Sequence[DateExpression], begins: list[int]) -> str | None:
    """The day named beside the cue, outside the content: "said on Tuesday"; a span of days is EDTF's first/last."""
    if a.cue is None or not dates:
        return None
    cue = reading.tokens(*a.cue)
    if not len(cue):
        return None
    sentence = reading.span(cue[0].sent)
    best = None
    first = bisect.bisect_left(begins, sentence[0])
    for d in dates[first : bisect.bisect_left(begins, sentence[1])]:
        if d.first is None or d.last is None or not (sentence[0] <= d.start and d.end <= sentence[1]):
            continue
        if any(d.start < e and s < d.end for s, e in [*a.content, *([a.source] if a.source else [])]):
            continue
        gap = d.start - a.cue[1] if d.start >= a.cue[1] else a.cue[0] - d.end
        between = (min(d.end, a.cue[1]), max(d.start, a.cue[0]))
        if any(s < between[1] and between[0] < e for s, e in a.content) and d.start > a.cue[1]:
            continue
        if 0 <= gap <= FARTHEST and (best is None or gap < best[0]):
            best = (gap, d)
    if best is None:
        return None
    first, last = best[1].first.isoformat(), best[1].last.isoformat()
    return first if first == last else f"{first}/{last}"
