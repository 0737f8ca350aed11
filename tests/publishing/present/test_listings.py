"""What people changed, as a report lists it."""

import sys
from pathlib import Path

from ascribe.ledger.corrections import anchor, decision
from ascribe.publishing.present import listings

sys.path.insert(0, str(Path(__file__).parents[2] / "ledger"))
from ledgers import ORVAN, ledger


def edit(number: str, column: str, old: object, new: object, reason: str = "misread"):
    start = ORVAN.index(number)
    held = {"reviewer": "Ana", "day": "2031-05-14", "doc_id": "orvan", "table": "figures", "action": "edit"}
    held |= anchor(ORVAN, start, start + len(number))
    return decision(held | {"column": column, "old": old, "new": new, "reason": reason}, "ana.jsonl:1")


def test_what_one_person_changed_of_one_figure_for_one_reason_is_one_row():
    made = ledger().corrected(
        [
            edit("40", "category", "killed", "wounded"),
            edit("40", "whose", None, "Kestria"),
            edit("12 to 15", "whose", None, "Kestria"),
            edit("40", "place", None, "Orvan", "as the sentence says"),
        ]
    )
    told = listings.corrected(made)
    assert told[["words", "what", "now", "reason"]].values.tolist() == [
        ["40", "category; whose", "wounded; Kestria", "misread"],
        ["12 to 15", "whose", "Kestria", "misread"],
        ["40", "place", "Orvan", "as the sentence says"],
    ]
    assert told["was"].tolist() == ["killed; –", None, None]
    assert listings.corrected(ledger()).empty
