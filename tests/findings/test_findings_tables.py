"""Comparable estimates, interests, echoes, tolls, sums and gaps, over small tables."""

import itertools

import numpy as np
import pandas as pd
import pytest
from ascribe import findings
from ascribe.findings import names, selection

ORVAN, STAFF = "Orvan Ministry of Health", "Kestrian General Staff"


def figures(*rows):
    """Figures with what each row leaves out filled in; a row is (value, bound, and what differs)."""
    made = []
    for i, (value, bound, known) in enumerate(rows):
        stated = {"exact": (value, value), "at_least": (value, None), "at_most": (None, value), "about": (None, None)}
        low, high = stated.get(bound, (None, None))
        made.append({
            "figure_id": f"f{i}", "doc_id": f"d{i}", "start": 10 * i, "number": str(value), "value": value, "low": low,
            "high": high, "bound": bound, "unit": "", "category": "killed", "whose": "Kestria", "counted": None,
            "source_name": ORVAN, "credit": "explicit", "as_of": "2031-05-01", "accumulation": "total",
        } | known)  # fmt: skip
    return pd.DataFrame(made)


@pytest.mark.parametrize(
    ("a", "b", "relation", "factor"),
    [
        ((100, "exact", {}), (100, "exact", {}), "agree", 1.0),
        ((100, "exact", {}), (102, "about", {}), "agree", 1.02),
        ((100, "at_least", {}), (300, "exact", {}), "differ", 3.0),
        ((100, "exact", {}), (300, "exact", {}), "contradict", 3.0),
        ((100, "at_most", {}), (300, "at_least", {}), "contradict", 3.0),
        ((100, "exact", {"basis": "confirmed by name"}), (300, "exact", {}), "differ", 3.0),
        ((100, "exact", {"basis": "recorded"}), (300, "exact", {}), "differ", 3.0),  # more may have gone unrecorded
        ((100, "exact", {}), (300, "exact", {"basis": "recorded"}), "contradict", 3.0),
        # a part of what the other counts
        ((100, "exact", {}), (300, "exact", {"category": "casualties"}), "not comparable", None),
        ((400, "exact", {}), (300, "exact", {"category": "casualties"}), "contradict", 4 / 3),
        # time
        ((100, "exact", {}), (300, "exact", {"as_of": "2031-08-01"}), "not comparable", None),
        ((300, "exact", {}), (100, "exact", {"as_of": "2031-08-01"}), "contradict", 3.0),
        ((100, "exact", {"as_of": None}), (300, "exact", {}), "not comparable", None),
        ((100, "exact", {"accumulation": "rate"}), (300, "exact", {}), "not comparable", None),
        ((100, "exact", {"accumulation": "increment"}), (300, "exact", {}), "not comparable", None),
        ((100, "exact", {"accumulation": "unknown"}), (3000, "exact", {}), "not comparable", None),
        # of one event, or of two of the same week?
        ((100, "exact", {"accumulation": "unknown"}), (300, "exact", {}), "not comparable", None),
        ((9100, "exact", {"accumulation": "unknown"}), (9900, "exact", {}), "contradict", 9900 / 9100),
        (
            (100, "exact", {"accumulation": "unknown", "place": "Sarn"}),
            (300, "exact", {"accumulation": "unknown", "place": "Sarn", "source_name": STAFF}),
            "contradict",
            3.0,
        ),
        ((100, "exact", {"counted": "soldiers"}), (300, "exact", {"counted": "civilians"}), "not comparable", None),
        ((100, "exact", {"counted": "civilians"}), (300, "exact", {}), "not comparable", None),
        ((100, "exact", {"counted": "soldiers"}), (300, "exact", {}), "contradict", 3.0),
        ((100, "exact", {"doc_id": "d"}), (300, "exact", {"doc_id": "d"}), "not comparable", None),
        ((100, "exact", {"doc_id": "d"}), (300, "exact", {"doc_id": "d", "source_name": STAFF}), "contradict", 3.0),
        ((None, "vague", {}), (300, "exact", {}), "not comparable", None),
    ],
)
def test_two_estimates(a, b, relation, factor):
    (pair,) = findings.comparable(figures(a, b)).itertuples()
    assert (pair.a, pair.b, pair.relation) == ("f0", "f1", relation)
    assert np.isnan(pair.factor) if factor is None else pair.factor == pytest.approx(factor)
    if relation == "not comparable":
        assert pair.why


