"""How good and how fast the pipeline is, on text that it never saw.

    python -m benchmarks.language SHARED [PIPELINE]
    python -m benchmarks.language SHARED --damage [PIPELINE]

`SHARED` holds `corpora/treebanks` and `corpora/names`. The second measures text that is damaged as scraped news is.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ascribe.articles.article import Article
from ascribe.language.names import names
from ascribe.language.pipeline import load
from ascribe.language.reading import read
from spacy.language import Language
from spacy.scorer import PRFScore
from spacy.tokens import Doc
from training.parser import augmentation
from training.parser.treebank import Sentence, sentences, to_doc

SPEED_WORDS = 60_000
STREAM_ARTICLES = 150
BY_LABEL = ("nummod", "ccomp")
DAMAGE_MEASURES = ("LAS", "sentence F", "tag accuracy")
DAMAGES = {
    "curly quotation marks": augmentation.curly,
    "quotation marks lost": augmentation.unquoted,
    "commas lost": augmentation.uncommaed,
    "apostrophes lost": augmentation.unapostrophed,
    "no capitals": augmentation.lower,
    "capitals throughout": augmentation.upper,
}


def measure(shared: Path, name: str | None = None) -> dict[str, float]:
    """All measures by name: F scores and shares between 0 and 1, words a second, megabytes.

    `shared` is the folder that holds `corpora`; `name` another pipeline than the shipped one.
    """
    treebanks = Path(shared) / "corpora" / "treebanks"
    nlp = load(name)
    found: dict[str, float] = {}
    for corpus in ("pud-test", "ewt-test", "gum-open-test"):
        scores = parse_scores(nlp, list(sentences(treebanks / f"{corpus}.conllu")))
        found |= {f"{corpus} {key}": value for key, value in scores.items()}
    found["uner-ewt-test names F"] = names_score(nlp, Path(shared) / "corpora" / "names" / "uner-ewt-test.jsonl")
    found["gold/dev source names found"] = source_names_found(nlp, Path(shared) / "evaluation" / "gold" / "dev")
    found |= speed(nlp, treebanks / "pud-test.conllu")
    found["stream peak MB"] = stream_memory(treebanks / "pud-test.conllu", name)
    return found


def damage_scores(shared: Path, name: str | None = None) -> dict[str, dict[str, float]]:
    """The scores of `parse_scores` on GUM test, for the text as it is and after each damage to every sentence."""
    nlp = load(name)
    corpus = list(sentences(Path(shared) / "corpora" / "treebanks" / "gum-open-test.conllu"))
    found = {"as it is": parse_scores(nlp, corpus)}
    for title, damage in DAMAGES.items():
        copies = [sentence.copy() for sentence in corpus]
        for copy in copies:
            damage(copy.words, random.Random(1), ())  # of this seed: every mark is lost, every letter is a capital
        found[title] = parse_scores(nlp, [copy for copy in copies if copy.words])
    return found


def documents(corpus: list[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each paragraph, or of each document where the treebank marks no paragraphs."""
    group: list[Sentence] = []
    for sentence in corpus:
        if group and (sentence.document, sentence.paragraph) != (group[-1].document, group[-1].paragraph):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def parse_scores(nlp: Language, corpus: list[Sentence]) -> dict[str, float]:
    """Scores of the parse of raw text, tokens and sentences found by the pipeline itself.

    A relation counts where both its words are tokens of the gold and its label is right in full, subtype and all. UAS
    and LAS leave punctuation out, as spaCy's own scorer does; "LAS with punctuation" does not, and "LAS universal"
    compares labels without their subtypes, as the CoNLL shared tasks did (punctuation in).
    """
    scores = {
        name: PRFScore() for name in ("UAS", "LAS", "LAS with punctuation", "LAS universal", *BY_LABEL, "sentence")
    }
    right, total = collections.Counter(), 0
    for group in documents(corpus):
        gold = to_doc(nlp.vocab, group)
        reading = next(read([Article.from_text(gold.text)], nlp))
        doc, places = reading.doc, list(zip(reading.starts, reading.ends, strict=True))
        sides = _relations(doc, places), _relations(gold, [(t.idx, t.idx + len(t)) for t in gold])
        words = [{r for r in side if r[2] != "punct"} for side in sides]
        scores["UAS"].score_set(*({r[:2] for r in side} for side in words))
        scores["LAS"].score_set(*words)
        scores["LAS with punctuation"].score_set(*sides)
        scores["LAS universal"].score_set(*({(*r[:2], r[2].partition(":")[0]) for r in side} for side in sides))
        for label in BY_LABEL:
            scores[label].score_set(*({r for r in side if r[2] == label} for side in sides))
        begins = {places[s.start][0] for s in doc.sents}, {s.start_char for s in gold.sents}
        scores["sentence"].score_set(*(_spans(side, len(gold.text)) for side in begins))
        at = {place: i for i, place in enumerate(places)}
        total += len(gold)
        for token in gold:
            i = at.get((token.idx, token.idx + len(token)))
            if i is not None:
                right["tag"] += doc[i].tag == token.tag
                right["UPOS"] += doc[i].pos == token.pos
                right["lemma"] += doc[i].lemma == token.lemma
    found = {name if "AS" in name else f"{name} F": score.fscore for name, score in scores.items()}
    return found | {f"{name} accuracy": right[name] / total for name in ("tag", "UPOS", "lemma")}


