"""The reviewer's page in JupyterLab: one figure or claim after another, its words in their context, by keyboard.

Built on anywidget: the page is a module of plain JavaScript beside this one, put together from texts alone, so that
nothing that an article says becomes markup. What is decided is written before the page says that it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import anywidget
import traitlets

from ascribe.errors import CorrectionError
from ascribe.extraction.records import (
    ACCUMULATIONS,
    BOUNDS,
    CATEGORIES,
    CREDITS,
    KINDS,
    LIKELIHOODS,
    POLARITIES,
)
from ascribe.reviewing.session import Session

HERE = Path(__file__).parent
CHOICES = {
    "bound": BOUNDS, "category": CATEGORIES, "credit": CREDITS, "accumulation": ACCUMULATIONS,
    "kind": KINDS, "polarity": POLARITIES, "likelihood": ("", *LIKELIHOODS),
}  # fmt: skip


class Page(anywidget.AnyWidget):
    """What the page shows (`card`, `progress`, `message`), and what it asks for (custom messages)."""

    _esm = HERE / "page.js"
    _css = HERE / "page.css"
    card = traitlets.Dict().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)
    message = traitlets.Unicode("").tag(sync=True)
    lists = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session) -> None:
        self.session, self.places = session, {}
        lists = {name: list(words) for name, words in CHOICES.items()} | {"sources": session.names}
        super().__init__(lists=lists)
        self.on_msg(lambda _, content, __: self.asked(content))
        self.show()

    @property
    def at(self) -> int:
        """The place in the queue of what is shown; of each table its own."""
        return self.places.setdefault(self.session.table, self.session.unseen())

    @at.setter
    def at(self, place: int) -> None:
        self.places[self.session.table] = place

    def asked(self, content: Mapping[str, object]) -> None:
        """Do what the page asks for, say what is wrong with it, and show what comes then."""
        try:
            said = self.do(str(content.get("do")), content)
        except CorrectionError as e:
            self.message = f"Not written. {e}"
            return
        self.show(said)

    def do(self, what: str, content: Mapping[str, object]) -> str:
        """One request; gives what is to be said. Raises CorrectionError."""
        session, reason = self.session, str(content.get("reason") or "").strip() or None
        if what == "next":
            self.at = min(self.at + 1, len(session.queue) - 1)
        elif what == "back":
            self.at = max(self.at - 1, 0)
        elif what == "turn":
            session.table = "claims" if session.table == "figures" else "figures"
        elif what == "undo":
            return self.undo()
        elif what in ("accept", "reject", "edit", "merge", "add") and session.queue:
            row_id = session.queue[self.at]
            if content.get("row_id") != row_id:  # asked for before the page had the next one
                return "That key came too soon: nothing was decided."
            return self.decide(what, row_id, content, reason)
        return ""

    def decide(self, what: str, row_id: str, content: Mapping[str, object], reason: str | None) -> str:
        """Write a decision and go on; an edited row stays, to be accepted or edited further."""
        if what == "edit":
            n = self.session.edit(row_id, dict(content.get("cells") or {}), reason)
            return f"{n} cell{'s' * (n != 1)} corrected." if n else "Nothing was changed."
        if what == "merge":
            old, new = str(content.get("old") or ""), str(content.get("new") or "")
            self.session.merge(old, new, row_id, reason)
            return f"{old} is {new} from now on, in all its mentions."
        if what == "add":
            start, end = (self.card["begins"] + int(content[name]) for name in ("start", "end"))
            self.session.add(row_id, (start, end), dict(content.get("cells") or {}), reason)
            return "Added."
        (self.session.accept if what == "accept" else self.session.reject)(row_id, reason)
        self.at = self.session.unseen(self.at)
        return "Accepted." if what == "accept" else "Rejected."

    def undo(self) -> str:
        """Take back the last decision and show its row."""
        row_id = self.session.undo()
        if row_id is None:
            return "There is nothing to undo in this session."
        self.at = self.session.queue.index(row_id)
        return "Taken back."

    def show(self, said: str = "") -> None:
        """Put the present figure or claim on the page."""
        queue = self.session.queue
        card = self.session.card(queue[self.at]) | {"at": self.at} if queue else {"table": self.session.table}
        with self.hold_sync():
            self.card, self.progress, self.message = card, self.session.progress(), said
