"""Numbers with their bounds, ranges and units, read from text alone."""

import math

import pytest
from ascribe.extraction.figures.quantities import Quantity, parse, render
from ascribe.extraction.lexicons import rows
from hypothesis import given
from hypothesis import strategies as st

EXACT, ABOUT, LEAST, MOST, RANGE, VAGUE = "exact", "about", "at_least", "at_most", "range", "vague"


def shown(text):
    """(words, bound, value, or low and high of a range) of every quantity."""
    return [(text[q.start : q.end], q.bound, (q.low, q.high) if q.bound == RANGE else q.value) for q in parse(text)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("90,000 soldiers", "90,000", 90_000),
        ("220000 people", "220000", 220_000),
        ("some 31 000 men", "31 000", 31_000),
        ("31\u202f000 men", "31\u202f000", 31_000),
        ("31.000 men", "31.000", 31_000),
        ("1.234.567 votes", "1.234.567", 1_234_567),
        ("1.250 soldiers", "1.250", 1_250),
        ("1.250 wounded soldiers", "1.250", 1_250),
        ("1.250 dead", "1.250", 1_250),
        ("1.250 fled", "1.250", 1_250),
        ("1.250 litres", "1.250", 1.25),
        ("a rate of 1.375 children", "1.375", 1.375),
        ("1.375 children per woman", "1.375", 1.375),
        ("1.375 points", "1.375", 1.375),
        ("1.2m displaced", "1.2m", 1_200_000),
        ("Displaced: 1.2m", "1.2m", 1_200_000),
        ("12,34,567 rupees", "12,34,567 rupees", 1_234_567),
        ("6.5 million tonnes", "6.5 million", 6_500_000),
        ("2,5 million tonnes", "2,5 million", 2_500_000),
        ("a fund of 20bn", "20bn", 20e9),
        ("12k subscribers", "12k", 12_000),
        ("3.2m visitors", "3.2m", 3_200_000),
        ("1.5m new users", "1.5m", 1_500_000),
        ("2.4m of them stayed", "2.4m", 2_400_000),
        ("about 1.3 x 10^6 cells", "1.3 x 10^6", 1_300_000),
        ("a count of 1.3 × 10⁶ cells", "1.3 × 10⁶", 1_300_000),
        ("it is 5,25.", "5,25", 5.25),
        ("12³ goats", "12", 12),
        ("40[2] goats", "40", 40),
        ("31* goats", "31", 31),
        ("goats⁴ 12", "12", 12),
        ("two hundred and five goats", "two hundred and five", 205),
        ("three hundred twelve goats", "three hundred twelve", 312),
        ("forty-two goats", "forty-two", 42),
        ("two thousand and two hundred", "two thousand and two hundred", 2200),
        ("6 thousand 5 hundred and 12 tiles", "6 thousand 5 hundred and 12", 6512),
        ("two-and-a-half laps", "two-and-a-half", 2.5),
        ("three and a half million doses", "three and a half million", 3.5e6),
        ("3 million and a half", "3 million and a half", 3.5e6),
        ("10 1/2 inches", "10 1/2", 10.5),
        ("3½ inches", "3½", 3.5),
        ("half a million voters", "half a million", 500_000),
        ("a quarter of a million voters", "a quarter of a million", 250_000),
        ("half a dozen eggs", "half a dozen", 6),
        ("a dozen eggs", "a dozen", 12),
        ("three dozen eggs", "three dozen", 36),
        ("five point two metres", "five point two", 5.2),
        ("two hundred and seven and two thirds", "two hundred and seven and two thirds", 207 + 2 / 3),
        ("minus five degrees", "minus five", -5),
        ("2:14:04 was her time", "2:14:04", 8044),
        ("Not a single goat was lost", "Not a single", 0),
    ],
)
def test_numerals(text, words, value):
    ((found, bound, number),) = shown(text)
    assert (found, bound if words not in ("31 000", "1.3 x 10^6") else EXACT) == (words, EXACT)
    assert math.isclose(number, value)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("20% of the crop", 0.2),
        ("20 per cent of the crop", 0.2),
        ("twenty percent of the crop", 0.2),
        ("a third of the crop", 1 / 3),
        ("two-thirds of the crop", 2 / 3),
        ("three quarters of the crop", 0.75),
        ("half of the crop", 0.5),
        ("one in four farmers", 0.25),
        ("a one-in-five chance", 0.2),
        ("nine out of ten farmers", 0.9),
        ("one out of every thousand farmers", 0.001),
        ("¾ of the crop", 0.75),
        ("a shooting percentage of 45.", 0.45),
    ],
)
def test_shares_are_fractions_of_one(text, share):
    (quantity,) = parse(text)
    assert math.isclose(quantity.value, share)
    assert quantity.dimension == "share"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more than 40 and 90 goats", [("40", LEAST, 40), ("90", EXACT, 90)]),
        ("over 500 goats", [("500", LEAST, 500)]),
        ("at least another 39 goats", [("39", LEAST, 39)]),
        ("no fewer than 12 goats", [("12", LEAST, 12)]),
        ("upwards of 2,000 goats", [("2,000", LEAST, 2000)]),
        ("100-plus goats", [("100", LEAST, 100)]),
        ("20 or more goats", [("20", LEAST, 20)]),
        ("66 goats or more were seen", [("66", LEAST, 66)]),
        ("at least about two million goats", [("two million", LEAST, 2e6)]),
        ("more than a dozen goats", [("a dozen", LEAST, 12)]),
        ("up to 33 goats", [("33", MOST, 33)]),
        ("as many as 29 goats", [("29", MOST, 29)]),
        ("fewer than ten goats", [("ten", MOST, 10)]),
        ("no more than 5 goats", [("5", MOST, 5)]),
        ("within two miles", [("two", MOST, 2)]),
        ("some 60 thousand goats", [("60 thousand", ABOUT, 60_000)]),
        ("200 homes and some 12,000 goats", [("200", EXACT, 200), ("12,000", ABOUT, 12_000)]),
        ("an estimated 1,000 goats", [("1,000", ABOUT, 1000)]),
        ("In May Tane estimated 40 to 50 goats", [("40 to 50", RANGE, (40, 50))]),
        ("Estimated 40 goats on Osk Road", [("40", ABOUT, 40)]),
        ("nearly half of the goats", [("half", ABOUT, 0.5)]),
        ("~295 km/h", [("295", ABOUT, 295)]),
        ("fifteen or so goats", [("fifteen", ABOUT, 15)]),
        ("dozens of goats", [("dozens", VAGUE, None)]),
        ("tens of thousands of goats", [("tens of thousands", VAGUE, None)]),
        ("several hundred goats", [("several hundred", VAGUE, None)]),
        ("scores of goats", [("scores", VAGUE, None)]),
        ("at least dozens of goats", [("dozens", VAGUE, None)]),
        ("13 sheep and 25 goats", [("13", EXACT, 13), ("25", EXACT, 25)]),
        ("lasted for over 30 hours", [("30", LEAST, 30)]),
        ("a fair held over three days", [("three", EXACT, 3)]),
        ("takes over about 7,000 posts", [("7,000", ABOUT, 7000)]),
        ("at a depth below 1,400 feet", [("1,400", LEAST, 1400)]),
        ("they add up to 354 goats", [("354", EXACT, 354)]),
        ("north of 60,000 goats", [("60,000", LEAST, 60_000)]),
        ("as few as 12 goats", [("12", LEAST, 12)]),
        ("40 at the very least", [("40", LEAST, 40)]),
        ("300 and counting", [("300", LEAST, 300)]),
        ("a couple of hundred goats", [("a couple of hundred", VAGUE, None)]),
        ("a couple of days", [("a couple", VAGUE, None)]),
    ],
)
def test_bounds(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30 to 40 goats", 30, 40),
        ("between 30 and 40 goats", 30, 40),
        ("44–50 goats", 44, 50),
        ("10-15 km", 10, 15),
        ("16–17 percent", 0.16, 0.17),
        ("45% to 60%", 0.45, 0.6),
        ("between $5 and $7 billion", 5e9, 7e9),
        ("between US$300 and 400 billion", 3e11, 4e11),
        ("5 to 7 million goats", 5e6, 7e6),
        ("three or four goats", 3, 4),
        ("one-to-two hundred goats", 100, 200),
        ("10000 to more than 30000 goats", 10_000, 30_000),
        ("estimates range from 30 to 40", 30, 40),
        ("a day or two", 1, 2),
        ("a dozen or two goats", 12, 24),
        ("a hundred or two goats", 100, 200),
        ("a thousand or three", 1_000, 3_000),
        ("two or three dozen goats", 24, 36),
        ("1990 to 2500 goats", 1_990, 2_500),
        ("more than 20 and fewer than 30 goats", 20, 30),
    ],
)
def test_ranges(text, low, high):
    (quantity,) = parse(text)
    assert (quantity.bound, quantity.value) == (RANGE, None)
    assert (quantity.low, quantity.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose from 21 to 46", [21, 46]),
        ("won by 230-to-198", [230, 198]),
        ("ran 10 km 2 days later", [10, 2]),
        ("won 22 points to 10", [22, 10]),
        ("18 of 29 goats", [18, 29]),
        ("7 out of 20 goats", [7, 20]),
        ("fell 8p to 212p", [8, 212]),
        ("dropped by half to 46,000", [0.5, 46_000]),
        ("rose 2% to 14%", [0.02, 0.14]),
        ("rose from 20 to 35 per cent", [0.2, 0.35]),
        ("went from 5 to 7 million dollars", [5e6, 7e6]),
        ("rose in 2012–13 to 934,000 tonnes", [2012, 13, 934_000]),
        ("rose in 2012/13 to 1.2 million", [2012, 13, 1.2e6]),
        ("grew in 1998 to 15,000 goats", [1998, 15_000]),
        ("grew during 1998 to 15,000 goats", [1998, 15_000]),
    ],
)
def test_changes_and_pairs_are_no_ranges(text, values):
    assert [q.value for q in parse(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "unit", "dimension"),
    [
        ("$1.2bn", 1.2e9, "USD", "money"),
        ("€20,000", 20_000, "EUR", "money"),
        ("£1.5m", 1.5e6, "GBP", "money"),
        ("¥500 million", 5e8, "JPY", "money"),
        ("C$10,000", 10_000, "CAD", "money"),
        ("SEK9 million", 9e6, "SEK", "money"),
        ("one million rubles", 1e6, "RUB", "money"),
        ("nine billion US dollars", 9e9, "USD", "money"),
        ("24 million pounds", 24e6, "GBP", "money"),
        ("3 dollars 50 cents", 3.5, "USD", "money"),
        ("30 MUSD", 30e6, "USD", "money"),
        ("five pounds of flour", 5, "pound", "mass"),
        ("six months", 6, "month", "duration"),
        ("a two-day strike", 2, "day", "duration"),
        ("a year and a half", 1.5, "year", "duration"),
        ("half an hour", 0.5, "hour", "duration"),
        ("a quarter century", 25, "year", "duration"),
        ("1 hour 59 minutes 40 seconds", 7180, "second", "duration"),
        ("about an hour", 1, "hour", "duration"),
        ("five feet six inches", 5.5, "foot", "distance"),
        ("39 square miles", 39, "square mile", "area"),
        ("120 mph", 120, "mph", "speed"),
        ("200lbs", 200, "pound", "mass"),
        ("20 (kg)", 20, "kg", "mass"),
        ("hundreds of miles", None, "mile", "distance"),
        ("33 Earth days", 33, "day", "duration"),
        ("three straight weeks", 3, "week", "duration"),
        ("temperatures of 41.5C", 41.5, "°C", "temperature"),
        ("cooled to -70C", -70, "°C", "temperature"),
        ("2,5 km", 2.5, "km", "distance"),
        ("5 ft 2 in", 5 + 2 / 12, "foot", "distance"),
        ("10 km2 of bog", 10, "km2", "area"),
        ("2,000 sq. miles of bog", 2000, "square mile", "area"),
        ("38 km per second", 38, "km/s", "speed"),
        ("3-1/4 cents", 3.25, "USD cent", "money"),
        ("R50m", 50e6, "ZAR", "money"),
        ("N1.2 trillion", 1.2e12, "NGN", "money"),
        ("Tk 500 crore", 5e9, "BDT", "money"),
        ("waves of 5m hit it", 5, "m", "distance"),
        ("a 1.2m tall child", 1.2, "m", "distance"),
    ],
)
def test_units(text, value, unit, dimension):
    (quantity,) = parse(text)
    assert (quantity.value, quantity.unit, quantity.dimension) == (
        value if value is None else pytest.approx(value), unit, dimension,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "wounding 90 hours after the parade",
        "killed ten hours after the parade",
        "injuring 12 minutes later fire broke out",
    ],
)
def test_no_unit_is_read_across_a_lost_comma(text):
    (quantity,) = parse(text)
    assert quantity.unit == ""


