"""The pictures of `docs/gallery.md`, drawn by the code on the page itself.

    python -m website.gallery          # in the repository's root

Each picture of the page is what the `chart` before it is at that point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from matplotlib.figure import Figure

DOCS = Path("docs")
PART = re.compile(r"^```python\n(?P<code>.*?)^```|^!\[(?P<alt>[^\]]*)\]\((?P<picture>[^)]+)\)", re.M | re.S)
DPI = 110


def drawn(page: Path) -> Iterator[tuple[str, Figure]]:
    """The pictures that a page names, in order, each with the chart that its code draws."""
    scope: dict[str, object] = {}
    for part in PART.finditer(page.read_text(encoding="utf-8")):
        if part["code"]:
            exec(part["code"], scope)
        else:
            yield part["picture"], scope["chart"]


def main() -> None:
    from ascribe.charts import style

    for name, chart in drawn(DOCS / "gallery.md"):
        (DOCS / name).write_bytes(style.png(chart, dpi=DPI))
        print(DOCS / name)


if __name__ == "__main__":
    main()
