"""Which files are read, and under which names."""

import itertools
import json
import os
import tempfile
from pathlib import Path

import pytest
from article_files import BODY, MORE, PAGE
from ascribe.articles import read
from ascribe.articles.inputs import find
from ascribe.errors import ArticleError


def names(*inputs, notes=None) -> list[str]:
    return [a.doc_id for a in read(inputs, on_note=(lambda n: None) if notes is None else notes.append)]


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "sub/d.txt", "sub/deep/c.txt", ".hidden.txt", ".git/e.txt", "notes.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Words of {name}.")
    return tmp_path


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (["."], ["a", "b", "d", "c"]),
        (["sub"], ["d", "c"]),
        (["*.txt"], ["b"]),
        (["*"], ["a", "b", "d", "c"]),
        (["**/*.txt"], ["b", "d", "c"]),
        (["b.txt", "a.md"], ["b", "a"]),
        (["b.txt", ".", "./b.txt", "sub/../b.txt"], ["b", "a", "d", "c"]),
        ([".hidden.txt"], [".hidden"]),
    ],
)
def test_files_folders_and_globs(tree, inputs, expected):
    assert names(*inputs) == expected


def test_one_path_need_not_be_in_a_list(tree):
    assert [a.doc_id for a in read("b.txt")] == ["b"]
    assert [a.doc_id for a in read(tree / "b.txt")] == ["b"]


def test_a_file_whose_name_looks_like_a_glob(tree):
    (tree / "a[1].txt").write_text("Words.")
    assert names("a[1].txt") == ["a[1]"]


def test_reading_is_lazy(tree):
    (tree / "sub" / "bad.txt").write_bytes(b"\xff")
    assert next(read(["sub/d.txt", "sub/bad.txt"])).doc_id == "d"


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


def test_without_on_note_a_shared_name_is_a_warning(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"doc_id": "x", "text": "One."}\n{"doc_id": "x", "text": "Two."}\n')
    with pytest.warns(UserWarning, match="another article is named 'x'"):
        list(read([tmp_path]))


ENGLISH = f"{BODY} {MORE} The ministry and the mayor spoke to the press at the foot of the hill. " * 2
GERMAN = "Drei Menschen wurden am Montag in Orvan verletzt, und viele Häuser sind ohne Strom. " * 6
UKRAINIAN = (
    "У понеділок в Орвані троє людей зазнали поранень, повідомило міністерство, а багато будинків без світла. " * 5
)


@pytest.mark.parametrize(
    ("text", "language", "noted"),
    [(ENGLISH, "en", False), (GERMAN, None, True), (UKRAINIAN, None, True), ("Three hurt.", None, False)],
)
def test_language(tmp_path, text, language, noted):
    (tmp_path / "a.txt").write_text(text)
    notes = []
    [article] = read(tmp_path, on_note=notes.append)
    assert article.language == language
    assert bool(notes) == noted


def test_many_notes_of_a_kind_are_summed_up(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"doc_id": "x", "text": "One."}\n' * 100)
    notes = []
    assert names(tmp_path, notes=notes) == ["x"]
    assert len(notes) == 6 and notes[-1].endswith("and 94 more like these")


def found_by_another_user(folder, *inputs: str) -> tuple[list[str], list[str]]:
    """The files and the troubles that somebody finds in a folder who is not its owner, nor the superuser."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.chdir(folder)
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(65534, 65534, 65534)
                os.setresuid(65534, 65534, 65534)
            found = list(find(inputs))
            said = [[str(f) for f in found if not isinstance(f, ArticleError)],
                    [str(f) for f in found if isinstance(f, ArticleError)]]  # fmt: skip
            os.write(write_end, json.dumps(said).encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        said = json.loads(pipe.read() or "null")
    os.waitpid(pid, 0)
    return tuple(said)


@pytest.mark.skipif(not hasattr(os, "setresuid"), reason="rights are told otherwise here")
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (".", ["a.txt", "open/b.txt"]),
        ("*", ["a.txt", "open/b.txt"]),
        ("**/*.txt", ["a.txt", "open/b.txt"]),
        ("*/*.txt", ["open/b.txt"]),
        ("locked/*.txt", []),
        ("locked", []),
    ],
)
def test_a_folder_that_may_not_be_listed_is_named(pattern, expected):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("a.txt", "open/b.txt", "locked/c.txt", "locked/deeper/d.txt"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("Words.")
        folder.chmod(0o755)
        (folder / "locked").chmod(0)
        paths, said = found_by_another_user(folder, pattern, pattern)
        (folder / "locked").chmod(0o755)
    assert sorted(paths) == [str(Path(pattern, name)) if pattern == "." else name for name in expected]
    assert len(said) == 1 and "locked: the folder cannot be read: Permission denied" in said[0]


def test_links_and_what_is_no_file_are_named(tree):
    (tree / "elsewhere").mkdir()
    (tree / "elsewhere" / "e.txt").write_text("Words from elsewhere.")
    folder = tree / "sub"
    os.symlink("../elsewhere", folder / "linked")
    os.symlink(".", folder / "round")
    os.symlink("nothing.txt", folder / "broken.txt")
    os.symlink("no-folder", folder / "broken-folder")
    os.symlink("loop.txt", folder / "loop.txt")
    os.symlink("../b.txt", folder / "good.txt")
    os.symlink("nothing", folder / ".hidden")
    os.mkfifo(folder / "pipe.txt")
    errors = []
    assert [a.doc_id for a in read("sub", on_error=errors.append)] == ["d", "good", "c"]
    assert sorted(map(str, errors)) == [
        "sub/broken-folder: a link to a file that is not there",
        "sub/broken.txt: a link to a file that is not there",
        "sub/linked: a link to a folder is not followed: name the folder that it leads to",
        "sub/loop.txt: a link to a file that is not there",
        "sub/pipe.txt: not a regular file",
        "sub/round: a link to a folder is not followed: name the folder that it leads to",
    ]
