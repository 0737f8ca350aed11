"""Numerals: the numbers themselves, in digits, in words and mixed, before any "more than" and any unit.

`Numerals(text).at(i)` reads the longest numeral that starts at token `i`: 90,000 · 6.5 million · two hundred and
five · two-and-a-half · 10 1/2 · two thirds · one in four · half a million · dozens · several hundred · 1.2bn.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import NamedTuple

from ascribe.extraction.figures.cardinals import LONGEST, Cardinal, Cardinals, words
from ascribe.extraction.figures.cursor import table
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.tokens import HYPHENS

ROUND = listed("numerals_round")
MILLIONS_OF = listed("numerals_millions_of")  # words between "3.2m" and what it counts
COUNTED = listed("numerals_counted")  # plurals that are counted in millions, and hardly measured in metres
LENGTHS = listed("numerals_lengths")  # words that follow a length: "2.8m long"
POWER = re.compile(r"[+-]?\d{1,2}")
AGAIN = 200  # characters after an "m" for million in which a bare "2.8m" is one too


@dataclasses.dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral over tokens `[i, j)`. `value` is None for vague ones ("dozens").

    `form` is how it is written: digits, words, fraction, ratio or vague; `factor` is the scale word's value ("6.5
    million" has 1e6), so that "5 to 7 million" can give it to the 5; `plain` is as for a Cardinal.
    """

    i: int
    j: int
    value: float | None
    form: str
    factor: float = 1.0
    plain: bool = False


class Part(NamedTuple):
    """A fraction up to (not including) token `j`."""

    j: int
    value: float
    factor: float = 1.0


