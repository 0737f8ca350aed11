"""Numerals: the numbers themselves, in digits, in words and mixed, before any "more than" and any unit.

`Numerals(text).at(i)` reads the longest numeral that starts at token `i`: 90,000 · 6.5 million · two hundred and five ·
two-and-a-half · 10 1/2 · two thirds · one in four · half a million · dozens · several hundred thousand · 1.2bn · 31 000.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re

from analysis.extraction.figures.tokens import HYPHENS, tokenize
from analysis.extraction.lexicons import rows

LONGEST = 18  # digits: longer runs are serial numbers, never counts
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
POINTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.000")
PLAIN = re.compile(r"\d*\.?\d+")
COMMA = re.compile(r"\d{1,3},\d{1,2}")
SLIPPED = re.compile(r"\d{1,3}(?:,\d{3})*,\d{4}")  # a comma put one digit early: 200,0000


@functools.cache
def words(kind: str) -> dict[str, float]:
    """The number words of one kind with their values (NaN where the table gives none)."""
    return {r["word"]: float(r["value"] or "nan") for r in rows("numerals") if r["kind"] == kind}


@dataclasses.dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral over tokens `[i, j)`. `value` is None for vague ones ("dozens").

    `form` is how it is written: digits, words, fraction, ratio or vague; `factor` is the scale word's value ("6.5
    million" has 1e6), so that "5 to 7 million" can give it to the 5; `opens` says that it begins with an article.
    """

    i: int
    j: int
    value: float | None
    form: str
    factor: float = 1.0
    plain: bool = False
    """Digits alone, with no group mark, point or scale: what a year, a page or a bus line looks like."""


