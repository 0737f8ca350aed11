"""The lists that the rules consult, read from the lexicon tables once."""

from __future__ import annotations

import calendar
import functools

from ascribe.extraction.lexicons import rows


@functools.cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of `claim_words.csv`: auxiliary, boundary, hearsay, link, moment, pronoun, …"""
    return frozenset(r["word"] for r in rows("claim_words") if r["class"] == name)


@functools.cache
def reporting_verbs() -> dict[str, frozenset[str]]:
    """Lemma of each verb of reporting, with its classes: say, label, accuse, urge, think, show, quote."""
    return {r["verb"]: frozenset(r["classes"].split()) for r in rows("reporting_verbs")}


@functools.cache
def reporting_nouns() -> frozenset[str]:
    """Lemma of each noun of reporting: claim, allegation, warning, …"""
    return frozenset(r["noun"] for r in rows("reporting_nouns"))


@functools.cache
def present_forms() -> dict[str, str]:
    """Third person of each reporting verb that is no noun's plural, to its lemma: denies, warns (often mistagged)."""
    nouns = reporting_nouns() | {
        "detail",
        "state",
        "air",
        "list",
        "record",
        "title",
        "cable",
        "figure",
        "place",
        "peg",
        "talk",
    }
    forms = {}
    for verb, classes in reporting_verbs().items():
        if verb not in nouns and "say" in classes:
            stem = verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"
            forms[verb + "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else stem] = verb
    return forms


@functools.cache
def plural_like() -> dict[str, str]:
    """Third person of each reporting verb that is a noun's plural as well, to its lemma: claims, estimates, reports."""
    return {v + "s": v for v, c in reporting_verbs().items() if "say" in c and v in reporting_nouns()}


@functools.cache
def past_forms() -> dict[str, str]:
    """The past of each regular reporting verb, to its lemma: countered, denied."""
    verbs = {v: v[:-1] + "i" if v.endswith("y") and v[-2] not in "aeiou" else v for v in reporting_verbs()}
    return {stem.removesuffix("e") + "ed": v for v, stem in verbs.items()}


@functools.cache
def denials() -> frozenset[str]:
    """Lemmas of the verbs and nouns that deny what they report."""
    verbs = {r["verb"] for r in rows("reporting_verbs") if r["polarity"] == "denied"}
    return frozenset(verbs | {r["noun"] for r in rows("reporting_nouns") if r["polarity"] == "denied"})


@functools.cache
def date_words() -> frozenset[str]:
    """The words that dates are made of: last, week, Tuesday, …"""
    return frozenset(r["word"] for r in rows("date_words"))


@functools.cache
def days() -> frozenset[str]:
    """The words that name a day or a month by themselves: Tuesday, May, yesterday."""
    ambiguous = {"may", "sun", "mar"}  # "The Orvan Sun reported"
    named = {r["word"] for r in rows("date_words") if r["class"] in {"weekday", "month"}} - ambiguous
    return frozenset(named | {"yesterday", "today", "tonight"})


@functools.cache
def roles() -> dict[str, str]:
    """Noun, lower case, to what it is: person, people, body, document."""
    return {r["noun"].lower(): r["class"] for r in rows("roles") if r["class"] != "place"}


@functools.cache
def months_and_days() -> frozenset[str]:
    """The months and the days of the week, lower case, in full and abbreviated."""
    lists = calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr
    return frozenset(name.lower() for names in lists for name in names if name)
