"""Universal Dependencies treebanks: CoNLL-U in, spaCy Docs out.

The text of a Doc is the natural text of the treebank (`don't`, not `do n't`): the forms and `SpaceAfter` of the words
and multi-word tokens are laid over each other, so that spaCy's own tokenizer meets in training what it meets at work.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

from ascribe.errors import PipelineError
from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclasses.dataclass(slots=True)
class Word:
    """A syntactic word. `head` is an index in its sentence (the root's is its own), `space` says if a blank follows."""

    form: str
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str
    space: bool


@dataclasses.dataclass(slots=True)
class Sentence:
    """One sentence of a treebank; `document` and `paragraph` tell which sentences belong together."""

    words: list[Word]
    document: str
    paragraph: int

    def copy(self) -> Sentence:
        return Sentence([dataclasses.replace(w) for w in self.words], self.document, self.paragraph)


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of one CoNLL-U file.

    A document starts at `# newdoc`; where a file has none, the `sent_id` up to its last hyphen stands for it.
    """
    document, paragraph, block = "", 0, []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], 1):
        if line.startswith("# newdoc"):
            document, paragraph = line.partition("=")[2].strip() or f"{path.stem}-{number}", paragraph + 1
        elif line.startswith("# newpar"):
            paragraph += 1
        elif line.strip() and not line.startswith("#"):
            block.append(line.split("\t"))
        elif block and not line.strip():
            try:
                yield Sentence(_words(block), document, paragraph)
            except (IndexError, ValueError, KeyError) as error:
                raise PipelineError(f"{path}: the sentence before line {number} is not CoNLL-U ({error!r})") from error
            block = []


def _words(block: list[list[str]]) -> list[Word]:
    rows, fused = [], {}
    for row in block:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            fused[last] = (first, row[1], "SpaceAfter=No" not in row[9])
        elif "." not in row[0]:
            rows.append(row)
    index = {row[0]: i for i, row in enumerate(rows)}
    words = [
        Word(
            form=row[1].replace(" ", "\u00a0"),
            lemma=row[2],
            pos=row[3],
            tag=row[4],
            head=i if row[6] == "0" else index[row[6]],
            dep="ROOT" if row[7] == "root" else row[7],
            space="SpaceAfter=No" not in row[9],
        )
        for i, row in enumerate(rows)
    ]
    for last, (first, surface, space) in fused.items():
        part = words[first - 1 : last]
        if "".join(w.form for w in part) != surface:
            _lay(part, surface)
        for word in part[:-1]:
            word.space = False
        part[-1].space = space
    return words


def _lay(part: list[Word], surface: str) -> None:
    """Give the words of a multi-word token the characters of its surface (`don’t` over `do`, `n't`)."""
    start = 0
    for k, word in enumerate(part):
        left = len(part) - 1 - k
        end = len(surface) - left if k == len(part) - 1 else min(start + len(word.form), len(surface) - left)
        word.form = surface[start : max(end, start + 1)] or word.form
        start = max(end, start + 1)


def to_doc(vocab: Vocab, group: Iterable[Sentence]) -> Doc:
    """One gold Doc of sentences that follow each other, a space between them."""
    words, spaces, heads, starts = [], [], [], []
    every = []
    for sentence in group:
        offset = len(words)
        for i, word in enumerate(sentence.words):
            every.append(word)
            words.append(word.form)
            spaces.append(word.space or i == len(sentence.words) - 1)
            heads.append(offset + word.head)
            starts.append(i == 0)
    spaces[-1:] = [False] * len(spaces[-1:])
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        pos=[w.pos for w in every],
        tags=[w.tag for w in every],
        lemmas=[w.lemma for w in every],
        heads=heads,
        deps=[w.dep for w in every],
        sent_starts=starts,
    )
