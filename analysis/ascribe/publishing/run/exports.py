"""A report's tables for other people's tools.

CSV and Parquet with a Frictionless `datapackage.json`; claims as schema.org `Claim` in JSON-LD, without any rating;
claims and figures as W3C Web Annotations, whose selectors lead to their words.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.publishing.present.cells import is_missing

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

CONTEXT = 32
"""Characters on either side of a quotation that tell it from the same words elsewhere."""
FIELD_TYPES = {"text": "string", "number": "number", "count": "integer", "flag": "boolean"}
PERSON, ORGANISATION = ("person",), (
    "government", "military", "intergovernmental", "ngo", "think_tank", "media", "company", "group",
)  # fmt: skip


def write(ledger: Ledger, folder: Path, name: str, title: str) -> None:
    """Write all of a ledger's exports into a report's folder, which is put in its place as a whole."""
    from ascribe.ledger import storage

    storage.write(ledger.tables, folder / "tables", "csv")
    storage.write(ledger.tables, folder / "parquet", "parquet")
    _json(folder / "claims.jsonld", claims(ledger))
    _json(folder / "annotations.jsonld", annotations(ledger))
    _json(folder / "datapackage.json", datapackage(folder, name, title))


def _json(path: Path, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(text.encode("utf-8", "replace").decode() + "\n", encoding="utf-8", newline="\n")


def datapackage(folder: Path, name: str, title: str) -> dict:
    """The description of the tables in `folder`, after the Frictionless Data Package standard."""
    from ascribe.ledger import columns

    resources = []
    for table, described in columns.ALL.items():
        if not (folder / "tables" / f"{table}.csv").is_file():
            continue
        fields = [
            {"name": c.name, "type": FIELD_TYPES.get(c.holds, "array"), "description": c.meaning}
            | ({"constraints": {"required": True}} if not c.nullable else {})
            for c in described
        ]
        for kind, place, media in (
            ("csv", "tables", "text/csv"),
            ("parquet", "parquet", "application/vnd.apache.parquet"),
        ):
            content = (folder / place / f"{table}.{kind}").read_bytes()
            resource = {
                "name": table if kind == "csv" else f"{table}-parquet",
                "path": f"{place}/{table}.{kind}",
                "profile": "tabular-data-resource" if kind == "csv" else "data-resource",
                "format": kind,
                "mediatype": media,
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            }
            if kind == "csv":
                key = {"primaryKey": columns.KEYS[table]} if table in columns.KEYS else {}
                key["missingValues"] = [""]
                resource |= {"encoding": "utf-8", "schema": {"fields": fields} | key}
            resources.append(resource)
    about = (
        "Offsets count characters of the article's text, end exclusive; lists are JSON. In the CSV files a cell that a "
        "spreadsheet would take for a formula has an apostrophe in front."
    )
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name.lower())
    return {"profile": "data-package", "name": safe, "title": title, "description": about, "resources": resources}


def claims(ledger: Ledger) -> dict:
    """The claims as schema.org `Claim`s: who said what, where it appeared. Never whether it is true."""
    kinds = dict(zip(ledger.sources["source_id"], ledger.sources["kind"], strict=True))
    articles = {row["doc_id"]: _article(row) for row in ledger.documents.to_dict("records")}
    graph = []
    for row in ledger.claims.to_dict("records"):
        claim: dict = {"@type": "Claim", "@id": f"urn:ascribe:{row['claim_id']}", "text": row["text"]}
        if not is_missing(row["source_name"]):
            kind = kinds.get(row["source_id"])
            author = {"name": row["source_name"]}
            if kind in PERSON or kind in ORGANISATION:
                author = {"@type": "Person" if kind in PERSON else "Organization"} | author
            if row["polarity"] == "denied":  # who denies a thing does not claim it
                claim["disambiguatingDescription"] = f"Denied by {row['source_name']}."
            else:
                claim["author"] = author
        if not is_missing(row["stated_on"]):
            claim["dateCreated"] = row["stated_on"]
        claim["appearance"] = articles[row["doc_id"]]
        graph.append(claim)
    return {"@context": "https://schema.org", "@graph": graph}


def _article(row: dict) -> dict:
    found = {"@type": "NewsArticle", "identifier": f"sha256:{row['sha256']}"}
    for name, column in (("headline", "title"), ("url", "url"), ("datePublished", "published")):
        if not is_missing(row[column]):
            found[name] = row[column]
    for name, column, kind in (("publisher", "publisher", "Organization"), ("author", "author", "Person")):
        if not is_missing(row[column]):
            found[name] = {"@type": kind, "name": row[column]}
    return found


def annotations(ledger: Ledger) -> dict:
    """Claims and figures as W3C Web Annotations: quoted words with what stands around them, and their positions."""
    texts = dict(zip(ledger.documents["doc_id"], ledger.documents["text"], strict=True))
    places = {
        row["doc_id"]: row["url"] if not is_missing(row["url"]) else f"urn:sha256:{row['sha256']}"
        for row in ledger.documents.to_dict("records")
    }

    def annotation(row: dict, name: str, spans: list, kind: str, words: str) -> dict:
        text = texts[row["doc_id"]]
        targets = [
            {
                "source": places[row["doc_id"]],
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": text[start:end],
                        "prefix": text[max(0, start - CONTEXT) : start],
                        "suffix": text[end : end + CONTEXT],
                    },
                    {"type": "TextPositionSelector", "start": int(start), "end": int(end)},
                ],
            }
            for start, end in spans
        ]
        return {
            "id": f"urn:ascribe:{name}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": kind},
                {"type": "TextualBody", "purpose": "describing", "value": words, "format": "text/plain"},
            ],
            "target": targets[0] if len(targets) == 1 else targets,
        }

    items = []
    denied = set(ledger.claims.loc[ledger.claims["polarity"].eq("denied"), "claim_id"])
    for row in ledger.claims.to_dict("records"):
        who = "nobody named" if is_missing(row["source_name"]) else row["source_name"]
        words = f"Denied by {who}" if row["polarity"] == "denied" else f"Claim of {who}"
        items.append(annotation(row, row["claim_id"], row["content"], "claim", words))
    for row in ledger.figures.to_dict("records"):
        who = "nobody" if is_missing(row["source_name"]) else row["source_name"]
        behind = "denied by" if row["claim_id"] in denied else "credited to"
        words = f"{row['number']}: {row['category']}, {behind} {who}"
        items.append(annotation(row, row["figure_id"], [(row["start"], row["end"])], "figure", words))
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}