def test_windows_of_one_time_are_compared_and_a_longer_one_holds_a_shorter():
    may = {"window_start": "2031-05-01", "window_end": "2031-05-31", "as_of": None}
    year = {"window_start": "2031-01-01", "window_end": "2031-12-31", "as_of": None}
    found = findings.comparable(figures((50, "exact", may), (80, "exact", may), (60, "exact", year)))
    assert list(found["relation"]) == ["contradict", "not comparable", "contradict"]
    assert found["why"].iloc[2] == "less in the longer time"


def test_other_questions_are_not_paired():
    wounded = figures((1, "exact", {}), (2, "exact", {"category": "wounded"}), (3, "exact", {"whose": "Orvan"}))
    assert findings.comparable(wounded).empty
    arms = {"category": "equipment"}
    assert findings.comparable(
        figures((1, "exact", arms | {"counted": "tanks"}), (2, "exact", arms | {"counted": "boats"}))
    ).empty


def test_many_estimates_are_paired_in_time():
    days = pd.date_range("2031-01-01", periods=1500).strftime("%Y-%m-%d")
    found = findings.comparable(figures(*((100 + i, "exact", {"as_of": d}) for i, d in enumerate(days))))
    assert found["days_apart"].max() == 31


def test_interest():
    sources = pd.DataFrame({
        "source_id": ["s1", "s2", "s3", "s4"], "name": ["a", "b", "c", "d"], "kind": "government",
        "party": ["Russia", "Ukraine", "Norway", None],
    })  # fmt: skip
    rows = [
        (1, "exact", {"source_id": s, "source_name": n, "whose": "Russian soldiers"})
        for s, n in zip(sources["source_id"], sources["name"], strict=True)
    ]
    rows.append((1, "exact", {"source_id": "s1", "source_name": "a", "whose": None}))
    assert list(findings.interest(figures(*rows), sources)) == ["self", "enemy", "third", "unknown", "unknown"]


@pytest.fixture
def echoing(tmp_path):
    """A daily count, a monthly one that repeats it three days late, and an independent one."""
    rows = ["series_id,publisher,publisher_interest,subject_party,category,date,value,cumulative,window_start"]
    days = pd.date_range("2031-01-01", "2031-12-31")
    count = {d: 1000 + 37 * i + i * i for i, d in enumerate(days)}
    rows += [f"daily,{STAFF},enemy,Orvan,losses,{d:%Y-%m-%d},{v},1,2031-01-01" for d, v in count.items()]
    firsts = days[days.day == 1]
    for a, b in itertools.pairwise(firsts):
        late = count[b + pd.Timedelta(days=-3)] - count.get(a + pd.Timedelta(days=-3), 0)
        rows.append(f"monthly,Velt Institute,third,Orvan,casualties,{b:%Y-%m-%d},{late},0,{a:%Y-%m-%d}")
        rows.append(f"own,Sarn Monitor,third,Orvan,killed,{b:%Y-%m-%d},{count[b] // 5},1,2031-01-01")
    path = tmp_path / "echo.csv"
    path.write_text("\n".join(rows) + "\n")
    return findings.load(path)


def test_an_echo_is_found_with_its_lag_and_an_independent_count_is_none(echoing):
    found = findings.echo(echoing).set_index("follower")
    assert (found.loc["monthly", "origin"], found.loc["monthly", "lag"], found.loc["monthly", "echo"]) == (
        "daily",
        -3,
        True,
    )
    assert found.loc["monthly", "median_difference"] < 1e-9
    assert not found.loc["own", "echo"]


