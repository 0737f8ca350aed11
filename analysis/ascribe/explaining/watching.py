"""Watching the rules at work: which functions were called for one figure, what each gave, and on which line."""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
import linecache
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

PACKAGE = Path(__file__).resolve().parents[1]
WATCHED = str(PACKAGE / "extraction")
PLAIN = (str, int, float, tuple)
"""What is compared to see who decided: a cell's value, and not a page or a parse."""


@dataclasses.dataclass(slots=True, eq=False)
class Call:
    """One call of a function of the extractor: its name, its file below the package, what it was given and gave."""

    name: str
    file: str
    path: str
    given: Mapping[str, object]
    about: str = ""
    value: object = None
    line: int = 0
    calls: list[Call] = dataclasses.field(default_factory=list)

    @property
    def source(self) -> str:
        """The line on which it returned."""
        return linecache.getline(self.path, self.line).strip()

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def below(self, name: str) -> Iterator[Call]:
        """The calls of a function at any depth, in order."""
        for call in self.calls:
            if call.name == name:
                yield call
            yield from call.below(name)

    def deciding(self) -> list[Call]:
        """This call and those within it that gave the same, one within the other: the last one decided."""
        chain = [self]
        while (inner := chain[-1].handed_on()) is not None:
            chain.append(inner)
        return chain

    def handed_on(self) -> Call | None:
        """The call within this one whose value it gave as its own; a null is nobody's word.

        What has no words of its own (a docstring) only looks something up, and can give the same by chance.
        """
        same = (c for c in reversed(self.calls) if c.about and _same(c.value, self.value))
        return next(same, None) if self.value is not None else None


def _same(one: object, other: object) -> bool:
    if one is other:
        return True
    return isinstance(one, PLAIN) and isinstance(other, PLAIN) and type(one) is type(other) and one == other


class Watcher:
    """Takes down the calls of some functions and all of the extractor's within them.

    `wanted` holds their names with the files below the package that they stand in.
    """

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self.wanted = {name: str(PACKAGE / file) for name, file in wanted.items()}
        self.found: list[Call] = []
        self.open: list[Call] = []

    @contextlib.contextmanager
    def watching(self) -> Iterator[Watcher]:
        """Watch what is done meanwhile in this thread. A debugger or a coverage tool sees nothing of it."""
        before = sys.gettrace()
        sys.settrace(self._called)
        try:
            yield self
        finally:
            sys.settrace(before)

    def _called(self, frame: FrameType, event: str, arg: object) -> object:
        code = frame.f_code
        wanted = self.wanted.get(code.co_name) == code.co_filename
        if not wanted and not (self.open and code.co_filename.startswith(WATCHED)):
            return None
        if code.co_name.startswith("<") or code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE):
            return None
        file = Path(code.co_filename).relative_to(PACKAGE).as_posix()
        about = (code.co_consts[0] if code.co_consts else None) or ""
        given = dict(frame.f_locals) if wanted else {}
        call = Call(code.co_name, file, code.co_filename, given, about if isinstance(about, str) else "")
        (self.open[-1].calls if self.open else self.found).append(call)
        self.open.append(call)
        frame.f_trace_lines = False
        return self._returned

    def _returned(self, frame: FrameType, event: str, arg: object) -> object:
        if event == "return":
            call = self.open.pop()
            call.value, call.line = arg, frame.f_lineno
        return self._returned
