"""What hostile shapes of text take: seconds and memory, each in a process of its own, under the limits of an article.

    python -m benchmarks.hostile [--size CHARACTERS] [--only SHAPE ...]

An article of any shape must come to an end: extracted, or named as too slow; and its process stays below a gigabyte.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys

MOST_MEMORY = 1000
"""Megabytes that no shape may take."""


def names(size: int) -> str:
    """Sentences, each of another person."""
    chance, parts = random.Random(7), []

    def name() -> str:
        return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(3)).capitalize()

    while sum(map(len, parts)) < min(size, 40_000):
        parts.append(f"{name()} {name()} said {chance.randrange(99)} people died. ")
    return "".join(parts)


PIECES = {
    "news": "At least 40 miners were killed in the collapse, Marisol Tane, the mayor of Orvan, said on Tuesday. ",
    "quoted": '"It is 12," he said. ', "never closed": '"It is 12, he said. ', "one letter": "a", "one digit": "7",
    "words": "word ", "brackets": "(", "quotes": "“", "numbers": "12 ", "numbers with commas": "12,", "shares": "12% ",
    "sums": "$12 million ", "ranges": "between 1 and 2 and ", "days": "on 12 March 2031 ", "tabs": "\t1",
    "rows": "12\t13\n", "semicolons": "12; ", "list": "- 12 killed\n", "lines": "x\n\n", "colons": "Name: 12\n",
    "reports": "said ", "addresses": "https://a.b/c?", 
    "bodies": "Ministry of ", "initials": "A. ", "dashes": "— ", "accents": "e\u0301",
    "emoji": "\U0001f642 ", "unseen": "\u200b", "returns": "\r", "tags": "<p>", "lowlines": "_",
}  # fmt: skip
MEASURE = """
import json, re, resource, sys, time
from pathlib import Path
from ascribe.articles import Article
from ascribe.extraction import extract_all
from ascribe.ledger import Ledger
text, said = sys.stdin.read(), []
begun = time.process_time()
ledger = Ledger.from_extractions(extract_all([Article.from_text(text)], on_error=said.append))
status = Path("/proc/self/status")  # a process's rusage holds what its parent had used when it was started
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
kilobytes = int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": round(time.process_time() - begun, 1), "megabytes": kilobytes // 1024,
                  "figures": len(ledger.figures), "named": [str(e) for e in said]}))
"""


def shape(name: str, size: int) -> str:
    """A text of a shape, of so many characters."""
    piece = names(size) if name == "names" else PIECES[name]
    return (piece * (size // len(piece) + 1))[:size]


def measured(name: str, size: int) -> dict[str, object]:
    """What extracting a text of a shape takes."""
    done = subprocess.run([sys.executable, "-c", MEASURE], input=shape(name, size), capture_output=True, text=True)
    if done.returncode:
        return {"seconds": 0.0, "megabytes": 0, "figures": 0, "named": [done.stderr.strip().splitlines()[-1]]}
    return json.loads(done.stdout)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", choices=["names", *PIECES])
    options = parser.parse_args(argv)
    worst = 0
    print(f"{'shape':20} {'characters':>10} {'seconds':>8} {'MB':>6} {'figures':>8}")
    for name in options.only or ["names", *PIECES]:
        found = measured(name, options.size)
        worst = max(worst, found["megabytes"])
        took = f"{found['seconds']:8.1f} {found['megabytes']:6} {found['figures']:8,}"
        print(f"{name:20} {options.size:10,} {took}  {'; '.join(found['named'])[:80]}", flush=True)
    print(f"at most {worst} MB")
    return int(worst > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