def test_what_articles_credit_to_a_source_may_echo_a_series(echoing):
    daily = echoing.points[echoing.points["series_id"].eq("daily")].iloc[::40]
    rows = [
        (
            r.value,
            "exact",
            {"as_of": f"{r.date:%Y-%m-%d}", "whose": "Orvan", "category": "losses", "source_name": "Velt Desk"},
        )
        for r in daily.itertuples()
    ]
    found = findings.echo(echoing, figures(*rows))
    (row,) = found[found["follower_publisher"].eq("Velt Desk")].itertuples()
    assert (row.origin, row.lag, row.echo, len(row.figure_ids)) == ("daily", 0, True, len(rows))


def test_many_outlets_one_origin():
    told = [
        (410, "exact", {"source_name": ORVAN, "via": [relay]}) for relay in ("Sarn Wire", "Velt Post", "Tarn Times")
    ]
    table = figures(*told, (77, "exact", {}), (410, "exact", {"source_name": None}))
    documents = pd.DataFrame(
        {"doc_id": [f"d{i}" for i in range(5)], "publisher": list("abcde"), "published": "2031-05-01"}
    )
    (row,) = findings.origins(table, documents).itertuples()
    assert (row.summary, row.n_uncredited, row.relays) == (
        "4 outlets, 1 origin",
        1,
        ["Sarn Wire", "Tarn Times", "Velt Post"],
    )
    assert row.figure_ids == ["f0", "f1", "f2", "f4"]


def test_up_to_a_number_and_more_than_it_are_not_one_telling():
    told = [(410, "at_most", {}), (410, "at_least", {"source_name": STAFF}), (410, "exact", {})]
    documents = pd.DataFrame({"doc_id": ["d0", "d1", "d2"], "publisher": list("abc"), "published": "2031-05-01"})
    (row,) = findings.origins(figures(*told), documents).itertuples()
    assert row.figure_ids == ["f1", "f2"]


def test_who_speaks_for_a_body_is_an_origin_by_name_and_no_relay_of_it():
    """A figure on record: of 8 August 2022."""
    known = {"source_name": "Colin Kahl", "via": ["Pentagon"], "low": 70_000, "high": 80_000, "whose": "Russia"}
    known |= {"category": "casualties", "value": None}
    documents = pd.DataFrame({"doc_id": ["d0", "d1"], "publisher": list("ab"), "published": "2022-08-08"})
    (row,) = findings.origins(figures(*[(None, "range", known)] * 2), documents).itertuples()
    assert (row.origins, row.relays, row.n_origins) == (["Colin Kahl"], [], 1)


def test_a_body_and_a_part_of_it_are_one_origin():
    """A figure on record: of 20 July 2022."""
    known = {"whose": "Russia", "category": "killed"}
    told = [(15_000, "about", known | {"source_name": name}) for name in ("US intelligence", "CIA", "Orvan Institute")]
    documents = pd.DataFrame({"doc_id": ["d0", "d1", "d2"], "publisher": list("abc"), "published": "2022-07-20"})
    (row,) = findings.origins(figures(*told[:2]), documents).itertuples()
    assert (row.origins, row.n_origins, len(row.figure_ids)) == (["CIA"], 1, 2)
    (row,) = findings.origins(figures(*told), documents).itertuples()
    assert (row.origins, row.n_origins) == (["CIA", "Orvan Institute"], 2)
    pair = {"a": "f0", "b": "f1", "source_a": "CIA", "source_b": "US intelligence", "relation": "agree"}
    pair |= {"category_a": "killed", "category_b": "killed", "why": None, "days_apart": 0}
    apart = pair | {"source_b": "Orvan Institute"}
    assert list(selection.between_sources(pd.DataFrame([pair, apart]))["source_b"]) == ["Orvan Institute"]


