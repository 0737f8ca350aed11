"""What a number measures: the currency, percent sign or unit that stands before or after it."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

from ascribe.extraction.figures.cardinals import words
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.numerals import Numeral, Numerals

PERCENT = {
    form[0]: form for form in (("per", "cent"), ("%",), ("percent",), ("pct",), ("percents",), ("percentage",), ("％",))
}
MONEY_SIZES = {"m": 1e6, "mm": 1e6, "mil": 1e6, "b": 1e9, "k": 1e3, "t": 1e12}
MIXED = ("Rs", "Tk", "Sh", "KSh", "Ksh", "USh", "TSh")  # signs that are not all capitals
ONLY_LARGE = listed("measures_only_large")  # words of other uses
TRANSITIVE = listed("measures_transitive")
PASSIVE = listed("measures_passive")
RELATIVE = listed("measures_relative")
SHORT_UNITS = listed("measures_short_units")
STICKING = listed("measures_sticking")  # letters that are units only where they touch the digits
NEVER = listed("measures_never")
WARM = listed("measures_warm")
DEGREES_GO_ON = listed("measures_degrees_go_on")  # words after the letter of "rose to 38 C in"
SPANS = listed("measures_spans")  # words between a number and the time that it counts
BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}


class Measure(NamedTuple):
    """What follows a numeral: the token after it, the dimension and the unit ("" for a plain count)."""

    j: int
    dimension: str = ""
    unit: str = ""


class Measures(Numerals):
    """Reads units and currencies off a text."""

    # -- before ------------------------------------------------------------------------------------------------------

    def sign(self, i: int) -> tuple[int, str] | None:
        """The currency sign or code at token `i`, before its number: the token after it, and the currency."""
        found = self.match("currencies", i, "sign")
        if found and self._is_sign(i, found[0]):
            return found[0], found[1][0]
        if self.kind(i) == "word" and self.glued(i + 1) and self.kind(i + 1) == "num" and self.currency_code(i):
            return i + 1, self.currency_code(i)
        return None

    def _is_sign(self, i: int, j: int) -> bool:
        """Whether a currency form is meant as one: letters must be capitals ("TRY 100", not "try 100")."""
        written = self.written(i, j)
        if any(not c.isalpha() for c in written) and not written.isascii():
            return True
        if len(written) == 1 and written.isalpha():
            return self._letter_sum(i)
        letters = any(c.isalpha() for c in written)
        if letters and written.endswith("$") and not self.glued(j - 1) and (written[0] in "aA" or written.islower()):
            return False  # "a $5m loan", "gave us $20": the sign is the dollar alone
        return (
            not letters or "$" in written or written.isupper() or written.lower() in ("usd", "rmb") or written in MIXED
        )

    def scaled_money(self, numeral: Numeral) -> Numeral:
        """The numeral after a currency sign, with the letter that scales it: $20m, $1.2b, £5k."""
        size = MONEY_SIZES.get(self.low(numeral.j))
        if numeral.value is not None and numeral.factor == 1 and size and self.glued(numeral.j):
            return dataclasses.replace(numeral, j=numeral.j + 1, value=numeral.value * size, factor=size, plain=False)
        return numeral

    # -- after -------------------------------------------------------------------------------------------------------

    def measure(self, numeral: Numeral, code: str | None, i: int) -> Measure:
        """What stands after a numeral; `code` is the currency that stands before it, `i` where the quantity starts."""
        j = numeral.j
        at = self.past_hyphen(j + 1 if self.low(j) == "+" and self.glued(j) else j)
        if self.low(at) in PERCENT:
            end = at + len(PERCENT[self.low(at)])
            if self.follows(at, *PERCENT[self.low(at)]) and self.low(self.past_hyphen(end)) not in ("point", "points"):
                return Measure(end, "share", "%")
        if code:
            word = self.match("currencies", at, "after")
            named = word and word[1][0] == code and self.kind(j) == "word"
            return Measure(word[0] if named else j, "money", code)
        of = at + 1 if numeral.form == "vague" and self.low(at) == "of" else at
        money = self.match("currencies", of, "after") or self._code_after(of)
        if money and self._is_currency(numeral, of, money[0]):
            return Measure(money[0], "money", money[1][0])
        unit = self.match("units", of)
        if unit and self._is_unit(numeral, of, unit[0], unit[1][1], i):
            return Measure(unit[0], unit[1][1], unit[1][0])
        if self.low(j) in SPANS and (unit := self.match("units", j + 1)) and unit[1][1] == "duration":
            return Measure(unit[0], unit[1][1], unit[1][0])  # three straight days
        if self.low(numeral.i - 1) == "of" and self._percentage(numeral.i - 2) and self.kind(j) != "word":
            return Measure(j, "share", "%")  # a percentage of 45
        if (
            self.low(j) in BRACKETS
            and self.low(j + 2) == BRACKETS[self.low(j)]
            and (unit := self.match("units", j + 1))
        ) and (
            unit[0] == j + 2 and unit[1][1] in ("mass", "volume", "distance", "speed") and self.kind(numeral.i) == "num"
        ):
            return Measure(j + 3, unit[1][1], unit[1][0])
        return Measure(j)

    def _percentage(self, k: int) -> bool:
        """Whether "percentage", "per cent" ends at token `k` and has no number of its own: not "20 percent of 10"."""
        if self.low(k) not in ("percent", "percents", "percentage", "cent"):
            return False
        k -= 1 + (self.low(k) == "cent")
        return self.kind(k) != "num" and self.low(k) not in words("unit") and self.low(k) not in words("ten")

    def _code_after(self, k: int) -> tuple[int, tuple[str, ...]] | None:
        """A sign after the number: "100 $", "20€", "115USD", "30 MUSD"."""
        found = self.match("currencies", k, "sign")
        if found and (self.glued(k) or self.low(k) == "$") and self.kind(found[0]) != "num":
            return found
        code = self.currency_code(k) if self.kind(k) == "word" and len(self.low(k)) == 4 else None
        return (k + 1, (code,)) if code else None

    def _is_currency(self, numeral: Numeral, k: int, j: int) -> bool:
        word = self.low(k)
        if self.kind(j) == "num" and self.glued(j) and self.low(k) in ("$", "usd"):
            return False
        if numeral.form in ("fraction", "ratio"):
            return word in ("dollar", "euro", "cent", "penny")
        if word in ("pound", "pounds"):
            return (
                numeral.factor >= 1e3
                or self.low(k + 1) == "sterling"
                or (numeral.form == "vague" and "million" in self.low(numeral.j - 1))
            )
        if word in ONLY_LARGE:
            return numeral.factor >= 1e3 or (numeral.value or 0) >= 1000 or self.glued(k)
        return word != "dm"

    def _is_unit(self, numeral: Numeral, k: int, j: int, dimension: str, i: int) -> bool:
        """Whether a word is this numeral's unit: not the clause's next word, nor a letter that only looks like one."""
        form, touching = self.low(k), self.glued(k) or k > numeral.j
        if form in ("c", "f"):
            closed = self.glued(k) or self.kind(j) != "word" or self.low(j) in DEGREES_GO_ON
            return closed and self.written(k).isupper() and self._warm(k)
        if len(form) <= 2 and self.kind(k) == "word":
            if (
                self.kind(numeral.i) != "num"
                or form in NEVER
                or (form in STICKING - {"m"} and not touching)
                or form == "in"
            ):
                return False
            if self.written(k).isupper() and form not in SHORT_UNITS:
                return False
            if j == k + 1 and self.glued(k + 1) and self.kind(k + 1) == "num":
                return False
        if form == "second" and k == numeral.j and numeral.value != 1:
            return False
        if dimension in ("duration", "distance") and k == numeral.j and self._object_of_harm(i):
            return self.low(j) not in RELATIVE
        return True

    def _warm(self, k: int) -> bool:
        """Whether the letter at `k` is Celsius or Fahrenheit: "41.5C" among words of heat and cold, or "-5C"."""
        if self.low(k - 2) in ("-", "−", "minus"):
            return True
        if self.kind(k - 2) == "word" and self.written(k - 2)[:1].isupper():
            return False  # "Gate 5C", "an Orvan 5C"
        return any(self.low(n) in WARM for n in range(max(0, k - 16), k + 10))

    def _object_of_harm(self, i: int) -> bool:
        """Whether the number is the object of a verb of harm ("wounding 90", then a clause whose comma was lost)."""
        k = i - 1
        while k > i - 6 and self.low(k) in (
            "about",
            "least",
            "at",
            "than",
            "more",
            "over",
            "around",
            "some",
            "another",
            "nearly",
        ):
            k -= 1
        word = self.low(k)
        return word in TRANSITIVE and not (word.endswith("ed") and self.low(k - 1) in PASSIVE)

    # -- units that hold their own number ----------------------------------------------------------------------------

    def cents(self, j: int, value: float) -> tuple[int, float]:
        """The cents after dollars ("3 dollars 50 cents"), added to the value; the token after them."""
        k = j + 1 if self.low(j) == "and" else j
        part = self.cardinal(k) if value == int(value) else None
        if part and 0 < part.value < 100:
            if self.low(part.j) in ("cent", "cents", "pence"):
                return part.j + 1, value + part.value / 100
            ends = self.low(part.j) in (".", "") or (self.low(part.j) == "more" and k == j)
            if ends and self.kind(j - 1) == "word" and (part.value >= 10 or k > j):
                return part.j, value + part.value / 100
        return j, value

    def compound(self, value: float, j: int, unit: str) -> tuple[int, float, str] | None:
        """1 hour 59 minutes (in the last unit) · 5 feet 2 inches (in the first): token after, value, unit."""
        sizes = {"day": 86400.0, "hour": 3600.0, "minute": 60.0, "second": 1.0}
        if unit not in sizes and unit != "foot":
            return None
        k, last = j, unit
        while True:
            part = self.cardinal(k + 1 if self.low(k) in ("and", ",") else k)
            follow = self.match("units", part.j) if part else None
            if not follow or (self.low(k) == "," and unit == "foot"):
                break
            if unit == "foot":
                return (follow[0], value + part.value / 12, "foot") if follow[1][0] == "inch" else None
            if sizes.get(follow[1][0], 1e9) >= sizes[last]:
                break
            value = value * sizes[last] / sizes[follow[1][0]] + part.value
            last, k = follow[1][0], follow[0]
        return (k, value, last) if k > j else None

    def unit_first(self, i: int) -> tuple[int, int, float | None, float, str, str] | None:
        """half an hour · a quarter century · a year and a half · an hour or two · (about) an hour.

        The token after the expression, the token after its unit, the low end of a range or None, the value or high end,
        the unit and its dimension.
        """
        k = i + 1 if self.low(i) in ("a", "an", "one", "the") else i
        share = {"half": 0.5, "quarter": 0.25}.get(self.low(k))
        if share and (i == k or self.low(i) in ("a", "the")):
            m = self.past_hyphen(k + 1)
            m += 2 if self.low(m) == "of" and self.low(m + 1) in ("a", "an") else self.low(m) in ("a", "an")
            unit = self._long_unit(m)
            if unit and not (
                self.low(k) == "quarter" and unit[2] == "hour" and self.low(unit[0]) in ("to", "past", "before")
            ):
                size = {"century": 100.0, "decade": 10.0}.get(unit[2])
                return unit[0], unit[0], None, share * (size or 1), "year" if size else unit[2], unit[1]
        if self.low(i) == "the":
            return None
        unit = self._long_unit(k)
        if not unit:
            return None
        j = unit[0]
        if self.low(j) == "and" or (self.low(j) == "-" and self.low(j + 1) == "and"):
            m = self.past_hyphen(j + 1 if self.low(j) == "and" else j + 2)
            article = self.low(m) == "a"
            m = self.past_hyphen(m + 1) if article else m
            if self.low(m) == "half" or (article and self.low(m) in ("quarter", "third")):
                return m + 1, m + 1, None, 1 + 1 / words("denominator")[self.low(m)], unit[2], unit[1]
        if k > i and self.low(j) == "or" and self.low(j + 1) in ("two", "three"):
            return j + 2, j + 2, 1.0, words("unit")[self.low(j + 1)], unit[2], unit[1]
        if k > i and self.low(i) != "one":
            return k, j, None, 1.0, unit[2], unit[1]
        return None

    def _long_unit(self, k: int) -> tuple[int, str, str] | None:
        """A unit of time or length in full and in the singular: the token after it, dimension, unit."""
        unit = self.match("units", k) if self.kind(k) == "word" and len(self.low(k)) > 2 else None
        if (
            not unit
            or unit[1][1] not in ("duration", "distance", "area")
            or self.low(unit[0] - 1).endswith(("s", "feet"))
        ):
            return None
        return unit[0], unit[1][1], unit[1][0]
