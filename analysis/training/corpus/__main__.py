"""What the open corpus holds, counted: `python -m training.corpus`."""

from __future__ import annotations

import collections
import re

from training.corpus import records


def table() -> str:
    """Articles, words, attributions and figures by licence and publisher, as a Markdown table."""
    counts: dict[tuple[str, str], collections.Counter] = collections.defaultdict(collections.Counter)
    for r in records():
        publisher = _publisher(r["publisher"] or "")
        counts[r["licence"], publisher] += collections.Counter(
            articles=1,
            words=len(r["text"].split()),
            attributions=len(r["attributions"]),
            figures=len(r["figures"]),
        )
    columns = ("articles", "words", "attributions", "figures")
    rows = ["| licence | publisher | " + " | ".join(columns) + " |", "|---|---|" + "---|" * len(columns)]
    total: collections.Counter = collections.Counter()
    for (licence, publisher), found in sorted(counts.items(), key=lambda item: -item[1]["articles"]):
        total += found
        rows.append(f"| {licence} | {publisher} | " + " | ".join(f"{found[c]:,}" for c in columns) + " |")
    rows.append("| | all | " + " | ".join(f"{total[c]:,}" for c in columns) + " |")
    return "\n".join(rows)


def _publisher(name: str) -> str:
    """A publisher without its departments and series."""
    return "Members of the US Congress" if name.startswith("Office of") else re.split(r",|:| \(", name)[0]


if __name__ == "__main__":
    print(table())
