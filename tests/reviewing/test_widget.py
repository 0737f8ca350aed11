"""The widget: its session without a page, then in a real browser on a real JupyterLab."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from ascribe.errors import CorrectionError
from ascribe.ledger import corrections
from ascribe.reviewing.order import claims, ordered
from ascribe.reviewing.session import Session, Writer, _marks
from ascribe.reviewing.widget import review
from browsers import CHROMIUM
from ledgers import ORVAN, ledger

SAID = ORVAN[: ORVAN.index(", Marisol")]


def session(folder: Path, made=None, reviewer: str = "Ana") -> Session:
    made = made or ledger()
    writer = Writer(folder / "c.jsonl", reviewer, "2031-05-14")
    return Session(made, writer, ordered(made, "text"), claims(made, "text"))


def fates(folder: Path) -> list[str]:
    return list(ledger().corrected(folder / "c.jsonl").decisions["fate"])


def test_each_decision_is_written_at_once(tmp_path):
    going = session(tmp_path)
    going.accept(going.queue[0])
    assert [d.action for d in corrections.read(tmp_path / "c.jsonl")] == ["accept"]
    going.reject(going.queue[2], "a year")
    going.edit(going.queue[1], {"low": "11", "category": "wounded", "whose": None}, "misread")
    held = corrections.read(tmp_path / "c.jsonl")
    assert [(d.action, d.column, d.reason) for d in held] == [
        ("accept", None, None), ("reject", None, "a year"), ("edit", "low", "misread"), ("edit", "category", "misread"),
    ]  # fmt: skip
    assert fates(tmp_path) == ["applied"] * 4
    told = {"total": 4, "done": 3, "accepted": 1, "corrected": 1, "rejected": 1}
    assert going.progress()["of"]["figures"] == told and told.items() <= going.progress().items()
    assert going.unseen() == 3


def test_what_was_decided_before_is_known(tmp_path):
    first = session(tmp_path)
    first.reject(first.queue[0])
    first.edit(first.queue[1], {"category": "wounded"})
    later = session(tmp_path)
    assert later.unseen() == 2 and later.card(later.queue[1])["cells"]["category"] == "wounded"
    assert later.card(later.queue[0])["rejected"] and later.card(later.queue[1])["reviewed"] == "corrected"


def test_undo_takes_back_one_decision_after_another(tmp_path):
    going = session(tmp_path)
    figure = going.queue[0]
    going.edit(figure, {"category": "wounded"})
    going.edit(figure, {"category": "missing"})
    going.accept(figure)
    for category in ("missing", "wounded", "killed"):
        assert going.undo() == figure
        assert going.card(figure)["cells"]["category"] == category
    assert going.undo() is None and going.progress()["done"] == 0
    assert set(fates(tmp_path)) == {"withdrawn"}  # the file has it all: nothing is ever taken out of it


def test_what_is_impossible_is_not_written(tmp_path):
    going = session(tmp_path)
    for cells in ({"category": "kiled"}, {"value": "many"}, {"bound": "range"}, {"as_of": "yesterday"}):
        with pytest.raises(CorrectionError):
            going.edit(going.queue[0], cells)
    going.accept(going.queue[0])
    with pytest.raises(CorrectionError, match="contradict"):
        session(tmp_path, reviewer="Eva").reject(going.queue[0])
    assert len(corrections.read(tmp_path / "c.jsonl")) == 1


def test_a_figure_that_was_missed_is_added(tmp_path):
    going = session(tmp_path)
    span = ORVAN.index("Tuesday"), ORVAN.index("Tuesday") + len("Tuesday")
    with pytest.raises(CorrectionError, match="has a value"):
        going.add(going.queue[0], span, {"bound": "exact"})
    going.add(
        going.queue[0], span, {"value": "1", "category": "other", "source_name": "Marisol Tane", "low": ""}, "missed"
    )
    made = ledger().corrected(tmp_path / "c.jsonl").figures.set_index("number")
    assert (made.at["Tuesday", "reviewed"], made.at["Tuesday", "source_name"]) == ("added", "Marisol Tane")
    assert going.undo() == going.queue[0] and set(fates(tmp_path)) == {"withdrawn"}


def test_claims_are_gone_through_too(tmp_path):
    going = session(tmp_path)
    going.table = "claims"
    (claim,) = going.queue
    card = going.card(claim)
    marked = {kind: card["text"][s:e] for s, e, kind in card["marks"]}
    assert marked == {"content": SAID, "source": "Marisol Tane", "cue": "said"}
    assert card["cells"]["source_name"] == "Marisol Tane" and card["words"] == SAID
    going.accept(claim)
    going.edit(claim, {"source_name": "The company", "cue": "put", "via": "Osk Herald; Osk Radio"}, "misread")
    made = ledger().corrected(tmp_path / "c.jsonl").claims.iloc[0]
    assert (made["source_name"], made["cue"], list(made["via"])) == ("The company", "put", ["Osk Herald", "Osk Radio"])
    assert going.progress()["of"]["claims"]["corrected"] == 1 and going.progress()["of"]["figures"]["done"] == 0
    going.table = "figures"
    assert going.undo() == claim and going.table == "claims"
    assert going.card(claim)["cells"]["source_name"] == "Marisol Tane"
    going.reject(claim, "nobody says so")
    span = ORVAN.index("Some 9,000"), ORVAN.index(". Two")
    going.add(claim, span, {"source_name": "The company", "cue": "say"}, "missed")
    made = ledger().corrected(tmp_path / "c.jsonl").claims
    assert list(made["text"]) == ["Some 9,000 people live in the town"] and list(made["reviewed"]) == ["added"]


@pytest.mark.parametrize(
    ("first", "then", "marks"),
    [
        ([(5, 9, "source")], [(0, 20, "content")], [(0, 5, "content"), (5, 9, "source"), (9, 20, "content")]),
        ([(5, 9, "source")], [(5, 9, "content")], [(5, 9, "source")]),
        ([(5, 9, "source"), (12, 14, "cue")], [(0, 4, "content"), (20, 30, "content")],
         [(0, 4, "content"), (5, 9, "source"), (12, 14, "cue"), (20, 30, "content")]),
        ([(5, 9, "figure")], [(7, 12, "source")], [(5, 9, "figure"), (9, 12, "source")]),
    ],
)  # fmt: skip
def test_marks_do_not_lie_upon_each_other(first, then, marks):
    assert _marks(first, then) == marks


def test_a_source_is_renamed_in_all_its_mentions(tmp_path):
    going = session(tmp_path, ledger("orvan", "quellin"))
    going.merge("The company", "Orvan Mining", going.queue[1])
    made = ledger("orvan", "quellin").corrected(tmp_path / "c.jsonl")
    assert made.figures["source_name"].eq("Orvan Mining").sum() == 2
    going.undo()
    assert (
        not ledger("orvan", "quellin").corrected(tmp_path / "c.jsonl").figures["source_name"].eq("Orvan Mining").any()
    )


def test_a_thousand_figures_do_not_keep_anybody_waiting(tmp_path):
    made = ledger(*(f"article-{i:03}" for i in range(250)))
    begun = time.perf_counter()
    going = session(tmp_path, made)
    opened = time.perf_counter() - begun
    begun = time.perf_counter()
    for i in range(5):
        going.card(going.queue[i])
        going.accept(going.queue[i])
    each = (time.perf_counter() - begun) / 5
    assert len(going.queue) == 1000 and opened < 10 and each < 1.0  # generous: a busy machine; a tenth of it at rest


def test_the_widget_without_a_page(tmp_path):
    pytest.importorskip("anywidget")
    made = review(ledger(), tmp_path / "c.jsonl", reviewer="Ana", order="text")
    assert made.card["words"] == "40" and made.progress["total"] == 4 and "killed" in made.lists["category"]
    made.asked({"do": "accept", "row_id": made.card["row_id"]})
    assert made.card["words"] == "12 to 15" and made.message == "Accepted."
    made.asked({"do": "accept", "row_id": "figure_of_before"})
    assert "too soon" in made.message and made.card["words"] == "12 to 15"
    made.asked({"do": "edit", "row_id": made.card["row_id"], "cells": {"low": "99"}})
    assert made.message.startswith("Not written.") and "a range has" in made.message
    for what, number in (("next", "9,000"), ("back", "12 to 15"), ("undo", "40"), ("undo", "40")):
        made.asked({"do": what})
        assert made.card["words"] == number
    assert "nothing to undo" in made.message
    made.asked({"do": "turn"})
    assert made.card["table"] == "claims" and made.progress["table"] == "claims" and made.progress["total"] == 1
    made.asked({"do": "reject", "row_id": made.card["row_id"]})
    assert made.message == "Rejected." and made.progress["of"]["claims"]["rejected"] == 1
    made.asked({"do": "turn"})
    assert made.card["table"] == "figures" and made.card["words"] == "40"
    last = ledger().figures["figure_id"].iloc[-1]
    assert review(ledger(), tmp_path / "e.jsonl", order=[last]).card["words"] == "Two"
    assert review(ledger(), tmp_path / "d.jsonl", sample=2, seed=3).progress["total"] == 2


# in JupyterLab

WAIT = 180_000
SELECT = """words => {
  const text = document.querySelector(".ascribe-review .text").firstChild, at = text.data.indexOf(words);
  const range = document.createRange();
  range.setStart(text, at); range.setEnd(text, at + words.length);
  window.getSelection().removeAllRanges(); window.getSelection().addRange(range);
}"""
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab on a folder with a ledger and a notebook that reviews it: `(address, folder)`."""
    pytest.importorskip("jupyterlab")
    pytest.importorskip("anywidget")
    folder = tmp_path_factory.mktemp("lab")
    ledger(text=ORVAN.replace("Some 9,000", f"{HOSTILE} 😀 Some 9,000")).save(folder / "ledger")
    code = "from ascribe import Ledger, review\n"
    code += "review(Ledger.load('ledger'), 'c.jsonl', reviewer='Ana', order='text')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, id="one")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "review.ipynb")
    home = tmp_path_factory.mktemp("home")
    env = os.environ | {
        "HOME": str(home),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_CONFIG_DIR": str(home),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0",
               "--ServerApp.token=t", "--LabApp.news_url=None", "--LabApp.check_for_updates_class="
               "jupyterlab.NeverCheckForUpdate", f"--notebook-dir={folder}"]  # fmt: skip
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=folder)
    try:
        for _ in range(600):
            found = list((home / "runtime").glob("jpserver-*.json"))
            if found and found[0].read_text().strip().endswith("}"):
                break
            assert server.poll() is None, (home / "log").read_text()
            time.sleep(0.2)
        yield json.loads(found[0].read_text())["url"], folder
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_reviewing_in_jupyterlab(lab):
    sync = pytest.importorskip("playwright.sync_api")
    address, folder = lab
    file = folder / "c.jsonl"
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(WAIT)
        dialogs: list[str] = []
        page.on(
            "dialog", lambda d: d.accept() if d.type == "beforeunload" else (dialogs.append(d.message), d.dismiss())
        )
        page.goto(f"{address}lab/tree/review.ipynb?token=t&reset", wait_until="commit")
        root = page.locator(".ascribe-review")

        def run() -> None:
            cell = page.locator(".jp-Notebook .jp-CodeCell .cm-content").first
            cell.wait_for(timeout=WAIT)
            page.get_by_text("| Idle").wait_for(timeout=WAIT)  # what is run before the kernel is there is not run
            cell.click()
            page.keyboard.press("Shift+Enter")
            root.wait_for(timeout=WAIT)

        def shows(words: str) -> None:
            root.locator(".figure", has_text=words).wait_for(timeout=WAIT)

        def said(words: str) -> None:
            root.locator(".said", has_text=words).wait_for(timeout=WAIT)

        def written() -> list[tuple]:
            return [(d.action, d.column, d.exact) for d in corrections.read(file)]

        run()
        shows("1: 40")
        assert root.locator("mark.figure").inner_text() == "40"
        assert root.locator("mark.source").inner_text() == "Marisol Tane"
        root.focus()
        page.keyboard.press("a")  # accept
        shows("2: 12 to 15")
        assert written() == [("accept", None, "40")]
        page.keyboard.press("e")  # edit
        root.locator("select[name=category]").select_option("wounded")
        root.locator("input[name=source_name]").fill("Marisol Tane")
        root.locator(".reason").fill("misread")
        root.locator("input[name=low]").fill("11")
        page.keyboard.press("Enter")
        said("3 cells corrected")
        assert root.locator(".cell-category").inner_text() == "wounded"
        assert sorted(c for a, c, _ in written() if a == "edit") == ["category", "low", "source_name"]
        assert {d.reason for d in corrections.read(file) if d.action == "edit"} == {"misread"}
        page.keyboard.press("n")  # next
        shows("3: 9,000")
        assert HOSTILE in root.locator(".text").inner_text() and root.locator(".text img").count() == 0
        assert root.locator("mark.figure").inner_text() == "9,000"  # and not some characters off, after the face
        page.keyboard.press("r")  # reject
        shows("4: Two")
        page.keyboard.press("u")  # undo
        shows("3: 9,000")
        said("Taken back")
        assert [a for a, _, exact in written() if exact == "9,000"] == ["reject", "withdraw"]
        page.evaluate(SELECT, "Tuesday")
        root.focus()
        page.keyboard.press("m")  # missed
        root.locator(".figure", has_text="Missed: Tuesday").wait_for()
        root.locator("input[name=value]").fill("1")
        page.keyboard.press("Enter")
        said("Added.")
        assert written()[-1] == ("add", None, "Tuesday")
        page.keyboard.press("p")  # back
        shows("2: 12 to 15")
        assert root.locator(".count").inner_text().startswith("2 of 4 looked at: 1 accepted, 1 corrected")
        page.keyboard.press("c")  # claims
        shows("1: At least 40 miners")
        assert root.locator("mark.content").inner_text() == SAID
        assert root.locator("mark.cue").inner_text() == "said"
        page.keyboard.press("e")
        root.locator("input[name=source_name]").fill("The company")
        page.keyboard.press("Enter")
        said("1 cell corrected")
        assert written()[-1] == ("edit", "source_name", SAID)
        root.locator("button.tab.figures").click()
        shows("2: 12 to 15")
        root.focus()
        page.keyboard.press("x")  # JupyterLab would cut the cell
        page.keyboard.press("e")
        root.locator("input[name=low]").fill("many")
        page.keyboard.press("Enter")
        said("Not written")
        before = file.read_bytes()
        page.reload(wait_until="commit")  # and everything decided is still there
        run()
        shows("3: 9,000")
        assert root.locator(".count").inner_text().startswith("2 of 4 looked at")
        assert file.read_bytes() == before and dialogs == []
        shot = os.environ.get("ASCRIBE_SHOT")
        if shot:
            root.screenshot(path=shot)
        browser.close()
