"""Which part of a ledger a report is about."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.errors import LedgerError, ParameterError
from ascribe.extraction.records import CATEGORIES
from ascribe.findings import categories, names, origin, reading_series, wording
from ascribe.findings.grouping import events
from ascribe.findings.tables import said, whose

if TYPE_CHECKING:
    from ascribe.findings.series import Series
    from ascribe.ledger import Ledger


PEOPLE = ("killed", "wounded", "casualties", "losses", "missing", "captured")
"""What is asked for where no category is: people harmed, of whom it is told how."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """The figures on a question, and how many were left out for what: `left` is [(how many, why)] in words."""

    figures: pd.DataFrame
    left: list[tuple[int, str]]


def figures(
    ledger: Ledger,
    party: str | None = None,
    category: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> pd.DataFrame:
    """The figures that count a party's people (or things), in a category and those within it, in a period.

    As `asked` finds them, without what was left out.
    """
    return asked(ledger, party, category, since, until).figures


def asked(
    ledger: Ledger,
    party: str | None = None,
    category: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Asked:
    """The figures that count a party's people (or things), in a category and those within it, in a period.

    Without a party those of all, without a category the people harmed (`PEOPLE`). What counts two parties' people
    together is neither's. A figure's day is the one for which it is stated, else the last that it covers, else its
    article's; an undated figure is left out where the period has a beginning or an end. Raises ParameterError, with the
    nearest right word, for a category that there is not, a party that nobody knows, or a period that ends before it
    begins.
    """
    _check(ledger, party, category, since, until)
    found, left = ledger.figures, []

    def keep(kept: pd.Series, why: str) -> None:
        nonlocal found
        if not kept.all():
            left.append((int((~kept).sum()), why))
        found = found[kept]

    if category:
        kept = told(found["category"], lambda c: category in categories.wider(c))
        keep(kept, f"of another category than {category}")
    else:
        keep(told(found["category"], lambda c: c in PEOPLE), "not of people killed, wounded, missing or captured")
    if party:
        wanted = names.party(party)
        apart = told(whose(found), lambda w: wanted in parties(w) and len(parties(w)) > 1)
        keep(~apart, f"of {wanted}’s and others’ people together")
        keep(found["whose"].notna(), "which do not say whose people they count")
        keep(told(whose(found), lambda w: w == wanted), "of others’ people")
    if since or until:
        published = found["doc_id"].map(ledger.documents.set_index("doc_id")["published"])
        stated = found["as_of"].where(found["as_of"].notna(), found["window_end"])
        when = pd.to_datetime(stated.where(stated.notna(), published), errors="coerce")
        keep(when.notna(), "without a day")
        when = when[when.notna()]
        inside = pd.Series(True, index=when.index)
        inside &= when >= pd.Timestamp(since) if since else True
        inside &= when <= pd.Timestamp(until) if until else True
        keep(inside, "of another time")
    return Asked(found.reset_index(drop=True), left)


def parties(whose: str) -> list[str]:
    """The parties whose people are counted together: "Russia; Ukraine" are two."""
    return [names.party(w.strip()) or w for w in whose.split(";")]


def _check(
    ledger: Ledger, party: str | None, category: str | None, since: dt.date | None, until: dt.date | None
) -> None:
    if category and category not in CATEGORIES:
        usual = reading_series.category(category)[0]  # what tables of the field call it: deaths, injured
        near = [usual] if usual in CATEGORIES[:-1] else difflib.get_close_matches(category, CATEGORIES, n=1)
        hint = f"did you mean {near[0]}? There are" if near else "choose one of"
        raise ParameterError(f"no category {category!r}: {hint} {', '.join(CATEGORIES)}")
    if since and until and since > until:
        raise ParameterError(f"the period ends ({until}) before it begins ({since}): exchange since and until")
    if not party:
        return
    met = {p for w in ledger.figures["whose"].dropna().unique() for p in parties(w)}
    if names.party(party) in met or names.is_known(party) or not met:
        return
    near = difflib.get_close_matches(
        party.casefold(), sorted({n.casefold() for n in {*met, *names.known()}}), n=1, cutoff=0.75
    )
    right = {n.casefold(): n for n in sorted({*names.known(), *met})}
    hint = f"did you mean {right[near[0]]}? " if near else ""
    raise ParameterError(f"no party {party!r}: {hint}These articles count those of {listed(sorted(met))}")


def listed(found: list[str], most: int = 8) -> str:
    """A list in words, the first of many."""
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def told(cells: pd.Series, holds: Callable[[str], bool]) -> pd.Series:
    """Which names there are and hold; a null does not, and a series without rows stays one of booleans."""
    return pd.Series([isinstance(n, str) and holds(n) for n in cells], index=cells.index, dtype=bool)


def totals(found: pd.DataFrame) -> pd.DataFrame:
    """The figures that state a toll in all: no increments ("650 more"), no rates, no parts of a whole among them."""
    other = found["accumulation"].isin(["increment", "rate"]) | found["part_of"].isin(set(found["figure_id"]))
    return found[~other].reset_index(drop=True)


def denied(found: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Those of some figures that their source denies: no estimates of its own."""
    claims = ledger.claims
    return found[found["claim_id"].isin(claims.loc[claims["polarity"].eq("denied"), "claim_id"])]


