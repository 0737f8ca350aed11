"""Which category of harm holds which: killed and wounded are casualties; these, missing and captured are losses."""

from __future__ import annotations

PARENTS: dict[str, str] = {
    "killed": "casualties",
    "wounded": "casualties",
    "casualties": "losses",
    "missing": "losses",
    "captured": "losses",
}
"""Each category's next wider one. What a side calls its enemy's losses holds all of these, not told apart."""


def wider(category: str) -> list[str]:
    """The category and those that hold it, the narrowest first."""
    chain = [category]
    while chain[-1] in PARENTS:
        chain.append(PARENTS[chain[-1]])
    return chain


def relation(a: str, b: str) -> str | None:
    """`same`, `part` (a is within b), `whole` (a holds b), or None where neither holds the other."""
    if a == b:
        return "same"
    if b in wider(a):
        return "part"
    return "whole" if a in wider(b) else None
