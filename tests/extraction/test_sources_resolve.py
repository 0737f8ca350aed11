"""One row for a source over all articles; what is not the same stays apart."""

from __future__ import annotations

import pytest
from ascribe.errors import LexiconError
from ascribe.extraction.records import SOURCE_KINDS
from ascribe.extraction.sources import kind_of, load_parties, party_of, resolve
from hypothesis import given
from hypothesis import strategies as st

SAME = [
    ("ISW", "the Institute for the Study of War"),
    ("Ukraine's Ministry of Defense", "Kyiv's defence ministry"),
    ("Ukrainian Defence Ministry", "Ministry of Defence of Ukraine"),
    ("Polish Foreign Ministry", "Ministry of Foreign Affairs of Poland"),
    ("World Health Organisation", "WHO"),
    ("Orvan Relief Organization", "the Orvan Relief Organisation"),
    ("US officials", "American officials"),
    ("Kyiv", "the Ukrainian government"),
    ("Marisol Tane", "Marisol Tane"),
]
APART = [
    ("Sileybi", "Siheybi"),
    ("officials", "officials"),
    ("a senior U.S. official", "a senior U.S. official"),
    ("Ministry of Defence", "Ministry of Defence"),  # whose?
    ("health ministry", "health ministry"),
    ("police", "police"),
    ("Kyiv Independent", "Kyiv"),
    ("Kyiv police", "Ukrainian police"),  # a city's, a country's
    ("Ukrainian officials", "Ukrainian government"),
    ("Marisol Tane", "Marisol Tane's spokesman"),
    ("Tane", "Marisol Tane"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_source(a, b):
    found = resolve([(a, "one"), (b, "two")])
    assert found[a, "one"] == found[b, "two"]


@pytest.mark.parametrize(("a", "b"), APART)
def test_two_sources(a, b):
    found = resolve([(a, "one"), (b, "two")])
    assert found[a, "one"].source_id != found[b, "two"].source_id


NAMES = sorted({n for pair in SAME + APART for n in pair} | {"Pravda", "TASS", "residents", "Orvan Sun"})


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["one", "two", "three"])), max_size=12), st.randoms())
def test_the_order_of_the_articles_does_not_show(mentions, random):
    turned = mentions[:]
    random.shuffle(turned)
    assert resolve(mentions) == resolve(turned)


@given(st.text(max_size=40), st.text(min_size=1, max_size=3))
def test_any_name_resolves(name, doc_id):
    source = resolve([(name, doc_id)])[name, doc_id]
    assert source.kind is None or source.kind in SOURCE_KINDS


def test_the_fullest_name_leads_and_the_others_are_aliases():
    found = resolve([("ISW", "one"), ("the Institute for the Study of War", "two")])
    source = found["ISW", "one"]
    assert source.name == "Institute for the Study of War" and source.aliases == ("ISW",)


def test_an_id_does_not_depend_on_the_other_articles():
    alone = resolve([("Kyiv's defence ministry", "one")])["Kyiv's defence ministry", "one"]
    both = resolve([("Kyiv's defence ministry", "one"), ("Ukraine's Ministry of Defense", "two")])
    assert alone.source_id == both["Kyiv's defence ministry", "one"].source_id


def test_an_ambiguous_name_is_marked_and_not_decided():
    source = resolve([("Pravda", "one")])["Pravda", "one"]
    assert {"Ukrainska Pravda", "Komsomolskaya Pravda"} <= set(source.ambiguous) and source.party is None


