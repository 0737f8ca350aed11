"""The tables that a report prints: a ledger's in few columns and a reader's words, with a link to each row's place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from ascribe.articles.front_matter import beginning
from ascribe.charts.words import count, day, days, listed, stated
from ascribe.findings import selection, wording
from ascribe.findings.record import OLDER, RISE
from ascribe.publishing.present import story

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

FIGURES = {"stated": "Figure", "kind": "Kind", "whose": "Whose", "behind": "Who stands behind it", "words": "Words"}
UNCREDITED = {"stated": "Figure", "kind": "Kind", "whose": "Whose", "words": "Words"}
DATED = {
    "published": "Published",
    "outlet": "Told by",
    "stated": "Figure",
    "kind": "Kind",
    "behind": "Who stands behind it",
    "words": "Words",
}
CLAIMS = {"behind": "Who", "cue": "Cue", "said": "What", "kind": "Speech", "within": "Within"}
UNNAMED = {"cue": "Cue", "said": "What"}
CLAIMS_DATED = {"published": "Published", "via": "Through", "cue": "Cue", "said": "What", "kind": "Speech"}
SOURCES = {
    "name": "Source", "called": "Also called", "kind": "Kind", "party": "Side", "n_claims": "Claims",
    "n_figures": "Figures",
}  # fmt: skip
CHECKED = {
    "stated": "Figure", "source": "Credited to", "published": "Article of", "verdict": "Verdict",
    "record": "The source said", "remark": "Note",
}  # fmt: skip
CHECKED_ONE = {k: v for k, v in CHECKED.items() if k != "published"}
"""Which columns of the tables below a report shows, and what it calls them."""

UNCOUNTED = {"stated": "Figure", "kind": "Likeliest kind", "behind": "Who stands behind it", "words": "Words"}
UNCOUNTED_IN_ALL = {"published": "Published", "outlet": "Told by"} | UNCOUNTED
"""Figures of which it is uncertain what they count: of one article, and of several."""

DENIED = " (denies it)"
"""Added to who stands behind a figure or a claim, where that is who denies it."""
CREDIT = {"explicit": "same sentence", "carried": "sentences around", "none": "–", "uncertain": "not known"}


CORRECTED = {
    "doc_id": "Article", "words": "Words", "what": "What", "was": "It was", "now": "It is", "who": "Who",
    "reason": "Why", "fate": "Fate",
}  # fmt: skip


def checkable(shown: pd.DataFrame, columns: dict[str, str]) -> dict[str, str]:
    """The columns of a table of figures or claims, and whether a person checked them, where one did any."""
    return columns | {"checked": "Checked"} if shown["checked"].notna().any() else columns


def corrected(ledger: Ledger, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """What people changed: `doc_id, words, what, was, now, who, reason, fate`.

    What one of them changed of one figure or claim, for one reason, is one row. Those on the figures `found` (all where
    None), on claims and on sources; what was only accepted is left out. What is lost or superseded comes first. Empty
    where no corrections were applied.
    """
    if ledger.decisions is None:
        return pd.DataFrame(columns=list(CORRECTED))
    rows = ledger.decisions[ledger.decisions["fate"].isin(FATES)]
    rows = rows[rows["action"].ne("accept") | rows["fate"].ne("applied")]
    if found is not None:
        gone = set(ledger.rejected["row_id"])
        ids = {*found["figure_id"], *gone}
        rows = rows[rows["table"].ne("figures") | rows["row_id"].isna() | rows["row_id"].isin(ids)]
    rows = rows.iloc[rows["fate"].map(FATES.index).argsort(kind="stable")]
    shown = [
        {
            "doc_id": r.doc_id if pd.notna(r.doc_id) else "all articles",
            "words": cut(r.exact, 80),
            "what": r.column.replace("_", " ") if pd.notna(r.column) else f"{r.action}ed",
            "was": _said(r.old), "now": _said(r.new),
            "who": f"{r.reviewer}, {r.day}", "reason": r.reason if pd.notna(r.reason) else None,
            "fate": r.fate if pd.isna(r.why) else f"{r.fate}: {r.why}",
        }
        for r in rows.itertuples()
    ]  # fmt: skip
    return _joined(pd.DataFrame(shown, columns=list(CORRECTED)), rows)


def _joined(shown: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of one person's edits of one figure for one reason as one, cell by cell."""
    if shown.empty:
        return shown
    same = shown[["doc_id", "words", "who", "reason", "fate"]].assign(
        edit=list(rows["action"].eq("edit")), start=list(rows["start"])
    )
    alone = range(len(shown))
    same["alone"] = [-1 if edit else i for edit, i in zip(same["edit"], alone, strict=True)]
    groups = shown.groupby([same[c].astype(object).fillna("") for c in same], sort=False)
    cells = {
        c: "first" if c not in ("what", "was", "now") else lambda s: "; ".join("–" if pd.isna(v) else str(v) for v in s)
        for c in CORRECTED
    }
    found = groups.agg(cells).reset_index(drop=True)
    only = found[["was", "now"]].eq("–")
    found[["was", "now"]] = found[["was", "now"]].astype(object).mask(only, None)
    return found


