"""Fictional figures, claims and documents for the chart tests."""

from __future__ import annotations

import random

import pandas as pd

DOCUMENTS = pd.DataFrame(
    [
        {"doc_id": "a", "publisher": "Kestria Herald", "published": "2031-02-06"},
        {"doc_id": "b", "publisher": "The Northern Courier of Record and Shipping Gazette", "published": "2031-02-09"},
        {"doc_id": "c", "publisher": "Вісник Орвану", "published": None},
    ]
)
NAMES = [
    "Marisol Tane",
    "the Orvan Ministry of Health",
    "Kestrian Institute for the Systematic Study of Armed Conflicts and Their Aftermath, Department of Statistics",
    "Міністерство оборони Кестрії, Головне управління",
    "a $5 source, a $6 source <b>&amp;",
    "x" * 300,
]


def figure(doc_id="a", source="Marisol Tane", category="killed", bound="exact", value=None, **more) -> dict:
    """A row of the figures table; low and high follow from the bound."""
    low = value if bound in ("exact", "at_least") else more.pop("low", None)
    high = value if bound in ("exact", "at_most") else more.pop("high", None)
    row = {
        "figure_id": f"f{len(more)}", "doc_id": doc_id, "claim_id": None, "start": 0, "end": 2, "value": value,
        "number": "" if value is None else f"{value:,}", "low": low, "high": high, "bound": bound, "unit": "",
        "category": category, "counted": "soldiers", "whose": "Kestria", "source_id": source, "source_name": source,
        "credit": "explicit" if source else "none", "via": [], "accumulation": "total", "as_of": None,
    }  # fmt: skip
    return row | more


def several(n: int, seed: int = 7) -> pd.DataFrame:
    """So many figures of all sorts."""
    pick = random.Random(seed)
    rows = []
    for i in range(n):
        bound = pick.choice(["exact", "about", "at_least", "at_most", "range", "vague"])
        value = int(10 ** pick.uniform(0, 6))
        rows.append(
            figure(
                pick.choice("abc"), pick.choice([*NAMES, *(f"Speaker {k}" for k in range(n // 4)), None]),
                pick.choice(["killed", "killed", "wounded", "losses", "casualties", "equipment"]), bound,
                None if bound in ("range", "vague") else value,
                interest=pick.choice(["self", "enemy", "third", None]), via=pick.choice([[], [], ["Kestria Press"]]),
                as_of=pick.choice([None, f"2031-0{pick.randint(1, 9)}-{pick.randint(10, 28)}"]), figure_id=f"f{i}",
                start=i, **({"low": value, "high": value * 2, "number": "many"} if bound == "range" else {}),
                **({"number": pick.choice(["dozens", "tens of thousands"])} if bound == "vague" else {}),
            )
        )  # fmt: skip
    return pd.DataFrame(rows)


def claims(n: int, seed: int = 7) -> pd.DataFrame:
    """So many claims."""
    pick = random.Random(seed)
    names = [*NAMES, *(f"Speaker {k}" for k in range(n // 4)), None]
    rows = []
    for _ in range(n):
        name = pick.choice(names)
        via = pick.choice([[], [], ["Kestria Press"], ["Kestria Press", "Orvan Wire"]])
        rows.append({"doc_id": pick.choice("abc"), "source_id": name, "source_name": name, "via": via})
    return pd.DataFrame(rows)


def sources(*frames: pd.DataFrame) -> pd.DataFrame:
    """The sources that these claims and figures name."""
    names = sorted({n for f in frames for n in f["source_name"].dropna()})
    return pd.DataFrame([{"source_id": n, "name": n, "kind": "think_tank", "party": "Kestria"} for n in names])
