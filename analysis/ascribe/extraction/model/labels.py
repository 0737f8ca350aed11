"""What the network reads and what its outputs mean, in their order. A change here needs the network trained anew."""

from __future__ import annotations

from ascribe.extraction.records import CATEGORIES

CASES = ("other", "digit", "lower", "title", "upper")
BREAKS = ("none", "line", "paragraph")


def _numbered(names: str) -> dict[str, int]:
    """Names by number, from 1; 0 is for what is not known."""
    return {name: number for number, name in enumerate(names.split(), start=1)}


PARTS_OF_SPEECH = _numbered("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X")
DEPENDENCIES = _numbered(
    "ROOT acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj dep det discourse dislocated expl "
    "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum vocative xcomp"
)
FEATURES = (len(CASES), len(BREAKS), 2, len(PARTS_OF_SPEECH) + 1, len(DEPENDENCIES) + 1)
"""How many values each feature of a piece has."""

HIGHEST = 3
"""Steps up from a cue's head that are told apart in a path; what is further up counts as so far."""
ELSEWHERE = 0
"""The path of what stands in another sentence."""
PATHS = 1 + (HIGHEST + 1) * (len(DEPENDENCIES) + 1)
"""How many paths from a cue there are: how far up, and by which dependency down again."""

OUTSIDE = 0
CUE_TAGS = ("outside", "begins", "goes on")
ROLE_TAGS = ("outside", "source begins", "source", "content begins", "content", "relay begins", "relay")
SOURCE, CONTENT, RELAY = 1, 3, 5
"""The tag that begins each role; the one after it goes on with it."""
MARKS = ("unmarked", "cue", "figure")
"""What a crop is about."""
FIGURE_CLASSES = (*CATEGORIES, "no figure")
CREDIT_CLASSES = ("explicit", "carried", "none")
"""Of the answers on credit, those that an annotator gives: *uncertain* is what the extractor says of itself."""
HINTS = ("none given", "no", "cue", "source", "content")
"""What rules say of a piece, where they are asked."""
