"""Which figures tell of one event, within an article and across articles.

An article tells of one event or of several. A figure belongs to that of its article's beginning unless its own sentence
speaks of another day, of another deed, of somewhere else, or of a long time (then it belongs to no event: the whole
war's dead are background). Two articles' tellings are of one event where their days meet, what happened may be the
same, and the places and the words are alike; a number alone never makes two tellings one. Every grouping can be seen
(`event_id`), and overruled (`given`).
"""

from __future__ import annotations

import collections
import dataclasses
import itertools
import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ascribe.extraction.records import record_id
from ascribe.findings import names, passages, wording
from ascribe.findings.tables import prepare, said
from ascribe.ledger.scan import taken

if TYPE_CHECKING:
    from ascribe.ledger import Ledger, Scan

HARM = ("killed", "wounded", "casualties", "missing", "displaced", "captured", "affected", "losses")
LEAD = 2
"""Sentences at an article's beginning that tell its event, besides those that count."""
BACK = 3
"""Days before an article's publication on which what it tells without a day may have happened."""
ALIKE = 0.17
"""Tellings of one day that share a place and are so alike, from 0 to 1, are of one event."""
VAGUE = 0.2
"""… where one of them does not tell its day itself."""
DAYLESS = 0.3
"""… where the day of one is not known at all."""
PLACELESS = 0.4
"""… where they share no place."""
APART_ALIKE = 0.75
"""… where their days, as told, are one day apart."""
NEAR = 2
"""Sentences for which a number without a word on its event goes on with the last one's."""
UNTOLD = 1000
"""A number from here on, in an article that does not tell what happened, is no single event's."""
COMMON = 200
"""A name or word in more tellings than this finds no candidates."""
STRIKE = frozenset(["air", "shell"])
"""What a strike may be: where no more is told, it is an attack."""
COLUMNS = ["figure_id", "event_id", "role", "place", "day", "day_to", "what"]
ROLES = ("toll", "background")


@dataclasses.dataclass(slots=True)
class Telling:
    """What one article tells of one event: the figures (rows), and what their sentences say of it.

    `days` is when it happened, as far as that is told; `told` whether the article tells the day itself; `places` are
    those of its `names` that stand where a place's name does, `where` the same as they are written.
    """

    doc_id: str
    rows: list[int] = dataclasses.field(default_factory=list)
    days: passages.Days | None = None
    told: bool = False
    published: int | None = None
    names: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    words: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    deeds: frozenset[str] = frozenset()
    paragraph: int = 0
    sentence: int = 0
    places: frozenset[str] = frozenset()
    where: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """What a number's sentence tells: which of the article's it is (`n`), days, whether told, deeds and names."""

    sentence: passages.Sentence
    n: int
    days: passages.Days | None
    told: bool
    deeds: frozenset[str]
    names: collections.Counter[str]


def events(
    figures: pd.DataFrame, documents: pd.DataFrame | None = None, given: Mapping[str, str | None] | None = None
) -> pd.DataFrame:
    """The figures of people harmed by the event that they belong to.

    A row a figure, in the order of the input; columns `figure_id`; `event_id` (null: no single event's); `role`: `toll`
    or `background` (of a long time, a whole war); `place` (the name told most often with its figures, else null);
    `day`, `day_to` (datetime64: the first and last day on which it may have happened); `what` (what happened, in the
    words of `data/deeds.csv`, else null). `documents` tell the days of publication and the words (`text`); without
    them, places, windows and as-of days of the figures decide alone.

    `given` overrules: for a figure_id, or a doc_id (the event of its beginning), the name of an event or the event_id
    of one that was found; None: it belongs to no event. Raises KeyError for a record that is neither.
    """
    found = prepare(figures, documents)
    found = found[found["category"].isin(HARM) & found["unit"].eq("")]
    given = dict(given or {})
    _known(given, figures)
    texts = wording.texts(documents)
    tellings, background = [], []
    unsaid = _sources(figures)
    for doc_id, rows in found.groupby("doc_id", sort=True):
        told, wide = _tell(str(doc_id), rows, texts.get(doc_id), unsaid)
        tellings += told
        background += wide
    groups = _grouped(tellings)
    return _framed(found, tellings, groups, background, given)


