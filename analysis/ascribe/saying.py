"""What is said to a person, a terminal or a log: text that cannot pass for anything else.

Names of files and words of articles come from anywhere. A line break in one would begin a line of its own, which a log
may take for a command (`::error::`), and an escape sequence would be obeyed by the terminal.
"""

from __future__ import annotations

import contextlib
import sys


def line(text: object) -> str:
    """The text on one line, with what is no printable character as U+FFFD."""
    text = str(text)
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


def lines(text: object) -> str:
    """As `line`, but a text of several lines stays one."""
    return "\n".join(map(line, str(text).split("\n")))


def say(text: object) -> None:
    """Say a thing in one line on standard error."""
    with contextlib.suppress(OSError):  # nobody is there to be told
        _write(sys.stderr, line(text))


def say_all(text: object) -> None:
    """Say a thing of several lines on standard error."""
    with contextlib.suppress(OSError):
        _write(sys.stderr, lines(text))


def give(text: object) -> None:
    """Give a result, a line on standard output. Raises OSError where nobody takes it (a full disk, a closed pipe)."""
    _write(sys.stdout, line(text))


def give_all(text: object) -> None:
    """Give a result of several lines on standard output. Raises OSError where nobody takes it."""
    _write(sys.stdout, lines(text))


def _write(stream: object, text: str) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)
