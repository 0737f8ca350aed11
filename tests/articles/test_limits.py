"""No article takes the others along: too long, too slow, a bomb; each is named, and the rest is read and extracted."""

from __future__ import annotations

import gzip
import json
import resource
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from article_files import BODY, MORE, PAGE, docx, warc
from ascribe.articles import Article, read
from ascribe.extraction import extract_all
from ascribe.limits import DEFAULT, Limits, TimeUp
from spacy.language import Language


def outcome(*inputs, limits: Limits = DEFAULT) -> tuple[list[str], list[str]]:
    """The texts read, and what is said of the others."""
    errors = []
    articles = list(read(inputs, on_error=errors.append, on_note=lambda note: None, limits=limits))
    return [a.text for a in articles], [str(e) for e in errors]


@pytest.mark.parametrize("length", [999, 1000, 1001, 5_000_000])
def test_an_article_that_is_too_long_is_named_and_left_out(tmp_path, length):
    (tmp_path / "long.txt").write_text("x" * length)
    (tmp_path / "many.jsonl").write_text(
        "".join(json.dumps({"doc_id": f"d{n}", "text": t}) + "\n" for n, t in enumerate(("y" * length, "Good.")))
    )
    texts, said = outcome(tmp_path, limits=Limits(longest=1000))
    assert "Good." in texts and len(texts) == (3 if length <= 1000 else 1)
    assert len(said) == (0 if length <= 1000 else 2)
    assert all(f"{length:,} characters are too many for one article (at most 1,000)" in s for s in said)


def test_an_article_handed_over_is_held_to_the_limit_too():
    errors = []
    articles = [Article.from_text("Twelve died, officials said. " * n, f"a{n}") for n in (100, 1)]
    found = list(extract_all(articles, on_error=errors.append, limits=Limits(longest=1000)))
    assert [e.article.doc_id for e in found] == ["a1"]
    assert [str(e).partition(":")[0] for e in errors] == ["a100"]


def test_time_that_is_up_costs_only_its_article(monkeypatch):
    from ascribe import extraction

    whole = extraction._extract

    def hanging(reading, engine):
        while reading.article.doc_id == "hangs":
            try:
                time.sleep(10)
            except Exception:  # as a careless caller would
                continue
        return whole(reading, engine)

    monkeypatch.setattr(extraction, "_extract", hanging)
    errors = []
    articles = [Article.from_text("Twelve died, officials said.", n) for n in ("a", "hangs", "b")]
    begun = time.monotonic()
    found = list(extract_all(articles, on_error=errors.append, limits=Limits(seconds=1.0)))
    assert [e.article.doc_id for e in found] == ["a", "b"] and time.monotonic() - begun < 9
    assert [str(e) for e in errors] == ["hangs: not extracted within 1 seconds: left out; raise the limit, or split it"]
    assert_timers_are_off()


def assert_timers_are_off() -> None:
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0) and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0) and signal.getsignal(signal.SIGPROF) is signal.SIG_DFL


class Hanging:
    """What comes to no end on one word, and does as the whole does on others."""

    def __init__(self, whole):
        self.whole = whole

    def __call__(self, text):
        while "Endless" in str(text):
            pass
        return self.whole(text)


def test_an_article_whose_parse_takes_too_long_in_all_is_left_out_before_its_end():
    errors = []
    articles = [Article.from_text("Nine died, a medic said.\n\n" * 4_000, "long"), Article.from_text("One.")]
    begun = time.monotonic()
    found = list(extract_all(articles, on_error=errors.append, limits=Limits(seconds=0.2)))
    assert len(found) == 1 and time.monotonic() - begun < 5
    assert [str(e) for e in errors] == ["long: not parsed within 0.2 seconds: left out; raise the limit, or split it"]


