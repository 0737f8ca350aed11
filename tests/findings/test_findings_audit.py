"""All checks at once, and mistakes that an article admits: made-up articles through the real extractor."""

import pandas as pd
import pytest
from ascribe import findings
from ascribe.articles import read
from ascribe.ledger import Ledger

SERIES = (
    "series_id,publisher,publisher_interest,subject_party,category,date,value,low,high,cumulative,window_start,"
    "qualifier\n"
)
HEAD = """---
title: Losses at Sarn
published: 2031-05-20
deliberate_mistake: {said}
{record}---

"""
RECORD = """record:
  - figure: "48,561"
    mistake: "digits transposed: the staff has 48,651"
  - figure: "1,267"
"""
BODY = "Kestria has lost 48,561 soldiers, the Orvan General Staff said on Tuesday. It also lost 1,267 tanks.\n"


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    rows = []
    for i, day in enumerate(pd.date_range("2031-05-01", periods=40).strftime("%Y-%m-%d")):
        rows.append(f"l,Orvan General Staff,enemy,Kestria,losses,{day},{40_120 + 430 * i + i * i},,,1,2031-01-10,about")
    path = tmp_path_factory.mktemp("series") / "orvan.csv"
    path.write_text(SERIES + "\n".join(rows) + "\n", encoding="utf-8")
    return findings.load(path)


@pytest.fixture
def admitted(tmp_path, reference):
    return lambda text: admissions(tmp_path, reference, text)


def admissions(folder, reference, text):
    (folder / "sarn.md").write_text(text, encoding="utf-8")
    ledger = Ledger.from_articles(read([folder / "sarn.md"]))
    audit = findings.audit(ledger, reference)
    return findings.admitted(ledger, audit), audit


def test_a_mistake_made_on_purpose_is_found(admitted):
    found, audit = admitted(HEAD.format(said="One number has a slip.", record=RECORD) + BODY)
    (row,) = found.itertuples()
    assert (row.said, row.number, row.found) == ("One number has a slip.", "48,561", True)
    assert "transposed digits" in row.how
    assert set(audit.faults()["figure_id"]) == {row.figure_id}


def test_a_mistake_that_the_checks_do_not_see_is_said_to_be_missed(admitted):
    unseen = RECORD.replace('    mistake: "digits transposed: the staff has 48,651"\n', "").rstrip()
    unseen += '\n    mistake: "it was 1,276"\n'
    found, _ = admitted(HEAD.format(said="Tanks.", record=unseen) + BODY)
    assert list(found["number"]) == ["1,267"] and not found["found"].any() and found["how"].isna().all()


def test_an_article_that_names_no_figure_is_judged_as_a_whole(admitted):
    found, _ = admitted(HEAD.format(said="Some number is wrong.", record="") + BODY)
    assert found["number"].isna().all() and list(found["found"]) == [True]


@pytest.mark.parametrize(
    "head",
    ["", "---\ntitle: Sarn\n---\n\n", "---\ndeliberate_mistake: [a, {b: c}]\n---\n\n", "---\nrecord: 7\n---\n\n"],
)
def test_nothing_is_admitted_without_words(head, admitted):
    found, _ = admitted(head + BODY)
    assert found.empty and "found" in found


def test_the_audit_of_an_empty_ledger_is_empty(reference):
    audit = findings.audit(Ledger.from_articles([]), reference)
    assert audit.faults().empty and audit.record.empty and audit.pairs.empty
