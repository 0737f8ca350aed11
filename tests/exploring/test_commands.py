"""`ascribe export`, as it is typed."""

from __future__ import annotations

import pytest
from ascribe.cli import main
from click.testing import CliRunner
from ledgers import ledger


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("ASCRIBE_CACHE", str(tmp_path / "cache"))
    ledger().save(tmp_path / "ledger")
    out = tmp_path / "desk"
    return lambda *more: CliRunner().invoke(main, ["export", str(tmp_path / "ledger"), "--out", str(out), *more])


def test_everything_that_a_desk_takes_along(run, tmp_path):
    done = run("--to", "xlsx, charts,cards", "--category", "killed", "--by", "Marisol Tane")
    assert done.exit_code == 0, done.output
    written = sorted(p.relative_to(tmp_path / "desk").as_posix() for p in (tmp_path / "desk").rglob("*") if p.is_file())
    assert len([w for w in written if w.startswith("cards/")]) == 1 and "ledger.xlsx" in written
    assert "killed-by-marisol-tane-social.png" in written and len(written) == 8
    assert "1 figure: killed (2); by Marisol Tane" in done.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--to", "pdf"), "unknown format pdf: choose from xlsx, charts, cards"),
        (("--to", ","), "choose from"),
        (("--to", "charts", "--in", "1999"), "nothing to draw"),
        (("--category", "kiled"), "did you mean killed"),
        (("--by", "Marisol Tame"), "Marisol Tane"),
    ],
)
def test_what_cannot_be_is_said(run, given, said):
    done = run(*given)
    assert done.exit_code != 0 and said in done.output and "Traceback" not in done.output