def grouped(ledger: Ledger | Scan, given: Mapping[str, str | None] | None = None) -> Ledger:
    """The ledger with each figure's event written into its column `event_id`; what a person corrected there is kept."""
    ledger = taken(ledger)
    figures = ledger.figures
    kept = {}
    if "reviewed" in figures and "event_id" in figures:
        reviewed = figures[figures["reviewed"].notna() & figures["event_id"].notna()]
        kept = dict(zip(reviewed["figure_id"], reviewed["event_id"], strict=True))
    known = events(figures, ledger.documents, kept | dict(given or {})).set_index("figure_id")["event_id"]
    told = figures["figure_id"].map(known).astype(object)
    return dataclasses.replace(ledger, figures=figures.assign(event_id=told.where(told.notna(), None)))


def _known(given: Mapping[str, str | None], figures: pd.DataFrame) -> None:
    there = {*figures["figure_id"], *figures["doc_id"]}
    lost = [record for record in given if record not in there]
    if lost:
        raise KeyError(f"no figure and no article {lost[0]!r}: an event is given for a figure_id or a doc_id")


def _sources(figures: pd.DataFrame) -> frozenset[str]:
    """The names of those who speak, as they sound: who counts the dead does not tell one event from another."""
    told: set[str] = set()
    for name in figures["source_name"].dropna().unique():
        head = name
        for small in (" in ", " at ", " from ", " near "):
            head = head.partition(small)[0]
        told.update(passages.sound(w) for w in passages.WORD.findall(head) if w[0].isupper())
    return frozenset(told)


