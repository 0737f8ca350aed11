"""A notebook's parameters: what it takes, and whether what it is given fits.

A notebook says what it takes in the cell tagged `parameters`, one a line:

    article: Path = Path("../articles/storm.md")  # the article to report on
    since: date | None = None  # leave out what was published before

A parameter without a value must be given. One without a type takes its default's. Types known: str, int, float, bool,
date, datetime, Path, list[...], dict, Literal[...], `... | None`, and unions of these, tried from left to right.
"""

from __future__ import annotations

import ast
import dataclasses
import difflib
import io
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ascribe.errors import ParameterError
from ascribe.publishing.run.values import convert

TAG = "parameters"


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as its notebook declares it: `type` and `default` are Python source; no default means required."""

    name: str
    type: str
    default: str | None
    help: str = ""

    @property
    def required(self) -> bool:
        return self.default is None

    def __str__(self) -> str:
        default = "" if self.required else f" = {self.default}"
        return f"{self.name}: {self.type}{default}" + (f"  # {self.help}" if self.help else "")


def declared(notebook: Mapping, path: object = "notebook") -> list[Parameter]:
    """The parameters of a notebook (as nbformat gives it), in its order; none where no cell is tagged.

    Raises ParameterError where the tagged cell is not plain Python.
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and TAG in cell["metadata"].get("tags", ()):
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            return _parse(source, path)
    return []


def _parse(source: str, path: object) -> list[Parameter]:
    try:
        body = ast.parse(source).body
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, tokenize.TokenError, ValueError) as e:
        line = f", line {e.lineno}" if isinstance(e, SyntaxError) else ""
        raise ParameterError(f"{path}: the cell tagged `{TAG}`{line} is not plain Python: {e}") from None
    comments = {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}
    found: dict[str, Parameter] = {}
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name, kind = node.target.id, ast.unparse(node.annotation)
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name, kind = node.targets[0].id, _type_of(node.value)
        else:
            continue
        if isinstance(node.value, ast.Constant) and node.value.value is Ellipsis:
            default = None
        else:
            default = ast.unparse(node.value) if node.value else None
        found[name] = Parameter(name, kind, default, comments.get(node.end_lineno or node.lineno, ""))
    return list(found.values())


def _type_of(value: ast.expr) -> str:
    """The type of a default that has no annotation."""
    if isinstance(value, ast.List | ast.Tuple):
        kinds = {_type_of(item) for item in value.elts} or {"str"}
        return f"list[{kinds.pop() if len(kinds) == 1 else 'str'}]"
    if isinstance(value, ast.Dict):
        return "dict"
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rsplit(".", 1)[-1] if ast.unparse(value.func).endswith("Path") else "str"
    if isinstance(value, ast.UnaryOp):
        return _type_of(value.operand)
    if isinstance(value, ast.Constant) and value.value is not None and value.value is not Ellipsis:
        return type(value.value).__name__
    return "str | None" if isinstance(value, ast.Constant) and value.value is None else "str"


def pairs(options: Iterable[str]) -> dict[str, list[str]]:
    """`name=value` strings as {name: values}, in order; a name may come more than once, for a list.

    Raises ParameterError for a string without `=`.
    """
    given: dict[str, list[str]] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not equals or not name.strip():
            raise ParameterError(f"-p {option}: write it as name=value")
        given.setdefault(name.strip(), []).append(value)
    return given


def check(takes: Sequence[Parameter], given: Mapping[str, object], path: object = "notebook") -> dict[str, object]:
    """What is given, as values of the declared types. The values given are texts, lists of texts, or mappings.

    Raises ParameterError naming what is missing, what is unexpected (with the nearest right name) and what is of the
    wrong type.
    """
    by_name = {p.name: p for p in takes}
    values: dict[str, object] = {}
    wrong: list[str] = []
    unexpected = [name for name in given if name not in by_name]
    missing = [p for p in takes if p.required and p.name not in given]
    for name, value in given.items():
        if name in by_name:
            try:
                values[name] = convert(value, by_name[name].type)
            except ValueError as e:
                wrong.append(f"{name}: {e}")
    if not (unexpected or missing or wrong):
        return values
    lines = [f"{path}: the parameters do not fit"]
    for name in unexpected:
        near = difflib.get_close_matches(name, by_name, n=1, cutoff=0.5) or [
            n for n in by_name if n.lower() == name.lower()
        ]
        lines.append(f"  unexpected: {name}" + (f" (did you mean {near[0]}?)" if near else ""))
    lines += [f"  missing: {p.name} ({p.type}" + (f": {p.help}" if p.help else "") + ")" for p in missing]
    lines += [f"  wrong type: {text}" for text in wrong]
    if takes:
        lines += ["It takes:", *(f"  {p}" for p in takes)]
    else:
        lines.append(f"It has no cell tagged `{TAG}`, so it takes none.")
    raise ParameterError("\n".join(lines))


def described(takes: Sequence[Parameter], given: Mapping[str, object]) -> tuple[dict, ...]:
    """Every parameter with its type, default, meaning, and what it was given (None: nothing), for the manifest."""
    return tuple(
        {"name": p.name, "type": p.type, "given": given.get(p.name), "default": p.default, "help": p.help}
        for p in takes
    )


def assignments(values: Mapping[str, object]) -> str:
    """Python source that gives a notebook its parameters; the same for the same values, in the order given."""
    source = [f"{name} = {_literal(value)}" for name, value in values.items()]
    needed = [module for module in ("datetime", "pathlib") if any(f"{module}." in line for line in source)]
    return "\n".join([f"import {module}" for module in needed] + source)


def _literal(value: object) -> str:
    if isinstance(value, Path):
        return f"pathlib.Path({value.as_posix()!r})"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(k)}: {_literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, float) and not (abs(value) < float("inf")):
        return f"float({str(value)!r})"
    return repr(value)
