"""From treebanks to the packed pipeline: `python -m analysis.language.training TREEBANKS --out DIR`."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click
import numpy

from analysis.errors import AscribeError
from analysis.language.names import WEIGHTS
from analysis.language.pipeline import pack
from analysis.language.training import names
from analysis.language.training.train import CONFIG, Schedule, train

DEFAULT = Schedule()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(help=__doc__)
@click.argument("treebanks", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="Where the pipeline goes.")
@click.option("--steps", default=DEFAULT.steps, show_default=True, help="Optimiser steps; fewer make a quick trial.")
@click.option("--seed", default=DEFAULT.seed, show_default=True)
@click.option("--config", type=FILE, default=CONFIG, help="The network.")
@click.option("--checkpoints", type=FOLDER, help="Keep a copy at every evaluation.")
def main(treebanks: Path, out: Path, steps: int, seed: int, config: Path, checkpoints: Path | None) -> None:
    """Train on `*-train.conllu` in TREEBANKS, report on `*-dev.conllu`, write the packed pipeline."""
    schedule = dataclasses.replace(DEFAULT.scaled(steps), seed=seed)
    keep = (lambda nlp, step: pack(nlp, checkpoints / f"step-{step}")) if checkpoints else None
    try:
        nlp = train(treebanks, schedule, config, checkpoint=keep, log=click.echo)
    except AscribeError as error:
        raise click.ClickException(str(error)) from error
    pack(nlp, out)
    records = treebanks.parent / "names" / "open-train.jsonl"
    if records.exists():
        numpy.save(out / WEIGHTS.name, names.learn(names.examples(nlp, records)))
    else:
        click.echo(f"no {records}: the weights for names are not made")
    click.echo(f"written: {out} ({sum(f.stat().st_size for f in out.rglob('*') if f.is_file()) / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
