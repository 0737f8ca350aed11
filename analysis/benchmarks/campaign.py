"""`make fuzz`: a campaign of damaged and hostile inputs, from files to pages, against what the package promises.

    python -m benchmarks.campaign [--inputs N] [--minutes N] [--seed N] [--only STAGE ...] [--first N]

Every input is made from the seed, its stage and its number, so that any of them can be made again (`--first`). What
breaks a promise is printed with these, and kept in `build/campaign/`; the exit code is then 1. The test suite runs the
first inputs of every stage.

    read      files of every kind, their bytes damaged: articles or a named error, and nothing that cannot be stored
    extract   articles, their words mixed, doubled, cut and spiked: every offset leads to its words, every table holds
    save      the ledgers of these, written and read back in each format
    page      reports of these as HTML: no element, attribute or address but those that are known
    pdf       the same as PDF: it is there, and can be opened
"""

from __future__ import annotations

import argparse
import collections
import io
import json
import math
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ascribe.articles import Article, read
from ascribe.articles.inputs import SUFFIXES
from ascribe.errors import ArticleError
from ascribe.extraction import Extraction, extract
from ascribe.ledger import Ledger, storage
from ascribe.limits import Limits

KEPT = Path("build/campaign")
SHARES = {"read": 0.9, "extract": 0.05, "save": 0.03, "page": 0.019, "pdf": 0.001}
"""How many of the inputs each stage gets: they take from a thousandth of a second to one."""
LIMITS = Limits(seconds=60)
ROUND = 250
"""Inputs after which every stage has had its share of them."""

SENTENCES = (
    "At least 40 miners were killed in the collapse, Marisol Tane, the mayor of Orvan, said on Tuesday.",
    "“We have counted 12 dead and between 30 and 40 wounded,” she told the Kestria Courier.",
    "The Orvan Ministry of Health put the toll at 1,204, up from 900 on 3 May 2031.",
    "Some 2.5 million people – a third of them children – have fled, according to the Vella Relief Council.",
    "The company denied that anyone had died; it was “absurd”, a spokesman said.",
    "It cost $3.4bn, 12% more than planned.",
    "| killed | 12 |",
    "Dorran losses: 4,000 soldiers, 120 tanks (General Staff).",
)
SPIKES = (
    "<script>alert(1)</script>", "</table>", "&amp;", "&#0;", '"', "“", "’", "=HYPERLINK(1)", "+1", "@x", "\t", "\r",
    "\n\n", "#let x = 1", "$x$", "\\input{x}", "`", "**", "![t](https://example.org)", "javascript:alert(1)", "{{7*7}}",
    "---\n", "\x00", "\x1b[31m", "\u202e", "\u2028", "\ufeff", "\u200b", "e\u0301", "\U0001f642", "نص", "中文",
    "\ud800", "\uffff", "9" * 400, "1,2,3,4", "1.000.000", "١٢", "²", "½", "1e9", "-0", "∞", "twelve hundred dozen",
    "(" * 50, "a" * 300, " said ",
)  # fmt: skip


