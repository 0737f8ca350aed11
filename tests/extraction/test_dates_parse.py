"""Date expressions: what is found, what it means, what is no date."""

import datetime as dt
import itertools
import time

import pytest
from ascribe.extraction.dates import parse_dates
from ascribe.extraction.lexicons import rows
from hypothesis import given
from hypothesis import strategies as st

ANCHOR = dt.date(2022, 12, 7)  # a Wednesday


def found(text, anchor=ANCHOR):
    return [(d.text, d.value) for d in parse_dates(text, anchor)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # days
        ("On 24 February 2022 it began.", [("24 February 2022", "2022-02-24")]),
        ("On February 24, 2022, it began.", [("February 24, 2022", "2022-02-24")]),
        ("on Feb. 24", [("Feb. 24", "2022-02-24")]),
        ("the 3rd of March", [("the 3rd of March", "2022-03-03")]),
        ("Since January 1 it counted", [("January 1", "2022-01-01")]),
        ("dated 2022-11-30,", [("2022-11-30", "2022-11-30")]),
        ("30.11.2022", [("30.11.2022", "2022-11-30")]),
        ("11/30/2022", [("11/30/2022", "2022-11-30")]),
        ("30/11/2022", [("30/11/2022", "2022-11-30")]),
        # slashes that can be two days: the weekday, the other dates, or that one is yet to come tells, or nothing does
        ("03/04/2021", [("03/04/2021", None)]),
        ("3-4-21", [("3-4-21", None)]),
        ("04/04/2021", [("04/04/2021", "2021-04-04")]),
        ("on Saturday 03/04/2021", [("on Saturday 03/04/2021", "2021-04-03")]),
        ("Thursday, 03/04/2021", [("Thursday, 03/04/2021", "2021-03-04")]),
        ("09/12/2022", [("09/12/2022", "2022-09-12")]),
        ("12/09/2022", [("12/09/2022", "2022-09-12")]),
        ("03/04/2021 and 25/04/2021", [("03/04/2021", "2021-04-03"), ("25/04/2021", "2021-04-25")]),
        ("03/04/2021 and 04/25/2021", [("03/04/2021", "2021-03-04"), ("04/25/2021", "2021-04-25")]),
        ("3.4.2021", [("3.4.2021", "2021-04-03")]),
        ("on February twenty-second", [("February twenty-second", "2022-02-22")]),
        ("31 April 2022", [("April 2022", "2022-04")]),
        ("The talks will open on January 9.", [("January 9", "2023-01-09")]),
        ("They met on November 18-19.", [("November 18-19", "2022-11-18/2022-11-19")]),
        ("Friday 18 to Sunday 20 November", [("Friday 18 to Sunday 20 November", "2022-11-18/2022-11-20")]),
        ("from the 18th to the 20th of November", [("the 18th to the 20th of November", "2022-11-18/2022-11-20")]),
        ("Friday, November 18 until Sunday, 20", [("Friday, November 18 until Sunday, 20", "2022-11-18/2022-11-20")]),
        ("Friday 18 to Sunday 20 it rained", [("Friday 18 to Sunday 20", "2022-11-18/2022-11-20")]),
        # weekdays: the most recent one, unless the clause looks ahead
        ("He was buried on Friday.", [("on Friday", "2022-12-02")]),
        ("The council said Wednesday", [("Wednesday", "2022-12-07")]),
        ("The court will rule on Friday.", [("on Friday", "2022-12-09")]),
        ("closed until Monday", [("Monday", "2022-12-12")]),
        ("last Friday", [("last Friday", "2022-12-02")]),
        ("next Tuesday", [("next Tuesday", "2022-12-13")]),
        ("on Tuesday of last week", [("on Tuesday of last week", "2022-11-29")]),
        ("late on Sunday night", [("late on Sunday night", None)]),
        ("Friday morning", [("Friday morning", "2022-12-02TMO")]),
        # relative
        (
            "today, yesterday and tomorrow",
            [("today", "2022-12-07"), ("yesterday", "2022-12-06"), ("tomorrow", "2022-12-08")],
        ),
        ("the day before yesterday", [("the day before yesterday", "2022-12-05")]),
        ("three days ago", [("three days ago", "2022-12-04")]),
        ("two weeks ago", [("two weeks ago", "2022-W47")]),
        ("a year ago", [("a year ago", "2021")]),
        ("last night", [("last night", "2022-12-06TNI")]),
        ("last week", [("last week", "2022-W48")]),
        ("this week", [("this week", "2022-W49")]),
        ("over the weekend", [("the weekend", "2022-W49-WE")]),
        ("last month", [("last month", "2022-11")]),
        ("next year", [("next year", "2023")]),
        ("earlier this year", [("earlier this year", "2022")]),
        (
            "On May 3 a shell fell; two days later another did.",
            [("May 3", "2022-05-03"), ("two days later", "2022-05-05")],
        ),
        (
            "It rose in May against the same month a year ago",
            [("May", "2022-05"), ("the same month a year ago", "2021-05")],
        ),
        ("on February 24 this year", [("February 24 this year", "2022-02-24")]),
        ("on 9 May last year", [("9 May last year", "2021-05-09")]),
        ("in March last year", [("March last year", "2021-03")]),
        # months, quarters, seasons, years
        ("It was so in May 2019. In June it was not.", [("May 2019", "2019-05"), ("June", "2019-06")]),
        ("It will open in May 2024. In June it was built.", [("May 2024", "2024-05"), ("June", "2022-06")]),
        (
            "In October it rose, from 9 on the first day of the month",
            [("October", "2022-10"), ("the month", "2022-10")],
        ),
        ("in December", [("December", "2022-12")]),
        ("in January", [("January", "2022-01")]),
        ("it will end in January", [("January", "2023-01")]),
        ("late January 2021", [("late January 2021", "2021-01")]),
        ("the end of March", [("the end of March", "2022-03")]),
        ("last September", [("last September", "2022-09")]),
        ("the third quarter of this year", [("the third quarter of this year", "2022-Q3")]),
        ("Q1 2021", [("Q1 2021", "2021-Q1")]),
        ("the first half of 2022", [("the first half of 2022", "2022-H1")]),
        ("last summer", [("last summer", "2022-SU")]),
        ("the winter of 2021", [("the winter of 2021", "2021-WI")]),
        ("in 2014", [("2014", "2014")]),
        ("the 2014 elections", [("2014", "2014")]),
        ("between 2014 and 2016", [("2014", "2014"), ("2016", "2016")]),
        ("mid-2011", [("mid-2011", "2011")]),
        ("the 1990s", [("the 1990s", "199")]),
        ("the early nineties", [("the early nineties", "199")]),
        ("the 19th century", [("the 19th century", "18")]),
        ("the last week of March", [("the last week of March", "2022-W13")]),
        ("on Easter Sunday", [("Easter Sunday", "2022-04-17")]),
        # durations and sets
        ("a two-day strike", [("a two-day", "P2D")]),
        ("for six months", [("six months", "P6M")]),
        ("almost two and a half years", [("almost two and a half years", "P2.5Y")]),
        ("over the past 24 hours", [("the past 24 hours", "PT24H")]),
        ("for decades", [("for decades", "PXE")]),
        ("every Friday", [("every Friday", "XXXX-WXX-5")]),
        ("about 70 a day", [("a day", "P1D")]),
        ("twice a week", [("twice a week", "P1W")]),
        # times
        ("at 16:08 UTC", [("at 16:08 UTC", "2022-12-07T16:08Z")]),
        ("at 6 p.m. on Monday", [("at 6 p.m. on Monday", "2022-12-05T18:00")]),
        ("at 17:25 UTC, June 1st,", [("at 17:25 UTC", "2022-06-01T17:25Z"), ("June 1st", "2022-06-01")]),
        ("now", [("now", "PRESENT_REF")]),
        ("recently", [("recently", "PAST_REF")]),
    ],
)
def test_what_is_found_and_what_it_means(text, expected):
    if expected[0][1] is None:  # the extent alone
        assert [t for t, _ in found(text)] == [t for t, _ in expected]
    else:
        assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He may go. They march on.",
        "2,000 people fled and 2022 tents were put up",
        "Resolution 2254, flight 1549, Boeing 2707, $2000, #1984",
        "a 12-year-old boy and a girl of 9, both 13 years old",
        "a Su-25, an M777, the 72nd Brigade and a 155 mm shell",
        "won 3-2 and then 10:12",
        "call 0044 20 7946 0958 or 555-2010-2015",
        "spring to mind; prices fall",
        "a 2000-strong crowd",
        "in his 80s",
        "April Jones told the court",
        "one second, a quarter of them, the second man",
        "Black Monday",
        "version 1.2.22",
    ],
)
def test_what_is_no_date(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("late January 2021", "2021-01-21", "2021-01-31"),
        ("early 2021", "2021-01-01", "2021-05-01"),
        ("the past 24 hours", "2022-12-06", "2022-12-07"),
        ("the past three months", "2022-09-07", "2022-12-07"),
        ("the next six months", "2022-12-07", "2023-06-07"),
        ("last week", "2022-11-28", "2022-12-04"),
        ("the weekend", "2022-12-10", "2022-12-11"),
        ("earlier this year", "2022-01-01", "2022-12-07"),
        ("2022-W48", None, None),
        ("the winter of 2021-22", "2021-12-01", "2022-02-28"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("Q1 2021", "2021-01-01", "2021-03-31"),
    ],
)
def test_the_days_covered(text, first, last):
    dates = parse_dates(text, ANCHOR)
    if first is None:
        assert not dates or dates[0].days is None or dates[0].text != text
    else:
        assert [d.isoformat() for d in dates[0].days] == [first, last]


