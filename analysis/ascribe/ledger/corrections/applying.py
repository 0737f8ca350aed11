"""Decisions carried out on a ledger's tables, and what became of each.

    applied      done; what the extractor says is what the reviewer saw
    confirmed    the extractor now says what the reviewer said
    superseded   the extractor now says something third: the reviewer's word stands, and should be looked at again
    lost         its words, or the row on them, are gone: nothing is done
    elsewhere    it is on an article, or a source, that is not in these tables
    withdrawn    taken back or replaced by a later decision

Nothing is done where anything is wrong.
"""

from __future__ import annotations

import collections
import copy
import math
from collections.abc import Iterable, Mapping

import pandas as pd

from ascribe.errors import CorrectionError
from ascribe.extraction.records import record_id
from ascribe.ledger import columns, storage
from ascribe.ledger.corrections import history
from ascribe.ledger.corrections.consistency import (
    NUMBER,
    Mentions,
    check_credit,
    settle_number,
    settle_source,
)
from ascribe.ledger.corrections.decision import Decision
from ascribe.ledger.corrections.replay import replay, told
from ascribe.ledger.corrections.sourcing import Sources
from ascribe.ledger.corrections.targets import Elsewhere, Places, Target, reach

Row = dict[str, object]


def correct(tables: Mapping[str, pd.DataFrame], decisions: Iterable[Decision]) -> dict[str, pd.DataFrame]:
    """The tables with the decisions carried out, and the tables of the review (`columns.REVIEW`) besides.

    What was done before is undone first, so that the same decisions give the same tables whatever was applied already.
    Raises CorrectionError, and does nothing, where decisions contradict each other or cannot be carried out.
    """
    listed = list(decisions)
    before = history.undone(tables)
    if not listed:
        return _framed(tables, before)
    desk = Desk(before)
    desk.carry_out(listed)
    after = desk.rows()
    review = {
        "decisions": [desk.told(d) for d in listed],
        "rejected": desk.rejected,
        "changed": history.changed(before, after),
    }
    return _framed(tables, after) | {n: storage.framed(n, r, _names(n)) for n, r in review.items()}


def correct_rows(rows: Mapping[str, list[Row]], decisions: Iterable[Decision]) -> dict[str, list[Row]]:
    """The rows of four tables, as the extractor made them, with the decisions carried out; for a few rows at a time.

    Raises CorrectionError as `correct` does.
    """
    desk = Desk(rows)
    desk.carry_out(list(decisions))
    return desk.rows()