def test_a_passive_clause_keeps_its_unit():
    (quantity,) = parse("they were killed 36 hours after the parade")
    assert quantity.unit == "hour"


@pytest.mark.parametrize(
    "text",
    [
        "the 72nd Brigade",
        "in the 1990s",
        "an M777",
        "the G7",
        "see https://kestria.example/item/2254?n=12",
        "an hour later",
        "no one",
        "the H1N1 virus",
        "an N95 mask",
    ],
)
def test_no_quantities(text):
    assert parse(text) == []


@pytest.mark.parametrize("row", rows("units"), ids=lambda r: r["form"])
def test_every_unit_is_read_where_it_touches_its_number(row):
    found = parse(f"12 {row['form']}" if len(row["form"]) > 2 else f"12{row['form']}")
    if row["form"] in ("c", "f"):  # only in capitals, and among words of heat and cold
        found = parse(f"It was hot: 12{row['form'].upper()}")
    if row["form"] in ("pm", "k", "in", "second"):  # clock times, thousands, prepositions, ordinals
        return
    money = {r["form"] for r in rows("currencies")}
    if row["form"] not in money and row["form"] not in {r["word"] for r in rows("numerals")}:
        assert [(q.value, q.unit) for q in found] == [(12.0, row["unit"])]


values = st.one_of(
    st.integers(min_value=2, max_value=10**12).map(float),
    st.floats(min_value=0.01, max_value=1e6).map(lambda x: round(x, 3)),
)
units = st.sampled_from(["", "%", "km", "month", "tonne", "square mile", "km/h"])


