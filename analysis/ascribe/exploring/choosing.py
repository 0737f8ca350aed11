"""Figures chosen by a sentence: `ledger.killed().of("Kestria").by("UN").in_("2031-03").draw()`.

Each word of it gives a `Chosen`: fewer figures, and how many were left after each step. It shows itself as a table
whose rows open their words; `draw` draws it, `words` lists the passages, `figures` is the DataFrame.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.charts import estimates, rows, timeline
from ascribe.charts.words import count, day, days, listed
from ascribe.desk import card, pictures
from ascribe.errors import ParameterError
from ascribe.exploring import tables
from ascribe.exploring.asking import gravest
from ascribe.exploring.shown import Shown
from ascribe.exploring.twins import Twin
from ascribe.extraction.records import CATEGORIES
from ascribe.findings import categories, names, selection
from ascribe.publishing.present import listings
from ascribe.publishing.present.display import Fragment, note, table

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")
MOST_PASSAGES, MOST_CARDS = 100, 50
"""Passages that `words` lists (of more it says so), and cards that `cards` writes."""


class Sentence:
    """The words that figures are chosen by. Each gives a `Chosen`, and can be said after any other.

    The categories are words, too: `killed()`, `wounded()`, `losses()` …; each with those within it (killed, wounded and
    missing are losses).
    """

    def chosen(self) -> Chosen:
        """All figures, as what further words choose from."""
        raise NotImplementedError

    def category(self, name: str) -> Chosen:
        """The figures of a category, with those within it. Raises ParameterError with the nearest name."""
        if name not in CATEGORIES:
            near = difflib.get_close_matches(name, CATEGORIES, n=1)
            hint = f"did you mean {near[0]}? There are" if near else "choose one of"
            raise ParameterError(f"no category {name!r}: {hint} {', '.join(CATEGORIES)}")
        inside = [c for c in CATEGORIES if name in categories.wider(c) and c != name]
        said = f"{name}, with {listed(inside)}" if inside else name
        return self.chosen().kept(lambda f: f["category"].isin([name, *inside]), said)

    def of(self, party: str) -> Chosen:
        """The figures that count a party's people or things: `of("Kestria")`."""
        wanted = names.party(party) or party

        def counts(whose: object) -> bool:
            return isinstance(whose, str) and wanted in selection.parties(whose)

        before = self.chosen()
        return before.kept(lambda f: f["whose"].map(counts), f"of {wanted}", _met(before.figures["whose"]))

    def by(self, name: str) -> Chosen:
        """The figures that a source stands behind, or any whose name holds these words: `by("UN")` is all its bodies.

        Raises LedgerError with the nearest names where nobody is called so.
        """
        before = self.chosen()
        sources = before.ledger.sources
        wanted = names.key(name)
        called = [any(wanted and wanted <= names.key(n) for n in (s.name, *s.aliases)) for s in sources.itertuples()]
        found = sources[pd.Series(called, index=sources.index, dtype=bool)]
        if found.empty:
            found = selection.source(before.ledger, name).to_frame().T
        ids = set(found["source_id"])
        kept = before.kept(lambda f: f["source_id"].isin(ids), "")
        who = listed(sorted(kept.figures["source_name"].dropna().unique()), 4) or name
        return dataclasses.replace(kept, steps=(*before.steps, (f"by {who}", len(kept.figures))))

    def by_nobody(self) -> Chosen:
        """The figures that their article credits to nobody."""
        return self.chosen().kept(lambda f: f["credit"].eq("none"), "credited to nobody")

    def via(self, name: str) -> Chosen:
        """The figures that reach their article through somebody else: `via("Kestria Courier")`."""
        wanted = names.key(name)
        through = lambda cell: any(wanted and wanted <= names.key(n) for n in cell)  # noqa: E731
        before = self.chosen()
        return before.kept(lambda f: f["via"].map(through), f"via {name}", _met(before.figures["via"].explode()))

    def in_(self, period: str | dt.date) -> Chosen:
        """The figures for a year, a month, a day or a span of these: `in_("2031-03")`, `in_("2031-03/2031-05")`.

        A figure's day is that for which it is stated, else that on which its article was published; those of no known
        day are left out. Raises ParameterError where this is no period.
        """
        first, last = span(period)
        before = self.chosen()
        when = before.when()
        inside = when.ge(pd.Timestamp(first)) & when.le(pd.Timestamp(last))
        return before.kept(lambda f: inside, f"in {said_period(first, last)}", days(when.dropna()) or "of no known day")

    def at(self, place: str) -> Chosen:
        """The figures whose place has this in its name: `at("Orvan")`."""
        before = self.chosen()
        here = lambda p: isinstance(p, str) and place.casefold() in p.casefold()  # noqa: E731
        return before.kept(lambda f: f["place"].map(here), f"at {place}", _met(before.figures["place"]))

    def told_by(self, publisher: str) -> Chosen:
        """The figures in the articles of a publisher whose name has this in it."""
        before = self.chosen()
        outlets = before.figures["doc_id"].map(before.ledger.documents.set_index("doc_id")["publisher"])
        here = outlets.map(lambda p: isinstance(p, str) and publisher.casefold() in p.casefold())
        return before.kept(lambda f: here, f"told by {publisher}", _met(outlets))

    def saying(self, words: str) -> Chosen:
        """The figures whose sentence holds these words, in any case."""
        before = self.chosen()
        texts = before.ledger.documents.set_index("doc_id")["text"]
        wanted = words.casefold()
        here = [
            wanted in listings.words(texts[f.doc_id], f.start, f.end).casefold() for f in before.figures.itertuples()
        ]
        return before.kept(lambda f: pd.Series(here, index=f.index, dtype=bool), f"saying “{words}”")


