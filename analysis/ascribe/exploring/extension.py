"""`%load_ext ascribe`: ledgers and DataFrames show themselves, and `%ascribe my-articles/` opens a folder.

Outside Jupyter (IPython in a terminal) only the command is added: there is nothing to show tables in.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ascribe.errors import AscribeError, ParameterError

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

LEDGER, FRAME = ("ascribe.ledger.ledger", "Ledger"), ("pandas", "DataFrame")
FRAME_AT = ("pandas.core.frame", "DataFrame")
NAME = "ledger"


def load(shell: InteractiveShell) -> None:
    """Add the command and, in Jupyter, what ledgers and DataFrames look like. Raises ParameterError without IPython."""
    if shell is None or not hasattr(shell, "register_magic_function"):
        raise ParameterError('this is no IPython: in a program, write `import ascribe; ascribe.open("my-articles")`')
    shell.register_magic_function(lambda line: _open(shell, line), "line", "ascribe")
    if not in_jupyter(shell):
        return
    from ascribe.exploring import tables

    tables.ready()
    html = shell.display_formatter.formatters["text/html"]
    html.for_type_by_name(*LEDGER, _ledger)
    for place in {FRAME, FRAME_AT}:
        html.for_type_by_name(*place, lambda found: tables.frame(found).html)


def unload(shell: InteractiveShell) -> None:
    """Take away what `load` added."""
    shell.magics_manager.magics["line"].pop("ascribe", None)
    formatter = shell.display_formatter.formatters["text/html"]
    for place in (LEDGER, FRAME, FRAME_AT):
        formatter.deferred_printers.pop(place, None)
        for kind in [k for k in formatter.type_printers if (k.__module__, k.__name__) == place]:
            formatter.type_printers.pop(kind)


def in_jupyter(shell: InteractiveShell) -> bool:
    """Whether what is shown reaches a notebook, and not a terminal."""
    return getattr(shell, "kernel", None) is not None


def _ledger(ledger: object) -> str:
    from ascribe.exploring import overview

    return overview.shown(ledger, getattr(ledger, "notes", ()))


def _open(shell: InteractiveShell, line: str) -> object:
    """`%ascribe PATH...`: opens, and gives the name `ledger` to, what lies there."""
    from ascribe.exploring import open

    paths = shlex.split(line)
    if not paths:
        print("%ascribe PATH...: articles (files, folders, patterns) or a ledger's folder; it is then called `ledger`")
        return None
    try:
        ledger = open(paths)
    except AscribeError as e:
        print(f"ascribe: {e}")
        return None
    shell.user_ns[NAME] = ledger
    return ledger
