"""Reports: what notebooks show, executed notebooks, HTML, PDF, and the build that makes them anew when they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.publishing.building import Built


def build(*wanted: str, **options: object) -> Built:
    """Make the reports described in `reports/*.yml` where they are out of date; see `analysis.publishing.building`."""
    from analysis.publishing.building import build

    return build(wanted, **options)
