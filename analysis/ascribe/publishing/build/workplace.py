"""The folder of reports while a build is at work in it: held alone, with room beside for what is not finished."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ascribe.errors import AscribeError, ParameterError, RenderError
from ascribe.publishing.build import swap
from ascribe.publishing.build.recipes import Recipe

WORK = ".building-"
"""What the folders of unfinished work begin with."""
LOCK = ".build.lock"


@contextlib.contextmanager
def alone(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the folder's lock, waiting for another build to finish. Raises AscribeError where it cannot be had."""
    try:
        lock = open(folder / LOCK, "a")  # noqa: SIM115 - held until the build is over
    except OSError as e:
        raise AscribeError(f"{folder}: cannot be written: {e.strerror or e}") from None
    with lock, _locked(lock, folder, on_wait):
        yield


@contextlib.contextmanager
def _locked(lock: object, folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    try:
        import fcntl  # loaded in a tenth of filelock's time, which each call that finds nothing to do would take
    except ImportError:
        import filelock

        with filelock.FileLock(folder / f"{LOCK}ed"):
            yield
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        on_wait()
        fcntl.flock(lock, fcntl.LOCK_EX)
    yield


def tidy(folder: Path, recipes: Iterable[Recipe]) -> None:
    """Clear away what a killed build left, and bring back the last good reports. The lock must be held."""
    for left in folder.glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
    for recipe in recipes:
        swap.recover(folder / recipe.name)


def refuse_strangers(folder: Path, recipes: Iterable[Recipe]) -> None:
    """Raise ParameterError where a report would take the place of what no build made."""
    for recipe in recipes:
        place = folder / recipe.name
        if reason := swap.refusal(place):
            raise ParameterError(f"{folder / recipe.file}: {place} {reason}")


@contextlib.contextmanager
def unfinished(folder: Path, check: bool) -> Iterator[Path]:
    """A folder for unfinished work: beside the reports, on their disk, except when nothing of it will stay."""
    try:
        place = Path(tempfile.mkdtemp(prefix=WORK, dir=None if check else folder)).absolute()
    except OSError as e:
        raise RenderError(f"{folder}: cannot be written: {e.strerror or e}") from None
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
