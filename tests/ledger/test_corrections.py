"""People's decisions: what they do to a ledger, that they survive, that nothing about them is silent."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
import os

import pandas as pd
import pytest
from ascribe.errors import CorrectionError
from ascribe.ledger import Ledger, corrections, storage
from ascribe.ledger.corrections import Decision, anchor, append, decision, find, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledgers import ORVAN, ledger

NUMBERS = ("40", "12 to 15", "9,000", "Two")
CLAIM = "At least 40 miners were killed at Orvan"


def decided(words: str, action: str, text: str = ORVAN, **cells: object) -> Decision:
    start = text.index(words)
    row = {"reviewer": "Ana", "day": "2031-05-14", "doc_id": "orvan", "table": "figures", "action": action}
    line = str(cells.pop("line", "corrections.jsonl:1"))
    return decision(row | anchor(text, start, start + len(words)) | cells, line)


def edit(words: str, column: str, old: object, new: object, **cells: object) -> Decision:
    return decided(words, "edit", column=column, old=old, new=new, **cells)


def about_source(name: str, column: str, old: object, new: object, **cells: object) -> Decision:
    row = {"reviewer": "Ana", "day": "2031-05-14", "table": "sources", "action": "edit", "exact": name}
    return decision(row | {"column": column, "old": old, "new": new} | cells, "corrections.jsonl:1")


def row(made: Ledger, words: str, doc_id: str = "orvan") -> pd.Series:
    found = made.figures[made.figures["number"].eq(words) & made.figures["doc_id"].eq(doc_id)]
    return found.iloc[0]


def fates(made: Ledger) -> list[str]:
    return list(made.decisions["fate"])


def same(a: Ledger, b: Ledger) -> bool:
    return a.tables.keys() == b.tables.keys() and all(
        storage.plain_rows(n, a.tables[n]) == storage.plain_rows(n, b.tables[n]) for n in a.tables
    )


@pytest.mark.parametrize(
    ("made", "cells"),
    [
        (edit("40", "category", "killed", "wounded"), {"category": "wounded"}),
        (edit("40", "value", 40, 44), {"value": 44, "low": 44, "bound": "at_least"}),  # and what follows from it
        (edit("40", "bound", "at_least", "exact"), {"value": 40, "low": 40, "high": 40}),
        (edit("12 to 15", "high", 15, 16), {"low": 12, "high": 16}),
        (edit("9,000", "source_name", None, "Marisol Tane"), {"credit": "carried", "source_span": [41, 53]}),
        (edit("9,000", "source_name", None, "Lena Quist"), {"credit": "carried", "source_name": "Lena Quist"}),
        (edit("Two", "source_name", "the Kestria Ministry of Health", None), {"credit": "none", "source_span": None}),
        (edit("Two", "event_id", None, "event_1"), {"event_id": "event_1"}),
        (edit("40", "via", [], ["Kestria Courier"]), {"via": ["Kestria Courier"]}),
    ],
)
def test_an_edit_writes_the_cell_and_what_follows_from_it(made, cells):
    corrected = ledger().corrected([made])
    found = row(corrected, made.exact)
    shown = {name: found[name] for name in cells}
    assert shown | {n: None for n, v in shown.items() if not isinstance(v, list) and pd.isna(v)} == cells
    assert found["reviewed"] == "corrected" and fates(corrected) == ["applied"]
    assert set(corrected.figures["reviewed"].dropna()) == {"corrected"} and len(corrected.changed)


def test_what_is_accepted_is_marked_and_unchanged():
    old = {
        "value": 40,
        "low": 40,
        "high": None,
        "bound": "at_least",
        "category": "killed",
        "source_name": "Marisol Tane",
    }
    corrected = ledger().corrected([decided("40", "accept", old=old)])
    assert row(corrected, "40")["reviewed"] == "accepted" and fates(corrected) == ["applied"]
    assert corrected.changed.empty and row(corrected, "Two")["reviewed"] is not None


@pytest.mark.parametrize(
    ("made", "category", "credit"),
    [
        (edit("40", "whose", None, "Kestria"), 0.3, 0.4),  # another cell of the figure
        (edit("40", "category", "killed", "wounded"), 1.0, 0.4),
        (edit("40", "category", "killed", "killed"), 1.0, 0.4),
        (edit("40", "source_name", "Marisol Tane", None), 0.3, 1.0),
        (decided("40", "accept", old={"category": "killed"}), 1.0, 1.0),
    ],
)
def test_a_person_makes_certain_what_they_looked_at(made, category, credit):
    found = ledger()
    figures = found.figures.assign(category_confidence=0.3, credit_confidence=0.4)
    found = dataclasses.replace(found, figures=figures)
    corrected = found.corrected([made])
    assert tuple(row(corrected, "40")[["category_confidence", "credit_confidence"]]) == (category, credit)
    assert tuple(row(corrected, "Two")[["category_confidence", "credit_confidence"]]) == (0.3, 0.4)
    assert corrected.extracted().figures["category_confidence"].eq(0.3).all()


def test_a_rejected_figure_goes_to_a_table_of_its_own():
    corrected = ledger().corrected([decided("9,000", "reject", reason="a year")])
    assert list(corrected.figures["number"]) == ["40", "12 to 15", "Two"]
    told = corrected.rejected.iloc[0]
    assert (told["words"], told["reviewer"], told["reason"], told["table"]) == ("9,000", "Ana", "a year", "figures")


def test_a_rejected_claim_leaves_no_figure_pointing_at_it():
    corrected = ledger().corrected([decided(CLAIM, "reject", table="claims")])
    assert corrected.claims.empty and corrected.figures["claim_id"].isna().all()
    assert corrected.rejected["words"].tolist() == [CLAIM]


def test_an_added_figure_is_one_like_the_others():
    new = {"value": 1, "bound": "exact", "category": "other", "source_name": "Marisol Tane"}
    corrected = ledger().corrected([decided("Tuesday", "add", new=new)])
    found = row(corrected, "Tuesday")
    assert (found["reviewed"], found["value"], found["low"], found["credit"]) == ("added", 1, 1, "carried")
    assert found["source_id"] == row(corrected, "40")["source_id"]
    assert corrected.sources.set_index("name").at["Marisol Tane", "n_figures"] == 2


def test_a_source_merged_once_is_merged_in_all_its_mentions():
    made = ledger("a", "b", "c")
    merged = made.corrected([about_source("The company", "name", "The company", "Orvan Mining")])
    assert set(merged.figures.loc[merged.figures["number"].eq("12 to 15"), "source_name"]) == {"Orvan Mining"}
    assert merged.sources.set_index("name").at["Orvan Mining", "n_figures"] == 3
    assert not merged.sources["name"].str.contains("company").any()
    one = made.corrected([about_source("The company", "name", "The company", "Orvan Mining", doc_id="b")])
    assert list(one.figures.loc[one.figures["source_name"].eq("Orvan Mining"), "doc_id"]) == ["b"]


def test_a_source_s_side_is_put_right_in_its_row():
    made = ledger().corrected([about_source("Marisol Tane", "party", None, "Kestria")])
    assert made.sources.set_index("name").at["Marisol Tane", "party"] == "Kestria"


# what becomes of them when the extractor, or the article, has changed

LATER = "The mine had been closed for a year. " + ORVAN


@pytest.mark.parametrize(
    ("made", "now", "fate", "category"),
    [
        (edit("40", "category", "killed", "wounded"), {}, "applied", "wounded"),
        (edit("40", "category", "killed", "wounded"), {"category": "wounded"}, "confirmed", "wounded"),
        (edit("40", "category", "killed", "wounded"), {"category": "losses"}, "superseded", "wounded"),
        (decided("40", "accept", old={"category": "killed"}), {"category": "losses"}, "superseded", "killed"),
    ],
)
def test_the_extractor_has_changed_its_mind(made, now, fate, category):
    figures = ledger().figures
    for column, value in now.items():
        figures.loc[figures["number"].eq("40"), column] = value
    corrected = dataclasses.replace(ledger(), figures=figures).corrected([made])
    assert fates(corrected) == [fate] and row(corrected, "40")["category"] == category
    why = corrected.decisions["why"].iloc[0]
    assert ("losses" in why) if fate == "superseded" else True


def test_an_article_was_updated():
    decisions = [edit("40", "category", "killed", "wounded"), decided("9,000", "reject")]
    corrected = ledger(text=LATER).corrected(decisions)
    assert fates(corrected) == ["applied", "applied"] and row(corrected, "40")["category"] == "wounded"
    gone = ledger(text=LATER).corrected([edit("40", "category", "killed", "wounded", exact="41")])
    assert fates(gone) == ["lost"] and "gone" in gone.decisions["why"][0]


def test_what_is_not_there_is_said_to_be_lost_or_elsewhere():
    decisions = [
        edit("Tuesday", "category", "other", "events"),
        edit("40", "category", "killed", "wounded", doc_id="quellin"),
        decided("Tuesday", "reject"),
    ]
    for one, fate in zip(decisions, ("lost", "elsewhere", "confirmed"), strict=True):
        corrected = ledger().corrected([one])
        assert fates(corrected) == [fate] and corrected.decisions["why"][0]
        assert storage.plain_rows("figures", corrected.figures) == storage.plain_rows("figures", ledger().figures)


# several people, second thoughts


def test_second_thoughts_take_the_place_of_first_ones():
    first, second = edit("40", "category", "killed", "wounded"), edit("40", "category", "wounded", "missing")
    corrected = ledger().corrected([first, second])
    assert fates(corrected)[0] == "withdrawn" and row(corrected, "40")["category"] == "missing"
    back = ledger().corrected([first, decided("40", "withdraw", column="category")])
    assert fates(back) == ["withdrawn"] * 2 and same(back.extracted(), ledger().extracted())


def test_what_is_withdrawn_is_as_if_it_had_never_been():
    first, second = edit("40", "category", "killed", "wounded"), decided("40", "reject")
    corrected = ledger().corrected([first, second, decided("40", "withdraw")])
    assert fates(corrected) == ["applied", "withdrawn", "withdrawn"] and row(corrected, "40")["category"] == "wounded"


def test_two_people_who_differ_are_not_judged():
    ana = edit("40", "category", "killed", "wounded", line="c.jsonl:3")
    eva = edit("40", "category", "killed", "missing", reviewer="Eva", line="c.jsonl:8")
    with pytest.raises(CorrectionError, match=r"c\.jsonl:3 and c\.jsonl:8 contradict") as told:
        ledger().corrected([ana, eva])
    assert "wounded" in str(told.value) and "missing" in str(told.value)
    for other in (
        decided("40", "reject", reviewer="Eva"),
        decided("40", "accept", old={"category": "killed"}, reviewer="Eva"),
    ):
        with pytest.raises(CorrectionError, match="contradict"):
            ledger().corrected([ana, other])


def test_who_saw_the_first_correction_may_go_further():
    ana = edit("40", "category", "killed", "wounded")
    eva = edit("40", "category", "wounded", "missing", reviewer="Eva")
    assert row(ledger().corrected([ana, eva]), "40")["category"] == "missing"


# impossible things


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"action": "acept"}, "did you mean accept"),
        ({"table": "figure"}, "did you mean figures"),
        ({"column": "categry"}, "did you mean category"),
        ({"new": "kiled"}, "did you mean killed"),
        ({"column": "value", "new": "many"}, "no number"),
        ({"column": "value", "new": float("nan")}, "no number"),
        ({"column": "as_of", "new": "yesterday"}, "no day"),
        ({"day": "14 May"}, "no day"),
        ({"reviewer": " "}, "reviewer is missing"),
        ({"doc_id": None}, "doc_id is missing"),
        ({"start": -1}, "no place"),
        ({"action": "accept", "column": None, "old": None}, "what was accepted"),
        ({"action": "add", "new": None}, "cells of the row"),
        ({"colour": "red"}, "unexpected 'colour'"),
        ({"new": ["killed"]}, "no text"),
    ],
)
def test_an_impossible_line_is_named(tmp_path, changes, said):
    path = tmp_path / "corrections.jsonl"
    good = edit("40", "category", "killed", "wounded").row()
    path.write_text(json.dumps(good) + "\n\n" + json.dumps(good | changes) + "\n")
    before = path.read_bytes()
    with pytest.raises(CorrectionError, match=r"corrections\.jsonl:3") as told:
        ledger().corrected(path)
    assert said in str(told.value) and path.read_bytes() == before


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (edit("40", "bound", "at_least", "range"), "a range has a low end"),
        (edit("40", "high", None, 50), "high is given"),
        (edit("12 to 15", "low", 12, 20), "a range has"),
        (edit("12 to 15", "bound", "range", "exact"), None),
        (edit("40", "credit", "explicit", "none"), "but it is credited to Marisol Tane"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(made, said):
    if said is None:  # an end of the range is what is left
        assert row(ledger().corrected([made]), "12 to 15")["value"] == 12
        return
    with pytest.raises(CorrectionError, match=r"corrections\.jsonl:1") as told:
        ledger().corrected([made])
    assert said in str(told.value)


@pytest.mark.parametrize("bad", ["{", "[]", '{"reviewer": "Ana"', "null", "\ufffd"])
def test_a_malformed_line_is_named(tmp_path, bad):
    path = tmp_path / "c.jsonl"
    path.write_text(f"{json.dumps(decided('40', 'reject').row())}\n{bad}\n")
    with pytest.raises(CorrectionError, match=r"c\.jsonl:2: not a"):
        read(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("reviewer,day\n", "lacks"),
        ("reviewer,day,doc_id,table,action,exact\nAna,2031-05-14\n", r"c\.csv:2: 2 cells under 6 headings"),
        ('reviewer,day,doc_id,table,action,exact\nAna,"2031', r"c\.csv:2: not a line of CSV"),
    ],
)
def test_a_malformed_csv_is_named(tmp_path, content, said):
    path = tmp_path / "c.csv"
    path.write_text(content)
    with pytest.raises(CorrectionError, match=said):
        read(path)


def test_a_line_that_is_cut_off_is_not_written_on(tmp_path):
    path = tmp_path / "c.jsonl"
    append(path, [decided("40", "reject")])
    path.write_bytes(path.read_bytes() + b'{"reviewer": "A')
    before = path.read_bytes()
    with pytest.raises(CorrectionError, match=r"c\.jsonl:2: the line is cut off"):
        append(path, [decided("Two", "reject")])
    assert path.read_bytes() == before
    path.write_bytes(before[: before.index(b"\n")])  # whole, but its end of line is missing
    append(path, [decided("Two", "reject")])
    assert [d.exact for d in read(path)] == ["40", "Two"]


def _write_many(path: str, reviewer: str) -> None:
    for _ in range(15):
        append(path, [decided("40", "reject", reviewer=reviewer)])


def test_two_processes_write_one_file(tmp_path):
    path = tmp_path / "c.jsonl"
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(_write_many, [(str(path), "Ana"), (str(path), "Eva")])
    assert sorted(d.reviewer for d in read(path)) == ["Ana"] * 15 + ["Eva"] * 15


def test_a_file_that_another_process_holds_is_said_to_be_so(tmp_path, monkeypatch):
    import filelock

    monkeypatch.setattr("ascribe.ledger.corrections.file.PATIENCE", 0.1)
    path = tmp_path / "c.jsonl"
    append(path, [decided("40", "reject")])
    with filelock.FileLock(tmp_path / ".c.jsonl.lock"), pytest.raises(CorrectionError, match="another process"):
        append(path, [decided("Two", "reject")])
    assert len(read(path)) == 1


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CorrectionError, match=r"nothing\.jsonl"):
        ledger().corrected(tmp_path / "nothing.jsonl")


# anchors

SEVERAL = "Two died. Two were hurt. " + "It rained all day long in the valley. " * 2


@pytest.mark.parametrize(
    ("before", "words", "after", "now"),
    [
        (
            "Rain fell. ",
            "40",
            " miners were killed at Orvan.",
            "Snow fell, then: Rain fell. 40 miners were killed at Orvan.",
        ),
        ("", "Two", " were hurt.", "Two died. Two were hurt."),
    ],
)
def test_words_are_found_again(before, words, after, now):
    start, end = find(now, words, before, after, 3)
    assert now[start:end] == words and now[end:].startswith(after)


@pytest.mark.parametrize(
    ("text", "words", "prefix", "suffix", "said"),
    [
        ("Nobody was hurt.", "40", "At least ", " miners", "gone"),
        ("The road is 40 km long and quiet.", "40", "At least ", " miners were killed", "elsewhere"),
        (SEVERAL, "rained", "It ", " all day long in", "more than once"),
    ],
)
def test_words_that_may_be_others_are_not_taken_for_them(text, words, prefix, suffix, said):
    with pytest.raises(ValueError, match=said):
        find(text, words, prefix, suffix)


# any decisions at all

WORDS = st.sampled_from((*NUMBERS, "Tuesday"))
CELLS = st.sampled_from([
    ("category", "killed", "wounded"), ("category", "wounded", "events"), ("category", "x", "other"),
    ("source_name", "Marisol Tane", "The company"), ("source_name", None, "Lena Quist"), ("source_name", "y", None),
    ("counted", None, "=cells"), ("whose", None, "[Kestria]"), ("unit", "", "%"), ("place", None, "Or\nvan\t“x”"),
])  # fmt: skip
EDITS = st.builds(lambda words, cell: edit(words, *cell), WORDS, CELLS)
REJECTS = st.builds(lambda words: decided(words, "reject", reason='no, "that" is\r\nno number'), WORDS)
ACCEPTS = st.builds(
    lambda words, cell: decided(words, "accept", old=dict([cell[:2]] if cell[1] != "x" else [("category", "killed")])),
    WORDS,
    CELLS,
)
WITHDRAWN = st.builds(
    lambda words, column: decided(words, "withdraw", column=column),
    WORDS,
    st.sampled_from([None, "category", "counted"]),
)
ADDS = st.builds(
    lambda words, value: decided(words, "add", new={"value": value, "category": "missing"}), WORDS, st.integers(0, 99)
)
MERGES = st.builds(
    lambda names, doc: about_source(names[0], "name", names[0], names[1], doc_id=doc),
    st.permutations(["Marisol Tane", "The company", "Lena Quist", "the Kestria Ministry of Health"]),
    st.sampled_from([None, "orvan"]),
)
DECISIONS = st.lists(st.one_of(EDITS, REJECTS, ACCEPTS, WITHDRAWN, ADDS, MERGES), max_size=8)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def whole() -> Ledger:
    return ledger("orvan", "quellin")


@QUICK
@given(decisions=DECISIONS, format=st.sampled_from(storage.FORMATS))
def test_apply_save_load_apply_is_apply(whole, tmp_path, decisions, format):
    once = whole.corrected(decisions)
    once.save(tmp_path / format, format)
    loaded = Ledger.load(tmp_path / format)
    assert same(loaded, once) and same(loaded.corrected(decisions), once)
    assert same(loaded.extracted(), whole)
    if decisions:
        assert corrections.decisions(loaded.decisions) == decisions


@QUICK
@given(decisions=DECISIONS, suffix=st.sampled_from(["jsonl", "csv"]))
def test_what_is_written_is_what_is_read(tmp_path, decisions, suffix):
    path = tmp_path / f"c.{suffix}"
    path.unlink(missing_ok=True)
    for i in range(0, len(decisions), 3):
        append(path, decisions[i : i + 3])
    assert (read(path) if decisions else []) == decisions


@QUICK
@given(decisions=DECISIONS)
def test_every_decision_has_one_fate_and_every_change_a_decision(whole, decisions):
    corrected = whole.corrected(decisions)
    if not decisions:
        assert corrected.decisions is None
        return
    assert len(corrected.decisions) == len(decisions)
    if not set(fates(corrected)) & {"applied", "superseded"}:
        assert corrected.changed.empty
    kept = len(corrected.figures) + corrected.rejected["table"].eq("figures").sum()
    assert kept == len(whole.figures) + corrected.figures["reviewed"].eq("added").sum()


def test_a_corrected_ledger_joins_as_such():
    made = ledger("orvan").corrected([edit("40", "category", "killed", "wounded")])
    joined = Ledger.joined([made, ledger("quellin")])
    assert same(joined, ledger("orvan", "quellin").corrected([edit("40", "category", "killed", "wounded")]))


def test_a_ledger_takes_the_tables_of_a_review_with_it_and_away(tmp_path):
    ledger().corrected([decided("40", "reject")]).save(tmp_path, "csv")
    assert (tmp_path / "decisions.csv").is_file() and (tmp_path / "rejected.csv").is_file()
    ledger().save(tmp_path, "jsonl")
    assert sorted(p.name for p in tmp_path.glob("*.*") if not p.name.startswith(".")) == [
        "claims.jsonl", "documents.jsonl", "figures.jsonl", "sources.jsonl",
    ]  # fmt: skip
    assert Ledger.load(tmp_path).decisions is None


def test_a_ledger_saved_before_there_were_reviews_can_be_loaded(tmp_path):
    made = ledger()
    figures, claims = (frame.drop(columns="reviewed") for frame in (made.figures, made.claims))
    old = dataclasses.replace(made, figures=figures, claims=claims)
    old.save(tmp_path)
    assert same(Ledger.load(tmp_path), made)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_can_be_read(tmp_path):
    path = tmp_path / "c.jsonl"
    append(path, [decided("40", "reject")])
    (tmp_path / ".c.jsonl.lock").unlink(missing_ok=True)
    tmp_path.chmod(0o500)
    assert len(read(path)) == 1
    tmp_path.chmod(0o700)
