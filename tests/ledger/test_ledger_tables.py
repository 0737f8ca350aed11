"""The four tables: made, stored, loaded, joined, refused."""

from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest
from ascribe.articles import read
from ascribe.articles.article import Article
from ascribe.errors import LedgerError
from ascribe.extraction import Extraction
from ascribe.extraction.records import Claim, Figure, record_id
from ascribe.ledger import Ledger, storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXT = "At least 40 miners were killed, Marisol Tane said. The Orvan Ministry of Health put the toll at 12 to 15."


def extraction(doc_id: str = "orvan", text: str = TEXT, source: str = "Marisol Tane", **changes: object) -> Extraction:
    claim = Claim(
        claim_id=record_id("c", doc_id, 0, 30), doc_id=doc_id, content=((0, 30),), text=text[0:30],
        source_span=(32, 44),
        cue_span=(45, 49), source_name=source, cue="say", kind="indirect", confidence=0.9,
    )  # fmt: skip
    figure = Figure(
        figure_id=record_id("f", doc_id, 9, 11), doc_id=doc_id, claim_id=claim.claim_id, start=9, end=11, number="40",
        value=40.0, low=40.0, high=None, bound="at_least", category="killed", counted="miners", source_name=source,
        source_span=(32, 44), credit="explicit",
    )  # fmt: skip
    return Extraction(Article.from_text(text, doc_id), (claim,), (dataclasses.replace(figure, **changes),))


@pytest.fixture
def ledger() -> Ledger:
    return Ledger.from_extractions([extraction(), extraction("quellin", source="the Orvan Ministry of Health")])


def same(a: Ledger, b: Ledger) -> bool:
    return all(storage.plain_rows(n, a.tables[n]) == storage.plain_rows(n, b.tables[n]) for n in a.tables)


def test_the_order_of_the_articles_does_not_show(ledger):
    turned = Ledger.from_extractions([extraction("quellin", source="the Orvan Ministry of Health"), extraction()])
    assert same(ledger, turned)


def test_every_figure_and_claim_points_at_its_source(ledger):
    named = ledger.figures.merge(ledger.sources, on="source_id")
    assert set(zip(named["doc_id"], named["n_figures"], strict=True)) == {("orvan", 1), ("quellin", 1)}


def test_two_articles_of_one_id_are_refused():
    with pytest.raises(LedgerError, match="orvan"):
        Ledger.from_extractions([extraction(), extraction()])


@pytest.mark.parametrize("format", storage.FORMATS)
def test_saved_and_loaded_it_is_the_same(ledger, tmp_path, format):
    paths = ledger.save(tmp_path, format)
    assert [p.name for p in paths] == [f"{n}.{format}" for n in ("documents", "sources", "claims", "figures")]
    assert same(Ledger.load(tmp_path), ledger)


@pytest.mark.parametrize("format", storage.FORMATS)
def test_the_same_tables_give_the_same_bytes(ledger, tmp_path, format):
    one, two = (ledger.save(tmp_path / name, format) for name in "ab")
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_an_empty_ledger_can_be_saved_and_loaded(tmp_path):
    empty = Ledger.from_extractions([])
    for format in storage.FORMATS:
        empty.save(tmp_path / format, format)
        assert len(Ledger.load(tmp_path / format).figures) == 0


