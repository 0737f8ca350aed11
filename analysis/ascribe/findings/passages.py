"""What the sentences around a number tell of an event: where, on which days, what happened, in which words.

Everything here reads the article's own words with small tables (`data/deeds.csv`, `data/event_words.csv`); nothing
knows a place or a person. Days are whole days since 1970.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterable

import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS

from ascribe.extraction.dates import parse_dates
from ascribe.findings import names
from ascribe.findings.reading_series import table
from ascribe.findings.wording import END, MONTHS

Days = tuple[int, int]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CALENDAR = frozenset(w.lower() for w in (*WEEKDAYS, *MONTHS, *(m[:3] for m in MONTHS), *(d[:3] for d in WEEKDAYS)))
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
ARTICLE = re.compile(r"(?:al|el|an|as|ash|ad|at|ar)[-’']", re.IGNORECASE)
"""Articles that names are written with."""
BLANK = re.compile(r"\n[ \t]*\n")
TITLE_CASE = 0.6
"""A sentence in which a larger share of the words is capitalised is a headline: its capitals tell no names."""
SHORT_WORD = 4
"""Letters: shorter words tell no event from another."""
UNDATED = -36_500
"""The day on which an article is read whose day is not known."""
EPOCH = dt.date(1970, 1, 1)
LONG = 3
"""Days: a time that covers more is no day of an event."""
FAR_BACK = 21
"""Days: "since" a day longer ago tells of a time, not of an event."""
REACH = 110
"""Characters on either side of a number within which a time is its own, in sentences without commas."""
DATELINE = re.compile(r"\b(?:published|posted|updated|publication|modified)\b[^a-z]*(?:on )?$", re.IGNORECASE)
"""Words before the day of publication."""
COUNTED_BY = re.compile(r"\b(?:by|until|till|up to|as of|as at)\s+(?:late |early |the )?$", re.IGNORECASE)
SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
CLAUSE = re.compile(r"[;:]|\s[-–—]\s")


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence `[start, end)` of an article: its words and the number of its paragraph."""

    start: int
    end: int
    paragraph: int
    text: str


def sentences(text: str, first: int = 0) -> list[Sentence]:
    """The sentences of an article's text from `first` on, in order; a blank line ends one, and a paragraph."""
    found, paragraph, start = [], 0, first
    for end in END.finditer(text, first):
        if text[start : end.start() + 1].strip():
            found.append(Sentence(start, end.start() + 1, paragraph, text[start : end.start() + 1]))
        paragraph += bool(BLANK.search(end[0]))
        start = end.end()
    if text[start:].strip():
        found.append(Sentence(start, len(text), paragraph, text[start:]))
    return found


@functools.cache
def listed(kind: str) -> frozenset[str]:
    """The words of one class of `data/event_words.csv`."""
    return frozenset(row["word"] for row in table("event_words") if row["class"] == kind)


@functools.cache
def _stems() -> str:
    return "|".join(sorted((re.escape(row["stem"]) for row in table("deeds")), key=len, reverse=True))


@functools.cache
def _deeds() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    kinds = {row["stem"]: frozenset(row["kinds"].split("|")) for row in table("deeds")}
    return re.compile(
        rf"\b(?:air-)?({_stems()})(?:s|es|e|d|ed|ing|ings|er|ers|ion|ions|ment|ments|es|men|man)?\b", re.I
    ), kinds


@functools.cache
def plain(kind: str) -> int:
    """By how many words of `data/deeds.csv` a kind of deed is told: the fewer, the more it says."""
    return sum(kind in kinds for kinds in _deeds()[1].values())