FATES = ["lost", "superseded", "applied", "confirmed"]


def _said(cell: object) -> str | None:
    """What a cell of JSON says, in words; nothing of a whole row."""
    value = json.loads(cell) if isinstance(cell, str) else None
    if isinstance(value, dict):
        return None
    return listed(value) or None if isinstance(value, list) else value


def figures(ledger: Ledger, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """Figures (all, or those `found`) as a reader wants them.

    Columns `stated, kind, whose, behind, credit, words, doc_id, published, outlet, url, link,
    checked`: `words` are the article's own sentence around the figure; `url` leads to the article, `link` to the words
    in the annotated text.
    """
    found = ledger.figures if found is None else found
    documents = ledger.documents.set_index("doc_id")
    published, texts = documents["published"], documents["text"]
    outlets = documents["publisher"].where(documents["publisher"].notna(), documents.index.to_series())
    begins = texts.map(beginning)
    denied = set(selection.denied(found, ledger)["figure_id"])
    return pd.DataFrame(
        {
            "stated": [story.stated(row) for _, row in found.iterrows()],
            "kind": list(found["category"]),
            "whose": list(found["whose"]),
            "behind": [
                story.behind(row) + (DENIED if row["figure_id"] in denied else "") for _, row in found.iterrows()
            ],
            "credit": [CREDIT[c] for c in found["credit"]],
            "words": [words(texts[r.doc_id], r.start, r.end, first=begins[r.doc_id]) for r in found.itertuples()],
            "doc_id": list(found["doc_id"]),
            "published": list(found["doc_id"].map(published)),
            "outlet": list(found["doc_id"].map(outlets)),
            "url": list(found["doc_id"].map(documents["url"])),
            "link": ["#" + i for i in found["figure_id"]],
            "checked": list(found["reviewed"].astype(object).where(found["reviewed"].notna(), None)),
        }
    )


def claims(ledger: Ledger, found: pd.DataFrame | None = None, longest: int = 300) -> pd.DataFrame:
    """Claims as a reader wants them; a long content is cut at `longest` characters.

    Columns `behind, via, cue, said, kind, within, doc_id, published, link`.
    """
    found = ledger.claims if found is None else found
    published = ledger.documents.set_index("doc_id")["published"]
    names = ledger.claims.set_index("claim_id")["source_name"]
    return pd.DataFrame(
        {
            "behind": [
                story.behind(row) + (DENIED if row["polarity"] == "denied" else "") for _, row in found.iterrows()
            ],
            "via": [listed(list(v)) or None for v in found["via"]],
            "cue": list(found["cue"]),
            "said": [cut(text, longest) for text in found["text"]],
            "kind": list(found["kind"]),
            "within": [
                f"claim of {names.get(p) if pd.notna(names.get(p)) else 'nobody named'}" if pd.notna(p) else None
                for p in found["parent_claim_id"]
            ],
            "doc_id": list(found["doc_id"]),
            "published": list(found["doc_id"].map(published)),
            "link": ["#" + i for i in found["claim_id"]],
        }
    )


def checked(ledger: Ledger, checks: pd.DataFrame) -> pd.DataFrame:
    """Checks against the record as a reader wants them: `published, stated, source, verdict, record, remark, link`.

    What does not fit comes first; what no series reaches is left out. `outlet` and `url` tell and lead to the article.
    """
    order = {v: i for i, v in enumerate(VERDICTS)}
    checks = checks[checks["verdict"].isin(order)]
    rank = checks["verdict"].map(order).mask(checks["category_shift"].notna(), -1)
    checks = checks.iloc[rank.argsort(kind="stable")]
    by_id = ledger.figures.set_index("figure_id", drop=False)
    rows = [by_id.loc[i] for i in checks["figure_id"]]
    bys = [r["source_name"] if pd.notna(r["source_name"]) else None for r in rows]
    urls = ledger.documents.set_index("doc_id")["url"]
    published = ledger.documents.set_index("doc_id")["published"]
    return pd.DataFrame(
        {
            "published": [published[r["doc_id"]] for r in rows],
            "stated": [story.stated(r) for r in rows],
            "source": [
                by or f"{story.behind(r)}; it is the number of {publisher}"
                for by, r, publisher in zip(bys, rows, checks["publisher"], strict=True)
            ],
            "verdict": [
                "compared" if c.verdict == "placed" and pd.notna(c.date) else c.verdict for c in checks.itertuples()
            ],
            "record": [recorded(c, r) for c, r in zip(checks.itertuples(), rows, strict=True)],
            "remark": [remark(c) for c in checks.itertuples()],
            "shifted": list(checks["category_shift"].notna()),
            "doc_id": [r["doc_id"] for r in rows],
            "url": [urls[r["doc_id"]] for r in rows],
            "link": ["#" + i for i in checks["figure_id"]],
        }
    )


VERDICTS = {
    "mismatch": "the source published no such number",
    "stale": "true on an earlier day only",
    "ahead": "true on a later day only",
    "placed": "the article gives it no day; it was the source’s on the day noted",
    "compared": "an older number of the source, which the article sets beside the newest",
    "rounded": "the source’s number, rounded as the words allow",
    "exact": "the source’s own number of that day or the day before",
}
"""Verdicts in the order of the table, in words."""


IN_ORDER = ("exact", "rounded")
"""Verdicts in which nothing is wrong."""


def faults(shown: pd.DataFrame) -> pd.DataFrame:
    """Those rows of a table of checks that a reader should see: what does not plainly fit."""
    return shown[~in_order(shown)]


def in_order(shown: pd.DataFrame) -> pd.Series:
    """Which rows of a table of checks fit, with nothing to be said of them."""
    return shown["verdict"].isin(IN_ORDER) & ~shown["shifted"].astype(bool)


def verdicts_said(shown: pd.DataFrame) -> str | None:
    """What the verdicts met in a table of checks mean; None where it has none."""
    met = [f"{v}: {VERDICTS[v]}" for v in VERDICTS if v in set(shown["verdict"])]
    return f"{'; '.join(met)}." if met else None


def recorded(check: tuple, figure: pd.Series) -> str | None:
    """What the source itself said: 90,090 losses on 2 Dec 2022; an increase of 7,320, 1 to 31 Aug 2022."""
    if pd.isna(check.record_value):
        return None
    people = check.record_category in story.HARMED
    low, high = (None if pd.isna(x) else x for x in (check.record_low, check.record_high))
    bound = "range" if low and high else "at_least" if low else "at_most" if high else "exact"
    said = stated(check.record_value, low, high, bound, "")
    said += f" {check.record_category}" if people else ""
    if not check.windowed:
        return f"{said} on {day(check.record_date)}"
    window = "" if check.note == RISE else days([figure["window_start"], figure["window_end"]])
    window = window or day(check.record_date)
    return f"an increase of {said}, {window}"


def remark(check: tuple) -> str | None:
    """What a reader should know of a check (a row of the checks, as a tuple): since when, which slip, which shift."""
    said = []
    if check.verdict in ("stale", "ahead") and pd.notna(check.days):
        true = check.true_last if check.verdict == "stale" else check.true_first
        away = count(int(check.days), "day")
        said.append(f"true on {day(true)}, {away} {'before' if check.verdict == 'stale' else 'later'}")
    if check.verdict == "placed" and pd.notna(check.date):
        said.append(f"true on {day(check.true_last)}")
    elif check.verdict == "placed":
        said.append(f"first true on {day(check.true_first)}")
    note = None if check.note == OLDER else check.note
    for told in (check.slip, check.category_shift, note):
        if isinstance(told, str) and told:
            said.append(told)
    return "; ".join(said) or None


def sources(ledger: Ledger) -> pd.DataFrame:
    """Sources, the most quoted first: `name, called` (its other names here), `kind, party, n_claims, n_figures`."""
    found = ledger.sources.sort_values(["n_claims", "n_figures", "name"], ascending=[False, False, True])
    called = [
        listed([a for a in aliases if a != name]) or None
        for name, aliases in zip(found["name"], found["aliases"], strict=True)
    ]
    return found.assign(kind=found["kind"].str.replace("_", " "), called=called)


def words(text: str, start: int, end: int, around: int = 240, first: int = 0) -> str:
    """The sentence around `text[start:end]`; a very long one is cut at spaces, with ellipses where cut.

    `first` is where the article begins, after what its file says of itself.
    """
    before, after = wording.sentence(text, start, end)
    first, last = max(first, start - len(before)), end + len(after)
    left, right = max(first, start - around), min(last, end + around)
    before, after = text[left:start], text[end:right]
    if left > first and " " in before:
        before = "… " + before.split(" ", 1)[1]
    if right < last and " " in after:
        after = after.rsplit(" ", 1)[0] + " …"
    return " ".join(f"{before}{text[start:end]}{after}".split())


def cut(text: str, longest: int) -> str:
    """A text on one line, cut at a space where it is longer."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
