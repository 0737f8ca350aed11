"""What the filter looks at in a candidate: names of binary features."""

from __future__ import annotations

from ascribe.extraction.claims.candidate import Candidate, Range
from ascribe.extraction.claims.places import FINITE, another_speaks
from ascribe.extraction.claims.tree import Tree
from ascribe.extraction.claims.words import reporting_nouns, reporting_verbs, roles, word_class

LENGTHS = ((4, "1-3"), (7, "4-6"), (13, "7-12"), (26, "13-25"), (51, "26-50"))
PRONOUNS = {"it": "it", "they": "they", "he": "he", "she": "he", "i": "I", "we": "I", "you": "I"}
MARKS = {
    "“": '"',
    "”": '"',
    "„": '"',
    "''": '"',
    "``": '"',
    "«": '"',
    "»": '"',
    "’": "'",
    "‘": "'",
    "—": "–",
    "--": "–",
}
SEEN = 300
"""Tokens of one piece of a content that are looked at."""
EDGES = 40
"""Tokens of a content, from its start, in which a subject and a finite verb are looked for."""


def _length(n: int) -> str:
    return next((name for most, name in LENGTHS if n < most), "51+")


def source_type(t: Tree, source: Range | None) -> str:
    """What sort of phrase a source is: a pronoun, a person, people, a body, a document, a name, another noun."""
    if source is None:
        return "none"
    i, j = source
    if j - i == 1 and t.lower[i] in word_class("pronoun"):
        return PRONOUNS.get(t.lower[i], "wh")
    known, found = roles(), None
    for k in range(i, j):
        kind = known.get(t.lower[k]) or known.get(t.lemmas[k])
        if kind in {"person", "people", "body"}:
            return kind
        found = kind or found
    if found:
        return found
    tags = {t.tags[k] for k in range(i, j)}
    return "name" if tags & {"NNP", "NNPS"} else "noun" if tags & {"NN", "NNS"} else "other"


def _shape(t: Tree, c: Candidate) -> str:
    """How the content is built: a clause with its subject, a bare predicate, an infinitive, a phrase."""
    i, j = c.content[0]
    first = t.tags[i]
    if first in FINITE:
        return "predicate"
    if first == "TO":
        return "infinitive"
    if first == "VBG":
        return "gerund"
    nominal = False
    for k in range(i, min(j, i + EDGES)):
        if t.tags[k] in FINITE:
            return "clause" if nominal else "verb first"
        nominal = nominal or t.tags[k][:2] in {"NN", "PR", "EX", "CD", "DT"}
    return "phrase"


class Names:
    """The names that features are made of, of one tree: what a word is called where it stands beside something."""

    def __init__(self, t: Tree) -> None:
        self.t = t
        self.function = word_class("function")
        self.verbs, self.nouns = reporting_verbs(), reporting_nouns()

    def word(self, k: int) -> str:
        """The word itself where it is a function word or a mark, else its tag."""
        w = MARKS.get(self.t.lower[k], self.t.lower[k])
        return w if w in self.function or not w.isalpha() else self.t.tags[k]


def features(t: Tree, c: Candidate, names: Names | None = None) -> list[str]:
    """The features of one candidate, as strings; none twice."""
    names = names or Names(t)
    lemma, tag, form = t.lemmas[c.anchor], t.tags[c.anchor], c.form
    classes = names.verbs.get(lemma, ())
    kind = "+".join(sorted(classes)) if tag[:2] == "VB" and classes else "noun" if lemma in names.nouns else "unknown"
    who = source_type(t, c.source)
    first, last = c.content[0], c.content[-1]
    n = sum(j - i for i, j in c.content)
    home = t.quoted[c.anchor]
    seen = [k for i, j in c.content for k in (range(i, j) if j - i <= SEEN else (*range(i, i + SEEN), j - 1))]
    quoted = sum(1 for k in seen if t.quoted[k] >= 0 and t.quoted[k] != home)
    share = "0" if not quoted else "all" if quoted == len(seen) else "most" if quoted * 2 > len(seen) else "some"
    shape, length = _shape(t, c), _length(n)
    f = ["bias", f"form={form}", f"lemma={lemma}", f"kind={kind}", f"tag={tag}", f"who={who}", f"share={share}",
         f"n={length}", f"shape={shape}", f"form={form}|lemma={lemma}", f"form={form}|kind={kind}",
         f"form={form}|who={who}", f"kind={kind}|who={who}", f"form={form}|share={share}", f"form={form}|tag={tag}",
         f"form={form}|n={length}", f"form={form}|shape={shape}", f"kind={kind}|shape={shape}",
         f"lemma={lemma}|shape={shape}", f"lemma={lemma}|who={who}", f"kind={kind}|share={share}",
         f"form={form}|shape={shape}|share={share}", f"pieces={len(c.content)}"]  # fmt: skip
    for m in c.marks:
        f += [f"mark={m}", f"form={form}|mark={m}", f"kind={kind}|mark={m}"]
    if form.startswith(("left", "around")):
        edge = next((m for m in c.marks if m.startswith("edge:")), "")
        alone = "alone" if "alone" in c.marks else "complement"
        f += [f"form={form}|{edge}|{alone}", f"{edge}|{alone}|kind={kind}", f"{edge}|{alone}|lemma={lemma}",
              f"{edge}|{alone}|who={who}"]  # fmt: skip
        f += [f"{edge}|{alone}|{m}" for m in c.marks if m.startswith("tail:")]
    a, b = t.sentences[t.sentence[c.anchor]]
    before = names.word(first[0] - 1) if first[0] > a else "^"
    after = names.word(last[1]) if last[1] < b else "$"
    opening = names.word(first[0])
    f += [f"before={before}", f"after={after}", f"form={form}|after={after}", f"form={form}|before={before}",
          f"opening={opening}", f"form={form}|opening={opening}", f"before={before}|opening={opening}"]  # fmt: skip
    if last[1] + 1 < b and after in {",", "–", "—"}:
        follow = names.word(last[1] + 1)
        f += [f"follow={follow}", f"form={form}|follow={follow}"]
    if c.cue:
        f += _of_cue(t, c, names, kind)
    if home >= 0:
        f += ["inside quotation", f"inside quotation|kind={kind}"]
    if c.source:
        i, j = c.source
        f += [f"source:n={_length(j - i)}", f"source:opens={names.word(i)}",
              "source:before=" + (names.word(i - 1) if i > a else "^"), f"source:closes={t.tags[j - 1]}"]  # fmt: skip
        if c.cue and j <= c.cue[0]:
            f.append(f"source:gap={_length(c.cue[0] - j + 1)}")
        if any(t.words[k] == "," for k in range(i, j)):
            f.append("source:comma")
    f += _plain(t, c, classes, shape, share)
    f += _holds(t, c)
    return list(dict.fromkeys(f))


