"""One person going through a ledger's figures: what is shown of each, and what is written of each decision."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.articles.front_matter import beginning
from ascribe.errors import CorrectionError
from ascribe.ledger import corrections, storage
from ascribe.ledger.corrections import ACCEPTED, Decision, anchor, decision

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

AROUND = 420
"""Characters of the article shown on either side of a figure."""
SHOWN = (
    *("value", "low", "high", "bound", "unit", "category", "counted", "whose", "source_name", "credit"),
    *("as_of", "window_start", "window_end", "place", "accumulation", "basis"),
)
"""The cells that are shown, and may be edited."""
Row = dict[str, object]


@dataclasses.dataclass(frozen=True, slots=True)
class Writer:
    """Who decides, on which day, into which file."""

    path: Path
    reviewer: str
    day: str

    @classmethod
    def of(cls, path: str | os.PathLike[str], reviewer: str | None = None, day: dt.date | None = None) -> Writer:
        """The user of this machine, today, where not said otherwise."""
        import getpass

        return cls(Path(path), reviewer or getpass.getuser(), (day or dt.date.today()).isoformat())


class Session:
    """The figures of a ledger, one after another, and the file that takes what is decided of them.

    What is impossible or contradicts another's decision raises CorrectionError, and is not written.
    """

    def __init__(self, ledger: Ledger, writer: Writer, queue: Sequence[str]) -> None:
        self.writer = writer
        before = corrections.decisions(ledger.decisions) if ledger.decisions is not None else []
        held = corrections.read(writer.path) if writer.path.exists() else []
        self.decisions = [*(d for d in before if d not in held), *held]
        self.rows = {n: storage.plain_rows(n, f) for n, f in corrections.extracted(ledger.tables).items()}
        self.texts = {d["doc_id"]: d["text"] for d in self.rows["documents"]}
        self.documents = {d["doc_id"]: d for d in self.rows["documents"]}
        self.figures = {f["figure_id"]: f for f in self.rows["figures"]}
        self.by_article = {name: _grouped(self.rows[name]) for name in ("claims", "figures")}
        self.names = sorted({s["name"] for s in self.rows["sources"]})
        self.sources = {s["source_id"]: s for s in self.rows["sources"]}
        self.now: dict[str, dict[str, Row]] = {}
        self.queue = [i for i in queue if i in self.figures]
        self.done: list[tuple[str, list[Decision]]] = []
        made = ledger.corrected(self.decisions) if self.decisions else ledger
        self.made = _made(made)

    def card(self, figure_id: str) -> Row:
        """All that is shown of a figure: its words in their context, its cells, and what they may be."""
        row = self._now(figure_id)
        figure = self.figures[figure_id]
        document, text = self.documents[figure["doc_id"]], self.texts[figure["doc_id"]]
        left = max(beginning(text), figure["start"] - AROUND)
        span = row.get("source_span")
        right = min(len(text), figure["end"] + AROUND)
        marks = [[figure["start"] - left, figure["end"] - left, "figure"]]
        if (
            span
            and left <= span[0]
            and span[1] <= right
            and not (span[0] < figure["end"] and figure["start"] < span[1])
        ):
            marks.append([span[0] - left, span[1] - left, "source"])
        return {
            "figure_id": figure_id, "text": text[left:right], "begins": left, "marks": sorted(marks),
            "article": document["title"] or figure["doc_id"], "doc_id": figure["doc_id"],
            "published": document["published"], "publisher": document["publisher"], "url": _web(document["url"]),
            "number": figure["number"], "cells": {n: row.get(n) for n in SHOWN}, "reviewed": row.get("reviewed"),
            "rejected": self.made.get(figure_id) == "rejected", "mentions": self.mentions(figure["doc_id"]),
        }  # fmt: skip

    def mentions(self, doc_id: str) -> list[str]:
        """The sources that an article credits, by their names in it."""
        rows = (*self.by_article["claims"].get(doc_id, ()), *self.by_article["figures"].get(doc_id, ()))
        return sorted({row["source_name"] for row in rows if row["source_name"]})

    def _now(self, figure_id: str) -> Row:
        """A figure's row with what was decided so far; as the extractor made it where it was rejected."""
        figure = self.figures[figure_id]
        if figure["doc_id"] not in self.now:
            self.now[figure["doc_id"]] = self._corrected(figure["doc_id"], self.decisions)
        return self.now[figure["doc_id"]].get(figure_id, figure)

    def _corrected(self, doc_id: str, decisions: Sequence[Decision]) -> dict[str, Row]:
        """An article's figures with decisions carried out, by id. Raises CorrectionError."""
        rows = {name: found.get(doc_id, []) for name, found in self.by_article.items()}
        ids = {row["source_id"] for found in rows.values() for row in found}
        rows |= {"documents": [self.documents[doc_id]], "sources": [self.sources[i] for i in sorted(ids - {None})]}
        own = [d for d in decisions if d.doc_id in (None, doc_id)]
        return {row["figure_id"]: row for row in corrections.correct_rows(rows, own)["figures"]}

    # decisions

    def accept(self, figure_id: str, reason: str | None = None) -> None:
        """The figure is right as it stands."""
        row = self._now(figure_id)
        old = {name: row.get(name) for name in ACCEPTED["figures"]}
        self._write(figure_id, [self._decision(figure_id, "accept", old=old, reason=reason)])

    def reject(self, figure_id: str, reason: str | None = None) -> None:
        """There is no such figure."""
        self._write(figure_id, [self._decision(figure_id, "reject", reason=reason)])

    def edit(self, figure_id: str, cells: Mapping[str, object], reason: str | None = None) -> int:
        """Put cells of a figure right; those that are as they were say nothing. Gives how many were changed."""
        row = self._now(figure_id)
        try:
            given = {name: corrections.value("figures", name, cell) for name, cell in cells.items()}
        except ValueError as e:
            raise CorrectionError(str(e)) from None
        changed = {name: new for name, new in given.items() if new != row.get(name)}
        made = [
            self._decision(figure_id, "edit", column=name, old=row.get(name), new=new, reason=reason)
            for name, new in changed.items()
        ]
        self._write(figure_id, made)
        return len(made)

    def add(
        self, figure_id: str, span: tuple[int, int], cells: Mapping[str, object], reason: str | None = None
    ) -> None:
        """There is a figure that was missed, in the article of another: the number's words are `span` of its text."""
        doc_id = self.figures[figure_id]["doc_id"]
        new = {name: cell for name, cell in cells.items() if cell not in (None, "")}
        held = {"reviewer": self.writer.reviewer, "day": self.writer.day, "doc_id": doc_id, "table": "figures"}
        held |= anchor(self.texts[doc_id], *span) | {"action": "add", "new": new, "reason": reason}
        self._write(figure_id, [decision(held, "now")])

    def merge(self, old: str, new: str, figure_id: str, reason: str | None = None) -> None:
        """One source is another, or is called otherwise, in all its mentions."""
        held = {"reviewer": self.writer.reviewer, "day": self.writer.day, "table": "sources", "action": "edit"}
        made = decision(held | {"column": "name", "exact": old, "old": old, "new": new, "reason": reason}, "now")
        self._write(figure_id, [made])

    def undo(self) -> str | None:
        """Take back what was decided last in this session. Gives the figure that it was about."""
        if not self.done:
            return None
        figure_id, made = self.done.pop()
        nothing = {"old": None, "new": None, "reason": None}
        back = [
            dataclasses.replace(d, action="withdraw", column=d.column if d.action == "edit" else None, **nothing)
            for d in reversed(made)
        ]
        self._write(figure_id, back, remember=False)
        return figure_id

    def _decision(self, figure_id: str, action: str, **cells: object) -> Decision:
        figure = self.figures[figure_id]
        row = {"reviewer": self.writer.reviewer, "day": self.writer.day, "doc_id": figure["doc_id"], "table": "figures"}
        row |= anchor(self.texts[figure["doc_id"]], figure["start"], figure["end"])
        return decision(row | {"action": action} | cells, "now")

    def _write(self, figure_id: str, made: list[Decision], remember: bool = True) -> None:
        """Write decisions, after trying whether they can be carried out."""
        if not made:
            return
        figure = self.figures[figure_id]
        found = self._corrected(figure["doc_id"], [*self.decisions, *made])
        corrections.append(self.writer.path, made)
        self.decisions += made
        if remember:
            self.done.append((figure_id, made))
        self.now = {figure["doc_id"]: found} if all(d.doc_id for d in made) else {}
        self.made[figure_id] = found[figure_id]["reviewed"] if figure_id in found else "rejected"

    # the way through

    def unseen(self, after: int = -1) -> int:
        """The place in the queue of the next figure after a place that nobody has looked at; else just the next."""
        order = [*range(after + 1, len(self.queue)), *range(max(after, 0))]
        last = max(min(after + 1, len(self.queue) - 1), 0)
        return next((i for i in order if not self.made.get(self.queue[i])), last)

    def progress(self) -> dict[str, int]:
        """How many figures of the queue there are, and what was made of them."""
        made = [self.made.get(i) for i in self.queue]
        kinds = ("accepted", "corrected", "rejected")
        return {"total": len(made), "done": sum(map(bool, made))} | {k: made.count(k) for k in kinds}


def _made(ledger: Ledger) -> dict[str, str]:
    """What people made of each figure: `accepted, corrected, added, rejected`."""
    reviewed = ledger.figures.loc[ledger.figures["reviewed"].notna(), ["figure_id", "reviewed"]]
    found = dict(zip(reviewed["figure_id"], reviewed["reviewed"], strict=True))
    gone = [] if ledger.rejected is None else ledger.rejected["row_id"]
    return found | dict.fromkeys(gone, "rejected")


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["doc_id"], []).append(row)
    return found


def _web(url: object) -> str | None:
    return url if isinstance(url, str) and url.startswith(("http://", "https://")) else None
