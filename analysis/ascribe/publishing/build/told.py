"""What a check found, as a file that may be put into somebody's page: a comment, a summary."""

from __future__ import annotations

import re
from pathlib import Path

from ascribe.errors import RenderError
from ascribe.publishing.build.building import Built
from ascribe.publishing.build.changes import plain
from ascribe.saying import lines

LONGEST = 60_000
"""Characters: a comment holds no more."""


def block(text: str) -> str:
    """A text of several lines as a block of code, in which nothing is anything else than text."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{lines(text)}\n{fence}"


def write(built: Built, path: str) -> None:
    """Write what is out of date, failed or odd, as Markdown in which an article's words are nothing else than words.

    The file is empty where there is nothing to tell. Raises RenderError where it cannot be written.
    """
    parts = list(built.stale.values())
    parts += [f"# {plain(name)} failed\n\n{block(message)}\n" for name, message in built.failed.items()]
    if parts and built.warnings:
        parts.append("# Notes\n\n" + "".join(f"- {plain(warning)}\n" for warning in built.warnings))
    text = "\n".join(parts)
    if len(text) > LONGEST:
        text = text[: text.rfind("\n", 0, LONGEST)] + "\n\n… and more: `ascribe build --check` says all.\n"
    try:
        Path(path).write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except (OSError, ValueError) as e:
        raise RenderError(f"{path}: cannot be written: {getattr(e, 'strerror', None) or e}") from None