class Numerals(Cardinals):
    """Reads numerals off a text."""

    in_millions = -AGAIN
    """Where the last "m" for million ended."""

    def at(self, i: int) -> Numeral | None:
        """The longest numeral that starts at token `i`, or None."""
        if self.kind(i) == "num":
            return self._counted(i)
        return self._vague(i) or self._half(i) or self._article(i) or self._vulgar(i) or self._counted(i)

    def values(self) -> list[tuple[int, int, float, float]]:
        """Every numeral with a value, units aside: start, end, and its value twice (as low and as high)."""
        found, i = [], 0
        while i < len(self.tokens):
            signed = self.negative(i)
            numeral = self.at(i + signed)
            if numeral is None:
                i += 1
                continue
            unit = self.kind(numeral.j) == "word" and self.glued(numeral.j) and self.kind(numeral.j - 1) == "num"
            if numeral.value is not None and not unit and not self.no_count(numeral):
                value = -numeral.value if signed else numeral.value
                found.append((self.tokens[i].start, self.tokens[numeral.j - 1].end, value, value))
            i = numeral.j
        return found

    def negative(self, k: int) -> bool:
        """Whether token `k` is the minus of a number: "-5", "minus five"."""
        if self.low(k) in ("minus", "negative"):
            if self.low(k - 1) == "or" and self.low(k - 2) == "plus":
                return False  # a margin: "plus or minus 3 points"
            return self.at(k + 1) is not None
        bare = not self.glued(k) or self.low(k - 1) in ("(", "[", ">", "<", "=", "^")
        return self.low(k) in ("-", "−") and bare and self.kind(k + 1) == "num" and (self.glued(k + 1) or k == 0)

    def no_count(self, numeral: Numeral) -> bool:
        """Words that only look like numerals: "the one", "one another", "no one", "this one"."""
        if numeral.j - numeral.i > 1 or self.low(numeral.i) != "one":
            return False
        before = ("no", "the", "this", "that", "which", "any", "every", "each", "some", "everyone")
        return self.low(numeral.i - 1) in before or self.low(numeral.i + 1) == "another"

    # -- vague -------------------------------------------------------------------------------------------------------

    def _vague(self, i: int) -> Numeral | None:
        """dozens · tens of thousands · several hundred · a few dozen · a couple."""
        k = i + 1 if self.low(i) == "a" and self.low(i + 1) in ("few", "couple") else i
        word, vague = self.low(k), words("vague")
        if word in ("several", "few", "many", "couple") and (self.low(k + 1) in ROUND or self.low(k + 1) in vague):
            k += 2
            while self.low(k) in ROUND or self.low(k) in vague or (self.low(k) == "of" and self.low(k + 1) in vague):
                k += 1
            return Numeral(i, k, None, "vague")
        if word == "couple" and self.low(k + 1) == "of" and self.low(k + 2) in ROUND:
            return Numeral(i, k + 3, None, "vague")  # a couple of hundred
        if word == "couple" and (k > i or self.low(k + 1) in ("of", "more")):
            return Numeral(i, k + 1, None, "vague")
        if word in vague or word == "dozens":
            k += 1
            while self.low(k) in ("of", "and", "upon") and (self.low(k + 1) in vague or self.low(k + 1) == "dozens"):
                k += 2
            bare_tens = word == "tens" and k == i + 1 and self.low(k) != "of"
            return None if bare_tens else Numeral(i, k, None, "vague")
        return None

    # -- halves and thirds -------------------------------------------------------------------------------------------

    def _article(self, i: int) -> Numeral | None:
        """a dozen · a third · a quarter of a million · a hundred · a trillionth."""
        if self.low(i) not in ("a", "an"):
            return None
        word, denominators = self.low(i + 1), words("denominator")
        if word == "dozen":
            return Numeral(i, i + 2, 12.0, "words", 12.0)
        if word in ("half", "quarter") and (of := self._of_scale(i + 2, 1 / denominators[word])):
            return Numeral(i, of.j, of.value, "words", of.factor)
        if word in denominators and not word.endswith("s"):
            return Numeral(i, i + 2, 1 / denominators[word], "fraction")
        found = self.cardinal(i)
        if found and found.j > i + 1:
            part = self.denominator(found.j, found.value)
            return Numeral(i, part.j, part.value, "fraction") if part else self._extended(i, found, "words")
        part = self.denominator(i + 1, 1.0)
        return Numeral(i, part.j, part.value, "fraction") if part else None

    def _half(self, i: int) -> Numeral | None:
        """half · half a dozen · half a million · quarter million."""
        word = self.low(i)
        if word not in ("half", "quarter") or self.low(i - 1) in ("a", "an"):
            return None
        of = self._of_scale(i + 1, 1 / words("denominator")[word])
        if of:
            return Numeral(i, of.j, of.value, "words", of.factor)
        return Numeral(i, i + 1, 0.5, "fraction") if word == "half" else None

    def _of_scale(self, k: int, share: float) -> Part | None:
        """The "(of) (a) million" after "half", "three quarters", and the product."""
        for ahead in ((), ("a",), ("of", "a")):
            if ahead and not self.follows(k, *ahead):
                continue
            word = self.low(k + len(ahead))
            size = 12.0 if word == "dozen" else words("scale").get(word, 0.0) if len(word) > 3 else 0.0
            if size:
                return Part(k + len(ahead) + 1, share * size, size)
        return None

    def _vulgar(self, i: int) -> Numeral | None:
        """½ alone."""
        value = words("vulgar").get(self.low(i))
        return None if value is None else Numeral(i, i + 1, value, "fraction")

    def denominator(self, k: int, count: float, scaled: bool = False) -> Part | None:
        """The "thirds" after "two", with the number of them worked in (and, if `scaled`, the "million" after that)."""
        at = self.past_hyphen(k)
        word, denominators = self.low(at), words("denominator")
        if word in denominators and (word.endswith("s") or count == 1):
            part = Part(at + 1, count / denominators[word])
            return (scaled and self._of_scale(part.j, part.value)) or part
        after = self.past_hyphen(at + 1)
        last = self.low(after)
        bottom = words("denominator").get(last.rstrip("s")) or words("ordinal").get(last.rstrip("s"), 10.0)
        if word in words("ten") and bottom < 10 and (last.endswith("s") or count == 1):
            return Part(after + 1, count / (words("ten")[word] + bottom))
        return None

    # -- what follows a cardinal -------------------------------------------------------------------------------------

    def _counted(self, i: int) -> Numeral | None:
        found = self.cardinal(i)
        if not found:
            return None
        form = "digits" if self.kind(i) == "num" else "words"
        if found.j == i + 1 and form == "digits":
            special = self._stroke(i) or self._power(i, found.value)
            if special:
                return special
            if self.kind(i + 1) == "power":
                return None  # "10³ people": a thousand, or ten with the mark of a note
        ratio = self._ratio(i, found, form)
        if ratio:
            return ratio
        whole = self._extended(i, found, form)
        if whole.j > found.j:
            return whole
        if form == "digits" and not found.plain and found.factor == 1:
            return whole
        part = self.denominator(found.j, found.value, scaled=True)
        if part and not (form == "words" and self._split(i, found)):
            return Numeral(i, part.j, part.value, "fraction", part.factor)
        return self._split(i, found) or whole

    def _split(self, i: int, found: Cardinal) -> Numeral | None:
        """one hundred and three quarters: the last "and" parts a whole from a fraction below one."""
        k = next((n for n in range(found.j - 1, i, -1) if self.low(n) == "and"), None)
        whole = self._upto(i, k) if k else None
        count = self.cardinal(k + 1) if whole else None
        part = self.denominator(count.j, count.value) if count else None
        if part is None or part.value >= 1 or part.j <= found.j:
            return None
        if whole.factor >= 1000:
            scaled = self._of_scale(part.j, part.value)
            return Numeral(
                i,
                (scaled or part).j,
                whole.value + (scaled.value if scaled else part.value * whole.factor),
                "words",
                whole.factor,
            )
        return Numeral(i, part.j, whole.value + part.value, "words")

    def _upto(self, i: int, k: int) -> Cardinal | None:
        """The cardinal over the tokens [i, k) alone."""
        kept, self.end = self.end, k
        found = self.cardinal(i)
        self.end = kept
        return found if found and found.j == k else None

    def _extended(self, i: int, found: Cardinal, form: str) -> Numeral:
        """The cardinal with what may follow it: "and a half", "1/2", "½", "point five", "k"."""
        j, value, factor, plain = found
        bare = Numeral(i, j, value, form, factor, plain)
        vulgar = words("vulgar").get(self.low(j))
        if vulgar is not None and value == int(value):
            return self._rescaled(i, j + 1, value + vulgar, form)
        k = j + 1 if self.low(j) in HYPHENS and self.low(j + 1) == "and" else j
        if self.low(k) == "and" and (part := self._and_part(self.past_hyphen(k + 1), factor >= 1000)):
            if factor >= 1000 and part.factor == 1:  # "three million and a half"
                return Numeral(i, part.j, value + part.value * factor, form, factor)
            if part.factor > 1:  # "one billion and a quarter million"
                return Numeral(i, part.j, value + part.value, form, factor)
            return self._rescaled(i, part.j, value + part.value, form)
        if self.low(j) == "point" and form == "words":
            return self._point(i, j + 1, value) or bare
        if plain and self.kind(j) == "num" and not self.glued(j) and (part := self._stroke(j)) and part.value < 1:
            return self._rescaled(i, part.j, value + part.value, form)
        if plain and self.low(j) == "-" and self.glued(j) and self.glued(j + 1) and (part := self._stroke(j + 1)):
            return self._rescaled(i, part.j, value + part.value, form) if part.value < 1 else bare  # 3-1/4
        if form == "digits" and factor == 1 and self._suffixed(j):
            size = words("suffix")[self.low(j)]
            return Numeral(i, j + 1, value * size, form, size)
        return bare

    def _and_part(self, k: int, scaled: bool) -> Part | None:
        """a half · a quarter million · three fifths, after "and"."""
        if self.low(k) == "half":
            return Part(k + 1, 0.5)
        count = 1.0
        if self.low(k) in ("a", "an", "one"):
            k = self.past_hyphen(k + 1)
            if self.low(k).endswith("s"):
                return None
        else:
            found = self.cardinal(k)
            if not found or found.value == 1:
                return None
            k, count = found.j, found.value
        part = self.denominator(k, count, scaled)
        return part if part and (part.value < 1 or part.factor > 1) else None

    def _suffixed(self, j: int) -> bool:
        """Whether token `j` is the letter of "10k", "5M" (a small m, b, g or t is a unit or nothing)."""
        letter = self.written(j)
        known = self.low(j) in words("suffix") and self.kind(j) == "word" and self.glued(j)
        if known and letter in ("m", "b") and self._millions(j):
            self.in_millions = self.tokens[j].end
            return True
        return known and (letter in ("k", "bn", "mil", "MM") or (letter.isupper() and len(letter) == 1))

    def _millions(self, j: int) -> bool:
        """Whether the "m" at token `j` is million, not metre: "3.2m visitors", "1.4m of them", then "2.8m in May"."""
        k = j + 1 + (self.low(j + 1) in MILLIONS_OF)
        if self.low(k) in COUNTED or (self.low(k) == "of" and self.low(k + 1) in ("them", "whom", "these", "those")):
            return True
        if self.low(k) in table("currencies", "after").firsts and self.low(k) not in ("p", "d"):
            return True
        if self.low(j - 2) in (":", "–", "—") and self.low(j - 3) in COUNTED:
            return True  # "Displaced: 1.2m"
        again = 0 < self.tokens[j].start - self.in_millions < AGAIN
        return again and self.kind(k) != "num" and self.low(k) not in LENGTHS

    def _rescaled(self, i: int, j: int, value: float, form: str) -> Numeral:
        """With the scale word that may follow a fraction: two and a half million."""
        k = self.past_hyphen(j)
        if self.low(k) in words("scale"):
            factor = words("scale")[self.low(k)]
            return Numeral(i, k + 1, value * factor, form, factor)
        return Numeral(i, j, value, form)

    def _point(self, i: int, k: int, value: float) -> Numeral | None:
        """The digits after "point": "five point two five", "two hundred point seventy-one"."""
        digits = ""
        while self.low(k) in words("unit") and words("unit")[self.low(k)] < 10 and len(digits) < LONGEST:
            digits += str(int(words("unit")[self.low(k)]))
            k += 1
        if not digits:
            tail = self.cardinal(k)
            if not tail or tail.value >= 100:
                return None
            k, digits = tail.j, str(int(tail.value))
        return self._rescaled(i, k, value + float("0." + digits), "words")

    def _stroke(self, i: int) -> Numeral | None:
        """1/2, 3/4: a numerator and a denominator with a stroke."""
        if (
            self.low(i + 1) not in ("/", "⁄")
            or self.kind(i + 2) != "num"
            or not (self.glued(i + 1) and self.glued(i + 2))
        ):
            return None
        top, bottom = self.low(i), self.low(i + 2)
        if not (top.isdigit() and bottom.isdigit() and len(top) < 4 and len(bottom) < 4 and int(bottom)):
            return None
        return (
            None
            if self.low(i + 3) == "/" and self.glued(i + 3)
            else Numeral(i, i + 3, int(top) / int(bottom), "fraction")
        )

    def _power(self, i: int, value: float) -> Numeral | None:
        """1e10 · 12.32e+14 · 2.5^-1."""
        if self.low(i + 1) in ("x", "×") and self.low(i + 2) == "10" and (power := self._power(i + 2, 10.0)):
            return dataclasses.replace(power, i=i, value=value * power.value)  # 1.3 × 10^6
        if self.kind(i + 1) == "power" and self.low(i - 1) in ("x", "×"):
            digits = unicodedata.normalize("NFKC", self.low(i + 1)).replace("−", "-")
            return Numeral(i, i + 2, 10.0 ** int(digits), "digits") if POWER.fullmatch(digits) else None
        if not self.glued(i + 1) or self.low(i + 1) not in ("e", "^"):
            return None
        k, sign = i + 2, 1
        while self.low(k) in ("+", "-") and k < i + 4:
            sign = -sign if self.low(k) == "-" else sign
            k += 1
        if self.kind(k) != "num" or not self.low(k).isdigit() or len(self.low(k)) > 2:
            return None
        try:
            result = (
                value * 10.0 ** (sign * int(self.low(k)))
                if self.low(i + 1) == "e"
                else value ** (sign * int(self.low(k)))
            )
        except (OverflowError, ZeroDivisionError):
            return None
        return Numeral(i, k + 1, result, "digits")

    def _ratio(self, i: int, found: Cardinal, form: str) -> Numeral | None:
        """one in four · one-in-five · 9 out of 10 · one over three · one out of every thousand."""
        k, value = self.past_hyphen(found.j), found.value
        link = self.low(k)
        if link in ("in", "over"):
            k = self.past_hyphen(k + 1)
        elif self.follows(k, "out", "of"):
            k += 2
        else:
            return None
        every = self.low(k) == "every"
        base = self.cardinal(k + every)
        if not base or not 0 < value < base.value or base.value != int(base.value) or value != int(value):
            return None
        if link == "over":
            proportion = value == 1
        elif every or link == "out":
            proportion = value < 10 and (every or value == 1 or base.value in (5, 10, 100, 1000) or base.factor >= 100)
        else:  # "seven in 20 cases" are two numbers; "nine in ten" and "one in 400" are shares
            proportion = (
                value == 1
                or (value < 10 and base.value in (4, 5, 10, 100, 1000))
                or (base.value <= 10 and form == "words")
            )
            proportion = proportion and not 1900 <= base.value < 2100
        return Numeral(i, base.j, value / base.value, "ratio") if proportion else None
