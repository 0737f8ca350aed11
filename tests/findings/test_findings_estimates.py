"""Which figures are estimates: not those that a source denies, nor those that repeat what the article credits."""

import datetime as dt

import pytest
from ascribe import Ledger, findings
from ascribe.articles import Article
from ascribe.findings import selection
from ascribe.publishing.present import listings, story
from ascribe.publishing.present.annotation import marks
from ascribe.publishing.run import exports

DENIAL = (
    "The Kestrian army denied that 40 of its soldiers had been killed at Osk, saying that 12 were wounded.\n\n"
    "Rebels said that they had killed 40 Kestrian soldiers at Osk."
)
HEADLINE = (
    "Toll at Orvan rises to 45\n\nThe number of miners killed at Orvan has risen to 45, the interior ministry said.\n\n"
    "There were 45 ambulances at the gate."
)


def ledger(*texts: str, parties: object = None) -> Ledger:
    articles = [Article.from_text(text, f"a{i}", published=dt.date(2031, 5, 18)) for i, text in enumerate(texts)]
    return Ledger.from_articles(articles, parties)


@pytest.mark.parametrize(
    ("text", "denied", "restated"),
    [
        (DENIAL, ["40"], []),
        (HEADLINE, [], ["45"]),
        ("Osk has lost 900 soldiers, the army said. More than 900 soldiers have been killed in all.", [], []),
        ("Osk has lost about 900 soldiers, the army said. Losses of 900 are in doubt.", [], ["900"]),
        ("Orvan has lost 45 miners and the mayor said that 45 houses had burned down.", [], []),
        ("The army denied responsibility. At least 14 people were killed, the police said.", [], []),
        ("", [], []),
    ],
)
def test_what_is_no_estimate_of_its_own(text, denied, restated):
    book = ledger(text)
    assert list(selection.denied(book.figures, book)["number"]) == denied
    assert list(selection.restated(book.figures, book)["number"]) == restated
    left = selection.estimates(book.figures, book)
    unsure = selection.without(selection.uncounted(book.figures), selection.restated(book.figures, book))
    assert len(left) == len(book.figures) - len(denied) - len(restated) - len(unsure)


def test_an_audit_compares_an_estimate_once_and_a_number_credited_elsewhere_is_no_gap():
    said = "Kestria has lost 4,000 soldiers since the war began, the army of Orvan said."
    book = ledger(said, said, "Kestria has lost 1,200 soldiers since the war began, the army of Kestria said.")
    audit = findings.audit(book, findings.shipped())
    assert list(audit.pairs["relation"]) == ["contradict"]
    headed = ledger(HEADLINE)
    again = set(selection.restated(headed.figures, headed)["figure_id"])
    assert again and again.isdisjoint(findings.audit(headed, findings.shipped()).gaps["id"])


def test_a_denied_number_is_not_set_against_anybody_s():
    raid = "Rebels said that they had killed 40 Kestrian soldiers in a raid on Osk. "
    raid += "The Kestrian army denied that 40 of its soldiers had been killed there."
    book = ledger(raid, "The Kestrian army said that 12 of its soldiers had been killed in a raid on Osk.")
    audit = findings.audit(book, findings.shipped())
    denied = set(selection.denied(book.figures, book)["figure_id"])
    assert denied and len(audit.pairs) and len(audit.steps)
    assert denied.isdisjoint({*audit.pairs["a"], *audit.pairs["b"]})
    assert denied.isdisjoint({*audit.steps["figure_id_before"], *audit.steps["figure_id_after"]})


def test_a_report_says_who_denies_a_number():
    book = ledger(DENIAL)
    assert listings.figures(book)["behind"].iloc[0] == "Kestrian army (denies it)"
    assert "; Kestrian army denies it." in story.article_finding(book)
    alone = ledger("The Kestrian army denied that 40 of its soldiers had been killed.")
    assert story.article_finding(alone).startswith("40 soldiers (killed): Kestrian army denies this.")
    _, apart = selection.set_apart(selection.figures(book, None, "killed"), book)
    assert story.set_aside(apart) == "1 number that its source denies is left out."


def test_who_denies_a_claim_is_not_its_author():
    book = ledger(DENIAL)
    claims = {c["text"]: c for c in exports.claims(book)["@graph"]}
    denied = claims["40 of its soldiers had been killed at Osk"]
    assert "author" not in denied and denied["disambiguatingDescription"] == "Denied by Kestrian army."
    assert claims["12 were wounded"]["author"]["name"] == "Kestrian army"
    said = [body["value"] for item in exports.annotations(book)["items"] for body in item["body"]]
    assert said.count("Denied by Kestrian army") == 1 and "40: killed, denied by Kestrian army" in said
    assert "12: wounded, credited to Kestrian army" in said
    titles = [m.title for m in marks(book.claims, book.figures)]
    assert "40 soldiers. Denied by Kestrian army" in titles and "Denied by Kestrian army" in titles


def test_a_source_has_one_name_in_all_articles(tmp_path):
    known = "name,kind,party,aliases\nGeneral Staff of the Armed Forces of Orvan,military,Orvan,Orvan's General Staff\n"
    (tmp_path / "parties.csv").write_text(known, encoding="utf-8")
    book = ledger(
        "The General Staff of the Armed Forces of Orvan said on Monday that Kestria had lost 900 soldiers.",
        "Kestria has lost 950 soldiers, Orvan's General Staff said.",
        parties=tmp_path / "parties.csv",
    )
    assert book.figures["source_name"].nunique() == 2
    assert set(book.resolved().figures["source_name"]) == set(book.sources["name"])
    assert len(book.sources) == 1
