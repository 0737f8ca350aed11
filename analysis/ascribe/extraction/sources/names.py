"""Find the proper names of an article, part them from titles, and type them by the words in and around them."""

from __future__ import annotations

import dataclasses
import re

from ascribe.extraction.sources import words as lexicon
from ascribe.extraction.sources.parties import load_parties
from ascribe.extraction.sources.runs import ACRONYM, Runs, capital
from ascribe.extraction.sources.view import POSSESSIVES, View

NOMINAL = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "CD", "HYPH", "POS", "ADD", "FW", "AFX")
)


SHORT = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z.&-]{2,10}")
"""What an abbreviation in brackets looks like."""
MARKS = frozenset('"“”‘')
PLACING = frozenset(("in", "at", "near", "outside", "around", "across"))


@dataclasses.dataclass(slots=True)
class Name:
    """One proper name where it stands: tokens `[start, end)`, without its titles.

    `kind` is person, body, place, people or "" (nothing tells). `roles` are the role nouns around it.
    """

    start: int
    end: int
    kind: str
    roles: frozenset[str] = frozenset()
    gender: str = ""
    titled: int = -1
    """Where its titles and modifiers begin, or -1."""


class Finder:
    """Finds the names of one article."""

    def __init__(self, view: View) -> None:
        self.view, self.parties, self.runs = view, load_parties(), Runs(view)
        self.found: list[Name] = []

    def find(self) -> list[Name]:
        """The names, in text order."""
        spelt = self.spelt_out()
        done = 0
        for i, j in self.runs:
            full = next(((s, e) for s, e in spelt if s < j and i < e), None)
            if full is None or j > full[1]:
                self.split(max(i, done), j)
                continue
            if i < full[0]:
                self.split(i, full[0])
            if full[1] > done:
                self.found.append(Name(*full, "body"))
                done = full[1]
        return self.found

    def spelt_out(self) -> list[tuple[int, int]]:
        """The names that an abbreviation in brackets follows: "Office for Roads, Rails and Rivers (ORRR)".

        After Schwartz and Hearst (2003): the shortest words before the bracket that hold the abbreviation's letters in
        their order, its first letter at a word's beginning.
        """
        v, found = self.view, []
        for k in range(2, len(v) - 1):
            if v.text[k] == "(" and v.text[k + 2 : k + 3] == [")"] and (short := SHORT.fullmatch(v.text[k + 1])):
                start = self.spelt_from(k, "".join(filter(str.isalnum, short.group())))
                if start is not None:
                    found.append((start, k))
        return found

    def spelt_from(self, k: int, short: str) -> int | None:
        """Where the name that ends before token `k` and is `short` in brackets begins, or None."""
        v = self.view
        first = max(v.sentences[v.sentence[k]], k - 2 * len(short) - 2)
        start, n = k, len(short) - 1
        while n >= 0 and start > first:
            start -= 1
            low, at = v.lower[start], len(v.lower[start])
            while n >= 0 and (at := low.rfind(short[n].lower(), 0, at)) >= 0:
                if n == 0 and at > 0:
                    continue
                n -= 1
        if n >= 0 or k - start < 2 or not capital(v.text[start]):
            return None
        while start > first and self.runs.proper(start - 1) and v.tag[start - 1] in ("NNP", "NNPS"):
            start -= 1
        return start

    def split(self, i: int, j: int) -> None:
        """Type the run `[i, j)`, taking titles off a person's name and parting what two names share."""
        v = self.view
        while i < j and (
            v.lower[i] in lexicon.LINKS
            or v.lower[i] in POSSESSIVES
            or v.lower[i] in lexicon.BEFORE_NAME
            or v.hyphened[i]
        ):
            i += 1
        if i >= j or self.whole(i, j) or self.titled(i, j) or self.office(i, j) or self.document(i, j):
            return
        if self.introduced(i, j) or self.preceded(i, j) or self.headed(i, j):
            return
        stop = self.person_end(i, j)
        if self.of_body(i, stop, j):
            self.person(i, stop, frozenset(), i)
            self.split(stop + 1, j)
            return
        kind = self.kind(i, j, stop)
        if kind == "person":
            self.person(i, stop, frozenset(), i)
            self.split(stop, j)
        else:
            roles = frozenset(self.role_before(i, ("body",))) if kind in ("", "body") else frozenset()
            self.found.append(Name(i, j, "body" if roles else kind, roles))

    # -- whose name it is -------------------------------------------------------------------------------------------

    def whole(self, i: int, j: int) -> bool:
        """A run that is a country or a well-known name as it stands."""
        v = self.view
        words = v.words(i, j)
        low = words.lower()
        if low in lexicon.countries() or low in lexicon.seats():
            self.found.append(Name(i, j, "place"))
            return True
        known = {p.kind for p in self.parties.find(words)}
        if known == {"person"}:
            self.person(i, j, frozenset(self.role_before(i)), i)
        elif known:
            self.found.append(Name(i, j, "body"))
        return bool(known)

    def titled(self, i: int, j: int) -> bool:
        """A person's name after titles in capitals: "Kestrian President Marisol Tane"."""
        v, at, first, roles = self.view, None, None, set()
        for k in range(i, j - 1):
            if k > i and v.lower[k - 1] in lexicon.given_names():
                continue  # "John Major" is no major
            for start, words, role in v.roles_to(k, i):
                plural = role.cls == "people" and (v.lower[k + 1] in lexicon.given_names() or j == k + 2)
                if (role.cls == "person" or plural) and not (v.lower[k + 1] in POSSESSIVES or v.hyphened[k + 1]):
                    begins = self.after_title(k + 1, j)
                    roles.add(words)
                    first = start if first is None else min(first, start)
                    at = begins if begins is not None else at
        if at is None or at >= j:
            return False
        stop = self.person_end(at, j)
        if stop == at or self.runs.bodily(at, stop):
            return False
        if any(start == at and role.cls == "person" for start, _, role in v.roles_to(stop - 1, at)):
            return False  # "Deputy Prime Minister"
        if first is not None and first > i:
            self.split(i, first)
        self.person(at, stop, frozenset(roles), i)
        self.split(stop, j)
        return True

    def after_title(self, k: int, j: int) -> int | None:
        """Where the name begins after a title that ends before token `k`; a place that "of" brings is passed over."""
        v = self.view
        k += k < j and v.text[k] == "."
        if k >= j:
            return None
        if v.lower[k] not in ("of", "for", "on"):
            return k if capital(v.text[k]) or v.lower[k] in lexicon.LINKS else None
        m = k + 1
        while m < j and not capital(v.text[m]):
            m += 1
        for length in (3, 2, 1):
            if " ".join(v.lower[m : m + length]) in lexicon.countries() and m + length < j:
                return m + length
        return next((x for x in range(m + 1, j - 1) if v.lower[x] in lexicon.given_names()), None)

    def office(self, i: int, j: int) -> bool:
        """A title that no name follows: "the President", "Commander-in-Chief of the Orvan Army". It is no name."""
        v = self.view
        for k in range(i, j):
            if v.lower[k] in lexicon.given_names():
                return False
            of = k + 1 < j and v.lower[k + 1] in ("of", "for", "at", "in")
            if not of and k + 1 < j:
                continue
            for start, _, role in v.roles_to(k, i):
                if role.cls != "person" or self.runs.bodily(i, start):
                    continue
                if (
                    k == i
                    and not of
                    and not (i and (v.lower[i - 1] in lexicon.DEFINITE or v.lower[i - 1] in POSSESSIVES))
                ):
                    continue  # "Bishop said" may be a surname
                if not of and start > i and not self.placed(i, start):
                    continue  # "Ginger Baker" is no baker
                self.split(i, start)
                self.split(k + 2, j)
                return True
        return False

    def placed(self, i: int, j: int) -> bool:
        """Whether the words are a country's, a body's or a field's ("Kestrian", "United States", "Foreign")."""
        v = self.view
        words = " ".join(w for w in v.lower[i:j] if w not in POSSESSIVES)
        return (
            words in lexicon.countries()
            or words in lexicon.demonyms()
            or self.runs.bodily(i, j)
            or all(w in lexicon.general() for w in words.split())
        )

    def document(self, i: int, j: int) -> bool:
        """The name of a body and that of its document: "the NHC's Advisory Number 14"."""
        v = self.view
        for k in range(i + 1, j - 1):
            if v.lower[k] in POSSESSIVES:
                roles = [lexicon.role(w) for w in v.lower[k + 1 : j]]
                if any(r and r.cls == "document" for r in roles) and not any(r and r.cls == "body" for r in roles):
                    self.split(i, k)
                    self.split(k + 1, j)
                    return True
        return False

    def introduced(self, i: int, j: int) -> bool:
        """A person's name after a role in small letters: "coach Marisol Tane"."""
        v, stop = self.view, self.person_end(i, j)
        before = self.role_before(i)
        if not before or self.runs.bodily(i, stop) or (j - i == 1 and ACRONYM.fullmatch(v.text[i])):
            return False
        if stop < j and v.lower[stop] in POSSESSIVES:  # "chief of Kestria's …"
            return False
        if stop - i == 1 and v.lower[i] in lexicon.countries():
            return False
        self.person(i, stop, frozenset(before), i)
        self.split(stop, j)
        return True

    def preceded(self, i: int, j: int) -> bool:
        """A person's name after another name: "Kestria's Pavel Orlo", "the senator from Vermont Ada Lund"."""
        v = self.view
        for k in range(i + 1, j - 1):
            if v.lower[k] in lexicon.given_names() and v.lower[k - 1] not in lexicon.given_names():
                possessive = v.lower[k - 1] in POSSESSIVES
                stop = self.person_end(k, j)
                begins, roles = self.origin(i)
                affiliated = v.lower[k - 1] in lexicon.AFFILIATIONS
                if (possessive or roles or affiliated) and not self.runs.bodily(k, stop):
                    self.split(i, k - possessive)
                    self.person(k, stop, roles, begins if roles else i)
                    self.split(stop, j)
                    return True
        return False

    def headed(self, i: int, j: int) -> bool:
        """A person's name right after the body that the person heads or speaks for: "the head of the regional
        administration Rudo Tane", as in agencies' English."""
        v = self.view
        last = next((k for k in range(j - 3, i - 1, -1) if self.runs.bodily(k, k + 1)), i - 1)
        if last < 1 or not 2 <= j - last - 1 <= 3 or not all(v.text[k].isalpha() for k in range(last + 1, j)):
            return False
        role = v.role_to(last, last)
        if role is None or role.cls != "body" or self.runs.bodily(last + 1, j):
            return False
        for k in range(last - 1, max(0, last - 12), -1):
            if v.lower[k] == "of" and (found := [r for r in v.roles_to(k - 1, max(0, k - 4)) if r[2].cls == "person"]):
                self.split(i, last + 1)
                self.person(last + 1, j, frozenset(words for _, words, _ in found), found[0][0])
                return True
            if v.tag[k] not in NOMINAL and v.lower[k] not in ("of", "the", "for", "and"):
                return False
        return False

    def kind(self, i: int, j: int, stop: int) -> str:
        """The kind of a name, by its own words and what follows it. A person's ends at `stop`."""
        v = self.view
        given = v.lower[i] in lexicon.given_names()
        if self.runs.bodily(i, j):
            return "person" if given and 2 <= stop - i < j - i and not self.runs.bodily(i, stop) else "body"
        if " ".join(v.lower[i:j]) in lexicon.demonyms():
            return "people"
        if j - i == 1 and ACRONYM.fullmatch(v.text[i]):
            return "body"
        inside = i > 0 and v.lower[i - 1] in PLACING  # "… died in Osk, the mayor said"
        if (given and stop - i >= 2) or (not inside and self.apposed(stop)):
            return "person"
        if any(len(v.text[k]) > 2 and v.text[k].isupper() and ACRONYM.fullmatch(v.text[k]) for k in range(i, j)):
            return "body"
        if i and v.lower[i - 1] == "the" and not (j < len(v) and (v.tag[j] in NOMINAL or v.hyphened[j])):
            return "body"  # no person is "the Orvan Sun"
        return ""

    def of_body(self, i: int, stop: int, j: int) -> bool:
        """Whether "A B of C" is a person of a body: B also stands alone as a name, neither word is a common one."""
        v = self.view
        if stop - i != 2 or stop >= j or v.lower[stop] != "of" or not all(w.isalpha() for w in v.text[i:stop]):
            return False
        if any(w in lexicon.general() or lexicon.role(w) or w in lexicon.demonyms() for w in v.lower[i:stop]):
            return False
        last = v.text[stop - 1]
        alone = (k for k, w in enumerate(v.text) if w == last and k and v.text[k - 1] != v.text[i])
        return any(v.lower[k + 1 : k + 2] != ["of"] for k in alone)

    def person_end(self, i: int, j: int) -> int:
        """Where a person's name that begins at `i` ends: before a possessive or "of"."""
        v = self.view
        return next(
            (
                k
                for k in range(i, j)
                if v.lower[k] in POSSESSIVES or (k > i and v.lower[k] in ("of", "for", "and", "on"))
            ),
            j,
        )

    def person(self, i: int, j: int, roles: frozenset[str], titled: int) -> None:
        v = self.view
        roles = roles | self.apposed(j) | self.preposed(i if titled < 0 else min(i, titled))
        gender = next((g for r in sorted(roles) if (g := lexicon.role(r).gender)), "")
        self.found.append(Name(i, j, "person", roles, gender or lexicon.given_names().get(v.lower[i], ""), titled))

    # -- the roles around it ----------------------------------------------------------------------------------------

    def role_before(self, i: int, classes: tuple[str, ...] = ("person",)) -> set[str]:
        """The role nouns of these classes right before token `i`, of the same sentence."""
        v = self.view
        i -= i > 1 and v.text[i - 1] in MARKS  # 'the former miner "Karsten"'
        if i == 0 or v.sentence[i - 1] != v.sentence[i] or v.lower[i] in lexicon.demonyms():
            return set()
        if v.tag[i - 1] in ("NNS", "VBZ", "VBP", "VBD", "IN") or not v.lower[i - 1].replace(".", "").isalpha():
            return set()
        if v.tag[i - 1].startswith("JJ") and v.lower[i - 1] in lexicon.ADJECTIVES:
            return set()
        if v.lower[i - 1] in lexicon.NO_NAME and (i < 2 or v.tag[i - 2] not in ("DT", "JJ")):
            return set()  # "… in market blast NGO KNA Friday"
        return {words for _, words, role in v.roles_to(i - 1, max(0, i - 6)) if role.cls in classes}

    def origin(self, i: int) -> tuple[int, frozenset[str]]:
        """Where a person's role before "from", "of" or "in" and the name at `i` begins ("senator from"); the role."""
        v = self.view
        if i < 2 or v.lower[i - 1] not in ("from", "of", "in", "for"):
            return i, frozenset()
        found = [(k, words) for k, words, role in v.roles_to(i - 2, max(0, i - 5)) if role.cls == "person"]
        return min((k for k, _ in found), default=i), frozenset(words for _, words in found)

    def apposed(self, j: int) -> frozenset[str]:
        """The role nouns of a person in an apposition at `j`: "X, the defence minister", "X the defence minister"."""
        v, n = self.view, len(self.view)
        if j + 1 >= n or v.sentence[j] != v.sentence[j - 1]:
            return frozenset()
        if v.text[j] != "," and not (v.lower[j] in ("the", "a", "an") and v.dep[j - 1] != "obj"):
            return frozenset()
        k = j + 1
        while (
            k < n
            and k < j + 14
            and (
                v.tag[k] in NOMINAL
                or v.hyphened[k]
                or v.hyphened[k - 1]
                or v.lower[k] in lexicon.DETERMINERS | lexicon.OWNING
            )
        ):
            k += 1
        return self.role_words(j + 1, k - 1) if k - 1 > j else frozenset()

    def role_words(self, first: int, last: int) -> frozenset[str]:
        """The role nouns of one person that end at token `last`."""
        v = self.view
        if v.tag[last] == "NNS":
            return frozenset()
        return frozenset(words for _, words, role in v.roles_to(last, first) if role.cls == "person")

    def preposed(self, i: int) -> frozenset[str]:
        """The role of an apposition before the name ("the mayor of Orsen, Ada Lund")."""
        v = self.view
        if i < 2 or v.text[i - 1] != ",":
            return frozenset()
        first = max(v.sentences[v.sentence[i]], i - 14)
        for k in range(first, i - 1):
            if (
                v.hyphened[k + 1]
                or v.tag[k] not in ("NN", "NNP")
                or not (k + 1 == i - 1 or v.lower[k + 1] in ("of", "for", "in", "at"))
            ):
                continue
            if any(v.text[m] == "," or v.tag[m] in ("VBD", "VBZ", "VBP", "MD") for m in range(k, i - 1)):
                continue
            if found := self.role_words(first, k):
                return found
        return frozenset()
