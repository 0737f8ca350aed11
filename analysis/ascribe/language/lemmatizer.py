"""Lemmas from a table and from endings, both learned from the treebanks.

A word's lemma is looked up by its part-of-speech tag and form; a word that was never met takes the change that words of
its tag with its ending usually take (`-ied` to `-y`). Names keep their form.
"""

from __future__ import annotations

import collections
import json
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

LONGEST_ENDING = 5
CHANGES_KEPT = 3
AS_WRITTEN = frozenset(
    ["NNP", "FW", "SYM", "LS", "ADD", "-LRB-", "-RRB-", "``", "''", ",", ".", ":", "$", "HYPH", "NFP"]
)
LOWERED = frozenset({"CD"})
# Tags that share their lemmas: a form met as a participle is known as a past tense too.
KIN = {"VBD": "VBN", "VBN": "VBD", "VB": "VBP", "VBP": "VB"}


class Lemmatizer:
    """The last component: sets `token.lemma_` from `token.tag_` and the form.

    `words` maps tag to {lower-case form: lemma}; `endings` maps tag to {ending: [(characters off, characters on), …]},
    the usual change first; `lemmas` are the lemmas met, by the first two letters of the tag: of several changes the
    first that makes a known word is taken.
    """

    def __init__(self, words: dict | None = None, endings: dict | None = None, lemmas: dict | None = None) -> None:
        self.words: dict[str, dict[str, str]] = words or {}
        self.endings: dict[str, dict[str, list[tuple[int, str]]]] = endings or {}
        self.lemmas: dict[str, frozenset[str]] = {kind: frozenset(table) for kind, table in (lemmas or {}).items()}
        self._met: dict[tuple[str, str], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        met = self._met
        for token in doc:
            key = (token.tag_, token.orth_)
            lemma = met.get(key)
            if lemma is None:
                lemma = self.lemma(*key)
                if len(met) < 50_000:  # bounded: a stream may hold any number of forms
                    met[key] = lemma
            token.lemma_ = lemma
        return doc

    def lemma(self, tag: str, form: str) -> str:
        """The lemma of one form under one Penn tag."""
        lower = form.lower().replace("’", "'")
        for kin in (tag, KIN.get(tag)):
            known = self.words.get(kin, {}).get(lower)
            if known is not None:
                return known
        if tag in AS_WRITTEN:
            return form
        if tag in LOWERED:
            return lower
        word = form if tag == "NNPS" else lower
        changes = self.endings.get(tag, {})
        for length in range(min(LONGEST_ENDING, len(lower) - 1), -1, -1):
            usual = changes.get(lower[len(lower) - length :])
            if usual:
                candidates = [word[: len(word) - off] + on for off, on in usual]
                known = self.lemmas.get(tag[:2], frozenset())
                return next((c for c in candidates if c in known), candidates[0])
        return word

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        Path(path).mkdir(exist_ok=True)
        lemmas = {kind: " ".join(sorted(table)) for kind, table in self.lemmas.items()}
        tables = {"words": self.words, "endings": self.endings, "lemmas": lemmas}
        text = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        (Path(path) / "lemmas.json").write_text(text + "\n", encoding="utf-8")

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> Lemmatizer:
        tables = json.loads((Path(path) / "lemmas.json").read_text(encoding="utf-8"))
        lemmas = {kind: words.split(" ") for kind, words in tables["lemmas"].items()}
        self.__init__(tables["words"], tables["endings"], lemmas)
        return self


@Language.factory("ascribe_lemmatizer", assigns=["token.lemma"], requires=["token.tag"])
def make(nlp: Language, name: str) -> Lemmatizer:
    return Lemmatizer()


def learn(words: Iterable[tuple[str, str, str]]) -> Lemmatizer:
    """Learn the tables from (tag, form, lemma) of running text."""
    counts: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for tag, form, lemma in words:
        if lemma != "_":
            counts[tag, form.lower().replace("’", "'")][lemma] += 1
    pairs = {key: _best(counter) for key, counter in sorted(counts.items())}
    lemmas: dict[str, set[str]] = collections.defaultdict(set)
    for (tag, _), lemma in pairs.items():
        if tag[:2] in {"VB", "NN"} and tag not in AS_WRITTEN and lemma.isalpha():
            lemmas[tag[:2]].add(lemma)
    learned = Lemmatizer({}, _endings(pairs), lemmas)
    tables: dict[str, dict[str, str]] = collections.defaultdict(dict)
    for (tag, lower), lemma in pairs.items():
        if tag not in AS_WRITTEN and tag not in LOWERED and tag != "NNPS" and learned.lemma(tag, lower) != lemma:
            tables[tag][lower] = lemma
    return Lemmatizer(dict(tables), learned.endings, lemmas)


def _best(counter: collections.Counter[str]) -> str:
    return min(counter, key=lambda lemma: (-counter[lemma], lemma))


def _endings(pairs: dict[tuple[str, str], str]) -> dict[str, dict[str, list[tuple[int, str]]]]:
    """For every tag and ending the changes that at least three words (and a tenth of them) show, the usual first."""
    votes: dict[tuple[str, str], collections.Counter[tuple[int, str]]] = collections.defaultdict(collections.Counter)
    for (tag, lower), lemma in pairs.items():
        if tag in AS_WRITTEN or not lower.isalpha():
            continue
        target, shared = lemma.lower(), 0
        while shared < min(len(lower), len(target)) and lower[shared] == target[shared]:
            shared += 1
        change = (len(lower) - shared, target[shared:])
        for length in range(min(LONGEST_ENDING, len(lower) - 1) + 1):
            votes[tag, lower[len(lower) - length :]][change] += 1
    rules: dict[str, dict[str, list[tuple[int, str]]]] = collections.defaultdict(dict)
    for (tag, ending), counter in sorted(votes.items(), key=lambda item: (len(item[0][1]), item[0])):
        ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:CHANGES_KEPT]
        usual = [change for change, count in ranked if count >= (3 if ending else 1) and count >= 0.1 * counter.total()]
        shorter = next((rules[tag][ending[k:]] for k in range(1, len(ending) + 1) if ending[k:] in rules[tag]), None)
        if usual and usual != shorter:
            rules[tag][ending] = usual
    return {tag: dict(table) for tag, table in rules.items()}
