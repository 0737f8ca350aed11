"""What a process's first report pays for (modules, tables of words, fonts), paid once before copies are made of it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ascribe.articles.article import Article
    from ascribe.extraction import Extraction

# Needed by a shell, which only a copy may make; and not `matplotlib_inline`, which looks for one when it is loaded.
SHELL = (
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.magics", "IPython.core.logger",
    "IPython.core.oinspect", "bdb", "encodings.unicode_escape", "encodings.utf_16_le",
)  # fmt: skip
ARTICLE = """---
title: Warm-up
published: 2031-05-14
---

At least 40 people were killed at Orvan, Marisol Tane, the mayor, said on Tuesday.
"""
SOURCE = "# Warm-up\n\nSome *words*, a [link](#s-warm-up) and `code`."
CODE = 'name: str = "nobody"  # whom to greet\nprint(f"{name!r}: {1 + 2}")'


def _by_rules(article: Article) -> Extraction:
    """What the rules alone find: the network's library starts a thread, which a copy of the process would lack."""
    from ascribe.extraction import Extraction
    from ascribe.extraction.claims import propose
    from ascribe.extraction.claims.describe import describe
    from ascribe.extraction.figures import find_figures, find_numbers
    from ascribe.language.reading import read

    reading = next(iter(read([article])))
    claims = describe(reading, propose(reading))
    return Extraction(article, tuple(claims), tuple(find_figures(find_numbers(reading), claims)))


def warm_up() -> None:
    """Go once through all that most reports do, on one sentence; nothing of it stays but what was loaded on the way."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    from ascribe.articles import read
    from ascribe.charts import estimates, rows
    from ascribe.ledger import Ledger
    from ascribe.publishing.present import display, listings, story
    from ascribe.publishing.render import html
    from ascribe.publishing.render.document import document
    from ascribe.publishing.render.pdf.setting import TypstWriter

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "warm-up.md").write_text(ARTICLE, encoding="utf-8")
        articles = list(read([folder / "warm-up.md"]))
    ledger = Ledger.from_extractions(map(_by_rules, articles))
    drawn = rows.estimates(ledger.figures, ledger.documents, ledger.claims, ledger.sources)
    shown = [
        display.finding(story.article_finding(ledger)),
        display.table(listings.figures(ledger), "Figures", listings.FIGURES, {"stated": "link"}),
        display.annotated(articles[0], display.marks(ledger.claims, ledger.figures)),
    ]
    if not drawn.empty:
        shown.append(display.figure(estimates.draw(drawn), estimates.describe(drawn)))
    outputs = [new_output("display_data", data=fragment._repr_mimebundle_()) for fragment in shown]
    cells = [new_markdown_cell(SOURCE), new_code_cell(CODE, outputs=outputs)]
    made = document(nbformat.reads(nbformat.writes(new_notebook(cells=cells)), as_version=4))
    html.render(made)
    json.dumps(TypstWriter(made).blocks(made.blocks))  # Typst itself starts threads, and those no copy inherits
