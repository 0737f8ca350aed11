"""One notebook to run and to render: what it needs, and its doing from the reading to the files."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from ascribe import errors
from ascribe.errors import ArticleError, AscribeError, NotebookError, RenderError

FORMATS = ("ipynb", "html", "pdf")
INJECTED = "injected-parameters"
PACKAGE = Path(__file__).parents[2]


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """`notebook` run with `assignments` (Python source) in the folder `cwd`, its files written to `out` as `name.*`.

    Paths are absolute, `articles` and `corrections` relative to `cwd`. `label` is how messages call it; `given` the
    parameters as the user gave them, `parameters` those that the manifest lists. `limit` is the seconds that a cell may
    take. With `articles` their tables are made too, with `tables_only` nothing but tables and manifest; `published`
    (ISO) dates those that give no day, `corrections` are files of people's decisions on them. `ledgers` is a folder for
    what the jobs of one build extract, each set of articles once.
    """

    notebook: str
    name: str
    label: str
    cwd: str
    out: str
    formats: tuple[str, ...] = FORMATS
    assignments: str = ""
    given: str = ""
    title: str | None = None
    fonts: tuple[str, ...] = ()
    limit: float = 600.0
    parameters: tuple[dict, ...] = ()
    articles: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    tables_only: bool = False
    ledgers: str = ""
    published: str = ""


def prepared(job: Job):
    """The job's notebook with its parameters in a cell after the one that declares them.

    Raises NotebookError where it is not a notebook.
    """
    import nbformat

    try:
        notebook = nbformat.reads(Path(job.notebook).read_text(encoding="utf-8"), as_version=4)
    except OSError as e:
        raise NotebookError(f"{job.label}: {e.strerror or e}") from None
    except Exception as e:  # nbformat raises whatever the JSON in hand makes it stumble over
        raise NotebookError(f"{job.label}: not a notebook: {str(e).splitlines()[0] if str(e) else type(e)}") from None
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if language.lower() not in ("python", "python3", ""):
        raise NotebookError(f"{job.label}: written in {language}; only Python notebooks can be run")
    cells = [c for c in notebook.cells if INJECTED not in c.metadata.get("tags", ())]
    if job.assignments:
        at = next((i + 1 for i, c in enumerate(cells) if "parameters" in c.metadata.get("tags", ())), 0)
        cell = nbformat.v4.new_code_cell(job.assignments, metadata={"tags": [INJECTED]}, id="given-parameters")
        cells.insert(at, cell)
    notebook.cells = cells
    if job.title:
        notebook.metadata["title"] = job.title
    return notebook


def perform(job: Job, on_cell: Callable[[int, int], None] = lambda done, of: None) -> list[str]:
    """Run the job's notebook in this process and write its files. Gives the warnings.

    Raises NotebookError where a cell fails, what the package itself reports there as it is, and RenderError where a
    format cannot be made.
    """
    notebook = prepared(job)
    os.chdir(job.cwd)
    with remembering(job):
        if not job.tables_only:
            from ascribe.publishing.run import shell

            total = sum(c.cell_type == "code" for c in notebook.cells)
            done = iter(range(1, total + 1))
            failed = shell.run(notebook, lambda index: on_cell(next(done), total))
            if failed is not None:
                raise failed_with(job, notebook, failed)
        return write(job, notebook)


def remembering(job: Job) -> contextlib.AbstractContextManager:
    """What the notebook, the tables and other jobs of the build all extract is extracted once while this lasts."""
    if not (job.articles and job.ledgers):
        return contextlib.nullcontext()
    from ascribe.ledger import memory

    return memory.cache_in(Path(job.ledgers))


def write(job: Job, notebook) -> list[str]:
    """Write an executed notebook in the job's formats, with its tables and its manifest. Gives the warnings."""
    from ascribe.ledger import corrections
    from ascribe.publishing.run import manifest
    from ascribe.publishing.run.normal import normalised

    try:
        out, warnings, ledger, left_out = Path(job.out), [], None, []
        out.mkdir(parents=True, exist_ok=True)
        title = job.title or job.name
        if job.articles:
            ledger, left_out, notes = tables(job)
            warnings += [f"{item['path']}: {item['reason']}; left out" for item in left_out] + notes
            if ledger.decisions is not None:
                warnings += corrections.notes(ledger.decisions, corrections.HERE)
            from ascribe.publishing.run import exports

            exports.write(ledger, out, job.name, title)
        source = Path(job.notebook)
        own = source.is_relative_to(job.cwd) and not source.is_relative_to(PACKAGE)
        described = {"path": os.path.relpath(source, job.cwd) if own else source.name}
        described["sha256"] = hashlib.sha256(source.read_bytes()).hexdigest()
        made = manifest.manifest(title, described, job.parameters, ledger, left_out, out / "tables")
        if job.articles:
            text = json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8", "replace")
            (out / manifest.NAME).write_bytes(text + b"\n")
        if not job.tables_only:
            warnings += render(job, normalised(notebook, Path(job.cwd)), manifest.page(made))
    except OSError as e:
        raise RenderError(f"{job.label}: cannot be written: {e.strerror or e}") from None
    return warnings


