"""What the typesetter refuses: found, set more plainly or left out, and said: one element never loses the PDF."""

from __future__ import annotations

from collections.abc import Callable

from ascribe.publishing.render.pdf.setting import broken

TRIES = 80
"""Compilations that looking for what is refused may take."""


def settable(blocks: list[dict], refused: Callable[[list[dict]], str | None]) -> tuple[list[dict], list[str]]:
    """The blocks, those among them that cannot be set replaced by something plainer; and what is to be said of them.

    `refused` says why some blocks cannot be set, or None.
    """
    tries = 0
    said: list[str] = []

    def mended(some: list[dict]) -> list[dict]:
        nonlocal tries
        tries += 1
        if not some or tries > TRIES or not (reason := refused(some)):
            return some
        if len(some) > 1:
            middle = len(some) // 2
            return mended(some[:middle]) + mended(some[middle:])
        for plainer, how in ((bare(some[0]), "its pictures and links"), (words(some[0]), "all but its words")):
            tries += 1
            if refused([plainer]) is None:
                said.append(f"An element of this report cannot be set as it is ({reason}): {how} are left out here.")
                return [plainer]
        said.append(f"An element of this report cannot be set ({reason}) and is left out here.")
        return []

    return mended(blocks), said


def bare(data: object) -> object:
    """A block without pictures, which their words stand for, and without links."""
    if isinstance(data, list):
        return [bare(item) for item in data]
    if not isinstance(data, dict):
        return data
    if data.get("k") == "figure":
        return {"k": "par", "c": [broken(f"[{data['alt']}]", 60)]}
    if data.get("k") == "image":
        return broken(f"[{data['alt']}]", 60)
    made = {name: bare(value) for name, value in data.items()}
    return made["c"] if data.get("k") == "link" else made


def words(block: dict) -> dict:
    """A paragraph of a block's words."""
    found: list[str] = []

    def gather(data: object) -> None:
        if isinstance(data, str):
            found.append(broken(data, 60))
        elif isinstance(data, dict):
            for name in ("caption", "c", "text", "items", "header", "rows", "alt"):
                gather(data.get(name))
        elif isinstance(data, list):
            for item in data:
                gather(item)

    gather(block)
    return {"k": "par", "c": [" ".join(found)]}
