"""A report in which every field tries to be something else than text."""

from __future__ import annotations

import pandas as pd
from ascribe.publishing.present.display import Mark, annotated, figure, finding, note, table
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

OWNED = "document.title='owned'"
HOSTILE = f'<script>{OWNED}</script> "><svg onload="{OWNED}"> {{{{7*7}}}} =HYPERLINK(1) #let x \\input'


def shown(fragment) -> object:
    """A code cell that shows a fragment."""
    return new_code_cell("show()", outputs=[new_output("display_data", data=fragment._repr_mimebundle_())])


def drawing():
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(4, 2))
    ax.barh(["Ministry", HOSTILE[:8]], [90_000, 70_000])
    return fig


def notebook(words: str = HOSTILE):
    """An executed notebook with `words` wherever it shows any."""
    text = f"{words}\n\nMore than 90,000 fled, the Orvan Ministry of Health said. About 70,000 stayed."
    at = text.index("More than")
    marks = [
        Mark(at, at + 21, "claim", words, "clm_1"),
        Mark(at + 10, at + 16, "figure", "90,000", "fig_1"),
        Mark(at + 18, at + 40, "source"),
    ]
    frame = pd.DataFrame({"number": ["90,000", words], "low": [90000, None], "to": ["#fig_1", "#nowhere"]})
    cells = [
        new_markdown_cell(f"# Report\n\nOpening {words}"),
        shown(finding(words)),
        new_markdown_cell("## Figures\n\n#### Too deep\n\n##"),
        shown(table(frame, words, columns={"number": "Number", "low": words}, links={"number": "to"}, note=words)),
        shown(figure(drawing(), alt=f"A chart. {words}", caption=words, source=words, data=frame)),
        new_markdown_cell("## The text"),
        shown(annotated(text, marks)),
        shown(note("مرحبا بالعالم")),
        new_code_cell(f"# {words}", outputs=[new_output("stream", text=words)]),
        new_code_cell("x", outputs=[new_output("error", ename="E", evalue=words, traceback=[f"\x1b[31m{words}"])]),
        new_code_cell("df", outputs=[new_output("execute_result", data={"text/html": frame._repr_html_()})]),
    ]
    return new_notebook(cells=cells, metadata={"title": words})
