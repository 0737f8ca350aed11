"""Who is credited: mentions, their fullest names, kinds and parties."""

from analysis.extraction.sources.parties import party_of
from analysis.extraction.sources.speakers import Namer, name_sources, name_span

__all__ = ["Namer", "name_sources", "name_span", "party_of"]
