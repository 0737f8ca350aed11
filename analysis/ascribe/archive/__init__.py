"""Articles by the hundred thousand: extracted by many processes, stopped and taken up again, kept as a data set."""

from ascribe.archive.options import Options
from ascribe.archive.running import Summary, extract_archive

__all__ = ["Options", "Summary", "extract_archive"]
