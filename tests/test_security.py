"""What an article can never do: the promises of SECURITY.md that no other test proves, and that each has its proof."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from ascribe.articles import Article, read
from ascribe.extraction import extract
from ascribe.ledger import Ledger

ROOT = Path(__file__).resolve().parent.parent
PROMISES = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_each_promise_names_the_test_that_proves_it():
    promises = re.findall(r"^\d+\. (.*?)(?=^\d+\. |^#|\Z)", PROMISES, re.M | re.S)
    assert len(promises) == 13
    for promise in promises:
        proofs = PROOF.findall(promise)
        assert proofs, promise
        for path, name in proofs:
            assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{name}"


def test_every_test_file_that_is_named_is_there():
    for text in (PROMISES, (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")):
        for path in re.findall(r"`(tests/[\w/]+\.py)", text):
            assert (ROOT / path).is_file(), path


def test_what_ci_runs_of_others_is_named_by_hash():
    """A tag can be moved to other code; a commit cannot."""
    used = [
        line.split("uses:")[1].strip()
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert len(used) >= 5
    assert [u for u in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[0-9.]+", u)] == []


WATCHED = """
import json, sys
from ascribe.articles import read
from ascribe.extraction import extract
from ascribe.ledger import Ledger
warm, hostile, out = sys.argv[1:]
# What is loaded on the way is loaded before.
Ledger.from_extractions([extract(a) for a in read([warm], on_error=repr, on_note=repr)])
seen = []
BAD = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "pty.", "urllib.",
       "ctypes.dlopen", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod",
       "shutil.", "pickle.", "webbrowser.", "ftplib.", "smtplib.", "http.")
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, str):
            seen.append([event, path, str(mode)])
    elif event.startswith(BAD):
        seen.append([event, repr(arguments)[:200], ""])
