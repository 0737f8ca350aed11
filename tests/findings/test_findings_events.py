"""Figures grouped into events: made-up reports of made-up events, mixed, whose key stands in their texts."""

import datetime as dt
import itertools

import pandas as pd
import pytest
from ascribe import findings
from ascribe.articles import read
from ascribe.errors import ParameterError
from ascribe.findings import copies, incident, origin, passages, tolls, wording
from ascribe.findings.comparison import least
from ascribe.findings.grouping import events
from ascribe.ledger import Ledger
from event_articles import ARTICLES, documents, figures, text
from hypothesis import given, settings
from hypothesis import strategies as st

MADE, DOCUMENTS = figures(), documents()


def groups(frame: pd.DataFrame, column: str) -> set[frozenset[str]]:
    """The figures of each value of a column."""
    return {frozenset(g) for _, g in frame.groupby(column)["figure_id"]}


def test_every_figure_is_in_its_event_and_no_other():
    found = events(MADE, DOCUMENTS)
    assert groups(found, "event_id") == groups(MADE, "event")
    assert set(found.loc[found["role"].eq("background"), "figure_id"]) == set(
        MADE.loc[MADE["event"].isna(), "figure_id"]
    )


@pytest.mark.parametrize(
    ("event", "place", "what"),
    [
        ("market", "Tarnak", "blast"),
        ("shells", "Lomar", "shell"),
        ("bridge", "Marsk", "collapse"),
        ("bus", "Marsk", "crash"),
    ],
)
def test_an_event_is_called_by_its_place_day_and_deed(event, place, what):
    found = events(MADE, DOCUMENTS).set_index("figure_id")
    row = found.loc[MADE.loc[MADE["event"].eq(event), "figure_id"].iloc[0]]
    assert (row["place"], row["what"]) == (place, what)


def test_its_day_is_the_day_told_not_the_day_of_the_article():
    found = events(MADE, DOCUMENTS).set_index("figure_id")
    days = found.loc[MADE.loc[MADE["event"].eq("market"), "figure_id"], "day"].unique()
    assert [str(pd.Timestamp(d).date()) for d in days] == ["2031-05-06"]


@given(st.permutations(sorted(ARTICLES)))
@settings(max_examples=8, deadline=None)
def test_the_order_of_the_articles_makes_no_difference(order):
    rank = {doc_id: i for i, doc_id in enumerate(order)}
    shuffled = MADE.sort_values("doc_id", key=lambda d: d.map(rank), kind="stable")
    found = events(shuffled, DOCUMENTS.sort_values("doc_id", key=lambda d: d.map(rank)))
    assert dict(zip(found["figure_id"], found["event_id"], strict=True)) == dict(
        zip(*(events(MADE, DOCUMENTS)[c] for c in ("figure_id", "event_id")), strict=True)
    )


def test_a_number_alone_makes_no_event():
    """Seven died by a bridge and seven on a road, on one day, near one town."""
    sevens = MADE[MADE["value"].eq(7) & MADE["category"].eq("killed") & MADE["event"].isin(["bridge", "bus"])]
    found = events(MADE, DOCUMENTS).set_index("figure_id")["event_id"]
    assert found[sevens["figure_id"]].nunique() == 2


def test_what_the_user_gives_overrules():
    by_event = {e: list(g["figure_id"]) for e, g in MADE.groupby("event")}
    one, apart = by_event["bus"][0], by_event["market"][0]
    bridge = events(MADE, DOCUMENTS).set_index("figure_id").loc[by_event["bridge"][0], "event_id"]
    told = {one: bridge, apart: None, "flood_2": "the mud"}
    found = events(MADE, DOCUMENTS, told).set_index("figure_id")
    assert found.loc[one, "event_id"] == bridge
    assert found.loc[apart, "event_id"] is None and found.loc[apart, "role"] == "background"
    flood = MADE.loc[MADE["doc_id"].eq("flood_2"), "figure_id"]
    assert set(found.loc[flood, "event_id"]) == {"the mud"}
    with pytest.raises(KeyError, match="no figure and no article 'nowhere'"):
        events(MADE, DOCUMENTS, {"nowhere": "x"})


