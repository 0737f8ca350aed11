"""The sources of a ledger by their names, while corrections rename, merge and add some."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable

Row = dict[str, object]


class Sources:
    """The rows of the sources table, found by any of their names."""

    def __init__(self, rows: list[Row], crediting: Iterable[Row] = ()) -> None:
        """`crediting` are the claims and figures, in which a source goes by its name in their article."""
        self.rows: dict[str, Row] = {row["source_id"]: row for row in rows}
        self.named: dict[str, set[str]] = collections.defaultdict(set)
        self.in_article: dict[tuple[str, str], str] = {}
        self.merged: dict[str, set[str]] = {}
        for row in rows:
            self._index(row)
        for row in crediting:
            if row["source_name"] and row["source_id"]:
                self.named[row["source_name"].casefold()].add(row["source_id"])
                self.in_article[row["source_name"].casefold(), row["doc_id"]] = row["source_id"]

    def _index(self, row: Row) -> None:
        for name in (row["name"], *row["aliases"]):
            self.named[name.casefold()].add(row["source_id"])

    def ids(self, name: str) -> set[str]:
        """The sources that go by this name: by it alone where there are such, else as one of their others."""
        found = self.named.get(name.casefold(), set())
        return {i for i in found if self.rows[i]["name"].casefold() == name.casefold()} or found

    def same(self, one: object, other: object) -> bool:
        """Whether two names are one source's."""
        if not one or not other:
            return not one and not other
        if str(one).casefold() == str(other).casefold():
            return True
        return bool(self._with_merged(str(one)) & self._with_merged(str(other)))

    def _with_merged(self, name: str) -> set[str]:
        found = {name.casefold()} | self.named.get(name.casefold(), set())
        return found.union(*(self.merged.get(x, set()) for x in found))

    def merge(self, old: str, new: str) -> None:
        """From now on both names are one source's."""
        group = self._with_merged(old) | self._with_merged(new)
        for member in group:
            self.merged[member] = group

    def identify(self, name: str, doc_id: str) -> str:
        """The id of the source that an article calls so; a row is made for one that there was not."""
        here = self.in_article.get((name.casefold(), doc_id))
        found = [here] if here else sorted(self.ids(name))
        if found:
            return found[0]
        from ascribe.extraction.sources import resolve

        made = resolve([(name, doc_id)])[name, doc_id]
        if made.source_id not in self.rows:
            row = dataclasses.asdict(made) | {"n_claims": 0, "n_figures": 0}
            self.rows[made.source_id] = {k: list(v) if isinstance(v, tuple) else v for k, v in row.items()}
            self._index(self.rows[made.source_id])
        return made.source_id

    def counted(self, claims: list[Row], figures: list[Row]) -> list[Row]:
        """The rows of those that something is credited to, counted anew."""
        n_claims = collections.Counter(row["source_id"] for row in claims)
        n_figures = collections.Counter(row["source_id"] for row in figures)
        for source_id, row in self.rows.items():
            row |= {"n_claims": n_claims[source_id], "n_figures": n_figures[source_id]}
        kept = [row for row in self.rows.values() if row["n_claims"] or row["n_figures"]]
        return sorted(kept, key=lambda row: (row["name"], row["source_id"]))
