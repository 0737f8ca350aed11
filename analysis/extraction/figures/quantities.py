"""Quantities: numerals with their bounds, ranges, units and currencies, read from text alone.

    >>> parse("more than 90,000 soldiers")[0].bound
    'at_least'
    >>> parse("between $5 and $7 billion")[0].low
    5000000000.0

No parse tree is needed, so that captions, table cells and reference series can be read with it too. What is a year, an
age or a name is not decided here (`exclusions` does it, with the article around).
"""

from __future__ import annotations

import dataclasses
import functools

from analysis.extraction.figures.numerals import Numeral, Numerals, words
from analysis.extraction.figures.tokens import DASHES, HYPHENS, tokenize
from analysis.extraction.lexicons import rows

PERCENT = (("%",), ("percent",), ("per", "cent"), ("pct",), ("percents",), ("percentage",), ("％",))
BETWEEN = ("another", "additional", "further", "a", "an", "around", "extra")
TRANSITIVE = frozenset(
    [
        "killing",
        "wounding",
        "injuring",
        "hurting",
        "killed",
        "wounded",
        "injured",
        "slaying",
        "maiming",
        "hospitalizing",
    ]
)
PASSIVE = frozenset(["was", "were", "be", "been", "being", "are", "is", "got", "'s", "had", "has", "have"])
RELATIVE = frozenset(["after", "later", "before", "earlier", "ago", "since", "from", "away"])
SPREAD = frozenset(
    [
        "range",
        "ranges",
        "ranged",
        "ranging",
        "vary",
        "varies",
        "varied",
        "varying",
        "anywhere",
        "estimates",
        "between",
        "estimated",
    ]
)
EXACT = "exact"


@dataclasses.dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity, as stated.

    `[start, end)` are the characters of the numeric expression without its modifier (with its sign, its "%" or its
    currency); `value`, `low`, `high` and `bound` are as the records define them, shares as fractions of one; `unit` is
    "", "%", an ISO 4217 code or a unit of the units table, `dimension` what that measures ("", share, money, distance,
    area, duration, …). `[outer_start, outer_end)` is the expression with its modifiers and its unit. `form` says how it
    is written: digits, words, fraction, ratio, clock or vague; `plain` that it is nothing but up to four digits.
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str = ""
    dimension: str = ""
    form: str = "digits"
    plain: bool = False
    outer_start: int = 0
    outer_end: int = 0


