"""An event in words: who counts how many now, and what was counted before."""

import pandas as pd
import pytest
from ascribe.findings import incident
from ascribe.ledger import Ledger
from ascribe.publishing.present import incidents

HOURS = [("45", "officials"), ("44", "Ilo Varn"), ("41", "a doctor")]


def ledger(text: str, counts: list[tuple[str, str | None]]) -> Ledger:
    """One article on the shelling of a town, whose numbers are read as the key has them; by "?": not known by whom."""
    said = f"Shells hit the town of Lomar on Tuesday. {text}"
    figures = [
        {"figure_id": f"f{n}", "doc_id": "d", "start": said.index(n), "end": said.index(n) + len(n), "number": n,
         "stated_as": n, "value": float(n), "low": float(n), "high": float(n), "bound": "exact", "unit": "",
         "category": "killed", "counted": None, "whose": None, "source_name": by, "source_id": by, "via": [],
         "credit": credit, "place": "Lomar", "claim_id": None}
        for n, by, credit in (
            (n, None if by == "?" else by, "uncertain" if by == "?" else "explicit" if by else "none")
            for n, by in counts
        )
    ]  # fmt: skip
    about = {"doc_id": "d", "published": "2031-05-06", "title": None, "publisher": "Osk Herald", "url": None}
    claims = pd.DataFrame(columns=["claim_id", "doc_id", "source_id", "source_name", "polarity"])
    sources = pd.DataFrame(columns=["source_id", "name", "kind", "party"])
    return Ledger(pd.DataFrame([about | {"text": said}]), sources, claims, pd.DataFrame(figures))


@pytest.mark.parametrize(
    ("text", "counts", "expected"),
    [
        (
            "Officials put the final toll at 45. A doctor first gave 41; at 10:54 Ilo Varn wrote of 44.",
            HOURS,
            "45 killed at Lomar, say officials; before that, 44 (Ilo Varn) and 41 (a doctor).",
        ),
        (
            "Officials put the toll at 45. Ilo Varn counted 44.",
            HOURS[:2],
            "45 killed at Lomar, say officials; Ilo Varn says 44.",
        ),
        (
            "Officials put the toll at 45. It rose from 44 to 45.",
            [("45", "officials"), ("44", "?")],  # what is not known by whom is told where no source gives as much
            "45 killed at Lomar, say officials.",
        ),
        (
            "Officials put the toll at 45. The dead were 60. The shells killed 71.",
            [("45", "officials"), ("60", "?"), ("71", None)],
            "45 killed at Lomar, say officials; it is not known who says 60; 71, says the article itself.",
        ),
        ("It killed 45.", [("45", None)], "45 killed at Lomar, says the article itself, which credits nobody."),
        ("It killed 45.", [("45", "?")], "45 killed at Lomar: it is not known who says so."),
    ],
)
def test_the_headline_tells_what_stands_against_the_newest_count_from_what_came_before(text, counts, expected):
    book = ledger(text, counts)
    assert incidents.headline(book, incident.incident(book)) == expected
