"""Front matter: what a text file says of itself, in YAML between two lines of three dashes.

Article files come from anywhere, so the YAML is read as data only (no tags that make objects), without aliases (a few
of which can stand for gigabytes), and never more than `LONGEST` characters of it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import yaml

from ascribe.articles import dates
from ascribe.articles.characters import known
from ascribe.errors import ArticleError

LONGEST = 64 * 1024
OPEN = re.compile(r"\ufeff?---[ \t]*\n")
CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.M)
KEY = re.compile(r"\s*(?:#[^\n]*\n\s*)*[\w\"'][\w\"' -]*:(?:\s|$)")

TEXT_KEYS = ("title", "publisher", "author", "url", "language")
DATE_KEYS = ("published", "date")


class Loader(yaml.SafeLoader):
    """Safe YAML, without aliases."""

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not read", event.start_mark)
        return super().compose_node(parent, index)


def split(text: str, place: object) -> tuple[dict[str, object], int]:
    """What the front matter holds and where the article begins: `({}, 0)` where there is none (1 after a BOM).

    The keys title, publisher, author, url and language are given as text just as written ("no" is Norwegian, "12:30" a
    title), published (or date) as a date, others as YAML reads them. Raises ArticleError, which names the line.
    """
    start = 1 if text.startswith("\ufeff") else 0
    opening = OPEN.match(text)
    if not opening:
        return {}, start
    closing = CLOSE.search(text, opening.end(), opening.end() + LONGEST)
    meant = KEY.match(text, opening.end(), opening.end() + 1000)
    if not closing:
        if meant:
            raise ArticleError(place, "the front matter is never closed: end it with a line of three dashes (---)")
        return {}, start
    try:
        found = parse(text[opening.end() : closing.start()])
    except ArticleError:
        raise
    except Exception as e:  # odd scalars make the library raise IndexError, KeyError, OverflowError …
        if not meant:
            return {}, start
        raise ArticleError(place, f"the front matter is not good YAML: {explain(e)}") from e
    if found is None:  # dashes around prose: a rule, not front matter
        return {}, start
    for key in DATE_KEYS:
        if key in found:
            try:
                found[key] = dates.parse(found[key])
            except ValueError as e:
                raise ArticleError(place, f"the front matter's {key} is not a date: {e}; write it as 2022-12-31") from e
    return found, closing.end()


@functools.lru_cache(maxsize=256)
def beginning(text: str) -> int:
    """Where the article of a text begins, after its front matter; 0 where that cannot be read.

    Findings ask it of the same articles again and again, and reading YAML takes longer than all else that they do.
    """
    try:
        return split(text, "the text")[1]
    except ArticleError:
        return 0


def parse(source: str) -> dict[str, object] | None:
    """The mapping that YAML holds (empty for none at all), or None where it holds something else."""
    loader = Loader(source)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            return None
        return dict(pairs(loader, node.value))
    finally:
        loader.dispose()


def pairs(loader: Loader, nodes: list[tuple[yaml.Node, yaml.Node]]) -> Iterable[tuple[str, object]]:
    for key_node, value_node in nodes:
        key = str(loader.construct_object(key_node, deep=True))
        lower = key.strip().lower()
        if lower in TEXT_KEYS + DATE_KEYS:
            yield lower, text_of(loader, value_node)
        else:
            yield key, loader.construct_object(value_node, deep=True)


def text_of(loader: Loader, node: yaml.Node) -> str | None:
    """A scalar's words as written, a list's joined by commas; None for null."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else known(node.value)
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(filter(None, (text_of(loader, item) for item in node.value))) or None
    return known(str(loader.construct_object(node, deep=True)))


def explain(error: Exception) -> str:
    """The trouble in a line, with the line of the file (the dashes are line 1)."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    mark = getattr(error, "problem_mark", None)
    problem = " ".join(str(getattr(error, "problem", None) or error).split())[:200]
    return f"line {mark.line + 2}: {problem}" if mark else problem or type(error).__name__
