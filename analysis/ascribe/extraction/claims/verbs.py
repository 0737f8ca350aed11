"""Attributions by a verb: said that …, …, she said, accused X of …, are believed to …, quoted X as saying …"""

from __future__ import annotations

from collections.abc import Iterator

from ascribe.extraction.claims.candidate import Candidate, Range
from ascribe.extraction.claims.contents import Content, after_verb, before_speaker
from ascribe.extraction.claims.features import source_type
from ascribe.extraction.claims.nominals import NOUNS, phrase_left, phrase_right, subtree_phrase
from ascribe.extraction.claims.places import FARTHEST, region
from ascribe.extraction.claims.speakers import FINITE, RELATIVES, speaker_after, speakers, subject_child
from ascribe.extraction.claims.tree import CLOSERS, OPENERS, SUBJECTS, Tree
from ascribe.extraction.claims.words import reporting_verbs, word_class

BRACKETS = frozenset({")", "]"})
CLAUSES = frozenset(
    {"right:ccomp", "right:that", "right:quote", "right:colon", "right:parataxis", "right:past addressee"}
)
"""What follows a verb that has its content after it."""


def find(t: Tree) -> Iterator[Candidate]:
    """Every candidate whose cue is a verb."""
    known = reporting_verbs()
    for v, tag in enumerate(t.tags):
        light = t.deps[v] in {"aux", "cop"} or t.lemmas[v] in {"be", "have", "do"}
        if tag[:2] == "VB" and not light and not _attributive(t, v) and not _no_words(t, v):
            yield from _of_verb(t, v, t.lemmas[v] in known)


def _attributive(t: Tree, v: int) -> bool:
    """Whether a participle does no more than describe a noun: "its declared stockpile"."""
    if t.tags[v] not in {"VBN", "VBG"} or not 0 < v < len(t) - 1:
        return False
    return t.tags[v - 1] in {"DT", "PRP$", "POS", "JJ", "IN"} and t.tags[v + 1] in NOUNS and t.deps[v] == "amod"


def _takes_lives(t: Tree, v: int) -> bool:
    """Whether the verb tells of deaths, not of words: "the flood claimed 40 lives"."""
    if t.lemmas[v] != "claim":
        return False
    for k in range(v + 1, min(len(t), v + 8)):
        if t.lemmas[k] == "life":
            return not any(tag in FINITE for tag in t.tags[k + 1 : k + 5] if tag != ",")
        if t.tags[k] not in NOUNS | {"DT", "CD", "JJ", "JJR", "RB", "RBR", "IN", "PRP$"}:
            return False
    return False


def _no_words(t: Tree, v: int) -> bool:
    """Whether a verb of saying has another sense here: "claimed 40 lives", "adds to evidence", "spoke to the paper"."""
    after = t.lower[v + 1 : v + 2]
    if t.lemmas[v] == "add" and after == ["to"] and t.tags[v + 2 : v + 3] != ["VB"]:
        return True
    if t.lemmas[v] == "find" and after and after[0] in {"guilty", "innocent", "dead", "alive"}:
        return True
    if t.lemmas[v] in {"speak", "talk"} and after in (["to"], ["with"]):
        b = min(t.sentences[t.sentence[v]][1], v + FARTHEST)
        return not any(t.words[k] == ":" or t.quoted[k] >= 0 for k in range(v, b))
    return _takes_lives(t, v) or _only_if(t, v)


def _only_if(t: Tree, v: int) -> bool:
    """Whether nobody has said it yet: "if they were to take the town and claim victory"."""
    h = t.heads[v] if t.deps[v] == "conj" else v
    return t.tags[v] in {"VB", "VBP"} and any(t.deps[k] == "mark" and t.lower[k] in {"if", "unless"} for k in t.kids[h])


def verb_group(t: Tree, v: int, least: int) -> Range:
    """The verb with its auxiliaries and the adverbs between them: "has repeatedly denied"."""
    auxiliary = word_class("auxiliary")
    i = k = v
    while k > least and v - k < 6:
        k -= 1
        if t.words[k] == "May" and k > least:
            break  # "a study published in May estimated …"
        if t.lower[k] in auxiliary or t.tags[k] == "MD" or t.lemmas[k] in {"be", "have", "do"}:
            i = k
        elif not (t.tags[k] == "RB" or t.lower[k] in {"not", "n't", "n’t"}):
            break
    return i, v + 1