@pytest.mark.parametrize(
    "text", ["on Friday", "last week", "three days ago", "in December", "May 3", "today", "last night", "this year",
             "the third quarter", "Christmas", "last summer", "the weekend", "the next day", "earlier this month"]
)  # fmt: skip
def test_without_an_anchor_nothing_is_guessed(text):
    dates = parse_dates(text, None)
    assert len(dates) == 1
    assert dates[0].value is None
    assert dates[0].days is None


def test_a_headline_is_not_read_into_the_line_below():
    assert found("Mill closes until Friday\nNovember 18, 2022\nThe mill") == [
        ("Friday", "2022-12-09"),
        ("November 18, 2022", "2022-11-18"),
    ]
    assert found("it was on\nNovember 18, 2022") == [("November 18, 2022", "2022-11-18")]


@pytest.mark.parametrize("rule", rows("date_rules"), ids=lambda r: f"{r['meaning']}: {r['example']}")
def test_every_rule_finds_its_example(rule):
    sentence = f"It was so, {rule['example']}, there"
    assert any(rule["example"] in d.text or d.text in rule["example"] for d in parse_dates(sentence, ANCHOR))
    assert any(len(d.text) >= len(rule["example"]) - 3 for d in parse_dates(sentence, ANCHOR))


days = st.dates(dt.date(1900, 1, 1), dt.date(2050, 12, 31))


