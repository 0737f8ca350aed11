"""A reading as flat lists, one item a token: what naming sources looks at, read from the parse once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from ascribe.extraction.sources import words as lexicon
from ascribe.language.reading import Reading

POSSESSIVES = frozenset(("'s", "’s", "”s", "'", "’"))
ENDS = frozenset((".", "!", "?", "…", ":", ";", "..."))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
HYPHENS = frozenset(("-", "–", "‑"))


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
    headline: list[bool]
    """Whether a sentence is set like a headline, nearly every word with a capital."""
    hyphened: list[bool]
    """Whether a hyphen that joins two words stands at the token ("commander-in-chief")."""

    @classmethod
    def of(cls, reading: Reading) -> View:
        doc = reading.doc
        text = [t.text for t in doc]
        starts = {i for i, _ in reading.paragraphs} if len(doc) else set()
        # a sentence that the parser lets begin after no mark is none: names would be cut in two
        starts |= {s.start for s in doc.sents if _ended(text, s.start) and not _shortened(text, s.start)}
        sentence, at = [], -1
        for i in range(len(text)):
            at += i in starts
            sentence.append(at)
        tag = _names_again(text, [t.tag_ for t in doc], starts)
        hyphened = [
            w in HYPHENS and 0 < i < len(text) - 1 and reading.ends[i - 1] == reading.starts[i] and
            reading.ends[i] == reading.starts[i + 1] for i, w in enumerate(text)
        ]  # fmt: skip
        return cls(
            reading, text, [w.lower() for w in text], tag, [t.dep_ for t in doc],
            [t.head.i for t in doc], sentence, [*sorted(starts), len(text)], _headlines(text, tag, sentence), hyphened,
        )  # fmt: skip

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
        return i - first <= 3 and all(not self.text[k][0].isalnum() for k in range(first, i))

    def glued(self, i: int) -> bool:
        """Whether no white space stands between token `i` and the next."""
        return i + 1 < len(self.text) and self.reading.ends[i] == self.reading.starts[i + 1]

    def quoted(self, at: int) -> bool:
        """Whether a quotation mark opens at the character `at` or right before it."""
        return any(c in '"“‘„«' for c in self.reading.text[max(0, at - 1) : at + 1])

    # -- roles ------------------------------------------------------------------------------------------------------

    def first_of(self, last: int) -> int:
        """Where the word that ends at token `last` begins: what hyphens join is one word."""
        while last >= 2 and self.hyphened[last - 1]:
            last -= 2
        return last

    def noun(self, last: int) -> str:
        """The word that ends at token `last`, lower case: "commander-in-chief"."""
        return "".join(self.lower[self.first_of(last) : last + 1]).rstrip(".")

    def roles_to(self, last: int, first: int = 0) -> Iterator[tuple[int, str, lexicon.Role]]:
        """The role nouns that end at token `last` and begin no earlier than `first`, longest first: where each begins,
        its words, its role ("foreign minister", "minister")."""
        starts, k = [], last
        while k >= first and len(starts) < 4:
            begin = self.first_of(k)
            k = begin if begin >= first else k
            starts.append(k)
            k -= 1
            if k >= 0 and self.text[k] == "." and k > first:  # "Lt. Gen."
                k -= 1
        for start in reversed(starts):
            words = "".join(self.lower[k] + ("" if self.glued(k) else " ") for k in range(start, last + 1)).strip()
            if found := lexicon.role(words.replace(".", "").strip()):
                yield start, words.replace(".", "").strip(), found

    def role_to(self, last: int, first: int = 0) -> lexicon.Role | None:
        """The role of the longest role noun that ends at token `last`."""
        return next((role for _, _, role in self.roles_to(last, first)), None)


def _ended(text: list[str], start: int) -> bool:
    """Whether a mark that ends a sentence stands before token `start`, quotation marks and brackets aside."""
    for k in range(start - 1, max(-1, start - 4), -1):
        if text[k] in ENDS:
            return True
        if text[k][0].isalnum():
            return False
    return False


def _shortened(text: list[str], start: int) -> bool:
    """Whether the full stop before token `start` is a title's, not a sentence's: "Maj. Tane"."""
    if start < 2 or text[start - 1] != "." or not (text[start - 2][0].isupper() and len(text[start - 2]) <= 5):
        return False
    role = lexicon.role(text[start - 2].lower())
    return role is not None and role.cls == "person"


def _names_again(text: list[str], tag: list[str], starts: set[int]) -> list[str]:
    """The tags, where a capitalised noun amid a sentence is in a name if it is in one elsewhere: "The Courier"."""
    known = {w for w, t in zip(text, tag, strict=True) if t == "NNP"}
    return [
        "NNP" if t == "NN" and w[:1].isupper() and w in known and i not in starts else t
        for i, (w, t) in enumerate(zip(text, tag, strict=True))
    ]


def _headlines(text: list[str], tag: list[str], sentence: list[int]) -> list[bool]:
    """For each sentence, whether it is a headline: nearly all its words of four letters and more have a capital, and
    so have a verb or two words that the article elsewhere writes small."""
    small = {w for w in text if w.islower()}
    counts = [[0, 0, 0] for _ in range(sentence[-1] + 1)] if sentence else []
    last = -1
    for word, pos, at in zip(text, tag, sentence, strict=True):
        if len(word) > 3 and word.isalpha():
            large = word[0].isupper()
            counts[at][0] += 1
            counts[at][1] += large
            if large and at == last:
                counts[at][2] += 2 * (pos in ("VBD", "VBZ", "VBP")) or word.lower() in small
        last = at
    return [words >= 5 and capitals >= 0.8 * words and odd >= 2 for words, capitals, odd in counts]
