"""The time that a figure covers: what "since January 1", "in December" or "over the past 24 hours" says of it.

A date expression with the preposition before it is a window; `window` chooses, over the parse, the one that belongs to
a figure: in its own clause or noun phrase, not in the clause that reports it ("said on Friday that …").
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import functools
import itertools
import re
from collections.abc import Sequence

from spacy.tokens import Token

from ascribe.extraction.dates import calendar as cal
from ascribe.extraction.dates.expression import DateExpression
from ascribe.extraction.dates.find import find_dates, parse_dates
from ascribe.extraction.lexicons import rows
from ascribe.language.reading import Reading

ROLES = ("since", "between", "past", "until", "before", "after", "as_of", "in", "stated")
"""What a window is, the surest first: this order decides between two that both belong to a figure."""

REACH = 40
"""Characters before an expression that can hold its preposition."""

GOVERNOR = re.compile(
    r"\b(since|from|between|until|till|through|up to|by|as of|as at|before|after|in|during|on|over|within|throughout"
    r"|for|to|at)\s+(?:the\s+|about\s+|around\s+|just\s+)?$",
    re.IGNORECASE,
)
SINCE = re.compile(r"\bsince\s+(?:the\s+|its\s+|their\s+)?(?:[\w'’-]+\s+){1,8}$", re.IGNORECASE)
ROLE_OF = {
    "since": "since", "until": "until", "till": "until", "through": "until", "up to": "as_of", "by": "as_of",
    "as of": "as_of", "as at": "as_of", "before": "before", "after": "after", "from": "from", "between": "between",
}  # fmt: skip
NAMED_DAY = re.compile(r"day\b|\b(?:to|last )night\b|tomorrow", re.IGNORECASE)
CLOCK = re.compile(r"T\d\d")
ONWARDS = re.compile(r"\s*,?\s*(?:on|onwards?|forward)\b", re.IGNORECASE)
JOINS = frozenset(["to", "until", "till", "through", "and", "-", "–", "—", "up to"])


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time as the text states it.

    `text[start:end]` are its words with the preposition. `first` and `last` are its days, inclusive, None where it is
    open or not known; `as_of` is the day at which a running total stood ("as of Friday", "by the end of May").
    `role` is one of `ROLES`; `stated` is the day of the report itself ("reported 40 deaths on Friday").
    """

    start: int
    end: int
    role: str
    first: dt.date | None = None
    last: dt.date | None = None
    as_of: dt.date | None = None


def windows(reading: Reading, dates: Sequence[DateExpression] | None = None) -> list[Window]:
    """All windows of an article, in text order; durations and sets that are tied to no day make none."""
    dates = find_dates(reading) if dates is None else dates
    return text_windows(reading.text, dates, reading.article.published)


def text_windows(text: str, dates: Sequence[DateExpression], anchor: dt.date | None) -> list[Window]:
    """As `windows`, for dates found in a plain text written on `anchor`."""
    found, i = [], 0
    while i < len(dates):
        d = dates[i]
        m = GOVERNOR.search(text, max(d.start - REACH, 0), d.start)
        preposition = m.group(1).lower() if m else d.text.split(" ", 1)[0].lower() if d.text[:3].islower() else ""
        start = m.start() if m else d.start
        if preposition in ("on", "in") and (since := SINCE.search(text, max(start - REACH, 0), start)):
            start, preposition = since.start(), "since"  # "since the start of the war on 3 May"
        pair = dates[i + 1] if i + 1 < len(dates) else None
        joined = text[d.end : pair.start].strip(" ,").lower().removesuffix(" the") if pair else None
        if joined in JOINS and pair.kind == "date" and (joined != "and" or preposition == "between"):
            first = _completed(d, pair)
            if first and pair.last and first <= pair.last:
                found.append(Window(start, pair.end, "between", first, pair.last))
                i += 2
                continue
        if d.value == "PRESENT_REF" and pair is not None and pair.first and not joined:
            i += 1  # "so far this year"
            continue
        window = _single(text, d, preposition, start, anchor)
        if window is not None:
            found.append(window)
        i += 1
    return found