class Numerals:
    """A text's tokens, and the numerals among them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)

    # -- the tokens around -------------------------------------------------------------------------------------------

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else "gap"

    def glued(self, i: int) -> bool:
        """Whether nothing stands between token `i` and the one before it."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def past_hyphen(self, i: int) -> int:
        """The token after `i`, where `i` is a hyphen within a word ("twenty-one"), else `i`."""
        if self.low(i) in HYPHENS and self.kind(i + 1) == "word" and self.glued(i + 1) == self.glued(i):
            return i + 1
        return i

    # -- digits ------------------------------------------------------------------------------------------------------

    def digits(self, i: int) -> tuple[int, float, bool] | None:
        """The number in digits at token `i`: the token after it, its value, and whether it is plain digits."""
        run = self.low(i)
        if self.kind(i) != "num" or len(run) > LONGEST + 6:
            return None
        if self.glued(i) and (self.kind(i - 1) == "word" or self.tokens[i - 1].low == "_"):
            return None
        if self.glued(i + 1) and self.low(i + 1) in ("st", "nd", "rd", "th", "s", "'s", "ers"):
            return None
        if GROUPED.fullmatch(run) or SLIPPED.fullmatch(run):
            return i + 1, float(run.replace(",", "")), False
        if POINTED.fullmatch(run):
            return i + 1, float(run.replace(".", "")), False
        if PLAIN.fullmatch(run):
            j, whole = i + 1, run
            if run.isdigit() and len(run) <= 3 and run[0] != "0":
                while self.kind(j) == "num" and self._group_follows(j):
                    whole += self.low(j)
                    j += 1
                if j - i > 1 and "." in whole:
                    return j, float(whole), False
            if len(whole) > LONGEST:
                return None
            return j, float(whole), j == i + 1 and "." not in run
        if COMMA.fullmatch(run) and (self.low(i + 1) in words("scale") or self.low(i + 1) in ("%", "percent")):
            return i + 1, float(run.replace(",", ".")), False
        return None

    def _group_follows(self, j: int) -> bool:
        """Whether the digits at `j` are the next thousands group of "31 000": three of them after one space."""
        gap = self.text[self.tokens[j - 1].end : self.tokens[j].start]
        head = self.low(j).partition(".")[0]
        nearby = j + 1 < len(self.tokens) and self.kind(j + 1) == "num" and not self.glued(j + 1)
        longer = nearby and len(self.low(j + 1)) > 3
        return len(head) == 3 and head.isdigit() and gap in (" ", "\xa0", "\u202f", "\u2009") and not longer

    # -- words -------------------------------------------------------------------------------------------------------

    def cardinal(self, i: int) -> tuple[int, float, float] | None:
        """A cardinal at token `i`, in words or in digits with scale words: the token after it, value, last factor."""
        start, total, current, last, factor = i, 0.0, None, math.inf, 1.0
        units, tens, scales = words("unit"), words("ten"), words("scale")
        read = self.digits(i)
        if read:
            i, current = read[0], read[1]
        elif self.low(i) == "a" and self.low(i + 1) in ("hundred", "thousand", "million", "billion", "trillion"):
            i += 1
        fresh = not read  # whether a unit or ten may still be set down
        while True:
            k = self.past_hyphen(i) if i > start else i
            joined = k
            if i > start and self.low(k) == "and" and (total or (current or 0) >= 100):
                joined = self.past_hyphen(k + 1)
            word, small = self.low(joined), current if current is not None else 0.0
            if word in units and fresh:
                value = units[word]
                if (
                    (current is None and joined == k)
                    or (current is None and total)
                    or (
                        value and small and (small % 100 == 0 or (small % 10 == 0 and small % 100 >= 20 and value < 10))
                    )
                ):
                    i, current = joined + 1, small + value
                    continue
            elif word in tens and fresh:
                if (current is None and (joined == k or total)) or (small and small % 100 == 0):
                    i, current = joined + 1, small + tens[word]
                    continue
            elif joined != k and self.kind(joined) == "num" and (total or small % 100 == 0) and not fresh:
                tail = self.digits(joined)
                if tail and 0 < tail[1] < min(last, 1000) and tail[2]:
                    i, current = tail[0], small + tail[1]
                    continue
            elif word == "hundred" and joined == k and (current is None or small < 1000):
                i, current, fresh, factor = k + 1, (1.0 if current is None else small) * 100, True, 100.0
                continue
            elif (
                word in scales
                and joined == k
                and scales[word] < last
                and not (current is None and i == start and word in ("mn", "tn"))
            ):
                if current is None and total:
                    if total < scales[word]:  # "hundred thousand million": the whole so far is multiplied
                        break
                    break
                last = factor = scales[word]
                total += (1.0 if current is None else small) * last
                i, current, fresh = k + 1, None, True
                nxt = self.digits(i)
                if (
                    nxt
                    and nxt[2]
                    and nxt[1] < last
                    and self.low(nxt[0]) in ("hundred", *(w for w in scales if scales[w] < last))
                ):
                    i, current, fresh = nxt[0], nxt[1], False
                continue
            elif word in scales and joined == k and current is not None and scales[word] < last:
                pass
            elif word in words("dozen") and joined == k and (current is not None or total):
                i, current, factor = k + 1, (small if small < 100 or small % 100 == 0 else small) * 12, 12.0
                if small > 100 and small % 100:
                    current = small - small % 100 + small % 100 * 12
                return i, total + current, factor
            break
        if i == start or (current is None and not total):
            return None
        return i, total + (current or 0.0), factor

    # -- the whole numeral -------------------------------------------------------------------------------------------

    def at(self, i: int) -> Numeral | None:
        """The longest numeral that starts at token `i`, or None."""
        return self._vague(i) or self._half(i) or self._article(i) or self._vulgar(i) or self._counted(i)

    def _vague(self, i: int) -> Numeral | None:
        """dozens · tens of thousands · several hundred · a few dozen · a couple."""
        low, k = self.low(i), i
        vague, round_words = words("vague"), {"hundred", "dozen", "thousand", "million", "billion", "score"}
        if low == "a" and self.low(i + 1) in ("few", "couple"):
            k = i + 1
        word = self.low(k)
        if (
            word in ("several", "few", "many", "couple", "some")
            and self.low(k + 1) in round_words
            and (k > i or word != "some")
        ):
            k += 2
            while self.low(k) in round_words or self.low(k) in vague:
                k += 1
            return Numeral(i, k, None, "vague")
        if word == "couple" and self.low(k + 1) in ("of", "hundred", "thousand", "dozen", "more"):
            end = k + 1
            while self.low(end) in round_words:
                end += 1
            return Numeral(i, end, None, "vague")
        if word == "couple" and k > i:
            return Numeral(i, k + 1, None, "vague")
        if low in vague or low == "dozens":
            k = i + 1
            while self.low(k) in ("of", "and", "upon") and (self.low(k + 1) in vague or self.low(k + 1) == "dozens"):
                k += 2
            if low == "tens" and k == i + 1 and self.low(k) != "of":
                return None
            return Numeral(i, k, None, "vague")
        return None

    def _article(self, i: int) -> Numeral | None:
        """a dozen · a third · a quarter of a million · a hundred · a year-and-a-half is a unit's business."""
        if self.low(i) not in ("a", "an"):
            return None
        word, denominators = self.low(i + 1), words("denominator")
        if word == "dozen":
            return Numeral(i, i + 2, 12.0, "words", 12.0)
        if word in ("half", "quarter"):
            of = self._scaled(i + 2, 1 / denominators[word])
            if of:
                return Numeral(i, of[0], of[1], "words", of[2])
        if word in denominators and not word.endswith("s") and word != "fourth":
            return Numeral(i, i + 2, 1 / denominators[word], "fraction")
        part = self._denominator(i + 1, 1.0)
        if part:
            return Numeral(i, part[0], part[1], "fraction")
        found = self.cardinal(i)
        return self._with_fraction(i, *found, form="words") if found and found[0] > i + 1 else None

    def _half(self, i: int) -> Numeral | None:
        """half · half a dozen · half a million · quarter million · half of the."""
        word = self.low(i)
        if word not in ("half", "quarter", "quarters") or self.low(i - 1) in ("a", "an"):
            return None
        share = 1 / words("denominator")[word]
        of = self._scaled(i + 1, share)
        if of:
            return Numeral(i, of[0], of[1], "words", of[2])
        return Numeral(i, i + 1, share, "fraction") if word == "half" else None

    def _scaled(self, k: int, share: float) -> tuple[int, float, float] | None:
        """The "(of) (a) million" after "half", and the product."""
        for k in (
            k,
            k + 1 if self.low(k) in ("a", "of") else k,
            k + 2 if (self.low(k), self.low(k + 1)) == ("of", "a") else k,
        ):
            word = self.low(k)
            if word == "dozen":
                return k + 1, share * 12, 12.0
            if word in words("scale") and len(word) > 3:
                return k + 1, share * words("scale")[word], words("scale")[word]
        return None

    def _vulgar(self, i: int) -> Numeral | None:
        """½ alone."""
        value = words("vulgar").get(self.low(i))
        if value is None or (self.glued(i) and self.kind(i - 1) == "num"):
            return None
        return Numeral(i, i + 1, value, "fraction")

    def _counted(self, i: int) -> Numeral | None:
        found = self.cardinal(i)
        if not found:
            return None
        j, value, factor = found
        digits = self.kind(i) == "num"
        plain = digits and j == i + 1 and self.low(i).isdigit()
        if digits and j == i + 1:
            special = self._fraction_in_digits(i) or self._power(i, value)
            if special:
                return special
        ratio = self._ratio(i, j, value)
        if ratio:
            return ratio
        whole = self._with_fraction(i, j, value, factor, "digits" if digits else "words", plain)
        if whole.j > j:
            return whole
        part = None if digits and not plain else self._denominator(j, value)
        if part:
            return Numeral(i, part[0], part[1], "fraction")
        return whole

    def _denominator(self, k: int, count: float) -> tuple[int, float] | None:
        """ "thirds" after "two": the token after it and the value."""
        k, start = self.past_hyphen(k), k
        word, denominators, tens = self.low(k), words("denominator"), words("ten")
        if word in denominators and (word.endswith(("s", "half")) or count == 1):
            if self.low(k) in ("third", "fourth", "fifth") and k == start and count != 1:
                return None
            return k + 1, count / denominators[word]
        after = self.past_hyphen(k + 1)
        if (
            word in tens
            and self.low(after).rstrip("s") in denominators | words("ordinal")
            and (self.low(after).endswith("s") or count == 1)
        ):
            low = {**denominators, **words("ordinal")}[self.low(after).rstrip("s")]
            return (after + 1, count / (tens[word] + low)) if low < 10 else None
        return None

    def _with_fraction(
        self, i: int, j: int, value: float, factor: float = 1.0, form: str = "words", plain: bool = False
    ) -> Numeral:
        """The cardinal with what may follow it: "and a half", "1/2", "½", "point five", a scale after the fraction."""
        bare = Numeral(i, j, value, form, factor, plain)
        vulgar = words("vulgar").get(self.low(j))
        if vulgar is not None and value == int(value):
            return self._rescaled(i, j + 1, value + vulgar, form)
        k = j + 1 if self.low(j) in HYPHENS and self.low(j + 1) == "and" else j
        if self.low(k) == "and":
            k = self.past_hyphen(k + 1)
            if self.low(k) in ("a", "an", "one", "half"):
                k = k if self.low(k) == "half" else self.past_hyphen(k + 1)
                word = self.low(k)
                if word in words("denominator") and not word.endswith("s"):
                    return self._rescaled(i, k + 1, value + 1 / words("denominator")[word], form)
                return bare
            count = self.cardinal(k)
            part = self._denominator(count[0], count[1]) if count and count[1] != 1 else None
            if part and part[1] < 1:
                return self._rescaled(i, part[0], value + part[1], form)
            return bare
        if self.low(j) == "point" and form == "words":
            return self._point(i, j + 1, value) or bare
        if self.kind(j) == "num" and plain and not self.glued(j):
            part = self._fraction_in_digits(j)
            if part and part.value < 1:
                return self._rescaled(i, part.j, value + part.value, form)
        if form == "digits" and factor == 1 and self._suffixed(j):
            size = words("suffix")[self.low(j)]
            return Numeral(i, j + 1, value * size, "digits", size)
        return bare

    def _suffixed(self, j: int) -> bool:
        """Whether token `j` is the letter of "10k", "5M" (a small m, b, g or t is a unit or nothing)."""
        if self.kind(j) != "word" or self.low(j) not in words("suffix"):
            return False
        letter = self.text[self.tokens[j].start : self.tokens[j].end]
        return self.glued(j) and (letter in ("k", "b") or (letter.isupper() and len(letter) == 1))

    def _rescaled(self, i: int, j: int, value: float, form: str) -> Numeral:
        k = self.past_hyphen(j)
        if self.low(k) in words("scale"):
            factor = words("scale")[self.low(k)]
            return Numeral(i, k + 1, value * factor, form, factor)
        return Numeral(i, j, value, form)

    def _point(self, i: int, k: int, value: float) -> Numeral | None:
        """The digits after "point": "five point two five", "two hundred point seventy-one"."""
        figures = ""
        while self.low(k) in words("unit") and words("unit")[self.low(k)] < 10:
            figures += str(int(words("unit")[self.low(k)]))
            k += 1
        if not figures:
            tail = self.cardinal(k)
            if not tail or tail[1] >= 100:
                return None
            k, figures = tail[0], str(int(tail[1]))
        return self._rescaled(i, k, value + float("0." + figures[:LONGEST]), "words")

    def _fraction_in_digits(self, i: int) -> Numeral | None:
        """1/2, 3/4: a numerator and a denominator with a stroke."""
        if (
            self.low(i + 1) not in ("/", "⁄")
            or self.kind(i + 2) != "num"
            or not self.glued(i + 1)
            or not self.glued(i + 2)
        ):
            return None
        top, bottom = self.low(i), self.low(i + 2)
        if not (top.isdigit() and bottom.isdigit() and len(top) < 4 and len(bottom) < 4 and int(bottom)):
            return None
        if self.low(i + 3) == "/" and self.glued(i + 3):
            return None
        return Numeral(i, i + 3, int(top) / int(bottom), "fraction")

    def _power(self, i: int, value: float) -> Numeral | None:
        """1e10, 12.32e+14, 2.5^-1."""
        if not self.glued(i + 1) or self.low(i + 1) not in ("e", "^"):
            return None
        k, sign = i + 2, 1
        while self.low(k) in ("+", "-") and k < i + 4:
            sign = -sign if self.low(k) == "-" else sign
            k += 1
        if self.kind(k) != "num" or not self.low(k).isdigit() or len(self.low(k)) > 2:
            return None
        power = sign * int(self.low(k))
        try:
            result = value * 10.0**power if self.low(i + 1) == "e" else value**power
        except (OverflowError, ZeroDivisionError):
            return None
        return Numeral(i, k + 1, result, "digits")

    def _ratio(self, i: int, j: int, value: float) -> Numeral | None:
        """one in four · 9 out of 10 · one over three · one out of every thousand."""
        k, linked = j, False
        if self.low(k) in ("in", "over"):
            k, linked = k + 1, self.low(k) == "over"
        elif (self.low(k), self.low(k + 1)) == ("out", "of"):
            k, linked = k + 2, True
        else:
            return None
        if self.low(k) == "every":
            k, linked = k + 1, True
        base = self.cardinal(k)
        if not base or base[1] <= value or value <= 0 or base[1] != int(base[1]) or value != int(value):
            return None
        if linked and self.low(j) == "over":
            small = value == 1
        elif linked and "every" in (self.low(k - 1),):
            small = value < 10
        else:  # "seven out of 20 cases" are two numbers; "nine in ten" and "one in 400" is a share
            small = (value == 1 or (value < 10 and base[1] in (5, 10, 100, 1000))) or (
                value < base[1] <= 10 and self.kind(i) == "word"
            )
            if self.low(j) == "in" and (base[1] >= 1900 and base[1] < 2100):
                small = False
        return Numeral(i, base[0], value / base[1], "ratio") if small else None
