"""Articles from files: text, HTML, PDF, Word, e-mail, JSONL, WARC."""

from ascribe.articles.article import Article
from ascribe.articles.reader import read

__all__ = ["Article", "read"]