@pytest.mark.parametrize("stage", ["tokenizer", "parser"])
def test_an_article_that_hangs_the_parse_costs_only_itself(stage):
    from ascribe.language.pipeline import fresh

    nlp = fresh()
    if stage == "tokenizer":
        nlp.tokenizer = Hanging(nlp.tokenizer)
    else:
        Language.component("hanging", func=Hanging(lambda doc: doc))
        nlp.add_pipe("hanging", first=True)
    errors = []
    texts = ("Twelve died, officials said.", "Endless words.", "Nine died, a medic said.")
    articles = [Article.from_text(text, n) for text, n in zip(texts, ("a", "hangs", "b"), strict=True)]
    begun = time.monotonic()
    found = list(extract_all(articles, nlp=nlp, on_error=errors.append, limits=Limits(seconds=1.0)))
    assert [(e.article.doc_id, len(e.figures)) for e in found] == [("a", 1), ("b", 1)]
    assert time.monotonic() - begun < 15
    assert [str(e) for e in errors] == ["hangs: not parsed within 1 seconds: left out; raise the limit, or split it"]
    assert_timers_are_off()


def test_a_file_that_hangs_its_reader_costs_only_itself(tmp_path, monkeypatch):
    from ascribe.articles import plain

    whole = plain.read

    def hanging(path):
        while path.stem == "hangs":
            pass
        yield from whole(path)

    monkeypatch.setattr(plain, "read", hanging)
    for name in ("a", "hangs", "z"):
        (tmp_path / f"{name}.txt").write_text(f"Words of {name}.")
    texts, said = outcome(tmp_path, limits=Limits(seconds=1.0))
    assert texts == ["Words of a.", "Words of z."] and len(said) == 1 and "not read within 1 seconds" in said[0]


def test_an_alarm_of_somebody_elses_is_left_alone():
    signal.signal(signal.SIGALRM, lambda *_: None)
    try:
        with Limits(seconds=0.01).kept():
            time.sleep(0.1)
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 1000)
    try:
        with Limits(seconds=0.01).kept():
            time.sleep(0.1)
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 900
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_a_busy_machine_costs_no_article():
    with Limits(seconds=0.2).kept():
        time.sleep(0.5)  # the processor is somebody else's
    assert_timers_are_off()


def test_work_is_over_when_its_time_of_the_processor_is():
    begun = time.process_time()
    with pytest.raises(TimeUp), Limits(seconds=0.2).kept():
        while True:
            pass
    assert time.process_time() - begun < 0.6


def test_time_is_not_kept_in_other_threads_and_does_no_harm_there():
    found = []

    def work() -> None:
        with Limits(seconds=0.01).kept():
            time.sleep(0.1)
        found.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["done"]


def test_time_that_is_up_is_said_again_where_it_was_lost():
    class Swallows:
        def __del__(self):
            with pytest.raises(TimeUp):
                time.sleep(5)

    with pytest.raises(TimeUp), Limits(seconds=0.2).kept():
        swallows = Swallows()
        del swallows
        time.sleep(30)


def styled(path, count: int) -> None:
    """A document of very many short paragraphs, each with a style of its own name."""
    docx(path, "x")
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    body = b"<w:p><w:pPr><w:pStyle w:val='Normal'/></w:pPr><w:r><w:t>Twelve died.</w:t></w:r></w:p>" * count
    start, end = held["word/document.xml"].index(b"<w:p>"), held["word/document.xml"].index(b"<w:sectPr")
    held["word/document.xml"] = held["word/document.xml"][:start] + body + held["word/document.xml"][end:]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def test_a_word_file_takes_time_in_proportion_to_its_paragraphs(tmp_path):
    taken = []
    for count in (2_000, 20_000):
        styled(tmp_path / "a.docx", count)
        begun = time.process_time()
        (text,), _ = outcome(tmp_path / "a.docx")
        taken.append(time.process_time() - begun)
        assert text.count("Twelve died.") == count
    assert taken[1] < 5 and taken[1] < 25 * max(taken[0], 0.1)