def test_of_what_a_source_gave_in_turn_the_nearest_stands_against_another():
    told = [
        (100, "2031-05-01", ORVAN),
        (110, "2031-05-05", ORVAN),
        (120, "2031-05-06", ORVAN),
        (900, "2031-05-06", STAFF),
    ]
    made = [(n, "exact", {"as_of": day, "source_name": by}) for n, day, by in told]
    pairs = findings.comparable(figures(*made))
    against = pairs[pairs["relation"].eq("contradict") & pairs["b"].eq("f3")]
    assert list(zip(against["a"], against["b"], strict=True)) == [("f0", "f3"), ("f1", "f3"), ("f2", "f3")]
    left = selection.between_sources(against)
    assert list(zip(left["a"], left["b"], strict=True)) == [("f2", "f3")]
    ends = ["a", "b", "source_a", "source_b", "category_a", "category_b"]
    turned = against.assign(**{e: against[e[:-1] + ("b" if e[-1] == "a" else "a")] for e in ends})
    mixed = pd.concat([against.head(1), turned.tail(2)], ignore_index=True)
    assert list(selection.between_sources(mixed)["b"]) == ["f2"]


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        ("CIA", "US intelligence", True),
        ("Central Intelligence Agency", "American intelligence", True),
        ("US intelligence", "CIA", False),
        ("MI6", "US intelligence", False),
        ("CIA", "CIA", False),
        ("Orvan Institute", "US intelligence", False),
    ],
)
def test_which_body_is_a_part_of_which(one, other, within):
    assert names.is_within(names.publisher_key(one), names.publisher_key(other)) == within


def test_a_range_told_twice_is_one_number():
    told = [(None, "range", {"low": low, "high": high, "value": None}) for low, high in ((7, 15), (7, 15), (6, 16))]
    documents = pd.DataFrame({"doc_id": ["d0", "d1", "d2"], "publisher": list("abc"), "published": "2031-05-01"})
    (row,) = findings.origins(figures(*told), documents).itertuples()
    assert (row.low, row.high, row.summary) == (7, 15, "2 outlets, 1 origin")


def test_a_toll_that_rises_is_revised_and_two_at_once_contradict():
    tolls = [
        (21, "2031-05-02", ORVAN),
        (35, "2031-05-03", ORVAN),
        (33, "2031-05-04", ORVAN),
        (40, "2031-05-05", STAFF),
        (25, "2031-05-05", "Mayor Tane"),
    ]
    table = figures(*((n, "exact", {"place": "Sarn", "source_name": s, "as_of": None}) for n, _, s in tolls))
    documents = pd.DataFrame({"doc_id": table["doc_id"], "publisher": "p", "published": [d for _, d, _ in tolls]})
    found = findings.revisions(table, documents)
    assert sorted(found["kind"]) == ["contradiction", "contradiction", "correction", "revision", "update"]
    assert found["event_id"].nunique() == 1
    later = figures((21, "exact", {"place": "Sarn"}), (99, "exact", {"place": "Sarn", "as_of": "2031-09-01"}))
    assert findings.revisions(later, documents.iloc[:0]).empty


def test_an_event_is_known_by_its_place_however_named():
    table = figures((21, "exact", {"place": "the city of Sarn"}), (35, "exact", {"place": "Sarn"}), (40, "exact", {}))
    documents = pd.DataFrame(
        {"doc_id": table["doc_id"], "published": "2031-05-01", "title": [None, None, "Toll in Sarn rises"]}
    )
    assert findings.events(table, documents)["event_id"].nunique() == 1
    assert len(findings.events(table, documents)) == 3


def test_an_article_on_a_whole_country_has_no_usual_place():
    country, town = {"place": "Ukraine", "doc_id": "d"}, {"place": "Sarn", "doc_id": "d"}
    found = findings.events(figures((900, "exact", country), (21, "exact", town), (300, "exact", {"doc_id": "d"})))
    assert list(found.loc[found["event_id"].notna(), "figure_id"]) == ["f1"]


def test_a_country_is_no_place_of_an_event():
    assert findings.events(figures((21, "exact", {"place": "Ukraine"})))["event_id"].isna().all()


@pytest.mark.parametrize(
    ("whole", "parts", "verdict"),
    [
        (112, [(65, "exact"), (42, "exact"), (5, "exact")], "sums"),
        (112, [(65, "exact"), (52, "exact")], "exceeds"),
        (112, [(65, "exact"), (40, "exact")], "short"),
        (112, [(65, "exact")], "part"),
        (112, [(65, "at_least"), (40, "exact")], "sums"),
        (112, [(70, "exact"), (70, "exact")], "exceeds"),
    ],
)
def test_parts_and_their_whole(whole, parts, verdict):
    table = figures((whole, "exact", {}), *((n, b, {"part_of": "f0", "doc_id": "d0"}) for n, b in parts))
    (row,) = findings.parts(table).itertuples()
    assert (row.whole_id, row.verdict, row.difference) == ("f0", verdict, sum(n for n, _ in parts) - whole)


