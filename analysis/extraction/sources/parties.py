"""Which side somebody speaks for, from the words of a name: countries, peoples, capitals that speak."""

from __future__ import annotations

import re

from analysis.extraction.sources import words as lexicon

WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")


def party_of(name: str | None) -> str | None:
    """The country or side that a name speaks for or belongs to ("Russian army": Russia); None where nothing tells."""
    found = [w.lower() for w in WORD.findall(re.sub(r"['’]s\b", "", name or ""))]
    for length in (4, 3, 2, 1):
        for k in range(len(found) - length + 1):
            words = " ".join(found[k : k + length])
            for table in (lexicon.countries(), lexicon.demonyms(), lexicon.seats()):
                if words in table or words.rstrip(".") in table:
                    return table.get(words) or table[words.rstrip(".")]
    return None
