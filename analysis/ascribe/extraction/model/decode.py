"""From the network's scores to cues, sources and contents."""

from __future__ import annotations

import dataclasses

import numpy as np

from ascribe.extraction.model.labels import CONTENT, HINTS, OUTSIDE, RELAY, ROLE_TAGS, SOURCE

Range = tuple[int, int]

GOES_ON = 0.3
"""How likely a word must be a cue's to go on with one that has begun."""
NEW_FRAGMENT = {SOURCE: 0.5, CONTENT: 2.0, RELAY: 0.5}
"""What a further fragment of a role costs, in nats: contents are whole unless the scores say otherwise."""
IMPOSSIBLE = -1e9
HEED = 1.5
"""How much likelier, in nats, a role becomes where rules saw it too: their ends of contents are surer than ours."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cue:
    """The pieces `[start, end)` that credit, and how likely they do."""

    start: int
    end: int
    probability: float


def cues(scores: np.ndarray, words: np.ndarray, least: float, first: int = 0) -> list[Cue]:
    """The cues in a window's probabilities [n, 3], whole words that reach `least`; pieces are counted from `first`.

    `words` says which piece begins the word of each piece, counted likewise.
    """
    said = 1 - scores[:, OUTSIDE]
    found, k, n = [], 0, len(scores)
    while k < n:
        if said[k] < least or words[k] != first + k:
            k += 1
            continue
        end, best = k + 1, float(said[k])
        while end < n:
            inside_word = words[end] != first + end
            goes_on = scores[end, 2] > scores[end, 1] and said[end] >= max(least, GOES_ON)
            if not (inside_word or goes_on):
                break
            best = best if inside_word else max(best, float(said[end]))
            end += 1
        found.append(Cue(first + k, first + end, best))
        k = end
    return found


def heeding(probabilities: np.ndarray, said: np.ndarray) -> np.ndarray:
    """The role probabilities [m, tags] with the rules' word weighed in: `said` [m] are their hints."""
    if not (said > HINTS.index("no")).any():
        return probabilities
    scores = np.log(np.maximum(probabilities, 1e-12))
    for hint, tags in (("no", [OUTSIDE]), ("source", [SOURCE, SOURCE + 1]), ("content", [CONTENT, CONTENT + 1])):
        scores[np.ix_(said == HINTS.index(hint), tags)] += HEED
    weighed = np.exp(scores - scores.max(-1, keepdims=True))
    return weighed / weighed.sum(-1, keepdims=True)


def _moves() -> np.ndarray:
    """What it costs to go from one role tag to the next."""
    moves = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)))
    for begins, cost in NEW_FRAGMENT.items():
        moves[:, begins] -= cost
        moves[:, begins + 1] = IMPOSSIBLE
        moves[[begins, begins + 1], begins + 1] = 0
    return moves


MOVES = _moves()


def best_tags(scores: np.ndarray) -> list[int]:
    """The likeliest tags of a crop by its log probabilities [m, tags]: Viterbi, no role goes on that has not begun."""
    best = scores[0] + MOVES[OUTSIDE]
    came_from = []
    for row in scores[1:]:
        ways = best[:, None] + MOVES
        came_from.append(ways.argmax(0))
        best = ways.max(0) + row
    tags = [int(best.argmax())]
    for step in reversed(came_from):
        tags.append(int(step[tags[-1]]))
    return tags[::-1]


def fragments(tags: list[int], begins: int, first: int) -> list[Range]:
    """The ranges of a role in a crop that begins at piece `first`."""
    found: list[Range] = []
    for k, tag in enumerate(tags):
        if tag == begins:
            found.append((first + k, first + k + 1))
        elif tag == begins + 1:
            found[-1] = (found[-1][0], first + k + 1)
    return found
