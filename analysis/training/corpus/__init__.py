"""The open corpus: news under open licences, every figure and attribution annotated by us (see DATASHEET.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
FOLDS = 4


def records() -> Iterator[dict]:
    """Each article: `doc`, `title`, `published`, `publisher`, `url`, `licence`, `text`, `attributions`, `figures`."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        if path.name == "names.jsonl":  # names alone: see README.md
            continue
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file)


def fold(doc: str) -> int:
    """The part, 0 to 3, that an article is kept apart with when what is learned from the others is measured."""
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % FOLDS
