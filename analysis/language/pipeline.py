"""Load the English pipeline: the one shipped here, or another that is named."""

from __future__ import annotations

import functools
import os

import spacy
from spacy.language import Language


@functools.cache
def load(name: str | None = None) -> Language:
    """Bootstrap: until the package's own pipeline is trained, ASCRIBE_PIPELINE names one on disk."""
    return spacy.load(name or os.environ["ASCRIBE_PIPELINE"])
