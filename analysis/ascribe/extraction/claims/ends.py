"""Where a reported content may end: with the parse, a quotation, a clause of the writer's, another who speaks."""

from __future__ import annotations

from ascribe.extraction.claims.nominals import NOUNS, phrase_right
from ascribe.extraction.claims.places import FINITE, another_speaks, opens_quotation
from ascribe.extraction.claims.tree import Tree
from ascribe.extraction.claims.words import denials, reporting_nouns, reporting_verbs, roles, word_class

SPEAKING = frozenset({"say", "label", "accuse"})
"""Classes of verbs whose participle after a comma opens another claim: adding, calling, accusing."""
REACH = 12
"""Words between a verb and the clause or quotation that it introduces, at most."""


def ends(t: Tree, i: int, b: int, parsed: int | None, v: int) -> list[tuple[int, str]]:
    """Where a content that begins at `i` may end: the parse's edge, its object's, the sentence's, a comma that cuts."""
    found: dict[int, str] = {}
    home = t.quoted[v]
    if parsed is not None and parsed < b and not FINITE & {*t.tags[parsed:b]}:
        more = t.words[parsed] == "," and "CD" in t.tags[parsed : parsed + 3] and "more" in t.lower[parsed : parsed + 4]
        if more or t.words[parsed] == ":":
            parsed = b  # "put the total at 590 on Saturday: an increase of 110", "at 590, some 20 more than on Friday"
    if parsed is not None and parsed > i:
        found[parsed] = "parse"
    if t.quoted[i] >= 0 and t.quoted[i] != home:
        found.setdefault(t.quote_tokens[t.quoted[i]][1], "quote")
    boundary, known = word_class("boundary"), reporting_verbs()
    cuts: list[tuple[int, str]] = []
    for k in range(i + 1, b - 1):
        if t.quoted[k] not in {-1, home}:
            continue
        n = k + 1
        w = t.lower[n]
        if t.words[k] in {",", "–", "—", ";"}:
            if t.tags[n] == "VBG" or w in boundary or t.words[k] != ",":
                saying = t.tags[n] == "VBG" and not SPEAKING.isdisjoint(known.get(t.lemmas[n], ()))
                cuts.append(
                    (k, w if w in boundary else "saying" if saying else t.tags[n] if t.words[k] == "," else t.words[k])
                )
        elif t.lower[k] == "and" and t.lemmas[n] in known and t.tags[n] in FINITE and t.tags[n] == t.tags[v]:
            cuts.append((k, "and verb"))
        elif t.lower[k] == "and" and t.tags[n] == t.tags[v] == "VBD" and _told_in_present(t, i, k):
            cuts.append((k, "and deed"))
        elif (t.lower[k] == "according" and w == "to") or (
            t.tags[k] == "VBG" and t.lemmas[k] in {"add", "say", "note", "cite"} and t.words[k - 1] != ","
        ):
            cuts.append((k, "participle"))
    for n, (k, why) in enumerate(cuts[:2]):
        found.setdefault(k, f"cut{n}:{why}")
    if len(cuts) > 2:
        found.setdefault(cuts[-1][0], "lastcut:" + cuts[-1][1])
    disputed = next((k for k in range(i + 1, b - 2) if t.words[k] == "," and _disputed(t, k + 1, b)), b)
    if disputed < b and t.quoted[disputed] in {-1, home}:
        found.setdefault(disputed, "cut:,")
    apposition = _apposition(t, i, b, home)
    if apposition:
        found.setdefault(apposition, "cut:apposition")
    if t.tags[i] in NOUNS or t.tags[i] in {"DT", "PRP$", "JJ", "PRP", "CD"}:
        j = phrase_right(t, i, b, apposition=False)
        if j and j < b and t.tags[j] in {"IN", "NNP", "RB", "NN", "TO"}:
            found.setdefault(j, "phrase")
    found.setdefault(b, "sentence")
    commas = [k for k, _ in cuts if t.words[k] == "," and t.quoted[k] < 0]
    stops = (k for k in range(i, b - 2) if t.words[k] == ";" and t.quoted[k] < 0 and _opens_anew(t, k + 1, b))
    stop = b if t.lower[v] == "according" else next(stops, b)
    deeds = (k for k, why in cuts if why == "and deed" or (why == "and verb" and _said_apart(t, i, k)))
    others = [k for k in commas if _speaks_next(t, k + 1, b) or _cites_at_last(t, k + 1, b)]
    outside = [k for k in range(i + 2, b - 2) if t.words[k] == "," and t.quoted[k] == home]
    told = [k for k in outside if _said_after(t, k, b)]
    unproved = [k for k in outside if t.lower[k + 1] == "without" and t.lemmas[k + 2] in word_class("proving")]
    others += told + unproved
    found |= {k: found.get(k, "parse") for k in told + unproved}
    relayed = (k for k, _ in cuts if t.lower[v] != "according" and _relayed_at_last(t, i, k + 1, b))
    last = min([stop, disputed, *deeds, *others, *relayed])
    return [
        (e, why)
        for e, why in found.items()
        if e <= last and not _joined_by_that(t, e, b) and not _runs_on(t, e, b, home)
    ]


