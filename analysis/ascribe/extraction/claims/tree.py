"""The parse of one article as plain lists: what the rules walk over, a token's index throughout."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, SENT_START, TAG

from ascribe.extraction.claims.words import (
    months_and_days,
    past_forms,
    plural_like,
    present_forms,
    reporting_verbs,
    word_class,
)
from ascribe.language.quotations import Quotation, find_quotations
from ascribe.language.reading import Reading

TERMINAL = frozenset(".!?…") | {"...", "?!", "!!", "??", "!?"}
CLOSERS = frozenset({'"', "”", "’", "'", "''", "»", ")", "]"})


@dataclasses.dataclass(slots=True, eq=False)
class Tree:
    """One article's tokens, their tags and dependencies, its sentences and its quotations.

    `heads[i] == i` at a root; `subjects[i]` is the subject of `i`, or -1; `left[i]`, `right[i]` are the edges
    `[left, right)` of the subtree of `i`; `sentence[i]` is the index into `sentences`, token ranges that end where the
    writer ended a sentence (the parser also cuts where it loses the thread). `quoted[i]` is the index of the quotation
    that holds the token, or -1; `quotations` and `quote_tokens` are spans in characters and in tokens.
    """

    reading: Reading
    words: list[str]
    lower: list[str]
    tags: list[str]
    deps: list[str]
    lemmas: list[str]
    heads: list[int]
    kids: list[list[int]]
    left: list[int]
    right: list[int]
    subjects: list[int]
    sentences: list[tuple[int, int]]
    sentence: list[int]
    paragraph: list[int]
    quotations: list[Quotation]
    quote_tokens: list[tuple[int, int]]
    quoted: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def chars(self, i: int, j: int) -> tuple[int, int]:
        """The characters of the token range `[i, j)`."""
        return self.reading.starts[i], self.reading.ends[j - 1]

    def subject(self, i: int) -> int:
        """The subject of a verb, or of the verb that it helps ("names *were* withheld"); -1 for none."""
        return self.subjects[self.heads[i] if self.deps[i] in {"aux", "cop"} else i]

    def trim(self, i: int, j: int) -> tuple[int, int] | None:
        """The token range without blanks, commas and stops at its edges (quotation marks and brackets stay)."""
        while i < j and (self.words[i] in EDGE or not self.words[i].strip()):
            i += 1
        while j > i and (self.words[j - 1] in EDGE or not self.words[j - 1].strip()):
            j -= 1
        return (i, j) if i < j else None


SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
OPENERS = frozenset({'"', "“", "„", "‘", "``", "«", "'"})
LONGEST_PLACE_LINE = 16
"""Tokens before a paragraph's first dash that may tell where it was filed, at most."""
BEGINNERS = frozenset({"The", "He", "She", "It", "They", "We", "This", "These", "But"})
"""Words that begin a sentence wherever they stand after a full stop with a capital."""
DASHES = frozenset({"–", "—", "-", "--"})
EDGE = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "...", "…"})


