"""The README's picture, drawn from the sample: `python -m ascribe.charts.readme`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from ascribe.charts import estimates, rows, style

ARTICLES, PICTURE = Path("reports/articles"), Path("docs/estimates.png")
PARTY, SINCE, UNTIL = "Russia", dt.date(2022, 3, 1), dt.date(2022, 12, 2)
TITLE = "Russia’s losses in Ukraine in 2022, by who counts them"


def chosen(articles: Path = ARTICLES) -> pd.DataFrame:
    """The sample's credited totals of Russian losses in these months, ready to draw."""
    from ascribe.articles import read
    from ascribe.findings import selection
    from ascribe.ledger import Ledger

    ledger = Ledger.from_articles(read(articles)).resolved()
    found = selection.totals(selection.figures(ledger, PARTY, "losses", SINCE, UNTIL))
    found = selection.estimates(found[found["source_name"].notna()], ledger)
    drawn = rows.estimates(found, ledger.documents, ledger.claims, ledger.sources)
    return drawn[drawn["category"].isin(["killed", "casualties", "losses"]) & (drawn["right"] >= 1000)]


def picture(found: pd.DataFrame) -> Figure:
    """The chart."""
    return estimates.draw(found, title=TITLE)


def main() -> None:
    found = chosen()
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(style.png(picture(found), dpi=160))
    print(f"{PICTURE}: {estimates.describe(found)}")


if __name__ == "__main__":
    main()