def _completed(first: DateExpression, second: DateExpression) -> dt.date | None:
    """The first day of a range whose year may stand only at its end: "from January to March 2022"."""
    if second.last and not re.search(r"\d{4}", first.text) and first.kind == "date":
        again = parse_dates(first.text, second.last)
        if again and again[0].first:
            return again[0].first
    return first.first


def _single(text: str, d: DateExpression, preposition: str, start: int, anchor: dt.date | None) -> Window | None:
    role = ROLE_OF.get(preposition, "in")
    if d.kind == "time" and role == "in" and CLOCK.search(d.value or "") and not NAMED_DAY.search(d.text):
        return None  # a time of day alone does not tell the day
    if d.kind == "set" or d.value in ("PAST_REF", "FUTURE_REF"):
        return None
    if d.value == "PRESENT_REF":
        return Window(start, d.end, "as_of", as_of=anchor) if anchor else None
    if d.first is None or d.last is None:
        return None
    if preposition == "on" and d.kind == "date" and d.first.month != d.last.month:
        return None  # "up 8% on 2023": what it is set against
    first, last = d.first, d.last
    if d.kind == "duration":
        return Window(start, d.end, "past", first, last)
    if role == "from":
        onwards = ONWARDS.match(text, d.end)
        if not onwards:
            return Window(start, d.end, "in", first, last)
        return Window(start, onwards.end(), "since", first, anchor)
    if role == "since":
        if anchor and first > anchor:
            return None
        return Window(start, d.end, "since", first, anchor)
    if role == "until":
        return Window(start, d.end, "until", None, last)
    if role == "as_of":
        return Window(start, d.end, "as_of", as_of=last)
    if role == "before":
        return Window(start, d.end, "before", None, cal.shift_days(first, -1))
    if role == "after":
        after = cal.shift_days(last, 1)
        return Window(start, d.end, "after", after, anchor if anchor and after and after <= anchor else None)
    if anchor and first <= anchor < last:
        last = anchor  # "this year", "in December": so far
    return Window(start, d.end, "between" if role == "between" else "in", first, last)


@functools.cache
def _judging() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("date_context") if row["class"] == "judging")


# --------------------------------------------------------------------------------------------- which one is a figure's


@functools.cache
def _reporting() -> frozenset[str]:
    verbs = {row["verb"] for row in rows("reporting_verbs")}
    return frozenset(verbs | {row["noun"] for row in rows("reporting_nouns")})


def window(reading: Reading, position: int, found: Sequence[Window] | None = None) -> Window | None:
    """The window of what is stated at a character of the article, or None where its clause names none.

    `found` are the article's windows (`windows(reading)`), where they are at hand.
    """
    found = windows(reading) if found is None else found
    here = next(iter(reading.tokens(position, position + 1)), None)
    if here is None or not found:
        return None
    start, end = _around(reading, here)
    at = bisect.bisect_left(found, start, key=lambda w: w.start)
    clauses = _clauses(here)
    best = None
    for w in found[at:]:
        if w.start >= end:
            break
        between = reading.text[reading.ends[here.i] : w.start] if w.start > position else reading.text[w.end : position]
        when = w.end <= position and WHEN.match(between)  # "than on Monday, when 20 died": Monday's own number
        if ";" in between or (_compared(reading.text, w, start) and not when):
            continue  # "20 more than on Monday" tells Monday's number of another
        if w.start > position and COMPARED.search(between):
            continue
        if w.role in ("since", "past") and RECORD.search(reading.text, max(w.start - NEARBY, start), w.start):
            continue
        beside = w.start > position and len(between) <= BESIDE and not BROKEN.search(between)
        role = _belongs(reading, w, here, clauses)
        beside = beside and not (role is None and _told_between(reading, here.i, w.start))
        if when and clauses[0].lemma_.lower() in _reporting():
            day = w.first if w.role == "since" else w.last
            if w.first != w.last and w.role != "since":
                continue  # "in August, when she estimated 90": said then, not counted over it
            w, role = Window(w.start, w.end, "stated", as_of=day), "stated"
        elif when:
            role = w.role
        if role is None and not _close(w, between, beside):
            continue
        rank = (not beside and not when, role is None, ROLES.index(role or w.role), abs(w.start - position))
        if best is None or rank < best[0]:
            best = rank, _as(role or w.role, w, reading.article.published)
    return best[1] if best else None


