"""Pages that the user named by their addresses, or by a feed: asked for politely, and kept as a web archive."""

from ascribe.articles.fetching.fetch import fetched, named

__all__ = ["fetched", "named"]
