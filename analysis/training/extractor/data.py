"""Annotated articles as batches of windows for the network."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from ascribe.extraction.model.hints import Hint, cue_hints, hints, role_hints
from ascribe.extraction.model.labels import CONTENT, CREDIT_CLASSES, FIGURE_CLASSES, MARKS, RELAY, SOURCE
from ascribe.extraction.model.paths import paths
from ascribe.extraction.model.pieces import Pieces, pieces
from ascribe.extraction.model.windows import FIRST, LAST, LONGEST, MASKED, Window, windows
from ascribe.extraction.records import CATEGORIES, Attribution, Span
from ascribe.language.reading import Reading

IGNORED = -100
MASK_SHARE = 0.05
"""Share of pieces hidden from the network while it learns, so that it leans on no single word."""
QUOTE_BLIND = 0.2
"""Share of windows whose quotation feature is hidden, as where scraping has lost the marks."""
SYNTAX_BLIND = 0.1
"""Share of windows whose syntax is hidden, so that a wrong parse is not believed at any price."""
HINTED = 0.6
"""Share of windows that are read with the rules' hints."""
SORTED = 192
"""Windows in a row of the random order that are sorted by length, so that batches hold little padding."""
SENTENCES = 3
"""Sentences at most of the stretches that are read by themselves, so that the network reads those too."""
QUOTED, SYNTAX = 2, (3, 4)

Range = tuple[int, int]


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Example:
    """An article in pieces, with its attributions and figures in ranges of pieces.

    `attributions` holds a dict of role -> ranges (`cue`, `source`, `content`, `relay`) each; `figures` tuples of range,
    class and credit (IGNORED where it is no figure); `hints` what rules say.
    """

    doc: str
    pieces: Pieces
    hints: list[Hint]
    attributions: list[dict[str, list[Range]]]
    figures: list[tuple[Range, int, int]]


def example(
    record: dict, reading: Reading, numbers: Iterable[Span] = (), proposed: Iterable[Attribution] = ()
) -> Example:
    """An annotated article; `numbers` are those that rules find, some of them no figures, `proposed` their claims."""
    found = pieces(reading)

    def ranges(spans: Iterable[Iterable[int]]) -> list[Range]:
        return [r for s in spans if (r := found.range(tuple(s)))]

    attributions = []
    for a in record["attributions"]:
        roles = {role: ranges(a[role]) for role in ("cue", "source", "content")}
        if roles["cue"] and roles["content"]:
            attributions.append(roles | {"relay": ranges(_relays(record["text"], a))})
    figures = [
        (r, CATEGORIES.index(f["category"]), CREDIT_CLASSES.index(f["credit"]))
        for f in record["figures"]
        if (r := found.range(tuple(f["span"])))
    ]
    covered = [r for r, *_ in figures]
    for span in numbers:
        r = found.range(span)
        if r and not any(a < r[1] and r[0] < b for a, b in covered):
            figures.append((r, len(FIGURE_CLASSES) - 1, IGNORED))
    return Example(record["doc"], found, hints(found, proposed), attributions, figures)


def _relays(text: str, attribution: dict) -> Iterator[Range]:
    """The nearest mention of each relay, which the annotation gives by its words."""
    at = attribution["cue"][0][0] if attribution["cue"] else 0
    for name in attribution.get("via") or ():
        mentions = [i for i in range(max(0, at - 400), at + 400) if text.startswith(name, i)]
        if mentions:
            nearest = min(mentions, key=lambda i: abs(i - at))
            yield nearest, nearest + len(name)


@dataclasses.dataclass(slots=True, eq=False)
class Crops:
    """What is looked at closely: `places` [k, 3] (row, first piece, number of pieces); by piece of each crop what is
    marked, the path from it, and hints [k, m]; `wanted`: role tags [k, m], or class and credit [k, 2]."""

    places: np.ndarray
    marked: np.ndarray
    paths: np.ndarray
    hints: np.ndarray
    wanted: np.ndarray

    def __len__(self) -> int:
        return len(self.places)


@dataclasses.dataclass(slots=True, eq=False)
class Batch:
    """Arrays for one step."""

    ids: np.ndarray
    features: np.ndarray
    hints: np.ndarray
    mask: np.ndarray
    cues: np.ndarray
    attributions: Crops
    figures: Crops


