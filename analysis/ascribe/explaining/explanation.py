"""An explanation: why each cell of a figure is as it is; in words, for a terminal."""

from __future__ import annotations

import dataclasses
import textwrap

from ascribe.articles.article import Article
from ascribe.explaining.watching import Call
from ascribe.extraction.records import Figure, Span

WIDTH, INDENT, AROUND = 110, 14, 80


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """One cell: its name, its value, why it is so in sentences, the rules that gave it, and where to change it."""

    cell: str
    value: object
    why: tuple[str, ...]
    rules: tuple[Call, ...] = ()
    edit: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """Why a number of an article reads as it does; `figure` is None where it is no figure. `print` shows it."""

    article: Article
    span: Span
    figure: Figure | None
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return told(self)


def told(explanation: Explanation) -> str:
    """The words of the figure, then each cell: its value, why, by which rules, and where to change it."""
    figure, (start, end) = explanation.figure, explanation.span
    text = explanation.article.text
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    shown = " ".join(f"{before}[{text[start:end]}]{after}".split())
    parts = [
        f"{figure.figure_id if figure else 'no figure'}  {explanation.article.doc_id}, characters {start} to {end}",
        f"  … {shown} …",
        "",
    ]
    quiet = [r for r in explanation.reasons if r.value is None and not r.rules and r.cell not in ("source", "figure")]
    for reason in explanation.reasons:
        if reason not in quiet:
            parts += [*_reason(reason), ""]
    if quiet:
        cells = ", ".join(f"{r.cell} ({r.edit.split(';')[0]})" for r in quiet)
        parts += _wrapped("null", f"Nothing in the text tells, as far as the rules see: {cells}.")
    return "\n".join(parts).rstrip()


def _reason(reason: Reason) -> list[str]:
    lines = _wrapped(reason.cell, "no figure" if reason.cell == "figure" else str(reason.value))
    for sentence in reason.why:
        lines += _wrapped("", sentence)
    for depth, call in enumerate(reason.rules):
        lines += _rule(call, depth, last=call is reason.rules[-1])
    return [*lines, *_wrapped("", f"To change it: {reason.edit}")] if reason.edit else lines


def _rule(call: Call, depth: int, last: bool) -> list[str]:
    pad = " " * (INDENT + 2 * min(depth, 6))
    about = " ".join(call.about.split("\n\n")[0].split())
    lines = [f"{pad}{'└ ' if depth else ''}{call.name} ({call.place}) {_clipped(about, 100)}".rstrip()]
    return [*lines, f"{pad}    {_clipped(call.source, 100)}"] if last else lines


def _wrapped(head: str, text: str) -> list[str]:
    first = head.ljust(INDENT - 1) + " "
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * INDENT) or [first.rstrip()]


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