def _of_verb(t: Tree, v: int, known: bool) -> Iterator[Candidate]:
    a, b = region(t, v)
    if not a <= v < b:
        return
    cue = verb_group(t, v, a)
    passive = t.tags[v] == "VBN" and any(
        t.lemmas[k] in {"be", "get"} or t.lower[k] in {"'s", "’s"} for k in range(*cue)
    )
    cites = "quote" in reporting_verbs().get(t.lemmas[v], ())
    if _nobody(t, v):
        return
    if t.tags[v] == "VBN" and cue == (v, v + 1) and t.lower[v + 1 : v + 2] == ["by"]:
        if known and not cites:  # "medics quoted by the agency" only tells who relays them
            yield from _of_agent(t, v, a, b)
        return
    found = speakers(t, v, cue, a, b)
    if any(how == "relative" for _, how in found):
        b = _aside_ends(t, v, a, b)
    right = list(after_verb(t, v, cue, a, b, known))
    if cites:
        right = [r for r in right if not _names_somebody(t, r[0])]
    after_quotation = cue[0] > a and t.words[cue[0] - 1] in CLOSERS - BRACKETS
    if not known and not right and not after_quotation and (not found or found[0][1] != "beside"):
        return
    if cites and _as_saying(t, v, b):
        return  # what the quoted one says is proposed at "saying"
    inverted = speaker_after(t, v, a, b)
    own = any(how in {"parse", "beside", "between"} for _, how in found) or t.tags[v] not in {"VBD", "VBZ", "VBP"}
    clause = any(form in CLAUSES for _, form, _ in right)
    if inverted and known and not clause and (after_quotation or (not own and t.words[cue[0] - 1] == ",")):
        right = [r for r in right if r[0][0][0] >= inverted[1]]  # "…, said two diplomats": the speaker is no content
    title = inverted and _title_says(t, v, a, b, inverted)
    if title:
        found, right = [], []
    base = ("passive",) if passive else ("title",) if title else ()
    if not any(form in CLAUSES for _, form, _ in right):
        base += ("alone",)
    if passive:
        yield from _passive(t, v, cue, a, b, right)
    for source, how in found:
        via = _quoting(t, source, a) if how == "quoted as" else ()
        if how == "quoted by":
            by = phrase_left(t, cue[0] - 1, a)
            via = ((by, cue[0] - 1),) if by is not None else ()
        if how == "parse" and t.lower[cue[0] - 1] == "as" and source[1] < cue[0]:
            via = _by_whom(t, v, b)  # "Tane was quoted as saying by the agency"
        source, via = _cited_by(t, source, via)
        marks = (*base, f"src:{how}")
        for content, form, seen in right:
            if _apart(source, content) and not _told_before(t, v, source, content, a):
                yield Candidate(v, form, content, source, cue, via, (*marks, *seen))
        if how == "quoted as" and via and via[0][0] > a:
            for content, form, seen in before_speaker(t, v, via[0][0], cue[1], a, b):
                yield Candidate(v, form + ":quoted as", content, source, cue, via, (*marks, *seen))
        if how in {"parse", "beside", "between"} and source[0] > a and source[1] <= cue[0]:
            for content, form, seen in before_speaker(t, v, source[0], cue[1], a, b):
                yield Candidate(v, form + ":post", content, source, cue, via, (*marks, *seen))
    if inverted:
        marks = (*base, "src:after")
        for content, form, seen in before_speaker(t, v, cue[0], inverted[1], a, b):
            yield Candidate(v, form + ":inverted", content, inverted, cue, marks=(*marks, *seen))
        if not found or t.words[cue[0] - 1] in OPENERS | {","}:
            for content, form, seen in right:
                if content[0][0] >= inverted[1]:
                    yield Candidate(v, form + "/inverted", content, inverted, cue, marks=(*marks, *seen))
    if not found and not passive:
        for content, form, seen in right:
            yield Candidate(v, form, content, None, cue, marks=(*base, "src:none", *seen))


def _title_says(t: Tree, v: int, a: int, b: int, inverted: Range) -> bool:
    """Whether a heading ends in who says it: "Premier safe, says aide"."""
    ends = (
        inverted[1] == b
        and all(t.words[k].isalnum() for k in range(*inverted))
        and t.reading.paragraphs[t.paragraph[v]][1] == b
    )
    return ends and t.lemmas[v] == "say" and t.words[v - 1] == "," and "," not in t.words[a : v - 1]


def _told_before(t: Tree, v: int, source: Range, content: tuple[Range, ...], a: int) -> bool:
    """Whether the speaker stands within what is said, so that its end is not all: "240 were freed, he added, 31 of whom
    are hurt"."""
    inserted = t.words[v + 1 : v + 2] == [","] and t.words[source[0] - 1] == "," and source[0] > a + 1
    first, end = content[0]
    relative = any(t.tags[k] in RELATIVES and t.lower[k - 1] == "of" for k in range(first, min(first + 4, end)))
    return inserted and relative and not FINITE.isdisjoint(t.tags[a : source[0]])


def _of_agent(t: Tree, v: int, a: int, b: int) -> Iterator[Candidate]:
    """ "A bombing claimed by the rebels": what stands before is theirs."""
    i, j = phrase_left(t, v, a), phrase_right(t, v + 2, b)
    if i is not None and j:
        yield Candidate(v, "passive:agent", ((i, v),), (v + 2, j), (v, v + 1), marks=("passive", "agent", "reduced"))


