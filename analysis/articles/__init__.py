"""Articles from files: text, HTML, PDF, Word, e-mail, JSONL, WARC."""

from analysis.articles.article import Article
from analysis.articles.reader import read

__all__ = ["Article", "read"]
