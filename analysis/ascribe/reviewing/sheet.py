"""A spreadsheet out of a ledger, one row a figure, and decisions out of a spreadsheet that somebody has gone through.

What was not touched says nothing: each row carries, in a hidden column, its anchor and its cells as they were. A row
that is added at the end, with the article and the number's words, is a figure that was missed.
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
from ascribe.extraction.records import BOUNDS, CATEGORIES, CREDITS
from ascribe.ledger import corrections, storage
from ascribe.ledger.corrections import ACCEPTED, Decision, anchor, decision
from ascribe.ledger.corrections.consistency import NUMBER
from ascribe.reviewing.session import Writer

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

Row = dict[str, object]
ANSWERS = ("accept", "reject")
EDITED = ("value", "low", "high", "bound", "unit", "category", "counted", "whose", "source_name", "credit")
HEADS = ("decision", "number", "words", *EDITED, "reason", "article", "published", "link", "reviewed", "row")
"""The columns; `row` is hidden and must not be changed."""
WIDTHS = {
    "decision": 10,
    "number": 14,
    "words": 70,
    "source_name": 34,
    "counted": 18,
    "whose": 16,
    "reason": 30,
    "article": 26,
}
LISTS = {"decision": ANSWERS, "bound": BOUNDS, "category": CATEGORIES, "credit": CREDITS}
FIGURES, CHOICES = "figures", "choices"
"""The sheets: the figures, and what cells are chosen from."""
SUFFIXES = (".xlsx", ".csv")


def write(ledger: Ledger, path: str | os.PathLike[str], queue: Iterable[str] | None = None) -> int:
    """Write the figures of a ledger (those of `queue`, in its order) to `path`, as `.xlsx` or `.csv`. Gives how many.

    Raises CorrectionError where it cannot be written.
    """
    path = _known(path)
    rows = list(_rows(ledger, list(ledger.figures["figure_id"]) if queue is None else list(queue)))
    try:
        if path.suffix.lower() == ".csv":
            _write_csv(path, rows)
        else:
            _write_xlsx(path, rows, sorted(set(ledger.sources["name"]) | set(ledger.figures["source_name"].dropna())))
    except OSError as e:
        raise CorrectionError(f"{path}: cannot be written: {e.strerror or e}") from e
    return len(rows)


def _known(path: str | os.PathLike[str]) -> Path:
    if Path(path).suffix.lower() not in SUFFIXES:
        raise CorrectionError(f"{path}: name a file that ends in .xlsx or .csv")
    return Path(path)


def _rows(ledger: Ledger, queue: list[str]) -> Iterator[Row]:
    """A row of the sheet for each figure."""
    from ascribe.publishing.present.listings import words

    texts = dict(zip(ledger.documents["doc_id"], ledger.documents["text"], strict=True))
    about = {d["doc_id"]: d for d in storage.plain_rows("documents", ledger.documents.drop(columns="text"))}
    by_id = {f["figure_id"]: f for f in storage.plain_rows("figures", ledger.figures)}
    for figure in (by_id[i] for i in queue if i in by_id):
        document, text = about[figure["doc_id"]], texts[figure["doc_id"]]
        cells = {name: figure[name] for name in EDITED}
        held = anchor(text, figure["start"], figure["end"]) | {"doc_id": figure["doc_id"], "cells": cells}
        yield {
            "number": figure["number"], "words": words(text, figure["start"], figure["end"], 200), **cells,
            "article": figure["doc_id"], "published": document["published"], "link": document["url"],
            "reviewed": figure["reviewed"], "row": json.dumps(held),
        }  # fmt: skip


def _write_csv(path: Path, rows: list[Row]) -> None:
    def cell(value: object) -> str:
        value = int(value) if isinstance(value, float) and value.is_integer() else value
        return "" if value is None else storage.guarded(str(value))

    with path.open("w", encoding="utf-8-sig", newline="") as f:  # the mark tells spreadsheets that it is UTF-8
        f.write(storage.line(HEADS))
        f.writelines(storage.line(cell(row.get(name)) for name in HEADS) for row in rows)


def _write_xlsx(path: Path, rows: list[Row], sources: list[str]) -> None:
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = FIGURES
    for i, name in enumerate(HEADS, 1):
        head = sheet.cell(1, i, name)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8E4DA")
        sheet.column_dimensions[get_column_letter(i)].width = WIDTHS.get(name, 12)
    for at, row in enumerate(rows, 2):
        for i, name in enumerate(HEADS, 1):
            _put(sheet.cell(at, i), row.get(name))
        sheet.cell(at, HEADS.index("words") + 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADS) - 1)}{max(len(rows) + 1, 2)}"
    sheet.column_dimensions[get_column_letter(len(HEADS))].hidden = True
    _choices(book, sheet, len(rows) + 200, sources)
    book.properties.creator = "ascribe"
    book.save(path)


def _put(cell: object, value: object) -> None:
    """Write a value as what it is: never a formula, whatever it begins with; without characters that XML has not."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _legal(value)[:32_767]
    cell.data_type = "s"
    cell.quotePrefix = value.startswith("=")
    if value.startswith(("http://", "https://")):
        cell.style = "Hyperlink"


