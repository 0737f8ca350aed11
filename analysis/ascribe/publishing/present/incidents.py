"""One event in words, tables and marked passages: a headline that a desk could print, and what it rests on."""

from __future__ import annotations

import html
import itertools
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.charts import rows as drawn_rows
from ascribe.charts.words import count, day, days, listed
from ascribe.findings import copies, names, origin, passages, tolls, wording
from ascribe.findings.incident import lines
from ascribe.publishing.present import story
from ascribe.publishing.present.annotation import Mark, marked
from ascribe.publishing.present.display import Fragment, linked

if TYPE_CHECKING:
    from ascribe.findings.incident import Incident
    from ascribe.ledger import Ledger

TELLERS = {"outlets": "Told by", "told": "Told on"}
PARTS = {"who": "Who", "stated": "Number", "of": "Of", "outlet": "Told by", "told": "Told on", "words": "Words"}
STEPS = {"who": "Who", "of": "Of", "before": "Before", "after": "After", "kind": "It is"}
AGAINST = {"one": "One", "other": "Another", "of": "Of"}
UNBACKED = {"stated": "Number", "outlet": "Told by", "told": "Told on", "words": "Words"}
OTHERS = {"stated": "Number", "of": "Of", "outlet": "Told by", "why": "It is of", "words": "Words"}
EVENTS = {
    "place": "Place",
    "when": "Day",
    "what": "What",
    "articles": "Articles",
    "figures": "Figures",
    "event_id": "event",
}
"""Which columns of the tables below a report shows, and what it calls them."""

MOST_SAID = 4
"""So many counts a headline holds."""
WHAT = {
    "air": "an attack from the air", "missile": "a missile or rocket attack", "shell": "shelling", "blast": "a blast",
    "gun": "a shooting", "clash": "fighting",
    "massacre": "a killing", "chemical": "a chemical attack", "attack": "an attack", "stab": "a stabbing",
    "ram": "a ramming", "crash": "a crash", "collapse": "a collapse", "flood": "a flood", "slide": "a slide of earth",
    "storm": "a storm", "quake": "an earthquake", "fire": "a fire", "sinking": "a sinking", "crush": "a crush",
    "disease": "a disease", "heat": "heat", "famine": "hunger", "eruption": "an eruption",
}  # fmt: skip


def headline(ledger: Ledger, event: Incident) -> str:
    """The finding: how many, says who; who says otherwise; who is quoted and gives no number."""
    rows = lines(event.tolls)
    if rows.empty:
        return "No number is told of this event."
    category = next(c for c in event.categories if rows["category"].eq(c).any())
    rows = rows[rows["category"].eq(category)]
    by_id = ledger.figures.set_index("figure_id")
    named = [r for r in rows.itertuples() if r.origin not in (origin.NOBODY, origin.UNCERTAIN)]
    where = f" at {event.place}" if event.place else ""
    if not named:
        first = rows.iloc[-1]
        told = f"{story.capitalised(short(by_id.loc[first['latest_id']]))} {category}{where}"
        if first["origin"] != origin.NOBODY:
            return f"{told}: {UNSURE}."
        several = first["articles"] > 1
        return f"{told}, {itself(several)}, {'which credit' if several else 'which credits'} nobody."
    named.sort(key=lambda r: (-r.tellings, not r.steps, -max(r.steps, default=0.0), r.origin))
    first = named[0]
    many = story.capitalised(short(by_id.loc[first.latest_id]))
    said = [f"{many} {category}{where}, {_says(first.origin)} {first.origin}"]
    told = event.tolls.set_index("figure_id", drop=False)
    before = [r for r in named[1:] if _before(told.loc[r.latest_id], told.loc[first.latest_id])]
    others = [r for r in named[1:] if r not in before]
    said += [f"{r.origin} {_says(r.origin)} {short(by_id.loc[r.latest_id])}" for r in others[: MOST_SAID - 1]]
    said += [f"{count(len(others) - MOST_SAID + 1, 'other')} count, too"] if len(others) >= MOST_SAID else []
    if before:
        said.append(
            f"before that, {listed([f'{short(by_id.loc[r.latest_id])} ({r.origin})' for r in before], MOST_SAID)}"
        )
    most = max((n for r in named for n in r.steps), default=0.0)
    for r in rows[rows["origin"].isin([origin.UNCERTAIN, origin.NOBODY])].itertuples():
        more = listed(beyond(ledger, event, r.figure_ids, most), 2)  # a number that a source gives, too, is no news
        own = f"{more}, {itself(r.articles > 1)}"
        said += [own if r.origin == origin.NOBODY else f"it is not known who says {more}"] if more else []
    quiet = silent(ledger, event)
    said += [f"{listed(quiet, 3)}, though quoted, {'gives' if len(quiet) == 1 else 'give'} no number"] if quiet else []
    return f"{'; '.join(said)}."


