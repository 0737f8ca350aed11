"""A data set is the same to the byte, however it was made: by how many, in how many runs, killed at any moment."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import kills
import pandas as pd
import pytest
from archives import Here, archive, deadly, extracted, files, record
from ascribe.archive import journal as journals
from ascribe.archive import running
from ascribe.archive.crew import KILLED, Processes
from ascribe.articles import read
from ascribe.errors import LedgerError
from ascribe.ledger import Ledger, dataset, storage, swap

RECORDS = [record(n) for n in range(12)]


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(running, "Processes", Here)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The data set of all records, made by one process in one run, and the archive."""
    folder = tmp_path_factory.mktemp("whole")
    path = archive(folder / "archive.jsonl", RECORDS)
    told, failed = extracted(path, folder / "ledger", jobs=1)
    assert (told.extracted, failed) == (12, [])
    return path, folder / "ledger"


def test_it_holds_what_a_small_ledger_of_the_same_articles_holds(whole):
    path, folder = whole
    small = Ledger.from_articles(read(path))
    found = Ledger.load(folder)
    assert len(found.sources) > 5
    for name, table in small.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table)


def test_two_processes_that_die_make_the_same_bytes(whole, tmp_path, monkeypatch):
    """One article kills the first process that it meets, another one every process."""
    monkeypatch.setattr(running, "Processes", functools.partial(Processes, work=deadly))
    monkeypatch.setattr(running, "ARTICLES", 3)
    records = [dict(r) for r in RECORDS]
    records[4]["kills_once"] = str(tmp_path / "killed")
    path = archive(tmp_path / "archive.jsonl", [*records, record(50, kills=True)])
    told, failed = extracted(path, tmp_path / "ledger", jobs=2)
    assert (tmp_path / "killed").exists() and told.extracted == 12
    assert failed == [f"{path}: {KILLED}"]
    shutil.move(path, tmp_path / "other.jsonl")
    again, failed = extracted(tmp_path / "other.jsonl", tmp_path / "ledger", jobs=2)
    assert (again.extracted, again.before, len(failed)) == (0, 12, 1)  # the killer is not tried again
    assert [f.name for f in (tmp_path / "ledger" / "figures").rglob("*.parquet")] == [
        f.name for f in (whole[1] / "figures").rglob("*.parquet")
    ]


def test_in_one_run_or_in_ten(tmp_path, here):
    path = tmp_path / "archive.jsonl"
    for n in (*range(1, 12, 2), 12):
        told, failed = extracted(archive(path, RECORDS[:n]), tmp_path / "ten")
    assert (told.extracted, told.before, failed) == (1, 11, [])
    extracted(path, tmp_path / "one")
    assert files(tmp_path / "ten") == files(tmp_path / "one")


def rows(folder) -> dict[str, list]:
    """The rows of a data set without the path of the file that they came from."""
    tables = Ledger.load(folder).tables
    return {n: plain(n, t) for n, t in tables.items()}


def plain(name, table) -> list[dict[str, object]]:
    return storage.plain_rows(name, table.drop(columns="path", errors="ignore"))


def test_only_what_is_new_or_changed_is_extracted(tmp_path, here, monkeypatch):
    asked = []
    take = Here.take
    monkeypatch.setattr(Here, "take", lambda self, task: (asked.extend(a.doc_id for a in task), take(self, task)))
    path, folder = archive(tmp_path / "a.jsonl", RECORDS[:4]), tmp_path / "ledger"
    extracted(path, folder)
    archive(path, [RECORDS[0], record(1, text="Nine miners died, officials said."), *RECORDS[3:6]])
    asked.clear()
    told, _ = extracted(path, folder)
    assert sorted(asked) == ["orvan-0001", "orvan-0004", "orvan-0005"]
    assert (told.extracted, told.before, told.gone, told.rows["documents"]) == (3, 2, 1, 5)
    documents = Ledger.load(folder).documents.set_index("doc_id")
    assert documents.loc["orvan-0001", "text"].startswith("Nine") and "orvan-0002" not in documents.index
    archive(tmp_path / "b.jsonl", [RECORDS[7]])
    told, _ = extracted(tmp_path / "b.jsonl", folder, add=True)
    assert (told.extracted, told.gone, told.rows["documents"]) == (1, 0, 6)


