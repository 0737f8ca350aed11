"""What a cell of a notebook shows where it can be clicked: markup with its own script and style.

Without scripts (an untrusted notebook, a report) the same markup is a plain picture or table.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from pathlib import Path

HERE = Path(__file__).parent


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """`html` for a notebook, `plain` text for a terminal."""

    html: str
    plain: str = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}

    def __str__(self) -> str:
        return self.plain

    __repr__ = __str__


@functools.cache
def part(name: str) -> str:
    """A script or a style that lies beside this module."""
    return (HERE / name).read_text(encoding="utf-8")


def data(value: object) -> str:
    """JSON that can stand in a script element: no tag in it can end the element."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
