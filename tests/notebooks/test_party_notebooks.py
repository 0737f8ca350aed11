"""The notebooks on many articles, run by a real kernel on articles made here."""

from __future__ import annotations

import pytest
from notebook_runs import plain

ARTICLES = {
    "first": (
        "2031-02-06",
        "The Orvan Ministry of Health said on Thursday that 31 people had been killed and 150 wounded in the flood in "
        "Tarvik.\n\nMarisol Tane, a spokeswoman for the army, said that Kestria had lost more than 9,000 soldiers.",
    ),
    "second": (
        "2031-02-07",
        "The Orvan Ministry of Health said on Friday that 46 people had been killed in the flood in Tarvik.\n\n"
        "According to the Orvan Ministry of Health, Kestria has lost about 4,000 soldiers since the war began.",
    ),
    "third": (
        "2031-02-09",
        'At least 51 people were killed in the flood in Tarvik, the Orvan Press reported. "Kestria has lost 9,500 '
        'soldiers," Marisol Tane said.',
    ),
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for name, (published, text) in ARTICLES.items():
        head = f"---\ntitle: The {name} report\npublished: {published}\npublisher: Kestria Herald\n---\n\n"
        (folder / f"{name}.md").write_text(head + text + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    path = tmp_path_factory.mktemp("quiet") / "river.txt"
    path.write_text("The river is wide here. The ferry is painted green.\n", encoding="utf-8")
    return path


def test_casualties_tell_who_said_how_many(run, articles):
    shown = run("casualties", articles=[articles], party="Kestria", category="losses")
    assert "of Kestria’s losses in 3 articles" in plain(shown, "finding")
    assert "9,000" in shown["chart"]["text/html"] and "Marisol Tane" in shown["chart"]["text/html"]
    for cell in ("time", "agree", "contradictions", "record", "repeat", "echo", "all"):
        assert shown[cell]["text/html"]


def test_casualties_without_any_say_so(run, articles, quiet):
    assert "no estimate" in plain(run("casualties", articles=[quiet]), "finding")
    shown = run("casualties", articles=[articles], party="Iceland", category="killed")
    assert "These articles hold no estimate of Iceland’s dead" in plain(shown, "finding")
    assert "3 which do not say whose people they count" in plain(shown, "scope")


def test_casualties_of_anybody(run, articles):
    shown = run("casualties", articles=[articles], party=None, category=None)
    assert "of people harmed in 3 articles" in plain(shown, "finding")


@pytest.mark.parametrize(
    ("given", "hint"), [({"party": "Kestia"}, "did you mean Kestria"), ({"category": "deaths"}, "did you mean killed")]
)
def test_a_wrong_word_ends_with_the_right_one(run, articles, given, hint):
    with pytest.raises(Exception, match=hint):
        run("casualties", articles=[articles], **{"party": "Kestria", "category": "losses"} | given)


def test_one_event_from_its_articles(run, articles, quiet):
    shown = run("incident", articles=[articles], place="Tarvik")
    assert "killed at Tarvik" in plain(shown, "finding")
    assert "<mark" in shown["passages"]["text/html"] and "<img" in shown["chart"]["text/html"]
    assert "told of a single event" in plain(run("incident", articles=[quiet]), "finding")
    with pytest.raises(Exception, match=r"no event in 'Nowhere'; these articles tell of Tarvik"):
        run("incident", articles=[articles], place="Nowhere")


def test_the_audit_counts_what_it_checked(run, articles):
    shown = run("audit", articles=[articles])
    assert "in 3 articles" in plain(shown, "finding")
    assert shown["toll"]["text/html"] and shown["gap-counts"]["text/html"]


def test_the_audit_of_nothing_is_a_report_too(run, quiet):
    shown = run("audit", articles=[quiet])
    assert plain(shown, "finding") == "1 article was read; no figure is stated."
    assert "No figure is told as a part of another." in plain(shown, "sums")


def test_a_source_is_followed_by_any_of_its_names(run, articles):
    shown = run("source", articles=[articles], source="orvan ministry of health")
    assert "Orvan Ministry of Health is credited with" in plain(shown, "finding")
    assert "46" in plain(shown, "figures")
    assert "<img" in shown["chains"]["text/html"]


def test_a_source_that_is_not_there_ends_with_the_nearest_names(run, articles):
    with pytest.raises(Exception, match=r"nobody called 'Marisol Tame'.*Marisol Tane"):
        run("source", articles=[articles], source="Marisol Tame")


def test_exploring_runs_from_its_own_folder(run, root, articles):
    shown = run("explore", root / "notebooks", articles=[articles])
    assert "articles:" in plain(shown, "setup")
    assert "<mark" in shown["marked"]["text/html"]
    assert all("<img" in shown[cell]["text/html"] for cell in ("estimates", "voices", "chains"))


def test_a_file_that_cannot_be_read_costs_only_itself(run, articles, tmp_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    shown = run("audit", articles=[articles, tmp_path])
    assert "in 3 articles" in plain(shown, "finding")
    assert "empty.txt" in plain(shown, "left") and plain(shown, "left").startswith("Left out:")
