"""Who is credited: mentions, their fullest names, kinds and parties, and one row for each over all articles."""

from ascribe.extraction.sources.kinds import kind_of, party_of
from ascribe.extraction.sources.parties import Parties, Party, load_parties
from ascribe.extraction.sources.resolve import Source, resolve
from ascribe.extraction.sources.speakers import Namer, name_sources, name_span

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
