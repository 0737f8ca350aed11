"""Bounds on what one article may take, so that none takes the others along: its length, and the time for it."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
import threading
from collections.abc import Iterator

AGAIN = 1.0
"""Seconds after which time is said to be up once more, where the first time was lost in somebody's destructor."""


WAITING = 4.0
"""How many times as long it may take by the clock as by the processor: a busy machine must not cost an article, and
what waits for ever must end."""


class TimeUp(BaseException):
    """The time for an article is over. No Exception, so that nobody on the way takes it for trouble with the text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What one article may take: `longest` characters, and `seconds` of the processor each for being read, parsed and
    extracted (by the clock four times as long).

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
        clocks = _clocks() if _can_be_kept() else ()
        before = [signal.signal(alarm, _ring) for _, alarm, _ in clocks]
        try:
            for timer, _, times in clocks:
                signal.setitimer(timer, self.seconds * times, AGAIN)
            yield
        finally:
            for timer, *_ in clocks:
                signal.setitimer(timer, 0)
            for (_, alarm, _), handler in zip(clocks, before, strict=True):
                signal.signal(alarm, handler)


def _ring(*_: object) -> None:
    raise TimeUp


def _clocks() -> tuple[tuple[int, signal.Signals, float], ...]:
    """The timers to set, the signal of each, and how many times the limit it is given."""
    return (signal.ITIMER_PROF, signal.SIGPROF, 1.0), (signal.ITIMER_REAL, signal.SIGALRM, WAITING)


def _can_be_kept() -> bool:
    """Whether this process's timers are here, can be set from this thread, and are nobody else's."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    return all(signal.getitimer(t)[0] == 0 and signal.getsignal(s) is signal.SIG_DFL for t, s, _ in _clocks())


DEFAULT = Limits()
