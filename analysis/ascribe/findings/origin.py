"""Which body stands behind a number, however its articles name it: the rows of an event's table.

An article names one body in many ways: the monitor by its full name, by a short one, by the man who heads it; a source
without a name as "a medical source", "the medical source in the city". Within one event these are one origin. What the
tables do not tell stays `UNCERTAIN`, which is not `NOBODY`.
"""

from __future__ import annotations

import collections
import functools
import itertools
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from ascribe.extraction.lexicons import rows as lexicon
from ascribe.findings import categories, names, passages, wording

NOBODY = "nobody"
UNCERTAIN = "not known"
"""The rows of what an article credits to nobody, and of what the extraction could not tell."""
UNSURE = 0.5
"""A credit of less confidence, from 0 to 1, is not known to be one."""
AROUND = 90
"""Characters before and after a person's name within which an article says whom that person speaks for."""
TAIL = re.compile(r"\s+(?:in|at|from|near|within|inside|close to|familiar with|on|who|which|that)\s.*$", re.IGNORECASE)
FRONT = re.compile(
    r"^(?:an?|the|one|two|three|four|five|several|some|another|other|unnamed|unidentified|anonymous|\d+)\s+", re.I
)
JOINED = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?|,\s+", re.IGNORECASE)
ENDED = re.compile(r"[.;:!?]\s|[\"”“]")
"""Where what stands beside a name is no more said of it."""
SINGULAR = re.compile(r"s$")


def behind(figures: pd.DataFrame) -> pd.Series:
    """Who stands behind each figure as its row names them: a name, `NOBODY`, or `UNCERTAIN`.

    `UNCERTAIN` where the extraction says so (`credit`), is less sure than `UNSURE` (`credit_confidence`; what a person
    said of it is known), or names as the source a saying ("claim", "the statement") or a happening ("the attack") and
    not who said it.
    """
    cells = figures.reindex(columns=["source_name", "credit", "credit_confidence", "reviewed"])
    found = [_behind(*row) for row in cells.itertuples(index=False)]
    return pd.Series(found, index=figures.index, dtype=object)


def behind_one(figure: pd.Series) -> str:
    """Who stands behind one figure (a row of the figures), as `behind` tells it."""
    return _behind(*(figure.get(c) for c in ("source_name", "credit", "credit_confidence", "reviewed")))


def _behind(name: object, credit: object, confidence: object, reviewed: object) -> str:
    looked_at = reviewed in categories.WHOLE or (reviewed == "corrected" and confidence == 1)
    unsure = isinstance(confidence, int | float) and confidence < UNSURE and not looked_at
    if unsure or credit == "uncertain" or (isinstance(name, str) and not looked_at and _no_body(name)):
        return UNCERTAIN
    return name if isinstance(name, str) else NOBODY


@functools.cache
def _sayings() -> frozenset[str]:
    return frozenset(row["noun"] for row in lexicon("reporting_nouns"))


@functools.cache
def _happenings() -> frozenset[str]:
    told = frozenset(row["noun"] for row in lexicon("figure_nouns") if row["class"] == "events")
    return told | passages.listed("gathering")


def _no_body(name: str) -> bool:
    """Whether a name is only a word for something said or for what happened: "claim", "the reports", "an attack"."""
    word = FRONT.sub("", name.strip()).lower()
    return any(w in _sayings() or w in _happenings() for w in (word, SINGULAR.sub("", word)))


def rows(
    figures: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
    events: pd.Series | None = None,
) -> pd.Series:
    """For each figure (by figure_id) the origin in whose row it stands: a name, `NOBODY` or `UNCERTAIN`.

    Names of one body are merged within an event (`events`, by figure_id; without it among all figures), and where they
    are one publisher's by the table of publishers everywhere.
    """
    told = behind(figures)
    told.index = figures["figure_id"]
    group = pd.Series(None, index=told.index, dtype=object) if events is None else told.index.to_series().map(events)
    heads = spokesmen(figures, documents, sources)
    about = _about(sources)
    out = told.copy()
    for _, members in told.groupby(group.astype(object).where(group.notna(), "").to_numpy(), sort=False):
        known = [n for n in members if n not in (NOBODY, UNCERTAIN)]
        called = merged(known, heads, about)
        out.loc[members.index] = [called.get(n, n) for n in members]
    return out


def _about(sources: pd.DataFrame | None) -> dict[str, tuple[object, object]]:
    """Each source's kind and party, by its name."""
    if sources is None or not len(sources):
        return {}
    return {r.name: (r.kind, r.party) for r in sources[["name", "kind", "party"]].itertuples(index=False)}