def _tell(doc_id: str, rows: pd.DataFrame, text: str | None, unsaid: frozenset[str]) -> tuple[list[Telling], list[int]]:
    """The tellings of one article, that of its beginning first, and the rows that are background."""
    published = passages.day_number(rows["published"].iloc[0])
    rows = rows.sort_values("start", kind="stable")
    if text is None:
        return _tell_without_words(doc_id, rows, published)
    sentences = passages.sentences(text) or [passages.Sentence(0, 0, 0, "")]
    proper = passages.proper(sentences)
    places = proper.places | _places(rows)
    known = proper.names | places
    title = rows["title"].iloc[0]
    title = title if isinstance(title, str) else ""
    begin_of = [s for s in sentences[:LEAD] if s.paragraph == sentences[0].paragraph]
    lead = " ".join([title, *(s.text for s in begin_of)])
    main = Telling(doc_id, published=published)
    main.names, main.words = passages.named(lead, known), passages.content(lead)
    main.deeds = passages.deeds(f"{title} {begin_of[0].text}") or passages.deeds(lead)
    titled = {passages.sound(w) for w in passages.WORD.findall(title)}
    main.where.update(w for w in proper.places if passages.sound(w) in titled)
    main.where.update(w for sentence in begin_of for w in passages.located(sentence.text))
    begun = next((d for d in map(_lead_day(published), begin_of) if d), None)
    tellings, background = [main], []
    current, wide_before, last_n, last_end = main, None, -1, 0
    starts = np.array([s.start for s in sentences])
    for i, figure in rows.iterrows():
        n = max(int(np.searchsorted(starts, figure["start"], side="right")) - 1, 0)
        sentence = sentences[n]
        last = figure["end"] if pd.notna(figure["end"]) else figure["start"]
        begin, end = int(figure["start"]) - sentence.start, int(last) - sentence.start
        long = (
            figure["window_start"] is not pd.NaT
            and (figure["window_end"] - figure["window_start"]).days > passages.LONG
        )
        same_question = wide_before is not None and wide_before == (sentence.paragraph, figure["category"])
        if (
            long
            or passages.wider(sentence.text, begin, end, published)
            or (same_question and not _of_itself(sentence, published))
        ):
            background.append(i)
            wide_before = sentence.paragraph, figure["category"]
            continue
        wide_before = None
        days, told = _days(sentence, begin, end, figure, published)
        here = passages.deeds(sentence.text)
        earlier = passages.before_that(sentence.text, last_end - sentence.start, begin) if n == last_n else None
        last_n, last_end = n, sentence.start + end
        if earlier and days:
            days, told = (days[0] - earlier - earlier // 7, days[1] - earlier + earlier // 7), True
        told_here = Said(sentence, n, days, told, here, passages.named(sentence.text, known))
        if (earlier and days) or _another(main, told_here):
            current = next((t for t in tellings[1:] if t.days == days and passages.alike(t.deeds, here)), None)
            if current is None:
                current = Telling(doc_id, published=published, paragraph=sentence.paragraph)
                tellings.append(current)
        elif current is not main:
            near = sentence.paragraph == current.paragraph and n - current.sentence <= NEAR
            if not near or (told and days == main.days) or n == 0:
                current = main
        _add(current, i, told_here)
    if begun and not main.told:
        main.days, main.told = begun, True
    for telling in tellings:
        if published is None and telling.days and telling.days[0] <= passages.UNDATED:
            telling.days = None
        there = {passages.sound(w) for w in places}
        telling.names = collections.Counter({w: c for w, c in telling.names.items() if w in there or w not in unsaid})
        telling.places = frozenset(telling.names) & there
        telling.days = telling.days or (None if published is None else (published - BACK, published))
        kept = {w: c for w, c in telling.where.items() if _is_place(w, unsaid, titled)}
        telling.where = collections.Counter(kept)
    small = said(rows).lt(UNTOLD)
    events = [t for t in tellings if t.rows and _is_one(t, bool(small[t.rows].all()))]
    background += [row for t in tellings if t not in events for row in t.rows]
    return events, background


def _is_place(name: str, unsaid: frozenset[str], titled: set[str]) -> bool:
    """Whether a name that stands where a place's does may be the event's: it is the title's, or no speaker's."""
    sounds = {passages.sound(w) for w in name.split()}
    plain = all(w.lower() in passages.listed("place") for w in name.split())
    return not plain and bool(sounds & titled or not sounds & unsaid)


def _is_one(telling: Telling, small: bool) -> bool:
    """Whether what is told is an event: where, what happened, and when; without a deed only small numbers."""
    if not telling.places:
        return False
    return bool(telling.days or telling.told) if telling.deeds else telling.told and small


def _lead_day(published: int | None) -> Callable[[passages.Sentence], passages.Days | None]:
    """What finds the day of which a sentence of an article's beginning tells."""

    def day(sentence: passages.Sentence) -> passages.Days | None:
        told = [t for t in passages.times(sentence.text, published) if t.of == "event"]
        told = [t for t in told if published is None or published - 2 * BACK <= t.first <= published]
        told = [t for t in told if not passages.aftermath(sentence.text, t.end, len(sentence.text))]
        return (told[0].first, told[0].last) if told else None

    return day


def _of_itself(sentence: passages.Sentence, published: int | None) -> bool:
    """Whether a sentence tells an event's day or deed itself."""
    told = any(t.of == "event" for t in passages.times(sentence.text, published))
    return told or bool(passages.deeds(sentence.text))


def _tell_without_words(doc_id: str, rows: pd.DataFrame, published: int | None) -> tuple[list[Telling], list[int]]:
    """Tellings of an article of which only the rows are known: by their places and days."""
    tellings: dict[Hashable, Telling] = {}
    background = []
    usual = _usual(rows)
    for i, figure in rows.iterrows():
        place = figure["place"] if isinstance(figure["place"], str) else usual
        long = pd.notna(figure["window_start"]) and (figure["window_end"] - figure["window_start"]).days > passages.LONG
        if long or place is None or names.is_country(place):
            background.append(i)
            continue
        day = passages.day_number(figure["window_start"]) or passages.day_number(figure["as_of"])
        telling = tellings.setdefault((place, day), Telling(doc_id, published=published))
        telling.rows.append(i)
        telling.names.update(passages.sound(w) for w in passages.WORD.findall(place) if w[0].isupper())
        telling.places, telling.where[place], telling.told = frozenset(telling.names), 1, True
        known = published if day is None else day
        telling.days = None if known is None else (known - BACK, known)
    return list(tellings.values()), background


def _usual(rows: pd.DataFrame) -> str | None:
    """The place most often told with an article's figures; else None, as where one of them is for a whole country."""
    told = rows["place"].dropna()
    if told.empty or any(names.is_country(p) for p in told):
        return None
    return told.mode().iloc[0]


def _places(rows: pd.DataFrame) -> frozenset[str]:
    """The words of the places that are told with an article's figures."""
    return frozenset(
        w for p in rows["place"].dropna() for w in passages.WORD.findall(p) if w[0].isupper() and passages._tells(w)
    )


def _days(
    sentence: passages.Sentence, start: int, end: int, figure: pd.Series, published: int | None
) -> tuple[passages.Days | None, bool]:
    """When a number's event happened, and whether its sentence tells the day itself or only one by which it had."""
    times = passages.times(sentence.text, published)
    told = [t for t in times if t.of == "event" and (published is None or t.first <= published)]
    if told:
        nearest = min(told, key=lambda t: min(abs(t.start - end), abs(start - t.end)))
        if passages.aftermath(sentence.text, nearest.end, start):
            return (nearest.first - BACK, nearest.first), False
        return (nearest.first, nearest.last), True
    spoken = [t.last for t in times if t.of in ("speech", "count")]
    if spoken:
        return (min(spoken) - BACK, min(spoken)), False
    if not times and pd.notna(figure["window_start"]):
        first, last = (passages.day_number(figure[c]) for c in ("window_start", "window_end"))
        return (first, last), True
    return None, False


def _another(main: Telling, said: Said) -> bool:
    """Whether a sentence with a number tells of another event than its article's beginning."""
    if said.n < LEAD and said.sentence.paragraph == 0 and not main.rows:
        return False
    if said.told and main.told and main.days and not _meet(said.days, main.days):
        return True
    early = main.published is not None and said.days and said.days[1] < main.published - 2 * BACK
    if (said.told and early and not main.told) or not passages.alike(said.deeds, main.deeds):
        return True
    low = f" {said.sentence.text.lower()} "
    apart = any(f" {words} " in low for words in passages.listed("other"))
    return apart and bool(said.deeds) and not set(said.names) & set(main.names)


def _add(telling: Telling, row: int, said: Said) -> None:
    """Put a figure, and what its sentence says, to a telling."""
    telling.rows.append(row)
    if said.days and (telling.days is None or (said.told and not telling.told)):
        telling.days, telling.told = said.days, said.told
    elif said.days and not said.told and not telling.told and telling.days:
        telling.days = telling.days[0], min(telling.days[1], said.days[1])
    telling.names.update(said.names)
    telling.words.update(passages.content(said.sentence.text))
    telling.where.update(passages.located(said.sentence.text))
    if not telling.deeds or len(telling.rows) == 1:
        telling.deeds |= said.deeds
    telling.sentence = said.n


def _meet(one: passages.Days | None, other: passages.Days | None, slack: int = 0) -> bool:
    """Whether two times share a day, or lie no more than `slack` days apart; a time that is not known meets any."""
    return one is None or other is None or (one[0] <= other[1] + slack and other[0] <= one[1] + slack)


def _grouped(tellings: list[Telling]) -> list[list[int]]:
    """Tellings (by their indices) in events: the most alike first, as long as days and articles allow it.

    Two groups become one where their tellings are alike in the mean: one that is like one of another group does not do.
    """
    weight = {kind: _weights([getattr(t, kind) for t in tellings]) for kind in ("names", "words")}
    alike = {pair: _likeness(tellings[pair[0]], tellings[pair[1]], weight) for pair in _candidates(tellings)}
    where = list(range(len(tellings)))
    groups = {i: [i] for i in where}
    for (i, j), likeness in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
        a, b = where[i], where[j]
        if a == b or likeness < _needed(tellings[i], tellings[j]):
            continue
        across = [alike.get((min(k, m), max(k, m)), 0.0) for k in groups[a] for m in groups[b]]
        if sum(across) / len(across) >= ALIKE and _may_join(tellings, groups[a], groups[b]):
            for k in groups[b]:
                where[k] = a
            groups[a] += groups.pop(b)
    return [sorted(g) for _, g in sorted(groups.items())]


def _needed(one: Telling, other: Telling) -> float:
    """How alike two tellings must be: the less, the better it is told that both speak of one day and one place."""
    if not _meet(one.days, other.days):
        return APART_ALIKE
    if not one.places & other.places:
        return PLACELESS
    if one.days is None or other.days is None:
        return DAYLESS
    return ALIKE if one.told and other.told else VAGUE


def _may_join(tellings: list[Telling], one: list[int], other: list[int]) -> bool:
    """Whether two groups may be one event: no article twice, and days on which it may all have happened."""
    members = [tellings[k] for k in (*one, *other)]
    if len({t.doc_id for t in members}) < len(members):
        return False
    known = [t.days for t in members if t.days]
    stated = [t.days for t in members if t.days and t.told]
    if stated and max(d[0] for d in stated) > min(d[1] for d in stated) + 1:
        return False
    return all(_meet(a, b, slack=1) for a, b in itertools.combinations(known, 2))


def _candidates(tellings: list[Telling]) -> Iterable[tuple[int, int]]:
    """Pairs of tellings of different articles whose days meet and that share a name, or a word that is not common."""
    having: dict[str, list[int]] = collections.defaultdict(list)
    for i, t in enumerate(tellings):
        for word in (*(f"n {w}" for w in t.names), *(f"w {w}" for w in t.words)):
            having[word].append(i)
    pairs = set()
    for indices in having.values():
        if 1 < len(indices) <= COMMON:
            pairs.update(itertools.combinations(indices, 2))
    for i, j in sorted(pairs):
        a, b = tellings[i], tellings[j]
        slack = 1 if a.told and b.told else 0
        if a.doc_id != b.doc_id and _meet(a.days, b.days, slack) and passages.alike(a.deeds, b.deeds):
            yield i, j


def _weights(counted: list[collections.Counter[str]]) -> dict[str, float]:
    """How much a word tells: the rarer among the tellings, the more."""
    n = collections.Counter(w for c in counted for w in c)
    return {w: math.log(1 + len(counted) / k) for w, k in n.items()}


def _likeness(one: Telling, other: Telling, weight: dict[str, dict[str, float]]) -> float:
    """How alike two tellings are, from 0 to 1: by their names and by their words."""
    placed = _overlap(one.names, other.names, weight["names"])
    worded = _overlap(one.words, other.words, weight["words"])
    return 0.55 * placed + 0.45 * worded


def _overlap(one: Iterable[str], other: Iterable[str], weight: Mapping[str, float]) -> float:
    """The weight of what two sets of words share: the middle between its share of the smaller and of both."""
    one, other = set(one), set(other)
    shared, a, b = (sum(weight[w] for w in words) for words in (one & other, one, other))
    if not a or not b:
        return 0.0
    return (shared / min(a, b) + shared / (a + b - shared)) / 2


def _framed(
    found: pd.DataFrame,
    tellings: list[Telling],
    groups: list[list[int]],
    background: list[int],
    given: Mapping[str, str | None],
) -> pd.DataFrame:
    event = pd.Series(None, index=found.index, dtype=object)
    about: dict[str, tuple[object, ...]] = {}
    for group in groups:
        members = [tellings[k] for k in group]
        rows = sorted(r for t in members for r in t.rows)
        first = found.loc[rows].sort_values(["published", "doc_id", "start"], kind="stable").iloc[0]
        event_id = record_id("event", first["doc_id"], first["figure_id"])
        event.loc[rows] = event_id
        about[event_id] = _about(members)
    event = _overruled(found, tellings, event, given)
    out = pd.DataFrame({"figure_id": found["figure_id"], "event_id": event})
    out["role"] = ["toll" if isinstance(e, str) else "background" for e in event]
    blank = (None, pd.NaT, pd.NaT, None)
    for k, column in enumerate(COLUMNS[3:]):
        out[column] = [about.get(e, blank)[k] for e in event]
    for column in ("day", "day_to"):
        out[column] = out[column].astype("datetime64[s]")
    return out[COLUMNS].sort_index().reset_index(drop=True)


def _overruled(
    found: pd.DataFrame, tellings: list[Telling], event: pd.Series, given: Mapping[str, str | None]
) -> pd.Series:
    """The events, those that the user gave in place of what was found; a single figure's word goes over its
    article's.
    """
    event = event.copy()
    by_figure = dict(zip(found["figure_id"], found.index, strict=True))
    begun = {t.doc_id: t for t in reversed(tellings)}
    for record, name in given.items():
        if record in begun and record not in by_figure:
            event.loc[begun[record].rows] = name
    for record, name in given.items():
        if record in by_figure:
            event.loc[by_figure[record]] = name
    return event


def _place(members: list[Telling]) -> str | None:
    """The place that most of an event's tellings name, the one named most often of these; as it is written most
    often.
    """
    said: dict[str, list[tuple[str, int, int]]] = collections.defaultdict(list)
    for k, telling in enumerate(members):
        for name, n in telling.where.items():
            said[" ".join(passages.sound(w) for w in name.split())].append((name, n, k))
    if not said:
        return None
    rank = {s: (len({k for _, _, k in told}), sum(n for _, n, _ in told)) for s, told in said.items()}
    best = min(said, key=lambda s: (-rank[s][0], -rank[s][1], s))
    spelled = collections.Counter()
    for name, n, _ in said[best]:
        spelled[name] += n
    return min(spelled, key=lambda name: (-spelled[name], name))


def _about(members: list[Telling]) -> tuple[object, ...]:
    """Where, from when to when, and what: of an event's tellings."""
    place = _place(members)
    told = [t.days for t in members if t.days and t.told]
    days = told or [t.days for t in members if t.days]
    first = (max if told else min)(d[0] for d in days) if days else None  # a day that nobody tells is no more exact
    last = min(d[1] for d in days) if days else None
    if days and first > last:
        first, last = last, first
    known = collections.Counter(k for t in members for k in t.deeds)
    what = min(known, key=lambda k: (-known[k], passages.plain(k), k), default=None)
    if known and {k for k, n in known.items() if n == max(known.values())} == STRIKE:
        what = "attack"
    return place, _stamp(first), _stamp(last), what


def _stamp(day: int | None) -> pd.Timestamp:
    return pd.NaT if day is None else pd.Timestamp(np.datetime64(day, "D"))
