"""What the words around a number tell: by which time a rate is, whom its sentence names, of what a list is a part."""

import pandas as pd
import pytest
from ascribe import findings
from ascribe.findings import wording

STAFF = "General Staff of the Armed Forces of Ukraine"


@pytest.mark.parametrize(
    ("text", "number", "period"),
    [
        ("About 70 soldiers a day were lost.", "70", "day"),
        ("Some 400 are wounded each week, she said.", "400", "week"),
        ("A daily toll of 12 was given.", "12", "day"),
        ("It rose by 11,260 in a month.", "11,260", None),
        ("It was 120. Every day brings more.", "120", None),
        ("Losses reached 9,000 at Sarn.", "9,000", None),
    ],
)
def test_by_which_time_a_rate_is(text, number, period):
    start = text.index(number)
    assert wording.period(text, start, start + len(number)) == period


@pytest.mark.parametrize(
    ("sentence", "another"),
    [
        ("That is more than the office said in March, when it counted 40.", True),
        ("A year ago it stood at 40, she said.", True),
        ("On 2 May it stood at 40, she said.", False),
        ("It may rise from 40, she said.", False),
        ("It stands at 40. In March it was lower.", False),
        ("It stood at 40 last winter.", True),
    ],
)
def test_a_sentence_speaks_of_another_time_than_its_article(sentence, another):
    start = sentence.index("40")
    assert wording.another_time(sentence, start, start + 2, pd.Timestamp("2031-05-03")) is another


def test_what_was_said_at_another_time_is_not_compared_as_if_it_were_now():
    text = "The staff counts 300. In March, the office said, it was 100."
    now = {"whose": "Kestria", "source_name": "the Orvan staff"}
    figures, documents = ledger_tables(text, ("300", now), ("100", now | {"source_name": "the office"}))
    assert list(findings.comparable(figures, documents)["why"]) == ["a date is not known"]
    assert list(findings.comparable(figures, documents.drop(columns="text"))["relation"]) == ["contradict"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("on this desk's reading of the General Staff's tally", True),
        ("by the count of the Ukrainian Defence Ministry", True),
        ("the Russian General Staff gave no total", False),
        ("Ukraine's General Staff", True),
        ("the staff of a general", False),
    ],
)
def test_a_sentence_names_a_publisher(words, named):
    assert wording.names_publisher(words, STAFF) is named


def ledger_tables(text, *rows):
    """Figures at their places in a text, and its document: a row is (number, what is known of it)."""
    made, at = [], 0
    for i, (number, known) in enumerate(rows):
        at = text.index(number, at)
        value = float(number.replace(",", ""))
        made.append({
            "figure_id": f"f{i}", "doc_id": "d", "start": at, "end": at + len(number), "number": number, "value": value,
            "low": value, "high": value, "bound": "exact", "unit": "", "category": "killed", "counted": None,
            "whose": None, "source_name": None, "part_of": None, "accumulation": "unknown",
        } | known)  # fmt: skip
        at += len(number)
    return pd.DataFrame(made), pd.DataFrame({"doc_id": ["d"], "published": ["2031-05-03"], "text": [text]})


LIST = [(n, {"counted": c}) for n, c in (("26", "men"), ("18", "women"), ("4", "girls"), ("3", "boys"))]


def test_a_list_that_restates_its_whole():
    text = "The flood killed 51 people, the office said. The 51 dead are 26 men, 18 women, 4 girls and 3 boys."
    figures, documents = ledger_tables(text, ("51", {"counted": "people"}), *LIST)
    (row,) = findings.parts(figures, documents).itertuples()
    assert (row.whole_id, row.part_ids, row.verdict) == ("f0", ["f1", "f2", "f3", "f4"], "sums")
    assert findings.parts(figures).empty


def test_a_list_of_which_the_tables_tell_only_some_parts():
    text = "It killed 51. Of the dead, 26 were men, 18 women and 4 girls; of 3 boys the age is not known."
    known = [(n, c | {"part_of": "f0"} if i < 3 else c | {"category": "other"}) for i, (n, c) in enumerate(LIST)]
    figures, documents = ledger_tables(text, ("51", {}), *known)
    assert list(findings.parts(figures, documents)["verdict"]) == ["sums"]
    assert list(findings.parts(figures)["verdict"]) == ["short"]


def test_a_list_without_a_whole_is_no_sum():
    text = "It hurt many people. Among them were 26 men, 18 women, 4 girls and 3 boys."
    figures, documents = ledger_tables(text, *LIST)
    assert findings.parts(figures, documents).empty


@pytest.mark.parametrize(
    ("whole", "men", "slip", "mended"),
    [
        ("6,132", "2,971", "transposed digits", 2_917),
        ("16,132", "1,291", "missing digit", 12_917),
        ("6,132", "2,999", None, None),  # two digits are off
        ("6,132", "2,918", None, None),  # one is: anything could have been it
        ("6,132", "2,917", None, None),
    ],
)
def test_the_slip_that_spoils_a_sum_is_named(whole, men, slip, mended):
    text = f"In all {whole} people died. Of the {whole} dead {men} were men, 2,164 women and 1,051 children."
    parts = [(n, {"counted": c}) for n, c in ((men, "men"), ("2,164", "women"), ("1,051", "children"))]
    figures, documents = ledger_tables(text, (whole, {"bound": "at_least", "high": None}), *parts)
    row = findings.parts(figures, documents).iloc[0]
    told = tuple(None if pd.isna(row[c]) else row[c] for c in ("slip", "mended"))
    assert told == (slip, mended)


def test_a_rate_is_judged_only_by_the_time_that_its_words_tell():
    text = "They lost 20 a day. In June they lost 6,100, a rise of 900 in a month."
    june = {"window_start": "2031-06-01", "window_end": "2031-06-30", "whose": "Kestria", "accumulation": "increment"}
    rate = {"whose": "Kestria", "accumulation": "rate"}
    figures, documents = ledger_tables(text, ("20", rate), ("6,100", june), ("900", rate))
    found = findings.rates(figures, documents)
    assert list(found["rate_id"]) == ["f0"] and list(found["verdict"]) == ["does not give"]
    assert findings.rates(figures).empty
