"""One chart a module, one house style.

Each module has `draw(df, …) -> Figure` and `describe(df, …) -> str`, its alt text written from the same data:

    estimates    every estimate of a question against who gave it (its input's columns: `ascribe.charts.rows`)
    timeline     estimates over time, with each claimant's own series
    voices       who is quoted, and on what
    chains       through whose mouths the words came
    toll         the toll of one event, article by article
    agreement    which estimates agree, differ or contradict

Figures are 7 inches wide. `ascribe.publishing.present.display.figure` shows one in a
notebook; `style.png` turns one into a picture, the same bytes every time.
"""

from __future__ import annotations