sys.addaudithook(watch)
errors = []
articles = list(read([hostile], on_error=errors.append, on_note=lambda n: None))
found = [extract(a) for a in articles]
Ledger.from_extractions(found)
said = [a.text for a in articles] + [str(e) for e in errors] + [repr(a) for a in articles]
print(json.dumps({"seen": seen, "said": said, "articles": len(articles)}))
"""


def hostile_files(folder: Path, secret: Path) -> None:
    """Files of every kind that ask for another file, for the network, or for something to be run."""
    body = "At least 40 miners were killed in the collapse, Marisol Tane, the mayor of Orvan, said on Tuesday. " * 4
    there = secret.as_uri()
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{there}"><!ENTITY n SYSTEM "http://kestria.example/n">]>'
    page = (
        f'{entity}<html><head><base href="{there}"><link rel=stylesheet href="http://kestria.example/s.css">'
        f'<meta http-equiv=refresh content="0;url={there}"><script src="http://kestria.example/s.js"></script>'
        f'<script type="application/ld+json">{{"@context": "http://kestria.example/c"}}</script></head><body><article>'
        f'<p>{body} &s; &n;</p><iframe src="{there}"></iframe><img src="http://kestria.example/i.png">'
        f'<object data="{there}"></object></article></body></html>'
    )
    (folder / "page.html").write_text(page)
    (folder / "plain.html").write_text(page.removeprefix(entity).replace("&s; &n;", ""))
    for name, front in {
        "run": "!!python/object/apply:os.system ['touch owned']",
        "read": f"!!python/object/apply:builtins.open ['{secret}']",
        "include": f"!include {secret}",
    }.items():
        (folder / f"{name}.md").write_text(f"---\ntitle: {front}\n---\n\n{body}")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "k@kestria.example", "T", "Mon, 05 Dec 2022 23:30:00 +0200"
    mail.set_content(f"{body}\nContent-Type: message/external-body; access-type=local-file; name={secret}")
    mail.add_attachment(b"x", maintype="application", subtype="x", filename=f"../../{secret.name}")
    (folder / "mail.eml").write_bytes(mail.as_bytes())
    (folder / "records.jsonl").write_text(
        json.dumps({"doc_id": "../../../owned", "text": body, "url": there, "path": str(secret)}) + "\n"
    )
    from docx import Document

    document = Document()
    document.add_paragraph(f"{body} HERE")
    document.save(str(folder / "word.docx"))
    with zipfile.ZipFile(folder / "word.docx") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    part = held["word/document.xml"]
    kind = entity.replace("<!DOCTYPE x", "<!DOCTYPE w:document").encode()
    held["word/document.xml"] = part.replace(b"<w:document ", kind + b"<w:document ").replace(b"HERE", b"&s; &n;")
    remote = (
        b'<Relationship Id="r99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attached'
    )
    remote += b'Template" Target="http://kestria.example/t.dotm" TargetMode="External"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    held[name] = held[name].replace(b"</Relationships>", remote)
    held["../../owned.txt"] = b"out of its place"
    with zipfile.ZipFile(folder / "word.docx", "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def test_reading_runs_nothing_asks_for_nothing_and_opens_no_other_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET-WORDS")
    for name in ("warm", "hostile"):
        (tmp_path / name).mkdir()
        hostile_files(tmp_path / name, secret if name == "hostile" else tmp_path / "none.txt")
    before = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*"))
    command = [sys.executable, "-c", WATCHED, *(str(tmp_path / n) for n in ("warm", "hostile", "out"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    held = json.loads(done.stdout)
    assert held["articles"] >= 4 and len(held["said"]) >= 10 and "TOP-SECRET" not in json.dumps(held["said"])
    asked = [event for event in held["seen"] if event[0] != "open"]
    assert asked == []
    ours = (str(tmp_path / "hostile"), sys.prefix, sys.base_prefix, str(ROOT), "/usr/", "/etc/", "/proc/", "/dev/null")
    opened = [path for _, path, mode in held["seen"] if not path.startswith(ours)]
    written = [path for event, path, mode in held["seen"] if event == "open" and mode[:1] in ("w", "a", "x")]
    assert opened == [] and [p for p in written if "__pycache__" not in p and p != "/dev/null"] == []
    assert sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["../../owned", "/owned", "a/../../owned", "..", "\\\\owned", "C:owned", "x\0", "-rf", "~"]
)
def test_a_name_in_an_article_is_the_name_of_no_file(tmp_path, name):
    """Not even where the name is a path: a ledger's and a report's files are named after what the user gave."""
    from ascribe.publishing.run import exports

    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    article = Article.from_text("At least 40 miners were killed, Marisol Tane said.", name, title=name, publisher=name)
    ledger = Ledger.from_extractions([extract(article)])
    ledger.save(folder / "ledger", "csv")
    exports.write(ledger, folder / "report", "report", name)
    assert {p.name for p in tmp_path.rglob("*") if "owned" in p.name} == set()
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b"] and sorted(p.name for p in folder.iterdir()) == [
        "ledger", "report",
    ]  # fmt: skip
    (row,) = Ledger.load(folder / "ledger").documents["doc_id"]
    assert row == name.replace("\0", "\ufffd")


def test_the_watch_itself_would_see_it(tmp_path):
    """The proof above would be none if nothing could be seen."""
    script = WATCHED.replace("errors = []", "import socket; socket.socket(); errors = []")
    for name in ("warm", "hostile"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("Twelve died, officials said.")
    command = [sys.executable, "-c", script, *(str(tmp_path / n) for n in ("warm", "hostile", "out"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    seen = json.loads(done.stdout)["seen"]
    assert any(event[0] == "socket.__new__" for event in seen)
    assert any(event[0] == "open" and event[1].endswith("hostile/a.txt") for event in seen)


def test_articles_are_read_as_data_and_never_as_objects(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: T\nx: !!python/name:os.system\n---\n\nTwelve died, officials said.")
    errors = []
    assert list(read([tmp_path], on_error=errors.append)) == [] and "front matter" in str(errors[0])
