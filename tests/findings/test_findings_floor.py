"""Figures of which it is uncertain what they count: charted and compared nowhere, accused of nothing, but listed."""

import pandas as pd
import pytest
from ascribe import findings
from ascribe.charts import rows
from ascribe.findings import categories, grouping, incident, origin, selection
from ascribe.findings.tolls import tolls
from ascribe.ledger import Ledger
from ascribe.publishing.present import listings, story
from event_articles import documents, figures
from test_findings_estimates import ledger

MADE, DOCUMENTS = figures(), documents()
FLOOR = categories.FLOOR


@pytest.mark.parametrize(
    ("cells", "sure"),
    [
        ({}, True),
        ({"category_confidence": None}, True),
        ({"category_confidence": FLOOR}, True),
        ({"category_confidence": FLOOR - 0.001}, False),
        ({"category_confidence": 0.1, "reviewed": "accepted"}, True),
        ({"category_confidence": 0.1, "reviewed": "added"}, True),
        ({"category_confidence": 0.1, "reviewed": "corrected"}, False),  # another cell of it
        ({"category_confidence": 1.0, "reviewed": "corrected"}, True),
        ({"category_confidence": 0.1, "reviewed": None}, False),
    ],
)
def test_what_a_figure_counts_is_known_from_the_floor_on_or_by_a_person(cells, sure):
    assert list(categories.sure(pd.DataFrame([{"category": "killed"} | cells]))) == [sure]


def doubted(table: pd.DataFrame, *figure_ids: str) -> pd.DataFrame:
    return table.assign(category_confidence=0.95 - 0.65 * table["figure_id"].isin(figure_ids))


def test_they_are_in_no_toll_and_in_no_comparison_between_tolls():
    known = grouping.events(MADE, DOCUMENTS)
    whole = tolls(MADE, DOCUMENTS, None, known)
    lost = whole.loc[whole["origin"].eq("Orvan Observatory for Rights"), "figure_id"].iloc[0]
    less = tolls(doubted(MADE, lost), DOCUMENTS, None, known)
    assert set(whole["figure_id"]) - set(less["figure_id"]) == {lost}
    pairs = findings.comparable(doubted(MADE, lost), DOCUMENTS, None, known)
    assert len(pairs) and lost not in {*pairs["a"], *pairs["b"]}


def test_a_report_leaves_them_out_of_its_estimates_and_lists_them():
    told = "Kestria has lost 9,000 soldiers since the war began, the Orvan Ministry of Health said. "
    book = ledger(told + "Rebels put the losses of Kestria since then at 7,000.")
    first = book.figures["figure_id"].iloc[0]
    book = Ledger(book.documents, book.sources, book.claims, doubted(book.figures, first))
    left, apart = selection.set_apart(book.figures, book)
    assert list(left["number"]) == ["7,000"]
    assert list(listings.figures(book, apart.uncounted)["stated"]) == ["9,000 soldiers"]
    assert story.set_aside(apart) == "1 number of which it is uncertain what it counts is left out."
    assert list(rows.estimates(book.figures, book.documents)["number"]) == ["7,000"]


def test_what_is_only_feared_is_in_no_chart():
    told = "Shells killed 40 people in the town of Tarnak on Monday, the mayor said. "
    book = ledger(told + "She fears that the toll could pass 100.")
    assert {"40", "100"} <= set(book.figures["number"])
    assert "100" not in set(rows.estimates(book.figures, book.documents)["number"])
    assert "100" in set(rows.estimates(book.figures, book.documents.drop(columns="text"))["number"])


def test_an_incident_lists_those_of_its_event():
    book = ledger("Shells killed 40 people in the town of Tarnak on Monday, the mayor said. They wounded 12 people.")
    last = book.figures["figure_id"].iloc[-1]
    book = Ledger(book.documents, book.sources, book.claims, doubted(book.figures, last))
    event = incident.incident(book)
    assert list(event.tolls["said"]) == [40.0]
    assert list(event.uncounted["number"]) == ["12"]


REFERENCE = "series_id,publisher,whose,category,counted,date,value\n" + "".join(
    f"k,Orvan Ministry of Health,Kestria,losses,,2031-05-{day:02},{9000 + 137 * day}\n" for day in range(1, 28)
)


@pytest.mark.parametrize(("confidence", "verdict"), [(0.9, "stale"), (0.3, "no record")])
def test_nothing_in_the_record_is_held_against_them(tmp_path, confidence, verdict):
    (tmp_path / "series.csv").write_text(REFERENCE)
    reference = findings.load(tmp_path / "series.csv")
    quoted = pd.DataFrame([{
        "figure_id": "f", "doc_id": "d", "number": "9,411", "value": 9411.0, "low": 9411.0, "high": 9411.0,
        "bound": "exact", "unit": "", "category": "losses", "whose": "Kestria", "counted": None,
        "source_name": "Orvan Ministry of Health", "as_of": "2031-05-20", "category_confidence": confidence,
        "accumulation": "total",
    }])  # fmt: skip
    assert list(findings.against_the_record(quoted, reference)["verdict"]) == [verdict]


def test_the_events_of_a_ledger_are_grouped_once_in_an_audit(monkeypatch):
    book = ledger("Shells killed 40 people in the town of Tarnak on Monday, the mayor said.")
    grouped, n = grouping._grouped, []
    monkeypatch.setattr(grouping, "_grouped", lambda tellings: n.append(1) or grouped(tellings))
    audit = findings.audit(book, findings.shipped())
    findings.origins(book.figures, book.documents, book.sources, audit.events)
    incident.incident(book, known=audit.events)
    incident.listed(book, audit.events)
    assert n == [1]


@pytest.mark.parametrize(
    ("cells", "who"),
    [
        ({"source_name": "the wedding", "credit": "explicit"}, origin.UNCERTAIN),
        ({"source_name": "attacks", "credit": "explicit"}, origin.UNCERTAIN),
        ({"source_name": "Wedding Planners of Osk", "credit": "explicit"}, "Wedding Planners of Osk"),
        ({"source_name": "police", "credit": "explicit", "credit_confidence": 1.0, "reviewed": "corrected"}, "police"),
        (  # another cell of it was put right
            {"source_name": "police", "credit": "explicit", "credit_confidence": 0.2, "reviewed": "corrected"},
            origin.UNCERTAIN,
        ),
        ({"source_name": None, "credit": "none", "credit_confidence": 0.2, "reviewed": "accepted"}, origin.NOBODY),
    ],
)
def test_who_stands_behind_a_figure_is_known_where_a_person_said_so_and_is_no_happening(cells, who):
    row = MADE.head(1).assign(**cells)
    assert list(origin.behind(row)) == [who] == [origin.behind_one(row.iloc[0])]
