"""Sentences for a report, computed from its tables: what was found, and who stands behind it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from ascribe import findings
from ascribe.articles import english
from ascribe.articles.front_matter import beginning
from ascribe.charts.words import count, day, days, listed
from ascribe.findings import categories, grouping, origin, passages, selection

if TYPE_CHECKING:
    from ascribe.articles.article import Article
    from ascribe.ledger import Ledger
    from ascribe.publishing.present.workspace import Reading

HARMED = ("killed", "casualties", "losses", "wounded", "missing", "captured", "displaced", "affected")
"""People harmed, the gravest first."""

PREFIX = {"at_least": "at least ", "at_most": "up to ", "about": "about "}
"""For figures whose bounding words stand apart from the number ("66 people or more"), or are not known."""


def stated(figure: pd.Series) -> str:
    """A figure in the article's own words, with what bounds it and what is counted: more than 90,000 soldiers."""
    counted = figure["counted"] if pd.notna(figure["counted"]) else ""
    number = figure.get("stated_as") or figure["number"]
    if number == figure["number"]:
        number = f"{PREFIX.get(figure['bound'], '')}{number}"
    if not number[1:2].isupper():  # "Twelve", not "US$12"
        number = number[:1].lower() + number[1:]
    if counted and number.lower().endswith(counted.lower()):
        return number  # "three months" is stated with its unit
    unit = figure["unit"]
    if not counted and unit.islower() and unit not in number.lower():  # "212p" and "4.2 percent" have theirs
        counted = f"{unit}{'s' if unit != 'magnitude' and figure['value'] != 1 else ''}"
    return f"{number} {counted}".strip()


UNKNOWN = "not known by whom"


def behind(row: pd.Series) -> str:
    """Who stands behind a figure or a claim, with those who relay it: Lukashenko, via Pravda; nobody."""
    if "credit" in row and origin.behind_one(row) == origin.UNCERTAIN:
        return UNKNOWN
    name = row["source_name"] if pd.notna(row["source_name"]) else "nobody"
    via = [v for v in row["via"] if v != name]
    return f"{name}, via {listed(via)}" if via else name


def article_finding(ledger: Ledger, known: pd.DataFrame | None = None) -> str:
    """One article's finding: the gravest figure and who stands behind it, then how many are credited, and to whom.

    A figure that is feared or supposed, or of which it is uncertain what it counts, is no finding. `known` is the
    grouping as `findings.events` gives it, where it is at hand.
    """
    figures, claims = ledger.figures, ledger.claims
    n, m = len(figures), len(claims)
    named = claims["source_id"].dropna().nunique()
    by = f"credited to {count(named, 'source')}" if named else "credited to nobody by name"
    if not n:
        return (
            f"The article states no figure; it makes {count(m, 'claim')}, {by}."
            if m
            else "The article states no figure, and credits no claim to anybody."
        )
    denied = selection.denied(figures, ledger)
    said = selection.asserted(figures, ledger)
    news = own_news(ledger, said, known)
    return f"{gravest_sentence(said if news.empty else news, denied)} {credit_sentence(figures)}"


