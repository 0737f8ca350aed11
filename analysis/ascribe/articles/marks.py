"""Raised characters as plain text keeps them: note marks and powers apart from the number that they stand beside.

A mark above the line says nothing of the number before it: 12 with a raised 3 is twelve, not 123.
"""

from __future__ import annotations

import re

RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
NUMBER = re.compile(r"[+\-−]?\d{1,3}[+\-−]?")
SEVERAL = re.compile(r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})+")
BRACKETED = re.compile(r"[\[(]\s*(\d{1,3}|[a-z])\s*[\])]")
LETTER = re.compile(r"[a-z]")
MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})\s*[\])]?")
"""What a link to a note is usually called."""


def raised(words: str, before: str, after: str) -> str:
    """What stands above the line, so that it does not run into what stands beside it.

    `before` and `after` are the characters beside it: "12" and a raised "3" are "12³", a raised "a" is "12[a]"; the
    letters of "4th" and of "Mc" stay as they are.
    """
    words = " ".join(words.split())
    if NUMBER.fullmatch(words):
        return words.translate(RAISED)
    if SEVERAL.fullmatch(words):
        return f"[{''.join(words.split())}]"
    if bracketed := BRACKETED.fullmatch(words):
        return f"[{bracketed[1]}]"
    if LETTER.fullmatch(words) and not after[:1].isalpha() and not lone(before):
        return f"[{words}]"
    return words


def lone(before: str) -> bool:
    """Whether a single letter stands before, which a raised one belongs to: the "n" of "no 5"."""
    return before[-1:].isalpha() and not before[-2:-1].isalpha()
