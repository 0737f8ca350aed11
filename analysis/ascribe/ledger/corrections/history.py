"""What corrections changed in the tables, cell by cell, so that it can be told and undone."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from ascribe.ledger import columns, storage
from ascribe.ledger.corrections.decision import FIELDS, Decision

Row = dict[str, object]
CORRECTED = ("sources", "claims", "figures")
MARK = "reviewed"


def as_json(value: object) -> str | None:
    """A value as a cell of the tables of a review holds it."""
    return None if value is None else json.dumps(value, ensure_ascii=False)


def changed(before: Mapping[str, list[Row]], after: Mapping[str, list[Row]]) -> list[Row]:
    """The rows of the table `changed`: every cell and row in which two sets of tables differ."""
    found = []
    for table in CORRECTED:
        key = columns.KEYS[table]
        old, new = ({row[key]: row for row in rows[table]} for rows in (before, after))
        for row_id, row in old.items():
            if row_id not in new:
                found.append((table, row_id, None, row, None))
                continue
            cells = [(name, row.get(name), now) for name, now in new[row_id].items() if name != MARK]
            found += [(table, row_id, name, was, now) for name, was, now in cells if was != now]
        found += [(table, row_id, None, None, row) for row_id, row in new.items() if row_id not in old]
    return [{"table": t, "row_id": i, "column": c, "was": as_json(a), "now": as_json(b)} for t, i, c, a, b in found]


def undone(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[Row]]:
    """The rows of the four tables as they were before the corrections, none of them marked as reviewed."""
    rows = {name: storage.plain_rows(name, tables[name]) for name in columns.TABLES}
    log = storage.plain_rows("changed", tables["changed"]) if "changed" in tables else []
    held = {table: {row[columns.KEYS[table]]: row for row in rows[table]} for table in CORRECTED}
    for change in log:
        table, row_id = held[change["table"]], change["row_id"]
        was = json.loads(change["was"]) if change["was"] is not None else None
        if change["column"] is not None:
            if row_id in table:
                table[row_id][change["column"]] = was
        elif was is None:
            table.pop(row_id, None)
        else:
            table[row_id] = was
    for table in CORRECTED:
        rows[table] = list(held[table].values())
        for row in rows[table]:
            if MARK in row:
                row[MARK] = None
    order(rows)
    return rows


def order(rows: Mapping[str, list[Row]]) -> None:
    """Sort rows as a ledger's stand: by document and place, sources by name."""
    rows["claims"].sort(key=lambda r: (r["doc_id"], r["content"], r["claim_id"]))
    rows["figures"].sort(key=lambda r: (r["doc_id"], r["start"], r["end"]))
    rows["sources"].sort(key=lambda r: (r["name"], r["source_id"]))


def decisions(frame: pd.DataFrame) -> list[Decision]:
    """The decisions that a table `decisions` tells of, as they were read."""
    found = []
    for row in storage.plain_rows("decisions", frame):
        held = {name: row[name] for name in FIELDS}
        for name in ("old", "new"):
            held[name] = None if held[name] is None else json.loads(held[name])
        for name in ("start", "end"):
            held[name] = None if held[name] is None else int(held[name])
        held |= {name: held[name] or "" for name in ("prefix", "suffix")}
        found.append(Decision(**held, line=row["line"]))
    return found
