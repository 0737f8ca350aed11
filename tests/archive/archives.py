"""Archives made up for the tests, ways to extract them, and what is compared of two data sets."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import signal
from pathlib import Path

from ascribe.archive import Options, Summary, extract_archive, running
from ascribe.archive.work import Made, Settings, work
from ascribe.articles import Article
from ascribe.ledger import swap

SENTENCES = (
    "At least {n} miners were killed at Orvan on Monday, Marisol Tane, the mayor, said.",
    "The Kestria Ministry of Health said {n} people were wounded near Tallen.",
    "According to the Orvan Red Crescent, more than {n} houses were destroyed.",
    '"We are still counting," a spokesman said. "About {n} are missing."',
    "Officials in Osk put the toll at {n}.",
)


def record(number: int, **other: object) -> dict[str, object]:
    """An article of two sentences, as a line of JSON holds it."""
    said = [SENTENCES[(number + k) % len(SENTENCES)].format(n=number + 3 * k + 2) for k in range(2)]
    day = {} if number % 5 == 4 else {"published": f"2031-{number % 3 + 4:02d}-{number % 28 + 1:02d}"}
    return {"doc_id": f"orvan-{number:04d}", "text": "\n\n".join(said), "publisher": "The Osk Times"} | day | other


def archive(path: Path, records: list[dict[str, object]]) -> Path:
    """A JSONL file of these records."""
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def extracted(inputs: object, folder: Path, **options: object) -> tuple[Summary, list[str]]:
    """What a run into a folder did, and the trouble that it named."""
    failed: list[str] = []
    told = extract_archive(inputs, folder, Options(**options), on_error=lambda e: failed.append(str(e)))
    return told, failed


def files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that a data set is made of, and of what it says of itself."""
    passing = {"journal.sqlite", "journal.sqlite-journal", swap.LOCK, running.LOCK}
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in passing
    }


@functools.cache
def remembered(text: str, doc_id: str, published: object, settings: Settings) -> Made:
    """What becomes of an article, extracted once for all tests."""
    return work([Article.from_text(text, doc_id, published=published, publisher="The Osk Times")], settings)[0]


class Here:
    """A crew in this very process, which extracts an article once in all tests."""

    def __init__(self, jobs: int, settings: Settings) -> None:
        self.settings, self.task, self.asked = settings, None, []

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wants(self) -> bool:
        return self.task is None

    def take(self, task: tuple[Article, ...]) -> None:
        self.task = task

    def give_back(self) -> list[tuple[tuple[Article, ...], list[Made] | None]]:
        task, self.task = self.task, None
        if not task:
            return []
        self.asked += [a.doc_id for a in task]
        return [(task, [remembered(a.text, a.doc_id, a.published, self.settings) for a in task])]


def deadly(articles: tuple[Article, ...], settings: Settings) -> list[Made]:
    """As `work`; an article that says so kills its process, another one only the first process that it meets."""
    for article in articles:
        first = article.meta.get("kills_once")
        if article.meta.get("kills") or (first and not Path(str(first)).exists()):
            if first:
                Path(str(first)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return work(articles, settings)
