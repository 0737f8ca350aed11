"""The package's face: what `import ascribe` gives is there, and an editor can say how it is called."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import ascribe
import pytest

FACE = Path(ascribe.__file__)


@pytest.mark.parametrize("name", ascribe.__all__)
def test_every_verb_has_words_of_its_own(name):
    assert inspect.getdoc(getattr(ascribe, name))


def test_what_editors_are_told_is_what_is_there():
    """The imports for type checkers, which nothing runs, name the same as what is loaded when first used."""
    checked = next(n for n in ast.parse(FACE.read_text(encoding="utf-8")).body if isinstance(n, ast.If))
    named = {alias.name: node.module for node in checked.body for alias in node.names}
    assert sorted(named) == ascribe.__all__ == dir(ascribe)
    for name, module in named.items():
        scope: dict[str, object] = {}
        exec(f"from {module} import {name}", scope)
        assert scope[name] is getattr(ascribe, name)


@pytest.mark.parametrize("name", ["build", "extract", "extract_all", "read"])
def test_signatures_say_what_is_taken(name):
    parameters = inspect.signature(getattr(ascribe, name)).parameters.values()
    assert all(p.kind is not p.VAR_KEYWORD and p.annotation is not p.empty for p in parameters)


def test_the_package_is_typed():
    assert FACE.with_name("py.typed").is_file()
