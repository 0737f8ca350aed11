"""A report asked for: its recipe with the parameters checked, what it is made from, and the job that makes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from ascribe.errors import NotebookError, ParameterError
from ascribe.publishing.build import keys
from ascribe.publishing.build.options import BuildOptions
from ascribe.publishing.build.recipes import Recipe
from ascribe.publishing.build.report import given_texts, read
from ascribe.publishing.run import parameters
from ascribe.publishing.run.job import Job


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """A recipe in the project's folder, its parameters as values and as the manifest lists them (`described`), and the
    folders of fonts that are added."""

    recipe: Recipe
    project: Path
    values: Mapping[str, object]
    described: tuple[dict, ...]
    fonts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The report's name."""
        return self.recipe.name

    def key(self) -> str:
        """What the report is made from, as it is at this moment, as one hash."""
        left = [p["default"] for p in self.described if p["given"] is None and p["default"]]
        texts = [text for source in left for text in keys.texts_of(source)]
        return keys.key(self.recipe, self.project, self.fonts, texts)

    def job(self, place: Path, out: str, options: BuildOptions) -> Job:
        """The job that makes it into the folder `out` of the workplace."""
        recipe, day = self.recipe, self.values.get("published")
        return Job(
            notebook=str(recipe.source(self.project)),
            name=recipe.stem,
            label=f"{recipe.name} ({recipe.notebook})",
            cwd=str(self.project),
            out=str(place / out),
            formats=recipe.formats,
            assignments=parameters.assignments(self.values),
            given=", ".join(f"{name}={value}" for name, value in given_texts(recipe.parameters)),
            title=recipe.title,
            fonts=self.fonts,
            limit=options.limit,
            parameters=self.described,
            articles=recipe.articles,
            corrections=recipe.corrections,
            tables_only=options.check,
            ledgers=str(place / ".ledgers"),
            published=day.isoformat()[:10] if isinstance(day, dt.date) else "",
        )


def order(recipe: Recipe, project: Path, fonts: tuple[str, ...] = ()) -> Order:
    """A recipe's order. Raises ParameterError where the recipe does not give its notebook what it takes."""
    place = f"reports/{recipe.file} ({recipe.name}), {recipe.notebook}"
    try:
        takes = parameters.declared(read(recipe.source(project)), recipe.notebook)
    except NotebookError as e:
        raise ParameterError(f"{place}: {e}") from None
    given = dict(recipe.parameters)
    names = {p.name for p in takes}
    if recipe.articles and "articles" in names and "articles" not in given:
        given["articles"] = list(recipe.articles)
    if len(recipe.articles) == 1 and "article" in names and "article" not in given:
        given["article"] = recipe.articles[0]
    if recipe.corrections and "corrections" in names and "corrections" not in given:
        given["corrections"] = list(recipe.corrections)
    return Order(recipe, project, parameters.check(takes, given, place), parameters.described(takes, given), fonts)
