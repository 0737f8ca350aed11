"""What a site allows programs: its robots.txt (RFC 9309), and how long to wait between two pages."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from ascribe.articles.fetching import address as addresses
from ascribe.articles.fetching.asking import AGENT, Answer, Bounds
from ascribe.errors import ArticleError

NAME = "ascribe"
"""As a robots.txt calls this program."""
BOUNDS = Bounds(bytes=500 * 1024)
"""Of a robots.txt. A longer one is for a machine of another size."""
LONGEST_WAIT = 60.0


@dataclasses.dataclass(slots=True)
class Site:
    """One site: its rules, and when its next page may be asked for (`time.monotonic`)."""

    rules: RobotFileParser
    delay: float
    free: float = 0.0


class Sites:
    """The sites of one run. `ask` asks for an address of a site within bounds, redirections followed."""

    def __init__(self, ask: Callable[[str, Bounds], Answer], delay: float) -> None:
        self.ask, self.delay = ask, delay
        self.known: dict[str, Site | ArticleError] = {}

    def wait(self, address: str) -> None:
        """Wait until the site's next page may be asked for. Raises ArticleError where it forbids to ask at all."""
        place = addresses.site(address)
        if place not in self.known:
            self.known[place] = self.meet(place)
        found = self.known[place]
        if isinstance(found, ArticleError):
            raise ArticleError(address, found.reason)
        if not found.rules.can_fetch(AGENT, address):
            raise ArticleError(address, "the site's robots.txt forbids programs this page: save it as .html by hand")
        time.sleep(max(0.0, found.free - time.monotonic()))
        found.free = time.monotonic() + found.delay

    def meet(self, place: str) -> Site | ArticleError:
        """A site by its robots.txt. One that has none allows everything; one that cannot say forbids everything."""
        rules = RobotFileParser()
        rules.modified()
        try:
            answer = self.ask(f"{place}/robots.txt", BOUNDS)
        except ArticleError as e:
            return e
        if answer.status >= 500:
            return ArticleError(
                place, f"the site is in trouble (status {answer.status} for robots.txt): try again later"
            )
        rules.parse(answer.body.decode("utf-8", "replace").splitlines() if answer.status == 200 else [])
        asked = rules.crawl_delay(NAME)
        if asked and float(asked) > LONGEST_WAIT:
            return ArticleError(place, f"the site wants {asked} seconds between two pages: save them as .html by hand")
        return Site(rules, max(self.delay, float(asked or 0)), time.monotonic() + self.delay)
