"""The process that runs notebooks: it loads the libraries once, then makes a copy of itself for each notebook.

    python -m ascribe.publishing.run.worker < jobs.json

Jobs come as JSON on standard input; what happens goes out as JSON lines on standard output. A copy (`fork`) starts with
everything loaded and nothing of another notebook in it; a cell that hangs, or a process that dies, costs only its own
report. The environment (hash seed, time zone, locale) is set by whoever starts this, see `execution`.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from ascribe.errors import AscribeError
from ascribe.publishing.run import warm_up
from ascribe.publishing.run.job import Job, failure, perform, prepared

# What every notebook needs to run and to be written.
ALWAYS = (
    "IPython.core.interactiveshell", "nbformat", "lxml.etree", "jinja2", "mistune", "pygments.lexers.python", "typst",
    "ascribe.publishing.render.document", "ascribe.publishing.render.html", "ascribe.publishing.render.pdf.typeset",
    "ascribe.publishing.run.shell", "ascribe.publishing.run.normal",
)  # fmt: skip
# What notebooks that name a library need; loading it pays where there is more than one.
DRAWS = (
    "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg",
    "ascribe.publishing.present.display",
)  # fmt: skip
EXTRACTS = (
    "pyarrow.parquet", "pandera.pandas", "spacy", "ascribe.articles", "ascribe.extraction", "ascribe.ledger",
    "ascribe.findings", "ascribe.charts", "ascribe.publishing.run.exports", "ascribe.publishing.run.manifest",
)  # fmt: skip


@dataclasses.dataclass(slots=True)
class Child:
    """A copy at work: its process, the pipe it reports on, and when its present cell must be done."""

    job: int
    pid: int
    pipe: int
    deadline: float
    cell: int = 0
    unread: bytes = b""


def main() -> None:
    die_with_parent(signal.SIGTERM)
    request = json.load(sys.stdin)
    jobs = [Job(**{k: tuple(v) if isinstance(v, list) else v for k, v in job.items()}) for job in request["jobs"]]
    events = os.dup(1)
    os.set_inheritable(events, False)
    os.dup2(2, 1)
    with without_slow_parser():
        preload(ALWAYS)
    if len(jobs) > 1:
        preload(DRAWS if any(names(job, b"pandas", b"matplotlib", b"ascribe") for job in jobs) else ())
    if len(jobs) > 1 and any(job.articles or names(job, b"ascribe.ledger", b"ascribe.articles") for job in jobs):
        preload(EXTRACTS)
        with contextlib.suppress(Exception):  # a notebook that needs the pipeline says what is wrong with it
            importlib.import_module("ascribe.language.pipeline").load()
            if len(jobs) > request["at_once"]:
                preload(warm_up.SHELL)
                warm_up.warm_up()
    gc.collect()
    gc.freeze()  # so that collecting in a copy does not touch, and so duplicate, what is shared
    WorkerPool(jobs, request["at_once"], events, request["fail_fast"]).run()


@contextlib.contextmanager
def without_slow_parser() -> Iterator[None]:
    """Keep jsonschema from building a grammar of web addresses, a second's work, to check a format no notebook has."""
    name = "rfc3987_syntax"
    blocked = name not in sys.modules
    if blocked:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if blocked:
            del sys.modules[name]


def names(job: Job, *words: bytes) -> bool:
    """Whether a job's notebook names any of these libraries."""
    with contextlib.suppress(OSError):
        content = Path(job.notebook).read_bytes()
        return any(word in content for word in words)
    return False


def preload(modules: Iterable[str]) -> None:
    """Import modules. One that is missing is found missing by the notebook that needs it."""
    for name in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


