"""The sources of a data set: a pass over the names that its parts hold, not over their articles.

Which source a name means hangs on the name alone (and, where it only describes somebody, on its article). So each part
gives its claims and figures their sources by itself, and leaves a list of the names: who is meant, by which names and
words, how often. The lists are sorted, and joined as sorted lists are: memory does not grow with the number of names.
"""

from __future__ import annotations

import contextlib
import dataclasses
import heapq
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ascribe.extraction.sources.parties import Parties
from ascribe.extraction.sources.resolve import identity, is_everywhere, source_id, source_of
from ascribe.ledger.dataset import Found, Record
from ascribe.ledger.tables import mentions

AT_ONCE = 128
"""Lists that are joined at once: so many files are open."""


@dataclasses.dataclass(slots=True)
class Named:
    """Who is meant by some names: the names, the words of the mentions, and how many claims and figures they credit."""

    who: str
    names: set[str] = dataclasses.field(default_factory=set)
    words: set[str] = dataclasses.field(default_factory=set)
    n_claims: int = 0
    n_figures: int = 0

    def row(self, parties: Parties) -> Record:
        """The row of the sources table."""
        found = dataclasses.asdict(source_of(self.who, self.names, self.words, parties))
        found |= {"aliases": list(found["aliases"]), "ambiguous": list(found["ambiguous"])}
        return found | {"n_claims": self.n_claims, "n_figures": self.n_figures}

    def line(self) -> str:
        """The line of a list."""
        return json.dumps([self.who, sorted(self.names), sorted(self.words), self.n_claims, self.n_figures]) + "\n"

    @classmethod
    def of(cls, line: str) -> Named:
        """What a line of a list says."""
        who, names, words, n_claims, n_figures = json.loads(line)
        return cls(who, set(names), set(words), n_claims, n_figures)

    def add(self, other: Named) -> None:
        """Take in what another list says of the same source."""
        self.names |= other.names
        self.words |= other.words
        self.n_claims += other.n_claims
        self.n_figures += other.n_figures


class Names:
    """The names of a part, gathered while its articles pass."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.everywhere: dict[str, Named] = {}

    def credit(self, found: Found) -> list[Record]:
        """Write the `source_id` of each claim and figure of some articles; returns the rows of the sources that are
        only described, sorted: other articles cannot mean them."""
        here: dict[str, Named] = {}
        meant = {}
        for (name, doc_id), words in mentions(found).items():
            who = identity(name, doc_id, self.parties)
            known = self.everywhere if is_everywhere(who) else here
            named = meant[name, doc_id] = known.setdefault(who, Named(who))
            named.names.add(name)
            named.words |= words
        for table, count in (("claims", "n_claims"), ("figures", "n_figures")):
            for row in found[table]:
                named = meant[row["source_name"], row["doc_id"]] if row["source_name"] else None
                row["source_id"] = source_id(named.who) if named else None
                if named:
                    setattr(named, count, getattr(named, count) + 1)
        return sorted((named.row(self.parties) for named in here.values()), key=_by_name)

    def write(self, path: Path) -> None:
        """Write the list of those whom other articles may name, too."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for _, named in sorted(self.everywhere.items()):
                file.write(named.line())


def joined(lists: Sequence[Path], room: Path) -> Iterator[Named]:
    """Who is named in any of these lists, each once, sorted; `room` is a folder for what is joined on the way."""
    level = 0
    while len(lists) > AT_ONCE:
        level += 1
        some = [lists[i : i + AT_ONCE] for i in range(0, len(lists), AT_ONCE)]
        lists = [_written(_merged(few), room / f"{level}-{number}") for number, few in enumerate(some)]
    yield from _merged(lists)


def _merged(lists: Iterable[Path]) -> Iterator[Named]:
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(path.open(encoding="utf-8")) for path in lists]
        stream = heapq.merge(*(map(Named.of, file) for file in files), key=_who)
        for _, group in itertools.groupby(stream, _who):
            named, *others = group
            for other in others:
                named.add(other)
            yield named


def _written(found: Iterable[Named], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(named.line() for named in found)
    return path


def _who(named: Named) -> str:
    return named.who


def _by_name(row: Record) -> tuple[object, object]:
    return row["name"], row["source_id"]
