"""A piece of a report, as Jupyter displays it."""

from __future__ import annotations

import dataclasses

# JupyterLab's own look is kept; this adds only what it does not know. The exporters drop it and bring their own.
STYLE = """<style>
.ascribe table{border-collapse:collapse;font-variant-numeric:tabular-nums}
.ascribe caption{caption-side:top;text-align:left;font-weight:600;padding:.4em 0}
.ascribe th,.ascribe td{text-align:left!important;vertical-align:top;max-width:40em;white-space:normal}
.ascribe th.n,.ascribe td.n{text-align:right!important;white-space:nowrap}
.ascribe figure{margin:0}.ascribe figure img{max-width:100%;background:#fff}
.ascribe .finding{font-size:1.25em;font-weight:600;border-left:4px solid #a3432c;padding-left:.8em;max-width:45em}
.ascribe .annotated{max-width:45em;line-height:1.8}
.ascribe mark{color:inherit;background:none;padding:.1em 0}
.ascribe mark.claim{background:rgba(235,190,60,.25)}
.ascribe mark.source{border-bottom:2px solid #2b6cb0}
.ascribe mark.figure,.ascribe mark.uncredited{font-weight:700;border-bottom:2px solid #2f855a}
.ascribe mark.uncredited{border-bottom:2px dashed #c53030}
</style>"""


@dataclasses.dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a report, as Jupyter displays it: `html` (escaped, of plain elements) and `plain` text."""

    html: str
    plain: str = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": f'{STYLE}\n<div class="ascribe">{self.html}</div>', "text/plain": self.plain}

    def __str__(self) -> str:
        return self.plain
