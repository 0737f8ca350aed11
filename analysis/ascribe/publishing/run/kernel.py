"""Notebooks run by papermill on a kernel: where a process cannot be copied, and for comparison with `worker`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence

from ascribe.errors import AscribeError, NotebookError
from ascribe.publishing.run.environment import ENVIRONMENT
from ascribe.publishing.run.events import Event
from ascribe.publishing.run.job import Job, failed_with, prepared, write


def run(jobs: Sequence[Job], fail_fast: bool = False) -> Iterator[Event]:
    """Do the jobs one after another, and tell what happens, as `execution.run` does."""
    for number, job in enumerate(jobs):
        yield Event(number, "started")
        try:
            with _surroundings(job.cwd):
                notebook = prepared(job)
                if not job.tables_only:
                    execute(job, notebook)
                yield Event(number, "done", warnings=tuple(write(job, notebook)))
        except AscribeError as e:
            yield Event(number, "failed", message=str(e), code=e.exit_code)
            if fail_fast:
                return


def execute(job: Job, notebook) -> None:
    """Run a notebook's cells on a kernel of its own, putting outputs and counts in place.

    Raises NotebookError where a cell fails or takes too long, or the kernel dies.
    """
    import nbclient.exceptions
    import nbformat
    import papermill
    import papermill.exceptions

    try:
        done = papermill.execute_notebook(
            notebook, None, kernel_name="python3", progress_bar=False, cwd=job.cwd, execution_timeout=int(job.limit)
        )
    except papermill.exceptions.PapermillExecutionError as e:
        error = nbformat.v4.new_output("error", ename=e.ename, evalue=e.evalue, traceback=[])
        notebook.cells[e.cell_index].outputs = [error]
        raise failed_with(job, notebook, e.cell_index) from None
    except nbclient.exceptions.CellTimeoutError:
        raise NotebookError(
            f"{job.label}: a cell did not finish within {job.limit:g} seconds and was stopped"
        ) from None
    except nbclient.exceptions.DeadKernelError:
        raise NotebookError(f"{job.label}: a cell ended the kernel") from None
    notebook.cells = done.cells


@contextlib.contextmanager
def _surroundings(folder: str) -> Iterator[None]:
    """The folder and the environment that notebooks run in, for as long as this lasts."""
    before, environment = os.getcwd(), dict(os.environ)
    os.chdir(folder)
    os.environ.update(ENVIRONMENT)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)
