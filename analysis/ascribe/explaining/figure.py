"""The explanation of one figure: its article is extracted once more, under watch, and each cell traced to its rule."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ascribe.articles.article import Article
from ascribe.errors import AscribeError
from ascribe.explaining.explanation import Explanation, Reason
from ascribe.explaining.watching import Call, Watcher
from ascribe.extraction.claims import DEFAULT, find_claims, propose
from ascribe.extraction.figures import find_figures, find_numbers
from ascribe.extraction.figures.find import NO_FIGURE, UNCERTAIN
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.model import FigureScores, Prediction, Proposal, claim_features, confidence, predict
from ascribe.extraction.model.encoder import heed
from ascribe.extraction.model.labels import CREDIT_CLASSES, FIGURE_CLASSES
from ascribe.extraction.records import Attribution, Claim, Figure, Span
from ascribe.language.reading import Reading, read

FIGURE, EXCLUDED, NAMED = "_figure", "excluded", "resolve"
WATCHED = {
    FIGURE: "extraction/figures/find.py",
    EXCLUDED: "extraction/figures/exclusions.py",
    NAMED: "extraction/sources/speakers.py",
}
"""Where figures are put together, where what is none is sorted out, where a source gets its name."""
RULES = {
    "category": ("labelled", "_ruled"),
    "whose": ("whose", "_carried_side"),
    "counted": ("counted",),
    "basis": ("basis",),
    "accumulation": ("accumulation",),
    "window": ("window",),
    "place": ("place",),
}
"""The functions, called where a figure is put together, whose word each cell is."""
EDIT = {
    "number": "extraction/figures/quantities.py, numerals.py; test_figures_quantities.py",
    "category": "extraction/figures/categories.py, harm.py, carried.py; test_figures_find.py, CATEGORY_CASES",
    "credit": "extraction/figures/credit.py; test_figures_find.py",
    "source": "extraction/sources/; test_sources_names.py",
    "claim": "extraction/claims/; test_claims_table.py",
    "whose": "extraction/figures/whose.py, countries.py; test_figures_find.py",
    "counted": "extraction/figures/page.py; test_figures_find.py",
    "basis": "extraction/figures/circumstances.py; test_figures_find.py",
    "accumulation": "extraction/figures/circumstances.py; test_figures_find.py",
    "window": "extraction/dates/; test_dates_windows.py",
    "place": "extraction/figures/circumstances.py; test_figures_find.py",
    "figure": "extraction/figures/exclusions.py; test_figures_find.py, test_no_figures",
}
"""Where each is changed, and the test that says what is right."""
SHOWN = 3
"""How many of a network's answers are shown."""
FAINT = 0.02
"""The probability below which an answer of the network is not worth a word."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """One extraction, with all that was decided on the way."""

    reading: Reading
    calls: list[Call]
    proposed: list[Attribution]
    prediction: Prediction
    claims: list[Claim]
    figures: list[Figure]


def explain(article: Article | str, figure: str, *, number: int = 1) -> Explanation:
    """Why a figure of an article reads as it does: what decided each of its cells and of its claim's.

    `figure` is its id, the beginning of its id, or its words ("40"): of several in the article that have these, the
    `number`-th. Raises AscribeError, which names the article's figures, where there is none such; a number that stands
    in the text and was taken for no figure is explained, too.
    """
    if isinstance(article, str):
        article = Article.from_text(article)
    run = _run(article)
    fits = [f for f in run.figures if f.figure_id == figure]
    fits = fits or [f for f in run.figures if f.figure_id.startswith(figure) and figure.startswith("figure_")]
    fits = fits or [f for f in run.figures if figure in (f.number, f.stated_as)]
    if len(fits) >= number:
        chosen = fits[number - 1]
        return Explanation(article, (chosen.start, chosen.end), chosen, tuple(_reasons(run, chosen)))
    for call in run.calls:
        q = call.given.get("q")
        if call.name == EXCLUDED and call.value and article.text[q.start : q.end] == figure:
            return Explanation(article, (q.start, q.end), None, (_excluded(call),))
    if unread := _no_figure(run, figure):
        return Explanation(article, *unread)
    known = ", ".join(f"{f.number} ({f.figure_id})" for f in run.figures[:20]) or "none"
    raise AscribeError(f"{article.doc_id} has no figure {figure!r}; it has {known}")


def _run(article: Article) -> _Run:
    (reading,) = read([article])
    watcher = Watcher(WATCHED)
    with watcher.watching():
        numbers = find_numbers(reading)
    proposed = propose(reading)
    prediction = predict(reading, numbers.spans, proposed)
    with watcher.watching():
        claims = find_claims(reading, prediction, proposed)
        figures = find_figures(numbers, claims, prediction)
    return _Run(reading, watcher.found, proposed, prediction, claims, figures)


def _excluded(call: Call) -> Reason:
    """Why what looks like a number is none: the last of the tests that were asked said yes."""
    why = (f"It looks like a number and counts nothing here. What it is taken for: {call.value}.",)
    tests = [c for c in call.calls if c.value]
    return Reason("figure", None, why, (call, *(tests[-1].deciding() if tests else ())), EDIT["figure"])


def _no_figure(run: _Run, number: str) -> tuple[Span, None, tuple[Reason, ...]] | None:
    """A number that the rules took for a figure, and the network did not."""
    for span, scores in run.prediction.figures.items():
        if run.reading.text[slice(*span)] == number and scores.classes[-1] >= NO_FIGURE:
            why = f"The network says with {scores.classes[-1]:.2f} that it is no figure; {NO_FIGURE} is enough."
            return span, None, (Reason("figure", None, (why,), edit="the network (make network), or a rule"),)
    return None


def _reasons(run: _Run, figure: Figure) -> list[Reason]:
    made = (c for c in run.calls if c.name == FIGURE)
    call = next(c for c in made if (c.given["q"].start, c.given["q"].end) == (figure.start, figure.end))
    scores = run.prediction.figures.get((figure.start, figure.end))
    claim = next((c for c in run.claims if c.claim_id == figure.claim_id), None)
    found = [_number(call.given["q"], figure), _category(call, figure, scores), _credit(run, call, figure, scores)]
    if claim is not None:
        found += [_claim(run, claim), _source(run, claim)]
    return found + [_by_rule(call, figure, cell) for cell in RULES if cell != "category"]


def _number(q: Quantity, figure: Figure) -> Reason:
    if q.bound == "exact":
        why = f"It is written in {q.form}, and no words around it bound it."
    else:
        why = f"It is written in {q.form}; “{figure.stated_as}” makes it {q.bound.replace('_', ' ')}."
    unit = f" Its unit is {figure.unit}." if figure.unit else ""
    return Reason("number", _amount(figure), (why + unit,), edit=EDIT["number"])


def _amount(figure: Figure) -> str:
    value = "" if figure.value is None else f"{figure.value:,.10g}"
    ends = ["…" if end is None else f"{end:,.10g}" for end in (figure.low, figure.high)]
    bounds = "" if figure.low == figure.high else f" ({ends[0]} to {ends[1]})"
    return f"{value or figure.number}{bounds}, {figure.bound}"


def _category(call: Call, figure: Figure, scores: FigureScores | None) -> Reason:
    label = next((c for c in call.calls if c.name == "labelled" and c.value), None)
    ruled = label or next(c for c in call.calls if c.name == "_ruled")
    why = [f"The words around it say {ruled.value}."]
    if scores is not None:
        why.append(f"The network says {_likeliest(FIGURE_CLASSES, scores.classes)}.")
        why.append(f"The rules' word makes theirs {heed(ruled.value):.1f} times as likely, and the likeliest is taken.")
    if label is not None:
        why[1:] = ["A label or a column's heading is taken as it stands."]
    why.append(f"On unseen articles such an answer was right in {figure.category_confidence:.0%} of cases.")
    return Reason("category", figure.category, tuple(why), tuple(ruled.deciding()), EDIT["category"])


def _likeliest(classes: Sequence[str], probabilities: Sequence[float]) -> str:
    ranked = sorted(zip(probabilities, classes, strict=True), reverse=True)[:SHOWN]
    return ", ".join(f"{name} {p:.2f}" for p, name in ranked if p >= FAINT or p == ranked[0][0])


def _credit(run: _Run, call: Call, figure: Figure, scores: FigureScores | None) -> Reason:
    holding = next(call.below("claim_of"), None)
    chain = () if holding is None or holding.value is None else tuple(holding.deciding())
    claim = next((c for c in run.claims if c.claim_id == figure.claim_id), None)
    why = [_stands(claim)]
    if scores is not None:
        why.append(f"The network says of its credit: {_likeliest(CREDIT_CLASSES, scores.credits)}.")
    why.append(f"On unseen articles such an answer was right in {figure.credit_confidence:.0%} of cases.")
    if figure.credit == "uncertain":
        why.append(f"Below {UNCERTAIN:.0%}, or where the source may be none, it is said not to be known.")
    if figure.source_name is None:
        why += _passed_over(run, figure)
    value = figure.source_name or {"none": "nobody", "uncertain": "not known"}[figure.credit]
    return Reason("credit", f"{value}, {figure.credit}", tuple(why), chain, EDIT["credit"])


def _stands(claim: Claim | None) -> str:
    if claim is None:
        return "It stands in no claim: no source's words hold it."
    return f"It stands in a claim of {claim.source_name or 'nobody that is named'}: “{_short(claim.text)}”."


def _passed_over(run: _Run, figure: Figure) -> list[str]:
    """What the network took for a claim about the figure, and how sure it was."""
    found = []
    for p in run.prediction.proposals:
        held = p.held.get((figure.start, figure.end), 0.0)
        if held >= 0.2 and p.source is not None:
            sure = confidence("claim", claim_features(p))
            kept = "taken" if sure >= DEFAULT else f"dropped, for {DEFAULT} is the least"
            words = run.reading.text
            found.append(
                f"The network saw “{words[slice(*p.source)]}” with “{words[slice(*p.cue)]}” say it with {held:.2f}; "
                f"that claim's confidence is {sure:.2f}: {kept}."
            )
    return found


def _claim(run: _Run, claim: Claim) -> Reason:
    text = run.reading.text
    why = [f"Its confidence is {claim.confidence}; from {DEFAULT} on a claim is kept."]
    proposal = next((p for p in run.prediction.proposals if p.cue == claim.cue_span), None)
    ruled = next((a for a in run.proposed if _overlap(a.cue, claim.cue_span)), None)
    if claim.cue_span is None:
        ruled = next((a for a in run.proposed if a.cue is None and a.content == claim.content), None)
        why.append("It has no crediting verb; such claims are the rules' alone.")
    elif proposal is not None:
        why.append(_network(proposal, text))
    if ruled is None:
        why.append("The rules see no claim there.")
    else:
        said = " … ".join(text[s:e] for s, e in ruled.content)
        who = text[slice(*ruled.source)] if ruled.source else "nobody"
        why.append(f"The rules see {who} say “{_short(said)}”, with {ruled.confidence:.2f}.")
    relays = f", relayed by {' and '.join(claim.via)}" if claim.via else ""
    why.append(f"It is {claim.kind} and {claim.polarity}{relays}.")
    return Reason("claim", _short(claim.text), tuple(why), edit=EDIT["claim"])


def _network(p: Proposal, text: str) -> str:
    source = f"the source “{text[slice(*p.source)]}” with {p.source_probability:.2f}" if p.source else "no source"
    return (
        f"The network finds the cue “{text[slice(*p.cue)]}” with {p.cue_probability:.2f}, {source}, "
        f"and what is said with {p.content_probability:.2f}."
    )


def _source(run: _Run, claim: Claim) -> Reason:
    if claim.source_span is None:
        return Reason("source", None, ("Nobody is named.",), edit=EDIT["source"])
    words = run.reading.text[slice(*claim.source_span)]
    if claim.source_name is None:
        why = (f"“{words}” can be no source: it names an event, a time or a thing.",)
        return Reason("source", None, why, edit="extraction/sources/somebody.py; test_sources_names.py")
    calls = [c for c in run.calls if c.name == NAMED and c.given.get("span") == claim.source_span]
    calls = sorted(calls, key=lambda c: -len(c.calls))[:1]
    same = words == claim.source_name
    why = f"“{words}” stands for itself." if same else f"“{words}” is resolved to its fullest name in the article."
    return Reason("source", claim.source_name, (why,), tuple(_naming(calls[0])) if calls else (), EDIT["source"])


def _naming(call: Call) -> list[Call]:
    """From the mention to the rule that named it: what is inside gave the same name, with or without its entity."""
    inner = next((c for c in call.calls if c.name == "joint"), None)
    return [call] if inner is None else [call, *inner.deciding()]


def _by_rule(call: Call, figure: Figure, cell: str) -> Reason:
    value = getattr(figure, cell) if cell != "window" else _window(figure)
    asked = [c for c in call.calls if c.name in RULES[cell]]
    given = [c for c in asked if c.value is not None]
    if value is None or value == "unknown":
        return Reason(cell, None, (), edit=EDIT[cell])
    chain = tuple(given[0].deciding()) if given else ()
    return Reason(cell, value, (), chain, EDIT[cell])


def _window(figure: Figure) -> str | None:
    days = [d for d in (figure.window_start, figure.window_end) if d]
    told = " to ".join(dict.fromkeys(days))
    return told or (f"as of {figure.as_of}" if figure.as_of else None)


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def _short(text: str, most: int = 90) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"
