"""What a desk takes along: pictures for the web and for print, the numbers behind them, a workbook, cards of figures.

    pictures     a chart as SVG and PNG, at the sizes that social networks and print take, and its numbers as CSV
    workbook     a ledger as one Excel workbook: four sheets, links to the words, a sheet that explains the columns
    card         one figure with who stands behind it and its words, as HTML to embed

There is no map: an article's place is a name as it stands there ("the city", "Orvan", "the east"), which no table here
turns into a point for certain; a dot in the wrong town is a false statement.
"""
