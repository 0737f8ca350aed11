"""What was decided, in the form in which the extractor is measured: one JSON file an article, beside its text.

Only articles of which a person looked at every figure become gold: in others a figure that nobody looked at would be
the extractor's word, and by that it would always be right. Claims are gold where each of them was looked at.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.errors import CorrectionError
from ascribe.ledger import storage

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

Row = dict[str, object]
FIGURE = (
    *("number", "value", "low", "high", "bound", "unit", "category", "counted", "whose"),
    *("source_name", "credit", "via"),
)


def write(ledger: Ledger, folder: str | os.PathLike[str]) -> list[Path]:
    """Write `DOC.txt` and `DOC.gold.json` for each article that was gone through from end to end. Returns the latter.

    Raises CorrectionError where the folder cannot be written.
    """
    folder, paths = Path(folder), []
    figures, claims = (storage.plain_rows(n, ledger.tables[n]) for n in ("figures", "claims"))
    try:
        for document in storage.plain_rows("documents", ledger.documents):
            own, said = ([r for r in rows if r["doc_id"] == document["doc_id"]] for rows in (figures, claims))
            if not own or any(r["reviewed"] is None for r in own):
                continue
            folder.mkdir(parents=True, exist_ok=True)
            name = "".join(c if c.isalnum() or c in "-_." else "_" for c in document["doc_id"])
            with open(folder / f"{name}.txt", "w", encoding="utf-8", newline="") as f:
                f.write(document["text"])
            held = gold(document["doc_id"], own, said)
            paths.append(folder / f"{name}.gold.json")
            paths[-1].write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as e:
        raise CorrectionError(f"{folder}: cannot be written: {e.strerror or e}") from e
    return paths


def gold(doc_id: str, figures: list[Row], claims: list[Row]) -> dict[str, object]:
    """One article's gold: its figures; its attributions where each claim was looked at, else none."""
    read = bool(claims) and all(c["reviewed"] is not None for c in claims)
    return {
        "doc": doc_id,
        "figures": [_figure(f) for f in figures],
        "attributions": [_attribution(c) for c in claims] if read else [],
        "notes": f"Figures {'and claims reviewed' if read else 'reviewed, claims not: there are no attributions'}.",
    }


def _figure(row: Row) -> Row:
    return {n: row[n] for n in FIGURE} | {"span": [row["start"], row["end"]], "source_span": row["source_span"]}


def _attribution(row: Row) -> Row:
    spans = {"source": row["source_span"], "cue": row["cue_span"]}
    held: Row = {name: [span] if span else [] for name, span in spans.items()}
    return held | {"content": row["content"], "type": row["kind"], "via": row["via"]}
