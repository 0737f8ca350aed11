"""Cardinal numbers in digits and words: 90,000 · 31 000 · 6.5 million · two hundred and five · 4 thousand 3 hundred."""

from __future__ import annotations

import functools
import math
import re
from typing import NamedTuple

from ascribe.extraction.figures.cursor import Cursor, table
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.lexicons import rows

LONGEST = 18  # digits: longer runs are serial numbers, never counts
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
POINTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|[1-9]\d{0,2}\.000|\d{1,3}(?:\.\d{3})+,\d{1,2}")
THOUSAND = re.compile(r"[1-9]\d{0,2}\.\d{3}")
MILLIONS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?")
AVERAGED = listed("cardinals_averaged")
PLAIN = re.compile(r"\d*\.?\d+")
COMMA = re.compile(r"\d{1,3},\d{1,2}")
SLIPPED = re.compile(r"\d{1,3},\d{4}")  # a comma put one digit early: 200,0000
SPACES = (" ", "\xa0", "\u202f", "\u2009")
ENDINGS = listed("cardinals_endings")


@functools.cache
def words(kind: str) -> dict[str, float]:
    """The number words of one kind with their values (NaN where the table gives none)."""
    return {r["word"]: float(r["value"] or "nan") for r in rows("numerals") if r["kind"] == kind}


@functools.cache
def indivisible() -> frozenset[str]:
    """Words for persons and things of which there are no parts, and for what befalls them."""
    nouns = {r["noun"] for r in rows("figure_nouns") if r["class"] not in ("class", "thing", "events")}
    harms = {r["word"] for r in rows("figure_states")} | {r["form"] for r in rows("figure_verbs")}
    return frozenset(nouns | {f"{noun}s" for noun in nouns} | harms)


class Cardinal(NamedTuple):
    """A number up to (not including) token `j`; `factor` is its last scale word's value, 1 where it has none."""

    j: int
    value: float
    factor: float = 1.0
    plain: bool = False
    """Digits alone, with no group mark, point or scale: what a year or a page looks like."""


