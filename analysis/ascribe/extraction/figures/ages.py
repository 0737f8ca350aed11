"""Ages of persons: numbers that say how old and count nothing."""

from __future__ import annotations

from spacy.tokens import Token

from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import DASHES, HYPHENS

PRONOUNS = listed("exclusions_pronouns")
BE = listed("exclusions_be")
LINKED = frozenset(("and", "or", "to", ",", *DASHES))
PERSONAL = ("ist", "ists", "man", "woman", "men", "women", "ian", "ians", "yer", "eer", "ant", "cher", "iner", "ister")
COMPANIES = listed("exclusions_companies")  # nouns in the singular for more than one person: "a crew of 20"
CHILDREN = ("boy", "girl", "baby", "child", "toddler", "son", "daughter", "lad")
YOUNG = listed("exclusions_young")  # those of whom "were under 10" tells an age
LIFETIMES = listed("exclusions_lifetimes")
TALLIES = listed("exclusions_tallies")


def age(q: Quantity, page: Page) -> bool:
    """aged 25 · 43 years old · a 25-year-old man · Amman, 20, · under 5 years of age."""
    i, j = page.tokens_of(q)
    first = page.index(q.outer_start)
    if q.bound == "vague" or q.dimension not in ("", "duration"):
        return False
    ahead = (page.low(first - 1), page.low(first - 2))
    if ahead[0] in ("aged", "age", "ages") or (
        ahead[0] in ("of", "between", "from", "over", "under") and ahead[1] in ("age", "ages", "aged")
    ):
        return True
    if page.previous_excluded(q) == "age" and ahead[0] in LINKED:
        return page.noun_after(j) is None or q.dimension == "duration"
    return _years_old(q, page, j) or (not q.dimension and _apposed_age(q, page, i, j, first))


def _years_old(q: Quantity, page: Page, j: int) -> bool:
    k = j
    while k < j + 4 and (page.low(k) in LIFETIMES or page.low(k) in HYPHENS):
        k += 1
    if (page.low(k), page.low(k + 1)) == ("of", "age") or (page.low(j), page.low(j + 1)) == ("of", "age"):
        return True
    if k == j:
        return False
    if page.low(k) in ("old", "olds"):
        noun = page.noun_after(k + 1) if page.low(k - 1) in HYPHENS else None
        return noun is None or _somebody(noun, page)
    if page.low(k) in ("and", "to") and any(
        (page.low(k + n), page.low(k + n + 1)) in (("of", "age"), ("years", "old")) for n in (2, 3)
    ):
        return True
    noun = page.noun_after(k) if page.low(k - 1) not in HYPHENS and page.low(j) in HYPHENS else None
    return noun is not None and noun.lower_ in ("daughter", "son", "baby", "boy", "girl", "infant", "child", "toddler")


def _somebody(noun: Token, page: Page) -> bool:
    """Whether a noun is one for persons: by the table, a name, or by its ending where the table does not know it."""
    kind = page.noun_class(noun)
    if kind is not None or noun.tag_ in ("NNP", "NNPS"):
        return kind in ("person", "personnel", None)
    return noun.lower_.endswith(PERSONAL) and len(noun.text) > 5


def _apposed_age(q: Quantity, page: Page, i: int, j: int, first: int) -> bool:
    value, before, after = q.value, page.low(i - 1), page.low(j)
    if value is None or value != int(value) or not 1 <= value <= 110 or not (q.plain or q.form == "words"):
        return False
    if (
        q.plain
        and before == ","
        and after in (",", ".", ";", "and", ")", ":", "who", "was")
        and page.person_before(i - 1)
    ):
        return True
    if q.plain and before == "(" and after == ")" and page.person_before(i - 1):
        return True
    if q.plain and before == "now" and page.low(i - 2) == "," and after in (",", ".", ")"):
        return True
    if q.plain and before == after == "," and value >= 15 and page.one_before(i - 1):
        return True
    if before == "as" and page.low(i - 2) in ("young", "old"):
        return True
    if before == "of" and after in (",", ".", ";", ")", "gap", ""):
        if page.low(i - 2) in CHILDREN:
            return True  # a boy of three
        somebody = page.parsed(i - 2)  # "a farmer of 71."
        if (
            q.plain
            and value >= 12
            and somebody is not None
            and somebody.tag_ == "NN"
            and page.noun_class(somebody) == "person"
        ):
            return somebody.lower_ not in COMPANIES
    closed = (
        after in (".", ",", ";", "and", "when", "at", '"', "”", "gap", "", "on", ")") and page.noun_after(j) is None
    )
    if (
        page.low(first - 1) in ("under", "over")
        and page.low(first - 2) in ("those", "anyone", "people", "children", "everyone", "adults")
        and closed
    ):
        return True
    if (
        page.low(i - 1) in ("under", "over")
        and page.low(i - 2) in ("those", "anyone", "everyone", "children")
        and closed
    ):
        return True
    if page.low(first) in ("under", "over") and page.low(first - 1) in BE and closed and q.plain:
        return page.low(first - 2) in YOUNG  # 19 of the victims were under 10
    on_birthday = (after in ("on", "in", "before", "by") and page.noun_after(j) is None) or (
        after in ("this", "next", "last") and page.low(j + 1) in LIFETIMES | {"week", "spring", "autumn", "summer"}
    )
    if page.low(first - 1) in BE and (closed or on_birthday) and value >= 14 and q.plain:
        k = first - 2
        while page.low(k) in ("have", "would", "had", "has", "will", "be", "just", "'d", "'ll"):
            k -= 1
        return page.low(k) in PRONOUNS or (closed and not page.counts_before(first))
    if before != "at" or {page.low(k) for k in range(i - 6, i - 2)} & TALLIES:
        return False  # "put the number of dead at 36"
    return after in (".", ",") and page.low(i - 2) in ("died", "dead", "dies", "retired")
