"""Proper names of persons, organisations and places.

Runs of capitalised words propose every stretch of theirs as a name; a linear model, learned from open data, weighs each
stretch as person, organisation, place or no name, and the best cover of the run is taken. The features are the words,
their tags and what stands around them, hashed.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy
from spacy.tokens import Doc

from ascribe.errors import PipelineError
from ascribe.extraction.lexicons import rows
from ascribe.language.reading import Reading

LABELS = ("", "PER", "ORG", "LOC")
BUCKETS = 1 << 16
WEIGHTS = Path(__file__).parent / "model" / "names.npy"
FAVOUR = 0.0
"""Added to a name's score over that of being none: what the open data leave unmarked is too often a name."""
LONGEST = 8
LONGEST_RUN = 24
LINKS = frozenset(
    {"of", "for", "de", "da", "do", "del", "della", "la", "el", "al", "bin", "ibn", "van", "von", "der", "den"}
)
LINKS |= {"and", "&", "-", "'s", "’s", "the", "on", "di", "du", "des", "y", "e", "’", "'", "."}
PROPER = frozenset({"NNP", "NNPS"})


def names(reading: Reading) -> list[tuple[int, int, str]]:
    """The names of a reading in text order: token ranges `(i, j, label)`, the label PER, ORG or LOC."""
    weights = _weights()
    doc = reading.doc
    found: list[tuple[int, int, str]] = []
    for start, end in runs(doc):
        found += _cover(doc, start, end, weights)
    return found


def runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches that may hold names: words that begin with a capital or are tagged as names, and links between them."""
    start = last = None
    for token in doc:
        likely = token.tag_ in PROPER or (
            token.text[:1].isupper() and not (token.is_sent_start and token.pos_ in CLOSED)
        )
        link = token.lower_ in LINKS
        broken = start is not None and (token.is_sent_start or token.i - start >= LONGEST_RUN)
        if start is not None and (broken or not (likely or link) or token.i - last > 3):
            yield start, last + 1
            start = last = None
        if likely:
            start, last = (token.i if start is None else start), token.i
    if start is not None:
        yield start, last + 1


CLOSED = frozenset({"DET", "PRON", "ADP", "SCONJ", "CCONJ", "AUX", "ADV", "INTJ", "PART", "PUNCT"})


def stretches(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every stretch of a run that begins and ends with a word that is no link."""
    for i in range(start, end):
        if doc[i].lower_ not in LINKS or doc[i].tag_ in PROPER:
            for j in range(i + 1, min(i + LONGEST, end) + 1):
                if doc[j - 1].lower_ not in LINKS or doc[j - 1].tag_ in PROPER:
                    yield i, j


def features(doc: Doc, i: int, j: int) -> list[int]:
    """The hashed features of the stretch `[i, j)`."""
    words = [doc[k] for k in range(i, j)]
    before = doc[i - 1].lower_ if i and not doc[i].is_sent_start else "<s>"
    before2 = doc[i - 2].lower_ if i > 1 and not doc[i].is_sent_start and not doc[i - 1].is_sent_start else "<s>"
    after = doc[j].lower_ if j < len(doc) and not doc[j].is_sent_start else "</s>"
    tag_before = doc[i - 1].tag_ if before != "<s>" else "<s>"
    tag_after = doc[j].tag_ if after != "</s>" else "</s>"
    root = next((w for w in words if not i <= w.head.i < j), words[-1])
    first, last, size = words[0], words[-1], min(j - i, 5)
    text = " ".join(w.lower_ for w in words)
    tags = " ".join(w.tag_ for w in words)
    shapes = " ".join(_shape(w.text) for w in words)
    out = [
        "bias",
        f"n {size}",
        f"t {text}",
        f"f {first.lower_}",
        f"l {last.lower_}",
        f"tags {tags}",
        f"sh {shapes}",
        f"b {before}",
        f"b2 {before2} {before}",
        f"a {after}",
        f"tb {tag_before} {size}",
        f"ta {tag_after} {size}",
        f"tt {tag_before} {tags} {tag_after}",
        f"s3 {last.lower_[-3:]}",
        f"s4 {last.lower_[-4:]}",
        f"fs3 {first.lower_[-3:]} {size}",
        f"d {root.dep_} {size}",
        f"h {root.dep_} {root.head.lemma_}",
        f"hp {root.head.pos_} {root.dep_}",
        f"fb {first.lower_} {before}",
        f"la {last.lower_} {after}",
        f"ss {first.is_sent_start} {first.tag_}",
    ]
    out += [f"w {w.lower_}" for w in words]
    out += [f"in {kind} {size}" for kind in lists().get(text, ())]
    out += [f"first in {kind} {size}" for kind in lists().get(first.lower_, ())]
    out += [f"last in {kind} {size}" for kind in lists().get(last.lower_, ())]
    out += [f"after {kind}" for kind in lists().get(before, ())]
    out += [f"link {w.lower_} {size}" for w in words if w.lower_ in LINKS]
    return [zlib.crc32(feature.encode()) % BUCKETS for feature in out]


@functools.cache
def lists() -> dict[str, tuple[str, ...]]:
    """What the package's tables know of a word or name in small letters: a given name, a place, a body, a role."""
    known: dict[str, set[str]] = {}
    for row in rows("given_names"):
        known.setdefault(row["name"].lower(), set()).add("given name")
    for row in rows("countries"):
        for name in (row["name"], *row["aliases"].split("|"), *row["seats"].split("|")):
            known.setdefault(name.lower(), set()).add("place")
    for row in rows("parties"):
        for name in (row["name"], *row["aliases"].split("|")):
            known.setdefault(name.lower(), set()).add("body")
    for row in rows("roles"):
        known.setdefault(row["noun"].lower(), set()).add(f"role of a {row['class']}")
    known.pop("", None)
    return {name: tuple(sorted(kinds)) for name, kinds in known.items()}


def _shape(text: str) -> str:
    if text.isupper():
        return "X" if len(text) == 1 else "XX"
    if text[:1].isupper():
        return "Xx" if text[1:].islower() else "XxX"
    return "x" if text.isalpha() else ("d" if text[:1].isdigit() else "p")


def _cover(doc: Doc, start: int, end: int, weights: numpy.ndarray) -> list[tuple[int, int, str]]:
    """The set of stretches without overlap whose scores, each above that of being no name, sum to most."""
    best: list[float] = [0.0] * (end - start + 1)
    back: list[tuple[int, str] | None] = [None] * (end - start + 1)
    by_end: dict[int, list[tuple[int, float, str]]] = {}
    for i, j in stretches(doc, start, end):
        scores = weights[features(doc, i, j)].sum(axis=0)
        k = int(scores[1:].argmax()) + 1
        margin = float(scores[k] - scores[0]) + FAVOUR
        if margin > 0:
            by_end.setdefault(j, []).append((i, margin, LABELS[k]))
    for j in range(start + 1, end + 1):
        best[j - start] = best[j - start - 1]
        for i, margin, label in by_end.get(j, ()):
            if best[i - start] + margin > best[j - start]:
                best[j - start], back[j - start] = best[i - start] + margin, (i, label)
    found, j = [], end
    while j > start:
        step = back[j - start]
        if step is None:
            j -= 1
        else:
            found.append((step[0], j, step[1]))
            j = step[0]
    return found[::-1]


@functools.cache
def _weights() -> numpy.ndarray:
    if not WEIGHTS.exists():
        raise PipelineError(
            f"the weights for names are missing: the package has no {WEIGHTS.parent.name}/{WEIGHTS.name}"
        )
    return numpy.load(WEIGHTS, allow_pickle=False).astype("float32")
