"""All reports of a project, made anew where something they are made from has changed."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from ascribe.errors import NotebookError, ParameterError
from ascribe.publishing.build import changes, keys, room, swap
from ascribe.publishing.build.recipes import Recipe, load
from ascribe.publishing.build.report import given_texts, read
from ascribe.publishing.run import execution, parameters
from ascribe.publishing.run.events import Event
from ascribe.publishing.run.job import Job

CHANGED = "something that it is made from changed while it was made; the next build makes it again"
CHECKED = ("tables", "manifest.json")
"""What is committed, and so can be out of date."""


@dataclasses.dataclass(slots=True)
class Built:
    """What a build came to: reports by name, and of each what was said."""

    current: list[str] = dataclasses.field(default_factory=list)
    made: dict[str, changes.Changes] = dataclasses.field(default_factory=dict)
    failed: dict[str, str] = dataclasses.field(default_factory=dict)
    stale: dict[str, str] = dataclasses.field(default_factory=dict)
    warnings: list[str] = dataclasses.field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 where all is well, 1 where a report failed or, when only checking, is out of date."""
        return int(bool(self.failed or self.stale))


def build(
    wanted: Iterable[str] = (),
    folder: str | os.PathLike[str] = "reports",
    jobs: int = 1,
    force: bool = False,
    check: bool = False,
    fail_fast: bool = False,
    fonts: Iterable[str] = (),
    limit: float = 600.0,
    watch: Callable[[list[str]], Callable[[Event], None]] | None = None,
    built: Built | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> Built:
    """Make the reports described in `folder` (all, or those `wanted`), `jobs` at a time, where they are out of date.

    `force` makes them in any case; `check` writes nothing and finds the reports whose committed tables or manifest are
    not what the articles give. `limit` is the seconds that a cell may take. A report that fails keeps its last good
    files; the others go on, unless `fail_fast`. `watch` is told the names of the reports to be made and gives what is
    told of events; `on_wait` is called where another build must finish first. `built`, filled as the work goes, is also
    what comes back.

    Raises ParameterError, before anything is run, where a recipe does not fit.
    """
    folder, built = Path(folder), built if built is not None else Built()
    project = folder.absolute().parent
    recipes = load(folder, wanted)
    prepared = [(r, *_parameters(r, project)) for r in recipes]
    fonts = tuple(str(Path(f).resolve()) for f in fonts)
    with room.alone(folder, on_wait) if recipes and not check else contextlib.nullcontext():
        if not check:
            room.tidy(folder, recipes)
            room.refuse_strangers(folder, recipes)
        made_from = {r.name: functools.partial(_key, r, described, project, fonts) for r, _, described in prepared}
        wanted_keys = {name: key() for name, key in made_from.items()}
        due = [p for p in prepared if force or not keys.is_current(folder / p[0].name, wanted_keys[p[0].name])]
        due_names = {p[0].name for p in due}
        built.current += [r.name for r in recipes if r.name not in due_names]
        if due:
            with room.workplace(folder, check) as place:
                todo = [
                    _job(recipe, values, described, project, place, str(number), fonts, limit, check)
                    for number, (recipe, values, described) in enumerate(due)
                ]
                tell = watch([recipe.name for recipe, *_ in due]) if watch else lambda event: None
                with contextlib.closing(execution.run(todo, jobs, fail_fast)) as events:
                    for event in events:
                        recipe = due[event.job][0]
                        if event.event == "done":
                            built.warnings += [f"{recipe.name}: {w}" for w in event.warnings]
                            key = wanted_keys[recipe.name]
                            if not check and made_from[recipe.name]() != key:
                                built.warnings.append(f"{recipe.name}: {CHANGED}")
                                key = ""
                            _finish(recipe, Path(todo[event.job].out), folder, key, check, built)
                        elif event.event == "failed":
                            built.failed[recipe.name] = event.message
                        tell(event)
    return built


def _parameters(recipe: Recipe, project: Path) -> tuple[dict[str, object], tuple[dict, ...]]:
    """A recipe's parameters as values, and as the manifest lists them."""
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
    return parameters.check(takes, given, place), parameters.described(takes, given)


def _key(recipe: Recipe, described: tuple[dict, ...], project: Path, fonts: tuple[str, ...]) -> str:
    """What a report is made from, as it is at this moment, as one hash."""
    left = [p["default"] for p in described if p["given"] is None and p["default"]]
    return keys.key(recipe, project, fonts, [text for source in left for text in keys.texts_of(source)])


def _job(
    recipe: Recipe,
    values: dict[str, object],
    described: tuple[dict, ...],
    project: Path,
    place: Path,
    out: str,
    fonts: tuple[str, ...],
    limit: float,
    check: bool,
) -> Job:
    return Job(
        notebook=str(recipe.source(project)),
        name=recipe.stem,
        label=f"{recipe.name} ({recipe.notebook})",
        cwd=str(project),
        out=str(place / out),
        formats=recipe.formats,
        assignments=parameters.assignments(values),
        given=", ".join(f"{name}={value}" for name, value in given_texts(recipe.parameters)),
        title=recipe.title,
        fonts=fonts,
        limit=limit,
        parameters=described,
        articles=recipe.articles,
        tables_only=check,
        ledgers=str(place / ".ledgers"),
        published=day.isoformat()[:10] if isinstance(day := values.get("published"), dt.date) else "",
    )


def _finish(recipe: Recipe, made: Path, folder: Path, key: str, check: bool, built: Built) -> None:
    """Put a report that is made in its place, or, when only checking, compare it with what is there."""
    place, title = folder / recipe.name, recipe.title or recipe.stem
    before, after = place / "tables", made / "tables"
    try:
        found = changes.compared(before, after)
    except changes.UnreadableError as e:
        built.warnings.append(f"{recipe.name}: {e}; what changed cannot be told")
        found = changes.compared(after, after)
    if check:
        reason = _staleness(recipe, place, made)
        if reason:
            built.stale[recipe.name] = f"{reason}\n{changes.readable(found, title)}"
        else:
            built.current.append(recipe.name)
        return
    try:
        if not before.is_dir():  # nothing to compare with: not everything is news
            found = changes.compared(after, after)
        kept = [place / f"{changes.NAME}.{kind}" for kind in ("json", "md")]
        if changes.is_empty(found) and all(p.is_file() for p in kept):
            for path in kept:  # what changed last still is what changed last
                shutil.copyfile(path, made / path.name)
        else:
            changes.write(found, made, title)
        held = {"key": key, "files": keys.hashes(made)}
        (made / keys.STATE).write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
        swap.put(made, place)
    except OSError as e:
        built.failed[recipe.name] = f"{place}: cannot be written: {e.strerror or e}; the last good report stays"
        return
    built.made[recipe.name] = found


def _staleness(recipe: Recipe, place: Path, made: Path) -> str | None:
    """Why a report's committed files are out of date, or None where they are what was just made."""
    for name, digest in keys.hashes(made).items():
        if name.split("/")[0] not in CHECKED:
            continue
        committed = place / name
        try:
            if swap.digest(committed) != digest:
                return f"{place}: {name} is out of date"
        except FileNotFoundError:
            return f"{place}: {name} is missing"
        except OSError as e:
            return f"{place}: {name} cannot be read: {e.strerror or e}"
    return None
