"""What speaks for a candidate's being the one that a pronoun stands for: binary features, each a short word."""

from __future__ import annotations

import bisect

from ascribe.extraction.sources.candidates import Candidate, Mention, Seen
from ascribe.extraction.sources.cast import Cast
from ascribe.extraction.sources.view import POSSESSIVES, View
from ascribe.extraction.sources.voices import Voices

STEPS = (0, 1, 2, 3, 5, 8, 13)
"""Distances in sentences are told apart up to these."""
ROLES = {"nsubj": "s", "nsubj:pass": "q", "obj": "o", "root": "r", "ROOT": "r", "obl": "b", "nmod": "m", "appos": "a"}


def step(distance: int) -> int:
    return bisect.bisect_left(STEPS, distance)


class Likeness:
    """The features of one article's candidates."""

    def __init__(self, view: View, cast: Cast, voices: Voices) -> None:
        self.view, self.cast, self.voices = view, cast, voices
        self.paragraphs = [i for i, _ in view.reading.paragraphs]

    def of(self, mention: Mention, seen: list[Seen]) -> list[list[str]]:
        """The features of each candidate, in order."""
        v = self.view
        content = self.voices.contents.get(mention.span, ())
        opened = self.voices.opened(mention.span)
        direct = bool(content) and v.quoted(content[0][0])
        ranks = self.ranks(mention, seen)
        found = []
        for k, (c, turn, turned) in enumerate(seen):
            at = max(c.at, turned) if c.at < mention.start else c.at
            features = [f"k{c.source[0]}{c.cls}", ranks[k], f"n{c.plural:d}{c.source[0]}{c.cls}"]
            features += self.place(mention, c, at, turn, opened)
            if any(s <= v.reading.starts[c.at] < e for s, e in content):
                features.append("quoted" if direct else "within")
            if mention.gender:
                features.append(f"g{'=' if c.gender else '?'}{c.cls}")
            found.append(features)
        return found

    # -- where it stands --------------------------------------------------------------------------------------------

    def ranks(self, mention: Mention, seen: list[Seen]) -> list[str]:
        """For each candidate how near it is among those of its class."""
        counts: dict[str, int] = {}
        found = [""] * len(seen)
        for k in sorted(range(len(seen)), key=lambda k: -max(seen[k][0].at, seen[k][2])):
            c = seen[k][0]
            if c.at > mention.start:
                found[k] = "r-"
                continue
            n = counts[c.cls] = counts.get(c.cls, -1) + 1
            found[k] = f"r{min(n, 4)}{c.cls}"
        return found

    def place(self, mention: Mention, c: Candidate, at: int, turn: int, opened: int) -> list[str]:
        v = self.view
        away = v.sentence[mention.start] - v.sentence[at]
        if at > mention.start:
            return ["after", f"after{step(-away)}{c.source[0]}"]
        para = bisect.bisect_right(self.paragraphs, mention.start) - bisect.bisect_right(self.paragraphs, at)
        features = [f"d{step(away)}", f"d{step(away)}{c.source[0]}{c.cls}", f"p{min(para, 3)}"]
        features.append(f"t{min(turn, 4)}{min(step(away), 4)}" if turn >= 0 else "t-")
        if turn >= 0:
            features.append(f"t{min(turn, 4)}{c.source[0]}{c.cls}")
        if at < opened:
            features.append("before-quote")
        root = self.root(c, at)
        role = ROLES.get(v.dep[root], "x")
        if role == "m" and root + 1 < len(v) and v.lower[root + 1] in POSSESSIVES:
            role = "p"
        features += [f"s{role}", f"s{role}{min(step(away), 3)}"]
        if role in ("s", "q") and self.opens(root):
            features.append(f"topic{min(step(away), 3)}")
        if c.entity:
            features.append(f"m{min(len(c.entity.names), 5)}")
        return features

    def root(self, c: Candidate, at: int) -> int:
        """The syntactic head of a name at token `at`; of a noun phrase it is the token."""
        end = next((n.end for n in self.cast.inside(at, at + 1)), at + 1)
        head = self.view.head
        return next((k for k in range(at, end) if not at <= head[k] < end or head[k] == k), at)

    def opens(self, k: int) -> bool:
        """Whether token `k` is the first subject of its sentence."""
        v = self.view
        return not any(v.dep[m].startswith("nsubj") for m in range(v.sentences[v.sentence[k]], k))