def mixed(chance: random.Random) -> str:
    """An article of sentences that are doubled, cut, spiked and strung together in odd ways."""
    parts = [chance.choice(SENTENCES) for _ in range(chance.randint(1, 8))]
    for _ in range(chance.randint(0, 6)):
        n = chance.randrange(len(parts))
        at = chance.randrange(len(parts[n]) + 1)
        what = chance.randrange(4)
        if what == 0:
            parts[n] = parts[n][:at] + chance.choice(SPIKES) + parts[n][at:]
        elif what == 1:
            parts[n] = parts[n][:at] + parts[n][at + chance.randint(0, 9) :]
        elif what == 2:
            parts[n] = parts[n][:at] + chance.choice(SENTENCES)[at:]
        else:
            parts[n] = parts[n] * chance.randint(2, 5)
    return chance.choice((" ", "\n", "\n\n", "", "\r\n", "\t")).join(parts)


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Bytes of which some are changed, lost, doubled, moved, or have others put between."""
    found = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, length = chance.randrange(len(found) + 1), chance.choice((1, 1, 4, 32, 256))
        what = chance.randrange(5)
        if what == 0:
            found[at : at + length] = chance.randbytes(length)
        elif what == 1:
            del found[at : at + length]
        elif what == 2:
            found[at:at] = found[at : at + length] * chance.randint(1, 4)
        elif what == 3:
            found[at:at] = chance.choice(SPIKES).encode("utf-8", "surrogatepass")
        else:
            other = chance.randrange(len(found) + 1)
            found[at : at + length] = found[other : other + length]
    return bytes(found) or b"\0"


def samples() -> dict[str, bytes]:
    """A good file of each kind."""
    text = "\n\n".join(SENTENCES[:4])
    page = f"<html lang=en><head><title>T</title><meta name=date content=2031-05-14></head><body><article><p>{text}</p>"
    mail = f"From: K <k@kestria.example>\nSubject: T\nDate: Mon, 05 Dec 2022 23:30:00 +0200\n\n{text}\n"
    record = f'{{"doc_id": "a", "published": "2031-05-14", "text": "{SENTENCES[0]}"}}\n'
    made = {
        ".txt": text, ".md": f"---\ntitle: T\npublished: 2031-05-14\n---\n\n{text}", ".html": page, ".htm": page,
        ".eml": mail, ".jsonl": record * 3,
    }  # fmt: skip
    archive, plain = _archive(page.encode(), packed=True), _archive(page.encode(), packed=False)
    return {k: v.encode() for k, v in made.items()} | {
        ".docx": _word(SENTENCES), ".pdf": _pdf(), ".warc": plain, ".warc.gz": archive,
    }  # fmt: skip


def _word(paragraphs: tuple[str, ...]) -> bytes:
    from docx import Document

    document, file = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def _pdf() -> bytes:
    import nbformat.v4 as v4
    from ascribe.publishing.render.document import document
    from ascribe.publishing.render.pdf import typeset

    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("\n\n".join(SENTENCES[:4]))])
    return typeset.render(document(notebook, "sample")).content


def _archive(page: bytes, packed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    address = "https://kestria.example/a"
    dated = {"WARC-Date": "2031-05-14T08:00:00Z"}
    writer.write_record(
        writer.create_warc_record(
            address, "response", payload=io.BytesIO(page), http_headers=headers, warc_headers_dict=dated
        )
    )
    return file.getvalue()


class Campaign:
    """The stages, each a method that makes an input of a source of chance and holds it to the promises."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.samples = folder, samples()

    def read(self, chance: random.Random) -> None:
        suffix = chance.choice(SUFFIXES)
        damage = self._repacked if suffix == ".docx" and chance.random() < 0.7 else damaged
        path = self.folder / f"a{suffix}"
        path.write_bytes(damage(self.samples[suffix], chance))
        errors: list[ArticleError] = []
        articles = list(read([path], on_error=errors.append, on_note=lambda note: None, limits=LIMITS))
        assert articles or errors, "neither an article nor an error"
        assert all(str(e).isprintable() for e in errors), "a message that no log can take"
        assert not any("seconds" in str(e) for e in errors), "the time was up"
        for article in articles:
            start, end = article.body
            assert article.text.strip() and 0 <= start < end <= len(article.text), "the body is no part of the text"
            for value in (article.doc_id, article.text, article.title, article.publisher, article.author, article.url):
                assert value is None or value.encode("utf-8") or True, "what cannot be stored"

    @staticmethod
    def _repacked(raw: bytes, chance: random.Random) -> bytes:
        """A Word file of which not the packing is damaged, but what is packed."""
        file = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
            part = chance.choice(["word/document.xml", "word/document.xml", "word/styles.xml", "_rels/.rels"])
            for name in old.namelist():
                new.writestr(name, damaged(old.read(name), chance) if name == part else old.read(name))
        return file.getvalue()

    def _extraction(self, chance: random.Random) -> Extraction:
        title = chance.choice((None, mixed(chance)[:80]))
        name = chance.choice(("a", chance.choice(SPIKES).replace("\ud800", "") or "b"))
        text = mixed(chance).replace("\ud800", "\ufffd")
        return extract(Article.from_text(text, name, title=title and title.replace("\ud800", "")))

    def extract(self, chance: random.Random) -> None:
        found = self._extraction(chance)
        text = found.article.text
        for figure in found.figures:
            assert text[figure.start : figure.end] == figure.number, "a figure's offsets lead elsewhere"
            _within(figure.source_span, text)
        for claim in found.claims:
            for span in (*claim.content, claim.source_span, claim.cue_span):
                _within(span, text)
        ids = [f.figure_id for f in found.figures] + [c.claim_id for c in found.claims]
        assert len(set(ids)) == len(ids), "an id twice"
        ledger = Ledger.from_extractions([found])
        assert len(ledger.figures) == len(found.figures) and len(ledger.claims) == len(found.claims), "a row lost"
        again = extract(found.article)
        assert again == found, "the same text gave something else"

    def save(self, chance: random.Random) -> None:
        ledger = Ledger.from_extractions([self._extraction(chance)])
        format = chance.choice(storage.FORMATS)
        ledger.save(self.folder / "ledger", format)
        back = Ledger.load(self.folder / "ledger")
        for name, table in ledger.tables.items():
            rows = [storage.plain_rows(name, t) for t in (table, back.tables[name])]
            if format == "csv":
                rows[0] = json.loads(json.dumps(rows[0]).replace("\\u0000", "\\ufffd"))  # which no CSV can hold
            assert rows[0] == rows[1], f"{name}: other rows came back"

    def _report(self, chance: random.Random):
        import nbformat.v4 as v4
        from ascribe.publishing.present import display, listings, story
        from ascribe.publishing.render.document import document

        found = self._extraction(chance)
        ledger = Ledger.from_extractions([found])
        fragments = [
            display.finding(story.article_finding(ledger)),
            display.table(listings.figures(ledger), mixed(chance)[:60], listings.FIGURES, {"stated": "link"}),
            display.annotated(found.article, display.marks(ledger.claims, ledger.figures)),
            display.note(found.article.text[:300]),
        ]
        cells = [v4.new_markdown_cell(f"# {chance.choice(SENTENCES)}\n\n{mixed(chance)}")]
        cells += [
            v4.new_code_cell("show()", outputs=[v4.new_output("display_data", data=fragment._repr_mimebundle_())])
            for fragment in fragments
        ]
        return document(v4.new_notebook(cells=cells), "report", self.folder, code_last=True)

    def page(self, chance: random.Random) -> None:
        from ascribe.publishing.render import html, markup
        from lxml import etree

        made = html.render(self._report(chance))
        own = {"html", "head", "meta", "link", "title", "style", "body", "main", "header", "nav"}
        for element in etree.fromstring(made.encode(), etree.HTMLParser(huge_tree=True)).iter(etree.Element):
            assert element.tag in markup.BLOCKS | markup.INLINE | own, f"<{element.tag}>"
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), f"an attribute {name}"
                if name in ("href", "src") and value != "data:,":  # an icon that is none, so that none is asked for
                    assert re.match(r"https?://|mailto:|#|data:image/", value, re.I), f"an address {value[:60]!r}"
                assert name != "src" or value.startswith("data:image/"), "something is fetched"

    def pdf(self, chance: random.Random) -> None:
        import pypdfium2
        from ascribe.publishing.render.pdf import typeset

        document = pypdfium2.PdfDocument(typeset.render(self._report(chance)).content)
        assert len(document) and document[0].get_textpage().get_text_range().strip(), "an empty PDF"


