"""A small language for rules over tokens, compiled to regular expressions over symbols.

    (the)? part:PART of month:MONTH (,? year:YEAR)?

Upper-case names are classes of words or numbers, lower-case ones the words themselves, `name:` captures the atom or
group after it, and `( ) | ?` mean what they mean in a regular expression. There is no `*` and no `+`: a rule has a
longest match, so matching takes time linear in the text.
"""

from __future__ import annotations

import dataclasses
import re

from ascribe.extraction.dates.lexer import Alphabet

ATOMS = re.compile(r"(?P<capture>[a-z_0-9]+:)|(?P<cls>[A-Z_]+)|(?P<op>[()|?])|(?P<literal>[a-z]+|[^\s\w])")


@dataclasses.dataclass(frozen=True)
class Pattern:
    """A compiled rule: `first` holds the symbols that a match can begin with, `names` what its groups capture."""

    regex: re.Pattern[str]
    first: frozenset[str]
    names: tuple[tuple[int, str], ...]


def literals(pattern: str) -> set[str]:
    """The words that a pattern names."""
    return {m.group() for m in ATOMS.finditer(pattern) if m.lastgroup == "literal"}


def compile_pattern(pattern: str, alphabet: Alphabet) -> Pattern:
    """Compile a pattern; raises ValueError where it names a class that no word belongs to, or does not close."""
    tokens = [
        (m.lastgroup, f"{m.group()[:-1]}__{i}" if m.lastgroup == "capture" else m.group())
        for i, m in enumerate(ATOMS.finditer(pattern))
    ]
    body, first, _, rest = _either(tokens, alphabet, pattern)
    if rest:
        raise ValueError(f"unbalanced parenthesis in {pattern!r}")
    regex = re.compile(body)
    names = tuple((number, name.split("__")[0]) for name, number in regex.groupindex.items())
    return Pattern(regex, frozenset(first), names)


def _either(tokens: list, alphabet: Alphabet, pattern: str) -> tuple[str, set[str], bool, list]:
    bodies, firsts, empty = [], set(), False
    while True:
        body, first, nullable, tokens = _sequence(tokens, alphabet, pattern)
        bodies.append(body)
        firsts |= first
        empty |= nullable
        if not tokens or tokens[0][1] != "|" or tokens[0][0] != "op":
            return "|".join(bodies), firsts, empty, tokens
        tokens = tokens[1:]


def _sequence(tokens: list, alphabet: Alphabet, pattern: str) -> tuple[str, set[str], bool, list]:
    body, first, empty, name = "", set(), True, ""
    while tokens:
        kind, token = tokens[0]
        if kind == "op" and token in "|)":
            break
        tokens = tokens[1:]
        if kind == "capture":
            name = f"?P<{token}>"
            continue
        if kind == "op" and token == "(":
            inner, starts, nullable, tokens = _either(tokens, alphabet, pattern)
            if not tokens:
                raise ValueError(f"unbalanced parenthesis in {pattern!r}")
            tokens = tokens[1:]
            atom = f"({name or '?:'}{inner})"
        else:
            symbols = alphabet.members.get(token)
            if not symbols:
                raise ValueError(f"nothing is a {token} in {pattern!r}")
            starts, nullable = symbols, False
            atom = f"[{''.join(sorted(symbols))}]"
            atom = f"({name}{atom})" if name else atom
        name = ""
        if tokens and tokens[0] == ("op", "?"):
            atom, nullable, tokens = atom + "?", True, tokens[1:]
        if empty:
            first |= starts
        empty &= nullable
        body += atom
    return body, first, empty, tokens
