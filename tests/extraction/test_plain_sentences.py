"""Plain sentences that any release must get right, all of it: who stands behind each number, and what it counts."""

from __future__ import annotations

import pytest
from ascribe import extract

# (text, [(number, category, source or None for nobody, relays)])
PLAIN = [
    ("The mayor said 12 people died.", [("12", "killed", "mayor")]),
    ("Twelve people died, the mayor said.", [("Twelve", "killed", "mayor")]),
    ("According to the Osk Monitor, 31 rebels were killed.", [("31", "killed", "Osk Monitor")]),
    ("Some 31 rebels were killed, according to the Osk Monitor.", [("31", "killed", "Osk Monitor")]),
    ("“We lost 40 men,” said Ann Bel, the commander.", [("40", "losses", "Ann Bel")]),
    ("Ann Bel, the governor, said that at least 300 families had fled.", [("300", "displaced", "Ann Bel")]),
    ("Police said that 14 people were wounded in the blast.", [("14", "wounded", "Police")]),
    ("The ministry put the death toll at 57.", [("57", "killed", "ministry")]),
    ("The army reported that 25 soldiers were missing.", [("25", "missing", "army")]),
    ("Officials said the flood had destroyed 1,200 houses.", [("1,200", "infrastructure", "Officials")]),
    ("The town has about 9,000 residents.", [("9,000", "population", None)]),
    ("The war has lasted six months.", [("six", "duration", None)]),
    ("The company lost $40 million last year.", [("$40 million", "money", None)]),
    ("The bridge is 300 metres long.", [("300", "distance", None)]),
    ("Nearly 60% of the voters stayed at home.", [("60%", "share", None)]),
    ("The premier said 40 had died, according to the Orvan Gazette.", [("40", "killed", "premier", "Orvan Gazette")]),
    ("The agency quoted a medic as saying nine people had died.", [("nine", "killed", "a medic", "agency")]),
    ("The rebels claimed to have killed 30 soldiers.", [("30", "killed", "rebels")]),
    ("The governor denied that 30 people had been arrested.", [("30", "other", "governor")]),
    ("A hospital official said 17 of the 40 wounded were children.",
     [("17", "wounded", "A hospital official"), ("40", "wounded", "A hospital official")]),
    ("The report found that 2,300 people had been displaced by the fighting.", [("2,300", "displaced", "report")]),
    ("Doctors said three people were in hospital.", [("three", "wounded", "Doctors")]),
    ("The army said it had destroyed 14 tanks.", [("14", "equipment", "army")]),
    ("The president said 5,000 troops would be sent to the border.", [("5,000", "personnel", "president")]),
    ("The group said it was holding 22 prisoners.", [("22", "captured", "group")]),
    ("The blast left 30 people killed and wounded, the mayor said.", [("30", "casualties", "mayor")]),
    ("In Osk 32 policemen were injured, the union said.", [("32", "wounded", "union")]),
    ("As many as 900 Kestrian soldiers have been killed, a senior official said.",
     [("900", "killed", "a senior official")]),
    ("“Thirty of us are missing,” sighed Ann Bel, who leads the union.", [("Thirty", "missing", "Ann Bel")]),
    ("Some 2,100 soldiers dead (Ministry of Defence)", [("2,100", "killed", "Ministry of Defence")]),
    ("“Thirty of us are still missing.” — Ann Bel, head of the union", [("Thirty", "missing", "Ann Bel")]),
    ("From Ann Bel: “Thirty of us are still missing.”", [("Thirty", "missing", "Ann Bel")]),
    ("Nine miners were killed, the union said, and six were hurt, the owner said.",
     [("Nine", "killed", "union"), ("six", "wounded", "owner")]),
    ("Eleven people drowned, villagers said, but 14 bodies were found, according to the coastguard.",
     [("Eleven", "killed", "villagers"), ("14", "killed", "coastguard")]),
    ("Ann Bel, the mayor, put the number of dead at 36.", [("36", "killed", "Ann Bel")]),
    ("Zadi Umbele said 40 people died. The company said 30 died.",
     [("40", "killed", "Zadi Umbele"), ("30", "killed", "company")]),
    ("Tarn Mining said 40 people died. The company said 30 were missing.",
     [("40", "killed", "Tarn Mining"), ("30", "missing", "Tarn Mining")]),
]  # fmt: skip

# What is not read yet: (why, text, the source that it should be). The credit must at least not be given as nobody's.
MISSED = [
    ("a toll that somebody compiled", "The toll, compiled by the Osk Archive, stood at 62.", "Osk Archive"),
]


def told(figure) -> tuple:
    return (figure.number, figure.category, figure.source_name, *figure.via)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=t[:48]) for t, e in PLAIN])
def test_plain_sentences(text, expected):
    found = extract(text).figures
    assert [told(f) for f in found] == expected
    assert all((f.credit == "none") == (f.source_name is None) for f in found)


@pytest.mark.parametrize(
    ("text", "source"),
    [pytest.param(t, s, marks=pytest.mark.xfail(reason=why, strict=True), id=why) for why, t, s in MISSED],
)
def test_what_is_not_read_yet(text, source):
    (figure,) = extract(text).figures
    assert figure.source_name == source


@pytest.mark.parametrize("text", [t for _, t, _ in MISSED])
def test_what_is_not_read_is_not_given_as_nobodys(text):
    (figure,) = extract(text).figures
    assert figure.credit != "none"


@pytest.mark.parametrize(
    "text",
    [
        "Some 30 people died (Reuters).",
        "She owns 3 dogs (Rex, Tim and Bob).",
        "Forty patients lay in the halls of the Orvan Health Ministry (OHM).",
    ],
)
def test_what_else_stands_in_brackets_credits_nobody(text):
    assert all(f.source_name is None for f in extract(text).figures)