@pytest.fixture(scope="module")
def ledger(tmp_path_factory) -> Ledger:
    """The made-up reports as articles, read and extracted."""
    folder = tmp_path_factory.mktemp("events")
    for doc_id, (day, title, _) in ARTICLES.items():
        (folder / f"{doc_id}.md").write_text(f'---\ntitle: "{title}"\npublished: {day}\n---\n\n{text(doc_id)}\n')
    return Ledger.from_articles(read([folder])).resolved()


def test_a_ledger_is_grouped_and_what_a_person_corrected_is_kept(ledger):
    found = findings.grouped(ledger)
    assert found.figures["event_id"].notna().any()
    assert found.validated() is found
    reviewed = found.figures.assign(reviewed=None)
    wrong = reviewed.index[reviewed["event_id"].notna()][0]
    reviewed.loc[wrong, ["event_id", "reviewed"]] = "as the desk knows", "corrected"
    again = findings.grouped(Ledger(found.documents, found.sources, found.claims, reviewed))
    assert again.figures.loc[wrong, "event_id"] == "as the desk knows"
    assert (again.figures["event_id"] == "as the desk knows").sum() == 1


def test_extracted_figures_are_grouped_as_the_marked_ones(ledger):
    found = events(ledger.figures, ledger.documents).merge(
        ledger.figures[["figure_id", "doc_id", "number"]], on="figure_id"
    )
    key = {(m.doc_id, m.number): m.event for m in MADE.itertuples()}
    told = [
        (key[d, n], e)
        for d, n, e in zip(found["doc_id"], found["number"], found["event_id"], strict=True)
        if (d, n) in key
    ]
    right = sum((a == b) == (isinstance(x, str) and x == y) for (a, x), (b, y) in itertools.combinations(told, 2))
    assert len(told) > 20 and right / (len(told) * (len(told) - 1) / 2) > 0.95


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("A car bomb exploded.", {"blast"}),
        ("Shelling of the town went on.", {"shell"}),
        ("Warplanes struck the market.", {"air"}),
        ("The bus overturned.", {"crash"}),
        ("He shelved the plan.", set()),
        ("Ministers met.", set()),
    ],
)
def test_what_happened_is_told_by_words(sentence, kinds):
    assert passages.deeds(sentence) == kinds


@pytest.mark.parametrize(
    ("one", "other"), [("Sarnakah", "Sarnakeh"), ("al-Tokhara", "Tukhara"), ("Qasrin", "Kasrin"), ("Marssk", "Marsk")]
)
def test_spellings_of_a_name_meet(one, other):
    assert passages.sound(one) == passages.sound(other)


@pytest.mark.parametrize(
    ("sentence", "of"),
    [
        ("A bomb killed four on Tuesday.", "event"),
        ("A bomb killed four, the monitor said on Tuesday.", "speech"),
        ("The toll of the bombing rose to 40 on Tuesday.", "count"),
        ("By Tuesday night 40 were dead.", "count"),
        ("Over the past three years bombs killed 400.", "span"),
        ("It had given 63 on Tuesday.", "count"),
    ],
)
def test_of_what_a_day_is_the_day(sentence, of):
    assert [t.of for t in passages.times(sentence, passages.day_number("2031-05-07"))] == [of]


@pytest.mark.parametrize(
    ("sentence", "number", "wide"),
    [
        ("More than 40,000 people have been killed since the war began.", "40,000", True),
        ("Some 900 died in four years of war.", "900", True),
        ("The conflict has killed 900.", "900", True),
        ("So 900 have been displaced since March 2030.", "900", True),
        ("The blast killed 9 people in the capital of the war-torn country.", "9", False),
        ("A bomb killed 12 people on Tuesday.", "12", False),
    ],
)
def test_what_counts_a_whole_war(sentence, number, wide):
    start = sentence.index(number)
    assert passages.wider(sentence, start, start + len(number), passages.day_number("2031-05-07")) is wide


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("It exploded in the northern Orvanian town of Tarnak.", ["Tarnak"]),
        ("Shells fell on Tuesday near Lomar.", ["Lomar"]),
        ("The attack on Velt began.", ["Velt"]),
        ("A monitor based in Lisbon counted them.", []),
        ("The mayor of Ostrand, Mara Lind, spoke.", ["Ostrand"]),
        ("He spoke in March.", []),
    ],
)
def test_where_a_place_stands(sentence, places):
    assert passages.located(sentence)[:1] == places


