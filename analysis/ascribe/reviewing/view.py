"""A ledger on one page: search, filter, and from a figure to its words. To read, not to change.

The page is one file with everything in it: no request leaves it, and its own policy forbids any. What an article says
is put in as data (JSON in which no tag can end it) and shown as text.
"""

from __future__ import annotations

import hashlib
import http.server
import json
import os
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.articles.front_matter import beginning
from ascribe.errors import AscribeError
from ascribe.ledger import storage

if TYPE_CHECKING:
    from ascribe.ledger import Ledger

HERE = Path(__file__).parent
CELLS = (
    *(
        "figure_id",
        "doc_id",
        "start",
        "end",
        "number",
        "stated_as",
        "value",
        "low",
        "high",
        "bound",
        "unit",
        "category",
    ),
    *(
        "counted",
        "whose",
        "source_name",
        "source_span",
        "credit",
        "via",
        "as_of",
        "window_start",
        "window_end",
        "place",
    ),
    "reviewed",
)


def page(ledger: Ledger, title: str = "Ledger") -> str:
    """The page of a ledger, as HTML."""
    script, style = ((HERE / f"view.{kind}").read_text(encoding="utf-8") for kind in ("js", "css"))
    data = json.dumps(_data(ledger), ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e")
    allowed = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    allowed += "; base-uri 'none'; form-action 'none'"
    plain = title.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{plain}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{style}</style>\n</head>\n'
        f"<body>\n<main><h1>{plain}</h1><noscript>This page needs JavaScript.</noscript></main>\n"
        f'<script type="application/json" id="data">{data}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def _hash(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _data(ledger: Ledger) -> dict[str, object]:
    figures = [{n: row.get(n) for n in CELLS} for row in storage.plain_rows("figures", ledger.figures)]
    articles = {
        row["doc_id"]: {n: row[n] for n in ("title", "publisher", "published", "url", "text")}
        | {"begins": beginning(row["text"])}
        for row in storage.plain_rows("documents", ledger.documents)
    }
    return {"figures": figures, "articles": articles, "about": str(ledger)}


def write(ledger: Ledger, path: str | os.PathLike[str], title: str = "Ledger") -> None:
    """Write the page of a ledger to a file. Raises AscribeError where it cannot be written."""
    try:
        Path(path).write_text(page(ledger, title), encoding="utf-8", newline="\n")
    except OSError as e:
        raise AscribeError(f"{path}: cannot be written: {e.strerror or e}") from e


def serve(content: str, port: int = 0, on_ready: Callable[[str], None] = lambda address: None) -> None:
    """Serve a page on this machine alone (127.0.0.1) until interrupted; `on_ready` is told its address.

    Raises AscribeError where the port is taken.
    """
    held = content.encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == "/" and self.headers.get("Host", "").split(":")[0] in ("127.0.0.1", "localhost")
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(held) if known else 0))
            for name, value in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(held if known else b"")

        def log_message(self, *_: object) -> None:
            """Nothing is logged: what is read is the reader's own affair."""

    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except (OSError, OverflowError) as e:
        raise AscribeError(f"port {port} cannot be used: {getattr(e, 'strerror', None) or e}; choose another") from e
    with server:
        on_ready(f"http://127.0.0.1:{server.server_port}/")
        server.serve_forever(poll_interval=0.2)