def _of(name: str) -> Callable[[Sentence], Chosen]:
    def choose(self: Sentence) -> Chosen:
        return self.category(name)

    choose.__name__, choose.__qualname__ = name, f"Sentence.{name}"
    choose.__doc__ = f"The figures of the category {name}, with those within it."
    return choose


for _name in CATEGORIES:
    setattr(Sentence, _name, _of(_name))


@dataclasses.dataclass(frozen=True, eq=False)
class Chosen(Sentence):
    """Some figures of a ledger (`figures`: a DataFrame with the columns of the figures table), as they were chosen."""

    ledger: Ledger
    figures: pd.DataFrame
    steps: tuple[tuple[str, int], ...] = ()
    """What was asked, and how many figures were left."""
    offered: str = ""
    """Where nothing is left: what there was before that."""

    def chosen(self) -> Chosen:
        """These."""
        return self

    def kept(self, which: Callable[[pd.DataFrame], pd.Series], said: str, offered: str = "") -> Chosen:
        """Those of the figures that `which` says, as the next step of the sentence."""
        found = self.figures[which(self.figures).astype(bool)] if len(self.figures) else self.figures
        steps = (*self.steps, (said, len(found)))
        return Chosen(self.ledger, found, steps, offered if found.empty and len(self.figures) else "")

    def when(self) -> pd.Series:
        """Each figure's day: that for which it is stated, else that of its article; NaT where neither is known."""
        published = self.figures["doc_id"].map(self.ledger.documents.set_index("doc_id")["published"])
        return pd.to_datetime(self.figures["as_of"].where(self.figures["as_of"].notna(), published), errors="coerce")

    def draw(self, kind: str = "estimates") -> Twin | Fragment:
        """The figures as a chart that can be pointed at: `estimates`, each against who gave it, or over `time`.

        What is no plain count (money, shares, distances) is not drawn; where nothing is left, a remark says so. Raises
        ParameterError for another kind.
        """
        if kind not in ("estimates", "time"):
            raise ParameterError(f"no chart {kind!r}: draw() or draw('time')")
        found = self.drawn()
        if kind == "time":
            found = found[found["when"].notna()]
        if found.empty:
            why = "none of them is a plain count" if len(self.figures) else str(self)
            return note(f"There is nothing to draw: {why}.")
        left = len(self.figures) - len(found)
        why = "without a day, or no plain counts," if kind == "time" else "that are no plain counts"
        remark = f"{count(left, 'figure')} {why} not drawn." if left else ""
        chart = timeline if kind == "time" else estimates
        return Twin(self.ledger, chart.draw(found, note=remark), chart.describe(found))

    def drawn(self) -> pd.DataFrame:
        """The figures as the charts take them (the columns of `ascribe.charts.rows.estimates`)."""
        ledger = self.ledger
        return rows.estimates(self.figures, ledger.documents, ledger.claims, ledger.sources)

    def save(self, folder: str | os.PathLike[str], name: str = "", kind: str = "estimates") -> list[Path]:
        """Write the chart and what belongs to it into a folder: NAME.svg, NAME.png (print), NAME-social.png,
        NAME-square.png, NAME.csv (its numbers) and NAME.html (its twin). Gives the paths.

        Raises ParameterError where there is nothing to draw or no such kind of chart, RenderError where a file cannot
        be written.
        """
        twin = self.draw(kind)
        if not isinstance(twin, Twin):
            raise ParameterError(str(twin))
        name, found = name or self.name(), self.drawn()
        found = found[found["when"].notna()] if kind == "time" else found
        paths = pictures.save(found, self.ledger, folder, name, kind)
        return [*paths, twin.save(Path(folder) / f"{name}.html")]

    def cards(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Write a card of each figure into a folder, as HTML to embed: the gravest, `MOST_CARDS` at most."""
        found = gravest(self.figures, MOST_CARDS)["figure_id"]
        return [pictures.written(Path(folder) / f"{i}.html", card.page(self.ledger, i).encode()) for i in found]

    def name(self) -> str:
        """The sentence as the name of a file: killed-by-marisol-tane."""
        said = "-".join(said.split(", with")[0] for said, _ in self.steps) or "figures"
        return re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-")[:60].rstrip("-") or "figures"

    def table(self) -> Shown:
        """The figures as a table to sort, filter and search, whose rows open their words."""
        return tables.figures(self.ledger, self.figures, str(self))

    def words(self) -> Fragment:
        """The passages, one after the other."""
        found = self.figures.head(MOST_PASSAGES)
        shown = listings.figures(self.ledger, found)
        more = f"The first {MOST_PASSAGES} of {len(self.figures):,}." if len(self.figures) > len(found) else None
        return table(shown, str(self), listings.DATED, {"outlet": "url"}, note=more, empty="No figure is left.")

    def __len__(self) -> int:
        return len(self.figures)

    def __str__(self) -> str:
        n = len(self.figures)
        asked = "; ".join(f"{said} ({left:,})" for said, left in self.steps[:-1])
        last = self.steps[-1][0] if self.steps else ""
        way = f"{asked}; {last}" if asked else last
        whole = f"{count(n, 'figure')}{f': {way}' if way else ''}"
        return f"{whole}. Before that: {self.offered}" if self.offered else whole

    __repr__ = __str__

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.table()._repr_mimebundle_()


def _met(values: pd.Series, most: int = 6) -> str:
    """The values met most often, in words."""
    return listed(list(values.dropna().astype(str).value_counts().index), most)


def span(period: str | dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period. Raises ParameterError where it is none."""
    ends = str(period).strip().split("/")
    try:
        if not 1 <= len(ends) <= 2:
            raise ValueError
        first, last = (_ends(end) for end in (ends[0], ends[-1]))
        if first[0] > last[1]:
            raise ValueError
    except ValueError:
        raise ParameterError(
            f"{str(period)!r} is no period: write a year, a month or a day as 2031, 2031-03, 2031-03-14, or two of "
            "them with a slash between"
        ) from None
    return first[0], last[1]


def _ends(text: str) -> tuple[dt.date, dt.date]:
    found = PERIOD.match(text.strip())
    if not found:
        raise ValueError
    year, month, date = (int(g) if g else None for g in found.groups())
    if date:
        return (dt.date(year, month, date),) * 2
    first, last = (month, month) if month else (1, 12)
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def said_period(first: dt.date, last: dt.date) -> str:
    """A period in words: 2031; Mar 2031; 14 Mar 2031; 14 Mar to 2 Apr 2031."""
    if _ends(f"{first:%Y}") == (first, last):
        return f"{first.year}"
    if _ends(f"{first:%Y-%m}") == (first, last):
        return day(first).split(" ", 1)[1]
    return days([first, last])
