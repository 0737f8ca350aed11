"""What a person sees while reports are made: which one, which cell, how long left; plain lines off a terminal."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence

from ascribe.publishing.run.events import Event


class Watch:
    """Tells of events on standard error: one line that changes on a terminal, one line a report elsewhere."""

    def __init__(self, labels: Sequence[str], lines: bool = True, quiet: bool = False) -> None:
        self.labels, self.lines = labels, lines and not quiet
        self.live = sys.stderr.isatty() and not quiet
        self.begun: float | None = None  # loading what all share is no measure of what is left
        self.done = self.failed = 0
        self.cells: dict[int, Event] = {}

    def __call__(self, event: Event) -> None:
        if self.begun is None:
            self.begun = time.monotonic()
        if event.event == "cell":
            self.cells[event.job] = event
        elif event.event in ("done", "failed"):
            self.cells.pop(event.job, None)
            self.done += 1
            self.failed += event.event == "failed"
            if self.lines:
                self.line(f"{'failed' if event.event == 'failed' else 'made'}  {self.labels[event.job]}")
        if self.live:
            self.draw()

    def line(self, text: str) -> None:
        """A line that stays."""
        self.clear()
        print(text, file=sys.stderr, flush=True)

    def draw(self) -> None:
        parts = [f"{self.labels[j]}: cell {e.index} of {e.of}" for j, e in sorted(self.cells.items())]
        if len(self.labels) > 1:
            parts.insert(0, f"{self.done} of {len(self.labels)} reports{self.left()}")
        text = "  ".join(parts)[: shutil.get_terminal_size().columns - 1]  # a line that wraps cannot be taken away
        print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)

    def left(self) -> str:
        """How long the rest will take, from what is done, reports under way counted by their cells."""
        done = self.done + sum((e.index - 1) / max(e.of, 1) for e in self.cells.values())
        if self.begun is None or not 0.5 <= done < len(self.labels):
            return ""
        return f", about {(time.monotonic() - self.begun) / done * (len(self.labels) - done):.0f} s left"

    def clear(self) -> None:
        """Take the changing line away."""
        if self.live:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
