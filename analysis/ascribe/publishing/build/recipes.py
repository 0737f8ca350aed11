"""The reports of a project, as `reports/*.yml` describes them.

    title: Moscow's dead, as first admitted
    notebook: notebooks/article.ipynb
    parameters:
      article: reports/articles/first-count.md
    articles: [reports/articles/first-count.md]
    corrections: [corrections.jsonl]
    formats: [html, pdf]

One file can describe many reports on one notebook: under `reports`, each by its name, with what differs (`title`,
`parameters`, `articles`, `corrections`, `formats`); parameters are added to the common ones. Each goes into a folder of
its own, `reports/FILE/NAME`. Paths, and patterns such as `articles/*.md`, count from the project's folder, the one that
holds `reports/`; a notebook may go by its name alone (`notebook: article`). A parameter `articles`, `article` or
`corrections` that the notebook takes and nobody gives is given what is listed; a day given as `published` dates the
articles of the tables, too.
"""

from __future__ import annotations

import dataclasses
import difflib
import glob
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ascribe.articles import inputs
from ascribe.errors import ArticleError, NotebookError, ParameterError
from ascribe.publishing.build import notebooks
from ascribe.publishing.run.job import FORMATS

KEYS = ("title", "notebook", "parameters", "articles", "corrections", "formats", "reports")
SUFFIXES = (".yml", ".yaml")
NAME = re.compile(r"[\w][\w. -]{0,99}\Z")


@dataclasses.dataclass(frozen=True, slots=True)
class Recipe:
    """One report: `name` is its folder under `reports/`; paths are relative to the project's folder, and a notebook
    may go by its name."""

    name: str
    file: str
    notebook: str
    title: str | None = None
    parameters: Mapping[str, object] = dataclasses.field(default_factory=dict)
    articles: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS

    @property
    def stem(self) -> str:
        """The name of its files."""
        return self.name.rpartition("/")[2]

    def source(self, project: Path) -> Path:
        """Where its notebook lies."""
        return notebooks.find(self.notebook, project)


def load(folder: Path, wanted: Iterable[str] = ()) -> list[Recipe]:
    """The recipes in a folder of reports, by name; only those `wanted`, where any are named (a file's or a report's).

    Raises ParameterError where a file is not a recipe, a path is not there, or a wanted report does not exist.
    """
    if not folder.is_dir():
        raise ParameterError(f"{folder}: no such folder; reports are described in {folder}/NAME.yml")
    project = folder.absolute().parent
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix in SUFFIXES and not p.name.startswith("."))
    except OSError as e:
        raise ParameterError(f"{folder}: cannot be read: {e.strerror or e}") from None
    for path in files:
        if path.suffix == SUFFIXES[1] and path.with_suffix(SUFFIXES[0]) in files:
            raise ParameterError(f"{path}: {path.stem}{SUFFIXES[0]} beside it is a report of the same name; keep one")
    found = [recipe for path in files for recipe in _read(path, folder, project)]
    names = [_plain(w, folder) for w in wanted]
    known = {r.name for r in found} | {Path(r.file).stem for r in found}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            mend = f" (did you mean {near[0]}?)" if near else f"; there are {', '.join(sorted(known)) or 'none'}"
            raise ParameterError(f"{folder}: no report {name!r}{mend}")
    return [r for r in found if not names or r.name in names or Path(r.file).stem in names]


def _plain(name: str, folder: Path) -> str:
    """A report's name, from the name or the path of its file."""
    path = Path(name)
    if path.suffix in (".yml", ".yaml"):
        return path.stem
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else name.strip("/")


def _read(path: Path, folder: Path, project: Path) -> list[Recipe]:
    from ascribe.publishing.run import yaml_text

    try:
        held = yaml_text.load(path.read_text(encoding="utf-8"))  # what type a text is of, the notebook says
    except (OSError, ValueError) as e:
        raise ParameterError(f"{path}: cannot be read as YAML: {e}") from None
    _check(held, KEYS, path)
    if not NAME.match(path.stem):
        raise ParameterError(f"{path}: its folder is named after it: use letters, digits, '-', '_' and '.'")
    many = held.get("reports")
    if many is None:
        return [_recipe(path.stem, path, held, project)]
    if not isinstance(many, dict) or not many:
        raise ParameterError(f"{path}: `reports` lists reports by name, each with its parameters")
    recipes = []
    for name, own in many.items():
        place = f"{path}, reports, {name}"
        if not NAME.match(name):
            raise ParameterError(f"{place}: name it with letters, digits, '-', '_' and '.'")
        _check(own, [k for k in KEYS if k != "reports"], place)
        common = {k: v for k, v in held.items() if k != "reports"}
        parameters = {**(common.get("parameters") or {}), **(own.get("parameters") or {})}
        recipes.append(_recipe(f"{path.stem}/{name}", path, {**common, **own, "parameters": parameters}, project))
    return recipes


