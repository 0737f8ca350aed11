"""A text as a value of a type that Python source names."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
NULL = "null"
"""The word that stands for None on the command line and in a report's file."""


def convert(value: object, declared_type: str) -> object:
    """A text (or list, or mapping of texts) as a value of the type that Python source `declared_type` names.

    Raises ValueError saying what was expected.
    """
    try:
        kind = ast.parse(declared_type, mode="eval").body
    except SyntaxError:
        raise ValueError(f"its declared type {declared_type!r} is not known") from None
    return _convert(value, kind)


def _convert(value: object, kind: ast.expr) -> object:
    if isinstance(kind, ast.Constant) and isinstance(kind.value, str):  # a type in quotes
        kind = ast.parse(kind.value, mode="eval").body
    options = _union(kind)
    if len(options) > 1:
        return _first(value, options)
    name = ast.unparse(kind.value if isinstance(kind, ast.Subscript) else kind).rsplit(".", 1)[-1]
    if isinstance(value, list) and name not in LISTS:
        if len(value) != 1:
            raise ValueError(f"given {len(value)} times, but takes one {ast.unparse(kind)}")
        value = value[0]
    if name in LISTS:
        inner = kind.slice if isinstance(kind, ast.Subscript) else ast.Name("str")
        if isinstance(inner, ast.Tuple):
            inner = inner.elts[0]
        return [_convert(item, inner) for item in _items(value)]
    if name == "Literal" and isinstance(kind, ast.Subscript):
        choices = [
            ast.literal_eval(e) for e in (kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice])
        ]
        for choice in choices:
            if str(choice) == value:
                return choice
        raise ValueError(f"{value!r} is none of {', '.join(map(str, choices))}")
    if name in ("dict", "Mapping", "Any", "object"):
        return _loaded(value)
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not {_article(name)}")
    if name not in SCALARS:
        raise ValueError(f"its declared type {ast.unparse(kind)!r} is not known")
    try:
        found = SCALARS[name](value)
    except ValueError:
        raise ValueError(f"{value!r} is not {_article(name)}{HINTS.get(name, '')}") from None
    return found


def _first(value: object, options: list[ast.expr]) -> object:
    optional = any(isinstance(o, ast.Constant) and o.value is None for o in options)
    options = [o for o in options if not (isinstance(o, ast.Constant) and o.value is None)]
    if optional and value in (NULL, [NULL]):
        return None
    reasons = []
    for option in options:
        try:
            return _convert(value, option)
        except ValueError as e:
            reasons.append(str(e))
    raise ValueError("; ".join(reasons) + (f" (`{NULL}` stands for none)" if optional else ""))


def _union(kind: ast.expr) -> list[ast.expr]:
    if isinstance(kind, ast.BinOp) and isinstance(kind.op, ast.BitOr):
        return _union(kind.left) + _union(kind.right)
    if isinstance(kind, ast.Subscript):
        name = ast.unparse(kind.value).rsplit(".", 1)[-1]
        if name == "Optional":
            return [*_union(kind.slice), ast.Constant(None)]
        if name == "Union" and isinstance(kind.slice, ast.Tuple):
            return [option for e in kind.slice.elts for option in _union(e)]
    return [kind]


def _items(value: object) -> list[object]:
    """The items of a list given as a list, or as one text that may be a list in YAML or JSON: `[a, b]`."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        value = value[0]
    if isinstance(value, str):
        found = _loaded(value) if value.lstrip().startswith("[") else [value]
        return found if isinstance(found, list) else [value]
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")
    return value


def _loaded(value: object) -> object:
    if not isinstance(value, str):
        return value
    from ascribe.publishing.run import yaml_text

    try:
        return yaml_text.load(value)
    except ValueError as e:
        raise ValueError(f"{value[:200]!r} is not YAML: {e}") from None


def _int(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,300}", text.strip()):
        raise ValueError(text)
    return int(text)


def _float(text: str) -> float:
    if "_" in text:
        raise ValueError(text)
    return float(text)


def _bool(text: str) -> bool:
    word = text.strip().lower()
    if word not in TRUE + FALSE:
        raise ValueError(text)
    return word in TRUE


SCALARS = {
    "str": str,
    "int": _int,
    "float": _float,
    "bool": _bool,
    "date": lambda text: dt.date.fromisoformat(text.strip()),
    "datetime": lambda text: dt.datetime.fromisoformat(text.strip()),
    "Path": Path,
    "PathLike": Path,
}
LISTS = ("list", "List", "tuple", "Tuple", "Sequence", "Iterable", "Collection", "set", "frozenset")
HINTS = {
    "bool": ": write true or false",
    "date": ": write it as 2024-02-29",
    "datetime": ": write it as 2024-02-29T18:00",
}


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
