"""A spreadsheet out of a ledger, one row a figure or a claim, and decisions out of one that somebody has gone through.

What was not touched says nothing: each row carries, in a hidden column, its anchor and its cells as they were. A row
that is added at the end, with the article and the number's words (or what is said), is one that was missed. An `.xlsx`
has a sheet of figures and one of claims; as CSV the claims are a second file beside the first.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.errors import CorrectionError
from ascribe.extraction.records import BOUNDS, CATEGORIES, CREDITS, KINDS, LIKELIHOODS, POLARITIES
from ascribe.ledger import corrections, storage
from ascribe.ledger.corrections import ACCEPTED, Decision, anchor, decision, targets
from ascribe.ledger.corrections.consistency import NUMBER
from ascribe.reviewing.session import Writer

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

Row = dict[str, object]
ANSWERS = ("accept", "reject")
EDITED = {
    "figures": ("value", "low", "high", "bound", "unit", "category", "counted", "whose", "source_name", "credit"),
    "claims": ("source_name", "cue", "via", "kind", "polarity", "likelihood", "stated_on"),
}
OWN = {"figures": "number", "claims": "said"}
"""The column that has a row's own words."""
HEADS = {
    table: ("decision", OWN[table], "words", *edited, "reason", "article", "published", "link", "reviewed", "row")
    for table, edited in EDITED.items()
}
"""The columns; `row` is hidden and must not be changed."""
WIDTHS = {
    "decision": 10,
    "number": 14,
    "said": 60,
    "words": 70,
    "source_name": 34,
    "counted": 18,
    "whose": 16,
    "reason": 30,
    "article": 26,
}
LISTS = {
    "figures": {"decision": ANSWERS, "bound": BOUNDS, "category": CATEGORIES, "credit": CREDITS},
    "claims": {"decision": ANSWERS, "kind": KINDS, "polarity": POLARITIES, "likelihood": LIKELIHOODS},
}
CHOICES = "choices"
"""The sheet of what cells are chosen from; those of the tables are called as they are."""
SUFFIXES = (".xlsx", ".csv")


def write(
    ledger: Ledger,
    path: str | os.PathLike[str],
    queue: Iterable[str] | None = None,
    claims: Iterable[str] | None = None,
) -> dict[Path, dict[str, int]]:
    """Write the figures and claims of a ledger (those of `queue` and `claims`, in their order), as `.xlsx` or `.csv`.

    Gives how many of which each file holds. Raises CorrectionError where it cannot be written.
    """
    path = _known(path)
    ids = {"figures": queue, "claims": claims}
    rows = {table: list(_rows(ledger, table, ids[table])) for table in EDITED}
    try:
        if path.suffix.lower() == ".csv":
            paths = {"figures": path, "claims": beside(path)}
            for table, file in paths.items():
                _write_csv(file, table, rows[table])
            return {file: {table: len(rows[table])} for table, file in paths.items()}
        known = {n for t in (ledger.figures, ledger.claims) for n in t["source_name"].dropna()}
        _write_xlsx(path, rows, sorted(set(ledger.sources["name"]) | known))
    except OSError as e:
        raise CorrectionError(f"{path}: cannot be written: {e.strerror or e}") from e
    return {path: {table: len(found) for table, found in rows.items()}}


def beside(path: Path) -> Path:
    """The CSV file of claims beside that of figures."""
    return path.with_name(f"{path.stem}-claims{path.suffix}")


def _known(path: str | os.PathLike[str]) -> Path:
    if Path(path).suffix.lower() not in SUFFIXES:
        raise CorrectionError(f"{path}: name a file that ends in .xlsx or .csv")
    return Path(path)


def _rows(ledger: Ledger, table: str, ids: Iterable[str] | None) -> Iterator[Row]:
    """A row of the sheet for each figure, or claim."""
    from ascribe.publishing.present.listings import words

    texts = dict(zip(ledger.documents["doc_id"], ledger.documents["text"], strict=True))
    about = {d["doc_id"]: d for d in storage.plain_rows("documents", ledger.documents.drop(columns="text"))}
    by_id = {r[f"{table[:-1]}_id"]: r for r in storage.plain_rows(table, ledger.tables[table])}
    claims: dict[str, list[Row]] = {}
    for claim in by_id.values() if table == "claims" else ():
        claims.setdefault(claim["doc_id"], []).append(claim)
    for made in (by_id[i] for i in (by_id if ids is None else ids) if i in by_id):
        document, text = about[made["doc_id"]], texts[made["doc_id"]]
        cells = {name: "; ".join(made[name]) if isinstance(made[name], list) else made[name] for name in EDITED[table]}
        start, end = targets.words(made, claims.get(made["doc_id"], ()))
        held = anchor(text, start, end) | {"doc_id": made["doc_id"], "cells": cells}
        yield {
            OWN[table]: made["number"] if table == "figures" else made["text"],
            "words": words(text, start, end, 200), **cells,
            "article": made["doc_id"], "published": document["published"], "link": document["url"],
            "reviewed": made.get("reviewed"), "row": json.dumps(held),
        }  # fmt: skip


