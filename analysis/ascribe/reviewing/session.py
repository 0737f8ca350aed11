"""One person going through a ledger's figures and claims: what is shown of each, what is written of each decision."""

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
from ascribe.ledger.corrections import ACCEPTED, Decision, anchor, decision, targets

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

AROUND = 420
"""Characters of the article shown on either side of a figure, or of a claim."""
SHOWN = {
    "figures": (
        *("value", "low", "high", "bound", "unit", "category", "counted", "whose", "source_name", "credit"),
        *("as_of", "window_start", "window_end", "place", "accumulation", "basis"),
    ),
    "claims": ("source_name", "cue", "via", "kind", "polarity", "likelihood", "stated_on"),
}
"""The cells that are shown, and may be edited."""
KEYS = {"figures": "figure_id", "claims": "claim_id"}
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
    """The figures of a ledger, or its claims, one after another, and the file that takes what is decided of them.

    `table` is what is gone through at present: `figures` or `claims`; `queue` its rows' ids in their order. What is
    impossible or contradicts another's decision raises CorrectionError, and is not written.
    """

    def __init__(self, ledger: Ledger, writer: Writer, queue: Sequence[str], claims: Sequence[str] = ()) -> None:
        self.writer = writer
        before = corrections.decisions(ledger.decisions) if ledger.decisions is not None else []
        held = corrections.read(writer.path) if writer.path.exists() else []
        self.decisions = [*(d for d in before if d not in held), *held]
        self.rows = {n: storage.plain_rows(n, f) for n, f in corrections.extracted(ledger.tables).items()}
        self.texts = {d["doc_id"]: d["text"] for d in self.rows["documents"]}
        self.documents = {d["doc_id"]: d for d in self.rows["documents"]}
        self.known = {row[key]: (table, row) for table, key in KEYS.items() for row in self.rows[table]}
        self.by_article = {name: _grouped(self.rows[name]) for name in ("claims", "figures")}
        self.names = sorted({s["name"] for s in self.rows["sources"]})
        self.sources = {s["source_id"]: s for s in self.rows["sources"]}
        self.now: dict[str, dict[str, Row]] = {}
        self.table = "figures"
        self.queues = {
            "figures": [i for i in queue if i in self.known],
            "claims": [i for i in claims if i in self.known],
        }
        self.done: list[tuple[str, list[Decision]]] = []
        made = ledger.corrected(self.decisions) if self.decisions else ledger
        self.made = _made(made)

    @property
    def queue(self) -> list[str]:
        """The ids of what is gone through, in the order in which it is."""
        return self.queues[self.table]

    def card(self, row_id: str) -> Row:
        """All that is shown of a figure or a claim: its words in their context, its cells, and what they may be."""
        row = self._now(row_id)
        table, made = self.known[row_id]
        document, text = self.documents[made["doc_id"]], self.texts[made["doc_id"]]
        start, end = targets.words(made)
        left, right = max(beginning(text), start - AROUND), min(len(text), end + AROUND)
        own = [(start, end, "figure")] if table == "figures" else [(*span, "content") for span in made["content"]]
        beside = [(*row[f"{name}_span"], name) for name in ("source", "cue") if row.get(f"{name}_span")]
        # what credits may stand within what is said: then it is marked there
        marks = _marks(*((own, beside) if table == "figures" else (beside, own)))
        marks = [[s - left, e - left, kind] for s, e, kind in marks if left <= s and e <= right]
        cells = {n: "; ".join(row[n]) if isinstance(row.get(n), list) else row.get(n) for n in SHOWN[table]}
        return {
            "row_id": row_id, "table": table, "text": text[left:right], "begins": left, "marks": marks,
            "article": document["title"] or made["doc_id"], "doc_id": made["doc_id"],
            "published": document["published"], "publisher": document["publisher"], "url": _web(document["url"]),
            "words": made["number"] if table == "figures" else made["text"], "cells": cells,
            "reviewed": row.get("reviewed"), "rejected": self.made.get(row_id) == "rejected",
            "mentions": self.mentions(made["doc_id"]),
        }  # fmt: skip

    def mentions(self, doc_id: str) -> list[str]:
        """The sources that an article credits, by their names in it."""
        rows = (*self.by_article["claims"].get(doc_id, ()), *self.by_article["figures"].get(doc_id, ()))
        return sorted({row["source_name"] for row in rows if row["source_name"]})

    def _now(self, row_id: str) -> Row:
        """A row with what was decided so far; as the extractor made it where it was rejected."""
        _, made = self.known[row_id]
        if made["doc_id"] not in self.now:
            self.now[made["doc_id"]] = self._corrected(made["doc_id"], self.decisions)
        return self.now[made["doc_id"]].get(row_id, made)

    def _corrected(self, doc_id: str, decisions: Sequence[Decision]) -> dict[str, Row]:
        """An article's figures and claims with decisions carried out, by id. Raises CorrectionError."""
        rows = {name: found.get(doc_id, []) for name, found in self.by_article.items()}
        ids = {row["source_id"] for found in rows.values() for row in found}
        rows |= {"documents": [self.documents[doc_id]], "sources": [self.sources[i] for i in sorted(ids - {None})]}
        own = [d for d in decisions if d.doc_id in (None, doc_id)]
        found = corrections.correct_rows(rows, own)
        return {row[key]: row for table, key in KEYS.items() for row in found[table]}

    # decisions

    def accept(self, row_id: str, reason: str | None = None) -> None:
        """The figure or claim is right as it stands."""
        row, table = self._now(row_id), self.known[row_id][0]
        old = {name: row.get(name) for name in ACCEPTED[table]}
        self._write(row_id, [self._decision(row_id, "accept", old=old, reason=reason)])

    def reject(self, row_id: str, reason: str | None = None) -> None:
        """There is no such figure, or claim."""
        self._write(row_id, [self._decision(row_id, "reject", reason=reason)])

    def edit(self, row_id: str, cells: Mapping[str, object], reason: str | None = None) -> int:
        """Put cells of a row right; those that are as they were say nothing. Gives how many were changed."""
        row, table = self._now(row_id), self.known[row_id][0]
        try:
            given = {name: corrections.value(table, name, cell) for name, cell in cells.items()}
        except ValueError as e:
            raise CorrectionError(str(e)) from None
        changed = {name: new for name, new in given.items() if new != row.get(name)}
        made = [
            self._decision(row_id, "edit", column=name, old=row.get(name), new=new, reason=reason)
            for name, new in changed.items()
        ]
        self._write(row_id, made)
        return len(made)

    def add(self, row_id: str, span: tuple[int, int], cells: Mapping[str, object], reason: str | None = None) -> None:
        """There is a figure (or a claim, as that of `row_id` is one) that was missed, in the article of another.

        Its words, the number's or what is said, are `span` of the article's text.
        """
        table, made = self.known[row_id]
        new = {name: cell for name, cell in cells.items() if cell not in (None, "")}
        held = {"reviewer": self.writer.reviewer, "day": self.writer.day, "doc_id": made["doc_id"], "table": table}
        held |= anchor(self.texts[made["doc_id"]], *span) | {"action": "add", "new": new, "reason": reason}
        self._write(row_id, [decision(held, "now")])

    def merge(self, old: str, new: str, row_id: str, reason: str | None = None) -> None:
        """One source is another, or is called otherwise, in all its mentions."""
        held = {"reviewer": self.writer.reviewer, "day": self.writer.day, "table": "sources", "action": "edit"}
        made = decision(held | {"column": "name", "exact": old, "old": old, "new": new, "reason": reason}, "now")
        self._write(row_id, [made])

    def undo(self) -> str | None:
        """Take back what was decided last in this session, and turn to its table. Gives the row that it was about."""
        if not self.done:
            return None
        row_id, made = self.done.pop()
        nothing = {"old": None, "new": None, "reason": None}
        back = [
            dataclasses.replace(d, action="withdraw", column=d.column if d.action == "edit" else None, **nothing)
            for d in reversed(made)
        ]
        self._write(row_id, back, remember=False)
        self.table = self.known[row_id][0]
        return row_id

    def _decision(self, row_id: str, action: str, **cells: object) -> Decision:
        table, made = self.known[row_id]
        row = {"reviewer": self.writer.reviewer, "day": self.writer.day, "doc_id": made["doc_id"], "table": table}
        beside = self.by_article["claims"].get(made["doc_id"], ())
        row |= anchor(self.texts[made["doc_id"]], *targets.words(made, beside))
        return decision(row | {"action": action} | cells, "now")

    def _write(self, row_id: str, made: list[Decision], remember: bool = True) -> None:
        """Write decisions, after trying whether they can be carried out."""
        if not made:
            return
        doc_id = self.known[row_id][1]["doc_id"]
        found = self._corrected(doc_id, [*self.decisions, *made])
        corrections.append(self.writer.path, made)
        self.decisions += made
        if remember:
            self.done.append((row_id, made))
        self.now = {doc_id: found} if all(d.doc_id for d in made) else {}
        self.made[row_id] = found[row_id]["reviewed"] if row_id in found else "rejected"

    # the way through

    def unseen(self, after: int = -1) -> int:
        """The place in the queue of the next row after a place that nobody has looked at; else just the next."""
        order = [*range(after + 1, len(self.queue)), *range(max(after, 0))]
        last = max(min(after + 1, len(self.queue) - 1), 0)
        return next((i for i in order if not self.made.get(self.queue[i])), last)

    def progress(self) -> dict[str, object]:
        """How many rows of the queue there are, and what was made of them; `of`: the same of figures and of claims."""
        of = {table: self._progress(table) for table in KEYS}
        return of[self.table] | {"table": self.table, "of": of}

    def _progress(self, table: str) -> dict[str, int]:
        made = [self.made.get(i) for i in self.queues[table]]
        kinds = ("accepted", "corrected", "rejected")
        return {"total": len(made), "done": sum(map(bool, made))} | {k: made.count(k) for k in kinds}


def _marks(first: list[tuple[int, int, str]], then: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Stretches to be marked, in their order; of the later ones only what the first leave over."""
    found = list(first)
    for start, end, kind in then:
        for s, e, _ in sorted(first):
            if s < end and start < e:
                if start < s:
                    found.append((start, s, kind))
                start = max(start, e)
        if start < end:
            found.append((start, end, kind))
    return sorted(found)


def _made(ledger: Ledger) -> dict[str, str]:
    """What people made of each figure and claim: `accepted, corrected, added, rejected`."""
    found: dict[str, str] = {}
    for table, key in KEYS.items():
        rows = ledger.tables[table]
        seen = rows.loc[rows["reviewed"].notna(), [key, "reviewed"]] if "reviewed" in rows else rows.head(0)
        found |= dict(zip(seen[key], seen["reviewed"], strict=True)) if len(seen) else {}
    gone = [] if ledger.rejected is None else ledger.rejected["row_id"]
    return found | dict.fromkeys(gone, "rejected")


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["doc_id"], []).append(row)
    return found


def _web(url: object) -> str | None:
    return url if isinstance(url, str) and url.startswith(("http://", "https://")) else None
