"""Which of the decisions on one row hold: later ones take the place of a reviewer's own earlier; two people agree.

A reviewer may change their mind, and withdraw. What another has corrected may be corrected further by whoever saw it
(whose `old` is the other's `new`). Anything else that two people decide differently is a contradiction, to be settled
by them and not here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from ascribe.ledger.corrections.decision import Decision

Same = Callable[[str, object, object], bool]
"""Whether two values of a column mean the same."""


@dataclasses.dataclass(slots=True)
class Replayed:
    """The decisions that hold, in their order; those that were taken back or replaced; contradictions, in words."""

    live: list[Decision]
    past: list[Decision]
    contradictions: list[str]


def replay(decisions: Iterable[Decision], same: Same) -> Replayed:
    """What holds of the decisions on one row, which are given in the order in which they were made."""
    kept, done = _without_withdrawn(decisions)
    for decision in kept:
        replaced = [d for d in done.live if _replaces(decision, d, same)]
        done.live = [d for d in done.live if not any(d is r for r in replaced)] + [decision]
        done.past += replaced
    done.contradictions = list(_contradictions(done.live, same))
    return done


def _without_withdrawn(decisions: Iterable[Decision]) -> tuple[list[Decision], Replayed]:
    """The decisions but those taken back, which are of the past: as if they had never been."""
    kept, done = [], Replayed([], [], [])
    for decision in decisions:
        if decision.action != "withdraw":
            kept.append(decision)
            continue
        own = [d for d in kept if d.reviewer == decision.reviewer and _column(d) == decision.column]
        kept = [d for d in kept if d is not (own[-1] if own else None)]
        done.past += [*own[-1:], decision]
    return kept, done


def _column(decision: Decision) -> str | None:
    return decision.column if decision.action == "edit" else None


def _replaces(later: Decision, earlier: Decision, same: Same) -> bool:
    if later.reviewer != earlier.reviewer:  # only what the later one saw, and put right further
        edits = later.action == earlier.action == "edit" and later.column == earlier.column
        return edits and same(later.column, later.old, earlier.new) and not same(later.column, later.new, earlier.new)
    if later.action == "reject" or earlier.action == "reject":
        return True
    if later.action == "edit":
        return earlier.action == "edit" and earlier.column == later.column
    return later.action == earlier.action


def asserted(decision: Decision) -> dict[str, object]:
    """The cells that a decision vouches for."""
    if decision.action == "edit":
        return {decision.column: decision.new}
    return dict({"accept": decision.old, "add": decision.new}.get(decision.action) or {})


def _contradictions(live: list[Decision], same: Same) -> Iterable[str]:
    if len({d.reviewer for d in live}) < 2:
        return
    said: dict[str, dict[str, tuple[object, Decision]]] = {}
    for decision in live:
        for column, value in asserted(decision).items():
            others = said.setdefault(decision.reviewer, {})
            if decision.action == "edit" or column not in others or others[column][1].action != "edit":
                others[column] = (value, decision)
    out = {d.reviewer: d for d in live if d.action == "reject"}
    for reviewer, rejecting in out.items():
        for other in live:
            if other.reviewer != reviewer and other.action != "reject":
                yield _against(rejecting, "reject it", other, f"{other.action} it")
                break
    people = list(said)
    for i, one in enumerate(people):
        for other in people[i + 1 :]:
            for column in said[one].keys() & said[other].keys():
                (a, first), (b, second) = said[one][column], said[other][column]
                if not same(column, a, b):
                    yield _against(first, f"{column} is {told(a)}", second, f"{column} is {told(b)}")


def _against(one: Decision, says: str, other: Decision, says_too: str) -> str:
    words = f"“{one.exact}” in {one.doc_id}" if one.doc_id else f"“{one.exact}”"
    said = f"{one.reviewer}: {says}; {other.reviewer}: {says_too}"
    return f"{one.line} and {other.line} contradict each other on {words}: {said}"


def told(value: object) -> str:
    """A value in a message."""
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "nothing"
    return "nothing" if value is None or value == "" else str(value)
