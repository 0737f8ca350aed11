"""How easily a newcomer finds the way in, counted: `python -m benchmarks.house`.

Functions whose complexity or number of arguments is over a bound (ruff's own counts, exceptions included), names of one
letter, and the walk of one sentence and of one report: how many modules and functions of the package they enter.
"""

from __future__ import annotations

import ast
import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "ascribe"
SENTENCE = "At least 40 miners were killed at Orvan, Marisol Tane, the mayor, said on Tuesday."


def over(rule: str, setting: str, bound: int) -> dict[str, int]:
    """How many functions break one of ruff's rules with this bound, by room."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--select", rule]
    command += ["--config", f"lint.{setting} = {bound}", "--output-format", "json", str(PACKAGE)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    return counted(room(Path(each["filename"])) for each in found)


def counted(rooms: Iterator[str]) -> dict[str, int]:
    """How often each name comes, in alphabetical order."""
    listed = sorted(rooms)
    return {name: listed.count(name) for name in dict.fromkeys(listed)}


def room(path: Path) -> str:
    """The room of the package that a module stands in."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "(top)"


def one_letter() -> dict[str, str]:
    """Of the names that each room binds (arguments, variables), how many have one letter."""
    every: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        names = every.setdefault(room(path), [])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.arg):
                names.append(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.append(node.id)
    short = {name: sum(len(n) == 1 and n != "_" for n in names) for name, names in every.items()}
    return {name: f"{short[name]} of {len(names)} ({short[name] / len(names):.0%})" for name, names in every.items()}


@contextlib.contextmanager
def entered() -> Iterator[set[tuple[str, str]]]:
    """The functions of the package that are entered while this lasts, as (module, function)."""
    found: set[tuple[str, str]] = set()
    prefix = f"{PACKAGE}/"

    def note(frame: object, event: str, argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(prefix):
            found.add((frame.f_code.co_filename.removeprefix(prefix), frame.f_code.co_qualname))

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


def walk(found: set[tuple[str, str]]) -> str:
    """A walk in words."""
    return f"{len({module for module, _ in found})} modules, {len(found)} functions"


def sentence() -> str:
    """The walk of one sentence, from its text to its figures."""
    import ascribe

    ascribe.extract(SENTENCE)  # loading is no part of the way
    with entered() as found:
        ascribe.extract(SENTENCE)
    return walk(found)


def report() -> str:
    """The walk of one executed report of one article, from its cells to HTML and PDF."""
    from ascribe.publishing.run import warm_up

    warm_up.warm_up()
    with entered() as found:
        warm_up.warm_up()
    return walk(found)


def main() -> None:
    for title, rule, setting, bounds in (
        ("complexity over", "C901", "mccabe.max-complexity", (15, 20)),
        ("arguments over", "PLR0913", "pylint.max-args", (6,)),
    ):
        for bound in bounds:
            found = over(rule, setting, bound)
            print(f"{title} {bound}: {sum(found.values())}", found or "")
    print("names of one letter:", one_letter())
    print("one sentence enters", sentence())
    print("one article's report enters", report())


if __name__ == "__main__":
    main()
