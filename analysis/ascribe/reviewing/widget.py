"""`review(ledger, "corrections.jsonl")`: the widget for JupyterLab."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ascribe.errors import AscribeError
from ascribe.reviewing.order import ordered
from ascribe.reviewing.session import Session, Writer

if TYPE_CHECKING:
    from ascribe.ledger import Ledger


def review(
    ledger: Ledger,
    corrections: str | os.PathLike[str] = "corrections.jsonl",
    reviewer: str | None = None,
    order: str = "important",
    sample: int | None = None,
    **options: object,
) -> object:
    """The widget that goes through a ledger's figures and writes each decision into the file `corrections` at once.

    `reviewer` is who decides (the user of this machine). `order` is `important`, `confidence` or `text` (see
    `reviewing.order`); `sample` asks for so many at random instead. `options`: `first`, figure_ids to begin with (such
    as `findings.audit(…).faults()["figure_id"]`), and `seed` of the sample. Figures that were decided already are
    passed by. Raises CorrectionError where the file cannot be read, AscribeError where anywidget is not installed.
    """
    queue = _queue(ledger, order, sample, options)
    try:
        from ascribe.reviewing.page import Page
    except ImportError as e:
        raise AscribeError(f"the widget needs anywidget ({e}): install it with `pip install anywidget`") from None
    return Page(Session(ledger, Writer.of(corrections, reviewer), queue))


def _queue(ledger: Ledger, kind: str, sample: int | None, options: Mapping[str, object]) -> list[str]:
    unknown = set(options) - {"first", "seed"}
    if unknown:
        raise TypeError(f"review() takes no {sorted(unknown)[0]!r}; it takes first and seed besides")
    first: Iterable[str] = options.get("first", ())
    kind = "sample" if sample else kind
    return ordered(ledger, kind, first=first, size=sample or 0, seed=options.get("seed", 0))
