"""Parts and wholes: "30 people, including 5 children", "three of the 23", "12 of them"."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.extraction.figures.lists import listed
from analysis.extraction.figures.page import Page
from analysis.extraction.figures.quantity import Quantity
from analysis.extraction.records import Figure

OPENERS = listed("parts_openers")
GROUPS = (
    ("of", "them"),
    ("of", "whom"),
    ("of", "which"),
    ("of", "those"),
    ("of", "these"),
    ("of", "the"),
    ("of", "its"),
)
REACH = 400


def whole_of(q: Quantity, page: Page, before: Sequence[tuple[Figure, Figure | None]]) -> Figure | None:
    """The figure of which `q` is said to be a part, or None; `before` holds the figures so far, each with its whole."""
    if not before or q.dimension:
        return None
    last, last_whole = before[-1]
    if q.start - last.end > REACH or last.category in ("duration", "distance", "money"):
        return None
    i, j, k = page.index(q.outer_start), page.end_of(q), page.index(last.end)
    between = [page.low(n) for n in range(k, i)]
    same = not any(w in (".", "!", "?") or page.kind(n) == "gap" for n, w in zip(range(k, i), between, strict=True))
    if same and _opened(between):
        return last
    if (
        same
        and tuple(between[-2:]) in (("of", "whom"), ("of", "which"), ("of", "them"), ("out", "of"))
        and between[-2:] != ["out", "of"]
    ):
        return last
    if (page.low(j), page.low(j + 1)) in GROUPS[:5]:
        return last_whole or last
    if (page.low(j), page.low(j + 1)) == ("of", "the") and page.low(j + 2) in (
        "victims",
        "dead",
        "deceased",
        "wounded",
        "injured",
        "casualties",
    ):
        return last_whole or last
    if (
        same
        and last_whole is not None
        and len(between) < 12
        and between[-1:] in ([","], ["and"])
        and not _verb_between(page, k, i)
    ):
        return last_whole
    return None


def _verb_between(page: Page, k: int, i: int) -> bool:
    return any(page.verbal(n) for n in range(k, i))


def _opened(between: list[str]) -> bool:
    """Whether the words before a number open a list of parts: "…, including at least", "among them"."""
    k = len(between) - 1
    while k >= 0 and between[k] in HELPERS:
        k -= 1
    return k >= 0 and between[k] in OPENERS


HELPERS = listed("parts_helpers")


def coordinated(q: Quantity, page: Page, last: Figure) -> bool:
    """Whether a number stands in one list with the figure before it: "six priests, two maids and three guards"."""
    k, i = page.index(last.end), page.index(q.outer_start)
    if i - k > 16 or i <= k:
        return False
    between = [page.low(n) for n in range(k, i)]
    if between[-1] not in ("and", ",", ";", "as") or any(w in (".", "!", "?", ")", "while", "when") for w in between):
        return False
    return not any(page.verbal(n) or page.kind(n) == "gap" for n in range(k, i))