def itself(several: bool) -> str:
    """Who says what an article tells in its own voice."""
    return "say the articles themselves" if several else "says the article itself"


def _before(toll: pd.Series, newest: pd.Series) -> bool:
    """Whether a toll (a row of the event's) comes before another, and so does not stand against it."""
    if pd.isna(toll["said"]) or pd.isna(newest["said"]) or toll["said"] >= newest["said"]:
        return False
    return bool(toll["older"]) or tolls.in_turn(toll, newest)


def _says(who: str) -> str:
    """The verb that fits a source: officials say, the mayor says, the Kestria Times says."""
    several = " and " in who or (who[:1].islower() and who.endswith("s") and not who.endswith("ss"))
    return "say" if several else "says"


def beyond(ledger: Ledger, event: Incident, figure_ids: list[str], most: float) -> list[str]:
    """Those of some numbers, as stated, that are greater than any that a source gives."""
    by_id = ledger.figures.set_index("figure_id")
    told = event.tolls[event.tolls["figure_id"].isin(figure_ids) & event.tolls["said"].gt(most)]
    return list(dict.fromkeys(short(by_id.loc[i]) for i in told["figure_id"]))


UNSURE = "it is not known who says so"


def short(figure: pd.Series) -> str:
    """A figure without what it counts, its bound kept: at least 14; about 100; dozens."""
    return story.stated(figure.where(~figure.index.isin(["counted"]), None))


def silent(ledger: Ledger, event: Incident) -> list[str]:
    """Governments and armies that the event's articles quote, and that give no number of it."""
    docs = set(event.tolls["doc_id"])
    counted = {names.publisher_key(o) for o in event.tolls["origin"]}
    counted |= {names.publisher_key(n) for n in ledger.figures["source_name"].dropna()}
    kinds = ledger.sources.set_index("source_id")["kind"]
    quoted = ledger.claims[ledger.claims["doc_id"].isin(docs) & ledger.claims["source_id"].notna()]
    official = quoted[quoted["source_id"].map(kinds).isin(["government", "military"])]
    found = [n for n in official["source_name"].dropna().unique() if n[:1].isupper() and len(n.split()) <= 5]
    return sorted(n for n in found if names.publisher_key(n) not in counted)[:3]


def scope(ledger: Ledger, event: Incident) -> str:
    """Which event this is, from how many articles, and how many of their numbers are of something else."""
    n = event.tolls["doc_id"].nunique()
    told = event.tolls["copy"].nunique()
    when = days([event.day, event.day_to]) or "on a day not told"
    what = f"{story.capitalised(WHAT.get(event.what, 'an event'))}, {event.place or 'at a place not told'}, {when}"
    said = f"{what}: {count(len(event.tolls), 'number')} in {count(n, 'article')}."
    if told < n:
        said += f" {count(n - told, 'article')} {'carries' if n - told == 1 else 'carry'} the same text as another:"
        said += f" {count(told, 'telling')}."
    if len(event.background):
        said += f" {count(len(event.background), 'number')} in these articles {story.are(len(event.background))} of"
        said += " something else, and in no count here."
    return said


def counts_range(ledger: Ledger, event: Incident) -> str:
    """From which to which number the newest counts of each category go, as stated; never which is true."""
    by_id = ledger.figures.set_index("figure_id")
    said = []
    for category, group in lines(event.tolls).groupby("category", sort=False):
        named = group[~group["origin"].isin([origin.NOBODY, origin.UNCERTAIN])]
        figures = [(by_id.loc[r.latest_id], r.origin, r.last) for r in named.itertuples()]
        figures = [f for f in figures if pd.notna(f[0][["value", "low", "high"]].astype(float)).any()]
        if len(figures) < 2:
            continue
        figures.sort(key=lambda f: story.rough(f[0]))
        ends = figures[0], figures[-1]
        apart = ends[0][2] != ends[1][2]
        low, high = (f"{short(f)} ({by}{f', {day(told)}' if apart and pd.notna(told) else ''})" for f, by, told in ends)
        said.append(f"{category}: from {low} to {high}")
    return f"Each source’s last count, as stated: {'; '.join(said)}. Which is true is not rated." if said else ""


