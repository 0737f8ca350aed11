"""Where the treebanks differ from each other, what the guidelines of Universal Dependencies say.

Numbers are what the extractor reads first, and on these two the treebanks are at odds:

- a year before a noun (`the 1998 election`) says which, not how many: it is a `compound`, as GUM mostly has it, not the
  `nummod` that EWT mostly has;
- `forty thousand dollars`: `thousand` is the `nummod` of `dollars` and `forty` the `compound` of `thousand`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from training.parser.treebank import Sentence, Word

# 2000 and the like are left alone: they count as often as they date.
YEAR = re.compile(r"(1[89]\d[1-9]|19\d0|20[0-4][1-9]|20[1-4]0)")
MAGNITUDES = frozenset({"hundred", "thousand", "million", "billion", "trillion"})


def harmonised(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences, with numbers labelled as the guidelines say."""
    for sentence in sentences:
        words = [_harmonised(i, word, sentence.words) for i, word in enumerate(sentence.words)]
        yield dataclasses.replace(sentence, words=words)


def _harmonised(i: int, word: Word, words: list[Word]) -> Word:
    if word.dep == "nummod" and word.head > i and word.tag == "CD":
        head = words[word.head]
        dated = YEAR.fullmatch(word.form) and head.pos in {"NOUN", "PROPN"}
        if dated or (head.tag == "CD" and head.form.lower() in MAGNITUDES):
            return dataclasses.replace(word, dep="compound")
    return word