NAMES = [
    ({"Orvan Observatory for Rights": 3, "Orvan Observatory": 1}, "Orvan Observatory", "Orvan Observatory for Rights"),
    ({"Orvan Observatory for Rights": 1, "Lisbon Based Orvan Observatory for Rights": 1},
     "Lisbon Based Orvan Observatory for Rights", "Orvan Observatory for Rights"),
    ({"a medical source in Tarnak": 1, "the medical source in the city": 1}, "a medical source in Tarnak",
     "medical source"),
    ({"a medical source": 1, "a medical source and witnesses": 1}, "a medical source and witnesses", "medical source"),
    ({"Defence Ministry of Orvan": 1, "Kestrian Defence Ministry": 1, "Defence Ministry": 1}, "Defence Ministry",
     "Defence Ministry"),
    ({"Tarnak Council": 1, "Lomar Council": 1}, "Tarnak Council", "Tarnak Council"),
    ({"police": 1, "a doctor": 1}, "police", "police"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "name", "body"), NAMES)
def test_names_of_one_body_are_one_row(told, name, body):
    assert origin.merged([n for n, k in told.items() for _ in range(k)], {}, {})[name] == body


def test_who_heads_a_body_speaks_for_it():
    row = origin.rows(MADE, DOCUMENTS, None, events(MADE, DOCUMENTS).set_index("figure_id")["event_id"])
    varn = MADE.loc[MADE["source_name"].eq("Ilo Varn"), "figure_id"].iloc[0]
    assert row[varn] == "Orvan Observatory for Rights"


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ({"source_name": None, "credit": "none"}, origin.NOBODY),
        ({"source_name": None, "credit": "uncertain"}, origin.UNCERTAIN),
        ({"source_name": "claim", "credit": "explicit"}, origin.UNCERTAIN),
        ({"source_name": "police", "credit": "explicit", "credit_confidence": 0.2}, origin.UNCERTAIN),
        ({"source_name": "police", "credit": "explicit", "credit_confidence": 0.9}, "police"),
    ],
)
def test_not_known_is_not_nobody(known, row):
    table = MADE.head(1).assign(**known)
    assert list(origin.behind(table)) == [row]


@pytest.mark.parametrize(
    ("text", "number", "unreal"),
    [
        ("The mayor fears the toll could pass 100.", "100", True),
        ("If they had killed 900 of us, he said.", "900", True),
        ("It would have killed 900.", "900", True),
        ("More than 30 are feared dead.", "30", True),
        ("Some 40 could have died.", "40", False),
        ("They may have killed 40.", "40", False),
        ("He said it would retaliate after 14 were killed.", "14", False),
        ("The army said 20 died, and the toll could rise.", "20", False),
    ],
)
def test_fears_plans_and_suppositions_are_no_estimates(text, number, unreal):
    start = text.index(number)
    assert wording.unreal(text[:start], text[start + len(number) :]) is unreal


def test_the_same_number_of_two_events_is_no_echo():
    assert MADE["value"].eq(7).sum() > 2
    sevens = findings.origins(MADE[MADE["value"].eq(7)], DOCUMENTS)
    assert sevens.empty
    told_twice = findings.origins(MADE[MADE["event"].eq("market")], DOCUMENTS)
    assert 12.0 in set(told_twice["said"])


def test_a_body_revises_and_others_contradict_it():
    steps = findings.revisions(MADE, DOCUMENTS)
    told = {(s.kind, s.before, s.after, s.source_after) for s in steps.itertuples()}
    assert ("revision", 12.0, 19.0, "Orvan Observatory for Rights") in told
    assert ("revision", 40.0, 58.0, "Interior Ministry") in told
    against = [{s.source_before, s.source_after} for s in steps.itertuples() if s.kind == "contradiction"]
    assert {"Mara Lind", "Interior Ministry"} in against


TURNS = [
    ("Officials put the final toll at 45.", "A doctor counted 44.", {("update", 44, 45)}),
    ("Officials put the toll at 45.", "A doctor counted 44.", {("contradiction", 44, 45)}),
    ("Officials put the toll at 45.", "At 10:54 a doctor counted 44.", {("update", 44, 45)}),
    ("By late evening officials had put the toll at 45.", "A doctor counted 44.", {("update", 44, 45)}),
]


