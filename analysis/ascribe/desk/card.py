"""One figure with who stands behind it and its own words, as a piece of HTML that can be put into any page.

All its looks are written into its elements, and it asks for nothing: no style sheet, no script, no font, no picture.
"""

from __future__ import annotations

import html
import re

from ascribe.errors import LedgerError
from ascribe.ledger import Ledger
from ascribe.publishing.present.quoted import cards

AROUND = 180
"""Characters of the article on either side of the number."""
BOX = "font:16px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#fff;border:1px solid #dcdcdc;border-left:5px solid "
BOX += "#a3432c;border-radius:4px;padding:14px 18px;max-width:36em;margin:0"
QUIET = "margin:8px 0 0;font-size:13px;color:#5c5c5c"


def card(ledger: Ledger, figure_id: str) -> str:
    """The card of a figure, as an HTML fragment (one `figure` element). Raises LedgerError where there is none."""
    found = cards(ledger, [figure_id])
    if figure_id not in found:
        raise LedgerError(f"no figure {figure_id!r} in this ledger")
    told = {name: html.escape(text) for name, text in found[figure_id].items()}
    said = found[figure_id]
    before, after = html.escape(_tail(said["before"])), html.escape(_head(said["after"]))
    mark = f'<mark style="background:#f6e3a1;color:inherit;font-weight:700">{told["number"]}</mark>'
    link = ""
    if re.match(r"https?://", said["url"]):
        link = f' · <a href="{told["url"]}" style="color:#1a56a8" rel="noopener">article</a>'
    who = "Nobody is said to stand behind it" if said["who"] == "nobody" else told["who"]
    return (
        f'<figure style="{BOX}">'
        f'<p style="margin:0;font-size:24px;font-weight:700;line-height:1.25">{told["stated"]}</p>'
        f'<p style="margin:2px 0 0;font-weight:600">{who}</p>'
        f'<blockquote style="margin:10px 0 0;padding:0;border:0">{before}{mark}{after}</blockquote>'
        f'<figcaption style="{QUIET}">{told["about"]}{link}</figcaption></figure>'
    )


def page(ledger: Ledger, figure_id: str) -> str:
    """The card as a page of its own, which forbids itself every request."""
    said = cards(ledger, [figure_id]).get(figure_id, {"stated": ""})["stated"]
    allowed = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{html.escape(said)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n</head>\n'
        f'<body style="margin:12px">\n<main>{card(ledger, figure_id)}</main>\n</body>\n</html>\n'
    )


def _tail(text: str) -> str:
    """The last words before the number, of one paragraph."""
    text = text.rsplit("\n\n", 1)[-1]
    return text if len(text) <= AROUND else "… " + text[-AROUND:].split(" ", 1)[-1]


def _head(text: str) -> str:
    text = text.split("\n\n", 1)[0]
    return text if len(text) <= AROUND else text[:AROUND].rsplit(" ", 1)[0] + " …"