HOSTILE = [
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@x",
    "'quoted",
    "\ttab",
    'a "b", c',
    "two\nlines",
    "<script>",
    "{{7*7}}",
    "\u202ebidi",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("format", storage.FORMATS)
def test_hostile_words_come_back_as_they_were(tmp_path, words, format):
    made = Ledger.from_extractions([extraction(counted=words)])
    made.save(tmp_path, format)
    assert Ledger.load(tmp_path).figures["counted"].tolist() == [words]


def test_no_cell_of_a_csv_is_a_formula(tmp_path):
    for i, words in enumerate(HOSTILE):
        Ledger.from_extractions([extraction(counted=words)]).save(tmp_path / str(i), "csv")
        cells = pd.read_csv(tmp_path / str(i) / "figures.csv", dtype=str, keep_default_na=False)
        assert not cells["counted"].str.startswith(("=", "+", "-", "@", "\t", "\r")).any(), words


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives_parquet_and_jsonl(tmp_path, text):
    made = Ledger.from_extractions([extraction(counted=text)])
    for format in ("parquet", "jsonl"):
        made.save(tmp_path / format, format)
        assert Ledger.load(tmp_path / format).figures["counted"].tolist() == [text]


def test_jsonl_has_null_for_what_is_not_told(ledger, tmp_path):
    ledger.save(tmp_path, "jsonl")
    row = json.loads((tmp_path / "figures.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert row["high"] is None and row["window_start"] is None and row["source_span"] == [32, 44]


def test_joined_ledgers_are_the_ledger_of_both(ledger):
    apart = [Ledger.from_extractions([extraction("quellin", source="the Orvan Ministry of Health")])]
    apart += [Ledger.from_extractions([extraction()])] * 2
    assert same(Ledger.joined(apart), ledger)


def test_one_id_for_two_texts_is_refused(ledger):
    other = Ledger.from_extractions([extraction(text=TEXT + " Later it rose.")])
    with pytest.raises(LedgerError, match="two different articles"):
        Ledger.joined([ledger, other])


def test_words_show_the_figure_in_its_place(ledger):
    assert ledger.words(ledger.figures["figure_id"][0], around=9) == "At least 40 miners w"


def test_words_do_not_reach_into_the_front_matter(tmp_path):
    (tmp_path / "orvan.md").write_text(
        "---\ntitle: Orvan\n---\n\n40 miners died, Marisol Tane said.\n", encoding="utf-8"
    )
    ledger = Ledger.from_articles(read([tmp_path / "orvan.md"]))
    assert ledger.words(ledger.figures["figure_id"][0], around=99).strip() == "40 miners died, Marisol Tane said."


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("category", "kiled", "kiled"),  # a word that the contract does not have
        ("bound", None, "bound"),  # a null where there must be a word
        ("claim_id", "c_0", "points at no row"),  # a claim that is not there
    ],
)
def test_a_table_that_does_not_fit_is_refused(ledger, column, value, said):
    figures = ledger.figures.assign(**{column: value})
    with pytest.raises(LedgerError, match=said):
        dataclasses.replace(ledger, figures=figures).validated()


def test_a_missing_ledger_says_how_to_make_one(tmp_path):
    with pytest.raises(LedgerError, match="ascribe extract"):
        Ledger.load(tmp_path / "nothing")


def seen(folder) -> list:
    """What a person finds in a ledger's folder."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def test_a_ledger_takes_the_place_of_one_in_another_format(ledger, tmp_path):
    ledger.save(tmp_path, "csv")
    paths = ledger.save(tmp_path, "jsonl")
    assert seen(tmp_path) == sorted(paths) and len(Ledger.load(tmp_path).claims) == len(ledger.claims)


def test_a_file_that_is_called_like_a_table_is_not_taken_away(ledger, tmp_path):
    (tmp_path / "sources.csv").write_text("mine")
    ledger.save(tmp_path, "jsonl")
    assert (tmp_path / "sources.csv").read_text() == "mine"
    assert same(Ledger.load(tmp_path), ledger)


@pytest.mark.parametrize("format", storage.FORMATS)
def test_a_file_that_is_called_like_a_table_is_not_overwritten(ledger, tmp_path, format):
    (tmp_path / f"sources.{format}").write_text("name,price\nmine,12\n")
    with pytest.raises(LedgerError, match="would be overwritten"):
        ledger.save(tmp_path, format)
    assert (tmp_path / f"sources.{format}").read_text() == "name,price\nmine,12\n"


def test_a_ledger_that_cannot_be_written_leaves_the_old_one(ledger, tmp_path):
    paths = ledger.save(tmp_path, "csv")
    before = {p: p.read_bytes() for p in paths}
    broken = dataclasses.replace(ledger, figures=ledger.figures.assign(value=[object()] * len(ledger.figures)))
    with pytest.raises(Exception, match="object"):
        broken.save(tmp_path, "jsonl")
    assert {p: p.read_bytes() for p in seen(tmp_path)} == before
