"""A figure's card: its words, nothing else's markup, no request."""

from __future__ import annotations

import re

import ascribe
import pytest
from ascribe.articles.front_matter import beginning
from ascribe.desk import card
from ascribe.errors import LedgerError
from ledgers import ORVAN, ledger

HOSTILE = "<img src=x onerror=alert(1)>"


def test_who_stands_behind_it_and_its_words():
    made = ledger()
    shown = {f.number: card.card(made, f.figure_id) for f in made.figures.itertuples()}
    assert ">at least 40 miners<" in shown["40"] and ">Marisol Tane<" in shown["40"]
    assert re.search(r"At least <mark[^>]*>40</mark> miners were killed", shown["40"])
    assert "Nobody is said to stand behind it" in shown["9,000"]
    assert beginning(ORVAN) == 0
    with pytest.raises(LedgerError, match="no figure"):
        card.card(made, "figure_of_nothing")


def test_nothing_is_asked_for_and_nothing_of_theirs_is_markup(tmp_path):
    made = ledger(text=ORVAN.replace("At least 40", f"{HOSTILE} At least 40"))
    made.documents["url"] = ["https://example.org/a?b=1&c='\""]
    page = card.page(made, made.figures["figure_id"].iloc[0])
    assert HOSTILE not in page and "&lt;img" in page and "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe)|<[^>]*\ssrc=|url\(|@import", page)
    assert 'href="https://example.org/a?b=1&amp;c=&#x27;&quot;"' in page
    made.documents["url"] = ["javascript:alert(1)"]
    assert "href" not in card.page(made, made.figures["figure_id"].iloc[0])


def test_cards_of_the_gravest(tmp_path):
    paths = ascribe.open(ledger()).chosen().cards(tmp_path)
    assert len(paths) == 4 and ">at least 40 miners<" in paths[0].read_text() + paths[1].read_text()
