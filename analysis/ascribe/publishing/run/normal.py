"""An executed notebook as it is kept: the same bytes whenever, wherever and by whomever it was run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from nbformat import NotebookNode

ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,16}\b")
CELL_FILE = re.compile(r"/\S{0,200}?/ipykernel_\d{1,9}/\d{1,12}\.py|<ipython-input-\d{1,9}-[0-9a-f]{6,40}>")
STYLER = re.compile(r"\bT_([0-9a-f]{5})(?=[_\" ,\s]|$)")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def normalised(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """The notebook without times, durations, machine paths, random ids and addresses in memory.

    Paths under `folder`, where it ran, become relative; those of the Python that ran it begin with `<python>`.
    """
    paths = sorted({(f"{folder}/", ""), (str(folder), "."), (sys.prefix, "<python>")}, key=lambda p: -len(p[0]))
    styled: dict[str, str] = {}

    def plain(text: str) -> str:
        for path, instead in paths:
            if len(path) > 2:
                text = text.replace(path, instead)
        text = CELL_FILE.sub("<cell>", ADDRESS.sub("at 0x…", text))
        return STYLER.sub(lambda m: styled.setdefault(m[1], f"T_{len(styled):05d}"), text) if "T_" in text else text

    kept = {k: v for k, v in notebook.metadata.items() if k not in ("papermill", "widgets", "signature")}
    notebook.metadata = NotebookNode(kept | {"kernelspec": KERNEL, "language_info": {"name": "python"}})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    taken: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        own = cell.get("id")
        cell["id"] = own if own and own not in taken else f"cell-{number}"
        taken.add(cell["id"])
        for output in cell.get("outputs", ()):
            output.pop("transient", None)
            if output.output_type == "stream":
                output.text = plain(output.text).replace("\r\n", "\n")  # a terminal ends lines so
            elif output.output_type == "error":
                output.traceback = [plain(line) for line in output.traceback]
                output.evalue = plain(output.evalue)
            else:
                for kind, data in output.data.items():
                    if isinstance(data, str) and not kind.startswith("image/"):
                        output.data[kind] = plain(data)
    return notebook
