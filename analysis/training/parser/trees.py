"""The best dependency tree under a table of arc scores.

`scores[i, j]` says how well word `j` fits as the head of word `i`; `scores[i, i]` how well `i` fits as the root.
"""

from __future__ import annotations

import numpy

NEVER = -1e9


def tree(scores: numpy.ndarray) -> numpy.ndarray:
    """The head of each word (the root's is its own), shape (n,): a projective tree with one root.

    Each word takes its best head. Only where that is no tree, or one whose arcs cross, is more asked: the best root is
    set and the others look again, and if that is none either, the best projective tree is sought (Eisner 1996).
    """
    heads = scores.argmax(1)
    if is_tree(heads) and not crossing(heads):
        return heads
    own = numpy.arange(len(heads))
    rest = scores.copy()
    rest[own, own] = NEVER
    best = rest.argmax(1)
    root = int((scores[own, own] - rest[own, best]).argmax())
    best[root] = root
    return best if is_tree(best) and not crossing(best) else projective(scores)


def is_tree(heads: numpy.ndarray) -> bool:
    """Whether there is one root (its own head) and every word leads to it."""
    own = numpy.arange(len(heads))
    if numpy.count_nonzero(heads == own) != 1:
        return False
    far = heads
    for _ in range(len(heads).bit_length()):
        far = far[far]  # twice as far up each time
    return bool((heads[far] == far).all())


def crossing(heads: numpy.ndarray) -> bool:
    """Whether two arcs of a tree cross, or one passes over the root."""
    own = numpy.arange(len(heads))
    left = numpy.where(heads == own, -1, numpy.minimum(heads, own))
    right = numpy.maximum(heads, own)
    inside = (left[:, None] < left) & (left < right[:, None])
    return bool((inside & (right > right[:, None])).any())


def projective(scores: numpy.ndarray) -> numpy.ndarray:
    """The best projective tree with one root: Eisner's algorithm, one width of span at a time."""
    size = len(scores)
    # best weight of the words from s to t under t (left) or under s (right); open spans lack one half
    left, right = numpy.zeros((size, size)), numpy.zeros((size, size))
    open_left, open_right = numpy.zeros((size, size)), numpy.zeros((size, size))
    cut_open, cut_left, cut_right = (numpy.zeros((size, size), dtype=int) for _ in range(3))
    for width in range(1, size):
        start = numpy.arange(size - width)
        end, row = start + width, numpy.arange(size - width)
        between = start[:, None] + numpy.arange(width)[None]
        halves = right[start[:, None], between] + left[between + 1, end[:, None]]
        best = halves.argmax(1)
        cut_open[start, end] = start + best
        open_left[start, end] = halves[row, best] + scores[start, end]
        open_right[start, end] = halves[row, best] + scores[end, start]
        wholes = left[start[:, None], between] + open_left[between, end[:, None]]
        best = wholes.argmax(1)
        cut_left[start, end], left[start, end] = start + best, wholes[row, best]
        wholes = open_right[start[:, None], between + 1] + right[between + 1, end[:, None]]
        best = wholes.argmax(1)
        cut_right[start, end], right[start, end] = start + best + 1, wholes[row, best]
    root = int((left[0] + right[:, -1] + scores.diagonal()).argmax())
    heads = numpy.full(size, root)
    waiting = [("left", 0, root), ("right", root, size - 1)]
    while waiting:
        kind, s, t = waiting.pop()
        if s == t:
            continue
        if kind == "left":
            cut = cut_left[s, t]
            waiting += [("left", s, cut), ("open left", cut, t)]
        elif kind == "right":
            cut = cut_right[s, t]
            waiting += [("open right", s, cut), ("right", cut, t)]
        else:
            if kind == "open left":
                heads[s] = t
            else:
                heads[t] = s
            cut = cut_open[s, t]
            waiting += [("right", s, cut), ("left", cut + 1, t)]
    return heads