class WorkerPool:
    """The copies at work, never more than `at_once`."""

    def __init__(self, jobs: list[Job], at_once: int, events: int, fail_fast: bool) -> None:
        self.jobs, self.at_once, self.events, self.fail_fast = jobs, max(at_once, 1), events, fail_fast
        self.waiting = list(range(len(jobs)))
        self.children: dict[int, Child] = {}

    def run(self) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            while self.waiting or self.children:
                while self.waiting and len(self.children) < self.at_once:
                    self.start(self.waiting.pop(0))
                self.listen()
        finally:
            for child in self.children.values():
                end(child.pid)

    def start(self, number: int) -> None:
        read, write = os.pipe()
        self.say(number, event="started")
        pid = os.fork()
        if not pid:
            os.close(read)
            os.close(self.events)
            os.setsid()
            die_with_parent(signal.SIGKILL)
            work(self.jobs[number], write)
        os.close(write)
        self.children[read] = Child(number, pid, read, time.monotonic() + self.jobs[number].limit + 60)

    def listen(self) -> None:
        soonest = min(child.deadline for child in self.children.values())
        ready, _, _ = select.select(list(self.children), [], [], max(min(soonest - time.monotonic(), 60), 0))
        for pipe in ready:
            child = self.children[pipe]
            content = os.read(pipe, 1 << 16)
            *lines, child.unread = (child.unread + content).split(b"\n")
            for line in lines:
                self.on_event(child, json.loads(line))
            if not content and pipe in self.children:
                _, status = os.waitpid(child.pid, 0)
                how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"code {os.WEXITSTATUS(status)}"
                self.on_lost(child, f"ended the Python process ({how})")
        for child in [c for c in self.children.values() if c.deadline < time.monotonic()]:
            end(child.pid)
            self.on_lost(child, f"did not finish within {self.jobs[child.job].limit:g} seconds and was stopped")

    def on_event(self, child: Child, event: dict) -> None:
        if event["event"] == "cell":
            child.cell = event["index"]
            child.deadline = time.monotonic() + self.jobs[child.job].limit
        if event["event"] in ("done", "failed"):
            os.waitpid(child.pid, 0)
            self.finished(child, event)
        else:
            self.say(child.job, **event)

    def on_lost(self, child: Child, reason: str) -> None:
        """A copy is gone without a word: say in which cell."""
        job = self.jobs[child.job]
        try:
            notebook = prepared(job)
            code = [i for i, c in enumerate(notebook.cells) if c.cell_type == "code"]
            message = failure(job, notebook, code[max(child.cell - 1, 0)], reason)
        except (AscribeError, IndexError):
            message = f"{job.label}: {reason}"
        self.finished(child, {"event": "failed", "message": message, "code": 1})

    def finished(self, child: Child, event: dict) -> None:
        os.close(child.pipe)
        del self.children[child.pipe]
        self.say(child.job, **event)
        if event["event"] == "failed" and self.fail_fast:
            self.waiting.clear()

    def say(self, number: int, **event: object) -> None:
        os.write(self.events, (json.dumps({"job": number} | event) + "\n").encode())


def die_with_parent(how: int) -> None:
    """Have the system send this process a signal when the one that made it is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, how)  # PR_SET_PDEATHSIG


def end(pid: int) -> None:
    """Stop a copy and all that it started."""
    for stop in (os.killpg, os.kill):
        try:
            stop(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def work(job: Job, pipe: int) -> None:
    """In the copy: do the job, say how it went, and end without tidying up what belongs to the original."""

    def say(**event: object) -> None:
        os.write(pipe, (json.dumps(event) + "\n").encode())

    try:
        warnings = perform(job, lambda index, of: say(event="cell", index=index, of=of))
        say(event="done", warnings=warnings)
    except AscribeError as e:
        say(event="failed", message=str(e), code=e.exit_code)
    except BaseException as e:  # a fault of ours: the place helps whoever mends it
        place = traceback.extract_tb(e.__traceback__)[-1]
        message = f"{job.label}: {type(e).__name__}: {e} ({os.path.basename(place.filename)}, line {place.lineno})"
        say(event="failed", message=message, code=1)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
