"""A ledger as one Excel workbook: four sheets, links from a figure to its words, what each column means.

Written as values, never as formulas; the same ledger gives the same bytes.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ascribe.errors import LedgerError
from ascribe.ledger import columns, storage
from ascribe.publishing.present import listings
from ascribe.reviewing.sheet import put

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ascribe.ledger import Ledger

SHEETS = ("figures", "claims", "sources", "documents")
EXPLAINED = "columns"
FIRST = ("words", "number", "stated_as", "value", "low", "high", "bound", "category", "counted", "whose", "source_name",
         "credit", "via")  # fmt: skip
"""The columns of figures that a reader wants first."""
WORDS = "its sentence; leads to it in the article where an address is known, else to the article's row"
WIDTHS = {
    "words": 70,
    "text": 60,
    "source_name": 30,
    "name": 34,
    "title": 44,
    "publisher": 24,
    "meaning": 70,
    "url": 30,
}
MOST = 1_048_575
"""Rows that a sheet can hold."""
EPOCH = (1980, 1, 1, 0, 0, 0)


def save(ledger: Ledger, path: str | os.PathLike[str]) -> Path:
    """Write a ledger to `path` (.xlsx). Raises LedgerError where it is too large for a sheet or cannot be written."""
    path = Path(path)
    for name in SHEETS:
        if len(ledger.tables[name]) > MOST:
            raise LedgerError(
                f"{name} has {len(ledger.tables[name]):,} rows, a sheet holds {MOST:,}: write CSV instead"
            )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(ledger))
    except OSError as e:
        raise LedgerError(f"{path}: cannot be written: {e.strerror or e}") from e
    return path


def content(ledger: Ledger) -> bytes:
    """The workbook's bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    rows = {name: list(storage.plain_rows(name, ledger.tables[name])) for name in SHEETS}
    at = {name: {row[columns.KEYS[name]]: n for n, row in enumerate(found, 2)} for name, found in rows.items()}
    texts = {row["doc_id"]: row for row in rows["documents"]}
    for name in SHEETS:
        heads = [c.name for c in columns.TABLES[name]]
        if name == "figures":
            heads = [*FIRST, *(h for h in heads if h not in FIRST)]
            for row in rows[name]:
                row["words"] = listings.words(texts[row["doc_id"]]["text"], row["start"], row["end"])
        sheet = _sheet(book, name, heads, rows[name])
        _links(sheet, name, heads, rows[name], at, texts)
    _explained(book)
    book.properties.creator = "ascribe"
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _sheet(book: Workbook, name: str, heads: list[str], rows: list[dict[str, object]]) -> Worksheet:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    fill, bold, top = PatternFill("solid", fgColor="E8E4DA"), Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for i, head in enumerate(heads, 1):
        cell = sheet.cell(1, i, head)
        cell.font, cell.fill = bold, fill
        sheet.column_dimensions[get_column_letter(i)].width = WIDTHS.get(head, 14)
    for at, row in enumerate(rows, 2):
        for i, head in enumerate(heads, 1):
            put(sheet.cell(at, i), _plain(row.get(head)))
            if head == "words":
                sheet.cell(at, i).alignment = top
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(len(rows) + 1, 2)}"
    return sheet


def _plain(value: object) -> object:
    """A cell: lists as words, whole numbers as such."""
    if isinstance(value, list):
        spans = [f"{v[0]}-{v[1]}" if isinstance(v, list) else str(v) for v in value]
        return "; ".join(spans) or None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _links(
    sheet: Worksheet,
    name: str,
    heads: list[str],
    rows: list[dict[str, object]],
    at: dict[str, dict[object, int]],
    texts: dict[str, dict[str, object]],
) -> None:
    """Leads a figure to its words, and every id to the row that it names."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    targets = {"doc_id": "documents", "claim_id": "claims", "source_id": "sources"}
    for n, row in enumerate(rows, 2):
        for i, head in enumerate(heads, 1):
            cell, other = sheet.cell(n, i), targets.get(head)
            if head == "words" and (address := passage(texts[row["doc_id"]], row)):
                cell.hyperlink, cell.style = address, "Hyperlink"
            elif head == "words":
                cell.hyperlink = Hyperlink(cell.coordinate, location=f"documents!A{at['documents'][row['doc_id']]}")
            elif other and other != name and row[head] in at[other]:
                cell.hyperlink = Hyperlink(cell.coordinate, location=f"{other}!A{at[other][row[head]]}")


def passage(document: dict[str, object], figure: dict[str, object]) -> str | None:
    """The address of a figure's words in its article on the web, as browsers find a text; None without an address."""
    url = document["url"]
    if not isinstance(url, str) or not re.match(r"https?://", url) or len(url) > 1500:
        return None
    text = str(document["text"])
    start, end = int(figure["start"]), int(figure["end"])
    before, after = " ".join(text[max(0, start - 40) : start].split()[-2:]), " ".join(text[end : end + 40].split()[:2])
    return f"{url.split('#')[0]}#:~:text={quote(' '.join(f'{before} {text[start:end]} {after}'.split()), safe='')}"


def _explained(book: Workbook) -> None:
    """The sheet that says what each column means."""
    rows = [{"sheet": "figures", "column": "words", "holds": "text", "meaning": WORDS, "one of": None}]
    for name in SHEETS:
        for c in columns.TABLES[name]:
            words = ", ".join(c.one_of) if c.one_of else None
            holds = f"{c.holds}{' or nothing' if c.nullable else ''}"
            rows.append({"sheet": name, "column": c.name, "holds": holds, "meaning": c.meaning, "one of": words})
    _sheet(book, EXPLAINED, list(rows[0]), rows)


def _settled(raw: bytes) -> bytes:
    """The workbook without the clock: neither in its parts' times nor in what it says of itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", part)
            info = zipfile.ZipInfo(item.filename, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()
