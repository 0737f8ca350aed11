"""The table behind each chart, for those who cannot see it and those who check it; folded away under it in the HTML.

Each takes what the chart of that name draws (see `ascribe.charts`) and gives a `display.Fragment`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ascribe.charts import chains as chart
from ascribe.charts.words import listed, number
from ascribe.publishing.present import story
from ascribe.publishing.present.display import Fragment, table

ENDS = {"up": "or more", "down": "or fewer"}


def estimates(drawn: pd.DataFrame) -> Fragment:
    """Each figure of `rows.estimates`: for which day, who gave it, as stated and as drawn, who told it."""
    ends = zip(drawn["left"], drawn["right"], drawn["open"], strict=True)
    frame = pd.DataFrame(
        {
            "when": [f"{d:%Y-%m-%d}" if pd.notna(d) else None for d in drawn["when"]],
            "speaker": list(drawn["speaker"]),
            "stated": [story.stated(row) for _, row in drawn.iterrows()],
            "category": list(drawn["category"]),
            "drawn": [span(*end) for end in ends],
            "publisher": list(drawn["publisher"]),
            "link": ["#" + i for i in drawn["figure_id"]],
        }
    )
    heads = {"when": "Day", "speaker": "Who", "stated": "Figure", "category": "Kind", "drawn": "Drawn at"}
    return table(frame, None, heads | {"publisher": "Told by"}, {"stated": "link"})


def span(left: float, right: float, end: str) -> str:
    """Where a figure is drawn: 40; 7,000 to 15,000; 90,000 or more."""
    if left != right:
        return f"{number(left)} to {number(right)}"
    return f"{number(left)} {ENDS[end]}" if end in ENDS else number(left)


def agreement(pairs: pd.DataFrame, labels: Mapping[str, tuple[str, str]]) -> Fragment:
    """Each pair of estimates that can be compared, by their labels: how they stand to each other, by which factor."""
    shown = pairs[pairs["relation"].ne("not comparable") & pairs["a"].isin(labels) & pairs["b"].isin(labels)]
    frame = pd.DataFrame(
        {
            "one": [": ".join(labels[i]) for i in shown["a"]],
            "other": [": ".join(labels[i]) for i in shown["b"]],
            "relation": list(shown["relation"]),
            "factor": [story.times(f) if pd.notna(f) else None for f in shown["factor"]],
        }
    )
    heads = {"one": "One", "other": "Another", "relation": "They", "factor": "Apart by a factor of"}
    return table(frame, None, heads, empty="None can be compared.")


def chains(records: pd.DataFrame, documents: pd.DataFrame) -> Fragment:
    """Each way from a source through relays to an outlet, and how many attributions went it; the most used first."""
    found = sorted(chart.chains(records, documents).items(), key=lambda item: (-item[1], item[0]))
    frame = pd.DataFrame(
        [(c[0], listed(list(c[1:-1])) or None, c[-1], n) for c, n in found],
        columns=["source", "through", "outlet", "n"],
    )
    return table(frame, None, {"source": "From", "through": "Through", "outlet": "In", "n": "Attributions"})