def build(reading: Reading) -> Tree:
    """The tree of a reading, in time linear in its length."""
    doc = reading.doc
    n = len(doc)
    words = [t.text for t in doc]
    array = doc.to_array([HEAD, DEP, TAG, LEMMA, SENT_START]) if n else np.zeros((0, 5), dtype=np.uint64)
    string = doc.vocab.strings
    names = {int(k): string[int(k)] for k in np.unique(array[:, 1:4])} if n else {}
    heads = (np.arange(n) + array[:, 0].astype(np.int64)).tolist()
    deps = [names[k].split(":")[0] if names[k] != "nsubj:pass" else "nsubj:pass" for k in array[:, 1].tolist()]
    tags = [names[k] for k in array[:, 2].tolist()]
    lemmas = [(names[k] or w).lower() for k, w in zip(array[:, 3].tolist(), words, strict=True)]
    begins = array[:, 4].astype(np.int64).tolist()
    _mend(words, tags, deps, heads)
    kids: list[list[int]] = [[] for _ in range(n)]
    left, right = list(range(n)), list(range(1, n + 1))
    for i, h in enumerate(heads):
        if h != i:
            kids[h].append(i)
    _edges(heads, kids, left, right)
    subjects = [-1] * n
    for i in reversed(range(n)):
        if deps[i] in SUBJECTS and heads[i] != i:
            subjects[heads[i]] = i
    paragraph = [0] * n
    for p, (i, j) in enumerate(reading.paragraphs):
        paragraph[i:j] = [p] * (j - i)
    sentences = _sentences(words, begins, paragraph, reading)
    sentence = [0] * n
    for k, (i, j) in enumerate(sentences):
        sentence[i:j] = [k] * (j - i)
    spans = [reading.span(p) for p in reading.paragraphs if p[0] < p[1]]
    quotations = find_quotations(reading.text, spans)
    quote_tokens, quoted = _cover(reading, quotations, n)
    lower = [w.lower() for w in words]
    forms, plurals, pasts, known = present_forms(), plural_like(), past_forms(), reporting_verbs()
    for i, w in enumerate(lower):
        if lemmas[i] not in known and lemmas[i].endswith("e") and lemmas[i][:-1] in known and w.endswith("ed"):
            lemmas[i] = lemmas[i][:-1]  # "shouted" is no form of "shoute"
        if tags[i] in {"NN", "NNP", "JJ"} and w in pasts and lower[i + 1 : i + 2] == ["that"] and i:
            tags[i], lemmas[i] = "VBD", pasts[w]  # "the ministry countered that …"
        nouns = tags[i] in {"NNS", "NNP", "NNPS"} and i and w in forms
        if (nouns and tags[i - 1] in {"NN", "NNP", "NNPS", "NNS"}) or (
            nouns and words[i - 1] == "," and lower[i + 1 : i + 2] == ["that"]
        ):
            tags[i], lemmas[i] = "VBZ", forms[w]
        elif w in plurals and tags[i] == "NNS" and words[i + 1 : i + 2] == ["."] and _new_subject(words, tags, i):
            tags[i], lemmas[i] = "VBZ", plurals[w]  # "…, the institute estimates."
        elif tags[i] == "NNS" and lemmas[i] in known and tags[i - 1] in {"NN", "NNP"} and tags[i + 1 : i + 2] == ["CD"]:
            tags[i] = "VBZ"  # "the opposition counts 140"
            if subjects[i] < 0:
                subjects[i] = i - 1
    return Tree(
        reading,
        words,
        lower,
        tags,
        deps,
        lemmas,
        heads,
        kids,
        left,
        right,
        subjects,
        sentences,
        sentence,
        paragraph,
        quotations,
        quote_tokens,
        quoted,
    )


def _mend(words: list[str], tags: list[str], deps: list[str], heads: list[int]) -> None:
    """Mend what the grammar rules out: "that" before a plural is no article; "WHO chief Ana Tane said" asks nothing."""
    for i, word in enumerate(words):
        if word == "that" and tags[i] == "DT" and tags[heads[i]] in {"NNS", "NNPS"} and heads[i] > i:
            tags[i], deps[i] = "IN", "mark"  # "showed that night workers slept badly"
        if word == "WHO" and tags[i] == "WP":
            tags[i] = "NNP"
            ahead = range(i + 1, min(i + 8, len(words)))
            subject = next((k for k in ahead if heads[k] == heads[i] and deps[k] in SUBJECTS), None)
            if subject and deps[i] in SUBJECTS:
                deps[i], heads[i] = "compound", subject


def _new_subject(words: list[str], tags: list[str], i: int) -> bool:
    """Whether a phrase that ends before token `i` begins after a comma, or where a comma was lost: "Friday the …"."""
    if "," in words[max(0, i - 8) : i - 1]:
        return True
    k = i - 1
    while k > 0 and i - k < 9 and (words[k][:1].isupper() or tags[k] == "IN"):
        k -= 1
    return 0 < k < i - 1 and words[k] == "the" and tags[k - 1] in {"NNP", "NNS", "CD"}


