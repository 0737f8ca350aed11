"""Tables of words and names: one CSV a list, read once. Word lists live here, never in code."""

from __future__ import annotations

import csv
import functools
import importlib.resources

from ascribe.errors import LexiconError


@functools.cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the package's table `name` (`rows("units")` reads `units.csv`), as dicts of stripped strings.

    Raises LexiconError where there is no such table or a row has too many or too few cells.
    """
    file = importlib.resources.files(__package__) / f"{name}.csv"
    if not file.is_file():
        raise LexiconError(f"no table {name}.csv in {__package__}")
    with file.open(encoding="utf-8", newline="") as f:
        reader = csv.DictReader(f)
        found = []
        for row in reader:
            if None in row or None in row.values():
                raise LexiconError(f"{name}.csv, line {reader.line_num}: expected {len(reader.fieldnames)} cells")
            found.append({k: v.strip() for k, v in row.items()})
    return tuple(found)
