"""Comparisons and checks over the tables, as DataFrames, every row pointing at the figures that it rests on.

comparable            which estimates can be set side by side, and whether they agree
interest              does the source count its own side, its enemy, or others?
against_the_record    what the source itself published, beside what an article says that it said
traced                numbers credited to nobody that are a publisher's own
echo, origins         sources that follow another's numbers; many outlets, one origin
events, grouped       which figures tell of one event; a ledger with that in its column `event_id`
revisions             tolls of one event: revised, corrected, contradicted
parts, rates          sums that do not come out
gaps                  numbers and claims that nobody stands behind
audit                 all of these checks of a ledger at once
trust                 how often the extractor is right in these articles, by a sample that a person went through
admitted              mistakes that articles say they make on purpose, and whether the checks found them
load, shipped         reference series from files; the facts that come with the package; reference: both
"""

from ascribe.findings.admitted import admitted
from ascribe.findings.arithmetic import parts, rates
from ascribe.findings.audit import Audit, audit
from ascribe.findings.comparison import comparable
from ascribe.findings.echoes import echo, origins
from ascribe.findings.grouping import events, grouped
from ascribe.findings.interest import interest
from ascribe.findings.omissions import gaps
from ascribe.findings.record import against_the_record
from ascribe.findings.series import Series, load, reference, shipped
from ascribe.findings.tolls import revisions
from ascribe.findings.tracing import traced
from ascribe.findings.trust import Trust, trust

__all__ = [
    "Audit",
    "Series",
    "Trust",
    "admitted",
    "against_the_record",
    "audit",
    "comparable",
    "echo",
    "events",
    "gaps",
    "grouped",
    "interest",
    "load",
    "origins",
    "parts",
    "rates",
    "reference",
    "revisions",
    "shipped",
    "traced",
    "trust",
]