def _check(held: object, keys: Iterable[str], place: object) -> None:
    if not isinstance(held, dict):
        raise ParameterError(f"{place}: not a mapping; it needs at least `notebook: PATH`")
    for key in held:
        if key not in keys:
            near = difflib.get_close_matches(str(key), list(keys), n=1)
            mend = f"did you mean {near[0]}?" if near else f"known are {', '.join(keys)}"
            raise ParameterError(f"{place}: unexpected {key!r} ({mend})")
    for key, kind, what in (
        ("parameters", dict, "a mapping"),
        ("articles", (list, str), "a list"),
        ("corrections", (list, str), "a list"),
        ("formats", (list, str), "a list"),
        ("title", str, "a text"),
    ):
        if held.get(key) not in (None, "") and not isinstance(held[key], kind):
            raise ParameterError(f"{place}: `{key}` is {what}")


def _recipe(name: str, path: Path, held: Mapping, project: Path) -> Recipe:
    notebook = held.get("notebook")
    if not isinstance(notebook, str) or not notebook:
        raise ParameterError(f"{path}: `notebook` is missing: say which notebook makes {name}")
    try:
        notebooks.find(notebook, project)
    except NotebookError as e:
        raise ParameterError(f"{path}: {e}") from None
    formats = tuple(dict.fromkeys(("ipynb", *_texts(held.get("formats") or ["html", "pdf"]))))
    unknown = [f for f in formats if f not in FORMATS]
    if unknown:
        raise ParameterError(f"{path}: unknown format {', '.join(unknown)}: choose from {', '.join(FORMATS[1:])}")
    return Recipe(
        name=name,
        file=path.name,
        notebook=notebook,
        title=held.get("title") or None,
        parameters=dict(held.get("parameters") or {}),
        articles=_articles(_texts(held.get("articles") or []), path, project),
        corrections=_corrections(_texts(held.get("corrections") or []), path, project),
        formats=formats,
    )


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(v) for v in value]


def _articles(listed: list[str], path: Path, project: Path) -> tuple[str, ...]:
    """The articles listed, patterns and folders spelt out, in order and each once."""
    found: dict[str, None] = {}
    for item in listed:
        try:
            found.update(dict.fromkeys(_expanded(_inside(item, project), project)))
        except ArticleError as e:
            raise ParameterError(f"{path}: article {item}: {e.reason}") from None
    return tuple(found)


def _corrections(listed: list[str], path: Path, project: Path) -> tuple[str, ...]:
    """The files of people's decisions that are listed; each must be there."""
    for item in listed:
        if not (project / item).is_file():
            raise ParameterError(f"{path}: corrections {item}: no such file under {project.name}/")
    return tuple(dict.fromkeys(listed))


def _inside(item: str, project: Path) -> str:
    """A path as it counts from the project's folder. Raises ArticleError for one that is absolute and not below it."""
    if not os.path.isabs(item):
        return item
    if not Path(item).is_relative_to(project):
        raise ArticleError(item, f"not under {project.name}/: name it by a path that counts from there")
    return Path(item).relative_to(project).as_posix()


def _expanded(item: str, project: Path) -> list[str]:
    """The files that a path or a pattern names, relative to the project. Raises ArticleError."""
    here = os.path.join(project, item)
    if os.path.isdir(here):
        found = list(inputs.walk(here))
    elif os.path.isfile(here):
        return [item]  # a file that is named is read, or said to be of no kind that is
    elif glob.has_magic(item):
        pattern = os.path.join(glob.escape(str(project)), item)
        found = [*inputs.unlisted_below(pattern)]
        for path in sorted(glob.glob(item, root_dir=project, recursive=True)):
            found += _matched(Path(project, path), item)
    else:
        raise ArticleError(item, f"no such file under {project.name}/")
    for trouble in found:
        if isinstance(trouble, ArticleError):
            raise ArticleError(item, f"{os.path.relpath(trouble.path, project)}: {trouble.reason}")
    if not found:
        what = "no article in this folder" if os.path.isdir(here) else "no such file"
        raise ArticleError(item, f"{what} under {project.name}/")
    return sorted(f.relative_to(project).as_posix() for f in found)


def _matched(path: Path, pattern: str) -> list[Path | ArticleError]:
    return inputs.matched(str(path), pattern) if path.is_file() and not path.name.startswith(".") else []
