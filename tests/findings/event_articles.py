"""Made-up reports of made-up events, mixed: who is counted in which, marked in the text.

A number is written `{words|category|event|source|value}`; without a source nobody is credited with it, without a value
the words are digits, and an event `-` is none: a number of a whole war.
"""

import re

import pandas as pd

MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\|([^{}|]+)(?:\|([^{}|]*))?(?:\|([^{}|]*))?\}")
MONITOR = "Orvan Observatory for Rights"
BOUNDS = {"at least ": "at_least", "more than ": "at_least", "over ": "at_least", "about ": "about"}

ARTICLES = {
    # a bombing at a market, over three days, by four outlets
    "market_1": (
        "2031-05-06",
        "Blast at market kills 12",
        "At least {12|killed|market|Orvan Observatory for Rights} people were killed when a car bomb exploded in the "
        "market of Tarnak on Tuesday, the Orvan Observatory for Rights said. A police officer said "
        "{30|wounded|market|A police officer} people had been wounded.\n\nThe town, in the northern province of Velt, "
        "fell to the rebels last year. More than {40,000|killed|-||40000} people have been killed since the war began.",
    ),
    "market_2": (
        "2031-05-07",
        "Tarnak toll rises to 19",
        "The toll of a car bombing in Tarnak rose to {19|killed|market|Orvan Observatory for Rights} on Wednesday, the "
        "Orvan Observatory for Rights said. Ilo Varn, director of the Observatory, said "
        "{seven|killed|market|Ilo Varn|7} of the dead were children.\n\nA doctor at the town's hospital counted "
        "{23|killed|market|A doctor at the town's hospital} "
        "bodies. The bomb went off on Tuesday as families were shopping for the spring feast.",
    ),
    "market_3": (
        "2031-05-08",
        "Mourning in Tarnakh",
        "Families in Tarnakh on Thursday buried their dead after a bomb in a parked car killed about "
        "{25|killed|market} people at the vegetable market two days earlier. The rebels, who hold the town in Velt, "
        "blamed the army and put the toll at {34|killed|market|rebels}.\n\nIn a separate attack, gunmen shot dead "
        "{three|killed|gunmen||3} policemen at a checkpoint near Dorsk on Wednesday, the Interior Ministry said.",
    ),
    # shelling in another town of the province, on the same day as the bombing
    "shells_1": (
        "2031-05-06",
        "Shells hit Lomar",
        "Army shells killed at least {nine|killed|shells|Lomar Media Centre|9} people in the rebel-held town of Lomar "
        "on Tuesday, said the Lomar Media Centre. Lomar lies in the province of Velt, where fighting has grown since "
        "March.",
    ),
    "shells_2": (
        "2031-05-07",
        "Eleven dead in army bombardment",
        "Artillery fire on Lomar killed {11|killed|shells|Orvan Observatory for Rights} civilians, among them "
        "{two|killed|shells|Orvan Observatory for Rights|2} women, on Tuesday, according to the Orvan Observatory for "
        "Rights.\n\nOn the same day a car bomb killed {12|killed|market} people in Tarnak. The war has displaced "
        "{1.2 million|displaced|-||1200000} people in four years.",
    ),
    # a second bombing in the same town, a week later
    "second_1": (
        "2031-05-13",
        "New car bomb in Tarnak kills 5",
        "A car bomb killed {five|killed|second||5} people in Tarnak on Tuesday, a week after an attack on its market "
        "in which at least {19|killed|market} people died, police said.",
    ),
    # a bridge and a bus: accidents on one day, near one another
    "bridge_1": (
        "2031-05-14",
        "Seven killed as bridge collapses",
        "{Seven|killed|bridge|police|7} people were killed and {12|wounded|bridge|police} hurt when a bridge over the "
        "Senna collapsed near Marsk on Wednesday, police said. The operator, Viaroad, said "
        "{two|killed|bridge|Viaroad|2} of its workers were among the dead.",
    ),
    "bridge_2": (
        "2031-05-15",
        "Rescuers search Senna",
        "Divers searched the Senna on Thursday after the collapse of a bridge near Marsk in which "
        "{eight|killed|bridge|Regional Fire Service|8} people died and {four|missing|bridge|Regional Fire Service|4} "
        "are missing, the Regional Fire Service said.",
    ),
    "bus_1": (
        "2031-05-14",
        "Bus crash near Marsk",
        "{Seven|killed|bus|police|7} people died when a bus overturned on the Marsk road on Wednesday, police said. "
        "{Nineteen|wounded|bus|police|19} were taken to hospital.",
    ),
    # a flood told over two days, its place in the headline
    "flood_1": (
        "2031-06-02",
        "Floods in the Ost valley leave 40 dead",
        "Floods in the Ost valley have killed {40|killed|flood|Interior Ministry} people, the Interior Ministry said "
        "on Monday. {Ninety|missing|flood|Interior Ministry|90} were missing. The mayor of Ostrand, Mara Lind, said "
        "she had counted {52|killed|flood|Mara Lind} bodies.",
    ),
    "flood_2": (
        "2031-06-03",
        "Ostrand digs out",
        "Soldiers dug through mud in Ostrand on Tuesday, two days after the flood that swept the Ost valley. The "
        "Interior Ministry has revised the toll up from {40|killed|flood|Interior Ministry} to "
        "{58|killed|flood|Interior Ministry}.",
    ),
    # estimates of a whole war: no event
    "war_1": (
        "2031-05-09",
        "What the war has cost",
        "Diplomats estimate that {9,000 to 12,000|killed|-|Diplomats|} soldiers have died in four years of war. The "
        "Defence Ministry says it has lost {4,100|killed|-|Defence Ministry|4100}.",
    ),
}


