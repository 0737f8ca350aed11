"""A trained network goes on with what is new in the corpus: `python -m training.extractor.onwards --out DIR`.

It learns slowly, from the new articles again and again and from some of the others once, lest it forget them. It costs
a fraction of a training from the beginning; its place is between two of those.
"""

from __future__ import annotations

from pathlib import Path

import click
import torch
from ascribe.extraction.model.encoder import FOLDER
from training.extractor import learn
from training.extractor.__main__ import checkpoint, corpus_examples, reporting
from training.extractor.export import export
from training.extractor.network import Network
from training.extractor.restore import restored

NEW = "own_"
"""What the names of the articles begin with that it learns from again and again."""


@click.command(help=__doc__)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where the network goes.")
@click.option("--start", default=FOLDER, type=click.Path(exists=True, path_type=Path), help="What to go on from.")
@click.option("--passes", default=3, show_default=True, help="Passes over the new articles.")
@click.option("--one-in", default=3, show_default=True, help="Of so many other articles one is read again.")
@click.option("--gently", default=0.25, show_default=True, help="How fast, beside a network that begins.")
@click.option("--seed", default=2, show_default=True)
def main(out: Path, start: Path, passes: int, one_in: int, gently: float, seed: int) -> None:
    """Read the weights back, learn, write."""
    torch.set_num_threads(1)
    examples = list(corpus_examples())
    others = [e for e in examples if not e.doc.startswith(NEW)]
    drawn = [e for e in examples if e.doc.startswith(NEW)] * passes + others[seed % one_in :: one_in]
    network = restored(Network(checkpoint()), start)
    network = learn.train(drawn, network, seed, 1, gently, reporting(out.name))
    export(network, out)


if __name__ == "__main__":
    main()
