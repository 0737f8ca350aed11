"""A figure against what its source published."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from ascribe.errors import LedgerError
from ascribe.findings import against_the_record, load, shipped, traced

STAFF, HEALTH = "Orvan General Staff", "Orvan Ministry of Health"
COLUMNS = (
    "series_id,publisher,publisher_interest,subject_party,category,date,value,low,high,cumulative,window_start,"
    "qualifier"
)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A fictional General Staff's daily count of Kestria's losses and tanks; a ministry's of the dead, by fortnight."""
    rows, start = [COLUMNS], dt.date(2031, 5, 1)
    for i in range(60):
        day = start + dt.timedelta(days=i)
        rows.append(f"losses,{STAFF},enemy,Kestria,losses,{day},{40_120 + 430 * i + i * i},,,1,2031-01-10,about")
        rows.append(f"tanks,{STAFF},enemy,Kestria,tank,{day},{1_210 + 3 * i},,,1,2031-01-10,")
        if i % 14 == 0:
            rows.append(f"dead,{HEALTH},self,Orvan,killed,{day},{2_013 + 25 * i},,,1,2031-01-10,")
    path = tmp_path_factory.mktemp("series") / "orvan.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return load(path)


def losses(day):
    i = (dt.date.fromisoformat(day) - dt.date(2031, 5, 1)).days
    return 40_120 + 430 * i + i * i


def figure(value, bound="exact", as_of="2031-05-20", **known):
    low = value if bound in ("exact", "at_least") else None
    high = value if bound in ("exact", "at_most") else None
    row = {
        "figure_id": "f", "doc_id": "d", "number": f"{value:,}", "value": value, "low": low, "high": high,
        "bound": bound, "unit": "", "category": "losses", "whose": "Kestria", "source_name": STAFF, "as_of": as_of,
    }  # fmt: skip
    return pd.DataFrame([row | known])


def check(reference, figures):
    out = against_the_record(figures, reference)
    return out.iloc[0] if len(out) else None


ON = "2031-05-20"


