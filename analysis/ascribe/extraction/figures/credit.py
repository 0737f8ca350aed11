"""Who stands behind a figure: the source of the innermost claim whose content holds it."""

from __future__ import annotations

import bisect
import collections
import dataclasses
import itertools
from collections.abc import Sequence

from ascribe.extraction.figures.lists import listed
from ascribe.extraction.figures.page import Page
from ascribe.extraction.figures.quantity import Quantity
from ascribe.extraction.figures.tokens import HYPHENS
from ascribe.extraction.model import Prediction, claim_features, confidence, logit
from ascribe.extraction.model.labels import CREDIT_CLASSES
from ascribe.extraction.records import Claim

NOBODY = CREDIT_CLASSES.index("none")
SHORT = 60  # characters between a content cut short and the figure that goes on with it
SOON = 30  # characters from the start of a sentence to a figure that opens it, or between a measure and its conversion
VERBS = ("were", "was", "are", "have", "had", "has")
HARMED = listed("credit_harmed")
GOES_ON = tuple(sorted(listed("credit_goes_on")))
COUNTS = listed("credit_counts")
PARTITIVE = listed("credit_partitive")
REACH = 4000  # characters within which an opening quotation mark is looked for


@dataclasses.dataclass(frozen=True, slots=True)
class Credit:
    """Who stands behind a figure: the claim that it stands in, the answer (`records.CREDITS`), and how sure that is."""

    claim: Claim | None
    answer: str
    confidence: float

    @property
    def credited(self) -> Claim | None:
        """The claim whose source is named for the figure."""
        return self.claim if self.answer in ("explicit", "carried") else None


