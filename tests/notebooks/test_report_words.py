"""The sentences and tables of the reports, from small ledgers made here."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from ascribe.articles import Article
from ascribe.errors import LedgerError, ParameterError
from ascribe.extraction import Extraction
from ascribe.extraction.records import Claim, Figure, record_id
from ascribe.findings import Audit, selection
from ascribe.ledger import Ledger
from ascribe.publishing.present import audits, checks, listings, story

TEXT = (
    "Kestria lost more than 90,000 soldiers, the Orvan Ministry of Health said. About 70,000 people live here.\n\n"
    "Another 40 were killed, Marisol Tane denied, according to the Kestria Press. Losses rose by 12%."
)


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def figure(number: str, **more: object) -> Figure:
    start, end = at(number)
    known = {"value": float(number.replace(",", "").rstrip("%")), "low": None, "high": None, "bound": "exact"}
    return Figure(record_id("figure", "a", start, end), "a", None, start, end, number, **known | more)


def claim(words: str, source: str | None, **more: object) -> Claim:
    known = {"source_span": at(source) if source else None, "source_name": source, "cue_span": None, "cue": "say"}
    return Claim(record_id("claim", "a", at(words)), "a", (at(words),), words, **known | {"kind": "indirect"} | more)


LOST = {"bound": "at_least", "low": 90000.0, "category": "losses", "counted": "soldiers", "whose": "Kestria"}
MINISTRY = {"source_name": "Orvan Ministry of Health", "credit": "explicit"}
FIGURES = (
    figure("90,000", **LOST, **MINISTRY),
    figure("70,000", bound="about", category="population", counted="people"),
    figure("40", category="killed", source_name="Marisol Tane", credit="explicit", via=("Kestria Press",)),
    figure("12%", value=0.12, unit="%", category="share"),
)
CLAIMS = (
    claim("Kestria lost more than 90,000 soldiers", "Orvan Ministry of Health"),
    claim("Another 40 were killed", "Marisol Tane", polarity="denied", via=("Kestria Press",), cue="deny"),
)


def ledger(figures=FIGURES, claims=CLAIMS, **about) -> Ledger:
    article = Article.from_text(TEXT, "a", **about)
    return Ledger.from_extractions([Extraction(article, tuple(claims), tuple(figures))])


@pytest.mark.parametrize(
    ("figures", "claims", "expected"),
    [
        ((), (), "The article states no figure, and credits no claim to anybody."),
        ((), CLAIMS, "The article states no figure; it makes 2 claims, credited to 2 sources."),
        (
            FIGURES[:1], CLAIMS,
            "At least 90,000 soldiers (losses, Kestria): this rests on Orvan Ministry of Health alone. "
            "No other figure is stated.",
        ),
        (
            FIGURES[1:2], (),
            "The article states 1 figure, none of people harmed. It is credited to nobody.",
        ),
        (
            FIGURES, CLAIMS,
            "40 (killed): this rests on Marisol Tane, via Kestria Press. "
            "Of the 4 figures, 2 are credited to 2 sources and 2 to nobody.",
        ),
    ],
)  # fmt: skip
def test_the_finding_on_an_article(figures, claims, expected):
    assert story.article_finding(ledger(figures, claims)) == expected


def test_figures_keep_their_bounds_and_their_words():
    shown = listings.figures(ledger())
    assert list(shown["stated"]) == ["at least 90,000 soldiers", "about 70,000 people", "40", "12%"]
    assert list(shown["behind"]) == ["Orvan Ministry of Health", "nobody", "Marisol Tane, via Kestria Press", "nobody"]
    assert all(number in words for number, words in zip(["90,000", "70,000", "40", "12%"], shown["words"], strict=True))
    assert all("\n" not in words for words in shown["words"])


@pytest.mark.parametrize(
    ("bound", "stated_as", "number", "counted", "shown"),
    [
        ("at_least", "More than 90,000", "90,000", "soldiers", "more than 90,000 soldiers"),
        ("at_least", "", "90,000", "soldiers", "at least 90,000 soldiers"),  # a table of one's own
        ("at_least", "66", "66", "people", "at least 66 people"),  # "66 people or more"
        ("exact", "US$12", "US$12", None, "US$12"),
        ("about", "Around three months", "three", "months", "around three months"),
        ("exact", "six-week", "six", "week", "six-week"),
        ("exact", "A third", "A third", None, "a third"),
    ],
)
def test_a_figure_is_shown_in_the_articles_own_words(bound, stated_as, number, counted, shown):
    row = pd.Series(
        {"bound": bound, "stated_as": stated_as, "number": number, "counted": counted, "unit": "", "value": 1}
    )
    assert story.stated(row) == shown


def test_a_denied_claim_says_so():
    assert list(listings.claims(ledger())["behind"]) == [
        "Orvan Ministry of Health",
        "Marisol Tane, via Kestria Press (denies it)",
    ]


@pytest.mark.parametrize(
    ("around", "expected"),
    [(0, "90,000"), (12, "… more than 90,000 soldiers, …"), (1000, TEXT.split(" About")[0])],
)
def test_words_are_the_whole_sentence_or_cut_at_spaces(around, expected):
    assert listings.words(TEXT, *at("90,000"), around) == expected


def test_words_around_a_figure_do_not_begin_before_the_article():
    head = "---\ntitle: Losses\npublisher: Kestria Press\n---\n"
    article = Article.from_text(f"{head}Rebels killed 40 soldiers.", "a")
    (shown,) = listings.figures(Ledger.from_articles([article]))["words"]
    assert shown == "Rebels killed 40 soldiers."


@pytest.mark.parametrize("name", ["Marisol Tane", "marisol  tane", "Ministry of Health Orvan"])
def test_a_source_is_found_by_its_name(name):
    assert selection.source(ledger(), name)["n_claims"] == 1


def test_a_source_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(LedgerError, match=r"nobody called 'Marisol Dane'.*Marisol Tane"):
        selection.source(ledger(), "Marisol Dane")
    with pytest.raises(LedgerError, match="nobody"):
        selection.source(ledger((), ()), "anyone")


def test_the_selection_keeps_what_is_within_the_category():
    assert list(selection.figures(ledger(), "Kestria", "losses")["number"]) == ["90,000"]
    assert list(selection.figures(ledger(), None, "losses")["number"]) == ["90,000", "40"]
    assert selection.figures(ledger((), ()), "Kestria", "killed").empty
    with pytest.raises(ParameterError, match="did you mean killed"):
        selection.figures(ledger(), None, "kiled")
    with pytest.raises(ParameterError, match="did you mean killed"):  # the word that tables of the field have
        selection.figures(ledger(), None, "deaths")


def test_a_period_leaves_out_what_is_not_dated():
    day = dt.date(2031, 2, 6)
    assert selection.figures(ledger(), None, "losses", since=day).empty
    assert len(selection.figures(ledger(published=day), None, "losses", since=day, until=day)) == 2
    assert selection.figures(ledger(published=day), None, "losses", until=dt.date(2031, 2, 5)).empty
    with pytest.raises(ParameterError, match=r"ends .2031-02-05. before it begins .2031-02-06."):
        selection.figures(ledger(), None, "losses", since=day, until=dt.date(2031, 2, 5))


def test_the_source_finding_counts_what_came_second_hand():
    book = ledger()
    said = story.source_finding(book, selection.source(book, "Marisol Tane"))
    assert said == (
        "Marisol Tane is credited with 1 claim and 1 figure in 1 article; 1 of the claims comes through somebody else; "
        "1 is a denial."
    )


def test_sums_and_pairs_name_their_figures():
    book = ledger(published=dt.date(2031, 2, 6))
    whole, part = (f.figure_id for f in FIGURES[:3:2])
    parts = pd.DataFrame(
        [
            {
                "whole_id": whole,
                "part_ids": [part],
                "whole": 90000.0,
                "sum": 40.0,
                "difference": -89960.0,
                "verdict": "short",
                "slip": None,
            }
        ]
    )
    row = checks.sums(book, parts).iloc[0]
    assert row["whole"] == "at least 90,000 soldiers (Orvan Ministry of Health, 6 Feb 2031)"
    assert row["parts"] == "40 (Marisol Tane, via Kestria Press)"
    assert row["verdict"] == "89,960 too few: some are left out, or one is wrong"
    slipped = parts.assign(verdict="slip", slip="transposed digits", slipped_id=part, mended=41.0, difference=72.0)
    assert checks.sums(book, slipped).iloc[0]["verdict"] == (
        "72 too many; 40 with transposed digits? 41 would make the sum come out"
    )
    pairs = pd.DataFrame([{"a": whole, "b": part, "relation": "contradict", "factor": 2250.0, "why": None}])
    assert checks.compared(book, pairs).iloc[0]["factor"] == "at least 2,250\u00a0times"


WIDE = "at least 90,000 soldiers (Orvan Ministry of Health) and 40 (Marisol Tane, via Kestria Press)"


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        ([], "No two can be compared."),
        ([("not comparable", None)], "No two can be compared."),
        ([("contradict", 2250.0)], f"Only one pair can be compared; the two cannot both be true: {WIDE}."),
        ([("agree", 1.0)], "Only one pair can be compared; the two may both be true."),
        ([("agree", 1.0)] * 2, "2 pairs can be compared, and none contradict each other."),
        (
            [("differ", 2250.0), ("agree", 1.0)],
            "2 pairs can be compared, and none contradict each other; the widest apart, by a factor of at least "
            f"2,250, are {WIDE}.",
        ),
        (
            [("contradict", 2.0), ("differ", 2250.0)],
            f"Of 2 pairs that can be compared, one cannot both be true: {WIDE}.",
        ),
        (
            [("contradict", 3.04), ("contradict", 2.0), ("agree", 1.0)],
            "Of 3 pairs that can be compared, 2 cannot both be true; the widest apart of these, by a factor of at "
            f"least 3, are {WIDE}.",
        ),
    ],
)
def test_the_sentence_on_pairs(relations, expected):
    ids = {"a": FIGURES[0].figure_id, "b": FIGURES[2].figure_id}
    pairs = pd.DataFrame(
        [ids | {"relation": r, "factor": f} for r, f in relations], columns=["a", "b", "relation", "factor"]
    )
    pairs["factor"] = pairs["factor"].astype(float)
    assert story.compared_sentence(ledger(), pairs) == expected


def test_tolls_of_single_events_are_left_out_of_a_wider_question():
    told = "Kestria has lost more than 90,000 soldiers since the war began, the Orvan Ministry of Health said. "
    told += "Rebels put the losses of Kestria since then at 70,000.\n\nRockets killed 40 men in Tarvik on Monday."
    book = Ledger.from_articles([Article.from_text(told, "a", published=dt.date(2031, 2, 6))])
    single = selection.single_events(book.figures, book)
    assert list(single["number"]) == ["40"]
    assert selection.single_events(book.figures[2:], book).empty
    left, apart = selection.set_apart(book.figures, book)
    assert list(left["number"]) == ["90,000", "70,000"]
    assert story.set_aside(apart) == "1 toll of a single event (Tarvik) is left out."
    assert story.set_aside(selection.set_apart(left, book)[1]) == ""


@pytest.mark.parametrize(
    ("party", "category", "expected"),
    [
        ("Kestria", "killed", "Kestria’s dead"),
        ("Kestria", "losses", "Kestria’s losses"),
        ("civilians", "killed", "civilians killed"),
        ("civilians", "casualties", "civilians killed or wounded"),
        ("", "displaced", "displaced"),
    ],
)
def test_the_question_in_words(party, category, expected):
    assert story.question(party, category) == expected


def check(verdict: str, **more: object) -> dict[str, object]:
    return {"verdict": verdict, "category_shift": None} | more


@pytest.mark.parametrize(
    ("checks_made", "expected"),
    [
        ([], "none could be checked against what the source itself published."),
        ([check("no record")], "none could be checked against what the source itself published."),
        ([check("exact")], "1 could be checked against what the source itself published, and it fits."),
        ([check("placed")] * 2, "2 could be checked against what the source itself published, and both fit."),
        (
            [check("exact"), check("stale"), check("mismatch"), check("mismatch")],
            "4 could be checked against what the source itself published: 1 fits, 1 is stale and 2 match no day.",
        ),
        (
            [check("exact", category_shift="losses as killed")],
            "1 could be checked against what the source itself published: none fit and 1 is given as another category "
            "than the record’s.",
        ),
    ],
)
def test_the_sentence_on_checks(checks_made, expected):
    record = pd.DataFrame(checks_made, columns=["verdict", "category_shift"])
    assert audits.checked_sentence(9, 2, record) == f"Of 9 figures in 2 articles, {expected}"


@pytest.mark.parametrize(
    ("factor", "words"), [(1.0, "1"), (45 / 44, "1.02"), (1.3, "1.3"), (5.24, "5.2"), (2250.4, "2,250")]
)
def test_a_factor_in_words(factor, words):
    assert story.times(factor) == words


@pytest.mark.parametrize(
    ("gaps", "traced", "expected"),
    [
        ((0, 0), [], "Every count of people, things or events is credited to somebody."),
        ((1, 0), [], "1 count of people, things or events is credited to nobody."),
        (
            (0, 2),
            [],
            "No count of people, things or events is credited to nobody; of 2 it is not known who says so.",
        ),
        (
            (3, 0),
            [check("exact")],
            "3 counts of people, things or events are credited to nobody; 1 number without a known source is some "
            "publisher’s own.",
        ),
        (
            (3, 1),
            [check("stale"), check("stale"), check("exact")],
            "3 counts of people, things or events are credited to nobody; of 1 it is not known who says so; of 3 "
            "numbers without a known source that are some publisher’s own, 2 are stale.",
        ),
    ],
)
def test_the_sentence_on_what_nobody_stands_behind(gaps, traced, expected):
    frames = dict.fromkeys(("record", "parts", "rates", "steps", "pairs", "events"), pd.DataFrame())
    kinds = ["uncredited"] * gaps[0] + ["uncertain"] * gaps[1]
    missing = pd.DataFrame({"kind": kinds, "table": "figures"}, columns=["kind", "table"])
    own = pd.DataFrame(traced, columns=["verdict", "category_shift"])
    assert audits.nobody_sentence(Audit(**frames, gaps=missing, traced=own)) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], ""),
        ([("a", True)], "1 article errs on purpose, and says so: the checks found the mistake."),
        ([("a", False)], "1 article errs on purpose, and says so: the checks did not find the mistake."),
        (
            [("a", True), ("b", True)],
            "2 articles err on purpose, and say so: the checks found all 2 mistakes.",
        ),
        ([("a", True), ("a", False)], "1 article errs on purpose, and says so: the checks found 1 of the 2 mistakes."),
        ([("a", False)] * 3, "1 article errs on purpose, and says so: the checks found none of the 3 mistakes."),
    ],
)
def test_the_sentence_on_mistakes_made_on_purpose(found, expected):
    assert audits.purpose_said(pd.DataFrame(found, columns=["doc_id", "found"])) == expected
