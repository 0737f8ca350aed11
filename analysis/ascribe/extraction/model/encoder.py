"""The shipped network: what it says of an article's cues, of who speaks and what is said, and of its figures."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ascribe.errors import PipelineError
from ascribe.extraction.model.decode import Cue, Range, best_tags, cues, fragments, heeding
from ascribe.extraction.model.hints import Hint, cue_hints, hints, role_hints
from ascribe.extraction.model.labels import CONTENT, MARKS, RELAY, SOURCE
from ascribe.extraction.model.paths import paths
from ascribe.extraction.model.pieces import Pieces, pieces
from ascribe.extraction.model.windows import FIRST, LAST, Window, windows
from ascribe.extraction.records import CATEGORIES, Attribution, Span
from ascribe.language.reading import Reading

FOLDER = Path(__file__).parent
PARTS = ("encoder", "roles", "figures")
HEED, HEED_RARE = 2.0, 3.0
"""How much likelier, in nats, the category is that rules name: chosen on articles that neither had seen. Of a rare one
("killed and wounded") the network has seen some eighty, and rules that name it are right in nine of ten."""
RARE = ("casualties",)
MEASURED = ("distance", "duration")
LEAST = 0.3
"""The probability from which a cue is looked into; what is kept is for the engine to say."""


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """An attribution in characters, with how likely the network finds its cue, its source and its content."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    relays: tuple[Span, ...]
    cue_probability: float
    source_probability: float
    content_probability: float
    cut: bool = False
    """Whether the content reaches the end of what was looked at, and may well go on."""
    held: dict[Span, float] = dataclasses.field(default_factory=dict)
    """For each figure nearby, how likely it stands in the content."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class FigureScores:
    """The probabilities of a figure's class (`labels.FIGURE_CLASSES`) and credit (`labels.CREDIT_CLASSES`)."""

    classes: np.ndarray
    credits: np.ndarray

    def category(self, ruled: str) -> tuple[str, float]:
        """The likeliest category and its probability, the rules' word weighed in.

        A distance or a duration has a unit, which rules see: without one a number is neither.
        """
        weighed = self.classes[: len(CATEGORIES)].astype(float)
        weighed[[CATEGORIES.index(c) for c in MEASURED if c != ruled]] = 0.0
        weighed[CATEGORIES.index(ruled)] *= heed(ruled)
        best = int(weighed.argmax())
        return CATEGORIES[best], float(weighed[best] / weighed.sum())


def heed(ruled: str) -> float:
    """How many times likelier the category is that rules name."""
    return math.exp(HEED_RARE if ruled in RARE else HEED)


@dataclasses.dataclass(frozen=True, slots=True)
class Prediction:
    """What the network says of one article, in text order."""

    proposals: tuple[Proposal, ...]
    figures: dict[Span, FigureScores]


@functools.cache
def load(folder: Path = FOLDER) -> Encoder:
    """The network in a folder, read once. Raises PipelineError where it is missing or broken."""
    return Encoder(folder)


