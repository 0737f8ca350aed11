"""`review(ledger, "corrections.jsonl")`: the widget for JupyterLab."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ascribe.errors import AscribeError
from ascribe.reviewing import order as orders
from ascribe.reviewing.session import Session, Writer

if TYPE_CHECKING:
    from ascribe.ledger import Ledger
    from ascribe.reviewing.page import Page


def review(
    ledger: Ledger,
    corrections: str | os.PathLike[str] = "corrections.jsonl",
    reviewer: str | None = None,
    order: str | Iterable[str] = "important",
    sample: int | None = None,
    seed: int = 0,
) -> Page:
    """The widget that goes through a ledger's figures or claims and writes each decision into `corrections` at once.

    `reviewer` is who decides (the user of this machine). `order` is `important`, `confidence` or `text` (see
    `reviewing.order`), or the figure_ids to begin with, such as `findings.audit(…).faults()["figure_id"]`; `sample`
    asks for so many figures, and so many claims, at random instead, by `seed`. What was decided already is passed by.
    Raises CorrectionError where the file cannot be read, AscribeError where anywidget is not installed.
    """
    try:
        from ascribe.reviewing.page import Page
    except ImportError as e:
        raise AscribeError(f"the widget needs anywidget ({e}): install it with `pip install anywidget`") from None
    kind, first = (order, ()) if isinstance(order, str) else ("important", order)
    kind = "sample" if sample else kind
    queue = orders.ordered(ledger, kind, first, sample or 0, seed)
    claims = orders.claims(ledger, kind, sample or 0, seed)
    return Page(Session(ledger, Writer.of(corrections, reviewer), queue, claims))