def tables(job: Job):
    """The ledger of the job's articles, what could not be read ([{path, reason}]), and what is odd, in words.

    Raises ArticleError where none could be read.
    """
    from ascribe.articles import read
    from ascribe.findings import grouped
    from ascribe.ledger import Ledger

    failed: list[ArticleError] = []
    notes: list[str] = []
    published = dt.date.fromisoformat(job.published) if job.published else None
    articles = read(list(job.articles), published=published, on_error=failed.append, on_note=notes.append)
    ledger = Ledger.from_articles(articles, on_error=failed.append)
    if failed and ledger.documents.empty:
        raise failed[0]
    if job.corrections:
        ledger = ledger.corrected(job.corrections)
    return grouped(ledger), [{"path": e.path, "reason": e.reason} for e in failed], notes


def render(job: Job, notebook, last: list) -> list[str]:
    """Write an executed notebook in the job's formats, the section `last` after it. Gives the warnings."""
    import nbformat

    from ascribe.publishing.render.document import document

    out, warnings = Path(job.out), []
    if "ipynb" in job.formats:
        text = nbformat.writes(notebook, version=4)
        text = text.encode("utf-8", "replace").decode() if not text.isascii() else text
        (out / f"{job.name}.ipynb").write_text(text + "\n", encoding="utf-8", newline="\n")
    made = document(notebook, job.name, Path(job.notebook).parent, last, code_last=True)
    if "html" in job.formats:
        from ascribe.publishing.render import html

        (out / f"{job.name}.html").write_text(html.render(made), encoding="utf-8", newline="\n")
    if "pdf" in job.formats:
        from ascribe.publishing.render.pdf import typeset as pdf

        found = pdf.render(made, job.fonts)
        (out / f"{job.name}.pdf").write_bytes(found.content)
        warnings += found.warnings
    return warnings


def failed_with(job: Job, notebook, index: int) -> AscribeError:
    """The error to raise for a cell that failed; what the package itself reports there is said without the code."""
    for output in notebook.cells[index].get("outputs", ()):
        kind = getattr(errors, output.get("ename", ""), None) if output.output_type == "error" else None
        if isinstance(kind, type) and issubclass(kind, AscribeError):
            told = NotebookError(f"{job.label}: {output.evalue}")
            told.exit_code = kind.exit_code
            return told
    return NotebookError(failure(job, notebook, index))


def failure(job: Job, notebook, index: int, reason: str | None = None) -> str:
    """What a reader needs to know of a cell that failed: which, with which parameters, its words and its output."""
    number = sum(c.cell_type == "code" for c in notebook.cells[: index + 1])
    cell = notebook.cells[index]
    lines = [f"{job.label}: code cell {number} {'failed' if reason is None else reason}"]
    if job.given:
        lines[0] += f" (with {job.given})"
    source = cell.source.rstrip().split("\n")
    lines += ["    " + line for line in source[:15]] + (["    …"] if len(source) > 15 else [])
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            lines += ["  it printed:", *("    " + line for line in output.text.rstrip().split("\n")[-10:])]
    for output in cell.get("outputs", ()):
        if output.output_type == "error":
            said = output.evalue.strip().split("\n")
            lines += [f"{output.ename}: {said[0]}".rstrip(": "), *said[1:20]]
    return "\n".join(lines)
