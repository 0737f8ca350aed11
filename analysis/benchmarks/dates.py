"""How well dates are found and resolved, measured as the field does.

MEANTIME (120 English news articles, TIMEX3): extents by relaxed match, as TempEval-3 scored them: a found expression
and an annotated one match where they share a character, each matching once, in text order. Extent F1 counts the
matches; value F1 counts those whose TIMEX3 values are the same string, over all that were found (precision) and all
that are annotated (recall). All annotations count, those with vague values and those that no system finds too.

Microsoft Recognizers-Text's specifications (single sentences, mostly requests to an assistant): of the annotated
expressions of the kinds that are one here as there (days, calendar periods, durations, sets; no times of day and no
spans between two dates, which are two expressions here), the share found with the right meaning: the days covered
equal one of the readings allowed, or the value is the same string, an X of theirs standing for any digit.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

from ascribe.extraction.dates.expression import DateExpression
from ascribe.extraction.dates.find import parse_dates

KINDS = ("date", "daterange", "duration", "set")


def measure(shared: Path) -> dict[str, float]:
    """Scores on the corpora below `shared/corpora/time`, in percent; those whose file is missing are left out."""
    folder, found = Path(shared) / "corpora" / "time", {}
    if (path := folder / "time_meantime_en.jsonl").exists():
        found |= meantime(path)
    if (path := folder / "time_msr_DateTimeModel.jsonl").exists():
        found |= specifications(path)
    return found


def records(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def meantime(path: Path) -> dict[str, float]:
    """Extent F1 and value F1 on MEANTIME."""
    annotated = found = extents = values = 0
    for record in records(path):
        dates = parse_dates(record["text"], dt.date.fromisoformat(record["dct"]))
        annotated += len(record["timexes"])
        found += len(dates)
        for date, timex in matches(dates, record["timexes"]):
            extents += 1
            values += date.value == timex["value"]
    return {
        "meantime_extent_f1": round(200 * extents / (annotated + found), 1),
        "meantime_value_f1": round(200 * values / (annotated + found), 1),
        "meantime_value_precision": round(100 * values / found, 1),
        "meantime_value_recall": round(100 * values / annotated, 1),
    }


def matches(dates: list[DateExpression], timexes: list[dict]) -> list[tuple[DateExpression, dict]]:
    """Pairs that share a character, each date and each timex at most once."""
    pairs, left = [], list(dates)
    for timex in sorted(timexes, key=lambda t: t["span"]):
        start, end = timex["span"]
        date = next((d for d in left if d.start < end and start < d.end), None)
        if date is not None:
            left.remove(date)
            pairs.append((date, timex))
    return pairs


def specifications(path: Path) -> dict[str, float]:
    """The share of the specifications' expressions found with the right meaning."""
    right = total = 0
    for record in records(path):
        timexes = [t for t in record["timexes"] if t["type"] in KINDS and not (t["value"] or "(").startswith("(")]
        total += len(timexes)
        anchor = dt.date.fromisoformat(record["dct"]) if record["dct"] else None
        dates = parse_dates(record["text"], anchor)
        right += sum(same_meaning(d, t) for d, t in matches(dates, timexes))
    return {"msr_datetime_right": round(100 * right / total, 1)}


def same_meaning(date: DateExpression, timex: dict) -> bool:
    for reading in timex.get("values") or [{"timex": timex["value"]}]:
        if date.value is not None and date.value == reading.get("value"):
            return True
        timex_value = reading.get("timex") or ""
        if date.value and re.fullmatch(re.escape(timex_value).replace("X", "[0-9X]"), date.value):
            return True
        if date.days and {"start", "end"} <= reading.keys():
            # its ends are exclusive
            end = (
                dt.date.fromisoformat(reading["end"]) - dt.timedelta(days=1) if reading["end"] > "0001-01-01" else None
            )
            if (date.first.isoformat(), date.last) == (reading["start"], end):
                return True
    return False
