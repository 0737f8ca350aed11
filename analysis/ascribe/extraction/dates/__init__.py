"""Date expressions and what they mean relative to a day."""

from ascribe.extraction.dates.expression import DateExpression
from ascribe.extraction.dates.find import find_dates, parse_dates
from ascribe.extraction.dates.windows import Window, text_windows, window, windows

__all__ = ["DateExpression", "Window", "find_dates", "parse_dates", "text_windows", "window", "windows"]