def test_another_table_of_parties_changes_the_sources_and_extracts_nothing(tmp_path, here):
    path, folder = archive(tmp_path / "a.jsonl", RECORDS[:4]), tmp_path / "ledger"
    extracted(path, folder)
    parties = tmp_path / "parties.csv"
    parties.write_text("name,kind,party,aliases\nMarisol Tane,person,Kestria,Tane\n", encoding="utf-8")
    told, _ = extracted(path, folder, parties=str(parties))
    assert told.extracted == 0
    assert Ledger.load(folder).sources.set_index("name").loc["Marisol Tane", "party"] == "Kestria"


def test_many_parts_split_and_joined_again(whole, tmp_path, here, monkeypatch):
    folder = tmp_path / "ledger"
    extracted(archive(tmp_path / "a.jsonl", RECORDS[:6]), folder)
    monkeypatch.setattr(dataset, "MOST", 1)
    monkeypatch.setattr(dataset, "GROUP", 2)
    extracted(archive(tmp_path / "a.jsonl", RECORDS), folder)
    assert len(list((folder / "figures").rglob("*.parquet"))) > 8
    assert rows(folder) == rows(whole[1])
    monkeypatch.undo()
    monkeypatch.setattr(running, "Processes", Here)
    extracted(archive(tmp_path / "a.jsonl", [*RECORDS, record(30)]), folder)
    extracted(archive(tmp_path / "a.jsonl", RECORDS), folder)
    assert rows(folder) == rows(whole[1])


STEPS = ("rename", "replace", "unlink", "rmdir", "fsync")


def killed_at(step: int, path, folder) -> bool:
    """Whether a run was killed: before a step that changes the folder, or before what was said is kept."""
    steps = [(os, name) for name in STEPS] + [(journals.Journal, "_ask")]
    return kills.killed(lambda: extracted(path, folder), step, steps)


def test_killed_at_any_moment_nothing_is_twice_and_nothing_lost(whole, tmp_path, here, monkeypatch):
    monkeypatch.setattr(running, "ARTICLES", 2)
    monkeypatch.setattr(running, "SAVED", 2)
    path, clean, half = tmp_path / "a.jsonl", tmp_path / "clean", tmp_path / "half"
    extracted(archive(path, RECORDS[:5]), half)
    extracted(archive(path, RECORDS), clean)
    for step in range(0, 4000, 43):
        folder = tmp_path / f"at-{step}"
        shutil.copytree(half, folder)
        killed = killed_at(step, path, folder)
        assert len(Ledger.load(folder).documents) in (5, 12)  # the old one or the new one
        told, failed = extracted(path, folder)
        assert (told.extracted + told.before, told.rows["documents"], failed) == (12, 12, [])
        assert sorted(files(folder).items()) == sorted(files(clean).items())
        if not killed:
            break
    assert step > 100 and not killed


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    """Real processes, real kills: the command is killed while it works, and given again."""
    path, folder = archive(tmp_path / "a.jsonl", [record(n) for n in range(16)]), tmp_path / "ledger"
    code = (
        "import sys; from ascribe.archive import running; running.ARTICLES = 1; from ascribe.cli import main; "
        f"main(['extract', {str(path)!r}, '--out', {str(folder)!r}, '--jobs', '2'])"
    )
    process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    done = 0
    while done < 4 and process.poll() is None:
        time.sleep(0.1)
        done = waiting(folder)
    process.kill()
    process.wait()
    done = waiting(folder)
    assert done >= 4
    until = time.monotonic() + 20
    while at_work(process.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not at_work(process.pid)  # the workers end with it
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (out.returncode, out.stderr) == (0, "")
    assert "16 articles: " in out.stdout and f"({16 - done} extracted now, {done} from before)" in out.stdout


def waiting(folder) -> int:
    """How many articles the journal of a folder holds."""
    try:
        with sqlite3.connect(f"file:{folder / swap.OURS / journals.NAME}?mode=ro", uri=True) as db:
            return db.execute("SELECT count(*) FROM waiting").fetchone()[0]
    except sqlite3.Error:
        return 0


def at_work(group: int) -> list[str]:
    """The processes of a group that are still there."""
    found = []
    for path in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            state, _, its = Path(f"/proc/{path}/stat").read_text().rpartition(")")[2].split()[:3]
            if int(its) == group and state != "Z":
                found.append(path)
    return found


def test_stopped_from_the_keyboard(tmp_path):
    path, folder = archive(tmp_path / "a.jsonl", [record(n) for n in range(40)]), tmp_path / "ledger"
    code = (
        "import sys; from ascribe.archive import running; running.ARTICLES = 1; from ascribe.cli import main; "
        f"main(['extract', {str(path)!r}, '--out', {str(folder)!r}, '--jobs', '2'])"
    )
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )
    while waiting(folder) < 2 and process.poll() is None:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    out, said = process.communicate(timeout=30)
    assert process.returncode == 130 and out == ""
    assert said == f"ascribe: stopped; what was extracted is kept in {folder}: the same command goes on from there\n"
    assert waiting(folder) >= 2


