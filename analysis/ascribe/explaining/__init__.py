"""Why a figure reads as it does: for each of its cells what decided it, and where that is to be changed.

`explain(article, "40")` extracts the article once more and watches: nothing is kept for it in an ordinary run.
"""

from ascribe.explaining.explanation import Explanation, Reason
from ascribe.explaining.figure import explain

__all__ = ["Explanation", "Reason", "explain"]
