"""What changed between two builds of a report: claims and figures gained, lost and altered."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path

# What a row is known by when its offsets, and so its id, have moved; and what is worth telling where it differs.
TABLES = {
    "claims": (
        "claim_id",
        ("doc_id", "text"),
        ("text", "source_name", "cue", "kind", "via", "polarity", "likelihood", "stated_on"),
    ),
    "figures": (
        "figure_id",
        ("doc_id", "number", "counted"),
        (
            *("number", "counted", "value", "low", "high", "bound", "unit", "category"),
            *("whose", "source_name", "credit", "via", "as_of", "accumulation", "window_start", "window_end"),
            *("place", "basis"),
        ),
    ),
}
NAME = "changes"
HOW_LONG = ("accumulation", "window_start", "window_end")
SORTS = {"total": ", a total", "increment": ", an increase", "rate": ", a rate"}
FATES = ("applied", "confirmed", "superseded", "lost")
"""What may become of a person's decision on an article of the report, in the order in which it is told."""
DECIDED = ("line", "doc_id", "exact", "action", "column", "old", "new", "reviewer", "day", "reason", "why")


class UnreadableError(Exception):
    """A table of the last build cannot be read."""


HARMLESS = re.compile(r"[\w“‘\"'(€£][\w ,.;:?%/’‘“”\"'()€£+–—−…-]*")
LOOKS_LIKE = re.compile(r"://|www\.|mailto:|xmpp:|\bGH-\d|\b[0-9a-f]{7,64}\b|_|:\w+:", re.I)
"""What a page makes a link, emphasis or a picture of, of harmless characters: addresses, commits, issues."""
Changes = dict[str, dict[str, list[dict]]]


def compared(before: Path, after: Path) -> Changes:
    """The changes from the CSV tables in one folder to those in another.

    Rows are the same by id, or else by document and words, in order; `altered` rows say what each column was. Raises
    UnreadableError where a table is there and cannot be read.
    """
    csv.field_size_limit(2**31 - 1)
    found: Changes = {}
    for table, (key, words, columns) in TABLES.items():
        old, new = _rows(before / f"{table}.csv"), _rows(after / f"{table}.csv")
        by_id = {row.get(key): row for row in old}
        pairs = [(by_id.pop(row.get(key)), row) for row in new if row.get(key) in by_id]
        paired = {id(row) for _, row in pairs}
        loose: dict[tuple, list[dict]] = {}
        for row in by_id.values():
            loose.setdefault(tuple(row.get(w) for w in words), []).append(row)
        gained = []
        for row in new:
            if id(row) in paired:
                continue
            same = loose.get(tuple(row.get(w) for w in words))
            if same:
                pairs.append((same.pop(0), row))
            else:
                gained.append(row)
        lost = [row for rows in loose.values() for row in rows]
        altered = []
        for was, now in pairs:
            both = (c for c in columns if c in was and c in now)  # a table of before may lack a column
            differs = {c: {"was": was[c], "now": now[c]} for c in both if was[c] != now[c]}
            if differs:
                altered.append(_told(table, now) | {"changed": differs})
        found[table] = {
            "gained": [_told(table, row) for row in gained],
            "lost": [_told(table, row) for row in lost],
            "altered": sorted(altered, key=lambda r: r["id"]),
        }
    found["corrections"] = fates(before, after)
    return found


def fates(before: Path, after: Path) -> dict[str, list[dict]]:
    """What became of people's decisions, where that was not so before: a list for each fate that there is."""
    old = {_decided(row) for row in _rows(before / "decisions.csv")}
    found: dict[str, list[dict]] = {}
    for row in _rows(after / "decisions.csv"):
        if row.get("fate") in FATES and _decided(row) not in old:
            found.setdefault(row["fate"], []).append({name: row.get(name, "") for name in DECIDED})
    return {fate: found[fate] for fate in FATES if fate in found}


def _decided(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in ("fate", *DECIDED))


def _rows(path: Path) -> list[dict]:
    try:
        with path.open(encoding="utf-8", newline="") as f:
            return [{name: row[name] or "" for name in row if name} for row in csv.DictReader(f)]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, csv.Error) as e:
        raise UnreadableError(f"{path}: cannot be read: {getattr(e, 'strerror', None) or e}") from None