class Cardinals(Cursor):
    """Reads cardinals off a text."""

    def digits(self, i: int) -> Cardinal | None:
        """The number in digits at token `i`."""
        run = self.low(i)
        if self.kind(i) != "num" or len(run) > LONGEST + 6 or self._part_of_name(i):
            return None
        if GROUPED.fullmatch(run) or SLIPPED.fullmatch(run):
            return Cardinal(i + 1, float(run.replace(",", "")))
        if POINTED.fullmatch(run):
            return Cardinal(i + 1, float(run.replace(".", "").replace(",", ".")))
        if self._dotted(i):
            return Cardinal(i + 1, float(run.replace(".", "")))
        if PLAIN.fullmatch(run):
            j, whole = i + 1, run
            if run.isdigit() and len(run) <= 3 and run[0] != "0":
                while self._group_follows(j):
                    whole += self.low(j)
                    j += 1
            if len(whole) > LONGEST:
                return None
            return Cardinal(j, float(whole), plain=j == i + 1 and "." not in run)
        if COMMA.fullmatch(run) and self._decimal_comma(i):
            return Cardinal(i + 1, float(run.replace(",", ".")))
        return None

    def _dotted(self, i: int) -> bool:
        """Whether the dot of "1.200" parts thousands: where the text has "3.400.000", or where what cannot be halved is
        counted ("1.200 people"), and no average of it is told ("1.375 children per woman")."""
        if not THOUSAND.fullmatch(self.low(i)):
            return False
        if self.thousands:
            return not self.match("units", i + 1)
        for k in range(i + 1, i + 5):
            if self.kind(k) != "word" or self.low(k) in AVERAGED:
                return False
            if self.low(k) in indivisible():
                around = (self.low(n) for n in (*range(i - 5, i), *range(k + 1, k + 4)))
                return not any(low in AVERAGED for low in around)
        return False

    @functools.cached_property
    def thousands(self) -> bool:
        """Whether the text parts thousands by dots."""
        return any(t.kind == "num" and MILLIONS.fullmatch(t.low) for t in self.tokens)

    def _decimal_comma(self, i: int) -> bool:
        """Whether a comma between digits parts a whole from its decimals ("2,5 km"), and not two pages ("3,4")."""
        after = self.low(i + 1)
        if after in (".", "") and self.low(i - 1) in ("is", "was", "or", "to", "by", "of"):
            return True
        return after in words("scale") or after in ("%", "percent", "per") or self.match("units", i + 1) is not None

    def _part_of_name(self, i: int) -> bool:
        """A4, Su25, 72nd, 1990s: letters stuck to the digits (those of a currency are no name: USD15)."""
        if self.glued(i + 1) and self.low(i + 1) in ENDINGS:
            return True
        if not self.glued(i) or (self.kind(i - 1) != "word" and self.low(i - 1) != "_"):
            return False
        return not (self.written(i - 1).isupper() and self.low(i - 1) not in ("m", "s") and self.currency_code(i - 1))

    def currency_code(self, i: int) -> str | None:
        """The ISO code that the letters of token `i` stand for: USD, RMB, MEUR (million euro)."""
        row = table("currencies", "sign").phrases.get((self.low(i),))
        if len(self.low(i)) == 1 and self.low(i).isalpha() and not self._letter_sum(i):
            return None
        if row is None and self.low(i)[:1] == "m" and self.written(i).isupper():
            row = table("currencies", "sign").phrases.get((self.low(i)[1:],))
        return row[0] if row else None

    def _letter_sum(self, i: int) -> bool:
        """Whether a letter before digits is a currency: only before a large sum, "R50m"; not "H1N1"."""
        if not self.written(i).isupper() or self.glued(i) or self.kind(i + 1) != "num" or not self.glued(i + 1):
            return False
        size = self.low(i + 2)
        scaled = size in words("scale") or (self.glued(i + 2) and size in words("suffix"))
        return scaled or ("," in self.low(i + 1) and len(self.low(i + 1)) > 4)

    def _group_follows(self, j: int) -> bool:
        """Whether the digits at `j` are the next thousands group of "31 000": three of them after one space."""
        if self.kind(j) != "num":
            return False
        gap = self.text[self.tokens[j - 1].end : self.tokens[j].start]
        head = self.low(j).partition(".")[0]
        longer = self.kind(j + 1) == "num" and not self.glued(j + 1) and len(self.low(j + 1).partition(".")[0]) > 3
        return len(head) == 3 and head.isdigit() and gap in SPACES and not longer

    def cardinal(self, i: int) -> Cardinal | None:
        """A cardinal at token `i`, in words, in digits or in both."""
        if self.kind(i - 1) == "num" and self.kind(i) != "num" and self.low(i) in words("scale"):
            return None  # the tail of "N1.2 trillion", whose head no one could read
        start, total, current, last, factor, plain = i, 0.0, None, math.inf, 1.0, False
        units, tens, scales = words("unit"), words("ten"), words("scale")
        read = self.digits(i)
        if read:
            i, current, plain = read.j, read.value, read.plain
        elif self.low(i) == "a" and (
            self.low(i + 1) == "hundred" or (len(self.low(i + 1)) > 3 and self.low(i + 1) in scales)
        ):
            i += 1
        in_words = not read  # "300 twelve" is no number; "3 hundred twelve" is
        while True:
            at = self.past_hyphen(i) if i > start else i
            joined = at
            if i > start and self.low(at) == "and" and (total or (current or 0.0) >= 100) and factor >= 100:
                joined = self.past_hyphen(at + 1)
            word, small = self.low(joined), current or 0.0
            if in_words and (word in units or word in tens):
                value = units.get(word, tens.get(word, 0.0))
                room = small == 0 and (current is None) and (joined == at or total > 0)
                room = room or (small % 100 == 0 and small > 0 and value > 0)
                room = room or (
                    word in units and small % 10 == 0 and small % 100 >= 20 and 0 < value < 10 and joined == at
                )
                if room:
                    i, current = joined + 1, small + value
                    continue
            elif joined != at and factor > 1 and small % 100 == 0 and (tail := self.digits(joined)):
                if (
                    tail.plain
                    and 0 < tail.value < min(last, 100 if factor == 100 else 1000)
                    and not self._counts_on(tail.j)
                ):
                    i, current = tail.j, small + tail.value
                    continue
            elif word == "hundred" and joined == at and small < 1000 and (current is None or small > 0):
                i, current, in_words, factor, plain = at + 1, (small or 1.0) * 100, True, 100.0, False
                continue
            elif word in scales and joined == at and (scales[word] < last or (current is None and i > start)):
                if current is None and total and i > start:  # "three lakh crore"
                    i, total, factor = at + 1, total * scales[word], scales[word]
                    continue
                if current is None and i == start and len(word) < 4:
                    break
                last = factor = scales[word]
                total, i, current, in_words, plain = (
                    total + (1.0 if current is None else small) * last,
                    at + 1,
                    None,
                    True,
                    False,
                )
                lower = self.digits(i)
                smaller = ("hundred", *(w for w in scales if scales[w] < last))
                if lower and lower.plain and lower.value < last and self.low(lower.j) in smaller:
                    i, current, in_words = lower.j, lower.value, False
                continue
            elif word in words("dozen") and joined == at and (current is not None or total):
                whole = small - small % 100 if small > 100 and small % 100 else 0.0
                return Cardinal(at + 1, total + whole + (small - whole) * 12, 12.0)
            break
        if i == start or (current is None and not total):
            return None
        return Cardinal(i, total + (current or 0.0), factor, plain)

    def _counts_on(self, j: int) -> bool:
        """Whether digits after "hundred and" start a count of their own: "3 hundred and 21 others"."""
        return self.kind(j) == "word" and self.low(j) in (
            "more",
            "others",
            "other",
            "wounded",
            "injured",
            "killed",
            "hundred",
            "thousand",
            "million",
        )
