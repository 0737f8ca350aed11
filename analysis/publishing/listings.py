"""The tables that a report prints: a ledger's in few columns and a reader's words, with a link to each row's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.publishing import story

if TYPE_CHECKING:
    from analysis.ledger import Ledger

CREDIT = {"explicit": "same sentence", "carried": "sentences around", "none": "–"}


def figures(ledger: Ledger, found: pd.DataFrame | None = None) -> pd.DataFrame:
    """Figures (all, or those `found`) as a reader wants them: `stated, kind, whose, behind, credit, words, link`.

    `words` are the article's own around the figure; `link` leads to them in the annotated text.
    """
    found = ledger.figures if found is None else found
    texts = ledger.documents.set_index("doc_id")["text"]
    return pd.DataFrame(
        {
            "stated": [story.stated(row) for _, row in found.iterrows()],
            "kind": list(found["category"]),
            "whose": list(found["whose"]),
            "behind": [story.behind(row) for _, row in found.iterrows()],
            "credit": [CREDIT[c] for c in found["credit"]],
            "words": [words(texts[r.doc_id], r.start, r.end) for r in found.itertuples()],
            "doc_id": list(found["doc_id"]),
            "link": ["#" + i for i in found["figure_id"]],
        }
    )


def claims(ledger: Ledger, found: pd.DataFrame | None = None, longest: int = 300) -> pd.DataFrame:
    """Claims as a reader wants them: `behind, cue, said, kind, link`; a long content is cut at `longest` characters."""
    found = ledger.claims if found is None else found
    names = ledger.claims.set_index("claim_id")["source_name"]
    return pd.DataFrame(
        {
            "behind": [
                story.behind(row) + (" (denies it)" if row["polarity"] == "denied" else "")
                for _, row in found.iterrows()
            ],
            "cue": list(found["cue"]),
            "said": [cut(text, longest) for text in found["text"]],
            "kind": list(found["kind"]),
            "within": [
                f"claim of {names.get(p) if pd.notna(names.get(p)) else 'nobody named'}" if pd.notna(p) else None
                for p in found["parent_claim_id"]
            ],
            "doc_id": list(found["doc_id"]),
            "link": ["#" + i for i in found["claim_id"]],
        }
    )


def sources(ledger: Ledger) -> pd.DataFrame:
    """Sources, the most quoted first: `name, kind, party, aliases, n_claims, n_figures`."""
    found = ledger.sources.sort_values(["n_claims", "n_figures", "name"], ascending=[False, False, True])
    return found.assign(kind=found["kind"].str.replace("_", " "))


def words(text: str, start: int, end: int, around: int = 90) -> str:
    """The words around `text[start:end]`, cut at spaces and at the paragraph's ends, with ellipses where cut."""
    first, last = text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
    first, last = max(first, 0), len(text) if last < 0 else last
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