def _write_csv(path: Path, table: str, rows: list[Row]) -> None:
    def cell(value: object) -> str:
        value = int(value) if isinstance(value, float) and value.is_integer() else value
        return "" if value is None else storage.guarded(str(value))

    with path.open("w", encoding="utf-8-sig", newline="") as f:  # the mark tells spreadsheets that it is UTF-8
        f.write(storage.line(HEADS[table]))
        f.writelines(storage.line(cell(row.get(name)) for name in HEADS[table]) for row in rows)


def _write_xlsx(path: Path, rows: dict[str, list[Row]], sources: list[str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, found in rows.items():
        _write_sheet(book.create_sheet(table), table, found)
    _choices(book, {table: len(found) + 200 for table, found in rows.items()}, sources)
    book.properties.creator = "ascribe"
    book.save(path)


def _write_sheet(sheet: object, table: str, rows: list[Row]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    heads = HEADS[table]
    for i, name in enumerate(heads, 1):
        head = sheet.cell(1, i, name)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8E4DA")
        sheet.column_dimensions[get_column_letter(i)].width = WIDTHS.get(name, 12)
    wrapped = [i for i, name in enumerate(heads, 1) if name in ("words", "said")]
    for at, row in enumerate(rows, 2):
        for i, name in enumerate(heads, 1):
            put(sheet.cell(at, i), row.get(name))
        for i in wrapped:
            sheet.cell(at, i).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads) - 1)}{max(len(rows) + 1, 2)}"
    sheet.column_dimensions[get_column_letter(len(heads))].hidden = True


def put(cell: object, value: object) -> None:
    """Write a value as what it is: never a formula, whatever it begins with; without characters that XML has not."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = legal(value)[:32_767]
    cell.data_type = "s"
    cell.quotePrefix = value.startswith("=")
    if value.startswith(("http://", "https://")):
        cell.style = "Hyperlink"


def _choices(book: object, last: dict[str, int], sources: list[str]) -> None:
    """Have cells be chosen from lists, down to a row of each sheet; a source may also be another than those listed."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    place = book.create_sheet(CHOICES)
    words = {name: listed for lists in LISTS.values() for name, listed in lists.items()} | {"source_name": sources}
    for i, (name, listed) in enumerate(words.items(), 1):
        for at, word in enumerate((name, *listed), 1):
            put(place.cell(at, i), word)
        letter = get_column_letter(i)
        for table in (t for t in EDITED if name in HEADS[t]):
            column = get_column_letter(HEADS[table].index(name) + 1)
            formula = f"{CHOICES}!${letter}$2:${letter}${len(listed) + 1}"
            rule = DataValidation("list", formula1=formula, allow_blank=True)
            rule.showErrorMessage = name in LISTS[table]
            rule.error = f"Choose one of the {name}s listed, or leave the cell empty."
            book[table].add_data_validation(rule)
            rule.add(f"{column}2:{column}{last[table]}")


# back


def read(ledger: Ledger, path: str | os.PathLike[str], writer: Writer) -> list[Decision]:
    """The decisions that a spreadsheet holds on a ledger's articles; those that `writer.path` has already left out.

    Raises CorrectionError that names the file and the rows that hold what cannot be.
    """
    path = _known(path)
    texts = dict(zip(ledger.documents["doc_id"], ledger.documents["text"], strict=True))
    found: list[Decision] = []
    faults: list[str] = []
    for table, number, row in _read_rows(path):
        try:
            found += _decided(table, row, texts, writer, f"{_place(path, table)}:{number}")
        except CorrectionError as e:
            faults.append(str(e))
    if faults:
        more = f"\n… and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise CorrectionError(f"{path}: nothing was taken over\n" + "\n".join(faults[:10]) + more)
    held = corrections.read(writer.path) if writer.path.exists() else []
    known = {_said(d) for d in held}
    return [d for d in found if _said(d) not in known]


def _place(path: Path, table: str) -> str:
    """The file, and of a spreadsheet's further sheets which."""
    return path.name if path.suffix.lower() == ".csv" or table == "figures" else f"{path.name}, {table}"


def _said(decision: Decision) -> str:
    return repr({k: v for k, v in decision.row().items() if k != "day"})


def _read_rows(path: Path) -> Iterator[tuple[str, int, Row]]:
    """The rows of each sheet, or of the CSV file: of which table, in which line, the cells."""
    try:
        sheets = [list(_csv_lines(path))] if path.suffix.lower() == ".csv" else [list(s) for s in _xlsx_lines(path)]
    except OSError as e:
        raise CorrectionError(f"{path}: cannot be read: {e.strerror or e}") from e
    if not any(sheets):
        raise CorrectionError(f"{path}: is empty")
    for lines in filter(None, sheets):
        heads = [str(h or "").strip() for h in lines[0]]
        table = "claims" if OWN["claims"] in heads else "figures"
        needed = ("decision", OWN[table], *EDITED[table], "reason", "article", "row")
        missing = [name for name in needed if name not in heads]
        if missing:
            raise CorrectionError(f"{path}:1: the heading lacks {', '.join(missing)}")
        for number, cells in enumerate(lines[1:], 2):
            row = {name: cell for name, cell in zip(heads, cells, strict=False) if name}
            if any(cell not in (None, "") for cell in row.values()):
                yield table, number, row


