"""What `reports/*.yml` may say."""

from __future__ import annotations

import pytest
from ascribe.errors import ParameterError
from ascribe.publishing.build.recipes import load
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    project = tmp_path_factory.mktemp("project")
    for name in ("reports", "notebooks", "articles"):
        (project / name).mkdir()
    (project / "notebooks/n.ipynb").write_text("{}")
    (project / "articles/.kept").mkdir()
    (project / "tables").mkdir()
    for name in ("b.md", "a.md", ".hidden.md", "c.txt", "list.csv", ".kept/d.md", "../tables/e.csv"):
        (project / "articles" / name).write_text("x")
    return project / "reports"


def recipes(folder, text: str, *wanted: str):
    (folder / "r.yml").write_text(text, encoding="utf-8")
    return load(folder, wanted)


def test_scalars_stay_text(folder):
    text = "notebook: notebooks/n.ipynb\nparameters: {code: 007, day: 2024-03-05, on: yes, many: [1, b]}"
    (recipe,) = recipes(folder, text)
    assert recipe.parameters == {"code": "007", "day": "2024-03-05", "on": "yes", "many": ["1", "b"]}
    assert recipe.formats == ("ipynb", "html", "pdf") and recipe.name == recipe.stem == "r"


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("articles", ("articles/a.md", "articles/b.md", "articles/c.txt")),
        ("['articles/*.md']", ("articles/a.md", "articles/b.md")),
        ("['articles/*']", ("articles/a.md", "articles/b.md", "articles/c.txt")),
        ("articles/list.csv", ("articles/list.csv",)),  # named by itself, it is said why it is not read
        ("[articles/c.txt, articles]", ("articles/c.txt", "articles/a.md", "articles/b.md")),
    ],
)
def test_articles(folder, listed, found):
    (recipe,) = recipes(folder, f"notebook: notebooks/n.ipynb\narticles: {listed}")
    assert recipe.articles == found


def test_a_folder_without_articles_is_refused(folder):
    with pytest.raises(ParameterError, match="article tables: no article in this folder"):
        recipes(folder, "notebook: notebooks/n.ipynb\narticles: tables")


@pytest.mark.parametrize("listed", ["articles", "['articles/*']"])
def test_an_article_of_a_kind_that_is_not_read_is_not_passed_by(folder, listed):
    (folder.parent / "articles" / "old.odt").write_text("x")
    with pytest.raises(ParameterError, match=r"articles/old\.odt: \.odt is not read: save it as \.docx"):
        recipes(folder, f"notebook: notebooks/n.ipynb\narticles: {listed}")


def test_one_notebook_many_parameter_sets(folder):
    text = (
        "title: T\nnotebook: notebooks/n.ipynb\nparameters: {a: 1, b: 2}\n"
        "reports:\n  one: {}\n  two: {title: U, parameters: {b: 3}, formats: pdf}\n"
    )
    one, two = recipes(folder, text)
    assert (one.name, one.title, one.parameters) == ("r/one", "T", {"a": "1", "b": "2"})
    assert (two.name, two.title, two.parameters) == ("r/two", "U", {"a": "1", "b": "3"})
    assert two.formats == ("ipynb", "pdf") and two.stem == "two"
    for wanted in ("r", "r.yml", "reports/r.yml"):
        assert len(recipes(folder, text, wanted)) == 2
    assert [r.name for r in recipes(folder, text, "r/two")] == ["r/two"]


@given(st.text(alphabet="ab:{}[]-\n '\"&*!|>%@`#", max_size=60))
def test_any_file_is_a_recipe_or_refused(folder, text):
    try:
        recipes(folder, f"notebook: notebooks/n.ipynb\n{text}")
    except ParameterError as e:
        assert "r.yml" in str(e)