@given(value=values, bound=st.sampled_from([EXACT, ABOUT, LEAST, MOST]), unit=units)
def test_a_rendered_quantity_parses_back_to_itself(value, bound, unit):
    if unit == "%":
        value = round(value / 100, 6)
    low = value if bound in (EXACT, LEAST) else None
    high = value if bound in (EXACT, MOST) else None
    quantity = Quantity(0, 0, value, low, high, bound, unit)
    (found,) = parse(render(quantity) + " were counted")
    assert (found.bound, found.unit) == (bound, unit)
    for stated, read in ((value, found.value), (low, found.low), (high, found.high)):
        assert read == (stated if stated is None else pytest.approx(stated, rel=1e-6))


@given(low=values, more=st.floats(min_value=1.0, max_value=1e6).map(lambda x: round(x, 2)), unit=units)
def test_a_rendered_range_parses_back_to_itself(low, more, unit):
    high = round(low + more, 3)
    quantity = Quantity(0, 0, None, low, high, RANGE, unit)
    (found,) = parse(render(quantity))
    assert (found.bound, found.unit) == (RANGE, unit)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6)


@given(st.text(max_size=300))
def test_any_text_parses_to_quantities_within_it_in_order(text):
    end = 0
    for quantity in parse(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.outer_start <= quantity.start
        assert quantity.end <= quantity.outer_end <= len(text)
        end = quantity.end


WORDS = "12 1,200 two hundred and million a half third more_than - to $ % km or of between dozens . ,".split()  # noqa: SIM905


@given(st.lists(st.sampled_from(WORDS).map(lambda w: w.replace("_", " ")), max_size=25))
def test_any_run_of_number_words_parses(words):
    for quantity in parse(" ".join(words)):
        assert quantity.bound in (EXACT, ABOUT, LEAST, MOST, RANGE, VAGUE)
        if quantity.bound == RANGE:
            assert quantity.low < quantity.high
        elif quantity.bound != VAGUE:
            assert math.isfinite(quantity.value)


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("a $2.4bn aid package", "$2.4bn", "USD"),
        ("A $5m loan was agreed", "$5m", "USD"),
        ("they gave us $20", "$20", "USD"),
        ("A$5m for the port", "A$5m", "AUD"),
        ("US $5bn for the port", "US $5bn", "USD"),
    ],
)
def test_an_article_before_a_dollar_sign_is_no_currency(text, words, unit):
    (q,) = parse(text)
    assert (text[q.start : q.end], q.unit) == (words, unit)
