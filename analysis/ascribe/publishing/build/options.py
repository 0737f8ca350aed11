"""What can be asked of a report, and of a build of many."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """How one report is made."""

    formats: Iterable[str] = ("html", "pdf")
    """What is written besides the executed notebook: `html`, `pdf`."""
    fonts: Iterable[str | os.PathLike[str]] = ()
    """Folders of fonts for the PDF, besides its own."""
    limit: float = 600.0
    """How many seconds a cell may take."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """How the reports of a project are built."""

    folder: str | os.PathLike[str] = "reports"
    """Where they are described and go; the folder above it is the project's."""
    jobs: int = 1
    """How many are made at once."""
    force: bool = False
    """Make those that are up to date, too."""
    check: bool = False
    """Write nothing: find those whose committed tables or manifest are not what the articles give."""
    fail_fast: bool = False
    """Stop at the first that fails; else the others go on."""
    fonts: Iterable[str | os.PathLike[str]] = ()
    """Folders of fonts for the PDF, besides its own."""
    limit: float = 600.0
    """How many seconds a cell may take."""
