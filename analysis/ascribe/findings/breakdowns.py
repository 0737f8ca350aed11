"""Parts that a sentence lists, where the tables tell only some of them, or not of what they are parts.

"Of the dead, 26 were men, 18 women and 4 girls; of 3 adults the sex is not known": one list, one whole. "The 51 dead
are 26 men, 18 women, 4 girls and 3 boys": the whole is the figure stated before, which the sentence names again.
"""

from __future__ import annotations

import re

import pandas as pd

from ascribe.findings import things, wording

LEAST = 3
"""So many sorts of people make a list."""
HARM = ("killed", "wounded", "casualties", "missing", "captured", "displaced", "losses", "affected")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)|(?<![\w.,])\d+(?![\w,]|\.\d)")


def completed(found: pd.DataFrame, documents: pd.DataFrame | None) -> pd.DataFrame:
    """The figures, with `part_of` (and the whole's `category`) of those that a list in one sentence tells.

    `found` is as `tables.prepare` gives it. Without the articles' texts nothing is added.
    """
    texts = wording.texts(documents)
    if not texts or found["end"].isna().all():
        return found
    part_of, category = found["part_of"].copy(), found["category"].copy()
    sorts = pd.Series([_sort(r) for r in found.itertuples()], index=found.index, dtype=object)
    listable = sorts.notna() | found["part_of"].notna()
    lists = set(found.loc[listable, "doc_id"].value_counts().loc[lambda n: n >= LEAST].index)
    for doc_id, article in found[found["end"].notna()].groupby("doc_id", sort=False):
        if doc_id not in texts or doc_id not in lists:
            continue
        text = texts[doc_id]
        at = [wording.sentence_start(text, int(s)) for s in article["start"]]
        for first, listed in article.groupby(at):
            parts = listed[listable[listed.index]]
            if sorts[parts.index].nunique() + parts["counted"].isna().sum() < LEAST:
                continue
            whole = _whole(parts, article, text[first : int(listed["end"].max())])
            if whole is None:
                continue
            for i in parts.index:
                smaller = found.at[i, "said"] < whole["said"] and found.at[i, "figure_id"] != whole["figure_id"]
                same = part_of[i] == whole["figure_id"] and isinstance(sorts[i], str)
                if smaller and (pd.isna(part_of[i]) or same):  # one list counts one harm
                    part_of[i], category[i] = whole["figure_id"], whole["category"]
    return found.assign(part_of=part_of, category=category)


def _sort(r: tuple) -> str | None:
    """What sort of people a figure counts, where it may be one of a list of people harmed."""
    if r.unit or r.bound != "exact" or r.category not in (*HARM, "other", "personnel"):
        return None
    return things.people(r.counted)


def _whole(parts: pd.DataFrame, article: pd.DataFrame, sentence: str) -> pd.Series | None:
    """Of what the list is: the whole of those that have one, else the one figure before that the sentence restates."""
    told = parts["part_of"].dropna().unique()
    if len(told):
        wholes = article[article["figure_id"].eq(told[0])]
        return wholes.iloc[0] if len(told) == 1 and len(wholes) else None
    own = set(parts["said"])
    numbers = {float(n[0].replace(",", "")) for n in NUMBER.finditer(sentence)} - own
    before = article[article["start"].lt(parts["start"].min()) & article["category"].isin(HARM)]
    before = before[before["said"].isin(numbers) & ~before.index.isin(parts.index)]
    return before.iloc[0] if before["said"].nunique() == 1 else None
