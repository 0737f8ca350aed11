"""Bounds: the "more than", "up to", "about" before a number, and the "or more" after it."""

from __future__ import annotations

from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.measures import Measures
from ascribe.extraction.figures.tokens import HYPHENS

BETWEEN = ("another", "additional", "further", "a", "an", "around", "extra", "magnitude")
LASTING = listed("bounds_lasting")
DEEP = listed("bounds_deep")
PARTICLE = listed("bounds_particle")  # verbs that "up" belongs to


class Bounds(Measures):
    """Reads modifiers off a text."""

    def before(self, i: int, dimension: str, form: str, exact: bool = True) -> tuple[str, int]:
        """The bound that the words before token `i` give a number, and the token at which those words start."""
        bound, outer, k, skipped = "exact", i, i - 1, 0
        while skipped < 2 and self.low(k) in BETWEEN and not self.modifier(k):
            k, skipped = k - 1, skipped + 1
        for _ in range(3):
            found = self.modifier(k)
            if not found or not self._applies(k, found, dimension, form):
                break
            if bound == "about" and found[0] == 1 and self.low(k) in ("over", "under", "above", "some"):
                break  # "takes over about 7,000": the particle of a verb
            if bound in ("exact", "about") and found[1] != "exact":
                bound = "at_least" if self.low(k) in ("below", "under") and self.low(k - 1) in DEEP else found[1]
            k -= found[0]
            outer = k + 1
            while self.low(k) in BETWEEN[:5] and self.modifier(k - 1):
                k -= 1
        return bound, outer

    def modifier(self, k: int) -> tuple[int, str] | None:
        """The modifier phrase that ends with token `k`: its length and its bound."""
        found = self.match_back("modifiers", k, "before")
        if found and found[1][0] == "at_most" and self.low(k) == "next" and self.low(k - 2) != "within":
            return None
        return (found[0], found[1][0]) if found else None

    def _applies(self, k: int, found: tuple[int, str], dimension: str, form: str) -> bool:
        """Whether the words are about the number: "over 18 months" says how long, "for over 30 hours" more than 30."""
        word, earlier = self.low(k), self.low(k - 1)
        if word == "." and earlier == "c" and self.kind(k - 2) == "num":
            return False  # "38 C. 12 people": degrees
        if word == "as" and dimension == "duration" and self.low(k + 1) in ("a", "an", "one"):
            return False  # "three times as much as a year ago"
        if word == "to" and earlier == "up" and self.low(k - 2) in PARTICLE:
            return False  # they add up to 354,000
        if word == "estimated" and self._estimates(k):
            return False  # a verb: "Tane estimated 40"
        if word == "of" and earlier == "north":
            return dimension not in ("distance", "angle") and form == "digits"
        if found[0] > 1:
            return not (word == "than" and self.low(k - found[0]) == "no")
        if word in ("over", "under") and dimension == "duration":
            return earlier in LASTING
        if word in ("under", "below", "above") and dimension == "distance":
            return earlier not in ("from", "buried", "metres", "meters", "feet", "km")
        if word in ("within", "under", "below", "above", "near") and not dimension:
            return word not in ("within", "near") and form in ("digits", "share")
        if word == "near":
            return dimension not in ("distance", "area", "duration", "")
        if word == "some":
            return form != "vague"
        return not (word in ("minimum", "maximum", "exceed", "exceeds", "exceeded", "equal") and form == "vague")

    def _estimates(self, k: int) -> bool:
        """Whether "estimated" at token `k` is what the one named right before it did."""
        if self.written(k) != "estimated":
            return False  # capitals say nothing in a headline
        return self.low(k - 1) in ("he", "she", "they", "it") or (
            self.kind(k - 1) == "word" and self.written(k - 1)[0].isupper() and self.low(k - 1) not in ("an", "the")
        )

    def after(self, j: int) -> tuple[str, int] | None:
        """The bound that the words from token `j` on give the number before them, and the token after those words."""
        if self.low(j) in HYPHENS and self.low(j + 1) in ("plus", "odd", "some"):
            return ("at_least" if self.low(j + 1) == "plus" else "about"), j + 2
        found = self.match("modifiers", j, "after")
        if found and self._closes(found[0], j):
            return found[1][0], found[0]
        for k in range(j + 1, j + 4):  # "66 people or more were injured"
            if self.kind(k - 1) != "word" or self.low(k - 1) in ("and", "or", "of", "in", "were", "was"):
                break
            if (
                self.low(k) == "or"
                and self.low(k + 1) in ("more", "fewer", "less")
                and self.low(k + 2) not in ("than", "less")
            ):
                return ("at_least" if self.low(k + 1) == "more" else "at_most"), j
        return None

    def _closes(self, end: int, j: int) -> bool:
        """Whether "or more", "at least" ends its phrase here, and is not the next number's: "12, at least 5"."""
        word = self.low(j)
        if word == "+":
            return self.glued(j)
        if word == "at" and self.low(j + 2) == "very":
            return self.at(end) is None
        if word in ("at", "tops", "minimum", "maximum", "max", "approximately", "above", "upwards", "odd", "give"):
            return self.at(end) is None and self.kind(end) != "word"
        if word == "plus":
            return self.at(end) is None and self.low(end) not in ("a", "an", "the")
        return self.at(end) is None or (self.kind(end - 1) == "word" and self.low(end - 1) not in ("than",))
