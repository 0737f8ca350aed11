"""Two speakers in one sentence: "Nine died, the union said, and six were hurt, the owner said". To each their own."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Sequence

from ascribe.extraction.model import Proposal
from ascribe.extraction.records import Attribution, Span

JOINED = re.compile(r"[,”\"]{0,2}\s+(?:and|but|while|whereas)\s+|;\s*(?:(?:and|but|while|whereas)\s+)?(?=\S)")
"""What joins a clause of another speaker's to one that is credited already."""
FARTHEST = 300
"""Characters behind a clause within which the cue stands that credits it."""
BETWEEN = frozenset(',”" ')


def part(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each without the clause that the other of two speakers is credited with."""
    near = _Near(found)
    firsts = [_until(text, a, near) for a in found]
    near = _Near(firsts)
    return [_from(text, a, near) for a in firsts]


class _Near:
    """Attributions by where their cues stand, so that a long article is not gone through for each."""

    def __init__(self, found: Sequence[Attribution]) -> None:
        self.found = sorted((a for a in found if a.cue and a.source), key=lambda a: a.cue)
        self.cues = [a.cue[0] for a in self.found]

    def within(self, start: int, end: int) -> list[Attribution]:
        """Those whose cue begins in the characters `[start, end)`."""
        return self.found[bisect.bisect_left(self.cues, start) : bisect.bisect_left(self.cues, end)]


def goes_on(text: str, first: Attribution | Proposal, second: Attribution | Proposal) -> int | None:
    """Where the content of the second goes on with a clause of its own after all of the first, source and cue too."""
    if not (first.source and second.source and first.cue and second.cue):
        return None
    end = max(first.content[-1][1], first.cue[1], first.source[1])
    opens = second.content[0][0]
    if opens < first.content[0][0] - 1 or opens >= end or min(second.cue[0], second.source[0]) < end:
        return None
    joined = JOINED.match(text, end, second.content[-1][1])
    return joined.end() if joined else None


def _from(text: str, one: Attribution, near: _Near) -> Attribution:
    """An attribution from where it goes on after another's: "six were hurt" of the above for the owner."""
    others = near.within(one.content[0][0], one.content[-1][1])
    start = max((at for other in others if (at := goes_on(text, other, one)) is not None), default=None)
    if start is None:
        return one
    return dataclasses.replace(one, content=tuple((max(s, start), e) for s, e in one.content if e > start))


def _until(text: str, one: Attribution, near: _Near) -> Attribution:
    """An attribution up to where another speaker's clause begins: "Nine died" of the above for the union."""
    if not (one.cue and one.source):
        return one
    end = max(one.cue[1], one.source[1])
    ahead = tuple(s for s in one.content if s[1] <= end)
    after = [s for s in one.content if s[0] >= end]
    if not ahead or not after or not JOINED.match(text, end):
        return one
    behind = near.within(after[-1][1], after[-1][1] + FARTHEST)
    theirs = any(other is not one and _ends_with(text, other, after[-1]) for other in behind)
    return dataclasses.replace(one, content=ahead) if theirs else one


def _ends_with(text: str, other: Attribution, clause: Span) -> bool:
    """Whether a clause is credited by what follows it: its source and cue stand right behind it."""
    if not (other.source and other.cue):
        return False
    credit = min(other.source[0], other.cue[0])
    behind = credit >= clause[1] and not set(text[clause[1] : credit]) - BETWEEN
    return behind and any(s < clause[1] and clause[0] < e for s, e in other.content)