def test_a_full_disk_is_said_and_what_was_extracted_is_kept(tmp_path, here, monkeypatch):
    """The journal may not grow beyond some pages, as on a full disk."""
    monkeypatch.setattr(running, "ARTICLES", 1)
    path, folder = archive(tmp_path / "a.jsonl", RECORDS), tmp_path / "ledger"
    monkeypatch.setattr(journals, "TABLES", journals.TABLES + "PRAGMA max_page_count = 9;")
    with pytest.raises(LedgerError, match="full; make room and give the same command again"):
        extracted(path, folder)
    done = waiting(folder)
    assert 0 < done < 12
    monkeypatch.undo()
    monkeypatch.setattr(running, "Processes", Here)
    told, _ = extracted(path, folder)
    assert (told.extracted, told.before, told.rows["documents"]) == (12 - done, done, 12)


def test_a_lost_journal_costs_time_and_no_article(tmp_path, here):
    path, folder = archive(tmp_path / "a.jsonl", RECORDS[:4]), tmp_path / "ledger"
    extracted(path, folder)
    before = files(folder)
    (folder / swap.OURS / journals.NAME).unlink()
    told, _ = extracted(archive(path, RECORDS[2:4]), folder, add=True)
    assert (told.extracted, told.rows["documents"]) == (2, 4) and files(folder) == before
    (folder / swap.OURS / journals.NAME).write_bytes(b"no journal" * 1000)
    with pytest.raises(LedgerError, match="delete it"):
        extracted(path, folder)


def test_two_at_once_and_folders_of_others(tmp_path, here):
    path, folder = archive(tmp_path / "a.jsonl", RECORDS[:2]), tmp_path / "ledger"
    with running._alone(folder), pytest.raises(LedgerError, match="another run is extracting"):
        extracted(path, folder)
    mine = tmp_path / "mine"
    (mine / "documents").mkdir(parents=True)
    (mine / "documents" / "thesis.txt").write_text("mine")
    with pytest.raises(LedgerError, match=r"thesis\.txt: is not of a ledger"):
        extracted(path, mine)


def test_a_small_ledger_and_a_data_set_take_each_others_place(tmp_path, here):
    path, folder = archive(tmp_path / "a.jsonl", RECORDS[:3]), tmp_path / "ledger"
    small = Ledger.from_articles(read(path))
    small.save(folder, "csv")
    extracted(path, folder)
    assert not list(folder.glob("*.csv")) and rows(folder) == {n: plain(n, t) for n, t in small.tables.items()}
    small.save(folder)
    assert sorted(p.name for p in folder.glob("*")) == [".ascribe", *sorted(f"{n}.parquet" for n in small.tables)]
    told, _ = extracted(path, folder)
    assert (told.extracted, told.rows["documents"]) == (3, 3)


def test_nothing_at_all_is_no_ledger(tmp_path, here):
    folder = tmp_path / "ledger"
    with pytest.raises(LedgerError, match="no article could be read"):
        extracted(tmp_path / "missing.jsonl", folder)
    assert not list(folder.glob("*.parquet"))
