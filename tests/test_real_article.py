"""The real article that the package started from: read where it lies beside the repository, never copied."""

from __future__ import annotations

import pytest
from ascribe import Ledger, findings, read
from ascribe.publishing.present import listings


@pytest.fixture(scope="module")
def ledger(shared) -> Ledger:
    return Ledger.from_articles(read([shared / "articles" / "belarus-russia-training.txt"]))


def test_its_figures(ledger):
    columns = ["number", "bound", "counted", "category", "whose", "source_name", "credit"]
    found = ledger.figures[columns].astype(object).where(ledger.figures[columns].notna(), None)
    lost, residents, *months = found.itertuples(index=False, name=None)
    assert lost == (
        "90,000", "at_least", "soldiers", "losses", "Russia", "Ukraine's Ministry of Defense", "explicit",
    )  # fmt: skip
    assert residents == ("70,000", "about", "residents", "population", "Bakhmut", None, "none")
    assert [(m[2], m[5]) for m in months] == [("months", "Institute for the Study of War")] * 2


def test_its_claims(ledger):
    text = ledger.documents["text"].iloc[0]
    said = [(c["source_name"], c["via"], [text[s:e] for s, e in c["content"]]) for _, c in ledger.claims.iterrows()]
    relayed = next(content for source, via, content in said if source == "Alexander Lukashenko" and via == ["Pravda"])
    assert "training these guys" in relayed[-2] or "training these guys" in relayed[-1]
    assert "in today’s world" in relayed[-1]  # both later paragraphs of the quotation
    sources = [source for source, _, _ in said]
    assert any("general staff" in (s or "").lower() for s in sources)
    assert sources.count("Institute for the Study of War") == 2


def test_its_ninety_thousand_stands_on_the_series_of_the_general_staff(ledger, shared):
    series = shared / "reference" / "series.csv"
    if not series.exists():
        pytest.skip("no reference series")
    audit = findings.audit(ledger, findings.reference([series]))
    (row,) = audit.record.itertuples()
    assert (row.said, row.bound, row.series_id) == (90_000, "at_least", "ua_gs_personnel")
    assert (row.verdict, row.true_first.date().isoformat(), row.record_category) == ("placed", "2022-12-02", "losses")
    assert row.category_shift is None and "General Staff" in row.note
    shown = listings.checked(ledger, audit.record).iloc[0]
    assert shown["record"] == "90,090 losses on 2 Dec 2022" and shown["remark"].startswith("first true on 2 Dec 2022")
    assert audit.faults().empty
