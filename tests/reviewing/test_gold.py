"""Reviewed articles as gold: only what somebody looked at."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from ascribe.ledger.corrections import anchor, decision
from ascribe.reviewing import gold
from ledgers import ORVAN, ledger


def accepted(doc_id: str, row) -> object:
    held = {"reviewer": "Ana", "day": "2031-05-14", "doc_id": doc_id, "table": "figures", "action": "accept"}
    return decision(held | anchor(ORVAN, row["start"], row["end"]) | {"old": {"category": row["category"]}}, "x")


def test_only_articles_gone_through_from_end_to_end(tmp_path, shared):
    made = ledger("a", "b")
    all_of_a = [accepted("a", row) for _, row in made.figures[made.figures["doc_id"].eq("a")].iterrows()]
    corrected = made.corrected([*all_of_a, accepted("b", made.figures.iloc[-1])])
    assert gold.write(corrected, tmp_path) == [tmp_path / "a.gold.json"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == ORVAN
    held = json.loads((tmp_path / "a.gold.json").read_text(encoding="utf-8"))
    assert [ORVAN[slice(*f["span"])] for f in held["figures"]] == [f["number"] for f in held["figures"]]
    assert held["attributions"] == [] and "claims not" in held["notes"]
    if not (shared / "evaluation" / "score.py").is_file():
        pytest.skip("no scorer here")
    made.save(tmp_path / "ledger", "jsonl")
    import subprocess

    command = [sys.executable, shared / "evaluation" / "score.py", tmp_path, tmp_path / "ledger", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["figures"]["full"]["f"] == 100 and Path(tmp_path / "a.txt").exists()
