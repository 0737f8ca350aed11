"""All reports of a project, rebuilt where something they are made from has changed."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ascribe.publishing.build import changes, keys, swap, workplace
from ascribe.publishing.build.options import BuildOptions
from ascribe.publishing.build.orders import Order, order
from ascribe.publishing.build.recipes import Recipe, load
from ascribe.publishing.run import execution
from ascribe.publishing.run.events import Event

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
    wanted: Iterable[str],
    options: BuildOptions,
    watch: Callable[[list[str]], Callable[[Event], None]] | None = None,
    built: Built | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> Built:
    """Make the reports described in a folder (all, or those `wanted`) where they are out of date.

    A report that fails keeps its last good files. `watch` is told the names of the reports to be made and gives what is
    told of events; `on_wait` is called where another build must finish first. `built`, filled as the work goes, is also
    what comes back.

    Raises ParameterError, before anything is run, where a recipe does not fit.
    """
    folder, built = Path(options.folder), built if built is not None else Built()
    fonts = tuple(str(Path(f).resolve()) for f in options.fonts)
    recipes = load(folder, wanted)
    orders = [order(recipe, folder.absolute().parent, fonts) for recipe in recipes]
    with workplace.alone(folder, on_wait) if orders and not options.check else contextlib.nullcontext():
        if not options.check:
            workplace.tidy(folder, recipes)
            workplace.refuse_strangers(folder, recipes)
        keyed = {o.name: o.key() for o in orders}
        due = [o for o in orders if options.force or not keys.is_current(folder / o.name, keyed[o.name])]
        due_names = {o.name for o in due}
        built.current += [o.name for o in orders if o.name not in due_names]
        if due:
            tell = watch([o.name for o in due]) if watch else lambda event: None
            _make(due, keyed, options, built, tell)
    return built


def _make(
    due: list[Order], keyed: Mapping[str, str], options: BuildOptions, built: Built, tell: Callable[[Event], None]
) -> None:
    """Make the reports that are due; `keyed` says, by name, what each was to be made from."""
    folder = Path(options.folder)
    with workplace.unfinished(folder, options.check) as place:
        jobs = [o.job(place, str(number), options) for number, o in enumerate(due)]
        with contextlib.closing(execution.run(jobs, options.jobs, options.fail_fast)) as events:
            for event in events:
                done = due[event.job]
                if event.event == "done":
                    built.warnings += [f"{done.name}: {w}" for w in event.warnings]
                    key = keyed[done.name]
                    if not options.check and done.key() != key:
                        built.warnings.append(f"{done.name}: {CHANGED}")
                        key = ""
                    _finish(done.recipe, Path(jobs[event.job].out), folder, key, options.check, built)
                elif event.event == "failed":
                    built.failed[done.name] = event.message
                tell(event)


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
            found = changes.compared(after, after) | {"corrections": changes.fates(before, after)}
        kept = [place / f"{changes.NAME}.{kind}" for kind in ("json", "md")]
        if changes.is_empty(found) and all(p.is_file() for p in kept):
            for path in kept:  # what changed last still is what changed last
                shutil.copyfile(path, made / path.name)
        else:
            changes.write(found, made, title)
        held = {"key": key, "files": keys.hashes(made)}
        (made / keys.STATE).write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
        swap.replace_atomically(made, place)
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
