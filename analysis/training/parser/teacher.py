"""The teacher: a pretrained encoder that learns the treebanks and then annotates raw text for the small pipeline.

MiniLM, a biaffine parser (Dozat and Manning 2017) and one classifier each for sentence starts, Penn tags and parts of
speech, trained together. It needs the extra `train`; nothing of it is shipped.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy
import torch
from tokenizers import Tokenizer
from torch import nn

from training.parser.augmentation import epoch
from training.parser.encoder import folder, pretrained
from training.parser.treebank import Sentence, Word
from training.parser.trees import tree

NEVER = -1e4
Group = Sequence[Sentence]


@dataclasses.dataclass(frozen=True)
class Course:
    """How the teacher is trained: epochs, word pieces to a batch, rates of the encoder and of what is new."""

    epochs: int = 5
    pieces: int = 1600
    encoder_rate: float = 2e-4
    head_rate: float = 1.5e-3
    warm_up: float = 0.06
    damaged: float = 0.35
    seed: int = 30


class Biaffine(nn.Module):
    """Scores of every word as the head of every other, and of each label between a word and its head."""

    def __init__(self, width: int, labels: int, arc: int = 256, label: int = 128) -> None:
        super().__init__()
        self.arc, self.label = nn.Linear(width, 2 * arc), nn.Linear(width, 2 * label)
        self.arcs = nn.Parameter(torch.zeros(arc, arc))
        self.head_bias = nn.Linear(arc, 1)
        self.root = nn.Linear(arc, 1)
        self.labels = nn.Parameter(torch.randn(label + 1, labels, label + 1) / label)
        self.drop = nn.Dropout(0.25)

    def scores(self, x: torch.Tensor) -> torch.Tensor:
        """(batch, words, width) to (batch, words, words): `[b, i, j]` is word `j` as the head of `i`."""
        below, above = self.drop(nn.functional.gelu(self.arc(x))).chunk(2, -1)
        scores = below @ self.arcs @ above.transpose(1, 2) + self.head_bias(above).transpose(1, 2)
        return scores.float() + torch.diag_embed(self.root(below).squeeze(-1).float())

    def label_scores(self, below: torch.Tensor, above: torch.Tensor) -> torch.Tensor:
        """(words, width) of words and of their heads to (words, labels)."""
        weights, biases = self.label.weight.chunk(2), self.label.bias.chunk(2)
        linear, gelu = nn.functional.linear, nn.functional.gelu
        d, h = (self.drop(gelu(linear(y, w, b))) for y, w, b in zip((below, above), weights, biases, strict=True))
        d, h = (torch.cat((t, torch.ones_like(t[:, :1])), 1) for t in (d, h))
        return ((d @ self.labels.flatten(1)).view(len(d), *self.labels.shape[1:]) * h[:, None]).sum(-1).float()


class Teacher(nn.Module):
    """`tags`, `parts` and `labels` are what it tells apart."""

    def __init__(self, tags: Sequence[str], parts: Sequence[str], labels: Sequence[str]) -> None:
        super().__init__()
        self.tags, self.parts, self.labels = list(tags), list(parts), list(labels)
        self.encoder = pretrained()
        width = self.encoder.width
        self.parser = Biaffine(width, len(self.labels))
        self.tagger = nn.Linear(width, len(self.tags))
        self.part = nn.Linear(width, len(self.parts))
        self.start = nn.Linear(width, 2)
        self.drop = nn.Dropout(0.2)
        self.pieces = Tokenizer.from_file(str(folder() / "tokenizer.json"))
        self.pieces.no_padding()
        self.pieces.no_truncation()

    def words(self, texts: Sequence[Sequence[str]]) -> torch.Tensor:
        """The words of each text to (texts, most words, width): the mean of the vectors of a word's pieces."""
        encoded = [self.pieces.encode(list(words), is_pretokenized=True) for words in texts]
        longest = min(max(len(e.ids) for e in encoded), self.encoder.places.num_embeddings)
        ids = torch.zeros(len(encoded), longest, dtype=torch.long)
        mask = torch.zeros(len(encoded), longest, dtype=torch.bool)
        most = max(map(len, texts))
        rows, columns = [], []
        for b, e in enumerate(encoded):
            n = min(len(e.ids), longest)
            ids[b, :n] = torch.tensor(e.ids[:n])
            mask[b, :n] = True
            for k, word in enumerate(e.word_ids[:n]):
                if word is not None:
                    rows.append(b * most + word)
                    columns.append(b * longest + k)
        vectors = self.encoder(ids, mask).flatten(0, 1)
        target = torch.tensor(rows)
        sums = torch.zeros(len(texts) * most, vectors.shape[1])
        sums = sums.index_add(0, target, vectors[torch.tensor(columns)].float())
        counts = torch.bincount(target, minlength=len(sums)).clamp(min=1)
        return self.drop((sums / counts[:, None]).view(len(texts), most, -1))

    def loss(self, batch: Sequence[Group]) -> torch.Tensor:
        flat = [[w for s in group for w in s.words] for group in batch]
        x = self.words([[w.form for w in words] for words in flat])
        most = x.shape[1]
        tags, parts, labels = ({v: i for i, v in enumerate(t)} for t in (self.tags, self.parts, self.labels))
        place, head, tag, part, label, start = [], [], [], [], [], []
        inside = torch.full((len(batch), most, most), NEVER)
        for b, group in enumerate(batch):
            offset = 0
            for sentence in group:
                inside[b, offset : offset + len(sentence.words), offset : offset + len(sentence.words)] = 0
                for i, w in enumerate(sentence.words):
                    place.append(b * most + offset + i)
                    head.append(offset + w.head)
                    tag.append(tags.get(w.tag, -1))
                    part.append(parts.get(w.pos, -1))
                    label.append(labels.get(w.dep, -1))
                    start.append(int(i == 0))
                offset += len(sentence.words)
        place, head, tag, part, label, start = map(torch.tensor, (place, head, tag, part, label, start))
        arcs = (self.parser.scores(x) + inside).flatten(0, 1)[place]
        x = x.flatten(0, 1)
        mine, above = x[place], x[place // most * most + head]
        entropy = nn.functional.cross_entropy
        return (
            entropy(arcs, head)
            + entropy(self.parser.label_scores(mine, above), label, ignore_index=-1)
            + 0.5 * entropy(self.tagger(mine).float(), tag, ignore_index=-1)
            + 0.3 * entropy(self.part(mine).float(), part, ignore_index=-1)
            + 0.5 * entropy(self.start(mine).float(), start)
        )

    @torch.inference_mode()
    def annotate(self, texts: Sequence[Sequence[tuple[str, bool]]]) -> list[list[Sentence]]:
        """Sentences for each text, given as its words and whether a blank follows each. Lemmas are left empty."""
        self.eval()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.words([[form for form, _ in text] for text in texts])
            arcs = self.parser.scores(x).numpy()
            first = self.start(x).argmax(-1).bool().numpy()
            tags, parts = self.tagger(x).argmax(-1).tolist(), self.part(x).argmax(-1).tolist()
            found = []
            for b, text in enumerate(texts):
                edges = [0, *(i for i in range(1, len(text)) if first[b, i]), len(text)]
                heads = numpy.concatenate([s + tree(arcs[b, s:t, s:t]) for s, t in itertools.pairwise(edges)])
                labels = self.parser.label_scores(x[b, : len(text)], x[b, heads])
                labels[:, self.labels.index("ROOT")] = NEVER
                named = labels.argmax(1).tolist()

                def word(i: int, start: int, b=b, text=text, heads=heads, named=named) -> Word:
                    dep = "ROOT" if heads[i] == i else self.labels[named[i]]
                    part, tag = self.parts[parts[b][i]], self.tags[tags[b][i]]
                    return Word(text[i][0], "_", part, tag, int(heads[i]) - start, dep, text[i][1])

                bounds = itertools.pairwise(edges)
                found.append([Sentence([word(i, s) for i in range(s, t)], "", 0) for s, t in bounds])
        return found


def batches(groups: Iterable[Group], pieces: int, rng: random.Random, pool: int = 1500) -> Iterator[list[Group]]:
    """Groups of like length together, so that little is padding; in random order."""
    groups = [g for g in groups if 0 < sum(len(s.words) for s in g) <= 300]
    found = []
    for first in range(0, len(groups), pool):
        part = sorted(groups[first : first + pool], key=lambda g: sum(len(s.words) for s in g))
        batch = []
        for group in part:
            words = sum(len(s.words) for s in group) * 1.3 + 2
            if batch and (len(batch) + 1) * words > pieces:
                found.append(batch)
                batch = []
            batch.append(group)
        found.append(batch)
    rng.shuffle(found)
    yield from found


def teach(
    corpus: Sequence[Sentence], names: Sequence[str], course: Course, log: Callable[[str], None] = print
) -> Teacher:
    """A teacher trained on a corpus, seeded."""
    torch.manual_seed(course.seed)
    rng = random.Random(course.seed)
    every = [w for s in corpus for w in s.words]
    teacher = Teacher(*(sorted({getattr(w, part) for w in every}) for part in ("tag", "pos", "dep")))
    encoder = {id(p) for p in teacher.encoder.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in teacher.encoder.parameters() if p.requires_grad], "lr": course.encoder_rate},
            {"params": [p for p in teacher.parameters() if id(p) not in encoder], "lr": course.head_rate},
        ],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    plan = [
        batch
        for _ in range(course.epochs)
        for batch in batches(epoch(corpus, names, rng, damage=course.damaged), course.pieces, rng)
    ]
    started, total = time.process_time(), 0.0
    teacher.train()
    for step, batch in enumerate(plan):
        done = step / len(plan)
        factor = min(1.0, done / course.warm_up, (1 - done) / (1 - course.warm_up))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = teacher.loss(batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
        if (step + 1) % 100 == 0:
            minutes = (time.process_time() - started) / 60
            log(f"teacher: step {step + 1:5d} of {len(plan)}  loss {total / 100:.3f}  cpu {minutes:.1f} min")
            total = 0.0
    return teacher.eval()
