"""From files, folders and patterns to files."""

import json
import os
import tempfile
from pathlib import Path

import pytest
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


def test_a_file_whose_name_looks_like_a_glob(tree):
    (tree / "a[1].txt").write_text("Words.")
    assert names("a[1].txt") == ["a[1]"]


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


@pytest.mark.parametrize("given", ["sub", "sub/*", "**/*"])
def test_a_document_of_a_kind_that_is_not_read_is_named_in_a_folder_too(tree, given):
    for name in ("old.doc", "Press.RTF", "list.odt", "page.mht", "table.ods", "photo.jpg", ".hidden.doc"):
        (tree / "sub" / name).write_bytes(b"\xd0\xcf\x11\xe0")
    articles, said = troubles(given)
    assert {"c", "d"} <= set(articles) or given == "sub/*"
    assert said == [
        "sub/Press.RTF: .rtf is not read: save it as .docx or .txt",
        "sub/list.odt: .odt is not read: save it as .docx",
        "sub/old.doc: .doc is not read: save it as .docx",
        "sub/page.mht: .mht is not read: save the page as .html",
    ]


def troubles(*inputs) -> tuple[list[str], list[str]]:
    """The doc_ids read and the messages given."""
    errors: list[ArticleError] = []
    articles = [a.doc_id for a in read(inputs, on_error=errors.append, on_note=lambda note: None)]
    return articles, [str(e) for e in errors]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("missing.txt", "no such file or folder"),
        ("https://courier.example/a", "an address: save the page as .html first, or let"),
        ("*.nothing", "the pattern matches no file"),
        ("**/*.zip", "the pattern matches no article"),
        ("no_articles", "no article in this folder"),
        ("dead.txt", "a link to a file that is not there"),
        ("bad\0name", "not a path"),
    ],
)
def test_bad_path(tmp_path, monkeypatch, item, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no_articles").mkdir()
    (tmp_path / "no_articles" / "t.zip").write_bytes(b"x")
    (tmp_path / "dead.txt").symlink_to("gone.txt")
    (tmp_path / "good.txt").write_text("Good.")
    articles, [error] = troubles(item, "good.txt")
    assert articles == ["good"]
    assert words in error
