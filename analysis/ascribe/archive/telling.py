"""What is said while many articles are extracted: how many, how fast, how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from ascribe import saying

EVERY = 60.0
"""Seconds between two lines in a log."""
REDRAWN = 0.5
"""… and on a terminal."""


class Telling:
    """Progress: one line that is redrawn on a terminal, a line a minute in a log.

    `share` says how far the reading has come, from 0 to 1; what is skipped because it was extracted before takes no
    time, and does not count for the speed.
    """

    def __init__(self, share: Callable[[], float], clock: Callable[[], float] = time.monotonic) -> None:
        self.share, self.clock = share, clock
        self.began = self.last = clock()
        self.start = 0.0
        self.articles, self.words, self.before = 0, 0, 0
        self.terminal = sys.stderr.isatty()

    def skipped(self) -> None:
        """An article was extracted by an earlier run."""
        self.before += 1
        if not self.articles:
            self.start, self.began = self.share(), self.clock()
        self._look()

    def extracted(self, words: int) -> None:
        """An article of so many words was extracted."""
        self.articles += 1
        self.words += words
        self._look()

    def line(self) -> str:
        """What there is to be said now."""
        took = max(self.clock() - self.began, 1e-9)
        said = f"{self.articles:,} article{'s' * (self.articles != 1)}"
        if self.before:
            said += f" (and {self.before:,} from before)"
        if self.words:
            said += f", {self.words / took:,.0f} words a second"
        done = self.share() - self.start
        if self.articles and done > 0 and self.share() < 1:
            said += f", {100 * self.share():.0f} % read, about {duration(took * (1 - self.share()) / done)} left"
        return said

    def step(self, what: str) -> None:
        """Say what is being done after all was extracted."""
        if self.terminal:
            self._draw(what)

    def clear(self) -> None:
        """Take the line from the terminal."""
        if self.terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _look(self) -> None:
        now = self.clock()
        if now - self.last >= (REDRAWN if self.terminal else EVERY):
            self.last = now
            if self.terminal:
                self._draw(self.line())
            else:
                saying.say(f"ascribe: {self.line()}")

    def _draw(self, text: str) -> None:
        print(f"\r\x1b[K{saying.line(text)}", end="", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """A time in the two largest units that it has: "3 h 20 min"."""
    whole = max(round(seconds), 1)
    for name, size, small, part in (("d", 86400, "h", 3600), ("h", 3600, "min", 60), ("min", 60, "s", 1)):
        if whole >= size:
            rest = (whole % size) // part
            return f"{whole // size} {name}" + (f" {rest} {small}" if rest else "")
    return f"{whole} s"
