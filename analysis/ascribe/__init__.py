"""Ascribe: who said how many.

open("my-articles/")  a ledger that shows itself: killed().by("UN").draw(); in Jupyter also %load_ext ascribe
read(inputs)          articles from files, folders and globs
extract(article)      its claims and figures, each with who stands behind it
Ledger                the four tables: documents, sources, claims, figures
explain(article, "40") why a figure reads as it does: the rules and scores that decided each cell
review(ledger)        what a person makes of it, figure by figure, in JupyterLab
findings              comparisons and checks over them
charts                pictures of them
build("name")         reports, HTML and PDF (`options`: a BuildOptions)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for editors and type checkers, which run nothing
    from ascribe import charts, findings
    from ascribe.articles import read
    from ascribe.articles.article import Article
    from ascribe.explaining import explain
    from ascribe.exploring import open
    from ascribe.extraction import extract, extract_all
    from ascribe.ledger import Ledger
    from ascribe.publishing.build import BuildOptions, build

_FACE = {
    "Article": ("ascribe.articles.article", "Article"),
    "BuildOptions": ("ascribe.publishing.build", "BuildOptions"),
    "Ledger": ("ascribe.ledger", "Ledger"),
    "build": ("ascribe.publishing.build", "build"),
    "charts": ("ascribe.charts", None),
    "explain": ("ascribe.explaining", "explain"),
    "extract": ("ascribe.extraction", "extract"),
    "extract_all": ("ascribe.extraction", "extract_all"),
    "findings": ("ascribe.findings", None),
    "open": ("ascribe.exploring", "open"),
    "read": ("ascribe.articles", "read"),
    "review": ("ascribe.reviewing.widget", "review"),
}
__all__ = [
    "Article",
    "BuildOptions",
    "Ledger",
    "build",
    "charts",
    "explain",
    "extract",
    "extract_all",
    "findings",
    "open",
    "read",
]
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


def load_ipython_extension(shell: object) -> None:
    """`%load_ext ascribe`."""
    importlib.import_module("ascribe.exploring.extension").load(shell)


def unload_ipython_extension(shell: object) -> None:
    """`%unload_ext ascribe`."""
    importlib.import_module("ascribe.exploring.extension").unload(shell)