def _relations(doc: Doc, places: list[tuple[int, int]]) -> set[tuple]:
    return {(places[t.i], None if t.head.i == t.i else places[t.head.i], t.dep_.replace("ROOT", "root")) for t in doc}


def _spans(begins: set[int], end: int) -> set[tuple[int, int]]:
    edges = [*sorted(begins), end]
    return set(zip(edges, edges[1:]))  # noqa: B905, RUF007 - a set of pairs


def names_score(nlp: Language, path: Path) -> float:
    """F of names, span and type (PER, ORG, LOC) both right."""
    score = PRFScore()
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        reading = next(read([Article.from_text(record["text"])], nlp))
        ours = {(reading.starts[i], reading.ends[j - 1], label) for i, j, label in names(reading)}
        score.score_set(ours, {tuple(entity) for entity in record["entities"]})
    return score.fscore


def source_names_found(nlp: Language, folder: Path) -> float:
    """Of the sources annotated in `folder` that hold a capital past their first word, the share that hold a name."""
    found = total = 0
    for path in sorted(folder.glob("*.gold.json")):
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        reading = next(read([Article.from_text(text)], nlp))
        spans = [reading.span((i, j)) for i, j, _ in names(reading)]
        for claim in json.loads(path.read_text(encoding="utf-8"))["attributions"]:
            for start, end in claim["source"] or ():
                if any(word[:1].isupper() for word in text[start:end].split()[1:]):
                    total += 1
                    found += any(start <= s and e <= end for s, e in spans)
    return found / total if total else 0.0


def _articles(path: Path) -> list[Article]:
    """Articles of some 500 words made of the sentences of a treebank, four to a paragraph."""
    texts = [to_text(s) for s in sentences(path)]
    paragraphs = [" ".join(texts[i : i + 4]) for i in range(0, len(texts), 4)]
    pieces = ["\n\n".join(paragraphs[i : i + 6]) for i in range(0, len(paragraphs), 6)]
    return [Article.from_text(piece, doc_id=f"stream-{i}") for i, piece in enumerate(pieces)]


def to_text(sentence: Sentence) -> str:
    return "".join(w.form + " " * w.space for w in sentence.words).strip()


def speed(nlp: Language, path: Path) -> dict[str, float]:
    """Words a second of processor time of this one process, from text to Reading; the best of three runs."""
    articles = _articles(path)
    articles *= max(1, SPEED_WORDS // 21_000)
    best = 0.0
    for _ in range(3):
        started = time.process_time()
        words = sum(len(reading.doc) for reading in read(articles, nlp))
        best = max(best, words / (time.process_time() - started))
    return {"words a second": best}


def stream_memory(path: Path, name: str | None = None, articles: int = STREAM_ARTICLES) -> float:
    """Peak resident memory, in MB, of a fresh process that reads a stream of articles."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_stream, (path, name, articles))


def _stream(path: Path, name: str | None, count: int) -> float:
    some = _articles(path)
    stream = (dataclasses.replace(some[i % len(some)], doc_id=str(i)) for i in range(count))
    for _ in read(stream, load(name) if name else None):
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(arguments: list[str]) -> None:
    """Print what is asked for."""
    shared, *names = [a for a in arguments if a != "--damage"]
    if "--damage" in arguments:
        for title, scores in damage_scores(Path(shared), *names).items():
            print(f"{title:24s}", *(f"{key} {scores[key]:.3f}" for key in DAMAGE_MEASURES), sep="  ")
        return
    for key, value in measure(Path(shared), *names).items():
        print(f"{key:32s} {value:10.3f}" if value <= 1 else f"{key:32s} {value:10,.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