def _compared(text: str, w: Window, start: int) -> bool:
    """Whether a time is one that a number is set against: "20 more than on Monday", "20 more than a week earlier"."""
    told = THAN.search(text, max(w.start - 8, start), w.start)
    more = MORE_THAN.match(text, w.start) and AFTER_NUMBER.search(text, max(w.start - 8, start), w.start)
    return bool(told or more)


def _told_between(reading: Reading, number: int, start: int) -> bool:
    """Whether a verb stands between a number and a time, which is that verb's: "44 people opens on Monday"."""
    between = reading.tokens(reading.ends[number], start)
    return any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in between)


def _close(w: Window, between: str, beside: bool) -> bool:
    """Whether a time stands so near a number, with no other between, that the words tell what the parse does not."""
    return beside or (w.role in NEVER_SPEECH and len(between) <= NEARBY and not BROKEN.search(between))


def _around(reading: Reading, here: Token) -> tuple[int, int]:
    """The characters of the token's sentence, no further than `FAR` from it: a sentence may be a whole hostile file."""
    doc, first, last = reading.doc, here.i, here.i
    while not doc[first].is_sent_start and first and reading.starts[here.i] - reading.starts[first] < FAR:
        first -= 1
    while last + 1 < len(doc) and not doc[last + 1].is_sent_start and reading.ends[last] - reading.ends[here.i] < FAR:
        last += 1
    return reading.starts[first], reading.ends[last]


def _as(role: str, w: Window, anchor: dt.date | None) -> Window:
    """A window in the role that its clause gives it: "since the war began on 24 February" runs to the anchor."""
    if role == w.role:
        return w
    match role:
        case "stated":
            return Window(w.start, w.end, role, as_of=w.last)
        case "since" | "after":
            return Window(w.start, w.end, role, w.first if role == "since" else cal.shift_days(w.last, 1), anchor)
        case _:
            return Window(w.start, w.end, role, None, w.last if role == "until" else cal.shift_days(w.first, -1))


def _verb(token: Token) -> bool:
    return token.tag_.startswith(("VB", "MD")) and token.dep_ not in ("amod", "aux", "aux:pass", "cop", "compound")


def _clauses(token: Token) -> list[Token]:
    """The heads of the clauses around a token, the innermost first; the root last, verb or not."""
    heads, seen = [], 0
    while seen < 60:
        if _verb(token) or token.head == token:
            heads.append(token)
        if token.head == token:
            break
        token, seen = token.head, seen + 1
    return heads or [token]


SAME = ("xcomp", "conj", "advcl", "acl", "acl:relcl")
"""A time named in the main clause holds for these subordinate ones too; not for what is said (ccomp, parataxis)."""

COVERING = re.compile(r"(?:in|during|over|within|throughout|for|across)\b", re.IGNORECASE)
COMPARED = re.compile(r"\b(?:after|against|from|compared|versus|than|to)\b.*\d[^\d]{0,24}$", re.IGNORECASE | re.DOTALL)
"""Another number, set against this one, that the time stands behind: "up 90, after 70 in August"."""
THAN = re.compile(r"\bthan\s+$", re.IGNORECASE)
MORE_THAN = re.compile(r"(?:more|less|fewer)\s+than\b", re.IGNORECASE)
AFTER_NUMBER = re.compile(r"\d\s+$")
WHEN = re.compile(r",?\s+when\b[^,;.]*$", re.IGNORECASE)
"""Between a time and a number: the number is of that time."""
RECORD = re.compile(
    r"\b(?:the|its|their)\s+(?:\w+\s+)?(?:most|least|first|worst|best"
    r"|(?!(?:pro|con|ear)?test|forest|interest|request|arrest|harvest|north|south|w?east|rest|west|guest|nest)\w{3,}est)\b"
    r"[^,.;\d]{0,50}$",
    re.IGNORECASE,
)
"""What a record has stood for, not the number: "the deadliest attack since 2010", "the most since May"."""
FAR = 800
"""Characters beyond which a time says nothing of a number, be the sentence ever so long."""
BESIDE = 24
"""Characters between a number and a time that stands right behind it: "7,320 people in August"."""
NEARBY = 60
"""Characters between a number and a time that nothing is said at, where the parse does not join them."""
BROKEN = re.compile(r"[\d,;.]|[\"“”]")
NEVER_SPEECH = ("since", "between", "past", "as_of")
"""Times that nothing is said at: "Since Monday, the group said, …"."""


