"""The rules: which words make a date expression, and which resolver says what they mean.

Longest match wins; of equals, the first listed. The language of the patterns is in `patterns.py`, the resolvers are the
functions of `resolvers.py` named in the left column.
"""

from __future__ import annotations

COUNT = "(n:COUNT|n1:NUMBER ((-|and)? n2:NUMBER (-? n3:NUMBER)?)?)"
HALF = "(and a half:half)?"

RULES: tuple[tuple[str, str], ...] = (
    # Days with a month, in either order
    ("iso", "iso:ISO"),
    ("numeric", "numeric:NUMERIC"),
    (
        "month_day",
        "(wd:WEEKDAY (.)? (,)? (the)?)? (the)? (day:DAY|word:ORDINAL) (day)? (of)? month:MONTH ((.)? (,|of)? year:YEAR)?",
    ),
    (
        "month_day",
        "(wd:WEEKDAY (.)? (,)?)? (the|a|an)? month:MONTH (.)? (the)? (day:DAY|word:ORDINAL) ((,)? year:YEAR)?",
    ),
    ("day_of_range", "(the|a|an)? month:MONTH (.)? low:DAYNUM (-|–|to|and|through) day:DAY ((,)? year:YEAR)?"),
    ("day_of_range", "low:DAYNUM (-|–|to|and) day:DAY (of)? month:MONTH ((,)? year:YEAR)?"),
    # Months, seasons, years and their parts
    (
        "month",
        "(the)? (very)? (part:PART (of|in|-)?)? (shift:SHIFT)? month:MONTH (.)? ((,|of|-|/|in)? year:YEAR|(,|of) (the)? (year_shift:SHIFT|same|that) year)?",
    ),
    (
        "season",
        "(the)? (part:PART (of|in|-)? (the)?)? (shift:SHIFT)? season:SEASON (of)? (year:YEAR ((-|–|/) (to_year:YEAR|to_two:PAIR))?)?",
    ),
    ("year", "(the)? (very)? (part:PART (of|in|-)? (the)?)? (the)? (year)? year:YEAR"),
    ("year_span", "year:YEAR (-|–|/) to_two:PAIR"),
    ("short_year", "year:SHORTYEAR"),
    ("decade", "(the)? (part:PART (of|in|-)? (the)?)? (digits:DIGITDECADE|word:DECADE)"),
    ("century", "(the)? (part:PART (of|in|-)? (the)?)? (nth:NTH|word:ORDINAL) (-)? century"),
    ("quarter", "(the)? (word:ORDINAL|nth:NTH) (-)? quarter ((of|in)? (year:YEAR|(the)? shift:SHIFT year|the year))?"),
    ("quarter", "code:QUARTERCODE (of|,)? (year:YEAR|shift:SHIFT year)?"),
    (
        "half",
        "(the)? word:ORDINAL (-)? half of (the)? (month:MONTH (of|,)? (year:YEAR)?|year:YEAR|shift:SHIFT year|the year)",
    ),
    ("half", "code:HALFCODE (of|,)? (year:YEAR|shift:SHIFT year)?"),
    ("week_of_month", "(the)? word:ORDINAL week (of|in) month:MONTH (of|,)? (year:YEAR)?"),
    ("week_of_day", "(the)? week (of|beginning|ending|starting) month:MONTH (.)? day:DAY ((,)? year:YEAR)?"),
    # Weekdays
    ("weekday", "(earlier|later|late|early|on)? (shift:SHIFT)? wd:WEEKDAY (.)? (part_of_day:DAYPART)?"),
    ("weekday", "wd:WEEKDAY (part_of_day:DAYPART)? (,|of)? (the)? week_shift:SHIFT week"),
    ("weekday", "week_shift:SHIFT week (on|,)? wd:WEEKDAY"),
    ("weekday", "wd:WEEKDAY (,)? (the)? (nth:NTHDAY)"),
    ("weekdays", "(on)? wd:WEEKDAYS"),
    # Days and periods relative to the anchor, or to the day that was spoken of
    ("deictic", "(earlier|later|late|early)? word:DEICTIC (part_of_day:DAYPART)?"),
    ("deictic_night", "(late|early|earlier)? (last:last|this|the same) part_of_day:DAYPART"),
    ("two_days", "(the)? day (before:before|after) (word:DEICTIC)"),
    ("next_day", "(the|that) (sign:SHIFT|same|very|very same) day"),
    ("next_day", "(the) (sign:SHIFT) (part_of_day:DAYPART)"),
    ("next_day", "that day"),
    ("next_day", "(a|one) day (direction:DIRECTION)"),
    (
        "period",
        "(the|its|their|his|her)? (very)? (part:PART (of|in|-)? (the)?)? shift:SHIFT (calendar|fiscal|financial)? unit:UNIT",
    ),
    ("period", "(earlier:earlier|later:later) (this|in the|that) unit:UNIT"),
    ("period", "(the)? (very)? (part:PART|earlier|later) (of|in) the unit:UNIT"),
    ("period", "(the|this) (same|entire|whole|very)? unit:UNIT"),
    ("period", "the unit:UNIT previous:(previous|before|earlier)"),
    (
        "same_period",
        "the same (period|unit:UNIT|time) (of|in|,)? ((the)? shift:SHIFT year|year:YEAR|a year (ago|earlier|before))",
    ),
    ("year_to_date", "(the)? year (-)? to (-)? date"),
    (
        "ago",
        f"(approx:APPROXIMATOR)? (more than)? {COUNT} {HALF} (FILLER)? unit:UNIT (and a half)? (ago:ago|direction:(earlier|later|previously|hence)|from now)",
    ),
    (
        "ago",
        "(approx:APPROXIMATOR)? (a|an) (half)? (unit:UNIT) (and a half)? (ago:ago|direction:earlier|direction:later|from now)",
    ),
    ("vague_ago", "(a)? (QUANTIFIER) (of)? (FILLER)? unit:UNIT (ago|earlier:earlier|later:later)"),
    ("vague_ago", "unit:UNIT_PLURAL (ago|earlier:earlier|later:later)"),
    # Durations and sets
    ("span", f"(the|these|those)? (sign:SHIFT|first|final) {COUNT} {HALF} (FILLER)? (FILLER)? unit:UNIT"),
    ("span", "(the|these)? (sign:SHIFT|first|final) (vague:QUANTIFIER|couple:couple) (of)? (FILLER)? unit:UNIT"),
    ("vague_period", "(the)? recent unit:UNIT_PLURAL"),
    (
        "duration",
        f"(approx:APPROXIMATOR)? (more than|less than|at least|up to)? {COUNT} {HALF} (FILLER)? (FILLER)? unit:UNIT (and a half_after:half)?",
    ),
    ("duration", f"(a|an|the)? ({COUNT}|single) - unit:UNIT (- long)?"),
    (
        "duration",
        "(approx:APPROXIMATOR)? (more than|less than|at least)? (a|an) (FILLER)? unit:UNIT (and a half:half)?",
    ),
    ("duration", "half:half (of)? (a|an) unit:UNIT"),
    ("duration", "(a)? (vague:QUANTIFIER) (of)? (FILLER)? unit:UNIT_PLURAL"),
    ("duration", "a couple:couple (of)? (FILLER)? unit:UNIT_PLURAL"),
    ("duration", "(for|in|over|of|within|after|many|the) bare:UNIT_PLURAL"),
    ("duration", "bare:UNIT_PLURAL - long"),
    ("duration", "unit:UNIT - long"),
    ("recurrence", "every:EVERY (other:other|few)? (COUNT|NUMBER)? (unit:UNIT|WEEKDAY|DAYPART)"),
    ("recurrence", "(TIMES|COUNT times|NUMBER times) (a|an|per|each|every) unit:UNIT"),
    ("recurrence", "frequency:FREQUENCY"),
    # Times of day
    ("clock", "(at)? clock:CLOCK (zone:ZONE)? (on)? (,)? (wd:WEEKDAY|word:DEICTIC)? (part_of_day:DAYPART)?"),
    ("clock", "(wd:WEEKDAY|word:DEICTIC) (,)? at clock:CLOCK (zone:ZONE)?"),
    ("clock", "military:(FOURDIGITS|YEAR) (hours)? zone:ZONE"),
    ("clock", "military:FOURDIGITS hours"),
    ("part_of_day", "(in the|the|at)? (early|late|mid)? (-)? part_of_day:DAYPART"),
    # Words that point to no day
    ("vague", "(more|very|quite|most|until|right|just|only|so)? vague:VAGUE"),
    ("present", "(at)? (the present|present (day|time)|the moment|that time being|the time being)"),
    ("present", "(so far|to date|up to now|until now|till date|at present)"),
    ("past", "(in)? the past"),
    (
        "future",
        "((in)? the (near|foreseeable|not too distant)? future|the (near|long|short|medium) term|in the coming unit:UNIT_PLURAL)",
    ),
)
