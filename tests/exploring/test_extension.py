"""`%load_ext ascribe` in a real kernel, at a terminal's prompt, and where there is no IPython."""

from __future__ import annotations

import os

import ascribe
import nbformat
import pytest
from ascribe.errors import ParameterError
from IPython.core.interactiveshell import InteractiveShell
from ledgers import ledger
from nbclient import NotebookClient


def test_outside_ipython_it_says_what_to_write():
    with pytest.raises(ParameterError, match=r"ascribe\.open"):
        ascribe.load_ipython_extension(None)


def test_at_a_prompt_the_command_is_there_and_nothing_else(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ASCRIBE_CACHE", str(tmp_path / "cache"))
    ledger().save(tmp_path / "ledger")
    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "ascribe")
    found = shell.run_line_magic("ascribe", f'"{tmp_path / "ledger"}"')
    assert found is shell.user_ns["ledger"] and len(found.figures) == 4
    shell.run_line_magic("ascribe", "")
    shell.run_line_magic("ascribe", str(tmp_path / "nowhere"))
    said = capsys.readouterr().out
    assert "%ascribe PATH" in said and "no such file" in said and "Traceback" not in said
    shell.run_line_magic("unload_ext", "ascribe")
    assert shell.find_line_magic("ascribe") is None


def test_in_a_kernel_ledgers_and_tables_show_themselves(tmp_path):
    ledger().save(tmp_path / "ledger")
    cells = [
        "%load_ext ascribe",
        "%ascribe ledger",
        "ledger.figures",
        "ledger.killed()",
        "from ascribe import Ledger; Ledger.load('ledger')",
        "%unload_ext ascribe\nledger.figures",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    env = {"ASCRIBE_CACHE": str(tmp_path / "cache")}
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute(env=os.environ | env)
    shown = [c.outputs[-1].data["text/html"] for c in notebook.cells if c.outputs]
    assert "_itables" in shown[0] and "https://" not in shown[0].split("</script>")[0].split("atob")[0]
    assert "ascribe-ledger" in shown[1] and "ascribe-ledger" in shown[4]
    assert all("ITable" in part and "['" not in part and "(&#x27;" not in part for part in shown[2:4])
    assert "ascribe-words" in shown[3] and "ITable" not in shown[5]
    assert not [o for c in notebook.cells for o in c.outputs if o.output_type == "stream"]