def own_news(ledger: Ledger, figures: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """The figures of the event that an article begins with, else those of its beginning; none where these count nobody.

    An article's largest number is often that of a whole war, and not what it reports.
    """
    known = grouping.events(figures, ledger.documents) if known is None else known
    toll = known[known["event_id"].notna()]
    begun = figures[figures["figure_id"].isin(toll["figure_id"])].sort_values("start", kind="stable")
    if len(begun):
        first = toll.set_index("figure_id")["event_id"][begun["figure_id"].iloc[0]]
        found = begun[begun["figure_id"].isin(toll.loc[toll["event_id"].eq(first), "figure_id"])]
        return found if gravest(found) is not None else figures.iloc[:0]
    text = ledger.documents["text"].iloc[0] if len(ledger.documents) else ""
    lead = passages.sentences(str(text), beginning(str(text)))[:LEAD]
    found = figures[figures["start"].lt(lead[-1].end)] if lead else figures.iloc[:0]
    return found if len(found) and gravest(found) is not None else figures.iloc[:0]


LEAD = 3
"""Sentences at an article's beginning that say what it reports."""


def credit_sentence(figures: pd.DataFrame) -> str:
    """How many of some figures are credited, to how many sources, and how many to nobody."""
    n = len(figures)
    told = origin.behind(figures)
    credited, unsure = figures[~told.isin([origin.NOBODY, origin.UNCERTAIN])], int(told.eq(origin.UNCERTAIN).sum())
    if unsure:
        said = f"Of the {count(n, 'figure')}, {len(credited)} {are(len(credited))} {to_whom(credited)}"
        nobody = n - len(credited) - unsure
        said += f", {nobody} to nobody" if nobody else ""
        return f"{said}; of {unsure} it is not known who says so."
    if n == 1:
        return "No other figure is stated." if gravest(figures) is not None else f"It is {to_whom(credited)}."
    if len(credited) in (0, n):
        return f"{'Both' if n == 2 else f'All {n}'} figures are {to_whom(credited)}."
    left = n - len(credited)
    return f"Of the {n} figures, {len(credited)} {are(len(credited))} {to_whom(credited)} and {left} to nobody."


def to_whom(credited: pd.DataFrame) -> str:
    """To how many sources figures are credited."""
    speakers = credited["source_id"].dropna().nunique()
    return f"credited to {count(speakers, 'source')}" if speakers else "credited to nobody"


def gravest_sentence(figures: pd.DataFrame, denied: pd.DataFrame) -> str:
    """A sentence on the gravest figure: the largest of the first category of people harmed.

    One that its source denies is told of only where there is no other.
    """
    top = gravest(figures)
    only_denied = top is None
    if only_denied:
        top = gravest(denied)
    if top is None:
        return f"The article states {count(len(figures) + len(denied), 'figure')}, none of people harmed."
    whose = f", {top['whose']}" if pd.notna(top["whose"]) and str(top["whose"]) not in str(top["counted"]) else ""
    what = f"{capitalised(stated(top))} ({top['category']}{whose})"
    if only_denied:
        return f"{what}: {behind(top)} denies this."
    if origin.behind_one(top) == origin.UNCERTAIN:
        return f"{what}: it is not known who says so."
    if pd.isna(top["source_name"]):
        return f"{what}: the article credits this to nobody."
    others = figures[(figures["category"] == top["category"]) & (figures["number"] == top["number"])]
    alone = " alone" if others["source_name"].dropna().nunique() == 1 and not len(top["via"]) else ""
    against = denied[(denied["category"] == top["category"]) & (denied["number"] == top["number"])]
    deniers = list(against["source_name"].dropna().unique())
    but = f"; {listed(deniers)} {'denies' if len(deniers) == 1 else 'deny'} it" if deniers else ""
    return f"{what}: this rests on {behind(top)}{alone}{but}."


def gravest(figures: pd.DataFrame) -> pd.Series | None:
    """The figure that a reader asks about first; None where no people harmed are counted."""
    size = figures[["value", "high", "low"]].bfill(axis=1).iloc[:, 0]
    for category in HARMED:
        found = size[(figures["category"] == category) & figures["unit"].fillna("").eq("") & (size > 0)]
        if len(found):
            return figures.loc[found.idxmax()]
    return None


def about(article: Article) -> str:
    """Which article this is: its title, publisher, date and length."""
    title = f"“{article.title}”" if article.title else f"Article {article.doc_id}"
    publisher = f", {article.publisher}" if article.publisher else ""
    date = f", published {article.published.isoformat()}" if article.published else ", date of publication not known"
    words = len(article.text[slice(*article.body)].split())
    language = english.language(article.text, article.body[0])
    doubt = f" It {english.foreign(language)}." if language not in ("en", None) else ""
    return f"{title}{publisher}{date}; {words:,} words.{doubt}"


def second_hand(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that reach the article through somebody else's mouth."""
    return claims[claims["via"].map(len) > 0]


def are(n: int) -> str:
    """The verb for a count; none are."""
    return "is" if n == 1 else "are"


def capitalised(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def source_finding(ledger: Ledger, source: pd.Series) -> str:
    """One source's finding: how often it is credited, with what, over which days, and how much of it second-hand."""
    claims = ledger.claims[ledger.claims["source_id"] == source["source_id"]]
    figures = ledger.figures[ledger.figures["source_id"] == source["source_id"]]
    records = pd.concat([claims[["doc_id", "via"]], figures[["doc_id", "via"]]])
    n_docs = records["doc_id"].nunique()
    published = ledger.documents.set_index("doc_id")["published"].reindex(records["doc_id"].unique())
    when = days(published)
    said = f"{source['name']} is credited with {count(len(claims), 'claim')} and {count(len(figures), 'figure')}"
    said += f" in {count(n_docs, 'article')}{f', {when}' if when else ''}"
    relayed = int((claims["via"].map(len) > 0).sum())
    if relayed:
        said += f"; {relayed:,} of the claims {'comes' if relayed == 1 else 'come'} through somebody else"
    denied = int(claims["polarity"].eq("denied").sum())
    if denied:
        said += f"; {denied:,} {'is a denial' if denied == 1 else 'are denials'}"
    return said + "."


def left_out(reading: Reading) -> str:
    """What could not be read, and so is in no number of the report (or that all could), and what is odd in the rest."""
    said = f"Left out: {'; '.join(reading.unread)}." if reading.unread else "Every article could be read."
    return said + (f" To be noted: {'; '.join(reading.notes)}." if reading.notes else "")


def scope(
    ledger: Ledger,
    figures: pd.DataFrame,
    drawn: pd.DataFrame,
    since: dt.date | None,
    until: dt.date | None,
    dropped: list[tuple[int, str]] = [],  # noqa: B006 (never changed)
) -> str:
    """What the estimates were taken from: how many articles and figures, which period, what was left out and why."""
    period = {
        (True, True): f" between {day(since)} and {day(until)}",
        (True, False): f" from {day(since)} on",
        (False, True): f" up to {day(until)}",
        (False, False): "",
    }[since is not None, until is not None]
    left = len(figures) - len(drawn)
    if ledger.figures.empty:
        n = len(ledger.documents)
        return f"Read: {count(n, 'article')}; {'it states' if n == 1 else 'they state'} no figure."
    said = f"Read: {count(len(ledger.documents), 'article')}, {count(len(ledger.figures), 'figure')}; of these"
    said += f" {count(len(figures), 'figure')} {are(len(figures))} on the question{period}."
    out = [f"{n:,} {why}" for n, why in dropped if n]
    said += f" Left out: {listed(out)}." if out else ""
    return said + (
        f" {left} of them {are(left)} no plain count (a rate, a share) and {are(left)} not drawn." if left else ""
    )


def known_as(source: pd.Series) -> str:
    """What sort of source it is, for which side it speaks, and by which other names these articles call it."""
    kind = str(source["kind"]).replace("_", " ") if pd.notna(source["kind"]) else "source of no known kind"
    party = f", of {source['party']}" if pd.notna(source["party"]) else ""
    others = [a for a in source["aliases"] if a != source["name"]]
    called = f" Also called {listed([f'“{a}”' for a in others], 8)}." if others else ""
    doubt = (
        f" The name may mean several bodies: {listed(list(source['ambiguous']))}." if len(source["ambiguous"]) else ""
    )
    return f"{source['name']}: {kind}{party}.{called}{doubt}"


NOUNS = {"killed": "dead", "personnel": "forces", "affected": "people affected", "events": "attacks and other events"}
PARTICIPLES = {
    "casualties": "killed or wounded",
    "losses": "lost",
    "personnel": "in service",
    "population": "living there",
}


def question(party: str | None, category: str | None) -> str:
    """What is asked for, in words: Kestria’s dead; civilians killed; losses; people harmed."""
    if not category:
        return f"{party}’s people killed, wounded, missing or captured" if party else "people harmed"
    noun = NOUNS.get(category, category)
    if not party:
        return noun
    return f"{party}’s {noun}" if party[0].isupper() else f"{party} {PARTICIPLES.get(category, category)}"


def casualties_finding(
    ledger: Ledger, drawn: pd.DataFrame, pairs: pd.DataFrame, party: str | None, category: str | None
) -> str:
    """The finding on estimates of one toll: how many, by whom, and how far those that can be compared lie apart.

    `drawn` is as `ascribe.charts.rows.estimates` gives it, `pairs` as `ascribe.findings.comparable` does.
    """
    what = question(party, category)
    if drawn.empty:
        return f"These articles hold no estimate of {what}.{others(ledger, category)}"
    told = origin.behind(drawn)
    named = drawn[~told.isin([origin.NOBODY, origin.UNCERTAIN])]
    nobody, unsure = int(told.eq(origin.NOBODY).sum()), int(told.eq(origin.UNCERTAIN).sum())
    by = f"by {count(named['speaker'].nunique(), 'source')}" if len(named) else "by nobody named"
    left = f"; {nobody} {are(nobody)} credited to nobody" if nobody and len(named) else ""
    left += f"; of {unsure} it is not known who says so" if unsure else ""
    said = f"{count(len(drawn), 'estimate')} of {what} in {count(drawn['doc_id'].nunique(), 'article')}, {by}{left}"
    return f"{capitalised(said)}. {compared_sentence(ledger, pairs)}" if len(drawn) > 1 else f"{capitalised(said)}."


def others(ledger: Ledger, category: str | None) -> str:
    """A sentence on whose people the articles do count in a category; empty where nobody's."""
    figures = ledger.figures
    within = [not category or category in categories.wider(c) for c in figures["category"]]
    met = figures.loc[within, "whose"].dropna().value_counts(sort=False).sort_index()
    met = met.sort_values(ascending=False, kind="stable")
    return f" They count those of {listed(list(met.index), 5)}." if len(met) else ""


def compared_sentence(ledger: Ledger, pairs: pd.DataFrame) -> str:
    """How many pairs of estimates can be compared, how many cannot both be true, and which are the widest apart."""
    asked = pairs[pairs["relation"].ne("not comparable") & pairs["factor"].notna()]
    if asked.empty:
        return "No two can be compared."
    against = asked[asked["relation"].eq("contradict")]
    n, k = len(asked), len(against)
    if n == 1:
        said = f"Only one pair can be compared; the two {'cannot' if k else 'may'} both be true"
    elif not k:
        said = f"{n:,} pairs can be compared, and none contradict each other"
    else:
        said = f"Of {n:,} pairs that can be compared, {'one' if k == 1 else f'{k:,}'} cannot both be true"
    wide = against if k else asked
    if wide["factor"].max() < 1.05:
        return f"{said}."
    widest = wide.loc[wide["factor"].idxmax()]
    by_id = ledger.figures.set_index("figure_id")
    low, high = sorted((by_id.loc[widest["a"]], by_id.loc[widest["b"]]), key=lambda r: rough(r))
    each = f"{stated(high)} ({behind(high)}) and {stated(low)} ({behind(low)})"
    if len(wide) == 1:
        return f"{said}: {each}."
    return f"{said}; the widest apart{' of these' if k else ''}, by {apart(widest, by_id)}, are {each}."


def apart(pair: pd.Series, by_id: pd.DataFrame) -> str:
    """By how much a pair of estimates differs, in words: a factor of 3; a factor of at least 5.2."""
    exact = all(by_id.loc[pair[c], "bound"] == "exact" for c in ("a", "b"))
    return f"a factor of {'' if exact else 'at least '}{times(pair['factor'])}"


def checked(ledger: Ledger, figures: pd.DataFrame) -> str:
    """How many of the figures shown a person looked at, and how often the extractor was right in a random sample."""
    return f"{looked_at(figures)} {findings.trust(ledger)}" if len(figures) else ""


def looked_at(figures: pd.DataFrame) -> str:
    """How many of the figures shown a person looked at, and what they made of them."""
    n, seen = len(figures), figures["reviewed"].dropna()
    if not n:
        return ""
    if seen.empty:
        return "No person has checked the figures shown." if n > 1 else "No person has checked the figure shown."
    if n == 1:
        return f"A person has checked the figure shown: it was {seen.iloc[0]}."
    made = [f"{k} {what}" for what in ("accepted", "corrected", "added") if (k := int(seen.eq(what).sum()))]
    return f"Of the {count(n, 'figure')} shown, a person checked {len(seen)}: {listed(made)}."


def set_aside(apart: selection.Apart) -> str:
    """Which figures on a question are no estimates of their own, and so left out; empty where none are."""
    events = count(len(apart.single), "toll of a single event", "tolls of single events")
    events += f" ({listed(sorted(apart.single['place'].unique()), 5)})"
    denied = count(len(apart.denied), "number that its source denies", "numbers that their sources deny")
    again = "number that its article credits elsewhere", "numbers that their articles credit elsewhere"
    feared = count(len(apart.supposed), "number feared, planned or supposed", "numbers feared, planned or supposed")
    told = [(apart.single, events), (apart.denied, denied), (apart.restated, count(len(apart.restated), *again))]
    unsure = "number of which it is uncertain what it counts", "numbers of which it is uncertain what they count"
    told += [(apart.supposed, feared), (apart.uncounted, count(len(apart.uncounted), *unsure))]
    left = [said for figures, said in told if len(figures)]
    n = sum(len(figures) for figures, _ in told)
    return f"{capitalised(listed(left))} {are(n)} left out." if n else ""


CLOSE = 1.1
"""Factors below are told to a hundredth: 45 is 1.02 times 44."""


def times(factor: float) -> str:
    """A factor in words: 1.02; 1.3; 12; 2,250."""
    if factor < CLOSE:
        return f"{factor:.3g}"
    return f"{factor:.2g}" if factor < 10 else f"{factor:,.0f}"


def rough(figure: pd.Series) -> float:
    """A figure's number, or the middle or the one end of its range, for ordering."""
    ends = [figure[c] for c in ("low", "high") if pd.notna(figure[c])]
    return figure["value"] if pd.notna(figure["value"]) else sum(ends) / len(ends) if ends else 0.0
