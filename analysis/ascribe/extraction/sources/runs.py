"""Find the runs of capitalised words that proper names stand in, with the small words that join them."""

from __future__ import annotations

import re

from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.view import POSSESSIVES, View

PROPER = frozenset(("NNP", "NNPS"))
CAPITALISED = frozenset(("JJ", "NN", "NNS", "VBG", "VBN", "FW", "CD", "ADD", "GW", "UH", "VB"))
ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z0-9&\-]{1,5}|[A-Z]{2,}[a-z]?")
ADJECTIVAL = ("ic", "al", "ive", "ary", "ian")
"""Endings of adjectives, which "and" joins to another before their noun."""
LONGEST = 24
"""A run is cut after so many tokens: no name is longer, and hostile text stays cheap."""


def capital(word: str) -> bool:
    return word[:1].isupper() or (len(word) > 3 and word[:3].lower() in ("al-", "el-") and word[3].isupper())


class Runs:
    """The runs of one article."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.firm = {
            view.lower[i]
            for i in range(len(view))
            if (view.tag[i] in PROPER or view.tag[i] in ("NN", "NNS"))
            and capital(view.text[i])
            and not view.starts_sentence(i)
            and not view.headline[view.sentence[i]]
        }
        """Words that are names inside a sentence, and so at the head of one."""
        self.small = {w for w in view.text if w.islower()}

    def __iter__(self):
        """The runs `[start, end)` of tokens, in text order."""
        v, n, i = self.view, len(self.view), 0
        while i < n:
            if not self.proper(i):
                i += 1
                continue
            j = i + 1
            while j < n and v.sentence[j] == v.sentence[i] and j - i < LONGEST:
                k = j + 1 if self.proper(j) else self.link(i, j)
                if not k:
                    break
                j = k
            yield i, j
            i = j

    def proper(self, i: int) -> bool:
        """Whether token `i` can be part of a name."""
        v = self.view
        if i >= len(v) or not capital(v.text[i]):
            return False
        low = v.lower[i]
        if low in lexicon.DETERMINERS or low in lexicon.calendar() or low in lexicon.NO_NAME:
            return False
        if low == "may" and i and v.tag[i - 1] == "CD":
            return False  # "on 22 May Tane said"
        if low in lexicon.PRONOUNS:  # "WHO", "US"
            return len(low) > 1 and v.text[i].isupper() and not (i + 1 < len(v) and v.text[i + 1].isupper())
        if low in self.firm or low in lexicon.countries() or low in lexicon.given_names() or low in lexicon.demonyms():
            return True
        if v.headline[v.sentence[i]]:
            return bool(ACRONYM.fullmatch(v.text[i])) or (v.tag[i] in PROPER and not self.firm)
        if not v.starts_sentence(i):
            return v.tag[i] in PROPER or v.tag[i] in CAPITALISED
        if len(low) > 2 and v.text[i].isupper() and ACRONYM.fullmatch(v.text[i]):
            return True
        follows = i + 1 < len(v) and capital(v.text[i + 1])
        if follows and v.tag[i] in ("NN", "VBN", "NNS") and not v.starts_sentence(i + 1):
            return True  # "Associated Press"
        if i + 1 < len(v) and v.text[i + 1].islower() and v.tag[i + 1] in ("NN", "NNS", "VBG") and low.isalpha():
            return v.tag[i] in PROPER and lexicon.role(v.lower[i + 1]) is not None
        return v.tag[i] in PROPER and (
            follows or not low.isalpha() or (lexicon.role(low) is None and low not in self.small)
        )

    def link(self, i: int, j: int) -> int:
        """The token after what a link at `j` joins to the run `[i, j)`, or 0 where it joins nothing."""
        v, n, low = self.view, len(self.view), self.view.lower[j]
        if v.hyphened[j] or low in ("&", "/"):
            if j + 2 < n and v.hyphened[j] and v.hyphened[j + 2]:  # "Commander-in-Chief"
                return j + 3
            syllable = (
                j + 1 < n and v.hyphened[j] and j - i >= 2 and v.text[j + 1].isalpha() and len(v.text[j + 1]) <= 5
            )
            if syllable and v.tag[j + 1] in ("NN", "NNP", "FW", "RB") and not lexicon.role(v.lower[j + 1]):
                return j + 2  # "Ban Ki-moon"
            tight = low == "&" or v.hyphened[j] or (v.glued(j - 1) and v.glued(j))
            return j + 2 if tight and j + 1 < n and (self.proper(j + 1) or v.text[j + 1][0].isdigit()) else 0
        if low == "." and v.glued(j - 1) and self.shortened(j - 1):
            return j + 2 if self.proper(j + 1) else 0  # "Gen. Tane", where the full stop is a token
        if v.tag[j] == "CD" and v.glued(j - 1):
            return j + 1
        if low in POSSESSIVES:
            plural = v.tag[j] == "POS" and v.lower[j - 1].endswith("s") and v.glued(j - 1)  # "Farmers' Party"
            plural = plural and " ".join(v.lower[i:j]) not in lexicon.countries()
            return j + 2 if (low != "'" or plural) and self.proper(j + 1) else 0
        if low == "without":
            return j + 2 if v.text[j][0].isupper() and self.proper(j + 1) else 0  # "Clowns Without Shoes"
        if low in ("al", "el") and j + 2 < n and v.hyphened[j + 1] and capital(v.text[j + 2]):
            return j + 3
        if low == "and":
            return j + 2 if self.proper(j + 1) and self.conjoined(i, j) else 0
        if low not in lexicon.LINKS or (low == "on" and not self.bodily(i, j)):
            return 0
        if low == "for" and not self.bodily(i, j) and not v.lower[j - 1].endswith("s"):
            role = v.role_to(j - 1, i)
            if role is None or role.cls != "person":
                return 0
        k = j + 1
        while k < n and v.lower[k] in ("the", "la", "las", "los", "el", "der", "den"):
            k += 1
        return k + 1 if self.proper(k) else 0

    def shortened(self, i: int) -> bool:
        """Whether the full stop after token `i` is an abbreviation's: an initial's, a title's ("Gen.")."""
        word = self.view.lower[i]
        role = lexicon.role(word) if len(word) <= 5 else None
        return len(word) == 1 or (role is not None and role.cls == "person")

    def conjoined(self, i: int, j: int) -> bool:
        """Whether "and" at `j` stands inside one name: "Department of Trade and Industry", "Food and Drug Agency"."""
        v, k = self.view, j + 1
        while k < len(v) and k - j < 8 and (self.proper(k) or v.lower[k] in ("of", "for", "the")):
            k += 1
        if k + 1 < len(v) and v.text[k] == "(":  # a bracket with the initials of the whole
            capitals = "".join(w[0] for w in v.text[i:k] if w[:1].isupper())
            if capitals == v.text[k + 1].replace(".", "").upper():
                return True
        if v.lower[j - 1] in lexicon.general() and not self.bodily(i, j) and self.bodily(j + 1, k):
            return True
        opened = max((k for k in range(i, j) if v.lower[k] in ("of", "for", "on")), default=-1)
        if opened <= i or not self.bodily(i, opened) or self.bodily(opened + 1, j):
            return False
        described = j - opened == 2 and v.lower[j - 1].endswith(ADJECTIVAL)  # "for Strategic and Foreign Studies"
        if self.bodily(j + 1, k) and not described:
            return False
        after, first = v.lower[j + 1], v.lower[opened + 1]
        if after in lexicon.countries() or after in lexicon.given_names() or first in lexicon.countries():
            return False
        return not any(v.lower[m] == "of" for m in range(j + 1, min(k + 1, len(v))))

    def bodily(self, i: int, j: int) -> bool:
        """Whether the words hold a noun for an organisation or a document ("Ministry", "Observatory")."""
        for k in range(i, j):
            if self.view.lower[k] in lexicon.given_names() and k + 1 < j:
                continue  # "Bill Tane" is no bill
            found = lexicon.role(self.view.lower[k])
            if (
                found
                and found.cls in ("body", "document")
                and not (k == i and self.view.lower[k] in ("state", "county"))
            ):
                return True
        return False
