"""The sample articles: a record behind every number, and every recorded value in the published series."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from ascribe import Ledger, findings
from ascribe.articles import Article, read

ROOT = Path(__file__).parents[2]
SERIES = ROOT.parent / "shared" / "reference" / "series.csv"
ARTICLES = {article.doc_id: article for article in read([ROOT / "reports" / "articles"])}

WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12, "dozens": 12,
    "half": 0.5, "third": None, "quarter": 0.25,
}  # fmt: skip
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NOT_QUANTITIES = re.compile(
    rf"\b(?:\d{{1,2}} (?:and|to) )?\d{{1,2}} {MONTH}\b|\b20(?:22|23|25)\b|\b\d{{1,2}}:\d\d\b|\b[A-Za-z]+-?\d+\b"
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(w for w in WORDS if w != "third") + r")\b", re.I)

every_article = pytest.mark.parametrize("doc_id", sorted(ARTICLES))


def numbers(text: str) -> list[str]:
    return [m.group().lower().rstrip(",") for m in NUMBER.finditer(NOT_QUANTITIES.sub(" ", text))]


def stated(entry: dict) -> set[float]:
    """The values that the words of a recorded figure state."""
    found = numbers(entry["figure"])
    values = {float(n.replace(",", "")) if n[0].isdigit() else float(WORDS[n]) for n in found}
    if " million" in entry["figure"]:
        values = {v * 10**6 for v in values if v != 10**6}
    if entry["figure"] in ("a hundred thousand", "two dozen"):
        values = {{"a hundred thousand": 100_000.0, "two dozen": 24.0}[entry["figure"]]}
    return values or ({1.0} if entry["figure"] == "one percent" else set())


def recorded(entry: dict) -> set[float]:
    return {float(entry[key]) for key in ("value", "low", "high") if key in entry}


def body(article: Article) -> str:
    return article.text[slice(*article.body)]


def test_there_are_samples_of_each_kind():
    assert len(ARTICLES) >= 24
    assert sum("deliberate_mistake" in a.meta for a in ARTICLES.values()) >= 3


@every_article
def test_front_matter_is_complete(doc_id):
    article = ARTICLES[doc_id]
    assert article.title and article.author
    assert article.publisher == "Ascribe sample desk"
    assert article.language == "en"
    assert doc_id.startswith(article.published.isoformat())
    assert 80 <= len(body(article).split()) <= 220
    for entry in article.meta["record"]:
        assert {"figure", "what", "publisher", "date", "source_url", "taken_from"} <= entry.keys(), entry
        assert isinstance(entry["date"], dt.date) and entry["date"] <= article.published
        assert entry["source_url"].startswith("https://")
        assert recorded(entry), entry


@every_article
def test_every_number_in_the_text_is_in_the_record(doc_id):
    article = ARTICLES[doc_id]
    in_record = {n for entry in article.meta["record"] for n in numbers(entry["figure"])}
    assert set(numbers(f"{article.title}\n{body(article)}")) <= in_record
    assert in_record <= set(numbers(f"{article.title}\n{body(article)}")), "recorded, but not in the text"


@every_article
def test_every_recorded_figure_says_what_it_records(doc_id):
    for entry in ARTICLES[doc_id].meta["record"]:
        if entry.get("rounded"):
            assert all(abs(a - b) <= 0.02 * b for a in stated(entry) for b in recorded(entry)), entry
        elif "mistake" not in entry:
            assert stated(entry) == recorded(entry), entry


@every_article
def test_a_mistake_is_made_on_purpose_and_said(doc_id):
    meta = ARTICLES[doc_id].meta
    assert any("mistake" in entry for entry in meta["record"]) == ("deliberate_mistake" in meta)


def test_the_checks_find_what_each_article_does_wrong_on_purpose():
    """By the facts that come with the package; one figure of each article at least, whatever else is read of it."""
    erring = [a for a in ARTICLES.values() if "deliberate_mistake" in a.meta]
    ledger = Ledger.from_articles(erring)
    found = findings.admitted(ledger, findings.audit(ledger, findings.shipped()))
    assert set(found["doc_id"]) == {a.doc_id for a in erring}
    assert found.groupby("doc_id")["found"].any().all(), found[~found["found"]].to_string()


def test_no_quotation_is_put_into_a_real_mouth():
    for article in ARTICLES.values():
        assert not re.search('["“”«»]', body(article)), article.doc_id


@pytest.fixture(scope="module")
def series() -> dict[tuple[str, str], dict[str, str]]:
    if not SERIES.exists():
        pytest.skip(f"no reference series at {SERIES.relative_to(ROOT.parent)}")
    with SERIES.open(encoding="utf-8") as file:
        return {(row["series_id"], row["date"]): row for row in csv.DictReader(file)}


@every_article
def test_recorded_values_stand_in_the_series(doc_id, series):
    for entry in ARTICLES[doc_id].meta["record"]:
        origin = entry["taken_from"]
        if origin == "page" and "derived" not in entry:
            continue
        origins = [] if origin == "page" else origin if isinstance(origin, list) else [origin]
        rows = [series[o["series_id"], o["date"].isoformat()] for o in origins]
        values = [float(row[key]) for row in rows for key in ("value", "low", "high") if row[key]]
        if "derived" in entry:
            left, sign, right = entry["derived"].split()
            result = {"-": float(left) - float(right), "+": float(left) + float(right)}.get(
                sign, float(left) / float(right)
            )
            assert result == entry["value"], entry
            given = values or [v for e in ARTICLES[doc_id].meta["record"] for v in recorded(e)]
            assert float(left) in given and (sign == "/" or float(right) in given), entry
        else:
            assert recorded(entry) == set(values), entry
        for row in rows:
            if row["source_url"]:
                assert entry["source_url"] == row["source_url"].split("#")[0], entry