@pytest.mark.parametrize(
    ("value", "bound", "verdict", "days"),
    [
        (losses(ON), "exact", "exact", None),
        (losses(ON), "about", "exact", None),
        (losses("2031-05-19"), "exact", "exact", None),  # this morning's count is yesterday's
        (losses("2031-05-12"), "exact", "stale", 8),
        (losses("2031-05-29"), "exact", "ahead", 9),
        (round(losses(ON), -3), "about", "rounded", None),
        (round(losses(ON), -2), "exact", "rounded", None),
        (losses(ON) // 1000 * 1000, "at_least", "rounded", None),
        (41_000, "at_least", "stale", 8),
        (60_000, "at_least", "ahead", 24),
        (losses(ON) + 37, "exact", "mismatch", None),
    ],
)
def test_verdicts(reference, value, bound, verdict, days):
    row = check(reference, figure(value, bound))
    assert row["verdict"] == verdict
    assert (None if np.isnan(row["days"]) else row["days"]) == days
    assert row["record_value"] in (losses(ON), losses("2031-05-19"))


def test_an_undated_bound_is_placed_on_the_day_it_first_came_true(reference):
    row = check(reference, figure(45_000, "at_least", as_of=None))
    first = next(d for d in pd.date_range("2031-05-01", periods=60) if losses(d.strftime("%Y-%m-%d")) >= 45_000)
    assert (row["verdict"], row["true_first"], row["dated"]) == ("placed", first, None)


@pytest.mark.parametrize(
    ("value", "known", "slip"),
    [
        (48_561, {}, "transposed digits"),  # 48,651
        (486_551, {}, "extra digit"),
        (4_851, {}, "missing digit"),
        (1_267, {}, "other column: tanks"),
        (467, {"accumulation": "total"}, "increase for total"),
    ],
)
def test_the_likely_slip_is_named(reference, value, known, slip):
    assert losses(ON) == 48_651
    row = check(reference, figure(value, **known))
    assert (row["verdict"], row["slip"]) == ("mismatch", slip)


def test_losses_told_as_killed_are_a_category_shift(reference):
    row = check(reference, figure(losses(ON), category="killed"))
    assert (row["verdict"], row["category_shift"]) == ("exact", "losses as killed")
    # a smaller number of killed may well be right
    assert check(reference, figure(9_000, category="killed"))["verdict"] == "no record"


@pytest.mark.parametrize(
    ("value", "bound", "verdict"),
    [
        (losses("2031-05-20") - losses("2031-05-13"), "exact", "exact"),
        (3_200, "about", "rounded"),
        (2_500, "exact", "mismatch"),
    ],
)
def test_a_window_is_held_against_the_increase(reference, value, bound, verdict):
    window = {"window_start": "2031-05-14", "window_end": "2031-05-20", "as_of": None}
    row = check(reference, figure(value, bound, accumulation="increment", **window))
    assert (row["verdict"], row["windowed"]) == (verdict, True)


def test_the_rise_of_the_day_is_no_wrong_total(reference):
    rise = losses(ON) - losses("2031-05-19")
    for accumulation in ("increment", "unknown"):
        row = check(reference, figure(rise, accumulation=accumulation))
        assert (row["verdict"], row["windowed"], row["slip"]) == ("exact", True, None)
    assert check(reference, figure(rise + 30, accumulation="increment"))["verdict"] == "no record"


def test_an_older_number_beside_the_newest_is_not_stale(reference):
    old, new = figure(losses("2031-05-12")), figure(losses(ON), figure_id="g")
    assert list(against_the_record(pd.concat([old, new]), reference)["verdict"]) == ["placed", "exact"]
    elsewhere = new.assign(doc_id="e")
    assert list(against_the_record(pd.concat([old, elsewhere]), reference)["verdict"]) == ["stale", "exact"]


def test_a_bare_number_is_checked_where_it_is_unmistakable(reference):
    bare = {"category": "other", "whose": None}
    row = check(reference, figure(losses(ON), **bare))
    assert (row["verdict"], row["category_shift"]) == ("exact", None)
    assert check(reference, figure(48_000, **bare))["verdict"] == "no record"


@pytest.mark.parametrize(
    ("sentence", "shift"),
    [
        ("More than 48,000 Kestrian soldiers were killed, by the Orvan General Staff's tally.", "losses as killed"),
        ("Losses are put at 48,000 by the Orvan General Staff, the killed among them.", None),
        ("More than 48,000 Kestrian soldiers were killed, by this desk's tally.", "not traced"),
    ],
)
def test_a_sentence_that_names_the_publisher_is_held_against_its_series(reference, sentence, shift):
    start = sentence.index("48,000")
    known = {"source_name": None, "category": "killed", "start": start, "end": start + 6}
    documents = pd.DataFrame({"doc_id": ["d"], "published": [ON], "text": [sentence]})
    found = traced(figure(48_000, "at_least", **known), reference, documents)
    assert (found["category_shift"].iloc[0] if len(found) else "not traced") == shift


@pytest.mark.parametrize(
    "known",
    [
        {"source_name": "Orvan Red Cross"},
        {"source_name": None},
        {"whose": "Orvan"},
        {"category": "wounded", "source_name": HEALTH, "whose": "Orvan"},
        {"category": "equipment", "counted": "boats"},
        {"unit": "%"},
        {"accumulation": "rate"},
    ],
)
def test_what_no_series_counts_is_not_checked(reference, known):
    assert check(reference, figure(48_651, **known)) is None


def test_a_sparse_series_accuses_nobody(reference):
    known = {"source_name": HEALTH, "whose": "Orvan", "category": "killed"}
    assert check(reference, figure(2_363, as_of="2031-05-15", **known))["verdict"] == "exact"
    assert check(reference, figure(2_400, as_of="2031-05-20", **known))["verdict"] == "between"
    assert check(reference, figure(2_013, as_of="2031-05-20", **known))["verdict"] == "stale"
    assert check(reference, figure(3_900, as_of="2031-05-20", **known))["verdict"] == "no record"


def test_more_than_ninety_thousand_was_first_true_on_2_december_2022():
    """A fact on record: the General Staff's total passed 90,000 on that day, and does not split killed from wounded."""
    known = {"whose": "Russia", "source_name": "Ukraine's Ministry of Defense"}
    row = check(shipped(), figure(90_000, "at_least", as_of=None, **known))
    assert (row["verdict"], row["true_first"], row["record_category"]) == (
        "placed",
        pd.Timestamp("2022-12-02"),
        "losses",
    )
    row = check(shipped(), figure(90_090, as_of="2022-12-02", category="killed", **known))
    assert (row["verdict"], row["category_shift"]) == ("exact", "losses as killed")


def test_killed_and_wounded_are_casualties():
    known = {"whose": "civilians", "source_name": "UN Human Rights Office", "category": "casualties"}
    row = check(shipped(), figure(6_826 + 10_769, as_of="2022-12-18", **known))
    assert (row["verdict"], row["record_category"], row["category_shift"]) == ("exact", "casualties", None)


def test_a_range_is_exact_where_both_its_ends_are_the_records():
    """A fact on record: NATO's estimate of 23 March 2022."""
    known = {"whose": None, "source_name": "NATO", "category": "killed", "as_of": "2022-03-23"}
    row = check(shipped(), figure(11_000, "range", **known | {"low": 7_000, "high": 15_000}))
    assert (row["verdict"], row["record_low"], row["record_high"]) == ("exact", 7_000, 15_000)


def test_equipment_by_its_name(reference):
    row = check(reference, figure(1_267, category="equipment", counted="Kestrian tanks"))
    assert (row["series_id"], row["verdict"]) == ("tanks", "exact")


def test_a_number_credited_to_nobody_is_traced(reference):
    loose = figure(losses("2031-05-12"), source_name=None, category="other", whose=None)
    (row,) = traced(loose, reference).itertuples()
    assert (row.publisher, row.verdict, row.days) == (STAFF, "stale", 8)
    assert traced(figure(48_000, source_name=None), reference).empty
    assert traced(figure(losses(ON)), reference).empty


def test_missing_columns_are_named(reference):
    with pytest.raises(LedgerError, match="missing columns whose, source_name"):
        against_the_record(figure(1).drop(columns=["whose", "source_name"]), reference)


def test_an_empty_table_gives_an_empty_table(reference):
    assert against_the_record(figure(1).iloc[:0], reference).empty
    assert traced(figure(1).iloc[:0], reference).empty
