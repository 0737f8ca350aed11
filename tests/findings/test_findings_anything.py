"""Whatever the tables hold, findings give tables, and every row points at figures that there are."""

import pandas as pd
import pytest
from ascribe import findings
from ascribe.extraction.records import ACCUMULATIONS, BOUNDS, CATEGORIES
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBERS = st.sampled_from([None, 0, 1, -5, 2.5, 12, 0.33, 3_029, 90_000, 90_090, 116_080, 1e12, float("inf")])
DAYS = st.sampled_from([None, "2022-12-02", "2023-01-16", "0001-01-01", "9999-12-31", "no day"])
STAFF = "General Staff of the Armed Forces of Ukraine"
ROW = st.fixed_dictionaries({
    "doc_id": st.sampled_from("abc"), "value": NUMBERS, "low": NUMBERS, "high": NUMBERS,
    "bound": st.sampled_from(BOUNDS), "unit": st.sampled_from(["", "%"]), "category": st.sampled_from(CATEGORIES),
    "counted": st.sampled_from([None, "tanks", "soldiers", "men", "women", "girls", "🙂 (x"]),
    "whose": st.sampled_from([None, "Russia", "Ukraine", "civilians", ""]),
    "source_name": st.sampled_from([None, STAFF, "OHCHR", "officials", "’s"]),
    "accumulation": st.sampled_from(ACCUMULATIONS), "window_start": DAYS, "window_end": DAYS, "as_of": DAYS,
    "place": st.sampled_from([None, "Kyiv", "Ukraine"]), "part_of": st.sampled_from([None, "f0", "gone"]),
    "end": st.sampled_from([None, 0, 3, 40, 10_000]),
})  # fmt: skip
TEXT = "In March it was 12. The 12 dead of the General Staff’s tally are 3 men, 4 women and 5 girls; 70 a day, (x"
DOCUMENTS = pd.DataFrame({
    "doc_id": ["a", "b"], "published": ["2022-12-03", None], "publisher": ["p", None], "text": [TEXT, None],
})  # fmt: skip


@pytest.fixture(scope="module")
def reference():
    return findings.shipped()


@pytest.mark.filterwarnings("error")
@settings(max_examples=8, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=9))
def test_any_table(reference, rows):
    figures = pd.DataFrame([r | {"figure_id": f"f{i}", "start": i, "number": "n"} for i, r in enumerate(rows)])
    known = set(figures["figure_id"])
    record = findings.against_the_record(figures, reference, DOCUMENTS)
    assert record["figure_id"].is_unique and set(record["figure_id"]) <= known
    assert set(findings.traced(figures, reference, DOCUMENTS)["figure_id"]) <= known
    pairs = findings.comparable(figures, DOCUMENTS)
    assert set(pairs["a"]) | set(pairs["b"]) <= known
    assert pairs.loc[pairs["relation"].eq("contradict"), "factor"].notna().all() or (figures["value"] == 0).any()
    assert {i for ids in findings.origins(figures, DOCUMENTS)["figure_ids"] for i in ids} <= known
    assert set(findings.revisions(figures, DOCUMENTS)["figure_id_after"]) <= known
    parts = findings.parts(figures, DOCUMENTS)
    assert {i for ids in parts["part_ids"] for i in ids} | set(parts["whole_id"]) <= known
    assert set(findings.rates(figures, DOCUMENTS)["rate_id"]) <= known
    assert len(findings.interest(figures)) == len(figures)
    assert set(findings.gaps(figures)["id"]) <= known
    assert {i for ids in findings.echo(reference, figures, DOCUMENTS)["figure_ids"] for i in ids} <= known


def test_the_input_is_left_as_it_was(reference):
    stated = {"number": "90,090", "value": 90_090, "low": 90_090, "high": 90_090, "bound": "exact", "unit": ""}
    known = {"category": "losses", "whose": "Russia", "source_name": STAFF, "as_of": "2022-12-02"}
    figures = pd.DataFrame([{"figure_id": "f", "doc_id": "a"} | stated | known])
    before = figures.copy(deep=True)
    findings.against_the_record(figures, reference, DOCUMENTS)
    findings.comparable(figures, DOCUMENTS)
    findings.interest(figures)
    pd.testing.assert_frame_equal(figures, before)
