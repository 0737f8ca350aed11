"""Reference series: the shapes they come in, what is reported on load, what is refused."""

import pandas as pd
import pytest
from ascribe.errors import SeriesError
from ascribe.findings import load, reference, shipped

LONG = (
    "series_id,publisher,publisher_interest,subject_party,category,date,value,low,high,cumulative,window_start,"
    "qualifier\n"
)


def long(tmp_path, *rows, name="long.csv"):
    path = tmp_path / name
    path.write_text(LONG + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def total(*values, start="2031-05-01"):
    days = pd.date_range(start, periods=len(values)).strftime("%Y-%m-%d")
    return [
        f"orvan,Orvan Health Office,third,Kestria,killed,{d},{v},,,1,2031-01-01,"
        for d, v in zip(days, values, strict=True)
    ]


def test_a_long_table(tmp_path):
    found = load(long(tmp_path, *total(100, 110, 125)))
    assert list(found.points["value"]) == [100, 110, 125]
    about = found.about.iloc[0]
    assert (about["publisher"], about["interest"], about["whose"], about["category"]) == (
        "Orvan Health Office", "third", "Kestria", "killed",
    )  # fmt: skip
    assert (about["n"], len(about["sha256"]), about["file"]) == (3, 64, "long.csv")
    assert found.problems.empty


@pytest.mark.parametrize(
    ("name", "text", "points", "publisher", "category", "value"),
    [
        (
            "ged.csv",
            "id,date_start,date_end,country,side_a,side_b,best,low,high,deaths_a,deaths_b,deaths_civilians\n"
            "1,2031-05-01,2031-05-02,Kestria,Government of Kestria,Orvan Front,7,5,9,2,4,1\n"
            "2,2031-05-02,2031-05-02,Kestria,Government of Kestria,Orvan Front,3,3,3,1,2,0\n",
            4, "Uppsala Conflict Data Program", "killed", 10,
        ),
        (
            "acled.csv",
            "event_id_cnty,event_date,event_type,country,fatalities\n"
            "K1,01 May 2031,Battles,Kestria,4\nK2,01 May 2031,Riots,Kestria,1\n",
            1, "Armed Conflict Location & Event Data Project", "killed", 5,
        ),
        (
            "estimates.csv",
            "date,low,high,estimate,type,source,source_url,country\n2031-05-01,,,1200,deaths,Orvan Desk,https://example.org,Kestria\n",
            1, "Orvan Desk", "killed", 1200,
        ),
        (
            "daily.csv",
            "date,day,personnel,personnel*,tank\n2022-05-01,67,23500,about,1026\n",
            2, "General Staff of the Armed Forces of Ukraine", "losses", 23500,
        ),
    ],
)  # fmt: skip
def test_other_shapes(tmp_path, name, text, points, publisher, category, value):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = load(path)
    assert len(found.points) == points
    first = found.points.iloc[0]
    assert (first["publisher"], first["category"], first["value"]) == (publisher, category, value)
    assert found.about["limits"].notna().all()


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ((9, 10_777), "falls"),
        ((9, 10_490), "transposed digits"),
        ((9, 109_040), "extra digit"),
        ((9, 1_094), "missing digit"),
    ],
)
def test_what_contradicts_itself_is_reported(tmp_path, changed, kind):
    values = [10_040 + 100 * i for i in range(20)]
    at, value = changed
    values[at] = value
    found = load(long(tmp_path, *total(*values)))
    (problem,) = found.problems.itertuples()
    assert problem.kind == kind
    if kind != "falls":
        assert (problem.date, problem.value) == (pd.Timestamp("2031-05-10"), value)
    assert f"{value:,}" in problem.message


def test_a_jump_and_two_values_are_reported(tmp_path):
    values = [10_000 + 10 * i for i in range(10)] + [17_000 + 10 * i for i in range(10)]
    assert list(load(long(tmp_path, *total(*values))).problems["kind"]) == ["jump"]
    twice = total(10_000, 10_010) + total(10_020, start="2031-05-02")
    assert list(load(long(tmp_path, *twice)).problems["kind"]) == ["two values"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("orvan,Orvan,third,Kestria,killed,2031-05-01,many,,,1,,", "line 2: value is 'many'"),
        ("orvan,Orvan,third,Kestria,killed,May first,100,,,1,,", "line 2: date is 'May first'"),
        ("orvan,Orvan,third", "line 2: expected 12 cells"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path, row, said):
    with pytest.raises(SeriesError, match=said) as error:
        load(long(tmp_path, row))
    assert "long.csv" in str(error.value)


def test_files_that_are_no_series(tmp_path):
    with pytest.raises(SeriesError, match=r"nowhere\.csv"):
        load(tmp_path / "nowhere.csv")
    odd = tmp_path / "odd.csv"
    odd.write_text("a,b\n1,2\n")
    with pytest.raises(SeriesError, match="not the columns of any known shape"):
        load(odd)
    odd.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SeriesError, match=r"odd\.csv"):
        load(odd)
    with pytest.raises(SeriesError, match="no points"):
        load(long(tmp_path))


def test_numbers_with_separators_are_read(tmp_path):
    row = 'orvan,Orvan,third,Kestria,killed,2031-05-01,"1,200,000",,,1,,'
    assert load(long(tmp_path, row)).points["value"].iloc[0] == 1_200_000


def test_the_shipped_facts_have_an_address_each():
    found = shipped()
    assert found.points["source_url"].str.startswith("https://").all()
    assert found.problems.empty
    assert 20 <= len(found.points) <= 150


def test_a_series_in_two_files_is_taken_from_the_later(tmp_path):
    first, second = long(tmp_path, *total(100, 110), name="a.csv"), long(tmp_path, *total(100, 115, 120), name="b.csv")
    found = load([first, second])
    assert list(found.points["value"]) == [100, 115, 120]
    assert list(found.about["file"]) == ["b.csv"]


def test_own_files_stand_beside_the_shipped_facts(tmp_path):
    facts = shipped()
    both = reference([long(tmp_path, *total(100, 110))])
    assert len(both.points) == len(facts.points) + 2
    assert both.about["series_id"].is_unique
    assert len(reference().points) == len(facts.points)


def test_a_day_that_a_file_has_is_the_files_and_the_facts_other_days_stay(tmp_path):
    facts = shipped()
    known = facts.points[facts.points["series_id"].eq("ohchr_ukraine_civilian_killed")]
    first, last = known.iloc[0], known.iloc[-1]
    cells = [first["series_id"], first["publisher"], "third", first["whose"], "killed", first["date"].date()]
    row = ",".join(map(str, [*cells, first["value"], "", "", 1, "", ""]))
    both = reference([long(tmp_path, row)])
    merged = both.points[both.points["series_id"].eq(first["series_id"])]
    assert len(merged) == len(known) and merged["value"].iloc[-1] == last["value"]
    about = both.about.set_index("series_id").loc[first["series_id"]]
    assert (about["n"], about["last"], about["file"]) == (len(known), last["date"], "long.csv")
