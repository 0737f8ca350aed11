"""From addresses and feeds to a web archive. Nothing is asked for but what the user named, or a feed that he named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ascribe.articles import web
from ascribe.articles.characters import load
from ascribe.articles.fetching import address as addresses
from ascribe.articles.fetching import feeds
from ascribe.articles.fetching.asking import Answer, Bounds, ask
from ascribe.articles.fetching.keeping import Kept
from ascribe.articles.fetching.robots import Sites
from ascribe.articles.warc import HTML
from ascribe.errors import ArticleError
from ascribe.limits import DEFAULT, Limits, TimeUp
from ascribe.progress import progress

DELAY = 1.0
"""Seconds between two requests to one site; more where its robots.txt asks for more."""
STEPS = 5
"""Redirections that are followed for one page."""


def named(item: str | Path) -> bool:
    """Whether an input is an address, or a file that is read as a feed."""
    item = os.fspath(item)
    return addresses.is_address(item) or (item.lower().endswith(feeds.SUFFIXES) and os.path.isfile(item))


def fetched(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    on_error: Callable[[ArticleError], None],
    on_note: Callable[[str], None],
    limits: Limits = DEFAULT,
) -> list[str | Path]:
    """The inputs with a web archive of their pages in the place of addresses and feeds.

    The archive lies beside the ledger `out` (see `keeping.folder`) and holds each page with an article, the
    redirections that led there, and the feeds. What cannot be fetched is handed to `on_error`, and the others go on.
    Raises AscribeError where the archive cannot be written.
    """
    inputs = list(inputs)
    asked = [os.fspath(item) for item in inputs if named(item)]
    found: list[str | Path] = [item for item in inputs if not named(item)]
    if not asked:
        return found
    fetcher = Fetcher(asked, Kept(out), on_error, on_note, limits)
    fetcher.run()
    if not fetcher.pages:
        return found
    pages = f"{fetcher.pages} page{'s' * (fetcher.pages != 1)}"
    on_note(f"{pages} fetched and kept: offline the same is made of {fetcher.kept.path}")
    return [*found, fetcher.kept.path]


class Fetcher:
    """One run over the addresses and feeds that a user named."""

    def __init__(
        self,
        asked: Sequence[str],
        kept: Kept,
        on_error: Callable[[ArticleError], None],
        on_note: Callable[[str], None],
        limits: Limits,
    ) -> None:
        self.asked, self.kept, self.on_error, self.on_note, self.limits = asked, kept, on_error, on_note, limits
        self.sites = Sites(self.follow, DELAY)
        self.own: set[tuple[str, int]] = set()
        """The hosts that the user named himself: these may be of this machine or a private network."""
        self.seen: set[str] = set()
        self.pages = 0

    def run(self) -> None:
        """Fetch all of it: first the feeds are read, then the pages come, each once."""
        todo: list[str] = []
        for item in self.asked:
            if addresses.is_address(item) and (proper := self.tried(addresses.proper, item)):
                self.own.add(addresses.service(proper))
                todo.append(proper)
            elif not addresses.is_address(item):
                todo += self.tried(self.of_file, item) or []
        todo = list(dict.fromkeys(todo))
        listed = [page for item in progress(todo, "pages") for page in self.tried(self.fetch, item) or []]
        for item in progress(listed, "pages", total=len(listed)):
            self.tried(self.fetch, item)

    def tried(self, do: Callable[[str], object], item: str) -> object:
        """What `do` makes of the item; None where it cannot, which is said."""
        try:
            return do(item)
        except ArticleError as e:
            self.on_error(e)
            return None

    def of_file(self, path: str) -> list[str]:
        """The pages of a feed's file. Raises ArticleError."""
        return self.first(feeds.pages(load(Path(path)), path), path)

    def first(self, pages: list[str], place: str) -> list[str]:
        """The pages of a feed that are fetched, as servers are asked for them."""
        if len(pages) > feeds.MOST:
            self.on_note(f"{place}: the first {feeds.MOST} of its {len(pages):,} pages are fetched")
        return [proper for page in pages[: feeds.MOST] if (proper := self.tried(addresses.proper, page))]

    def fetch(self, address: str) -> list[str]:
        """Fetch a page and keep it; of a feed that the user named, returns its pages. Raises ArticleError."""
        if address in self.seen:
            return []
        steps: list[Answer] = []
        answer = self.follow(address, Bounds(), steps)
        again = answer.address in self.seen and answer.address != address
        self.seen |= {address, *(step.address for step in steps)}
        if again:
            return []
        if answer.status != 200:
            raise ArticleError(address, refusal(answer))
        listed = [] if answer.kind in HTML else self.feed(answer, address)
        if not listed:
            self.refuse_empty(answer, address)
            self.pages += 1
        for step in steps:
            self.kept.add(step)
        return listed

    def feed(self, answer: Answer, address: str) -> list[str]:
        """The pages of a feed that the user named. Raises ArticleError where it is none, or a feed named it."""
        if answer.kind not in feeds.KINDS or address not in map(proper_or_none, self.asked):
            kind = answer.kind or "of a kind that the site does not name"
            raise ArticleError(address, f"not a web page ({kind}): save it, and name the file")
        return self.first(feeds.pages(answer.body, address, answer.address), address)

    def refuse_empty(self, answer: Answer, address: str) -> None:
        """Raise ArticleError where the page holds no article: in an archive of others nobody would be told."""
        if answer.header("Content-Encoding") not in ("", "identity"):
            return  # packed, though it was not asked to be: the archive's reader unpacks it
        charset = answer.header("Content-Type").lower().partition("charset=")[2].split(";")[0].strip(" \"'")
        try:
            with self.limits.kept():
                web.page(answer.body, place=address, doc_id=address, path=address, charset=charset)
        except TimeUp:
            raise ArticleError(address, self.limits.too_slow("read")) from None

    def follow(self, address: str, bounds: Bounds, steps: list[Answer] | None = None) -> Answer:
        """The answer at the end of an address's redirections; `steps` takes each answer on the way, and the last.

        Every step asks the robots.txt of its site, except on the way to a robots.txt. Raises ArticleError.
        """
        start = address
        for _ in range(STEPS + 1):
            if steps is not None:
                self.sites.wait(address)
            answer = ask(address, bounds, inside=addresses.service(address) in self.own)
            if steps is not None:
                steps.append(answer)
            if not answer.moved:
                return answer
            address = addresses.proper(answer.moved)
        raise ArticleError(start, f"leads from one address to the next, more than {STEPS} times")


def proper_or_none(address: str) -> str | None:
    """The address as a server is asked for it, or None."""
    try:
        return addresses.proper(address)
    except ArticleError:
        return None


def refusal(answer: Answer) -> str:
    """What a server's refusal means."""
    if answer.status in (404, 410):
        return f"no such page there (status {answer.status})"
    if answer.status in (401, 402, 403, 451):
        return (
            f"the site gives it to no program, or to no one without a login (status {answer.status}): save it as .html"
        )
    if answer.status == 429:
        return "the site has had too many requests (status 429): try again later"
    if answer.status >= 500:
        return f"the site is in trouble (status {answer.status}): try again later"
    return f"the site gives no page (status {answer.status})"
