"""Find the proper names of an article: runs of capitalised words, typed by the words in and around them."""

from __future__ import annotations

import dataclasses
import re

from analysis.extraction.sources import words as lexicon
from analysis.extraction.sources.view import POSSESSIVES, View

PROPER = frozenset(("NNP", "NNPS"))
NOMINAL = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "CD", "HYPH", "POS", "ADD", "FW", ",", "AFX")
)
ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z0-9&\-]{1,5}|[A-Z]{2,}[a-z]?")


@dataclasses.dataclass(slots=True)
class Name:
    """One proper name where it stands: tokens `[start, end)`, without its titles.

    `kind` is person, body, place or "" (nothing tells). `roles` are the role nouns that the words around give it.
    """

    start: int
    end: int
    kind: str
    roles: frozenset[str] = frozenset()
    gender: str = ""
    titled: int = -1
    """Where its titles and modifiers begin, or -1."""


def capital(word: str) -> bool:
    return word[:1].isupper() or (len(word) > 3 and word[:3].lower() in ("al-", "el-") and word[3].isupper())


class Finder:
    """Finds the names of one article. `find()` gives them in text order."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.firm = {
            view.lower[i]
            for i in range(len(view))
            if view.tag[i] in PROPER and capital(view.text[i]) and not view.starts_sentence(i)
        }

    def proper(self, i: int) -> bool:
        """Whether token `i` can be part of a name."""
        v = self.view
        if i >= len(v) or not capital(v.text[i]):
            return False
        low = v.lower[i]
        if low in lexicon.DETERMINERS or low in lexicon.calendar():
            return False
        if low in lexicon.PRONOUNS:  # "WHO", "US"
            return len(low) > 1 and v.text[i].isupper() and not (i + 1 < len(v) and v.text[i + 1].isupper())
        if low in lexicon.NO_NAME:
            return False
        if low in lexicon.countries() or low in lexicon.given_names() or low in lexicon.demonyms():
            return True
        if v.starts_sentence(i):
            return low in self.firm or (
                v.tag[i] in PROPER
                and (
                    low in self.firm
                    or not low.isalpha()
                    or (i + 1 < len(v) and capital(v.text[i + 1]))
                    or lexicon.role(low) is None
                )
            )
        return v.tag[i] in PROPER or v.tag[i] in ("JJ", "NN", "NNS", "VBG", "VBN", "FW", "CD", "ADD", "GW", "UH", "VB")

    def runs(self) -> list[tuple[int, int]]:
        v, n, found, i = self.view, len(self.view), [], 0
        while i < n:
            if not self.proper(i):
                i += 1
                continue
            j = i + 1
            while j < n and v.sentence[j] == v.sentence[i]:
                if self.proper(j):
                    j += 1
                    continue
                k = self.link(i, j)
                if not k:
                    break
                j = k
            found.append((i, j))
            i = j
        return found

    def link(self, i: int, j: int) -> int:
        """The token after the one that a link at `j` joins to the run `[i, j)`, or 0."""
        v, n = self.view, len(self.view)
        low = v.lower[j]
        if low in ("-", "–", "&", "/") or (v.text[j] == "." and v.glued(j - 1) and len(v.text[j - 1]) == 1):
            tight = (v.glued(j - 1) and v.glued(j)) or low == "&"
            return j + 2 if tight and j + 1 < n and (self.proper(j + 1) or v.text[j + 1][0].isdigit()) else 0
        if v.tag[j] == "CD" and v.glued(j - 1):
            return j + 1
        if low in POSSESSIVES:
            return j + 2 if self.proper(j + 1) and low != "'" else 0
        if low in ("al", "el") and j + 2 < n and v.text[j + 1] == "-" and v.glued(j + 1) and capital(v.text[j + 2]):
            return j + 3
        if low == "on" and not self.bodily(i, j):
            return 0
        if low in lexicon.LINKS:
            k = j + 1
            while k < n and v.lower[k] in ("the", "la", "las", "los", "el", "der", "den"):
                k += 1
            return k + 1 if self.proper(k) else 0
        if low == "and" and self.proper(j + 1):
            return j + 2 if self.conjoined(i, j) else 0
        return 0

    def conjoined(self, i: int, j: int) -> bool:
        """Whether "and" at `j` stands inside the name that began at `i` ("Department of Trade and Industry")."""
        v = self.view
        if self.abbreviated(i, j):
            return True
        opened = max((k for k in range(i, j) if v.lower[k] in ("of", "for", "on")), default=-1)
        if opened < 0 or opened == i or not self.bodily(i, opened) or self.bodily(opened + 1, j):
            return False
        k = j + 1
        while k < len(v) and self.proper(k):
            k += 1
        nxt = v.lower[j + 1]
        known = nxt in lexicon.countries() or nxt in lexicon.given_names() or v.lower[opened + 1] in lexicon.countries()
        return not known and not self.bodily(j + 1, k) and not (k < len(v) and v.lower[k] == "of")

    def abbreviated(self, i: int, j: int) -> bool:
        """Whether a bracket soon after "and" at `j` holds the initials of the whole: "Risk and Relief Council (NRRC)"."""
        v, k = self.view, j + 1
        while k < len(v) and k < j + 8 and (self.proper(k) or v.lower[k] in ("of", "for", "the")):
            k += 1
        if k + 1 >= len(v) or v.text[k] != "(":
            return False
        capitals = "".join(w[0] for w in v.text[i:k] if w[:1].isupper())
        return capitals == v.text[k + 1].replace(".", "").upper()

    def bodily(self, i: int, j: int) -> bool:
        """Whether the words hold a noun for an organisation ("Ministry", "Observatory")."""
        for k in range(i, j):
            found = lexicon.role(self.view.lower[k])
            if (
                found
                and found.cls in ("body", "document")
                and not (k == i and self.view.lower[k] in ("state", "county"))
            ):
                return True
        return False

    def find(self) -> list[Name]:
        found: list[Name] = []
        for i, j in self.runs():
            self.split(i, j, found)
        return found

    def split(self, i: int, j: int, found: list[Name]) -> None:
        """Type the run, taking titles off a person's name and parting what two names share."""
        v = self.view
        while i < j and v.lower[i] in lexicon.BEFORE_NAME:
            i += 1
        if i >= j:
            return
        at, roles = self.title(i, j)
        if at is not None:
            stop = self.person_end(at, j)
            if stop > at:
                if (k := self.role_start(i, at)) > i:
                    self.split(i, k, found)
                found.append(self.person(at, stop, roles, i))
                if stop < j:
                    self.rest(stop, j, found)
                return
        before = self.role_before(i) if j - i > 1 or not ACRONYM.fullmatch(v.text[i]) else set()
        stop = self.person_end(i, j)
        if before and not self.bodily(i, stop):
            for k in range(i, stop):  # "chief of Ukraine's Volodymyr …": a country before a name is no part of it
                if v.lower[k] in POSSESSIVES:
                    i = k + 1
            if i < stop and not (stop - i == 1 and v.lower[i] in lexicon.countries()):
                found.append(self.person(i, stop, frozenset(before), i))
                if stop < j:
                    self.rest(stop, j, found)
                return
        for k in range(i + 1, j - 1):  # "Ukraine's Volodymyr Zelensky", "the senator from Vermont Bernie Sanders"
            if v.lower[k] in lexicon.given_names() and v.lower[k - 1] not in lexicon.given_names():
                possessive = v.lower[k - 1] in POSSESSIVES
                if (possessive or self.origin(i)) and not self.bodily(k, self.person_end(k, j)):
                    self.split(i, k - possessive, found)
                    name = self.person(k, self.person_end(k, j), self.origin(i), k)
                    found.append(name)
                    self.rest(name.end, j, found)
                    return
        kind = self.kind(i, j, stop)
        if kind == "person" and stop < j:
            found.append(self.person(i, stop, frozenset(), i))
            self.rest(stop, j, found)
            return
        if kind == "person":
            found.append(self.person(i, j, frozenset(), i))
        else:
            found.append(Name(i, j, kind))

    def origin(self, i: int) -> frozenset[str]:
        """The role of a person before "from", "of" or "in" and the name at `i` ("senator from")."""
        v = self.view
        if i < 2 or v.lower[i - 1] not in ("from", "of", "in", "for"):
            return frozenset()
        found = lexicon.role(v.lower[i - 2])
        return frozenset((v.lower[i - 2],)) if found and found.cls == "person" else frozenset()

    def rest(self, i: int, j: int, found: list[Name]) -> None:
        v = self.view
        while i < j and (v.lower[i] in lexicon.LINKS or v.lower[i] in POSSESSIVES or v.lower[i] in ("the", "and")):
            i += 1
        if i < j:
            self.split(i, j, found)

    def title(self, i: int, j: int) -> tuple[int | None, frozenset[str]]:
        """Where the name after the run's last title begins, and the titles; None where no title stands before a name."""
        v, at, roles = self.view, None, set()
        for k in range(i, j - 1):
            low = v.lower[k].rstrip(".")
            for length in (3, 2, 1):
                words = " ".join(v.lower[k : k + length]).rstrip(".")
                found = lexicon.role(words) if k + length < j + 1 else None
                if found and found.cls == "person" and low not in lexicon.given_names():
                    after = k + length
                    if after < j and v.lower[after] in POSSESSIVES:
                        break
                    start = self.after_title(after, j)
                    roles.add(words)
                    if start is not None:
                        at = start
                    break
        if at is None or at >= j or self.bodily(at, self.person_end(at, j)):
            return None, frozenset()
        return at, frozenset(roles)

    def after_title(self, k: int, j: int) -> int | None:
        """Where the name begins after a title that ends before token `k`: a place that "of" brings is passed over."""
        v = self.view
        if k < j and v.text[k] == ".":
            k += 1
        if k >= j:
            return None
        if v.lower[k] not in ("of", "for"):
            return k if capital(v.text[k]) or v.lower[k] in lexicon.LINKS else None
        m = k + 1
        while m < j and not capital(v.text[m]):
            m += 1
        for length in (3, 2, 1):
            if " ".join(v.lower[m : m + length]) in lexicon.countries() and m + length < j:
                return m + length
        for x in range(m, j):
            if x > m and v.lower[x] in lexicon.given_names() and x + 1 < j:
                return x
        return None

    def role_start(self, i: int, at: int) -> int:
        """Where, in `[i, at)`, the titles before a name begin."""
        for k in range(i, at):
            for length in (3, 2, 1):
                if k + length <= at:
                    found = lexicon.role(" ".join(self.view.lower[k : k + length]).rstrip("."))
                    if found and found.cls == "person":
                        return k
        return at

    def role_before(self, i: int) -> set[str]:
        """The role nouns of a person written small right before the name ("coach", "spokesperson for the police")."""
        v = self.view
        if i == 0 or v.sentence[i - 1] != v.sentence[i] or v.tag[i - 1] not in ("NN", "NNP"):
            return set()
        if v.lower[i] in lexicon.demonyms():
            return set()
        for length in (3, 2, 1):
            if i - length >= 0:
                words = " ".join(v.lower[i - length : i]).rstrip(".")
                found = lexicon.role(words)
                if found and found.cls == "person":
                    return {words, v.lower[i - 1]}
        return set()

    def person_end(self, i: int, j: int) -> int:
        """Where a person's name that begins at `i` ends: before a possessive or "of"."""
        v = self.view
        for k in range(i, j):
            if v.lower[k] in POSSESSIVES or (v.lower[k] in ("of", "for", "and", "on") and k > i):
                return k
        return j

    def kind(self, i: int, j: int, stop: int) -> str:
        v = self.view
        words = " ".join(v.lower[i:j])
        if words in lexicon.countries():
            return "place"
        if words in lexicon.seats():
            return "place"
        if self.bodily(i, j):
            if v.lower[i] in lexicon.given_names() and stop - i >= 2 and stop < j and not self.bodily(i, stop):
                return "person"
            return "body"
        if words in lexicon.demonyms():
            return "people"
        if j - i == 1 and ACRONYM.fullmatch(v.text[i]):
            return "body"
        if v.lower[i] in lexicon.given_names() and (stop - i >= 2 or self.apposed(stop)):
            return "person"
        if self.apposed(j):
            return "person"
        return ""

    def apposed(self, j: int) -> frozenset[str]:
        """The role nouns of a person in an apposition that begins with a comma at `j` ("X, the defence minister")."""
        v, n = self.view, len(self.view)
        if j + 1 >= n or v.sentence[j] != v.sentence[j - 1]:
            return frozenset()
        if v.text[j] != "," and not (v.lower[j] in ("the", "a", "an") and v.dep[j - 1] != "obj"):
            return frozenset()
        k = j + 1
        while (
            k < n
            and k < j + 12
            and (v.tag[k] in NOMINAL - {","} or v.lower[k] in lexicon.DETERMINERS or v.lower[k] in lexicon.OWNING)
        ):
            k += 1
        last = k - 1
        if last <= j or v.lower[last] in lexicon.DETERMINERS:
            return frozenset()
        return self.role_words(j + 1, last)

    def role_words(self, start: int, last: int) -> frozenset[str]:
        """The role noun of a person that ends at token `last`, alone and with the words before it."""
        v, found = self.view, set()
        for length in (3, 2, 1):
            k = last - length + 1
            if k >= start:
                words = " ".join(v.lower[k : last + 1])
                known = lexicon.role(words)
                if known and known.cls == "person" and v.tag[last] != "NNS":
                    found.add(words)
        return frozenset(found)

    def person(self, i: int, j: int, roles: frozenset[str], titled: int) -> Name:
        v = self.view
        roles = roles | self.apposed(j) | self.preposed(i)
        gender = next((g for r in roles if (g := lexicon.role(r).gender)), "") if roles else ""
        gender = gender or lexicon.given_names().get(v.lower[i], "")
        return Name(i, j, "person", roles, gender, titled)

    def preposed(self, i: int) -> frozenset[str]:
        """The role of an apposition before the name ("the mayor of London, Sadiq Khan")."""
        v = self.view
        if i < 2 or v.text[i - 1] != ",":
            return frozenset()
        first = max(v.sentences[v.sentence[i]], i - 14)
        for k in range(first, i - 1):
            found = lexicon.role(v.lower[k])
            if (
                found
                and found.cls == "person"
                and v.tag[k] in ("NN", "NNP")
                and (k + 1 == i - 1 or v.lower[k + 1] in ("of", "for", "in", "at"))
                and all(v.text[m] != "," and not v.tag[m].startswith("V") for m in range(k, i - 1))
            ):
                return self.role_words(first, k)
        return frozenset()
