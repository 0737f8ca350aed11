"""`ascribe explain`: from a file, a ledger or a sentence."""

from __future__ import annotations

import pytest
from ascribe.cli import main
from click.testing import CliRunner

ARTICLE = """---
title: Mine collapses near Orvan
published: 2031-05-14
---

At least 40 miners were killed on Tuesday, Marisol Tane, the mayor of Orvan, said. Six are missing.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained")
    (folder / "mine.md").write_text(ARTICLE, encoding="utf-8")
    done = CliRunner().invoke(main, ["extract", str(folder / "mine.md"), "--out", str(folder / "ledger")])
    assert done.exit_code == 0
    return folder


def run(*arguments) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["explain", *map(str, arguments)])
    return done.exit_code, done.output


def test_without_a_figure_all_are_listed_with_their_ids(folder):
    code, said = run(folder / "mine.md")
    assert code == 0
    assert [line.split("  ")[1:] for line in said.splitlines()] == [
        ["mine", "At least 40", "killed", "Marisol Tane"],
        ["mine", "Six", "missing", said.splitlines()[1].split("  ")[-1]],
    ]


def test_a_figure_of_a_ledger_by_its_id_and_of_an_article_by_its_words_read_alike(folder):
    name = run(folder / "ledger")[1].split()[0]
    code, by_id = run(folder / "ledger", name)
    assert code == 0 and f"{name}  mine, characters" in by_id
    assert run(folder / "ledger", name[:14])[1] == by_id == run(folder / "mine.md", "40")[1]
    assert "2031-05-13" in by_id  # the day of publication is known to the ledger


def test_a_sentence_can_be_explained():
    code, said = run("Nine died, a medic said.", "Nine")
    assert code == 0 and "a medic, explicit" in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("mine.md", "77"), "mine has no figure '77'; it has 40 (figure_"),
        (("nothing.md", "7"), "no such file or folder"),
        ((".", "7"), "'7' is no figure of these"),
    ],
)
def test_what_cannot_be_explained_is_said_in_one_line(folder, given, words):
    (folder / "other.md").write_text("Three fled.", encoding="utf-8")
    code, said = run(folder / given[0], given[1])
    assert code != 0 and words in said and "Traceback" not in said and len(said.splitlines()) == 1