@pytest.mark.parametrize(("one", "other", "expected"), TURNS)
def test_tolls_of_two_hours_of_a_day_do_not_contradict_each_other(one, other, expected):
    said = f"Shells hit the town of Lomar on Tuesday. {one} {other}"
    rows = [
        {"figure_id": n, "doc_id": "d", "start": said.index(n), "end": said.index(n) + 2, "number": n,
         "value": float(n), "low": float(n), "high": float(n), "bound": "exact", "unit": "", "category": "killed",
         "counted": None, "whose": None, "source_name": by, "credit": "explicit", "place": "Lomar"}
        for n, by in (("45", "officials"), ("44", "a doctor"))
    ]  # fmt: skip
    about = pd.DataFrame({"doc_id": ["d"], "published": ["2031-05-06"], "title": [None], "text": [said]})
    steps = findings.revisions(pd.DataFrame(rows), about)
    assert {(s.kind, s.before, s.after) for s in steps.itertuples()} == expected
    (pair,) = findings.comparable(pd.DataFrame(rows), about).itertuples()
    assert (pair.relation == "contradict") == any(kind == "contradiction" for kind, *_ in expected)


@pytest.mark.parametrize(("as_of", "kind"), [("2031-05-05", "revision"), (None, "correction")])
def test_a_toll_of_an_earlier_day_comes_before_the_newer_one_though_it_is_told_after_it(as_of, kind):
    said = "The toll of the shelling of the town of Lomar on Sunday has risen to 89, the army said. It gave 63."
    rows = [
        {"figure_id": n, "doc_id": "d", "start": said.index(n), "end": said.index(n) + 2, "number": n,
         "value": float(n), "low": float(n), "high": float(n), "bound": "exact", "unit": "", "category": "killed",
         "counted": None, "whose": None, "source_name": "army", "credit": "explicit", "place": "Lomar", "as_of": day}
        for n, day in (("89", None), ("63", as_of))
    ]  # fmt: skip
    about = pd.DataFrame({"doc_id": ["d"], "published": ["2031-05-06"], "title": [None], "text": [said]})
    (step,) = findings.revisions(pd.DataFrame(rows), about).itertuples()
    assert step.kind == kind


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("The mayor first gave ", " dead.", (True, False)),
        ("The final death toll is ", ".", (False, True)),
        ("At 10:54 he counted ", " dead.", (False, True)),
        ("He counted ", " at noon.", (False, True)),
        ("At noon he came; she counted ", " dead.", (False, False)),
        ("The price rose by 10.54% and ", " died.", (False, False)),
    ],
)
def test_a_toll_is_an_older_one_or_that_of_its_hour_by_its_words(before, after, kinds):
    assert (tolls._older(before, after), tolls._of_its_hour(before, after)) == kinds


def test_an_incident_is_found_by_its_place(ledger):
    found = incident.incident(ledger, "Tarnak", dt.date(2031, 5, 6))
    assert found.place == "Tarnak" and found.tolls["doc_id"].nunique() >= 3
    rows = incident.lines(found.tolls)
    monitor = rows[rows["origin"].str.startswith("Orvan Observatory") & rows["category"].eq("killed")].iloc[0]
    assert monitor["steps"][:2] == [12.0, 19.0]
    with pytest.raises(ParameterError, match="no event in 'Nowhere'; these articles tell of"):
        incident.incident(ledger, "Nowhere")


