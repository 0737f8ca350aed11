"""How well figures are grouped into events, and an event's tolls into rows by who stands behind them.

`shared/clusters` holds reports of several events, mixed; its `key.csv` says of each figure of people killed or wounded
which event it is of, and who is credited with it. Measured twice: with the key's own figures (what the grouping alone
makes of right tables), and with those extracted from the articles.

    pairwise precision, recall, F1   of pairs of figures in one event, by the grouping and by the key
    tolls in the right row           the share of the key's figures that stand in the group that holds most of their
                                     event, in a row named as the key names who is credited; nobody's in nobody's row

A figure that the extraction missed is in no group and in no row. Where the toll of an extracted figure is not in its
row, the first cause is counted (shares of the key's figures, in percent):

    missed_figure    no figure stands there
    missed_category  it is read as no killed, wounded or other harm that the key has there
    missed_credit    the article's words credit another, or nobody, as the extraction reads them
    missed_event     rightly read, but grouped elsewhere
    missed_row       rightly read and grouped, but in another body's row
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pandas as pd
from ascribe.articles import read
from ascribe.articles.front_matter import beginning
from ascribe.findings import names, origin
from ascribe.findings.grouping import events
from ascribe.ledger import Ledger


def measure(shared: Path) -> dict[str, float]:
    """Scores on `shared/clusters`, in percent; empty where it is missing."""
    folder = Path(shared) / "clusters"
    if not (folder / "key.csv").exists():
        return {}
    key = pd.read_csv(folder / "key.csv", dtype={"number": str}, keep_default_na=False)
    ledger = Ledger.from_articles(read([folder / "articles"])).resolved()
    key = located(key, ledger.documents.set_index("doc_id")["text"])
    told = matched(key, ledger.figures)
    found = {f"key_{name}": value for name, value in scores(key, gold(key), ledger.documents, None).items()}
    own = key.assign(figure_id=told)
    found |= scores(own, ledger.figures, ledger.documents, ledger.sources)
    found |= misses(own, ledger.figures, ledger.documents, ledger.sources)
    return found | {"figures_extracted": percent(told.notna().mean())}


def percent(share: float) -> float:
    """A share in percent, to a tenth."""
    return round(100 * float(share), 1)


def located(key: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """The key with where each number stands: columns `figure_id, start, end`; the same number is sought further on."""
    at: dict[tuple[str, str], int] = {}
    rows = []
    for i, r in enumerate(key.itertuples()):
        text = texts[r.article]
        found = re.compile(rf"\b{re.escape(r.number)}\b").search(text, at.get((r.article, r.number), beginning(text)))
        if found is None:
            raise ValueError(f"{r.article}: the key's {r.number} is not in its text")
        at[r.article, r.number] = found.end()
        rows.append((f"k{i}", found.start(), found.end()))
    return key.assign(**dict(zip(("figure_id", "start", "end"), zip(*rows, strict=True), strict=True)))


def gold(key: pd.DataFrame) -> pd.DataFrame:
    """The key's figures as a table of figures."""
    value = pd.to_numeric(key["value"], errors="coerce")
    source = key["source"].where(key["source"].ne(""), None)
    return pd.DataFrame({
        "figure_id": key["figure_id"], "doc_id": key["article"], "start": key["start"], "end": key["end"],
        "number": key["number"], "value": value, "low": value.where(key["bound"].ne("at_most")),
        "high": value.where(key["bound"].ne("at_least")), "bound": key["bound"], "unit": "",
        "category": key["category"], "whose": None, "source_name": source,
        "credit": ["none" if s is None else "explicit" for s in source],
    })  # fmt: skip


def matched(key: pd.DataFrame, figures: pd.DataFrame) -> pd.Series:
    """For each row of the key the extracted figure at its place; null for none."""
    known = {}
    for f in figures.itertuples():
        for position in range(f.start, f.end):
            known[f.doc_id, position] = f.figure_id
    return pd.Series([known.get((r.article, r.start)) for r in key.itertuples()], index=key.index, dtype=object)


CAUSES = ("figure", "category", "credit", "event", "row")