def _speaks_next(t: Tree, k: int, b: int) -> bool:
    """Whether "and" or "while" at `k` opens what another says: "…, and an official told the paper that …"."""
    return any(
        i > k + 1 and t.subjects[i] > k
        for i in range(k + 1, min(b, k + 10))
        if t.tags[i] in FINITE and "say" in reporting_verbs().get(t.lemmas[i], ())
    ) and another_speaks(t, k, b)


def _disputed(t: Tree, k: int, b: int) -> bool:
    """Whether what is said is called a claim that another denies: "…, a charge the minister rejects"."""
    if t.lower[k] not in {"a", "an"} or t.lemmas[min(k + 1, b - 1)] not in reporting_nouns():
        return False
    return any(t.tags[x] in FINITE | {"VBN"} and t.lemmas[x] in denials() for x in range(k + 2, min(b, k + 2 + REACH)))


def _relayed_at_last(t: Tree, i: int, k: int, b: int) -> bool:
    """Whether "according to" at `k` and its source end what is said: not "in Osk, according to the mayor, 12 died"."""
    if t.lower[k] != "according" or (t.tags[i] in {"IN", "RB", "WRB"} and not FINITE & {*t.tags[i:k]}):
        return False
    comma = next((x for x in range(k + 3, b - 1) if t.words[x] == ","), None)
    return comma is None or t.tags[comma + 1] in {"WDT", "WP", "DT"}


def _said_after(t: Tree, k: int, b: int) -> bool:
    """Whether all of it is told by another who follows the comma at `k`: "he intends to resign, two officials said"."""
    for v in range(k + 2, min(b, k + REACH)):
        if t.words[v] in {",", ";"} or t.tags[v] in {"WP", "WDT", "VBG"}:
            return False
        if t.tags[v] in FINITE and "say" in reporting_verbs().get(t.lemmas[v], ()):
            tells = any(t.tags[x] in {"NNP", "NNPS"} or t.lower[x] in roles() for x in range(k + 1, v))
            return tells and (v + 1 >= b or t.words[v + 1] in {",", "."}) and phrase_right(t, k + 1, v) == v
    return False


def _opens_anew(t: Tree, k: int, b: int) -> bool:
    """Whether a new sentence follows a semicolon, and not "that nobody was hurt" or the next item of a list."""
    k += t.lower[k] in {"and", "but"}
    if t.lower[k] == "that" or t.quoted[k] >= 0:
        return False
    verbs = (x for x in range(k + 1, min(b, k + REACH)) if t.tags[x] in FINITE)
    return any(k <= t.subject(x) < x and t.tags[t.subject(x)] not in {"WP", "WDT"} for x in verbs)


def _said_apart(t: Tree, i: int, k: int) -> bool:
    """Whether "and" at `k` joins a second verb of saying: the first had no clause, or a quotation follows."""
    verbless = not any(t.tags[x] in FINITE and t.quoted[x] < 0 for x in range(i, k))
    return verbless or any(opens_quotation(t, x, -1) for x in (k + 2, k + 3) if x < len(t))


def _cites_at_last(t: Tree, k: int, b: int) -> bool:
    """Whether all that follows is whom the speaker cites: "reported the blast, citing the state news agency"."""
    cites = t.tags[k] == "VBG" and "quote" in reporting_verbs().get(t.lemmas[k], ())
    return cites and "," not in t.words[k:b]


def _runs_on(t: Tree, e: int, b: int, home: int) -> bool:
    """Whether a sentence goes on from one quotation to the next: "said “it is lost” because it was “too late”"."""
    q = t.quoted[e - 1]
    if e >= b or not t.words[e].isalpha() or q in {-1, home} or t.quoted[e] != home:
        return False
    if any(t.quoted[k] not in {-1, home} for k in range(e, b)):
        return True
    phrase = not any(t.tags[k] in FINITE for k in range(*t.quote_tokens[q]))
    return phrase and t.tags[e] in NOUNS and any(t.tags[k] in FINITE for k in range(e, b))  # "“over 500” bodies were"


def _joined_by_that(t: Tree, e: int, b: int) -> bool:
    """Whether another that-clause of the same speaker follows at `e`: "… would leave and that the war was over"."""
    e += e < b and t.words[e] == ","
    return e + 2 < b and t.lower[e] in {"and", "but"} and t.lower[e + 1] == "that" and t.tags[e + 1] in {"IN", "WDT"}


def _apposition(t: Tree, i: int, b: int, home: int) -> int | None:
    """The comma before the writer's closing words on the last name: "… left Orvan, the last town that …"."""
    for k in range(b - 3, i, -1):
        if t.words[k] == "," and t.quoted[k] in {-1, home} and t.tags[k - 1] in NOUNS and t.tags[k + 1] == "DT":
            j = phrase_right(t, k + 1, b, apposition=False)
            return k if j and (j >= b or t.tags[j] not in FINITE) else None
    return None


def _told_in_present(t: Tree, i: int, k: int) -> bool:
    """Whether the content so far is told in the present, so that "and thanked" goes on with what the speaker did."""
    return next((t.tags[x] for x in range(i, min(k, i + REACH)) if t.tags[x] in FINITE), "VBD") != "VBD"