def test_one_s_own_grouping_is_read(tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text("record,event\nmarket_1,bazaar\nbus_1,\n")
    assert incident.read_groups(path) == {"market_1": "bazaar", "bus_1": None}
    path.write_text("figure,event\nx,y\n")
    with pytest.raises(ParameterError, match="has no column 'record'"):
        incident.read_groups(path)


def test_one_text_in_two_articles_is_one_telling():
    again = pd.concat([DOCUMENTS, DOCUMENTS.head(1).assign(doc_id="zz_again", publisher="Another")])
    same = copies.copies(again)
    assert same["zz_again"] == "market_1" and same["bus_1"] == "bus_1"


def own_and_enemy() -> tuple[str, pd.DataFrame]:
    """One army's losses, by its enemy and by itself."""
    said = "Kestria has lost 4,000 soldiers since the war began, the army of Orvan said. "
    said += "Kestria says it has lost 1,200 soldiers."
    ends = [(said.index(n), said.index(n) + len(n)) for n in ("4,000", "1,200")]
    by = [
        ("army of Orvan", "Kestria", [64, 77]),
        ("Kestria", "soldiers", [said.index("Kestria says"), said.index(" says it")]),
    ]
    rows = [
        {"figure_id": f"f{i}", "doc_id": "d", "start": s, "end": e, "number": said[s:e], "value": v, "low": v,
         "high": v, "bound": "exact", "unit": "", "category": "losses", "whose": whose, "source_name": name,
         "source_span": span,
         "credit": "explicit", "accumulation": "total", "counted": "soldiers"}
        for i, ((s, e), v, (name, whose, span)) in enumerate(zip(ends, (4000.0, 1200.0), by, strict=True))
    ]  # fmt: skip
    return said, pd.DataFrame(rows)


def test_what_an_army_says_of_itself_is_set_against_its_enemy():
    said, table = own_and_enemy()
    about = pd.DataFrame({"doc_id": ["d"], "published": ["2031-05-09"], "title": [None], "text": [said]})
    (pair,) = findings.comparable(table, about).itertuples()
    assert (pair.relation, round(pair.factor, 2)) == ("contradict", 3.33)


def test_a_factor_is_between_bounds():
    ranged = pd.Series({"low": 7000.0, "high": 15000.0, "value": None})
    one = pd.Series({"low": 1351.0, "high": 1351.0, "value": 1351.0})
    assert round(least(ranged, one), 1) == 5.2 and least(ranged, ranged) == 1.0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Shells killed 21 people in Lomar on Monday, the mayor said. Another 73 were hurt, four of them children.",
            {"21": None, "73": None, "four": "children"},
        ),
        ("Shells wounded 21 people in Lomar on Monday. Another 9 were wounded at dusk.", {"21": None, "9": "a part"}),
    ],
)
def test_another_makes_a_part_only_of_what_the_number_before_counts(text, parts):
    cells = {"doc_id": "d", "unit": "", "bound": "exact", "source_name": "the mayor", "credit": "explicit"}
    kinds = {n: "killed" if f"killed {n}" in text else "wounded" for n in parts}
    made = [
        cells | {"figure_id": n, "start": text.index(n), "end": text.index(n) + len(n), "number": n,
                 "category": kinds[n], "value": float(i), "low": float(i), "high": float(i), "place": "Lomar",
                 "counted": None, "whose": None, "part_of": None, "as_of": None, "window_start": None,
                 "window_end": None}
        for i, n in enumerate(parts, 1)
    ]  # fmt: skip
    about = {"doc_id": "d", "published": "2031-05-06", "title": None, "publisher": "Osk Herald", "text": text}
    found = tolls.tolls(pd.DataFrame(made), pd.DataFrame([about])).set_index("figure_id")["part"]
    assert {n: None if pd.isna(found[n]) else found[n] for n in parts} == parts


def test_a_day_that_no_article_tells_is_as_wide_as_it_may_be():
    texts = {
        "a": ("2031-05-06", "A strike on a depot in Lomar killed 21 people, the mayor of Lomar said on Tuesday."),
        "b": (
            "2031-05-08",
            "The toll of the strike on a depot in Lomar rose to 24, the mayor said on Thursday.",
        ),
    }
    made = [
        {"figure_id": d, "doc_id": d, "start": text.index("2"), "end": text.index("2") + 2, "number": n,
         "value": float(n), "low": float(n), "high": float(n), "bound": "exact", "unit": "", "category": "killed",
         "source_name": "the mayor", "credit": "explicit", "place": "Lomar", "as_of": None, "window_start": None,
         "window_end": None, "counted": None, "whose": None, "part_of": None}
        for (d, (_, text)), n in zip(texts.items(), ("21", "24"), strict=True)
    ]  # fmt: skip
    about = [
        {"doc_id": d, "published": day, "title": None, "publisher": "Osk Herald", "text": t}
        for d, (day, t) in texts.items()
    ]
    found = events(pd.DataFrame(made), pd.DataFrame(about))
    assert found["event_id"].nunique() == 1
    assert [str(d)[:10] for d in found.loc[0, ["day", "day_to"]]] == ["2031-05-03", "2031-05-06"]
    assert found.loc[0, "what"] == "attack"  # a strike may be from the air, or shelling