def _choices(book: object, sheet: object, last: int, sources: list[str]) -> None:
    """Have cells be chosen from lists; a source may also be another than those listed."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    place = book.create_sheet(CHOICES)
    for i, (name, words) in enumerate((LISTS | {"source_name": sources}).items(), 1):
        for at, word in enumerate((name, *words), 1):
            _put(place.cell(at, i), word)
        letter, column = get_column_letter(i), get_column_letter(HEADS.index(name) + 1)
        rule = DataValidation("list", formula1=f"{CHOICES}!${letter}$2:${letter}${len(words) + 1}", allow_blank=True)
        rule.showErrorMessage = name in LISTS
        rule.error = f"Choose one of the {name}s listed, or leave the cell empty."
        sheet.add_data_validation(rule)
        rule.add(f"{column}2:{column}{last}")


# back


def read(ledger: Ledger, path: str | os.PathLike[str], writer: Writer) -> list[Decision]:
    """The decisions that a spreadsheet holds on a ledger's articles; those that `writer.path` has already left out.

    Raises CorrectionError that names the file and the rows that hold what cannot be.
    """
    path = _known(path)
    texts = dict(zip(ledger.documents["doc_id"], ledger.documents["text"], strict=True))
    found: list[Decision] = []
    faults: list[str] = []
    for number, row in _read_rows(path):
        try:
            found += _decided(row, texts, writer, f"{path.name}:{number}")
        except CorrectionError as e:
            faults.append(str(e))
    if faults:
        more = f"\n… and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise CorrectionError(f"{path}: nothing was taken over\n" + "\n".join(faults[:10]) + more)
    held = corrections.read(writer.path) if writer.path.exists() else []
    known = {_said(d) for d in held}
    return [d for d in found if _said(d) not in known]


def _said(decision: Decision) -> str:
    return repr({k: v for k, v in decision.row().items() if k != "day"})


def _read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        lines = list(_csv_lines(path) if path.suffix.lower() == ".csv" else _xlsx_lines(path))
    except OSError as e:
        raise CorrectionError(f"{path}: cannot be read: {e.strerror or e}") from e
    if not lines:
        raise CorrectionError(f"{path}: is empty")
    heads = [str(h or "").strip() for h in lines[0]]
    missing = [name for name in ("decision", "number", *EDITED, "reason", "article", "row") if name not in heads]
    if missing:
        raise CorrectionError(f"{path}:1: the heading lacks {', '.join(missing)}")
    for number, cells in enumerate(lines[1:], 2):
        row = {name: cell for name, cell in zip(heads, cells, strict=False) if name}
        if any(cell not in (None, "") for cell in row.values()):
            yield number, row


def _csv_lines(path: Path) -> Iterator[list[object]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        dialect = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
        for cells in csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=dialect):
            yield [storage.unguarded(cell) or None for cell in cells]
    except (UnicodeDecodeError, csv.Error) as e:
        raise CorrectionError(f"{path}: not a CSV file in UTF-8: {e}") from None


def _xlsx_lines(path: Path) -> Iterator[list[object]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except OSError:
        raise
    except Exception as e:  # a broken file makes the library raise whatever its parts do
        raise CorrectionError(f"{path}: not a spreadsheet: {e}") from None
    if FIGURES not in book.sheetnames:
        raise CorrectionError(f"{path}: has no sheet {FIGURES!r}")
    yield from (list(cells) for cells in book[FIGURES].iter_rows(values_only=True))


def _decided(row: Row, texts: Mapping[str, str], writer: Writer, line: str) -> list[Decision]:
    """The decisions that a row holds. Raises CorrectionError."""
    try:
        given = {name: _value(name, row.get(name)) for name in EDITED}
        answer = str(row.get("decision") or "").strip().lower()
        if answer not in ("", *ANSWERS):
            raise ValueError(f"decision {answer!r}: write accept or reject, or leave it empty")
        if not row.get("row"):
            return [_added(row, given, texts, writer, line)]
        held = json.loads(str(row["row"]))
        where = {name: held[name] for name in ("doc_id", "exact", "prefix", "suffix", "start", "end")}
        was = {name: _value(name, held["cells"].get(name)) for name in EDITED}
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError):
        raise CorrectionError(f"{line}: the hidden column `row` was changed: write the spreadsheet anew") from None
    except ValueError as e:
        raise CorrectionError(f"{line}: {e}") from None
    about = {"reviewer": writer.reviewer, "day": writer.day, "table": "figures", "reason": row.get("reason") or None}
    about = {k: str(v) if v is not None else None for k, v in about.items()} | where
    if answer == "reject":
        return [decision(about | {"action": "reject"}, line)]
    made = [
        decision(about | {"action": "edit", "column": name, "old": was[name], "new": given[name]}, line)
        for name in EDITED
        if not _alike(was[name], given[name])
    ]
    if answer == "accept":
        edited = {d.column for d in made}
        loose = set(NUMBER) - edited if edited & set(NUMBER) else set()  # what follows from the cells edited
        stands = {name: given[name] for name in ACCEPTED["figures"] if name not in loose}
        made.append(decision(about | {"action": "accept", "old": stands}, line))
    return made


def _alike(one: object, other: object) -> bool:
    """Whether a cell is as it was: spreadsheets keep fifteen digits, and change the ends of lines."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
    if isinstance(one, str) and isinstance(other, str):
        return _legal(one).split() == _legal(other).split()
    return one == other


