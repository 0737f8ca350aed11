"""What goes wrong, as one tree.

    AscribeError                 anything this package reports to its user
    ├── ArticleError             one input cannot be read; the other articles go on
    ├── PipelineError            the language pipeline is missing or of the wrong kind
    ├── LexiconError             a table of words or names does not hold what it must
    ├── LedgerError              a ledger's tables are missing or do not fit their schema
    ├── CorrectionError          a person's decision cannot be read or carried out
    ├── SeriesError              a reference series cannot be loaded or contradicts itself
    ├── ParameterError           a notebook was given parameters that it does not take
    ├── NotebookError            a cell of a notebook failed
    └── RenderError              an executed notebook cannot be turned into HTML or PDF

Every message names the file and, where there is one, the place in it, and says what to do next. The command line prints
the message alone, without a traceback, and exits with `exit_code`.
"""

from __future__ import annotations


class AscribeError(Exception):
    """Anything that this package reports to its user."""

    exit_code = 1


class ArticleError(AscribeError):
    """One input cannot be read.

    `path` is the file as the user gave it (with the place inside, for a container: `news.jsonl:12`), `reason` says what
    is wrong.
    """

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"{path}: {reason}")

    def __reduce__(self) -> tuple:  # so that it can come from another process
        return type(self), (self.path, self.reason)


class PipelineError(AscribeError):
    """The language pipeline is missing or of the wrong kind."""


class LexiconError(AscribeError):
    """A table of words or names does not hold what it must."""


class LedgerError(AscribeError):
    """A ledger's tables are missing or do not fit their schema."""


class CorrectionError(AscribeError):
    """A person's decision cannot be read or carried out. The message names the file and the line."""


class SeriesError(AscribeError):
    """A reference series cannot be loaded or contradicts itself."""


class ParameterError(AscribeError):
    """A notebook was given parameters that it does not take."""

    exit_code = 2


class NotebookError(AscribeError):
    """A cell of a notebook failed."""


class RenderError(AscribeError):
    """An executed notebook cannot be turned into HTML or PDF."""