def deeds(text: str) -> frozenset[str]:
    """What happened, by the words of a text, as kinds of `data/deeds.csv`; empty where they do not tell."""
    pattern, kinds = _deeds()
    return frozenset().union(*(kinds[m[1].lower()] for m in pattern.finditer(text)))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two events may be of one kind: one is not told, they share a kind, or one is an attack of any kind."""
    if not one or not other or one & other:
        return True
    violence = listed("violence")
    return ("attack" in one and bool(other & violence)) or ("attack" in other and bool(one & violence))


def day_number(day: object) -> int | None:
    """A day as days since 1970; None for no date."""
    if day is None or pd.isna(day):
        return None
    return (pd.Timestamp(day).date() - EPOCH).days


@dataclasses.dataclass(frozen=True, slots=True)
class Time:
    """A time that a sentence tells: its days, where its words stand, and what it is the time of.

    `of`: `event` (when something happened), `speech` (when somebody spoke), `count` (up to when was counted), `span`
    (a long time, a war's).
    """

    first: int
    last: int
    start: int
    end: int
    of: str


@functools.lru_cache(maxsize=16384)
def times(text: str, published: int | None) -> tuple[Time, ...]:
    """The times that a sentence tells, for an article published on that day.

    For one whose day is not known they are those of a week that never was: good for telling its days apart, no more.
    """
    anchor = EPOCH + dt.timedelta(days=UNDATED if published is None else published)
    found = []
    happened = bool(deeds(text)) or bool(listed("harm") & {w.lower() for w in WORD.findall(text)})
    for d in parse_dates(text, anchor):
        before = text[: d.start]
        if d.days is None or (d.kind == "duration" and d.days and (d.last - d.first).days > LONG):
            long = (
                d.kind == "duration"
                and isinstance(d.value, str)
                and bool(re.match(r"P(?:\d*Y|X+Y|\d+M|[2-9]W|[3-9]\dD)", d.value))
            )
            if long or d.days:
                found.append(Time(0, 0, d.start, d.end, "span"))
            continue
        first, last = ((x - EPOCH).days for x in d.days)
        if "night" in d.text.lower() or d.text.lower().startswith("late"):
            last += 1
        of = "event"
        if DATELINE.search(before[-30:]) or (first == last == published and not WORD.findall(before)[3:]):
            continue
        since = SINCE.search(before[-12:])
        if last - first > LONG or (since and (published is None or published - last > FAR_BACK)):
            of = "span"
        elif _spoken(before):
            of = "speech"
        elif (
            not happened
            or COUNTED_BY.search(before)
            or listed("tolled") & {w.lower() for w in WORD.findall(before[-45:])}
        ):
            of = "count"
        found.append(Time(first, last, d.start, d.end, of))
    return tuple(found)


def dateline(text: str) -> dt.date | None:
    """The day of publication that an article's first words give themselves: "Published 3 October 2031"."""
    first = text.lstrip()[:160]
    for d in parse_dates(first, None):
        if d.days and d.first == d.last and DATELINE.search(first[: d.start][-30:]):
            return d.first
    return None


AFTER = re.compile(
    r"\b(?:after|following|since|in the wake of|in the aftermath of|from|mourn\w*|buried|anniversary of)\b",
    re.IGNORECASE,
)
"""Words between a day and a deed that put the deed before the day."""
EARLIER = re.compile(
    r"\b(?P<n>an?|one|two|three|four|five|six|seven|several|\d+) (?P<unit>day|week|month|year)s? (?:after|since)\b",
    re.IGNORECASE,
)
UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
NUMBERS = {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven"], 1)} | {
    "a": 1,
    "an": 1,
    "several": 4,
}


def aftermath(text: str, day_end: int, upto: int) -> bool:
    """Whether between a day and a place of a sentence stands a deed before that day: "on Monday after a raid"."""
    found = AFTER.search(text, day_end, upto)
    return bool(found) and bool(deeds(text[found.end() : upto]))


def before_that(text: str, first: int, start: int) -> int | None:
    """How many days an event lies before that of its sentence, by words between two of its numbers; None: it is one.

    "Five died on Tuesday, a week after a raid in which 19 were killed": the 19 died seven days before the five.
    """
    found = EARLIER.search(text, first, start)
    if not found or not deeds(text[found.end() : start]):
        return None
    many = found["n"].lower()
    return (int(many) if many.isdigit() else NUMBERS[many]) * UNITS[found["unit"].lower()]


def _spoken(before: str) -> bool:
    """Whether the words before a time end in a verb of saying, with nothing between but to whom and where."""
    for word in reversed(WORD.findall(before[-70:])):
        low = word.lower()
        if low in listed("spoke"):
            return True
        if low not in listed("spoken_to") and not word[0].isupper():
            return False
    return False


def wider(text: str, start: int, end: int, published: int | None) -> bool:
    """Whether the number at `[start, end)` of a sentence counts over a long time or a whole war, not for one event."""
    left, right = _clause(text, start, end)
    near = text[left:right]
    for time in times(text, published):
        if time.of == "span" and time.end > left and time.start < right:
            return True
    words = [w.lower() for w in WORD.findall(near)]
    war, begin = listed("war"), listed("begin")
    for i, word in enumerate(words):
        ahead = words[i + 1 : i + 7]
        if word == "since" and any(w in begin for w in ahead) and any(w in war for w in ahead):
            return True
        if word == "since" and ahead[:1] and ahead[0] in ("the", "its") and any(w in war | begin for w in ahead[:4]):
            return True
        if word in ("war", "conflict", "uprising", "crisis") and _of_the_war(words, i):
            return True
    return False


def _of_the_war(words: list[str], at: int) -> bool:
    """Whether a word for a war is where or by what people died: "died in the war", "the conflict has killed"."""
    before, after = words[max(at - 4, 0) : at], words[at + 1 : at + 4]
    inside = any(w in ("in", "of", "during", "throughout") for w in before)
    return (inside and not any(w in ("prisoners", "crime", "crimes") for w in before)) or bool(
        {"has", "have"} & set(after[:1]) and {"killed", "claimed", "left", "cost", "displaced", "taken"} & set(after)
    )


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of a sentence around `[start, end)` within which a time is the number's own."""
    left, right = max(start - REACH, 0), min(end + REACH, len(text))
    breaks = [m.end() for m in CLAUSE.finditer(text, left, start)]
    left = breaks[-1] if breaks else left
    after = CLAUSE.search(text, end, right)
    return left, after.start() if after else right


@functools.lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A name as it sounds, so that its spellings meet: Sarnakah, Sarnakeh and al-Sarnaka are one."""
    low = ARTICLE.sub("", word.lower(), count=1).replace("’s", "").replace("'s", "")
    low = re.sub(r"[^\w]", "", low)
    plain = low.replace("ph", "f").replace("kh", "k").replace("gh", "g").replace("q", "k").replace("c", "k")
    plain = plain.replace("z", "s").replace("th", "t").replace("dh", "d").replace("sh", "s")
    bare = plain[:1] + re.sub(r"[aeiouyhw]", "", plain[1:])
    bare = re.sub(r"(.)\1+", r"\1", bare)
    return bare if len(bare) >= 3 else low


@functools.lru_cache(maxsize=65536)
def _country(word: str) -> bool:
    return word in names._countries() or word.removesuffix("s") in names._countries()


def parts_of(word: str) -> list[str]:
    """The words of a hyphenated one: "Sarn-held" is Sarn and held; an article stays: "al-Sarn"."""
    if "-" not in word or ARTICLE.match(word):
        return [word]
    return [p for p in word.split("-") if p]


@dataclasses.dataclass(frozen=True, slots=True)
class Proper:
    """The names that an article writes: all of them but those who speak, and those that stand where places do."""

    names: frozenset[str]
    places: frozenset[str]


def proper(found: Iterable[Sentence]) -> Proper:
    """The words that an article writes as names: with a capital within its sentences, and never without one."""
    capital: set[str] = set()
    small: set[str] = set()
    places: set[str] = set()
    speakers: set[str] = set()
    for sentence in found:
        words = [p for m in WORD.finditer(sentence.text) for p in parts_of(m[0])]
        raised = [w for w in words if w[0].isupper()]
        small.update(w.lower() for w in words if not w[0].isupper())
        if len(raised) <= TITLE_CASE * len(words):
            capital.update(w for w in words[1:] if w[0].isupper())
            places.update(w for run in located(sentence.text) for w in WORD.findall(run))
            speakers.update(_speakers(sentence.text))
    there = frozenset(w for w in places if (w[0].isupper() or ARTICLE.match(w)) and _tells(w))
    known = frozenset(w for w in capital if w.lower() not in small and _tells(w)) | there
    return Proper(known - (frozenset(speakers) - there), there)


@functools.cache
def _located() -> tuple[re.Pattern[str], ...]:
    nouns = "(?i:" + "|".join(sorted(listed("place"), key=len, reverse=True)) + ")"
    small = r"(?:(?:the|a|an|its|some|two|three|several|old|main|[a-z]+ern|[a-z’']+-[a-z]+|[A-Z][\w’']*-[a-z]+|"
    small += r"[A-Z][a-z]+(?:an|ian|ish|ese)|[a-z]{3,12})\s+){0,4}"
    name = r"((?:al-|el-)?[A-Z][\w’'\-]+(?:\s+(?:al-|el-)?[A-Z][\w’'\-]+){0,3})"
    where = rf"(?<!\b[bB]ased )\b(?:in|at|near|outside|around|into|inside|across)\s+{small}"
    where += rf"(?:{nouns}s?\s+(?:of\s+)?)?{name}"
    people = "(?:" + "|".join(sorted(listed("place_people"))) + ")"
    which = rf"\b{nouns}s?\s+(?:of\s+|called\s+|named\s+)?{name}"
    of = rf"\b{people}\s+of\s+{name}"
    what = rf"{name}(?:[’']s)?\s+(?:{nouns}|{people})\b"
    deed = rf"(?:{_deeds()[0].pattern[2:-2]}|fire|sieges?)"
    on = rf"(?i:\b{deed})\s+(?:on|of|against)\s+{small}(?:{nouns}s?\s+(?:of\s+)?)?{name}"
    return tuple(map(re.compile, (where, which, of, what, on.replace(f"({_stems()})", f"(?:{_stems()})"))))


def located(text: str) -> list[str]:
    """The names in a sentence that stand where a place's name does: "in Sarn", "the town of Velt", "Tarn Road"."""
    found = []
    for m in itertools.chain.from_iterable(p.finditer(text) for p in _located()):
        run = m[1].split()
        while run and not _tells(run[0]):
            run = run[1:]
        kept = list(itertools.takewhile(_tells, run))
        if kept:
            found.append(" ".join(w.removesuffix("’s").removesuffix("'s") for w in kept))
    return found


def _speakers(text: str) -> set[str]:
    """The names beside a verb of saying: of those who speak."""
    words = list(WORD.finditer(text))
    found: set[str] = set()
    for i, word in enumerate(words):
        if word[0].lower() in listed("spoke"):
            for beside in (words[i + 1 : i + 8], words[max(i - 5, 0) : i][::-1]):
                run = list(itertools.dropwhile(lambda w: not w[0][0].isupper(), beside))
                for before, now in itertools.pairwise([*run[:1], *run]):
                    gap = text[min(before.end(), now.end()) : max(before.start(), now.start())]
                    if not now[0][0].isupper() or gap.strip():
                        break
                    found.add(now[0])
    return found


def _tells(word: str) -> bool:
    """Whether a capitalised word may be the name of a place: no country, no day or month, no row of capitals."""
    low = word.lower().replace("’s", "").replace("'s", "")
    return len(word) > 2 and not word.isupper() and low not in CALENDAR and low not in STOP_WORDS and not _country(low)


def named(text: str, known: frozenset[str]) -> collections.Counter[str]:
    """The names in a text, of those that its article is known to write as such, each as it sounds."""
    words = (p for w in WORD.findall(text) for p in parts_of(w))
    return collections.Counter(sound(w) for w in words if w in known)


def content(text: str) -> collections.Counter[str]:
    """The words of a text that tell something, without endings: no names of days, no small words."""
    found = (w.lower().replace("’s", "").replace("'s", "") for w in WORD.findall(text))
    kept = (w for w in found if len(w) >= SHORT_WORD and w not in STOP_WORDS and w not in CALENDAR)
    return collections.Counter(stem(w) for w in kept if w not in listed("spoke"))


def stem(word: str) -> str:
    """A word without its commonest endings: bombs, bombing and bombed are one."""
    for ending in ("ings", "ing", "edly", "ed", "ers", "er", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORT_WORD - 1:
            return word[: -len(ending)]
    return word
