"""The article as the figures see it: its text tokens, its parse, and what stands around a quantity."""

from __future__ import annotations

import bisect
import functools
import re

from spacy.tokens import Token as ParseToken

from ascribe.extraction.figures import cues, harm, labels, predicates
from ascribe.extraction.figures.cardinals import words as numerals
from ascribe.extraction.figures.lines import Lines
from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import HYPHENS
from ascribe.extraction.lexicons import rows
from ascribe.extraction.sources import words as world
from ascribe.language.reading import Reading

NOUNS = ("NN", "NNS", "NNP", "NNPS")
INSIDE = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "POS", "CD", "AFX", "RBS", "FW", "RB")
CLOSED = listed("page_closed")
MORE = listed("page_more")
LINKS = listed("page_links")
ITEM_LINKS = ("–", "—", "-", ":", "=")
ITEM_ENDS = ("(", ",", ";", ".", "gap", "", "•", "*", "|")
BOUNDING = listed("page_bounding")
MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d{1,3}[A-Za-z]{0,2}")
TODAY = ("today", "yesterday", "tonight", "tomorrow")
AFTER = ("last", "next", "this", "each", "every", "aged")  # words that no noun phrase goes on with


@functools.cache
def noun_classes() -> dict[str, str]:
    return {r["noun"]: r["class"] for r in rows("figure_nouns")}


