"""A ledger is the old one or the new one, whole: killed at any step, saved twice at once, on a full disk, mixed."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

import kills
import pytest
from ascribe.articles import Article
from ascribe.errors import LedgerError
from ascribe.extraction import Extraction
from ascribe.extraction.records import Claim, Figure, record_id
from ascribe.ledger import Ledger, storage, swap

STEPS = ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync")
"""What changes a folder: the process is killed before each of these in turn."""


def ledger(killed: int, articles: int = 2) -> Ledger:
    """A ledger whose documents, claims and figures all say this number, each article under the same doc_id."""
    return Ledger.from_extractions([extraction(f"orvan-{i}", killed) for i in range(articles)])


def extraction(doc_id: str, killed: int) -> Extraction:
    text = f"At least {killed} miners were killed, Marisol Tane said."
    end = 9 + len(str(killed))
    claim = Claim(
        record_id("c", doc_id, 0), doc_id, ((0, end + 19),), text[: end + 19], None, None, "Marisol Tane", "say",
        "indirect",
    )  # fmt: skip
    figure = Figure(
        record_id("f", doc_id, 9), doc_id, claim.claim_id, 9, end, str(killed), float(killed), None, None, "at_least",
        category="killed", source_name="Marisol Tane", credit="explicit",
    )  # fmt: skip
    return Extraction(Article.from_text(text, doc_id), (claim,), (figure,))


def number(folder) -> int:
    """The number that a ledger says, if all of its tables say the same one."""
    found = Ledger.load(folder)
    words = {text.split()[2] for text in found.documents["text"]}
    words |= set(found.figures["number"]) | {text.split()[2] for text in found.claims["text"]}
    assert len(words) == 1, words
    return int(words.pop())


def killed_while_saving(folder, killed: int, format: str, step: int) -> bool:
    """Whether a save of that number was killed before it came to an end: it is, before step number `step`."""
    return kills.killed(lambda: ledger(killed).save(folder, format), step, [(os, name) for name in STEPS])


@pytest.mark.parametrize(("before", "after"), [("csv", "csv"), ("parquet", "jsonl"), (None, "csv")])
def test_killed_at_any_step_it_is_the_old_one_or_the_new_one(tmp_path, before, after):
    ledger(1)  # what is loaded on the way is loaded before
    found = []
    for step in range(100):
        folder = tmp_path / str(step)
        if before:
            ledger(212).save(folder, before)
        killed = killed_while_saving(folder, 214, after, step)
        try:
            found.append(number(folder))
        except LedgerError as e:
            assert before is None and ("no table" in str(e) or "no such ledger" in str(e))
            found.append(None)
        if before is None or step % 3 == 0:  # saving again mends whatever was left
            ledger(99).save(folder, after)
            assert number(folder) == 99
        left = [p for p in (folder / swap.OURS).iterdir() if p.is_dir()]
        assert not left or found[-1] != 214
        if not killed:
            break
    old = 212 if before else None
    assert found[0] == old and found[-1] == 214
    assert found == sorted(found, key=lambda n: n == 214)  # once it is the new one, it stays the new one
    assert found.count(214) > 5


def test_what_a_killed_save_left_ready_is_read_where_nothing_may_be_written(tmp_path, monkeypatch):
    folder = tmp_path / "ledger"
    ledger(212).save(folder, "csv")
    monkeypatch.setattr(swap, "finish", lambda folder: None)
    ledger(214).save(folder, "jsonl")
    assert (folder / swap.OURS / swap.READY).is_dir() and number(folder) == 214
    monkeypatch.undo()
    assert number(folder) == 214 and not (folder / swap.OURS / swap.READY).exists()
    assert sorted(p.name for p in folder.glob("*")) == [
        ".ascribe", "claims.jsonl", "documents.jsonl", "figures.jsonl", "sources.jsonl",
    ]  # fmt: skip


def saver(folder, numbers: list[int], format: str = "csv") -> int:
    """A process that saves one ledger after another, as fast as it can."""
    pid = os.fork()
    if pid:
        return pid
    with contextlib.suppress(BaseException):
        for n in numbers:
            ledger(n).save(folder, format)
        os._exit(0)
    os._exit(1)


def test_two_savers_and_a_reader_at_once(tmp_path):
    ledger(1).save(tmp_path, "csv")
    at_work = {saver(tmp_path, list(range(10 + k, 34, 2)), format) for k, format in enumerate(("csv", "jsonl"))}
    seen = []
    while at_work:
        seen.append(number(tmp_path))
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid in at_work:
            assert status == 0
            at_work.remove(pid)
    assert number(tmp_path) in (32, 33) and len(seen) > 3


def test_killed_at_any_moment(tmp_path):
    random_ = random.Random(14)
    ledger(1).save(tmp_path, "csv")
    for round_ in range(8):
        pid = saver(tmp_path, list(range(10, 1000)), "csv" if round_ % 2 else "jsonl")
        time.sleep(random_.uniform(0.05, 0.4))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert number(tmp_path) in (1, *range(10, 1000))
    ledger(2).save(tmp_path, "csv")
    assert number(tmp_path) == 2
    assert sorted(p.name for p in (tmp_path / swap.OURS).iterdir()) == [swap.DESCRIPTION, swap.LOCK]


@pytest.mark.parametrize("most", [0, 100, 1500])
def test_a_full_disk_leaves_the_old_one(tmp_path, most):
    folder = tmp_path / "ledger"
    ledger(212).save(folder, "csv")
    script = f"import test_swap as t; t.ledger(214, 30).save({str(folder)!r}, 'csv')"
    done = subprocess.run(
        [sys.executable, "-B", "-c", script], cwd=os.path.dirname(__file__), capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    assert done.returncode == 1 and "LedgerError" in done.stderr and "cannot be written" in done.stderr
    assert number(folder) == 212
    assert sorted(p.name for p in (folder / swap.OURS).iterdir()) == [swap.DESCRIPTION, swap.LOCK]


@pytest.mark.parametrize("format", storage.FORMATS)
@pytest.mark.parametrize("table", ["documents", "sources", "claims", "figures"])
def test_tables_of_two_ledgers_are_never_taken_for_one(tmp_path, monkeypatch, format, table):
    """Also where every id and every offset of the one is one of the other: 212 became 214 in the same place."""
    monkeypatch.setattr(storage, "PATIENCE", ())
    ledger(212).save(tmp_path / "one", format)
    ledger(214, articles=3 if table == "sources" else 2).save(tmp_path / "other", format)
    shutil.copy(tmp_path / "other" / f"{table}.{format}", tmp_path / "one")
    with pytest.raises(LedgerError, match=f"{table}.{format}.*not the table that was saved with the others"):
        Ledger.load(tmp_path / "one")
    ledger(212).save(tmp_path / "one", format)
    assert number(tmp_path / "one") == 212


def test_other_ends_of_lines_are_no_other_ledger(tmp_path):
    for format in ("csv", "jsonl"):
        ledger(212).save(tmp_path, format)
        for path in tmp_path.glob(f"*.{format}"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert number(tmp_path) == 212


def test_tables_that_say_nothing_of_themselves_are_read(tmp_path):
    ledger(212).save(tmp_path, "csv")
    shutil.rmtree(tmp_path / swap.OURS)
    assert number(tmp_path) == 212


@pytest.mark.parametrize("lost", range(1, 4))
def test_what_an_earlier_version_left_half_done_is_mended_by_extracting_again(tmp_path, lost):
    ledger(212).save(tmp_path, "csv")
    ledger(212).save(tmp_path / "new", "jsonl")
    shutil.rmtree(tmp_path / swap.OURS)
    for path in sorted((tmp_path / "new").glob("*.jsonl")):
        shutil.move(path, tmp_path)
    for path in sorted(tmp_path.glob("*.csv"))[:lost]:
        path.unlink()
    (tmp_path / ".writing-abc").mkdir()
    with pytest.raises(LedgerError, match="several formats"):
        Ledger.load(tmp_path)
    ledger(214).save(tmp_path, "jsonl")
    assert number(tmp_path) == 214 and not (tmp_path / ".writing-abc").exists()


@pytest.mark.parametrize("held", ["", "[]", "{}", '{"tables": {}}', "[" * 100_000, "\0", "\udcff"])
def test_a_damaged_description_is_named(tmp_path, monkeypatch, held):
    monkeypatch.setattr(storage, "PATIENCE", ())
    ledger(212).save(tmp_path, "csv")
    path = tmp_path / swap.OURS / swap.DESCRIPTION
    path.write_text(held, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(LedgerError, match="extract the articles again"):
        Ledger.load(tmp_path)
    ledger(214).save(tmp_path, "csv")
    assert number(tmp_path) == 214


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "b" * 5000])
def test_a_folder_that_cannot_be_is_said_to_be_none(tmp_path, name):
    with pytest.raises(LedgerError):
        Ledger.load(f"{tmp_path}/{name}")
    with pytest.raises(LedgerError):
        ledger(212).save(f"{tmp_path}/{name}")
