"""Reports made where they are out of date: recipes, keys, what changed, and the swap into place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascribe.publishing.build.options import BuildOptions

if TYPE_CHECKING:
    from ascribe.publishing.build.building import Built

__all__ = ["BuildOptions", "build"]


def build(*wanted: str, options: BuildOptions | None = None) -> Built:
    """Make the reports described in `reports/*.yml` where they are out of date: all, or those `wanted` by name.

    Gives what was made, what failed and what changed. Raises ParameterError, before anything is run, where a
    description does not fit.
    """
    from ascribe.publishing.build import building

    return building.build(wanted, options or BuildOptions())