class Page(Lines):
    """One reading: its text tokens, its parse, and what stands around a quantity."""

    def __init__(self, reading: Reading, dates: tuple[tuple[int, int], ...] = ()) -> None:
        super().__init__(reading, dates)
        self.doc = reading.doc
        self._phrases: dict[int, list[ParseToken]] = {}

    @functools.cached_property
    def headings(self) -> dict[int, list[str]]:
        """The headings over the rows of the article's tables (`labels.headings`)."""
        return labels.headings(self.text, *self.reading.article.body)

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
        if first.is_sent_start and self.breaks_before(j):
            return []  # the next line says something else
        k, end, words, last = first.i, first.sent.end, [], 0
        if self.doc[k].lower_ == "out" and k + 1 < end and self.doc[k + 1].lower_ == "of":
            k += 1
        partitive = self.doc[k].lower_ == "of"
        if partitive and k + 2 < end and self.doc[k + 1].lower_ == "all":
            k += 1
        skipped = 0
        while k < end and skipped < 4 and self.doc[k].lower_ in (LINKS if partitive else MORE):
            k, skipped = k + 1, skipped + 1
            if self.doc[k - 1].lower_ == "others":
                return [self.doc[k - 1]]
        if partitive and (past := self._past_number(k, end)):
            k = past  # 14 of the 17 drones
        while k < end and len(words) < 9:
            token = self.doc[k]
            low, tag = token.lower_, token.tag_
            if words and words[-1].tag_ == "POS" and (past := self._past_number(k, end)):
                words, last, k = [], 0, past  # 39 of the state's 40 delegates
                continue
            if words and ((low in AFTER) or (tag == "NNP" and words[-1].tag_ == "NNS")):
                break  # "two packs last week", "two sons Tane and Reyk"
            if words and low in numerals("vague"):
                break  # "23 dead, thousands cut off"
            if low in CLOSED and not (tag in ("VBN", "JJ") and self._premodifies(k)):
                break
            if low == "(" and words and (past := self._past_bracket(k, end)):
                k = past
                continue
            if tag == "CD" and MODEL.fullmatch(token.text):
                words.append(token)  # an F-16 jet
                k += 1
                continue
            if words and self._closes_quotation(k) and (last or words[-1].lower_ == ","):
                break
            if low in ('"', "“", "”", "[", "]") and words:
                words.append(token)
            elif low == "-" and self.text[self.reading.ends[k] : self.reading.ends[k] + 1].isspace():
                break
            elif tag in INSIDE or low in ("-", "other", "others"):
                if tag in ("VBN", "VBG", "RB", "CD") and not self._premodifies(k):
                    break
                if tag == "CD" or (tag in ("VBN", "VBG") and words and self.plural(words[-1])):
                    break
                words.append(token)
                if tag in NOUNS or low in ("others", "other"):
                    last = len(words)
            elif low in ("and", "or", ",") and words and not last:
                if low == "," and self._told_apart(k, words[-1]):
                    break  # "left 17 dead, police said"
                words.append(token)
            else:
                break
            k += 1
        while last > 1 and (words[last - 1].lower_ in world.calendar() or words[last - 1].lower_ in TODAY):
            # "three civilians Friday"
            last -= 1
        while last > 1 and words[0].lower_ in ("-", "strong"):
            words, last = words[1:], last - 1  # a 300-strong crowd
        if last == 1 and words[0].lower_ in cues.states() and words[0].lower_ not in noun_classes():
            return []  # "40 hurt"
        if last == 1 and words[0].lower_ not in noun_classes() and "subject" in cues.verbs().get(words[0].lower_, ()):
            return []  # "said 3,400 fled"
        return words[:last]

    def _told_apart(self, k: int, state: ParseToken) -> bool:
        """Whether the comma at `k` after a state ("17 dead,") opens a clause of somebody else's, and no noun follows
        that the state describes ("17 dead, dying and wounded men")."""
        if state.lower_ not in cues.states():
            return False
        for n in range(k + 1, min(k + 8, len(self.doc) - 1)):
            if self.doc[n].tag_ in NOUNS and self.doc[n + 1].tag_ in ("VBD", "VBZ", "VBP", "MD"):
                return True
            if self.doc[n].tag_ not in (*INSIDE, "DT", "PRP$"):
                break
        return False

    def breaks_before(self, j: int) -> bool:
        """Whether a line ends, or a cell of a table, before text token `j`."""
        between = self.text[self.tokens[j - 1].end if j else 0 : self.tokens[j].start]
        return "\n" in between or "\t" in between

    def phrase_of(self, q: Quantity) -> list[ParseToken]:
        """The noun phrase that a quantity counts, without the number; empty where the noun is left out."""
        found = self._phrases.get(q.start)
        if found is None:
            found = self.phrase_after(self._shared(q) or self.end_of(q)) or self._item(q)
            self._phrases[q.start] = found
        return found

    def _item(self, q: Quantity) -> list[ParseToken]:
        """The noun before a number in a list: "tanks – 2,937 (+2), drones – 1,592"; empty where there is none."""
        i, j = self.index(q.outer_start), self.end_of(q)
        link = self.low(i - 1)
        if link not in ITEM_LINKS or (link == "-" and self.glued(i)) or self.low(j) not in ITEM_ENDS or q.dimension:
            return []
        k = i - 2
        while k > i - 7 and self.kind(k) == "word" and self._names_item(k):
            k -= 1
        listed_item = self.low(k) in (",", ";", ":", "•", "*", "") or self.kind(k) == "gap" or self.starts_line(k + 1)
        found = [t for n in range(k + 1, i - 1) if (t := self.parsed(n)) is not None]
        if found and found[-1].lower_ in cues.states():
            return []  # "Missing: 4"
        known = found and (found[-1].tag_ in ("NN", "NNS") or self.noun_class(found[-1]) is not None)
        return found if listed_item and known else []

    def _names_item(self, k: int) -> bool:
        token = self.parsed(k)
        return token is not None and token.tag_ in (*NOUNS, "JJ", "VBN")

    def _shared(self, q: Quantity) -> int | None:
        """The token after the second number where both share its noun: "from 4,000 to 12,000 men", "tens, if not …"."""
        j, first = self.end_of(q), self.index(q.outer_start)
        k = j + (self.low(j) == ",")
        if self.follows(k, "if", "not") and not q.dimension:
            k += 2
            while self.kind(k) == "num" or self.numeric(k) or (self.low(k) == "of" and self.numeric(k + 1)):
                k += 1
            return k + (self.low(k) == ",")
        if self.follows(first - 2, "if", "not") and self.follows(j, ",", "of"):
            return j + 1
        if self.low(j) != "to" or self.low(self.index(q.outer_start) - 1) != "from" or q.dimension:
            return None
        k = j + 1
        while self.kind(k) == "num" or self.numeric(k):
            k += 1
        return k if k > j + 1 else None

    def counted(self, q: Quantity) -> str | None:
        """The words of the noun phrase that a quantity counts; for a measure its unit."""
        found = self.phrase_of(q)
        if q.unit and q.dimension not in ("money", "share") and q.end < q.outer_end:
            return self.text[q.end : q.outer_end].strip().strip("+-‐‑–").strip().removeprefix("of ") or None
        if not found or q.dimension == "money":
            return None
        if any(word.lower_ == "," for word in found):
            found = found[-1:]  # "brutal, grinding months"
        last = self.joined(found[-1])
        return self.text[self.reading.starts[found[0].i] : self.reading.ends[last.i]]

    def joined(self, noun: ParseToken) -> ParseToken:
        """The last noun of those that one number counts together: "30 towns and villages", "12 soldiers or guards"."""
        if noun.tag_ != "NNS" or noun.i + 2 >= noun.sent.end or noun.nbor().lower_ not in ("and", "or"):
            return noun
        second = noun.nbor(2)
        told = second.i + 1 < noun.sent.end and second.nbor().tag_ in ("VBD", "POS", "HYPH")
        return second if second.tag_ == "NNS" and not told and not self.vague(second) else noun

    @staticmethod
    def vague(noun: ParseToken) -> bool:
        """Whether a noun is a number of its own: "four jets and dozens of boats"."""
        return noun.lower_ in numerals("vague") or noun.lower_ in numerals("dozen")

    def verbal(self, i: int) -> bool:
        """Whether text token `i` is tagged a verb."""
        token = self.parsed(i)
        return token is not None and token.tag_.startswith(("VB", "MD"))

    def _past_number(self, k: int, end: int) -> int | None:
        """The token after a number at `k`, and after the words that bound it."""
        m = k
        while m < min(k + 3, end) and (
            self.doc[m].tag_ in ("RB", "JJR", "RBS", "JJS") or self.doc[m].lower_ in BOUNDING
        ):
            m += 1
        while m < end and self.doc[m].tag_ == "CD":
            m += 1
        return m if m < end and self.doc[m - 1].tag_ == "CD" else None

    def _past_bracket(self, k: int, end: int) -> int | None:
        """The token after a bracket that explains a name before its noun: "12 IS (Islamic State) fighters"."""
        for m in range(k + 1, min(k + 9, end - 1)):
            if self.doc[m].lower_ == ")":
                return m + 1 if self.doc[m + 1].tag_ in ("NN", "NNS") else None
        return None

    def _closes_quotation(self, k: int) -> bool:
        """Whether the token at `k` is a quotation mark that ends what was quoted."""
        low = self.doc[k].lower_
        start = self.reading.starts[k]
        return low == "”" or (low == '"' and start > 0 and not self.text[start - 1].isspace())

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

    def clause_follows(self, phrase: list[ParseToken]) -> bool:
        """Whether the noun phrase is followed by a verb of its own."""
        k = self.index(self.reading.ends[phrase[-1].i])
        return self.verbal(k) or self.low(k) in ("were", "was", "are", "had", "have")

    def told_after(self, j: int) -> bool:
        """Whether a number that starts a clause is followed by its verb: "in Douma 12 were killed", "20 dead"."""
        low = self.low(j)
        return low in predicates.AUX or low in cues.states() or low in cues.verbs() or low in ("of", "%")

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

    def described_before(self, i: int) -> bool:
        """Whether a determiner or an adjective stands before "half": "the first half", "their attacking half"."""
        token = self.parsed(i - 1)
        tags = ("JJ", "VBG", "NN", "NNS", "DT", "PRP$", "NNP", "VBN")
        return token is not None and token.tag_ in tags and self.low(i - 1) not in ("all", "than")

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
