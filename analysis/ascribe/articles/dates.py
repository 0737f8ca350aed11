"""Dates of publication as files write them. What could be read in two ways is not read."""

from __future__ import annotations

import datetime as dt
import email.utils
import re

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
TIME = r"[T ]\s?\d{1,2}:\d{2}[\d:.,]*\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:{TIME})?", re.I | re.A)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.A)
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+(\d{4})", re.A)
MONTH_FIRST = re.compile(r"([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.A)


def parse(value: object) -> dt.date | None:
    """A date from a date, a datetime or its words; None where there is none.

    Takes ISO 8601 ("2022-12-05", with or without a time of day, whose own day it keeps), "5 December 2022",
    "Dec. 5, 2022". Raises ValueError for anything else: "05/12/2022" has two readings.
    """
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    words = str(value).strip()
    if not words:
        return None
    if m := ISO.fullmatch(words) or COMPACT.fullmatch(words):
        return dt.date(*map(int, m.groups()))
    if m := DAY_FIRST.fullmatch(words):
        day, month, year = m.groups()
    elif m := MONTH_FIRST.fullmatch(words):
        month, day, year = m.groups()
    else:
        raise ValueError(f"{words[:40]!r} is not a date that can be read in one way only")
    numbers = [i for i, name in enumerate(MONTHS, start=1) if len(month) > 2 and name.startswith(month.lower())]
    if not numbers:
        raise ValueError(f"{month[:20]!r} is not a month")
    return dt.date(int(year), numbers[0], int(day))


def parse_header(value: str | None) -> dt.date | None:
    """The day of an e-mail's Date header, in the sender's own time zone; None where it cannot be read."""
    try:
        return email.utils.parsedate_to_datetime(str(value)).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