def restated(found: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Those of some figures that are credited to nobody, but repeat a number that their article credits elsewhere.

    A headline's toll, numbers "set side by side" at the end. A bare number repeats one of its category, or of one that
    holds or is held by it; a number that says anew what it counts only one of the same category and bound.
    """
    credited: dict[tuple[str, float], list[tuple[str, str]]] = {}
    every = ledger.figures.assign(said=said(ledger.figures))
    for f in every[every["source_name"].notna() & every["said"].notna()].itertuples():
        credited.setdefault((f.doc_id, f.said), []).append((f.category, f.bound))

    def again(f: tuple) -> bool:
        others = () if isinstance(f.source_name, str) else credited.get((f.doc_id, f.said), ())
        if isinstance(f.counted, str):
            return (f.category, f.bound) in others
        return any(categories.relation(f.category, c) for c, _ in others)

    kept = [again(f) for f in found.assign(said=said(found)).itertuples()]
    return found[pd.Series(kept, index=found.index, dtype=bool)]


def without(found: pd.DataFrame, *left: pd.DataFrame) -> pd.DataFrame:
    """Some figures without these."""
    return found[~found["figure_id"].isin({i for frame in left for i in frame["figure_id"]})].reset_index(drop=True)


def supposed(found: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Those of some figures that nobody puts forward: fears, plans, what would be or might have been."""
    return found[wording.supposed(found, ledger.documents)]


def uncounted(found: pd.DataFrame) -> pd.DataFrame:
    """Those of some figures of which it is uncertain what they count: under the floor of `categories`."""
    return found[~categories.sure(found)]


def asserted(found: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Those of some figures that somebody puts forward, and of which it is known what they count.

    What can be charted and compared: none denied, none supposed, none uncounted.
    """
    return without(found, denied(found, ledger), supposed(found, ledger), uncounted(found))


def estimates(found: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The asserted ones of some figures, each once: without those restated."""
    return without(asserted(found, ledger), restated(found, ledger))


@dataclasses.dataclass(frozen=True)
class Apart:
    """Figures on a question that are no estimates of their own: denied, restated, supposed, or of a single event; and
    those of which it is uncertain what they count."""

    denied: pd.DataFrame
    restated: pd.DataFrame
    supposed: pd.DataFrame
    single: pd.DataFrame
    uncounted: pd.DataFrame


def set_apart(found: pd.DataFrame, ledger: Ledger, known: pd.DataFrame | None = None) -> tuple[pd.DataFrame, Apart]:
    """The estimates among some figures, and those that are none.

    `known` is the ledger's grouping as `events` gives it, where it is at hand.
    """
    put_forward = estimates(found, ledger)
    single = single_events(put_forward, ledger, known)
    left = denied(found, ledger), restated(found, ledger), supposed(found, ledger)
    unsure = without(uncounted(found), *left)
    return without(put_forward, single), Apart(*left, single, unsure)


def between_sources(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs of estimates of two sources, and those in which one source contradicts itself.

    That a source agrees with itself, or with a body that it is a part of, is no news. Of several numbers that a source
    gave in turn, which another stands to in one way, the one told nearest to it in time stays.
    """
    keys = pairs[["source_a", "source_b"]].map(names.publisher_key)
    same = keys["source_a"].notna() & keys["source_a"].eq(keys["source_b"])
    held = [names.is_within(a, b) or names.is_within(b, a) for a, b in keys.itertuples(index=False)]
    same |= pd.Series(held, index=pairs.index, dtype=bool)
    kept = pairs[~same | pairs["relation"].eq("contradict")]
    ends = [
        kept[["relation", "why", "days_apart"]].assign(
            mine=kept[mine], theirs=keys[f"source_{theirs}"], category=kept[f"category_{theirs}"]
        )
        for mine, theirs in ("ab", "ba")
    ]
    turns = pd.concat(ends).dropna(subset=["theirs", "days_apart"])
    by = [turns[c].astype(object).fillna("") for c in ("mine", "theirs", "category", "relation", "why")]
    farther = turns["days_apart"].gt(turns["days_apart"].groupby(by).transform("min"))
    kept = kept[~kept.index.isin(turns.index[farther])]
    return kept.reset_index(drop=True)


def single_events(found: pd.DataFrame, ledger: Ledger, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Those of some figures that are the toll of one event, with its `place`: no answers to a wider question.

    None where they are most of the figures: then the question is about events. `known` is the ledger's grouping.
    """
    known = events(ledger.figures, ledger.documents) if known is None else known
    place = known[known["event_id"].notna()].set_index("figure_id")["place"].fillna("a place not told")
    single = found.assign(place=found["figure_id"].map(place))
    single = single[single["place"].notna()]
    return single.reset_index(drop=True) if len(single) * 2 <= len(found) else single.iloc[:0]


def once(found: pd.DataFrame, ledger: Ledger, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Some figures without those that tell an estimate again: the same number by the same body on the same people.

    The one told first stays. `known` is the ledger's grouping as `events` gives it, where it is at hand.
    """
    known = events(ledger.figures, ledger.documents) if known is None else known
    group = known.set_index("figure_id")["event_id"]
    event = found["figure_id"].map(group)
    by = found["figure_id"].map(origin.rows(ledger.figures, ledger.documents, ledger.sources, group))
    same = pd.DataFrame({
        "by": by, "event": [e if isinstance(e, str) else "" for e in event],
        "category": found["category"], "bound": found["bound"],
        "whose": [names.party(w) if isinstance(w, str) else "" for w in found["whose"]],
        "value": found["value"], "low": found["low"], "high": found["high"],
    })  # fmt: skip
    published = found["doc_id"].map(ledger.documents.set_index("doc_id")["published"])
    order = same.assign(published=published, doc=found["doc_id"], start=found["start"])
    order = order.sort_values(["published", "doc", "start"], kind="stable", na_position="last")
    alone = same["by"].isin([origin.NOBODY, origin.UNCERTAIN])
    again = order.duplicated(list(same.columns)).reindex(found.index) & ~alone
    return found[~again].reset_index(drop=True)


def source(ledger: Ledger, name: str) -> pd.Series:
    """The row of the sources table that a name means: by its name, another name of it, or the same words reordered.

    Raises LedgerError with the nearest names where there is none.
    """
    sources = ledger.sources
    wanted, words = " ".join(name.split()).casefold(), names.key(name)
    matches = [
        sources["name"].map(lambda n: n.casefold() == wanted),
        sources["aliases"].map(lambda a: any(x.casefold() == wanted for x in a)),
        sources["name"].map(lambda n: bool(words) and names.key(n) == words),
        sources["aliases"].map(lambda a: bool(words) and any(names.key(x) == words for x in a)),
    ]
    for found in matches:
        if len(sources) and found.any():
            return sources[found].sort_values(["n_claims", "name"], ascending=[False, True]).iloc[0]
    near = difflib.get_close_matches(name, list(sources["name"]), n=3, cutoff=0.4)
    known = near or list(sources.sort_values(["n_claims", "name"], ascending=[False, True])["name"].head(5))
    raise LedgerError(f"nobody called {name!r} is credited in these articles; there are {', '.join(known)}")


def own_series(reference: Series, name: str) -> Series:
    """The reference series that a source itself published; none of them where it has none."""
    key = names.publisher_key(name)
    return _only(reference, reference.about[[names.publisher_key(p) == key for p in reference.about["publisher"]]])


def _only(reference: Series, about: pd.DataFrame) -> Series:
    ids = set(about["series_id"])
    points, problems = (t[t["series_id"].isin(ids)] for t in (reference.points, reference.problems))
    return dataclasses.replace(reference, points=points, about=about, problems=problems)


def on_parties(reference: Series, party: str | None, found: pd.DataFrame) -> Series:
    """The reference series that count a party's people or things; where none is named, those that these figures do."""
    wanted = {names.party(p) for p in ([party] if party else found["whose"].dropna().unique())}
    about = reference.about[told(reference.about["whose"], lambda w: names.party(w) in wanted)]
    return _only(reference, about)


def claimants(reference: Series, drawn: pd.DataFrame, party: str | None = None) -> pd.DataFrame:
    """The points of the series that the sources of these estimates published themselves, on that party's people."""
    keys = {names.publisher_key(n) for n in drawn["source_name"].dropna()}
    about = reference.about
    kept = told(about["publisher"], lambda p: names.publisher_key(p) in keys)
    if party:
        kept &= told(about["whose"], lambda w: names.party(w) == names.party(party))
    kept &= about["cumulative"].astype(bool)
    return reference.points[reference.points["series_id"].isin(about.loc[kept, "series_id"])]
