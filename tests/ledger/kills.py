"""Work that is killed before one of its steps, in a process of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable


def killed(work: Callable[[], object], step: int, steps: Iterable[tuple[object, str]]) -> bool:
    """Whether `work` was killed (by SIGKILL) before it came to an end: it is, before call number `step` of any of
    `steps`, each an object and the name of its function."""
    pid = os.fork()
    if not pid:
        left = step

        def dying(done: Callable) -> Callable:
            def call(*arguments, **named):
                nonlocal left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return done(*arguments, **named)

            return call

        try:
            for place, name in steps:
                setattr(place, name, dying(getattr(place, name)))
            work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code != 0
