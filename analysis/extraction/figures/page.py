"""The article as the figures see it: its text tokens, its parse, and what stands around a quantity."""

from __future__ import annotations

import bisect
import functools
import re

from spacy.tokens import Token as ParseToken

from analysis.extraction.figures import cues, harm, neighbours
from analysis.extraction.figures.lists import listed
from analysis.extraction.figures.quantity import Quantity
from analysis.extraction.figures.tokens import HYPHENS, Token, tokenize
from analysis.extraction.lexicons import rows
from analysis.language.reading import Reading

LINK = re.compile(r"(?:https?://|www\.)\S++|\S++@\S++|[@#]\w++")
PHONE = re.compile(r"\+?\d[\d()]*+(?:[ \-./]\(?\d++\)?){2,}+")
NOUNS = ("NN", "NNS", "NNP", "NNPS")
INSIDE = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "POS", "CD", "AFX", "RBS", "FW", "RB")
COUNTS = listed("page_counts")
CLOSED = listed("page_closed")
MORE = listed("page_more")
LINKS = listed("page_links")


@functools.cache
def noun_classes() -> dict[str, str]:
    return {r["noun"]: r["class"] for r in rows("figure_nouns")}


class Page:
    """One reading, with its text tokens and the spans that no figure can stand in."""

    def __init__(self, reading: Reading, dates: tuple[tuple[int, int], ...] = ()) -> None:
        self.reading, self.text, self.doc = reading, reading.text, reading.doc
        start, end = reading.article.body
        self.offset = start
        self.tokens: list[Token] = [t for t in tokenize(self.text[:end]) if t.start >= start]
        self.starts = [t.start for t in self.tokens]
        self.dates = dates
        self._date_starts = [s for s, _ in dates]
        self._links = [m.span() for m in LINK.finditer(self.text, start, end)]
        self._link_starts = [s for s, _ in self._links]
        self._phones = [
            m.span() for m in PHONE.finditer(self.text, start, end) if sum(map(str.isdigit, m.group())) >= 7
        ]
        self._phone_starts = [s for s, _ in self._phones]
        self._reasons: list[tuple[int, str]] = []
        self._names: set[str] = set()
        self._seen: set[float] = set()
        self._phrases: dict[int, list[ParseToken]] = {}

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
        return (
            self.text[: self.tokens[i].start].rstrip(" \t*-•")[-1:] in ("\n", "")
            if i < 3
            else "\n" in self.text[self.tokens[i - 1].end : self.tokens[i].start]
        )

    def opens_sentence(self, i: int) -> bool:
        """Whether token `i` starts a sentence or a line, where a capital says nothing."""
        if (
            i <= 0
            or self.kind(i - 1) == "gap"
            or self.low(i - 1) in (".", "!", "?", ":", "“", '"', "•", "*", "‘")
            or self.starts_line(i)
        ):
            return True
        token = self.parsed(i)
        return token is not None and bool(token.is_sent_start)

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

    # -- the parse ---------------------------------------------------------------------------------------------------

    def parsed(self, i: int) -> ParseToken | None:
        """The parser's token at a text token."""
        if not 0 <= i < len(self.tokens):
            return None
        return self.parsed_at(self.tokens[i].start)

    def parsed_at(self, char: int) -> ParseToken | None:
        k = bisect.bisect_right(self.reading.ends, char)
        return self.doc[k] if k < len(self.doc) else None

    def end_of(self, q: Quantity) -> int:
        """The text token after the expression, its unit included."""
        return self.index(max(q.outer_end, q.end))

    def noun_after(self, j: int) -> ParseToken | None:
        """The head of the noun phrase that starts at text token `j`, by tags; None where no noun starts there."""
        found = self.phrase_after(j)
        return found[-1] if found else None

    def phrase_after(self, j: int) -> list[ParseToken]:
        """The words of the noun phrase at text token `j`: adjectives and nouns up to its last noun."""
        while (
            j < len(self.tokens)
            and ((self.low(j) in HYPHENS and self.glued(j)) or self.low(j) in ('"', "“", "”", "(", "["))
            and j < len(self.tokens)
        ):
            j += 1
        first = self.parsed(j)
        if first is None or self.kind(j) == "gap":
            return []
        k, end, words, last = first.i, first.sent.end, [], 0
        partitive = self.doc[k].lower_ == "of"
        if partitive and k + 2 < end and self.doc[k + 1].lower_ == "all":
            k += 1
        skipped = 0
        while k < end and skipped < 4 and self.doc[k].lower_ in (LINKS if partitive else MORE):
            k, skipped = k + 1, skipped + 1
            if self.doc[k - 1].lower_ == "others":
                return [self.doc[k - 1]]
        while k < end and len(words) < 9:
            token = self.doc[k]
            low, tag = token.lower_, token.tag_
            if low in CLOSED and not (tag in ("VBN", "JJ") and self._premodifies(k)):
                break
            if low == "(" and words and (past := self._past_bracket(k, end)):
                k = past
                continue
            if low in ('"', "“", "”", "[", "]") and words:
                words.append(token)
            elif tag in INSIDE or low in ("-", "other", "others"):
                if tag in ("VBN", "VBG", "RB", "CD") and not self._premodifies(k):
                    break
                if tag == "CD" or (tag in ("VBN", "VBG") and words and self.plural(words[-1])):
                    break
                words.append(token)
                if tag in NOUNS or low in ("others", "other"):
                    last = len(words)
            elif low in ("and", "or", ",") and words and not last:
                words.append(token)
            else:
                break
            k += 1
        return words[:last]

    def phrase_of(self, q: Quantity) -> list[ParseToken]:
        """The noun phrase that a quantity counts, without the number; empty where the noun is left out."""
        found = self._phrases.get(q.start)
        if found is None:
            found = self._phrases[q.start] = self.phrase_after(self.end_of(q))
        return found

    def counted(self, q: Quantity) -> str | None:
        """The words of the noun phrase that a quantity counts; for a measure its unit."""
        found = self.phrase_of(q)
        if q.unit and q.dimension not in ("money", "share") and q.end < q.outer_end:
            return self.text[q.end : q.outer_end].strip(" -‐‑–") or None
        if not found or q.dimension == "money":
            return None
        return self.text[self.reading.starts[found[0].i] : self.reading.ends[found[-1].i]]

    def verbal(self, i: int) -> bool:
        """Whether text token `i` is tagged a verb."""
        token = self.parsed(i)
        return token is not None and token.tag_.startswith(("VB", "MD"))

    def _past_bracket(self, k: int, end: int) -> int | None:
        """The token after a bracket that explains a name before its noun: "12 IS (Islamic State) fighters"."""
        for m in range(k + 1, min(k + 9, end - 1)):
            if self.doc[m].lower_ == ")":
                return m + 1 if self.doc[m + 1].tag_ in ("NN", "NNS") else None
        return None

    def _premodifies(self, k: int) -> bool:
        """Whether the participle or adverb at `k` stands before a noun: "injured people", not "injured in"."""
        for n in (1, 2, 3):
            if k + n >= len(self.doc):
                return False
            tag = self.doc[k + n].tag_
            if tag in NOUNS:
                return True
            if tag not in ("JJ", "HYPH", "VBN", "VBG", "RB"):
                return False
        return False

    def low_of(self, token: ParseToken) -> str:
        return token.lower_

    def plural(self, token: ParseToken) -> bool:
        low = token.lower_
        return token.tag_ in ("NNS", "NNPS") or low in (
            "people",
            "police",
            "personnel",
            "children",
            "women",
            "men",
            "others",
            "troops",
        )

    def noun_class(self, token: ParseToken) -> str | None:
        low = token.lower_
        return noun_classes().get(low) or noun_classes().get(token.lemma_.lower())

    def proper(self, i: int) -> bool:
        token = self.parsed(i)
        return token is None or token.tag_ in ("NNP", "NNPS") or not self.opens_sentence(i)

    def same_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends between two characters."""
        i, j = self.index(start), self.index(end)
        return not any(self.low(k) in (".", "!", "?") or self.kind(k) == "gap" for k in range(i, j))

    def clause_follows(self, phrase: list[ParseToken]) -> bool:
        """Whether the noun phrase is followed by a verb of its own."""
        k = self.index(self.reading.ends[phrase[-1].i])
        return self.verbal(k) or self.low(k) in ("were", "was", "are", "had", "have")

    def told_after(self, j: int) -> bool:
        """Whether a number that starts a clause is followed by its verb: "in Douma 12 were killed", "20 dead"."""
        low = self.low(j)
        return low in neighbours.AUX or low in cues.states() or low in cues.verbs() or low in ("of", "%")

    def person_before(self, i: int) -> bool:
        """Whether a name or a word for a person ends right before text token `i`."""
        token = self.parsed(i - 1)
        if self.kind(i - 1) != "word":
            return False
        if self.capital(i - 1):
            return token is None or token.tag_ in (*NOUNS, "JJ")
        return token is not None and self.noun_class(token) == "person" and not self.plural(token)

    def one_before(self, i: int) -> bool:
        """Whether a noun in the singular ends right before text token `i`."""
        token = self.parsed(i - 1)
        return (
            token is not None
            and token.tag_ in ("NN", "NNP")
            and self.noun_class(token) in (None, "person", "personnel")
        )

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

    def counts_before(self, i: int) -> bool:
        """Whether a word for a number or a measure stands before text token `i` in its sentence."""
        for k in range(i - 1, max(-1, i - 25), -1):
            if self.low(k) in (".", "!", "?") or self.kind(k) == "gap":
                return False
            if self.low(k) in COUNTS:
                return True
        return False

    def described_before(self, i: int) -> bool:
        """Whether a determiner or an adjective stands before "half": "the first half", "their attacking half"."""
        token = self.parsed(i - 1)
        tags = ("JJ", "VBG", "NN", "NNS", "DT", "PRP$", "NNP", "VBN")
        return token is not None and token.tag_ in tags and self.low(i - 1) not in ("all", "than")

    def titled(self, i: int) -> bool:
        """Whether text token `i` stands in a line in title case: a headline, where capitals say nothing."""
        around = range(max(0, i - 6), min(len(self.tokens), i + 7))
        near = [k for k in around if self.kind(k) == "word" and len(self.low(k)) > 3]
        return len(near) > 3 and sum(self.capital(k) for k in near) >= 0.75 * len(near)

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

    def lost(self, q: Quantity) -> bool:
        """Whether what `q` counts is said to be killed, hurt or lost (and not only arrested)."""
        return harm.told(self, q) not in (None, "arrested")

    def described_after(self, noun: ParseToken) -> bool:
        """Whether a noun is followed by what tells which: "the five firearms he used", "the 27 countries of"."""
        if noun.i + 1 >= len(self.doc):
            return False
        after = self.doc[noun.i + 1]
        return after.lower_ in ("of", "who", "that", "which", "whose", "needed", "on") or after.tag_ in (
            "VBN",
            "PRP",
            "WP",
            "WDT",
        )


def _covered(q: Quantity, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...], starts: list[int]) -> bool:
    k = bisect.bisect_right(starts, q.start) - 1
    return k >= 0 and spans[k][1] >= q.end


@functools.cache
def _number_words() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("numerals") if r["kind"] in ("unit", "ten", "hundred", "scale", "vague"))
