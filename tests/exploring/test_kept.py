"""What was extracted is kept by text and version, and what is wrong with it costs nothing but the work."""

from __future__ import annotations

import dataclasses

import ascribe
import pytest
from ascribe.articles import read
from ascribe.exploring.kept import VERSIONS, Kept
from ascribe.publishing.build import keys
from ledgers import extraction

ARTICLE = """---
title: Mine collapses near Orvan
published: 2031-05-14
---

At least 40 miners were killed, Marisol Tane, the mayor of Orvan, said on Tuesday, according to the Courier.
"""


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("ASCRIBE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_was_kept_is_what_was_extracted(cache, tmp_path):
    (tmp_path / "mine.md").write_text(ARTICLE, encoding="utf-8")
    [article] = read(tmp_path / "mine.md")
    [made] = Kept.here().extract_all([article], on_error=print)
    found = Kept.here().get(article)
    assert found == made and found.figures and found.claims and found.claims[0].via == ("Courier",)
    assert Kept.here().get(dataclasses.replace(article, path="elsewhere")) is not None
    for other in (article.text + " ", article.text.replace("40", "41")):
        assert Kept.here().get(dataclasses.replace(article, text=other)) is None


def test_another_version_keeps_for_itself(cache, monkeypatch):
    found = extraction()
    Kept.here().put(found)
    assert Kept.here().get(found.article) == found
    for n in range(VERSIONS + 2):
        monkeypatch.setattr(keys, "shared", lambda n=n: f"version-{n:08}")
        assert Kept.here().get(found.article) is None
    assert len(list((cache / "extractions").iterdir())) == VERSIONS


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"claims": [{}], "figures": []}', b"\xff", b"[" * 100_000])
def test_what_is_damaged_is_extracted_anew(cache, damage):
    found = extraction()
    Kept.here().put(found)
    [path] = cache.rglob("*.json")
    path.write_bytes(damage)
    assert Kept.here().get(found.article) is None
    Kept.here().put(found)
    assert Kept.here().get(found.article) == found


def test_a_cache_that_cannot_be_written_costs_nothing_else(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASCRIBE_CACHE", str(tmp_path / "file"))
    kept = Kept.here()
    kept.put(extraction())
    assert kept.get(extraction().article) is None


def test_opening_again_extracts_nothing(cache, tmp_path, monkeypatch):
    (tmp_path / "mine.md").write_text(ARTICLE, encoding="utf-8")
    first = ascribe.open(tmp_path / "mine.md")

    def never(articles, **how):
        assert not list(articles), "extracted again"
        return iter(())

    monkeypatch.setattr("ascribe.exploring.kept.extract_all", never)
    again = ascribe.open(tmp_path / "mine.md")
    assert again.figures.equals(first.figures) and len(first.figures)