def merged(
    found: Iterable[str], heads: Mapping[str, str], about: Mapping[str, tuple[object, object]]
) -> dict[str, str]:
    """Each of some names, as often as it is told, with the one that its body goes by: the fullest.

    Bodies without a name go by what they are. `heads` says for whom a person speaks; `about` tells kind and party.
    """
    told = collections.Counter(found)
    known = sorted(told)
    nameless = {n for n in known if _is_nameless(n)}
    plain = {_head(n) for n in nameless}
    nameless |= {n for n in known if _head(n) in plain}
    nameless -= {n for n in known if any(_holds(n, other) for other in known if other not in nameless)}
    groups: dict[str, set[str]] = {n: {n} for n in known}

    def join(one: str, other: str) -> None:
        both = groups[one] | groups[other]
        for n in both:
            groups[n] = both

    named = [n for n in known if n not in nameless]
    for name in named:
        for other in _same_body(name, named, heads, about):
            join(name, other)
    for one, other in itertools.combinations(sorted(nameless), 2):
        if _head(one) == _head(other):
            join(one, other)
    for name in known:  # "A and B": A's row, where A is there by itself
        parts = [p.strip() for p in JOINED.split(name)]
        if len(parts) > 1 and len(groups[name]) == 1:
            alone = [n for n in known if n != name and _same_head(parts[0], n)]
            if alone:
                join(name, alone[0])
    return {n: _called(groups[n], told, nameless, heads) for n in known}


def _called(group: set[str], told: collections.Counter[str], nameless: set[str], heads: Mapping[str, str]) -> str:
    """The one name of a body: that without lower-case words around it, no person's, the fullest."""
    if len(group) == 1:
        return next(iter(group))
    if group <= nameless:
        return min((TAIL.sub("", FRONT.sub("", JOINED.split(n)[0])) for n in sorted(group)), key=lambda n: (len(n), n))
    return min(group, key=lambda n: (n in heads, n in nameless, _ragged(n), -len(n), -told[n], n))


def _ragged(name: str) -> bool:
    """Whether a name has words around it that are none of a name: "London Based X", "a wedding on Monday X"."""
    return bool(JOINED.search(name)) or any(
        w.lower() in ("based", "led", "official") or (w[0].islower() and w not in names.SMALL) for w in name.split()
    )


def _holds(name: str, other: str) -> bool:
    """Whether a name holds another body's whole name, of two telling words or more."""
    key = names.key(other)
    return name != other and len(key) >= 2 and key < names.key(name) and any(w[0].isupper() for w in other.split()[1:])


def _same_head(part: str, name: str) -> bool:
    return _head(part) == _head(name) or (names.key(part) == names.key(name) != frozenset())


def _is_nameless(name: str) -> bool:
    """Whether a source has no name of its own: no word of it has a capital but those of where it is."""
    words = TAIL.sub("", FRONT.sub("", name)).split()
    return not any(w[:1].isupper() for w in words)


def _head(name: str) -> str:
    """What a source without a name is, without where: "the medical source in the city" is a medical source."""
    first = JOINED.split(FRONT.sub("", name.strip()))[0]
    return SINGULAR.sub("", TAIL.sub("", first).lower())


def _same_body(
    name: str, named: list[str], heads: Mapping[str, str], about: Mapping[str, tuple[object, object]]
) -> list[str]:
    """Those of some names that mean the body of one of them."""
    if name in heads:
        body = names.key(heads[name])
        known = [n for n in named if n != name and names.key(n) and not JOINED.search(n)]
        like = [n for n in known if names.key(n) <= body or body <= names.key(n)]
        return sorted(like, key=lambda n: (names.key(n) != body, n))[:1]
    key = names.publisher_key(name)
    same = [n for n in named if names.publisher_key(n) == key]
    if JOINED.search(name):
        return same
    mine = names.key(name)
    alone = [n for n in named if not JOINED.search(n) and _may_be(n, name, about)]
    if _ragged(name):
        return same + sorted((n for n in alone if _holds(name, n)), key=lambda n: (-len(names.key(n)), n))[:1]
    wider = [n for n in alone if mine and mine < names.key(n) and not _ragged(n) and _noun(n) == _noun(name)]
    same += wider if len(wider) == 1 and not names.is_country(name) else []
    if _seat(name):
        theirs = [n for n in named if n != name and about.get(n, (None, None))[0] in ("government", "military")]
        theirs = [n for n in theirs if _party(n, about) == _party(name, about) != None]  # noqa: E711
        same += theirs if len(theirs) == 1 else []
    return same


def _noun(name: str) -> str:
    """The word that says what a body is: the Observatory of "Sarn Observatory for Human Rights"."""
    return re.split(r"\s+(?:of|for|in|on|at|to)\s+", name)[0].split()[-1].lower()


def _party(name: str, about: Mapping[str, tuple[object, object]]) -> object:
    """The side that a name speaks for, as far as the tables tell."""
    return about.get(name, (None, None))[1]


