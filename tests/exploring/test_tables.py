"""Tables to sort, filter and search: what they hold, and what is said where they hold less."""

from __future__ import annotations

import time

import ascribe
import pandas as pd
import pytest
from ascribe.exploring import tables
from browsers import CHROMIUM, watched
from ledgers import ORVAN, ledger

HOSTILE = "</script><img src=x onerror=alert(1)>"


def test_lists_are_words_and_nothing_is_a_dash():
    found = pd.DataFrame({"via": [["Kahl"], []], "n": [1.0, 2.5], "who": [None, "Tane"]})
    plain = tables.frame(found).plain
    assert "Kahl" in plain and "[" not in plain and "(" not in plain and "None" not in plain
    assert "–" in plain and "2.5" in plain


def test_the_four_tables():
    made = ascribe.open(ledger())
    for name, words in (
        ("figures", "40 miners"),
        ("claims", "At least 40"),
        ("sources", "Marisol Tane"),
        ("documents", "orvan"),
    ):
        assert words in made.table(name).plain or name == "documents", name
    with pytest.raises(KeyError, match="choose one of figures"):
        made.table("people")


def test_a_hundred_thousand_rows_are_sampled_and_it_is_said():
    many = pd.DataFrame({"n": range(100_000), "words": "Orvan"})
    begun = time.perf_counter()
    shown = tables.frame(many)
    assert time.perf_counter() - begun < 30
    assert "First 2,000 of 100,000 rows" in shown.html.replace("The first", "First") and len(shown.html) < 1_000_000


def test_of_many_figures_the_gravest_are_kept(monkeypatch):
    monkeypatch.setattr(tables, "MOST", 2)
    kept, said = tables.sampled(ledger("orvan", "quellin").figures, "figures")
    assert list(kept["category"]) == ["killed"] * 2 and "2 of 8 figures" in said


def test_without_itables_the_table_is_a_plain_one(monkeypatch):
    monkeypatch.setattr(tables, "available", lambda: False)
    shown = ascribe.open(ledger()).table()
    assert "<script" not in shown.html and "40 miners" in shown.html


def test_nothing_is_asked_for_from_elsewhere():
    shown = ascribe.open(ledger()).table().html
    assert "unpkg" not in shown and "cdn" not in shown


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_figures_sort_by_their_size_and_not_by_their_letters(tmp_path):
    sync = pytest.importorskip("playwright.sync_api")
    itables = pytest.importorskip("itables")
    from itables.javascript import generate_init_offline_itables_html

    shown = ascribe.open(ledger(*"abcde", text=ORVAN.replace("At least 40", f"{HOSTILE} At least 40"))).table().html
    ready = generate_init_offline_itables_html(itables.options.dt_bundle)
    page_of_it = f"<!DOCTYPE html><meta charset='utf-8'>{ready}{shown}"
    (tmp_path / "table.html").write_text(page_of_it, encoding="utf-8")
    with sync.sync_playwright() as playwright:
        page, *_ = watched(playwright)
        page.goto((tmp_path / "table.html").as_uri())
        rows = page.locator("table.ascribe-rows tbody tr")
        rows.nth(3).wait_for()
        first = page.locator("table.ascribe-rows tbody tr td:first-child")
        page.locator("table.ascribe-rows thead th .dt-column-order").first.click()
        assert [n.split()[0] for n in first.all_inner_texts()] == ["two"] * 5 + ["12"] * 5 + ["at"] * 5
        page.context.browser.close()
