"""Reports made where they are out of date: recipes, keys, what changed, and the swap into place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ascribe.publishing.build.building import Built


def build(*wanted: str, **options: object) -> Built:
    """Make the reports described in `reports/*.yml` where they are out of date; see `building.build`."""
    from ascribe.publishing.build import building

    return building.build(wanted, **options)
