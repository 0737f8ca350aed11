"""The first inputs of the campaign of damaged and hostile inputs; `make fuzz` runs the long one."""

from __future__ import annotations

import random

import pytest
from benchmarks import campaign, hostile

FIRST = {"read": 300, "extract": 25, "save": 15, "page": 10, "pdf": 2}


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(campaign, "KEPT", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.mark.parametrize("stage", campaign.SHARES)
def test_no_promise_is_broken(stage, capfd):
    said = []
    assert campaign.run(stage, seed=1, count=FIRST[stage], tell=said.append) == {}, said
    assert capfd.readouterr() == ("", "")  # no library writes to the user's terminal


def test_an_input_is_made_of_its_seed_stage_and_number():
    one, again = ([c.random() for _, c in campaign.inputs("read", 1, 0, 5)] for _ in range(2))
    assert one == again and len(set(one)) == 5
    assert [c.random() for _, c in campaign.inputs("read", 1, 3, 1)] == [one[3]]
    assert [c.random() for _, c in campaign.inputs("save", 1, 3, 1)] != [one[3]]
    assert campaign.mixed(random.Random(5)) == campaign.mixed(random.Random(5))
    assert len({campaign.damaged(b"x" * 500, random.Random(n)) for n in range(50)}) > 45


def test_a_fault_is_found_counted_and_kept(monkeypatch, kept):
    from ascribe.articles import plain

    def faulty(path):
        raise KeyError("a fault")
        yield

    monkeypatch.setattr(plain, "read", faulty)
    said = []
    broken = campaign.run("read", seed=1, count=40, tell=said.append)
    assert broken.total() >= 3 and len(broken) == len(said) == len(list(kept.iterdir())) == 1
    assert "KeyError: 'a fault'" in said[0] and "seed 1" in said[0]


def test_the_count_is_printed_and_the_code_tells(monkeypatch, capsys):
    assert campaign.main(["--inputs", "20", "--only", "read"]) == 0
    assert "20 inputs, seed 1: 0 broke a promise" in capsys.readouterr().out
    monkeypatch.setattr(campaign.Campaign, "read", lambda self, chance: 1 / 0)
    assert campaign.main(["--inputs", "20", "--only", "read", "--seed", "3"]) == 1
    assert "20 inputs, seed 3: 20 broke a promise" in capsys.readouterr().out


def test_a_hostile_shape_is_measured():
    assert all(len(hostile.shape(name, 777)) == 777 for name in ["names", *hostile.PIECES])
    found = hostile.measured("news", 500)
    assert found["figures"] >= 4 and 50 < found["megabytes"] < hostile.MOST_MEMORY and found["named"] == []
    assert "too many for one article" in hostile.measured("one letter", 1_000_001)["named"][0]


def test_every_stage_has_its_turn_and_no_input_is_tried_twice():
    counts = {"read": 900, "save": 30, "pdf": 1}
    turns = list(campaign.rounds(counts))
    assert [stage for stage, *_ in turns[:2]] == ["read", "save"] and len(turns) > 6
    for stage, count in counts.items():
        tried = [n for s, first, many in turns if s == stage for n in range(first, first + many)]
        assert tried == list(range(count))


def test_a_run_that_is_out_of_time_says_how_many_inputs_it_has_tried(monkeypatch, capsys):
    monkeypatch.setattr(campaign, "ROUND", 5)
    assert campaign.main(["--inputs", "1000", "--only", "read", "--minutes", "0.0001"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "5 inputs, seed 1: 0 broke a promise"