class Encoder:
    """A network on onnxruntime, on one thread: the same bytes on any number of cores."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        self.folder = folder
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        try:
            self.sessions = {
                part: onnxruntime.InferenceSession(
                    str(folder / f"{part}.onnx"), options, providers=["CPUExecutionProvider"]
                )
                for part in PARTS
            }
        except Exception as e:  # onnxruntime has errors of its own for each way a file can be broken
            raise PipelineError(f"the network in {folder.name}/ cannot be loaded: {str(e).splitlines()[0]}") from None

    def predict(
        self, reading: Reading, figures: Iterable[Span] = (), proposed: Iterable[Attribution] | None = None
    ) -> Prediction:
        """What the network says of an article's body and of the numbers that stand at `figures`.

        `proposed` are the attributions that rules find; None where no rules were asked.
        """
        found = pieces(reading)
        given = None if proposed is None else hints(found, proposed)
        numbers = {s: r for s in figures if (r := found.range(s))}
        proposals: list[Proposal] = []
        scored: dict[Span, FigureScores] = {}
        for window in windows(len(found)):
            cue_scores, half_way = self._read(found, window, given)
            view = _View(found, window, half_way)
            decided = slice(window.from_ - window.start, window.to - window.start)
            marked = cues(cue_scores[decided], found.words[window.from_ : window.to], LEAST, window.from_)
            near = {s: r for s, r in numbers.items() if window.start <= r[0] and r[1] <= window.end}
            found_here = (self._proposal(view, cue, near, given) for cue in marked)
            proposals += [p for p in found_here if p is not None]
            scored |= {s: self._figure(view, r) for s, r in near.items() if window.decides(r[0])}
        return Prediction(tuple(proposals), scored)

    def _read(self, found: Pieces, window: Window, given: list[Hint] | None) -> tuple[np.ndarray, np.ndarray]:
        """A window's cue probabilities and half-way states, without its edge marks."""
        ids = np.concatenate([[FIRST], found.ids[window.start : window.end], [LAST]])[None]
        features = np.zeros((1, ids.shape[1], found.features.shape[1]), np.int64)
        features[0, 1:-1] = found.features[window.start : window.end]
        said = np.zeros_like(ids)
        said[0, 1:-1] = cue_hints(given, window.start, window.end)
        outputs = self.sessions["encoder"].run(None, {"ids": ids, "features": features, "hints": said})
        cue_scores, half_way = (x[0, 1:-1] for x in outputs)
        return _softmax(cue_scores), half_way

    def _proposal(self, view: _View, cue: Cue, numbers: dict[Span, Range], hints: list[Hint] | None) -> Proposal | None:
        place, crop = (cue.start, cue.end), view.window.crop(cue.start)
        said = role_hints(hints, place, *crop)
        looked_at = view.crop(place, crop, "cue", said)
        probabilities = heeding(_softmax(self.sessions["roles"].run(None, looked_at)[0][0]), said)
        return _proposal(view.pieces, cue, crop[0], probabilities, numbers)

    def _figure(self, view: _View, place: Range) -> FigureScores:
        crop = view.window.figure_crop(place[0])
        looked_at = view.crop(place, crop, "figure", np.zeros(crop[1] - crop[0], np.int64))
        classes, credits = self.sessions["figures"].run(None, looked_at)
        return FigureScores(_softmax(classes[0]), _softmax(credits[0]))


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _View:
    """A window that has been read half-way."""

    pieces: Pieces
    window: Window
    half_way: np.ndarray

    def crop(self, place: Range, crop: Range, mark: str, said: np.ndarray) -> dict[str, np.ndarray]:
        """What the network takes for a closer look at `place` within `crop`; `said` are hints."""
        first, end = crop
        marked = np.zeros((1, end - first), np.int64)
        marked[0, place[0] - first : place[1] - first] = MARKS.index(mark)
        states = self.half_way[first - self.window.start : end - self.window.start][None]
        ways = paths(self.pieces, place, first, end)[None]
        return {"crops": states, "marked": marked, "paths": ways, "hints": said[None]}


def _proposal(
    found: Pieces, cue: Cue, first: int, probabilities: np.ndarray, numbers: dict[Span, Range]
) -> Proposal | None:
    """The attribution of a cue, or None where nothing is said."""
    scores = np.log(np.maximum(probabilities, 1e-12))
    scores[cue.start - first : cue.end - first, 1:] -= 20  # the crediting words are no part of what they credit
    tags = best_tags(scores)
    content = [r for r in fragments(tags, CONTENT, first) if _says(found, r)]
    if not content:
        return None
    source = min(fragments(tags, SOURCE, first), key=lambda r: max(r[0] - cue.end, cue.start - r[1]), default=None)
    inside = probabilities[:, CONTENT] + probabilities[:, CONTENT + 1]
    named = probabilities[:, SOURCE] + probabilities[:, SOURCE + 1]
    mean = lambda p, ranges: float(np.mean(np.concatenate([p[i - first : j - first] for i, j in ranges])))  # noqa: E731
    held = {
        s: float(inside[i - first : j - first].min())
        for s, (i, j) in numbers.items()
        if first <= i and j <= first + len(inside)
    }
    return Proposal(
        found.span(cue.start, cue.end),
        found.span(*source) if source else None,
        tuple(found.span(*r) for r in content),
        tuple(found.span(*r) for r in fragments(tags, RELAY, first)),
        cue.probability,
        mean(named, [source]) if source else float(1 - named.max()),
        mean(inside, content),
        content[-1][1] >= first + len(inside) - 1,
        held,
    )


def _says(found: Pieces, pieces_range: Range) -> bool:
    """Whether a content holds a word: not a comma alone."""
    i, j = pieces_range
    return bool((found.features[i:j, 0] > 0).any())


def _softmax(scores: np.ndarray) -> np.ndarray:
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)
