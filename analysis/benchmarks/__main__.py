"""`make bench`: what the package reaches, measured, beside the last recorded run.

    python -m benchmarks SHARED [--only ROOM ...] [--record]

SHARED is the folder with the annotated articles, the corpora and the reference series. Each room measures itself
(a module of its name, `measure(shared) -> dict`); here the measures are printed, each with what it was in the last
recorded run (`record.json`), and recorded anew with `--record`. Timings on shared machines are noise: look at ratios.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMS = {
    "language": "benchmarks.language",
    "extraction": "benchmarks.extraction",
    "sources": "benchmarks.sources",
    "figures": "benchmarks.figures",
    "dates": "benchmarks.dates",
    "findings": "benchmarks.findings",
    "events": "benchmarks.events",
    "publishing": "benchmarks.publishing",
}
# What the README shows of the recorded run: room, measure, what it is, and what its number counts in.
SHOWN = (
    (
        "extraction",
        "blind.figures_credited.p",
        "Of the figures credited to somebody, rightly credited (57 blind articles)",
        "%",
    ),
    ("extraction", "blind.figures_credited.r", "… of those that the article credits, rightly credited", "%"),
    ("extraction", "blind.figures_category.f", "… value, bounds and category right (F1)", "%"),
    ("extraction", "blind.figures_full.f", "… all of it right (F1)", "%"),
    ("extraction", "blind.attr_half.f", "Claims: source, cue and content (F1, the same articles)", "%"),
    ("extraction", "publishers.figures_credited.p", "Rightly credited, of those credited (18 newspaper articles)", "%"),
    ("extraction", "publishers.figures_full.f", "… all of a figure right (F1)", "%"),
    ("extraction", "publishers.attr_half.f", "… claims (F1)", "%"),
    ("extraction", "dev.figures_full.f", "All of a figure right (F1, 13 articles that were looked at)", "%"),
    ("extraction", "dev.attr_half.f", "… claims (F1)", "%"),
    ("extraction", "polnear_dev.attr_half.f", "Claims in US political news (F1, 84 articles of PolNeAR)", "%"),
    ("dates", "meantime_value_f1", "Dates: value (F1, MEANTIME)", "%"),
    ("language", "pud-test LAS", "Parse: LAS (UD English PUD, from raw text)", "share"),
    ("extraction", "blind.words_a_second", "Words a second on one core, from text to claims and figures", "count"),
)
RECORD = Path(__file__).with_name("record.json")


def flat(measures: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Nested measures as (dotted name, value), in order."""
    for name, value in measures.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def lines(room: str, measures: dict[str, object], before: dict[str, object]) -> Iterator[str]:
    """The room's measures as lines: name, value, and the change since the recorded run."""
    yield room
    known = dict(flat(before))
    for name, value in flat(measures):
        old = known.get(name)
        change = ""
        if isinstance(value, (int, float)) and isinstance(old, (int, float)) and value != old:
            change = f"   was {old:g}, {value - old:+.3g}"
        yield f"  {name:58s} {value:g}{change}" if isinstance(value, (int, float)) else f"  {name:58s} {value}"


def markdown() -> str:
    """The recorded run as the README's table. Raises KeyError where a measure was not recorded."""
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    rows = ["| measure | reached |", "|---|---|"]
    for room, name, label, unit in SHOWN:
        value = dict(flat(recorded[room]))[name]
        shown = {"%": f"{value:.1f}", "share": f"{100 * value:.1f}", "count": f"{value:,.0f}"}[unit]
        rows.append(f"| {label} | {shown} |")
    return "\n".join(rows)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--only", nargs="+", choices=ROOMS, default=list(ROOMS), metavar="ROOM")
    parser.add_argument("--record", action="store_true", help="make this the run that later ones are compared with")
    given = parser.parse_args(argv)
    if not given.shared.is_dir():
        parser.error(f"{given.shared}: no such folder; say where the data is: make bench SHARED=path")
    recorded = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.is_file() else {}
    for room in given.only:
        measures = importlib.import_module(ROOMS[room]).measure(given.shared)
        print(*lines(room, measures, recorded.get(room, {})), sep="\n", flush=True)
        recorded[room] = measures
    if given.record:
        RECORD.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