class Credits:
    """The claims of one article, to be asked which one holds a figure."""

    def __init__(self, page: Page, claims: Sequence[Claim], prediction: Prediction | None = None) -> None:
        self.page = page
        self.prediction = prediction
        self.proposals = {p.cue: p for p in prediction.proposals} if prediction else {}
        self.claims = [c for c in claims if c.content]
        self._last_aside = -REACH
        self._sentences = [page.reading.span(s)[0] for s in page.reading.sentences if len(s)]
        # By sentence, so that a long article with many claims is not searched through for every figure.
        self._contents: dict[int, list[int]] = collections.defaultdict(list)
        self._cues: dict[int, list[Claim]] = collections.defaultdict(list)
        for n, claim in enumerate(self.claims):
            for at in {i for s, e in claim.content for i in range(self.sentence(s), self.sentence(max(s, e - 1)) + 1)}:
                self._contents[at].append(n)
            if claim.cue_span and claim.source_name:
                self._cues[self.sentence(claim.cue_span[0])].append(claim)

    def judge(self, q: Quantity, least: float) -> Credit:
        """Who stands behind `q`; *uncertain* where the answer is less sure than `least`."""
        claim = self.claim_of(q)
        answer = self.credit_of(q, claim) if claim else "none"
        sure = self._confidence(q, claim)
        if claim is not None and claim.source_span and claim.source_name is None:
            return Credit(claim, "uncertain", sure)  # what is named for a source can be none: an event, a month
        return Credit(claim, answer if sure >= least else "uncertain", sure)

    def _confidence(self, q: Quantity, claim: Claim | None) -> float:
        """How likely the credit is right, by what the network says of the figure and of the claims around."""
        span = (q.start, q.end)
        scores = self.prediction.figures.get(span) if self.prediction else None
        if scores is None:
            return claim.confidence if claim else 1.0
        nobody = logit(float(scores.credits[NOBODY]))
        named = claim is not None and claim.source_name is not None
        if named and claim.cue_span is None:
            return claim.confidence  # the rules' own: the network finds nothing without a cue
        proposal = self.proposals.get(claim.cue_span) if named else None
        if proposal is not None:
            return confidence("held", [*claim_features(proposal), logit(proposal.held.get(span, 0.5)), nobody])
        best = max(
            (p.cue_probability * p.held.get(span, 0.0) for p in self.proposals.values() if p.source), default=0.0
        )
        sure = confidence("nobody", [logit(best), nobody])
        return 1 - sure if named else sure

    def claim_of(self, q: Quantity) -> Claim | None:
        """The claim that asserts `q`, or None where the article speaks in its own voice."""
        claim = self._holding(q) or self._reaching(q) or self._continued(q)
        if claim is None or not self._aside(q, claim):
            return claim
        self._last_aside = q.end
        return None

    def _holding(self, q: Quantity) -> Claim | None:
        """The innermost claim whose content holds `q`: the one with the least content."""
        here = [(n, self.claims[n]) for n in self._contents.get(self.sentence(q.start), ())]
        holding = [
            (sum(e - s for s, e in c.content), c.source_name is None, n)
            for n, c in here
            if any(s <= q.start and q.end <= e for s, e in c.content) and not _names(c, q)
        ]
        return self.claims[min(holding)[2]] if holding else None

    def _reaching(self, q: Quantity) -> Claim | None:
        """The one claim of the figure's own sentence whose content was cut short right before the figure.

        Either the figure stands between the content and the crediting words ("…, killing 12, officials said"), or the
        content was cut at a dash or a comma and goes on with a further number ("killed 23 people – including three").
        """
        here = self.sentence(q.start)
        near = [c for c in self._cues.get(here, ()) if not _names(c, q)]
        alone = len({c.source_name for c in near}) == 1
        framed = next((c for c in near if self._frames(c, q)), None) if alone else None
        ended = [c for c in near if c.content[-1][1] <= q.start]
        if framed is not None or not ended:
            return framed
        claim = max(ended, key=lambda c: c.content[-1][1])
        last, cue = claim.content[-1][1], claim.cue_span
        if set(self.page.text[last : q.start]) & set(';"“”.'):
            return None
        if last <= cue[0] and q.end <= cue[0]:
            return claim if len(near) == 1 else None
        after = cue[1] if last <= cue[0] else last
        between = self.page.text[after : q.start]
        opened = any(x.lstrip(" ,–—-").startswith(GOES_ON) for x in (between, between.rpartition(",")[2]))
        return claim if opened and len(between) < SHORT and self.sentence(last - 1) == here else None

    def _continued(self, q: Quantity) -> Claim | None:
        """The claim that ends the sentence before, where `q` opens its own as a part of those counted there.

        "Tane said 30 passengers were rescued. Twelve of them were in hospital": nobody else speaks between.
        """
        page, here, j = self.page, self.sentence(q.start), self.page.end_of(q)
        if here < 2 or self._cues.get(here):
            return None
        opening = self._sentences[here - 1]
        first = page.index(opening)
        elided = page.index(q.outer_start) == first and not page.phrase_of(q) and page.low(j) in VERBS
        if elided or self._resumes(first):
            return self._only(here - 1, opening)
        if page.low(j) != "of" or page.low(j + 1) not in PARTITIVE:
            return None
        if q.outer_start - opening > SOON or any(map(str.isalpha, page.text[opening : q.outer_start])):
            return None
        ended = [
            (c.content[-1][1], n)
            for n in self._contents.get(here - 1, ())
            if (c := self.claims[n]).source_name and not page.text[c.content[-1][1] : opening].strip(' .”"')
        ]
        last, n = max(ended, default=(0, 0))
        return self.claims[n] if ended and "\n" not in page.text[last:opening] else None

    def _resumes(self, i: int) -> bool:
        """Whether a sentence opens with the count told before: "Of these, …", "The toll includes …"."""
        page = self.page
        i += page.low(i) == "out"
        if page.low(i) in ("of", "among"):
            if page.low(i + 1) != "the":
                return page.low(i + 1) in PARTITIVE
            return page.low(i + 2) in HARMED or self._said_before(i, page.written(i + 2))
        if page.low(i) in ("the", "that", "their", "this"):
            ahead = [page.low(k) for k in range(i + 1, i + 4)]
            return any(w in COUNTS and after.startswith("includ") for w, after in itertools.pairwise(ahead))
        return False

    def _said_before(self, i: int, number: str) -> bool:
        """Whether the sentence before the one at token `i` tells this number."""
        at = self.sentence(self.page.tokens[i].start)
        before = self.page.text[self._sentences[at - 2] : self.page.tokens[i].start]
        return any(x.isdigit() for x in number) and number in before

    def _only(self, at: int, opening: int) -> Claim | None:
        """The claim of the one source that speaks in a sentence of the same paragraph, of which numbers are told."""
        found = [self.claims[n] for n in self._contents.get(at, ())] + self._cues.get(at, [])
        told = [c for c in found if c.source_name and any(x.isdigit() for x in c.text)]
        if not told or len({c.source_name for c in found}) != 1:
            return None
        last = max(told, key=lambda c: c.content[-1][1])
        return None if "\n" in self.page.text[max(last.content[-1][1], self._sentences[at - 1]) : opening] else last

    def _frames(self, claim: Claim, q: Quantity) -> bool:
        """Whether the crediting words stand in commas after the figure's clause: "Two burned, Tane said, adding"."""
        source, cue, text = claim.source_span, claim.cue_span, self.page.text
        if source is None:
            return False
        first, last = min(source[0], cue[0]), max(source[1], cue[1])
        if claim.content[0][0] < last or q.end > first:
            return False
        ahead, within = text[max(0, first - 4) : first].rstrip()[-1:], text[q.end : first]
        closed = text[last : last + 1] == ","
        if within.rstrip(" ,").endswith((" and", " but", " or")):
            return False  # "left five dead and, by early reports, 30 injured": only what follows
        return ahead == "," and closed and not set(within) & set(';"“”.:')

    def _aside(self, q: Quantity, claim: Claim) -> bool:
        """Whether `q` is the writer's own remark within words reported indirectly: "the 25-year-old building"."""
        if claim.kind == "direct" or self._quoted(q):
            return False
        page, j = self.page, self.page.end_of(q)
        if q.dimension == "duration" and any(page.low(k) == "old" for k in range(j, j + 3)):
            return True
        if self._known(q):
            return True
        before = [page.low(k) for k in range(max(0, page.index(q.outer_start) - 12), page.index(q.outer_start))]
        told = next((n for n, w in enumerate(before) if w in ("which", "where") and before[n - 1] == ","), None)
        return told is not None and ("population" in before[told:] or page.low(j) in ("residents", "inhabitants"))

    def _known(self, q: Quantity) -> bool:
        """Whether `q` only describes what is known: "the two-day shutdown", "the island's 200,000 residents"."""
        page, i, j = self.page, self.page.index(q.outer_start), self.page.index(q.end)
        if page.low(i - 1) == "(" and q.dimension and q.start - self._last_aside < SOON:
            return True  # the same in another unit: "the five-foot (1.5 m) tusk"
        if q.dimension and page.low(j) in HYPHENS and page.glued(j) and page.kind(j + 1) == "word":
            return page.low(i - 1) == "the"
        return page.low(j) in ("residents", "inhabitants") and page.low(i - 1).endswith(("'s", "s'"))

    def _quoted(self, q: Quantity) -> bool:
        """Whether the nearest quotation mark before `q` in its paragraph is an opening one."""
        start = self.page.text.rfind("\n\n", 0, q.start) + 1
        before = self.page.text[max(start, q.start - REACH) : q.start]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def sentence(self, char: int) -> int:
        return bisect.bisect_right(self._sentences, char)

    def credit_of(self, q: Quantity, claim: Claim) -> str:
        """`explicit` where the crediting words stand in the figure's own sentence, else `carried`."""
        if claim.source_name is None:
            return "none"
        here = self.sentence(q.start)
        spans = [s for s in (claim.source_span, claim.cue_span) if s]
        return "explicit" if any(self.sentence(s[0]) == here for s in spans) else "carried"


def _names(claim: Claim, q: Quantity) -> bool:
    """Whether `q` stands in the words that name the claim's source: "two residents said"."""
    return claim.source_span is not None and claim.source_span[0] <= q.start and q.end <= claim.source_span[1]