def table(ledger: Ledger, event: Incident) -> tuple[pd.DataFrame, dict[str, str]]:
    """Who says how many: a row a body, a column a category with its numbers in their order; and the columns' heads."""
    rows = lines(event.tolls)
    by_id = ledger.figures.set_index("figure_id")
    met = [c for c in event.categories if rows["category"].eq(c).any()]
    made = []
    for body, group in rows.groupby("origin", sort=False):
        cells = dict.fromkeys(met)
        for r in group.itertuples():
            told = [by_id.loc[i] for i in r.figure_ids]
            again = [same_number(a, b) for a, b in itertools.pairwise(told)]
            stated = [short(f) for f, repeats in zip(told, [False, *again], strict=True) if not repeats]
            several = body in drawn_rows.UNNAMED  # not one body's line, but what several articles say
            cells[r.category] = ", ".join(dict.fromkeys(stated)) if several else " → ".join(stated)
        outlets = sorted({o for told in group["outlets"] for o in told})
        made.append(
            {
                "who": called(body),
                **cells,
                "outlets": listed(outlets),
                "told": days([group["first"].min(), group["last"].max()]),
            }
        )
    heads = {"who": "Who", **{c: story.capitalised(c) for c in met}, **TELLERS}
    return pd.DataFrame(made, columns=list(heads)), heads


def same_number(one: pd.Series, other: pd.Series) -> bool:
    """Whether two figures state the same number, in whatever words."""
    return all(one[c] == other[c] or (pd.isna(one[c]) and pd.isna(other[c])) for c in ("value", "low", "high", "bound"))


def called(body: str) -> str:
    """A body as a table calls it: nobody, and who is not known, in words."""
    return drawn_rows.UNNAMED.get(body, body)


def drawn(ledger: Ledger, event: Incident) -> pd.DataFrame:
    """The event's whole tolls as `ascribe.charts.lines` draws them."""
    whole = event.tolls[event.tolls["part"].isna()].set_index("figure_id")
    figures = ledger.figures[ledger.figures["figure_id"].isin(whole.index)]
    found = drawn_rows.estimates(figures, ledger.documents, ledger.claims, ledger.sources).set_index("figure_id")
    found = found.loc[[i for i in whole.index if i in found.index]].reset_index()
    for column in ("origin", "outlet", "older", "told"):
        found[column] = [whole.at[i, column] for i in found["figure_id"]]
    return found


def parts(ledger: Ledger, event: Incident) -> pd.DataFrame:
    """Children, women, fighters and other parts of the tolls: who says how many of whom."""
    found = event.tolls[event.tolls["part"].notna()]
    return _evidence(ledger, found).assign(
        who=[called(o) for o in found["origin"]],
        of=[
            f"{c}, {p}" if p != "a part" else f"{c}: a part"
            for c, p in zip(found["category"], found["part"], strict=True)
        ],
    )


def unbacked(ledger: Ledger, event: Incident, whom: str = origin.NOBODY) -> pd.DataFrame:
    """The numbers that nobody is said to stand behind (or of which it is not known who does)."""
    return _evidence(ledger, event.tolls[event.tolls["origin"].eq(whom)])


def none_of_nobody(event: Incident) -> str:
    """What stands for an empty table of an event's numbers that nobody is credited with."""
    unsure = event.tolls["origin"].eq(origin.UNCERTAIN).any()
    return "No number is plainly nobody’s." if unsure else "Every number is credited to somebody."


def evidence(ledger: Ledger, event: Incident) -> pd.DataFrame:
    """Every number of the event: who, how many, told by whom on which day, with a link, in which words."""
    return _evidence(ledger, event.tolls).assign(
        who=[called(o) for o in event.tolls["origin"]], of=list(event.tolls["category"])
    )


def _evidence(ledger: Ledger, found: pd.DataFrame) -> pd.DataFrame:
    by_id = ledger.figures.set_index("figure_id", drop=False)
    documents = ledger.documents.set_index("doc_id")
    figures = [by_id.loc[i] for i in found["figure_id"]]
    return pd.DataFrame(
        {
            "stated": [story.stated(f) for f in figures],
            "outlet": list(found["outlet"]),
            "told": [day(d) or None for d in found["told"]],
            "words": [whole_sentence(documents.at[f["doc_id"], "text"], f) for f in figures],
            "url": [documents.at[f["doc_id"], "url"] for f in figures],
            "link": ["#" + f["figure_id"] for f in figures],
        }
    )


def whole_sentence(text: str, figure: pd.Series) -> str:
    """The sentence in which a figure stands, whole."""
    before, after = wording.sentence(text, int(figure["start"]), int(figure["end"]))
    return " ".join(f"{before}{text[int(figure['start']) : int(figure['end'])]}{after}".split())


