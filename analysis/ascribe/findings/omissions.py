"""What is missing: numbers and claims that nobody stands behind, or only somebody unnamed, or only at second hand."""

from __future__ import annotations

import pandas as pd

from ascribe.findings import names, origin
from ascribe.findings.tables import COUNTS, prepare, said

KINDS = ("uncredited", "uncertain", "anonymous", "second-hand", "single source")
COLUMNS = ["kind", "table", "id", "doc_id", "words", "source_name", "why"]


def gaps(
    figures: pd.DataFrame,
    claims: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
    sources: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Figures and claims with a gap in who stands behind them.

    A row a gap; columns `kind` (one of KINDS), `table` (figures or claims), `id` (figure_id or claim_id), `doc_id`,
    `words`, `source_name`, `why`. `uncredited`: credited to nobody; `uncertain`: it could not be told to whom;
    `anonymous`: to a source that is not named; `second-hand`: only through a relay; `single source`: the only one in
    these articles to speak on that party's toll. Of the figures those that count people harmed, forces, things or
    events; durations, shares and the like are nobody's word to give.
    """
    found = prepare(figures, documents, sources)
    found["said"] = said(found)
    counts = found[found["category"].isin(COUNTS) & found["unit"].eq("")]
    told = origin.behind(counts)
    rows = _of(counts, "figures", "figure_id", counts["number"], told.eq(origin.NOBODY), told.eq(origin.UNCERTAIN))
    if claims is not None and len(claims):
        known = claims.reset_index(drop=True).copy()
        known["source_kind"] = None
        if sources is not None and len(sources) and "source_id" in known:
            kinds = sources.drop_duplicates("source_id").set_index("source_id")["kind"]
            known["source_kind"] = known["source_id"].map(kinds)
        nobody = known["source_name"].isna() & known["cue"].notna()
        rows += _of(known, "claims", "claim_id", known["text"], nobody, pd.Series(False, index=known.index))
    rows += _single(found)
    return pd.DataFrame(rows, columns=COLUMNS)


def _of(
    found: pd.DataFrame, table: str, key: str, words: pd.Series, nobody: pd.Series, unsure: pd.Series
) -> list[tuple]:
    relayed = found["via"].map(len).gt(0)
    rows = []
    for r, text, none, unknown, second in zip(found.itertuples(), words, nobody, unsure, relayed, strict=True):
        shared = (table, getattr(r, key), r.doc_id, text, r.source_name if isinstance(r.source_name, str) else None)
        if none:
            rows.append(("uncredited", *shared, "nobody is named"))
        elif unknown:
            rows.append(("uncertain", *shared, "it is not known who says so"))
        elif r.source_kind == "anonymous":
            rows.append(("anonymous", *shared, "the source is not named"))
        if second:
            rows.append(("second-hand", *shared, f"through {', '.join(r.via)}"))
    return rows


def _single(found: pd.DataFrame) -> list[tuple]:
    """Tolls on which only one source speaks."""
    harm = found[found["whose"].notna() & found["source_name"].notna() & found["unit"].eq("") & found["said"].notna()]
    harm = harm[
        harm["category"].isin(("killed", "wounded", "casualties", "losses", "captured", "missing", "displaced"))
    ]
    rows = []
    for (whose, category), group in harm.groupby(["whose", "category"], sort=True):
        if len({names.publisher_key(n) for n in group["source_name"]}) == 1:
            r = group.iloc[0]
            why = f"no other source on {whose}: {category}"
            rows.append(("single source", "figures", r["figure_id"], r["doc_id"], r["number"], r["source_name"], why))
    return rows
