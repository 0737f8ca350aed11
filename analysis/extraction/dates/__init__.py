"""Date expressions and what they mean relative to a day."""

from analysis.extraction.dates.expression import DateExpression
from analysis.extraction.dates.find import find_dates, parse_dates

__all__ = ["DateExpression", "find_dates", "parse_dates"]
