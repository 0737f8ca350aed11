"""`ascribe extract` as a user meets it: one process, real files, good and bad."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from ascribe import Ledger

GOOD = """---
title: Mine collapses near Orvan
published: 2031-05-14
publisher: The Kestria Courier
---

At least 40 miners were killed in the collapse, Marisol Tane, the mayor of Orvan, said on Tuesday.

The Orvan Ministry of Health put the toll at 12. "We are still counting," a spokesman said.
"""


def ascribe(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ascribe.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)


def bad_inputs(folder: Path) -> dict[str, Path]:
    files = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 8,
        "broken.txt": b"Forty miners died in Orvan, officials said. " * 4 + b"\xff\xfe\xfa",
        "menu.html": b"<html><body><nav><a href='/'>Home</a> <a href='/about'>About</a></nav></body></html>",
        "lines.jsonl": b'{"doc_id": "good_line", "text": "Forty miners died, officials said."}\nnot json\n',
        "nothing.pdf": b"%PDF-1.4\n%%EOF\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in files} | {"missing.txt": folder / "missing.txt"}


def test_one_article(tmp_path):
    (tmp_path / "mine.md").write_text(GOOD, encoding="utf-8")
    done = ascribe("extract", tmp_path / "mine.md", "--out", tmp_path / "ledger", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # no bar where there is no terminal
    assert done.stdout.startswith("1 article: ") and done.stdout.count("\n") == 1
    ledger = Ledger.load(tmp_path / "ledger")
    document = ledger.documents.iloc[0]
    assert (document["doc_id"], document["publisher"], document["published"]) == (
        "mine",
        "The Kestria Courier",
        "2031-05-14",
    )
    figure = ledger.figures[ledger.figures["number"] == "40"].iloc[0]
    assert (figure["bound"], figure["category"], figure["source_name"]) == ("at_least", "killed", "Marisol Tane")
    assert GOOD[figure["start"] : figure["end"]] == "40"


def test_each_bad_input_is_named_and_costs_only_itself(tmp_path):
    bad = bad_inputs(tmp_path)
    (tmp_path / "mine.md").write_text(GOOD, encoding="utf-8")
    done = ascribe("extract", *bad.values(), tmp_path / "mine.md", "--out", tmp_path / "ledger", "--format", "csv")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    said = done.stderr.splitlines()
    for name in bad:
        assert sum(name in line for line in said) == 1, (name, said)
    assert "lines.jsonl:2" in done.stderr
    assert sorted(Ledger.load(tmp_path / "ledger").documents["doc_id"]) == ["good_line", "mine"]


def test_nothing_readable_writes_nothing(tmp_path):
    done = ascribe("extract", tmp_path / "missing.txt", "--out", tmp_path / "ledger")
    assert done.returncode == 1 and "missing.txt" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "ledger").exists()


def test_published_dates_an_undated_article(tmp_path):
    (tmp_path / "undated.txt").write_text("Twelve miners were killed on Tuesday, officials said.", encoding="utf-8")
    ascribe("extract", tmp_path / "undated.txt", "--out", tmp_path / "ledger", "--published", "2031-05-14")
    assert Ledger.load(tmp_path / "ledger").documents["published"].tolist() == ["2031-05-14"]


HOSTILE = '<script>alert(1)</script> said 12 "><svg onload=alert(1)> {{7*7}} =HYPERLINK("x") #let x'
HOSTILE += " \\input{x} \x00 \u202e died."


def test_hostile_text_comes_through_as_text(tmp_path):
    article = {"doc_id": "=cmd()", "title": HOSTILE, "publisher": HOSTILE, "text": f"{HOSTILE}\n\n{HOSTILE}"}
    (tmp_path / "hostile.jsonl").write_text(json.dumps(article), encoding="utf-8")
    done = ascribe("extract", tmp_path / "hostile.jsonl", "--out", tmp_path / "ledger", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert Ledger.load(tmp_path / "ledger").documents["text"].tolist() == [article["text"]]


def test_a_partys_table_of_ones_own_decides(tmp_path):
    (tmp_path / "mine.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "parties.csv").write_text(
        "name,kind,party,aliases\nMarisol Tane,person,Kestria,Tane\n", encoding="utf-8"
    )
    ascribe("extract", tmp_path / "mine.md", "--out", tmp_path / "l", "--parties", tmp_path / "parties.csv")
    sources = Ledger.load(tmp_path / "l").sources.set_index("name")
    assert sources.loc["Marisol Tane", "party"] == "Kestria"


@pytest.mark.parametrize(
    "arguments", [["extract"], ["extract", "x.txt"], ["extract", "x", "--out", "y", "--format", "xls"]]
)
def test_a_wrong_call_is_told_how(arguments):
    done = ascribe(*arguments)
    assert done.returncode == 2 and "Usage:" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-", "--out", "ledger"], 1, "standard input is not read: save the article as a file that ends in .txt"),
        (["mine.md", "--out", "mine.md"], 1, "mine.md: is a file; name a folder"),
        (["mine.md", "--out", "ledger", "--published", "3/4/2021"], 2, "write year, month and day as 2024-02-29"),
        (["мои заметки/орва.md", "--out", "вы ход"], 0, ""),
    ],
)
def test_what_people_type(tmp_path, monkeypatch, arguments, code, said):
    monkeypatch.chdir(tmp_path)
    Path("мои заметки").mkdir()
    for path in ("mine.md", "мои заметки/орва.md"):
        Path(path).write_text(GOOD, encoding="utf-8")
    done = ascribe("extract", *arguments)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr


def test_people_s_decisions_are_carried_out_and_what_became_of_each_is_said(tmp_path):
    (tmp_path / "mine.md").write_text(GOOD, encoding="utf-8")
    start = GOOD.index("40 miners")
    row = {"reviewer": "Ana", "day": "2031-05-15", "doc_id": "mine", "table": "figures", "action": "edit"}
    row |= {"column": "category", "old": "killed", "new": "missing", "reason": "the mayor was corrected"}
    row |= {"exact": "40", "prefix": "At least ", "suffix": " miners were killed", "start": start}
    gone = row | {"exact": "41", "column": "whose", "old": None, "new": "Kestria"}
    (tmp_path / "mine.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps(gone)}\n")
    asked = ["extract", tmp_path / "mine.md", "--out", tmp_path / "ledger", "--corrections", tmp_path / "mine.jsonl"]
    done = ascribe(*asked)
    assert done.returncode == 0, done.stderr
    assert "corrections: 1 applied, 1 lost" in done.stdout
    assert done.stderr == "ascribe: mine.jsonl:2: lost: its words are gone from the article (“41”, edit)\n"
    figure = Ledger.load(tmp_path / "ledger").figures.iloc[0]
    assert (figure["category"], figure["reviewed"]) == ("missing", "corrected")
    (tmp_path / "mine.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps(row | {'new': 'gone'})}\n")
    done = ascribe(*asked)
    assert done.returncode == 1 and "mine.jsonl:2: no category 'gone'" in done.stderr
    assert Ledger.load(tmp_path / "ledger").figures["category"][0] == "missing"  # and the ledger is as it was


@pytest.mark.parametrize("jobs", [(), ("--jobs", "1")])
def test_pages_by_their_addresses(tmp_path, monkeypatch, root, jobs):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.syspath_prepend(root / "tests" / "articles")
    from sites import html, serving

    with serving() as site:
        site.replies["/a"] = html()
        addresses = [f"{site.address}/{name}" for name in ("a", "gone")]
        done = ascribe("extract", *addresses, "--out", tmp_path / "ledger", *jobs)
        assert done.returncode == 1, done.stderr
        assert f"ascribe: {addresses[1]}: no such page there (status 404)" in done.stderr
        assert "; 1 input could not be read" in done.stdout
        none = ascribe("extract", addresses[1], "--out", tmp_path / "ledger", *jobs)
        assert none.returncode == 1 and "nothing was written" in none.stderr
    offline = ascribe("extract", tmp_path / "ledger-pages", "--out", tmp_path / "again")
    assert offline.returncode == 0, offline.stderr
    fetched, again = Ledger.load(tmp_path / "ledger"), Ledger.load(tmp_path / "again")
    assert fetched.documents["url"].tolist() == again.documents["url"].tolist() == addresses[:1]
    assert fetched.figures["number"].tolist() == again.figures["number"].tolist() != []