def figures() -> pd.DataFrame:
    """The marked numbers as a table of figures, with `event` (the key: null for none)."""
    made = []
    for doc_id, (_, _, marked) in ARTICLES.items():
        for start, words, category, event, source, value in marks(marked):
            ends = re.findall(r"[\d,]+", words)
            numbers = [float(n.replace(",", "")) for n in ends]
            known = float(value) if value else numbers[0] if len(numbers) == 1 else None
            before = text(doc_id)[max(start - 10, 0) : start].lower()
            bound = next((b for w, b in BOUNDS.items() if before.endswith(w)), "exact")
            low, high = (numbers[0], numbers[1]) if len(numbers) == 2 else (known, known)
            made.append({
                "figure_id": f"{doc_id}_{start}", "doc_id": doc_id, "start": start, "end": start + len(words),
                "number": words, "stated_as": words, "value": known, "low": None if bound == "about" else low,
                "high": None if bound in ("about", "at_least") else high,
                "bound": "range" if known is None else bound, "unit": "", "category": category, "counted": None,
                "whose": None, "source_name": source or None, "source_id": source or None,
                "credit": "explicit" if source else "none", "via": [], "accumulation": "unknown", "as_of": None,
                "window_start": None, "window_end": None, "place": None, "part_of": None, "claim_id": None,
                "event": None if event == "-" else event,
            })  # fmt: skip
    return pd.DataFrame(made)


def marks(marked: str) -> list[tuple[int, str, str, str, str | None, str | None]]:
    """The marked numbers of a text: where each stands in the text without marks, and what its mark says."""
    found, removed = [], 0
    for m in MARK.finditer(marked):
        found.append((m.start() - removed, *m.groups()))
        removed += len(m[0]) - len(m[1])
    return found


def text(doc_id: str) -> str:
    """An article's text without marks."""
    return MARK.sub(lambda m: m[1], ARTICLES[doc_id][2])


def documents() -> pd.DataFrame:
    """The articles as a table of documents."""
    return pd.DataFrame([
        {"doc_id": d, "published": day, "title": title, "publisher": f"Outlet {d}", "url": None, "text": text(d)}
        for d, (day, title, _) in ARTICLES.items()
    ])  # fmt: skip
