"""How a report was made: its parameters, articles, versions and what was left out; as JSON and as its last page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.ledger import corrections
from ascribe.publishing.present.cells import is_missing
from ascribe.publishing.render.markup import Node, visible

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

NAMED = ("ascribe", "spacy", "pandas", "trafilatura", "matplotlib", "typst")
"""Whose versions decide what a report says and looks like."""
NAME = "manifest.json"


def manifest(
    title: str,
    notebook: Mapping[str, str],
    parameters: Sequence[Mapping[str, object]],
    ledger: Ledger | None = None,
    left_out: Sequence[Mapping[str, str]] = (),
    tables: Path | None = None,
) -> dict:
    """What is to be known of a report's making; `tables` is the folder of its CSV files."""
    documents = ledger.documents.to_dict("records") if ledger is not None else []
    known = ("doc_id", "path", "title", "publisher", "published", "url", "n_chars", "sha256")
    files = sorted(tables.glob("*.csv")) if tables else []
    return {
        "title": title,
        "notebook": dict(notebook),
        "parameters": [dict(p) for p in parameters],
        "articles": [{k: None if is_missing(d[k]) else d[k] for k in known} for d in documents],
        "left_out": [dict(item) for item in left_out],
        "versions": {name: metadata.version(name) for name in NAMED},
        "pipeline": _pipeline(),
        "corrections": _corrections(ledger),
        "tables": {p.name: f"sha256:{hashlib.sha256(p.read_bytes()).hexdigest()}" for p in files},
    }


def _corrections(ledger: Ledger | None) -> dict[str, object] | None:
    """How many decisions of people had which fate, and those that somebody should look at again."""
    if ledger is None or ledger.decisions is None:
        return None
    return {
        "fates": corrections.counts(ledger.decisions),
        "to_look_at": corrections.notes(ledger.decisions, corrections.HERE),
    }


def _pipeline() -> dict[str, str] | None:
    path = Path(__file__).parents[2] / "language" / "model" / "meta.json"
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return {"name": f"{meta.get('lang')}_{meta.get('name')}", "version": str(meta.get("version"))}


def page(held: Mapping) -> list[Node]:
    """The manifest as the last section of a report."""
    parts: list[Node | str] = [Node("h2", {}, ["How this report was made"])]
    versions = ", ".join(f"{name} {version}" for name, version in held["versions"].items())
    pipeline = held["pipeline"]
    if pipeline:
        versions += f"; language pipeline {pipeline['name']} {pipeline['version']}"
    parts.append(Node("p", {}, [visible(f"Notebook {held['notebook']['path']}, with {versions}.")]))
    if held["parameters"]:
        rows = [
            [
                p["name"],
                p["type"],
                _given(p["given"]),
                p["default"] or "none",
                p["help"],
            ]
            for p in held["parameters"]
        ]
        parts.append(_table("Parameters", ["Parameter", "Type", "Given", "Default", "Meaning"], rows))
    if held["articles"]:
        rows = [
            [
                a["title"] or a["doc_id"],
                a["publisher"] or "–",
                a["published"] or "–",
                f"{a['n_chars']:,}",
                a["sha256"][:16],
            ]
            for a in held["articles"]
        ]
        heads = ["Article", "Publisher", "Published", "Characters", "SHA-256 begins"]
        parts.append(_table("Articles", heads, rows))
    if held["corrections"]:
        rows = [[fate, f"{n:,}", corrections.MEANINGS[fate]] for fate, n in held["corrections"]["fates"].items()]
        parts.append(_table("People’s decisions, and what became of them", ["Fate", "Decisions", "Meaning"], rows))
        parts += [Node("p", {}, [visible(note)]) for note in held["corrections"]["to_look_at"]]
    if held["left_out"]:
        rows = [[item["path"], item["reason"]] for item in held["left_out"]]
        parts.append(_table("Left out", ["Input", "Why"], rows))
    elif held["articles"]:
        parts.append(Node("p", {}, ["Every article listed could be read; none was left out."]))
    return [Node("div", {"class": "provenance"}, parts)]


def _given(value: object) -> str:
    if value is None:
        return "not\u00a0given"
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value)) or "nothing"


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> Node:
    def row(tag: str, cells: list[str]) -> Node:
        return Node("tr", {}, [Node(tag, {"scope": "col"} if tag == "th" else {}, [visible(str(c))]) for c in cells])

    body = Node("tbody", {}, [row("td", cells) for cells in rows])
    return Node("table", {}, [Node("caption", {}, [caption]), Node("thead", {}, [row("th", heads)]), body])
