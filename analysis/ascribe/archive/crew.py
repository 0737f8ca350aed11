"""Who extracts: processes of this machine, each with one task at a time, so that a death has one cause."""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from ascribe.archive.work import Made, Settings, work
from ascribe.articles.article import Article

DEATHS = 2
"""An article that killed so many of its workers, alone, is left out."""
KILLED = "the process that extracted it died, twice: left out; it may need more memory than there is"

Task = tuple[Article, ...]
Work = Callable[[Task, Settings], list[Made]]


class Crew(Protocol):
    """Who takes tasks and gives them back, done or not, in any order."""

    def wants(self) -> bool:
        """Whether it can take another task now."""

    def take(self, task: Task) -> None:
        """Begin a task."""

    def give_back(self) -> Iterable[tuple[Task, list[Made] | None]]:
        """The tasks that are done by now, waiting for one; None for one whose worker died. Nothing: none was taken."""


def carry_out(tasks: Iterable[Task], crew: Crew) -> Iterator[tuple[Article, Made]]:
    """What becomes of each article of these tasks, in the order in which they are done.

    A worker's death costs its task another try, an article at a time; an article that dies with its workers, alone, is
    given back with the reason. Tasks are asked for only as they are needed.
    """
    stream, again, deaths = iter(tasks), deque[Task](), dict[str, int]()
    while True:
        while crew.wants():
            task = again.popleft() if again else next(stream, None)
            if task is None:
                break
            crew.take(task)
        done = list(crew.give_back())
        if not done and not again:
            return
        for task, made in done:
            if made is not None:
                yield from zip(task, made, strict=True)
            elif len(task) > 1:
                again.extend((article,) for article in task)
            else:
                doc_id = task[0].doc_id
                deaths[doc_id] = deaths.get(doc_id, 0) + 1
                if deaths[doc_id] < DEATHS:
                    again.append(task)
                else:
                    yield task[0], Made(reason=KILLED)


class Processes:
    """So many processes of this machine. Close it; where it is left by an exception, they are ended at once."""

    def __init__(self, jobs: int, settings: Settings, work: Work = work) -> None:
        self.settings, self.work = settings, work
        self.context = _context()
        self.idle = [self._worker() for _ in range(jobs)]
        self.busy: dict[concurrent.futures.Future, tuple[Task, concurrent.futures.ProcessPoolExecutor]] = {}

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self.idle, *(worker for _, worker in self.busy.values())):
            _end(worker)

    def wants(self) -> bool:
        return bool(self.idle)

    def take(self, task: Task) -> None:
        worker = self.idle.pop()
        try:
            self.busy[worker.submit(self.work, task, self.settings)] = task, worker
        except BrokenProcessPool:  # it died while it had nothing to do
            _end(worker)
            worker = self._worker()
            self.busy[worker.submit(self.work, task, self.settings)] = task, worker

    def give_back(self) -> Iterable[tuple[Task, list[Made] | None]]:
        done, _ = concurrent.futures.wait(self.busy, return_when=concurrent.futures.FIRST_COMPLETED)
        return [self._given_back(future) for future in done]

    def _given_back(self, future: concurrent.futures.Future) -> tuple[Task, list[Made] | None]:
        task, worker = self.busy.pop(future)
        try:
            made = future.result()
        except BrokenProcessPool:
            _end(worker)
            self.idle.append(self._worker())
            return task, None
        self.idle.append(worker)
        return task, made

    def _worker(self) -> concurrent.futures.ProcessPoolExecutor:
        return concurrent.futures.ProcessPoolExecutor(1, mp_context=self.context, initializer=_begin)


def _context() -> multiprocessing.context.BaseContext:
    """How processes are started: as copies of one that has loaded the libraries, where the system can do that."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):  # read by numpy when it is first imported
        os.environ.setdefault(name, "1")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ascribe.archive.warm"])
    return context


def _begin() -> None:
    """What a worker does first: leave stopping to who started it, and end with it, whatever that dies of."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _end(worker: concurrent.futures.ProcessPoolExecutor) -> None:
    """End a worker, now."""
    for process in list((getattr(worker, "_processes", None) or {}).values()):
        with contextlib.suppress(OSError, ValueError):
            process.kill()
    worker.shutdown(wait=False, cancel_futures=True)


def tasks(articles: Iterable[Article], words: int, most: int) -> Iterator[Task]:
    """Articles in tasks of about so many words, and of at most so many articles."""
    task: list[Article] = []
    size = 0
    for article in articles:
        task.append(article)
        size += len(article.text) // 6
        if size >= words or len(task) >= most:
            yield tuple(task)
            task, size = [], 0
    if task:
        yield tuple(task)
