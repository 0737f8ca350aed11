"""How far the extractor can be trusted on one's own articles, and how far two reviewers agree."""

from __future__ import annotations

import dataclasses
import math
import sys
from pathlib import Path

import pytest
from ascribe.findings import agreement, trust
from ascribe.findings.sampling import sample
from ascribe.findings.trust import wilson
from ascribe.ledger.corrections import ACCEPTED, Decision, anchor, decision

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from ledgers import ORVAN, ledger

ARTICLES = ("a", "b", "c", "d", "e")


@pytest.fixture(scope="module")
def whole():
    return ledger(*ARTICLES)


def decided(row, action: str, reviewer: str = "Ana", **cells: object) -> Decision:
    held = {"reviewer": reviewer, "day": "2031-05-14", "doc_id": row["doc_id"], "table": "figures", "action": action}
    return decision(held | anchor(ORVAN, row["start"], row["end"]) | cells, f"{reviewer.lower()}.jsonl:1")


def accepted(row, reviewer: str = "Ana") -> Decision:
    old = {n: None if isinstance(row[n], float) and math.isnan(row[n]) else row[n] for n in ACCEPTED["figures"]}
    return decided(row, "accept", reviewer, old=old)


def rows(made, ids=None) -> list:
    by_id = made.figures.set_index("figure_id", drop=False)
    return [by_id.loc[i] for i in (sample(made.figures, 20) if ids is None else ids)]


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (54, 60, 0.799, 0.953),  # as published tables of the interval have it
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (81, 263, 0.255, 0.366),  # the worked example of Newcombe (1998)
    ],
)
def test_the_interval_is_wilson_s(right, n, low, high):
    assert wilson(right, n) == pytest.approx((low, high), abs=6e-4)


def test_a_sample_that_was_gone_through_tells_the_share_right(whole):
    drawn = rows(whole)
    decisions = [accepted(row) for row in drawn[3:15]]
    decisions += [decided(drawn[0], "edit", column="category", old=drawn[0]["category"], new="affected")]
    decisions += [
        decided(drawn[1], "reject"),
        decided(drawn[2], "edit", column="source_name", old=None, new="Lena Quist"),
    ]
    found = trust(whole, decisions)
    assert (found.figures, found.looked_at) == (20, 15)
    assert found.shares["right"].to_dict() == {"number": 14, "category": 13, "credit": 13, "all": 12}
    assert "category right in 13 of 15 looked at: 62 to 96 %" in str(found)


def claims_decided(made, column: str, new: object, n: int = 1) -> list[Decision]:
    """The claims of all articles, in the order of the draw: the first `n` put right, the others accepted."""
    by_id = made.claims.set_index("claim_id", drop=False)
    found = []
    for k, i in enumerate(sample(made.claims, len(made.claims), key="claim_id")):
        row = by_id.loc[i]
        held = {"reviewer": "Ana", "day": "2031-05-14", "doc_id": row["doc_id"], "table": "claims"}
        held |= anchor(ORVAN, row["content"][0][0], row["content"][-1][1])
        if k >= n:
            held |= {"action": "accept", "old": {c: row[c] for c in ACCEPTED["claims"]}}
        elif column == "content":
            held |= {"action": "reject"}
        else:
            held |= {"action": "edit", "column": column, "old": row[column], "new": new}
        found.append(decision(held, "ana.jsonl:1"))
    return found


@pytest.mark.parametrize(
    ("column", "new", "right"),
    [
        ("source_name", "Lena Quist", [12, 11, 12, 12, 11]),
        ("cue", "deny", [12, 12, 11, 12, 11]),
        ("polarity", "denied", [12, 12, 12, 11, 11]),
        ("content", None, [11, 11, 11, 11, 11]),
    ],
)
def test_claims_that_were_gone_through_tell_the_share_right(column, new, right):
    made = ledger(*"abcdefghijkl")
    found = trust(made, claims_decided(made, column, new))
    assert list(found.claims.index) == ["content", "source", "cue", "polarity", "all"]
    assert found.claims["right"].tolist() == right and found.looked_at == 0
    assert "random sample of figures. Of claims it had content right in" in str(found)


