"""The workbook: four sheets and what their columns mean, links to the words, the same bytes, no formula."""

from __future__ import annotations

import time

import openpyxl
import pytest
from ascribe.desk import workbook
from ascribe.errors import LedgerError
from ascribe.ledger import columns
from ledgers import ORVAN, ledger


@pytest.fixture
def made():
    found = ledger(text=f"=SUM(1)\x07 {ORVAN}")
    found.documents["url"] = ["https://example.org/orvan#top"]
    return found


def test_sheets_heads_and_what_they_mean(made, tmp_path):
    book = openpyxl.load_workbook(workbook.save(made, tmp_path / "new" / "a.xlsx"))
    assert book.sheetnames == ["figures", "claims", "sources", "documents", "columns"]
    for name in workbook.SHEETS:
        sheet = book[name]
        heads = [c.value for c in sheet[1]]
        assert set(heads) - {"words"} == {c.name for c in columns.TABLES[name]}
        assert sheet.freeze_panes == "B2" and sheet.max_row == len(made.tables[name]) + 1
    explained = {(r[0], r[1]): r[3] for r in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert len(explained) == 1 + sum(map(len, columns.TABLES.values())) and all(explained.values())


def test_links_to_the_words_and_to_the_rows(made, tmp_path):
    book = openpyxl.load_workbook(workbook.save(made, tmp_path / "a.xlsx"))
    figures = book["figures"]
    at = {c.value: c.column for c in figures[1]}
    first = figures.cell(2, at["words"])
    assert "At least 40 miners" in first.value
    assert first.hyperlink.target == "https://example.org/orvan#:~:text=At%20least%2040%20miners%20were"
    assert figures.cell(2, at["claim_id"]).hyperlink.location == "claims!A2"
    assert figures.cell(2, at["doc_id"]).hyperlink.location == "documents!A2"
    assert figures.cell(2, at["source_id"]).hyperlink.location.startswith("sources!A")
    made.documents["url"] = [None]
    again = openpyxl.load_workbook(workbook.save(made, tmp_path / "a.xlsx"))["figures"]
    assert again.cell(2, at["words"]).hyperlink.location == "documents!A2"


def test_values_never_formulas_and_the_same_bytes(made, tmp_path):
    one = workbook.content(made)
    time.sleep(1.1)
    assert workbook.content(made) == one
    book = openpyxl.load_workbook(workbook.save(made, tmp_path / "a.xlsx"))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert all(c.data_type != "f" for c in cells) and not any("[" in str(c.value)[:1] for c in cells)
    assert any(str(c.value).startswith("=SUM(1)") for c in cells)


def test_an_empty_ledger_and_one_too_large(tmp_path, monkeypatch):
    made = ledger()
    for name in ("claims", "figures", "sources", "documents"):
        object.__setattr__(made, name, made.tables[name].iloc[:0])
    assert openpyxl.load_workbook(workbook.save(made, tmp_path / "a.xlsx"))["figures"].max_row == 1
    monkeypatch.setattr(workbook, "MOST", 3)
    with pytest.raises(LedgerError, match="figures has 4 rows, a sheet holds 3"):
        workbook.save(ledger(), tmp_path / "b.xlsx")
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(workbook, "MOST", 30)
    with pytest.raises(LedgerError, match="cannot be written"):
        workbook.save(ledger(), tmp_path / "file" / "b.xlsx")
