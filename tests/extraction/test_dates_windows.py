"""The time that a figure covers."""

import datetime as dt
import itertools

import pytest
from ascribe.articles.article import Article
from ascribe.extraction.dates import parse_dates, text_windows, window, windows
from ascribe.language.reading import read

ANCHOR = dt.date(2022, 12, 7)


def shown(w):
    days = [d.isoformat() if d else None for d in (w.first, w.last, w.as_of)]
    return (w.role, *days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since January 1", [("since", "2022-01-01", "2022-12-07", None)]),
        ("Since Monday,", [("since", "2022-12-05", "2022-12-07", None)]),
        ("from 24 February onwards", [("since", "2022-02-24", "2022-12-07", None)]),
        ("from January to March 2021", [("between", "2021-01-01", "2021-03-31", None)]),
        ("between January and May", [("between", "2022-01-01", "2022-05-31", None)]),
        ("at 2:14 a.m.", []),
        ("in March and in the same month", [("in", "2022-03-01", "2022-03-31", None)] * 2),
        ("since the start of the raids on 3 May", [("since", "2022-05-03", "2022-12-07", None)]),
        ("up 8% on 2021", []),
        ("between May 2 and May 9", [("between", "2022-05-02", "2022-05-09", None)]),
        ("24 February - 30 November", [("between", "2022-02-24", "2022-11-30", None)]),
        ("in December", [("in", "2022-12-01", "2022-12-07", None)]),
        ("in 2021", [("in", "2021-01-01", "2021-12-31", None)]),
        ("over the past 24 hours", [("past", "2022-12-06", "2022-12-07", None)]),
        ("as of Friday", [("as_of", None, None, "2022-12-02")]),
        ("by the end of November", [("as_of", None, None, "2022-11-30")]),
        ("until May 9", [("until", None, "2023-05-09", None)]),
        ("before May 9, 2022", [("before", None, "2022-05-08", None)]),
        ("after May 9, 2022", [("after", "2022-05-10", "2022-12-07", None)]),
        ("so far this year", [("in", "2022-01-01", "2022-12-07", None)]),
        ("during the war", []),
        ("a three-day siege", []),
        ("every Friday", []),
        ("in recent years", []),
    ],
)
def test_the_windows_of_a_text(text, expected):
    found = text_windows(text, parse_dates(text, ANCHOR), ANCHOR)
    assert [shown(w) for w in found] == expected


def test_without_an_anchor_a_window_is_open():
    assert text_windows("since Monday", parse_dates("since Monday", None), None) == []
    (w,) = text_windows("since May 9, 2022", parse_dates("since May 9, 2022", None), None)
    assert shown(w) == ("since", "2022-05-09", None, None)


SENTENCES = {
    "The ministry said on Friday that since January 1 it had recorded 412 deaths.": [
        ("since", "2022-01-01", "2022-12-07", None)
    ],
    "In May, 40 people died.": [("in", "2022-05-01", "2022-05-31", None)],
    "Over the past 24 hours, 25 shells hit the town.": [("past", "2022-12-06", "2022-12-07", None)],
    "As of Friday, 1,200 people were missing, the agency said.": [("as_of", None, None, "2022-12-02")],
    "According to a report published on Tuesday, 300 houses were destroyed.": [None],
    "During the siege 700 people were hurt.": [None],
    "At least 12 civilians were killed and 30 wounded in the strike on Sunday.": [
        ("in", "2022-12-04", "2022-12-04", None),
        ("in", "2022-12-04", "2022-12-04", None),
    ],
    "The office had by Friday counted about 312 dead.": [("as_of", None, None, "2022-12-02")],
    "The highest was that of the army: 3,850 dead as of 19 July.": [("as_of", None, None, "2022-07-19")],
    "The office recorded 40 deaths in May.": [("in", "2022-05-01", "2022-05-31", None)],
    "In October the total rose by 170, against 90 in September.": [
        ("in", "2022-10-01", "2022-10-31", None),
        ("in", "2022-09-01", "2022-09-30", None),
    ],
    "In June the town counted 56 dead, the most since April.": [("in", "2022-06-01", "2022-06-30", None)],
    "The raid killed 30 people in the deadliest attack since May.": [None],
    "The protest since May has cost 12 lives.": [("since", "2022-05-01", "2022-12-07", None)],
    "A court jailed Tane on Tuesday for the murder of 12 villagers.": [None],
    "The army lost 20 men more than on Monday, when the total stood at 90.": [
        None,
        ("in", "2022-12-05", "2022-12-05", None),
    ],
    "The list has 430 dead, 104 more than a week earlier.": [None, None],
    "That is more than in May, when Imo Tane estimated 40 dead.": [None],
    "That is more than on Monday, when Imo Tane estimated 40 dead.": [("stated", None, None, "2022-12-05")],
    "The army has given no count since 2 March, when it acknowledged 40 dead.": [("stated", None, None, "2022-03-02")],
    "Police arrested 12 men on Sunday.": [("in", "2022-12-04", "2022-12-04", None)],
    "The ministry reported 40 deaths on Tuesday.": [("stated", None, None, "2022-12-06")],
    "The trial of a guard accused of shooting 12 villagers starts on Monday.": [None],
    "The funeral of 12 miners killed in the pit takes place on Tuesday.": [None],
    "The inquiry into the deaths of 12 miners opens on Friday.": [None],
    "The raid that killed 12 villagers was condemned on Monday.": [None],
    "Crowds returned on Monday after guards killed 12.": [None],
    "The blast that killed 12 miners went off on Monday.": [("in", "2022-12-05", "2022-12-05", None)],
    "March 2022 remains the worst month, with at least 12 miners killed.": [("in", "2022-03-01", "2022-03-31", None)],
    "Rebels raided the town on Monday, killing 12.": [("in", "2022-12-05", "2022-12-05", None)],
    "The pit fell in at 7:30 p.m. Monday and killed 12 miners.": [("in", "2022-12-05", "2022-12-05", None)],
}


@pytest.fixture(scope="module")
def readings():
    return list(read([Article.from_text(s, published=ANCHOR) for s in SENTENCES]))


def test_the_window_of_a_figure(readings):
    for reading, expected in zip(readings, SENTENCES.values(), strict=True):
        found = windows(reading)
        inside = [(d.start, d.end) for d in found]
        starts = [
            reading.starts[t.i]
            for t in reading.doc
            if t.text[0].isdigit() and not any(s <= reading.starts[t.i] < e for s, e in inside)
        ]
        got = [window(reading, s, found) for s in starts]
        assert [w and shown(w) for w in got] == expected, reading.text


def test_a_window_is_found_again_from_its_offsets(readings):
    for reading in readings:
        for a, b in itertools.pairwise(windows(reading)):
            assert a.end <= b.start
