"""A ledger at a glance: how much there is, of which categories, by whom, and what nobody stands behind."""

from __future__ import annotations

import html
from collections.abc import Iterable

import pandas as pd

from ascribe.charts.words import count, days
from ascribe.exploring.asking import gravest, unbacked
from ascribe.findings import origin
from ascribe.ledger import Ledger
from ascribe.publishing.present import listings, story

STYLE = """<style>
.ascribe-ledger{max-width:60em;line-height:1.45}
.ascribe-ledger .counts{display:flex;flex-wrap:wrap;gap:.6em 2em;margin:.2em 0 .8em}
.ascribe-ledger .counts b{display:block;font-size:1.7em;font-weight:600;line-height:1.1}
.ascribe-ledger .cols{display:grid;grid-template-columns:repeat(auto-fit,minmax(19em,1fr));gap:0 2.5em}
.ascribe-ledger h4{margin:.6em 0 .3em;font-size:1em;font-weight:600}
.ascribe-ledger tr{background:none!important}.ascribe-ledger table{border-collapse:collapse;width:100%;margin:0}
.ascribe-ledger td{text-align:left!important;padding:.12em .6em .12em 0;vertical-align:middle;background:none}
.ascribe-ledger td.n{text-align:right!important;font-variant-numeric:tabular-nums;width:1%;white-space:nowrap}
.ascribe-ledger td.bar{width:45%}
.ascribe-ledger td.bar i{display:block;height:.75em;background:#39546e;border-radius:1px;min-width:2px}
.ascribe-ledger .quiet{opacity:.7}
.ascribe-ledger ul{margin:.2em 0;padding-left:1.2em}
.ascribe-ledger code{font-size:.92em}
</style>"""
MOST_SOURCES, MOST_CATEGORIES, MOST_UNBACKED = 8, 10, 5
NEXT = (
    ("the gravest, drawn", ".killed().draw()"),
    ("what nobody stands behind", ".by_nobody()"),
    ("every figure", ".table()"),
    ("who is quoted", '.table("sources")'),
)


def shown(ledger: Ledger, notes: Iterable[str] = (), name: str = "ledger") -> str:
    """The ledger's overview as HTML of plain elements; every text in it is escaped."""
    if ledger.documents.empty:
        return (
            f"{STYLE}<div class='ascribe-ledger'><p><b>No article.</b> This ledger is empty.</p>{_notes(notes)}</div>"
        )
    parts = [_counts(ledger), '<div class="cols">', _categories(ledger), _sources(ledger), "</div>", _nobody(ledger)]
    parts += [_notes(notes), _next(name)]
    return f'{STYLE}<div class="ascribe-ledger">{"".join(parts)}</div>'


def said(ledger: Ledger, notes: Iterable[str] = ()) -> str:
    """The same in a few lines of text, for a terminal."""
    lines = [str(ledger)]
    top = listings.sources(ledger).head(3)
    if len(top):
        lines.append("Most quoted: " + ", ".join(top["name"]))
    return "\n".join([*lines, *(f"Note: {n}" for n in notes)])


def _counts(ledger: Ledger) -> str:
    told = origin.behind(ledger.figures) if len(ledger.figures) else pd.Series(dtype=object)
    nobody, unsure = int(told.eq(origin.NOBODY).sum()), int(told.eq(origin.UNCERTAIN).sum())
    when = days(ledger.documents["published"])
    tiles = [
        (len(ledger.documents), f"article{'s' * (len(ledger.documents) != 1)}" + (f", {when}" if when else "")),
        (len(ledger.figures), "figures"), (len(ledger.claims), "claims"), (len(ledger.sources), "sources"),
        (nobody, "credited to nobody"),
    ]  # fmt: skip
    tiles += [(unsure, "not known by whom")] if unsure else []
    return f'<div class="counts">{"".join(f"<span><b>{n:,}</b>{html.escape(w)}</span>" for n, w in tiles)}</div>'


def _categories(ledger: Ledger) -> str:
    found = ledger.figures["category"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    if found.empty:
        return "<div><h4>What is counted</h4><p>No figure is stated.</p></div>"
    kept = found.head(MOST_CATEGORIES)
    rows = [
        f'<tr><td>{html.escape(c)}</td><td class="bar"><i style="width:{n / kept.max():.0%}"></i></td>'
        f'<td class="n">{n:,}</td></tr>'
        for c, n in kept.items()
    ]
    if len(found) > len(kept):
        rows.append(f'<tr class="quiet"><td>{len(found) - len(kept)} more</td><td></td><td class="n">'
                    f"{found.iloc[MOST_CATEGORIES:].sum():,}</td></tr>")  # fmt: skip
    return f"<div><h4>What is counted</h4><table>{''.join(rows)}</table></div>"


def _sources(ledger: Ledger) -> str:
    found = listings.sources(ledger)
    if found.empty:
        return "<div><h4>Who is quoted</h4><p>Nobody.</p></div>"
    rows = []
    for s in found.head(MOST_SOURCES).itertuples():
        about = ", ".join(x for x in (s.kind, s.party) if isinstance(x, str))
        quiet = f' <span class="quiet">{html.escape(about)}</span>' if about else ""
        each = f"{count(s.n_claims, 'claim')}, {count(s.n_figures, 'figure')}".replace("no claims, ", "")
        rows.append(
            f'<tr><td>{html.escape(s.name)}{quiet}</td><td class="n">{each.replace(", no figures", "")}</td></tr>'
        )
    more = len(found) - MOST_SOURCES
    rows += [f'<tr class="quiet"><td>{more:,} more</td><td></td></tr>'] if more > 0 else []
    return f"<div><h4>Who is quoted most</h4><table>{''.join(rows)}</table></div>"


def _nobody(ledger: Ledger) -> str:
    found = unbacked(ledger)
    if found.empty:
        return "<h4>What nobody stands behind</h4><p>Every number is credited, or its article credits it elsewhere.</p>"
    documents = ledger.documents.set_index("doc_id")
    items = []
    for _, f in gravest(found, MOST_UNBACKED).iterrows():
        outlet = documents["publisher"].get(f["doc_id"])
        where = outlet if isinstance(outlet, str) else f["doc_id"]
        words = listings.words(documents["text"][f["doc_id"]], f["start"], f["end"], 90)
        items.append(f"<li><b>{html.escape(story.stated(f))}</b> <span class='quiet'>{html.escape(where)}:</span> "
                     f"{html.escape(words)}</li>")  # fmt: skip
    more = f" <span class='quiet'>the gravest of {len(found):,}</span>" if len(found) > MOST_UNBACKED else ""
    return f"<h4>What nobody stands behind{more}</h4><ul>{''.join(items)}</ul>"


def _notes(notes: Iterable[str]) -> str:
    listed = list(notes)
    items = "".join(f"<li>{html.escape(n)}</li>" for n in listed[:8])
    more = f"<li>and {len(listed) - 8} more</li>" if len(listed) > 8 else ""
    return f"<h4>To be noted</h4><ul>{items}{more}</ul>" if listed else ""


def _next(name: str) -> str:
    steps = " · ".join(f"{words}: <code>{html.escape(name + code)}</code>" for words, code in NEXT)
    return f'<p class="quiet">{steps}</p>'
