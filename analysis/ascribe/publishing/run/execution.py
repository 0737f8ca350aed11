"""Notebooks run in processes of their own, several at once, in an environment that is the same everywhere."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

from ascribe.errors import NotebookError
from ascribe.publishing.run import kernel
from ascribe.publishing.run.environment import ENVIRONMENT
from ascribe.publishing.run.events import Event
from ascribe.publishing.run.job import Job


def run(jobs: Sequence[Job], at_once: int = 1, fail_fast: bool = False) -> Iterator[Event]:
    """Do the jobs, `at_once` at a time, and tell what happens as it does. Each writes its files into its own folder.

    Closing the iterator, or an interrupt, stops every job that is under way. Raises NotebookError where the process
    that runs them dies.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        # A copy of a process is not to be had here, or not safe.
        yield from kernel.run(jobs, fail_fast)
        return
    # In a group of its own, so that an interrupt reaches this process alone, which then stops that one.
    worker = subprocess.Popen(
        # Without the present folder in front (-P): a project may well have a module of the same name.
        [sys.executable, "-P", "-m", "ascribe.publishing.run.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | ENVIRONMENT,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )
    told: set[int] = set()
    try:
        assert worker.stdin and worker.stdout
        request = {"jobs": [dataclasses.asdict(j) for j in jobs], "at_once": at_once, "fail_fast": fail_fast}
        with worker.stdin as stdin:
            json.dump(request, stdin)
        stopped = False
        for line in worker.stdout:
            event = json.loads(line)
            event["warnings"] = tuple(event.get("warnings", ()))
            if event["event"] in ("done", "failed"):
                told.add(event["job"])
                stopped |= event["event"] == "failed" and fail_fast
            yield Event(**event)
        if worker.wait() and not stopped:
            raise NotebookError(f"the process that runs notebooks ended with code {worker.returncode}")
    finally:
        if len(told) < len(jobs):  # else it is on its way out
            worker.terminate()
        try:
            worker.wait(10)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        worker.stdout.close()
