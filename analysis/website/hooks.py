"""What the site takes from outside `docs/`: pages of the repository's root and the cards, their links turned to fit.

For MkDocs (`hooks` in `mkdocs.yml`), which calls the functions by their names.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "README.md": "README.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "analysis/ascribe/language/CARD.md": "cards/language.md",
    "analysis/ascribe/extraction/model/CARD.md": "cards/extraction.md",
    "analysis/training/corpus/DATASHEET.md": "cards/corpus.md",
}
"""Pages of the repository, and where they stand on the site."""
LINK = re.compile(r"(?<!`)(\]\()([^)#\s:]+\.(?:md|png))((?:#[^)\s]*)?\))")


def on_files(files, config):
    """Add the repository's pages to the site's."""
    from mkdocs.structure.files import File, InclusionLevel

    for place, name in PAGES.items():
        shown = InclusionLevel.NOT_IN_NAV if name.startswith("cards/") else InclusionLevel.UNDEFINED
        files.append(File.generated(config, name, content=(ROOT / place).read_text(encoding="utf-8"), inclusion=shown))
    return files


def on_page_markdown(markdown, page, config, files):
    """Turn a page's links to files into links between pages of the site."""
    return turned(markdown, page.file.src_uri)


def turned(markdown: str, name: str) -> str:
    """The text of a page of the site, its links as they count from there. What is no page of the site stays."""
    place = next((p for p, n in PAGES.items() if n == name), f"docs/{name}")

    def link(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(place), found[2]))
        on_site = PAGES.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if on_site is None:
            return found[0]
        return found[1] + posixpath.relpath(on_site, posixpath.dirname(name) or ".") + found[3]

    return LINK.sub(link, markdown)