def _within(span: tuple[int, int] | None, text: str) -> None:
    assert span is None or 0 <= span[0] < span[1] <= len(text), f"a span {span} that is none"


def inputs(stage: str, seed: int, first: int, count: int) -> Iterator[tuple[int, random.Random]]:
    """The sources of chance of a stage's inputs, by number."""
    for number in range(first, first + count):
        yield number, random.Random(f"{seed}:{stage}:{number}")


def run(
    stage: str, seed: int, count: int, first: int = 0, tell: Callable[[str], None] = print
) -> collections.Counter[str]:
    """Hold `count` inputs of a stage to the promises; what was broken, counted by what it was."""
    broken: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="ascribe-campaign-") as folder:
        campaign = Campaign(Path(folder))
        for number, chance in inputs(stage, seed, first, count):
            try:
                getattr(campaign, stage)(chance)
            except Exception as e:
                place = traceback.extract_tb(e.__traceback__)[-1]
                what = f"{type(e).__name__}: {str(e)[:120]} ({Path(place.filename).name}, line {place.lineno})"
                broken[what] += 1
                if broken[what] == 1:
                    tell(f"{stage} {number} (seed {seed}): {what}")
                    KEPT.mkdir(parents=True, exist_ok=True)
                    for path in Path(folder).glob("a.*"):
                        path.replace(KEPT / f"{stage}-{seed}-{number}{path.name[1:]}")
    return broken


def rounds(counts: dict[str, int]) -> Iterator[tuple[str, int, int]]:
    """The inputs of all stages by turns, as (stage, first, how many): a run that is broken off has tried them all."""
    parts = max(sum(counts.values()) // ROUND, 1)
    for part in range(parts):
        for stage, count in counts.items():
            first, end = count * part // parts, count * (part + 1) // parts
            if end > first:
                yield stage, first, end - first


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many in all [default: 1,000,000]")
    parser.add_argument("--minutes", type=float, default=math.inf, help="how long, if all are not tried before")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input of each stage")
    parser.add_argument("--only", nargs="*", choices=SHARES, help="stages to run, which share the inputs")
    options = parser.parse_args(argv)
    stages = {stage: SHARES[stage] for stage in options.only or SHARES}
    counts = {stage: max(round(options.inputs * share / sum(stages.values())), 1) for stage, share in stages.items()}
    tried, broken, took = collections.Counter(), collections.Counter(), collections.Counter()
    begun = time.monotonic()
    for stage, first, count in rounds(counts):
        started = time.monotonic()
        if started - begun > 60 * options.minutes:
            break
        broken[stage] += run(stage, options.seed, count, options.first + first).total()
        tried[stage] += count
        took[stage] += time.monotonic() - started
    for stage in stages:
        print(f"{stage:8} {tried[stage]:9,} inputs, {broken[stage]:,} broke a promise, {took[stage]:,.0f} s")
    print(f"{tried.total():,} inputs, seed {options.seed}: {broken.total():,} broke a promise")
    return int(bool(broken.total()))


if __name__ == "__main__":
    sys.exit(main())
