"""The table behind each chart holds what the chart draws."""

from __future__ import annotations

import pandas as pd
import pytest
from ascribe.charts import rows
from ascribe.publishing.present import behind
from lxml import etree

DOCUMENTS = pd.DataFrame(
    [["a", "Kestria Courier", "2031-05-14"], ["b", None, None]], columns=["doc_id", "publisher", "published"]
)
FIGURE = {
    "figure_id": "figure_1", "doc_id": "a", "claim_id": None, "source_id": None, "source_name": "Marisol Tane",
    "via": [], "number": "40", "value": 40.0, "low": 40.0, "high": None, "bound": "at_least", "unit": "",
    "category": "killed", "counted": "miners", "whose": None, "accumulation": "total", "as_of": None, "place": None,
}  # fmt: skip


def cells(fragment) -> list[list[str]]:
    root = etree.fromstring(f"<div>{fragment.html}</div>", etree.HTMLParser())
    return [["".join(c.itertext()) for c in row.xpath("td|th")] for row in root.xpath("//tr")]


def test_estimates():
    ranged = {"number": "7 to 9", "value": None, "low": 7.0, "high": 9.0, "bound": "range"}
    others = [
        FIGURE,
        FIGURE | {"figure_id": "figure_2", "doc_id": "b", "source_name": None, "counted": None} | ranged,
        FIGURE | {"figure_id": "figure_3", "bound": "at_most", "low": None, "high": 40.0, "as_of": "2031-05-12"},
    ]
    found = behind.estimates(rows.estimates(pd.DataFrame(others), DOCUMENTS))
    assert cells(found) == [
        ["Day", "Who", "Figure", "Kind", "Drawn at", "Told by"],
        ["2031-05-14", "Marisol Tane", "at least 40 miners", "killed", "40 or more", "Kestria Courier"],
        ["–", "Credited to nobody", "7 to 9", "killed", "7 to 9", "–"],
        ["2031-05-12", "Marisol Tane", "up to 40 miners", "killed", "40 or fewer", "Kestria Courier"],
    ]
    assert 'href="#figure_1"' in found.html


def test_pairs():
    labels = {"1": ("Marisol Tane", "40 killed"), "2": ("company", "12 killed"), "3": ("nobody", "9")}
    pairs = pd.DataFrame(
        [["1", "2", "contradict", 40 / 12], ["1", "3", "not comparable", None]],
        columns=["a", "b", "relation", "factor"],
    )
    assert cells(behind.agreement(pairs, labels))[1:] == [
        ["Marisol Tane: 40 killed", "company: 12 killed", "contradict", "3.3"]
    ]
    assert "None can be compared" in behind.agreement(pairs[1:], labels).html


@pytest.mark.parametrize(
    ("via", "through"), [([], "–"), (["Orvan Press"], "Orvan Press"), (["Marisol Tane"], "–"), (["A", "B"], "A and B")]
)
def test_chains(via, through):
    said = pd.DataFrame(
        [["a", "Marisol Tane", via], ["a", "Marisol Tane", via]], columns=["doc_id", "source_name", "via"]
    )
    assert cells(behind.chains(said, DOCUMENTS))[1:] == [["Marisol Tane", through, "Kestria Courier", "2"]]
