"""How a person comes to decide: in JupyterLab, in a spreadsheet, on a page; and what two people make of one ledger.

    widget, page     `review`: one figure or claim after another, with its words, by keyboard
    sheet            a spreadsheet out of a ledger, and decisions out of a spreadsheet
    view             one local page to search, filter and read
    gold             what was decided, in the form in which the extractor is measured

They end in a file of decisions (`ascribe.ledger.corrections`), and know nothing of what is made of it.
"""
