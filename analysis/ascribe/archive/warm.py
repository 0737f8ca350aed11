"""Imported once, before workers are copied from the process that did: they begin with everything loaded."""

import contextlib

with contextlib.suppress(Exception):  # a worker will say it, where somebody listens
    from ascribe.archive.version import extractor
    from ascribe.archive.work import Settings, work
    from ascribe.articles.article import Article
    from ascribe.limits import DEFAULT

    work(
        [Article.from_text("At least 40 miners were killed, Marisol Tane said.")], Settings(None, DEFAULT, extractor())
    )
