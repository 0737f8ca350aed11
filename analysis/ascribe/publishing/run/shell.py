"""Runs a notebook's cells in this process, as a kernel would, and keeps their outputs.

Meant for a process made for one notebook alone (see `worker`): nothing is tidied up afterwards.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets.config import Config

BACKEND = "module://matplotlib_inline.backend_inline"
RAISES = "raises-exception"


class Outputs(list):
    """The outputs of the cell that runs, in nbformat; text written one after another to one stream is one output."""

    clear_next = False

    def add(self, output: NotebookNode) -> None:
        if self.clear_next:
            self.clear()
            self.clear_next = False
        self.append(output)

    def write(self, name: str, text: str) -> None:
        if not self.clear_next and self and self[-1].output_type == "stream" and self[-1].name == name:
            self[-1].text += text
        elif text:
            self.add(new_output("stream", name=name, text=text))


class _Stream(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name, self.outputs = name, outputs

    def write(self, text: str) -> int:
        self.outputs.write(self.name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1 if self.name == "stdout" else 2


class _Publisher(DisplayPublisher):
    outputs: Outputs
    shown: dict[str, NotebookNode]

    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs: Any) -> None:  # type: ignore[override]
        name = (transient or {}).get("display_id")
        data, metadata = dict(data), dict(metadata or {})
        if update and name in self.shown:
            self.shown[name].update(data=data, metadata=metadata)
            return
        output = new_output("display_data", data=data, metadata=metadata)
        if name:
            self.shown[name] = output
        self.outputs.add(output)

    def clear_output(self, wait: bool = False) -> None:
        if wait:
            self.outputs.clear_next = True
        else:
            self.outputs.clear()


class _Hook(DisplayHook):
    outputs: Outputs
    source = ""

    def quiet(self) -> bool:
        return self.semicolon_at_end_of_expression(self.source)

    def __call__(self, result: object = None) -> None:
        if result is None or self.quiet():
            return
        data, metadata = self.compute_format_data(result)
        self.update_user_ns(result)
        if data:
            count = self.shell.execution_count
            self.outputs.add(new_output("execute_result", data=data, metadata=metadata, execution_count=count))


class _Shell(InteractiveShell):
    outputs: Outputs

    def _showtraceback(self, etype, evalue, stb) -> None:
        name = etype.__name__ if isinstance(etype, type) else str(etype)
        self.outputs.add(new_output("error", ename=name, evalue=str(evalue), traceback=list(stb)))

    system = InteractiveShell.system_raw  # no terminal here to give to other programs

    def enable_gui(self, gui=None) -> None:
        """No windows here; `%matplotlib inline` asks all the same."""

    def init_history(self) -> None:
        super().init_history()
        self.history_manager.enabled = False


def run(notebook: NotebookNode, on_cell: Callable[[int], None] = lambda number: None) -> int | None:
    """Run the cells of a notebook, putting outputs and counts in place; `on_cell` is told each cell's index first.

    Gives the index of the cell that failed, with its outputs in place, or None. A cell tagged `raises-exception` may.
    """
    os.environ.setdefault("MPLBACKEND", BACKEND)
    outputs = Outputs()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    config.InteractiveShell.xmode = "Context"
    config.InteractiveShell.display_pub_class = _Publisher
    config.InteractiveShell.displayhook_class = _Hook
    _Shell.outputs = outputs
    shell = _Shell.instance(config=config, display_pub_class=_Publisher, displayhook_class=_Hook)
    shell.display_pub.outputs = shell.displayhook.outputs = outputs
    shell.display_pub.shown = {}
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use(os.environ["MPLBACKEND"])
    sys.path.insert(0, "")  # a notebook may import what lies where it runs
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    with tempfile.TemporaryFile() as raw, open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(raw.fileno(), 1)  # what other programs and libraries in C write
        os.dup2(raw.fileno(), 2)
        count = 0
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            if not cell.source.strip():
                continue
            on_cell(index)
            count += 1
            shell.execution_count = count
            outputs.clear()
            outputs.clear_next = False
            shell.displayhook.source = cell.source
            result = shell.run_cell(cell.source, store_history=False, silent=False)
            raw.seek(0)
            if written := raw.read().decode("utf-8", "replace"):
                outputs.write("stdout", written)
            raw.seek(0)
            raw.truncate()
            cell.outputs, cell.execution_count = list(outputs), count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
            if not result.success and RAISES not in cell.metadata.get("tags", ()):
                return index
    return None