def test_a_list_counts_one_harm_though_a_part_was_read_as_another():
    said = "At least 51 people died. The 51 dead are 26 men, 18 women, 4 girls and 3 boys."
    numbers = [("51", None, "killed"), ("26", "men", "killed"), ("18", "women", "killed"), ("4", "girls", "wounded"),
               ("3", "boys", "casualties")]  # fmt: skip
    rows = []
    for n, counted, category in numbers:
        start = said.index(f"{n} {counted}" if counted else n)
        part = None if counted is None else "f51"
        rows.append({
            "figure_id": f"f{n}", "doc_id": "d", "start": start, "end": start + len(n), "number": n, "value": float(n),
            "low": float(n), "high": float(n), "bound": "exact", "unit": "", "category": category, "counted": counted,
            "whose": None, "source_name": "Osk Hospital", "part_of": part, "category_confidence": 0.3,
        })  # fmt: skip
    about = pd.DataFrame({"doc_id": ["d"], "published": ["2031-05-06"], "title": [None], "text": [said]})
    (found,) = findings.parts(pd.DataFrame(rows), about).itertuples()
    assert (found.sum, found.verdict) == (51.0, "sums")
    short = pd.DataFrame(rows[:-1])  # three boys are left out: who is unsure of what is counted says nothing of that
    assert findings.parts(short, about).empty
    assert list(findings.parts(short.assign(category_confidence=0.9), about)["verdict"]) == ["short"]


def test_what_cannot_be_a_part_is_none():
    table = figures(
        (112, "exact", {}), (165, "exact", {"part_of": "f0"}), (3, "exact", {"part_of": "f0", "category": "share"})
    )
    assert findings.parts(table).empty


def test_a_rate_that_does_not_give_its_total():
    june = {"doc_id": "d0", "window_start": "2031-06-01", "window_end": "2031-06-30", "accumulation": "increment"}
    rate = (20, "about", {"doc_id": "d0", "accumulation": "rate", "unit": "day"})
    assert list(findings.rates(figures(rate, (610, "exact", june)))["verdict"]) == ["gives"]
    assert list(findings.rates(figures(rate, (6_100, "exact", june)))["verdict"]) == ["does not give"]


def test_gaps():
    sources = pd.DataFrame(
        {"source_id": ["s0", "s1"], "name": [ORVAN, "officials"], "kind": ["government", "anonymous"], "party": None}
    )
    table = figures(
        (5, "exact", {"source_name": None, "credit": "none"}),
        (6, "exact", {"source_name": "officials", "source_id": "s1"}),
        (7, "exact", {"source_id": "s0", "via": ["Sarn Wire"]}),
        (8, "exact", {"source_id": "s0", "category": "wounded"}),
        (9, "exact", {"source_name": None, "credit": "none", "category": "duration", "unit": "day"}),
    )
    claims = pd.DataFrame({
        "claim_id": ["c0", "c1"], "doc_id": "d0", "text": ["it fell", "it rose"], "source_id": [None, "s0"],
        "source_name": [None, ORVAN], "cue": ["believe", "say"], "via": [[], []],
    })  # fmt: skip
    found = findings.gaps(table, claims, sources=sources)
    kinds = list(zip(found["kind"], found["id"], strict=True))
    assert kinds == [
        ("uncredited", "f0"), ("anonymous", "f1"), ("second-hand", "f2"), ("uncredited", "c0"), ("single source", "f3"),
    ]  # fmt: skip
    assert found["why"].notna().all()


def test_empty_tables_give_empty_tables():
    none = figures((1, "exact", {})).iloc[:0]
    for found in (
        findings.comparable(none), findings.origins(none), findings.revisions(none), findings.parts(none),
        findings.rates(none), findings.gaps(none), findings.events(none), findings.interest(none),
    ):  # fmt: skip
        assert len(found) == 0