def _belongs(reading: Reading, w: Window, here: Token, clauses: list[Token]) -> str | None:
    """The role that a window plays for a token, None where it says nothing of it."""
    words = reading.tokens(w.start, w.end)
    if not len(words):
        return None
    path, token = [], words.root
    while not _verb(token) and token.head != token and len(path) < 60:
        path.append(token)
        token = token.head
    above = {t.i for t in itertools.islice(here.ancestors, 60)} | {here.i}
    if any(t.lemma_.lower() in _reporting() and t.i not in above for t in path[1:]):
        return None  # "a report on Friday"
    if token.lemma_.lower() in _judging() and _ground(here, token):
        return None  # "jailed on Monday for the murder of two": the murder was another day
    if w.role not in NEVER_SPEECH and _aftermath(here, token):
        return None  # "the trial over the killing of two opens on Monday"
    if token.i == clauses[0].i:
        reported = token.lemma_.lower() in _reporting() and w.role == "in" and not _covers(reading.text, w)
        return "stated" if reported else w.role
    if token.dep_ == "advcl" and token.head.i == clauses[0].i and _mark(token) in ("since", "after", "before", "until"):
        return _mark(token) if w.role == "in" else None
    inner = clauses[0]
    for outer in clauses[1:]:
        if outer.i == token.i and w.role in NEVER_SPEECH:
            return w.role
        about = words.root.dep_.startswith("nsubj")  # "March is the deadliest month, with 12 killed"
        if inner.dep_ not in SAME or (_apart(inner, outer) and not about):
            return None
        if outer.i == token.i and outer.lemma_.lower() not in _reporting():
            return w.role
        inner = outer
    return None


def _apart(inner: Token, outer: Token) -> bool:
    """Whether a subordinate clause tells of another time than the one it stands in: what somebody is accused of, what
    was before or after, what is said of a noun whose clause is no event itself ("the attack that killed 12 was
    condemned on Monday", but "the bomb that killed 12 went off on Monday")."""
    if inner.lemma_.lower() in _judging():
        return True
    if inner.dep_ == "advcl":
        return _mark(inner) in ("after", "before", "since", "until", "because")
    return inner.dep_.startswith("acl") and outer.lemma_.lower() not in _occurring()


def _aftermath(here: Token, verb: Token) -> bool:
    """Whether a number stands in what a trial, a funeral or an inquiry is about, which came later."""
    for above in itertools.islice(here.ancestors, 60):
        if above == verb:
            return False
        if above.lemma_.lower() in _later():
            return True
    return False


@functools.cache
def _occurring() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("date_context") if row["class"] == "occurring")


@functools.cache
def _later() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("date_context") if row["class"] == "aftermath")


def _ground(here: Token, verb: Token) -> bool:
    """Whether a number stands in what somebody is judged or remembered for, and is not who that is."""
    for _ in range(60):
        if here.head == verb or here.head == here:
            break
        here = here.head
    return here.head == verb and here.dep_ not in ("obj", "nsubj", "nsubj:pass", "iobj", "conj", "cc")


def _covers(text: str, w: Window) -> bool:
    """Whether a time says what a count covers and not when it was given: "recorded 40 deaths in May"."""
    return w.first != w.last and COVERING.match(text, w.start, w.end) is not None


def _mark(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ in ("mark", "case")), "")
