"""Bounds on what one article may take, so that none takes the others along: its length, and the time for it."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
import threading
from collections.abc import Iterator

AGAIN = 1.0
"""Seconds after which time is said to be up once more, where the first time was lost in somebody's destructor."""


class TimeUp(BaseException):
    """The time for an article is over. No Exception, so that nobody on the way takes it for trouble with the text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What one article may take: `longest` characters, and `seconds` each for being read, parsed and extracted.

    What is past a limit is named and left out. Time is kept only in a process's main thread, and not on Windows.
    """

    longest: int = 1_000_000
    seconds: float = 300.0

    def too_long(self, text: str) -> str | None:
        """What is to be said of a text that is too long; None for one that is not."""
        if len(text) <= self.longest:
            return None
        many = f"{len(text):,} characters are too many for one article (at most {self.longest:,})"
        return f"{many}: split it, or raise the limit"

    def too_slow(self, what: str) -> str:
        """What is to be said of an article whose time was up before it was `what`."""
        return f"not {what} within {self.seconds:g} seconds: left out; raise the limit, or split it"

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Raise TimeUp in what is done meanwhile when the seconds are over."""
        if not _can_be_kept():
            yield
            return
        before = signal.signal(signal.SIGALRM, _ring)
        try:
            signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _ring(*_: object) -> None:
    raise TimeUp


def _can_be_kept() -> bool:
    """Whether this process's alarm clock is here, can be set from this thread, and is nobody else's."""
    here = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return here and signal.getitimer(signal.ITIMER_REAL)[0] == 0 and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


DEFAULT = Limits()