def _plain(t: Tree, c: Candidate, classes: frozenset[str] | tuple, shape: str, share: str) -> list[str]:
    """The constructions that grammar alone makes all but sure; their names begin with `!` (see `training.fit`)."""
    marks = set(c.marks)
    found = []
    if "say" in classes and "passive" not in marks and c.source:
        how = next((m for m in c.marks if m.startswith("src:")), "")
        own = how in {"src:parse", "src:beside", "src:between", "src:after", "src:relative"}
        if {"edge:quote", "start:quote", "alone"} <= marks and own and share == "all":
            found.append("!quotation, speaker")
        elif {"edge:,", "alone"} <= marks and own and shape == "clause" and "tail:words," not in marks:
            found.append("!clause, speaker")
        elif c.form.startswith("right:") and own:
            if "gap:that" in marks and shape == "clause":
                found.append("!speaker that clause")
            elif share == "all" and (c.form in {"right:quote", "right:colon"} or "gap:0" in marks):
                found.append("!speaker quotation")
            elif c.form == "right:ccomp" and shape == "clause":
                found.append("!speaker clause")
    elif c.form.endswith(("xcomp/passive+", "args:to/passive+")) and classes and shape != "predicate":
        found.append("!passive infinitive")
    elif c.form == "noun:that" and "src:possessor" in marks and shape == "clause":
        found.append("!noun that clause")
    elif c.form.startswith("according:") and shape == "clause":
        found.append("!" + c.form)
    return [*found, *(f"{name}|{m}" for name in found for m in c.marks if m.startswith(("end:", "rest:", "resumed")))]


def _of_cue(t: Tree, c: Candidate, names: Names, kind: str) -> list[str]:
    i, j = c.cue
    a, b = t.sentences[t.sentence[c.anchor]]
    following = names.word(j) if j < b else "$"
    f = [f"next={following}", f"form={c.form}|next={following}", f"kind={kind}|next={following}"]
    cue = t.lower[i:j]
    if any(w in word_class("negation") for w in cue):
        f += ["cue:not", f"cue:not|kind={kind}"]
    if any(t.tags[k] == "MD" for k in range(i, j)):
        f += ["cue:modal", f"cue:modal|{kind}"]
    if i > a and t.lower[i - 1] == "to" and t.tags[c.anchor] == "VB":
        f += ["cue:to", f"cue:to|kind={kind}"]
    if j - i > 1:
        f.append(f"cue:aux={t.lemmas[i]}")
    f.append(f"dep={t.deps[c.anchor]}")
    f.append("cue:before=" + (names.word(i - 1) if i > a else "^"))
    return f


def _holds(t: Tree, c: Candidate) -> list[str]:
    """What within the content speaks against it: another's words, a joined verb of reporting, a stop."""
    found = set()
    verbs = reporting_verbs()
    for i, j in c.content:
        for k in range(i + 1, min(j - 1, i + SEEN)):
            if t.words[k] == "," and t.lemmas[k + 1] in {"say", "tell", "add"}:
                found.add("holds:speaker")
            elif t.lower[k] == "and" and t.tags[k + 1] in FINITE and "say" in verbs.get(t.lemmas[k + 1], ()):
                found.add("holds:and verb")
            elif t.tags[k] == "VBG" and t.words[k - 1] == "," and {"say", "label"} & verbs.get(t.lemmas[k], set()):
                found.add("holds:participle")
            elif t.words[k] == ";" and t.quoted[k] < 0:
                found.add("holds:;")
            elif t.words[k] == "," and another_speaks(t, k + 1, j):
                found.add("holds:another")
    last = c.content[-1][1]
    if last + 1 < len(t) and t.words[last] == "," and another_speaks(t, last + 1, len(t)):
        found.add("another after")
    return sorted(found)