def _csv_lines(path: Path) -> Iterator[list[object]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        dialect = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
        for cells in csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=dialect):
            yield [storage.unguarded(cell) or None for cell in cells]
    except (UnicodeDecodeError, csv.Error) as e:
        raise CorrectionError(f"{path}: not a CSV file in UTF-8: {e}") from None


def _xlsx_lines(path: Path) -> Iterator[Iterator[list[object]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except OSError:
        raise
    except Exception as e:  # a broken file makes the library raise whatever its parts do
        raise CorrectionError(f"{path}: not a spreadsheet: {e}") from None
    if "figures" not in book.sheetnames:
        raise CorrectionError(f"{path}: has no sheet 'figures'")
    for table in (t for t in EDITED if t in book.sheetnames):
        yield (list(cells) for cells in book[table].iter_rows(values_only=True))


def _decided(table: str, row: Row, texts: Mapping[str, str], writer: Writer, line: str) -> list[Decision]:
    """The decisions that a row holds. Raises CorrectionError."""
    edited = EDITED[table]
    try:
        given = {name: _value(table, name, row.get(name)) for name in edited}
        answer = str(row.get("decision") or "").strip().lower()
        if answer not in ("", *ANSWERS):
            raise ValueError(f"decision {answer!r}: write accept or reject, or leave it empty")
        if not row.get("row"):
            return [_added(table, row, given, texts, writer, line)]
        held = json.loads(str(row["row"]))
        where = {name: held[name] for name in ("doc_id", "exact", "prefix", "suffix", "start", "end")}
        was = {name: _value(table, name, held["cells"].get(name)) for name in edited}
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError):
        raise CorrectionError(f"{line}: the hidden column `row` was changed: write the spreadsheet anew") from None
    except ValueError as e:
        raise CorrectionError(f"{line}: {e}") from None
    about = {"reviewer": writer.reviewer, "day": writer.day, "table": table, "reason": row.get("reason") or None}
    about = {k: str(v) if v is not None else None for k, v in about.items()} | where
    if answer == "reject":
        return [decision(about | {"action": "reject"}, line)]
    made = [
        decision(about | {"action": "edit", "column": name, "old": was[name], "new": given[name]}, line)
        for name in edited
        if not _alike(was[name], given[name])
    ]
    if answer == "accept":
        changed = {d.column for d in made}
        loose = set(NUMBER) - changed if changed & set(NUMBER) else set()  # what follows from the cells edited
        stands = {name: given[name] for name in ACCEPTED[table] if name not in loose}
        made.append(decision(about | {"action": "accept", "old": stands}, line))
    return made


def _alike(one: object, other: object) -> bool:
    """Whether a cell is as it was: spreadsheets keep fifteen digits, and change the ends of lines."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
    if isinstance(one, str) and isinstance(other, str):
        return legal(one).split() == legal(other).split()
    return one == other


def legal(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)


def _value(table: str, name: str, cell: object) -> object:
    """A cell of the sheet as the ledger has it."""
    if cell is not None and not isinstance(cell, str) and name not in ("value", "low", "high"):
        cell = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return corrections.value(table, name, cell, strict=False)


def _added(table: str, row: Row, given: Row, texts: Mapping[str, str], writer: Writer, line: str) -> Decision:
    """The figure, or the claim, that a row without an anchor adds. Raises ValueError."""
    doc_id, own, words = (str(row.get(name) or "").strip() for name in ("article", OWN[table], "words"))
    if doc_id not in texts:
        raise ValueError(f"a row is added for an article {doc_id!r} that is not in the ledger: name its doc_id")
    if not own:
        what = "its number: write the number's words" if table == "figures" else "what is said: write the words"
        raise ValueError(f"a row is added without {what} as the article has them")
    text, within = texts[doc_id], words or own
    if text.count(within) != 1 or own not in within:
        raise ValueError(f"{within!r} does not stand once in {doc_id}: give in `words` a stretch of it that does")
    start = text.index(within) + within.index(own)
    new = {name: value for name, value in given.items() if value not in (None, [])}
    new |= {"unit": given["unit"] or ""} if table == "figures" else {}
    about = {"reviewer": writer.reviewer, "day": writer.day, "doc_id": doc_id, "table": table, "action": "add"}
    about |= anchor(text, start, start + len(own)) | {"new": new, "reason": row.get("reason") or None}
    return decision(about, line)
