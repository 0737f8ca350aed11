"""Quantities: numerals with their bounds, ranges, units and currencies, read from text alone.

    >>> parse("more than 90,000 soldiers")[0].bound
    'at_least'
    >>> parse("between $5 and $7 billion")[0].low
    5000000000.0

No parse tree is needed, so that captions, table cells and reference series can be read with it too. What is a year, an
age or a name is not decided here (`exclusions` does it, with the article around).
"""

from __future__ import annotations

import bisect
import dataclasses
import functools

from ascribe.extraction.figures.cardinals import words
from ascribe.extraction.figures.cursor import table
from ascribe.extraction.figures.quantity import Quantity, render
from ascribe.extraction.figures.ranges import Ranges

__all__ = ["Quantity", "parse", "render"]

CENTS = ("USD", "EUR", "GBP", "CAD", "AUD", "CNY", "NZD")


def parse(text: str) -> list[Quantity]:
    """Every quantity that `text` states, in order. Linear in the length of the text."""
    return _merged(_Parser(text).run(), text)


def _merged(found: list[Quantity], text: str) -> list[Quantity]:
    """Two bounds on one number made a range: "more than 20 and less than 30", "at most 100 but at least 20"."""
    merged: list[Quantity] = []
    for q in found:
        last = merged[-1] if merged else None
        if (
            last
            and {last.bound, q.bound} == {"at_least", "at_most"}
            and last.unit == q.unit
            and last.modified
            and q.modified
        ):
            low, high = (last.value, q.value) if last.bound == "at_least" else (q.value, last.value)
            link = text[last.outer_end : q.outer_start].strip()
            compared = link == "," and "than" in text[q.outer_start : q.start]
            if low < high and (compared or link in ("and", "but", "yet", ", but", ", and")):
                merged[-1] = dataclasses.replace(
                    last, end=q.end, value=None, low=low, high=high, bound="range", form="range", outer_end=q.outer_end
                )
                continue
        merged.append(q)
    return merged