def _may_be(one: str, other: str, about: dict[str, tuple[object, object]]) -> bool:
    """Whether two names may be one body's: not of two parties, and none of them a country alone."""
    a, b = about.get(one, (None, None))[1], about.get(other, (None, None))[1]
    apart = isinstance(a, str) and isinstance(b, str) and a != b
    return not apart and not names.is_country(one) and not names.is_country(other)


@functools.cache
def _seats() -> frozenset[str]:
    return frozenset(s.strip().lower() for row in lexicon("countries") for s in row["seats"].split("|") if s.strip())


def _seat(name: str) -> bool:
    """Whether a source is a country or the seat of its government: "Moscow" stands for whoever speaks there."""
    return names.is_country(name) or name.strip().lower() in _seats()


@functools.cache
def _roles() -> re.Pattern[str]:
    nouns = sorted({row["noun"] for row in lexicon("roles") if row["class"] == "person"}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, nouns))}|head|chief)\b", re.IGNORECASE)


def spokesmen(
    figures: pd.DataFrame, documents: pd.DataFrame | None, sources: pd.DataFrame | None = None
) -> dict[str, str]:
    """For whom a person speaks, by the articles' own words: "X chief N", "the director of X N", "N, head of X".

    Only bodies that stand behind figures themselves are looked for.
    """
    texts = wording.texts(documents)
    told = figures[figures["source_name"].notna()]
    about = _about(sources)
    where: dict[str, set[str]] = collections.defaultdict(set)
    for doc_id, name in zip(told["doc_id"], told["source_name"], strict=True):
        where[name].add(doc_id)
    people = {n for n in where if _person(n, about)}
    bodies = [n for n in sorted(where) if n not in people and len(names.key(n)) >= 2 and not JOINED.search(n)]
    found: dict[str, str] = {}
    for name in sorted(people):
        theirs = [b for b in bodies if _may_be(b, name, about)]
        spoken = (_spoken_for(texts.get(doc_id, ""), name, theirs) for doc_id in sorted(where[name]))
        body = next(filter(None, spoken), None)
        if body:
            found[name] = body
    return found


def _person(name: str, about: Mapping[str, tuple[object, object]]) -> bool:
    """Whether a name is a person's, by the table of sources; else two to four capitalised words, none of them a
    role.
    """
    if name in about:
        return about[name][0] == "person"
    words = name.split()
    return 2 <= len(words) <= 4 and all(w[:1].isupper() for w in words) and not _roles().search(name)


def _spoken_for(text: str, name: str, bodies: list[str]) -> str | None:
    """The body whose role stands beside a person's name in a text; None where none does."""
    first = name.split()[0]
    for m in re.finditer(rf"\b{re.escape(first)}\b", text):
        before = ENDED.split(text[max(m.start() - AROUND, 0) : m.start()])[-1]
        after = ENDED.split(text[m.end() : m.end() + AROUND])[0]
        for body in filter(None, (_before(before), _after(after))):
            ranked = sorted(((_shared(b, body), b) for b in bodies), key=lambda r: (-r[0], r[1]))
            if ranked and ranked[0][0] and (len(ranked) == 1 or ranked[0][0] > ranked[1][0]):
                return ranked[0][1]
    return None


def _before(words: str) -> str | None:
    """The words for a body in what stands before a person's name: "X chief", "the director of X"; None for none."""
    of = re.search(
        rf"{_roles().pattern}\s+(?:of|at|for|with)\s+((?:[\w’'.&-]+\s+){{1,8}})$", words.rstrip(", ") + " ", re.I
    )
    if of:
        return of[1]
    role = re.search(rf"((?:[\w’'.&-]+\s+){{1,4}})(?:[a-z]+\s+)?{_roles().pattern}\s*$", words, re.I)
    return role[1] if role else None


def _after(words: str) -> str | None:
    """The words for a body in what stands after a person's name: ", head of X", ", X's director"; None for none."""
    of = re.match(
        rf"[\w’'-]*(?:\s+[A-Z][\w’'-]+)*,?\s+(?:the|a|an|its|who is|who heads)?\s*(?:[a-z-]+\s+){{0,3}}?"
        rf"{_roles().pattern}"
        r"\s+(?:of|at|for|with)\s+((?:[\w’'.&-]+\s*){1,8})",
        words,
    )
    return of[1] if of else None


def _shared(body: str, words: str) -> int:
    """How many capitalised words some words share with a body's name, a country's not counted; all of it counts
    more.
    """
    raised = {w.lower().removesuffix("’s").removesuffix("'s") for w in re.findall(r"[A-Z][\w’'\-]+", words)}
    key = names.key(body)
    shared = sum(w in raised and not names.is_country(w) for w in key)
    return shared + 10 * (key <= names.key(words))
