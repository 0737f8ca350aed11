"""Silver trees: raw text, read by the pipeline's own tokenizer and annotated by the teacher."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from ascribe.articles.article import Article
from ascribe.language.lemmatizer import learn
from ascribe.language.paragraphs import paragraphs, units
from ascribe.language.reading import tokenize
from spacy.language import Language

from training.parser.treebank import Sentence

LONGEST = 1_200
"""Characters annotated at once: what the teacher's 512 word pieces hold."""


class Annotator(Protocol):
    """Whoever makes trees for words: `teacher.Teacher`."""

    def annotate(self, texts: Sequence[Sequence[tuple[str, bool]]]) -> list[list[Sentence]]: ...


def raw_texts(treebanks: Path) -> Iterator[str]:
    """Texts to annotate, beside the treebanks: `../names/open-train.jsonl` and `../unlabelled/*.jsonl`, if there."""
    folder = treebanks.parent
    for path in (folder / "names" / "open-train.jsonl", *sorted((folder / "unlabelled").glob("*.jsonl"))):
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                yield json.loads(line)["text"]


class Known:
    """Sentences that may not be in the text: those of the treebanks, whose trees are known or must stay unknown."""

    START = 24

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.by_start: dict[str, list[str]] = {}
        for sentence in sentences:
            bare = squeezed(word.form for word in sentence.words)
            if len(bare) >= self.START:
                self.by_start.setdefault(bare[: self.START], []).append(bare)

    def holds(self, words: Iterable[str]) -> bool:
        """Whether one of the sentences is in these words, however they are divided and marked."""
        bare = squeezed(words)
        return any(
            bare.startswith(sentence, at)
            for at in range(len(bare) - self.START + 1)
            for sentence in self.by_start.get(bare[at : at + self.START], ())
        )


def squeezed(words: Iterable[str]) -> str:
    """Letters and digits alone."""
    return "".join(c for word in words for c in word.lower() if c.isalnum())


def pieces(texts: Iterable[str], known: Known, nlp: Language) -> Iterator[list[tuple[str, bool]]]:
    """The words of each paragraph, and whether a blank follows, without the paragraphs that hold what is known."""
    for text in texts:
        article = Article.from_text(text)
        for paragraph in paragraphs(article.text, *article.body):
            for start, end in units(article.text, *paragraph, longest=LONGEST):
                doc = tokenize(nlp, article.text, start, end)[0]
                words = [(token.text, bool(token.whitespace_)) for token in doc]
                if words and not known.holds(form for form, _ in words):
                    yield words


def annotated(
    annotator: Annotator,
    texts: Sequence[Sequence[tuple[str, bool]]],
    gold: Sequence[Sentence],
    batch: int = 32,
    log: Callable[[str], None] = print,
) -> list[Sentence]:
    """Silver sentences; their lemmas come from the tables learned from `gold`."""
    lemmatizer = learn((w.tag, w.form, w.lemma) for s in gold for w in s.words)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found: list[list[Sentence]] = [[] for _ in texts]
    for first in range(0, len(order), batch):
        chunk = order[first : first + batch]
        for i, sentences in zip(chunk, annotator.annotate([texts[i] for i in chunk]), strict=True):
            found[i] = sentences
    for i, sentences in enumerate(found):
        for sentence in sentences:
            sentence.document, sentence.paragraph = f"silver-{i}", i
            for word in sentence.words:
                word.lemma = lemmatizer.lemma(word.tag, word.form)
    made = list(itertools.chain.from_iterable(found))
    log(f"silver: {len(made)} sentences, {sum(len(s.words) for s in made)} words")
    return made