@given(
    days,
    days,
    st.sampled_from(
        ["{d.day} {m} {d.year}", "{m} {d.day}, {d.year}", "{d:%Y-%m-%d}", "{d.day:02d}.{d.month:02d}.{d.year}"]
    ),
)
def test_a_full_date_reads_back_whatever_the_anchor(day, anchor, form):
    text = form.format(d=day, m=day.strftime("%B"))
    (date,) = parse_dates(f"It began on {text}.", anchor)
    assert (date.text, date.value, date.first, date.last) == (text, day.isoformat(), day, day)


@given(days, st.integers(0, 6))
def test_a_weekday_is_one_of_the_last_seven_days(anchor, back):
    day = anchor - dt.timedelta(days=back)
    (date,) = parse_dates(f"It fell on {day:%A}.", anchor)
    assert date.first == day


PIECES = ["1", "12", "2022", "31", ",", ".", ":", "/", "-", "'", "’", "the", "of", "in", "May", "June", "last", "week"]
PIECES += ["Friday", "ago", "three", "early", "end", "p.m.", "quarter", "at", "\n", "é", "٣", "\ud800", "0", "st"]


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from(["", " "]), st.none() | days)
def test_no_text_breaks_it(pieces, space, anchor):
    text = space.join(pieces)
    dates = parse_dates(text, anchor)
    assert all(text[d.start : d.end] == d.text and d.text for d in dates)
    assert all(a.end <= b.start for a, b in itertools.pairwise(dates))
    assert all(d.first <= d.last for d in dates if d.days)
    assert dates == parse_dates(text, anchor)


@pytest.mark.parametrize("piece", ["1,1,1.", "a ", "today ", "1-1-1-", "(12:1", "the last ", "'", "\n ", "May 1 "])
def test_time_grows_with_the_text_and_no_faster(piece):
    def seconds(n):
        text = (piece * n)[:n]
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            parse_dates(text, ANCHOR)
            best = min(best, time.process_time() - start)
        return best

    parse_dates(piece, ANCHOR)
    assert seconds(24_000) < 20 * max(seconds(3_000), 0.003)
