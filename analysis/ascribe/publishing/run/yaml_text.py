"""YAML whose scalars all stay the texts that they are (007 is "007"), read within bounds.

What is nested by the thousand would end the process, a few aliases can stand for gigabytes, and of a key that comes
twice one would be lost without a word: all three are looked for in the stream of events, before anything is made of it.
"""

from __future__ import annotations

import dataclasses

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEPEST = 50
MOST = 100_000
"""Values in a document, those that aliases stand for counted again."""


@dataclasses.dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet; `keys` of a mapping (None of a list), `key` whether one comes next."""

    anchor: str | None
    keys: set[str] | None
    key: bool = True
    values: int = 1


def load(text: str) -> object:
    """What a document holds: texts, lists and mappings. Raises ValueError, in one line, where it cannot be read."""
    try:
        _check(text)
        return yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as e:
        raise ValueError(" ".join(str(e).split())) from None
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _check(text: str) -> None:
    stack = [_Open(None, None)]
    sizes: dict[str, int] = {}
    for event in yaml.parse(text, Loader=LOADER):
        line = f"line {event.start_mark.line + 1}"
        if isinstance(event, yaml.CollectionStartEvent):
            if len(stack) > DEEPEST:
                raise ValueError(f"{line}: nested too deeply")
            stack[-1].key = not stack[-1].key
            stack.append(_Open(event.anchor, set() if isinstance(event, yaml.MappingStartEvent) else None))
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            anchor, values = done.anchor, done.values
        elif isinstance(event, yaml.ScalarEvent):
            anchor, values = event.anchor, 1
            _take(stack[-1], event.value, line)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise ValueError(f"{line}: *{event.anchor} stands for nothing that is known by then")
            anchor, values = None, sizes[event.anchor]
            stack[-1].key = not stack[-1].key
        else:
            continue
        if anchor:
            sizes[anchor] = values
        stack[-1].values += values
        if stack[-1].values > MOST:
            raise ValueError(f"{line}: more than {MOST:,} values")


def _take(within: _Open, text: str, line: str) -> None:
    """Note a scalar: of a mapping, a key that came before is refused."""
    if within.keys is not None and within.key:
        if text in within.keys:
            raise ValueError(f"{line}: the key {text!r} comes twice")
        within.keys.add(text)
    within.key = not within.key
