"""The words that tell a harm, by what they are: verbs, nouns, adjectives, deeds."""

from __future__ import annotations

import functools

from ascribe.extraction.lexicons import rows

HARMS = ("killed", "wounded", "casualties", "losses", "captured", "missing", "displaced", "affected")
PLAIN = ("killed", "casualties", "losses", "wounded")  # of nouns: "12 deaths" are deaths whatever the verb
STRONG = ("killed", "casualties", "losses", "captured", "missing", "wounded")


@functools.cache
def verbs() -> dict[str, dict[str, str]]:
    """Verb forms: {form: {role: category}}, the role in which the harmed stand (object or subject)."""
    found: dict[str, dict[str, str]] = {}
    for row in rows("figure_verbs"):
        found.setdefault(row["form"], {})[row["role"]] = row["category"]
    return found


@functools.cache
def nouns() -> dict[str, str]:
    """Nouns that are harm by themselves: {noun: category}."""
    return {r["noun"]: r["class"] for r in rows("figure_nouns") if r["class"] in HARMS}


@functools.cache
def states() -> dict[str, str]:
    """Adjectives that tell a harm: {"dead": "killed", …}."""
    return {r["word"]: r["category"] for r in rows("figure_states")}


@functools.cache
def deeds() -> dict[str, str]:
    """Nouns for what is done to people: {"assassination": "killed", …}."""
    return {r["noun"]: r["category"] for r in rows("figure_deeds")}


def both(first: str | None, second: str | None) -> str | None:
    """One category for two verbs: killed and wounded make casualties."""
    return "casualties" if {first, second} == {"killed", "wounded"} else first
