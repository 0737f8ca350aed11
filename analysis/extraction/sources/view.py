"""A reading as flat lists, one item a token: what naming sources looks at, read from the parse once."""

from __future__ import annotations

import dataclasses

from analysis.language.reading import Reading

ENDS = frozenset((".", "!", "?", "…", ":", ";", "...", "\n"))
POSSESSIVES = frozenset(("'s", "’s", "”s", "'", "’"))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class View:
    """The tokens of a reading: their words, tags, syntactic heads, and the sentence that each stands in."""

    reading: Reading
    text: list[str]
    lower: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    sentence: list[int]
    sentences: list[int]
    """The first token of each sentence, and at the end the number of tokens."""

    @classmethod
    def of(cls, reading: Reading) -> View:
        doc = reading.doc
        text = [t.text for t in doc]
        firsts = {i for i, _ in reading.paragraphs} if len(doc) else set()
        # a sentence that the parser lets begin after no mark is none: names would be cut in two
        firsts |= {s.start for s in doc.sents if any(text[k] in ENDS for k in range(max(0, s.start - 3), s.start))}
        firsts = sorted(firsts)
        sentence, at = [], -1
        starts = set(firsts)
        for i in range(len(doc)):
            at += i in starts
            sentence.append(at)
        return cls(
            reading,
            text,
            [w.lower() for w in text],
            [t.tag_ for t in doc],
            [t.dep_ for t in doc],
            [t.head.i for t in doc],
            sentence,
            [*firsts, len(doc)],
        )

    def __len__(self) -> int:
        return len(self.text)

    def words(self, start: int, end: int) -> str:
        """The characters of tokens `[start, end)`, white space made single."""
        if start >= end:
            return ""
        s, e = self.reading.span((start, end))
        return " ".join(self.reading.text[s:e].split())

    def starts_sentence(self, i: int) -> bool:
        """Whether token `i` opens its sentence (or a quotation or a bracket that does)."""
        first = self.sentences[self.sentence[i]]
        return all(not self.text[k][0].isalnum() for k in range(max(first, i - 3), i)) and i - first <= 3

    def glued(self, i: int) -> bool:
        """Whether no white space stands between token `i` and the next."""
        return i + 1 < len(self.text) and self.reading.ends[i] == self.reading.starts[i + 1]
