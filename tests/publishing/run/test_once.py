"""What a build does once: loading before it copies itself, and extracting a set of articles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from ascribe.articles import Article
from ascribe.errors import ArticleError
from ascribe.ledger import Ledger, memory
from ascribe.ledger import ledger as module
from ascribe.publishing.run import warm_up

TEXT = "At least 40 people were killed at Orvan, Marisol Tane, the mayor, said on Tuesday."


@pytest.fixture
def articles() -> list[Article]:
    return [Article.from_text(TEXT, "one"), Article.from_text(f"{TEXT} Nobody else was hurt.", "two")]


@pytest.fixture
def extracted(monkeypatch) -> list[str]:
    """The articles that are really extracted, as they are."""
    found: list[str] = []
    real = module.extract_all

    def counted(articles, **options):
        for extraction in real(articles, **options):
            found.append(extraction.article.doc_id)
            yield extraction

    monkeypatch.setattr(module, "extract_all", counted)
    return found


def same(one: Ledger, other: Ledger) -> None:
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])


def test_the_same_articles_are_extracted_once(articles, extracted, tmp_path):
    alone = Ledger.from_articles(articles)
    with memory.cache_in(tmp_path / "ledgers"):
        first = Ledger.from_articles(iter(articles))
        del extracted[:]
        again = Ledger.from_articles(articles)
        assert extracted == []
        same(first, alone)
        same(again, alone)
        again.figures.loc[:, "number"] = "changed by a notebook"
        same(Ledger.from_articles(articles), alone)
        Ledger.from_articles(articles[:1])  # not these, but some of them
        assert extracted == ["one"]
    Ledger.from_articles(articles[:1])
    assert extracted == ["one", "one"]  # remembered no longer


def test_what_else_is_asked_for_is_made_anew(articles, extracted, tmp_path):
    parties = tmp_path / "parties.csv"
    parties.write_text("name,kind,party,aliases\nMarisol Tane,person,Orvan,\n")
    with memory.cache_in(tmp_path / "ledgers"):
        plain = Ledger.from_articles(articles)
        other = Ledger.from_articles(articles, parties)
    assert extracted == ["one", "two"] * 2
    assert set(other.sources["party"]) != set(plain.sources["party"])


def test_what_went_wrong_is_told_each_time(articles, monkeypatch, tmp_path):
    real = module.extract_all

    def failing(listed, on_error=None, **options):
        yield from real(list(listed)[:1], **options)
        on_error(ArticleError("two.md", "cannot be extracted"))

    monkeypatch.setattr(module, "extract_all", failing)
    with memory.cache_in(tmp_path / "ledgers"):
        for _ in range(2):
            told: list[ArticleError] = []
            assert len(Ledger.from_articles(articles, on_error=told.append).documents) == 1
            assert [str(e) for e in told] == ["two.md: cannot be extracted"]
        with pytest.raises(ArticleError, match=r"two\.md"):
            Ledger.from_articles(articles)


def test_a_folder_that_cannot_be_written_costs_only_the_memory(articles, tmp_path):
    (tmp_path / "file").write_text("")
    with memory.cache_in(tmp_path / "file" / "ledgers"):
        same(Ledger.from_articles(articles), Ledger.from_articles(articles))


def test_warming_up_leaves_nothing_but_what_it_loaded(tmp_path):
    """It starts no thread: a copy of a process that holds one may wait for it for ever."""
    script = (
        "import os, random, sys, matplotlib as mpl\n"
        "from ascribe.publishing.run import warm_up, worker\n"
        "worker.preload((*worker.ALWAYS, *worker.DRAWS, *worker.EXTRACTS, *warm_up.SHELL))\n"
        "import ascribe.language.pipeline as p; p.load()\n"
        "def state(): return len(os.listdir('/proc/self/task')), dict(mpl.rcParams), random.getstate(), os.getcwd()\n"
        "before = state()\n"
        "warm_up.warm_up()\n"
        "from matplotlib import pyplot\n"
        "assert state() == before and not pyplot.get_fignums()\n"
        "assert 'matplotlib_inline.backend_inline' not in sys.modules\n"
    )
    if not Path("/proc/self/task").is_dir():
        pytest.skip("threads cannot be counted here")
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())


def test_what_warming_up_names_is_there():
    for name in warm_up.SHELL:
        __import__(name)
