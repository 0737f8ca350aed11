"""What the filter looks at in a candidate: names of binary features."""

from __future__ import annotations

from analysis.extraction.claims.candidate import Candidate, Range
from analysis.extraction.claims.tree import Tree
from analysis.extraction.claims.words import reporting_nouns, reporting_verbs, roles

PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "this"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def _bucket(n: int) -> str:
    return (
        str(n)
        if n < 4
        else "4-6"
        if n < 7
        else "7-12"
        if n < 13
        else "13-25"
        if n < 26
        else "26-50"
        if n < 51
        else "51+"
    )


def _source_type(t: Tree, source: Range | None) -> str:
    if source is None:
        return "none"
    i, j = source
    if j - i == 1 and t.lower[i] in PRONOUNS:
        return (
            "it"
            if t.lower[i] == "it"
            else "they"
            if t.lower[i] == "they"
            else "I"
            if t.lower[i] in {"i", "we", "you"}
            else ("he" if t.lower[i] in {"he", "she"} else "wh")
        )
    known = roles()
    head = None
    for k in range(i, j):
        kind = known.get(t.lower[k]) or known.get(t.lemmas[k])
        if kind and kind != "place":
            head = kind
            if kind in {"person", "people", "body"}:
                return kind
    if head:
        return head
    if any(t.tags[k] in {"NNP", "NNPS"} for k in range(i, j)):
        return "name"
    return "noun" if any(t.tags[k] in {"NN", "NNS"} for k in range(i, j)) else "other"


def features(t: Tree, c: Candidate) -> list[str]:
    """The features of one candidate, as strings; none twice."""
    verbs, nouns = reporting_verbs(), reporting_nouns()
    lemma = t.lemmas[c.anchor]
    classes = verbs.get(lemma, ())
    verbal = t.tags[c.anchor][:2] == "VB"
    kind = "+".join(sorted(classes)) if verbal and classes else "noun" if lemma in nouns else "unknown"
    who = _source_type(t, c.source)
    first, last = c.content[0], c.content[-1]
    n = sum(j - i for i, j in c.content)
    home = t.quoted[c.anchor]
    quoted = sum(1 for i, j in c.content for k in range(i, j) if t.quoted[k] >= 0 and t.quoted[k] != home)
    share = "0" if not quoted else "all" if quoted == n else "most" if quoted * 2 > n else "some"
    finite = any(t.tags[k] in FINITE for i, j in c.content for k in range(i, j))
    form = c.form
    tag = t.tags[c.anchor]
    f = [
        "bias",
        "form=" + form,
        "lemma=" + lemma,
        "kind=" + kind,
        "tag=" + tag,
        "who=" + who,
        "share=" + share,
        "n=" + _bucket(n),
        "finite=" + str(finite),
        f"form={form}|lemma={lemma}",
        f"form={form}|kind={kind}",
        f"form={form}|who={who}",
        f"kind={kind}|who={who}",
        f"form={form}|share={share}",
        f"form={form}|tag={tag}",
        f"form={form}|n={_bucket(n)}",
        f"form={form}|finite={finite}",
        f"kind={kind}|finite={finite}",
        f"lemma={lemma}|who={who}",
        f"kind={kind}|share={share}",
        f"pieces={len(c.content)}",
    ]
    for m in c.marks:
        f += ["mark=" + m, f"form={form}|mark={m}", f"kind={kind}|mark={m}"]
    a, b = t.sentences[t.sentence[c.anchor]]
    before = t.lower[first[0] - 1] if first[0] > a else "^"
    after = t.lower[last[1]] if last[1] < b else "$"
    if after.isalpha() and after not in FUNCTION:
        after = t.tags[last[1]]
    if before.isalpha() and before not in FUNCTION:
        before = t.tags[first[0] - 1]
    opening = t.lower[first[0]] if t.lower[first[0]] in FUNCTION else t.tags[first[0]]
    f += [
        f"before={before}",
        f"after={after}",
        f"form={form}|after={after}",
        f"form={form}|before={before}",
        f"opening={opening}",
        f"form={form}|opening={opening}",
    ]
    if last[1] + 1 < b and after in {",", "–", "—"}:
        follow = t.lower[last[1] + 1] if t.lower[last[1] + 1] in FUNCTION else t.tags[last[1] + 1]
        f.append(f"follow={follow}")
        f.append(f"form={form}|follow={follow}")
    if c.cue:
        i, j = c.cue
        nxt = t.lower[j] if j < b else "$"
        if nxt.isalpha() and nxt not in FUNCTION:
            nxt = t.tags[j]
        f += [f"next={nxt}", f"form={form}|next={nxt}", f"kind={kind}|next={nxt}"]
        cue = t.lower[i:j]
        if any(w in {"not", "n't", "n’t", "never"} for w in cue):
            f += ["cue:not", f"cue:not|kind={kind}"]
        if any(t.tags[k] == "MD" for k in range(i, j)):
            f += ["cue:modal", f"cue:modal|{kind}"]
        if i > a and t.lower[i - 1] == "to" and tag == "VB":
            f += ["cue:to", f"cue:to|kind={kind}"]
        if j - i > 1:
            f.append("cue:aux=" + t.lemmas[i])
    if home >= 0:
        f += ["inside quotation", f"inside quotation|kind={kind}"]
    if c.source:
        i, j = c.source
        f += ["source:n=" + _bucket(j - i), f"source:opens={t.lower[i] if t.lower[i] in FUNCTION else t.tags[i]}"]
        if i > a:
            w = t.lower[i - 1]
            f.append("source:before=" + (w if w in FUNCTION or not w.isalpha() else t.tags[i - 1]))
        else:
            f.append("source:before=^")
        if c.cue and c.source[1] <= c.cue[0]:
            f.append("source:gap=" + _bucket(c.cue[0] - c.source[1]))
    for i, j in c.content:
        for k in range(i + 1, j - 1):
            if t.words[k] == "," and t.lemmas[k + 1] in {"say", "tell", "add"}:
                f.append("content:holds a speaker")
                break
    return list(dict.fromkeys(f))


FUNCTION = frozenset(
    [
        "the",
        "a",
        "an",
        "that",
        "this",
        "these",
        "those",
        "it",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "there",
        "who",
        "which",
        "what",
        "when",
        "where",
        "while",
        "as",
        "but",
        "and",
        "or",
        "if",
        "because",
        "after",
        "before",
        "since",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "about",
        "against",
        "not",
        "no",
        "n't",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "should",
        "must",
        "so",
        "also",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "according",
    ]
)
