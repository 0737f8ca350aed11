"""No two articles get one name."""

import itertools

from article_files import BODY, PAGE
from ascribe.articles import read


def names(*inputs, notes=None) -> list[str]:
    return [a.doc_id for a in read(inputs, on_note=(lambda n: None) if notes is None else notes.append)]


def test_files_with_one_name_are_told_apart_by_suffix_then_folder(tmp_path):
    for folder in ("may", "june"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(f"The news of {folder}.")
    (tmp_path / "june" / "news.html").write_text(PAGE)
    notes = []
    assert names(tmp_path, notes=notes) == ["news.html", "june/news.txt", "may/news.txt"]
    assert len(notes) == 3 and all("news" in n for n in notes)


def test_a_text_file_keeps_its_stem_beside_another_kind(tmp_path):
    (tmp_path / "news.html").write_text(PAGE)
    (tmp_path / "news.txt").write_text(BODY)
    assert names(tmp_path) == ["news.html", "news"]


def test_names_do_not_depend_on_the_order_of_the_inputs(tmp_path):
    paths = [tmp_path / "a" / "news.txt", tmp_path / "b" / "news.txt", tmp_path / "b" / "news.md"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(path))
    given = [{a.path: a.doc_id for a in read(p, on_note=lambda n: None)} for p in itertools.permutations(paths)]
    assert all(g == given[0] for g in given)
    assert sorted(given[0].values()) == ["a/news.txt", "b/news.txt", "news.md"]


def test_a_copy_is_read_once_and_said(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text("The same.")
    notes = []
    assert names(tmp_path, notes=notes) == ["news"]
    assert "read once" in notes[0]


def test_records_with_one_doc_id_are_never_mixed(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"doc_id": "x", "text": "{t}"}}\n' for t in ("One.", "Two.", "One.", "Two.")))
    notes = []
    first, second = names(path, notes=notes)
    assert first == "x" and second.startswith("x-") and len(second) == 10
    assert len(notes) == 3
