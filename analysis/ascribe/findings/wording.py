"""What the words of the article around a number tell that its row does not: by which time a rate is, whom it names."""

from __future__ import annotations

import functools
import re

import pandas as pd

from ascribe.articles.front_matter import beginning
from ascribe.findings import names
from ascribe.findings.reading_series import table

PERIOD = re.compile(
    r"(?<!in )(?<!over )(?<!within )\b(?:a|an|per|each|every) (day|week|month|year)\b"
    r"|\b(dai|week|month|year|annual)ly\b",
    re.IGNORECASE,
)
"""Words that say by which time a rate is: "70 a day", "a daily 70"; "70 in a day" is no rate."""
AROUND = 60
"""Characters around a number within which such words are its own."""
END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")
"""Where a sentence ends. What follows an abbreviation is cut off too: then less is told, nothing wrong."""
LONGEST = 600
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTH = re.compile(
    rf"\b(?i:in|on|of|since|by|until|till|from|late|early|mid|last|\d{{1,2}})[ -](?:\d{{1,2}} )?({'|'.join(MONTHS)})\b"
)
OWN_SIDE = re.compile(
    r"\b(?:it|they|we) (?:has|have|had)? ?(?:itself )?lost\b|\b(?:its|their|our)(?: own)? ", re.IGNORECASE
)
"""Words between a source and its number that make the number one of its own people."""
PAST = re.compile(
    r"\b(?:last (?:week|month|year|spring|summer|autumn|winter)|(?:days|weeks|months|years?) (?:ago|before|earlier))\b",
    re.I,
)
OWN_WORD = {"losses": r"\blosses\b", "casualties": r"\bcasualt(?:y|ies)\b"}
"""Where a sentence has it, a narrower category read from it is no shift that one could blame on the article."""


def texts(documents: pd.DataFrame | None) -> dict[str, str]:
    """The articles' texts, by doc_id, what stands before the article itself blanked; empty where there are none."""
    if documents is None or "text" not in documents:
        return {}
    known = documents.drop_duplicates("doc_id")
    found = {d: t for d, t in zip(known["doc_id"], known["text"], strict=True) if isinstance(t, str)}
    return {d: "\n" * (at := beginning(t)) + t[at:] for d, t in found.items()}


def sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentence that holds `text[start:end]`: what stands before it there, and what after."""
    before, after = text[max(start - LONGEST, 0) : start], text[end : end + LONGEST]
    breaks = list(END.finditer(before))
    first = breaks[-1].end() if breaks else 0
    last = END.search(after)
    return before[first:], after[: last.start() + 1] if last else after


def sentence_start(text: str, start: int) -> int:
    """Where the sentence that holds `start` begins."""
    return start - len(sentence(text, start, start)[0])


def period(text: str, start: int, end: int) -> str | None:
    """By which time the rate `text[start:end]` is, by the words beside it: day, week, month, year; None: not told."""
    before, after = sentence(text, start, end)
    told = PERIOD.search(after[:AROUND]) or next(reversed(list(PERIOD.finditer(before[-AROUND:]))), None)
    if told is None:
        return None
    word = (told[1] or told[2]).lower()
    return {"dai": "day", "annual": "year"}.get(word, word)


def says(text: str, start: int, end: int, category: str) -> bool:
    """Whether the sentence of `text[start:end]` has the record's own word for a category: "losses", "casualties"."""
    word = OWN_WORD.get(category)
    return bool(word) and bool(re.search(word, " … ".join(sentence(text, start, end)), re.IGNORECASE))


def another_time(text: str, start: int, end: int, published: pd.Timestamp) -> bool:
    """Whether the sentence of `text[start:end]` names a month other than that of publication, or a time past.

    What it states may then be older than the article: "the office, which in August had spoken of 40".
    """
    words = " … ".join(sentence(text, start, end))
    if PAST.search(words):
        return True
    own = None if pd.isna(published) else published.month
    return any(MONTHS.index(m[1]) + 1 != own for m in MONTH.finditer(words))


SUBORDINATE = re.compile(r"[,;:—]|\s[-–]\s|\b(?:after|when|who|which|where|because|but|while|as)\b", re.IGNORECASE)
"""Words and marks past which "if" and "could" say nothing of a number."""
SPECULATES = 70
"""Characters before a number within which such words are its own."""


@functools.cache
def _unreal() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = {where: [r["words"] for r in table("unreal") if r["where"] == where] for where in ("before", "after")}
    before, after = ("|".join(sorted(map(re.escape, w), key=len, reverse=True)) for w in words.values())
    return re.compile(rf"\b(?:{before})\b(?<!\bcould)(?<!\bmight)|\b(?:could|might)\b(?!\s+have\b)", re.I), re.compile(
        rf"^\W*(?:\w+\W+){{0,3}}?(?:{after})\b", re.I
    )


def unreal(before: str, after: str) -> bool:
    """Whether what stands around a number makes it a fear, a plan or a supposition, by `data/unreal.csv`: no estimate.

    "The toll could pass 100", "if they had killed 900"; "may have killed 40" is an estimate, and a careful one.
    """
    ahead, behind = _unreal()
    for m in ahead.finditer(before[-SPECULATES:]):
        between = before[-SPECULATES:][m.end() :]
        if not SUBORDINATE.search(between):
            return True
    return bool(behind.match(after))


def supposed(figures: pd.DataFrame, documents: pd.DataFrame | None) -> pd.Series:
    """Which figures are fears, plans or suppositions, by the words (`text` of `documents`); a boolean Series."""
    known = texts(documents)
    placed = {"start", "end"} <= set(figures.columns)
    found = [
        f.doc_id in known and pd.notna(f.end) and unreal(*sentence(known[f.doc_id], int(f.start), int(f.end)))
        for f in (figures.itertuples() if known and placed else ())
    ]
    return pd.Series(found or False, index=figures.index, dtype=bool)


def names_publisher(text: str, publisher: str) -> bool:
    """Whether some words name a publisher, by any of its names; "the Kestrian General Staff" is not Orvan's."""
    wanted = names.publisher_key(publisher)
    for found in _pattern(publisher).finditer(text):
        before = text[: found.start()].replace("’s", "").replace("'s", "").split()[-1:]
        if not before or not names.is_country(before[0]):
            return True
        if names.publisher_key(f"{before[0]} {found[0]}") == wanted:
            return True
    return False


@functools.lru_cache(maxsize=1024)
def _pattern(publisher: str) -> re.Pattern[str]:
    known = {n for row in table("publishers") for n in (row["publisher"], row["alias"])}
    known = {n for n in known if names.publisher_key(n) == names.publisher_key(publisher)}
    words = "|".join(re.escape(name) for name in sorted({publisher, *known}, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")