KINDS = [  # name, the words by which an article mentions it, kind, party
    ("Ukraine's Ministry of Defense", (), "government", "Ukraine"),
    ("Russian army", (), "military", "Russia"),
    ("North Korean troops", (), "military", "North Korea"),
    ("Moscow-installed authorities", (), "government", "Russia"),
    ("Kyiv", (), "government", "Ukraine"),
    ("SOHR", (), "ngo", None),
    ("Orvan Human Rights Observatory", (), "ngo", None),
    ("Institute for the Study of War", (), "think_tank", None),
    ("TASS", (), "media", "Russia"),
    ("Syrian state television", (), "media", "Syria"),
    ("Ukrainian newspapers", (), "collective", None),
    ("Syrian rebels", (), "group", "Syrian opposition"),
    ("Kestrian rebels", (), "group", None),
    ("United Nations", (), "intergovernmental", "United Nations"),
    ("Russian claims", (), "document", "Russia"),
    ("residents", (), "collective", None),
    ("Palestinian civilians", (), None, "Palestine"),
    ("children", (), "collective", None),
    ("a senior U.S. official", (), "anonymous", "United States"),
    ("US officials", (), "government", "United States"),
    ("sources close to the inquiry", (), "anonymous", None),
    ("Marisol Tane", (), "person", None),
    ("Marisol Tane", ("the Polish Health Minister Marisol Tane", "she"), "person", "Poland"),
    ("Marisol Tane", ("Polish singer Marisol Tane",), "person", None),  # she speaks for nobody
    ("Lovan Treskin", ("Lovan Treskin, the governor of Orsen",), "person", None),
    ("Hamas fighters", (), "military", "Hamas"),
    ("London-based analyst", (), "anonymous", None),
    ("United States", (), "government", "United States"),
    ("Orvan Disaster Management Agency", (), "government", None),
    ("opposition leaders", (), "collective", None),
    ("people familiar with the matter", (), "collective", None),
    ("a resident reached by telephone", (), "anonymous", None),
    ("one of the people", (), "anonymous", None),
    ("a survey by Norr Data", (), "document", None),
]


@pytest.mark.parametrize(("name", "said", "kind", "party"), KINDS)
def test_what_a_source_is_and_for_whom_it_speaks(name, said, kind, party):
    if kind is not None:
        assert kind_of(name, said) == kind
    assert party_of(name, said) == party


@pytest.mark.parametrize("name", [None, "", "  ", "us", "may", "a turkey", "march"])
def test_nothing_tells_no_party(name):
    assert party_of(name) is None


OWN = "name,kind,party,aliases\nOrvan Sun,media,Kestria,Pravda|the Sun\nInterfax,media,Russia,\n"


def test_a_users_table_decides_and_overrides(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    parties = load_parties(path)
    found = resolve([("Pravda", "one"), ("Interfax", "one"), ("TASS", "one")], parties=parties)
    assert found["Pravda", "one"].name == "Orvan Sun" and found["Pravda", "one"].ambiguous == ()
    assert found["Interfax", "one"].party == "Russia" and found["TASS", "one"].party == "Russia"
    assert resolve([("Interfax", "one")])["Interfax", "one"].party is None


BAD = [
    ("name,kind\nOrvan Sun,paper\n", r"own\.csv, line 2: kind 'paper' is none of person"),
    ("name,sort\nOrvan Sun,media\n", r"own\.csv, line 1: the columns are name, kind, party, aliases"),
    ("name,kind\n,media\n", r"own\.csv, line 2: the name is empty"),
    ("name,kind\nOrvan Sun,media,x,y,z\n", r"own\.csv, line 2: more cells than columns"),
    ("", r"own\.csv, line 1: the columns are"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_table_is_told_with_its_line(tmp_path, text, message):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        load_parties(path)


def test_a_table_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LexiconError, match=r"none\.csv: No such file"):
        load_parties(tmp_path / "none.csv")


def test_a_table_that_is_no_text_is_told(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(LexiconError, match="not a CSV file in UTF-8"):
        load_parties(path)


@pytest.mark.parametrize(
    ("name", "kind", "party"),
    [
        ("BBC's Russian Service and Mediazona", "media", None),  # a country in a medium's name is no side
        ("Russian residents", "collective", None),  # people of a country do not speak for it
        ("Ukraine's General Staff", "military", "Ukraine"),
    ],
)
def test_who_speaks_for_a_side(name, kind, party):
    source = resolve([(name, "d")])[name, "d"]
    assert (source.kind, source.party) == (kind, party)
