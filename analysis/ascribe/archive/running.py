"""The run over an archive: read, see what is new, have it extracted, keep it at once, and make the data set of it."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ascribe.archive import making
from ascribe.archive.crew import Crew, Processes, carry_out, tasks
from ascribe.archive.journal import FAILED, Journal, Taken
from ascribe.archive.options import Options
from ascribe.archive.telling import Telling
from ascribe.archive.version import extractor
from ascribe.archive.work import Made, Settings
from ascribe.articles import position, read
from ascribe.articles.article import Article
from ascribe.articles.naming import Names
from ascribe.errors import ArticleError, LedgerError
from ascribe.extraction.sources.parties import load_parties
from ascribe.ledger import columns, dataset, storage, swap

WORDS, ARTICLES = 4000, 32
"""The size of a task, in words and in articles: what a kill costs again is as many tasks as there are workers."""
SAVED = 64
"""Articles that were extracted before, noted together."""
LOCK = "extracting"


@dataclasses.dataclass(slots=True)
class Summary:
    """What a run did: articles extracted, those that were from an earlier run, those that could not be read or
    extracted, those taken out as the inputs no longer name them; and what the data set now has of each table."""

    extracted: int = 0
    before: int = 0
    failed: int = 0
    gone: int = 0
    rows: dict[str, int] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        found = ", ".join(f"{self.rows[t]:,} {t}" for t in ("claims", "figures", "sources"))
        parts = [f"{self.extracted:,} extracted now"]
        parts += [f"{self.before:,} from before"] if self.before else []
        parts += [f"{self.gone:,} gone"] if self.gone else []
        return f"{self.rows['documents']:,} articles: {found} ({', '.join(parts)})"


class Run:
    """One run: `extract_archive` below says what it does."""

    def __init__(
        self, folder: Path, options: Options, on_error: Callable[[ArticleError], None], on_note: Callable[[str], None]
    ) -> None:
        self.folder, self.options, self.on_error, self.on_note = folder, options, on_error, on_note
        self.parties = load_parties(options.parties)
        self.settings = Settings(options.pipeline, options.limits, extractor())
        self.summary = Summary()
        self.keys: dict[str, bytes] = {}
        """The keys of the articles that are being extracted."""

    def fail(self, error: ArticleError) -> None:
        self.summary.failed += 1
        self.on_error(error)

    def extract(self, inputs: Iterable[str | Path], journal: Journal, crew: Crew) -> None:
        """Extract what is new, and keep each task's articles as soon as it is done."""
        with position.followed() as where, contextlib.ExitStack() as stack:
            telling = Telling(where.share)
            stack.callback(telling.clear)
            names = Names(Taken(), Taken())
            articles = read(inputs, published=self.options.published, on_error=self.fail, on_note=self.on_note,
                            limits=self.options.limits, names=names)  # fmt: skip
            new = self.new(articles, journal, telling)
            done: list[tuple[Article, Made]] = []
            for article, made in carry_out(tasks(new, WORDS, ARTICLES), crew):
                done.append((article, made))
                telling.extracted(len(article.text.split()))
                if len(done) >= ARTICLES or not self.keys:
                    self.keep(done, journal)
            self.keep(done, journal)

    def new(self, articles: Iterable[Article], journal: Journal, telling: Telling) -> Iterator[Article]:
        """The articles that must be extracted; of the others it is noted that they are still there."""
        seen: list[str] = []
        for article in articles:
            key = self.key(article)
            known = journal.known(article.doc_id)
            if known is None or known.key != (self.tried(key) if known.state == FAILED else key):
                self.keys[article.doc_id] = key
                yield article
                continue
            if known.state == FAILED:
                self.fail(ArticleError(article.path or article.doc_id, f"{known.reason} (as in an earlier run)"))
            else:
                self.summary.before += 1
            telling.skipped()
            seen.append(article.doc_id)
            if len(seen) >= SAVED:
                self.note(seen, journal)
        self.note(seen, journal)

    def note(self, seen: list[str], journal: Journal) -> None:
        with journal.saving():
            for doc_id in seen:
                journal.seen(doc_id)
        seen.clear()

    def keep(self, done: list[tuple[Article, Made]], journal: Journal) -> None:
        """Take what was extracted into the journal, together."""
        with journal.saving():
            for article, made in done:
                key = self.keys[article.doc_id]
                if made.packed is not None:
                    day = article.published.isoformat() if article.published else None
                    journal.extracted(article.doc_id, key, day, made.packed)
                else:
                    journal.failed(article.doc_id, self.tried(key), str(made.reason))
        for article, made in done:
            del self.keys[article.doc_id]
            if made.packed is not None:
                self.summary.extracted += 1
            else:
                self.fail(ArticleError(article.path or article.doc_id, str(made.reason)))
        done.clear()

    def key(self, article: Article) -> bytes:
        """What the rows of an article hang on. The path is not among it: an archive may be moved."""
        known = [getattr(article, c.name) for c in columns.DOCUMENTS if c.name not in ("n_chars", "path", "text")]
        said = [*map(str, known), article.body, self.settings.pipeline, self.settings.version]
        return hashlib.sha256(json.dumps(said).encode()).digest()[:16]

    def tried(self, key: bytes) -> bytes:
        """The key of an article that could not be extracted: with other limits it is tried again."""
        return hashlib.sha256(key + repr(self.settings.limits).encode()).digest()[:16]


