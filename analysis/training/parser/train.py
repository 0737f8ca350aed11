"""Training: a seeded loop over damaged and regrouped treebank text, with averaged weights."""

from __future__ import annotations

import dataclasses
import itertools
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy
import spacy
from ascribe.errors import PipelineError
from ascribe.language.lemmatizer import learn
from ascribe.language.pipeline import weights
from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, Config, fix_random_seed, use_ops

from training.parser.augmentation import dated, epoch, groups, reports
from training.parser.guidelines import harmonised
from training.parser.treebank import Sentence, sentences, to_doc

CONFIG = Path(__file__).parent / "pipeline.cfg"
MEASURES = ("tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f")


@dataclasses.dataclass(frozen=True)
class Schedule:
    """How long and how fast. Batches are counted in words and grow; the rate rises, then falls to zero.

    From step `mean_from` on, every `mean_every` steps, the averaged weights are taken down; their mean is the result.
    """

    steps: int = 11_500
    rate: float = 0.0015
    warm_up: int = 300
    first_batch: int = 200
    last_batch: int = 1000
    growth: float = 1.0008
    dropout: float = 0.1
    mean_from: int = 9_500
    mean_every: int = 500
    evaluate_every: int = 1000
    seed: int = 20

    def rate_of(self, step: int) -> float:
        """The learning rate of step 0, 1, …"""
        return self.rate * min((step + 1) / self.warm_up, (self.steps - step) / max(1, self.steps - self.warm_up), 1.0)

    def batch_of(self, step: int) -> float:
        """The words of the batch of step 0, 1, …"""
        return min(self.last_batch, self.first_batch * self.growth**step)

    def scaled(self, steps: int) -> Schedule:
        """The same course in another number of steps."""
        share = steps / self.steps
        return dataclasses.replace(
            self,
            steps=steps,
            warm_up=max(1, round(share * self.warm_up)),
            mean_from=round(share * self.mean_from),
            mean_every=max(1, round(share * self.mean_every)),
        )


def read_treebanks(folder: Path, part: str) -> list[Sentence]:
    """All sentences of the `*-{part}.conllu` files of a folder, in the order of their names.

    Those to learn from (`train`) are brought in line with each other (`guidelines`).
    """
    paths = sorted(folder.glob(f"*-{part}.conllu"))
    if not paths:
        raise PipelineError(f"{folder}: no *-{part}.conllu there; give the folder that holds the treebanks")
    every = itertools.chain.from_iterable(map(sentences, paths))
    return list(harmonised(every) if part == "train" else every)


def read_names(folder: Path) -> list[str]:
    """Proper names to train with: the capitalised words of the entities in `../names/open-train.jsonl`, if there."""
    path = folder.parent / "names" / "open-train.jsonl"
    if not path.exists():
        return []
    words: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for start, end, _ in record["entities"]:
            words.update(w for w in record["text"][start:end].split() if w.isalpha() and w[:1].isupper())
    return sorted(words)


def examples(nlp: Language, drawn: Iterator[Sequence[Sentence]]) -> Iterator[Example]:
    for group in drawn:
        gold = to_doc(nlp.vocab, group)
        yield Example(nlp.make_doc(gold.text), gold)


def batches(stream: Iterator[Example], schedule: Schedule) -> Iterator[list[Example]]:
    """Batches of as many words as the schedule says, for as many steps."""
    for step in range(schedule.steps):
        batch, words, wanted = [], 0, schedule.batch_of(step)
        while words < wanted:
            batch.append(next(stream))
            words += len(batch[-1].predicted)
        yield batch


def train(
    folder: Path,
    schedule: Schedule,
    config: Path = CONFIG,
    silver: Sequence[Sentence] = (),
    checkpoint: Callable[[Language, int], None] | None = None,
    log: Callable[[str], None] = print,
) -> Language:
    """Train tagger, morphologizer, parser and lemmatizer on the `*-train.conllu` of a folder.

    Trees that a teacher made of raw text (`silver`) are learned with them, each once an epoch.
    `*-dev.conllu` is evaluated every so many steps and never learned from. Returns the pipeline with averaged weights.
    """
    fix_random_seed(schedule.seed)
    rng = random.Random(schedule.seed)
    corpus, names = read_treebanks(folder, "train"), read_names(folder)
    with use_ops("numpy", use_blis=False):  # numpy's own matrix products are up to three times as fast
        nlp = spacy.util.load_model_from_config(Config().from_disk(config), auto_fill=True)
        # a treebank may lack a label that the damage brings in
        made = [dated(s, random.Random(k)) for s in itertools.islice(filter(reports, corpus), 20) for k in range(20)]
        nlp.initialize(lambda: examples(nlp, ([s] for s in itertools.chain(corpus, made))))
    dev = list(examples(nlp, groups(read_treebanks(folder, "dev"), random.Random(0))))
    optimizer = Adam(schedule.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    epochs = itertools.chain.from_iterable(epoch(corpus, names, rng, also=silver) for _ in itertools.count())
    started, words, mean = time.process_time(), 0, Mean()
    for step, batch in enumerate(batches(examples(nlp, epochs), schedule)):
        optimizer.learn_rate = schedule.rate_of(step)
        nlp.update(batch, sgd=optimizer, drop=schedule.dropout)
        words += sum(len(e.predicted) for e in batch)
        if step + 1 >= schedule.mean_from and ((step + 1) % schedule.mean_every == 0 or step + 1 == schedule.steps):
            mean.add(nlp, optimizer)
        if (step + 1) % schedule.evaluate_every == 0 or step + 1 == schedule.steps:
            with nlp.use_params(optimizer.averages):
                scores = nlp.evaluate(dev)
                if checkpoint:
                    checkpoint(nlp, step + 1)
            minutes = (time.process_time() - started) / 60
            measures = "  ".join(f"{name} {100 * (scores[name] or 0):5.2f}" for name in MEASURES)
            log(f"step {step + 1:6d}  words {words:10,}  cpu {minutes:5.1f} min  {measures}")
    mean.put(nlp)
    return finish(nlp, corpus)


class Mean:
    """The mean of the averaged weights at several points of a run."""

    def __init__(self) -> None:
        self.sums: dict[tuple[int, str], numpy.ndarray] = {}
        self.count = 0

    def add(self, nlp: Language, optimizer: Adam) -> None:
        self.count += 1
        for model, name in weights(nlp):
            array = optimizer.averages.get((model.id, name), model.get_param(name))
            self.sums[model.id, name] = self.sums.get((model.id, name), 0) + array

    def put(self, nlp: Language) -> None:
        for model, name in weights(nlp):
            model.set_param(name, self.sums[model.id, name] / self.count)


def finish(nlp: Language, corpus: Sequence[Sentence]) -> Language:
    """Add the lemmatizer, learned from the corpus, and say in `meta.json` what this pipeline is."""
    nlp.add_pipe("ascribe_lemmatizer")
    learned = learn((w.tag, w.form, w.lemma) for s in corpus for w in s.words)
    nlp.get_pipe("ascribe_lemmatizer").__dict__.update(learned.__dict__)
    nlp.meta.update(
        name="ascribe",
        version="1.0.0",
        description="Tags, dependencies, sentences and lemmas of English news.",
        license="CC BY-SA 4.0",
        author="The Ascribe authors",
        sources=[
            {"name": "UD English EWT", "url": "https://universaldependencies.org", "license": "CC BY-SA 4.0"},
            {"name": "UD English GUM, open texts", "url": "https://gucorpling.org/gum", "license": "CC BY 4.0"},
        ],
    )
    return nlp
