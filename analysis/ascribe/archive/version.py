"""What an extraction hangs on besides the article: the extractor's code and models, and the libraries below it."""

from __future__ import annotations

import functools
import hashlib
import sys
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
ROOMS = ("language", "extraction")
LIBRARIES = ("numpy", "onnxruntime", "spacy", "thinc", "tokenizers")


@functools.cache
def extractor() -> str:
    """A hash that is another one where the extractor may find something else in the same article."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
    for name in LIBRARIES:
        digest.update(f"{name} {metadata.version(name)}\0".encode())
    return digest.hexdigest()
