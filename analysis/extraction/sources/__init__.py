"""Who is credited: mentions, their fullest names, kinds and parties, and one row for each over all articles."""

from analysis.extraction.sources.kinds import kind_of, party_of
from analysis.extraction.sources.parties import Parties, Party, load_parties
from analysis.extraction.sources.resolve import Source, resolve
from analysis.extraction.sources.speakers import Namer, name_sources, name_span

__all__ = [
    "Namer",
    "Parties",
    "Party",
    "Source",
    "kind_of",
    "load_parties",
    "name_sources",
    "name_span",
    "party_of",
    "resolve",
]