def _names_somebody(t: Tree, content: tuple[Range, ...]) -> bool:
    """Whether what is cited is no more than who is cited: "citing the state news agency"."""
    i, j = content[0]
    verbless = not any(t.tags[k][:2] == "VB" for k in range(i, j))
    return verbless and t.quoted[i] < 0 and source_type(t, content[0]) in {"person", "people", "body"}


def _by_whom(t: Tree, v: int, b: int) -> tuple[Range, ...]:
    """The agent right after the verb."""
    j = phrase_right(t, v + 2, b) if t.lower[v + 1 : v + 2] == ["by"] else None
    return ((v + 2, j),) if j else ()


def _cited_by(t: Tree, source: Range, via: tuple[Range, ...]) -> tuple[Range, tuple[Range, ...]]:
    """The source and its relays, where it is "officials cited by the agency"."""
    i, j = source
    for k in range(i + 1, j - 2):
        if t.lower[k + 1] == "by" and t.tags[k] == "VBN" and "quote" in reporting_verbs().get(t.lemmas[k], ()):
            return (i, k), (*via, (k + 2, j))
    return source, via


def _nobody(t: Tree, v: int) -> bool:
    """Whether the verb's subject is no one: "No group claimed the attack", "None of these numbers contradicts …"."""
    own = subject_child(t, v)
    if own is None or own > v:
        return False
    first = t.left[own]
    if any(t.lower[k] in word_class("own voice") for k in t.kids[v] if t.deps[k] in SUBJECTS and k < v):
        return True  # "this desk put the toll at nine": the writer's own
    return t.lower[first] in word_class("nobody") and t.tags[first + 1] not in {"JJR", "RBR"}


def _aside_ends(t: Tree, v: int, a: int, b: int) -> int:
    """Where an aside about the speaker ends, if one holds the verb: "the ministry, which says 40 died, blamed …"."""
    opens = next((k for k in range(v - 1, max(a, v - 12), -1) if t.tags[k] in RELATIVES), None)
    if opens is None or opens == a or t.words[opens - 1] != ",":
        return b
    main = (k for k in range(v + 2, b - 1) if t.words[k] == "," and t.quoted[k] < 0 and t.tags[k + 1] in FINITE)
    return next(main, b)


def _as_saying(t: Tree, v: int, b: int) -> bool:
    """Whether the verb goes on "X as saying"."""
    return any(t.lower[k] == "as" and t.tags[k + 1] == "VBG" for k in range(v + 2, min(b - 1, v + 25)))


def _apart(source: Range, content: tuple[Range, ...]) -> bool:
    return all(source[1] <= i or j <= source[0] for i, j in content)


def _quoting(t: Tree, source: Range, a: int) -> tuple[Range, ...]:
    """Who quotes, in "the agency quoted a medic as saying"."""
    quotes = source[0] - 1
    if quotes <= a or "quote" not in reporting_verbs().get(t.lemmas[quotes], ()):
        return ()
    cue = verb_group(t, quotes, a)
    return tuple(span for span, _ in speakers(t, quotes, cue, a, source[0])[:1])


def _passive(t: Tree, v: int, cue: Range, a: int, b: int, right: list[Content]) -> Iterator[Candidate]:
    """ "It is believed that …", "300 are believed to have died", "was described as … by the police"."""
    own = subject_child(t, v)
    subject = subtree_phrase(t, own, least=a, most=cue[0]) if own is not None and own < v else None
    if subject is None:
        i = phrase_left(t, cue[0], a)
        subject = (i, cue[0]) if i is not None else None
    agent = None
    for k in range(v + 1, min(b, v + 20)):
        if t.lower[k] == "by" and (t.heads[t.heads[k]] == v or k == v + 1):
            j = phrase_right(t, k + 1, b)
            agent = (k + 1, j) if j else None
            break
    expletive = subject is not None and subject[1] - subject[0] == 1 and t.lower[subject[0]] == "it"
    seen = ("passive", "agent" if agent else "no agent", "expletive" if expletive else "subject")
    for ranges, form, marks in right:
        if t.lemmas[v] == "deny" and not any(t.tags[k][:2] == "VB" for i, j in ranges for k in range(i, j)):
            continue  # "was denied access"
        content = ranges
        if agent and not _apart(agent, content):
            if content[0][0] >= agent[0] - 1:
                continue
            content = ((content[0][0], agent[0] - 1),)
        yield Candidate(v, form + "/passive", content, agent, cue, marks=(*seen, *marks))
        if subject and not expletive:
            yield Candidate(v, form + "/passive+", (subject, *content), agent, cue, marks=(*seen, *marks))
    if subject and not expletive and agent:
        yield Candidate(v, "passive:agent", (subject,), agent, cue, marks=seen)
    if subject and agent is None and a + 1 < cue[0]:
        span = t.trim(a, b)
        if span:
            yield Candidate(v, "passive:sentence", (span,), None, cue, marks=seen)