def rewritten(path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert old in held[part]
    held[part] = held[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("<!-- c -->", "Twelve died on Monday."),
        ("&x;", "Twelve died &x;on Monday."),
        ("<?p i?>", "Twelve died on Monday."),
    ],
)
def test_what_stands_after_an_entity_is_read(tmp_path, within, expected):
    path = docx(tmp_path / "a.docx", "Twelve died HERE on Monday.")
    rewritten(path, "word/document.xml", b"HERE ", within.encode())
    head = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document '
    rewritten(path, "word/document.xml", b"<w:document ", head)
    assert outcome(path)[0] == [expected]


def test_a_strict_document_is_refused_in_words(tmp_path):
    path = docx(tmp_path / "a.docx", BODY)
    relation = b"http://%s/officeDocument/%srelationships/officeDocument"
    rewritten(path, "_rels/.rels", relation % (b"schemas.openxmlformats.org", b"2006/"),
              relation % (b"purl.oclc.org/ooxml", b""))  # fmt: skip
    _, (said,) = outcome(path)
    assert "Strict Open XML" in said and "save it again" in said and "KeyError" not in said


HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kestria.example/a\r\n"
MEASURE = """
import resource, sys
from ascribe.articles import read
def peak():
    try:  # of this process alone: what the operating system accounts includes what it was copied from
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
said = []
texts = list(read(sys.argv[1:], on_error=said.append, on_note=lambda note: None))
print(len(texts), peak(), *said)
"""


@pytest.mark.parametrize("filler", [b"x", b"a: b\r\n", b" y\r\n"])
def test_a_header_that_goes_on_and_on_costs_neither_memory_nor_the_others(tmp_path, filler):
    with gzip.open(tmp_path / "bomb.warc.gz", "wb", compresslevel=1) as file:
        file.write(HEAD + b"X: ")
        for _ in range(200):
            file.write(filler * (2**20 // len(filler)))
    (tmp_path / "good.txt").write_text("Good.")
    command = [sys.executable, "-c", MEASURE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    count, peak, said = done.stdout.split(" ", 2)
    assert (count, done.stderr) == ("1", "") and int(peak) < 300
    assert "bomb.warc.gz: not read past record 0: headers of more than 1,048,576 bytes" in said


def test_a_damaged_archive_is_named_and_its_bytes_are_not_printed(tmp_path, capfd):
    pages = [(f"https://kestria.example/{n}", PAGE.encode(), "text/html", "200 OK") for n in range(3)]
    raw = warc(tmp_path / "a.warc", pages).read_bytes()
    lengths = [line for line in raw.split(b"\r\n") if line.startswith(b"Content-Length")]
    short = b"Content-Length: " + str(int(lengths[0].split()[1]) - 7).encode()
    (tmp_path / "a.warc").write_bytes(raw.replace(lengths[0], short, 1))
    _, said = outcome(tmp_path / "a.warc")
    assert any("damaged" in s or "breaks off" in s for s in said) and capfd.readouterr() == ("", "")
    (tmp_path / "b.warc.gz").write_bytes(warc(tmp_path / "b.warc.gz", pages).read_bytes()[:-40])
    outcome(tmp_path / "b.warc.gz")
    assert capfd.readouterr() == ("", "")


def test_a_line_of_fifty_megabytes_costs_neither_memory_nor_the_others(tmp_path):
    (tmp_path / "line.txt").write_text("Twelve died, officials said. " * 1_800_000)
    (tmp_path / "good.txt").write_text(f"{BODY}\n\n{MORE}")
    command = [sys.executable, "-c", "from ascribe.cli import main; main()", "extract", str(tmp_path)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run([*command, "--out", str(tmp_path / "l")], capture_output=True, text=True, timeout=300)
    assert done.returncode == 1 and "52,200,000 characters are too many" in done.stderr
    assert done.stdout.startswith("1 article")
    assert max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) < 1_000_000