def misses(
    key: pd.DataFrame, figures: pd.DataFrame, documents: pd.DataFrame, sources: pd.DataFrame | None
) -> dict[str, float]:
    """Why tolls are not in their rows: the share of the key's figures for each of CAUSES."""
    group, rows = placed(key, figures, documents, sources)
    texts = documents.set_index("doc_id")["text"]
    by_id = figures.set_index("figure_id")
    right = in_right_row(key, group, rows, texts)
    alone = in_right_row(key, key["event"], key["figure_id"].map(origin.behind(by_id)), texts)
    home = in_right_row(key.assign(source=""), group, pd.Series(origin.NOBODY, index=key.index), texts)
    category = key["figure_id"].map(by_id["category"])
    found = [
        "figure" if not isinstance(key["figure_id"][i], str)
        else "category" if category[i] != key["category"][i]
        else "credit" if not alone[i]
        else "event" if not home[i] else "row"
        for i in key.index if not right[i]
    ]  # fmt: skip
    return {f"missed_{cause}": percent(found.count(cause) / len(key)) for cause in CAUSES}


def placed(
    key: pd.DataFrame, figures: pd.DataFrame, documents: pd.DataFrame, sources: pd.DataFrame | None
) -> tuple[pd.Series, pd.Series]:
    """The event and the row in which the findings put each of the key's figures."""
    known = events(figures, documents).set_index("figure_id")["event_id"]
    return key["figure_id"].map(known), key["figure_id"].map(origin.rows(figures, documents, sources, known))


def scores(
    key: pd.DataFrame, figures: pd.DataFrame, documents: pd.DataFrame, sources: pd.DataFrame | None
) -> dict[str, float]:
    """Pairwise precision, recall and F1, and the share of tolls in the right row."""
    group, rows = placed(key, figures, documents, sources)
    right = pairs(key["event"], key.index)
    made = pairs(group[group.notna()], group[group.notna()].index)
    hit = len(right & made)
    precision, recall = hit / max(len(made), 1), hit / len(right)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    right_row = in_right_row(key, group, rows, documents.set_index("doc_id")["text"])
    return {
        "pairwise_precision": percent(precision), "pairwise_recall": percent(recall), "pairwise_f1": percent(f1),
        "tolls_in_the_right_row": percent(right_row.mean()),
    }  # fmt: skip


def pairs(labels: pd.Series, index: pd.Index) -> set[tuple[object, object]]:
    """The pairs of rows that have one label."""
    members: dict[object, list[object]] = {}
    for i, label in zip(index, labels, strict=True):
        members.setdefault(label, []).append(i)
    return {pair for group in members.values() for pair in itertools.combinations(group, 2)}


def in_right_row(key: pd.DataFrame, group: pd.Series, rows: pd.Series, texts: pd.Series) -> pd.Series:
    """Which figures stand in their event's group, in the row of who is credited with them.

    A row is the key's source where one of their names holds all words of the other (`names.key`), or where the
    article says within eight words that the source is the row's: "Observatory chief N".
    """
    best = {event: Counter(g.dropna()).most_common(1) for event, g in group.groupby(key["event"])}
    home = key["event"].map({event: found[0][0] if found else None for event, found in best.items()})

    def right(i: int) -> bool:
        source, row = key["source"][i], rows[i]
        if not isinstance(group[i], str) or group[i] != home[i]:
            return False
        if not source or row in (origin.NOBODY, origin.UNCERTAIN) or not isinstance(row, str):
            return not source and row in (origin.NOBODY, origin.UNCERTAIN)
        wanted, called = names.key(source), names.key(row)
        return wanted <= called or called <= wanted or beside(source, row, texts[key["article"][i]])

    return pd.Series([right(i) for i in key.index], index=key.index)


def beside(source: str, row: str, text: str) -> bool:
    """Whether a text has a capitalised word of a row's name within eight words of a source's."""
    words = re.findall(r"\w+", text)
    raised = {w for w in re.findall(r"\w+", row) if w[0].isupper()}
    spots = [i for i, w in enumerate(words) if w == source.split()[0]]
    return any(raised & set(words[max(i - 8, 0) : i + 8]) for i in spots)