@functools.cache
def _table(name: str, *kinds: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """A lexicon of phrases as a map from their tokens to the cells of the row."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows(name):
        first, *rest = row.values()
        if not kinds or row.get("place") in kinds:
            found.setdefault(tuple(t.low for t in tokenize(first)), tuple(rest))
    return found


@functools.cache
def _longest(name: str, *kinds: str) -> int:
    return max(map(len, _table(name, *kinds)))


def parse(text: str) -> list[Quantity]:
    """Every quantity that `text` states, in order. Linear in the length of the text."""
    return _Parser(text).run()


def render(quantity: Quantity) -> str:
    """A quantity in words and digits that parse back to itself: "more than 90,000", "between 30 and 40 km", "about 20%"."""
    if quantity.bound == "vague":
        return "dozens"
    number = functools.partial(_number, scale=100 if quantity.unit == "%" else 1)
    if quantity.bound == "range":
        stated = f"between {number(quantity.low)} and {number(quantity.high)}"
    else:
        ahead = {"about": "about ", "at_least": "at least ", "at_most": "up to "}.get(quantity.bound, "")
        stated = ahead + number(quantity.value)
    return f"{stated}%" if quantity.unit == "%" else f"{stated} {quantity.unit}".strip()


def _number(value: float, scale: int = 1) -> str:
    value = round(value * scale, 9)
    return f"{int(value):,}" if value == int(value) else f"{value:,.9f}".rstrip("0")


class _Parser(Numerals):
    def run(self) -> list[Quantity]:
        found, i, n = [], 0, len(self.tokens)
        starts = _openers()
        while i < n:
            token = self.tokens[i]
            read = self._quantity(i) if token.kind == "num" or token.low in starts else None
            if read:
                quantity, j = read
                if found and quantity.outer_start < found[-1].outer_end:
                    quantity = dataclasses.replace(quantity, outer_start=found[-1].outer_end)
                found.append(quantity)
                i = max(j, i + 1)
            else:
                i += 1
        return found

    # -- one quantity ------------------------------------------------------------------------------------------------

    def _quantity(self, i: int) -> tuple[Quantity, int] | None:
        return self._clock(i) or self._unit_first(i) or self._amount(i)

    def _amount(self, i: int) -> tuple[Quantity, int] | None:
        """[sign] numeral [– numeral] [unit]."""
        sign, code, k = 1, None, i
        money = self._match("currencies", i, "sign")
        if money and self._is_sign(i, money[0]):
            code, k = money[1][0], money[0]
        if self._negative(k):
            sign, k = -1, k + 1
        first = self.at(k)
        if not first:
            return None
        if code:
            first = self._scaled_money(first)
        elif self.kind(k) != "num" and k == i and self._no_quantity(first):
            return None
        after = self._measured(first, code, i)
        second = self._second(first, after, code) if first.value is not None else None
        start, end, dimension, unit = self.tokens[i].start, after[0], after[1], after[2]
        if second:
            numeral, after, low = second
            dimension, unit, end = after[1], after[2], after[0]
            if unit == "" and code:
                unit, dimension = code, "money"
            if self.low(i - 1) == "between" and not self.glued(i):
                start = self.tokens[i - 1].start
            scale = 0.01 if unit == "%" else 1.0
            quantity = Quantity(
                start,
                self._end(numeral.j, after),
                None,
                low * scale,
                numeral.value * scale,
                "range",
                unit,
                dimension,
                "range",
                first.plain and numeral.plain,
            )
            return self._framed(quantity, i - (start != self.tokens[i].start), end, modify=False)
        value = None if first.value is None else sign * first.value
        if unit == "%" and value is not None:
            value /= 100
        elif dimension == "money" and unit in ("USD", "EUR", "GBP", "CAD", "AUD", "CNY") and value is not None:
            end, value = self._cents(end, value)
        elif dimension in ("duration", "distance") and value is not None and first.value is not None:
            joined = self._compound(first, end, unit)
            if joined:
                end, value, unit, until = joined
                quantity = Quantity(
                    start, self.tokens[until - 1].end, value, value, value, EXACT, unit, dimension, "words"
                )
                return self._framed(quantity, i, end)
        share = first.form in ("fraction", "ratio") and not dimension and value is not None and 0 <= value <= 1
        quantity = Quantity(
            start,
            self._end(first.j, after, end),
            value,
            value,
            value,
            EXACT if value is not None else "vague",
            unit,
            "share" if share else dimension,
            first.form,
            first.plain,
        )
        return self._framed(quantity, i, end)

    def _end(self, j: int, after: tuple[int, str, str], end: int | None = None) -> int:
        """The last character of the expression: money and shares keep their word, other units are left outside."""
        inside = after[1] in ("money", "share") and after[2]
        return self.tokens[(end or after[0]) - 1 if inside else j - 1].end

    def _no_quantity(self, first: Numeral) -> bool:
        """Words that only look like numerals: "the one", "one another", "no one", "a second one"."""
        if first.j - first.i > 1 or self.low(first.i) != "one":
            return False
        return self.low(first.i - 1) in (
            "no",
            "the",
            "this",
            "that",
            "which",
            "any",
            "every",
            "each",
            "some",
            "everyone",
        ) or (self.low(first.i + 1) == "another")

    def _negative(self, k: int) -> bool:
        low, bare = self.low(k), not self.glued(k) or self.low(k - 1) in ("(", "[", ">", "<", "=")
        if low in ("minus", "negative"):
            return self.at(k + 1) is not None
        return low in ("-", "−") and bare and self.kind(k + 1) == "num" and (self.glued(k + 1) or k == 0)

    def _is_sign(self, i: int, k: int) -> bool:
        """Whether the currency form over tokens [i, k) is one: letters must be capitals ("TRY 100", not "try 100")."""
        written = self.text[self.tokens[i].start : self.tokens[k - 1].end]
        if any(not c.isalpha() for c in written) and not written.isascii():
            return True
        letters = [c for c in written if c.isalpha()]
        return (
            not letters or "$" in written or written.isupper() or written.lower() in ("usd", "rmb") or written == "Rs"
        )

    def _scaled_money(self, first: Numeral) -> Numeral:
        """$20m, $1.2b, £5k."""
        size = {"m": 1e6, "b": 1e9, "k": 1e3, "t": 1e12, "mil": 1e6}.get(self.low(first.j))
        if first.value is not None and first.factor == 1 and size and self.glued(first.j):
            return dataclasses.replace(first, j=first.j + 1, value=first.value * size, factor=size, plain=False)
        return first

    # -- units -------------------------------------------------------------------------------------------------------

    def _match(self, name: str, i: int, *kinds: str) -> tuple[int, tuple[str, ...]] | None:
        """The longest phrase of a table that starts at token `i`: the token after it and the row's other cells."""
        table = _table(name, *kinds)
        for length in range(min(_longest(name, *kinds), len(self.tokens) - i), 0, -1):
            row = table.get(tuple(t.low for t in self.tokens[i : i + length]))
            if row:
                return i + length, row
        return None

    def _measured(self, first: Numeral, code: str | None, i: int) -> tuple[int, str, str]:
        """What stands after a numeral: the token after the unit, the dimension and the unit."""
        j = self._closed(first.j)
        for form in PERCENT:
            if tuple(self.low(j + n) for n in range(len(form))) == form and self.low(j + 1) not in ("point", "points"):
                return j + len(form), "share", "%"
        after_hyphen = self.past_hyphen(j)
        if code:
            word = self._match("currencies", after_hyphen, "after")
            same = word and word[1][0] == code and not self.low(after_hyphen).isdigit()
            return (word[0] if same else j), "money", code
        money = self._match("currencies", after_hyphen, "after") or self._code_after(after_hyphen)
        if money and self._is_currency(first, after_hyphen, money):
            return money[0], "money", money[1][0]
        unit = self._match("units", after_hyphen)
        if unit and self._is_unit(first, j, after_hyphen, unit, i):
            return unit[0], unit[1][1], unit[1][0]
        return first.j, "", ""

    def _closed(self, j: int) -> int:
        return j

    def _code_after(self, k: int) -> tuple[int, tuple[str, ...]] | None:
        found = self._match("currencies", k, "sign")
        return (
            found
            if found and (self.glued(k) or self.low(k) in ("$", "€", "£")) and self.kind(found[0]) != "num"
            else None
        )

    def _is_currency(self, first: Numeral, k: int, money: tuple[int, tuple[str, ...]]) -> bool:
        word = self.low(k)
        if (
            first.form in ("fraction", "ratio")
            and first.value is not None
            and first.value < 1
            and word not in ("cent",)
        ):
            return word in ("dollar", "euro", "pound", "cent", "penny")
        if word in ("pound", "pounds"):
            return first.factor >= 1e3 or self.low(k + 1) == "sterling"
        if word in (
            "won",
            "real",
            "mark",
            "marks",
            "crowns",
            "p",
            "buck",
            "kip",
            "dong",
            "try",
            "dram",
            "drams",
            "leu",
            "lev",
        ):
            return first.factor >= 1e3 or (first.value or 0) >= 1000 or self.glued(k)
        if word == "dm":
            return False
        return True

    def _is_unit(self, first: Numeral, j: int, k: int, unit: tuple[int, tuple[str, str]], i: int) -> bool:
        """Whether the word is this numeral's unit: not the clause's next word, nor a letter that only looks like one."""
        form, dimension, glued = self.low(k), unit[1][1], self.glued(k) or k > j
        if first.form == "vague" and len(form) < 3:
            return False
        if len(form) <= 2 and self.kind(k) == "word":
            written = self.text[self.tokens[k].start : self.tokens[k].end]
            if self.kind(first.i) != "num" or (form in ("in", "pm", "w", "k", "j", "p", "g", "t", "l") and not glued):
                return False
            if form in ("in", "pm", "k") or (
                written.isupper() and form not in ("mb", "gb", "tb", "kb", "kw", "mw", "gw", "pb", "km")
            ):
                return False
            if unit[0] == k + 1 and self.glued(k + 1) and self.kind(k + 1) == "num":
                return False
        if (
            form in ("second", "minute", "degree", "turn")
            and k == j
            and (first.value or 2) != 1
            and form in ("second",)
        ):
            return False
        if form in ("feet", "foot") and self.low(k + 1) in ("soldiers", "patrol"):
            return False
        if dimension in ("duration", "distance") and k == j and self._object(i):
            return self.low(unit[0]) not in RELATIVE
        return True

    def _object(self, i: int) -> bool:
        """Whether the numeral is the object of a verb of harm ("wounding 90", then a clause whose comma was lost)."""
        k = i - 1
        while k > i - 6 and (
            self.low(k) in ("about", "least", "at", "than", "more", "over", "around", "some", "another", "nearly")
        ):
            k -= 1
        word = self.low(k)
        return word in TRANSITIVE and not (word.endswith("ed") and self.low(k - 1) in PASSIVE)

    def _unit_first(self, i: int) -> tuple[Quantity, int] | None:
        """a year and a half · an hour or two · half an hour · a quarter century · a week or so."""
        k = i + 1 if self.low(i) in ("a", "an", "one") else i
        if self.low(i) in ("half", "quarter", "a"):
            share = {"half": 0.5, "quarter": 0.25}.get(self.low(k))
            m = self.past_hyphen(k + 1)
            m = (
                m + 1
                if self.low(m) in ("a", "an")
                else m + 2
                if (self.low(m), self.low(m + 1)) in (("of", "a"), ("of", "an"))
                else m
            )
            unit = self._match("units", m) if share else None
            if (
                unit
                and unit[1][1] in ("duration", "distance")
                and len(self.low(m)) > 3
                and not self.low(m).endswith("s")
            ):
                value, name = share, unit[1][0]
                if name in ("century", "decade"):
                    value, name = share * {"century": 100, "decade": 10}[name], "year"
                q = Quantity(
                    self.tokens[i].start,
                    self.tokens[unit[0] - 1].end,
                    value,
                    value,
                    value,
                    EXACT,
                    name,
                    unit[1][1],
                    "words",
                )
                return self._framed(q, i, unit[0])
        unit = self._match("units", k) if self.kind(k) == "word" and len(self.low(k)) > 2 else None
        if not unit or unit[1][1] not in ("duration", "distance", "mass") or self.low(k).endswith("s"):
            return None
        j, start = unit[0], self.tokens[i].start
        h = self.past_hyphen(j) if self.low(j) in HYPHENS else j
        if self.low(h) == "and":
            m = self.past_hyphen(h + 1)
            m = self.past_hyphen(m + 1) if self.low(m) == "a" else m
            word = self.low(m)
            if word in ("half", "quarter", "third"):
                value = 1 + 1 / words("denominator")[word]
                q = Quantity(start, self.tokens[m].end, value, value, value, EXACT, unit[1][0], unit[1][1], "words")
                return self._framed(q, i, m + 1)
        if k > i and self.low(j) == "or" and self.low(j + 1) in ("two", "three"):
            high = words("unit")[self.low(j + 1)]
            q = Quantity(start, self.tokens[j + 1].end, None, 1.0, high, "range", unit[1][0], unit[1][1], "range")
            return self._framed(q, i, j + 2, modify=False)
        return None

    def _cents(self, end: int, value: float) -> tuple[int, float]:
        """The cents after dollars: "3 dollars 50 cents"."""
        k = end + 1 if self.low(end) == "and" else end
        part = self.cardinal(k) if value == int(value) else None
        if part and 0 < part[1] < 100 and self.low(part[0]) in ("cent", "cents", "pence"):
            return part[0] + 1, value + part[1] / 100
        return end, value

    def _compound(self, first: Numeral, end: int, unit: str) -> tuple[int, float, str, int] | None:
        """1 hour 59 minutes 40.2 seconds (in the last unit) · 5 feet 2 inches (in the first)."""
        sizes = {"day": 86400.0, "hour": 3600.0, "minute": 60.0, "second": 1.0}
        total, k, last = first.value, end, unit
        if unit not in sizes and unit != "foot":
            return None
        while True:
            m = k + 1 if self.low(k) in ("and", ",") else k
            part = self.cardinal(m)
            follow = self._match("units", part[0]) if part else None
            if not follow or (self.low(k) == "," and unit == "foot"):
                break
            if unit == "foot":
                if follow[1][0] != "inch" and self.low(part[0]) != "in":
                    break
                return follow[0], total + part[1] / 12, "foot", follow[0]
            if follow[1][0] not in sizes or sizes[follow[1][0]] >= sizes[last]:
                break
            total = total * sizes[last] / sizes[follow[1][0]] + part[1]
            last, k = follow[1][0], follow[0]
        return (k, total, last, k) if k > end else None

    def _clock(self, i: int) -> tuple[Quantity, int] | None:
        """2:14:04, a race's time, in seconds."""
        parts = [self.low(i + n) for n in (0, 2, 4)]
        if not (
            self.kind(i) == "num"
            and self.low(i + 1) == self.low(i + 3) == ":"
            and all(p.replace(".", "", 1).isdigit() for p in parts)
        ):
            return None
        if not all(self.glued(i + n) for n in (1, 2, 3, 4)) or len(parts[1]) != 2 or len(parts[0]) > 2:
            return None
        value = float(parts[0]) * 3600 + float(parts[1]) * 60 + float(parts[2])
        q = Quantity(
            self.tokens[i].start, self.tokens[i + 4].end, value, value, value, EXACT, "second", "duration", "clock"
        )
        return self._framed(q, i, i + 5)

    # -- ranges ------------------------------------------------------------------------------------------------------

    def _second(
        self, first: Numeral, after: tuple[int, str, str], code: str | None
    ) -> tuple[Numeral, tuple[int, str, str], float] | None:
        """The other end of a range: its numeral, what follows it, and the low end with the shared scale applied."""
        k, link = after[0], self.low(after[0])
        opened = self.low(self._before(first.i, code)) == "between"
        if (
            (link in DASHES and not (link == "-" and not self.glued(k) and not opened and self.kind(k + 1) != "num"))
            or link in ("to", "through", "till", "until")
            or (link == "and" and opened)
            or link == "or"
        ):
            k += 1
        else:
            return None
        if self.kind(k) == "sign" and self.low(k) in HYPHENS and link == "to":
            k += 1
        while link != "or":
            more = self._match("modifiers", k, "before")
            if not more or self.low(k) in ("<", ">"):
                break
            k = more[0]
        sign = self._match("currencies", k, "sign")
        if sign and self._is_sign(k, sign[0]):
            k = sign[0]
        numeral = self.at(k)
        if not numeral or numeral.value is None:
            return None
        if code or sign:
            numeral = self._scaled_money(numeral)
        end = self._measured(numeral, code or (sign[1][0] if sign else None), k)
        if after[2] and end[2] and after[2] != end[2]:
            return None
        low = first.value
        if (
            first.factor == 1
            and numeral.factor >= 1000
            and low < numeral.value / numeral.factor * (1 if link != "or" else 1)
        ):
            low *= numeral.factor
        if not low < numeral.value:
            return None
        if link == "or" and (
            numeral.value > 100 * first.value or (first.plain and numeral.value > 2 * first.value and first.value > 10)
        ):
            return None
        if link in ("to", "through") and self._changes(first.i, code):
            return None
        if self.glued(numeral.j) and self.low(numeral.j) in (":", "/", *HYPHENS) and self.kind(numeral.j + 1) == "num":
            return None
        if not end[2] and after[2]:
            end = (end[0], after[1], after[2])
        return numeral, end, low

    def _before(self, i: int, code: str | None) -> int:
        """The token before the numeral at `i`, its currency sign and its modifier left out."""
        k = i - 1
        if code:
            while k >= 0 and (self.low(k) in ("$", "us", "a", "c", ".", "u", "s", "€", "£") or self.kind(k) == "sign"):
                k -= 1
        back = self._modifier_before(k)
        return k - back[0] if back else k

    def _changes(self, i: int, code: str | None) -> bool:
        """Whether "from 21 to 46" tells a change, not a range."""
        k = self._before(i, code)
        return (
            self.low(k) == "from" and not any(self.low(k - n) in SPREAD for n in (1, 2, 3)) and self.low(k - 1) != "is"
        )

    # -- bounds ------------------------------------------------------------------------------------------------------

    def _modifier_before(self, k: int) -> tuple[int, str] | None:
        """The modifier phrase that ends at token `k`: its length and bound."""
        table, longest = _table("modifiers", "before"), _longest("modifiers", "before")
        for length in range(min(longest, k + 1), 0, -1):
            row = table.get(tuple(t.low for t in self.tokens[k - length + 1 : k + 1]))
            if row:
                return length, row[0]
        return None

    def _framed(self, q: Quantity, i: int, j: int, modify: bool = True) -> tuple[Quantity, int]:
        """The quantity over tokens [i, j) with the bounds that stand before and after it."""
        bound, outer = q.bound, i
        k, skipped = i - 1, 0
        while skipped < 2 and self.low(k) in BETWEEN and not self._modifier_before(k):
            k, skipped = k - 1, skipped + 1
        for _ in range(3):
            found = self._modifier_before(k)
            if not found or not self._is_modifier(k, found, q):
                break
            if modify and q.value is not None and (bound in (EXACT, "about") and found[1] != EXACT):
                bound = found[1]
            k -= found[0]
            outer = k + 1
            while self.low(k) in ("another", "additional", "further", "a", "an") and self._modifier_before(k - 1):
                k -= 1
        end = j
        behind = self._match("modifiers", j, "after")
        if (
            behind
            and q.value is not None
            and (self.low(j) not in ("+", "plus", "-") or self.glued(j) or self.low(j) == "plus")
        ):
            if modify and bound in (EXACT, "about") and self._closes(behind, j):
                bound, end = behind[1][0], behind[0]
        elif self.low(j) in HYPHENS and self.low(j + 1) in ("plus", "odd") and q.value is not None:
            bound, end = ("at_least" if self.low(j + 1) == "plus" else "about"), j + 2
        value = q.value
        low, high = q.low, q.high
        if q.bound != "range":
            low = value if bound in (EXACT, "at_least") else None
            high = value if bound in (EXACT, "at_most") else None
        q = dataclasses.replace(
            q,
            bound=bound,
            low=low,
            high=high,
            outer_start=self.tokens[max(outer, 0)].start,
            outer_end=self.tokens[end - 1].end,
        )
        return q, end

    def _closes(self, behind: tuple[int, tuple[str, ...]], j: int) -> bool:
        """Whether "or more", "at least" ends its phrase here, and is not the next number's: "12, at least 5"."""
        if self.low(j) in ("at", "minimum", "maximum", "max", "approximately", "above", "upwards", "plus"):
            return not self.at(behind[0]) and self.kind(behind[0]) != "word"
        return not (self.low(j) == "or" and self.at(behind[0]) is not None and self.kind(behind[0]) == "num")

    def _is_modifier(self, k: int, found: tuple[int, str], q: Quantity) -> bool:
        """Whether the words before are about the number: "over 18 months" is how long, "for over 30 hours" more than 30."""
        word, before = self.low(k), self.low(k - 1)
        if found[0] > 1:
            return True
        if word == "over" and q.dimension == "duration":
            return before in (
                "for",
                "after",
                "lasted",
                "lasting",
                "of",
                "spent",
                "took",
                "just",
                "well",
                "by",
                "in",
                "a",
                "is",
                "was",
                "be",
            )
        if word in ("within", "under", "below", "above", "beyond") and not q.unit and not q.dimension:
            return word not in ("within", "beyond") and q.form != "words"
        if word == "near":
            return False
        if (
            word in ("minimum", "maximum", "exceed", "exceeds", "exceeded", "minimum", "equal", "some")
            and q.form == "vague"
        ):
            return False
        return True


@functools.cache
def _openers() -> frozenset[str]:
    """The first words that a quantity can have (beside digits)."""
    first = {"a", "an", "minus", "negative", "-", "−", "one", "quarter", "half"}
    for kind in ("unit", "ten", "hundred", "scale", "vague", "indefinite", "vulgar", "dozen"):
        first |= {w for w in words(kind)}
    first |= {t[0] for t in _table("currencies", "sign")}
    first |= {t[0] for t, row in _table("units").items() if row[1] == "duration"}
    return frozenset(first)
