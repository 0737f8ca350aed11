"""The docs site as far as it goes without MkDocs; `make docs` builds it strictly."""

from __future__ import annotations

import importlib
import posixpath
import re

import pytest
import yaml
from website import hooks

LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.M | re.S)


@pytest.fixture(scope="module")
def pages(root) -> dict[str, str]:
    """The site's pages by name, as they are turned for it."""
    found = {p.name: p.read_text(encoding="utf-8") for p in (root / "docs").glob("*.md")}
    found |= {name: (root / place).read_text(encoding="utf-8") for place, name in hooks.PAGES.items()}
    return {name: hooks.turned(FENCED.sub("", text), name) for name, text in found.items()}


def anchors(text: str) -> set[str]:
    """The headings of a page as a link names them."""
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def test_every_page_is_in_the_contents_and_every_entry_is_a_page(root, pages):
    def names(entry) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        return [n for value in (entry.values() if isinstance(entry, dict) else entry) for n in names(value)]

    site = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    assert sorted(names(site["nav"])) == sorted(n for n in pages if not n.startswith("cards/"))
    assert site["theme"]["font"] is False  # nothing is fetched when it is read


def test_every_link_leads_somewhere(root, pages):
    seen = 0
    for name, text in pages.items():
        for target in LINK.findall(text):
            if re.match(r"https?://|mailto:", target):
                continue
            path, _, anchor = target.partition("#")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            seen += 1
            assert place in pages or (root / "docs" / place).is_file(), f"{name}: {target}"
            assert not anchor or anchor in anchors(pages[place]), f"{name}: {target}"
    assert seen > 30


@pytest.mark.parametrize(
    ("name", "text", "turned"),
    [
        ("README.md", "[a](docs/review.md)", "[a](review.md)"),
        ("README.md", "![a](docs/estimates.png)", "![a](estimates.png)"),
        ("README.md", "[a](analysis/ascribe/language/CARD.md)", "[a](cards/language.md)"),
        ("tutorial.md", "[a](../README.md#the-four-tables)", "[a](README.md#the-four-tables)"),
        ("design.md", "[a](reliability.md)", "[a](reliability.md)"),
        ("gallery.md", "![a](gallery/toll.png)", "![a](gallery/toll.png)"),
        ("design.md", "[a](https://example.org/x.md)", "[a](https://example.org/x.md)"),
    ],
)
def test_links_of_the_repository_become_links_of_the_site(name, text, turned):
    assert hooks.turned(text, name) == turned


def test_what_is_described_in_python_is_there(root):
    """`::: ascribe.articles.reader.read`, and its `members`."""
    text = (root / "docs" / "api.md").read_text(encoding="utf-8")
    described = re.findall(r"^::: ([\w.]+)(?:\n    options:\n      members: \[([^\]]+)\])?", text, re.M)
    assert len(described) > 15
    for name, members in described:
        module, _, last = name.rpartition(".")
        try:
            thing = importlib.import_module(name)
        except ModuleNotFoundError:
            thing = getattr(importlib.import_module(module), last)
        assert thing.__doc__, name
        assert all(getattr(thing, member.strip()).__doc__ for member in members.split(",") if member), name