def _edges(heads: list[int], kids: list[list[int]], left: list[int], right: list[int]) -> None:
    """Fill in the edges of every subtree: children before their heads, without recursion."""
    waiting = [len(k) for k in kids]
    ready = [i for i, w in enumerate(waiting) if not w]
    while ready:
        i = ready.pop()
        h = heads[i]
        if h == i:
            continue
        left[h] = min(left[h], left[i])
        right[h] = max(right[h], right[i])
        waiting[h] -= 1
        if not waiting[h]:
            ready.append(h)


def _sentences(words: list[str], begins: list[int], paragraph: list[int], reading: Reading) -> list[tuple[int, int]]:
    """The parser's sentences, joined again where no stop divides them."""
    starts, ends = reading.starts, reading.ends
    cuts, opening = [], 0
    for i in range(1, len(words)):
        if paragraph[i] != paragraph[i - 1]:
            opening = i
            cuts.append(i)
        elif _dateline(words, i) or (
            words[i - 1] in DASHES and i - opening < LONGEST_PLACE_LINE and _place_line(words[opening : i - 1])
        ):
            cuts.append(i)
        elif words[i] in OPENERS and words[i - 1] in TERMINAL and starts[i] > ends[i - 1]:
            cuts.append(i)  # "…, Tane continued. “[T]his is …"
        elif words[i] in BEGINNERS and words[i - 1][-1:] == "." and starts[i] > ends[i - 1]:
            cuts.append(i)  # "… 180 km/h. The institute …"
        elif begins[i] == 1:
            k = i - 1
            while k > 0 and words[k] in CLOSERS and i - k < 4:
                k -= 1
            if words[k] in TERMINAL or words[i - 1] in TERMINAL or words[k][-1:] in ".?!":
                # A mark that closes belongs to the sentence before it.
                cuts.append(i)
    edges = [0, *cuts, len(words)]
    return [(a, b) for a, b in itertools.pairwise(edges) if a < b]


def _dateline(words: list[str], i: int) -> bool:
    """Whether a bare date ends just before token `i` and a sentence opens there: "… KNA 3 May 2030 Nine miners …".

    Scraped pages run headline, date and text together; a date in a sentence has a preposition or a comma beside it.
    """
    if i < 3 or not words[i][:1].isupper() or not (words[i - 1].isdigit() and len(words[i - 1]) == 4):
        return False
    k, months = i - 3, months_and_days()
    one, two = words[k].lower().rstrip("."), words[k + 1].lower().rstrip(".")
    if not ((one in months and two.isdigit()) or (one.isdigit() and two in months)):
        return False
    while k > 0 and words[k - 1].lower() in months:
        k -= 1
    before = words[k - 1].lower() if k else ""
    return before not in word_class("date lead") and (
        words[k - 1][:1].isupper() or before in word_class("dated") or not k
    )


def _place_line(words: list[str]) -> bool:
    """Whether the words before a paragraph's first dash are where, when and by whom it was filed: "OSK, Marland (KNA)
    — The toll …", "(Osk) – …", "Osk. 4 May. KNA - …"."""
    if not words or not all(w[:1].isupper() or not w.isalpha() for w in words):
        return False
    capitals = [k for k, w in enumerate(words) if len(w) > 2 and w.isupper()]
    bracketed = "(" in words and words[-1] == ")"
    return bracketed or (bool(capitals) and (capitals[0] == 0 or capitals[-1] == len(words) - 1))


def _cover(reading: Reading, quotations: list[Quotation], n: int) -> tuple[list[tuple[int, int]], list[int]]:
    """The quotations as token ranges, and the quotation that each token stands in."""
    quoted = [-1] * n
    ranges = []
    i = 0
    for k, q in enumerate(quotations):
        while i < n and reading.ends[i] <= q.start:
            i += 1
        j = i
        while j < n and reading.starts[j] < q.end:
            quoted[j] = k
            j += 1
        ranges.append((i, j))
        i = j
    return ranges, quoted
