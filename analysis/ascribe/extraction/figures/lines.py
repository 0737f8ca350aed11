"""The text tokens of an article, and how to look around in them."""

from __future__ import annotations

import bisect
import functools
import re

from ascribe.extraction.figures.cardinals import MILLIONS
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import Token, tokenize
from ascribe.extraction.lexicons import rows
from ascribe.language.reading import Reading

# A run of signs without a blank is looked at once, whole: to begin anew within long ones would be slow.
RUN = re.compile(r"\S++")
PHONE = re.compile(r"(?<![\d()])\+?\d[\d()]*+(?:[ \-./]\(?\d++\)?){2,}")
LONGEST_LINK = 500
STAMP = re.compile(r"(?m)^[ \t]*(?:[01]?\d|2[0-3])\.[0-5]\d[ \t]+[^\W\d_]")
COUNTS = listed("page_counts")


class Lines:
    """The text tokens of one article, and the spans that no figure can stand in."""

    def __init__(self, reading: Reading, dates: tuple[tuple[int, int], ...] = ()) -> None:
        self.reading, self.text = reading, reading.text
        start, end = reading.article.body
        self.tokens: list[Token] = [t for t in tokenize(self.text[:end]) if t.start >= start]
        self.starts = [t.start for t in self.tokens]
        self.dates = dates
        self._date_starts = [s for s, _ in dates]
        self._links = [m.span() for m in RUN.finditer(self.text, start, end) if _is_link(m.group())]
        self._link_starts = [s for s, _ in self._links]
        numbers = (m for m in PHONE.finditer(self.text, start, end) if sum(map(str.isdigit, m.group())) >= 7)
        numbers = (m for m in numbers if not self.dated(m.start()))  # "Mon Jul 11 2031 175 killed" dials nobody
        self._phones = [m.span() for m in numbers if not MILLIONS.fullmatch(m.group())]
        self._phone_starts = [s for s, _ in self._phones]
        self._reasons: list[tuple[int, str]] = []
        self._names: set[str] = set()
        self._seen: set[float] = set()

    # -- text tokens -------------------------------------------------------------------------------------------------

    def index(self, char: int) -> int:
        """The text token at or after a character."""
        return bisect.bisect_left(self.starts, char)

    def tokens_of(self, q: Quantity) -> tuple[int, int]:
        """The text tokens of the numeric expression with its unit: [i, j)."""
        return self.index(q.start), self.index(max(q.end, q.start + 1))

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else "gap"

    def follows(self, i: int, *lows: str) -> bool:
        """Whether the tokens from `i` on are these."""
        return all(self.low(i + n) == low for n, low in enumerate(lows))

    def written(self, i: int) -> str:
        return self.text[self.tokens[i].start : self.tokens[i].end] if 0 <= i < len(self.tokens) else ""

    def capital(self, i: int) -> bool:
        return self.written(i)[:1].isupper()

    def glued(self, i: int) -> bool:
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def gap_between(self, i: int, j: int) -> bool:
        return self.tokens[j].start - self.tokens[i].end > 1

    def numeric(self, i: int) -> bool:
        return self.low(i) in _number_words()

    def starts_line(self, i: int) -> bool:
        if not 0 <= i < len(self.tokens):
            return False
        if self.kind(i - 1) == "gap":
            return True
        return (
            self.text[: self.tokens[i].start].rstrip(" \t*-•")[-1:] in ("\n", "")
            if i < 3
            else "\n" in self.text[self.tokens[i - 1].end : self.tokens[i].start]
        )

    @functools.cached_property
    def stamped(self) -> bool:
        """Whether more than one line starts with a time of day with a point in it: "18.42 Fire crews arrive"."""
        start, end = self.reading.article.body
        return len(STAMP.findall(self.text[start:end])) > 1

    def shouting(self, i: int) -> bool:
        """Whether the words around are all in capitals (a headline, a wire report)."""
        near = [
            self.written(k)
            for k in range(max(0, i - 4), min(len(self.tokens), i + 6))
            if self.kind(k) == "word" and len(self.low(k)) > 2
        ]
        return len(near) > 2 and sum(w.isupper() for w in near) >= 0.8 * len(near)

    # -- spans that hold no figures ----------------------------------------------------------------------------------

    def in_date(self, q: Quantity) -> bool:
        return _covered(q, self.dates, self._date_starts)

    def dated(self, char: int) -> bool:
        """Whether a character stands in a date."""
        k = bisect.bisect_right(self._date_starts, char) - 1
        return k >= 0 and self.dates[k][1] > char

    def in_link(self, q: Quantity) -> bool:
        return _covered(q, self._links, self._link_starts)

    def phone(self, i: int, j: int) -> bool:
        k = bisect.bisect_right(self._phone_starts, self.tokens[i].start) - 1
        return k >= 0 and self._phones[k][1] >= self.tokens[j - 1].end

    def note(self, q: Quantity, reason: str) -> None:
        """Remember why a quantity was left out, for the one that follows it ("May 24 to 26")."""
        self._reasons.append((q.end, reason))
        if reason == "name":
            self._names.add(self.text[q.start : q.end])

    def previous_excluded(self, q: Quantity) -> str | None:
        if self._reasons and q.start - self._reasons[-1][0] < 12:
            return self._reasons[-1][1]
        return None

    def titled(self, i: int) -> bool:
        """Whether text token `i` stands in a line in title case: a headline, where capitals say nothing."""
        around = range(max(0, i - 6), min(len(self.tokens), i + 7))
        near = [k for k in around if self.kind(k) == "word" and len(self.low(k)) > 3]
        return len(near) > 3 and sum(self.capital(k) for k in near) >= 0.75 * len(near)

    def bracketed(self, i: int) -> bool:
        """Whether a bracket was opened on the same line within some tokens before token `i`."""
        for k in range(i - 1, max(-1, i - 30), -1):
            if self.low(k) in ("(", ")", "[") or self.kind(k) == "gap":
                return self.low(k) in ("(", "[")
        return False

    def era(self, j: int) -> bool:
        """Whether "BC", "A.D.", "b.c.e." stands at text token `j`."""
        letters = "".join(
            self.low(k)
            for k in range(j, j + 6)
            if (self.low(k).isalpha() and len(self.low(k)) < 4) or self.low(k) == "."
        )
        plain = self.written(j)
        return plain in ("BC", "AD", "BCE", "CE") or letters.startswith(("b.c.", "a.d.", "c.e."))

    def same_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends between two characters."""
        i, j = self.index(start), self.index(end)
        return not any(self.low(k) in (".", "!", "?") or self.kind(k) == "gap" for k in range(i, j))

    def counts_before(self, i: int) -> bool:
        """Whether a word for a number or a measure stands before text token `i` in its sentence."""
        for k in range(i - 1, max(-1, i - 25), -1):
            if self.low(k) in (".", "!", "?") or self.kind(k) == "gap":
                return False
            if self.low(k) in COUNTS:
                return True
        return False

    def was_name(self, digits: str) -> bool:
        """Whether the same digits stood in a name before: "Boeing 737", then "the 737"."""
        return digits in self._names

    def seen(self, value: float) -> bool:
        """Whether a figure of this value was found before."""
        return value in self._seen

    def remember(self, q: Quantity) -> None:
        """Note a figure that was kept."""
        if q.value is not None and not q.dimension:
            self._seen.add(q.value)


def _is_link(run: str) -> bool:
    """Whether a run of signs is an address, a handle or a tag."""
    if len(run) > LONGEST_LINK:
        return False
    return "://" in run or run.startswith(("www.", "@", "#")) or "@" in run[1:-1]


def _covered(q: Quantity, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...], starts: list[int]) -> bool:
    k = bisect.bisect_right(starts, q.start) - 1
    return k >= 0 and spans[k][1] >= q.end


@functools.cache
def _number_words() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("numerals") if r["kind"] in ("unit", "ten", "hundred", "scale", "vague"))
