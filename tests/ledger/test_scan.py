"""A ledger on disk is asked without being loaded, and what is taken out of it is what a filter would leave."""

from __future__ import annotations

import pandas as pd
import pytest
from archives import Here, archive, extracted, record
from ascribe import findings
from ascribe.archive import running
from ascribe.errors import LedgerError
from ascribe.ledger import Ledger, Scan, columns, dataset


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A data set of 24 articles in several parts a month."""
    folder = tmp_path_factory.mktemp("scan")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "Processes", Here)
        patch.setattr(dataset, "MOST", 3)
        extracted(archive(folder / "a.jsonl", [record(n) for n in range(24)]), folder / "ledger")
    return folder / "ledger"


def in_memory(ledger: Ledger, articles) -> Ledger:
    """The articles of a ledger with these doc_ids, filtered by pandas."""
    tables = {
        n: t[t["doc_id"].isin(set(articles))].reset_index(drop=True) for n, t in ledger.tables.items() if n != "sources"
    }
    credited = {*tables["claims"]["source_id"].dropna(), *tables["figures"]["source_id"].dropna()}
    return Ledger(sources=ledger.sources[ledger.sources["source_id"].isin(credited)].reset_index(drop=True), **tables)


def stating(ledger: Ledger, **cells):
    """The articles that state a figure with these cells."""
    found = ledger.figures
    for name, value in cells.items():
        found = found[found[name] == value]
    return found["doc_id"]


def published(ledger: Ledger, since="", until="9"):
    day = ledger.documents["published"]
    return ledger.documents.loc[day.notna() & (day >= since) & (day <= until), "doc_id"]


CASES = {
    "all": ({}, lambda w: w.documents["doc_id"]),
    "since": ({"since": "2031-05-01"}, lambda w: published(w, "2031-05-01")),
    "a month": ({"since": "2031-05-01", "until": "2031-05-31"}, lambda w: published(w, "2031-05-01", "2031-05-31")),
    "days": ({"since": "2031-05-08", "until": "2031-06-10"}, lambda w: published(w, "2031-05-08", "2031-06-10")),
    "category": ({"category": "killed"}, lambda w: stating(w, category="killed")),
    "two of one": (
        {"category": ["killed", "wounded"]},
        lambda w: pd.concat([stating(w, category="killed"), stating(w, category="wounded")]),
    ),
    "both": (
        {"category": "killed", "since": "2031-06-01"},
        lambda w: set(stating(w, category="killed")) & set(published(w, "2031-06-01")),
    ),
    "publisher": ({"publisher": "nobody"}, lambda w: []),
    "source": (
        {"source": "marisol tane"},
        lambda w: [id for t in (w.figures, w.claims) for id in t[t["source_name"] == "Marisol Tane"]["doc_id"]],
    ),
    "words": ({"words": "osk put"}, lambda w: w.documents[w.documents["text"].str.contains("Osk put")]["doc_id"]),
}  # fmt: skip


@pytest.mark.parametrize("asked", CASES)
def test_what_is_taken_out_is_what_a_filter_leaves(whole, asked):
    conditions, articles = CASES[asked]
    loaded = Ledger.load(whole)
    scan = Ledger.scan(whole).where(**conditions)
    wanted = in_memory(loaded, articles(loaded))
    found = scan.ledger()
    for name in columns.TABLES:
        pd.testing.assert_frame_equal(
            found.tables[name], wanted.tables[name], check_dtype=bool(len(found.tables[name]))
        )
        assert scan.count(name) == len(wanted.tables[name])
    assert str(scan).startswith(str(whole)) and f": {len(wanted.documents)} articles" in str(scan)


def test_a_part_by_its_address(whole):
    found = Ledger.load(f"{whole}?since=2031-05-01&category=killed&category=missing")
    asked = Ledger.scan(whole).where(since="2031-05-01", category=["killed", "missing"])
    assert found.figures.equals(asked.figures) and 0 < len(found.documents) < 24


def test_only_the_columns_that_are_asked_for_and_only_the_months(whole):
    scan = Ledger.scan(whole).where(until="2031-04-30")
    assert list(scan.table("figures", ["category", "value"]).columns) == ["category", "value"]
    assert {name.split("/")[1] for name in scan._table_files("figures")} == {"month=2031-04"}


def test_findings_take_a_scan(whole):
    scan, reference = Ledger.scan(whole).where(since="2031-05-01"), findings.reference([])
    whole_ledger = scan.ledger()
    assert findings.audit(scan, reference).gaps.equals(findings.audit(whole_ledger, reference).gaps)
    assert findings.grouped(scan).figures.equals(findings.grouped(whole_ledger).figures)
    assert findings.grouped(scan).figures["event_id"].notna().any()


def test_a_small_ledger_in_parquet_is_scanned_too(whole, tmp_path):
    Ledger.load(whole).save(tmp_path / "small")
    assert (
        Ledger.scan(tmp_path / "small")
        .where(category="killed")
        .figures.equals(Ledger.scan(whole).where(category="killed").figures)
    )
    Ledger.load(whole).save(tmp_path / "csv", "csv")
    with pytest.raises(LedgerError, match="no ledger in Parquet"):
        Ledger.scan(tmp_path / "csv")


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"since": "May"}, "'May' is not a day"), ({"colour": "red"}, "'colour': not a condition; choose")],
)
def test_a_wrong_question_is_told_how(whole, asked, said):
    with pytest.raises(LedgerError, match=said):
        Ledger.scan(whole).where(**asked)


def test_a_ledger_that_changed_since_is_said_to_have(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "Processes", Here)
    path, folder = tmp_path / "a.jsonl", tmp_path / "ledger"
    extracted(archive(path, [record(n) for n in range(3)]), folder)
    scan = Ledger.scan(folder)
    extracted(archive(path, [record(n) for n in range(6)]), folder)
    with pytest.raises(LedgerError, match="scan it again"):
        scan.figures  # noqa: B018
    assert Ledger.scan(folder).count() == 6


def test_other_programs_read_it_as_it_is(whole):
    found = pd.read_parquet(whole / "figures")
    assert sorted(found["figure_id"]) == sorted(Ledger.load(whole).figures["figure_id"])
    assert set(found["month"]) == {"2031-04", "2031-05", "2031-06", "undated"}
    assert len(pd.read_parquet(whole / "sources")) == len(Ledger.load(whole).sources)
    assert isinstance(Ledger.scan(whole), Scan)