class _Parser(Ranges):
    def run(self) -> list[Quantity]:
        found, i, n = [], 0, len(self.tokens)
        openers, links = _openers(), [s for s, _ in self.links]
        while i < n:
            token = self.tokens[i]
            if links and (k := bisect.bisect_right(links, token.start)) and token.start < self.links[k - 1][1]:
                i += 1
                continue
            opens = token.kind == "num" or (token.low in openers and self._may_open(i))
            read = self._quantity(i) if opens else None
            if read:
                quantity, j = read
                if found and quantity.outer_start < found[-1].outer_end:
                    quantity = dataclasses.replace(quantity, outer_start=min(found[-1].outer_end, quantity.start))
                found.append(quantity)
                i = max(j, i + 1)
            else:
                i += 1
        return found

    def _may_open(self, i: int) -> bool:
        """Whether a common word that can open a quantity does not open one here: most "a"s and hyphens do not."""
        word = self.low(i)
        if word in ("-", "−"):
            return self.kind(i + 1) == "num" or self.low(i + 1) in table("currencies", "sign").firsts
        if word == "not":
            return self.low(i + 2) == "single"
        if word in ("a", "an", "the"):
            after = self.low(i + 1)
            return after in _openers() or after in table("units").firsts or after in words("denominator")
        return True

    def _quantity(self, i: int) -> tuple[Quantity, int] | None:
        if self.kind(i) == "num":
            return self._clock(i) or self._amount(i)
        return self._of_unit(i) or self._none(i) or self._amount(i)

    def _amount(self, i: int) -> tuple[Quantity, int] | None:
        """[sign] numeral [– numeral] [unit]."""
        sign = self.sign(i)
        k, code = sign if sign else (i, None)
        minus = self.negative(k)
        first = self.at(k + minus)
        if first is None or (not sign and not minus and self.no_count(first)):
            return None
        if code:
            size = 1e6 if self.low(i)[:1] == "m" and len(self.low(i)) == 4 else 1.0  # MUSD: millions
            first = self.scaled_money(
                first if size == 1 or first.value is None else dataclasses.replace(first, value=first.value * size)
            )
        first, after = self.shared(first, self.measure(first, code, i), i, code)
        if first.value is None:
            return self._stated(i, first.j, after, None, first.form)
        if minus:
            first = dataclasses.replace(first, value=-first.value)
        second = self.second(first, after, i, code)
        if second:
            numeral, after, low = second
            opened = i - 1 if self.low(i - 1) == "between" else i
            scale = 0.01 if after.unit == "%" else 1.0
            q = Quantity(
                self.tokens[opened].start,
                self._end(numeral.j, after),
                None,
                low * scale,
                numeral.value * scale,
                "range",
                after.unit or code or "",
                after.dimension,
                "range",
                first.plain and numeral.plain,
            )
            return self._framed(q, opened, after.j)
        value, j = first.value, after.j
        if after.dimension == "money":
            if self.low(j) in words("scale") and first.factor == 1 and not code:  # 75 USD million
                value, j = value * words("scale")[self.low(j)], j + 1
            elif self.low(j - 1)[:1] == "m" and len(self.low(j - 1)) == 4 and self.currency_code(j - 1) and j > first.j:
                value *= 1e6
            elif after.unit in CENTS:
                j, value = self.cents(j, value)
            return self._stated(i, first.j, after._replace(j=j), value, first.form)
        if after.dimension in ("duration", "distance") and (joined := self.compound(value, after.j, after.unit)):
            j, value, unit = joined
            q = Quantity(
                self.tokens[i].start,
                self.tokens[j - 1].end,
                value,
                value,
                value,
                "exact",
                unit,
                after.dimension,
                "words",
            )
            return self._framed(q, i, j)
        if after.unit == "%":
            value = round(value / 100, 12)
        elif first.form in ("fraction", "ratio") and not after.dimension and 0 <= value <= 1:
            after = after._replace(dimension="share")
        return self._stated(i, first.j, after, value, first.form, first.plain and not minus)

    def _stated(
        self, i: int, j: int, after, value: float | None, form: str, plain: bool = False
    ) -> tuple[Quantity, int]:
        bound = "vague" if value is None else "exact"
        end = self._end(j, after)
        q = Quantity(self.tokens[i].start, end, value, value, value, bound, after.unit, after.dimension, form, plain)
        return self._framed(q, i, after.j)

    def _end(self, j: int, after) -> int:
        """The last character of the expression: money and shares keep their word, other units are left outside."""
        return self.tokens[after.j - 1 if after.dimension in ("money", "share") and after.unit else j - 1].end

    def _of_unit(self, i: int) -> tuple[Quantity, int] | None:
        """half an hour · a year and a half · an hour or two; "an hour" alone only where a bound is put on it."""
        read = self.unit_first(i) if self.kind(i) == "word" else None
        if not read:
            return None
        j, end, low, value, unit, dimension = read
        if low is not None:
            q = Quantity(
                self.tokens[i].start, self.tokens[j - 1].end, None, low, value, "range", unit, dimension, "range"
            )
            return self._framed(q, i, end)
        q = Quantity(
            self.tokens[i].start, self.tokens[end - 1].end, value, value, value, "exact", unit, dimension, "words"
        )
        framed = self._framed(q, i, end)
        alone = end == j + 1 and value == 1.0 and self.low(i) in ("a", "an")
        return None if alone and (not framed[0].modified or self.low(i - 1) == "within") else framed

    def _none(self, i: int) -> tuple[Quantity, int] | None:
        """not a single: none at all."""
        if not self.follows(i, "not", "a", "single") and not self.follows(i, "not", "one", "single"):
            return None
        q = Quantity(self.tokens[i].start, self.tokens[i + 2].end, 0.0, 0.0, 0.0, "exact", form="words")
        return self._framed(q, i, i + 3)

    def _clock(self, i: int) -> tuple[Quantity, int] | None:
        """2:14:04, a race's time, in seconds."""
        parts = [self.low(i + n) for n in (0, 2, 4)]
        if (
            self.kind(i) != "num"
            or not self.low(i + 1) == self.low(i + 3) == ":"
            or not all(self.glued(i + n) for n in (1, 2, 3, 4))
        ):
            return None
        if (
            not all(p.replace(".", "", 1).isdigit() for p in parts)
            or len(parts[0]) > 2
            or len(parts[1]) != 2
            or len(parts[2]) > 6
        ):
            return None
        value = float(parts[0]) * 3600 + float(parts[1]) * 60 + float(parts[2])
        q = Quantity(
            self.tokens[i].start, self.tokens[i + 4].end, value, value, value, "exact", "second", "duration", "clock"
        )
        return self._framed(q, i, i + 5)

    def _framed(self, q: Quantity, i: int, j: int) -> tuple[Quantity, int]:
        """The quantity over tokens [i, j) with the bounds that the words before and after it give."""
        bound, outer = self.before(i, q.dimension, q.form)
        end = j
        if q.value is None:
            bound = q.bound
        elif any(self.low(k) == "+" for k in range(i + 1, j)):
            bound = "at_least"
        elif bound in ("exact", "about") and (behind := self.after(j)):
            bound, end = behind
        low, high = q.low, q.high
        if q.bound == "exact":
            low = q.value if bound in ("exact", "at_least") else None
            high = q.value if bound in ("exact", "at_most") else None
        start, stop = self.tokens[max(outer, 0)].start, self.tokens[end - 1].end
        return dataclasses.replace(q, bound=bound, low=low, high=high, outer_start=start, outer_end=stop), end


@functools.cache
def _openers() -> frozenset[str]:
    """The first words that a quantity can have (beside digits)."""
    first = {"a", "an", "minus", "negative", "-", "−", "one", "quarter", "half", "not", "the"}
    for kind in ("unit", "ten", "hundred", "scale", "vague", "indefinite", "vulgar", "dozen"):
        first |= set(words(kind))
    first |= {phrase[0] for phrase in table("currencies", "sign").phrases}
    first |= {"m" + phrase[0] for phrase in table("currencies", "sign").phrases if len(phrase[0]) == 3}
    first |= {phrase[0] for phrase, row in table("units").phrases.items() if row[1] == "duration"}
    return frozenset(first)
