"""Ascribe: who said how many.

read(inputs)          articles from files, folders and globs
extract(article)      its claims and figures, each with who stands behind it
Ledger                the four tables: documents, sources, claims, figures
findings              comparisons and checks over them
charts                pictures of them
build(reports)        reports, HTML and PDF
"""

from __future__ import annotations

import importlib

_FACE = {
    "Article": ("ascribe.articles.article", "Article"),
    "Ledger": ("ascribe.ledger", "Ledger"),
    "build": ("ascribe.publishing.build", "build"),
    "charts": ("ascribe.charts", None),
    "extract": ("ascribe.extraction", "extract"),
    "extract_all": ("ascribe.extraction", "extract_all"),
    "findings": ("ascribe.findings", None),
    "read": ("ascribe.articles", "read"),
}
__all__ = sorted(_FACE)
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # Loaded when first used: a command that only checks hashes should not wait for the parser.
    if name not in _FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _FACE[name]
    found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found


def __dir__() -> list[str]:
    return __all__
