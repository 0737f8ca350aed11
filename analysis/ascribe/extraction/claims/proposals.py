"""What the network proposes, as attributions; with the relays that rules see, and what has no cue to be found by."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Sequence

from ascribe.extraction.claims.apart import set_apart
from ascribe.extraction.claims.two_speakers import goes_on, part
from ascribe.extraction.model import Prediction, Proposal, claim_features, confidence
from ascribe.extraction.records import Attribution, Span
from ascribe.language.quotations import Quotation, find_quotations
from ascribe.language.reading import Reading


def attributions(
    reading: Reading, prediction: Prediction, proposed: Sequence[Attribution] = (), least: float = 0.0
) -> list[Attribution]:
    """The attributions of one article that reach the confidence `least`: the network's, and of those that rules
    `proposed` what it cannot find.

    The network finds a claim by its cue. Bare quotations and headings such as "29 dead: monitor" have none, and are the
    rules'. Relays are rare in what it learned from: where it sees none, the rules' are taken.
    """
    proposals = _whole(reading, prediction.proposals)
    found = [_attribution(reading.text, proposal, proposals, proposed) for proposal in proposals]
    found = [a for a in found if a.confidence >= least]
    found = part(reading.text, found)
    found = [a for a in found if not any(_relays(other, a) for other in found)]
    found = set_apart(reading, found)
    taken = [s for a in found for s in a.content]
    bare = [a for a in proposed if a.cue is None and not any(_overlap(s, t) for s in a.content for t in taken)]
    return found + [a for a in bare if a.confidence >= least]


def _whole(reading: Reading, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, with a quotation that was cut off taken to its end, over all its paragraphs."""
    if not any(p.cut for p in proposals):
        return list(proposals)
    quotations = find_quotations(reading.text, [reading.span(p) for p in reading.paragraphs if p[0] < p[1]])
    return [
        dataclasses.replace(p, content=_to_its_end(reading.text, p.content, quotations)) if p.cut else p
        for p in proposals
    ]


def _to_its_end(text: str, content: tuple[Span, ...], quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """A content whose last fragment ends within a quotation, to where that is closed."""
    start, end = content[-1]
    starts = [q.start for q in quotations]
    k = bisect.bisect_right(starts, end) - 1
    if k < 0 or quotations[k].end <= end:
        return content
    while not quotations[k].closed and k + 1 < len(quotations):  # a mark opens each paragraph, the last one is closed
        if text[quotations[k].end : quotations[k + 1].start].strip():
            break
        k += 1
    return (*content[:-1], (start, quotations[k].end - quotations[k].closed))


def _attribution(
    text: str, proposal: Proposal, others: Sequence[Proposal], proposed: Sequence[Attribution]
) -> Attribution:
    ruled = next((a for a in proposed if a.cue and _overlap(a.cue, proposal.cue)), None)
    seen = proposal.relays or (ruled.via if ruled else ())
    relays = [s for s in seen if not _speaks_elsewhere(text, s, proposal, others)]
    return Attribution(
        content=proposal.content,
        source=proposal.source,
        cue=proposal.cue,
        via=tuple(s for s in relays if not (proposal.source and _overlap(s, proposal.source))),
        confidence=round(confidence("claim", claim_features(proposal)), 3),
    )


def _relays(one: Attribution, other: Attribution) -> bool:
    """Whether the source of the other only relays this one: the same words through two mouths are one attribution."""
    relayed = other.source is not None and any(_overlap(other.source, s) for s in one.via)
    return relayed and _alike(one.content, other.content)


def _alike(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether two contents begin together and share nine tenths of the shorter one."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    shorter = min(sum(e - s for s, e in content) for content in (one, other))
    return one[0][0] == other[0][0] and shared >= 0.9 * shorter


def _speaks_elsewhere(text: str, relay: Span, proposal: Proposal, others: Sequence[Proposal]) -> bool:
    """Whether a relay is the source of a claim about something else: "…, one said, and …, another said"."""
    speaking = [p for p in others if p is not proposal and p.source and _overlap(p.source, relay)]
    said = [s for p in speaking for s in p.content]
    elsewhere = bool(said) and not any(_overlap(s, own) for s in said for own in proposal.content)
    return elsewhere or any(goes_on(text, proposal, p) is not None for p in speaking)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
