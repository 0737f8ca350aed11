"""Progress of long work: a bar on a terminal or in a notebook, nothing elsewhere (`TQDM_DISABLE=1`: nowhere)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def progress(items: Iterable[T], unit: str, total: int | None = None, say: str | None = None) -> Iterator[T]:
    """The items, counted as they pass where somebody can see it; `say` stands before the bar."""
    if os.environ.get("TQDM_DISABLE") or not (sys.stderr.isatty() or in_notebook()):
        return iter(items)
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without ipywidgets the bar is one of text
        from tqdm.auto import tqdm

    return iter(tqdm(items, unit=f" {unit}", total=total, leave=False, desc=say))


def in_notebook() -> bool:
    """Whether this runs in a Jupyter kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None
