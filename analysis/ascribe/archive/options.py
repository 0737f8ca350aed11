"""What an extraction over many articles is asked."""

from __future__ import annotations

import dataclasses
import datetime as dt

from ascribe.limits import DEFAULT, Limits


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """How articles are extracted into a data set.

    `jobs`: processes that extract at once. `add`: keep the articles that the ledger holds and the inputs do not name.
    `published` dates the articles that do not say when they were published; `parties` is a table of who is who laid
    over the package's; `pipeline` names another spaCy pipeline; `limits` bound what one article may take.
    """

    jobs: int = 1
    add: bool = False
    published: dt.date | None = None
    parties: str | None = None
    pipeline: str | None = None
    limits: Limits = DEFAULT
