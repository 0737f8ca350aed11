"""Ranges: 30 to 40 · between 30 and 40 · 10-15 km · three or four · one-to-two hundred."""

from __future__ import annotations

import dataclasses

from ascribe.extraction.figures.bounds import Bounds
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.measures import Measure
from ascribe.extraction.figures.numerals import Numeral
from ascribe.extraction.figures.tokens import DASHES, HYPHENS

SPREAD = listed("ranges_spread")
MOVES = listed("ranges_moves")
YEARLY = listed("ranges_yearly")  # words before a year: "in 2012"


class Ranges(Bounds):
    """Reads ranges off a text."""

    def second(self, first: Numeral, after: Measure, i: int, code: str | None) -> tuple[Numeral, Measure, float] | None:
        """The high end of a range whose low end was read: its numeral, what it measures, and the low end rescaled.

        None where what follows makes no range with it: a descending pair, a change ("from 21 to 46"), other units.
        """
        k, link = after.j, self.low(after.j)
        opener = self._opener(i)
        if link in ("to", "through") and opener != "between" and self._year(i, first):
            return None  # "rose in 2012-13 to 934,000"
        if link in DASHES and self.low(k + 1) in ("to", "or") and self.low(k + 2) in HYPHENS:  # one-to-two hundred
            k, link = k + 3, self.low(k + 1)
        elif link in DASHES:
            loose = link == "-" and not self.glued(k) and opener != "between"
            if loose and not (self.kind(k + 1) == "num" or (self.glued(k + 1) is False and self.at(k + 1))):
                return None
            k += 1
        elif link in ("to", "through", "till", "until", "or") or (link == "and" and opener == "between"):
            k += 1
        else:
            return None
        if link != "or":
            while (more := self.match("modifiers", k, "before")) and self.low(k) not in ("<", ">"):
                k = more[0]
        sign = self.sign(k)
        if sign and code and sign[1] != code:
            return None
        minus = self.negative(sign[0] if sign else k)
        numeral = self.at((sign[0] if sign else k) + minus)
        if numeral is None or numeral.value is None:
            return None
        if code or sign:
            numeral = self.scaled_money(numeral)
        end = self.measure(numeral, code or (sign[1] if sign else None), k)
        if after.unit and end.unit and after.unit != end.unit:
            return None
        if link == "to" and (after.unit or code) and self._moves(i):
            return None  # "fell 8p to 212p": by how much, and to where
        if link == "or" and self.low(i) in ("a", "one") and 1 < numeral.value < 10 <= first.factor == first.value:
            numeral = dataclasses.replace(numeral, value=numeral.value * first.factor)  # "a dozen or two"
        low = self._rescaled_low(first, numeral)
        if low >= numeral.value or (minus and low < 0) or self._no_range(first, numeral, link, opener):
            return None
        return numeral, end if end.unit or not after.unit else Measure(end.j, after.dimension, after.unit), low

    def _year(self, i: int, first: Numeral) -> bool:
        """Whether the number at token `i` is a year, or the end of a span of years: "2012-13", "in 2012"."""
        if not first.plain or first.value is None or first.j != i + 1:
            return False
        before = self.low(i - 1)
        if self.glued(i) and self.glued(i - 1) and (before in DASHES or before in ("/", "⁄")):
            return len(self.low(i)) in (2, 4) and self._recent(i - 2)
        return before in YEARLY and self._recent(i) and not self._recent(first.j + 1)

    def _recent(self, k: int) -> bool:
        """Whether token `k` can be a year that news tells of."""
        return (
            self.kind(k) == "num"
            and len(self.low(k)) == 4
            and self.low(k).isdigit()
            and "1800" <= self.low(k) <= "2100"
        )

    def _moves(self, i: int) -> bool:
        """Whether a verb of rising or falling stands before the number: "rose about 2% to 14%"."""
        k = i - 1
        while (found := self.modifier(k)) is not None or self.low(k) == "by":
            k -= found[0] if found else 1
        return self.low(k) in MOVES

    def shared(self, first: Numeral, after: Measure, i: int, code: str | None) -> tuple[Numeral, Measure]:
        """The first number of a change with the unit that it shares with the second: "from 20 to 35 per cent"."""
        k = after.j + 1
        if after.unit or code or self.low(after.j) != "to" or first.value is None or self._opener(i) != "from":
            return first, after
        numeral = self.at(k)
        unit = self.measure(numeral, None, k) if numeral is not None and numeral.value is not None else after
        if not unit.unit:
            return first, after
        first = dataclasses.replace(first, value=self._rescaled_low(first, numeral), plain=False)
        return first, Measure(after.j, unit.dimension, unit.unit)

    def _rescaled_low(self, first: Numeral, second: Numeral) -> float:
        """5 to 7 million: the scale word is the low end's too."""
        shared = first.factor == 1 and second.factor >= 12 and 0 < first.value < second.value / second.factor
        return first.value * second.factor if shared else first.value

    def _no_range(self, first: Numeral, second: Numeral, link: str, opener: str) -> bool:
        if first.form == "fraction" and second.form == "digits" and second.value > 1:
            return True  # "fell by half to 46,000"
        if link == "or":
            far = first.value * 10 < second.value and second.factor == 1
            return far or (second.value - first.value > max(20, first.value * 2) and second.factor == 1)
        if link in ("to", "through") and opener == "from":
            return True
        after = self.low(second.j)
        return self.glued(second.j) and (after in (":", "/") or after in HYPHENS) and self.kind(second.j + 1) == "num"

    def _opener(self, i: int) -> str:
        """The word that opens a range, "between" or "from", before the modifiers of its first number.

        "From" opens a range only where something is said to range: "estimates vary from 30 to 40".
        """
        k = i - 1
        while (found := self.modifier(k)) is not None:
            k -= found[0]
        word = self.low(k)
        if word == "from" and (any(self.low(k - n) in SPREAD for n in (1, 2, 3, 4)) or self.low(k - 1) == "is"):
            return "range"
        return word
