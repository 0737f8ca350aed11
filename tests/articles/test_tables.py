"""Tables of articles: one a row, whichever way people keep them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest
from ascribe.articles import read, tables
from ascribe.errors import ArticleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROWS = (
    ("a1", "Mine falls", dt.date(2031, 5, 14), "Forty miners, he said, died.\n\nMore were hurt.", "Osk Times"),
    ("a2", None, None, "Twelve died; officials said.", None),
)  # fmt: skip
HEADER = ("ID", "Headline", "Date", "Body", "Outlet")


def csv_file(path: Path, delimiter: str = ",") -> Path:
    lines = [HEADER, *ROWS]
    path.write_text(
        "\r\n".join(delimiter.join(f'"{"" if c is None else c}"' for c in row) for row in lines), encoding="utf-8-sig"
    )
    return path


def excel(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADER, *ROWS):
        book.active.append(row)
    book.save(path)
    return path


def parquet(path: Path) -> Path:
    pyarrow.parquet.write_table(
        pa.table({n: list(c) for n, c in zip(HEADER, zip(*ROWS, strict=True), strict=True)}), path
    )
    return path


def semicolons(path: Path) -> Path:
    return csv_file(path, ";")


def tabs(path: Path) -> Path:
    return csv_file(path, "\t")


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.csv", csv_file), ("b.csv", semicolons), ("a.tsv", tabs), ("a.xlsx", excel), ("a.PARQUET", parquet)],
)
def test_each_row_is_an_article(tmp_path, name, make):
    one, two = read(make(tmp_path / name))
    assert (one.doc_id, one.title, one.published, one.publisher) == (
        "a1", "Mine falls", dt.date(2031, 5, 14), "Osk Times",
    )  # fmt: skip
    assert one.text.replace("\r\n", "\n") == ROWS[0][3]
    assert (two.doc_id, two.title, two.published, two.text) == ("a2", None, None, ROWS[1][3])


def test_columns_are_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Nr,Artikel,text\n7,Nine miners died.,see scan\n", encoding="utf-8")
    with tables.named({"text": "Artikel", "doc_id": "Nr"}):
        (found,) = read(path)
    assert (found.doc_id, found.text) == ("7", "Nine miners died.")
    with (
        tables.named({"text": "Artikl"}),
        pytest.raises(ArticleError, match="no column 'Artikl' in this table"),
    ):
        list(read(path))
    with pytest.raises(ArticleError, match="'colour' is nothing of an article"), tables.named({"colour": "x"}):
        pass


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.csv", b"", "no rows"),
        ("a.csv", b"text\n", "no rows"),
        ("a.csv", b"number,day\n1,2\n", "no column is known to hold the text (it has number, day)"),
        ("a.csv", b"text\n\xff\xfe\xfa\n", "broken UTF-8"),
        ("a.xlsx", b"no workbook", "not an Excel workbook"),
        ("a.parquet", b"PAR1 and nothing", "not a whole Parquet file"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, name, raw, said):
    (tmp_path / name).write_bytes(raw)
    failed = []
    assert list(read(tmp_path / name, on_error=failed.append)) == []
    assert len(failed) == 1 and said in str(failed[0]) and name in str(failed[0])


def test_a_row_that_cannot_be_read_costs_only_itself(tmp_path):
    (tmp_path / "a.csv").write_text("text,date\nNine died.,soon\n,2031-01-01\nTen died.,2031-05-14\n", encoding="utf-8")
    failed = []
    assert [a.text for a in read(tmp_path / "a.csv", on_error=failed.append)] == ["Ten died."]
    assert ["a.csv:2" in str(failed[0]), "a.csv:3" in str(failed[1])] == [True, True]


def test_a_table_in_a_folder_may_be_anything(tmp_path):
    csv_file(tmp_path / "parties.csv")
    (tmp_path / "mine.txt").write_text("Nine miners died, officials said.", encoding="utf-8")
    assert [a.doc_id for a in read(tmp_path)] == ["mine"]
    assert len(list(read(str(tmp_path / "*.csv")))) == 2


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=300), begin=st.sampled_from([b"", b"text\n", b"PAR1", b"PK\x03\x04"]))
def test_any_bytes(tmp_path, suffix, raw, begin):
    (tmp_path / f"a{suffix}").write_bytes(begin + raw)
    list(read(tmp_path / f"a{suffix}", on_error=lambda e: None, on_note=lambda n: None))
