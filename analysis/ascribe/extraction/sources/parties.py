"""The table of parties: well-known bodies and people with their aliases, what they are, and for whom they speak.

The package's table is `lexicons/parties.csv`; a user's own is laid over it (`load_parties`). An alias that several rows
bear is ambiguous: it is reported with all of them, never decided. A row of the user's decides it.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ascribe.errors import LexiconError
from ascribe.extraction.lexicons import rows
from ascribe.extraction.records import SOURCE_KINDS

COLUMNS = ("name", "kind", "party", "aliases")
THE = re.compile(r"^(?:the|The)\s+")


@dataclasses.dataclass(frozen=True, slots=True)
class Party:
    """One row: a body or a person, its kind (one of `SOURCE_KINDS`), whom it speaks for, and its other names."""

    name: str
    kind: str | None
    party: str | None
    aliases: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """The rows by name and alias. `find` gives every row that a name may mean."""

    index: Mapping[str, tuple[Party, ...]]

    def find(self, name: str) -> tuple[Party, ...]:
        """The rows that bear this name or alias: none, one, or several where it is ambiguous."""
        return self.index.get(key(name), ())


def key(name: str) -> str:
    """How a name is looked up: "the" and odd apostrophes off; letter case counts in single words ("Time", "IS")."""
    name = THE.sub("", " ".join(name.split())).replace("’", "'")
    return name.casefold() if " " in name else name


def index(table: Iterable[Party]) -> dict[str, tuple[Party, ...]]:
    found: dict[str, list[Party]] = {}
    for party in table:
        for name in dict.fromkeys(map(key, (party.name, *party.aliases))):
            found.setdefault(name, []).append(party)
    return {name: tuple(sorted(those, key=lambda p: p.name)) for name, those in found.items()}


@functools.cache
def packaged() -> tuple[Party, ...]:
    return tuple(_party(row, f"parties.csv, {row['name']}") for row in rows("parties"))


@functools.lru_cache(maxsize=8)
def load_parties(extra: Path | None = None) -> Parties:
    """The package's parties, with those of the CSV file `extra` laid over them.

    `extra` has the columns name, kind, party, aliases (separated by `|`); only name must be filled. A row whose name is
    the package's replaces it; an alias that a row of `extra` bears means that row alone.

    Raises LexiconError, with file and line, where a row does not hold what it must.
    """
    own = _read(Path(extra)) if extra is not None else ()
    named = {key(p.name) for p in own}
    found = index(p for p in packaged() if key(p.name) not in named)
    return Parties(found | index(own))


def _read(path: Path) -> tuple[Party, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            given = reader.fieldnames or []
            if "name" not in given or set(given) - set(COLUMNS):
                raise LexiconError(
                    f"{path}, line 1: the columns are {', '.join(COLUMNS)}; found {', '.join(given) or 'none'}"
                )
            found = []
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                if None in row:
                    raise LexiconError(f"{where}: more cells than columns; put a name that holds a comma in quotes")
                found.append(_party({k: (v or "").strip() for k, v in row.items()}, where))
    except OSError as error:
        raise LexiconError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"{path}: not a CSV file in UTF-8 ({error})") from error
    return tuple(found)


def _party(row: Mapping[str, str], where: str) -> Party:
    if not row["name"]:
        raise LexiconError(f"{where}: the name is empty")
    kind = row.get("kind") or None
    if kind is not None and kind not in SOURCE_KINDS:
        raise LexiconError(f"{where}: kind {kind!r} is none of {', '.join(SOURCE_KINDS)}")
    aliases = tuple(a.strip() for a in row.get("aliases", "").split("|") if a.strip())
    return Party(row["name"], kind, row.get("party") or None, aliases)