def test_two_reviewers_of_claims(whole):
    ana = claims_decided(whole, "polarity", "denied", 0)
    eva = [dataclasses.replace(d, reviewer="Eva") for d in claims_decided(whole, "source_name", "Lena Quist", 2)]
    found = agreement.between(whole, ana, eva)
    told = found.columns[found.columns["table"].eq("claims")]["per_cent"].to_dict()
    assert told == {"is a claim": 100, "source": 60, "cue": 100, "polarity": 100}
    assert set(found.disagreements["other"]) == {"Lena Quist"} and len(found.disagreements) == 2
    assert "5 claims    60.0 % alike" in agreement.said(found) and "to be settled: At least 40" in agreement.said(found)


def test_what_was_not_drawn_is_no_sample(whole):
    drawn = rows(whole)
    found = trust(whole, [accepted(row) for row in drawn[1:]])  # all but the first of the draw
    assert found.looked_at == 0 and "not known" in str(found)
    assert trust(whole).looked_at == 0 and "nobody went through" in str(trust(whole))


def test_a_source_renamed_in_all_its_mentions_is_no_wrong_credit(whole):
    decisions = [accepted(row) for row in rows(whole)]
    held = {"reviewer": "Ana", "day": "2031-05-14", "table": "sources", "action": "edit", "exact": "The company"}
    merging = decision(held | {"column": "name", "old": "The company", "new": "Orvan Mining"}, "x")
    assert trust(whole, [*decisions, merging]).shares["right"].tolist() == [20] * 4


def test_the_sample_hangs_on_no_other_figure(whole):
    drawn = sample(whole.figures, 20)
    some = whole.figures[whole.figures["doc_id"].isin(["a", "c"])].iloc[::-1]
    assert sample(some, 20) == [i for i in drawn if i in set(some["figure_id"])]
    assert sample(whole.figures, 20, seed=1) != drawn


# two reviewers

# two observers, ten units, five values
EXAMPLE = [*zip("abbbbbccce", "abbbbbccdc", strict=True)]


def test_alpha_is_krippendorff_s():
    # alpha = 1 - (n - 1) * sum of o_ck / sum of n_c * n_k over unequal pairs, computed here anew
    values = [v for pair in EXAMPLE for v in pair]
    n, differ = len(values), sum(2 for a, b in EXAMPLE if a != b)
    expected = sum(values.count(a) * values.count(b) for a in set(values) for b in set(values) if a != b)
    assert agreement.alpha(EXAMPLE) == pytest.approx(1 - (n - 1) * differ / expected)
    assert math.isnan(agreement.alpha([("a", "a")] * 3))


def test_two_reviewers_and_what_is_to_be_settled(whole):
    drawn = rows(whole, list(whole.figures["figure_id"]))[:6]
    ana = [accepted(row) for row in drawn]
    eva = [accepted(row, "Eva") for row in drawn[1:4]]
    eva += [decided(drawn[0], "edit", "Eva", column="category", old=drawn[0]["category"], new="missing")]
    eva += [decided(drawn[4], "reject", "Eva")]
    found = agreement.between(whole, ana, eva)
    assert found.columns["n"].to_dict() == {"is a figure": 5, "number": 4, "category": 4, "credit": 4, "whose": 4}
    assert found.columns["per_cent"].to_dict()["category"] == 75 and found.columns["per_cent"]["is a figure"] == 80
    differ = dict(zip(found.disagreements["column"], found.disagreements["other"], strict=True))
    assert differ == {"category": "missing", "is a figure": "no"}
    assert len(found.settled) == 4 + 3 and not {d.exact for d in found.settled if d.action == "reject"}
    assert whole.corrected(found.settled).decisions["fate"].eq("applied").all()
    assert "to be settled" in agreement.said(found) and "75.0 % alike" in agreement.said(found)


def test_reviewers_of_different_figures_cannot_be_compared(whole):
    drawn = rows(whole)
    found = agreement.between(whole, [accepted(drawn[0])], [accepted(drawn[1], "Eva")])
    assert found.disagreements.empty and "no figure and no claim was looked at by both" in agreement.said(found)