def _legal(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)


def _value(name: str, cell: object) -> object:
    """A cell of the sheet as the ledger has it."""
    if cell is not None and not isinstance(cell, str) and name not in ("value", "low", "high"):
        cell = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return corrections.value("figures", name, cell, strict=False)


def _added(row: Row, given: Row, texts: Mapping[str, str], writer: Writer, line: str) -> Decision:
    """The figure that a row without an anchor adds. Raises ValueError."""
    doc_id, number, words = (str(row.get(name) or "").strip() for name in ("article", "number", "words"))
    if doc_id not in texts:
        raise ValueError(f"a row is added for an article {doc_id!r} that is not in the ledger: name its doc_id")
    if not number:
        raise ValueError("a row is added without its number: write the number's words as the article has them")
    text, within = texts[doc_id], words or number
    if text.count(within) != 1 or number not in within:
        raise ValueError(f"{within!r} does not stand once in {doc_id}: give in `words` a stretch of it that does")
    start = text.index(within) + within.index(number)
    new = {name: value for name, value in given.items() if value is not None} | {"unit": given["unit"] or ""}
    about = {"reviewer": writer.reviewer, "day": writer.day, "doc_id": doc_id, "table": "figures", "action": "add"}
    about |= anchor(text, start, start + len(number)) | {"new": new, "reason": row.get("reason") or None}
    return decision(about, line)