def extracted(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The four tables as they were before any correction."""
    return _framed(tables, history.undone(tables))


def _names(table: str) -> list[str]:
    return [c.name for c in columns.ALL[table]]


def _framed(tables: Mapping[str, pd.DataFrame], rows: dict[str, list[Row]]) -> dict[str, pd.DataFrame]:
    """DataFrames with the columns that they had, in the order in which a ledger's rows stand."""
    history.order(rows)
    names = {n: dict.fromkeys([*map(str, tables[n].columns), *(c for row in rows[n] for c in row)]) for n in rows}
    return {n: storage.framed(n, rows[n], list(names[n])) for n in columns.TABLES}


class Desk:
    """The rows under correction, and what was done."""

    def __init__(self, before: Mapping[str, list[Row]]) -> None:
        held = copy.deepcopy({name: before[name] for name in history.CORRECTED})
        self.documents = before["documents"]
        self.figures = {row["figure_id"]: row for row in held["figures"]}
        self.claims = {row["claim_id"]: row for row in held["claims"]}
        self.sources = Sources(held["sources"], (*held["claims"], *held["figures"]))
        texts = {row["doc_id"]: row["text"] for row in self.documents}
        self.places = Places(texts, self.figures.values(), self.claims.values())
        self.mentions = Mentions(texts, (*held["claims"], *held["figures"]))
        self.columns = {name: list(rows[0]) if rows else _names(name) for name, rows in held.items()}
        self.fates: dict[int, tuple[str, str | None, str | None]] = {}
        self.faults: list[str] = []
        self.rejected: list[Row] = []

    def rows(self) -> dict[str, list[Row]]:
        """The rows of the four tables as they are now."""
        figures, claims = list(self.figures.values()), list(self.claims.values())
        sources = self.sources.counted(claims, figures)
        return {"documents": self.documents, "sources": sources, "claims": claims, "figures": figures}

    def carry_out(self, decisions: list[Decision]) -> None:
        """Do what the decisions say. Raises CorrectionError with all that contradict or cannot be done."""
        on_rows: dict[tuple, list[tuple[Decision, Target]]] = collections.defaultdict(list)
        on_sources: dict[tuple, list[Decision]] = collections.defaultdict(list)
        for decision in decisions:
            if decision.table == "sources":
                on_sources[decision.exact.casefold(), decision.doc_id, decision.column].append(decision)
                continue
            try:
                target = self.places.of(decision)
                on_rows[target.key].append((decision, target))
            except Elsewhere as e:
                self.became(decision, "elsewhere", str(e))
            except ValueError as e:
                self.became(decision, "lost", str(e))
        merging = [d for found in on_sources.values() for d in self._live(found)]
        for decision in merging:
            if decision.column == "name":
                self.sources.merge(decision.exact, str(decision.new))
        for found in on_rows.values():
            self._on_row(self._live([d for d, _ in found]), found[-1][1])
        order = {id(decision): i for i, decision in enumerate(decisions)}
        for decision in sorted(merging, key=lambda d: order[id(d)]):
            self._on_source(decision)
        if self.faults:
            raise CorrectionError("nothing was carried out\n" + "\n".join(self.faults))

    def became(self, decision: Decision, fate: str, why: str | None = None, row_id: str | None = None) -> None:
        """Remember what became of a decision."""
        self.fates[id(decision)] = fate, why, row_id

    def told(self, decision: Decision) -> Row:
        """A decision as the table `decisions` has it."""
        fate, why, row_id = self.fates[id(decision)]
        row = {name: None if value == "" else value for name, value in decision.row().items()}
        row |= {"old": history.as_json(decision.old), "new": history.as_json(decision.new)}
        return {"line": decision.line or "given", "fate": fate, "why": why, "row_id": row_id} | row

    def _live(self, decisions: list[Decision]) -> list[Decision]:
        done = replay(decisions, self._same)
        for decision in done.past:
            self.became(decision, "withdrawn")
        self.faults += done.contradictions
        return done.live

    def _same(self, column: str, one: object, other: object) -> bool:
        """Whether two values of a column mean the same."""
        if column == "source_name":
            return self.sources.same(one, other)
        if isinstance(one, float | int) and isinstance(other, float | int):
            return math.isclose(one, other, rel_tol=1e-9)
        return (one or None) == (other or None)

    # rows

    def _on_row(self, live: list[Decision], target: Target) -> None:
        """Carry out the decisions that hold on one figure or claim."""
        row = self._held(target.table).get(target.row_id)
        out = [d for d in live if d.action == "reject"]
        if out:
            self._reject(out, target, row)
        elif row is None:
            self._add(live, target)
        elif live:
            self._edit(live, target, row)

    def _held(self, table: str) -> dict[str, Row]:
        return self.figures if table == "figures" else self.claims

    def _reject(self, decisions: list[Decision], target: Target, row: Row | None) -> None:
        for decision in decisions:
            if row is None:
                self.became(decision, "confirmed", "the extractor no longer finds it")
            else:
                self.became(decision, "applied", row_id=target.row_id)
        if row is None:
            return
        del self._held(target.table)[target.row_id]
        last = decisions[-1]
        start, end = (row["start"], row["end"]) if target.table == "figures" else reach(row)
        self.rejected.append({
            "row_id": target.row_id, "table": target.table, "doc_id": row["doc_id"], "start": start, "end": end,
            "words": row["number"] if target.table == "figures" else row["text"], "category": row.get("category"),
            "source_name": row["source_name"], "reviewer": last.reviewer, "day": last.day, "reason": last.reason,
        })  # fmt: skip
        self._unlink(target.row_id, row)

    def _unlink(self, row_id: str, row: Row) -> None:
        """Have no row point at one that is gone."""
        for figure in self.figures.values():
            for column in ("claim_id", "part_of"):
                if figure[column] == row_id:
                    figure[column] = None
        for claim in self.claims.values():
            if claim["parent_claim_id"] == row_id:
                claim["parent_claim_id"] = row.get("parent_claim_id")

    def _add(self, decisions: list[Decision], target: Target) -> None:
        """Add the row that the decisions say there is; what they say of one that is not there is lost."""
        adding = [d for d in decisions if d.action == "add"]
        noun = target.table[:-1]
        if not adding:
            for decision in decisions:
                self.became(decision, "lost", f"the extractor finds no {noun} at these words")
            return
        row = self._blank(target)
        key = columns.KEYS[target.table]
        given: dict[str, object] = {}
        for decision in decisions:
            given |= {"edit": {decision.column: decision.new}, "add": decision.new}.get(decision.action) or {}
            self.became(decision, "applied", row_id=row[key])
        row |= given
        self._settle(row, given | dict.fromkeys(["source_name"], row["source_name"]), adding[-1])
        row["reviewed"] = "added"
        self._held(target.table)[row[key]] = row

    def _blank(self, target: Target) -> Row:
        """A row of which nothing is known but its words."""
        text = self.places.texts[target.doc_id][target.start : target.end]
        row: Row = dict.fromkeys(self.columns[target.table])
        row |= {"doc_id": target.doc_id, "via": [], "source_span": None}
        if target.table == "figures":
            row |= {"figure_id": record_id("figure", target.doc_id, target.start, target.end)}
            row |= {"start": target.start, "end": target.end, "number": text, "stated_as": text, "unit": ""}
            return row | {"bound": "exact", "category": "other", "credit": "none", "accumulation": "unknown"}
        content = [[target.start, target.end]]
        row |= {"claim_id": record_id("c", target.doc_id, target.start, target.end, None, None), "content": content}
        return row | {"text": text, "kind": "indirect", "polarity": "asserted", "confidence": 1.0}

    def _edit(self, decisions: list[Decision], target: Target, row: Row) -> None:
        """Write what the decisions say into a row that is there, the edits before what was accepted after them."""
        was, given = dict(row), {}
        for decision in decisions:
            if decision.action == "edit":
                given[decision.column] = decision.new
                self._fate_of_edit(decision, was)
        self._write(row, given, next((d for d in decisions if d.action == "edit"), None))
        for decision in decisions:
            if decision.action == "edit":
                continue
            said = (decision.old if decision.action == "accept" else decision.new) or {}
            differs = {c: v for c, v in said.items() if not self._same(c, row.get(c), v) and c not in given}
            third = "; ".join(f"{c}: the extractor says {told(was.get(c))}" for c in differs)
            fate = "superseded" if differs else "applied" if decision.action == "accept" else "confirmed"
            self.became(decision, fate, third or None, target.row_id)
            self._write(row, differs, decision)
        row["reviewed"] = "corrected" if row != was else "accepted"
        _assure(row, decisions)

    def _fate_of_edit(self, decision: Decision, was: Row) -> None:
        present, row_id = was.get(decision.column), was[columns.KEYS[decision.table]]
        if self._same(decision.column, present, decision.new):
            self.became(decision, "confirmed", "the extractor says so, too", row_id)
        elif self._same(decision.column, present, decision.old):
            self.became(decision, "applied", row_id=row_id)
        else:
            self.became(decision, "superseded", f"{decision.column}: the extractor says {told(present)}", row_id)

    def _write(self, row: Row, given: Mapping[str, object], decision: Decision | None) -> None:
        """Write cells into a row, and what follows; a source that is the same stays as the article names it."""
        given = {c: v for c, v in given.items() if not (c == "source_name" and row[c] and self.sources.same(row[c], v))}
        if given and decision:
            row |= given
            self._settle(row, given, decision)

    def _settle(self, row: Row, given: Mapping[str, object], decision: Decision) -> None:
        place, end = (row["start"], row["end"]) if "start" in row else reach(row)
        try:
            if set(given) & set(NUMBER) or (decision.action == "add" and "start" in row):
                settle_number(row, given)
            if "source_name" in given:
                settle_source(row, self.mentions, place, end, given)
            if "source_name" in given or "credit" in given:
                check_credit(row)
        except ValueError as e:
            self.faults.append(f"{decision.line}: {e}")
            return
        if "source_name" in given:
            name = row["source_name"]
            row["source_id"] = self.sources.identify(name, row["doc_id"]) if name else None
            if "claim_id" in row and "start" in row:
                row["claim_id"] = self._claim_of(row)

    def _claim_of(self, figure: Row) -> str | None:
        """The innermost claim of a figure's source that the figure stands in."""
        within = [
            claim for claim in self.claims.values()
            if claim["doc_id"] == figure["doc_id"] and claim["source_id"] == figure["source_id"]
            and any(s <= figure["start"] and figure["end"] <= e for s, e in claim["content"])
        ]  # fmt: skip
        narrow = min(within, key=lambda c: (reach(c)[1] - reach(c)[0], c["claim_id"]), default=None)
        return narrow["claim_id"] if narrow else None

    # sources

    def _on_source(self, decision: Decision) -> None:
        """Rename or merge a source in its mentions, or put right what sort it is."""
        ids = self.sources.ids(decision.exact)
        mentioned = [
            row for row in (*self.claims.values(), *self.figures.values())
            if row["source_id"] in ids and decision.doc_id in (None, row["doc_id"])
        ]  # fmt: skip
        if decision.column != "name":
            self._on_kind(decision, ids)
        elif mentioned and ids != self.sources.ids(str(decision.new)):
            self._rename(decision, mentioned)
            self.became(decision, "applied")
        elif mentioned or self.sources.ids(str(decision.new)):
            self.became(decision, "confirmed", "the extractor says so, too")
        else:
            self.became(decision, "elsewhere", f"no source {decision.exact!r} among these")

    def _rename(self, decision: Decision, mentioned: list[Row]) -> None:
        old, new = decision.exact, str(decision.new)
        for row in mentioned:
            row["source_id"], row["source_name"] = self.sources.identify(new, row["doc_id"]), new
            row["via"] = [new if v.casefold() == old.casefold() else v for v in row["via"]]
            source = self.sources.rows[row["source_id"]]
            if old not in (source["name"], *source["aliases"]):
                source["aliases"] = sorted((*source["aliases"], old))

    def _on_kind(self, decision: Decision, ids: set[str]) -> None:
        if not ids:
            self.became(decision, "elsewhere", f"no source {decision.exact!r} among these")
        for source_id in sorted(ids):
            row, column = self.sources.rows[source_id], decision.column
            present, row[column] = row[column], decision.new
            if self._same(column, present, decision.new):
                self.became(decision, "confirmed", "the extractor says so, too", source_id)
            elif self._same(column, present, decision.old):
                self.became(decision, "applied", row_id=source_id)
            else:
                self.became(decision, "superseded", f"{column}: the extractor says {told(present)}", source_id)


SURE_OF = {"category_confidence": ("category",), "credit_confidence": ("source_name", "credit")}
"""Which cells a confidence of a figure is of."""


def _assure(row: Row, decisions: list[Decision]) -> None:
    """Make certain what a person looked at: the cells of an edit, all of them where the row was accepted."""
    whole = any(d.action != "edit" for d in decisions)
    told = {d.column for d in decisions if d.action == "edit"}
    for confidence, cells in SURE_OF.items():
        if confidence in row and (whole or told & set(cells)):
            row[confidence] = 1.0
