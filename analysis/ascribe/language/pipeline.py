"""Load the English pipeline: the one shipped here, or another that is named.

The shipped weights are stored as 16-bit floats, which loses nothing that can be measured and halves them; they are
cast on load. Matrix products go to numpy's own library rather than to thinc's, which is up to three times as fast.
"""

from __future__ import annotations

import contextlib
import functools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy
import spacy
from spacy.language import Language
from thinc.api import Model, NumpyOps, get_current_ops, use_ops

import ascribe.language.lemmatizer  # noqa: F401 - registers the component
from ascribe.errors import PipelineError

SHIPPED = Path(__file__).parent / "model"

# What tells Universal Dependencies from other label sets: without these there are no subjects, clauses or numbers.
NEEDED = frozenset({"nsubj", "obj", "obl", "ccomp", "nummod", "appos", "case", "mark", "conj", "parataxis"})


@functools.cache
def load(name: str | None = None) -> Language:
    """The pipeline to parse with, loaded once.

    Without a name, the one shipped in this package. Otherwise any spaCy pipeline, by package name or by path, that
    labels dependencies the way of Universal Dependencies and sets `tag_` (Penn), `pos_` and `lemma_`.

    Raises PipelineError where it cannot be loaded, lacks a component, or uses other labels; nothing else is ever
    loaded in its place.
    """
    return fresh(name)


def fresh(name: str | None = None) -> Language:
    """As `load`, but a new copy, with a vocabulary of its own."""
    if name is None and not (SHIPPED / "config.cfg").exists():
        raise PipelineError(
            f"the English pipeline is missing: the package has no {SHIPPED.name}/config.cfg; install it again"
        )
    on_processor = isinstance(get_current_ops(), NumpyOps)  # a graphics card that the user chose stays chosen
    try:
        with use_ops("numpy", use_blis=False) if on_processor else contextlib.nullcontext():
            nlp = spacy.load(name or SHIPPED)
    except OSError as error:
        if "[E050]" not in str(error):
            raise PipelineError(f"the pipeline {name or 'shipped'!r} cannot be loaded: {error}") from error
        raise PipelineError(
            f"no pipeline {name!r} is installed here: install the package of that name, or give the path of its folder"
        ) from None
    except Exception as error:  # a pipeline is a stranger's code: whatever it raises is the reason
        raise PipelineError(f"the pipeline {name or 'shipped'!r} cannot be loaded: {error}") from error
    check(nlp, name or "shipped")
    widen(nlp)
    return nlp


def check(nlp: Language, name: str = "pipeline") -> None:
    """Refuse, with a PipelineError, a pipeline without a parser of Universal Dependencies, or without lemmas."""
    has = ", ".join(nlp.pipe_names) or "nothing"
    if "parser" not in nlp.pipe_names:
        raise PipelineError(f"the pipeline {name!r} has no component 'parser' (it has: {has})")
    labels = set(nlp.get_pipe("parser").labels)
    missing = sorted(NEEDED - labels)
    if missing:
        raise PipelineError(
            f"the pipeline {name!r} does not use Universal Dependencies labels: its parser knows no "
            f"{', '.join(missing)} (it knows {', '.join(sorted(labels)[:12])}, …); "
            f"name a pipeline trained on a UD treebank"
        )
    if not any("lemmatizer" in nlp.get_pipe_meta(part).factory for part in nlp.pipe_names):
        raise PipelineError(f"the pipeline {name!r} has no lemmatizer (it has: {has})")


def pack(nlp: Language, folder: Path) -> None:
    """Write a pipeline with its weights as 16-bit floats; `load` casts them back. `nlp` itself keeps what it has.

    Of the strings only those that the language and the labels need are written; the words of the training text are not.
    """
    folder = Path(folder)
    saved = [(model, name, model.get_param(name)) for model, name in weights(nlp)]
    try:
        for model, name, array in saved:
            model.set_param(name, array.astype("float16"))
        if folder.exists():
            shutil.rmtree(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        nlp.to_disk(folder)
        strings = set(spacy.blank(nlp.lang).vocab.strings).union(*nlp.pipe_labels.values())
        (folder / "vocab" / "strings.json").write_text(json.dumps(sorted(strings)) + "\n", encoding="utf-8")
    finally:
        for model, name, array in saved:
            model.set_param(name, array)


def widen(nlp: Language) -> None:
    """Cast 16-bit weights to the 32-bit ones that the arithmetic needs."""
    for model, name in weights(nlp):
        array = model.get_param(name)
        if array.dtype == numpy.float16:
            model.set_param(name, array.astype("float32"))


def weights(nlp: Language) -> Iterator[tuple[Model, str]]:
    """Every array of weights in a pipeline, as the layer that holds it and its name there."""
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                for name in node.param_names:
                    if node.has_param(name):
                        yield node, name