def revised(ledger: Ledger, event: Incident) -> pd.DataFrame:
    """Who revised a number: `who, of, before, after, kind`."""
    steps = event.steps[event.steps["kind"].isin(["revision", "correction"])]
    by_id = ledger.figures.set_index("figure_id")
    return pd.DataFrame(
        {
            "who": list(steps["source_after"]), "of": list(steps["category"]),
            "before": [short(by_id.loc[i]) for i in steps["figure_id_before"]],
            "after": [short(by_id.loc[i]) for i in steps["figure_id_after"]],
            "kind": ["more" if k == "revision" else "fewer" for k in steps["kind"]],
        }
    )  # fmt: skip


def against(ledger: Ledger, event: Incident) -> pd.DataFrame:
    """Who contradicts whom: pairs of numbers that cannot both be true: `one, other, of`."""
    steps = event.steps[event.steps["kind"].eq("contradiction")]
    by_id = ledger.figures.set_index("figure_id")
    return pd.DataFrame(
        {
            "one": [f"{r.source_before}: {short(by_id.loc[r.figure_id_before])}" for r in steps.itertuples()],
            "other": [f"{r.source_after}: {short(by_id.loc[r.figure_id_after])}" for r in steps.itertuples()],
            "of": list(steps["category"]),
        }
    )  # fmt: skip


def others(ledger: Ledger, event: Incident) -> pd.DataFrame:
    """The numbers of the same articles that are of something else, and of what."""
    found = event.background.copy()
    docs = ledger.figures.set_index("figure_id")["doc_id"]
    publishers = ledger.documents.set_index("doc_id")["publisher"]
    found["doc_id"] = found["figure_id"].map(docs)
    found["outlet"] = found["doc_id"].map(publishers).where(found["doc_id"].map(publishers).notna(), found["doc_id"])
    found["told"] = pd.to_datetime(found["doc_id"].map(ledger.documents.set_index("doc_id")["published"]))
    category = ledger.figures.set_index("figure_id")["category"]
    why = [
        f"another event{f', {p}' if isinstance(p, str) else ''}{f', {day(d)}' if pd.notna(d) else ''}"
        if isinstance(e, str) else "a longer time, or no single event"
        for e, p, d in zip(found["event_id"], found["place"], found["day"], strict=True)
    ]  # fmt: skip
    return _evidence(ledger, found).assign(of=list(found["figure_id"].map(category)), why=why)


def events_listed(found: pd.DataFrame) -> pd.DataFrame:
    """The events of a ledger (as `findings.incident.listed` gives them) as a reader wants them."""
    return found.assign(
        when=[days([a, b]) or None for a, b in zip(found["day"], found["day_to"], strict=True)],
        what=[WHAT.get(w) for w in found["what"]],
    )


def marked_passages(ledger: Ledger, event: Incident) -> Fragment:
    """The sentences that hold the event's numbers, article by article, the numbers marked; a link to each article."""
    documents = ledger.documents.set_index("doc_id")
    same = copies.copies(ledger.documents)
    blocks, plain = [], []
    told = event.tolls.sort_values(["told", "doc_id"], kind="stable")
    for doc_id in dict.fromkeys(told["doc_id"]):
        article, text = documents.loc[doc_id], documents.at[doc_id, "text"]
        found = ledger.figures[ledger.figures["figure_id"].isin(told.loc[told["doc_id"].eq(doc_id), "figure_id"])]
        heading = ", ".join(filter(None, [_text(article["publisher"]) or doc_id, day(article["published"])]))
        title = _text(article["title"]) or ""
        copied = same.get(doc_id, doc_id) != doc_id and same[doc_id] in set(told["doc_id"])
        remark = f" The same text as {html.escape(str(same[doc_id]))}." if copied else ""
        lead = f"<strong>{html.escape(heading)}</strong> {linked(html.escape(title), article['url'])}.{remark}"
        shown = []
        for s in passages.sentences(text):
            here = [r for r in found.itertuples() if s.start <= r.start < s.end]
            if here:
                marks = [
                    Mark(int(r.start), int(r.end), KINDS.get(r.credit, "figure"), _title(r), r.figure_id) for r in here
                ]
                shown.append(marked(text, s.start, s.end, marks).strip())
                plain.append(" ".join(s.text.split()))
        blocks.append(f"<p>{lead}</p><p>{' … '.join(shown)}</p>")
    return Fragment(f'<div class="annotated">{"".join(blocks)}</div>', "\n".join(plain))


KINDS = {"none": "uncredited"}


def _title(figure: tuple) -> str:
    by = figure.source_name if isinstance(figure.source_name, str) else "nobody"
    return (
        f"{figure.number}: credited to {by}" if figure.credit != "uncertain" else f"{figure.number}: not known by whom"
    )


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None