def rounded(length: int) -> int:
    """A length up to the next sixteen: fewer shapes, for each of which the arithmetic would be prepared anew."""
    return -(-length // 16) * 16


def batches(examples: Sequence[Example], budget: int, rng: random.Random) -> Iterator[Batch]:
    """One pass over all windows in a random order, at most `budget` pieces a batch, lengths alike within one.

    Beside its windows a few sentences of each article are read by themselves, other ones in each pass.
    """
    order = [(example, window) for example in examples for window in windows(len(example.pieces))]
    order += [(example, _stretch(example.pieces, rng)) for example in examples if len(example.pieces)]
    rng.shuffle(order)
    groups: list[list] = []
    for first in range(0, len(order), SORTED):
        group: list = []
        for item in sorted(order[first : first + SORTED], key=lambda item: len(item[1])):
            if group and (len(group) + 1) * (len(item[1]) + 2) > budget:
                groups.append(group)
                group = []
            group.append(item)
        groups.append(group)
    rng.shuffle(groups)
    yield from (batch(group, rng) for group in groups)


def _stretch(found: Pieces, rng: random.Random) -> Window:
    """A few sentences in a row, as a window of their own."""
    numbers = found.sentences[found.tokens]
    first = int(numbers[rng.randrange(len(found))])
    inside = np.flatnonzero((numbers >= first) & (numbers < first + rng.randint(1, SENTENCES)))
    start = int(inside[0])
    end = min(int(inside[-1]) + 1, start + LONGEST)
    return Window(start, end, start, end)


def batch(group: Sequence[tuple[Example, Window]], rng: random.Random) -> Batch:
    """The arrays of some windows."""
    rows, longest = len(group), rounded(max(len(window) for _, window in group) + 2)
    ids, mask = np.zeros((rows, longest), np.int64), np.zeros((rows, longest), np.float32)
    features = np.zeros((rows, longest, group[0][0].pieces.features.shape[1]), np.int64)
    said, cues = np.zeros((rows, longest), np.int64), np.full((rows, longest), IGNORED)
    attributions, figures = [], []
    for row, (item, window) in enumerate(group):
        n = len(window)
        hidden = np.array([rng.random() < MASK_SHARE for _ in range(n)])
        ids[row, : n + 2] = FIRST, *np.where(hidden, MASKED, item.pieces.ids[window.start : window.end]), LAST
        mask[row, : n + 2] = 1
        features[row, 1 : n + 1] = item.pieces.features[window.start : window.end]
        if rng.random() < QUOTE_BLIND:
            features[row, :, QUOTED] = 0
        blind = rng.random() < SYNTAX_BLIND
        if blind:
            features[row][:, SYNTAX] = 0
        given = item.hints if rng.random() < HINTED else None
        view = _View(row, item, window, given, blind)
        said[row, 1 : n + 1] = cue_hints(given, window.start, window.end)
        cues[row, 1 + window.from_ - window.start : 1 + window.to - window.start] = 0
        for a in item.attributions:
            _label_cue(cues[row], a["cue"], window)
            cue = a["cue"][0]
            if window.decides(cue[0]):
                crop = window.crop(cue[0])
                attributions.append(view.crop(crop, a["cue"], "cue", _roles(a, crop)))
        for figure, category, credit in item.figures:
            if window.decides(figure[0]) and figure[1] <= window.end:
                crop = window.figure_crop(figure[0])
                figures.append(view.crop(crop, [figure], "figure", np.array([category, credit])))
    return Batch(ids, features, said, mask, cues, _stacked(attributions), _stacked(figures))


def _label_cue(labels: np.ndarray, cue: list[Range], window: Window) -> None:
    for i, j in cue:
        for k in range(max(i, window.from_), min(j, window.to)):
            labels[1 + k - window.start] = 1 if k == i else 2


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _View:
    """A window of a batch: its row, what rules say of it, and whether its syntax is hidden."""

    row: int
    item: Example
    window: Window
    hints: list[Hint] | None
    blind: bool

    def crop(self, crop: Range, marked: list[Range], mark: str, wanted: np.ndarray) -> tuple[np.ndarray, ...]:
        """A closer look at the first of `marked`: its place, marks, paths and hints, and what is wanted of it."""
        first, end = crop
        marks = np.zeros(end - first, np.int64)
        for i, j in marked:
            marks[max(0, i - first) : max(0, min(j, end) - first)] = MARKS.index(mark)
        hidden = np.zeros(end - first, np.int64)
        ways = hidden if self.blind else paths(self.item.pieces, marked[0], first, end)
        said = role_hints(self.hints, marked[0], first, end) if mark == "cue" else hidden
        place = np.array([self.row, 1 + first - self.window.start, end - first])
        return place, marks, ways, said, wanted


def _stacked(crops: list[tuple[np.ndarray, ...]]) -> Crops:
    longest = rounded(max((len(c[1]) for c in crops), default=0))

    def stack(number: int, fill: int = 0) -> np.ndarray:
        length = max((len(c[number]) for c in crops), default=0) if number in (0, 4) else longest
        length = longest if number == 4 and length > 2 else length
        rows = [np.pad(c[number], (0, length - len(c[number])), constant_values=fill) for c in crops]
        return np.array(rows, np.int64).reshape(len(crops), length)

    return Crops(stack(0), stack(1), stack(2), stack(3), stack(4, IGNORED))


def _roles(attribution: dict[str, list[Range]], crop: Range) -> np.ndarray:
    labels = np.zeros(crop[1] - crop[0], np.int64)
    for role, tag in (("relay", RELAY), ("content", CONTENT), ("source", SOURCE)):
        for i, j in attribution[role]:
            for k in range(max(i, crop[0]), min(j, crop[1])):
                labels[k - crop[0]] = tag if k == i else tag + 1
    return labels