def _told(table: str, row: Mapping[str, str]) -> dict:
    """What a reader needs to recognise a claim or a figure."""
    key, _, _ = TABLES[table]
    told = {"id": row.get(key, ""), "doc_id": row.get("doc_id", ""), "source_name": row.get("source_name", "")}
    if table == "claims":
        return told | {"text": row.get("text", "")}
    return told | {name: row.get(name, "") for name in ("number", "counted", "category", *HOW_LONG)}


def is_empty(changes: Changes) -> bool:
    """Whether nothing changed."""
    return not any(rows for kinds in changes.values() for rows in kinds.values())


def readable(changes: Changes, title: str) -> str:
    """The changes as Markdown, for a person or for a comment on a change of the articles."""
    if is_empty(changes):
        return f"# {plain(title)}\n\nNo claim or figure changed.\n"
    lines = [f"# {plain(title)}: what changed"]
    for table, kinds in changes.items():
        for kind, rows in kinds.items():
            if rows:
                lines += ["", f"## {table.capitalize()} {kind} ({len(rows)})", ""]
                lines += [f"- {_line(table, row)}" for row in rows]
    return "\n".join(lines) + "\n"


def _line(table: str, row: Mapping) -> str:
    if table == "corrections":
        return _decision(row)
    who = plain(row["source_name"]) or "nobody"
    if table == "claims":
        text = row["text"] if len(row["text"]) <= 160 else row["text"][:157] + "…"
        said = f"{who}: {plain(f'“{text}”')} ({plain(row['doc_id'])})"
    else:
        counted = f" {plain(row['counted'])}" if row["counted"] else ""
        kind = plain(row["category"]) + _how_long(row)
        said = f"{plain(row['number'])}{counted}, {kind}, credited to {who} ({plain(row['doc_id'])})"
    for name, change in row.get("changed", {}).items():
        said += f"; {name.replace('_', ' ')}: {plain(change['was']) or 'none'} → {plain(change['now']) or 'none'}"
    return said


def _how_long(row: Mapping) -> str:
    """Whether a figure is a total, an increase or a rate, and for which days: 12 a day are not 12 in all."""
    days = list(dict.fromkeys(plain(row[name]) for name in HOW_LONG[1:] if row[name]))
    return SORTS.get(row["accumulation"], "") + (f", {' to '.join(days)}" if days else "")


def _decision(row: Mapping) -> str:
    """A person's decision, in a line: what, on which words, who and why."""
    words = plain(f"“{row['exact']}”")
    what = f"{row['action']} {words} ({plain(row['doc_id']) or 'all articles'})"
    if row["column"]:
        old, new = (plain(json.dumps(_value(row[n]), ensure_ascii=False).strip('"')) for n in ("old", "new"))
        what += f"; {row['column'].replace('_', ' ')}: {old} → {new}"
    by = f"; {plain(row['reviewer'])}, {row['day']}" + (f": {plain(row['reason'])}" if row["reason"] else "")
    return what + by + (f" — {plain(row['why'])}" if row["why"] else "") + f" ({plain(row['line'])})"


def _value(cell: str) -> object:
    try:
        return json.loads(cell.removeprefix("'")) if cell else None
    except ValueError:
        return cell


def plain(text: str) -> str:
    """A text on one line, as Markdown in which it is nothing else than that text.

    Pages that show Markdown make links, mentions, issues and pictures of what looks like one, escaped or not; only
    within a code span they do not. So what is not plainly harmless stands in one.
    """
    text = "".join(c if c.isprintable() else " " for c in text.removeprefix("'"))
    text = " ".join(text.split())
    if not text or (HARMLESS.fullmatch(text) and not LOOKS_LIKE.search(text)):
        return text
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{space}{text}{space}{fence}"


def write(changes: Changes, folder: Path, title: str) -> None:
    """Write the changes beside a report: `changes.json` for programs, `changes.md` for people."""
    (folder / f"{NAME}.json").write_text(
        json.dumps(changes, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    (folder / f"{NAME}.md").write_text(readable(changes, title), encoding="utf-8", newline="\n")
