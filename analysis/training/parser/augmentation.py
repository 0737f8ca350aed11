"""Training text as it is met in the wild: grouped into paragraphs, and damaged the way scraped news is damaged.

The treebanks are well-kept text. News on disk has curly quotes, quotes of the wrong kind or none, capitals throughout,
and often has lost its commas and apostrophes. Every epoch groups the sentences anew and damages some of the groups.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from training.parser.treebank import Sentence, Word

REPORTING = frozenset(
    re.findall(
        r"\w+",
        """
        accuse add admit allege announce argue ask assert believe claim comment complain concede
        conclude confirm declare deny describe disclose emphasize estimate expect explain find hear
        hope inform insist know note predict promise quote read recall repeat reply report reveal
        say show state stress suggest suspect tell testify think threaten urge vow warn write
        """,
    )
)
CLAUSE = frozenset({"ccomp", "parataxis"})

Names = Sequence[str]
Damage = Callable[[list[Word], random.Random, Names], None]


def reports(sentence: Sentence) -> bool:
    """Whether somebody reports something in this sentence: a reporting verb with a clause under it or over it."""
    words = sentence.words
    return any(w.dep in CLAUSE and (words[w.head].lemma in REPORTING or w.lemma in REPORTING) for w in words)


def groups(corpus: Sequence[Sentence], rng: random.Random, longest: int = 110) -> Iterator[list[Sentence]]:
    """Neighbouring sentences of a document, grouped at random: three in ten alone, others up to `longest` words.

    A paragraph's end closes a group seven times in ten: enough that paragraphs look like paragraphs, and that a heading
    glued to what follows is met too.
    """
    group: list[Sentence] = []
    words = room = 0
    for sentence in corpus:
        if group:
            last = group[-1]
            if (
                sentence.document != last.document
                or words + len(sentence.words) > room
                or (sentence.paragraph != last.paragraph and rng.random() < 0.7)
            ):
                yield group
                group = []
        if not group:
            words, room = 0, 0 if rng.random() < 0.3 else rng.randint(25, longest)
        group.append(sentence)
        words += len(sentence.words)
    if group:
        yield group


def epoch(
    corpus: Sequence[Sentence],
    names: Names,
    rng: random.Random,
    damage: float = 0.6,
    also: Sequence[Sentence] = (),
) -> Iterator[list[Sentence]]:
    """One epoch: every sentence once, groups with reported speech twice, a share of the groups damaged; shuffled.

    The second copy of a group with reported speech has a time or an occasion set before `that` wherever it can. The
    sentences of `also` are drawn once.
    """
    drawn = list(groups(corpus, rng))
    drawn += [[dated(s, rng) for s in g] for g in groups(corpus, rng) if len(g) <= 4 and any(map(reports, g))]
    if also:
        drawn += groups(also, rng)
    rng.shuffle(drawn)
    for group in drawn:
        yield damaged(group, names, rng) if rng.random() < damage else group


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "March", "April", "June", "July", "August", "October", "December")


def occasion(rng: random.Random) -> list[Word]:
    """A time or an occasion, the last word its head (`last week`, `on Monday`, `in a statement`)."""

    def word(form: str, pos: str, tag: str, dep: str) -> Word:
        return Word(form, form if pos == "PROPN" else form.lower(), pos, tag, -1, dep, True)

    day, month = word(rng.choice(DAYS), "PROPN", "NNP", "obl"), word(rng.choice(MONTHS), "PROPN", "NNP", "obl")
    span = rng.choice(("week", "month", "year", "night"))
    event = word(rng.choice(("statement", "report", "letter", "speech", "interview", "tweet")), "NOUN", "NN", "obl")
    kind = rng.randrange(6)
    if kind == 0:
        return [word("last", "ADJ", "JJ", "amod"), word(span, "NOUN", "NN", "obl:unmarked")]
    if kind == 1:
        return [dataclasses.replace(day, dep="obl:unmarked")]
    if kind == 2:
        return [word("on", "ADP", "IN", "case"), day]
    if kind == 3:
        return [word("in", "ADP", "IN", "case"), month]
    if kind == 4:
        article = "an" if event.form.startswith("i") else "a"
        return [word("in", "ADP", "IN", "case"), word(article, "DET", "DT", "det"), event]
    return [word("this", "DET", "DT", "det"), word("week", "NOUN", "NN", "obl:unmarked")]


def occasions() -> list[Word]:
    """Every word that `dated` may set in, so that its labels are known even where a treebank lacks them."""
    return [word for k in range(40) for word in occasion(random.Random(k))]


def dated(sentence: Sentence, rng: random.Random) -> Sentence:
    """A copy with a time or an occasion between a reporting verb and its `that` (`said last week that …`).

    The treebanks hold few such sentences, and a parser without them makes the content a relative clause of the week.
    """
    copy = sentence.copy()
    words = copy.words
    for i, that in enumerate(words):
        if that.form.lower() == "that" and that.dep == "mark" and words[that.head].dep == "ccomp":
            verb = words[that.head].head
            if (
                words[verb].lemma in REPORTING
                and 0 < i - verb <= 3
                and words[i - 1].space
                and words[i - 1].pos != "PUNCT"
            ):
                insert(words, i, occasion(rng), verb)
                break
    return copy


def insert(words: list[Word], at: int, new: list[Word], head: int) -> None:
    """Set words in at a place: the last of them depends on `head`, the others on the last."""
    size = len(new)
    for word in words:
        word.head += size * (word.head >= at)
    for word in new[:-1]:
        word.head = at + size - 1
    new[-1].head = head + size * (head >= at)
    words[at:at] = new


def damaged(group: Iterable[Sentence], names: Names, rng: random.Random) -> list[Sentence]:
    """A copy of the group after one damage, or two."""
    copies = [sentence.copy() for sentence in group]
    chosen = rng.choices(list(DAMAGES), weights=list(DAMAGES.values()), k=rng.choice((1, 1, 2)))
    for damage in dict.fromkeys(chosen):
        for sentence in copies:
            damage(sentence.words, rng, names)
    return [s for s in copies if s.words]


def curly(words: list[Word], rng: random.Random, names: Names) -> None:
    """Typewriter marks become typographic ones."""
    inside = False
    for i, word in enumerate(words):
        if word.form in {'"', "``", "''"}:
            opening = word.tag == "``" if word.tag in {"``", "''"} else not inside
            word.form, inside = ("“" if opening else "”"), opening
        elif word.form == "'" and word.pos == "PUNCT":
            word.form = "‘" if i + 1 < len(words) and not word.space else "’"
        else:
            word.form = word.form.replace("'", "’")


def straight(words: list[Word], rng: random.Random, names: Names) -> None:
    """Typographic marks become typewriter ones."""
    for word in words:
        word.form = word.form.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})


def doubled(words: list[Word], rng: random.Random, names: Names) -> None:
    """Quotation marks written as two single ones."""
    pair = rng.choice((("''", "''"), ("``", "''"), ("‘‘", "’’"), ("'", "'"), ("‘", "’")))
    for word in words:
        if word.form in {'"', "“", "”"}:
            word.form = pair[word.tag != "``"]


def unquoted(words: list[Word], rng: random.Random, names: Names) -> None:
    """No quotation marks at all, or (one time in two) one of them lost."""
    lost = [i for i, w in enumerate(words) if w.form in {'"', "“", "”", "``", "''"}]
    drop(words, set(lost if rng.random() < 0.5 else lost[:1]))


def uncommaed(words: list[Word], rng: random.Random, names: Names) -> None:
    """No commas."""
    drop(words, {i for i, w in enumerate(words) if w.form == ","})


def unapostrophed(words: list[Word], rng: random.Random, names: Names) -> None:
    """No apostrophes: `Kestrias army`, `didnt`. A possessive mark melts into the word before it."""
    for i, word in enumerate(words):
        if word.form in {"'s", "’s"} and word.dep == "case" and i and not words[i - 1].space:
            words[i - 1].form += "s"
            words[i - 1].space = word.space
    drop(words, {i for i, w in enumerate(words) if w.form in {"'s", "’s", "'", "’"} and w.dep in {"case", "punct"}})
    for word in words:
        if len(word.form) > 1 and any(c.isalpha() for c in word.form):
            word.form = word.form.replace("'", "").replace("’", "")


def lower(words: list[Word], rng: random.Random, names: Names) -> None:
    """No capitals."""
    for word in words:
        word.form = word.form.lower()


def upper(words: list[Word], rng: random.Random, names: Names) -> None:
    """All capitals, as in an old wire report; or the capitals of a headline."""
    for word in words:
        if word.pos in {"NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM", "AUX", "PRON"} or not word.form.islower():
            word.form = word.form[:1].upper() + word.form[1:]
    if rng.random() < 0.6:
        for word in words:
            word.form = word.form.upper() if len(word.form.upper()) == len(word.form) else word.form


def unstopped(words: list[Word], rng: random.Random, names: Names) -> None:
    """No full stop at the end, as in a headline."""
    if len(words) > 2 and words[-1].form in {".", "!", ":"}:
        drop(words, {len(words) - 1})


def renamed(words: list[Word], rng: random.Random, names: Names) -> None:
    """Other proper names: what is unknown at work must be met unknown in training."""
    for word in words:
        if names and word.pos == "PROPN" and word.tag == "NNP" and word.form[:1].isupper() and rng.random() < 0.6:
            word.form = word.lemma = rng.choice(names)


def renumbered(words: list[Word], rng: random.Random, names: Names) -> None:
    """Other numbers, written in other ways."""
    for word in words:
        if word.dep == "nummod" and word.form.replace(",", "").replace(".", "").isdigit():
            value = int(10 ** rng.uniform(0.3, 6))
            word.form = word.lemma = rng.choice(
                (str(value), f"{value:,}", f"{value:,}", f"{value % 90 + 1}.{value % 10}")
            )


def dashed(words: list[Word], rng: random.Random, names: Names) -> None:
    """Another dash."""
    dash = rng.choice(("–", "—", "--", "-"))
    for word in words:
        if word.form in {"-", "--", "–", "—"} and word.space:
            word.form = dash


DAMAGES: dict[Damage, float] = {
    curly: 6.0,
    straight: 2.0,
    renamed: 3.5,
    renumbered: 2.0,
    uncommaed: 1.2,
    unapostrophed: 1.0,
    unquoted: 1.2,
    doubled: 0.8,
    lower: 0.7,
    upper: 0.9,
    unstopped: 0.8,
    dashed: 0.8,
}


def drop(words: list[Word], gone: set[int]) -> None:
    """Take leaves out of the tree; a word that governs another stays."""
    governing = {w.head for i, w in enumerate(words) if w.head != i}
    gone = {i for i in gone if i not in governing and words[i].head != i}
    if not gone:
        return
    kept = [i for i in range(len(words)) if i not in gone]
    place = {old: new for new, old in enumerate(kept)}
    for i in sorted(gone):
        if i and words[i].space:
            words[i - 1].space = True
    rest = [words[i] for i in kept]
    for word in rest:
        word.head = place[word.head]
    words[:] = rest