def extract_archive(
    inputs: Iterable[str | Path],
    out: str | Path,
    options: Options = Options(),  # noqa: B008 - frozen
    *,
    on_error: Callable[[ArticleError], None],
    on_note: Callable[[str], None] = lambda note: None,
) -> Summary:
    """Extract the articles of these inputs into a data set (see `ledger.dataset`) in the folder `out`.

    Articles that the data set holds, unchanged, are not extracted again; those that the inputs no longer name are taken
    out, unless `options.add`. Whenever it is stopped, the same call goes on from there. What cannot be read or
    extracted is handed to `on_error`, and the others go on. Raises LedgerError where the folder cannot be written or
    another run is at work on it, LexiconError where the table of parties does not hold.
    """
    folder = Path(out)
    inputs = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    with _alone(folder), contextlib.closing(Journal(folder)) as journal:
        held = _held(folder)
        run = Run(folder, options, on_error, on_note)
        journal.begin(held, lambda: dataset.listed(folder, held))
        with Processes(options.jobs, run.settings) as crew:
            run.extract(inputs, journal, crew)
        if not options.add:
            if not run.summary.extracted + run.summary.before and run.summary.failed:
                raise LedgerError(f"no article could be read; {folder} is as it was")
            run.summary.gone = journal.drop_unseen()
        making.make(folder, journal, run.parties)
        run.summary.rows = dataset.counts(folder, swap.held(folder))
    return run.summary


def _held(folder: Path) -> swap.Held | None:
    """What the folder says of its tables. Raises LedgerError where files of somebody else's lie in the way."""
    swap.recover(folder)
    try:
        held = storage.described(folder)
    except swap.Torn as e:
        raise LedgerError(str(e)) from None
    if others := dataset.strangers(folder, held):
        raise LedgerError(f"{folder / others[0]}: is not of a ledger, and lies where one would be; name another folder")
    return held


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else extracts into the folder as long as this lasts. Raises LedgerError where somebody does."""
    import filelock

    ours = folder / swap.OURS
    try:
        ours.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(ours / LOCK, timeout=0):
            yield
    except filelock.Timeout:
        raise LedgerError(f"{folder}: another run is extracting into it; wait for it, or name another folder") from None
    except OSError as e:
        raise LedgerError(f"{folder}: cannot be written: {e.strerror or e}") from e
